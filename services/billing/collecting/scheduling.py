"""The dunning schedule: on which day after the due day an association is told what, as the operator sets it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import insert, update
from sqlmodel import col

from core.errors import DomainError, InvalidInput
from core.events import Event
from core.ids import new_id
from core.texts import check_length
from services.billing.collecting.models import DunningLevel
from services.contracts.faults import Faults
from services.identity.roles import Act, require

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from decimal import Decimal
    from typing import Final
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction

MOST_LEVELS: Final = 9
LONGEST_DAYS: Final = 365
LONGEST_REASON: Final = 2000
PERCENT_DIGITS: Final = 2


class ScheduleNotInOrder(DomainError):
    """A level of a dunning schedule follows the one before on a later day."""


class ScheduleChangedMeanwhile(DomainError):
    """Somebody else set the dunning schedule at the same time: look at it, and set it again if need be."""


@dataclass(frozen=True, slots=True)
class Level:
    """A step: so many days after the due day, of this kind; the late charge in percent of what is overdue, or none."""

    days_after_due: int
    kind: str
    late_charge_percent: Decimal | None = None


async def set_dunning_schedule(
    tx: Transaction, *, actor: Actor, levels: Sequence[Level], reason: str, now: datetime
) -> UUID:
    """Replace the schedule by these levels, in their order; none: nothing is dunned. Returns the operator's id.

    Notices that were given stay, and a level that was given to an invoice is not given again. Refuses with Forbidden,
    ListTooLong, InvalidInput, ScheduleNotInOrder, TextBlank, TextTooLong or ScheduleChangedMeanwhile.
    """
    require(actor, Act.CONFIGURE_BILLING)
    faults = Faults()
    faults.note_all(check_length(levels, most=MOST_LEVELS, field="levels"))
    before = 0
    for at, level in enumerate(levels):
        faults.whole(level.days_after_due, least=1, most=LONGEST_DAYS, field=f"levels.{at}.daysAfterDue")
        if level.days_after_due <= before:
            message = f"{level.days_after_due} days are not more than the {before} of the level before"
            faults.note(ScheduleNotInOrder(message, field=f"levels.{at}.daysAfterDue"))
        before = max(before, level.days_after_due)
        charge = level.late_charge_percent
        if charge is not None and not (0 < charge <= 100 and charge == round(charge, PERCENT_DIGITS)):  # noqa: PLR2004
            message = f"{charge} must be above 0 and at most 100, with at most two decimals; not given: no charge"
            faults.note(InvalidInput(message, field=f"levels.{at}.lateChargePercent"))
    faults.text(reason, longest=LONGEST_REASON, field="reason")
    faults.refuse()
    await tx.execute(update(DunningLevel).where(col(DunningLevel.ended_at).is_(None)).values(ended_at=now))
    rows = [
        {
            "id": new_id(),
            "level": number,
            "days_after_due": level.days_after_due,
            "kind": level.kind,
            "late_charge_percent": level.late_charge_percent,
            "configured_at": now,
            **actor.signed("configured_by"),
        }
        for number, level in enumerate(levels, start=1)
    ]
    if rows:
        changed = ScheduleChangedMeanwhile("somebody else set the schedule at the same time", field="levels")
        await tx.execute(insert(DunningLevel).values(rows), refusing={"one_dunning_level": changed})
    told = [f"{level.kind} after {level.days_after_due} days" for level in levels]
    tx.emit(Event("DUNNING_SCHEDULE_SET", actor.organization_id, after={"levels": told}, reason=reason.strip()))
    return actor.organization_id
