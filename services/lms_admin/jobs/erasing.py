"""Erasing a learner from what was done about them; that it was done, by whom, and the chain of it stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlmodel import col

from core.errors import DomainError, NotFound
from core.events import Event
from services.contracts.faults import Faults
from services.contracts.granted import contract_for, key_of
from services.identity.roles import Act
from services.lms_admin.plans.models import LmsPlan, LmsPlanRow

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Final
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction

LONGEST_REASON: Final = 2000
OPEN: Final = ("PREVIEWING", "READY", "APPROVED", "EXECUTING")


class LearnerInOpenPlan(DomainError):
    """A plan or job that has not ended is about the learner: withdraw it, cancel it, or wait for its end."""


async def erase_lms_learner(
    tx: Transaction, *, actor: Actor, contract_id: UUID, member_number: str, reason: str, now: datetime
) -> UUID:
    """Erase what names a learner from acts, plans, jobs, rosters, completions and findings under a contract.

    Their certificates are kept for as long as they have to be, and erased apart. Refuses with NotFound, Forbidden,
    LearnerInOpenPlan, TextBlank or TextTooLong.
    """
    faults = Faults()
    faults.text(reason, longest=LONGEST_REASON, field="reason")
    faults.text(member_number, longest=200, field="memberNumber")
    faults.refuse()
    contract = await contract_for(tx, actor=actor, act=Act.ERASE_LEARNER, contract_id=contract_id, lock=True)
    await _require_nothing_open(tx, contract_id, member_number)
    told = await tx.scalar(select(func.app.erase_learner(contract_id, member_number, now)))
    if not any(told.values()):
        raise NotFound("nothing names a learner with this member number", field="memberNumber")
    tx.emit(Event("LMS_LEARNER_ERASED", contract_id, contract=key_of(contract), after=told, reason=reason.strip()))
    return contract_id


async def _require_nothing_open(tx: Transaction, contract_id: UUID, member_number: str) -> None:
    """Lock the plans that are about the learner, so that none begins meanwhile."""
    about = (
        select(col(LmsPlanRow.plan_id))
        .where(col(LmsPlanRow.contract_id) == contract_id, col(LmsPlanRow.member_number) == member_number)
        .distinct()
    )
    plans = await tx.all(
        select(col(LmsPlan.status))
        .where(col(LmsPlan.contract_id) == contract_id, col(LmsPlan.id).in_(about))
        .order_by(col(LmsPlan.id))
        .with_for_update()
    )
    if any(plan.status in OPEN for plan in plans):
        raise LearnerInOpenPlan("a plan or job that has not ended is about this learner", field="memberNumber")
