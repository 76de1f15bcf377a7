"""Actual cost and questions about it over HTTP: by everybody who might, wrongly, and at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from core.ids import encode, new_id
from tests.billing.market import ADMIN
from tests.billing.open_book.costs import COST, act, cost_of, enter
from tests.billing.trying import LONG, SILENT, Refused, Try, misnamed, unseen

if TYPE_CHECKING:
    from core.actor import Actor
    from tests.billing.desk import Desk
    from tests.billing.market import Agreement, Market
    from tests.billing.trying import Wrong

ENTERS = "to enter actual cost takes one of: vendor FINANCE, vendor OWNER, a DELIVERY_LEAD grant on the contract"
QUESTIONS = (
    "to question and disallow actual cost takes one of: association FINANCE, association OWNER, association PROCUREMENT"
)
ENDED = Refused("COST_ENDED", "actualCostId", "the cost is WITHDRAWN")
CLOSED = Refused("COST_QUESTION_CLOSED", "costQuestionId", "the question is not open for that any more")
FIELDS = COST.replace("\nid ", "\n")
ASKED = "status questioned { amount } question answer disallowed { amount } outcome"
STANDS = "a cost of this line, period and category stands already; name it in `supersedes` to correct it"
LEFT = "that is more than what is left of the cost, or in question"
PART = {"amount": {"amount": "30.00", "currencyCode": "USD"}}


def usd(amount: str, currency: str = "USD") -> dict[str, Any]:
    return {"amount": {"amount": amount, "currencyCode": currency}}


def cost(status: str, allowed: str, **changed: Any) -> dict[str, Any]:  # noqa: ANN401  (any field of a cost)
    """What a cost of 100.00 says of itself."""
    return {
        "status": status, "category": "DIRECT", "questioned": {"amount": "0.00"}, "disallowed": {"amount": "0.00"},
        "allowed": {"amount": allowed}, "allowable": True, "allowableReason": None, "quantity": None,
        "description": "Wages", "reason": "Payroll of the month", "supersedes": None, "questions": [],
        "period": {"startsOn": "2026-02-01", "endsOn": "2026-02-28"}, "evidence": [{"name": "february.csv"}],
    } | usd("100.00") | changed  # fmt: skip


def asked(status: str, disallowed: str = "0.00", **said: str) -> dict[str, Any]:
    """What a question about thirty of it says of itself."""
    return {
        "status": status, "questioned": {"amount": "30.00"}, "question": "Overtime?", "answer": None,
        "disallowed": {"amount": disallowed}, "outcome": None,
    } | said  # fmt: skip


class Entered:
    """A cost of 100.00, and what its vendor and its association could do about it."""

    def __init__(self, desk: Desk, agreement: Agreement) -> None:
        self.desk, self.agreement, self.market = desk, agreement, agreement.market

    async def enterActualCost(self) -> Try:  # noqa: N802  (the mutation's name)
        given = cost_of(self.agreement, "admin", "100.00")
        line = encode("cln", self.agreement.id, new_id())
        return Try(
            "enterActualCost", "actualCost", "ActualCost", FIELDS, given, self.market.vendor_owner, ENTERS,
            unseen("contractLineId"), cost("ENTERED", "100.00"), Refused("COST_ENTERED_ALREADY", "period", STANDS),
            [
                SILENT,
                ({"contractLineId": line}, Refused("NOT_FOUND", "contractLineId", "the contract has no such line")),
            ],
        )  # fmt: skip

    async def withdrawActualCost(self) -> Try:  # noqa: N802
        told = cost("WITHDRAWN", "0.00")
        return await self._of_cost("withdrawActualCost", "reason", self.market.vendor_owner, told, ENDED)

    async def disallowActualCost(self) -> Try:  # noqa: N802
        question = {"status": "DISALLOWED", "questioned": {"amount": "100.00"}, "question": "No receipt",
                    "answer": None, "disallowed": {"amount": "100.00"}, "outcome": "No receipt"}  # fmt: skip
        told = cost("DISALLOWED", "0.00", disallowed={"amount": "100.00"}, questions=[question])
        again = Refused("NOTHING_LEFT_TO_DISALLOW", "amount", LEFT)
        return await self._of_cost("disallowActualCost", "reason", self.market.finance, told, again, *self._amounts())

    async def questionActualCost(self) -> Try:  # noqa: N802
        again = Refused("COST_QUESTIONED_ALREADY", "actualCostId", "a question about this cost is open")
        step = await self._of_cost(
            "questionActualCost", "question", self.market.finance, asked("OPEN"), again, *self._amounts()
        )
        step.given |= PART | {"question": "Overtime?"}
        step.of, step.node, step.asked = "costQuestion", "CostQuestion", ASKED
        return step

    async def answerCostQuestion(self) -> Try:  # noqa: N802
        return await self._of_question("answerCostQuestion", "answer", self.market.vendor_owner, asked("ANSWERED"))

    async def concedeCostQuestion(self) -> Try:  # noqa: N802
        told = asked("CONCEDED", "30.00")
        return await self._of_question("concedeCostQuestion", "outcome", self.market.vendor_owner, told)

    async def withdrawCostQuestion(self) -> Try:  # noqa: N802
        return await self._of_question("withdrawCostQuestion", "outcome", self.market.finance, asked("WITHDRAWN"))

    def _amounts(self) -> list[Wrong]:
        return [
            (usd("100.01"), Refused("NOTHING_LEFT_TO_DISALLOW", "amount", LEFT)),
            (usd("0"), Refused("INVALID_AMOUNT", "amount.amount", "the amount is above 0")),
            (usd("1.001"), Refused("INVALID_AMOUNT", "amount.amount", "1.001 has 3 decimals; USD has 2")),
            (usd("1", "EUR"), Refused("INVALID_INPUT", "amount.currencyCode", "the cost is in USD")),
        ]

    async def _of_cost(
        self, name: str, words: str, right: Actor, told: dict[str, Any], again: Refused, *wrong: Wrong
    ) -> Try:
        """Something that is done with the whole cost."""
        entered = await enter(self.desk, self.agreement, "admin", "100.00")
        con = encode("con", self.agreement.id)
        return Try(
            name, "actualCost", "ActualCost", FIELDS, {"actualCostId": entered["id"], words: "No receipt"}, right,
            ENTERS if right is self.market.vendor_owner else QUESTIONS, unseen("actualCostId"), told, again,
            [
                *wrong, *_unsaid(words), misnamed("actualCostId", con, "acc"),
                ({"actualCostId": encode("acc", self.agreement.id, new_id())}, unseen("actualCostId", "cost")),
            ],
        )  # fmt: skip

    async def _of_question(self, name: str, shown: str, right: Actor, told: dict[str, Any]) -> Try:
        """Something that is done with a question about thirty of it."""
        entered = await enter(self.desk, self.agreement, "admin", "100.00")
        about = {"actualCostId": entered["id"], "question": "Overtime?"} | PART
        question = await act(self.desk, self.market.finance, "questionActualCost", **about)
        words = "answer" if shown == "answer" else "reason"
        return Try(
            name, "costQuestion", "CostQuestion", ASKED, {"costQuestionId": question["id"], words: "A release"}, right,
            ENTERS if right is self.market.vendor_owner else QUESTIONS, unseen("costQuestionId"),
            told | {shown: "A release"}, CLOSED,
            [
                *_unsaid(words), misnamed("costQuestionId", entered["id"], "cqn"),
                ({"costQuestionId": encode("cqn", self.agreement.id, new_id())}, unseen("costQuestionId", "question")),
            ],
        )  # fmt: skip


def _unsaid(words: str) -> list[Wrong]:
    """Nothing said, and too much."""
    return [({words: change["reason"]}, refused._replace(field=words)) for change, refused in (SILENT, LONG)]


@pytest.mark.parametrize(
    "name",
    ["enterActualCost", "withdrawActualCost", "disallowActualCost", "questionActualCost", "answerCostQuestion",
     "concedeCostQuestion", "withdrawCostQuestion"],
)  # fmt: skip
async def test_a_cost_by_everybody_wrongly_and_at_once(market: Market, desk: Desk, name: str) -> None:
    step: Try = await getattr(Entered(desk, await market.agree(ADMIN)), name)()
    members = (market.finance, market.vendor_owner, market.acceptor, market.billing_admin)
    await step.is_refused(desk, market, *(member for member in members if member is not step.right))
    await step.is_done_once(desk, market, market.finance, market.vendor_owner, market.billing_admin)
    other: Try = await getattr(Entered(desk, await market.agree(ADMIN)), name)()
    await other.is_answered_the_same(desk, market)


async def test_nothing_costs_anything_before_its_contract_is_in_force(market: Market, desk: Desk) -> None:
    step = await Entered(desk, await market.agree(ADMIN, status="PROPOSED", activated_at=None)).enterActualCost()
    payload = (await desk.ask(step.right, step.request, input=step.given))[step.name]
    refused = Refused("CONTRACT_NOT_IN_FORCE", "contractLineId", "no work can have been done under it")
    assert payload == {"actualCost": None, "userErrors": refused.told}
