"""Creating, changing, publishing, retiring and discarding: what each does to what anybody sees."""

from __future__ import annotations

import asyncio

import asyncpg
import pytest

from core.actor import ANONYMOUS
from tests.catalog.shop import CREATE, DISCARD, PUBLISH, RETIRE, UPDATE, Shop, complete, level, rate
from tests.databases import OneDatabase

WHOLE = """query ($id: ID!) { offering(id: $id) {
  status title summary category deliveryCountries languages timeZone officeTypes deepestDisclosureTier publishedAt
  scope { deliverables exclusions assumptions buyerInputs }
  serviceLevels { key metric thresholdMinutes targetPercent period }
  vendor { name }
  currentVersion { number title rateCard { key unitPrice { amount } } }
  draft { number title publishedAt rateCard {
    key title officeType unit unitPrice { amount currencyCode } unitCost { amount currencyCode } } }
} }"""


async def test_a_draft_holds_what_was_written(shop: Shop) -> None:
    second = rate("ticket", title=" Ticket ", officeType="FRONT_OFFICE", unit="TICKET")
    second["unitCost"] = {"amount": "0.012345", "currencyCode": "USD"}
    offering = await shop.drafted(complete(title="  Managed LMS administration ", rateCard=[rate(), second]))
    answer = (await shop.ask(shop.catalog, WHOLE, id=offering))["offering"]
    assert answer == {
        "status": "DRAFT",
        "title": "Managed LMS administration",
        "summary": "Accounts, enrolments, course publishing and certificates.",
        "category": "LMS_ADMINISTRATION",
        "deliveryCountries": ["MX", "US"],
        "languages": ["en", "es"],
        "timeZone": "America/Chicago",
        "officeTypes": ["BACK_OFFICE", "FRONT_OFFICE"],
        "deepestDisclosureTier": "OPEN_BOOK",
        "publishedAt": None,
        "scope": complete()["scope"],
        "serviceLevels": [level()],
        "vendor": {"name": "Lakeside Learning Services"},
        "currentVersion": None,
        "draft": {
            "number": 1,
            "title": "Managed LMS administration",
            "publishedAt": None,
            "rateCard": [
                rate(),
                second | {"title": "Ticket", "unitCost": {"amount": "0.012345", "currencyCode": "USD"}},
            ],
        },
    }


async def test_a_draft_may_say_nothing(shop: Shop) -> None:
    offering = await shop.drafted({})
    answer = (await shop.ask(shop.catalog, WHOLE, id=offering))["offering"]
    assert (answer["title"], answer["category"], answer["deepestDisclosureTier"]) == ("", None, "CLOSED")
    assert (answer["officeTypes"], answer["draft"]["rateCard"], answer["timeZone"]) == ([], [], None)


async def test_publishing_takes_what_every_offering_says_and_no_more(shop: Shop) -> None:
    offering = await shop.drafted({})
    before = await shop.counts()
    missing = await shop.refusals(PUBLISH, offeringId=offering)
    assert missing == [
        (field, "MISSING_FOR_PUBLICATION")
        for field in (
            "title",
            "summary",
            "category",
            "deliveryCountries",
            "languages",
            "scope.deliverables",
            "rateCard",
        )
    ]
    assert await shop.counts() == before
    needed = {name: complete()[name] for name in ("summary", "category", "deliveryCountries", "languages", "rateCard")}
    await shop.act(UPDATE, offeringId=offering, **needed, scope={"deliverables": ["Roster"]}, title=" ")
    assert await shop.refusals(PUBLISH, offeringId=offering) == [("title", "MISSING_FOR_PUBLICATION")]
    await shop.act(UPDATE, offeringId=offering, title="Hosting")
    payload = await shop.act(PUBLISH, offeringId=offering)
    assert payload["userErrors"] == []
    assert payload["offering"]["status"] == "PUBLISHED"


async def test_what_is_left_out_stays_and_null_empties(shop: Shop) -> None:
    offering = await shop.drafted(complete())
    await shop.act(UPDATE, offeringId=offering, timeZone=None, languages=["pt-br"], scope={"exclusions": None})
    answer = (await shop.ask(shop.catalog, WHOLE, id=offering))["offering"]
    assert (answer["timeZone"], answer["languages"], answer["category"]) == (None, ["pt-BR"], "LMS_ADMINISTRATION")
    assert answer["scope"] == complete()["scope"] | {"exclusions": []}
    assert answer["serviceLevels"] == [level()]
    await shop.act(UPDATE, offeringId=offering, scope=None, rateCard=None, serviceLevels=[], category=None)
    answer = (await shop.ask(shop.catalog, WHOLE, id=offering))["offering"]
    assert answer["scope"] == {"deliverables": [], "exclusions": [], "assumptions": [], "buyerInputs": []}
    assert (answer["draft"]["rateCard"], answer["serviceLevels"], answer["officeTypes"]) == ([], [], [])
    assert answer["category"] is None


