"""The pictures of the open book: to whom they show what, in whose numbers, and how a cache may keep them."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET  # our own SVG is parsed, nobody else's

import pytest

from core.actor import ANONYMOUS, Actor
from core.ids import encode
from tests.billing.desk import Desk
from tests.billing.market import ADMIN, CUTOVER, FEBRUARY, MARCH, TICKETS, Agreement, Market
from tests.billing.open_book.costs import enter

if TYPE_CHECKING:
    import httpx2

SVG = "{http://www.w3.org/2000/svg}"


async def journey(market: Market, **terms: Any) -> Agreement:  # noqa: ANN401  (the columns of a contract)
    agreement = await market.agree(ADMIN, TICKETS, CUTOVER, **terms)
    await agreement.accept("admin", "10", date(2026, 2, 3))
    await agreement.accept("tickets", "100", date(2026, 2, 28))
    await agreement.accept("cutover", "1", date(2026, 2, 27))
    await agreement.issue(FEBRUARY)
    await agreement.accept("admin", "20", date(2026, 3, 3))
    await agreement.issue(MARCH)
    return agreement


async def picture(desk: Desk, actor: Actor, path: str, **headers: str) -> httpx2.Response:
    return await desk.get(actor, path, **headers)


def words(answer: httpx2.Response) -> str:
    """All that a picture says, in its order."""
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "image/svg+xml"
    root = ET.fromstring(answer.text)  # noqa: S314  (our own)
    assert root.attrib["role"] == "img"
    assert [root[0].tag, root[1].tag] == [f"{SVG}title", f"{SVG}desc"]
    return " | ".join(element.text or "" for element in root.iter() if element.tag != f"{SVG}style")


async def test_a_waterfall_tells_price_cost_and_margin(market: Market, desk: Desk) -> None:
    agreement = await journey(market)
    told = words(await picture(desk, market.finance, f"/charts/open-book/{encode('con', agreement.id)}.svg"))
    for part in ("6,210.00", "− 4,450.00", "= 1,760.00", "− 186.30", "= 1,573.70", "28.34 % of price"):  # noqa: RUF001
        assert part in told, told
    assert "LMS administration | Price 6,210.00, less standard cost 4,450.00" in told


async def test_a_waterfall_on_actual_cost_says_so(market: Market, desk: Desk) -> None:
    agreement = await journey(market)
    await enter(desk, agreement, "admin", "400.00")
    path = f"/charts/open-book/{encode('con', agreement.id)}.svg?basis=ACTUAL"
    told = words(await picture(desk, market.finance, path))
    assert "partly actual cost" in told
    assert "− 4,470.00" in told  # noqa: RUF001


@pytest.mark.parametrize(
    ("tier", "reader", "said"),
    [
        ("BAND", "finance", "The agreed band is 10 % to 35 % of the price. | The gross margin lies within the band."),
        ("CLOSED", "finance", "The tier of the contract opens nothing beyond the price."),
        ("OPEN_BOOK", "acceptor", "Your role does not read cost."),
    ],
)
async def test_what_is_not_open_is_said_and_not_drawn(
    market: Market, desk: Desk, tier: str, reader: str, said: str
) -> None:
    agreement = await journey(market, disclosure_tier=tier)
    public_id = encode("con", agreement.id)
    for chart in ("open-book", "margin"):
        told = words(await picture(desk, getattr(market, reader), f"/charts/{chart}/{public_id}.svg"))
        if chart == "open-book":
            assert said in told
        for secret in ("4,450", "1,760", "186.30", "1,573", "28.34", "25.34"):
            assert secret not in told, told


async def test_the_margin_by_month_lies_against_its_band(market: Market, desk: Desk) -> None:
    agreement = await journey(market)
    told = words(await picture(desk, market.finance, f"/charts/margin/{encode('con', agreement.id)}.svg"))
    assert "from 28.63 % in Feb 2026 to 26.92 % in Mar 2026" in told
    assert "The agreed band is 10 % to 35 %; 0 of 2 months lie outside it." in told


@pytest.mark.parametrize("reader", ["stranger", "nobody"])
async def test_strangers_and_missing_books_answer_the_same(market: Market, desk: Desk, reader: str) -> None:
    agreement = await journey(market)
    asking = ANONYMOUS if reader == "nobody" else market.stranger
    for public_id in (encode("con", agreement.id), "con_nothing", "xyz"):
        for chart in ("open-book", "margin"):
            answer = await picture(desk, asking, f"/charts/{chart}/{public_id}.svg")
            assert (answer.status_code, "svg" in answer.text) == (404, False)


async def test_a_picture_is_private_and_revalidated_and_speaks_the_readers_numbers(market: Market, desk: Desk) -> None:
    agreement = await journey(market)
    path = f"/charts/open-book/{encode('con', agreement.id)}.svg"
    first = await picture(desk, market.finance, path)
    assert first.headers["cache-control"] == "private, no-cache"
    again = await picture(desk, market.finance, path, **{"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    german = words(await picture(desk, market.finance, path, **{"accept-language": "de-DE,de;q=0.9"}))
    assert "6.210,00" in german


async def test_a_title_cannot_write_markup(market: Market, desk: Desk) -> None:
    agreement = await journey(market, title='<script>alert(1)</script> & "more"')
    answer = await picture(desk, market.finance, f"/charts/open-book/{encode('con', agreement.id)}.svg")
    assert "<script" not in answer.text
    assert re.search(r"&lt;script&gt;alert", answer.text)


@pytest.mark.parametrize(("currency", "written"), [("JPY", "520"), ("KWD", "520.000")])
async def test_amounts_have_the_digits_of_their_currency(
    market: Market, desk: Desk, currency: str, written: str
) -> None:
    agreement = await market.agree(ADMIN, currency_code=currency)
    await agreement.accept("admin", "10", date(2026, 2, 3))
    told = words(await picture(desk, market.finance, f"/charts/open-book/{encode('con', agreement.id)}.svg"))
    assert f"Price {written}, less" in told
