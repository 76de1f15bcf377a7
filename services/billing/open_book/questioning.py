"""The association's audit right: it questions a cost and disallows it, in whole or in part; the vendor answers.

What is questioned is held, as FAR 42.803(b) suspends a cost, and what is disallowed is not charged (FAR 42.801,
52.216-7(g)). Each question stays, with its answer and what became of it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import case, insert, select, update
from sqlmodel import col

from core.errors import DomainError, InvalidInput, NotFound
from core.events import Event
from core.ids import RowKey, new_id
from core.money import InvalidAmount, to_minor
from services.billing.open_book.entering import LONGEST_REASON, CostEnded
from services.billing.open_book.models import ActualCost, CostQuestion
from services.contracts.faults import Faults
from services.contracts.granted import contract_for, key_of
from services.identity.roles import Act

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction
    from core.events import ContractKey

OPEN: Final = ("OPEN", "ANSWERED")


class CostQuestionedAlready(DomainError):
    """A question about this cost is open; it is answered, dropped, conceded or decided first."""


class CostQuestionClosed(DomainError):
    """The question is answered already, or was closed."""


class NothingLeftToDisallow(DomainError):
    """The amount is more than what is left of the cost after what was disallowed before."""


async def question_actual_cost(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    cost_id: UUID,
    amount: Decimal | None,
    currency_code: str | None,
    question: str,
    now: datetime,
) -> RowKey:
    """Question a cost, or `amount` of it; until that is settled it is held. Returns the question's key.

    Refuses with Forbidden, NotFound, TextBlank, TextTooLong, InvalidInput, InvalidAmount,
    NothingLeftToDisallow, CostEnded or CostQuestionedAlready.
    """
    key, cost = await _cost(tx, actor, Act.QUESTION_COST, contract_id, cost_id, words=question, field="question")
    if cost.status == "QUESTIONED":
        raise CostQuestionedAlready("a question about this cost is open", field="actualCostId")
    minor = _amount(cost, amount, currency_code)
    await _move(tx, contract_id, cost_id, questioned=minor)
    asked = {"status": "OPEN", "questioned_minor": minor, "question": question.strip()}
    question_id = await _write(tx, key, cost, asked, actor=actor, now=now)
    _tell(tx, "ACTUAL_COST_QUESTIONED", key, cost_id, "QUESTIONED")
    return RowKey(contract_id, question_id)


async def answer_cost_question(
    tx: Transaction, *, actor: Actor, contract_id: UUID, question_id: UUID, answer: str, now: datetime
) -> RowKey:
    """Answer a question, once; the association then drops it or disallows the cost.

    Refuses with Forbidden, NotFound, TextBlank, TextTooLong or CostQuestionClosed.
    """
    key, asked = await _question(tx, actor, Act.ENTER_COST, contract_id, question_id, words=answer, field="answer")
    said = {"status": "ANSWERED", "answer": answer.strip(), "answered_at": now, **actor.signed("answered_by")}
    await _settle(tx, contract_id, question_id, said, of=("OPEN",))
    _tell(tx, "COST_QUESTION_ANSWERED", key, asked.actual_cost_id, "QUESTIONED")
    return RowKey(contract_id, question_id)


async def concede_cost_question(
    tx: Transaction, *, actor: Actor, contract_id: UUID, question_id: UUID, reason: str, now: datetime
) -> RowKey:
    """Agree that what was questioned is not charged; it is disallowed.

    Refuses with Forbidden, NotFound, TextBlank, TextTooLong or CostQuestionClosed.
    """
    key, asked = await _question(tx, actor, Act.ENTER_COST, contract_id, question_id, words=reason, field="reason")
    closed = _closed("CONCEDED", reason, actor, now) | {"disallowed_minor": asked.questioned_minor}
    await _settle(tx, contract_id, question_id, closed)
    await _move(tx, contract_id, asked.actual_cost_id, disallowed=asked.questioned_minor)
    _tell(tx, "COST_QUESTION_CONCEDED", key, asked.actual_cost_id, "DISALLOWED")
    return RowKey(contract_id, question_id)


async def withdraw_cost_question(
    tx: Transaction, *, actor: Actor, contract_id: UUID, question_id: UUID, reason: str, now: datetime
) -> RowKey:
    """Drop a question: the cost stands as it did before.

    Refuses with Forbidden, NotFound, TextBlank, TextTooLong or CostQuestionClosed.
    """
    key, asked = await _question(tx, actor, Act.QUESTION_COST, contract_id, question_id, words=reason, field="reason")
    await _settle(tx, contract_id, question_id, _closed("WITHDRAWN", reason, actor, now))
    await _move(tx, contract_id, asked.actual_cost_id)
    _tell(tx, "COST_QUESTION_WITHDRAWN", key, asked.actual_cost_id, "ENTERED")
    return RowKey(contract_id, question_id)


async def disallow_actual_cost(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    cost_id: UUID,
    amount: Decimal | None,
    currency_code: str | None,
    reason: str,
    now: datetime,
) -> RowKey:
    """Disallow a cost, or `amount` of it: what an open question is about, or without one all that is left of it.

    An open question ends with it. Returns the cost's key. Refuses with Forbidden, NotFound, TextBlank, TextTooLong,
    InvalidInput, InvalidAmount, NothingLeftToDisallow or CostEnded.
    """
    key, cost = await _cost(tx, actor, Act.QUESTION_COST, contract_id, cost_id, words=reason, field="reason")
    minor = _amount(cost, amount, currency_code)
    closed = _closed("DISALLOWED", reason, actor, now) | {"disallowed_minor": minor}
    question_id = await tx.scalar(
        select(col(CostQuestion.id)).where(
            col(CostQuestion.contract_id) == contract_id,
            col(CostQuestion.actual_cost_id) == cost_id,
            col(CostQuestion.status).in_(OPEN),
        )
    )
    if question_id is None:
        asked = {"questioned_minor": minor, "question": reason.strip(), **closed}
        await _write(tx, key, cost, asked, actor=actor, now=now)
    else:
        await _settle(tx, contract_id, question_id, closed)
    await _move(tx, contract_id, cost_id, disallowed=minor)
    _tell(tx, "ACTUAL_COST_DISALLOWED", key, cost_id, "DISALLOWED")
    return RowKey(contract_id, cost_id)


async def _cost(
    tx: Transaction, actor: Actor, act: Act, contract_id: UUID, cost_id: UUID, *, words: str, field: str
) -> tuple[ContractKey, Row[tuple[ActualCost]]]:
    """Lock a standing cost; whoever does not read cost is told that there is none."""
    contract = await contract_for(tx, actor=actor, act=act, contract_id=contract_id, field="actualCostId")
    faults = Faults()
    faults.text(words, longest=LONGEST_REASON, field=field)
    faults.refuse()
    cost = await tx.one_or_none(
        select(*ActualCost.__table__.c)  # type: ignore[attr-defined]  # SQLModel adds it
        .where(col(ActualCost.contract_id) == contract_id, col(ActualCost.id) == cost_id)
        .with_for_update()
    )
    if cost is None:
        raise NotFound("there is no such cost", field="actualCostId")
    if cost.ended_at is not None:
        raise CostEnded(f"the cost is {cost.status}", field="actualCostId")
    return key_of(contract), cost


async def _question(
    tx: Transaction, actor: Actor, act: Act, contract_id: UUID, question_id: UUID, *, words: str, field: str
) -> tuple[ContractKey, Row[tuple[CostQuestion]]]:
    """Find a question and lock the cost that it is about, which is locked before its question everywhere."""
    contract = await contract_for(tx, actor=actor, act=act, contract_id=contract_id, field="costQuestionId")
    faults = Faults()
    faults.text(words, longest=LONGEST_REASON, field=field)
    faults.refuse()
    asked = await tx.one_or_none(
        select(*CostQuestion.__table__.c).where(  # type: ignore[attr-defined]
            col(CostQuestion.contract_id) == contract_id, col(CostQuestion.id) == question_id
        )
    )
    if asked is None:
        raise NotFound("there is no such question", field="costQuestionId")
    await tx.execute(
        select(col(ActualCost.id))
        .where(col(ActualCost.contract_id) == contract_id, col(ActualCost.id) == asked.actual_cost_id)
        .with_for_update()
    )
    return key_of(contract), asked


def _amount(cost: Row[tuple[ActualCost]], amount: Decimal | None, currency_code: str | None) -> int:
    if currency_code not in (None, cost.currency_code):
        raise InvalidInput(f"the cost is in {cost.currency_code}", field="amount.currencyCode")
    left = cost.questioned_minor or cost.cost_minor - cost.disallowed_minor
    minor = left if amount is None else to_minor(amount, cost.currency_code, field="amount.amount")
    if minor == 0 and left > 0:
        raise InvalidAmount("the amount is above 0", field="amount.amount")
    if not 0 < minor <= left:
        raise NothingLeftToDisallow("that is more than what is left of the cost, or in question", field="amount")
    return minor


async def _move(tx: Transaction, contract_id: UUID, cost_id: UUID, *, questioned: int = 0, disallowed: int = 0) -> None:
    """Set what of a locked cost is in question, add to what is disallowed, and let the status follow."""
    total = col(ActualCost.disallowed_minor) + disallowed
    await tx.execute(
        update(ActualCost)
        .where(col(ActualCost.contract_id) == contract_id, col(ActualCost.id) == cost_id)
        .values(
            questioned_minor=questioned,
            disallowed_minor=total,
            status="QUESTIONED"
            if questioned
            else case(
                (total == 0, "ENTERED"), (total == col(ActualCost.cost_minor), "DISALLOWED"), else_="PARTLY_DISALLOWED"
            ),
        )
    )


async def _write(
    tx: Transaction,
    key: ContractKey,
    cost: Row[tuple[ActualCost]],
    values: dict[str, Any],
    *,
    actor: Actor,
    now: datetime,
) -> UUID:
    question_id = new_id()
    row = {
        **key.columns,
        **actor.signed("asked_by"),
        "id": question_id,
        "actual_cost_id": cost.id,
        "currency_code": cost.currency_code,
        "asked_at": now,
    }
    await tx.execute(insert(CostQuestion).values(row | values))
    return question_id


def _closed(status: str, outcome: str, actor: Actor, now: datetime) -> dict[str, Any]:
    return {"status": status, "outcome": outcome.strip(), "closed_at": now, **actor.signed("closed_by")}


async def _settle(
    tx: Transaction, contract_id: UUID, question_id: UUID, values: dict[str, Any], *, of: tuple[str, ...] = OPEN
) -> None:
    done = await tx.scalar(
        update(CostQuestion)
        .where(
            col(CostQuestion.contract_id) == contract_id,
            col(CostQuestion.id) == question_id,
            col(CostQuestion.status).in_(of),
        )
        .values(**values)
        .returning(col(CostQuestion.id))
    )
    if done is None:
        raise CostQuestionClosed("the question is not open for that any more", field="costQuestionId")


def _tell(tx: Transaction, event: str, key: ContractKey, cost_id: UUID, status: str) -> None:
    """Say what was done to which cost, and nothing of what it costs or of what was said about it."""
    tx.emit(Event(event, object_id=cost_id, contract=key, after={"status": status}))
