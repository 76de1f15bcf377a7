"""Entering what work really cost: by the vendor, per contract line and period, with evidence.

A cost is never overwritten. A correction is another cost that supersedes it; both stay. No event tells an amount or a
reason: those stand with the cost, where only those read them who read cost.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sqlalchemy import insert, select, update
from sqlmodel import col

from core.errors import DomainError, InvalidInput, NotFound
from core.events import Event
from core.ids import RowKey, new_id
from core.money import InvalidAmount, to_minor
from services.billing.invoices.invoicing import ContractNotInForce, PeriodNotOver
from services.billing.open_book.evidencing import attach_to_cost, kept_files
from services.billing.open_book.models import ActualCost, CostQuestion
from services.contracts.days import today_in
from services.contracts.faults import Faults
from services.contracts.granted import contract_for, key_of
from services.contracts.models import ContractLine
from services.identity.roles import Act

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from decimal import Decimal
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction
    from services.contracts.models import Contract
    from services.delivery.blobs import BlobStore
    from services.delivery.evidence import File

LONGEST_DESCRIPTION: Final = 500
LONGEST_REASON: Final = 2000
STANDING: Final = ("ENTERED", "QUESTIONED", "PARTLY_DISALLOWED", "DISALLOWED")


class LineTakesNoCost(DomainError):
    """Nothing is delivered on an obligation or a minimum commitment, so it has no cost."""


class CostOutsideTerm(DomainError):
    """The period begins before the contract's first day or ends after its last."""


class CostEnteredAlready(DomainError):
    """A cost of this line, period and category, equally allowable, stands already; a correction supersedes it."""


class CostPeriodsOverlap(DomainError):
    """A line keeps one calendar: a period that overlaps another of its costs must have the very same days."""


class CostEnded(DomainError):
    """The cost was superseded or withdrawn, and stays as it is."""


class CostBilled(DomainError):
    """The cost stands on an invoice; it changes only after that is void or credited."""


class EvidenceMissing(DomainError):
    """A cost is shown by at least one file."""


class CostCategory(StrEnum):
    """How a cost comes about (FAR 2.101: direct cost, indirect cost)."""

    DIRECT = "DIRECT"
    INDIRECT = "INDIRECT"
    PASS_THROUGH = "PASS_THROUGH"  # noqa: S105  (no secret)


@dataclass(frozen=True, slots=True)
class Cost:
    """A cost as it is entered; `quantity` is what was spent on the work, in the line's unit, where it has one."""

    line_id: UUID
    starts_on: date
    ends_on: date
    category: CostCategory
    amount: Decimal
    currency_code: str
    description: str
    allowable: bool
    reason: str
    allowable_reason: str | None = None
    quantity: Decimal | None = None
    supersedes: UUID | None = None
    evidence: Sequence[File] = ()


async def enter_actual_cost(
    tx: Transaction, *, actor: Actor, contract_id: UUID, cost: Cost, blobs: BlobStore, now: datetime
) -> RowKey:
    """Enter what a line cost the vendor in a period of whole days that is over; returns the cost's key.

    What was disallowed of a superseded cost stays disallowed of its correction, up to the corrected amount. Refuses
    with Forbidden, NotFound, ContractNotInForce, LineTakesNoCost, InvalidInput, CostOutsideTerm, PeriodNotOver,
    InvalidAmount, TextBlank, TextTooLong, EvidenceMissing, CostEnteredAlready, CostPeriodsOverlap, CostEnded,
    CostBilled, and what `checked_file` and `attach_to_cost` refuse.
    """
    contract = await contract_for(tx, actor=actor, act=Act.ENTER_COST, contract_id=contract_id, field="contractLineId")
    if contract.activated_at is None:
        raise ContractNotInForce("no work can have been done under it", field="contractLineId")
    await _require_priced(tx, contract, cost.line_id)
    faults = Faults()
    _note_faults(faults, contract, cost, now)
    cost_id = new_id()
    files = await kept_files(faults, cost.evidence, cost_id, blobs=blobs)
    amount_minor = to_minor(cost.amount, contract.currency_code, field="amount.amount")
    disallowed_minor = 0
    if cost.supersedes:
        before = await _end(
            tx, contract_id, cost.supersedes, "SUPERSEDED", actor=actor, reason=cost.reason, field="supersedes", now=now
        )
        if before.contract_line_id != cost.line_id:
            raise InvalidInput("the cost that it supersedes is of another line", field="supersedes")
        disallowed_minor = min(before.disallowed_minor, amount_minor)
    row = {
        **key_of(contract).columns,
        **actor.signed("entered_by"),
        "id": cost_id,
        "contract_line_id": cost.line_id,
        "period_starts_on": cost.starts_on,
        "period_ends_on": cost.ends_on,
        "category": cost.category,
        "description": cost.description.strip(),
        "quantity": cost.quantity,
        "currency_code": contract.currency_code,
        "cost_minor": amount_minor,
        "allowable": cost.allowable,
        "allowable_reason": cost.allowable_reason.strip() if cost.allowable_reason else None,
        "status": standing(amount_minor, disallowed_minor),
        "disallowed_minor": disallowed_minor,
        "supersedes_id": cost.supersedes,
        "reason": cost.reason.strip(),
        "entered_at": now,
    }
    await tx.execute(insert(ActualCost).values(**row), refusing=REFUSED)
    await attach_to_cost(tx, actor=actor, contract=contract, cost_id=cost_id, files=files, now=now)
    told = ("contract_line_id", "period_starts_on", "period_ends_on", "category", "supersedes_id")
    after = {_camel(name): str(row[name]) for name in told if row[name] is not None}
    tx.emit(Event("ACTUAL_COST_ENTERED", object_id=cost_id, contract=key_of(contract), after=after))
    return RowKey(contract_id, cost_id)


