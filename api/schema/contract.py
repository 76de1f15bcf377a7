"""Contracts between associations and vendors."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import Date, Text, any_, func, or_

from api.reading import (
    Connection,
    CurrencyCode,
    Id,
    Money,
    Node,
    Percent,
    column,
    connection,
    expression,
    filters,
    many,
    money,
    node,
    one,
    order,
    orders,
    part,
    value,
    where,
)
from api.schema.actual_cost import ActualCostFilter, ActualCostOrder
from api.schema.content_package import ContentPackageFilter, ContentPackageOrder
from api.schema.credit_activity import CreditActivityFilter, CreditActivityOrder
from api.schema.credit_entry import CreditEntryFilter, CreditEntryOrder
from api.schema.credit_note import CreditNoteFilter, CreditNoteOrder
from api.schema.enums import CommitmentPeriod, DisclosureTier
from api.schema.gainshare import (
    GainshareAgreementFilter,
    GainshareAgreementOrder,
    GainshareFilter,
    GainshareOrder,
)
from api.schema.grant import ContractGrantFilter, ContractGrantOrder
from api.schema.invoice import InvoiceFilter, InvoiceOrder
from api.schema.invoice_dispute import InvoiceDisputeFilter, InvoiceDisputeOrder
from api.schema.journal import JournalEntryOrder
from api.schema.lms_act import LmsActFilter, LmsActOrder
from api.schema.lms_job import LmsJobFilter, LmsJobOrder
from api.schema.lms_plan import LmsPlanFilter, LmsPlanOrder
from api.schema.lms_site import LmsSiteFilter, LmsSiteOrder
from api.schema.lms_task import LmsTaskFilter, LmsTaskOrder
from api.schema.margin_alert import MarginAlertFilter, MarginAlertOrder
from api.schema.obligation import ObligationFilter, ObligationOrder
from api.schema.open_book import Disclosure
from api.schema.payment import PaymentFilter, PaymentOrder
from api.schema.person import Person, person
from api.schema.submission import SubmissionFilter, SubmissionOrder
from api.schema.work_record import WorkRecordFilter, WorkRecordOrder
from services.billing.open_book import actuals, alerting, prices
from services.billing.open_book import waterfall as books
from services.contracts import models as rows
from services.contracts import reads
from services.lms_admin.sites import reads as sites

if TYPE_CHECKING:
    from api.schema.actual_cost import ActualCost
    from api.schema.content_package import ContentPackage
    from api.schema.contract_line import ContractLine
    from api.schema.credit_activity import CreditActivity
    from api.schema.credit_entry import CreditEntry
    from api.schema.credit_note import CreditNote
    from api.schema.gainshare import Gainshare, GainshareAgreement
    from api.schema.grant import ContractGrant
    from api.schema.invoice import Invoice
    from api.schema.invoice_dispute import InvoiceDispute
    from api.schema.journal import JournalEntry
    from api.schema.lms_act import LmsAct
    from api.schema.lms_grant import LmsAccess
    from api.schema.lms_job import LmsJob
    from api.schema.lms_plan import LmsPlan
    from api.schema.lms_site import LmsSite
    from api.schema.lms_task import LmsTask
    from api.schema.margin_alert import MarginAlert
    from api.schema.obligation import ObligationOccurrence
    from api.schema.offering import Offering, OfferingVersion
    from api.schema.open_book import ActualBook, OpenBook
    from api.schema.open_book_prices import PriceWaterfall
    from api.schema.organization import Organization
    from api.schema.payment import Payment
    from api.schema.signature import Signature
    from api.schema.submission import Submission
    from api.schema.work_record import WorkRecord


@strawberry.enum(description="Where a contract stands.")
class ContractStatus(Enum):
    """From proposal to end."""

    PROPOSED = strawberry.enum_value("PROPOSED", description="Offered; not signed by both parties yet.")
    ACTIVE = strawberry.enum_value("ACTIVE", description="Signed by both parties.")
    DECLINED = strawberry.enum_value("DECLINED", description="Declined by the vendor.")
    WITHDRAWN = strawberry.enum_value("WITHDRAWN", description="Withdrawn by the association before it was active.")
    EXPIRED = strawberry.enum_value("EXPIRED", description="Not signed by both parties until the offer expired.")
    TERMINATED = strawberry.enum_value("TERMINATED", description="Ended by a party after it was active.")


@value
class MarginBand:
    """The gross margin percentages between which the vendor's margin is agreed to lie."""

    floor_percent: Percent = column("The least gross margin, in percent of price.", name="margin_floor_percent")
    ceiling_percent: Percent = column("The most gross margin, in percent of price.", name="margin_ceiling_percent")


