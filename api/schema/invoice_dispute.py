"""Disputes of invoices: what an association objects to, and what became of it."""

from __future__ import annotations

from datetime import datetime
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
    Payload,
    column,
    filters,
    inputs,
    many,
    money,
    node,
    one,
    order,
    orders,
    payload,
    result,
    value,
    where,
)
from api.schema.evidence import Evidence
from api.schema.invoice import Invoice, InvoiceLine
from api.schema.person import Person, person
from services.billing.adjustments import models as rows
from services.billing.adjustments import reads

if TYPE_CHECKING:
    from api.schema.contract import Contract
    from api.schema.credit_note import CreditNote


@strawberry.enum(description="Where a dispute stands.")
class InvoiceDisputeStatus(Enum):
    """From open to its end."""

    OPEN = strawberry.enum_value("OPEN", description="What it names is held until it is resolved.")
    WITHDRAWN = strawberry.enum_value("WITHDRAWN", description="The association took it back.")
    UPHELD = strawberry.enum_value("UPHELD", description="All of it was credited.")
    PARTLY_UPHELD = strawberry.enum_value("PARTLY_UPHELD", description="Part of it was credited; the rest is owed.")
    REJECTED = strawberry.enum_value("REJECTED", description="None of it was credited: it is owed.")


@strawberry.enum(description="Why a line is disputed.")
class DisputeReason(Enum):
    """What is wrong with it."""

    QUANTITY = strawberry.enum_value("QUANTITY", description="Less was delivered than was billed.")
    RATE = strawberry.enum_value("RATE", description="Another price was agreed.")
    NOT_ACCEPTED = strawberry.enum_value("NOT_ACCEPTED", description="It was not accepted.")
    OUT_OF_SCOPE = strawberry.enum_value("OUT_OF_SCOPE", description="It was not contracted.")
    DUPLICATE = strawberry.enum_value("DUPLICATE", description="It was billed before.")
    TAX = strawberry.enum_value("TAX", description="It is taxed wrongly.")
    OTHER = strawberry.enum_value("OTHER", description="As its words say.")


@value(rows.InvoiceDisputeLine, key=("contract_id", "id"))
class InvoiceDisputeLine:
    """What is disputed of one line of the invoice."""

    invoice_line: InvoiceLine = one(
        "The line.",
        lambda disputed, line: and_(line.contract_id == disputed.contract_id, line.id == disputed.invoice_line_id),
    )
    reason_code: DisputeReason = column("What is wrong with it.")
    words: str = column("What is wrong with it, in the association's words.")
    amount: Money = money("How much of its price is disputed, net of tax.", minor="amount_minor")
    tax: Money = money("The tax on that, which is held with it.", minor="tax_minor")
    upheld: Money = money("How much of the price was credited, net of tax.", minor="upheld_minor")


@node(rows.InvoiceDispute, prefix="idp")
class InvoiceDispute(Node):
    """An association's objection to lines of an invoice: they alone are held, the rest of the invoice stays due."""

    status: InvoiceDisputeStatus = column("Where it stands.")
    words: str = column("What is wrong, in the association's words.")
    currency_code: CurrencyCode = column("The currency of every amount of it: the invoice's.")
    disputed: Money = money("What is disputed in all, tax included.", minor="disputed_minor")
    upheld: Money = money("What was credited of it, net of tax.", minor="upheld_minor")
    opened_at: datetime = column("When it was raised.")
    opened_by: Person = one("Who raised it.", rows=lambda dispute: person(dispute, prefix="opened_by_"))
    resolved_at: datetime | None = column("When it was resolved or withdrawn; null while it is open.")
    resolved_by: Person | None = one(
        "Who resolved or withdrew it; null while it is open.",
        rows=lambda dispute: person(dispute, prefix="resolved_by_").where(dispute.resolved_at.is_not(None)),
    )
    resolution: str | None = column("Why it ended so, in words; null while it is open.")
    invoice: Invoice = one(
        "The invoice.",
        lambda dispute, invoice: and_(invoice.contract_id == dispute.contract_id, invoice.id == dispute.invoice_id),
    )
    contract: Contract = one(
        "What the invoice is owed under.", lambda dispute, contract: contract.id == dispute.contract_id
    )
    credit_note: CreditNote | None = one(
        "What credits the upheld part.",
        lambda dispute, note: and_(note.contract_id == dispute.contract_id, note.dispute_id == dispute.id),
    )
    lines: list[InvoiceDisputeLine] = many(
        "What is disputed.",
        lambda dispute, line: and_(line.contract_id == dispute.contract_id, line.dispute_id == dispute.id),
        order=lambda line: [line.position],
    )
    evidence: list[Evidence] = many(
        "The contract's files that show it.", rows=reads.evidence_of, order=lambda file: [file.id]
    )


