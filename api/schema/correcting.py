"""Debit notes and corrected invoices: what these take and what they answer."""

from __future__ import annotations

from decimal import Decimal

import strawberry

from api.reading import Id, Payload, inputs, payload, result
from api.schema.invoice import Invoice, InvoiceLine

REASON = "Why, for both parties to read: 1 to 2,000 characters."


@inputs
class DebitedLineInput:
    """What to charge more for a line of an invoice."""

    invoice_line_id: Id[InvoiceLine] = strawberry.field(description="The line of the invoice.")
    amount: Decimal = strawberry.field(description="How much, net of tax, in the invoice's currency; above zero.")
    words: str = strawberry.field(description="What the debit note's line says: 1 to 2,000 characters.")


@inputs
class IssueDebitNoteInput:
    """What an issued invoice asked too little."""

    invoice_id: Id[Invoice] = strawberry.field(description="The invoice; issued, not void.")
    lines: list[DebitedLineInput] = strawberry.field(description="What to charge; each line once.")
    reason: str = strawberry.field(description=REASON)


@inputs
class CorrectInvoiceInput:
    """An issued invoice that another shall take the place of."""

    invoice_id: Id[Invoice] = strawberry.field(description="The invoice; issued, not void, nothing of it credited.")
    leave_out: list[Id[InvoiceLine]] | None = strawberry.field(
        default=None, description="Lines that should not be on it; what they bill can be billed again."
    )
    reason: str = strawberry.field(description=REASON)


@payload
class IssueDebitNotePayload(Payload):
    """What came of issuing a debit note."""

    invoice: Invoice | None = result("The debit note, an invoice of its own; null when it was refused.")


@payload
class CorrectInvoicePayload(Payload):
    """What came of correcting an invoice."""

    invoice: Invoice | None = result("The corrected invoice; null when it was refused.")
