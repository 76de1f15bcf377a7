"""Credit notes: what issued invoices ask less, line by line."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import and_, any_

from api.reading import (
    CurrencyCode,
    Id,
    Money,
    Node,
    column,
    filters,
    many,
    money,
    node,
    one,
    order,
    orders,
    value,
    where,
)
from api.schema.enums import Unit
from api.schema.person import Person, person
from services.billing.adjustments import models as rows
from services.billing.open_book import waterfall as books

if TYPE_CHECKING:
    from api.schema.contract import Contract
    from api.schema.invoice import Invoice, InvoiceLine
    from api.schema.invoice_dispute import InvoiceDispute
    from api.schema.journal import JournalEntry
    from api.schema.open_book import OpenBook


@strawberry.enum(description="Where a credit note stands.")
class CreditNoteStatus(Enum):
    """Issued or void."""

    ISSUED = strawberry.enum_value("ISSUED", description="It takes off what it says.")
    VOID = strawberry.enum_value("VOID", description="It takes nothing off; its number stays.")


@strawberry.enum(description="Why something is credited.")
class CreditReason(Enum):
    """The causes that reports add up."""

    BILLED_IN_ERROR = strawberry.enum_value("BILLED_IN_ERROR", description="It should not have been billed.")
    QUANTITY = strawberry.enum_value("QUANTITY", description="Too much of it was billed.")
    RATE = strawberry.enum_value("RATE", description="It was billed at a wrong price.")
    NOT_ACCEPTED = strawberry.enum_value("NOT_ACCEPTED", description="It was billed and had not been accepted.")
    OUT_OF_SCOPE = strawberry.enum_value("OUT_OF_SCOPE", description="It was not contracted.")
    DUPLICATE = strawberry.enum_value("DUPLICATE", description="It was billed before.")
    TAX = strawberry.enum_value("TAX", description="It was taxed wrongly.")
    CONCESSION = strawberry.enum_value("CONCESSION", description="The vendor grants it, without owing it.")
    SERVICE_CREDIT = strawberry.enum_value("SERVICE_CREDIT", description="A service level was missed.")
    CORRECTION = strawberry.enum_value("CORRECTION", description="A corrected invoice takes the invoice's place.")
    DISPUTE_UPHELD = strawberry.enum_value("DISPUTE_UPHELD", description="The association disputed it, with success.")
    OTHER = strawberry.enum_value("OTHER", description="As the reason's words say.")


@node(rows.CreditNoteLine, prefix="cnl")
class CreditNoteLine(Node):
    """What is credited of one line of an invoice."""

    position: int = column("Its place on the credit note, from 1.")
    description: str = column("What is credited, as the invoice's line is called.")
    invoice_line: InvoiceLine = one(
        "The line of the invoice.",
        lambda line, billed: and_(billed.contract_id == line.contract_id, billed.id == line.invoice_line_id),
    )
    quantity: Decimal = column("How much of the quantity, in `unit`; zero for a concession on the price.")
    unit: Unit = column("What the price is for one of.")
    amount: Money = money("How much of the price, net of tax.", minor="amount_minor")
    tax: Money = money("The tax that goes with it.", minor="tax_minor")
    frees_sources: bool = column("Whether what the line billed can be billed again.")
    open_book: OpenBook | None = one(
        "The price, cost and platform fee that it takes back.", rows=books.of_credit_note_line
    )


@node(rows.CreditNote, prefix="crn")
class CreditNote(Node):
    """What an issued invoice asks less, in the vendor's name. It never changes, but to become void."""

    number: str = column("Unique for its vendor, without gaps within a year: CN, hyphen, year, hyphen, six digits.")
    status: CreditNoteStatus = column("Where it stands.")
    reason_code: CreditReason = column("Why, as reports add it up.")
    reason: str = column("Why, in words.")
    currency_code: CurrencyCode = column("The currency of every amount on it: the invoice's.")
    subtotal: Money = money("The sum of its lines, net of tax.", minor="subtotal_minor")
    tax_total: Money = money(
        "Tax in all: what stands of the invoice is taxed as if it had been billed so.", minor="tax_total_minor"
    )
    total: Money = money("Subtotal and tax.", minor="total_minor")
    applied: Money = money("What it took off what was due.", minor="applied_minor")
    retained: Money = money("What it took off retainage: its share of what was retained.", minor="retained_minor")
    refundable: Money = money(
        "What was paid already: owed to the association, to be returned or set against another invoice.",
        minor="refundable_minor",
    )
    issued_at: datetime = column("When it was issued.")
    issued_on: date = column("The day it was issued, in the association's time zone.")
    issued_by: Person = one("Who issued it, for the operator.", rows=lambda note: person(note, prefix="issued_by_"))
    voided_at: datetime | None = column("When it became void.")
    void_reason: str | None = column("Why it is void, in the operator's words.")
    invoice: Invoice = one(
        "The invoice that it credits.",
        lambda note, invoice: and_(invoice.contract_id == note.contract_id, invoice.id == note.invoice_id),
    )
    contract: Contract = one("What the invoice was owed under.", lambda note, contract: contract.id == note.contract_id)
    dispute: InvoiceDispute | None = one(
        "The dispute that it settles.",
        lambda note, dispute: and_(dispute.contract_id == note.contract_id, dispute.id == note.dispute_id),
    )
    lines: list[CreditNoteLine] = many(
        "What is credited.",
        lambda note, line: and_(line.contract_id == note.contract_id, line.credit_note_id == note.id),
        order=lambda line: [line.position],
    )
    journal: list[JournalEntry] = many(
        "Its entry, and the one that reversed it when it became void.",
        lambda note, entry: and_(
            entry.contract_id == note.contract_id, entry.id.in_([note.issued_entry_id, note.voided_entry_id])
        ),
        order=lambda entry: [entry.sequence],
    )
    open_book: OpenBook | None = one(
        "The price, cost and platform fee that it takes back: the sums of its lines.", rows=books.of_credit_note
    )


@value(rows.CreditApplication, key=("contract_id", "id"))
class CreditApplication:
    """Credit of the association that was set against an invoice."""

    amount: Money = money("How much.", minor="amount_minor")
    reason: str = column("Why, in words.")
    applied_at: datetime = column("When.")
    applied_by: Person = one("Who did it, for the operator.", rows=lambda row: person(row, prefix="applied_by_"))


@filters
class CreditNoteFilter:
    """Which credit notes."""

    contract: Id[Contract] | None = where("Of this contract.", lambda note, v: note.contract_id == v)
    status: list[CreditNoteStatus] | None = where("Standing so.", lambda note, v: note.status == any_(v))
    reason_code: list[CreditReason] | None = where("For these reasons.", lambda note, v: note.reason_code == any_(v))
    number: str | None = where("Of exactly this number; each vendor counts on its own.", lambda n, v: n.number == v)
    issued_from: date | None = where("Issued on this day or later.", lambda note, v: note.issued_on >= v)
    issued_until: date | None = where("Issued on this day or earlier.", lambda note, v: note.issued_on <= v)


@orders
class CreditNoteOrder(Enum):
    """How credit notes are ordered."""

    NEWEST = order("The latest issued first.", lambda note: [note.issued_at.desc()])
    OLDEST = order("The earliest issued first.", lambda note: [note.issued_at])
