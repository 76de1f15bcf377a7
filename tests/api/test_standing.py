"""Who asks is remembered from one request to the next, and found out anew as soon as anything about them changes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import httpx2
import pytest

from api.app import Application, create_app
from core.ids import new_id
from core.pool import ReadPool
from core.settings import Settings
from demo.organizations import member_id, organization_id
from demo.seats import LAKESIDE, SEATS, token
from demo.seed import seed_marketplace
from tests.databases import OneDatabase

SEAT = "association.finance"
VIEWER = "{ viewer { roles member { name } organization { name } } }"


@dataclass
class Door:
    """The app, one member's token, and a superuser who changes what is behind it."""

    app: Application
    client: httpx2.AsyncClient
    superuser: asyncpg.Connection[Any]
    settings: Settings

    async def ask(self, query: str = VIEWER, **headers: str) -> Any:  # noqa: ANN401 - JSON is anything
        headers = {"authorization": f"Bearer {token(self.settings, SEAT)}", **headers}
        return (await self.client.post("/graphql", json={"query": query}, headers=headers)).json()

    async def change(self, statement: str, *values: object) -> None:
        assert await self.superuser.execute(statement, *values) in {"UPDATE 1", "INSERT 0 1"}

    @property
    def pool(self) -> ReadPool:
        pool: ReadPool = self.app.state.database.pool
        return pool


@pytest.fixture
async def door(database: OneDatabase, tmp_path: Path) -> AsyncIterator[Door]:
    settings = database.settings(tmp_path)
    await seed_marketplace(settings)
    app = create_app(settings)
    superuser = await asyncpg.connect(database.superuser_url)
    transport = httpx2.ASGITransport(app=app)
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=transport, base_url="http://chapterhouse.test") as client,
    ):
        yield Door(app, client, superuser, settings)
    await superuser.close()


MEMBER = member_id(SEATS[SEAT])


async def test_a_request_after_another_costs_one_round_trip(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    first = await door.ask()
    monkeypatch.setattr(ReadPool, "look_up", None)
    carried, handed_over = door.pool.carried, door.pool.handed_over
    second = await door.ask()
    assert second["data"] == first["data"]
    assert second["data"]["viewer"]["roles"] == ["FINANCE"]
    assert (door.pool.carried, door.pool.handed_over) == (carried + 1, handed_over)


async def test_a_role_that_was_taken_away_is_gone_at_once(door: Door) -> None:
    assert (await door.ask())["data"]["viewer"]["roles"] == ["FINANCE"]
    await door.change("update member set roles = '{AUDITOR}' where id = $1", MEMBER)
    assert (await door.ask())["data"]["viewer"]["roles"] == ["AUDITOR"]
    assert (await door.ask())["data"]["viewer"]["roles"] == ["AUDITOR"]


async def test_a_member_who_was_removed_is_nobody_at_once(door: Door) -> None:
    before = await door.ask()
    assert before["data"]["viewer"]["member"] is not None
    await door.change("update member set ended_at = now() where id = $1", MEMBER)
    assert (await door.ask())["data"] == {"viewer": None}
    await door.change("update member set ended_at = null where id = $1", MEMBER)
    assert (await door.ask())["data"] == before["data"]


async def test_whoever_becomes_a_member_elsewhere_has_to_say_for_whom_they_act(door: Door) -> None:
    assert "errors" not in await door.ask()
    await door.change(
        """insert into member select (jsonb_populate_record(m, jsonb_build_object('id', $2::uuid,
            'organization_id', $3::uuid, 'roles', '["AUDITOR"]'::jsonb))).* from member m where m.id = $1""",
        MEMBER,
        new_id(),
        organization_id(LAKESIDE),
    )
    (error,) = (await door.ask())["errors"]
    assert error["extensions"]["code"] == "ORGANIZATION_REQUIRED"
