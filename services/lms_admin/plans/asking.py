"""Asking for a plan: on which site and line, by whom, and what for. Nothing is read from the LMS here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import column, insert, select, table
from sqlmodel import col

from core.errors import NotFound
from core.events import ContractKey, Event
from core.ids import RowKey, new_id
from services.contracts.faults import Faults
from services.contracts.granted import key_of
from services.contracts.models import ContractLine
from services.delivery.recording import LineNotFound
from services.delivery.totals import LONGEST_REASON
from services.lms_admin.plans.models import LmsPlan
from services.lms_admin.sites.administering import site_for

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any, Final
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction
    from services.contracts.models import Contract
    from services.lms_admin.plans.files import Source
    from services.lms_admin.sites.administering import Administered
    from services.lms_admin.sites.operations import Operation

REQUESTED: Final = "LMS_PLAN_REQUESTED"

# Jobs stand above plans, so that their table is named here and not imported.
JOB: Final = table("lms_job", column("contract_id"), column("id"), column("site_id"), column("ended_at"))


@dataclass(frozen=True, slots=True)
class Wish:
    """What every plan is asked for with: where, on which line, why, and whether learners get the LMS's messages."""

    site_id: UUID
    line_key: str = ""
    reason: str | None = None
    notify_learners: bool = False
    mends_job_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """A wish that may be granted: the contract and the site, the line, and who asks."""

    wish: Wish
    on: Administered
    line_id: UUID
    operation: Operation
    actor: Actor

    @property
    def contract(self) -> Row[tuple[Contract]]:
        """The contract, which is active."""
        return self.on.contract

    @property
    def key(self) -> ContractKey:
        """The ids that the plan's rows carry."""
        return key_of(self.on.contract)


async def may_ask(
    tx: Transaction, *, actor: Actor, contract_id: UUID, wish: Wish, operation: Operation, now: datetime
) -> Asking:
    """Return what a plan is made from.

    Refuses what `site_for` refuses, and with LineNotFound, NotFound (the job that it mends is not on this site, or
    has not ended), TextBlank and TextTooLong.
    """
    on = await site_for(tx, actor=actor, contract_id=contract_id, site_id=wish.site_id, operation=operation, now=now)
    faults = Faults()
    faults.text(wish.reason, longest=LONGEST_REASON, field="reason")
    line_id = await tx.scalar(
        select(col(ContractLine.id)).where(
            col(ContractLine.contract_id) == contract_id,
            col(ContractLine.revision) == on.contract.revision,
            col(ContractLine.key) == wish.line_key,
        )
    )
    if line_id is None:
        faults.note(LineNotFound("the contract has no such line now", field="lineKey"))
    if wish.mends_job_id is not None and not await _has_ended(tx, contract_id, wish):
        faults.note(NotFound("there is no such job on this site that has ended", field="mendsJobId"))
    faults.refuse()
    return Asking(wish, on, line_id, operation, actor)


async def _has_ended(tx: Transaction, contract_id: UUID, wish: Wish) -> bool:
    job = JOB.c
    found = await tx.scalar(
        select(job.id).where(
            job.contract_id == contract_id,
            job.id == wish.mends_job_id,
            job.site_id == wish.site_id,
            job.ended_at.is_not(None),
        )
    )
    return found is not None


async def begin_plan(
    tx: Transaction,
    asking: Asking,
    *,
    now: datetime,
    source: Source | None = None,
    **others: Any,  # noqa: ANN401  (columns of a plan)
) -> RowKey:
    """Write a plan down as PREVIEWING and say that its preview is due."""
    plan_id, wish, actor = new_id(), asking.wish, asking.actor
    row = {
        **asking.key.columns,
        "id": plan_id,
        "site_id": wish.site_id,
        "line_id": asking.line_id,
        "operation": asking.operation,
        "status": "PREVIEWING",
        "source_sha256": source and source.sha256,
        "source_name": source and source.name,
        "request": {"rows": "FILE" if source else "LIST"},
        "mends_job_id": wish.mends_job_id,
        "notify_learners": wish.notify_learners,
        "reason": wish.reason,
        "requested_at": now,
        "requested_by_person_id": actor.person_id,
        **actor.signed("requested_by"),
        **others,
    }
    await tx.execute(insert(LmsPlan).values(row))
    told = {
        "operation": asking.operation,
        "site": asking.on.site.name,
        "line": wish.line_key,
        "file": source and {"name": source.name, "sha256": source.sha256},
        "notifyLearners": wish.notify_learners,
        "mendsJobId": wish.mends_job_id and str(wish.mends_job_id),
    }
    # nothing of learners: both parties read it
    after = {name: value for name, value in told.items() if value}
    tx.emit(Event(REQUESTED, plan_id, contract=asking.key, after=after, reason=wish.reason, due_at=now))
    return RowKey(asking.key.contract_id, plan_id)
