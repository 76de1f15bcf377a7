"""What goes back to a client of the GraphQL endpoint: bytes, a status, and what caches may do with them."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson
from graphql import GraphQLError

from api.asking import GRAPHQL_JSON
from api.documents import DocumentError
from api.failures import STATUS_OF, Refusal, body_of, refusal_of, told
from api.reading import InvalidDocumentError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Final

    from starlette.types import Send

SMALLEST_COMPRESSED_BYTES: Final = 1024
"""What is shorter travels in one packet anyway."""
COMPRESSION_LEVEL: Final = 4
NOT_MODIFIED: Final = 304

_VARY: Final = (b"vary", b"Accept, Accept-Encoding, Authorization, X-Organization")


@dataclass(slots=True)
class Answer:
    """A response that is about to be sent."""

    media_type: str
    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    async def send(self, send: Send, *, request_id: str, compressed: bool) -> None:
        """Send it; `compressed` when the client can take that and it is worth it."""
        headers = [
            (b"content-type", self.media_type.encode()),
            (b"x-request-id", request_id.encode()),
            (b"x-content-type-options", b"nosniff"),
            _VARY,
            *((name.lower().encode(), value.encode()) for name, value in self.headers.items()),
        ]
        body = self.body
        if compressed and len(body) >= SMALLEST_COMPRESSED_BYTES:
            body = gzip.compress(body, COMPRESSION_LEVEL, mtime=0)
            headers.append((b"content-encoding", b"gzip"))
        if self.status != NOT_MODIFIED:
            headers.append((b"content-length", str(len(body)).encode()))
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def of_data(media_type: str, data: bytes, extensions: bytes) -> Answer:
    """The answer to an operation of which nothing failed; both are JSON."""
    return Answer(media_type, b'{"data":%b,"extensions":%b}' % (data, extensions))


def of_result(media_type: str, data: Any, errors: Sequence[GraphQLError], extensions: bytes) -> Answer:
    """The answer of the ordinary executor, in part perhaps errors."""
    listed = [told(error) for error in errors]
    answer = Answer(media_type, b"")
    written: dict[str, Any] = {"data": data}
    if listed:
        written["errors"] = listed
        if data is None:
            answer.status = _status(listed, otherwise=200)
    answer.body = orjson.dumps({**written, "extensions": orjson.Fragment(extensions)})
    return answer


def of_failure(media_type: str, error: Exception) -> Answer:
    """The answer to a request that was not carried out: what is wrong with it, or what went wrong, and no data.

    The legacy media type says of a well-formed request that it is wrong with 200: its clients expect that.
    """
    if isinstance(error, Refusal):
        return Answer(media_type, body_of(error), error.status, dict(error.headers))
    if not isinstance(error, InvalidDocumentError | GraphQLError):
        return of_failure(media_type, refusal_of(error))
    legacy = error.status if isinstance(error, DocumentError) else 200
    listed = errors_of(error)
    status = _status(listed, otherwise=400 if media_type == GRAPHQL_JSON else legacy)
    return Answer(media_type, orjson.dumps({"errors": listed}), status)


def errors_of(error: Exception) -> list[dict[str, Any]]:
    """Tell what is wrong with a request, or went wrong with it, as the `errors` of an answer."""
    if isinstance(error, InvalidDocumentError):
        return [told(each) for each in error.errors]
    if isinstance(error, GraphQLError):
        return [told(error)]
    refusal = error if isinstance(error, Refusal) else refusal_of(error)
    return [{"message": refusal.message, "extensions": {"code": refusal.code}}]


def cached(answer: Answer, data: bytes, *, asked_before: str | None, public_seconds: int | None) -> Answer:
    """Let an answer by GET be kept: by anybody for `public_seconds`, or, None, by its one reader after asking again."""
    tag = f'"{hashlib.blake2b(data, digest_size=16).hexdigest()}"'
    control = "private, no-cache" if public_seconds is None else f"public, max-age={public_seconds}"
    # weak: the bytes also tell what is left of a budget
    answer.headers |= {"ETag": f"W/{tag}", "Cache-Control": control}
    known = {word.strip().removeprefix("W/") for word in (asked_before or "").split(",")}
    if tag in known or "*" in known:
        answer.status, answer.body = NOT_MODIFIED, b""
    return answer


def _status(errors: Sequence[Mapping[str, Any]], *, otherwise: int) -> int:
    return next((STATUS_OF[code] for error in errors if (code := error["extensions"]["code"]) in STATUS_OF), otherwise)
