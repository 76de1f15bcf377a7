"""The journal balances, is never changed, and says where it was."""

from __future__ import annotations

from datetime import UTC, date
from typing import Any

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.actor import SYSTEM
from core.db import Database
from services.billing.books.verifying import BrokenLink, verify_all
from services.billing.ledger.journal import Side, digest_of
from tests.billing.market import ADMIN, MARCH, NOW, Agreement, Market
from tests.databases import OneDatabase


async def three_entries(market: Market) -> Agreement:
    agreement = await market.agree(ADMIN)
    await agreement.accept("admin", "10", date(2026, 2, 3))
    await agreement.void(await agreement.issue())
    await agreement.issue(MARCH)
    return agreement


async def test_a_chain_that_nobody_touched_verifies(market: Market) -> None:
    assert await market.broken_link(await three_entries(market)) is None


async def test_the_first_entry_follows_zeros_and_each_other_the_one_before(market: Market) -> None:
    agreement = await three_entries(market)
    entries = await market.all("select * from journal_entry where contract_id = $1 order by sequence", agreement.id)
    assert [entry["sequence"] for entry in entries] == [1, 2, 3]
    assert [entry["previous_hash"] for entry in entries] == [bytes(32), entries[0]["hash"], entries[1]["hash"]]
    assert len({entry["salt"] for entry in entries}) == 3


@pytest.mark.parametrize("table", ["journal_entry", "posting"])
@pytest.mark.parametrize("change", ["update {} set contract_id = contract_id", "delete from {}", "truncate {} cascade"])
async def test_not_even_the_owner_of_the_tables_changes_the_journal(market: Market, table: str, change: str) -> None:
    await three_entries(market)
    with pytest.raises(asyncpg.RestrictViolationError, match="append-only"):
        await market.rows.execute(change.format(table))


CUT = """delete from posting p using journal_entry e where e.contract_id = $1 and e.sequence = ? and p.entry_id = e.id;
delete from journal_entry where contract_id = $1 and sequence = ?"""
TAMPERING = {
    "an amount": ("update posting set amount_minor = amount_minor * 2 where contract_id = $1", 1, "were changed"),
    "a date": (
        "update journal_entry set effective_at = now() where contract_id = $1 and sequence = 2",
        2,
        "were changed",
    ),
    "an account": (
        "update posting set account = 'PLATFORM_FEE_INCOME' where contract_id = $1 and account = 'VENDOR_PAYABLE'",
        1,
        "were changed",
    ),
    "a posting gone": ("delete from posting where contract_id = $1 and position = 3", 1, "were changed"),
    "a hash": ("update journal_entry set hash = sha256(hash) where contract_id = $1 and sequence = 2", 2, "its hash"),
    "a link": (
        "update journal_entry set previous_hash = sha256(hash) where contract_id = $1 and sequence = 3",
        3,
        "does not follow",
    ),
    "a salt": (
        "update journal_entry set salt = sha256(salt) where contract_id = $1 and sequence = 3",
        3,
        "were changed",
    ),
    "an entry from the middle": (
        CUT.replace("?", "2"),
        3,
        "entry 2 is missing",
    ),
    "the last entry": (
        CUT.replace("?", "3"),
        None,
        "invoice 2026-000002 has no entry",
    ),
}


@pytest.mark.parametrize("what", TAMPERING)
async def test_a_superuser_who_changes_it_is_found_out_at_the_first_broken_link(market: Market, what: str) -> None:
    agreement, untouched = await three_entries(market), await three_entries(market)
    statements, sequence, reason = TAMPERING[what]
    await market.rows.execute("set session_replication_role = replica")
    for statement in statements.split(";"):
        await market.rows.execute(statement, agreement.id)

    broken = await market.broken_link(agreement)

    assert broken is not None
    assert (broken.contract_id, broken.sequence) == (agreement.id, sequence)
    assert reason in broken.reason
    assert await market.broken_link(untouched) is None


