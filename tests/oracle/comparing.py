"""One operation, sent to the application and put to the oracle: the two answers are the same, key by key."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import Enum, auto
from typing import Any, Protocol

from graphql import DocumentNode, ExecutionResult, parse, validate

from tests.oracle.conforming import faults
from tests.oracle.declarations import Declarations
from tests.oracle.generating import Operation, Request
from tests.oracle.refusals import refusals

LIMITS = {"COST_TOO_LARGE", "TOO_DEEP", "TOO_MANY_ALIASES", "TOO_MANY_EDGES", "TOO_MANY_FIELDS", "TOO_MANY_ROOT_FIELDS"}
REFUSALS = {"BAD_USER_INPUT", "INVALID_CURSOR", "INVALID_ID", "INVALID_PAGE", "PAGE_TOO_LARGE"}


class Side(Protocol):
    """Where an operation can be put to both."""

    @property
    def declarations(self) -> Declarations:
        """Of the schema that it is an operation of."""

    def theirs(self, operation: Operation, request: Request) -> tuple[int, Any]:
        """The application's status and answer."""

    def ours(self, document: DocumentNode, operation: Operation, request: Request) -> ExecutionResult:
        """The oracle's answer."""


class Differs(AssertionError):
    """The two answers, and what was asked."""


class Outcome(Enum):
    """On what the two agree."""

    ANSWERED = auto()
    REFUSED = auto()
    LEFT_OUT = auto()
    """The document was none of this schema, or asked for more at once than one may."""


def compare(side: Side, operation: Operation, request: Request) -> Outcome:
    """On what the two agree; a Differs is raised where they do not."""
    document = parse(operation.text)
    status, theirs = side.theirs(operation, request)
    codes = codes_of(theirs)
    if codes == {"GRAPHQL_VALIDATION_FAILED"} and validate(side.declarations.plain, document):
        return Outcome.LEFT_OUT
    if any(code in LIMITS for code in codes):
        return Outcome.LEFT_OUT
    refused = refusals(side.declarations, document, request.variables, operation.name).codes
    answer = None if refused else side.ours(document, operation, request)
    why = _difference(status, theirs, refused, answer)
    if why is None and answer is not None:
        found = faults(side.declarations.plain, document, operation.name, request.variables, theirs["data"])
        why = f"not as the schema promises: {'; '.join(found)}" if found else None
    if why is None:
        return Outcome.REFUSED if refused else Outcome.ANSWERED
    sent = {name: value for name, value in request.variables.items() if f"${name}" in operation.text}
    ours = sorted(refused) if answer is None else answer.data
    told = [
        why,
        operation.text,
        f"operationName: {operation.name}",
        f"variables: {text_of(sent)}",
        f"actor: {request.actor}",
        f"application: {status} {text_of(theirs)}",
        f"oracle: {text_of(ours)}",
    ]
    raise Differs("\n".join(told))


def _difference(
    status: int, theirs: Mapping[str, Any], refused: set[str], answer: ExecutionResult | None
) -> str | None:
    """What of the application's answer is not as the oracle refuses or answers."""
    codes = codes_of(theirs)
    if status >= 500 or "INTERNAL_SERVER_ERROR" in codes:
        return "a server error"
    if answer is None:
        # one null where nothing may be hides what is wrong beside it
        allowed = refused | (REFUSALS if "BAD_USER_INPUT" in refused else set())
        if not codes or not codes <= allowed:
            return "refused for another reason, or not at all"
        return None if theirs.get("data") is None else "refused, and answered all the same"
    if codes:
        return "refused by the application alone"
    if answer.errors:
        return f"the oracle finds a null or a type that is not promised: {answer.errors[0].message}"
    return None if text_of(theirs["data"]) == text_of(answer.data) else "the answers differ"


def codes_of(answer: Mapping[str, Any]) -> set[str]:
    """The codes of its errors."""
    return {error["extensions"]["code"] for error in answer.get("errors", ())}


def text_of(answer: object) -> str:
    """An answer as text that tells the order of keys, and 1 from 1.0 and from true."""
    return json.dumps(answer, ensure_ascii=False)
