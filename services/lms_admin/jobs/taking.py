"""The next items of a job, and whether it may go on: the member's grant, the site, its maintenance and its circuit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, func, literal_column, or_, select
from sqlmodel import col

from core.errors import DomainError
from services.identity.acting import member_acting
from services.lms_admin.adapters.documents import digest_of
from services.lms_admin.adapters.port import Condition
from services.lms_admin.jobs.judging import Item
from services.lms_admin.jobs.leasing import keep_lease
from services.lms_admin.jobs.models import LmsJobItem
from services.lms_admin.plans.models import LmsPlan, LmsPlanRow
from services.lms_admin.sites.administering import site_for
from services.lms_admin.sites.models import LmsMaintenance
from services.lms_admin.sites.operations import Operation

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime
    from typing import Any

    from sqlalchemy import ColumnElement, Row

    from core.actor import Actor
    from core.db import Transaction
    from services.lms_admin.sites.administering import Administered

CIRCUIT_OPEN: Final = "CIRCUIT_OPEN"
READ_AGAIN_AFTER_MINUTES: Final = (1, 5, 15)
"""How long after it was sent an item whose outcome is unknown is read back again, and again."""
MOST_READINGS: Final = len(READ_AGAIN_AFTER_MINUTES) + 1
READ_AGAIN_AT: Final[ColumnElement[datetime]] = literal_column(
    f"lms_job_item.sent_at + make_interval(mins => (array{[*READ_AGAIN_AFTER_MINUTES]})[lms_job_item.readings])"
)
"""When an item whose outcome is unknown is read back next; null once that was done often enough."""


class OrdererGone(DomainError):
    """Whoever ordered the job is no longer a member of the organization for which they did."""


class CallOff(Exception):
    """The job does not go on; `why` is None when a person paused or cancelled it."""

    def __init__(self, why: Hindered | None) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Hindered:
    """Why a job does not go on: until an instant, or until a person resumes it."""

    code: str
    message: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Allowed:
    """A job that goes on: for whom, where, and whether the LMS may write to learners."""

    actor: Actor
    at: Administered
    notify: bool


async def require_allowed(
    tx: Transaction, job: Row[Any], *, now: datetime, states: Collection[str] = ("RUNNING",)
) -> Allowed:
    """Renew the lease and look member, grant and site up again; raises CallOff, or LeaseLost.

    The rest of the transaction acts as the member who ordered the job.
    """
    job = await keep_lease(tx, job, now=now)
    if job.status not in states:
        raise CallOff(None)
    try:
        actor = await member_acting(tx, job.ordered_by_member_id)
        if actor is None:
            raise OrdererGone(f"{job.ordered_by_name} is no longer a member of {job.ordered_by_organization_name}")
        await tx.act_as(actor)
        at = await site_for(
            tx,
            actor=actor,
            contract_id=job.contract_id,
            site_id=job.site_id,
            operation=Operation(job.operation),
            now=now,
        )
    except DomainError as refused:
        raise CallOff(Hindered(refused.code(), refused.message)) from None
    until = await tx.scalar(
        select(func.upper(col(LmsMaintenance.during))).where(
            col(LmsMaintenance.contract_id) == job.contract_id,
            col(LmsMaintenance.site_id) == job.site_id,
            col(LmsMaintenance.withdrawn_at).is_(None),
            col(LmsMaintenance.during).contains(now),
        )
    )
    if until is not None:
        raise CallOff(Hindered(Condition.MAINTENANCE, "the maintenance that was announced is not over", until))
    if at.site.open_until is not None and at.site.open_until > now:
        message = f"{at.site.failures_in_a_row} calls in a row failed; the next is tried then"
        raise CallOff(Hindered(CIRCUIT_OPEN, message, at.site.open_until))
    notify = await tx.scalar(
        select(col(LmsPlan.notify_learners)).where(
            col(LmsPlan.contract_id) == job.contract_id, col(LmsPlan.id) == job.plan_id
        )
    )
    return Allowed(actor, at, notify)


async def next_items(tx: Transaction, job: Row[Any], *, most: int, now: datetime) -> tuple[Allowed, Sequence[Item]]:
    """The next items to send, in the plan's order: at most `most`, all of one kind. Raises CallOff, or LeaseLost."""
    allowed = await require_allowed(tx, job, now=now)
    return allowed, await _items(tx, job, col(LmsJobItem.status) == "PENDING", most=most)


async def unsure_items(tx: Transaction, job: Row[Any], *, most: int, now: datetime) -> tuple[Allowed, Sequence[Item]]:
    """Items of which it is not known what became of them, all of one kind, that can be read back.

    Sent by a runner that died, or unknown and not read back for a while: a system may take its time. Raises CallOff, or
    LeaseLost.
    """
    allowed = await require_allowed(tx, job, now=now, states=("RUNNING", "CANCELLING"))
    status = col(LmsJobItem.status)
    unsure = or_(status == "SENT", and_(status == "UNKNOWN", now >= READ_AGAIN_AT))
    return allowed, await _items(tx, job, unsure, most=most)


async def _items(tx: Transaction, job: Row[Any], which: ColumnElement[bool], *, most: int) -> list[Item]:
    same = and_(col(LmsPlanRow.contract_id) == LmsJobItem.contract_id, col(LmsPlanRow.id) == LmsJobItem.id)
    found = await tx.all(
        select(
            col(LmsJobItem.id),
            col(LmsJobItem.position),
            col(LmsJobItem.status),
            col(LmsJobItem.attempts),
            col(LmsJobItem.readings),
            col(LmsJobItem.sent_before),
            col(LmsPlanRow.subject_kind),
            col(LmsPlanRow.action),
            col(LmsPlanRow.member_number),
            col(LmsPlanRow.course_key),
            col(LmsPlanRow.desired),
            col(LmsPlanRow.observed),
            col(LmsPlanRow.observed_digest),
        )
        .join(LmsPlanRow, same)
        .where(col(LmsJobItem.contract_id) == job.contract_id, col(LmsJobItem.job_id) == job.id, which)
        .order_by(col(LmsJobItem.position))
        .limit(most)
    )
    return [_item(row) for row in found if row.subject_kind == found[0].subject_kind]


def _item(row: Row[Any]) -> Item:
    return Item(
        id=row.id,
        position=row.position,
        subject_kind=row.subject_kind,
        action=row.action,
        desired=row.desired or {},
        observed_digest=row.observed_digest or digest_of(row.observed),
        member_number=row.member_number,
        course_key=row.course_key,
        attempts=row.attempts,
        readings=row.readings,
        sent_before=row.sent_before,
        status=row.status,
    )
