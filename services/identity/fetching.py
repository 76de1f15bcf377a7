"""Small JSON documents from other people's servers: bounded in time and size, over https, and never redirected."""

from __future__ import annotations

import asyncio
import re
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

import httpx2
import orjson

if TYPE_CHECKING:
    from typing import Final

LONGEST_SECONDS: Final = 5.0
LARGEST_BYTES: Final = 256 * 1024
HEADERS: Final = {"accept": "application/json", "accept-encoding": "identity"}
"""Unpacked bytes cannot be counted before they are there, so none are taken packed."""


class FetchFailed(Exception):
    """The document could not be had; the message says why, for the log."""


def is_secure(url: str) -> bool:
    """Whether what is read from `url` cannot be changed on the way: https, or this very machine."""
    try:
        parsed = httpx2.URL(url)
    except httpx2.InvalidURL:
        return False
    return parsed.scheme == "https" or (parsed.scheme == "http" and _is_loopback(parsed.host))


async def fetch_json(url: str) -> tuple[Any, float | None]:
    """Return a JSON document, and for how many seconds its server says that it is fresh. Raises FetchFailed."""
    if not is_secure(url):
        raise FetchFailed("it is not https")
    try:
        async with (
            asyncio.timeout(LONGEST_SECONDS),
            httpx2.AsyncClient(timeout=LONGEST_SECONDS, follow_redirects=False) as client,
            client.stream("GET", url, headers=HEADERS) as response,
        ):
            if response.status_code != httpx2.codes.OK:
                raise FetchFailed(f"it answered {response.status_code}")
            body = b""
            async for chunk in response.aiter_raw():
                body += chunk
                if len(body) > LARGEST_BYTES:
                    raise FetchFailed(f"it is larger than {LARGEST_BYTES} bytes")
            return orjson.loads(body), _fresh_seconds(response.headers.get("cache-control", ""))
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError, TimeoutError) as error:
        raise FetchFailed(f"{type(error).__name__}") from None
    except orjson.JSONDecodeError:
        raise FetchFailed("it is no JSON") from None


def _fresh_seconds(cache_control: str) -> float | None:
    found = re.search(r"(?:^|[\s,])max-age=\"?(\d{1,9})", cache_control.lower())
    return float(found[1]) if found else None


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