async def withdraw_actual_cost(
    tx: Transaction, *, actor: Actor, contract_id: UUID, cost_id: UUID, reason: str, now: datetime
) -> RowKey:
    """Take back a cost that should not have been entered; it stays, withdrawn, and an open question ends with it.

    Refuses with Forbidden, NotFound, TextBlank, TextTooLong, CostEnded or CostBilled.
    """
    contract = await contract_for(tx, actor=actor, act=Act.ENTER_COST, contract_id=contract_id, field="actualCostId")
    faults = Faults()
    faults.text(reason, longest=LONGEST_REASON, field="reason")
    faults.refuse()
    await _end(tx, contract_id, cost_id, "WITHDRAWN", actor=actor, reason=reason, field="actualCostId", now=now)
    tx.emit(Event("ACTUAL_COST_WITHDRAWN", object_id=cost_id, contract=key_of(contract), after={"status": "WITHDRAWN"}))
    return RowKey(contract_id, cost_id)


def standing(cost_minor: int, disallowed_minor: int) -> str:
    """The status of a cost that nobody questions."""
    if not disallowed_minor:
        return "ENTERED"
    return "DISALLOWED" if disallowed_minor == cost_minor else "PARTLY_DISALLOWED"


REFUSED: Final = {
    "one_standing_cost": CostEnteredAlready(
        "a cost of this line, period and category stands already; name it in `supersedes` to correct it", field="period"
    ),
    "one_calendar_of_costs": CostPeriodsOverlap(
        "another cost of this line has a period that overlaps this one and is not the same", field="period"
    ),
}


async def _require_priced(tx: Transaction, contract: Row[tuple[Contract]], line_id: UUID) -> None:
    kind = await tx.scalar(
        select(col(ContractLine.kind)).where(
            col(ContractLine.contract_id) == contract.id,
            col(ContractLine.id) == line_id,
            col(ContractLine.revision) == contract.revision,
        )
    )
    if kind is None:
        raise NotFound("the contract has no such line", field="contractLineId")
    if kind in {"OBLIGATION", "MINIMUM_COMMITMENT"}:
        raise LineTakesNoCost("nothing is delivered on this line, so it has no cost", field="contractLineId")


def _note_faults(faults: Faults, contract: Row[tuple[Contract]], cost: Cost, now: datetime) -> None:
    if cost.ends_on < cost.starts_on:
        faults.note(InvalidInput("the period ends before it starts", field="period"))
    if cost.starts_on < contract.starts_on or cost.ends_on > contract.ends_on:
        message = f"the contract runs from {contract.starts_on} to {contract.ends_on}"
        faults.note(CostOutsideTerm(message, field="period"))
    if cost.ends_on >= today_in(contract.time_zone, now):
        faults.note(PeriodNotOver(f"{cost.ends_on} is not over", field="period.endsOn"))
    if cost.currency_code != contract.currency_code:
        message = f"the contract is in {contract.currency_code}"
        faults.note(InvalidInput(message, field="amount.currencyCode"))
    else:
        with faults.noting():
            to_minor(cost.amount, contract.currency_code, field="amount.amount")
    if cost.quantity is not None and not 0 < cost.quantity < 10**12:
        faults.note(InvalidAmount("a quantity is above 0", field="quantity"))
    if not cost.allowable and not (cost.allowable_reason or "").strip():
        faults.note(InvalidInput("say why it is not allowable", field="allowableReason"))
    faults.text(cost.allowable_reason, longest=LONGEST_REASON, field="allowableReason")
    faults.text(cost.description, longest=LONGEST_DESCRIPTION, field="description")
    faults.text(cost.reason, longest=LONGEST_REASON, field="reason")
    if not cost.evidence:
        faults.note(EvidenceMissing("show the cost by at least one file", field="evidence"))


async def _end(
    tx: Transaction,
    contract_id: UUID,
    cost_id: UUID,
    status: str,
    *,
    actor: Actor,
    reason: str,
    field: str,
    now: datetime,
) -> Row[tuple[ActualCost]]:
    this = (col(ActualCost.contract_id) == contract_id, col(ActualCost.id) == cost_id)
    ended = await tx.one_or_none(
        update(ActualCost)
        .where(*this, col(ActualCost.status).in_(STANDING), ~col(ActualCost.billed))
        .values(status=status, ended_at=now, questioned_minor=0)
        .returning(col(ActualCost.contract_line_id), col(ActualCost.disallowed_minor))
    )
    if ended is None:
        there = await tx.one_or_none(select(col(ActualCost.status), col(ActualCost.billed)).where(*this))
        if there is None:
            raise NotFound("there is no such cost", field=field)
        if there.billed and there.status in STANDING:
            raise CostBilled("the cost is billed", field=field)
        raise CostEnded(f"the cost is {there.status}", field=field)
    await tx.execute(
        update(CostQuestion)
        .where(
            col(CostQuestion.contract_id) == contract_id,
            col(CostQuestion.actual_cost_id) == cost_id,
            col(CostQuestion.status).in_(("OPEN", "ANSWERED")),
        )
        .values(status="OVERTAKEN", outcome=reason.strip(), closed_at=now, **actor.signed("closed_by"))
    )
    return ended


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)
