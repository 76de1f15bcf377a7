from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from core.errors import DomainError
from core.ids import new_id
from services.contracts.revising import revise_contract
from tests.contracts.fair import LINES, NOW, ROSTER, TERMS, Fair


async def outcome(asked: Awaitable[Any]) -> str:
    try:
        await asked
    except DomainError as refused:
        return refused.code()
    return "DONE"


async def test_the_second_signature_makes_it_active(fair: Fair) -> None:
    contract_id = await fair.propose()
    await fair.sign(contract_id, "vendor.owner")
    half = await fair.row("select status, vendor_signed_at, activated_at from contract where id = $1", contract_id)
    assert half == {"status": "PROPOSED", "vendor_signed_at": NOW, "activated_at": None}
    await fair.sign(contract_id, "association.owner")
    whole = await fair.row(
        "select status, association_signed_at, activated_at from contract where id = $1", contract_id
    )
    assert whole == {"status": "ACTIVE", "association_signed_at": NOW, "activated_at": NOW}
    signatures = await fair.rows.fetch(
        "select party, revision, name, organization_name from contract_signature where contract_id = $1 order by id",
        contract_id,
    )
    assert [tuple(signature) for signature in signatures] == [
        ("VENDOR", 1, "vendor.owner", "Vendor"),
        ("ASSOCIATION", 1, "association.owner", "Association"),
    ]
    events = await fair.rows.fetch(
        "select type, after ->> 'status' as status from audit_event where contract_id = $1 order by id", contract_id
    )
    assert [tuple(event) for event in events] == [
        ("CONTRACT_PROPOSED", None),
        ("CONTRACT_SIGNED", "PROPOSED"),
        ("CONTRACT_SIGNED", "ACTIVE"),
    ]


async def test_the_association_may_sign_first(fair: Fair) -> None:
    contract_id = await fair.propose()
    await fair.sign(contract_id, "association.owner")
    await fair.sign(contract_id, "vendor.owner")
    assert await fair.value("select status from contract where id = $1", contract_id) == "ACTIVE"


@pytest.mark.parametrize(
    ("at", "after_start"),
    [
        (datetime(2026, 1, 2, 5, 59, tzinfo=UTC), False),
        (datetime(2026, 1, 2, 6, 0, tzinfo=UTC), True),
    ],
)
async def test_a_signature_after_the_first_day_says_so(fair: Fair, at: datetime, after_start: bool) -> None:
    contract_id = await fair.activate(now=at)
    told = await fair.value("select array_agg(after_start) from contract_signature where contract_id = $1", contract_id)
    assert told == [after_start, after_start]


@pytest.mark.parametrize(
    ("seat", "code"),
    [
        ("nobody", "UNAUTHENTICATED"),
        ("association.buyer", "FORBIDDEN"),
        ("vendor.plain", "FORBIDDEN"),
        ("vendor.finance", "NOT_FOUND"),
        ("operator.billing", "FORBIDDEN"),
        ("other.owner", "NOT_FOUND"),
        ("rival.owner", "NOT_FOUND"),
    ],
)
async def test_who_may_not_sign(fair: Fair, seat: str, code: str) -> None:
    contract_id = await fair.propose()
    assert [told for told, _ in await fair.refused(fair.sign(contract_id, seat))] == [code]


async def test_a_contract_that_does_not_exist(fair: Fair) -> None:
    asked = fair.sign(new_id(), "vendor.owner", content_hash="0" * 64)
    assert await fair.refused(asked) == [("NOT_FOUND", "contractId")]


async def test_a_hash_of_something_else_is_refused(fair: Fair) -> None:
    contract_id = await fair.propose()
    stale = await fair.value("select content_hash from contract where id = $1", contract_id)
    for wrong in ("0" * 64, stale.upper(), ""):
        asked = fair.sign(contract_id, "vendor.owner", content_hash=wrong or "-")
        assert await fair.refused(asked) == [("STALE_CONTENT_HASH", "contentHash")]
    await fair.write("vendor.owner", revise_contract, contract_id=contract_id, revision=1, terms=TERMS, lines=LINES[:1])
    asked = fair.sign(contract_id, "vendor.owner", content_hash=stale)
    assert await fair.refused(asked) == [("STALE_CONTENT_HASH", "contentHash")]


async def test_a_party_signs_once(fair: Fair) -> None:
    contract_id = await fair.propose()
    await fair.sign(contract_id, "vendor.owner")
    assert await fair.refused(fair.sign(contract_id, "vendor.owner")) == [("ALREADY_SIGNED", "contractId")]
    await fair.sign(contract_id, "association.owner")
    assert await fair.refused(fair.sign(contract_id, "association.owner")) == [("ALREADY_SIGNED", "contractId")]


async def test_an_offer_is_signed_until_its_last_day(fair: Fair) -> None:
    contract_id = await fair.propose(offer_expires_on=date(2026, 1, 20))
    too_late = datetime(2026, 1, 21, 6, tzinfo=UTC)
    assert await fair.refused(fair.sign(contract_id, "vendor.owner", now=too_late)) == [("OFFER_EXPIRED", "contractId")]
    await fair.sign(contract_id, "vendor.owner", now=datetime(2026, 1, 21, 5, 59, tzinfo=UTC))


async def test_both_sign_at_once_and_it_becomes_active_once(fair: Fair) -> None:
    for _ in range(10):
        contract_id = await fair.propose(ROSTER)
        known = await fair.value("select content_hash from contract where id = $1", contract_id)
        seats = ("vendor.owner", "association.owner") * 5
        done = await asyncio.gather(*(outcome(fair.sign(contract_id, seat, content_hash=known)) for seat in seats))
        assert sorted(done) == ["ALREADY_SIGNED"] * 8 + ["DONE"] * 2
        assert await statuses(fair, contract_id) == ["ACTIVE", "PROPOSED"]
        due = await fair.value("select count(*) from obligation_occurrence where contract_id = $1", contract_id)
        assert due == 12


async def test_twenty_identical_signatures_are_one(fair: Fair) -> None:
    contract_id = await fair.propose()
    known = await fair.value("select content_hash from contract where id = $1", contract_id)
    asked = [outcome(fair.sign(contract_id, "vendor.owner", content_hash=known)) for _ in range(20)]
    done = await asyncio.gather(*asked)
    assert sorted(done) == ["ALREADY_SIGNED"] * 19 + ["DONE"]
    assert await fair.value("select count(*) from contract_signature where contract_id = $1", contract_id) == 1


async def statuses(fair: Fair, contract_id: UUID) -> list[str]:
    return [
        row["status"]
        for row in await fair.rows.fetch(
            "select after ->> 'status' as status from audit_event "
            "where contract_id = $1 and type = 'CONTRACT_SIGNED' order by 1",
            contract_id,
        )
    ]