@value
class MinimumCommitment:
    """The least that the association buys; a line of kind MINIMUM_COMMITMENT bills what lacks of it."""

    amount: Money = money(
        "The least for each whole period, net of tax; of a year that the term cuts, its share by days.",
        minor="minimum_commitment_minor",
    )
    per: CommitmentPeriod = column("What it is for.", name="minimum_commitment_per")


@value(rows.ContractRevision, key=("contract_id", "number"))
class ContractRevision:
    """One state of terms and lines, as the document that is signed."""

    number: int = column("Which revision, from 1.")
    document: str = column("The document: canonical JSON (RFC 8785). Cost is in it as a salted commitment only.")
    content_hash: str = column("The SHA-256 of the document, in hexadecimal.")
    recorded_at: datetime = column("When it was proposed or revised.")
    recorded_by: Person = one("Who proposed or revised it.", rows=person)
    signatures: list[Signature] = many(
        "The signatures under it, in the order they were given.",
        lambda revision, signature: (
            (signature.contract_id == revision.contract_id) & (signature.revision == revision.number)
        ),
        order=lambda signature: [signature.signed_at, signature.id],
    )


@node(rows.Contract, prefix="con")
class Contract(Node):
    """A contract between an association and a vendor, with the terms and lines of its current revision."""

    title: str = column("What the parties call it.")
    status: ContractStatus = column("Where it stands.")
    association: Organization = one("The buyer.", lambda contract, party: party.id == contract.association_id)
    vendor: Organization = one("The seller.", lambda contract, party: party.id == contract.vendor_id)
    offering: Offering = one(
        "The offering it was made from.", lambda contract, offering: offering.id == contract.offering_id
    )
    offering_version: OfferingVersion = one(
        "The version of the offering that it pins.",
        lambda contract, version: version.id == contract.offering_version_id,
    )
    starts_on: date = column("The first day of the term.")
    ends_on: date = column("The last day of the term.")
    time_zone: str = column("Where its days begin and end: the association's IANA time zone when it was proposed.")
    currency_code: CurrencyCode = column("The currency of every amount in it.")
    purchase_order_number: str | None = column("The association's purchase order; printed on every invoice.")
    payment_terms_days: int = column("Days from an invoice's issue to its due day.")
    acceptance_period_days: int | None = column(
        "Days from submission after which work counts as accepted; null: never without a person's decision."
    )
    disclosure_tier: DisclosureTier = column("How far the vendor's cost is open to the association.")
    disclosure: Disclosure = expression(
        "What of the vendor's cost you are shown here, by that tier, your role, and whether the vendor has signed.",
        lambda contract: func.app.disclosure(contract.id, contract.association_id, contract.vendor_id, type_=Text()),
    )
    margin_band: MarginBand | None = part(
        "Where the vendor's margin is agreed to lie; null when nothing is agreed.",
        present=lambda contract: contract.margin_floor_percent.is_not(None),
    )
    platform_fee_percent: Percent = column(
        "The operator's fee on each invoice, in percent of price, paid by the vendor; frozen when proposed."
    )
    retainage_percent: Percent | None = column(
        "The share of each invoice's net price that is not due until the association releases it, in percent; null: "
        "nothing is retained."
    )
    minimum_commitment: MinimumCommitment | None = part(
        "The least that the association buys; null when nothing is committed.",
        present=lambda contract: contract.minimum_commitment_minor.is_not(None),
    )
    total_value: Money = money("The sum of the lines' values, net of tax.", minor="total_value_minor")
    revision: int = column("The current revision, from 1; each revision is signed anew.")
    content_hash: str = column("The SHA-256 of the current revision's document, in hexadecimal: what is signed.")
    document: str = expression(
        "The current revision's document, canonical JSON (RFC 8785): hash its UTF-8 bytes to get `contentHash`.",
        reads.document,
    )
    revisions: Connection[ContractRevision] = connection(
        "All revisions, the latest first.",
        lambda contract, revision: revision.contract_id == contract.id,
        order=lambda revision: [revision.number.desc()],
    )
    signatures: list[Signature] = many(
        "The signatures under the current revision, in the order they were given.",
        lambda contract, signature: (signature.contract_id == contract.id) & (signature.revision == contract.revision),
        order=lambda signature: [signature.signed_at, signature.id],
    )
    lines: list[ContractLine] = many(
        "The lines of the current revision, in the contract's order.",
        lambda contract, line: (line.contract_id == contract.id) & (line.revision == contract.revision),
        order=lambda line: [line.position],
    )
    grants: Connection[ContractGrant] = connection(
        "Who was given access; a member who sees the contract by a grant sees their own.",
        lambda contract, grant: grant.contract_id == contract.id,
        filter=ContractGrantFilter,
        order=ContractGrantOrder,
    )
    obligations: Connection[ObligationOccurrence] = connection(
        "The due days of all obligations, laid out when the contract became active.",
        lambda contract, due: due.contract_id == contract.id,
        filter=ObligationFilter,
        order=ObligationOrder,
    )
    invoices: Connection[Invoice] = connection(
        "What was billed under it, void invoices included.",
        lambda contract, invoice: invoice.contract_id == contract.id,
        filter=InvoiceFilter,
        order=InvoiceOrder,
    )
    payments: Connection[Payment] = connection(
        "What was paid under it, or is being paid.",
        lambda contract, payment: payment.contract_id == contract.id,
        filter=PaymentFilter,
        order=PaymentOrder,
    )
    credit_notes: Connection[CreditNote] = connection(
        "What was credited of its invoices, void credit notes included.",
        lambda contract, note: note.contract_id == contract.id,
        filter=CreditNoteFilter,
        order=CreditNoteOrder,
    )
    invoice_disputes: Connection[InvoiceDispute] = connection(
        "What the association objected to on its invoices.",
        lambda contract, dispute: dispute.contract_id == contract.id,
        filter=InvoiceDisputeFilter,
        order=InvoiceDisputeOrder,
    )
    journal: Connection[JournalEntry] = connection(
        "Who owes whom because of it, as double entry.",
        lambda contract, entry: entry.contract_id == contract.id,
        order=JournalEntryOrder,
    )
    open_book: OpenBook = one(
        "From price to vendor margin of all that was accepted, or has recurred and is billed, to date.",
        rows=books.of_contract,
    )
    actual_book: ActualBook | None = one(
        "From price to vendor margin on actual cost, as far as the vendor has entered it, to date.",
        rows=actuals.of_contract,
    )
    prices: PriceWaterfall | None = one("From list price to what was billed, to date.", rows=prices.of_contract)
    margin_alerts: Connection[MarginAlert] = connection(
        "When its margin lay outside the agreed band; empty for whoever is not shown the band.",
        rows=alerting.alerts_of,
        filter=MarginAlertFilter,
        order=MarginAlertOrder,
    )
    gainshare_agreements: Connection[GainshareAgreement] = connection(
        "How gains and pains are, were or would be shared.",
        lambda contract, agreed: agreed.contract_id == contract.id,
        filter=GainshareAgreementFilter,
        order=GainshareAgreementOrder,
    )
    gainshares: Connection[Gainshare] = connection(
        "What was shared, period by period; empty for whoever does not read cost: see `openBook.disclosure`.",
        lambda contract, share: share.contract_id == contract.id,
        filter=GainshareFilter,
        order=GainshareOrder,
    )
    actual_costs: Connection[ActualCost] = connection(
        "What its lines really cost the vendor; empty for whoever does not read cost: see `openBook.disclosure`.",
        lambda contract, cost: cost.contract_id == contract.id,
        filter=ActualCostFilter,
        order=ActualCostOrder,
    )
    work_records: Connection[WorkRecord] = connection(
        "What was done on its lines.",
        lambda contract, record: record.contract_id == contract.id,
        filter=WorkRecordFilter,
        order=WorkRecordOrder,
    )
    submissions: Connection[Submission] = connection(
        "What was handed over for review.",
        lambda contract, submission: submission.contract_id == contract.id,
        filter=SubmissionFilter,
        order=SubmissionOrder,
    )
    lms_sites: Connection[LmsSite] = connection(
        "The learning management systems that are administered under it.",
        lambda contract, site: site.contract_id == contract.id,
        filter=LmsSiteFilter,
        order=LmsSiteOrder,
    )
    content_packages: Connection[ContentPackage] = connection(
        "What was submitted to be published into the association's LMS.",
        lambda contract, package: package.contract_id == contract.id,
        filter=ContentPackageFilter,
        order=ContentPackageOrder,
    )
    credit_activities: Connection[CreditActivity] = connection(
        "What continuing-education credit is or was awarded for.",
        lambda contract, activity: activity.contract_id == contract.id,
        filter=CreditActivityFilter,
        order=CreditActivityOrder,
    )
    credit_entries: Connection[CreditEntry] = connection(
        "The ledger of credits; filtered by a member number, it is that learner's transcript.",
        lambda contract, entry: entry.contract_id == contract.id,
        filter=CreditEntryFilter,
        order=CreditEntryOrder,
    )
    lms_access_review: Connection[LmsAccess] = connection(
        "Who may do what on its learning management systems now, and why, and when they last did; by name.",
        rows=sites.access,
        order=lambda access: [access.name, access.granted_at],
    )
    lms_plans: Connection[LmsPlan] = connection(
        "What operations on its sites would do, or did.",
        lambda contract, plan: plan.contract_id == contract.id,
        filter=LmsPlanFilter,
        order=LmsPlanOrder,
    )
    lms_tasks: Connection[LmsTask] = connection(
        "Work on its learning management systems that is done by hand; seen by those who may see learners there.",
        lambda contract, task: task.contract_id == contract.id,
        filter=LmsTaskFilter,
        order=LmsTaskOrder,
    )
    lms_jobs: Connection[LmsJob] = connection(
        "Plans that were executed on its sites.",
        lambda contract, job: job.contract_id == contract.id,
        filter=LmsJobFilter,
        order=LmsJobOrder,
    )
    lms_acts: Connection[LmsAct] = connection(
        "What was done on its sites, as one chain.",
        lambda contract, act: act.contract_id == contract.id,
        filter=LmsActFilter,
        order=LmsActOrder,
    )
    signed_after_start: bool = expression(
        "Whether it became active after the first day of its term.",
        lambda contract: func.coalesce(
            func.timezone(contract.time_zone, contract.activated_at).cast(Date) > contract.starts_on,
            False,
        ),
    )
    proposed_at: datetime = column("When it was proposed.")
    offer_expires_on: date = column("The last day on which a proposal can be signed.")
    activated_at: datetime | None = column("When the second party signed; null before.")
    ended_at: datetime | None = column(
        "When it was declined, withdrawn, terminated, or found expired; null while it stands."
    )
    end_reason: str | None = column("Why it ended, in the words of who ended it.")


