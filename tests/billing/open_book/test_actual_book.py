"""The open book on actual cost: what is known, what standard cost stands in for, and the variance, to the cent."""

from __future__ import annotations

from datetime import date
from typing import Any

from core.actor import Actor
from core.ids import encode
from tests.billing.desk import Desk
from tests.billing.market import ADMIN, MARCH, TICKETS, Agreement, Line, Market
from tests.billing.open_book.costs import act, enter

BOOK = """fragment Book on ActualBook {
  openBook { disclosure costBasis price { amount } cost { amount } grossMargin { amount } grossMarginPercent
    vendorMargin { amount } marginBand { verdict } }
  variance { standardCost { amount } total { amount } rate { amount } efficiency { amount } }
}"""
OF_CONTRACT = "query($id: ID!) { contract(id: $id) { actualBook { ...Book } lines { actualBook { ...Book } } } }"
OF_INVOICE = "query($id: ID!) { invoice(id: $id) { actualBook { ...Book } lines { actualBook { ...Book } } } }"


def plain(book: dict[str, Any]) -> dict[str, Any]:
    """A book without its currencies."""
    of_book, variance = book["openBook"], book["variance"]
    return {
        "basis": of_book["costBasis"],
        "price": of_book["price"]["amount"],
        "cost": of_book["cost"]["amount"],
        "margin": of_book["grossMarginPercent"],
        "variance": tuple(part and part["amount"] for part in variance.values()),
    }


async def contract_book(desk: Desk, reader: Actor, agreement: Agreement) -> dict[str, Any]:
    answer: dict[str, Any] = await desk.ask(reader, OF_CONTRACT + BOOK, id=encode("con", agreement.id))
    return answer["contract"]  # type: ignore[no-any-return]  # JSON


async def test_actual_cost_takes_the_place_of_standard_where_it_is_known(market: Market, desk: Desk) -> None:
    agreement = await market.agree(ADMIN, TICKETS)
    await agreement.accept("admin", "10", date(2026, 2, 3))
    await agreement.accept("admin", "5", date(2026, 3, 3))
    await agreement.accept("tickets", "100", date(2026, 2, 28))
    # 10 hours accepted in February, 11 spent, at 36.00 each: 380.00 by the rate card, 396.00 in truth
    await enter(desk, agreement, "admin", "350.00", quantity="11")
    await enter(desk, agreement, "admin", "46.00", category="INDIRECT")
    book = await contract_book(desk, market.finance, agreement)
    assert [plain(line["actualBook"]) for line in book["lines"]] == [
        {"basis": "MIXED", "price": "780.00", "cost": "586.00", "margin": "24.87",
         "variance": ("570.00", "-16.00", "22.00", "-38.00")},
        {"basis": "STANDARD", "price": "650.00", "cost": "410.00", "margin": "36.92",
         "variance": ("410.00", "0.00", None, None)},
    ]  # fmt: skip
    assert plain(book["actualBook"]) == {
        "basis": "MIXED", "price": "1430.00", "cost": "996.00", "margin": "30.35",
        "variance": ("980.00", "-16.00", "22.00", "-38.00"),
    }  # fmt: skip
    assert book["actualBook"]["openBook"]["marginBand"] == {"verdict": "WITHIN"}


async def test_a_book_is_actual_when_every_period_is_known(market: Market, desk: Desk) -> None:
    agreement = await market.agree(ADMIN)
    await agreement.accept("admin", "10", date(2026, 2, 3))
    await agreement.accept("admin", "5", date(2026, 3, 3))
    await enter(desk, agreement, "admin", "500.00")
    await enter(desk, agreement, "admin", "250.00", MARCH)
    book = (await contract_book(desk, market.vendor_owner, agreement))["actualBook"]
    assert plain(book) == {
        "basis": "ACTUAL", "price": "780.00", "cost": "750.00", "margin": "3.85",
        "variance": ("570.00", "-180.00", None, None),
    }  # fmt: skip
    assert book["openBook"]["marginBand"] == {"verdict": "BELOW"}


