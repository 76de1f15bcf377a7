"""A difference is noticed, wherever in an answer it is; so that a comparison without one means something."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from graphql import DocumentNode, ExecutionResult, parse

from tests.oracle.comparing import Differs, Outcome, compare
from tests.oracle.conforming import faults
from tests.oracle.declarations import Declarations
from tests.oracle.generating import Operation, Request
from tests.oracle.reducing import reduced
from tests.oracle.stage import Stage

TEXT = """query ($id: ID!, $first: Int) {
  contract(id: $id) { id title totalValue { amount currencyCode } signedAfterStart revision startsOn proposedAt }
  contracts(first: $first) {
    totalCount edges { cursor node { ... on Node { __typename id } status endReason } } pageInfo { hasNextPage }
  }
}"""


@dataclass
class Changed:
    """The stage, with another answer of the application."""

    stage: Stage
    change: Callable[[dict[str, Any]], object]

    @property
    def declarations(self) -> Declarations:
        return self.stage.declarations

    def theirs(self, operation: Operation, request: Request) -> tuple[int, Any]:
        status, answer = self.stage.theirs(operation, request)
        self.change(answer)
        return status, answer

    def ours(self, document: DocumentNode, operation: Operation, request: Request) -> ExecutionResult:
        return self.stage.ours(document, operation, request)


def asked(stage: Stage, **variables: object) -> tuple[Operation, Request]:
    request = Request("operator.owner", {"id": stage.world.names["contract"], "first": 3, **variables})
    return Operation(TEXT, None, [request]), request


def turned_round(answer: dict[str, Any]) -> None:
    answer["data"]["contract"] = dict(reversed(answer["data"]["contract"].items()))


DIFFERENCES: dict[str, Callable[[dict[str, Any]], object]] = {
    "another order of keys": turned_round,
    "a key too few": lambda answer: answer["data"]["contract"].pop("title"),
    "a key too many": lambda answer: answer["data"].update(more=None),
    "null for a value": lambda answer: answer["data"]["contract"].update(title=None),
    "null for an object": lambda answer: answer["data"].update(contract=None),
    "other digits": lambda answer: answer["data"]["contract"]["totalValue"].update(amount="1"),
    "1 for true": lambda answer: answer["data"]["contracts"]["pageInfo"].update(hasNextPage=1),
    "a float for an integer": lambda answer: answer["data"]["contract"].update(revision=1.0),
    "a row too few": lambda answer: answer["data"]["contracts"]["edges"].pop(),
    "rows in another order": lambda answer: answer["data"]["contracts"]["edges"].reverse(),
    "another cursor": lambda answer: answer["data"]["contracts"]["edges"][0].update(cursor="W10"),
    "another count": lambda answer: answer["data"]["contracts"].update(totalCount=1),
    "a refusal": lambda answer: answer.update(errors=[{"extensions": {"code": "INVALID_ID"}}], data=None),
    "a defect": lambda answer: answer.update(errors=[{"extensions": {"code": "INTERNAL_SERVER_ERROR"}}], data=None),
}


@pytest.mark.parametrize("name", DIFFERENCES)
def test_a_difference_is_noticed(stage: Stage, name: str) -> None:
    operation, request = asked(stage)
    assert compare(stage, operation, request) is Outcome.ANSWERED
    with pytest.raises(Differs):
        compare(Changed(stage, DIFFERENCES[name]), operation, request)


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({"id": "nonsense"}, "INVALID_ID"),
        ({"first": 0}, "INVALID_PAGE"),
        ({"first": 101}, "PAGE_TOO_LARGE"),
        ({"first": "1"}, "BAD_USER_INPUT"),
    ],
)
def test_both_refuse_and_for_the_same_reason(stage: Stage, variables: dict[str, object], code: str) -> None:
    operation, request = asked(stage, **variables)
    assert compare(stage, operation, request) is Outcome.REFUSED

    def another(answer: dict[str, Any]) -> None:
        assert [error["extensions"]["code"] for error in answer["errors"]] == [code]
        answer["errors"][0]["extensions"]["code"] = "SOMETHING_ELSE"

    with pytest.raises(Differs):
        compare(Changed(stage, another), operation, request)
    with pytest.raises(Differs):
        compare(Changed(stage, lambda answer: answer.update(data={})), operation, request)


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"amount": "1.0e5"}, "data.contract.totalValue.amount is no Decimal: '1.0e5'"),
        ({"amount": 1}, "data.contract.totalValue.amount is no Decimal: 1"),
        ({"currencyCode": None}, "data.contract.totalValue.currencyCode is null"),
    ],
)
def test_what_does_not_conform_is_told_without_the_oracle(stage: Stage, changed: dict[str, object], fault: str) -> None:
    operation, request = asked(stage)
    _, answer = stage.theirs(operation, request)
    arguments = stage.declarations.plain, parse(TEXT), None, request.variables
    assert faults(*arguments, answer["data"]) == []
    answer["data"]["contract"]["totalValue"].update(changed)
    assert faults(*arguments, answer["data"]) == [fault]


def test_keys_in_another_order_do_not_conform(stage: Stage) -> None:
    operation, request = asked(stage)
    _, answer = stage.theirs(operation, request)
    turned_round(answer)
    (fault,) = faults(stage.declarations.plain, parse(TEXT), None, request.variables, answer["data"])
    assert fault.startswith("data.contract has the keys ['proposedAt', ")


def test_what_shows_a_difference_is_made_small(stage: Stage) -> None:
    operation, request = asked(stage)
    text = f"{TEXT.replace('title', '...F title @include(if: true)')} fragment F on Contract {{ ... {{ status }} }}"
    whole = replace(operation, text=text)
    small = reduced(stage.declarations.plain, whole, request, lambda smaller, _: "amount" in smaller.text)
    assert small.text.split() == "query ($id: ID!) { contract(id: $id) { totalValue { amount } } }".split()
