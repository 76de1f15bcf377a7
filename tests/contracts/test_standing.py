"""A contract's life as a machine: whatever is asked, in whatever order, only lawful steps are taken."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID

import asyncpg
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from core.actor import SYSTEM
from core.db import Database, Transaction
from services.contracts.ending import decline_contract, expire_proposal, terminate_contract, withdraw_contract
from services.contracts.revising import revise_contract
from tests.contracts.fair import LINES, NOW, TERMS, Fair
from tests.contracts.test_signing import outcome
from tests.databases import OneDatabase

LONG_AFTER = datetime(2026, 6, 1, tzinfo=UTC)
OPEN = {"PROPOSED"}


class Standing(RuleBasedStateMachine):
    """What a contract should be by now, beside what the database says it is."""

    loop: ClassVar[asyncio.AbstractEventLoop]
    fair: ClassVar[Fair]
    batch: ClassVar[Database]

    def __init__(self) -> None:
        super().__init__()
        self.status = "PROPOSED"
        self.revision = 1
        self.signed: set[str] = set()
        self.ended = False

    def run(self, asked: Awaitable[Any]) -> Any:  # noqa: ANN401
        return self.loop.run_until_complete(asked)

    def call(self, seat: str, function: Callable[..., Awaitable[UUID]], **arguments: Any) -> str:  # noqa: ANN401
        asked = self.fair.write(seat, function, contract_id=self.contract_id, **arguments)
        code: str = self.run(outcome(asked))
        return code

    @initialize()
    def propose(self) -> None:
        self.contract_id: UUID = self.run(self.fair.propose(*LINES[:1]))

    def sign(self, party: str, seat: str) -> None:
        code = self.run(outcome(self.fair.sign(self.contract_id, seat)))
        if party in self.signed:
            assert code == "ALREADY_SIGNED"
        elif self.status != "PROPOSED":
            assert code == "CONTRACT_NOT_OPEN"
        else:
            assert code == "DONE"
            self.signed.add(party)
            if len(self.signed) == 2:
                self.status = "ACTIVE"

    @rule()
    def vendor_signs(self) -> None:
        self.sign("VENDOR", "vendor.owner")

    @rule()
    def association_signs(self) -> None:
        self.sign("ASSOCIATION", "association.owner")

    @rule()
    def revise(self) -> None:
        code = self.call("vendor.owner", revise_contract, revision=self.revision, terms=TERMS, lines=LINES[:1])
        assert code == ("DONE" if self.status in OPEN else "CONTRACT_NOT_OPEN")
        if code == "DONE":
            self.revision += 1
            self.signed.clear()

    @rule()
    def decline(self) -> None:
        self.leave(self.call("vendor.owner", decline_contract, reason=None), OPEN, "DECLINED", "CONTRACT_NOT_OPEN")

    @rule()
    def withdraw(self) -> None:
        code = self.call("association.owner", withdraw_contract, reason=None)
        self.leave(code, OPEN, "WITHDRAWN", "CONTRACT_NOT_OPEN")

    @rule()
    def terminate(self) -> None:
        code = self.call("vendor.owner", terminate_contract, reason="Enough")
        self.leave(code, {"ACTIVE"}, "TERMINATED", "CONTRACT_NOT_ACTIVE")

    @rule()
    def expire_too_early(self) -> None:
        assert not self.expire(NOW)

    @rule()
    def expire_in_time(self) -> None:
        self.leave("DONE" if self.expire(LONG_AFTER) else "NOTHING", OPEN, "EXPIRED", "NOTHING")

    def expire(self, now: datetime) -> bool:
        async def work(tx: Transaction) -> bool:
            return await expire_proposal(tx, contract_id=self.contract_id, now=now)

        return bool(self.run(self.batch.write(SYSTEM, work, now=now, request_id="test")))

    def leave(self, code: str, possible_in: set[str], becomes: str, refusal: str) -> None:
        assert code == ("DONE" if self.status in possible_in else refusal)
        if code == "DONE":
            self.status, self.ended = becomes, True

    @invariant()
    def the_database_agrees(self) -> None:
        row = self.run(self.fair.row("select * from contract where id = $1", self.contract_id))
        assert (row["status"], row["revision"]) == (self.status, self.revision)
        assert {
            party
            for party, at in (("VENDOR", row["vendor_signed_at"]), ("ASSOCIATION", row["association_signed_at"]))
            if at is not None
        } == self.signed
        assert (row["activated_at"] is not None) == (self.status in {"ACTIVE", "TERMINATED"})
        assert (row["ended_at"] is not None) == self.ended
        standing = self.run(
            self.fair.value(
                "select count(*) from contract_signature "
                "where contract_id = $1 and revision = $2 and content_hash = $3",
                self.contract_id,
                self.revision,
                row["content_hash"],
            )
        )
        assert standing == len(self.signed)


def test_no_order_of_steps_leads_where_it_should_not(database: OneDatabase) -> None:
    loop = asyncio.new_event_loop()
    rows = loop.run_until_complete(asyncpg.connect(database.superuser_url))
    app, batch = Database(database.app_url), Database(database.batch_url)

    class Here(Standing):
        pass

    Here.loop, Here.batch = loop, batch
    Here.fair = loop.run_until_complete(Fair(rows, app).open())
    try:
        run_state_machine_as_test(
            Here,
            settings=settings(
                max_examples=25, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
            ),
        )
    finally:
        for closing in (app.close(), batch.close(), rows.close()):
            loop.run_until_complete(closing)
        loop.close()
