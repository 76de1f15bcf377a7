from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import asyncpg
import pytest

from tests.guards.world import World

pytestmark = pytest.mark.asyncio(loop_scope="module")

JOURNEY = [
    "CONTRACT_PROPOSED",
    "CONTRACT_SIGNED",
    "CONTRACT_SIGNED",
    "CONTRACT_ACCESS_GRANTED",
    "WORK_RECORDED",
    "SUBMISSION_SUBMITTED",
    "SUBMISSION_REVIEWED",
    "INVOICE_ISSUED",
]
AFTERWARDS = [
    "CONTRACT_ACCESS_GRANTED",
    "CONTRACT_ACCESS_REVOKED",
    "WORK_RECORDED",
    "SUBMISSION_SUBMITTED",
    "SUBMISSION_REVIEWED",
    "OBLIGATION_RECORDED",
]
COSTS = {"38", "38.00", "38.000000", "4.1", "4.10", "2900", "2900.00", "380.00", "492.00", "410.00", "3690.00"}
"""What the journey's hour, ticket and cut-over cost, and what the work cost in all."""
IN_MINOR_UNITS = {"3800", "290000", "38000", "49200", "41000", "369000"}
COSTLY = ("cost", "margin", "markup", "salt", "secret", "token", "proceeds")


def leaves(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every scalar of a JSON value, as text, with the keys that lead to it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}".lower())
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, path)
    else:
        yield path, str(value)


async def test_the_trail_of_a_contract_is_exactly_what_was_done(world: World) -> None:
    query = """query($id: ID!) { audit(contractId: $id, first: 100, orderBy: OLDEST) {
        totalCount edges { node { type actor { name organizationName } } } } }"""
    answer = await world.ask("association.owner", query, {"id": world.names["contract"]})
    events = [edge["node"] for edge in answer["data"]["audit"]["edges"]]
    assert [event["type"] for event in events] == JOURNEY + AFTERWARDS
    assert answer["data"]["audit"]["totalCount"] == len(JOURNEY + AFTERWARDS)
    assert [event["actor"]["name"] for event in events[: len(JOURNEY)]] == [
        "Samuel Okafor",
        "Olivia Marsh",
        "Ingrid Solberg",
        "Ingrid Solberg",
        "Dana Whitfield",
        "Dana Whitfield",
        "Priya Raman",
        "Jonas Weber",
    ]


async def test_both_parties_and_the_operator_read_the_same_trail(world: World) -> None:
    query = "query($id: ID!) { audit(contractId: $id) { totalCount edges { node { id } } } }"
    answers = [
        await world.ask(seat, query, {"id": world.names["contract"]})
        for seat in ("association.owner", "vendor.owner", "vendor.delivery", "operator.billing")
    ]
    assert [answer == answers[0] for answer in answers] == [True] * 4
    for seat in ("nobody", "stranger.vendor", "stranger.association", "vendor.revoked", "association.plain"):
        answer = await world.ask(seat, query, {"id": world.names["contract"]})
        assert answer == {"data": {"audit": {"totalCount": 0, "edges": []}}}


async def test_no_event_holds_a_cost(world: World, superuser: asyncpg.Connection[Any]) -> None:
    assert world.names["invoice"]
    rows = await superuser.fetch("select type, before::text, after::text, coalesce(reason, '') from audit_event")
    assert len(rows) > 20
    for type_, before, after, reason in rows:
        assert not any(cost in reason.split() for cost in COSTS)
        for path, value in [*leaves(json.loads(before)), *leaves(json.loads(after))]:
            assert not any(word in path for word in COSTLY), (type_, path)
            assert value not in COSTS | IN_MINOR_UNITS, (type_, path, value)


async def test_no_job_holds_a_cost(world: World, superuser: asyncpg.Connection[Any]) -> None:
    assert world.names["invoice"]
    for payload in await superuser.fetch(
        "select convert_from(payload, 'UTF8') from pgqueuer where payload is not null"
    ):
        for path, value in leaves(json.loads(payload[0])):
            assert not any(word in path for word in COSTLY)
            assert value not in COSTS | IN_MINOR_UNITS