async def test_the_batch_role_verifies_every_contract(market: Market, database: OneDatabase) -> None:
    sound, tampered = await three_entries(market), await three_entries(market)
    await market.rows.execute("set session_replication_role = replica")
    await market.rows.execute(TAMPERING["an amount"][0], tampered.id)
    batch = Database(database.batch_url)
    try:
        async with batch.transaction(SYSTEM, now=NOW, request_id="test") as tx:
            broken = {link.contract_id: link async for link in verify_all(tx)}
    finally:
        await batch.close()
    assert broken[tampered.id] == BrokenLink(tampered.id, 1, "the entry or its postings were changed")
    assert sound.id not in broken


async def test_an_entry_that_does_not_balance_is_refused_at_commit(market: Market) -> None:
    agreement = await three_entries(market)
    entry = await market.one("select id from journal_entry where contract_id = $1 and sequence = 1", agreement.id)
    with pytest.raises(asyncpg.CheckViolationError, match="does not balance in USD"):
        await market.insert(
            "posting", **market.key(agreement.id), entry_id=entry["id"], position=4,
            account="VENDOR_PAYABLE", currency_code="USD", amount_minor=-1,
        )  # fmt: skip


async def test_a_balanced_entry_that_moves_money_where_its_kind_does_not_is_refused(market: Market) -> None:
    agreement = await three_entries(market)
    entry = await market.one("select id from journal_entry where contract_id = $1 and sequence = 1", agreement.id)
    with pytest.raises(asyncpg.CheckViolationError, match="an entry of the kind INVOICE_ISSUED does not debit BANK"):
        await market.insert(
            "posting", **market.key(agreement.id), entry_id=entry["id"], position=4,
            account="BANK", currency_code="USD", amount_minor=1,
        )  # fmt: skip


async def test_an_event_is_posted_once(market: Market) -> None:
    agreement = await three_entries(market)
    with pytest.raises(asyncpg.UniqueViolationError, match="posted_once"):
        await market.rows.execute(
            "insert into journal_entry select contract_id, uuidv7(), association_id, vendor_id, 9, kind, invoice_id, "
            "null, effective_at, recorded_at, salt, digest, previous_hash, hash "
            "from journal_entry where contract_id = $1 and sequence = 1",
            agreement.id,
        )


async def test_an_entry_is_reversed_once(market: Market) -> None:
    agreement = await three_entries(market)
    with pytest.raises(asyncpg.UniqueViolationError, match="reversed_once"):
        await market.rows.execute(
            "insert into journal_entry select contract_id, uuidv7(), association_id, vendor_id, 9, kind, invoice_id, "
            "reverses_entry_id, effective_at, recorded_at, salt, digest, previous_hash, hash "
            "from journal_entry where contract_id = $1 and sequence = 2",
            agreement.id,
        )


ENTRY = "salt contract_id id sequence kind invoice_id subject_id effective_at recorded_at".split()
texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8)
amounts = st.integers(-(2**63), 2**63 - 1)
instants = st.datetimes(timezones=st.just(UTC))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    entry=st.fixed_dictionaries(
        {
            "salt": st.binary(min_size=32, max_size=32),
            "contract_id": st.uuids(),
            "id": st.uuids(),
            "sequence": st.integers(1, 2**31 - 1),
            "kind": texts,
            "invoice_id": st.none() | st.uuids(),
            "subject_id": st.none() | st.uuids(),
            "effective_at": instants,
            "recorded_at": instants,
        }
    ),
    sides=st.lists(st.builds(Side, texts, texts, amounts), min_size=1, max_size=5),
)
async def test_postgresql_makes_the_same_digest_of_an_entry(
    market: Market, entry: dict[str, Any], sides: list[Side]
) -> None:
    row = await market.one(
        """select app.journal_digest($1, $2, $3, $4, $5, $6, $7, $8, $9, (
            select string_agg(app.journal_side(account, currency_code, amount_minor), ',' order by place)
            from unnest($10::text[], $11::text[], $12::bigint[]) with ordinality
                as side(account, currency_code, amount_minor, place))) as digest""",
        *(entry[name] for name in ENTRY),
        [side.account for side in sides],
        [side.currency_code for side in sides],
        [side.amount_minor for side in sides],
    )
    assert row["digest"] == digest_of({**entry, "reverses_entry_id": None}, sides)
