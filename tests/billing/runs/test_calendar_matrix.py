"""Every period of two terms that are hard on calendars, billed month by month at the stroke of the local midnight."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.billing.market import Agreement, Line
from tests.billing.pricing.terms import price
from tests.billing.runs.running import Runs

HOSTING = Line("hosting", "3100", "1200", unit="MONTH", kind="RECURRING", recurrence="MONTHLY", units_per_period="1")
DIGITS = {"USD": 2, "JPY": 0, "KWD": 3}
TERMS = {
    # from a 31st over a leap day; in Berlin 31 October 2027 has 25 hours
    "leap": (date(2027, 8, 31), date(2028, 3, 30)),
    # cut in the middle of months; in Berlin 31 March 2030 has 23 hours
    "common": (date(2030, 1, 30), date(2030, 6, 14)),
}
ZONES = ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Berlin", "America/New_York", "UTC"]


@pytest.mark.parametrize("term", TERMS)
@pytest.mark.parametrize("zone", ZONES)
async def test_each_period_is_on_the_invoice_of_the_month_in_which_it_ends(runs: Runs, zone: str, term: str) -> None:
    starts_on, ends_on = TERMS[term]
    agreements: dict[tuple[str, str], Agreement] = {}
    for currency, anchor in product(DIGITS, ("ANNIVERSARY", "CALENDAR")):
        agreement = await runs.market.agree(
            HOSTING, starts_on=starts_on, ends_on=ends_on, time_zone=zone, currency_code=currency
        )
        await price(agreement, "hosting", "RECURRING", timing="ARREARS", period_anchor=anchor, prorated=True)
        agreements[currency, anchor] = agreement

    for month in months(starts_on, ends_on):
        midnight = datetime.combine(month[1], datetime.min.time(), ZoneInfo(zone)).astimezone(UTC)
        before = await runs.start(starts_on=month[0], ends_on=month[1])
        await runs.work_off(before, now=midnight - timedelta(seconds=1))
        assert {item[1] for item in await runs.items(before)} == {"PERIOD_NOT_OVER"}
        run = await runs.start(starts_on=month[0], ends_on=month[1])
        await runs.work_off(run, now=midnight)
        for (currency, anchor), agreement in agreements.items():
            due = [period for period in periods(starts_on, ends_on, anchor) if month[0] <= period[1] <= month[1]]
            total = sum(charge(period, DIGITS[currency]) for period in due)
            assert await invoiced(agreement, run) == (
                {"on": month[1], "due": month[1] + timedelta(30), "total": total, "periods": [p[:2] for p in due]}
                if due
                else None
            ), (currency, anchor)

    for (_, anchor), agreement in agreements.items():
        days = [
            day
            for starts, ends, _ in periods(starts_on, ends_on, anchor)
            for day in range(starts.toordinal(), ends.toordinal() + 1)
        ]
        assert days == list(range(starts_on.toordinal(), ends_on.toordinal() + 1))
        billed = await runs.market.all("select id from invoice_source where contract_id = $1", agreement.id)
        assert len(billed) == len(list(periods(starts_on, ends_on, anchor)))


def months(starts_on: date, ends_on: date) -> Iterator[tuple[date, date]]:
    """The calendar months that a term touches, each whole."""
    for number in range(starts_on.year * 12 + starts_on.month - 1, ends_on.year * 12 + ends_on.month):
        yield of_month(number)


def of_month(number: int, day: int = 1) -> tuple[date, date]:
    """A day of a month counted from year 0, or its last where it has fewer; and its last day."""
    year, month = number // 12, number % 12 + 1
    last = monthrange(year, month)[1]
    return date(year, month, min(day, last)), date(year, month, last)


def periods(starts_on: date, ends_on: date, anchor: str) -> Iterator[tuple[date, date, int]]:
    """First and last day of each period, and how many days a whole one has: counted on the fingers."""
    day = starts_on.day if anchor == "ANNIVERSARY" else 1
    number = starts_on.year * 12 + starts_on.month - 1
    while of_month(number, day)[0] <= ends_on:
        first, last = of_month(number, day)[0], of_month(number + 1, day)[0] - timedelta(1)
        yield max(first, starts_on), min(last, ends_on), (last - first).days + 1
        number += 1


def charge(period: tuple[date, date, int], digits: int) -> int:
    """3,100 for a whole period, by the day for a part, in minor units; Python rounds half to even."""
    return round(Fraction(3100 * 10**digits * ((period[1] - period[0]).days + 1), period[2]))


async def invoiced(agreement: Agreement, run: Any) -> dict[str, Any] | None:  # noqa: ANN401  (the driver's UUID)
    """What a run billed of a contract."""
    rows = await agreement.market.all(
        """select i.issued_on as on, i.due_on as due, i.total_minor as total, s.period_starts_on, s.period_ends_on
        from billing_run_item r join invoice i on i.id = r.invoice_id join invoice_source s on s.invoice_id = i.id
        where r.run_id = $1 and r.contract_id = $2 order by s.period_starts_on""",
        run,
        agreement.id,
    )
    if not rows:
        return None
    found = [(row.pop("period_starts_on"), row.pop("period_ends_on")) for row in rows]
    assert all(row == rows[0] for row in rows)
    return {**rows[0], "periods": found}
