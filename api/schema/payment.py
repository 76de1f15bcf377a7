"""Payments: money that an association pays of an invoice, what goes back of it, and what its bank takes back."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import Text, and_, any_, cast, null

from api.reading import (
    Connection,
    Id,
    Money,
    Node,
    column,
    connection,
    expression,
    filters,
    money,
    node,
    one,
    order,
    orders,
    value,
    where,
)
from api.schema.person import Person, person
from services.billing.payments import models as rows

if TYPE_CHECKING:
    from api.schema.contract import Contract
    from api.schema.invoice import Invoice


@strawberry.enum(description="How money is paid.")
class PaymentMethod(Enum):
    """Through Stripe, or seen by a person."""

    CARD = strawberry.enum_value("CARD", description="A card, through Stripe.")
    ACH_DEBIT = strawberry.enum_value("ACH_DEBIT", description="A debit of a bank account in the US, through Stripe.")
    BANK_TRANSFER = strawberry.enum_value("BANK_TRANSFER", description="A transfer to the operator's bank account.")
    CHEQUE = strawberry.enum_value("CHEQUE", description="A cheque that was paid in.")


@strawberry.enum(description="Who takes a payment.")
class PaymentProvider(Enum):
    """Stripe, or a person."""

    STRIPE = strawberry.enum_value("STRIPE", description="Stripe.")
    BY_HAND = strawberry.enum_value("BY_HAND", description="A person, who saw it on the operator's bank account.")


@strawberry.enum(description="Where a payment stands.")
class PaymentStatus(Enum):
    """From asking to the money."""

    STARTED = strawberry.enum_value("STARTED", description="Stripe is being asked for it.")
    REQUIRES_ACTION = strawberry.enum_value("REQUIRES_ACTION", description="It waits for the payer.")
    PROCESSING = strawberry.enum_value("PROCESSING", description="The payer's bank works on it, for some days.")
    SUCCEEDED = strawberry.enum_value("SUCCEEDED", description="The money was received.")
    FAILED = strawberry.enum_value("FAILED", description="The last try failed; its page may take another one.")
    CANCELLED = strawberry.enum_value(
        "CANCELLED",
        description="It was given up, or nobody paid in time; or, by hand, it was recorded by mistake and reversed.",
    )


@strawberry.enum(description="Where a refund stands.")
class RefundStatus(Enum):
    """From ordering to the payer."""

    STARTED = strawberry.enum_value("STARTED", description="Stripe is being asked for it.")
    PROCESSING = strawberry.enum_value("PROCESSING", description="It is on its way.")
    SUCCEEDED = strawberry.enum_value("SUCCEEDED", description="The money was sent.")
    FAILED = strawberry.enum_value("FAILED", description="It came back, and is held for the association again.")


@strawberry.enum(description="Where a chargeback stands.")
class ChargebackStatus(Enum):
    """From opening to the decision."""

    NEEDS_RESPONSE = strawberry.enum_value("NEEDS_RESPONSE", description="The operator may answer.")
    UNDER_REVIEW = strawberry.enum_value("UNDER_REVIEW", description="The payer's bank decides.")
    WON = strawberry.enum_value("WON", description="The money is back.")
    LOST = strawberry.enum_value("LOST", description="The money is gone, and the invoice is due again.")


@node(rows.Refund, prefix="rfd")
class Refund(Node):
    """Money that goes back to an association out of one payment."""

    status: RefundStatus = column("Where it stands.")
    amount: Money = money("How much goes back.", minor="amount_minor")
    from_credit: Money = money("How much of it is taken from the association's credit.", minor="credit_minor")
    reference: str | None = column("The reference of the transfer that sent it; null through Stripe.")
    failure_code: str | None = column("Stripe's code for why it failed.")
    reason: str = column("Why, in the operator's words.")
    started_at: datetime = column("When it was ordered.")
    started_by: Person = one("Who ordered it.", rows=lambda refund: person(refund, prefix="started_by_"))
    payment: Payment = one(
        "What it goes back of.",
        lambda refund, payment: and_(payment.contract_id == refund.contract_id, payment.id == refund.payment_id),
    )


@node(rows.Chargeback, prefix="chb")
class Chargeback(Node):
    """A payment that the payer's bank takes back until it is decided whose the money is."""

    status: ChargebackStatus = column("Where it stands.")
    amount: Money = money("How much was taken back.", minor="amount_minor")
    network_reason: str = column("Why, as the payer's bank says, such as fraudulent.")
    respond_by: datetime | None = column("Until when an answer counts.")
    answer: str | None = column("What the operator answered.")
    answered_at: datetime | None = column("When it answered.")
    failure_message: str | None = column("Why Stripe does not take the answer, in its words.")
    opened_at: datetime = column("When it was opened.")
    closed_at: datetime | None = column("When it was decided.")
    payment: Payment = one(
        "What was taken back.",
        lambda taken, payment: and_(payment.contract_id == taken.contract_id, payment.id == taken.payment_id),
    )


