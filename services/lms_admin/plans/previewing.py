"""A preview, step by step: begun, its file staged, the site read, and then READY or REFUSED; the worker goes between.

Each step is a transaction of its own and can be done again: what is staged and what was read stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import exists, func, select, text, update
from sqlmodel import col

from core.errors import DomainError
from core.events import ContractKey, Event
from core.jobs import enqueue
from services.contracts.models import Contract
from services.lms_admin.adapters import port
from services.lms_admin.plans.asking import REQUESTED
from services.lms_admin.plans.deciding import decide_rows
from services.lms_admin.plans.hashing import sum_up
from services.lms_admin.plans.models import LmsPlan, LmsPlanRow
from services.lms_admin.sites.models import LmsSite
from services.lms_admin.sites.readings import LostReading

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from typing import Any
    from uuid import UUID

    from sqlalchemy import Row

    from core.db import Transaction
    from services.lms_admin.plans.faults import RowFaults

MOST_ATTEMPTS: Final = 6
KEPT_FOR: Final = timedelta(hours=24)
LOST_AFTER: Final = timedelta(minutes=10)
WAITS: Final = tuple(timedelta(seconds=5 * 2**attempt) for attempt in range(MOST_ATTEMPTS))


class LmsUnavailable(DomainError):
    """The LMS did not let itself be read, again and again, or refuses the credential; nothing was changed there."""


class PreviewFailed(DomainError):
    """The preview broke off again and again for a reason of our own; nothing was changed in the LMS."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A plan whose preview goes on."""

    plan: Row[tuple[LmsPlan]]
    by_hand: bool
    """Whether the site has no adapter: then the roster says what is there."""
    time_zone: str
    staged: bool

    @property
    def key(self) -> ContractKey:
        """The ids that the plan's rows carry."""
        return ContractKey(self.plan.contract_id, self.plan.association_id, self.plan.vendor_id)


async def begin_preview(tx: Transaction, *, contract_id: UUID, plan_id: UUID, now: datetime) -> Preview | None:
    """Take a preview up, or up again; None once it is no longer PREVIEWING.

    After `MOST_ATTEMPTS` runs that were cut short, the plan is REFUSED.
    """
    plan = await tx.one_or_none(
        update(LmsPlan)
        .where(*_previewing(contract_id, plan_id))
        .values(attempts=col(LmsPlan.attempts) + 1, progressed_at=now)
        .returning(*LmsPlan.__table__.c)  # type: ignore[attr-defined]
    )
    if plan is None:
        return None
    if plan.attempts > MOST_ATTEMPTS:
        await refuse_plan(tx, plan, PreviewFailed("the preview broke off again and again: ask the operator"), now=now)
        return None
    rows = exists().where(col(LmsPlanRow.contract_id) == contract_id, col(LmsPlanRow.plan_id) == plan_id)
    known = await tx.one(
        select(col(LmsSite.system), col(Contract.time_zone), rows.label("staged"))
        .join(Contract, col(Contract.id) == LmsSite.contract_id)
        .where(col(LmsSite.contract_id) == contract_id, col(LmsSite.id) == plan.site_id)
    )
    return Preview(plan, by_hand=known.system == "MANUAL", time_zone=known.time_zone, staged=known.staged)


async def observe_by_roster(tx: Transaction, preview: Preview) -> None:
    """Take what the roster says for what is there: nobody else tells where an LMS has no adapter."""
    named = {"contract_id": preview.plan.contract_id, "plan_id": preview.plan.id}
    for statement in (_PEOPLE_BY_ROSTER, _PARTS_BY_ROSTER):
        await tx.execute(statement, named)


async def end_preview(tx: Transaction, preview: Preview, *, capabilities: Collection[str], now: datetime) -> bool:
    """Decide every row, count and hash them, and make the plan READY for a day; False if it was ended meanwhile."""
    plan = preview.plan
    named = (plan.contract_id, plan.id)
    locked = select(col(LmsPlan.id)).where(*_previewing(*named)).with_for_update()
    if await tx.one_or_none(locked) is None:
        return False
    await decide_rows(tx, *named, site_id=plan.site_id, operation=plan.operation, capabilities=capabilities)
    await sum_up(tx, *named)
    version = select(col(LmsSite.lms_version)).where(
        col(LmsSite.contract_id) == plan.contract_id, col(LmsSite.id) == plan.site_id
    )
    ready = await tx.one(
        update(LmsPlan)
        .where(*_previewing(*named))
        .values(status="READY", previewed_at=now, expires_at=now + KEPT_FOR, lms_version=version.scalar_subquery())
        .returning(*LmsPlan.__table__.c)  # type: ignore[attr-defined]
    )
    tx.emit(Event("LMS_PLAN_READY", plan.id, contract=preview.key, after=told_of(ready)))
    return True


