"""Laying a plan out as items: one for each of its rows, in one statement; what is not to be done is skipped at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from services.lms_admin.jobs.leasing import keep_lease
from services.lms_admin.rosters.keeping import keep_as_planned

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any, Final

    from sqlalchemy import Row

    from core.db import Transaction

LAY_OUT: Final = text(
    """
    with laid as (
        insert into lms_job_item (contract_id, job_id, position, id, association_id, vendor_id, site_id,
            idempotency_key, status, error_code, ended_at)
        select r.contract_id, cast(:job_id as uuid), r.position, r.id, r.association_id, r.vendor_id, r.site_id,
            r.id::text, case when why is null then 'PENDING' else 'SKIPPED' end, why,
            case when why is not null then cast(:now as timestamptz) end
        from lms_plan_row r,
            lateral (select case when r.opted_out then 'OPTED_OUT' when r.action = 'NOOP' then 'NOTHING_TO_DO'
                when r.action = 'CONFLICT' then 'CONFLICT' end as why)
        where r.contract_id = :contract_id and r.plan_id = :plan_id
        on conflict do nothing
        returning status
    )
    select count(*) as laid, count(*) filter (where status = 'SKIPPED') as skipped from laid
    """
)
"""An item has its row's id, which is also the key under which it is sent: a row is done once, whatever happens."""


async def lay_out(tx: Transaction, job: Row[Any], *, now: datetime) -> Row[Any]:
    """Make the items of a job that has none yet, and return it; what the plan found as desired joins the roster.

    Rows without anything to do, conflicts, and rows that were opted out are SKIPPED: nothing is sent or billed.
    """
    if job.started_at is not None:
        return job
    named = {"contract_id": job.contract_id, "plan_id": job.plan_id}
    laid = (await tx.execute(LAY_OUT, named | {"job_id": job.id, "now": now})).one()
    await keep_as_planned(tx, job, now=now)
    counts = {"total_count": laid.laid, "skipped_count": laid.skipped}
    return await keep_lease(tx, job, now=now, started_at=now, progressed_at=now, **counts)
