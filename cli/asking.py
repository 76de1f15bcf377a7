"""Asking the API from the command line, as any client may: a request, or a subscription that is followed."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import httpx2

from core.hindrance import Hindrance

SECONDS_BEFORE_ASKING_AGAIN = 2
SILENCE_SECONDS = 60
"""The server shows at least every twelve seconds that it is there."""


def ask(query: str, *, url: str, token: str, **variables: object) -> Any:  # noqa: ANN401  (any JSON)
    """Send a request that has one root field and return what it answers.

    Refused with Hindrance: a server that is not there, a request that it refuses, a mutation's refusals.
    """
    headers = {"authorization": f"Bearer {token}"}
    try:
        response = httpx2.post(
            url, json={"query": query, "variables": variables}, headers=headers, timeout=SILENCE_SECONDS
        )
    except (httpx2.TransportError, httpx2.InvalidURL):
        raise Hindrance(f"nothing answers at {url}: is the API served there?") from None
    try:
        answer = response.json()
    except ValueError:
        raise Hindrance(f"{url} is no API of Chapterhouse's: it answers {response.status_code}") from None
    if not isinstance(answer, dict) or answer.get("errors") or not answer.get("data"):
        raise Hindrance(f"{url} refuses: {errors_of(response.text)}")
    (found,) = answer["data"].values()
    if isinstance(found, dict) and found.get("userErrors"):
        raise Hindrance("; ".join(_refusal(error) for error in found["userErrors"]))
    return found


def followed(subscription: str, *, url: str, token: str, id_: str, what: str) -> Iterator[dict[str, Any]]:
    """Yield what a subscription of `$id` tells at once and after each change, however often the connection is lost.

    Refused with Hindrance: `what` there is not, or the token may not see.
    """
    while True:
        with suppress(httpx2.TransportError):
            for answer in _streamed(subscription, url, token, id_):
                if "errors" in answer:
                    raise Hindrance(f"the {what} cannot be followed: {errors_of(json.dumps(answer))}")
                (found,) = answer["data"].values()
                if found is None:
                    raise Hindrance(f"there is no {what} {id_}, or this token may not see it")
                yield found
        time.sleep(SECONDS_BEFORE_ASKING_AGAIN)


def _streamed(subscription: str, url: str, token: str, id_: str) -> Iterator[dict[str, Any]]:
    headers = {"authorization": f"Bearer {token}", "accept": "text/event-stream"}
    asked = {"query": subscription, "variables": {"id": id_}}
    with httpx2.stream("POST", url, json=asked, headers=headers, timeout=SILENCE_SECONDS) as response:
        if response.headers.get("content-type") != "text/event-stream":
            response.read()
            raise Hindrance(f"{url} refuses: {errors_of(response.text)}")
        for line in response.iter_lines():
            if line.startswith("data: "):
                yield json.loads(line.removeprefix("data: "))


def errors_of(text: str) -> str:
    """The messages of an answer's errors, or the answer as it is."""
    try:
        return "; ".join(error["message"] for error in json.loads(text)["errors"])
    except (ValueError, KeyError, TypeError):
        return text[:200]


def _refusal(error: dict[str, Any]) -> str:
    return f"{error['field']}: {error['message']}" if error["field"] else str(error["message"])
