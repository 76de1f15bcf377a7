"""What was accepted on lines with tiers is worth what is billed of it in the end, wherever it is read, to the cent."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from core.ids import encode
from tests.billing.desk import Desk
from tests.billing.market import TICKETS, Agreement, Line, Market
from tests.billing.pricing.terms import tier

COURSES = Line("courses", "10", "9", unit="COURSE", kind="UNIT")
SESSIONS = Line("sessions", "10", "9", unit="SESSION", kind="UNIT")
HALF_YEAR = (date(2026, 1, 1), date(2026, 6, 30))
OVER = datetime(2026, 7, 1, tzinfo=UTC)

BOOKS = """query($id: ID!) { contract(id: $id) {
  openBook { price { amount } grossMarginPercent platformFee { amount } marginBand { verdict } }
  actualBook { openBook { price { amount } marginBand { verdict } } }
  prices { accepted { amount } }
  lines {
    scopeBurn { acceptedValue { amount } remainingValue { amount } }
    openBook { price { amount } } actualBook { openBook { price { amount } } } prices { accepted { amount } }
  }
} }"""


async def tiered(market: Market, **terms: Any) -> Agreement:  # noqa: ANN401  (the columns of a contract)
    agreement = await market.agree(COURSES, SESSIONS, TICKETS, **terms)
    await tier(agreement, "courses", "GRADUATED", "MONTHLY", ("10", "10"), (None, "5.005"))
    await tier(agreement, "sessions", "VOLUME", "QUARTERLY", ("100", "10"), (None, "8"))
    await agreement.accept("courses", "8", date(2026, 1, 31))
    await agreement.accept("courses", "12.5", date(2026, 2, 1))
    await agreement.accept("courses", "4", date(2026, 1, 15))
    await agreement.accept("sessions", "90", date(2026, 1, 10))
    await agreement.accept("sessions", "11.5", date(2026, 3, 31), submitted="20")
    await agreement.accept("sessions", "10", date(2026, 4, 1))
    await agreement.accept("tickets", "100", date(2026, 2, 28))
    await take_back(agreement, "sessions", "300", date(2026, 4, 2))
    return agreement


async def take_back(agreement: Agreement, key: str, quantity: str, on: date) -> None:
    """Accept what is taken back again: it counts for no tier."""
    decision_id = await agreement.accept(key, quantity, on)
    rows = agreement.market.rows
    await rows.execute("update decision set reversed_at = $2 where id = $1", decision_id, OVER)
    await rows.execute(
        "update contract_line l set recorded_quantity = l.recorded_quantity - d.accepted_quantity, submitted_quantity "
        "= l.submitted_quantity - d.accepted_quantity, accepted_quantity = l.accepted_quantity - d.accepted_quantity "
        "from decision d where d.id = $1 and l.id = d.line_id",
        decision_id,
    )


@pytest.mark.parametrize("reader", ["finance", "vendor_owner", "billing_admin"])
async def test_every_book_prices_what_was_accepted_by_its_tiers(market: Market, desk: Desk, reader: str) -> None:
    agreement = await tiered(market)
    book = (await desk.ask(getattr(market, reader), BOOKS, id=encode("con", agreement.id)))["contract"]
    assert [_prices(line) for line in book["lines"]] == [
        # January: ten at 10.00 and two at 5.005; February: ten at 10.00 and 2.5 at 5.005 = 12.5125
        ["222.52"] * 4,
        # the first quarter: 101.5 at 8.00; the second, so far: ten at 10.00
        ["912.00"] * 4,
        # without tiers
        ["650.00"] * 4,
    ]
    assert [line["scopeBurn"]["remainingValue"]["amount"] for line in book["lines"]] == [
        "-222.52", "-912.00", "-650.00"
    ]  # fmt: skip
    assert _prices(book) == ["1784.52"] * 3
    # 220.50 + 1,003.50 + 410.00 of cost: by the first tier's price it would be 18.71 % and within the band
    assert book["openBook"]["grossMarginPercent"] == "8.43"
    # 6.68 + 27.36 + 19.50
    assert book["openBook"]["platformFee"]["amount"] == "53.54"
    verdict = {"verdict": "BELOW"}
    assert (book["openBook"]["marginBand"], book["actualBook"]["openBook"]["marginBand"]) == (verdict, verdict)


async def test_who_reads_the_band_alone_has_the_verdict_by_tiers(market: Market, desk: Desk) -> None:
    agreement = await tiered(market, disclosure_tier="BAND")
    book = (await desk.ask(market.finance, BOOKS, id=encode("con", agreement.id)))["contract"]
    assert book["openBook"] == {
        "price": {"amount": "1784.52"}, "grossMarginPercent": None, "platformFee": None,
        "marginBand": {"verdict": "BELOW"},
    }  # fmt: skip


async def test_it_is_what_is_billed_once_the_periods_are_over(market: Market, desk: Desk) -> None:
    agreement = await tiered(market)
    invoice_id = await agreement.issue(HALF_YEAR, now=OVER)
    assert [line["amount_minor"] for line in await agreement.lines_of(invoice_id)] == [
        11_001, 11_251, 81_200, 10_000, 65_000
    ]  # fmt: skip
    book = (await desk.ask(market.billing_admin, BOOKS, id=encode("con", agreement.id)))["contract"]
    assert _prices(book) == ["1784.52"] * 3
    billed = await market.one("select sum(billed_minor) from contract_line where contract_id = $1", agreement.id)
    assert billed == {"sum": 178_452}


async def test_a_term_that_was_ended_cuts_the_last_tier_period(market: Market, desk: Desk) -> None:
    ended = {"status": "TERMINATED", "ended_at": datetime(2026, 3, 31, 12, tzinfo=UTC), "end_reason": "Enough"}
    agreement = await market.agree(SESSIONS, **ended)
    await tier(agreement, "sessions", "GRADUATED", "QUARTERLY", ("100", "10"), (None, "8"))
    await agreement.accept("sessions", "90", date(2026, 3, 31))
    await agreement.accept("sessions", "20", date(2026, 3, 1))
    # outside every period: with the first
    await agreement.accept("sessions", "5", date(2026, 4, 2))
    book = (await desk.ask(market.finance, BOOKS, id=encode("con", agreement.id)))["contract"]
    # 100 at 10.00 and 15 at 8.00
    assert _prices(book) == ["1120.00"] * 3
    invoice_id = await agreement.issue(HALF_YEAR, now=OVER)
    assert [line["amount_minor"] for line in await agreement.lines_of(invoice_id)] == [112_000]


async def test_tiers_of_the_whole_term_have_one_period(market: Market, desk: Desk) -> None:
    agreement = await market.agree(COURSES, SESSIONS)
    await tier(agreement, "courses", "GRADUATED", "TERM", ("10", "10"), (None, "5.005"))
    await tier(agreement, "sessions", "VOLUME", "TERM", ("10", "10"), (None, "8"))
    for key in ("courses", "sessions"):
        await agreement.accept(key, "8", date(2026, 1, 1))
        await agreement.accept(key, "5", date(2026, 12, 31))
    book = (await desk.ask(market.finance, BOOKS, id=encode("con", agreement.id)))["contract"]
    # ten at 10.00 and three at 5.005 = 115.015, half-even; 13 at 8.00
    assert [_prices(line) for line in book["lines"]] == [["115.02"] * 4, ["104.00"] * 4]


async def test_nothing_accepted_comes_to_nothing(market: Market, desk: Desk) -> None:
    agreement = await market.agree(SESSIONS)
    await tier(agreement, "sessions", "VOLUME", "TERM", ("10", "10"), (None, "8"))
    book = (await desk.ask(market.finance, BOOKS, id=encode("con", agreement.id)))["contract"]
    assert [_prices(book), _prices(book["lines"][0])] == [["0.00"] * 3, ["0.00"] * 4]


def _prices(book: dict[str, Any]) -> list[str]:
    """The price of what was accepted, from every place that has one."""
    places = [book["openBook"]["price"], book["actualBook"]["openBook"]["price"], book["prices"]["accepted"]]
    if "scopeBurn" in book:
        places.append(book["scopeBurn"]["acceptedValue"])
    return [place["amount"] for place in places]