@filters
class ContractFilter:
    """Which contracts."""

    status: list[ContractStatus] | None = where(
        "In one of these states.", lambda contract, value: contract.status == any_(value)
    )
    association: Id[Organization] | None = where(
        "Of this association.", lambda contract, value: contract.association_id == value
    )
    vendor: Id[Organization] | None = where("Of this vendor.", lambda contract, value: contract.vendor_id == value)
    offering: Id[Offering] | None = where(
        "Made from this offering.", lambda contract, value: contract.offering_id == value
    )
    search: str | None = where(
        "With this text in title or purchase order number, in upper or lower case.",
        lambda contract, value: or_(
            func.strpos(func.lower(contract.title), func.lower(value)) > 0,
            func.strpos(func.lower(contract.purchase_order_number), func.lower(value)) > 0,
        ),
    )
    in_term_on: date | None = where(
        "Whose term includes this day.", lambda contract, value: value.between(contract.starts_on, contract.ends_on)
    )


@orders
class ContractOrder(Enum):
    """How contracts are ordered."""

    NEWEST = order("The latest proposed first.", lambda contract: [contract.proposed_at.desc()])
    ENDS_FIRST = order("The soonest to end first.", lambda contract: [contract.ends_on])
    TITLE = order("By title.", lambda contract: [contract.title])
