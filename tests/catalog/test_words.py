"""The catalog's own words: they come and go with its listings, and what is typed is spelled as they are."""

from __future__ import annotations

import asyncio
from pathlib import Path

import asyncpg
import pytest

from cli.migrating import migrate
from tests.catalog.shop import RETIRE, UPDATE, Shop, complete
from tests.databases import OneDatabase, Server

STRAY = """
select word from catalog_word w
where not exists (select from catalog_listing l
    where l.id = w.listing_id and w.word = any (tsvector_to_array(l.search)))
"""
UNKNOWN = "select unnest(tsvector_to_array(search)) from catalog_listing except select word from catalog_word"
FOUND = """query ($search: String) {
  offerings(filter: { search: $search }) { totalCount nodes { title } facets { field values { value count } } }
}"""
SEARCH_BEFORE = """
select title from catalog_listing
where search @@ (select app.search_query($1)) or names %> $1 order by title
"""


async def words(shop: Shop) -> set[str]:
    """Every word of the catalog, each of which a listing has, as every listing has its words there."""
    assert await shop.rows.fetch(STRAY) == []
    assert await shop.rows.fetch(UNKNOWN) == []
    return {row["word"] for row in await shop.rows.fetch("select word from catalog_word")}


async def found(shop: Shop, search: str) -> list[str]:
    answer = (await shop.ask(shop.buyer, FOUND, search=search))["offerings"]
    assert answer["totalCount"] == len(answer["nodes"])
    return [node["title"] for node in answer["nodes"]]


async def published(shop: Shop, title: str, **others: object) -> str:
    scope = {"deliverables": ["Reports"]}
    return await shop.published(complete(**{"title": title, "summary": "As agreed.", "scope": scope} | others))


async def test_words_come_and_go_with_the_listings_that_have_them(shop: Shop) -> None:
    assert await words(shop) == set()
    first = await published(shop, "Roster keeping")
    alone = await words(shop)
    assert {"roster", "keeping", "keep", "report", "lakeside", "agre"} <= alone
    second = await published(shop, "Roster auditing")
    assert await words(shop) == alone | {"auditing", "audit"}
    retired = await shop.act(RETIRE, offeringId=first, reason=None)
    assert retired["userErrors"] == []
    assert await words(shop) == (alone | {"auditing", "audit"}) - {"keeping", "keep"}
    await shop.act(UPDATE, offeringId=second, title="Roster keeping")
    assert "keeping" not in await words(shop)
    await published(shop, "Exams")
    await shop.act(RETIRE, offeringId=second, reason=None)
    assert "roster" not in await words(shop)


async def test_what_is_published_at_the_same_time_brings_its_words_once(shop: Shop) -> None:
    titles = [f"{one} {other} zymurgy" for one in ("alpha", "omega") for other in ("beta", "gamma", "delta")]
    drafts = [await shop.drafted(complete(title=title)) for title in titles]
    publish = "mutation ($input: PublishOfferingInput!) { publishOffering(input: $input) { userErrors { code } } }"
    payloads = await asyncio.gather(*(shop.act(publish, offeringId=draft) for draft in drafts))
    assert payloads == [{"userErrors": []}] * 6
    assert {"alpha", "omega", "beta", "gamma", "delta", "zymurgy"} <= await words(shop)
    assert sorted(await found(shop, "zymurgi")) == sorted(titles)


async def test_a_word_that_nobody_has_stands_for_the_nearest_that_somebody_has(shop: Shop) -> None:
    video, audio, audit = "Video library", "Audio library", "Audit of libraries"
    for title in (video, audio, audit):
        await published(shop, title)
    assert await found(shop, "vidoe") == [video]
    assert await found(shop, "videos libary") == [video]
    # somebody's own word is no typo of another
    assert await found(shop, "audio") == [audio]
    assert await found(shop, "audit") == [audit]
    # the beginning of a word is worth more than what looks like it
    assert await found(shop, "libr") == [audio, video, audit]
    assert await found(shop, "au") == []
    # every word counts, and what nobody has is overlooked only beside twice as much that somebody has
    assert await found(shop, "audit libraries") == [audit]
    assert await found(shop, "video qqqq") == []
    assert await found(shop, "video library qqqq") == [video]
    assert await found(shop, "the video of the library") == [video]
    assert await found(shop, "of") == [audit]


@pytest.mark.parametrize(
    "search",
    [
        "' | 'x",
        "library:*",
        "library & !video",
        "\\' OR true --",
        "video <-> library:A",
        "{}[]()\"'`%_",
        "\t\n",
        "\ufb03 \u0301 \u202e",
    ],
)
async def test_what_means_something_to_postgresql_is_but_words(shop: Shop, search: str) -> None:
    await published(shop, "Video library")
    wanted = [] if {"video", "library"}.isdisjoint(search.replace(":", " ").split()) else ["Video library"]
    assert await found(shop, search) == wanted


async def test_as_many_words_as_fit_are_all_looked_for(shop: Shop) -> None:
    await published(shop, "Video library")
    assert await found(shop, " ".join(f"{chr(97 + at % 26)}{at}" for at in range(70))) == []
    assert await found(shop, "video " * 33) == ["Video library"]


def test_a_catalog_of_before_is_searched_by_its_words_and_the_code_of_before_by_its_names(
    postgres: Server, tmp_path: Path
) -> None:
    with postgres.clone() as database:
        settings = database.settings(tmp_path)
        migrate(settings, down_to="0010")
        asyncio.run(listed(database, "Member help desk"))
        migrate(settings)
        assert asyncio.run(
            titles(database, "select title from catalog_listing where search @@ app.catalog_query($1)")
        ) == ["Member help desk"]
        assert asyncio.run(titles(database, SEARCH_BEFORE)) == ["Member help desk"]
        migrate(settings, down_to="0010")
        assert asyncio.run(titles(database, SEARCH_BEFORE)) == ["Member help desk"]


async def listed(database: OneDatabase, title: str) -> None:
    rows = await asyncpg.connect(database.superuser_url)
    await rows.execute("set session_replication_role = replica")
    await rows.execute(
        """
        insert into catalog_listing (id, vendor_id, vendor_name, version_id, version_number, title, summary, category,
            delivery_countries, languages, office_types, deepest_disclosure_tier, deliverables, exclusions, assumptions,
            buyer_inputs, units, currency_code, lowest_unit_prices, published_at, search)
        values (uuidv7(), uuidv7(), 'Lakeside', uuidv7(), 1, $1, '', 'HELP_DESK', '{US}', '{en}', '{}', 'BAND', '{}',
            '{}', '{}', '{}', '{HOUR}', 'USD', '{}', now(), to_tsvector('simple', $1) || to_tsvector('english', $1))
        """,
        title,
    )
    await rows.close()


async def titles(database: OneDatabase, statement: str) -> list[str]:
    rows = await asyncpg.connect(
        database.app_url, server_settings={"pg_trgm.word_similarity_threshold": "0.5", "search_path": "public, app"}
    )
    try:
        return [row["title"] for row in await rows.fetch(statement, "membr hlp desk")]
    finally:
        await rows.close()
