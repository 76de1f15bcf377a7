"""Gainshare at period close: the variance of whole months is parted once, as agreed, and settled by notes.

    target cost = standard cost of what was accepted in the period, or of RECURRING billed: as `actuals` has it
    actual cost = allowable cost of the period that stands

Both are of the lines whose price does not itself follow cost. The formula is `pricing.gainshare`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, exists, func, insert, or_, select, update
from sqlmodel import col

from core.errors import DomainError, InvalidInput
from core.events import Event
from core.ids import RowKey, new_id
from services.billing.adjustments.models import CreditNote
from services.billing.adjustments.reasons import checked_words
from services.billing.invoices.claiming import lock_lines
from services.billing.invoices.invoicing import PeriodNotOver
from services.billing.invoices.models import Invoice
from services.billing.open_book.models import ActualCost, Gainshare, GainshareAgreement
from services.billing.open_book.settling_gain import settle_gain, settle_pain
from services.billing.pricing.gainshare import GainshareTerms, share
from services.contracts.days import Period, today_in, whole_periods
from services.contracts.granted import contract_for, key_of
from services.identity.roles import Act

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement, Row

    from core.actor import Actor
    from core.db import Transaction
    from services.contracts.models import Contract

TERMS: Final = ("association_gain_percent", "association_pain_percent", "neutral_percent")


class NotWholeMonths(DomainError):
    """A gain is shared by whole months: from a day to the day before the same day of a later month."""


class NoGainshareAgreed(DomainError):
    """No gainshare is agreed that is in force on the first day of the period."""


class CostInQuestion(DomainError):
    """A cost of the period is questioned; what it comes to is settled first."""


class ActualCostMissing(DomainError):
    """Work of the period has no actual cost yet, or its costs are of days that lie not all within the period."""


class PeriodShared(DomainError):
    """The variance of some of these days was shared before."""


async def close_gainshare(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    starts_on: date,
    ends_on: date,
    reason: str,
    now: datetime,
) -> RowKey:
    """Share the variance of a period and settle it, in one transaction; returns the share's key.

    The association's part of a gain is credited on invoices of the period, its part of a pain debited. Refuses with
    Forbidden, NotFound, TextBlank, TextTooLong, NotWholeMonths, PeriodNotOver, NoGainshareAgreed, CostInQuestion,
    ActualCostMissing, PeriodShared, or GainNotCreditable and NoInvoiceToDebit (`settling_gain`).
    """
    contract = await contract_for(tx, actor=actor, act=Act.ADJUST_INVOICE, contract_id=contract_id, lock=True)
    reason = checked_words(reason)
    period = _whole_months(contract, starts_on, ends_on, now)
    await lock_lines(tx, contract_id=contract_id)
    agreement = await _agreement(tx, contract_id, starts_on)
    lines = await _lines(tx, contract_id, period)
    terms = GainshareTerms(**{name: getattr(agreement, name) for name in TERMS})
    target_minor, actual_minor = sum(line.target_minor for line in lines), sum(line.actual_minor for line in lines)
    shares = share(terms, target_cost_minor=target_minor, actual_cost_minor=actual_minor)
    share_id, line_ids = new_id(), [line.line_id for line in lines]
    notes: dict[str, Any] = {"debit_note_id": None}
    if shares.association_minor < 0:
        notes["debit_note_id"] = await settle_pain(
            tx,
            contract,
            -shares.association_minor,
            period=period,
            line_ids=line_ids,
            reason=reason,
            actor=actor,
            now=now,
        )
    await _reopen(tx, contract_id, period)
    await tx.execute(
        insert(Gainshare).values(
            **key_of(contract).columns,
            id=share_id,
            agreement_id=agreement.id,
            status="SHARED",
            period_starts_on=starts_on,
            period_ends_on=ends_on,
            currency_code=contract.currency_code,
            **{name: getattr(terms, name) for name in TERMS},
            target_cost_minor=target_minor,
            actual_cost_minor=actual_minor,
            association_share_minor=shares.association_minor,
            vendor_share_minor=shares.vendor_minor,
            reason=reason,
            closed_at=now,
            **actor.signed("closed_by"),
            **notes,
        ),
        refusing={"shared_once": PeriodShared("some of these days were shared before", field="period")},
    )
    numbers: Sequence[str] = ()
    if shares.association_minor > 0:
        numbers = await settle_gain(
            tx, contract, shares.association_minor, period=period, line_ids=line_ids, gainshare_id=share_id,
            reason=reason, actor=actor, now=now,
        )  # fmt: skip
    # what was shared tells of cost; whoever reads cost reads it in the share itself
    after = {
        "status": "SHARED",
        "period_starts_on": str(starts_on),
        "period_ends_on": str(ends_on),
        "credit_notes": list(numbers),
        "debit_note_id": notes["debit_note_id"] and str(notes["debit_note_id"]),
    }
    tx.emit(Event("GAINSHARE_CLOSED", share_id, contract=key_of(contract), after=after, reason=reason))
    return RowKey(contract_id, share_id)


def _whole_months(contract: Row[tuple[Contract]], starts_on: date, ends_on: date, now: datetime) -> Period:
    if ends_on < starts_on:
        raise InvalidInput(f"the period ends on {ends_on}, before it starts on {starts_on}", field="period.endsOn")
    period = Period(starts_on, ends_on)
    if not whole_periods(period, "MONTHLY"):
        raise NotWholeMonths(f"{starts_on} to {ends_on} is no whole number of months", field="period")
    today = today_in(contract.time_zone, now)
    if ends_on >= today:
        raise PeriodNotOver(f"{ends_on} is not over: today is {today} there", field="period.endsOn")
    return period


async def _agreement(tx: Transaction, contract_id: UUID, first_day: date) -> Row[Any]:
    """What was agreed last of what was in force on that day."""
    agreed = await tx.one_or_none(
        select(*GainshareAgreement.__table__.c)  # type: ignore[attr-defined]  # SQLModel adds it
        .where(
            col(GainshareAgreement.contract_id) == contract_id,
            col(GainshareAgreement.status).in_(("AGREED", "REPLACED")),
            col(GainshareAgreement.effective_from) <= first_day,
        )
        .order_by(col(GainshareAgreement.answered_at).desc(), col(GainshareAgreement.id).desc())
        .limit(1)
    )
    if agreed is None:
        raise NoGainshareAgreed(f"none is agreed that is in force on {first_day}", field="contractId")
    return agreed


async def _lines(tx: Transaction, contract_id: UUID, period: Period) -> Sequence[Row[Any]]:
    """The lines that take part, with target and actual cost of the period; its costs are held until this is done."""
    line = func.app.shareable_lines(contract_id, *period).table_valued(
        "line_id", "key", "done", "known", "target_minor", "actual_minor"
    )
    costs = await tx.all(
        select(col(ActualCost.status), col(ActualCost.contract_line_id))
        .where(
            col(ActualCost.contract_id) == contract_id,
            col(ActualCost.period_starts_on) <= period.ends_on,
            col(ActualCost.period_ends_on) >= period.starts_on,
        )
        .order_by(col(ActualCost.id))
        .with_for_update()
    )
    lines = await tx.all(select(*line.c))
    questioned = {cost.contract_line_id for cost in costs if cost.status == "QUESTIONED"}
    _refuse(CostInQuestion, "a cost of these lines is questioned", lines, questioned)
    missing = {line.line_id for line in lines if line.done != line.known}
    _refuse(ActualCostMissing, "these lines lack actual cost of what was done in the period", lines, missing)
    return lines


def _refuse(refusal: type[DomainError], message: str, lines: Sequence[Row[Any]], these: Collection[UUID]) -> None:
    keys = [line.key for line in lines if line.line_id in these]
    if keys:
        raise refusal(f"{message}: {', '.join(keys)}", field="period")


async def _reopen(tx: Transaction, contract_id: UUID, period: Period) -> None:
    """Put aside shares of these days of which no note stands any more."""
    of_contract = col(Gainshare.contract_id) == contract_id
    credited = and_(col(CreditNote.contract_id) == contract_id, col(CreditNote.gainshare_id) == Gainshare.id)
    debited = and_(col(Invoice.contract_id) == contract_id, col(Invoice.id) == Gainshare.debit_note_id)
    standing: list[ColumnElement[bool]] = [
        exists().where(credited, col(CreditNote.status) == "ISSUED"),
        exists().where(debited, col(Invoice.status) != "VOID"),
    ]
    await tx.execute(
        update(Gainshare)
        .where(
            of_contract,
            col(Gainshare.status) == "SHARED",
            col(Gainshare.period_starts_on) <= period.ends_on,
            col(Gainshare.period_ends_on) >= period.starts_on,
            col(Gainshare.association_share_minor) != 0,
            ~or_(*standing),
        )
        .values(status="VOID")
    )
