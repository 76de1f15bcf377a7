"""What Stripe is asked for, made of our rows: the same row asks for the same however often it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from uuid import UUID

METHODS: Final = {"CARD": "card", "ACH_DEBIT": "us_bank_account"}


def page_asked(payment: Any, return_url: str) -> Any:  # noqa: ANN401  (a row of payments; a Checkout Session's parameters)
    """The page on which a payment is paid."""
    line = {
        "quantity": 1,
        "price_data": {
            "currency": payment.currency_code.lower(),
            "unit_amount": payment.amount_minor,
            "product_data": {"name": f"Invoice {payment.invoice_number}"},
        },
    }
    return {
        "mode": "payment",
        "customer": payment.stripe_customer_id,
        "allowed_payment_method_types": [METHODS[payment.method]],
        "line_items": [line],
        "payment_intent_data": _collected(payment),
        "client_reference_id": str(payment.id),
        "metadata": ours(payment, "payment"),
        "success_url": return_url,
        "cancel_url": return_url,
    }


def intent_asked(payment: Any) -> Any:  # noqa: ANN401  (a row of payments; a PaymentIntent's parameters)
    """A payment that the association's own page confirms."""
    return {
        "amount": payment.amount_minor,
        "currency": payment.currency_code.lower(),
        "customer": payment.stripe_customer_id,
        "allowed_payment_method_types": [METHODS[payment.method]],
        **_collected(payment),
    }


def account_asked(payee: Any) -> Any:  # noqa: ANN401  (what `payee` gives; an Account's parameters)
    """The account that a vendor is paid on; losses and Stripe's charges are the operator's."""
    return {
        "country": payee.country_code,
        "business_profile": {"name": payee.name},
        "capabilities": {"transfers": {"requested": True}, "card_payments": {"requested": True}},
        "controller": {
            "fees": {"payer": "application"},
            "losses": {"payments": "application"},
            "stripe_dashboard": {"type": "express"},
        },
        "metadata": {"row_id": str(payee.id)},
    }


def transfer_asked(settlement: Any, source: str | None) -> Any:  # noqa: ANN401  (a row of settlements; a Transfer's parameters)
    """A vendor's part, out of the charge `source` or of what is available."""
    return {
        "amount": settlement.amount_minor,
        "currency": settlement.currency_code.lower(),
        "destination": settlement.stripe_account_id,
        "transfer_group": str(settlement.invoice_id),
        "metadata": ours(settlement, "settlement"),
        **({"source_transaction": source} if source else {}),
    }


def ours(row: Any, kind: str) -> dict[str, str]:  # noqa: ANN401  (a row of a contract)
    """What is found at Stripe by our row."""
    return {"kind": kind, "row_id": str(row.id), "contract_id": str(row.contract_id)}


def key(kind: str, row_id: UUID | str) -> Any:  # noqa: ANN401  (each service of the SDK's has a type of its own for it)
    """The idempotency key of a call that is made for a row."""
    return {"idempotency_key": f"{kind}-{row_id}"}


def _collected(payment: Any) -> dict[str, Any]:  # noqa: ANN401  (a row of payments)
    on_behalf_of = {"on_behalf_of": payment.stripe_account_id} if payment.stripe_account_id else {}
    return {
        "transfer_group": str(payment.invoice_id),
        "description": f"Invoice {payment.invoice_number}",
        "metadata": ours(payment, "payment"),
        **on_behalf_of,
    }
