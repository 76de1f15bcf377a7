"""The benchmark of drift compares what it says it compares."""

from __future__ import annotations

from bench.drift import measure
from tests.databases import OneDatabase


async def test_a_small_one_finds_what_was_made_to_differ(database: OneDatabase) -> None:
    found = await measure(database.superuser_url, database.batch_url, 200, lambda _: None)
    assert [(each.opened, each.gone) for each in found] == [(8, 0), (0, 0), (0, 8)]
