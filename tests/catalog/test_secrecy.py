"""Nobody but the vendor sees a draft, and nobody but its OWNER, FINANCE and CATALOG_MANAGER a cost, by any path."""

from __future__ import annotations

import asyncpg
import pytest

from core.actor import Actor
from tests.catalog.shop import DISCARD, PUBLISH, RETIRE, UPDATE, Shop, complete, rate

SECRET = "Secret title"
COST = "38.00"

CONTENT = "title rateCard { key unitPrice { amount } unitCost { amount currencyCode } }"
EVERYTHING = f"id {CONTENT} currentVersion {{ id {CONTENT} }} draft {{ id {CONTENT} }}"
WAYS = (
    f"offering(id: $off) {{ {EVERYTHING} }}",
    f"node(id: $off) {{ ... on Offering {{ {EVERYTHING} }} }}",
    f"nodes(ids: [$off]) {{ ... on Offering {{ {EVERYTHING} }} }}",
    f"nodes(ids: [$ofv]) {{ ... on OfferingVersion {{ {CONTENT} offering {{ {EVERYTHING} }} }} }}",
    f"node(id: $ofv) {{ ... on OfferingVersion {{ {CONTENT} }} }}",
    f"offerings(first: 100) {{ nodes {{ {EVERYTHING} }} }}",
    f'offerings(filter: {{search: "{SECRET}"}}) {{ totalCount nodes {{ title }} }}',
    f"ownOfferings(first: 100) {{ totalCount nodes {{ {EVERYTHING} }} }}",
)
"""Ways to an offering, a version and their rates; all are given the ids."""

IDS = "query ($id: ID!) { offering(id: $id) { draft { id } currentVersion { id } } }"


async def told(shop: Shop, actor: Actor, offering: str, version: str) -> str:
    """Everything that these ways answer to one reader."""
    answers = []
    for way in WAYS:
        given = {name: value for name, value in (("off", offering), ("ofv", version)) if f"${name}" in way}
        declared = ", ".join(f"${name}: ID!" for name in given)
        document = f"query ({declared}) {{ {way} }}" if given else f"{{ {way} }}"
        answers.append(str(await shop.ask(actor, document, **given)))
    return "\n".join(answers)


async def test_a_draft_is_seen_by_its_vendor_alone(shop: Shop) -> None:
    drafted = await shop.drafted(complete(title=SECRET))
    published = await shop.published(complete(title="Public title"))
    await shop.act(UPDATE, offeringId=published, title=SECRET)
    for offering in (drafted, published):
        ids = (await shop.ask(shop.catalog, IDS, id=offering))["offering"]
        draft = ids["draft"]["id"]
        assert SECRET in await told(shop, shop.catalog, offering, draft)
        for actor in shop.everybody_else:
            seen = await told(shop, actor, offering, draft)
            assert SECRET not in seen
            assert draft not in seen
            assert ("Public title" in seen) is True
    assert (await shop.ask(shop.stranger, "{ ownOfferings { totalCount } }"))["ownOfferings"]["totalCount"] == 0


async def test_a_cost_is_seen_by_three_roles_of_its_vendor(shop: Shop) -> None:
    offering = await shop.published(complete())
    ids = (await shop.ask(shop.catalog, IDS, id=offering))["offering"]
    version = ids["currentVersion"]["id"]
    for role in ("OWNER", "FINANCE", "CATALOG_MANAGER"):
        assert COST in await told(shop, shop.member("VENDOR", shop.lakeside, role), offering, version)
    for role in ("SIGNATORY", "DELIVERY", "LMS_ADMINISTRATOR", "AUDITOR"):
        colleague = shop.member("VENDOR", shop.lakeside, role)
        seen = await told(shop, colleague, offering, version)
        assert COST not in seen
        assert "52.00" in seen
    impostor = shop.member("ASSOCIATION", shop.lakeside, "OWNER", "FINANCE", "CATALOG_MANAGER")
    for actor in (*shop.everybody_else, impostor):
        seen = await told(shop, actor, offering, version)
        assert COST not in seen
        assert "'unitCost': None" in seen
        assert "52.00" in seen


async def test_the_database_keeps_what_the_code_would_let_slip(shop: Shop) -> None:
    await shop.published(complete())
    await shop.drafted(complete(title=SECRET, rateCard=[rate("other")]))
    for actor in shop.everybody_else:
        async with shop.app.reading(actor) as connection:
            assert await connection.fetchval("select count(*) from rate_card_cost") == 0
            assert await connection.fetchval("select count(*) from offering") == 1
            assert await connection.fetchval("select count(*) from offering_version") == 1
            assert await connection.fetchval("select string_agg(key, ',') from rate_card_entry") == "administrator"
            assert await connection.fetchval("select count(*) from service_level") == 1
            for statement in (
                "insert into offering select uuidv7(), vendor_id, 'DRAFT', null, null, now() from offering",
                "update offering set retired_at = null",
                "insert into catalog_listing select * from catalog_listing",
                "delete from catalog_listing",
            ):
                with pytest.raises(asyncpg.PostgresError):
                    await connection.execute(statement)
            # the pool reads, and nothing else: what is left is what row-level security keeps
            await connection.execute("set default_transaction_read_only = off")
            assert await connection.execute("delete from offering") == "DELETE 0"
            await connection.execute("select app.list_offering(id) from offering")
    assert await shop.rows.fetchval("select count(*) from catalog_listing") == 1


async def test_what_is_unseen_and_what_is_not_there_answer_the_same(shop: Shop) -> None:
    drafted = await shop.drafted(complete())
    nowhere = (await shop.drafted({}))[:-2] + "AA"
    read = "query ($id: ID!) { offering(id: $id) { id } node(id: $id) { id } }"
    for actor in shop.everybody_else:
        hidden = await shop.ask(actor, read, id=drafted)
        assert hidden == await shop.ask(actor, read, id=nowhere) == {"offering": None, "node": None}
    for document in (UPDATE, PUBLISH, RETIRE, DISCARD):
        hidden_refusals = await shop.refusals(document, shop.stranger, offeringId=drafted)
        assert hidden_refusals == await shop.refusals(document, shop.stranger, offeringId=nowhere)
