"""Writing down what became of items: the item, the act, the roster and the job's counts, in one transaction."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import orjson
from sqlalchemy import text, update
from sqlmodel import col

from services.lms_admin.acts.recording import Deed, record_acts
from services.lms_admin.jobs.leasing import keep_lease, key_of
from services.lms_admin.jobs.models import LmsJob
from services.lms_admin.rosters.keeping import keep_as_done
from services.lms_admin.sites.models import LmsSite

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from typing import Any, Final
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction
    from services.lms_admin.jobs.deciding import Verdict
    from services.lms_admin.jobs.judging import Found, Item

MARK: Final = text(
    """
    update lms_job_item i set status = 'SENT', attempts = i.attempts + 1, sent_at = :now,
        sent_before = case when i.attempts = 0 then t.before::jsonb else i.sent_before end
    from unnest(cast(:ids as uuid[]), cast(:befores as text[]), cast(:were as text[])) as t (id, before, was)
    where i.contract_id = :contract_id and i.id = t.id and i.status = t.was
    """
)
"""What was there before the first time that something was sent is kept: reading back compares with it.

The state is compared with a value of the list, so that each item is found by its key: while the table is not analyzed,
the index of what is pending looks short to the planner, and is as long as the job.
"""
SETTLE: Final = text(
    """
    update lms_job_item i set status = t.status, verification = t.verification, error_code = t.code,
        error_message = t.message, attempts = t.attempts, readings = t.readings,
        sent_at = case when t.attempts > 0 then i.sent_at end,
        sent_before = case when t.attempts > 0 then i.sent_before end,
        ended_at = case when t.status not in ('PENDING', 'UNKNOWN') then cast(:now as timestamptz) end
    from unnest(cast(:ids as uuid[]), cast(:were as text[]), cast(:statuses as text[]), cast(:verifications as text[]),
        cast(:codes as text[]), cast(:messages as text[]), cast(:attempts as int[]), cast(:readings as int[]))
        as t (id, was, status, verification, code, message, attempts, readings)
    where i.contract_id = :contract_id and i.id = t.id and i.status = t.was
    returning i.id
    """
)
COUNTED: Final = ("APPLIED", "ALREADY_SO", "REJECTED", "UNKNOWN", "STALE", "SKIPPED")
DONE: Final = ("APPLIED", "ALREADY_SO")
TOLD: Final = ("APPLIED", "ALREADY_SO", "REJECTED", "UNKNOWN")
"""What the chain of acts tells: that something was tried, or found to be so. What was not touched is no act."""


async def mark_as_sent(
    tx: Transaction, job: Row[Any], items: Sequence[Item], found: Mapping[UUID, Found], *, now: datetime
) -> None:
    """Note, before anything is sent, that it is: whoever finds such an item later reads back before sending again."""
    await keep_lease(tx, job, now=now)
    before = [found[item.id].document for item in items]
    named = {
        "contract_id": job.contract_id,
        "now": now,
        "ids": [item.id for item in items],
        "befores": [document and orjson.dumps(document).decode() for document in before],
        "were": ["PENDING"] * len(items),
    }
    await tx.execute(MARK, named)


async def settle(
    tx: Transaction,
    job: Row[Any],
    verdicts: Sequence[Verdict],
    *,
    actor: Actor,
    site: Row[tuple[LmsSite]],
    now: datetime,
) -> Row[Any]:
    """Write verdicts down, and return the job as it is then; an item that a person has decided meanwhile stays so."""
    job = await keep_lease(tx, job, now=now, progressed_at=now)
    settled = await _settle(tx, job, verdicts, now)
    told = [verdict for verdict in settled if verdict.status in TOLD and verdict.item.status != verdict.status]
    await record_acts(
        tx,
        actor=actor,
        contract=key_of(job),
        site=site,
        operation=job.operation,
        deeds=[_deed(verdict, now) for verdict in told],
        job_id=job.id,
        now=now,
    )
    done = [verdict.item.id for verdict in settled if verdict.status in DONE]
    if done:
        await keep_as_done(tx, job, done, now=now)
    await note_answer(tx, site)
    return await keep_lease(tx, job, now=now, **changed_counts(settled))


def changed_counts(settled: Sequence[Verdict]) -> dict[str, Any]:
    """The job's counts, as the verdicts change them."""
    change = Counter(verdict.status for verdict in settled)
    change.subtract(verdict.item.status for verdict in settled)
    names = {f"{status.lower()}_count": change[status] for status in COUNTED if change[status]}
    return {name: LmsJob.__table__.c[name] + by for name, by in names.items()}  # type: ignore[attr-defined]


async def note_answer(tx: Transaction, site: Row[tuple[LmsSite]]) -> None:
    """Close a site's circuit: it answers."""
    if site.failures_in_a_row:
        await tx.execute(
            update(LmsSite)
            .where(col(LmsSite.contract_id) == site.contract_id, col(LmsSite.id) == site.id)
            .values(failures_in_a_row=0, open_until=None)
        )


async def _settle(tx: Transaction, job: Row[Any], verdicts: Sequence[Verdict], now: datetime) -> list[Verdict]:
    named = {
        "contract_id": job.contract_id,
        "now": now,
        "ids": [verdict.item.id for verdict in verdicts],
        "were": [verdict.was for verdict in verdicts],
        "statuses": [verdict.status for verdict in verdicts],
        "verifications": [verdict.verification for verdict in verdicts],
        "codes": [verdict.code for verdict in verdicts],
        "messages": [verdict.message for verdict in verdicts],
        "attempts": [verdict.attempts for verdict in verdicts],
        "readings": [verdict.readings for verdict in verdicts],
    }
    moved = {row.id for row in await tx.execute(SETTLE, named)}
    return [verdict for verdict in verdicts if verdict.item.id in moved]


def _deed(verdict: Verdict, now: datetime) -> Deed:
    item = verdict.item
    return Deed(
        action=item.action,
        outcome=verdict.status,
        verification=verdict.verification or "RESPONSE_ONLY",
        acted_at=now,
        item_id=item.id,
        member_number=item.member_number,
        course_key=item.course_key,
        before=verdict.before,
        after=verdict.after,
        error_code=verdict.code,
        message=verdict.message,
    )
