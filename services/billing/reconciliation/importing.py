"""Importing a bank statement: once, whole, and only if it adds up; the worker matches its lines afterwards."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import insert, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlmodel import col

from core.errors import DomainError, Refusals
from core.events import Event
from core.ids import new_id
from core.texts import check_words
from services.billing.reconciliation.camt import read_camt
from services.billing.reconciliation.models import BankStatement, BankStatementLine
from services.billing.reconciliation.separated import Declared, read_separated
from services.billing.reconciliation.statements import Statement, require_sum
from services.identity.roles import Act, require

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Final
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction

IMPORTED: Final = "BANK_STATEMENT_IMPORTED"
LONGEST_REASON: Final = 2000
LONGEST_NAME: Final = 100


class StatementAltered(DomainError):
    """A statement of this account and number was imported, and said something else: ask the bank which one stands."""


class LineImportedBefore(DomainError):
    """A movement stands on another statement of the account already: the two overlap."""


async def import_bank_statement(
    tx: Transaction, *, actor: Actor, content: str, csv: Declared | None, reason: str, now: datetime
) -> UUID:
    """Import a camt.053 file, or a CSV file whose columns are declared; returns the statement's id.

    The same file again changes nothing. Refuses with Forbidden, TextBlank, TextTooLong, StatementUnreadable,
    UnknownCurrency, StatementDoesNotSum, StatementAltered or LineImportedBefore.
    """
    require(actor, Act.RECONCILE)
    reason = reason.strip()
    faults = list(check_words(reason, longest=LONGEST_REASON, field="reason"))
    if csv is not None:
        for text, field in ((csv.account.strip(), "csv.account"), (csv.number.strip(), "csv.number")):
            faults += check_words(text, longest=LONGEST_NAME, field=field)
    if faults:
        raise Refusals(faults)
    statement = require_sum(read_camt(content) if csv is None else read_separated(content, csv))
    row = {
        "id": new_id(),
        "format": "CAMT_053" if csv is None else "CSV",
        **{name: getattr(statement, name) for name in Statement.__slots__ if name != "lines"},
        "line_count": len(statement.lines),
        "content_sha256": hashlib.sha256(content.encode()).digest(),
        "imported_at": now,
        **actor.signed("imported_by"),
    }
    written = upsert(BankStatement).values(**row).on_conflict_do_nothing(constraint="statement_imported_once")
    told = {name: str(row[name]) for name in ("account", "number", "currency_code", "opens_on", "closes_on")}
    if await tx.scalar(written.returning(col(BankStatement.id))) is None:
        statement_id = await _same(tx, statement, content)
        tx.emit(Event("BANK_STATEMENT_SENT_AGAIN", statement_id, after=told, reason=reason))
        return statement_id
    await _write_lines(tx, row["id"], statement)
    tx.emit(Event(IMPORTED, row["id"], after=told | {"lines": len(statement.lines)}, reason=reason, due_at=now))
    return row["id"]  # type: ignore[no-any-return]  # a row's values are of any type


async def _same(tx: Transaction, statement: Statement, content: str) -> UUID:
    found = await tx.one(
        select(col(BankStatement.id), col(BankStatement.content_sha256)).where(
            col(BankStatement.account) == statement.account, col(BankStatement.number) == statement.number
        )
    )
    if found.content_sha256 != hashlib.sha256(content.encode()).digest():
        message = f"statement {statement.number} of {statement.account} was imported and said something else"
        raise StatementAltered(message, field="content")
    return found.id  # type: ignore[no-any-return]


async def _write_lines(tx: Transaction, statement_id: UUID, statement: Statement) -> None:
    keys = statement.keys()
    if len(set(keys)) < len(keys):
        repeated = next(key for at, key in enumerate(keys) if key in keys[:at])
        raise LineImportedBefore(f"two movements have the bank's reference {repeated!r}", field="content")
    rows = [
        {
            "id": new_id(),
            "statement_id": statement_id,
            "account": statement.account,
            "position": position,
            "line_key": key,
            "booked_on": line.booked_on,
            "valued_on": line.valued_on,
            "currency_code": statement.currency_code,
            "amount_minor": line.amount_minor,
            "counterparty_name": line.counterparty_name,
            "counterparty_account": line.counterparty_account,
            "reference": line.reference,
            "information": line.information,
            "status": "UNMATCHED",
        }
        for position, (key, line) in enumerate(zip(keys, statement.lines, strict=True), start=1)
    ]
    overlap = LineImportedBefore("a movement of it stands on another statement of the account", field="content")
    if rows:
        await tx.execute(insert(BankStatementLine), rows, refusing={"line_imported_once": overlap})
