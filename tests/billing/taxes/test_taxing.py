"""What tax an invoice bears: which rule is picked, how the tax is rounded, what is frozen and what is posted."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.billing.taxes.exchanging import RateMissing
from tests.billing.market import ADMIN, TICKETS, Agreement, Line, Market
from tests.billing.taxes.law import at_home, exchange_rate, exemption, register, report_in, rule

SCOPE = "Not subject to tax: "


async def worked(market: Market, *lines: Line, **terms: Any) -> Agreement:  # noqa: ANN401  (columns of a contract)
    """A contract with ten accepted of each line."""
    agreement = await market.agree(*(lines or (ADMIN,)), **terms)
    for line in lines or (ADMIN,):
        await agreement.accept(line.key, "10", date(2026, 2, 3))
    return agreement


async def issued(market: Market, agreement: Agreement) -> dict[str, Any]:
    """The invoice of February."""
    return await market.one("select * from invoice where id = $1", await agreement.issue())


async def tax_of(market: Market, invoice: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    """How each line is taxed."""
    rows = await market.all("select * from invoice_line where invoice_id = $1 order by position", invoice["id"])
    return [(row["tax_category_code"], f"{row['tax_rate_percent']:f}".rstrip("0"), row["tax_reason"]) for row in rows]


async def test_nothing_configured_is_outside_the_scope_of_tax_and_says_so(market: Market) -> None:
    invoice = await issued(market, await worked(market))
    assert (invoice["tax_total_minor"], invoice["total_minor"], invoice["seller_tax_number"]) == (0, 52000, None)
    assert await tax_of(market, invoice) == [("O", "0.", f"{SCOPE}no tax rule applies")]


async def test_a_seller_without_a_number_charges_nothing(market: Market) -> None:
    await rule(market, "S", "16")
    assert await tax_of(market, await issued(market, await worked(market))) == [
        ("O", "0.", f"{SCOPE}the seller has no tax number")
    ]


async def test_domestic_tax_is_owed_and_goes_to_tax_payable(market: Market) -> None:
    await at_home(market, vendor="DE", association="DE")
    await register(market, market.vendor, "DE811")
    await register(market, market.association, "DE812", region_code="BY")
    picked = await rule(market, "S", "19", trade="DOMESTIC", seller_country_code="DE")
    await rule(market, "AE", trade="INTRA_EU")
    invoice = await issued(market, await worked(market))
    assert (invoice["subtotal_minor"], invoice["tax_total_minor"], invoice["amount_due_minor"]) == (52000, 9880, 61880)
    assert [invoice[name] for name in ("seller_tax_number", "buyer_tax_number", "buyer_region_code")] == [
        "DE811", "DE812", "BY",
    ]  # fmt: skip
    assert await tax_of(market, invoice) == [("S", "19.", None)]
    line = await market.one("select tax_rule_id from invoice_line where invoice_id = $1", invoice["id"])
    assert line["tax_rule_id"] == picked
    sides = await market.all(
        "select account, amount_minor from posting where contract_id = $1 order by position", invoice["contract_id"]
    )
    assert [tuple(side.values()) for side in sides] == [
        ("ASSOCIATION_RECEIVABLE", 61880), ("VENDOR_PAYABLE", -50440), ("TAX_PAYABLE", -9880),
        ("PLATFORM_FEE_INCOME", -1560),
    ]  # fmt: skip


@pytest.mark.parametrize(("number", "expected"), [("FR-1", "AE"), (None, "S")])
async def test_the_buyer_accounts_for_the_tax_across_a_border_of_the_union_if_it_has_a_number(
    market: Market, number: str | None, expected: str
) -> None:
    await at_home(market, vendor="DE", association="FR")
    await register(market, market.vendor)
    await register(market, market.association, number)
    await rule(market, "AE", trade="INTRA_EU", reason_code="VATEX-EU-AE")
    await rule(market, "S", "19", seller_country_code="DE", trade="INTRA_EU", valid_until=date(2026, 6, 14))
    await rule(market, "S", "20", trade="INTRA_EU", supply="PLATFORM_FEES")
    await rule(market, "S", "21")
    invoice = await issued(market, await worked(market))
    assert [category for category, _, _ in await tax_of(market, invoice)] == [expected]
    assert invoice["tax_total_minor"] == (0 if number else 10920)


async def test_the_more_precise_rule_comes_first(market: Market) -> None:
    await at_home(market, vendor="MX", association="US")
    await register(market, market.vendor, region_code="JAL")
    await register(market, market.association, None, region_code="TX")
    conditions: list[dict[str, str]] = [
        {},
        {"trade": "INTERNATIONAL"},
        {"seller_country_code": "MX"},
        {"seller_country_code": "MX", "seller_region_code": "JAL"},
        {"buyer_country_code": "US"},
        {"buyer_country_code": "US", "buyer_region_code": "TX"},
        {"unit": "HOUR"},
    ]
    for rate, condition in enumerate(conditions, start=1):
        await rule(market, "S", str(rate), **condition)
        invoice = await issued(market, await worked(market))
        assert await tax_of(market, invoice) == [("S", f"{rate}.", None)], condition
    for other in ({"trade": "DOMESTIC"}, {"buyer_country_code": "CA"}, {"unit": "DAY"}, {"seller_country_code": "US"}):
        await rule(market, "S", "50", **other)
    assert await tax_of(market, await issued(market, await worked(market))) == [("S", "7.", None)]


@pytest.mark.parametrize(
    ("country", "region", "columns", "exempt"),
    [
        ("US", "TX", {}, True),
        ("US", None, {}, True),
        ("US", "OK", {}, False),
        ("CA", None, {}, False),
        ("US", "TX", {"valid_until": date(2026, 6, 15)}, True),
        ("US", "TX", {"valid_until": date(2026, 6, 14)}, False),
        ("US", "TX", {"status": "FILED", "decided_at": None}, False),
        ("US", "TX", {"status": "REJECTED"}, False),
    ],
)
async def test_a_verified_certificate_exempts_in_its_place_and_days(
    market: Market, country: str, region: str | None, columns: dict[str, Any], *, exempt: bool
) -> None:
    await register(market, market.vendor)
    await register(market, market.association, None, region_code="TX")
    await rule(market, "S", "8.25", buyer_country_code="US", buyer_region_code="TX")
    agreement = await worked(market)
    certificate = await exemption(market, agreement, country, region, **columns)
    invoice = await issued(market, agreement)
    line = await market.one("select * from invoice_line where invoice_id = $1", invoice["id"])
    if exempt:
        assert await tax_of(market, invoice) == [("E", "0.", "Exemption certificate C-7")]
        assert (invoice["tax_total_minor"], line["tax_exemption_id"]) == (0, certificate)
    else:
        assert await tax_of(market, invoice) == [("S", "8.25", None)]
        assert (invoice["tax_total_minor"], line["tax_exemption_id"]) == (4290, None)


async def test_what_was_issued_never_changes_with_the_rules(market: Market) -> None:
    await register(market, market.vendor)
    picked = await rule(market, "S", "10")
    invoice = await issued(market, await worked(market))
    await market.rows.execute("update tax_rule set rate_percent = 20 where id = $1", picked)
    await market.rows.execute("update tax_registration set number = 'N-2'")
    assert await market.one("select * from invoice where id = $1", invoice["id"]) == invoice
    with pytest.raises(Exception, match="never changes"):
        await market.rows.execute("update invoice_line set tax_rate_percent = 20 where invoice_id = $1", invoice["id"])


@pytest.mark.parametrize(
    ("currency", "rate", "prices", "tax"),
    [
        ("USD", "7.5", ("0.06", "0.06"), 9),  # 1.20 x 7.5 % = 0.09, and not twice 0.045 rounded up
        ("JPY", "10", ("10.5", "4.5"), 15),  # 150 x 10 % = 15
        ("JPY", "3", ("4", "1"), 2),  # 50 x 3 % = 1.5: half up
        ("KWD", "5", ("0.001", "0.002"), 2),  # 0.030 x 5 % = 0.0015: half up
    ],
)
async def test_tax_is_rounded_half_up_once_for_each_category(
    market: Market, currency: str, rate: str, prices: tuple[str, str], tax: int
) -> None:
    await register(market, market.vendor)
    await rule(market, "S", rate)
    lines = [Line("admin", prices[0], "0"), Line("tickets", prices[1], "0", unit="TICKET", kind="UNIT")]
    invoice = await issued(market, await worked(market, *lines, currency_code=currency))
    assert invoice["tax_total_minor"] == tax


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    prices=st.lists(st.decimals("0.0001", "99.9999", places=4), min_size=1, max_size=4),
    rates=st.tuples(st.decimals("0.0001", "40", places=4), st.decimals("0.0001", "40", places=4)),
    currency=st.sampled_from(["USD", "JPY", "KWD"]),
)
async def test_an_invoice_is_its_lines_and_the_tax_of_each_category(
    market: Market, prices: list[Decimal], rates: tuple[Decimal, Decimal], currency: str
) -> None:
    """BR-CO-14, BR-CO-17, BR-S-08: the total is the lines and the sum over categories, each rounded half up once."""
    await market.rows.execute("truncate tax_rule, tax_registration")
    await register(market, market.vendor)
    await rule(market, "S", str(rates[0]))
    await rule(market, "S", str(rates[1]), unit="TICKET")
    lines = [Line("dear", "9999", "0")]
    for at, price in enumerate(prices):
        unit, kind = ("TICKET", "UNIT") if at % 2 else ("HOUR", "TIME_AND_MATERIALS")
        lines.append(Line(f"line-{at}", str(price), "0", unit=unit, kind=kind))
    invoice = await issued(market, await worked(market, *lines, currency_code=currency))
    rows = await market.all("select * from invoice_line where invoice_id = $1", invoice["id"])
    by_rate: dict[Decimal, int] = {}
    for row in rows:
        by_rate[row["tax_rate_percent"]] = by_rate.get(row["tax_rate_percent"], 0) + row["amount_minor"]
    taxes = [(taxable * rate / 100).quantize(Decimal(1), ROUND_HALF_UP) for rate, taxable in by_rate.items()]
    assert invoice["tax_total_minor"] == sum(taxes)
    assert invoice["subtotal_minor"] == sum(row["amount_minor"] for row in rows)
    assert invoice["amount_due_minor"] == invoice["total_minor"] == invoice["subtotal_minor"] + sum(taxes)


async def frozen(market: Market, invoice: dict[str, Any]) -> list[tuple[Any, ...]]:
    rows = await market.all(
        """select purpose, to_currency_code, rate, rate_on, source, amount_minor from invoice_exchange
        where invoice_id = $1 order by purpose""",
        invoice["id"],
    )
    return [tuple(row.values()) for row in rows]


async def test_the_rate_of_the_day_is_frozen_where_one_is_needed(market: Market) -> None:
    await report_in(market, "USD")
    assert await frozen(market, await issued(market, await worked(market))) == []
    await exchange_rate(market, "EUR", "USD", "1.25", date(2026, 6, 12), source="ECB")
    await exchange_rate(market, "EUR", "JPY", "160", date(2026, 6, 12), source="ECB")
    await exchange_rate(market, "EUR", "KWD", "0.35", date(2026, 6, 12), source="ECB")
    await exchange_rate(market, "EUR", "USD", "2", date(2026, 6, 16), source="ECB")
    for currency, rate, amount in (
        ("EUR", "1.25", 65000),
        ("JPY", "0.0078125", 406),
        ("KWD", "3.571428571429", 185714),
    ):
        invoice = await issued(market, await worked(market, currency_code=currency))
        day = date(2026, 6, 12)
        assert await frozen(market, invoice) == [("REPORTING", "USD", Decimal(rate), day, "ECB", amount)], currency
    await exchange_rate(market, "USD", "EUR", "0.5", date(2026, 6, 15))
    invoice = await issued(market, await worked(market, currency_code="EUR"))
    assert await frozen(market, invoice) == [("REPORTING", "USD", Decimal(2), date(2026, 6, 15), "OPERATOR", 104000)]


async def test_no_rate_is_refused_by_name_and_only_where_one_is_needed(market: Market) -> None:
    await report_in(market, "USD")
    await exchange_rate(market, "EUR", "USD", "1.25", date(2026, 6, 7))
    agreement = await worked(market, currency_code="EUR")
    with pytest.raises(RateMissing, match="EUR into USD"):
        await agreement.issue()
    assert await agreement.billed() == []
    await exchange_rate(market, "EUR", "USD", "1.25", date(2026, 6, 8))
    assert len(await frozen(market, await issued(market, agreement))) == 1


async def test_tax_is_said_in_the_currency_that_the_vendor_accounts_for_it_in(market: Market) -> None:
    await register(market, market.vendor, tax_currency_code="EUR")
    await exchange_rate(market, "EUR", "USD", "1.25", date(2026, 6, 15))
    untaxed = await issued(market, await worked(market, TICKETS))
    assert await frozen(market, untaxed) == []
    await rule(market, "S", "19")
    invoice = await issued(market, await worked(market))
    assert await frozen(market, invoice) == [
        ("TAX", "EUR", Decimal("0.8"), date(2026, 6, 15), "OPERATOR", 7904)
    ]  # 98.80 x 0.8
