"""What cannot stand even in a draft: each with its code and its place, and the database as before."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import GraphQLError

from tests.catalog.shop import CREATE, PUBLISH, UPDATE, Shop, complete, level, rate


def money(amount: str, currency_code: str = "USD") -> dict[str, str]:
    return {"amount": amount, "currencyCode": currency_code}


REFUSED: dict[str, tuple[dict[str, Any], list[tuple[str, str]]]] = {
    "a long title": ({"title": "x" * 201}, [("title", "TEXT_TOO_LONG")]),
    "a long summary": ({"summary": "x" * 2001}, [("summary", "TEXT_TOO_LONG")]),
    "a country that is none": (
        {"deliveryCountries": ["US", "ZZ"]},
        [("deliveryCountries.1", "UNKNOWN_COUNTRY")],
    ),
    "a language that is none": (
        {"languages": ["en", "qx", "pt-ZZ"]},
        [("languages.1", "UNKNOWN_LANGUAGE"), ("languages.2", "UNKNOWN_LANGUAGE")],
    ),
    "a time zone that is none": ({"timeZone": "Mars/Olympus"}, [("timeZone", "UNKNOWN_TIME_ZONE")]),
    "a path for a time zone": ({"timeZone": "../etc/passwd"}, [("timeZone", "UNKNOWN_TIME_ZONE")]),
    "too many deliverables": (
        {"scope": {"deliverables": ["x"] * 51}},
        [("scope.deliverables", "LIST_TOO_LONG")],
    ),
    "a long or blank line of scope": (
        {"scope": {"exclusions": ["x" * 501, "  "], "buyerInputs": [""]}},
        [
            ("scope.exclusions.0", "TEXT_TOO_LONG"),
            ("scope.exclusions.1", "TEXT_BLANK"),
            ("scope.buyerInputs.0", "TEXT_BLANK"),
        ],
    ),
    "too many rates": (
        {"rateCard": [rate(f"rate-{at}") for at in range(101)]},
        [("rateCard", "LIST_TOO_LONG")],
    ),
    "a key twice": ({"rateCard": [rate(), rate("other"), rate()]}, [("rateCard.2.key", "DUPLICATE_KEY")]),
    "a key that is none": (
        {"rateCard": [rate("Help Desk"), rate("-a"), rate("")]},
        [("rateCard.0.key", "INVALID_KEY"), ("rateCard.1.key", "INVALID_KEY"), ("rateCard.2.key", "INVALID_KEY")],
    ),
    "a rate without a title": ({"rateCard": [rate(title=" ")]}, [("rateCard.0.title", "TEXT_BLANK")]),
    "a currency that is none": (
        {"rateCard": [rate(unitPrice=money("1", "USX"), unitCost=money("1", "USX"))]},
        [
            ("rateCard.0.unitPrice.currencyCode", "UNKNOWN_CURRENCY"),
            ("rateCard.0.unitCost.currencyCode", "UNKNOWN_CURRENCY"),
        ],
    ),
    "two currencies": (
        {"rateCard": [rate(unitCost=money("700", "MXN")), rate("other", unitPrice=money("50", "EUR"))]},
        [
            ("rateCard.0.unitCost.currencyCode", "RATE_CARD_IN_TWO_CURRENCIES"),
            ("rateCard.1.unitPrice.currencyCode", "RATE_CARD_IN_TWO_CURRENCIES"),
        ],
    ),
    "a negative price": (
        {"rateCard": [rate(unitPrice=money("-1"))]},
        [("rateCard.0.unitPrice.amount", "INVALID_AMOUNT")],
    ),
    "an absurd cost": (
        {"rateCard": [rate(unitCost=money("1000000000000"))]},
        [("rateCard.0.unitCost.amount", "INVALID_AMOUNT")],
    ),
    "seven decimals": (
        {"rateCard": [rate(unitPrice=money("0.1234567"))]},
        [("rateCard.0.unitPrice.amount", "INVALID_AMOUNT")],
    ),
    "a threshold that is missing": (
        {"serviceLevels": [level(thresholdMinutes=None)]},
        [("serviceLevels.0.thresholdMinutes", "THRESHOLD_MISSING")],
    ),
    "a threshold that is not taken": (
        {"serviceLevels": [level(metric="UPTIME")]},
        [("serviceLevels.0.thresholdMinutes", "THRESHOLD_NOT_TAKEN")],
    ),
    "a threshold that is no time": (
        {"serviceLevels": [level(thresholdMinutes=0), level(key="other", thresholdMinutes=600_000)]},
        [
            ("serviceLevels.0.thresholdMinutes", "INVALID_THRESHOLD"),
            ("serviceLevels.1.thresholdMinutes", "INVALID_THRESHOLD"),
        ],
    ),
    "a target that is no share": (
        {
            "serviceLevels": [
                level(key=f"level-{at}", targetPercent=share)
                for at, share in enumerate(["0", "-5", "100.01", "99.999", "100", "0.01"])
            ]
        },
        [(f"serviceLevels.{at}.targetPercent", "INVALID_TARGET_PERCENT") for at in range(4)],
    ),
    "a service level twice": (
        {"serviceLevels": [level(), level()]},
        [("serviceLevels.1.key", "DUPLICATE_KEY")],
    ),
    "too many service levels": (
        {"serviceLevels": [level(key=f"level-{at}") for at in range(51)]},
        [("serviceLevels", "LIST_TOO_LONG")],
    ),
    "too many languages": (
        {"languages": [f"en-Latn-x{at:04}" for at in range(101)]},
        [("languages", "LIST_TOO_LONG")],
    ),
    "two things at once": (
        {"title": "x" * 201, "rateCard": [rate("B")], "timeZone": "x"},
        [("title", "TEXT_TOO_LONG"), ("timeZone", "UNKNOWN_TIME_ZONE"), ("rateCard.0.key", "INVALID_KEY")],
    ),
}


async def test_what_cannot_stand_in_a_draft_is_refused_by_name(shop: Shop) -> None:
    offering = await shop.published(complete())
    before = await shop.counts()
    for what, (changes, refused) in REFUSED.items():
        assert await shop.refusals(CREATE, **complete(**changes)) == refused, what
        assert await shop.refusals(UPDATE, offeringId=offering, **changes) == refused, what
    assert await shop.counts() == before


UNKNOWN: list[tuple[str, object]] = [
    ("category", "GARDENING"),
    ("deepestDisclosureTier", "NAKED"),
    ("rateCard", [rate(unit="FORTNIGHT")]),
    ("rateCard", [rate(unitPrice={"amount": 5.5, "currencyCode": "USD"})]),
    ("deliveryCountries", ["us"]),
    ("serviceLevels", [level(metric="SMILES")]),
]


async def test_what_the_schema_does_not_know_never_gets_that_far(shop: Shop) -> None:
    for field, value in UNKNOWN:
        with pytest.raises(GraphQLError, match=r"^Variable '\$input' has invalid value"):
            await shop.act(CREATE, **complete(**{field: value}))
    assert await shop.counts() == [0] * 7


async def test_an_id_of_another_type_or_none_is_refused(shop: Shop) -> None:
    offering = await shop.drafted(complete())
    for made_up in ("off_", offering.replace("off_", "con_"), f"{offering}A", "1"):
        assert await shop.refusals(PUBLISH, offeringId=made_up) == [("offeringId", "INVALID_ID")]


async def test_the_largest_that_is_taken(shop: Shop) -> None:
    cost, price = money("0.000001"), money("999999999999.999999")
    largest = complete(
        title="t" * 200,
        summary="s" * 2000,
        rateCard=[rate(f"{at:063}", unitCost=cost, unitPrice=price) for at in range(100)],
        serviceLevels=[level(key=f"level-{at}") for at in range(50)],
        scope={part: ["x" * 500] * 50 for part in ("deliverables", "exclusions", "assumptions", "buyerInputs")},
    )
    offering = await shop.published(largest)
    read = "query ($id: ID!) { offering(id: $id) { rateCard { unitPrice { amount } unitCost { amount } } } }"
    rates = (await shop.ask(shop.catalog, read, id=offering))["offering"]["rateCard"]
    assert rates == [{"unitPrice": {"amount": "999999999999.999999"}, "unitCost": {"amount": "0.000001"}}] * 100
