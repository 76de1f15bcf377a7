"""A plan whose rows somebody else has decided already, such as a package to publish: READY as it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update
from sqlmodel import col

from core.events import Event
from core.ids import RowKey
from services.lms_admin.plans.asking import told_of_wish, write_plan
from services.lms_admin.plans.hashing import sum_up
from services.lms_admin.plans.models import LmsPlan
from services.lms_admin.plans.previewing import KEPT_FOR
from services.lms_admin.plans.rows import add_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from typing import Any

    from core.db import Transaction
    from services.lms_admin.plans.asking import Asking
    from services.lms_admin.plans.rows import Wanted


async def store_plan(
    tx: Transaction, asking: Asking, *, rows: Sequence[Wanted], request: Mapping[str, Any], now: datetime
) -> RowKey:
    """Write down a plan with its rows, each with its action, and make it READY for a day.

    `asking` is what `may_ask` returned; `request` says for programs what was asked, and names no learner.
    """
    assert all(row.action for row in rows), "whoever stores a plan has decided its rows"
    plan_id = await write_plan(tx, asking, now=now, request=dict(request))
    key = RowKey(asking.key.contract_id, plan_id)
    await add_rows(tx, *key, rows)
    plan_hash, second = await sum_up(tx, *key)
    version = asking.on.site.lms_version
    await tx.execute(
        update(LmsPlan)
        .where(col(LmsPlan.contract_id) == key.contract_id, col(LmsPlan.id) == plan_id)
        .values(status="READY", previewed_at=now, expires_at=now + KEPT_FOR, lms_version=version)
    )
    told = told_of_wish(asking) | {"planHash": plan_hash, "rowCount": len(rows), "needsSecondPerson": second}
    tx.emit(Event("LMS_PLAN_READY", plan_id, contract=asking.key, after=told, reason=asking.wish.reason))
    return key
