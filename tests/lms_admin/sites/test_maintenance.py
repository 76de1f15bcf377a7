"""Announced maintenance: who announces it, what overlaps, and ending it early."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from core.actor import ANONYMOUS, Actor
from core.ids import encode
from tests.delivery.desk import Desk
from tests.delivery.guild import Guild
from tests.lms_admin.places import connect, grant_administration, join, narrow
from tests.lms_admin.sites.asking import everything

ANNOUNCE = """mutation($input: AnnounceLmsMaintenanceInput!) { announceLmsMaintenance(input: $input) {
  maintenance { id startsAt endsAt inForce reason withdrawnAt site { name } announcedBy { name } }
  userErrors { code field } } }"""
WITHDRAW = """mutation($input: WithdrawLmsMaintenanceInput!) { withdrawLmsMaintenance(input: $input) {
  maintenance { id inForce withdrawnAt } userErrors { code field } } }"""
LIST = """query($id: ID!) { lmsSite(id: $id) { maintenances(first: 10, filter: {withdrawn: false}) {
  totalCount nodes { id } } } }"""
START = datetime.now(UTC).replace(microsecond=0) + timedelta(days=10)


@pytest.fixture
async def owner(desk: Desk, guild: Guild) -> Actor:
    owner = await join(guild, "Oona", "ASSOCIATION", guild.association, "OWNER")
    for actor in (owner, guild.lead):
        await desk.headers(actor)
    return owner


def window(site: UUID | str, hours: tuple[float, float] | None = (0, 2), **others: object) -> dict[str, object]:
    times: dict[str, object] = {}
    if hours is not None:
        times = {
            name: (START + timedelta(hours=at)).isoformat()
            for name, at in zip(("startsAt", "endsAt"), hours, strict=True)
        }
    return {"siteId": str(site), **times, "reason": "Upgrade to 5.0", **others}


async def asked(desk: Desk, actor: Actor, mutation: str, given: dict[str, object]) -> dict[str, Any]:
    (payload,) = (await desk.ask(actor, mutation, input=given)).values()
    answer: dict[str, Any] = payload
    return answer


async def codes(desk: Desk, actor: Actor, mutation: str, given: dict[str, object]) -> list[tuple[str, str | None]]:
    before = await everything(desk)
    payload = await asked(desk, actor, mutation, given)
    assert payload["maintenance"] is None
    assert await everything(desk) == before
    return [(error["code"], error["field"]) for error in payload["userErrors"]]


def public(guild: Guild, site: UUID) -> str:
    return encode("sit", guild.contract_id, site)


async def test_it_is_announced_seen_and_withdrawn(desk: Desk, owner: Actor) -> None:
    site = public(desk.guild, await connect(desk.guild))
    payload = await asked(desk, owner, ANNOUNCE, window(site))
    announced = payload["maintenance"]
    assert announced == {
        "id": announced["id"],
        "startsAt": START.isoformat().replace("+00:00", "Z"),
        "endsAt": (START + timedelta(hours=2)).isoformat().replace("+00:00", "Z"),
        "inForce": False,
        "reason": "Upgrade to 5.0",
        "withdrawnAt": None,
        "site": {"name": "Academy"},
        "announcedBy": {"name": "Oona"},
    }
    shown = await desk.ask(desk.guild.vendor_owner, LIST, id=site)
    assert shown == {"lmsSite": {"maintenances": {"totalCount": 1, "nodes": [{"id": announced["id"]}]}}}
    withdrawn = await asked(desk, desk.guild.lead, WITHDRAW, {"maintenanceId": announced["id"]})
    assert withdrawn["maintenance"]["withdrawnAt"] is not None
    again = {"maintenanceId": announced["id"]}
    assert await codes(desk, owner, WITHDRAW, again) == [("MAINTENANCE_OVER", "maintenanceId")]
    assert (await desk.ask(owner, LIST, id=site))["lmsSite"]["maintenances"]["totalCount"] == 0
    # what was withdrawn is in nobody's way
    assert (await asked(desk, owner, ANNOUNCE, window(site)))["userErrors"] == []


async def test_at_once_and_ended_early(desk: Desk, owner: Actor) -> None:
    site = public(desk.guild, await connect(desk.guild))
    soon = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    payload = await asked(desk, owner, ANNOUNCE, {"siteId": site, "endsAt": soon, "reason": "Now"})
    assert payload["maintenance"]["inForce"] is True
    ended = await asked(desk, owner, WITHDRAW, {"maintenanceId": payload["maintenance"]["id"]})
    assert ended["maintenance"]["inForce"] is False


async def test_one_at_a_time_for_a_site(desk: Desk, owner: Actor) -> None:
    guild = desk.guild
    site, other = public(guild, await connect(guild)), public(guild, await connect(guild, "Other"))
    both = await asyncio.gather(*(asked(desk, actor, ANNOUNCE, window(site)) for actor in (owner, guild.lead)))
    assert sorted(str([error["code"] for error in payload["userErrors"]]) for payload in both) == [
        "['MAINTENANCE_OVERLAPS']",
        "[]",
    ]
    for hours in ((1, 3), (-1, 1), (0.5, 1), (-1, 3)):
        assert await codes(desk, owner, ANNOUNCE, window(site, hours)) == [("MAINTENANCE_OVERLAPS", "startsAt")]
    for free in (window(site, (2, 3)), window(site, (-1, 0)), window(other)):
        assert (await asked(desk, owner, ANNOUNCE, free))["userErrors"] == []


async def test_what_cannot_be_announced(desk: Desk, owner: Actor) -> None:
    site = public(desk.guild, await connect(desk.guild))
    past = (datetime.now(UTC) - timedelta(minutes=1)).isoformat()
    for given, refusal in (
        (window(site, (0, 0)), ("INVALID_INPUT", "endsAt")),
        (window(site, (2, 1)), ("INVALID_INPUT", "endsAt")),
        (window(site, (0, 24 * 14 + 0.1)), ("INVALID_INPUT", "endsAt")),
        (window(site, None, startsAt=past, endsAt=START.isoformat()), ("INVALID_INPUT", "startsAt")),
        (window(site, reason=" "), ("TEXT_BLANK", "reason")),
        (window(site, reason="r" * 2001), ("TEXT_TOO_LONG", "reason")),
    ):
        assert await codes(desk, owner, ANNOUNCE, given) == [refusal]


async def test_who_may(desk: Desk, owner: Actor) -> None:
    guild = desk.guild
    site_id = await connect(guild)
    site = public(guild, site_id)
    announced = (await asked(desk, owner, ANNOUNCE, window(site)))["maintenance"]["id"]
    administrator = await grant_administration(guild)
    await narrow(guild, administrator, await connect(guild, "Other"), "ENROL")
    for mutation, given, field in (
        (ANNOUNCE, window(site, (5, 6)), "siteId"),
        (WITHDRAW, {"maintenanceId": announced}, "maintenanceId"),
    ):
        for actor, code in (
            (ANONYMOUS, "UNAUTHENTICATED"),
            (guild.stranger, "NOT_FOUND"),
            (guild.acceptor, "FORBIDDEN"),
            (guild.vendor_owner, "FORBIDDEN"),
            (guild.worker, "FORBIDDEN"),
            (administrator, "OUTSIDE_GRANT"),
        ):
            at = field if code in {"NOT_FOUND", "OUTSIDE_GRANT"} else None
            assert await codes(desk, actor, mutation, given) == [(code, at)]
    await narrow(guild, administrator, site_id, "ENROL")
    assert (await asked(desk, administrator, ANNOUNCE, window(site, (5, 6))))["userErrors"] == []
    assert (await asked(desk, administrator, WITHDRAW, {"maintenanceId": announced}))["userErrors"] == []
