"""Properties of scope: a line's totals are the sums of what its records count for, whatever was done in which order."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import asyncpg
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core.db import Database
from core.errors import DomainError, Refusals
from services.delivery.deciding import Verdict
from tests.databases import OneDatabase
from tests.delivery.guild import Guild, found_guild, work

MAXIMUM = Decimal(100)
WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
"""A run of steps is readable as it is found, and each one takes a database."""
LINES = {"tickets": {"kind": "UNIT", "quantity": 100, "basis": "MAXIMUM", "price": "6.50"}}
TOTALS = """
select coalesce(sum(case when w.status in ('RECORDED', 'SUBMITTED', 'RETURNED') then w.quantity
                         else coalesce(w.accepted_quantity, 0) end), 0) as recorded,
    coalesce(sum(case when w.status in ('SUBMITTED', 'REJECTED') then w.quantity
                      when w.status not in ('ACCEPTED', 'PARTIALLY_ACCEPTED') then 0
                      when d.disposition = 'RETURNED' then w.accepted_quantity else w.quantity end), 0) as submitted,
    coalesce(sum(d.accepted_quantity), 0) as accepted
from work_record w
left join decision d on d.work_record_id = w.id and d.submission_id = w.submission_id and d.reversed_at is null
where w.contract_id = $1 and w.status <> 'VOIDED'
"""
"""The same three sums, counted again from the rows."""

IN_SCOPE = """
select coalesce(sum(case when status in ('RECORDED', 'SUBMITTED', 'RETURNED') then quantity
                         else coalesce(accepted_quantity, 0) end), 0)
from work_record where contract_id = $1 and in_scope and status <> 'VOIDED'
"""
"""What takes room of the scope and may be accepted."""

steps = st.lists(
    st.one_of(
        st.tuples(st.just("record"), st.decimals("0.000001", 70, places=6)),
        st.tuples(st.sampled_from(["submit", "withdraw", "void", "reverse"]), st.integers(0, 9)),
        st.tuples(
            st.sampled_from(["review"]),
            st.tuples(st.integers(0, 9), st.integers(0, 4), st.sampled_from(["REJECTED", "RETURNED"])),
        ),
    ),
    min_size=4,
    max_size=14,
)


async def take(guild: Guild, step: str, how: object, records: list[UUID], submissions: list[tuple[UUID, UUID]]) -> None:
    """Try one step on one of what there is; a refusal is an answer too."""
    if step == "record":
        assert isinstance(how, Decimal)
        records.extend(await guild.record(work(quantity=how)))
    elif step in {"submit", "void", "reverse"} and records:
        assert isinstance(how, int)
        record = records[how % len(records)]
        if step == "submit":
            submissions.append((await guild.submit(record), record))
        else:
            await (guild.void(record) if step == "void" else guild.reverse(record))
    elif step == "withdraw" and submissions:
        assert isinstance(how, int)
        await guild.withdraw(submissions[how % len(submissions)][0])
    elif step == "review" and submissions:
        assert isinstance(how, tuple)
        which, quarters, disposition = how
        submission, record = submissions[which % len(submissions)]
        quantity = await guild.rows.fetchval("select quantity from work_record where id = $1", record)
        part = round(quantity * quarters / 4, 6)
        short = {"reason_code": "OTHER", "disposition": disposition} if part < quantity else {}
        await guild.review(submission, Verdict(record, part, **short))


@given(steps=steps)
@settings(max_examples=25, deadline=None, phases=WITHOUT_SHRINKING, suppress_health_check=list(HealthCheck))
async def test_totals_are_the_sums_of_what_records_count_for(
    database: OneDatabase, tmp_path: Path, steps: list[tuple[str, object]]
) -> None:
    rows = await asyncpg.connect(database.superuser_url)
    app = Database(database.app_url)
    try:
        guild = await found_guild(rows, app, tmp_path, LINES)
        records: list[UUID] = []
        submissions: list[tuple[UUID, UUID]] = []
        for step, how in steps:
            try:
                await take(guild, step, how, records, submissions)
            except (DomainError, Refusals):
                continue
            counted_again = await guild.one(TOTALS, guild.contract_id)
            assert await guild.line("tickets") == tuple(counted_again.values())
            assert await rows.fetchval(IN_SCOPE, guild.contract_id) <= MAXIMUM
    finally:
        await app.close()
        await rows.close()


async def test_work_recorded_at_once_is_counted_one_after_the_other(guild: Guild) -> None:
    await asyncio.gather(*(guild.record(work("tickets", "1000")) for _ in range(9)))
    assert await guild.line("tickets") == (9000, 0, 0)
    inside = await guild.rows.fetchval(
        "select count(*) from work_record where contract_id = $1 and in_scope", guild.contract_id
    )
    assert inside == 6
