"""What holds for whatever was accepted: exact lines, a preview that keeps its word, a journal that balances."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import literal

from core.money import extended_minor, round_half_even
from services.billing.invoices.invoicing import NothingToBill
from services.billing.open_book.waterfall import of_invoice
from tests.billing.market import FEBRUARY, MARCH, Agreement, Line, Market

amounts = st.decimals(0, 5000, places=6) | st.decimals(0, 100, places=2)
quantities = st.decimals("0.000001", 10_000, places=6) | st.integers(1, 40).map(Decimal)
percents = st.decimals(0, 100, places=2)
days = st.integers(0, 89).map(lambda day: date(2026, 1, 1) + timedelta(day))
accepted = st.tuples(st.integers(0, 1), quantities, days, st.integers(1, 2))
PERIODS = (FEBRUARY, MARCH)
slowly = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@slowly
@given(
    rates=st.tuples(amounts, amounts, amounts, amounts, amounts),
    work=st.lists(accepted, min_size=1, max_size=8),
    fee_percent=percents,
    currency_code=st.sampled_from(["USD", "JPY", "KWD"]),
)
async def test_an_invoice_is_its_preview_and_both_are_exact(
    market: Market,
    rates: tuple[Decimal, Decimal, Decimal, Decimal, Decimal],
    work: list[tuple[int, Decimal, date, int]],
    fee_percent: Decimal,
    currency_code: str,
) -> None:
    prices, costs = rates[:3], rates[3:]
    lines = [Line(f"line-{at}", str(prices[at]), str(costs[at])) for at in (0, 1)]
    agreement = await market.agree(*lines, platform_fee_percent=fee_percent, currency_code=currency_code)
    for at, quantity, day, version in work:
        price = prices[at] if version == 1 else prices[2]
        await agreement.accept(f"line-{at}", quantity, day, rate_version=version, price=str(price))

    billed: defaultdict[tuple[int, int], Decimal] = defaultdict(Decimal)
    late: defaultdict[tuple[int, int], Decimal] = defaultdict(Decimal)
    for at, quantity, day, version in work:
        if day <= FEBRUARY[1]:
            billed[at, version] += quantity
            late[at, version] += quantity if day < FEBRUARY[0] else 0
    expected = []
    for (at, version), quantity in sorted(billed.items()):
        price = prices[at] if version == 1 else prices[2]
        amount = extended_minor(quantity, price, currency_code)
        cost, fee = extended_minor(quantity, costs[at], currency_code), int(round_half_even(amount * fee_percent / 100))
        expected.append((f"Line-{at}", version, quantity, late[at, version], price, amount, cost, fee))

    preview = await agreement.preview()
    assert [told(line) for line in preview] == expected

    try:
        invoice_id = await agreement.issue()
    except NothingToBill:
        assert sum(line[5] for line in expected) == 0
        return
    assert [told(line) for line in await agreement.lines_of(invoice_id)] == expected
    invoice = await market.one("select subtotal_minor, total_minor from invoice where id = $1", invoice_id)
    assert invoice["subtotal_minor"] == invoice["total_minor"] == sum(line[5] for line in expected)
    assert await agreement.preview() == []
    await the_waterfall_holds(market, agreement, invoice_id, expected)
    posted = await market.all("select account, amount_minor from posting where contract_id = $1", agreement.id)
    fee_minor, total = sum(line[7] for line in expected), invoice["total_minor"]
    assert {row["account"]: row["amount_minor"] for row in posted} == {
        account: minor
        for account, minor in (
            ("ASSOCIATION_RECEIVABLE", total),
            ("VENDOR_PAYABLE", fee_minor - total),
            ("PLATFORM_FEE_INCOME", -fee_minor),
        )
        if minor
    }
    assert await market.broken_link(agreement) is None


async def the_waterfall_holds(
    market: Market, agreement: Agreement, invoice_id: UUID, lines: list[tuple[Any, ...]]
) -> None:
    """The open book of an invoice is made of the sums of its lines, and its percentages are theirs."""
    invoice = SimpleNamespace(contract_id=literal(agreement.id), id=literal(invoice_id))
    (book,) = await market.read(market.finance, of_invoice(invoice))
    price, cost, fee = (sum(line[column] for line in lines) for column in (5, 6, 7))
    assert (book["price_minor"], book["cost_minor"], book["platform_fee_minor"]) == (price, cost, fee)
    assert book["gross_margin_minor"] == price - cost
    assert book["vendor_margin_minor"] == price - cost - fee
    assert book["vendor_proceeds_minor"] == price - fee
    for name, part, whole in (
        ("gross_margin_percent", price - cost, price),
        ("markup_percent", price - cost, cost),
        ("vendor_margin_percent", price - cost - fee, price),
    ):
        if whole == 0:
            assert book[name] is None
        else:
            assert round_half_even(book[name], 2) == round_half_even(Decimal(100 * part) / whole, 2)


def told(line: dict[str, Any]) -> tuple[Any, ...]:
    """What a line says, in a preview as on an invoice."""
    names = "description rate_version quantity late_quantity unit_price amount_minor cost_minor platform_fee_minor"
    return tuple(line[name] for name in names.split())


acts = st.lists(st.sampled_from(["accept", "issue", "void"]) | days, min_size=3, max_size=12)


@slowly
@given(acts=acts)
async def test_whatever_is_issued_and_voided_all_is_billed_once_and_the_books_agree(
    market: Market, acts: list[str | date]
) -> None:
    hosting = Line("hosting", "99.995", "40", kind="RECURRING", recurrence="MONTHLY", units_per_period="3")
    agreement = await market.agree(Line("hours", "33.333333", "20.000001"), hosting)
    standing: list[UUID] = []
    periods = 0
    for act in acts:
        if isinstance(act, date):
            await agreement.accept("hours", "1.1", act)
        elif act == "void" and standing:
            await agreement.void(standing.pop())
        elif act == "issue":
            try:
                standing.append(await agreement.issue(PERIODS[periods % 2]))
            except NothingToBill:
                periods += 1

    claims = await market.all(
        "select count(*) filter (where released_at is null) as standing from invoice_source where contract_id = $1 "
        "group by decision_id, contract_line_id, period_starts_on",
        agreement.id,
    )
    assert all(claim["standing"] <= 1 for claim in claims)
    disagreeing = await market.all(
        """select l.key from contract_line l where l.contract_id = $1 and (l.billed_quantity, l.billed_minor) <> (
            select coalesce(sum(b.quantity), 0), coalesce(sum(b.amount_minor), 0) from invoice_line b
            join invoice i on i.id = b.invoice_id where b.contract_line_id = l.id and i.status = 'ISSUED')
        union all select 'decision' from decision d where d.contract_id = $1 and d.billed <> exists (
            select from invoice_source s where s.decision_id = d.id and s.released_at is null)
        union all select 'receivable' from invoice i where i.contract_id = $1 having sum(i.amount_due_minor) <> (
            select sum(amount_minor) from posting p where p.contract_id = $1 and account = 'ASSOCIATION_RECEIVABLE')
        union all select 'journal' from posting p where p.contract_id = $1 having sum(amount_minor) <> 0""",
        agreement.id,
    )
    assert disagreeing == []
    numbers = await market.all("select year_number from invoice where vendor_id = $1 order by 1", market.vendor)
    assert all(after["year_number"] == before["year_number"] + 1 for before, after in pairwise(numbers))
    assert await market.broken_link(agreement) is None


@slowly
@given(values=st.lists(st.tuples(st.decimals(-(10**9), 10**9, places=9), st.integers(0, 6)), min_size=1, max_size=50))
async def test_the_database_rounds_as_python_does(market: Market, values: list[tuple[Decimal, int]]) -> None:
    halves = [(Decimal(odd).scaleb(-digits) / 2, digits) for digits in (0, 2) for odd in (-5, -3, -1, 1, 3, 5)]
    both = values + halves
    rounded = await market.all(
        "select app.round_half_even(value, digits) as value from unnest($1::numeric[], $2::int[]) with ordinality "
        "as given(value, digits, at) order by at",
        [value for value, _ in both],
        [digits for _, digits in both],
    )
    assert [row["value"] for row in rounded] == [round_half_even(value, digits) for value, digits in both]


@slowly
@given(quantity=quantities, unit=amounts, currency_code=st.sampled_from(["USD", "JPY", "KWD", "CLP", "EUR"]))
async def test_the_database_extends_as_python_does(
    market: Market, quantity: Decimal, unit: Decimal, currency_code: str
) -> None:
    row = await market.one("select app.extended_minor($1, $2, $3) as minor", quantity, unit, currency_code)
    assert row["minor"] == extended_minor(quantity, unit, currency_code)
