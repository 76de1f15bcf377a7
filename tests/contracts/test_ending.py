from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from core.actor import SYSTEM
from core.db import Database, Transaction
from services.contracts.ending import decline_contract, expire_proposal, terminate_contract, withdraw_contract
from services.contracts.revising import revise_contract
from tests.contracts.fair import LINES, NOW, ROSTER, TERMS, Fair
from tests.databases import OneDatabase

ENDS = {"DECLINED": decline_contract, "WITHDRAWN": withdraw_contract, "TERMINATED": terminate_contract}
BY = {"DECLINED": "vendor.owner", "WITHDRAWN": "association.buyer", "TERMINATED": "association.owner"}


async def end(
    fair: Fair, contract_id: UUID, how: str, *, seat: str | None = None, reason: str | None = "Budget"
) -> Any:  # noqa: ANN401
    function: Any = ENDS[how]
    return await fair.write(seat or BY[how], function, contract_id=contract_id, reason=reason)


async def expire(database: OneDatabase, contract_id: UUID, now: datetime) -> bool:
    """As the worker does: in the role that sees all rows, for no person."""
    batch = Database(database.batch_url)

    async def run(tx: Transaction) -> bool:
        return await expire_proposal(tx, contract_id=contract_id, now=now)

    try:
        return await batch.write(SYSTEM, run, now=now, request_id="test")
    finally:
        await batch.close()


@pytest.mark.parametrize("how", ["DECLINED", "WITHDRAWN"])
async def test_a_proposal_is_declined_or_withdrawn(fair: Fair, how: str) -> None:
    contract_id = await fair.propose()
    await end(fair, contract_id, how)
    ended = await fair.row("select status, ended_at, end_reason from contract where id = $1", contract_id)
    assert ended == {"status": how, "ended_at": NOW, "end_reason": "Budget"}
    event = await fair.row(
        "select * from audit_event where contract_id = $1 and type = $2", contract_id, f"CONTRACT_{how}"
    )
    assert event["reason"] == "Budget"
    for again in ("DECLINED", "WITHDRAWN"):
        assert await fair.refused(end(fair, contract_id, again)) == [("CONTRACT_NOT_OPEN", "contractId")]
    assert await fair.refused(fair.sign(contract_id, "vendor.owner")) == [("CONTRACT_NOT_OPEN", "contractId")]
    assert await fair.refused(end(fair, contract_id, "TERMINATED")) == [("CONTRACT_NOT_ACTIVE", "contractId")]


@pytest.mark.parametrize(
    ("how", "seat", "code"),
    [
        ("DECLINED", "association.owner", "FORBIDDEN"),
        ("DECLINED", "vendor.delivery", "NOT_FOUND"),
        ("DECLINED", "rival.owner", "NOT_FOUND"),
        ("DECLINED", "nobody", "UNAUTHENTICATED"),
        ("WITHDRAWN", "vendor.owner", "FORBIDDEN"),
        ("WITHDRAWN", "association.finance", "FORBIDDEN"),
        ("WITHDRAWN", "other.owner", "NOT_FOUND"),
        ("WITHDRAWN", "operator.billing", "FORBIDDEN"),
    ],
)
async def test_who_may_not_end_a_proposal(fair: Fair, how: str, seat: str, code: str) -> None:
    contract_id = await fair.propose()
    assert [told for told, _ in await fair.refused(end(fair, contract_id, how, seat=seat))] == [code]


@pytest.mark.parametrize("seat", ["association.owner", "vendor.owner"])
async def test_either_partys_signatory_terminates(fair: Fair, seat: str) -> None:
    contract_id = await fair.activate()
    assert [code for code, _ in await fair.refused(end(fair, contract_id, "DECLINED"))] == ["CONTRACT_NOT_OPEN"]
    await end(fair, contract_id, "TERMINATED", seat=seat)
    ended = await fair.row("select status, ended_at, activated_at from contract where id = $1", contract_id)
    assert ended == {"status": "TERMINATED", "ended_at": NOW, "activated_at": NOW}
    again = end(fair, contract_id, "TERMINATED", seat=seat)
    assert await fair.refused(again) == [("CONTRACT_NOT_ACTIVE", "contractId")]


