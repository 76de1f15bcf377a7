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
    """The flows that exist."""

    INVOICE_ISSUED = strawberry.enum_value("INVOICE_ISSUED", description="An invoice was issued.")
    INVOICE_VOIDED = strawberry.enum_value(
        "INVOICE_VOIDED", description="An invoice became void: its entry is reversed."
    )
    CREDIT_NOTE_ISSUED = strawberry.enum_value(
        "CREDIT_NOTE_ISSUED", description="A credit note was issued: less is owed."
    )
    CREDIT_NOTE_VOIDED = strawberry.enum_value(
        "CREDIT_NOTE_VOIDED", description="A credit note became void: its entry is reversed."
    )
    RETAINAGE_RELEASED = strawberry.enum_value("RETAINAGE_RELEASED", description="Retainage was released: it is due.")
    PAYMENT_RECEIVED = strawberry.enum_value("PAYMENT_RECEIVED", description="Money of the association arrived.")
    PAYMENT_REVERSED = strawberry.enum_value(
        "PAYMENT_REVERSED", description="A payment that had arrived was taken back."
    )
    CREDIT_APPLIED = strawberry.enum_value(
        "CREDIT_APPLIED", description="What the association had paid too much was set against an invoice."
    )
    REFUND_PAID = strawberry.enum_value("REFUND_PAID", description="Money was returned to the association.")
    REFUND_FAILED = strawberry.enum_value("REFUND_FAILED", description="A refund came back: its entry is reversed.")
    PROCESSING_COST_CHARGED = strawberry.enum_value(
        "PROCESSING_COST_CHARGED", description="The payment processor or the bank charged for its service."
    )
    PROCESSING_COST_RETURNED = strawberry.enum_value(
        "PROCESSING_COST_RETURNED", description="It returned such a charge."
    )
    CHARGEBACK_OPENED = strawberry.enum_value(
        "CHARGEBACK_OPENED", description="The association's bank took a payment back, until it is decided."
    )
    CHARGEBACK_WON = strawberry.enum_value(
        "CHARGEBACK_WON", description="It was decided for the operator: the money is back."
    )
    CHARGEBACK_LOST = strawberry.enum_value(
        "CHARGEBACK_LOST", description="It was decided against the operator: the invoice is owed again."
    )
    SETTLEMENT_PAID = strawberry.enum_value("SETTLEMENT_PAID", description="The vendor was paid out of money received.")
    SETTLEMENT_REVERSED = strawberry.enum_value(
        "SETTLEMENT_REVERSED", description="A settlement was taken back from the vendor."
    )
    PAYOUT_ARRIVED = strawberry.enum_value(
        "PAYOUT_ARRIVED", description="The processor's balance was paid out to the operator's bank."
    )
    PAYOUT_FAILED = strawberry.enum_value("PAYOUT_FAILED", description="Such a payout came back.")
    DIFFERENCE_WRITTEN_OFF = strawberry.enum_value(
        "DIFFERENCE_WRITTEN_OFF", description="A small difference was written off."
    )
    WRITE_OFF_REVERSED = strawberry.enum_value("WRITE_OFF_REVERSED", description="Such a write-off was taken back.")
    PLATFORM_FEE_TAXED = strawberry.enum_value(
        "PLATFORM_FEE_TAXED", description="Tax on a platform fee was set off against what the vendor is paid."
    )
    PLATFORM_FEE_TAX_RETURNED = strawberry.enum_value(
        "PLATFORM_FEE_TAX_RETURNED", description="A platform fee was credited to the vendor, and the tax on it with it."
    )
    EXCHANGED = strawberry.enum_value("EXCHANGED", description="Money changed its currency.")


@strawberry.enum(description="What an amount is posted to.")
class JournalAccount(Enum):
    """The operator's accounts."""

    ASSOCIATION_RECEIVABLE = strawberry.enum_value(
        "ASSOCIATION_RECEIVABLE", description="What the association owes, paid to the operator."
    )
    RETAINAGE_RECEIVABLE = strawberry.enum_value(
        "RETAINAGE_RECEIVABLE", description="What the association keeps back until it is released."
    )
    ASSOCIATION_CREDIT = strawberry.enum_value(
        "ASSOCIATION_CREDIT",
        description="What the operator owes the association: paid too much, or credited after it was paid.",
    )
    CHARGEBACK_RECEIVABLE = strawberry.enum_value(
        "CHARGEBACK_RECEIVABLE",
        description="What the association's bank took back, until it is decided. Shown to the operator only.",
    )
    STRIPE_BALANCE = strawberry.enum_value(
        "STRIPE_BALANCE", description="Money at the payment processor. Shown to the operator only."
    )
    BANK = strawberry.enum_value("BANK", description="Money at the operator's bank. Shown to the operator only.")
    VENDOR_PAYABLE = strawberry.enum_value(
        "VENDOR_PAYABLE", description="What the operator owes the vendor out of that. Not shown to the association."
    )
    TAX_PAYABLE = strawberry.enum_value(
        "TAX_PAYABLE",
        description="Tax collected for the vendor, which owes it to its tax office. Not shown to the association.",
    )
    PLATFORM_FEE_INCOME = strawberry.enum_value(
        "PLATFORM_FEE_INCOME", description="What the operator keeps as its platform fee. Not shown to the association."
    )
    PLATFORM_FEE_TAX = strawberry.enum_value(
        "PLATFORM_FEE_TAX",
        description="Tax on platform fees, which the operator owes to its tax office. Not shown to the association.",
    )
    PROCESSING_COST = strawberry.enum_value(
        "PROCESSING_COST", description="What processor and bank charge the operator. Shown to the operator only."
    )
    RECONCILIATION_DIFFERENCE = strawberry.enum_value(
        "RECONCILIATION_DIFFERENCE",
        description="Small differences that were written off. Shown to the operator only.",
    )
    CURRENCY_EXCHANGE = strawberry.enum_value(
        "CURRENCY_EXCHANGE", description="What exchanging money gained or lost. Shown to the operator only."
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
    invoice: Invoice | None = one(
        "The invoice it is about; null where it is about none, such as a payout.",
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
