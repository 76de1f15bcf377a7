"""How a request that is wrong, or that went wrong, looks to a client: a message, a stable code, a status."""

from collections.abc import Mapping
from typing import Any, Final

import asyncpg
import orjson
import structlog
from graphql import GraphQLError, GraphQLSyntaxError
from starlette.responses import Response

from core.idempotency import RequestRunning
from core.pool import PoolExhausted

log = structlog.get_logger(__name__)

LONGEST_MESSAGE: Final = 2000
"""Characters; what is longer repeats what the client sent."""

WENT_WRONG: Final = "something went wrong here; sending it again with the same Idempotency-Key is safe"


class Refusal(Exception):
    """A request that is refused as a whole, before anything of it is done.

    `code` is stable, `status` the HTTP status, and `headers` go with the answer.
    """

    def __init__(self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers: Mapping[str, str] = headers or {}


KNOWN: Final[Mapping[type[BaseException], tuple[str, str]]] = {
    RequestRunning: ("IDEMPOTENCY_REQUEST_RUNNING", "the first request with this Idempotency-Key still runs"),
    PoolExhausted: ("BUSY", "there is more to read than the database can answer; try again in a moment"),
    asyncpg.QueryCanceledError: ("STATEMENT_TIMEOUT", "the database took too long; ask for less at once"),
}
"""What can stop a sound request, by its cause."""

BUSY: Final = 503
STATUS_OF: Final = {
    "BUSY": 503,
    "IDEMPOTENCY_REQUEST_RUNNING": 409,
    "INTERNAL_SERVER_ERROR": 500,
    "STATEMENT_TIMEOUT": 503,
}


def told(error: GraphQLError) -> dict[str, Any]:
    """Tell an error of an operation with its code; a defect of ours is logged whole and told in a word."""
    code, message = _code_of(error)
    return {
        **error.formatted,
        "message": message[:LONGEST_MESSAGE],
        "extensions": {**(error.extensions or {}), "code": code},
    }


def failure(refusal: Refusal) -> Response:
    """Answer a request that was refused, in JSON."""
    return Response(body_of(refusal), refusal.status, refusal.headers, media_type="application/json")


def body_of(refusal: Refusal) -> bytes:
    """Say a refusal in the form of GraphQL's errors."""
    return orjson.dumps({"errors": [{"message": refusal.message, "extensions": {"code": refusal.code}}]})


def refusal_of(cause: Exception) -> Refusal:
    """Say what became of a request that failed in the middle; a defect of ours is logged whole and told in a word."""
    code, message = _known(cause)
    return Refusal(STATUS_OF[code], code, message, {"Retry-After": "1"} if STATUS_OF[code] == BUSY else {})


def _code_of(error: GraphQLError) -> tuple[str, str]:
    cause = error.original_error
    while isinstance(cause, GraphQLError):
        cause = cause.original_error
    if code := (error.extensions or {}).get("code"):
        return str(code), error.message
    if cause is not None and error.path is not None:
        return _known(cause)
    if isinstance(error, GraphQLSyntaxError):
        return "GRAPHQL_PARSE_FAILED", error.message
    return "GRAPHQL_VALIDATION_FAILED" if error.path is None else "BAD_USER_INPUT", error.message


def _known(cause: BaseException) -> tuple[str, str]:
    # SQLAlchemy wraps what the driver raises, twice
    driver = getattr(getattr(cause, "orig", None), "__cause__", None) or cause
    if type(driver) in KNOWN:
        return KNOWN[type(driver)]
    log.error("a request failed", exc_info=cause)
    return "INTERNAL_SERVER_ERROR", WENT_WRONG
