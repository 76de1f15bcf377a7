"""Recording work: all of it or none, within the term, and in or out of scope."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from core.actor import ANONYMOUS
from core.ids import new_id
from services.delivery.recording import Work
from tests.delivery.guild import NOW, Guild, refusals, work


async def test_work_is_recorded_by_whom_it_was_recorded(guild: Guild) -> None:
    admin, tickets = await guild.record(work("admin", "10"), work("tickets", "120", description=" Help desk "))
    row = await guild.one("select * from work_record where id = $1", tickets)
    assert row["status"] == "RECORDED"
    assert row["in_scope"]
    assert (row["recorded_by_name"], row["recorded_by_organization_name"]) == ("Lee", "VENDOR Inc")
    assert (row["description"], row["recorded_at"]) == ("Help desk", NOW)
    assert await guild.line("tickets") == (120, 0, 0)
    event = await guild.one("select * from audit_event where contract_id = $1", guild.contract_id)
    assert event["type"] == "WORK_RECORDED"
    assert str(admin) in event["after"]


async def test_a_delivery_grant_is_enough_to_record(guild: Guild) -> None:
    await guild.record(work(), by=guild.worker)


@pytest.mark.parametrize("who", ["acceptor", "vendor_owner"])
async def test_recording_takes_a_grant(guild: Guild, who: str) -> None:
    assert await refusals(guild, guild.record(work(), by=getattr(guild, who))) == [("FORBIDDEN", None)]


async def test_a_stranger_finds_no_contract_and_nobody_may_record(guild: Guild) -> None:
    assert await refusals(guild, guild.record(work(), by=guild.stranger)) == [("NOT_FOUND", "contractId")]
    ungranted = replace(guild.worker, member_id=new_id())
    assert await refusals(guild, guild.record(work(), by=ungranted)) == [("NOT_FOUND", "contractId")]
    assert await refusals(guild, guild.record(work(), by=ANONYMOUS)) == [("UNAUTHENTICATED", None)]


async def test_a_contract_that_is_not_in_force_takes_no_work(guild: Guild) -> None:
    await guild.rows.execute(
        "update contract set status = 'TERMINATED', ended_at = now() where id = $1", guild.contract_id
    )
    assert await refusals(guild, guild.record(work())) == [("CONTRACT_NOT_ACTIVE", "contractId")]


@pytest.mark.parametrize(
    ("record", "code", "field"),
    [
        (work("nothing"), "LINE_NOT_FOUND", "lineKey"),
        (work(line_key=None, line_id=new_id()), "LINE_NOT_FOUND", "lineId"),
        (work(line_key=None), "INVALID_INPUT", "lineKey"),
        (work("hosting"), "LINE_TAKES_NO_WORK", "lineKey"),
        (work("roster"), "LINE_TAKES_NO_WORK", "lineKey"),
        (work(quantity="0"), "INVALID_QUANTITY", "quantity"),
        (work(quantity="-1"), "INVALID_QUANTITY", "quantity"),
        (work(quantity="0.0000001"), "INVALID_QUANTITY", "quantity"),
        (work(quantity="1000000000000"), "INVALID_QUANTITY", "quantity"),
        (work("cutover", "0.5"), "MILESTONE_IN_PART", "quantity"),
        (work("cutover", "2"), "MILESTONE_IN_PART", "quantity"),
        (work(performed_from=date(2026, 2, 4)), "INVALID_INPUT", "performedTo"),
        (work(performed_from=date(2025, 12, 31)), "WORK_OUTSIDE_TERM", "performedFrom"),
        (work(performed_to=date(2026, 6, 16)), "WORK_IN_FUTURE", "performedTo"),
        (work(performed_by=" "), "TEXT_BLANK", "performedBy"),
        (work(description="x" * 4001), "TEXT_TOO_LONG", "description"),
    ],
)
async def test_a_faulty_record_is_refused_and_those_beside_it_too(
    guild: Guild, record: Work, code: str, field: str
) -> None:
    assert await refusals(guild, guild.record(work(), record)) == [(code, f"records.1.{field}")]


async def test_work_after_the_last_day_is_outside_the_term(guild: Guild) -> None:
    after = work(performed_from=date(2026, 12, 31), performed_to=date(2027, 1, 1))
    next_year = datetime(2027, 3, 1, tzinfo=UTC)
    assert await refusals(guild, guild.record(after, now=next_year)) == [("WORK_OUTSIDE_TERM", "records.0.performedTo")]


async def test_today_is_the_associations(guild: Guild) -> None:
    in_chicago_still_the_14th = datetime(2026, 6, 15, 4, tzinfo=UTC)
    record = work(performed_to=date(2026, 6, 15))
    assert await refusals(guild, guild.record(record, now=in_chicago_still_the_14th)) == [
        ("WORK_IN_FUTURE", "records.0.performedTo")
    ]
    await guild.record(record, now=datetime(2026, 6, 15, 6, tzinfo=UTC))


async def test_every_fault_is_told(guild: Guild) -> None:
    assert await refusals(guild, guild.record(work("nothing"), work(quantity="0", performed_by=""))) == [
        ("LINE_NOT_FOUND", "records.0.lineKey"),
        ("INVALID_QUANTITY", "records.1.quantity"),
        ("TEXT_BLANK", "records.1.performedBy"),
    ]


async def test_a_request_takes_1_to_100_records(guild: Guild) -> None:
    assert await refusals(guild, guild.record()) == [("INVALID_INPUT", "records")]
    assert await refusals(guild, guild.record(*[work()] * 101)) == [("LIST_TOO_LONG", "records")]
    assert len(await guild.record(*[work()] * 100)) == 100


async def test_the_maximum_may_be_reached_but_not_passed(guild: Guild) -> None:
    records = await guild.record(work(quantity="5999.5"), work(quantity="0.5"), work(quantity="0.000001"))
    rows = await guild.rows.fetch("select * from work_record where id = any($1) order by id", records)
    assert [row["in_scope"] for row in rows] == [True, True, False]
    assert rows[2]["out_of_scope_reason"] == (
        "0.000001 more makes 6000.000001 of 6000 contracted; what is recorded counts until it is rejected or voided"
    )


async def test_the_not_to_exceed_amount_binds_where_the_quantity_is_an_estimate(guild: Guild) -> None:
    records = await guild.record(work("admin", "480"), work("admin", "0.000001"))
    rows = await guild.rows.fetch("select in_scope from work_record where id = any($1) order by id", records)
    assert [row["in_scope"] for row in rows] == [True, False]


async def test_what_is_out_of_scope_counts_until_it_is_voided(guild: Guild) -> None:
    too_much, small = await guild.record(work(quantity="6001"), work(quantity="1"))
    assert not (await guild.one("select in_scope from work_record where id = $1", small))["in_scope"]
    await guild.void(too_much)
    await guild.void(small)
    (again,) = await guild.record(work(quantity="1"))
    assert (await guild.one("select in_scope from work_record where id = $1", again))["in_scope"]
    assert await guild.line("tickets") == (1, 0, 0)


async def test_a_milestone_is_done_once(guild: Guild) -> None:
    records = await guild.record(work("cutover"), work("cutover"))
    rows = await guild.rows.fetch("select in_scope from work_record where id = any($1) order by id", records)
    assert [row["in_scope"] for row in rows] == [True, False]


async def test_a_line_can_be_named_by_its_id(guild: Guild) -> None:
    line = await guild.one("select id from contract_line where contract_id = $1 and key = 'admin'", guild.contract_id)
    await guild.record(work(line_key=None, line_id=line["id"], quantity="2"))
    assert await guild.line("admin") == (Decimal(2), 0, 0)
