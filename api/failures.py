"""How a request that is wrong, or that went wrong, looks to a client: a message, a stable code, a status."""

from collections.abc import Mapping
from typing import Any, Final

import asyncpg
import orjson
import structlog
from graphql import GraphQLError, GraphQLSyntaxError
from starlette.responses import Response

from core.idempotency import RequestRunning

log = structlog.get_logger(__name__)

WENT_WRONG: Final = "something went wrong here; sending it again with the same Idempotency-Key is safe"

KNOWN: Final[Mapping[type[BaseException], tuple[str, str]]] = {
    RequestRunning: ("IDEMPOTENCY_REQUEST_RUNNING", "the first request with this Idempotency-Key still runs"),
    asyncpg.QueryCanceledError: ("STATEMENT_TIMEOUT", "the database took too long; ask for less at once"),
}
"""What can stop a sound request, by its cause."""

STATUS_OF: Final = {"IDEMPOTENCY_REQUEST_RUNNING": 409, "INTERNAL_SERVER_ERROR": 500, "STATEMENT_TIMEOUT": 503}


def told(error: GraphQLError) -> dict[str, Any]:
    """Tell an error of an operation with its code; a defect of ours is logged whole and told in a word."""
    code, message = _code_of(error)
    return {**error.formatted, "message": message, "extensions": {**(error.extensions or {}), "code": code}}


def failure(status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> Response:
    """Answer a request that never reached the executor."""
    body = {"errors": [{"message": message, "extensions": {"code": code}}]}
    return Response(orjson.dumps(body), status, headers, media_type="application/json")


def failure_of(cause: Exception) -> Response:
    """Answer a request that failed in the middle."""
    code, message = _known(cause)
    return failure(STATUS_OF[code], code, message)


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
