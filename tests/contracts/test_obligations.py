from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from core.ids import RowKey, new_id
from services.contracts.obligations import record_obligation
from tests.contracts.fair import ROSTER, Fair
from tests.contracts.test_signing import outcome

APRIL = datetime(2026, 4, 10, 12, tzinfo=UTC)
REPORT = replace(
    ROSTER, key="report", obliged_party="VENDOR", recurrence=None, due_day_of_month=None, due_on=date(2026, 3, 1)
)


async def due(fair: Fair, contract_id: UUID, day: date, key: str = "roster") -> UUID:
    found: UUID = await fair.value(
        "select o.id from obligation_occurrence o join contract_line l on l.id = o.line_id "
        "where o.contract_id = $1 and o.due_on = $2 and l.key = $3",
        contract_id,
        day,
        key,
    )
    return found


async def record(
    fair: Fair,
    contract_id: UUID,
    occurrence: UUID,
    *,
    seat: str = "association.owner",
    waived: bool = False,
    settled_on: date | None = None,
    note: str | None = None,
    now: datetime = APRIL,
) -> RowKey:
    return await fair.write(
        seat,
        record_obligation,
        now=now,
        contract_id=contract_id,
        occurrence_id=occurrence,
        waived=waived,
        settled_on=settled_on,
        note=note,
    )


async def test_due_days_are_laid_out_for_the_whole_term(fair: Fair) -> None:
    contract_id = await fair.activate(ROSTER, REPORT)
    days = await fair.value(
        "select array_agg(due_on order by due_on) from obligation_occurrence where contract_id = $1", contract_id
    )
    assert days == sorted([date(2026, month, 5) for month in range(1, 13)] + [date(2026, 3, 1)])
    assert await fair.value(
        "select array_agg(distinct status) from obligation_occurrence where contract_id = $1", contract_id
    ) == ["DUE"]


@pytest.mark.parametrize(
    ("settled_on", "status", "stored"),
    [
        (date(2026, 4, 4), "MET", date(2026, 4, 4)),
        (date(2026, 4, 5), "MET", date(2026, 4, 5)),
        (date(2026, 4, 6), "LATE", date(2026, 4, 6)),
        (None, "LATE", date(2026, 4, 10)),
    ],
)
@pytest.mark.parametrize("seat", ["association.acceptor", "vendor.owner"])
async def test_either_party_records_what_was_met(
    fair: Fair, seat: str, settled_on: date | None, status: str, stored: date
) -> None:
    contract_id = await fair.activate(ROSTER)
    occurrence = await due(fair, contract_id, date(2026, 4, 5))
    await record(fair, contract_id, occurrence, seat=seat, settled_on=settled_on, note="By e-mail")
    row = await fair.row("select * from obligation_occurrence where id = $1", occurrence)
    assert (row["status"], row["settled_on"], row["note"], row["name"]) == (status, stored, "By e-mail", seat)
    event = await fair.row("select type, object_id from audit_event where object_id = $1", occurrence)
    assert event["type"] == "OBLIGATION_RECORDED"


async def test_only_who_is_owed_waives(fair: Fair) -> None:
    contract_id = await fair.activate(ROSTER, REPORT)
    roster = await due(fair, contract_id, date(2026, 3, 5))
    report = await due(fair, contract_id, date(2026, 3, 1), "report")
    assert await fair.refused(record(fair, contract_id, roster, waived=True)) == [("FORBIDDEN", "status")]
    asked = record(fair, contract_id, report, waived=True, seat="vendor.owner")
    assert await fair.refused(asked) == [("FORBIDDEN", "status")]
    await record(fair, contract_id, roster, waived=True, seat="vendor.owner")
    await record(fair, contract_id, report, waived=True, seat="association.buyer")
    settled = await fair.rows.fetch(
        "select status, settled_on from obligation_occurrence where contract_id = $1 and status <> 'DUE'", contract_id
    )
    assert [tuple(row) for row in settled] == [("WAIVED", None)] * 2


@pytest.mark.parametrize(
    ("seat", "code"),
    [
        ("nobody", "UNAUTHENTICATED"),
        ("association.finance", "FORBIDDEN"),
        ("operator.billing", "FORBIDDEN"),
        ("vendor.delivery", "NOT_FOUND"),
        ("other.owner", "NOT_FOUND"),
        ("rival.owner", "NOT_FOUND"),
    ],
)
async def test_who_may_not_record(fair: Fair, seat: str, code: str) -> None:
    contract_id = await fair.activate(ROSTER)
    occurrence = await due(fair, contract_id, date(2026, 3, 5))
    assert [told for told, _ in await fair.refused(record(fair, contract_id, occurrence, seat=seat))] == [code]


async def test_what_is_recorded_wrongly(fair: Fair) -> None:
    contract_id = await fair.activate(ROSTER)
    occurrence = await due(fair, contract_id, date(2026, 3, 5))
    tomorrow = record(fair, contract_id, occurrence, settled_on=date(2026, 4, 11))
    assert await fair.refused(tomorrow) == [("INVALID_SETTLED_DAY", "settledOn")]
    waived = record(fair, contract_id, occurrence, seat="vendor.owner", waived=True, settled_on=date(2026, 3, 5))
    assert await fair.refused(waived) == [("INVALID_SETTLED_DAY", "settledOn")]
    assert await fair.refused(record(fair, contract_id, occurrence, note="")) == [("TEXT_BLANK", "note")]
    assert await fair.refused(record(fair, contract_id, new_id())) == [("NOT_FOUND", "occurrenceId")]


async def test_an_occurrence_is_settled_once(fair: Fair) -> None:
    contract_id = await fair.activate(ROSTER)
    occurrence = await due(fair, contract_id, date(2026, 3, 5))
    done = await asyncio.gather(*(outcome(record(fair, contract_id, occurrence)) for _ in range(10)))
    assert sorted(done) == ["ALREADY_SETTLED"] * 9 + ["DONE"]
    again = record(fair, contract_id, occurrence, seat="vendor.owner", waived=True)
    assert await fair.refused(again) == [("ALREADY_SETTLED", "occurrenceId")]


async def test_a_delivery_lead_records_under_a_grant(fair: Fair) -> None:
    now = datetime.now(UTC)
    contract_id = await fair.activate(ROSTER, now=now, starts_on=now.date(), ends_on=date(now.year + 1, 12, 31))
    await fair.grant(contract_id, now=now)
    first = await fair.value("select min(due_on) from obligation_occurrence where contract_id = $1", contract_id)
    occurrence = await due(fair, contract_id, first)
    await record(fair, contract_id, occurrence, seat="vendor.delivery", now=now)
    assert await fair.value("select status from obligation_occurrence where id = $1", occurrence) == "MET"


async def test_a_hundred_obligations_over_twenty_years_fit(fair: Fair) -> None:
    lines = [replace(ROSTER, key=f"roster-{number}", due_day_of_month=31) for number in range(100)]
    contract_id = await fair.activate(*lines, ends_on=date(2045, 12, 31))
    assert await fair.value("select count(*) from obligation_occurrence where contract_id = $1", contract_id) == 24_000
