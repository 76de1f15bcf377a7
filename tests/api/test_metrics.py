"""What is remembered, how often it helped, and that no client can make it grow."""

from __future__ import annotations

import re
from pathlib import Path

import httpx2
import pytest
from prometheus_client import generate_latest

from api.app import create_app
from core.settings import Settings
from tests.databases import OneDatabase

BROWSE = "query ($filter: OfferingFilter, $first: Int) { offerings(filter: $filter, first: $first) { totalCount } }"


@pytest.fixture
def settings(database: OneDatabase, tmp_path: Path) -> Settings:
    return database.settings(tmp_path, budget_capacity=10**9, budget_restore_per_second=10**9)


async def test_a_client_that_varies_its_filters_makes_nothing_grow(settings: Settings) -> None:
    app = create_app(settings)
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://chapterhouse.test") as client,
    ):

        async def ask(query: str, **variables: object) -> None:
            answer = await client.post("/graphql", json={"query": query, "variables": variables})
            assert "errors" not in answer.json(), answer.text

        def shown(name: str, **labels: str) -> float:
            listed = ",".join(f'{key}="{value}"' for key, value in labels.items())
            (value,) = re.findall(
                rf"^chapterhouse_{name}{{{listed}}} (\S+)$", generate_latest(app.metrics).decode(), re.MULTILINE
            )
            return float(value)

        for number in range(300):
            await ask(BROWSE, filter={"search": f"word {number}", "language": ["en", "de"][: number % 3]}, first=5)
        assert shown("cache_entries", cache="documents") == 1
        assert shown("cache_entries", cache="plans") == 1
        assert shown("cache_lookups_total", cache="plans", result="hit") == 299
        assert shown("cache_lookups_total", cache="prepared_statements", result="miss") == 1
        assert shown("actor_lookups_total", result="carried") == 299

        bound = shown("cache_bound", cache="documents")
        for number in range(1200):
            await ask(f"{{ a{number}: __typename }}")
        assert bound - 600 < shown("cache_weight", cache="documents") <= bound
        assert shown("cache_entries", cache="documents") < 1000
        misses = shown("cache_lookups_total", cache="documents", result="miss")
        await ask(BROWSE, filter={"search": "again"}, first=5)
        assert shown("cache_lookups_total", cache="documents", result="miss") == misses
        assert shown("answers_total", status="200") == 300 + 1200 + 1
        assert shown("read_connections", state="idle") == 1
