"""The waterfall as each reader is shown it, to the cent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core.actor import Actor
from core.ids import encode
from tests.billing.desk import Desk
from tests.billing.market import ADMIN, CUTOVER, TICKETS, Agreement, Line, Market

WATERFALL = """
fragment Waterfall on OpenBook {
  disclosure disclosureTier costBasis
  price { amount currencyCode } cost { amount } grossMargin { amount } grossMarginPercent markupPercent
  platformFee { amount } vendorMargin { amount } vendorMarginPercent vendorProceeds { amount }
  unacceptedCost { amount } marginBand { floorPercent ceilingPercent verdict }
}"""
OF_INVOICE = "query($id: ID!) { invoice(id: $id) { openBook { ...Waterfall } lines { openBook { ...Waterfall } } } }"
OF_CONTRACT = "query($id: ID!) { contract(id: $id) { openBook { ...Waterfall } lines { openBook { ...Waterfall } } } }"

TOTAL = {
    "price": "5170.00",
    "cost": "3690.00",
    "grossMargin": "1480.00",
    "grossMarginPercent": "28.63",
    "markupPercent": "40.11",
    "platformFee": "155.10",
    "vendorMargin": "1324.90",
    "vendorMarginPercent": "25.63",
    "vendorProceeds": "5014.90",
}
LINES = [
    {"price": "520.00", "cost": "380.00", "grossMargin": "140.00", "grossMarginPercent": "26.92",
     "markupPercent": "36.84", "platformFee": "15.60", "vendorMargin": "124.40", "vendorMarginPercent": "23.92",
     "vendorProceeds": "504.40"},
    {"price": "650.00", "cost": "410.00", "grossMargin": "240.00", "grossMarginPercent": "36.92",
     "markupPercent": "58.54", "platformFee": "19.50", "vendorMargin": "220.50", "vendorMarginPercent": "33.92",
     "vendorProceeds": "630.50"},
    {"price": "4000.00", "cost": "2900.00", "grossMargin": "1100.00", "grossMarginPercent": "27.50",
     "markupPercent": "37.93", "platformFee": "120.00", "vendorMargin": "980.00", "vendorMarginPercent": "24.50",
     "vendorProceeds": "3880.00"},
]  # fmt: skip


async def journey(market: Market, **terms: Any) -> Agreement:  # noqa: ANN401  (the columns of a contract)
    agreement = await market.agree(ADMIN, TICKETS, CUTOVER, **terms)
    await agreement.accept("admin", "10", date(2026, 2, 3))
    await agreement.accept("tickets", "100", date(2026, 2, 28), submitted="120")
    await agreement.accept("cutover", "1", date(2026, 2, 27))
    return agreement


async def book_of_invoice(desk: Desk, reader: Actor, agreement: Agreement) -> dict[str, Any]:
    invoice_id = encode("inv", agreement.id, await agreement.issue())
    invoice = (await desk.ask(reader, OF_INVOICE + WATERFALL, id=invoice_id))["invoice"]
    return {"total": invoice["openBook"], "lines": [line["openBook"] for line in invoice["lines"]]}


async def book_of_contract(desk: Desk, reader: Actor, agreement: Agreement) -> dict[str, Any]:
    contract = (await desk.ask(reader, OF_CONTRACT + WATERFALL, id=encode("con", agreement.id)))["contract"]
    return {"total": contract["openBook"], "lines": [line["openBook"] for line in contract["lines"]]}


def figures(book: dict[str, Any]) -> dict[str, Any]:
    """The figures of the waterfall, without their currency."""
    plain = {
        name: value["amount"] if isinstance(value, dict) else value for name, value in book.items() if name in TOTAL
    }
    return {name: plain[name] for name in TOTAL}


@pytest.mark.parametrize("reader", ["finance", "vendor_owner", "billing_admin"])
async def test_an_invoice_shows_price_cost_margin_fee_to_the_cent(market: Market, desk: Desk, reader: str) -> None:
    book = await book_of_invoice(desk, getattr(market, reader), await journey(market))
    assert figures(book["total"]) == TOTAL
    assert [figures(line) for line in book["lines"]] == LINES
    for shown in (book["total"], *book["lines"]):
        assert (shown["disclosure"], shown["disclosureTier"], shown["costBasis"]) == ("FULL", "OPEN_BOOK", "STANDARD")
        assert shown["price"]["currencyCode"] == "USD"
        assert shown["unacceptedCost"] is None
    band = {"floorPercent": "10.00", "ceilingPercent": "35.00", "verdict": "WITHIN"}
    assert [book["total"]["marginBand"], *(line["marginBand"] for line in book["lines"])] == [band, None, None, None]


async def test_a_contract_shows_what_was_accepted_to_date_and_what_the_vendor_bears(market: Market, desk: Desk) -> None:
    book = await book_of_contract(desk, market.finance, await journey(market))
    assert figures(book["total"]) == TOTAL
    assert [figures(line) for line in book["lines"]] == LINES
    assert book["total"]["unacceptedCost"] == {"amount": "82.00"}
    assert [line["unacceptedCost"]["amount"] for line in book["lines"]] == ["0.00", "82.00", "0.00"]
    assert book["total"]["marginBand"]["verdict"] == "WITHIN"


READERS = {
    ("OPEN_BOOK", "finance"): "FULL",
    ("OPEN_BOOK", "procurement"): "FULL",
    ("OPEN_BOOK", "signatory"): "FULL",
    ("OPEN_BOOK", "acceptor"): "WITHHELD_FROM_ROLE",
    ("OPEN_BOOK", "auditor"): "WITHHELD_FROM_ROLE",
    ("OPEN_BOOK", "operator_auditor"): "WITHHELD_FROM_ROLE",
    ("BAND", "finance"): "BAND_ONLY",
    ("BAND", "acceptor"): "WITHHELD_FROM_ROLE",
    ("BAND", "vendor_owner"): "FULL",
    ("BAND", "billing_admin"): "FULL",
    ("CLOSED", "finance"): "PRICE_ONLY",
    ("CLOSED", "acceptor"): "WITHHELD_FROM_ROLE",
    ("CLOSED", "vendor_owner"): "FULL",
    ("CLOSED", "billing_admin"): "FULL",
}


def reader_of(market: Market, name: str) -> Actor:
    others = {
        "procurement": ("ASSOCIATION", market.association, "PROCUREMENT"),
        "signatory": ("ASSOCIATION", market.association, "SIGNATORY"),
        "auditor": ("ASSOCIATION", market.association, "AUDITOR"),
        "operator_auditor": ("OPERATOR", market.operator, "AUDITOR"),
    }
    return market.member(*others[name]) if name in others else getattr(market, name)


@pytest.mark.parametrize(("tier", "reader"), READERS)
async def test_tier_and_role_decide_what_is_shown_and_it_is_said(
    market: Market, desk: Desk, tier: str, reader: str
) -> None:
    agreement = await journey(market, disclosure_tier=tier)
    actor, disclosure = reader_of(market, reader), READERS[tier, reader]
    books = [await book_of_contract(desk, actor, agreement), await book_of_invoice(desk, actor, agreement)]
    for book in books:
        for shown in (book["total"], *book["lines"]):
            assert (shown["disclosure"], shown["disclosureTier"]) == (disclosure, tier)
            hidden = [shown[name] for name in (*TOTAL, "costBasis", "unacceptedCost") if name != "price"]
            assert shown["price"] is not None
            if disclosure != "FULL":
                assert set(map(str, hidden)) == {"None"}
        band = book["total"]["marginBand"]
        assert (band and band["verdict"]) == ("WITHIN" if disclosure in {"FULL", "BAND_ONLY"} else None)


async def test_before_the_vendor_signed_the_association_sees_the_price_only(market: Market, desk: Desk) -> None:
    unsigned = {"status": "PROPOSED", "vendor_signed_at": None, "activated_at": None}
    agreement = await market.agree(ADMIN, **unsigned)
    assert (await book_of_contract(desk, market.finance, agreement))["total"]["disclosure"] == "PRICE_ONLY"
    assert (await book_of_contract(desk, market.vendor_owner, agreement))["total"]["disclosure"] == "FULL"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (Line("work", "100", "90.01"), ("BELOW", "9.99", "11.10")),
        (Line("work", "100", "90"), ("WITHIN", "10.00", "11.11")),
        (Line("work", "100", "65"), ("WITHIN", "35.00", "53.85")),
        (Line("work", "100", "64.99"), ("ABOVE", "35.01", "53.87")),
        (Line("work", "100", "120"), ("BELOW", "-20.00", "-16.67")),
        (Line("work", "100", "0"), ("ABOVE", "100.00", None)),
        (Line("work", "0", "100"), (None, None, "-100.00")),
        (Line("work", "0", "0"), (None, None, None)),
        # 0.125 % and 0.375 % round to the even neighbour
        (Line("work", "800", "799"), ("BELOW", "0.12", "0.13")),
        (Line("work", "800", "797"), ("BELOW", "0.38", "0.38")),
    ],
)
async def test_percentages_verdict_and_what_has_no_denominator(
    market: Market, desk: Desk, line: Line, expected: tuple[str | None, str | None, str | None]
) -> None:
    agreement = await market.agree(line)
    await agreement.accept("work", "1", date(2026, 2, 1))
    book = (await book_of_contract(desk, market.finance, agreement))["total"]
    assert (book["marginBand"]["verdict"], book["grossMarginPercent"], book["markupPercent"]) == expected


async def test_without_an_agreed_band_there_is_no_verdict(market: Market, desk: Desk) -> None:
    agreement = await journey(market, margin_floor_percent=None, margin_ceiling_percent=None)
    assert (await book_of_contract(desk, market.finance, agreement))["total"]["marginBand"] is None


async def test_a_recurring_line_has_earned_what_was_billed_of_it(market: Market, desk: Desk) -> None:
    hosting = Line("hosting", "250", "120", unit="SITE", kind="RECURRING", recurrence="MONTHLY", units_per_period="2")
    agreement = await market.agree(hosting, platform_fee_percent=Decimal("2.5"))
    assert (await book_of_contract(desk, market.finance, agreement))["total"]["price"]["amount"] == "0.00"
    billed = await book_of_invoice(desk, market.finance, agreement)
    book = await book_of_contract(desk, market.finance, agreement)
    assert figures(book["lines"][0]) == figures(book["total"]) == figures(billed["total"])
    assert (book["total"]["price"]["amount"], book["total"]["cost"]["amount"]) == ("1000.00", "480.00")
    assert book["total"]["platformFee"]["amount"] == "25.00"
