"""Stripe's test payment methods, and what becomes of a payment by each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Behaviour:
    """How a test payment method behaves."""

    kind: str = "card"
    brand: str = "visa"
    last4: str = "4242"
    decline: tuple[str, str, str] | None = None
    """Code, decline code and message of a payment that is declined."""
    attaches: bool = True
    authenticates: bool = False
    """Whether the payer has to show who they are first."""
    available_now: bool = False
    dispute: str | None = None
    """The reason for which the payment is disputed at once."""
    inquiry: bool = False
    refund: str = "succeeded"
    """What becomes of a refund: succeeded, pending (later succeeded) or failed (later, having succeeded)."""
    settles: str = "succeeded"
    """What becomes of a bank debit after some days: succeeded, failed, or processing for ever."""


_DECLINED: Final = "Your card was declined."


def _card(last4: str, code: str, decline_code: str, message: str = _DECLINED, *, attaches: bool = False) -> Behaviour:
    return Behaviour(last4=last4, decline=(code, decline_code, message), attaches=attaches)


def _debit(last4: str, code: str, message: str) -> Behaviour:
    return Behaviour("us_bank_account", last4=last4, settles="failed", decline=(code, code, message))


TOKENS: Final[dict[str, Behaviour]] = {
    "pm_card_visa": Behaviour(),
    "pm_card_mastercard": Behaviour(brand="mastercard", last4="4444"),
    "pm_card_amex": Behaviour(brand="amex", last4="8431"),
    "pm_card_bypassPending": Behaviour(last4="0077", available_now=True),
    "pm_card_chargeDeclined": _card("0002", "card_declined", "generic_decline"),
    "pm_card_visa_chargeDeclined": _card("0002", "card_declined", "generic_decline"),
    "pm_card_chargeDeclinedInsufficientFunds": _card(
        "9995", "card_declined", "insufficient_funds", "Your card has insufficient funds."
    ),
    "pm_card_visa_chargeDeclinedInsufficientFunds": _card(
        "9995", "card_declined", "insufficient_funds", "Your card has insufficient funds."
    ),
    "pm_card_chargeDeclinedLostCard": _card("9987", "card_declined", "lost_card"),
    "pm_card_chargeDeclinedExpiredCard": _card("0069", "expired_card", "expired_card", "Your card has expired."),
    "pm_card_chargeDeclinedProcessingError": _card(
        "0119",
        "processing_error",
        "processing_error",
        "An error occurred while processing your card. Try again in a little bit.",
    ),
    "pm_card_chargeCustomerFail": _card("0341", "card_declined", "generic_decline", attaches=True),
    "pm_card_authenticationRequired": Behaviour(last4="3184", authenticates=True),
    "pm_card_threeDSecure2Required": Behaviour(last4="3220", authenticates=True),
    "pm_card_createDispute": Behaviour(last4="0259", dispute="fraudulent"),
    "pm_card_createDisputeProductNotReceived": Behaviour(last4="2685", dispute="product_not_received"),
    "pm_card_createDisputeInquiry": Behaviour(last4="1976", dispute="fraudulent", inquiry=True),
    "pm_card_pendingRefund": Behaviour(last4="7726", refund="pending"),
    "pm_card_refundFail": Behaviour(last4="5126", refund="failed"),
    "pm_usBankAccount": Behaviour("us_bank_account", last4="6789", refund="pending"),
    "pm_usBankAccount_success": Behaviour("us_bank_account", last4="6789", refund="pending"),
    "pm_usBankAccount_accountClosed": _debit("1113", "account_closed", "The customer's bank account has been closed."),
    "pm_usBankAccount_noAccount": _debit("1116", "no_account", "The customer's bank account could not be located."),
    "pm_usBankAccount_insufficientFunds": _debit(
        "2227", "insufficient_funds", "The customer's account has insufficient funds to cover this payment."
    ),
    "pm_usBankAccount_debitNotAuthorized": _debit(
        "3335", "debit_not_authorized", "The customer has notified their bank that this payment was unauthorized."
    ),
    "pm_usBankAccount_dispute": Behaviour("us_bank_account", last4="5559", dispute="debit_not_authorized"),
    "pm_usBankAccount_processing": Behaviour("us_bank_account", last4="0009", settles="processing"),
}
"""By the id under which Stripe's documentation has it; attaching or paying by one makes a payment method of its own."""

BANK_NUMBERS: Final = {"000123456789": None, "000111111116": "no_account", "000111111113": "account_closed"}
"""A vendor's bank account by number: why payouts to it fail, if they do."""
