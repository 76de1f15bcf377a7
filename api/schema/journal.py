"""The double-entry journal of a contract, as its parties and the operator may read it."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import ColumnElement, Text, and_, func, literal_column

from api.reading import Money, Node, column, expression, many, money, node, one, order, orders, value
from services.billing.ledger import models as rows

if TYPE_CHECKING:
    from api.schema.invoice import Invoice


@strawberry.enum(description="What an entry records.")
class JournalEntryKind(Enum):
    """Issued or voided."""

    INVOICE_ISSUED = strawberry.enum_value("INVOICE_ISSUED", description="An invoice was issued.")
    INVOICE_VOIDED = strawberry.enum_value(
        "INVOICE_VOIDED", description="An invoice became void: its entry is reversed."
    )


@strawberry.enum(description="What an amount is posted to.")
class JournalAccount(Enum):
    """The operator's accounts."""

    ASSOCIATION_RECEIVABLE = strawberry.enum_value(
        "ASSOCIATION_RECEIVABLE", description="What the association owes, paid to the operator."
    )
    VENDOR_PAYABLE = strawberry.enum_value(
        "VENDOR_PAYABLE", description="What the operator owes the vendor out of that. Not shown to the association."
    )
    PLATFORM_FEE_INCOME = strawberry.enum_value(
        "PLATFORM_FEE_INCOME", description="What the operator keeps as its platform fee. Not shown to the association."
    )


@value(rows.Posting, key=("contract_id", "entry_id", "position"))
class Posting:
    """One side of an entry."""

    account: JournalAccount = column("What it is posted to.")
    amount: Money = money("A debit is positive, a credit negative; an entry sums to zero.", minor="amount_minor")


def _hexadecimal(digest: ColumnElement[bytes]) -> ColumnElement[str]:
    return func.encode(digest, literal_column("'hex'"), type_=Text())


@node(rows.JournalEntry, prefix="jrn")
class JournalEntry(Node):
    """One entry of a contract's journal; append-only, and chained to the entry before it by its hash."""

    sequence: int = column("Its place in the contract's journal, from 1 and without gaps.")
    kind: JournalEntryKind = column("What it records.")
    effective_at: datetime = column("When what it records took effect.")
    recorded_at: datetime = column("When it was written.")
    previous_hash: str = expression(
        "SHA-256 of the entry before, in hexadecimal; zeros for the first.", lambda e: _hexadecimal(e.previous_hash)
    )
    hash: str = expression(
        "SHA-256 over the previous hash and this entry's salted digest, in hexadecimal.", lambda e: _hexadecimal(e.hash)
    )
    invoice: Invoice = one(
        "The invoice it is about.",
        lambda entry, invoice: and_(invoice.contract_id == entry.contract_id, invoice.id == entry.invoice_id),
    )
    reverses: JournalEntry | None = one(
        "The entry that this one undoes.",
        lambda entry, undone: and_(undone.contract_id == entry.contract_id, undone.id == entry.reverses_entry_id),
    )
    postings: list[Posting] = many(
        "Its sides, as far as you may see them: the association is shown what it owes.",
        lambda entry, posting: and_(posting.contract_id == entry.contract_id, posting.entry_id == entry.id),
        order=lambda posting: [posting.position],
    )


@orders
class JournalEntryOrder(Enum):
    """How entries are ordered."""

    OLDEST = order("As they were written.", lambda entry: [entry.sequence])
    NEWEST = order("The latest first.", lambda entry: [entry.sequence.desc()])
