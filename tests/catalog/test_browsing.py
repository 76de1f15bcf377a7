"""The public catalog of nine offerings: what each filter shows, in which order, with which counts."""

from __future__ import annotations

from typing import Any

import pytest

from api.reading import nearby
from core.actor import ANONYMOUS, Actor
from tests.catalog.shop import Shop, complete, rate

BROWSE = """query ($filter: OfferingFilter, $orderBy: OfferingOrder, $first: Int, $after: String) {
  offerings(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    facets { field values { value count } }
    nodes { title deliveryModels vendor { name } }
  }
}"""


def euros(key: str, amount: str) -> dict[str, Any]:
    money = {"amount": amount, "currencyCode": "EUR"}
    return rate(key, unitCost=money, unitPrice=money)


async def stock(shop: Shop) -> None:
    """Publish nine offerings, the last of them the newest, and draft a tenth."""
    front = rate("ticket", officeType="FRONT_OFFICE", unit="TICKET", unitPrice={"amount": "6", "currencyCode": "USD"})
    lakeside: list[dict[str, Any]] = [
        {"title": "Managed LMS administration", "rateCard": [rate(), front]},
        {"title": "LMS administration, managed for small guilds", "category": "LMS_ADMINISTRATION"},
        {"title": "Hosting in two regions", "category": "HOSTING", "deliveryCountries": ["US"], "languages": ["en"]},
        {
            "title": "Member help desk",
            "category": "HELP_DESK",
            "rateCard": [front],
            "deliveryCountries": ["PH", "US"],
            "summary": "Tickets answered; managed together with LMS administration when asked for.",
            "deepestDisclosureTier": "BAND",
        },
        {
            "title": "Course maintenance",
            "category": "CONTENT_MANAGEMENT",
            "deliveryCountries": ["IN"],
            "deepestDisclosureTier": "CLOSED",
        },
    ]
    rival: list[dict[str, Any]] = [
        {
            "title": "Capacitación en vivo",
            "category": "LIVE_TRAINING",
            "deliveryCountries": ["MX"],
            "languages": ["es"],
        },
        {"title": "Fachwissen Brunnenbau", "category": "SUBJECT_MATTER_EXPERTISE", "deliveryCountries": ["DE", "AT"]},
        {"title": "Rollout management", "category": "PROJECT_MANAGEMENT", "rateCard": [euros("lead", "90")]},
        {"title": "Rollout management, on site", "category": "PROJECT_MANAGEMENT", "rateCard": [euros("lead", "120")]},
    ]
    plain = {"summary": "As agreed.", "scope": {"deliverables": ["Reports"]}, "serviceLevels": []}
    for offering in lakeside:
        await shop.published(complete(**(plain | offering)))
    for offering in rival:
        await shop.published(complete(**(plain | offering)), shop.stranger)
    await shop.drafted(complete(title="Managed LMS administration, next year"))


async def titles(shop: Shop, actor: Actor = ANONYMOUS, order: str | None = None, **conditions: object) -> list[str]:
    page = (await shop.ask(actor, BROWSE, filter=conditions, orderBy=order))["offerings"]
    found = [node["title"] for node in page["nodes"]]
    assert page["totalCount"] == len(found)
    return found


async def test_browsing_the_catalog(shop: Shop) -> None:
    await stock(shop)
    await everything_by_default_the_newest_first(shop)
    await each_filter_shows_what_it_says(shop)
    await nearness_is_that_of_the_buyer(shop)
    await the_best_match_comes_first(shop)
    await facets_ignore_their_own_filter(shop)
    await pages_follow_each_other_in_every_order(shop)


async def everything_by_default_the_newest_first(shop: Shop) -> None:
    newest = [
        "Rollout management, on site",
        "Rollout management",
        "Fachwissen Brunnenbau",
        "Capacitación en vivo",
        "Course maintenance",
        "Member help desk",
        "Hosting in two regions",
        "LMS administration, managed for small guilds",
        "Managed LMS administration",
    ]
    assert await titles(shop) == newest
    assert await titles(shop, order="NEWEST") == newest
    assert await titles(shop, order="TITLE") == sorted(newest)


