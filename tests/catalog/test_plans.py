"""On 20,000 listings: what browsing and searching read is found by index, with values and without."""

from __future__ import annotations

import json
from typing import Any

import pytest

from core.actor import ANONYMOUS
from tests.catalog.shop import PLANS, Shop

STOCK = """
insert into catalog_listing (id, vendor_id, vendor_name, version_id, version_number, title, summary, category,
    delivery_countries, languages, office_types, deepest_disclosure_tier, deliverables, exclusions, assumptions,
    buyer_inputs, units, currency_code, lowest_unit_prices, published_at, search)
select uuidv7(), uuidv7(), 'Vendor ' || n % 400, uuidv7(), 1, title, title,
    (array['HOSTING', 'LMS_ADMINISTRATION', 'HELP_DESK', 'LIVE_TRAINING'])[1 + n % 4],
    array[(array['US', 'MX', 'DE', 'IN', 'PH'])[1 + n % 5]], array[case when n % 200 = 0 then 'cy' else 'en' end],
    '{BACK_OFFICE}', 'BAND', '{}', '{}', '{}', '{}', '{HOUR}', 'USD', '{"HOUR": 50}',
    timestamptz '2026-01-01' + n * interval '1 minute',
    to_tsvector('simple', title) || to_tsvector('english', title)
from generate_series(1, 20000) n
cross join lateral (select md5(n::text) || ' service ' || md5((n % 700)::text) as title)
"""

PAGE = """query ($filter: OfferingFilter, $orderBy: OfferingOrder) {
  offerings(filter: $filter, orderBy: $orderBy, first: 20) { nodes { id title } }
}"""


async def indexes(shop: Shop, document: str, **variables: object) -> list[set[str]]:
    """Which indexes of the listing a read uses: planned with its values, and once for all values."""
    reading = PLANS.reading(PLANS.ask(document, None, variables), ANONYMOUS)
    assert reading is not None
    async with shop.app.reading(ANONYMOUS) as connection:
        custom = await connection.fetchval(f"explain (format json) {reading.sql}", *reading.values)
        nulls = ", ".join("null" for _ in reading.values)
        await connection.execute(f"set plan_cache_mode = force_generic_plan; prepare reading as {reading.sql}")
        generic = await connection.fetchval(f"explain (format json) execute reading ({nulls})")
        await connection.execute("reset plan_cache_mode; deallocate reading")
    return [set(_indexes(json.loads(plan))) for plan in (custom, generic)]


def _indexes(plan: Any) -> list[str]:  # noqa: ANN401
    inner = plan if isinstance(plan, list) else list(plan.values()) if isinstance(plan, dict) else []
    found = [name for item in inner for name in _indexes(item)]
    return [*found, plan["Index Name"]] if isinstance(plan, dict) and "Index Name" in plan else found


@pytest.fixture
async def stocked(shop: Shop) -> Shop:
    await shop.rows.execute("set session_replication_role = replica")
    await shop.rows.execute(STOCK)
    await shop.rows.execute("vacuum analyze catalog_listing")
    return shop


async def test_browsing_and_searching_use_their_indexes(stocked: Shop) -> None:
    search = {"catalog_listing_search"}
    assert await indexes(stocked, PAGE, filter={"search": "c4ca4238a0b923820dcc509a6f75849b"}) == [search, search]
    assert await indexes(stocked, PAGE, filter={"search": "c4ca4238a0b92382xdcc"}) == [search, search]
    assert await indexes(stocked, PAGE) == [{"catalog_listing_newest"}] * 2
    assert await indexes(stocked, PAGE, orderBy="TITLE") == [{"catalog_listing_title"}] * 2
    near_or_far = {"catalog_listing_newest", "catalog_listing_languages"}
    assert await indexes(stocked, PAGE, filter={"language": ["cy"]}) == [near_or_far] * 2
    (category, _) = await indexes(stocked, PAGE, filter={"category": ["HOSTING"]})
    assert category <= {"catalog_listing_newest", "catalog_listing_category"}
