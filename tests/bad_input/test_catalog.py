from __future__ import annotations

import pytest

from tests.bad_input.clerk import USD, Clerk

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_an_unknown_category(clerk: Clerk) -> None:
    query = "mutation($input: CreateOfferingInput!) { createOffering(input: $input) { offering { id } } }"
    answer = await clerk.send("vendor.catalog", query, {"input": clerk.offering(category="CATERING")})
    assert await clerk.errors(answer) == ["BAD_USER_INPUT"]
    assert "'$input' has invalid value at .category" in answer.text


async def test_an_unknown_category_in_a_filter(clerk: Clerk) -> None:
    query = "query($filter: OfferingFilter) { offerings(filter: $filter) { totalCount } }"
    answer = await clerk.send("nobody", query, {"filter": {"category": ["CATERING"]}})
    assert await clerk.errors(answer) == ["BAD_USER_INPUT"]
    assert "'$filter' has invalid value at .category[0]" in answer.text


@pytest.mark.parametrize("amount", ["-0.01", "1000000000000", "40.0000001"])
async def test_a_unit_price_that_is_none(clerk: Clerk, amount: str) -> None:
    rate = clerk.rate(unitPrice={"amount": amount, **USD})
    told = await clerk.refusals("vendor.catalog", "createOffering", clerk.offering(rateCard=[rate]))
    assert told == [("INVALID_AMOUNT", "rateCard.0.unitPrice.amount")]


async def test_a_currency_that_is_none(clerk: Clerk) -> None:
    strange = {"amount": "40", "currencyCode": "ZZZ"}
    rate = clerk.rate(unitPrice=strange, unitCost=strange)
    told = await clerk.refusals("vendor.catalog", "createOffering", clerk.offering(rateCard=[rate]))
    assert told == [
        ("UNKNOWN_CURRENCY", "rateCard.0.unitPrice.currencyCode"),
        ("UNKNOWN_CURRENCY", "rateCard.0.unitCost.currencyCode"),
    ]


async def test_two_currencies_in_one_rate_card(clerk: Clerk) -> None:
    rates = [clerk.rate(), clerk.rate(key="day", unitPrice={"amount": "300", "currencyCode": "EUR"})]
    told = await clerk.refusals("vendor.catalog", "createOffering", clerk.offering(rateCard=rates))
    assert told == [("RATE_CARD_IN_TWO_CURRENCIES", "rateCard.1.unitPrice.currencyCode")]


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"deliveryCountries": ["ZZ"]}, "UNKNOWN_COUNTRY", "deliveryCountries.0"),
        ({"languages": ["xx"]}, "UNKNOWN_LANGUAGE", "languages.0"),
        ({"timeZone": "America/Atlantis"}, "UNKNOWN_TIME_ZONE", "timeZone"),
        ({"title": "x" * 201}, "TEXT_TOO_LONG", "title"),
    ],
)
async def test_a_place_a_language_or_a_text_that_is_none(
    clerk: Clerk, changed: dict[str, object], code: str, field: str
) -> None:
    assert await clerk.refusals("vendor.catalog", "createOffering", clerk.offering(**changed)) == [(code, field)]


async def test_a_price_that_is_a_float(clerk: Clerk) -> None:
    rate = clerk.rate(unitPrice={"amount": 40.5, **USD})
    query = "mutation($input: CreateOfferingInput!) { createOffering(input: $input) { offering { id } } }"
    answer = await clerk.send("vendor.catalog", query, {"input": clerk.offering(rateCard=[rate])})
    assert await clerk.errors(answer) == ["BAD_USER_INPUT"]
    assert "'$input' has invalid value at .rateCard[0].unitPrice.amount" in answer.text