@node(rows.Payment, prefix="pay")
class Payment(Node):
    """Money that an association pays of an invoice; what is more than due becomes its credit."""

    invoice: Invoice = one(
        "What it pays.",
        lambda payment, invoice: and_(invoice.contract_id == payment.contract_id, invoice.id == payment.invoice_id),
    )
    contract: Contract = one("The contract.", lambda payment, contract: contract.id == payment.contract_id)
    method: PaymentMethod = column("How it is paid.")
    provider: PaymentProvider = column("Who takes it.")
    status: PaymentStatus = column("Where it stands.")
    amount: Money = money("How much is asked for.", minor="amount_minor")
    received: Money = money("How much was received; zero until it succeeded.", minor="received_minor")
    applied: Money = money("How much of it the invoice asked for; the rest is credit.", minor="applied_minor")
    refunded: Money = money("How much of it goes back.", minor="refunded_minor")
    charged_back: Money = money("How much the payer's bank holds or has taken back.", minor="charged_back_minor")
    received_on: date | None = column("The day it was received.")
    reference: str | None = column("How it is found on the bank account; null through Stripe.")
    page_url: str | None = expression(
        "Where it is paid, once Stripe made the page, until it is paid; not shown to the vendor.",
        lambda payment, reader: cast(null(), Text) if reader.kind == "VENDOR" else payment.page_url,
    )
    page_expires_at: datetime | None = column("When that page ends.")
    failure_code: str | None = column("Why the last try failed, by the bank's code, such as insufficient_funds.")
    failure_message: str | None = column("The same in words for the payer.")
    reason: str = column("Why it was paid or recorded, in the words of who did.")
    started_at: datetime = column("When it was begun or recorded.")
    started_by: Person = one("Who began or recorded it.", rows=lambda payment: person(payment, prefix="started_by_"))
    reversed_at: datetime | None = column("When it was taken back as recorded by mistake.")
    reverse_reason: str | None = column("Why.")
    cancel_asked_at: datetime | None = column("When it was asked to give it up; null again where Stripe did not.")
    cancel_reason: str | None = column("Why.")
    cancel_failure: str | None = column("Why Stripe did not give it up, in its words.")
    refunds: Connection[Refund] = connection(
        "What goes back of it, in the order it was ordered.",
        lambda payment, refund: and_(refund.contract_id == payment.contract_id, refund.payment_id == payment.id),
        order=lambda refund: [refund.started_at],
    )
    chargebacks: Connection[Chargeback] = connection(
        "What the payer's bank took back of it, as it was opened.",
        lambda payment, taken: and_(taken.contract_id == payment.contract_id, taken.payment_id == payment.id),
        order=lambda taken: [taken.opened_at],
    )


@filters
class PaymentFilter:
    """Which payments."""

    contract: Id[Contract] | None = where("Under this contract.", lambda p, v: p.contract_id == v)
    status: list[PaymentStatus] | None = where("Standing so.", lambda p, v: p.status == any_(v))
    method: list[PaymentMethod] | None = where("Paid so.", lambda p, v: p.method == any_(v))


@orders
class PaymentOrder(Enum):
    """How payments are ordered."""

    NEWEST = order("The latest begun first.", lambda payment: [payment.started_at.desc()])
    OLDEST = order("The earliest begun first.", lambda payment: [payment.started_at])


@value
class PaymentOption:
    """Whether payments of a method are taken here."""

    method: PaymentMethod = column("How money is paid.")
    offered: bool = column("Whether it is taken here.")
    why_not: str | None = column("Why it is not; null where it is.")