async def each_filter_shows_what_it_says(shop: Shop) -> None:
    managed = ["LMS administration, managed for small guilds", "Managed LMS administration"]
    rollouts = ["Rollout management, on site", "Rollout management"]
    assert await titles(shop, category=["LMS_ADMINISTRATION"]) == managed
    assert await titles(shop, category=["HOSTING", "HELP_DESK"]) == ["Member help desk", "Hosting in two regions"]
    assert await titles(shop, category=[]) == []
    assert await titles(shop, deliveryCountry=["IN", "PH"]) == ["Course maintenance", "Member help desk"]
    assert await titles(shop, language=["es"], category=["LIVE_TRAINING", "HOSTING"]) == ["Capacitación en vivo"]
    assert await titles(shop, officeType=["FRONT_OFFICE"]) == ["Member help desk", "Managed LMS administration"]
    assert await titles(shop, unit=["TICKET"]) == ["Member help desk", "Managed LMS administration"]
    assert await titles(shop, currency=["EUR"]) == rollouts
    assert await titles(shop, deepestDisclosureTier="CLOSED", category=["CONTENT_MANAGEMENT"]) == ["Course maintenance"]
    assert "Course maintenance" not in await titles(shop, deepestDisclosureTier="BAND")
    assert len(await titles(shop, deepestDisclosureTier="BAND")) == 8
    assert len(await titles(shop, deepestDisclosureTier="OPEN_BOOK")) == 7
    at_most = {"unit": "HOUR", "amount": "100", "currencyCode": "EUR"}
    assert await titles(shop, priceAtMost=at_most) == ["Rollout management"]
    assert await titles(shop, priceAtMost=at_most | {"amount": "120.00"}) == rollouts
    assert await titles(shop, priceAtMost=at_most | {"unit": "DAY"}) == []
    vendor = (await shop.ask(shop.stranger, "{ ownOfferings(first: 1) { nodes { vendor { id } } } }"))["ownOfferings"]
    rival = vendor["nodes"][0]["vendor"]["id"]
    assert len(await titles(shop, vendorId=[rival])) == 4


async def nearness_is_that_of_the_buyer(shop: Shop) -> None:
    verein = shop.member("ASSOCIATION", shop.verein, "PROCUREMENT")
    assert await titles(shop, shop.buyer, deliveryModel=["OFFSHORE"]) == [
        "Fachwissen Brunnenbau",
        "Course maintenance",
        "Member help desk",
    ]
    assert "Hosting in two regions" not in await titles(shop, shop.buyer, deliveryModel=["NEARSHORE"])
    assert len(await titles(shop, shop.buyer, deliveryModel=["ONSHORE"])) == 6
    assert await titles(shop, verein, deliveryModel=["ONSHORE", "NEARSHORE"]) == ["Fachwissen Brunnenbau"]
    expected = {
        "Managed LMS administration": (["ONSHORE", "NEARSHORE"], ["OFFSHORE"]),
        "Member help desk": (["ONSHORE", "OFFSHORE"], ["OFFSHORE"]),
        "Fachwissen Brunnenbau": (["OFFSHORE"], ["ONSHORE", "NEARSHORE"]),
        "Capacitación en vivo": (["NEARSHORE"], ["OFFSHORE"]),
    }
    for place, actor in enumerate((shop.buyer, verein)):
        nodes = (await shop.ask(actor, BROWSE))["offerings"]["nodes"]
        models = {node["title"]: node["deliveryModels"] for node in nodes}
        assert {title: models[title] for title in expected} == {title: both[place] for title, both in expected.items()}
    operator = shop.member("OPERATOR", shop.guild, "BILLING_ADMIN")
    for actor in (ANONYMOUS, shop.catalog, operator):
        nodes = (await shop.ask(actor, BROWSE))["offerings"]["nodes"]
        assert [node["deliveryModels"] for node in nodes] == [None] * 9
        assert await titles(shop, actor, deliveryModel=["ONSHORE", "NEARSHORE", "OFFSHORE"]) == []


async def the_best_match_comes_first(shop: Shop) -> None:
    managed, small = "Managed LMS administration", "LMS administration, managed for small guilds"
    desk = "Member help desk"
    for exact in (managed, "managed lms administration", "  MANAGED LMS ADMINISTRATION "):
        assert await titles(shop, search=exact) == [managed, small, desk]
    assert await titles(shop, search="answering ticket") == [desk]
    assert await titles(shop, search="manged lms adminstration") == [managed, small, desk]
    assert await titles(shop, search="hostng") == ["Hosting in two regions"]
    by_vendor = await titles(shop, search="capacitacion")
    assert (by_vendor[0], len(by_vendor)) == ("Capacitación en vivo", 4)
    assert len(await titles(shop, search="lakeside")) == 5
    assert len(await titles(shop, search="laksides learning")) == 5
    assert await titles(shop, search="rollout") == ["Rollout management", "Rollout management, on site"]
    assert await titles(shop, search="rollout", order="NEWEST") == ["Rollout management, on site", "Rollout management"]
    for nothing in (
        "gardening",
        "next year",
        "",
        "   ",
        "the",
        "'); drop table offering; --",
        "\\ & | ! ( :* <->",
        "x" * 5000,
    ):
        assert await titles(shop, search=nothing) == []


