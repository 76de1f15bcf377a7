"""What an invoice takes, what it says, and what it refuses."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import asyncpg
import pytest

from core.actor import ANONYMOUS
from core.errors import DomainError, Forbidden, InvalidInput, NotFound, Unauthenticated
from services.billing.invoices.invoicing import ContractNotInForce, NothingToBill, PeriodNotOver
from tests.billing.market import ADMIN, CUTOVER, FEBRUARY, MARCH, NOW, TICKETS, Agreement, Line, Market


async def journey(market: Market) -> Agreement:
    agreement = await market.agree(ADMIN, TICKETS, CUTOVER)
    await agreement.accept("admin", "10", date(2026, 2, 3))
    await agreement.accept("tickets", "100", date(2026, 2, 28), submitted="120")
    await agreement.accept("cutover", "1", date(2026, 2, 27))
    return agreement


async def test_an_invoice_bills_what_was_accepted_line_by_line(market: Market) -> None:
    agreement = await journey(market)
    invoice_id = await agreement.issue()

    invoice = await market.one("select * from invoice where id = $1", invoice_id)
    assert invoice["number"] == "2026-000001"
    assert (invoice["status"], invoice["subtotal_minor"], invoice["tax_total_minor"]) == ("ISSUED", 517000, 0)
    assert (invoice["total_minor"], invoice["amount_due_minor"]) == (517000, 517000)
    assert (invoice["period_starts_on"], invoice["period_ends_on"]) == FEBRUARY
    assert (invoice["issued_at"], invoice["issued_on"], invoice["due_on"]) == (
        NOW,
        date(2026, 6, 15),
        date(2026, 7, 15),
    )
    assert (invoice["seller_name"], invoice["seller_country_code"]) == ("Lakeside Learning Services", "MX")
    assert (invoice["buyer_name"], invoice["buyer_country_code"]) == ("National Guild of Water Inspectors", "US")
    assert (invoice["issuer_name"], invoice["purchase_order_number"]) == ("The Marketplace", "PO-2207")
    assert invoice["issued_by_member_id"] == market.billing_admin.member_id

    lines = await agreement.lines_of(invoice_id)
    assert [
        (line["description"], line["quantity"], line["amount_minor"], line["cost_minor"], line["platform_fee_minor"])
        for line in lines
    ] == [
        ("Admin", 10, 52000, 38000, 1560),
        ("Tickets", 100, 65000, 41000, 1950),
        ("Cutover", 1, 400000, 290000, 12000),
    ]
    assert {line["cost_basis"] for line in lines} == {"STANDARD"}
    assert [line["late_quantity"] for line in lines] == [0, 0, 0]

    billed = await market.all(
        "select key, billed_quantity, billed_minor from contract_line where contract_id = $1 order by position",
        agreement.id,
    )
    assert [tuple(line.values()) for line in billed] == [
        ("admin", 10, 52000),
        ("tickets", 100, 65000),
        ("cutover", 1, 400000),
    ]
    decisions = await market.all("select billed from decision where contract_id = $1", agreement.id)
    assert [decision["billed"] for decision in decisions] == [True, True, True]

    entry = await market.one("select * from journal_entry where contract_id = $1", agreement.id)
    assert (entry["sequence"], entry["kind"], entry["invoice_id"]) == (1, "INVOICE_ISSUED", invoice_id)
    postings = await market.all(
        "select account, amount_minor from posting where entry_id = $1 order by position", entry["id"]
    )
    assert [tuple(posting.values()) for posting in postings] == [
        ("ASSOCIATION_RECEIVABLE", 517000), ("VENDOR_PAYABLE", -501490), ("PLATFORM_FEE_INCOME", -15510)
    ]  # fmt: skip
    event = await market.one("select * from audit_event where contract_id = $1", agreement.id)
    assert (event["type"], event["object_id"]) == ("INVOICE_ISSUED", invoice_id)


async def test_late_work_goes_on_the_next_invoice_and_is_marked(market: Market) -> None:
    agreement = await market.agree(ADMIN)
    await agreement.accept("admin", "3", date(2026, 3, 1))
    await agreement.issue(MARCH)
    await agreement.accept("admin", "2", date(2026, 2, 28))
    await agreement.accept("admin", "1.5", date(2026, 3, 2))
    await agreement.accept("admin", "8", date(2026, 4, 1))

    second = await agreement.issue(MARCH)

    (line,) = await agreement.lines_of(second)
    assert (line["quantity"], line["late_quantity"], line["amount_minor"]) == (Decimal("3.5"), 2, 18200)
    sources = await market.all("select quantity, late from invoice_source where invoice_id = $1 order by id", second)
    assert [tuple(source.values()) for source in sources] == [(2, True), (Decimal("1.5"), False)]


async def test_each_rate_version_is_a_line_of_its_own(market: Market) -> None:
    agreement = await market.agree(TICKETS, ADMIN)
    await agreement.accept("admin", "1", date(2026, 2, 1), rate_version=2, price="60.015")
    await agreement.accept("admin", "2", date(2026, 2, 2))
    await agreement.accept("tickets", "1", date(2026, 2, 1))
    await agreement.accept("admin", "1", date(2026, 2, 3), rate_version=2, price="60.015")

    lines = await agreement.lines_of(await agreement.issue())

    told = [(line["description"], line["rate_version"], line["quantity"], line["amount_minor"]) for line in lines]
    assert told == [("Tickets", 1, 1, 650), ("Admin", 1, 2, 10400), ("Admin", 2, 2, 12003)]


async def test_a_recurring_line_is_billed_by_whole_periods_within_the_term(market: Market) -> None:
    hosting = Line("hosting", "250", "120", unit="SITE", kind="RECURRING", recurrence="MONTHLY", units_per_period="2")
    agreement = await market.agree(hosting, starts_on=date(2026, 1, 31), ends_on=date(2026, 5, 20))
    await agreement.accept("hosting", "1", date(2026, 2, 5))

    first = await agreement.issue((date(2026, 3, 1), date(2026, 3, 30)))
    rest = await agreement.issue((date(2026, 4, 1), date(2026, 5, 31)))

    periods = (
        "select period_starts_on, period_ends_on, quantity, late from invoice_source where invoice_id = $1 order by id"
    )
    assert [tuple(row.values()) for row in await market.all(periods, first)] == [
        (date(2026, 1, 31), date(2026, 2, 27), 2, True),
        (date(2026, 2, 28), date(2026, 3, 30), 2, False),
    ]
    assert [tuple(row.values()) for row in await market.all(periods, rest)] == [
        (date(2026, 3, 31), date(2026, 4, 29), 2, False)
    ]
    (line,) = await agreement.lines_of(first)
    assert (line["quantity"], line["late_quantity"], line["amount_minor"], line["cost_minor"]) == (4, 2, 100000, 48000)
    with pytest.raises(NothingToBill):
        await agreement.issue((date(2026, 1, 1), date(2026, 6, 1)))


async def test_a_terminated_contract_is_billed_for_what_was_done_before(market: Market) -> None:
    hosting = Line("hosting", "100", "50", unit="SITE", kind="RECURRING", recurrence="QUARTERLY", units_per_period="1")
    ended = datetime(2026, 5, 2, tzinfo=UTC)
    agreement = await market.agree(hosting, ADMIN, status="TERMINATED", ended_at=ended, end_reason="Enough")
    await agreement.accept("admin", "1", date(2026, 4, 30))

    lines = await agreement.lines_of(await agreement.issue((date(2026, 1, 1), date(2026, 6, 15))))

    assert [(line["description"], line["amount_minor"]) for line in lines] == [("Hosting", 10000), ("Admin", 5200)]


async def test_a_reversed_acceptance_and_one_of_nothing_are_not_billed(market: Market) -> None:
    agreement = await market.agree(ADMIN)
    reversed_one = await agreement.accept("admin", "5", date(2026, 2, 1))
    await agreement.accept("admin", "0", date(2026, 2, 2), submitted="1")
    await market.rows.execute("update decision set reversed_at = $2 where id = $1", reversed_one, NOW)
    with pytest.raises(NothingToBill):
        await agreement.issue()


async def test_what_costs_nothing_is_no_invoice_alone_but_a_line_beside_others(market: Market) -> None:
    agreement = await market.agree(Line("free", "0", "1"), ADMIN, platform_fee_percent=Decimal(0))
    await agreement.accept("free", "5", date(2026, 2, 1))
    with pytest.raises(NothingToBill):
        await agreement.issue()
    await agreement.accept("admin", "1", date(2026, 2, 1))
    lines = await agreement.lines_of(await agreement.issue())
    assert [line["amount_minor"] for line in lines] == [0, 5200]
    postings = await market.all("select account from posting where contract_id = $1 order by position", agreement.id)
    assert [posting["account"] for posting in postings] == ["ASSOCIATION_RECEIVABLE", "VENDOR_PAYABLE"]


@pytest.mark.parametrize(
    ("period", "terms", "refusal", "field"),
    [
        ((date(2026, 3, 2), date(2026, 3, 1)), {}, InvalidInput, "period.endsOn"),
        ((date(2026, 6, 1), date(2026, 6, 16)), {}, PeriodNotOver, "period.endsOn"),
        ((date(2026, 6, 1), date(2026, 6, 15)), {}, NothingToBill, "period"),
        # it is still the fourteenth in Honolulu when it is the fifteenth in UTC, early in the morning
        ((date(2026, 6, 1), date(2026, 6, 15)), {"time_zone": "Pacific/Honolulu"}, PeriodNotOver, "period.endsOn"),
        (FEBRUARY, {"status": "PROPOSED", "activated_at": None}, ContractNotInForce, "contractId"),
    ],
)
async def test_what_cannot_be_billed_is_refused_and_nothing_is_written(
    market: Market,
    period: tuple[date, date],
    terms: dict[str, object],
    refusal: type[DomainError],
    field: str,
) -> None:
    agreement = await market.agree(ADMIN, **terms)
    if refusal is not NothingToBill:
        await agreement.accept("admin", "1", date(2026, 2, 1))
    with pytest.raises(refusal) as refused:
        await agreement.issue(period, now=datetime(2026, 6, 15, 6, tzinfo=UTC))
    assert refused.value.field == field
    assert await agreement.billed() == []


async def test_only_the_operators_billing_desk_issues(market: Market) -> None:
    agreement = await journey(market)
    operator_owner = market.member("OPERATOR", market.operator, "OWNER")
    for actor, refusal in (
        (market.finance, Forbidden),
        (market.vendor_owner, Forbidden),
        (operator_owner, Forbidden),
        (market.stranger, NotFound),
        (ANONYMOUS, Unauthenticated),
    ):
        with pytest.raises(refusal):
            await agreement.issue(by=actor)
    assert await agreement.billed() == []


async def test_numbers_have_no_gaps_within_a_vendor_and_year(market: Market) -> None:
    mine, other = await market.agree(ADMIN), await market.agree(ADMIN)
    for agreement in (mine, other):
        await agreement.accept("admin", "1", date(2025, 12, 31))
    last_year = datetime(2025, 12, 31, 23, tzinfo=UTC)
    december = (date(2025, 12, 1), date(2025, 12, 31))
    await mine.issue(december, now=last_year)
    with pytest.raises(NothingToBill):
        await mine.issue(december, now=last_year)
    await other.issue(december, now=last_year)
    await mine.accept("admin", "1", date(2025, 12, 31))
    await mine.issue(december, now=last_year + timedelta(hours=1))

    numbers = await market.all("select number from invoice where vendor_id = $1 order by issued_at, id", market.vendor)
    assert [row["number"] for row in numbers] == ["2025-000001", "2025-000002", "2026-000001"]


async def test_of_fifty_at_once_one_issues(market: Market) -> None:
    agreement = await journey(market)
    outcomes = await asyncio.gather(*(agreement.issue() for _ in range(50)), return_exceptions=True)
    assert Counter(type(outcome) for outcome in outcomes) == {UUID: 1, NothingToBill: 49}
    numbers = await market.all("select number from invoice where vendor_id = $1", market.vendor)
    assert [row["number"] for row in numbers] == ["2026-000001"]
    assert await market.broken_link(agreement) is None


async def test_contracts_of_one_vendor_issued_at_once_number_without_gaps(market: Market) -> None:
    agreements = [await market.agree(ADMIN) for _ in range(10)]
    for agreement in agreements:
        await agreement.accept("admin", "1", date(2026, 2, 1))
    await asyncio.gather(*(agreement.issue() for agreement in agreements))
    numbers = await market.all("select year_number from invoice where vendor_id = $1 order by 1", market.vendor)
    assert [row["year_number"] for row in numbers] == list(range(1, 11))


async def test_the_database_itself_refuses_to_bill_a_source_twice(market: Market) -> None:
    agreement = await market.agree(ADMIN)
    await agreement.accept("admin", "1", date(2026, 2, 1))
    await agreement.issue()
    with pytest.raises(asyncpg.UniqueViolationError, match="acceptance_billed_once"):
        await market.rows.execute(
            "insert into invoice_source select contract_id, uuidv7(), association_id, vendor_id, invoice_id, "
            "invoice_line_id, contract_line_id, kind, decision_id, period_starts_on, period_ends_on, quantity, late "
            "from invoice_source where contract_id = $1",
            agreement.id,
        )


async def test_issuing_waits_for_work_under_way_but_that_does_not_wait_for_it(market: Market) -> None:
    agreement = await journey(market)
    async with market.rows.transaction():
        await market.rows.execute("set local lock_timeout = '300ms'")
        await market.rows.execute("select from contract_line where id = $1 for no key update", agreement.lines["admin"])
        issuing = asyncio.create_task(agreement.issue())
        while not await market.rows.fetchval("select count(*) from pg_locks where not granted"):  # noqa: ASYNC110  (PostgreSQL tells nobody who waits)
            await asyncio.sleep(0.01)
        # its foreign key looks at the contract, which is locked by who issues and waits for the line
        await agreement.accept("admin", "1", date(2026, 2, 4))
    lines = await agreement.lines_of(await issuing)
    assert [line["quantity"] for line in lines] == [11, 100, 1]
