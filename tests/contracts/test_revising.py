from __future__ import annotations

import asyncio
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest

from services.contracts.lines import LineDraft
from services.contracts.revising import revise_contract
from tests.contracts.fair import LINES, TERMS, TICKETS, Fair
from tests.contracts.test_signing import outcome


async def revise(
    fair: Fair, contract_id: UUID, *lines: LineDraft, revision: int = 1, seat: str = "vendor.owner", **terms: object
) -> UUID:
    return await fair.write(
        seat,
        revise_contract,
        contract_id=contract_id,
        revision=revision,
        terms=replace(TERMS, **terms),  # type: ignore[arg-type]
        lines=lines or LINES,
    )


@pytest.mark.parametrize("seat", ["vendor.owner", "association.buyer", "association.owner"])
async def test_either_party_restates_a_proposal_and_signatures_fall(fair: Fair, seat: str) -> None:
    contract_id = await fair.propose()
    before = await fair.row("select * from contract where id = $1", contract_id)
    await fair.sign(contract_id, "vendor.owner")
    await revise(fair, contract_id, replace(TICKETS, quantity=Decimal(100)), seat=seat, title="Help desk")
    after = await fair.row("select * from contract where id = $1", contract_id)
    assert (after["revision"], after["title"], after["total_value_minor"]) == (2, "Help desk", 650_00)
    assert after["vendor_signed_at"] is None
    assert after["content_hash"] != before["content_hash"]
    kept = ("offering_version_id", "platform_fee_percent", "time_zone", "proposed_at", "status", "association_id")
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    lines = await fair.rows.fetch(
        "select revision, count(*) as lines from contract_line where contract_id = $1 group by 1 order by 1",
        contract_id,
    )
    assert [tuple(line) for line in lines] == [(1, 5), (2, 1)]
    costs = await fair.value("select count(*) from contract_line_cost where contract_id = $1", contract_id)
    assert costs == 5
    event = await fair.row(
        "select * from audit_event where contract_id = $1 and type = 'CONTRACT_REVISED'", contract_id
    )
    assert event["actor_name"] == seat


async def test_what_was_signed_before_is_signed_anew(fair: Fair) -> None:
    contract_id = await fair.propose()
    await fair.sign(contract_id, "vendor.owner")
    await revise(fair, contract_id)
    await fair.sign(contract_id, "association.owner")
    assert await fair.value("select status from contract where id = $1", contract_id) == "PROPOSED"
    await fair.sign(contract_id, "vendor.owner")
    assert await fair.value("select status from contract where id = $1", contract_id) == "ACTIVE"


async def test_a_revision_of_something_older_is_refused(fair: Fair) -> None:
    contract_id = await fair.propose()
    await revise(fair, contract_id)
    for revision in (1, 3, 0):
        asked = revise(fair, contract_id, revision=revision)
        assert await fair.refused(asked) == [("STALE_REVISION", "revision")]


async def test_two_revise_at_once_and_one_wins(fair: Fair) -> None:
    contract_id = await fair.propose()
    asked = [outcome(revise(fair, contract_id, seat=seat)) for seat in ("vendor.owner", "association.owner") * 4]
    assert sorted(await asyncio.gather(*asked)) == ["DONE"] + ["STALE_REVISION"] * 7


@pytest.mark.parametrize(
    ("seat", "code"),
    [
        ("nobody", "UNAUTHENTICATED"),
        ("association.acceptor", "FORBIDDEN"),
        ("vendor.delivery", "NOT_FOUND"),
        ("operator.billing", "FORBIDDEN"),
        ("other.owner", "NOT_FOUND"),
        ("rival.owner", "NOT_FOUND"),
    ],
)
async def test_who_may_not_revise(fair: Fair, seat: str, code: str) -> None:
    contract_id = await fair.propose()
    assert [told for told, _ in await fair.refused(revise(fair, contract_id, seat=seat))] == [code]


async def test_a_revision_is_looked_at_like_a_proposal(fair: Fair) -> None:
    contract_id = await fair.propose()
    asked = revise(fair, contract_id, replace(TICKETS, quantity=Decimal(-1)), title=" ")
    assert await fair.refused(asked) == [("TEXT_BLANK", "title"), ("INVALID_QUANTITY", "lines.0.quantity")]


async def test_what_is_active_is_revised_no_more(fair: Fair) -> None:
    contract_id = await fair.activate()
    assert await fair.refused(revise(fair, contract_id)) == [("CONTRACT_NOT_OPEN", "contractId")]
