"""`found`, `verify` and `retire-key`, as an operator types them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import pytest

from core.db import Database
from core.ids import encode
from services.identity.secret_codes import digest_of
from services.identity.signing_keys import SigningKeys, rotate
from tests.billing.market import ADMIN, Agreement, Market
from tests.billing.test_journal import three_entries
from tests.commanding import chapterhouse
from tests.databases import OneDatabase

FOUND = (
    "found", "--name", "Delta Exchange", "--country", "PT", "--time-zone", "Europe/Lisbon", "--platform-fee", "2.5",
    "--owner-name", "Rita Melo", "--owner-email", "rita@delta.example",
)  # fmt: skip


async def fetch(url: str, query: str) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetch(query)
    finally:
        await connection.close()


async def test_the_code_is_shown_once_and_kept_as_a_hash(fresh_database: OneDatabase, tmp_path: Path) -> None:
    variables = fresh_database.environment(tmp_path)
    done = chapterhouse(*FOUND, folder=tmp_path, **variables)
    assert (done.returncode, done.stderr) == (0, "")
    (code,) = re.findall(r"chi_[\w-]{43}", done.stdout)
    (row,) = await fetch(fresh_database.batch_url, "select code_hash, expires_at from invitation")
    assert row["code_hash"] == digest_of(code)
    assert 13 <= (row["expires_at"] - datetime.now(UTC)).days <= 14

    again = chapterhouse(*FOUND, folder=tmp_path, **variables)
    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr == "chapterhouse: ONE_OPERATOR: this marketplace is founded already: it has its operator\n"

    anew = chapterhouse(*FOUND, "--again", folder=tmp_path, **variables)
    assert anew.returncode == 0
    assert code not in anew.stdout


def test_faults_are_one_line(database: OneDatabase, tmp_path: Path) -> None:
    words = ["XX" if word == "PT" else word for word in FOUND]
    done = chapterhouse(*words, folder=tmp_path, **database.environment(tmp_path))
    assert done.returncode == 1
    assert done.stderr.startswith("chapterhouse: UNKNOWN_COUNTRY (countryCode): 'XX' is not ")
    assert len(done.stderr.splitlines()) == 1


def test_a_fee_that_is_no_number(database: OneDatabase, tmp_path: Path) -> None:
    words = ["three" if word == "2.5" else word for word in FOUND]
    done = chapterhouse(*words, folder=tmp_path, **database.environment(tmp_path))
    assert (done.returncode, done.stderr) == (1, "chapterhouse: 'three' is no percentage such as 3.00\n")


@pytest.fixture
async def agreements(fresh_database: OneDatabase) -> list[Agreement]:
    """Two contracts with three entries each, and one that was never billed."""
    rows, app = await asyncpg.connect(fresh_database.superuser_url), Database(fresh_database.app_url)
    market = await Market(rows, app).settle()
    made = [await three_entries(market), await three_entries(market), await market.agree(ADMIN)]
    await app.close()
    await rows.close()
    return made


async def tamper(database: OneDatabase, statement: str) -> None:
    connection = await asyncpg.connect(database.superuser_url)
    await connection.execute("set session_replication_role = replica")
    await connection.execute(statement)
    await connection.close()


async def test_sound_books(agreements: list[Agreement], fresh_database: OneDatabase, tmp_path: Path) -> None:
    variables = fresh_database.environment(tmp_path)
    every = chapterhouse("verify", folder=tmp_path, **variables)
    assert (every.returncode, every.stderr) == (0, "")
    assert every.stdout == "✓ 2 contracts, 6 entries, 0 acts on LMSs, 0 credits; sums: USD 0.00\n"

    billed, _, unbilled = (encode("con", agreement.id) for agreement in agreements)
    assert chapterhouse("verify", billed, folder=tmp_path, **variables).stdout == (
        "✓ 1 contract, 3 entries, 0 acts on LMSs, 0 credits; sums: USD 0.00\n"
    )
    assert chapterhouse("verify", unbilled, folder=tmp_path, **variables).stdout == (
        "✓ 0 contracts, 0 entries, 0 acts on LMSs, 0 credits; sums: none\n"
    )


async def test_tampering_is_named_and_others_are_not(
    agreements: list[Agreement], fresh_database: OneDatabase, tmp_path: Path
) -> None:
    tampered, untouched, _ = agreements
    await tamper(
        fresh_database,
        "update posting set amount_minor = amount_minor + 1 "  # noqa: S608
        f"where contract_id = '{tampered.id}' and account = 'ASSOCIATION_RECEIVABLE' and amount_minor > 0",
    )
    variables = fresh_database.environment(tmp_path)
    every = chapterhouse("verify", folder=tmp_path, **variables)
    assert every.returncode == 1
    assert every.stdout.splitlines() == [
        f"✗ {encode('con', tampered.id)}, entry 1: the entry or its postings were changed",
        "✗ USD: postings sum to 0.02, not to zero",
        "2 contracts, 6 entries, 0 acts on LMSs, 0 credits; sums: USD 0.02",
    ]
    assert chapterhouse("verify", encode("con", untouched.id), folder=tmp_path, **variables).returncode == 0
    assert chapterhouse("verify", encode("con", tampered.id), folder=tmp_path, **variables).returncode == 1


async def test_an_entry_taken_from_the_end_is_missed(
    agreements: list[Agreement], fresh_database: OneDatabase, tmp_path: Path
) -> None:
    tampered = agreements[0]
    last = f"(select id from journal_entry where contract_id = '{tampered.id}' and sequence = 3)"  # noqa: S608
    await tamper(fresh_database, f"delete from posting where entry_id = {last}")  # noqa: S608
    await tamper(fresh_database, f"delete from journal_entry where id = {last}")  # noqa: S608
    done = chapterhouse("verify", folder=tmp_path, **fresh_database.environment(tmp_path))
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        f"✗ {encode('con', tampered.id)}: invoice 2026-000002 has no entry",
        "2 contracts, 5 entries, 0 acts on LMSs, 0 credits; sums: USD 0.00",
    ]


@pytest.mark.parametrize(
    ("contract", "line"),
    [
        ("inv_1", "chapterhouse: 'inv_1' is not an id of the form con_…\n"),
        ("con_AAAAAAAAAAAAAAAAAAAAAA", "chapterhouse: there is no contract con_AAAAAAAAAAAAAAAAAAAAAA\n"),
    ],
)
def test_a_contract_that_there_is_not(database: OneDatabase, tmp_path: Path, contract: str, line: str) -> None:
    done = chapterhouse("verify", contract, folder=tmp_path, **database.environment(tmp_path))
    assert (done.returncode, done.stdout, done.stderr) == (1, "", line)


def test_books_that_do_not_exist_yet(tmp_path: Path, database: OneDatabase) -> None:
    variables = database.environment(tmp_path) | {"BATCH_DATABASE_URL": database.url("nobody_here")}
    done = chapterhouse("verify", folder=tmp_path, **variables)
    assert done.returncode == 1
    assert done.stderr.startswith("chapterhouse: BATCH_DATABASE_URL (")


def test_a_leaked_key_is_retired(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    leaked = SigningKeys(folder).newest.kid
    kept = rotate(folder)
    done = chapterhouse("retire-key", leaked, folder=tmp_path, SIGNING_KEYS_DIR=str(folder))
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{leaked} is retired.\n", "")
    assert [jwk["kid"] for jwk in SigningKeys(folder).jwks["keys"]] == [kept]

    again = chapterhouse("retire-key", leaked, folder=tmp_path, SIGNING_KEYS_DIR=str(folder))
    assert again.returncode == 1
    assert again.stderr.startswith(f"chapterhouse: there is no signing key {leaked}: ")
