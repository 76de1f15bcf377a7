"""The match in the database and the pure functions, line by line on the same data: whatever is wrong, they agree."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import cast
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.db import Transaction
from core.ids import new_id
from services.billing.reconciliation.matching import match_invoices
from services.billing.reconciliation.variances import Stepping, decompose, expected_minor
from tests.billing.market import NOW, Line, Market
from tests.billing.reconciliation.random_lines import (
    AT,
    COSTED,
    PERIOD,
    PRICED,
    RECURRENT,
    TERM,
    TIERED,
    Costed,
    Priced,
    Recurrent,
    Rows,
    Tiered,
    costed,
    priced,
    recurrent,
    tiered,
)

ISSUED_ON = date(2026, 12, 2)
PARTS = "unaccepted out_of_scope period quantity rate exchange tax rounding".split()
KEYS = ("priced", "tiered", "recurrent", "costed")
slowly = settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


class AsSuperuser:
    """The market's connection where a transaction is asked for: what a match writes is rolled back with its data."""

    def __init__(self, market: Market) -> None:
        self._market = market

    async def raw(self) -> object:
        return self._market.rows


@slowly
@given(
    by_price=PRICED, by_tiers=TIERED, by_period=RECURRENT, by_cost=COSTED,
    currency=st.sampled_from(["USD", "JPY", "KWD"]),
)  # fmt: skip
async def test_both_tell_the_same_of_every_line(  # noqa: PLR0917  (an arrangement each)
    market: Market, by_price: Priced, by_tiers: Tiered, by_period: Recurrent, by_cost: Costed, currency: str
) -> None:
    undone = market.rows.transaction()
    await undone.start()
    try:
        lines, run_id = await put(market, by_price, by_tiers, by_period, by_cost, currency)
        counts = await match_invoices(
            cast("Transaction", AsSuperuser(market)), run_id=run_id, issued_from=ISSUED_ON, issued_until=ISSUED_ON,
            now=NOW,
        )  # fmt: skip
        found = await market.all("select * from match_variance where invoice_line_id is not null")
    finally:
        await undone.rollback()
    told = {
        UUID(int=row["invoice_line_id"].int): (
            row["expected_minor"], row["difference_minor"], {part: row[f"{part}_minor"] for part in PARTS},
        )
        for row in found
    }  # fmt: skip
    expected = {}
    for line_id, line in lines.items():
        parts = decompose(line)
        if any(getattr(parts, part) for part in PARTS):
            expected[line_id] = (
                expected_minor(line), parts.total, {part: getattr(parts, part) for part in PARTS}
            )  # fmt: skip
    assert {line_id: told[line_id] for line_id in expected if line_id in told} == expected
    # what is billed twice is told of a line though all else of its quantity evens it out
    assert all(row["twice_minor"] for row in found if UUID(int=row["invoice_line_id"].int) not in expected)
    assert (counts["line_count"], counts["unmatched_count"]) == (4, 0)


async def put(  # noqa: PLR0917  (an arrangement each)
    market: Market, by_price: Priced, by_tiers: Tiered, by_period: Recurrent, by_cost: Costed, currency: str
) -> tuple[dict[UUID, Stepping], UUID]:
    """Write down a contract with a line of each arrangement, its invoices, and a run."""
    agreement = await market.agree(
        Line("priced", str(by_price.agreed), "1"),
        Line("tiered", "1", "1"),
        Line("recurrent", str(by_period.agreed), "1", kind="RECURRING", recurrence="MONTHLY",
             units_per_period=str(by_period.units)),
        Line("costed", "1", "1", kind="RECURRING", recurrence="MONTHLY", units_per_period="1"),
        currency_code=currency, starts_on=TERM[0], ends_on=TERM[1],
    )  # fmt: skip
    await market.rows.execute(
        "update contract_line set not_to_exceed_minor = $2 where id = $1",
        agreement.lines["priced"], by_price.ceiling_minor,
    )  # fmt: skip
    rows = Rows(agreement, currency)
    for number, invoice in enumerate((rows.elder, rows.invoice, rows.younger), start=1):
        rows.add(
            "invoice", id=invoice, number=f"2026-{number:06d}", year=2026, year_number=number, status="ISSUED",
            period_starts_on=PERIOD[0], period_ends_on=PERIOD[1], issued_at=AT, due_on=date(2027, 1, 1),
            issued_on=ISSUED_ON if number == 2 else date(2026, 11, number), currency_code=currency, seller_name="-",
            seller_country_code="MX", buyer_name="-", buyer_country_code="US", issuer_name="-",
            issuer_country_code="US", subtotal_minor=1, tax_total_minor=0, amount_due_minor=1,
            platform_fee_percent=Decimal(3),
        )  # fmt: skip
    told = [
        priced(rows, "priced", by_price),
        tiered(rows, "tiered", by_tiers),
        recurrent(rows, "recurrent", by_period),
        costed(rows, "costed", by_cost),
    ]
    run_id = new_id()
    await market.rows.execute("set local session_replication_role = replica")
    await market.insert(
        "match_run", id=run_id, issued_from=ISSUED_ON, issued_until=ISSUED_ON, status="RUNNING", requested_at=NOW
    )
    for table, row in rows.put:
        await market.insert(table, **row)
    return dict(told), run_id
