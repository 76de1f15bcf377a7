"""Credentials at rest: opened by the worker alone, for the address they were given for, and wrapped anew."""

from __future__ import annotations

import base64
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest

from core.db import Database, Transaction
from core.sealing import MasterKeys
from services.lms_admin.adapters.opening import Connection
from services.lms_admin.adapters.port import LmsUnavailable
from services.lms_admin.sites.administering import SiteDisconnected
from services.lms_admin.sites.connections import connection_of
from services.lms_admin.sites.rotating import forget_old_credentials, rewrap_some
from tests.commanding import chapterhouse
from tests.databases import CREDENTIAL_KEYS, OneDatabase
from tests.delivery.guild import NOW, Guild
from tests.lms_admin.places import ADDRESS, KEYS, clear, connect

NEW = MasterKeys({"new": b"n" * 32, "test": bytes(32)})
NEW_FIRST = f"new:{base64.b64encode(b'n' * 32).decode()},{CREDENTIAL_KEYS}"


async def opened(batch: Database, guild: Guild, site: UUID, keys: MasterKeys = KEYS) -> Connection:
    async def look(tx: Transaction) -> Connection:
        return await connection_of(tx, guild.contract_id, site, keys, allow_loopback=False)

    return await batch.write(guild.lead, look, now=NOW, request_id="test")


async def wrapped_under(guild: Guild) -> dict[str, int]:
    rows = await guild.rows.fetch("select key_id, count(*) from lms_credential group by 1")
    return {row["key_id"]: row["count"] for row in rows}


@pytest.fixture(autouse=True)
async def _no_sites_of_others(guild: Guild) -> None:
    await clear(guild)


async def test_the_worker_opens_what_was_connected(batch: Database, guild: Guild) -> None:
    site = await connect(guild)
    found = await opened(batch, guild, site)
    assert found == Connection("MOODLE", ADDRESS, {"token": "moodle-token-1f6e"}, allow_loopback=False)
    assert "moodle-token" not in repr(found)


async def test_the_serving_role_never_reads_one(guild: Guild) -> None:
    await connect(guild)

    async def look(tx: Transaction) -> None:
        await (await tx.raw()).execute("select * from lms_credential")

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await guild.database.write(guild.vendor_owner, look, now=NOW, request_id="test")


@pytest.mark.parametrize(
    "sql",
    [
        "update lms_site set base_url = 'https://evil.example'",
        "update lms_credential set wrapped_key = '\\x00'",
        "update lms_credential set ciphertext = '\\x00'",
        "update lms_credential set key_id = 'new'",
    ],
)
async def test_what_was_changed_behind_our_back_does_not_open(batch: Database, guild: Guild, sql: str) -> None:
    site = await connect(guild)
    await guild.rows.execute(sql)
    with pytest.raises(LmsUnavailable, match=r"^MISCONFIGURED: a credential does not open"):
        await opened(batch, guild, site, NEW)


async def test_one_credential_does_not_open_as_another_site_s(batch: Database, guild: Guild) -> None:
    site, other = await connect(guild), await connect(guild, "Other", secret={"token": "of-the-other"})
    await guild.rows.execute(
        "update lms_credential c set wrapped_key = o.wrapped_key, nonce = o.nonce, ciphertext = o.ciphertext "
        "from lms_credential o where c.site_id = $1 and o.site_id = $2", site, other,
    )  # fmt: skip
    with pytest.raises(LmsUnavailable):
        await opened(batch, guild, site)


async def test_where_nothing_is_connected_nothing_opens(batch: Database, guild: Guild) -> None:
    by_hand = await connect(guild, "By hand", "MANUAL")
    with pytest.raises(LmsUnavailable, match="has no credential"):
        await opened(batch, guild, by_hand)
    gone = await connect(guild)
    await guild.rows.execute(
        "update lms_site set status = 'DISCONNECTED', disconnected_at = now(), credential_id = null where id = $1", gone
    )
    with pytest.raises(SiteDisconnected):
        await opened(batch, guild, gone)
    with pytest.raises(SiteDisconnected):
        await opened(batch, guild, guild.contract_id)


