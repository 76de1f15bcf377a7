"""A process that is killed, as by `kill -9`, before the n-th statement of a billing act.

It reads lines from its standard input, forks for each, and answers with KILLED or with what the act came to. The
statement after the last is the commit. A line is JSON: how many statements may run, the database's URL, the actor, the
act and its arguments.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import date
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import event
from sqlalchemy.engine import Engine

from core.actor import Actor
from core.db import Database
from core.errors import DomainError
from services.billing.invoicing import issue_invoice
from services.billing.voiding import void_invoice
from tests.billing.market import NOW


def main() -> None:
    """Do as each line says, in a child."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            asyncio.run(_act(**orjson.loads(line)))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        sys.stdout.write("KILLED\n" if os.WIFSIGNALED(status) else "")
        sys.stdout.flush()


async def _act(*, statements: int, url: str, actor: dict[str, Any], act: str, contract_id: str, **given: str) -> None:
    _die_after(statements)
    who = Actor(
        actor["kind"],
        UUID(actor["organization_id"]),
        UUID(actor["member_id"]),
        name="Kim",
        roles=frozenset(actor["roles"]),
    )
    database = Database(url)

    async def work(tx: Any) -> Any:  # noqa: ANN401  (either act)
        if act == "issue":
            return await issue_invoice(
                tx,
                actor=who,
                contract_id=UUID(contract_id),
                starts_on=date.fromisoformat(given["starts_on"]),
                ends_on=date.fromisoformat(given["ends_on"]),
                now=NOW,
            )
        return await void_invoice(
            tx, actor=who, contract_id=UUID(contract_id), invoice_id=UUID(given["invoice_id"]), reason="Wrong", now=NOW
        )

    try:
        await database.write(who, work, now=NOW, request_id="test")
        outcome = "DONE"
    except DomainError as refused:
        outcome = refused.code()
    sys.stdout.write(f"{outcome}\n")
    sys.stdout.flush()


def _die_after(statements: int) -> None:
    left = statements

    def count(*_: object) -> None:
        nonlocal left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1

    event.listen(Engine, "before_cursor_execute", count)
    event.listen(Engine, "commit", count)


if __name__ == "__main__":
    main()
