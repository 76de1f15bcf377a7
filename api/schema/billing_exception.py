"""The queue of what does not fit: found by a match, looked after by somebody, gone or resolved."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import Integer, and_, any_, cast, func

from api.reading import (
    Id,
    Money,
    Node,
    Payload,
    column,
    expression,
    filters,
    inputs,
    money,
    node,
    one,
    order,
    orders,
    payload,
    result,
    where,
)
from api.schema.member import Member
from api.schema.person import Person, person
from services.billing.reconciliation import models as rows
from services.billing.reconciliation import reads

if TYPE_CHECKING:
    from api.schema.bank_statement import BankStatementLine
    from api.schema.contract import Contract
    from api.schema.invoice import Invoice, InvoiceLine
    from api.schema.payment import Payment
    from api.schema.payout import BalanceTransaction, Payout


@strawberry.enum(description="In what something does not fit.")
class BillingExceptionKind(Enum):
    """The causes, each found by a rule of its own."""

    WRONG_RATE = strawberry.enum_value(
        "WRONG_RATE", description="A line is billed at another price than was agreed in its rate version."
    )
    WRONG_QUANTITY = strawberry.enum_value(
        "WRONG_QUANTITY", description="A line bills another quantity than its acceptances and periods have."
    )
    BILLED_TWICE = strawberry.enum_value(
        "BILLED_TWICE", description="A line bills work or a period that another bills."
    )
    OUTSIDE_PERIOD = strawberry.enum_value(
        "OUTSIDE_PERIOD", description="A line bills days after the invoice's, or outside the contract's."
    )
    NOT_ACCEPTED = strawberry.enum_value("NOT_ACCEPTED", description="A line bills what no standing acceptance covers.")
    OUT_OF_SCOPE = strawberry.enum_value("OUT_OF_SCOPE", description="A line bills work that is out of scope.")
    WRONG_TAX = strawberry.enum_value(
        "WRONG_TAX", description="The tax of an invoice is not that of its lines by their rules."
    )
    WRONG_EXCHANGE = strawberry.enum_value(
        "WRONG_EXCHANGE", description="The rate that was frozen into an invoice is not that of its day and source."
    )
    WRONG_ROUNDING = strawberry.enum_value(
        "WRONG_ROUNDING", description="An amount is not quantity x price, rounded as it should be."
    )
    WRONG_TOTAL = strawberry.enum_value("WRONG_TOTAL", description="An invoice is not the sum of its lines.")
    NOT_MATCHED = strawberry.enum_value(
        "NOT_MATCHED", description="A line bills what no rule recomputes: a person has to; the message says why."
    )
    NOT_POSTED = strawberry.enum_value("NOT_POSTED", description="An invoice was issued, and is in no journal entry.")
    POSTED_WRONG = strawberry.enum_value("POSTED_WRONG", description="Its journal entry is of another amount.")
    MISSING_PAYMENT = strawberry.enum_value(
        "MISSING_PAYMENT", description="What stands as paid on an invoice is not what the journal received for it."
    )
    SHORT_PAYMENT = strawberry.enum_value(
        "SHORT_PAYMENT", description="A bank line names an invoice and is less than is due on it."
    )
    OVERPAYMENT = strawberry.enum_value(
        "OVERPAYMENT", description="A bank line names an invoice and is more than is due on it."
    )
    PAYMENT_NOT_BANKED = strawberry.enum_value(
        "PAYMENT_NOT_BANKED", description="A bank transfer was recorded, and stands on no statement of its day."
    )
    UNKNOWN_BANK_LINE = strawberry.enum_value(
        "UNKNOWN_BANK_LINE", description="Nothing that is known answers to a bank line."
    )
    AMBIGUOUS_BANK_LINE = strawberry.enum_value(
        "AMBIGUOUS_BANK_LINE", description="Several things answer to a bank line, or it cannot be booked."
    )
    PAYOUT_DOES_NOT_SUM = strawberry.enum_value(
        "PAYOUT_DOES_NOT_SUM", description="A payout is not the sum of its balance transactions."
    )
    PAYOUT_NOT_BANKED = strawberry.enum_value(
        "PAYOUT_NOT_BANKED", description="A payout is said to be paid, and stands on no statement of its day."
    )
    PROCESSING_COST_NOT_BOOKED = strawberry.enum_value(
        "PROCESSING_COST_NOT_BOOKED", description="What the processor charged is in no journal entry."
    )
    UNKNOWN_BALANCE_TRANSACTION = strawberry.enum_value(
        "UNKNOWN_BALANCE_TRANSACTION", description="Stripe tells of a charge that was not begun here."
    )


@strawberry.enum(description="How much an exception matters.")
class BillingExceptionSeverity(Enum):
    """By kind."""

    LOW = strawberry.enum_value("LOW", description="A few minor units, or a posting that is late.")
    MEDIUM = strawberry.enum_value("MEDIUM", description="Somebody is asked for, or has paid, the wrong amount.")
    HIGH = strawberry.enum_value("HIGH", description="The books or a document contradict themselves.")


@strawberry.enum(description="What an exception is about.")
class BillingExceptionSubject(Enum):
    """The kind of row."""

    INVOICE = strawberry.enum_value("INVOICE", description="An invoice.")
    INVOICE_LINE = strawberry.enum_value("INVOICE_LINE", description="A line of an invoice.")
    PAYMENT = strawberry.enum_value("PAYMENT", description="A payment.")
    BANK_LINE = strawberry.enum_value("BANK_LINE", description="A line of a bank statement.")
    BALANCE_TRANSACTION = strawberry.enum_value("BALANCE_TRANSACTION", description="A balance transaction of Stripe.")
    PAYOUT = strawberry.enum_value("PAYOUT", description="A payout of Stripe to the operator's bank.")


@strawberry.enum(description="What became of an exception.")
class BillingExceptionResolution(Enum):
    """How it ended."""

    GONE = strawberry.enum_value("GONE", description="A later match did not find it any more.")
    RESOLVED = strawberry.enum_value(
        "RESOLVED", description="A person says it is mended; found again, it is raised anew."
    )
    WRITTEN_OFF = strawberry.enum_value("WRITTEN_OFF", description="The difference was written off.")
    DISMISSED = strawberry.enum_value(
        "DISMISSED", description="A person lets it stay as it is; it is raised anew only with another amount."
    )


@strawberry.enum(description="What a person makes of an exception.")
class BillingExceptionAnswer(Enum):
    """Mended, or left as it is."""

    RESOLVED = strawberry.enum_value("RESOLVED", description="It is mended; found again, it is raised anew.")
    DISMISSED = strawberry.enum_value(
        "DISMISSED", description="It may stay as it is; a bank line is set aside, as none of this business."
    )


@node(rows.BillingException, prefix="bex")
class BillingException(Node):
    """Something that does not fit. While it is open there is one of each kind and subject."""

    kind: BillingExceptionKind = column("In what it does not fit.")
    severity: BillingExceptionSeverity = column("How much it matters.")
    subject: BillingExceptionSubject = column("What it is about.")
    contract: Contract | None = one(
        "The contract; null where it is about none, such as a payout.",
        lambda exception, contract: contract.id == exception.contract_id,
    )
    invoice: Invoice | None = one(
        "The invoice; null where it is about none.",
        lambda e, invoice: and_(invoice.contract_id == e.contract_id, invoice.id == e.invoice_id),
    )
    invoice_line: InvoiceLine | None = one(
        "The line of the invoice; null where it is about none.",
        lambda e, line: and_(line.contract_id == e.contract_id, line.id == e.invoice_line_id),
    )
    bank_statement_line: BankStatementLine | None = one(
        "The line of a bank statement; null where it is about none.", lambda e, line: line.id == e.bank_line_id
    )
    payment: Payment | None = one(
        "The payment; null where it is about none.",
        lambda e, payment: and_(
            payment.contract_id == e.contract_id, payment.id == e.subject_id, e.subject == "PAYMENT"
        ),
    )
    payout: Payout | None = one(
        "The payout of Stripe; null where it is about none.",
        lambda e, payout: and_(payout.id == e.subject_id, e.subject == "PAYOUT"),
    )
    balance_transaction: BalanceTransaction | None = one(
        "The balance transaction of Stripe; null where it is about none.",
        lambda e, change: and_(change.id == e.subject_id, e.subject == "BALANCE_TRANSACTION"),
    )
    happened_on: date = column("The day whose books it concerns: of issue, of booking, or of arrival.")
    amount: Money = money("By how much it does not fit: too much is positive.", minor="amount_minor")
    message: str = column("What was found, in words.")
    suggested_action: str = expression("What there is to do about it.", lambda e: reads.suggested_action(e.kind))
    opened_at: datetime = column("When it was found.")
    last_seen_at: datetime = column("When it was found last with another amount or in other words.")
    age_days: int = expression(
        "How many whole days it has been open, or was open until it was resolved.",
        lambda e: cast(
            func.floor(func.extract("epoch", func.coalesce(e.resolved_at, func.now()) - e.opened_at) / 86400), Integer
        ),
    )
    owner: Person | None = one(
        "Who looks after it; null while nobody does.",
        rows=lambda e: person(e, prefix="owner_").where(e.owner_member_id.is_not(None)),
    )
    assigned_at: datetime | None = column("When it was given to its owner.")
    resolution: BillingExceptionResolution | None = column("What became of it; null while it is open.")
    resolved_at: datetime | None = column("When it ended; null while it is open.")
    resolved_by: Person | None = one(
        "Who resolved it; null while it is open, and when a match found it gone.",
        rows=lambda e: person(e, prefix="resolved_by_").where(e.resolved_by_member_id.is_not(None)),
    )
    resolution_reason: str | None = column("Why, in their words.")


@filters
class BillingExceptionFilter:
    """Which exceptions."""

    open: bool | None = where(
        "True: those that are open. False: those that ended.",
        lambda e, v: e.resolution.is_(None) if v else e.resolution.is_not(None),
    )
    kind: list[BillingExceptionKind] | None = where("Of these kinds.", lambda e, v: e.kind == any_(v))
    severity: list[BillingExceptionSeverity] | None = where("Of this weight.", lambda e, v: e.severity == any_(v))
    contract: Id[Contract] | None = where("About this contract.", lambda e, v: e.contract_id == v)
    owner: Id[Member] | None = where("Looked after by this member.", lambda e, v: e.owner_member_id == v)
    happened_from: date | None = where("Of this day or later ones.", lambda e, v: e.happened_on >= v)
    happened_until: date | None = where("Of this day or earlier ones.", lambda e, v: e.happened_on <= v)


@orders
class BillingExceptionOrder(Enum):
    """How exceptions are ordered."""

    OLDEST = order("What has been open longest first.", lambda e: [e.opened_at])
    NEWEST = order("What was found last first.", lambda e: [e.opened_at.desc()])


@inputs
class AssignBillingExceptionInput:
    """Who is to look after an exception."""

    exception_id: Id[BillingException] = strawberry.field(description="The exception; it must be open.")
    owner_id: Id[Member] | None = strawberry.field(
        default=None, description="A BILLING_ADMIN of the operator; null: nobody any more."
    )


@payload
class AssignBillingExceptionPayload(Payload):
    """What came of assigning an exception."""

    exception: BillingException | None = result("The exception; null when refused.")


@inputs
class ResolveBillingExceptionInput:
    """What to make of an exception."""

    exception_id: Id[BillingException] = strawberry.field(description="The exception; it must be open.")
    answer: BillingExceptionAnswer = strawberry.field(description="Mended, or left as it is.")
    reason: str = strawberry.field(description="Why, 1 to 2000 characters.")


@payload
class ResolveBillingExceptionPayload(Payload):
    """What came of resolving an exception."""

    exception: BillingException | None = result("The exception; null when refused.")