async def test_what_is_disallowed_not_allowable_or_withdrawn_is_no_cost_of_the_book(market: Market, desk: Desk) -> None:
    agreement = await market.agree(ADMIN)
    await agreement.accept("admin", "10", date(2026, 2, 3))
    cost = await enter(desk, agreement, "admin", "500.00")
    await enter(desk, agreement, "admin", "99.00", allowable=False, allowableReason="Entertainment")
    back = await enter(desk, agreement, "admin", "77.00", category="PASS_THROUGH")
    await act(desk, market.vendor_owner, "withdrawActualCost", actualCostId=back["id"], reason="Twice")
    cut = {"actualCostId": cost["id"], "amount": {"amount": "100.00", "currencyCode": "USD"}, "reason": "No receipt"}
    await act(desk, market.finance, "disallowActualCost", **cut)
    book = (await contract_book(desk, market.billing_admin, agreement))["actualBook"]
    assert (plain(book)["basis"], plain(book)["cost"]) == ("ACTUAL", "400.00")


async def test_lines_of_invoices_part_the_cost_of_a_period_by_quantity(market: Market, desk: Desk) -> None:
    agreement = await market.agree(ADMIN)
    await agreement.accept("admin", "2", date(2026, 2, 3))
    first = await agreement.issue()
    await agreement.accept("admin", "1", date(2026, 2, 4))
    second = await agreement.issue(MARCH)
    await enter(desk, agreement, "admin", "100.00", quantity="3")
    books = []
    for invoice_id in (first, second):
        invoice = (await desk.ask(market.finance, OF_INVOICE + BOOK, id=encode("inv", agreement.id, invoice_id)))[
            "invoice"
        ]
        assert plain(invoice["actualBook"]) == plain(invoice["lines"][0]["actualBook"])
        books.append(plain(invoice["actualBook"]))
    assert books == [
        {"basis": "ACTUAL", "price": "104.00", "cost": "66.67", "margin": "35.89",
         "variance": ("76.00", "9.33", "9.33", "0.00")},
        {"basis": "ACTUAL", "price": "52.00", "cost": "33.33", "margin": "35.90",
         "variance": ("38.00", "4.67", "4.67", "0.00")},
    ]  # fmt: skip


async def test_a_recurring_line_is_known_by_the_periods_that_are_billed(market: Market, desk: Desk) -> None:
    standby = Line("standby", "1000", "700", "MONTH", "RECURRING", recurrence="MONTHLY", units_per_period="1")
    agreement = await market.agree(standby)
    await agreement.issue()
    await enter(desk, agreement, "standby", "640.00")
    book = (await contract_book(desk, market.finance, agreement))["actualBook"]
    assert plain(book) == {
        "basis": "MIXED", "price": "2000.00", "cost": "1340.00", "margin": "33.00",
        "variance": ("1400.00", "60.00", None, None),
    }  # fmt: skip


async def test_whoever_does_not_read_cost_reads_no_actual_cost(market: Market, desk: Desk) -> None:
    for tier, disclosure in (("BAND", "BAND_ONLY"), ("CLOSED", "PRICE_ONLY")):
        agreement = await market.agree(ADMIN, disclosure_tier=tier)
        await agreement.accept("admin", "10", date(2026, 2, 3))
        await enter(desk, agreement, "admin", "500.00")
        for reader, told in ((market.finance, disclosure), (market.acceptor, "WITHHELD_FROM_ROLE")):
            book = (await contract_book(desk, reader, agreement))["actualBook"]
            shown = {name: value for name, value in book["openBook"].items() if value is not None}
            shown.pop("marginBand", None)
            assert shown == {"disclosure": told, "price": {"amount": "520.00"}}
            assert book["variance"] is None
