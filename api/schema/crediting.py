"""Credit notes, and credit that is set against an invoice: what these take and what they answer."""

from __future__ import annotations

from decimal import Decimal

import strawberry

from api.reading import Id, Payload, inputs, payload, result
from api.schema.credit_note import CreditNote, CreditReason
from api.schema.invoice import Invoice, InvoiceLine

REASON = "Why, for both parties to read: 1 to 2,000 characters."


@inputs
class CreditedLineInput:
    """What to credit of a line: a quantity, an amount, or all that stands of it when neither is given."""

    invoice_line_id: Id[InvoiceLine] = strawberry.field(description="The line of the invoice.")
    quantity: Decimal | None = strawberry.field(
        default=None, description="How much of its quantity, in its unit: it takes its share of price and cost."
    )
    amount: Decimal | None = strawberry.field(
        default=None,
        description="How much of its price, net of tax, in the invoice's currency: a concession that leaves the cost.",
    )
    frees_sources: bool = strawberry.field(
        default=False,
        description="Whether what it bills can be billed again; for a whole line of which nothing was credited.",
    )


@inputs
class IssueCreditNoteInput:
    """What an issued invoice shall ask less."""

    invoice_id: Id[Invoice] = strawberry.field(description="The invoice; issued, not void.")
    lines: list[CreditedLineInput] | None = strawberry.field(
        default=None, description="What to credit; null: all that stands of it."
    )
    reason_code: CreditReason = strawberry.field(description="Why, as reports add it up.")
    reason: str = strawberry.field(description=REASON)


@inputs
class VoidCreditNoteInput:
    """A credit note that should not have been issued, or not so."""

    credit_note_id: Id[CreditNote] = strawberry.field(description="The credit note; issued, not void yet.")
    reason: str = strawberry.field(description=REASON)


@inputs
class ApplyCreditInput:
    """Credit of the association to set against an invoice of the same contract."""

    invoice_id: Id[Invoice] = strawberry.field(description="The invoice that it shall pay.")
    amount: Decimal | None = strawberry.field(
        default=None,
        description="How much, in the invoice's currency; null: as much as there is credit and is due.",
    )
    reason: str = strawberry.field(description=REASON)


@payload
class IssueCreditNotePayload(Payload):
    """What came of issuing a credit note."""

    credit_note: CreditNote | None = result("The credit note; null when it was refused.")


@payload
class VoidCreditNotePayload(Payload):
    """What came of voiding a credit note."""

    credit_note: CreditNote | None = result("The credit note, void; null when it was refused.")


@payload
class ApplyCreditPayload(Payload):
    """What came of setting credit against an invoice."""

    invoice: Invoice | None = result("The invoice; null when it was refused.")
