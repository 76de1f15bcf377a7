"""Probes: when a site is asked, what is kept of its answer, and what that says about its uptime."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.db import Database, Transaction
from core.ids import RowKey, encode, new_id
from services.delivery.blobs import LocalFolder
from services.lms_admin.adapters.opening import Connection
from services.lms_admin.adapters.port import Capability, Condition, LmsUnavailable, Probe
from services.lms_admin.sites.probing import forget_old_probes, record_probe, sites_to_probe
from tests.databases import OneDatabase
from tests.delivery.desk import Desk
from tests.delivery.guild import LONG_AGO, NOW, Guild, insert
from tests.lms_admin.places import ADDRESS, KEYS, clear, connect, key_of
from worker import probing
from worker.means import About, Means

UP = Probe(Condition.UP, 40, "4.5.6")
DOWN = Probe(Condition.DOWN, 5000, message="it does not answer")


@pytest.fixture(autouse=True)
async def _no_sites_of_others(guild: Guild) -> None:
    await clear(guild)


async def kept(batch: Database, guild: Guild, site: UUID, probe: Probe, now: datetime, **others: Any) -> bool:  # noqa: ANN401
    async def keep(tx: Transaction) -> bool:
        known = {"base_url": ADDRESS, "capabilities": {Capability.FIND_USERS}, **others}
        return await record_probe(tx, site=RowKey(guild.contract_id, site), probe=probe, now=now, **known)

    return await batch.write(guild.lead, keep, now=now, request_id="test")


async def due(batch: Database, guild: Guild, now: datetime) -> list[UUID]:
    found = await batch.write(guild.lead, lambda tx: sites_to_probe(tx, now=now), now=now, request_id="test")
    assert {key.contract_id for key, _ in found} <= {guild.contract_id}
    return [site_id for _, site_id in found]


async def state(guild: Guild, site: UUID) -> tuple[Any, ...]:
    row = await guild.one(
        "select condition, condition_since, probed_at, lms_version, capabilities from lms_site where id = $1", site
    )
    return tuple(row.values())


async def test_a_site_is_asked_every_five_minutes(batch: Database, guild: Guild) -> None:
    first, second = await connect(guild), await connect(guild, "Second")
    await connect(guild, "By hand", "MANUAL")
    assert set(await due(batch, guild, NOW)) == {first, second}
    await kept(batch, guild, first, UP, NOW)
    assert await due(batch, guild, NOW) == [second]
    await kept(batch, guild, second, UP, NOW + timedelta(minutes=1))
    assert await due(batch, guild, NOW + timedelta(minutes=4)) == []
    assert await due(batch, guild, NOW + timedelta(minutes=5)) == [first]
    assert await due(batch, guild, NOW + timedelta(minutes=6)) == [first, second]
    await guild.rows.execute(
        "update lms_site set status = 'DISCONNECTED', disconnected_at = now(), credential_id = null where id = $1",
        first,
    )
    assert await due(batch, guild, NOW + timedelta(minutes=6)) == [second]
    await guild.rows.execute("update contract set status = 'TERMINATED', ended_at = now(), end_reason = '-'")
    assert await due(batch, guild, NOW + timedelta(minutes=6)) == []


async def test_the_site_says_how_it_is_and_since_when(batch: Database, guild: Guild) -> None:
    site = await connect(guild)
    later, last = NOW + timedelta(minutes=5), NOW + timedelta(minutes=10)
    assert await kept(batch, guild, site, UP, NOW)
    assert await state(guild, site) == ("UP", NOW, NOW, "4.5.6", ["FIND_USERS"])
    assert await kept(batch, guild, site, UP, later)
    assert await state(guild, site) == ("UP", NOW, later, "4.5.6", ["FIND_USERS"])
    assert await kept(batch, guild, site, DOWN, last, capabilities=None)
    assert await state(guild, site) == ("DOWN", last, last, "4.5.6", ["FIND_USERS"])
    rows = await guild.rows.fetch(
        "select probed_at, condition, planned, latency_ms, lms_version, message from lms_probe order by probed_at"
    )
    assert [tuple(row) for row in rows] == [
        (NOW, "UP", False, 40, "4.5.6", None),
        (later, "UP", False, 40, "4.5.6", None),
        (last, "DOWN", False, 5000, None, "it does not answer"),
    ]


async def test_an_answer_from_where_it_no_longer_is_says_nothing(batch: Database, guild: Guild) -> None:
    site = await connect(guild)
    assert not await kept(batch, guild, site, UP, NOW, base_url="https://old.guild.example")
    await guild.rows.execute(
        "update lms_site set status = 'DISCONNECTED', disconnected_at = now(), credential_id = null"
    )
    assert not await kept(batch, guild, site, UP, NOW)
    assert await guild.rows.fetchval("select count(*) from lms_probe") == 0


async def test_what_the_credential_lacks_is_told(batch: Database, guild: Guild) -> None:
    site = await connect(guild)
    lacking = Probe(Condition.UP, 1, message="an administrator's token", missing=("a_function", "b_function"))
    await kept(batch, guild, site, lacking, NOW)
    assert await guild.rows.fetchval("select message from lms_probe") == (
        "an administrator's token; the credential lacks a_function, b_function"
    )


async def planned(guild: Guild, site: UUID, minutes: tuple[int, int]) -> None:
    during = asyncpg.Range(*(NOW + timedelta(minutes=at) for at in minutes))
    await insert(
        guild.rows, "lms_maintenance", **key_of(guild), id=new_id(), site_id=site, during=during, reason="Upgrade",
        announced_at=LONG_AGO, **guild.acceptor.signed("announced_by"),
    )  # fmt: skip


UPTIME = """query($site: ID!, $from: DateTime!, $to: DateTime!) {
  lmsUptime(siteId: $site, startsAt: $from, endsAt: $to) {
  probes observedMinutes unobservedMinutes maintenanceMinutes upMinutes percent gap } }"""


async def uptime(desk: Desk, site: UUID, minutes: tuple[int, int]) -> list[Any]:
    first, last = ((NOW + timedelta(minutes=at)).isoformat() for at in minutes)
    public = encode("sit", desk.guild.contract_id, site)
    found = (await desk.ask(desk.guild.acceptor, UPTIME, site=public, **{"from": first, "to": last}))["lmsUptime"]
    return list(found.values())


async def test_uptime_is_what_probes_vouch_for(desk: Desk, batch: Database, guild: Guild) -> None:
    site = await connect(guild)
    assert await uptime(desk, site, (0, 60)) == [0, 0, 60, 0, 0, None, "NOTHING_OBSERVED"]
    # UP for 10 minutes, down for 5, then asked again only after 45: it vouches for 10 of them
    for at, probe in ((0, UP), (5, UP), (10, DOWN), (15, UP), (60, UP)):
        await kept(batch, guild, site, probe, NOW + timedelta(minutes=at))
    assert await uptime(desk, site, (0, 60)) == [4, 25, 35, 0, 20, "80.00", None]
    # the probe before the time vouches for its beginning
    assert await uptime(desk, site, (8, 14)) == [1, 6, 0, 0, 2, "33.33", None]
    assert await uptime(desk, site, (26, 60)) == [0, 0, 34, 0, 0, None, "NOTHING_OBSERVED"]
    # half a year ahead nothing is known, and nothing is asked of it
    assert await uptime(desk, site, (60, 60)) == [0, 0, 0, 0, 0, None, "NOTHING_OBSERVED"]
    assert await uptime(desk, site, (60, 0)) == [0, 0, 0, 0, 0, None, "NOTHING_OBSERVED"]


async def test_announced_maintenance_counts_neither_way(desk: Desk, batch: Database, guild: Guild) -> None:
    site = await connect(guild)
    await planned(guild, site, (5, 15))
    for at, probe in ((0, UP), (5, DOWN), (10, Probe(Condition.MAINTENANCE, 9)), (15, Probe(Condition.THROTTLED, 9))):
        await kept(batch, guild, site, probe, NOW + timedelta(minutes=at))
    assert await uptime(desk, site, (0, 20)) == [4, 20, 0, 10, 10, "100.00", None]
    assert await uptime(desk, site, (5, 15)) == [2, 10, 0, 10, 0, None, "ALL_MAINTENANCE"]
    # announced afterwards it changes nothing
    await planned(guild, site, (20, 30))
    await kept(batch, guild, site, Probe(Condition.MAINTENANCE, 9), NOW + timedelta(minutes=31))
    assert (await uptime(desk, site, (31, 35)))[-2:] == ["0.00", None]


async def test_the_site_tells_its_last_thirty_days(desk: Desk, batch: Database, guild: Guild) -> None:
    site = await connect(guild)
    await kept(batch, guild, site, UP, datetime.now(UTC) - timedelta(minutes=20))
    query = """query($id: ID!) { lmsSite(id: $id) { uptime { probes observedMinutes percent gap }
      probes(filter: {condition: UP}) { totalCount nodes { condition latencyMs planned version message } } } }"""
    found = (await desk.ask(guild.acceptor, query, id=encode("sit", guild.contract_id, site)))["lmsSite"]
    assert found["uptime"] == {"probes": 1, "observedMinutes": 10, "percent": "100.00", "gap": None}
    probe = {"condition": "UP", "latencyMs": 40, "planned": False, "version": "4.5.6", "message": None}
    assert found["probes"] == {"totalCount": 1, "nodes": [probe]}
    assert (await desk.ask(guild.stranger, query, id=encode("sit", guild.contract_id, site)))["lmsSite"] is None


async def test_probes_of_more_than_400_days_ago_are_forgotten(batch: Database, guild: Guild) -> None:
    site = await connect(guild)
    for days in (399, 401):
        await kept(batch, guild, site, UP, NOW - timedelta(days=days))
    for left in (1, 0):
        assert await batch.write(guild.lead, forget_old_probes, now=NOW, request_id="test") == left


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    probes=st.lists(
        st.tuples(st.integers(-900, 7200), st.sampled_from(["UP", "DOWN", "THROTTLED"]), st.booleans()), max_size=12
    ),
    window=st.tuples(st.integers(0, 3600), st.integers(0, 7200)),
)
async def test_uptime_is_counted_second_by_second(
    guild: Guild, probes: list[tuple[int, str, bool]], window: tuple[int, int]
) -> None:
    await clear(guild)
    site = await connect(guild)
    # two in the same second are one too many to say which vouches
    asked = sorted({at: (condition, planned) for at, condition, planned in probes}.items())
    for at, (condition, planned) in asked:
        await insert(
            guild.rows, "lms_probe", **key_of(guild), id=new_id(), site_id=site, condition=condition, planned=planned,
            probed_at=LONG_AGO + timedelta(seconds=at), latency_ms=1,
        )  # fmt: skip
    first, last = window
    observed = maintained = up = 0
    for second in range(first, last):
        before = [(at, found) for at, found in asked if second - 600 < at <= second]
        if before:
            condition, planned = before[-1][1]
            observed += 1
            maintained += planned
            up += not planned and condition != "DOWN"
    row = await guild.one(
        "select probes, observed_minutes, unobserved_minutes, maintenance_minutes, up_minutes, percent "
        "from app.lms_uptime($1, $2, $3, $4)",
        guild.contract_id, site, LONG_AGO + timedelta(seconds=first), LONG_AGO + timedelta(seconds=last),
    )  # fmt: skip
    length = max(0, last - first)
    percent = None if observed == maintained else up * 10000 // (observed - maintained)
    assert (row["probes"], row["observed_minutes"], row["unobserved_minutes"]) == (
        len([at for at, _ in asked if first <= at < last]),
        observed // 60,
        (length - observed) // 60,
    )
    assert (row["maintenance_minutes"], row["up_minutes"]) == (maintained // 60, up // 60)
    assert (row["percent"] and int(row["percent"] * 100)) == percent


@pytest.fixture
async def means(database: OneDatabase, batch: Database, tmp_path: Any) -> Means:  # noqa: ANN401
    return Means(batch, LocalFolder(tmp_path), database.settings(tmp_path), KEYS)


class Answering:
    """A site that answers a probe as it is told."""

    capabilities = frozenset({Capability.FIND_USERS, Capability.READ_AUDIT})

    def __init__(self, answer: Probe | LmsUnavailable) -> None:
        self.answer = answer
        self.asked: list[Connection] = []

    @asynccontextmanager
    async def opened(self, connection: Connection) -> AsyncIterator[Answering]:
        self.asked.append(connection)
        if isinstance(self.answer, LmsUnavailable):
            raise self.answer
        yield self

    async def probe(self) -> Probe:
        assert isinstance(self.answer, Probe)
        return self.answer


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        (UP, ("UP", ["FIND_USERS", "READ_AUDIT"])),
        (DOWN, ("DOWN", ["FIND_USERS", "READ_AUDIT"])),
        (LmsUnavailable(Condition.MISCONFIGURED, "no adapter"), ("MISCONFIGURED", [])),
    ],
)
async def test_the_errand_keeps_whatever_comes_of_it(
    guild: Guild,
    means: Means,
    monkeypatch: pytest.MonkeyPatch,
    answer: Probe | LmsUnavailable,
    found: tuple[str, list[str]],
) -> None:
    site, there = await connect(guild), Answering(answer)
    monkeypatch.setattr(probing, "opened", there.opened)
    assert await probing.probe_site(means, About(guild.contract_id, site))
    row = await guild.one("select condition, capabilities from lms_site where id = $1", site)
    assert tuple(row.values()) == found
    assert [(each.base_url, dict(each.secret)) for each in there.asked] == [(ADDRESS, {"token": "moodle-token-1f6e"})]


async def test_a_credential_that_does_not_open_is_a_condition_and_nothing_is_sent(
    guild: Guild, means: Means, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, there = await connect(guild), Answering(UP)
    monkeypatch.setattr(probing, "opened", there.opened)
    await guild.rows.execute("update lms_credential set key_id = 'retired'")
    assert await probing.probe_site(means, About(guild.contract_id, site))
    row = await guild.one("select condition, message from lms_probe")
    assert row["condition"] == "MISCONFIGURED"
    assert row["message"].startswith("sealed under retired, which CREDENTIAL_KEYS no longer holds: put it back")
    assert there.asked == []


async def test_a_site_that_was_let_go_is_not_asked(guild: Guild, means: Means, monkeypatch: pytest.MonkeyPatch) -> None:
    site, there = await connect(guild), Answering(UP)
    monkeypatch.setattr(probing, "opened", there.opened)
    await guild.rows.execute(
        "update lms_site set status = 'DISCONNECTED', disconnected_at = now(), credential_id = null"
    )
    assert not await probing.probe_site(means, About(guild.contract_id, site))
    assert there.asked == []