async def test_a_published_offering_changes_when_its_draft_is_published(shop: Shop) -> None:
    offering = await shop.published(complete())
    updated = await shop.act(UPDATE, offeringId=offering, title="Managed LMS")
    assert updated["offering"]["draft"] == {"number": 2, "title": "Managed LMS"}
    answer = (await shop.ask(shop.catalog, WHOLE, id=offering))["offering"]
    assert (answer["status"], answer["title"]) == ("PUBLISHED", "Managed LMS administration")
    assert answer["currentVersion"]["number"] == 1
    assert answer["draft"]["rateCard"] == [rate()]
    changed = rate(unitPrice={"amount": "55", "currencyCode": "USD"})
    await shop.act(UPDATE, offeringId=offering, rateCard=[changed])
    first_published = answer["publishedAt"]
    assert (await shop.act(PUBLISH, offeringId=offering))["offering"]["currentVersion"]["number"] == 2
    answer = (await shop.ask(ANONYMOUS, WHOLE, id=offering))["offering"]
    assert (answer["title"], answer["draft"], answer["publishedAt"]) == ("Managed LMS", None, first_published)
    assert answer["currentVersion"]["rateCard"] == [{"key": "administrator", "unitPrice": {"amount": "55.00"}}]
    listed = await shop.rows.fetch("select title, version_number from catalog_listing")
    assert [tuple(row) for row in listed] == [("Managed LMS", 2)]
    assert await shop.rows.fetchval("select count(*) from rate_card_cost") == 2


async def test_there_is_nothing_to_publish_twice(shop: Shop) -> None:
    offering = await shop.published(complete())
    assert await shop.refusals(PUBLISH, offeringId=offering) == [("offeringId", "NOTHING_TO_PUBLISH")]


async def test_publishing_twenty_times_at_once_makes_one_version(shop: Shop) -> None:
    offering = await shop.drafted(complete())
    payloads = await asyncio.gather(*(shop.act(PUBLISH, offeringId=offering) for _ in range(20)))
    codes = [error["code"] for payload in payloads for error in payload["userErrors"]]
    assert codes == ["NOTHING_TO_PUBLISH"] * 19
    assert await shop.rows.fetchval("select count(*) from offering_version") == 1
    assert await shop.rows.fetchval("select count(*) from audit_event where type = 'OFFERING_PUBLISHED'") == 1
    assert await shop.rows.fetchval("select count(*) from catalog_listing") == 1


async def test_editing_and_publishing_at_once_never_changes_what_is_published(shop: Shop) -> None:
    offering = await shop.drafted(complete())
    edits = [shop.act(UPDATE, offeringId=offering, rateCard=[rate(f"rate-{at}")]) for at in range(6)]
    publications = [shop.act(PUBLISH, offeringId=offering) for _ in range(3)]
    await asyncio.gather(*edits, *publications)
    cards = await shop.rows.fetch(
        "select v.id, count(e.key) as rates, count(c.key) as costs from offering_version v"
        " left join rate_card_entry e on e.version_id = v.id"
        " left join rate_card_cost c on c.version_id = v.id and c.key = e.key group by v.id"
    )
    assert {(row["rates"], row["costs"]) for row in cards} == {(1, 1)}


async def test_retiring_takes_the_listing_and_leaves_the_version(shop: Shop) -> None:
    offering = await shop.published(complete())
    await shop.act(UPDATE, offeringId=offering, title="Never to be")
    payload = await shop.act(RETIRE, offeringId=offering, reason="No more staff")
    assert payload["offering"]["status"] == "RETIRED"
    assert payload["offering"]["retiredAt"] is not None
    answer = (await shop.ask(ANONYMOUS, WHOLE, id=offering))["offering"]
    assert (answer["title"], answer["currentVersion"]["number"]) == ("Managed LMS administration", 1)
    assert (await shop.ask(ANONYMOUS, "{ offerings { totalCount } }"))["offerings"] == {"totalCount": 0}
    own = "{ ownOfferings(filter: {status: [RETIRED]}) { nodes { title draft { id } } } }"
    assert (await shop.ask(shop.catalog, own))["ownOfferings"]["nodes"] == [
        {"title": "Managed LMS administration", "draft": None}
    ]
    events = await shop.rows.fetch("select before, after, reason from audit_event where type = 'OFFERING_RETIRED'")
    assert tuple(events[0]) == ('{"status": "PUBLISHED"}', '{"status": "RETIRED"}', "No more staff")
    for document in (UPDATE, PUBLISH, RETIRE, DISCARD):
        assert await shop.refusals(document, offeringId=offering) == [("offeringId", "OFFERING_RETIRED")]