@filters
class InvoiceDisputeFilter:
    """Which disputes."""

    contract: Id[Contract] | None = where("Of this contract.", lambda dispute, v: dispute.contract_id == v)
    status: list[InvoiceDisputeStatus] | None = where("Standing so.", lambda dispute, v: dispute.status == any_(v))


@orders
class InvoiceDisputeOrder(Enum):
    """How disputes are ordered."""

    NEWEST = order("The latest raised first.", lambda dispute: [dispute.opened_at.desc()])
    OLDEST = order("The earliest raised first.", lambda dispute: [dispute.opened_at])


@inputs
class DisputedLineInput:
    """What is wrong with a line."""

    invoice_line_id: Id[InvoiceLine] = strawberry.field(description="The line of the invoice.")
    amount: Decimal | None = strawberry.field(
        default=None,
        description="How much of its price, net of tax, in the invoice's currency; null: all that stands of it.",
    )
    reason_code: DisputeReason = strawberry.field(description="What is wrong with it.")
    words: str = strawberry.field(description="What is wrong with it: 1 to 2,000 characters.")


@inputs
class DisputeInvoiceInput:
    """Lines of an invoice that the association objects to."""

    invoice_id: Id[Invoice] = strawberry.field(description="The invoice; issued, not void. It may be paid.")
    lines: list[DisputedLineInput] = strawberry.field(description="What is disputed; each line once.")
    words: str = strawberry.field(description="What is wrong, for both parties to read: 1 to 4,000 characters.")
    evidence_ids: list[Id[Evidence]] | None = strawberry.field(
        default=None, description="Files of the contract that show it."
    )


@inputs
class WithdrawInvoiceDisputeInput:
    """A dispute that the association does not keep up."""

    dispute_id: Id[InvoiceDispute] = strawberry.field(description="The dispute; open.")
    reason: str = strawberry.field(description="Why, for both parties to read: 1 to 2,000 characters.")


@inputs
class UpheldLineInput:
    """A disputed line on which the association is right."""

    invoice_line_id: Id[InvoiceLine] = strawberry.field(description="The line of the invoice.")
    amount: Decimal | None = strawberry.field(
        default=None,
        description="How much of its price is credited, net of tax, in the invoice's currency; null: all disputed.",
    )
    frees_sources: bool = strawberry.field(
        default=False,
        description="Whether what the line bills can be billed again; for a whole line of which nothing was credited.",
    )


@inputs
class ResolveInvoiceDisputeInput:
    """What the operator decides."""

    dispute_id: Id[InvoiceDispute] = strawberry.field(description="The dispute; open.")
    upheld: list[UpheldLineInput] = strawberry.field(
        description="The lines that are credited; those that are not named are rejected, none: the dispute is."
    )
    resolution: str = strawberry.field(description="Why, for both parties to read: 1 to 4,000 characters.")


@payload
class DisputeInvoicePayload(Payload):
    """What came of disputing an invoice."""

    dispute: InvoiceDispute | None = result("The dispute; null when it was refused.")


@payload
class WithdrawInvoiceDisputePayload(Payload):
    """What came of withdrawing a dispute."""

    dispute: InvoiceDispute | None = result("The dispute, withdrawn; null when it was refused.")


@payload
class ResolveInvoiceDisputePayload(Payload):
    """What came of resolving a dispute."""

    dispute: InvoiceDispute | None = result("The dispute as it was resolved; null when it was refused.")
