"""Closing the books of a month: once closed, nothing takes effect in it, until another person opens it again."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlmodel import col

from core.errors import DomainError, InvalidInput, NotFound, Refusals
from core.events import Event
from core.ids import new_id
from core.texts import check_words
from services.billing.books.models import AccountingPeriod
from services.billing.reconciliation.models import BillingException
from services.identity.roles import Act, require

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction

LONGEST_REASON: Final = 2000
REQUEST: Final = ("at", "by_member_id", "by_name", "by_email", "by_organization_id", "by_organization_name")
WITHOUT_OVERRIDE: Final[dict[str, Any]] = {
    **{f"override_requested_{part}": None for part in (*REQUEST, "by_person_id")},
    "override_reason": None,
}


class PeriodStillRuns(DomainError):
    """The month is not over yet, in UTC; its books can be closed from the first day of the next."""


class AlreadyClosed(DomainError):
    """The books of this month are closed already."""


class NotClosed(DomainError):
    """The books of this month are open; there is nothing to open again."""


class ExceptionsOpen(DomainError):
    """Exceptions of the month are open: resolve them, or ask for an override that a second person confirms."""


class NothingToOverride(DomainError):
    """No exception of the month is open, or nobody has asked for an override: close it without one."""


class OverrideRequested(DomainError):
    """Somebody has asked already for this month to be closed in spite of its exceptions."""


class SecondPersonNeeded(DomainError):
    """Who asked for an override does not confirm it, and who closed a month does not open it again."""


async def close_period(tx: Transaction, *, actor: Actor, starts_on: date, reason: str, now: datetime) -> UUID:
    """Close the books of the month that begins on this day; returns the period's id.

    It waits for whoever is posting, and nobody posts meanwhile. Refuses with Forbidden, InvalidInput, TextBlank,
    TextTooLong, PeriodStillRuns, AlreadyClosed or ExceptionsOpen.
    """
    reason = _require(actor, reason)
    period = await _open_period(tx, starts_on, now)
    await _lock_journal(tx)
    if (count := await _open_exceptions(tx, period))[0]:
        raise ExceptionsOpen(
            f"{count[0]} exceptions of {starts_on:%Y-%m} are open: {count[1]}; resolve them, or request an override",
            field="startsOn",
        )
    await _close(tx, actor, period, reason=reason, now=now, **WITHOUT_OVERRIDE)
    return period.id  # type: ignore[no-any-return]  # a row's values are of any type


async def request_period_override(
    tx: Transaction, *, actor: Actor, starts_on: date, reason: str, now: datetime
) -> UUID:
    """Ask that a month be closed in spite of its open exceptions, for a reason; a second person has to confirm it.

    Returns the period's id. Refuses with Forbidden, InvalidInput, TextBlank, TextTooLong, PeriodStillRuns,
    AlreadyClosed, NothingToOverride or OverrideRequested.
    """
    reason = _require(actor, reason)
    period = await _open_period(tx, starts_on, now)
    if period.override_requested_at is not None:
        raise OverrideRequested(
            f"{period.override_requested_by_name} has asked for it already; somebody else confirms it", field="startsOn"
        )
    count, kinds = await _open_exceptions(tx, period)
    if not count:
        raise NothingToOverride(f"no exception of {starts_on:%Y-%m} is open: close it without one", field="startsOn")
    await tx.execute(
        update(AccountingPeriod)
        .where(col(AccountingPeriod.id) == period.id)
        .values(
            override_requested_at=now,
            override_requested_by_person_id=actor.person_id,
            override_reason=reason,
            **actor.signed("override_requested_by"),
        )
    )
    told = {"startsOn": str(starts_on), "openExceptions": count, "kinds": kinds}
    tx.emit(Event("PERIOD_OVERRIDE_REQUESTED", period.id, after=told, reason=reason))
    return period.id  # type: ignore[no-any-return]


async def confirm_period_override(
    tx: Transaction, *, actor: Actor, period_id: UUID, reason: str, now: datetime
) -> UUID:
    """Close a month in spite of its open exceptions, as a second person; returns the period's id.

    Refuses with Forbidden, NotFound, TextBlank, TextTooLong, AlreadyClosed, NothingToOverride or SecondPersonNeeded.
    """
    reason = _require(actor, reason)
    period = await _period(tx, period_id)
    if period.status == "CLOSED":
        raise AlreadyClosed(f"the books of {period.starts_on:%Y-%m} are closed already", field="periodId")
    if period.override_requested_at is None:
        raise NothingToOverride("nobody has asked for an override of this month", field="periodId")
    if period.override_requested_by_person_id == actor.person_id:
        raise SecondPersonNeeded("you asked for it; somebody else has to confirm it", field="periodId")
    await _lock_journal(tx)
    count, kinds = await _open_exceptions(tx, period)
    await _close(tx, actor, period, reason=reason, now=now, open_exception_count=count, kinds=kinds)
    return period.id  # type: ignore[no-any-return]


async def reopen_period(tx: Transaction, *, actor: Actor, period_id: UUID, reason: str, now: datetime) -> UUID:
    """Open the books of a closed month again, as another person than who closed it; returns the period's id.

    Refuses with Forbidden, NotFound, TextBlank, TextTooLong, NotClosed or SecondPersonNeeded.
    """
    reason = _require(actor, reason)
    period = await _period(tx, period_id)
    if period.status != "CLOSED":
        raise NotClosed(f"the books of {period.starts_on:%Y-%m} are open", field="periodId")
    if period.closed_by_person_id == actor.person_id:
        raise SecondPersonNeeded("you closed it; somebody else has to open it again", field="periodId")
    opened = {"status": "OPEN", "reopened_at": now, "reopen_reason": reason, **actor.signed("reopened_by")}
    await tx.execute(
        update(AccountingPeriod)
        .where(col(AccountingPeriod.id) == period.id)
        .values(**opened, **WITHOUT_OVERRIDE, open_exception_count=0)
    )
    told = {"startsOn": str(period.starts_on), "status": "CLOSED"}
    tx.emit(Event("PERIOD_REOPENED", period.id, before=told, after={"status": "OPEN"}, reason=reason))
    return period.id  # type: ignore[no-any-return]


def _require(actor: Actor, reason: str) -> str:
    require(actor, Act.CLOSE_PERIOD)
    reason = reason.strip()
    if faults := list(check_words(reason, longest=LONGEST_REASON, field="reason")):
        raise Refusals(faults)
    return reason


async def _open_period(tx: Transaction, starts_on: date, now: datetime) -> Row[Any]:
    """The open month that begins on this day, its row locked; it is written down when it is first asked for."""
    if starts_on.day != 1:
        raise InvalidInput(f"{starts_on} is not the first day of a month", field="startsOn")
    ends_on = (starts_on + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    if ends_on >= now.astimezone(UTC).date():
        raise PeriodStillRuns(f"the month runs until the end of {ends_on} in UTC", field="startsOn")
    asked = {"id": new_id(), "starts_on": starts_on, "ends_on": ends_on, "status": "OPEN"}
    await tx.execute(upsert(AccountingPeriod).values(**asked).on_conflict_do_nothing(index_elements=["starts_on"]))
    period = await tx.one(_periods().where(col(AccountingPeriod.starts_on) == starts_on).with_for_update())
    if period.status == "CLOSED":
        raise AlreadyClosed(f"the books of {starts_on:%Y-%m} are closed already", field="startsOn")
    return period


async def _period(tx: Transaction, period_id: UUID) -> Row[Any]:
    period = await tx.one_or_none(_periods().where(col(AccountingPeriod.id) == period_id).with_for_update())
    if period is None:
        raise NotFound("there is no such period", field="periodId")
    return period


def _periods() -> Any:  # noqa: ANN401  (a SELECT of all columns)
    return select(*AccountingPeriod.__table__.c)  # type: ignore[attr-defined]  # SQLModel types no table


async def _lock_journal(tx: Transaction) -> None:
    await tx.execute(select(func.app.lock_journal()))


async def _open_exceptions(tx: Transaction, period: Row[Any]) -> tuple[int, str]:
    """How many exceptions of the month are open, and of which kinds, in words."""
    kind = col(BillingException.kind)
    found = await tx.all(
        select(kind, func.count().label("number"))
        .where(
            col(BillingException.resolution).is_(None),
            col(BillingException.happened_on).between(period.starts_on, period.ends_on),
        )
        .group_by(kind)
        .order_by(kind)
    )
    return sum(row.number for row in found), ", ".join(f"{row.number} {row.kind}" for row in found)


async def _close(
    tx: Transaction,
    actor: Actor,
    period: Row[Any],
    *,
    reason: str,
    now: datetime,
    open_exception_count: int = 0,
    kinds: str = "",
    **others: object,
) -> None:
    closed = {
        "status": "CLOSED",
        "closed_at": now,
        "closed_by_person_id": actor.person_id,
        "close_reason": reason,
        "open_exception_count": open_exception_count,
        **actor.signed("closed_by"),
        **others,
    }
    await tx.execute(update(AccountingPeriod).where(col(AccountingPeriod.id) == period.id).values(**closed))
    told = {"startsOn": str(period.starts_on), "status": "CLOSED", "openExceptions": open_exception_count}
    after = told | ({"kinds": kinds} if kinds else {})
    tx.emit(Event("PERIOD_CLOSED", period.id, before={"status": "OPEN"}, after=after, reason=reason))