def told_of(plan: Row[tuple[LmsPlan]]) -> dict[str, Any]:
    """What an event tells of a plan: its hash and counts, and nothing of learners."""
    counts = ("create", "update", "suspend", "remove", "noop", "conflict")
    told = {f"{name}Count": getattr(plan, f"{name}_count") for name in counts}
    return {
        "planHash": plan.plan_hash,
        "rowCount": plan.row_count,
        **told,
        "needsSecondPerson": plan.needs_second_person,
    }


async def refuse_plan(
    tx: Transaction, plan: Row[tuple[LmsPlan]], refused: DomainError, *, now: datetime, faults: RowFaults | None = None
) -> bool:
    """End a preview as REFUSED, with the refusal's code and words and its file's faults; False if it had ended."""
    done = await tx.one_or_none(
        update(LmsPlan)
        .where(*_previewing(plan.contract_id, plan.id))
        .values(
            status="REFUSED",
            refusal_code=refused.code(),
            refusal_message=refused.message,
            faults=[fault.document for fault in faults.kept] if faults else [],
            fault_count=faults.count if faults else 0,
            ended_at=now,
        )
        .returning(col(LmsPlan.id))
    )
    if done is None:
        return False
    key = ContractKey(plan.contract_id, plan.association_id, plan.vendor_id)
    told = {"code": refused.code(), "message": refused.message, "faultCount": faults.count if faults else 0}
    tx.emit(Event("LMS_PLAN_REFUSED", plan.id, contract=key, after=told))
    return True


async def put_off_preview(
    tx: Transaction, preview: Preview, unavailable: port.LmsUnavailable, *, now: datetime
) -> bool:
    """Go on later, at most `MOST_ATTEMPTS` times; then, or where the credential is refused, the plan is REFUSED."""
    plan, why = preview.plan, f"the LMS is {unavailable.condition}: {unavailable.message}"
    if unavailable.condition is port.Condition.UNAUTHORIZED:
        refused = LmsUnavailable(f"{why}; renew the site's credential and preview again")
        return await refuse_plan(tx, plan, refused, now=now)
    if plan.attempts >= MOST_ATTEMPTS:
        refused = LmsUnavailable(f"{why}; it was tried {plan.attempts} times: preview again once the site is UP")
        return await refuse_plan(tx, plan, refused, now=now)
    again = Event(REQUESTED, plan.id, contract=preview.key)
    await enqueue(await tx.raw(), again, due_at=now + WAITS[plan.attempts - 1], now=now)
    return False


async def lost_previews(tx: Transaction, *, now: datetime, most: int = 100) -> list[LostReading]:
    """Plans that are PREVIEWING and have not moved for ten minutes: their job was lost."""
    moved = func.coalesce(col(LmsPlan.progressed_at), col(LmsPlan.requested_at))
    found = await tx.all(
        select(col(LmsPlan.contract_id), col(LmsPlan.association_id), col(LmsPlan.vendor_id), col(LmsPlan.id))
        .where(col(LmsPlan.status) == "PREVIEWING", moved < now - LOST_AFTER)
        .order_by(moved)
        .limit(most)
    )
    return [LostReading(ContractKey(it.contract_id, it.association_id, it.vendor_id), it.id) for it in found]


def _previewing(contract_id: UUID, plan_id: UUID) -> tuple[Any, ...]:
    return (col(LmsPlan.contract_id) == contract_id, col(LmsPlan.id) == plan_id, col(LmsPlan.status) == "PREVIEWING")


_PEOPLE_BY_ROSTER: Final = text(
    """update lms_plan_row r set observed = jsonb_build_object('member_number', m.member_number, 'username', m.username,
        'email', m.email, 'given_name', m.given_name, 'family_name', m.family_name, 'suspended', m.suspended,
        'protected', false)
    from lms_roster_member m
    where r.contract_id = :contract_id and r.plan_id = :plan_id and r.subject_kind in ('USER', 'ACCESS')
        and m.contract_id = r.contract_id and m.site_id = r.site_id and m.member_number = r.member_number"""
)
_PARTS_BY_ROSTER: Final = text(
    """update lms_plan_row r set observed = jsonb_build_object('member_number', e.member_number,
        'course_key', e.course_key, 'role', e.role, 'state', e.state, 'starts_at', e.starts_at, 'ends_at', e.ends_at,
        'dates_known', true)
    from lms_roster_enrolment e
    where r.contract_id = :contract_id and r.plan_id = :plan_id and r.subject_kind = 'ENROLMENT'
        and e.contract_id = r.contract_id and e.site_id = r.site_id and e.member_number = r.member_number
        and e.course_key = r.course_key"""
)
