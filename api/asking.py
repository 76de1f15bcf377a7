"""What a client sent to the GraphQL endpoint, taken off the wire and refused there when it cannot be a request."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import orjson

from api.bodies import BodyTooLarge, bounded
from api.failures import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Final

    from starlette.datastructures import Headers
    from starlette.types import Receive, Scope

LARGEST_BODY_BYTES: Final = 4 * 1024 * 1024
"""Room for a request with inline evidence; larger files go to `POST /evidence`."""

JSON: Final = "application/json"
GRAPHQL_JSON: Final = "application/graphql-response+json"
EVENT_STREAM: Final = "text/event-stream"


@dataclass(frozen=True, slots=True)
class Sent:
    """The parameters of a request, as GraphQL over HTTP names them."""

    query: object
    document_id: object
    operation_name: str | None
    variables: Mapping[str, Any]
    extensions: Mapping[str, Any]
    body: bytes = b""
    """What came by POST."""


def from_url(scope: Scope) -> Sent:
    """Read a request by GET. Refused with Refusal, 400."""
    try:
        pairs = parse_qsl(scope["query_string"].decode(), keep_blank_values=True, errors="strict", max_num_fields=20)
    except ValueError:
        raise _bad("the URL's query cannot be read: it should be percent-encoded UTF-8") from None
    given: dict[str, Any] = dict(pairs)
    if len(given) != len(pairs):
        raise _bad("a parameter of the URL is there twice")
    for name in ("variables", "extensions"):
        if name in given:
            given[name] = _json(given[name].encode(), f"{name} in the URL") if given[name] else None
    return sent_of(given)


async def from_body(headers: Headers, receive: Receive, *, seconds: float) -> Sent:
    """Read a request by POST.

    Refused with Refusal: 415 for any content type but JSON, so that no form of a foreign page gets further; 413 for
    more than LARGEST_BODY_BYTES; 408 when it has not come after `seconds`; 400 for what is no JSON object.
    """
    _check_content_type(headers.get("content-type", ""))
    if _is_too_large(headers.get("content-length", "")):
        raise _too_large()
    receive = bounded(receive, LARGEST_BODY_BYTES)
    parts: list[bytes] = []
    try:
        async with asyncio.timeout(seconds):
            more = True
            while more:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise _bad("the client went away")
                parts.append(message.get("body", b""))
                more = message.get("more_body", False)
    except BodyTooLarge:
        raise _too_large() from None
    except TimeoutError:
        late = f"the body did not come within {seconds:g} seconds"
        raise Refusal(408, "REQUEST_TIMEOUT", late, {"Connection": "close"}) from None
    body = parts[0] if len(parts) == 1 else b"".join(parts)
    given = _json(body, "the request body")
    if not isinstance(given, dict):
        raise _bad('the request body must be a JSON object such as {"query": "{ __typename }"}')
    return sent_of(given, body)


@lru_cache(maxsize=256)
def negotiated(accept: str) -> str:
    """The media type of the answer: the one that is wanted most; of two wanted as much, the one that is named first.

    The most specific range decides about a type (RFC 9110, 12.5.1). Whoever accepts anything gets `application/json`,
    as GraphQL over HTTP asks. Refused with Refusal, 406.
    """
    ranges = {name: (quality, -at) for at, (name, quality) in enumerate(_weighted(accept or "*/*"))}

    def wish(media_type: str) -> tuple[float, int]:
        named = next((name for name in (media_type, "application/*", "*/*") if name in ranges), None)
        return ranges[named] if named else (0.0, 0)

    best = max((JSON, GRAPHQL_JSON), key=wish)
    if not wish(best)[0]:
        raise Refusal(406, "NOT_ACCEPTABLE", f"answers come as {GRAPHQL_JSON} or {JSON}: accept one of them")
    return best


def wants_page(scope: Scope, headers: Headers) -> bool:
    """Whether it is a browser that looks what is here."""
    accepted = headers.get("accept", "")
    return scope["method"] == "GET" and not scope["query_string"] and "text/html" in accepted


@lru_cache(maxsize=256)
def wants_events(accept: str) -> bool:
    """Whether the answer is to come as a stream of server-sent events: they are named, and wanted at all."""
    return dict(_weighted(accept)).get(EVENT_STREAM, 0.0) > 0


@lru_cache(maxsize=256)
def accepts_gzip(accept_encoding: str) -> bool:
    """Whether the answer may come compressed: what is said of gzip counts more than what is said of all."""
    wishes = dict(_weighted(accept_encoding))
    return wishes.get("gzip", wishes.get("*", 0.0)) > 0


@lru_cache(maxsize=256)
def _check_content_type(given: str) -> None:
    name, *parameters = (word.strip().lower() for word in given.split(";"))
    if name != JSON or _charset(parameters) not in {"", "utf-8", "utf8"}:
        raise Refusal(415, "UNSUPPORTED_MEDIA_TYPE", f"send the request as {JSON}, in UTF-8")


def _is_too_large(length: str) -> bool:
    # the server has seen to it that it is a number
    return length.isdigit() and (len(length) > len(str(LARGEST_BODY_BYTES)) or int(length) > LARGEST_BODY_BYTES)


def _weighted(header: str) -> Iterator[tuple[str, float]]:
    """What a header names, and how much each is wanted, from 0 to 1; another charset than UTF-8 is not to be had."""
    for part in header.split(","):
        name, *parameters = (word.strip().lower() for word in part.split(";"))
        yield name, _quality(parameters) if _charset(parameters) in {"", "utf-8"} else 0.0


def _quality(parameters: list[str]) -> float:
    given = next((word[2:] for word in parameters if word.startswith("q=")), "1")
    try:
        return min(max(float(given), 0.0), 1.0)
    except ValueError:
        return 0.0


def _charset(parameters: list[str]) -> str:
    return next((word[8:].strip('"') for word in parameters if word.startswith("charset=")), "")


def _json(text: bytes, place: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise _bad(f"{place} cannot be read as JSON: {error}") from None


def sent_of(given: Mapping[str, Any], body: bytes = b"") -> Sent:
    """Read the parameters of a request. Refused with Refusal, 400."""
    operation_name = given.get("operationName")
    if operation_name is not None and not isinstance(operation_name, str):
        raise _bad("operationName must be a string")
    for name in ("variables", "extensions"):
        if given.get(name) is not None and not isinstance(given[name], dict):
            raise _bad(f"{name} must be an object")
    return Sent(
        query=given.get("query"),
        document_id=given.get("documentId"),
        operation_name=operation_name,
        variables=given.get("variables") or {},
        extensions=given.get("extensions") or {},
        body=body,
    )


def _bad(message: str) -> Refusal:
    return Refusal(400, "BAD_REQUEST", message)


def _too_large() -> Refusal:
    return Refusal(413, "BODY_TOO_LARGE", f"a request takes at most {LARGEST_BODY_BYTES} bytes")
