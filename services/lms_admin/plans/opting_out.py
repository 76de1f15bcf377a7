"""Leaving rows out of a plan that is READY: they are not executed, and the plan is another one from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import update
from sqlmodel import col

from core.errors import NotFound
from core.events import ContractKey, Event
from core.ids import RowKey
from services.contracts.faults import Faults
from services.delivery.recording import require_some
from services.delivery.totals import LONGEST_REASON
from services.identity.roles import Act
from services.lms_admin.plans.hashing import sum_up
from services.lms_admin.plans.models import LmsPlanRow
from services.lms_admin.plans.standing import plan_for, require_ready

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction

MOST_ROWS: Final = 1000


async def opt_out_of_rows(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    plan_id: UUID,
    row_ids: Sequence[UUID],
    reason: str,
    now: datetime,
) -> RowKey:
    """Leave 1 to 1,000 rows of a READY plan out, for a reason; its hash and counts are made anew.

    A row that is left out already stays so. Refuses what `plan_for` refuses, and with LmsPlanNotReady, LmsPlanExpired,
    InvalidInput, ListTooLong, TextBlank, TextTooLong, and with NotFound where the plan has no such row.
    """
    plan = await plan_for(tx, actor=actor, act=Act.ADMINISTER_LMS, contract_id=contract_id, plan_id=plan_id, now=now)
    require_some(row_ids, most=MOST_ROWS, field="rowIds")
    faults = Faults()
    faults.text(reason, longest=LONGEST_REASON, field="reason")
    faults.refuse()
    require_ready(plan, now=now)
    left_out = await tx.all(
        update(LmsPlanRow)
        .where(
            col(LmsPlanRow.contract_id) == contract_id,
            col(LmsPlanRow.plan_id) == plan_id,
            col(LmsPlanRow.id).in_(row_ids),
        )
        .values(opted_out=True, opted_out_reason=reason.strip())
        .returning(col(LmsPlanRow.id))
    )
    if len(left_out) < len(set(row_ids)):
        raise NotFound("the plan has no such row", field="rowIds")
    plan_hash, second = await sum_up(tx, contract_id, plan_id)
    tx.emit(
        Event(
            "LMS_PLAN_ROWS_OPTED_OUT",
            plan_id,
            contract=ContractKey(contract_id, plan.association_id, plan.vendor_id),
            before={"planHash": plan.plan_hash},
            after={"planHash": plan_hash, "rows": len(left_out), "needsSecondPerson": second},
            reason=reason,
        )
    )
    return RowKey(contract_id, plan_id)