async def facets_ignore_their_own_filter(shop: Shop) -> None:
    async def counted(actor: Actor = ANONYMOUS, **conditions: object) -> dict[str, dict[str, int]]:
        page = (await shop.ask(actor, BROWSE, filter=conditions))["offerings"]
        return {facet["field"]: {v["value"]: v["count"] for v in facet["values"]} for facet in page["facets"]}

    every = await counted()
    assert every == {
        "category": {
            "LMS_ADMINISTRATION": 2,
            "PROJECT_MANAGEMENT": 2,
            "CONTENT_MANAGEMENT": 1,
            "HELP_DESK": 1,
            "HOSTING": 1,
            "LIVE_TRAINING": 1,
            "SUBJECT_MATTER_EXPERTISE": 1,
        },
        "deliveryModel": {},
        "deliveryCountry": {"MX": 5, "US": 6, "AT": 1, "DE": 1, "IN": 1, "PH": 1},
        "language": {"en": 8, "es": 8},
        "officeType": {"BACK_OFFICE": 8, "FRONT_OFFICE": 2},
        "unit": {"HOUR": 8, "TICKET": 2},
        "currency": {"USD": 7, "EUR": 2},
        "deepestDisclosureTier": {"CLOSED": 9, "BAND": 8, "OPEN_BOOK": 7},
    }
    narrowed = await counted(shop.buyer, category=["LMS_ADMINISTRATION"], language=["en"], deepestDisclosureTier="BAND")
    assert narrowed["category"] == {
        key: n for key, n in every["category"].items() if key not in {"CONTENT_MANAGEMENT", "LIVE_TRAINING"}
    }
    assert narrowed["deliveryModel"] == {"ONSHORE": 2, "NEARSHORE": 2}
    assert narrowed["deliveryCountry"] == {"MX": 2, "US": 2}
    assert narrowed["language"] == {"en": 2, "es": 2}
    assert narrowed["deepestDisclosureTier"] == {"CLOSED": 2, "BAND": 2, "OPEN_BOOK": 2}
    searched = await counted(search="rollout", currency=["USD"])
    assert searched["currency"] == {"EUR": 2}
    assert searched["category"] == {}


async def pages_follow_each_other_in_every_order(shop: Shop) -> None:
    searched = {"search": "managed lms administration"}
    for order, conditions in (("RELEVANCE", searched), ("RELEVANCE", {}), ("NEWEST", {}), ("TITLE", {})):
        whole = (await shop.ask(ANONYMOUS, BROWSE, filter=conditions, orderBy=order))["offerings"]["nodes"]
        seen, after = [], None
        for place in range(len(whole)):
            answer = await shop.ask(ANONYMOUS, BROWSE, filter=conditions, orderBy=order, first=1, after=after)
            page = answer["offerings"]
            seen += page["nodes"]
            after = page["pageInfo"]["endCursor"]
            assert page["pageInfo"]["hasNextPage"] is (place + 1 < len(whole))
        assert seen == whole


IN_PIECES = """query ($filter: OfferingFilter, $first: Int, $after: String, $last: Int, $before: String) {
  offerings(filter: $filter, orderBy: TITLE, first: $first, after: $after, last: $last, before: $before) {
    nodes { title } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}"""


async def test_a_page_is_the_same_whether_its_offerings_are_near_or_far(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stock(shop)
    monkeypatch.setattr(nearby, "LOOKED_AT", 3)
    for conditions in (
        {"language": ["es"]},
        {"language": ["en"], "unit": ["HOUR"]},
        {"deliveryCountry": ["US"], "category": ["LMS_ADMINISTRATION", "HOSTING", "HELP_DESK"]},
        {"deliveryCountry": ["AT"]},
        {"language": ["cy"]},
    ):
        wanted = await titles(shop, ANONYMOUS, "TITLE", **conditions)
        for size in (1, 2, 3, 9):
            assert await page_by_page(shop, conditions, size, forward=True) == wanted
            assert await page_by_page(shop, conditions, size, forward=False) == wanted


async def page_by_page(shop: Shop, conditions: dict[str, Any], size: int, *, forward: bool) -> list[str]:
    """Read all pages from one end to the other, and check what each says of what lies around it."""
    count, place, end = ("first", "after", "endCursor") if forward else ("last", "before", "startCursor")
    more, less = ("hasNextPage", "hasPreviousPage") if forward else ("hasPreviousPage", "hasNextPage")
    seen: list[str] = []
    cursor, left = None, True
    while left:
        answer = await shop.ask(ANONYMOUS, IN_PIECES, filter=conditions, **{count: size, place: cursor})
        page = answer["offerings"]
        shown = [node["title"] for node in page["nodes"]]
        assert page["pageInfo"][less] is (cursor is not None)
        seen = seen + shown if forward else shown + seen
        cursor, left = page["pageInfo"][end], page["pageInfo"][more]
    return seen


async def test_an_empty_catalog_has_an_empty_page(shop: Shop) -> None:
    page = (await shop.ask(ANONYMOUS, BROWSE))["offerings"]
    assert (page["totalCount"], page["nodes"]) == (0, [])
    assert [facet["values"] for facet in page["facets"]] == [[]] * 8