async def test_what_is_no_longer_used_is_forgotten(batch: Database, guild: Guild) -> None:
    kept, gone = await connect(guild), await connect(guild, "Gone")
    await guild.rows.execute(
        "update lms_site set status = 'DISCONNECTED', disconnected_at = now(), credential_id = null where id = $1", gone
    )
    for left in (1, 0):
        assert await batch.write(guild.lead, forget_old_credentials, now=NOW, request_id="test") == left
    assert [row["site_id"] for row in await guild.rows.fetch("select site_id from lms_credential")] == [kept]


async def test_no_credential_outlives_its_contract(batch: Database, guild: Guild) -> None:
    site = await connect(guild)
    await guild.rows.execute("update contract set status = 'TERMINATED', ended_at = now(), end_reason = '-'")
    try:
        assert await batch.write(guild.lead, forget_old_credentials, now=NOW, request_id="test") == 1
        with pytest.raises(LmsUnavailable, match="has no credential"):
            await opened(batch, guild, site)
    finally:
        await guild.rows.execute("update contract set status = 'ACTIVE', ended_at = null, end_reason = null")


async def test_keys_rotate_while_everything_stays_open(
    batch: Database, guild: Guild, database: OneDatabase, tmp_path: Path
) -> None:
    sites = [await connect(guild, f"Site {at}", secret={"token": f"token {at}"}) for at in range(5)]
    sealed = await guild.rows.fetch("select id, nonce, ciphertext from lms_credential order by id")
    # begun and broken off: two are wrapped anew, three are not
    assert await batch.write(
        guild.lead, lambda tx: rewrap_some(tx, keys=NEW, most=2), now=NOW, request_id="test"
    ) == 2  # fmt: skip
    assert await wrapped_under(guild) == {"new": 2, "test": 3}
    variables = database.environment(tmp_path) | {"CREDENTIAL_KEYS": NEW_FIRST}
    done = chapterhouse("lms", "rotate-keys", folder=tmp_path, **variables)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Every credential is under new; 3 of them were not.\n"
    assert await wrapped_under(guild) == {"new": 5}
    assert await guild.rows.fetch("select id, nonce, ciphertext from lms_credential order by id") == sealed
    again = chapterhouse("lms", "rotate-keys", folder=tmp_path, **variables)
    assert again.stdout == "Every credential is under new; 0 of them were not.\n"
    # the old key can be taken away
    only_new = MasterKeys({"new": b"n" * 32})
    assert [(await opened(batch, guild, site, only_new)).secret["token"] for site in sites] == [
        f"token {at}" for at in range(5)
    ]


async def test_a_key_that_was_taken_away_too_early_says_what_to_do(
    batch: Database, guild: Guild, database: OneDatabase, tmp_path: Path
) -> None:
    site = await connect(guild)
    only_new = MasterKeys({"new": b"n" * 32})
    told = (
        "sealed under test, which CREDENTIAL_KEYS no longer holds: put it back behind the first, run "
        "`chapterhouse lms rotate-keys`, then take it away; or replace the credential"
    )
    with pytest.raises(LmsUnavailable) as refused:
        await opened(batch, guild, site, only_new)
    assert refused.value.message == told
    variables = database.environment(tmp_path) | {"CREDENTIAL_KEYS": NEW_FIRST.split(",", maxsplit=1)[0]}
    done = chapterhouse("lms", "rotate-keys", folder=tmp_path, **variables)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"chapterhouse: 1 of the credentials are {told}\n"
    variables["CREDENTIAL_KEYS"] = ""
    done = chapterhouse("lms", "rotate-keys", folder=tmp_path, **variables)
    assert (done.returncode, done.stderr) == (
        1,
        "chapterhouse: CREDENTIAL_KEYS is not set: there is no key to wrap credentials under\n",
    )