@pytest.mark.parametrize(
    ("seat", "code"),
    [
        ("nobody", "UNAUTHENTICATED"),
        ("association.buyer", "FORBIDDEN"),
        ("vendor.plain", "FORBIDDEN"),
        ("operator.billing", "FORBIDDEN"),
        ("other.owner", "NOT_FOUND"),
    ],
)
async def test_who_may_not_terminate(fair: Fair, seat: str, code: str) -> None:
    contract_id = await fair.activate()
    assert [told for told, _ in await fair.refused(end(fair, contract_id, "TERMINATED", seat=seat))] == [code]


async def test_a_reason_says_something(fair: Fair) -> None:
    contract_id = await fair.activate()
    assert await fair.refused(end(fair, contract_id, "TERMINATED", reason="  ")) == [("TEXT_BLANK", "reason")]
    assert await fair.refused(end(fair, contract_id, "TERMINATED", reason="x" * 2001)) == [("TEXT_TOO_LONG", "reason")]


async def test_termination_ends_every_grant(fair: Fair) -> None:
    now = datetime.now(UTC)
    contract_id = await fair.activate(ROSTER, now=now, starts_on=now.date(), ends_on=date(now.year + 2, 1, 1))
    grant = await fair.grant(contract_id, now=now)
    later = await fair.grant(contract_id, to="vendor.second", starts_on=date(now.year + 1, 1, 1), now=now)
    assert await fair.sees("vendor.delivery", contract_id)
    await fair.write("vendor.owner", terminate_contract, contract_id=contract_id, reason="Done", now=now)
    assert not await fair.sees("vendor.delivery", contract_id)
    assert await fair.sees("vendor.owner", contract_id)
    upper = await fair.value("select upper(effective) from contract_grant where id = $1", grant.id)
    assert upper == now
    assert await fair.value("select isempty(effective) from contract_grant where id = $1", later.id)
    for ended in (grant, later):
        assert await fair.refused(fair.revoke(ended, now=now)) == [("ALREADY_REVOKED", "grantId")]


async def test_an_offer_expires_after_its_last_day(fair: Fair, database: OneDatabase) -> None:
    contract_id = await fair.propose(offer_expires_on=date(2026, 1, 20))
    before = await fair.state()
    assert not await expire(database, contract_id, datetime(2026, 1, 21, 5, 59, tzinfo=UTC))
    assert await fair.state() == before
    assert await expire(database, contract_id, datetime(2026, 1, 21, 6, tzinfo=UTC))
    assert await fair.value("select status from contract where id = $1", contract_id) == "EXPIRED"
    event = await fair.row(
        "select * from audit_event where contract_id = $1 and type = 'CONTRACT_EXPIRED'", contract_id
    )
    assert event["actor_name"] == "Chapterhouse"
    assert not await expire(database, contract_id, datetime(2026, 1, 22, tzinfo=UTC))
    assert await fair.refused(fair.sign(contract_id, "vendor.owner")) == [("CONTRACT_NOT_OPEN", "contractId")]


async def test_a_revised_offer_stands_longer(fair: Fair, database: OneDatabase) -> None:
    contract_id = await fair.propose(offer_expires_on=date(2026, 1, 20))
    await fair.write("vendor.owner", revise_contract, contract_id=contract_id, revision=1, terms=TERMS, lines=LINES)
    assert not await expire(database, contract_id, datetime(2026, 1, 22, tzinfo=UTC))


async def test_what_is_active_does_not_expire(fair: Fair, database: OneDatabase) -> None:
    contract_id = await fair.activate()
    assert not await expire(database, contract_id, datetime(2026, 12, 1, tzinfo=UTC))
    queued = await fair.rows.fetch(
        "select execute_after from pgqueuer where entrypoint = 'CONTRACT_PROPOSED' and payload like $1",
        f"%{contract_id}%".encode(),
    )
    assert len(queued) == 1
