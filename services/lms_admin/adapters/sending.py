"""The one door to LMSs: each request goes to an address that was checked as it was sent, once, and is bounded."""

from __future__ import annotations

import asyncio
import logging
import ssl
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cache
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import httpcore2
import httpx2
import orjson

from services.lms_admin.adapters.addresses import (
    LmsAddressRefused,
    checked_base_url,
    is_loopback,
    may_be_sent_to,
    resolved,
)
from services.lms_admin.adapters.port import Condition, LmsUnavailable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
    from typing import Any, Final, TypeAlias

    Resolve: TypeAlias = Callable[[str, int], Awaitable[Sequence[str]]]

LARGEST_BYTES: Final = 32 * 1024 * 1024
CONNECT_SECONDS: Final = 5.0
MOST_ADDRESSES: Final = 4
IDLE_SECONDS: Final = 5.0
IN_FLIGHT: Final = 2
FORM: Final = "application/x-www-form-urlencoded"
JSON: Final = "application/json"
OWN_HEADERS: Final = {"user-agent": "Chapterhouse", "accept-encoding": "identity"}
"""Unpacked bytes cannot be counted before they are there, so none are taken packed."""

# What goes over the wire is written to its logger at level debug: credentials and learners' data.
logging.getLogger("httpcore2").setLevel(logging.INFO)


class NotSent(LmsUnavailable):
    """Nothing of the request left this machine, so that nothing can have been applied."""


