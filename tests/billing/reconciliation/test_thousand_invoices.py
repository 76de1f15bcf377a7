"""A thousand invoices with every kind of discrepancy: each is found and named rightly, and none is invented."""

from __future__ import annotations

from collections import Counter
from datetime import date
from uuid import UUID

from core.actor import SYSTEM
from core.db import Database, Transaction
from core.ids import new_id
from services.billing.reconciliation.banking import match_line
from services.billing.reconciliation.running import run_match
from tests.billing.market import NOW, Market
from tests.billing.reconciliation.seeded import ELSEWHERE, ON_INVOICES, Seeded, seed
from tests.databases import OneDatabase

QUARTER = (date(2026, 1, 1), date(2026, 3, 31))
OF_EACH = 5
ALSO_BY_COST = dict.fromkeys(("WRONG_RATE", "OUTSIDE_PERIOD", "NOT_ACCEPTED", "WRONG_ROUNDING", "WRONG_TOTAL"), "COST")
ALSO_BY_THE_DAY = dict.fromkeys(
    ("WRONG_RATE", "WRONG_QUANTITY", "BILLED_TWICE", "OUTSIDE_PERIOD", "WRONG_ROUNDING", "WRONG_TAX"), "DAYS"
)
"""Which defects a bill by cost, or by the day, can have; every one by tiers, or on a corrected invoice."""


def arranged(at: int) -> str:
    """By which arrangement the bill with the defect of this number is priced."""
    defect, time = ON_INVOICES[at % len(ON_INVOICES)], at // len(ON_INVOICES)
    if defect == "AMBIGUOUS_BANK_LINE":
        return "PRICE"  # its twin is put for a line of quantity x price
    once = ALSO_BY_COST if defect in ALSO_BY_COST else ALSO_BY_THE_DAY
    return ("PRICE", once.get(defect, "PRICE"), "TIERS", ALSO_BY_THE_DAY.get(defect, "PRICE"), "CORRECTED")[time]


async def reconcile(market: Market, database: OneDatabase) -> None:
    """Match every bank line, each in a transaction of its own, then the quarter, as the worker does."""
    batch = Database(database.batch_url)
    run_id = new_id()
    lines = await market.all("select id from bank_statement_line where status = 'UNMATCHED' order by position")
    await market.insert(
        "match_run", id=run_id, issued_from=QUARTER[0], issued_until=QUARTER[1], status="RUNNING", requested_at=NOW
    )
    try:
        for line in lines:
            await batch.write(
                SYSTEM,
                lambda tx: match_line(tx, line_id=line["id"], now=NOW),  # noqa: B023  (awaited before the next)
                now=NOW,
                request_id="test",
            )

        async def run(tx: Transaction) -> bool:
            return await run_match(tx, run_id=run_id, now=NOW)

        assert await batch.write(SYSTEM, run, now=NOW, request_id="test")
        assert not await batch.write(SYSTEM, run, now=NOW, request_id="test"), "a run is run once"
    finally:
        await batch.close()


async def told(market: Market) -> set[tuple[str, UUID]]:
    rows = await market.all("select kind, subject_id from billing_exception where resolution is null")
    assert len(rows) == len({tuple(row.values()) for row in rows})
    return {(row["kind"], row["subject_id"]) for row in rows}


async def booked(market: Market, seeded: Seeded) -> None:
    """Whatever could be one thing only was booked: the invoice is paid, and the journal says so."""
    paid = await market.all(
        "select i.status, e.kind from bank_statement_line b join invoice i on i.id = b.invoice_id "
        "join journal_entry e on e.subject_id = b.payment_id where b.matched_by = 'INVOICE_NUMBER'"
    )
    assert [tuple(row.values()) for row in paid] == [("PAID", "PAYMENT_RECEIVED")] * seeded.unbooked


async def test_a_thousand_invoices_with_nothing_wrong_bring_up_nothing(market: Market, database: OneDatabase) -> None:
    seeded = await seed(market, {})
    await reconcile(market, database)
    assert await told(market) == set()
    assert await market.all("select * from match_variance") == []
    await booked(market, seeded)
    run = await market.one("select invoice_count, line_count, variance_count, open_count from match_run")
    assert run == {"invoice_count": 1000, "line_count": 1000, "variance_count": 0, "open_count": 0}


async def test_every_discrepancy_is_found_and_named_and_none_is_invented(market: Market, database: OneDatabase) -> None:
    # spread over the numbers, off the card payments' rhythm; those of lines over the arrangements that can have them
    defects = {
        103 + 8 * at: (ON_INVOICES[at % len(ON_INVOICES)], arranged(at)) for at in range(OF_EACH * len(ON_INVOICES))
    }
    seeded = await seed(market, defects)
    await reconcile(market, database)

    assert await told(market) == seeded.expected
    kinds = Counter(kind for kind, _ in seeded.expected)
    assert kinds == dict.fromkeys([*ON_INVOICES, *ELSEWHERE], OF_EACH)
    assert len(kinds) == 22
    await booked(market, seeded)
    wrong = "select * from match_variance where difference_minor <> billed_minor - expected_minor"
    assert await market.all(wrong) == []

    before = await market.all("select * from billing_exception order by id")
    await reconcile(market, database)
    assert await market.all("select * from billing_exception order by id") == before, (
        "a second match raises nothing twice"
    )

    await market.rows.execute("set session_replication_role = replica")
    await market.rows.execute(
        "update invoice_line set unit_price = 52, amount_minor = app.extended_minor(quantity, 52, 'USD') "
        "where rate_card_key = 'admin' and credited_minor = 0"
    )
    # by tiers and by cost later bills go on from what was billed: what is too much of one is credited
    await market.rows.execute(
        "update invoice_line l set credited_minor = v.difference_minor from match_variance v "
        "where v.invoice_line_id = l.id and v.rate_minor <> 0 and l.rate_card_key <> 'admin'"
    )
    await market.rows.execute("set session_replication_role = origin")
    await reconcile(market, database)
    still = {kind for kind, _ in await told(market)}
    assert "WRONG_RATE" not in still, "what no longer holds is gone by itself"
    gone = await market.all("select distinct resolution, kind from billing_exception where kind = 'WRONG_RATE'")
    assert gone == [{"resolution": "GONE", "kind": "WRONG_RATE"}]
