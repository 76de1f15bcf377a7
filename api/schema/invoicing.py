"""Issuing and voiding invoices, and releasing retainage: what they take and what they answer."""

from __future__ import annotations

from decimal import Decimal

import strawberry

from api.reading import Id, Payload, inputs, payload, result
from api.schema.contract import Contract
from api.schema.inputs import PeriodInput
from api.schema.invoice import Invoice


@inputs
class IssueInvoiceInput:
    """What to bill."""

    contract_id: Id[Contract] = strawberry.field(description="The contract, signed by both parties.")
    period: PeriodInput = strawberry.field(
        description="The days to bill, over by today; what was done before and is not billed yet is billed as late."
    )


@inputs
class VoidInvoiceInput:
    """An invoice that should not have been issued, or not so."""

    invoice_id: Id[Invoice] = strawberry.field(description="The invoice; issued, not void yet.")
    reason: str = strawberry.field(description="Why, for both parties to read: 1 to 2,000 characters.")


@inputs
class ReleaseRetainageInput:
    """What is to be due of what was retained."""

    invoice_id: Id[Invoice] = strawberry.field(description="The invoice; issued, with something retained.")
    reason: str = strawberry.field(description="Why, for both parties to read: 1 to 2,000 characters.")
    amount: Decimal | None = strawberry.field(
        default=None, description="How much, in the invoice's currency; all that is retained unless given."
    )


@payload
class IssueInvoicePayload(Payload):
    """What came of issuing an invoice."""

    invoice: Invoice | None = result("The invoice; null when it was refused.")


@payload
class VoidInvoicePayload(Payload):
    """What came of voiding an invoice."""

    invoice: Invoice | None = result("The invoice, void; null when it was refused.")


@payload
class ReleaseRetainagePayload(Payload):
    """What came of releasing retainage."""

    invoice: Invoice | None = result("The invoice, of which the amount is due within moments; null when refused.")