class NoAnswer(Exception):
    """The request was sent, wholly or in part, and no answer that can be used came back: it may have been applied.

    `message` is safe to show.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Answer:
    """What an LMS answered; header names are in lower case."""

    status: int
    body: bytes = field(repr=False)
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    def header(self, name: str) -> str | None:
        """Return the first header of a name, which is given in lower case."""
        return next((value for named, value in self.headers if named == name), None)

    @property
    def content_type(self) -> str:
        """The media type in lower case, without its parameters; empty where none is said."""
        return (self.header("content-type") or "").partition(";")[0].strip().lower()

    @property
    def cookies(self) -> dict[str, str]:
        """The cookies that it sets."""
        found: dict[str, str] = {}
        for name, value in self.headers:
            if name == "set-cookie":
                try:
                    found |= {morsel.key: morsel.value for morsel in SimpleCookie(value).values()}
                except CookieError:
                    continue
        return found


class Sender:
    """Sends requests to one LMS; `connected` makes one.

    No redirect is followed, no proxy of the environment is used, no cookie is kept and nothing is sent twice.
    """

    def __init__(self, pool: httpcore2.AsyncConnectionPool, base: httpx2.URL, largest_bytes: int) -> None:
        self._pool = pool
        self._base = base
        self._largest_bytes = largest_bytes

    async def post_form(self, path: str, fields: Mapping[str, str], *, seconds: float) -> Answer:
        """Post a form; as `send` is for the rest."""
        content = urlencode(fields).encode()
        return await self._answer("POST", self._url(path), {"content-type": FORM}, content, seconds)

    async def send(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        json: object = None,
        params: Mapping[str, str] | None = None,
        seconds: float,
    ) -> Answer:
        """Send a request; `path` is plain, as yet unquoted, and follows the LMS's own address.

        `json` is sent unless it is None. `seconds` bounds all of it, a wait for other requests in flight included.
        Raises NotSent or NoAnswer.
        """
        given = {name.lower(): value for name, value in (headers or {}).items()}
        content = None if json is None else orjson.dumps(json)
        if content is not None:
            given["content-type"] = JSON
        return await self._answer(method, self._url(path, urlencode(params or {})), given, content, seconds)

    async def _answer(
        self, method: str, url: httpcore2.URL, given: Mapping[str, str], content: bytes | None, seconds: float
    ) -> Answer:
        headers = {"host": self._base.netloc.decode("ascii"), "accept": JSON, **OWN_HEADERS, **given}
        sent = False

        async def watch(happened: str, about: Mapping[str, Any]) -> None:
            nonlocal sent
            if happened.endswith("send_request_headers.started"):
                sent = True
            elif isinstance(about.get("exception"), httpcore2.LocalProtocolError):
                sent = False  # what may not stand in a header is found before any of it is written

        # A handshake that is cut short from outside leaves its connection open, and is given a time of its own.
        extensions = {"trace": watch, "timeout": {"connect": CONNECT_SECONDS}}
        try:
            async with (
                asyncio.timeout(seconds),
                self._pool.stream(
                    method, url, headers=list(headers.items()), content=content, extensions=extensions
                ) as response,
            ):
                return await self._read(response)
        except (TimeoutError, httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.TimeoutException) as error:
            if not sent:
                raise _not_sent(error) from None
            late = isinstance(error, TimeoutError)
            raise NoAnswer(f"no answer within {seconds:g} seconds" if late else "the connection broke off") from None

    def _url(self, path: str, query: str = "") -> httpcore2.URL:
        target = self._base.raw_path.decode("ascii").rstrip("/") + quote(path, safe="/")
        return httpcore2.URL(
            scheme=self._base.raw_scheme,
            host=self._base.raw_host,
            port=self._base.port,
            target=f"{target}?{query}" if query else target,
        )

    async def _read(self, response: httpcore2.Response) -> Answer:
        headers = tuple((name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in response.headers)
        answer = Answer(status=response.status, body=b"", headers=headers)
        if answer.header("content-encoding") not in {None, "identity"}:
            raise NoAnswer("the answer came packed, which was not asked for")
        body = bytearray()
        async for chunk in response.aiter_stream():
            body += chunk
            if len(body) > self._largest_bytes:
                raise NoAnswer(f"the answer is larger than {self._largest_bytes} bytes")
        return replace(answer, body=bytes(body))


@asynccontextmanager
async def connected(
    base_url: str,
    *,
    allow_loopback: bool = False,
    in_flight: int = IN_FLIGHT,
    largest_bytes: int = LARGEST_BYTES,
    resolve: Resolve = resolved,
    tls: ssl.SSLContext | None = None,
) -> AsyncIterator[Sender]:
    """Open the door to the LMS at `base_url` for a while, to at most `in_flight` requests at a time.

    `allow_loopback` lets this very machine be sent to, over http too. Raises NotSent for an address that is refused.
    """
    try:
        base = httpx2.URL(checked_base_url(base_url, allow_loopback=allow_loopback))
    except LmsAddressRefused as refused:
        raise NotSent(Condition.MISCONFIGURED, refused.message) from None
    async with httpcore2.AsyncConnectionPool(
        ssl_context=tls or _trust(),
        max_connections=in_flight,
        keepalive_expiry=IDLE_SECONDS,
        network_backend=_Checked(resolve, loopback=allow_loopback, secure=base.scheme == "https"),
    ) as pool:
        yield Sender(pool, base, largest_bytes)


class _Checked(httpcore2.AsyncNetworkBackend):
    """Connects to what a host resolves to as it connects, provided that all of it may be sent to.

    The certificate is checked against the host's name afterwards, by whoever asked for the connection.
    """

    def __init__(self, resolve: Resolve, *, loopback: bool, secure: bool) -> None:
        self._resolve = resolve
        self._loopback = loopback
        self._secure = secure
        self._tcp = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002, ASYNC109  (its caller's signature; the time for all of it is bounded)
        local_address: str | None = None,  # noqa: ARG002  (likewise)
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,  # noqa: ARG002  (likewise)
    ) -> httpcore2.AsyncNetworkStream:
        """Connect to the first address that takes it. Raises NotSent."""
        try:
            addresses = await self._resolve(host, port)
        except (OSError, UnicodeError):
            raise NotSent(Condition.DOWN, f"{host} cannot be resolved") from None
        if not all(self._may_be_sent_to(address) for address in addresses):
            raise NotSent(Condition.MISCONFIGURED, f"{host} does not resolve to public addresses alone")
        for address in addresses[:MOST_ADDRESSES]:
            with suppress(httpcore2.ConnectError, httpcore2.ConnectTimeout):
                return await self._tcp.connect_tcp(address, port, timeout=CONNECT_SECONDS)
        raise NotSent(Condition.DOWN, f"{host} takes no connection")

    def _may_be_sent_to(self, address: str) -> bool:
        return may_be_sent_to(address, loopback=self._loopback) and (self._secure or is_loopback(address))


@cache
def _trust() -> ssl.SSLContext:
    return httpcore2.default_ssl_context()


def _not_sent(error: Exception) -> NotSent:
    if isinstance(error, TimeoutError | httpcore2.TimeoutException):
        return NotSent(Condition.DOWN, "no connection in time")
    if isinstance(error, httpcore2.LocalProtocolError):
        return NotSent(Condition.MISCONFIGURED, "a header holds what may not stand there")
    if isinstance(error.__context__, ssl.SSLCertVerificationError):
        return NotSent(Condition.MISCONFIGURED, "its certificate is not valid for its name")
    if isinstance(error.__context__, ssl.SSLError):
        return NotSent(Condition.MISCONFIGURED, "it does not speak TLS as is usual")
    return NotSent(Condition.DOWN, "it broke off before anything was sent")