async def test_a_draft_cannot_be_retired(shop: Shop) -> None:
    offering = await shop.drafted(complete())
    assert await shop.refusals(RETIRE, offeringId=offering) == [("offeringId", "OFFERING_NOT_PUBLISHED")]
    published = await shop.published(complete())
    too_long = await shop.refusals(RETIRE, offeringId=published, reason="x" * 1001)
    assert too_long == [("reason", "TEXT_TOO_LONG")]


async def test_a_discarded_draft_leaves_what_was_published(shop: Shop) -> None:
    offering = await shop.published(complete())
    assert await shop.refusals(DISCARD, offeringId=offering) == [("offeringId", "NOTHING_TO_DISCARD")]
    before = await shop.counts()
    await shop.act(UPDATE, offeringId=offering, title="Second thoughts")
    payload = await shop.act(DISCARD, offeringId=offering)
    assert payload["offering"] == {"id": offering, "title": "Managed LMS administration", "draft": None}
    assert (await shop.counts())[:-1] == before[:-1]


async def test_an_offering_that_was_never_published_goes_with_its_draft(shop: Shop) -> None:
    offering = await shop.drafted(complete())
    payload = await shop.act(DISCARD, offeringId=offering)
    assert payload == {"offering": None, "userErrors": []}
    assert (await shop.counts())[:-1] == [0] * 6
    assert await shop.refusals(PUBLISH, offeringId=offering) == [("offeringId", "NOT_FOUND")]


async def test_each_act_is_one_event_without_a_cost(shop: Shop) -> None:
    offering = await shop.published(complete())
    await shop.act(UPDATE, offeringId=offering, title="Managed LMS", rateCard=[rate()])
    events = await shop.rows.fetch("select type, before, after, actor_name from audit_event order by id")
    assert [tuple(event) for event in events] == [
        ("OFFERING_CREATED", "{}", '{"title": "Managed LMS administration", "version": 1}', "Ada"),
        ("OFFERING_PUBLISHED", '{"status": "DRAFT"}', '{"status": "PUBLISHED", "version": 1}', "Ada"),
        ("OFFERING_UPDATED", "{}", '{"changed": ["rate_card", "title"]}', "Ada"),
    ]


FROZEN = (
    "update offering_version set title = 'Else'",
    "update offering_version set published_at = null",
    "delete from offering_version",
    "update rate_card_entry set unit_price = 1",
    "update rate_card_entry set published = false",
    "delete from rate_card_entry",
    "insert into service_level select version_id, vendor_id, 'uptime', 9, 'UPTIME', null, 1, period from service_level",
    "update rate_card_cost set unit_cost = 1",
    "delete from rate_card_cost",
    "update service_level set target_percent = 1",
    "delete from service_level",
)


async def test_the_database_keeps_a_published_version_as_it_is(shop: Shop) -> None:
    await shop.published(complete())
    for statement in FROZEN:
        with pytest.raises(asyncpg.PostgresError, match="a published version is frozen"):
            await shop.rows.execute(statement)


async def test_a_rate_written_while_its_version_is_published_comes_too_late(shop: Shop, database: OneDatabase) -> None:
    await shop.drafted(complete(serviceLevels=[]))
    late = await asyncpg.connect(database.superuser_url)
    try:
        async with shop.rows.transaction():
            await shop.rows.execute("update offering_version set published_at = now()")
            writing = asyncio.create_task(late.execute("update rate_card_cost set unit_cost = 1"))
            await asyncio.sleep(0.2)
            assert not writing.done()
        with pytest.raises(asyncpg.RestrictViolationError):
            await writing
    finally:
        await late.close()
    assert str(await shop.rows.fetchval("select unit_cost from rate_card_cost")) == "38.000000"


async def test_unknown_roles_and_members_write_nothing(shop: Shop) -> None:
    offering = await shop.published(complete())
    before = await shop.counts()
    finance = shop.member("VENDOR", shop.lakeside, "FINANCE", "SIGNATORY", "DELIVERY")
    for document, given in (
        (CREATE, complete()),
        (UPDATE, {"offeringId": offering, "title": "Mine"}),
        (PUBLISH, {"offeringId": offering}),
        (RETIRE, {"offeringId": offering}),
        (DISCARD, {"offeringId": offering}),
    ):
        assert await shop.refusals(document, ANONYMOUS, **given) == [(None, "UNAUTHENTICATED")]
        for actor in (finance, shop.buyer, shop.member("OPERATOR", shop.guild, "OWNER")):
            assert await shop.refusals(document, actor, **given) == [(None, "FORBIDDEN")]
        if document is not CREATE:
            assert await shop.refusals(document, shop.stranger, **given) == [("offeringId", "NOT_FOUND")]
    assert await shop.counts() == before
