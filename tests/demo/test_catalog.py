"""The demo's catalog is worth browsing, stays out of the journey's way, and is written once."""

from __future__ import annotations

from collections import Counter

import asyncpg
import httpx2
import pytest

from core.settings import Settings
from demo.seats import SEATS, token
from demo.seed import seed_marketplace

BROWSE = """query ($search: String) {
  offerings(filter: {search: $search}, first: 50) {
    totalCount
    edges { node { title category vendor { name } rateCard { unitPrice { currencyCode } } } }
  }
}"""
RETIRE = "mutation ($id: ID!) { retireOffering(input: {offeringId: $id}) { userErrors { code } } }"


@pytest.fixture
async def http(client: httpx2.AsyncClient, settings: Settings) -> httpx2.AsyncClient:
    await seed_marketplace(settings)
    return client


async def ask(http: httpx2.AsyncClient, query: str, bearer: str | None = None, **variables: str) -> dict[str, object]:
    headers = {"authorization": f"Bearer {bearer}"} if bearer else {}
    answer = (await http.post("/graphql", json={"query": query, "variables": variables}, headers=headers)).json()
    assert "errors" not in answer
    data: dict[str, object] = answer["data"]
    return data


async def test_all_seven_categories_by_two_vendors(http: httpx2.AsyncClient) -> None:
    found = (await ask(http, BROWSE))["offerings"]
    assert isinstance(found, dict)
    nodes = [edge["node"] for edge in found["edges"]]
    assert Counter(node["category"] for node in nodes) == {
        "HOSTING": 1,
        "LMS_ADMINISTRATION": 1,
        "HELP_DESK": 1,
        "CONTENT_MANAGEMENT": 2,
        "PROJECT_MANAGEMENT": 1,
        "SUBJECT_MATTER_EXPERTISE": 1,
        "LIVE_TRAINING": 2,
    }
    currencies = {
        (node["vendor"]["name"], rate["unitPrice"]["currencyCode"]) for node in nodes for rate in node["rateCard"]
    }
    assert currencies == {("Lakeside Learning Services", "USD"), ("Harbor Course Works", "CAD")}


async def test_it_is_written_once_and_what_was_retired_stays_retired(
    http: httpx2.AsyncClient, settings: Settings
) -> None:
    query = '{ offerings(filter: {search: "moodle hosting"}, first: 1) { edges { node { id title } } } }'
    found = (await ask(http, query))["offerings"]
    assert isinstance(found, dict)
    hosting = found["edges"][0]["node"]
    owner = token(settings, "stranger.vendor")
    assert await ask(http, RETIRE, owner, id=hosting["id"]) == {"retireOffering": {"userErrors": []}}
    await seed_marketplace(settings)
    left = (await ask(http, BROWSE))["offerings"]
    assert isinstance(left, dict)
    assert left["totalCount"] == 8
    assert hosting["title"] not in [edge["node"]["title"] for edge in left["edges"]]


@pytest.mark.usefixtures("http")
async def test_every_vendor_writes_their_own(settings: Settings) -> None:
    connection = await asyncpg.connect(settings.batch_url)
    rows = await connection.fetch("select distinct actor_name, actor_organization_name from audit_event")
    await connection.close()
    authors = [SEATS["vendor.catalog"], SEATS["stranger.vendor"]]
    assert {tuple(row) for row in rows} == {(seat.person, seat.organization.name) for seat in authors}
