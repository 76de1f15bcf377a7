"""Starting and steering billing runs, drafting invoices: what they take and what they answer."""

from __future__ import annotations

from decimal import Decimal

import strawberry

from api.reading import Id, Payload, inputs, payload, result
from api.schema.billing_run import BillingRun, BillingRunMode
from api.schema.contract import Contract
from api.schema.inputs import PeriodInput
from api.schema.invoice import Invoice
from api.schema.organization import Organization


@inputs
class StartBillingRunInput:
    """What to bill, and how much at most."""

    mode: BillingRunMode = strawberry.field(description="What to write.")
    period: PeriodInput = strawberry.field(
        description="The days to bill; a contract in whose time zone they are not over is refused, alone."
    )
    vendor_id: Id[Organization] | None = strawberry.field(
        default=None, description="Only contracts of this vendor; null: of every one."
    )
    association_id: Id[Organization] | None = strawberry.field(
        default=None, description="Only contracts of this association; null: of every one."
    )
    most_invoices: int = strawberry.field(description="Stop before more invoices than this are written; at least 1.")
    largest_total: Decimal = strawberry.field(
        description="Stop before more than this is billed in any one currency, in its major unit; above 0."
    )
    reason: str = strawberry.field(description="Why, at most 2,000 characters.")


@inputs
class PauseBillingRunInput:
    """A run that should wait."""

    run_id: Id[BillingRun] = strawberry.field(description="The run; QUEUED or RUNNING.")
    reason: str = strawberry.field(description="Why, at most 2,000 characters.")


@inputs
class ResumeBillingRunInput:
    """A run that should go on."""

    run_id: Id[BillingRun] = strawberry.field(description="The run; PAUSED or STOPPED.")
    most_invoices: int | None = strawberry.field(default=None, description="Another limit; null: as it was.")
    largest_total: Decimal | None = strawberry.field(default=None, description="Another limit; null: as it was.")
    reason: str = strawberry.field(description="Why, at most 2,000 characters.")


@inputs
class CancelBillingRunInput:
    """A run that should bill no more."""

    run_id: Id[BillingRun] = strawberry.field(description="The run; not ended.")
    reason: str = strawberry.field(description="Why, at most 2,000 characters.")


@inputs
class DraftInvoiceInput:
    """What to prepare an invoice of."""

    contract_id: Id[Contract] = strawberry.field(description="The contract, signed by both parties.")
    period: PeriodInput = strawberry.field(
        description="The days to bill, over by today; what was done before and is not billed yet is billed as late."
    )


@inputs
class IssueInvoiceDraftInput:
    """A draft that is right."""

    invoice_id: Id[Invoice] = strawberry.field(description="The invoice; a DRAFT.")


@inputs
class DiscardInvoiceDraftInput:
    """A draft that is not right."""

    invoice_id: Id[Invoice] = strawberry.field(description="The invoice; a DRAFT.")
    reason: str = strawberry.field(description="Why, for both parties to read: 1 to 2,000 characters.")


@payload
class StartBillingRunPayload(Payload):
    """What came of starting a run."""

    run: BillingRun | None = result("The run, QUEUED; null when it was refused.")


@payload
class PauseBillingRunPayload(Payload):
    """What came of pausing a run."""

    run: BillingRun | None = result("The run; null when it was refused.")


@payload
class ResumeBillingRunPayload(Payload):
    """What came of resuming a run."""

    run: BillingRun | None = result("The run; null when it was refused.")


@payload
class CancelBillingRunPayload(Payload):
    """What came of cancelling a run."""

    run: BillingRun | None = result("The run; null when it was refused.")


@payload
class DraftInvoicePayload(Payload):
    """What came of drafting an invoice."""

    invoice: Invoice | None = result("The draft; null when it was refused.")


@payload
class IssueInvoiceDraftPayload(Payload):
    """What came of issuing a draft."""

    invoice: Invoice | None = result("The invoice, issued; null when it was refused.")


@payload
class DiscardInvoiceDraftPayload(Payload):
    """What came of discarding a draft."""

    invoice: Invoice | None = result("The invoice, DISCARDED; null when it was refused.")
