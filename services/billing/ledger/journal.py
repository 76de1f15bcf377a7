"""The double-entry journal: append-only, balanced per currency, and one hash chain for each contract."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import rfc8785
from sqlalchemy import insert, select
from sqlmodel import col

from core.chains import FIRST_PREVIOUS_HASH, SALT_BYTES, instant, link
from core.errors import DomainError
from core.ids import new_id
from services.billing.ledger.models import JournalEntry, Posting

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from core.db import Transaction
    from core.events import ContractKey


class PeriodClosed(DomainError):
    """The books of the month in which it would take effect are closed; reopen them, or let it take effect later."""


class Account(StrEnum):
    """The operator's accounts: it collects for the vendor, so it owes what the association owes it."""

    ASSOCIATION_RECEIVABLE = "ASSOCIATION_RECEIVABLE"
    RETAINAGE_RECEIVABLE = "RETAINAGE_RECEIVABLE"
    ASSOCIATION_CREDIT = "ASSOCIATION_CREDIT"
    CHARGEBACK_RECEIVABLE = "CHARGEBACK_RECEIVABLE"
    STRIPE_BALANCE = "STRIPE_BALANCE"
    BANK = "BANK"
    VENDOR_PAYABLE = "VENDOR_PAYABLE"
    TAX_PAYABLE = "TAX_PAYABLE"
    PLATFORM_FEE_INCOME = "PLATFORM_FEE_INCOME"
    PLATFORM_FEE_TAX = "PLATFORM_FEE_TAX"
    PROCESSING_COST = "PROCESSING_COST"
    RECONCILIATION_DIFFERENCE = "RECONCILIATION_DIFFERENCE"
    CURRENCY_EXCHANGE = "CURRENCY_EXCHANGE"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an entry in minor units: a debit is positive, a credit negative."""

    account: str
    currency_code: str
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entry says, apart from its place in the chain.

    `kind` is one of the flows of migration 0029: which accounts it may debit and credit stands there, and in the
    database. `subject_id` is the row that it is of, such as a payment; None: the invoice itself. A kind is posted once
    of each subject.
    """

    kind: str
    invoice_id: UUID | None
    effective_at: datetime
    sides: Sequence[Side]
    reverses_entry_id: UUID | None = None
    subject_id: UUID | None = None


async def post(tx: Transaction, contract: ContractKey, entry: Entry, *, now: datetime) -> UUID:
    """Append an entry to the contract's chain, whose row the caller has locked; returns its id.

    Refuses with PeriodClosed an entry that would take effect in a month whose books are closed.
    """
    last = await tx.one_or_none(
        select(col(JournalEntry.sequence), col(JournalEntry.hash))
        .where(col(JournalEntry.contract_id) == contract.contract_id)
        .order_by(col(JournalEntry.sequence).desc())
        .limit(1)
    )
    row: dict[str, Any] = {
        **contract.columns,
        "id": new_id(),
        "sequence": last.sequence + 1 if last else 1,
        "kind": entry.kind,
        "invoice_id": entry.invoice_id,
        "subject_id": entry.subject_id,
        "reverses_entry_id": entry.reverses_entry_id,
        "effective_at": entry.effective_at,
        "recorded_at": now,
        "salt": secrets.token_bytes(SALT_BYTES),
        "previous_hash": last.hash if last else FIRST_PREVIOUS_HASH,
    }
    row["digest"] = digest_of(row, entry.sides)
    row["hash"] = link(row["previous_hash"], row["digest"])
    closed = PeriodClosed(f"the books of {entry.effective_at:%Y-%m} are closed: nothing takes effect in them any more")
    await tx.execute(insert(JournalEntry).values(**row), refusing={"period_is_open": closed})
    postings = [
        {
            **contract.columns,
            "entry_id": row["id"],
            "position": position,
            "account": side.account,
            "currency_code": side.currency_code,
            "amount_minor": side.amount_minor,
        }
        for position, side in enumerate(entry.sides, start=1)
    ]
    await tx.execute(insert(Posting).values(postings))
    return row["id"]  # type: ignore[no-any-return]  # a row's values are of any type


async def reverse(
    tx: Transaction,
    contract: ContractKey,
    *,
    kind: str,
    by: str,
    now: datetime,
    invoice_id: UUID | None,
    subject_id: UUID | None = None,
) -> UUID:
    """Undo the entry of this kind by its opposite, of the kind `by`, linked to it; the database allows one."""
    sides = await tx.all(
        select(col(JournalEntry.id), col(Posting.account), col(Posting.currency_code), col(Posting.amount_minor))
        .join(
            Posting,
            (col(Posting.contract_id) == JournalEntry.contract_id) & (col(Posting.entry_id) == JournalEntry.id),
        )
        .where(
            col(JournalEntry.contract_id) == contract.contract_id,
            col(JournalEntry.invoice_id) == invoice_id
            if subject_id is None
            else col(JournalEntry.subject_id) == subject_id,
            col(JournalEntry.kind) == kind,
        )
        .order_by(col(Posting.position))
    )
    opposite = [Side(side.account, side.currency_code, -side.amount_minor) for side in sides]
    entry = Entry(by, invoice_id, now, opposite, reverses_entry_id=sides[0].id, subject_id=subject_id)
    return await post(tx, contract, entry, now=now)


def digest_of(row: Any, sides: Sequence[Any]) -> bytes:  # noqa: ANN401  (a mapping of columns, new or read back)
    """SHA-256 of the salt and of entry and postings as RFC 8785 JSON; integers beyond 2^53 are why amounts are text."""
    document: dict[str, Any] = {
        "contractId": str(row["contract_id"]),
        "id": str(row["id"]),
        "sequence": row["sequence"],
        "kind": row["kind"],
        "invoiceId": str(row["invoice_id"]) if row["invoice_id"] else None,
        "reversesEntryId": str(row["reverses_entry_id"]) if row["reverses_entry_id"] else None,
        "effectiveAt": instant(row["effective_at"]),
        "recordedAt": instant(row["recorded_at"]),
        "postings": [
            {
                "account": str(side.account),
                "currencyCode": side.currency_code,
                "amountMinor": str(side.amount_minor),
            }
            for side in sides
        ],
    }
    if row["subject_id"]:
        document["subjectId"] = str(row["subject_id"])
    return hashlib.sha256(row["salt"] + rfc8785.dumps(document)).digest()
