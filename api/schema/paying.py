"""Paying, recording, giving back and settling: what they take and what they answer."""

from __future__ import annotations

from datetime import date
from enum import Enum

import strawberry

from api.reading import Id, Payload, inputs, payload, result
from api.schema.inputs import MoneyInput
from api.schema.invoice import Invoice
from api.schema.payment import Chargeback, Payment, Refund
from api.schema.settlement import PayeeAccount, Settlement

REASON = "Why, for both parties to read: 1 to 2,000 characters."


@strawberry.enum(description="How an association pays through Stripe.")
class OnlineMethod(Enum):
    """Card or debit."""

    CARD = strawberry.enum_value("CARD", description="A card.")
    ACH_DEBIT = strawberry.enum_value("ACH_DEBIT", description="A debit of a bank account in the US; dollars only.")


@strawberry.enum(description="How money came that a person saw.")
class ManualMethod(Enum):
    """Transfer or cheque."""

    BANK_TRANSFER = strawberry.enum_value("BANK_TRANSFER", description="A transfer to the operator's bank account.")
    CHEQUE = strawberry.enum_value("CHEQUE", description="A cheque that was paid in.")


@inputs
class PayInvoiceInput:
    """An invoice to pay, or a part of it."""

    invoice_id: Id[Invoice] = strawberry.field(description="The invoice; issued, and not paid.")
    method: OnlineMethod = strawberry.field(description="How; `paymentOptions` says what is taken here.")
    amount: MoneyInput | None = strawberry.field(
        default=None, description="How much; all that is due and not being paid already, if not said."
    )
    on_own_page: bool = strawberry.field(
        default=False,
        description="Whether your own page takes the payment, with Stripe's elements; else `pageUrl` follows.",
    )
    reason: str = strawberry.field(description=REASON)


@inputs
class CancelPaymentInput:
    """A payment to give up."""

    payment_id: Id[Payment] = strawberry.field(description="The payment; through Stripe, and not over.")
    reason: str = strawberry.field(description=REASON)


@inputs
class RecordPaymentInput:
    """Money that arrived on the operator's bank account."""

    invoice_id: Id[Invoice] = strawberry.field(description="The invoice that it pays.")
    amount: MoneyInput = strawberry.field(description="How much; what is more than due becomes credit.")
    method: ManualMethod = strawberry.field(description="How it came.")
    received_on: date = strawberry.field(description="The day it arrived, not a later one than today.")
    reference: str = strawberry.field(description="How it is found on the account again: 1 to 140 characters.")
    reason: str = strawberry.field(description=REASON)


@inputs
class ReversePaymentInput:
    """A payment that was recorded by mistake."""

    payment_id: Id[Payment] = strawberry.field(description="The payment; recorded by hand, and nothing of it refunded.")
    reason: str = strawberry.field(description=REASON)


@inputs
class RefundPaymentInput:
    """A payment to give back, or a part of it."""

    payment_id: Id[Payment] = strawberry.field(description="The payment.")
    amount: MoneyInput = strawberry.field(description="How much; at most what is left of it.")
    reference: str | None = strawberry.field(
        default=None,
        description="Of a payment by hand, the reference of the transfer that sends it: 1 to 140 characters.",
    )
    reason: str = strawberry.field(description=REASON)


@inputs
class ReleaseSettlementInput:
    """An invoice of which the vendor is to be paid."""

    invoice_id: Id[Invoice] = strawberry.field(description="The invoice; you accepted none of the work on it.")
    amount: MoneyInput | None = strawberry.field(
        default=None, description="How much; all that can be paid out of cash received, if not said."
    )
    bank_reference: str | None = strawberry.field(
        default=None,
        description="The reference of the bank transfer that paid it, 1 to 140 characters; null to pay through Stripe.",
    )
    reason: str = strawberry.field(description=REASON)


@inputs
class ReverseSettlementInput:
    """A settlement to take back, whole."""

    settlement_id: Id[Settlement] = strawberry.field(description="The settlement; PAID.")
    reason: str = strawberry.field(description=REASON)


@inputs
class SetUpPayeeInput:
    """Your organization's account at Stripe."""

    reason: str = strawberry.field(description="Why, for your own trail: 1 to 2,000 characters.")


@inputs
class AnswerChargebackInput:
    """A chargeback to answer, once."""

    chargeback_id: Id[Chargeback] = strawberry.field(description="The chargeback; NEEDS_RESPONSE.")
    answer: str = strawberry.field(description="Why the payment was owed: 1 to 20,000 characters.")


@payload
class PayInvoicePayload(Payload):
    """What came of paying."""

    payment: Payment | None = result("The payment, STARTED; null when it was refused.")


@payload
class CancelPaymentPayload(Payload):
    """What came of giving a payment up."""

    payment: Payment | None = result("The payment, `cancelAskedAt` set; null when that was refused.")


@payload
class RecordPaymentPayload(Payload):
    """What came of recording."""

    payment: Payment | None = result("The payment; null when it was refused.")


@payload
class ReversePaymentPayload(Payload):
    """What came of taking a payment back."""

    payment: Payment | None = result("The payment, CANCELLED; null when it was refused.")


@payload
class RefundPaymentPayload(Payload):
    """What came of giving back."""

    refund: Refund | None = result("The refund; null when it was refused.")


@payload
class ReleaseSettlementPayload(Payload):
    """What came of paying the vendor."""

    settlement: Settlement | None = result("The settlement; null when it was refused.")


@payload
class ReverseSettlementPayload(Payload):
    """What came of taking a settlement back."""

    settlement: Settlement | None = result("The settlement; null when it was refused.")


@payload
class SetUpPayeePayload(Payload):
    """What came of asking for an account."""

    payee_account: PayeeAccount | None = result("The account; its link follows. Null when it was refused.")


@payload
class AnswerChargebackPayload(Payload):
    """What came of answering."""

    chargeback: Chargeback | None = result("The chargeback; null when the answer was refused.")
