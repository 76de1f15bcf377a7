"""Who looks after a finding, and what a person makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update
from sqlmodel import col

from core.errors import DomainError, InvalidInput, NotFound
from core.events import Event
from core.ids import RowKey
from services.contracts.faults import Faults
from services.contracts.granted import key_of
from services.identity.roles import require_member
from services.lms_admin.drift.models import LmsDriftFinding
from services.lms_admin.jobs.models import LmsJob
from services.lms_admin.sites.administering import site_for
from services.lms_admin.sites.operations import Operation

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any, Final
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction
    from services.contracts.granting import Grantee
    from services.lms_admin.sites.administering import Administered

LONGEST_REASON: Final = 2000


class FindingClosed(DomainError):
    """The finding is resolved already; should it be seen again, it opens again."""


class AssigneeOutsideSite(DomainError):
    """The vendor has nobody of this name whose grant reaches the site."""


class JobDoesNotMend(DomainError):
    """The job is of another site, or has not ended: name the one that did what was missing."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """How a finding is resolved: by a job that mended it, or by accepting it for a reason; one of the two."""

    job_id: UUID | None = None
    reason: str | None = None


async def assign_drift_finding(
    tx: Transaction, *, actor: Actor, contract_id: UUID, finding_id: UUID, assignee: Grantee | None, now: datetime
) -> RowKey:
    """Give an open finding to a member whose grant reaches the site, or to nobody.

    Refuses with NotFound, Forbidden, ContractNotActive, OutsideGrant, SiteDisconnected, InvalidInput,
    AssigneeOutsideSite or FindingClosed.
    """
    finding, found = await _finding(tx, actor=actor, contract_id=contract_id, finding_id=finding_id, now=now)
    owner = await _administrator(tx, finding, assignee) if assignee else None
    columns = ("member_id", "name", "email", "organization_id", "organization_name")
    values = {f"owner_{name}": owner and getattr(owner, name) for name in columns}
    await _change(tx, finding, **values, assigned_at=owner and now)
    # the trail is read by more people than the finding is: it says who, and not whose difference
    told = {"kind": finding.kind, "owner": owner and owner.email}
    tx.emit(Event("LMS_DRIFT_FINDING_ASSIGNED", finding.id, contract=key_of(found.contract), after=told))
    return RowKey(contract_id, finding.id)


async def resolve_drift_finding(
    tx: Transaction, *, actor: Actor, contract_id: UUID, finding_id: UUID, resolved: Resolution, now: datetime
) -> RowKey:
    """Resolve an open finding as ACCEPTED, for a reason, or as MENDED by a job on its site that has ended.

    Refuses with NotFound, Forbidden, ContractNotActive, OutsideGrant, SiteDisconnected, InvalidInput, TextBlank,
    TextTooLong, JobDoesNotMend or FindingClosed.
    """
    finding, found = await _finding(tx, actor=actor, contract_id=contract_id, finding_id=finding_id, now=now)
    if (resolved.job_id is None) == (resolved.reason is None):
        raise InvalidInput("name the job that mended it, or say why it is accepted, one of the two", field="reason")
    faults = Faults()
    faults.text(resolved.reason, longest=LONGEST_REASON, field="reason")
    faults.refuse()
    if resolved.job_id is not None:
        await _require_mending(tx, finding, resolved.job_id)
    resolution = "ACCEPTED" if resolved.job_id is None else "MENDED"
    await _change(
        tx,
        finding,
        resolution=resolution,
        resolved_at=now,
        resolution_reason=resolved.reason and resolved.reason.strip(),
        mended_by_job_id=resolved.job_id,
        **actor.signed("resolved_by"),
    )
    told = {"kind": finding.kind, "resolution": resolution}
    tx.emit(Event("LMS_DRIFT_FINDING_RESOLVED", finding.id, contract=key_of(found.contract), after=told))
    return RowKey(contract_id, finding.id)


async def _finding(
    tx: Transaction, *, actor: Actor, contract_id: UUID, finding_id: UUID, now: datetime
) -> tuple[Row[Any], Administered]:
    columns = LmsDriftFinding.__table__.c  # type: ignore[attr-defined]
    finding = await tx.one_or_none(select(*columns).where(columns.contract_id == contract_id, columns.id == finding_id))
    if finding is None:
        require_member(actor)
        raise NotFound("there is no such finding", field="findingId")
    found = await site_for(
        tx,
        actor=actor,
        contract_id=contract_id,
        site_id=finding.site_id,
        operation=Operation.ROSTER_IMPORT,
        now=now,
        field="findingId",
    )
    return finding, found


async def _administrator(tx: Transaction, finding: Row[Any], assignee: Grantee) -> Row[Any]:
    if (assignee.email is None) == (assignee.member_id is None):
        raise InvalidInput("say who by email or by memberId, one of the two", field="assignee")
    found = func.app.find_site_administrator(
        finding.contract_id, finding.site_id, assignee.email, assignee.member_id
    ).table_valued("member_id", "name", "email", "organization_id", "organization_name")
    owner = await tx.one_or_none(select(found))
    if owner is None:
        raise AssigneeOutsideSite("nobody of this name administers the site", field="assignee")
    return owner


async def _require_mending(tx: Transaction, finding: Row[Any], job_id: UUID) -> None:
    ended = select(col(LmsJob.id)).where(
        col(LmsJob.contract_id) == finding.contract_id,
        col(LmsJob.id) == job_id,
        col(LmsJob.site_id) == finding.site_id,
        col(LmsJob.status) == "DONE",
    )
    if await tx.one_or_none(ended) is None:
        raise JobDoesNotMend("no job on this site that has ended is named so", field="jobId")


async def _change(tx: Transaction, finding: Row[Any], **values: object) -> None:
    changed = await tx.one_or_none(
        update(LmsDriftFinding)
        .where(
            col(LmsDriftFinding.contract_id) == finding.contract_id,
            col(LmsDriftFinding.id) == finding.id,
            col(LmsDriftFinding.resolution).is_(None),
        )
        .values(**values)
        .returning(col(LmsDriftFinding.id))
    )
    if changed is None:
        raise FindingClosed("the finding is resolved", field="findingId")
