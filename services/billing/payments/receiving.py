"""Money that arrived: the invoice is paid as far as it is due, the rest is the association's credit, posted once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update
from sqlmodel import col

from services.billing.invoices.models import Invoice
from services.billing.invoices.settling import OWED, settle
from services.billing.ledger.journal import Account, Entry, Side, post
from services.billing.payments.models import Payment

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Row

    from core.db import Transaction
    from core.events import ContractKey

HELD_AT = {"STRIPE": Account.STRIPE_BALANCE, "BY_HAND": Account.BANK}
"""Where the money of a payment lies."""


async def applied_to(tx: Transaction, contract_id: UUID, invoice_id: UUID, amount_minor: int) -> int:
    """How much of an amount its invoice still asks for; nothing when it is not owed any more."""
    due = await tx.scalar(
        select(col(Invoice.amount_due_minor)).where(
            col(Invoice.contract_id) == contract_id, col(Invoice.id) == invoice_id, col(Invoice.status).in_(OWED)
        )
    )
    return min(due or 0, amount_minor)


async def post_payment(
    tx: Transaction, contract: ContractKey, payment: dict[str, Any], *, effective_at: datetime, now: datetime
) -> None:
    """Settle the invoice by `applied_minor` and post `received_minor`; the caller has locked the contract's row."""
    received, applied = payment["received_minor"], payment["applied_minor"]
    if applied:
        await settle(tx, contract.contract_id, payment["invoice_id"], now=now, paid_minor=applied, field="invoiceId")
    sides = [
        Side(HELD_AT[payment["provider"]], payment["currency_code"], received),
        Side(Account.ASSOCIATION_RECEIVABLE, payment["currency_code"], -applied),
        Side(Account.ASSOCIATION_CREDIT, payment["currency_code"], applied - received),
    ]
    entry = Entry(
        "PAYMENT_RECEIVED",
        payment["invoice_id"],
        effective_at,
        [side for side in sides if side.amount_minor],
        subject_id=payment["id"],
    )
    await post(tx, contract, entry, now=now)


async def receive(
    tx: Transaction,
    contract: ContractKey,
    payment: Row[Any],
    *,
    amount_minor: int,
    charge_id: str | None,
    received_at: datetime,
    now: datetime,
) -> bool:
    """Take down that a payment through Stripe succeeded; False when that was known. The contract's row is locked."""
    applied = await applied_to(tx, contract.contract_id, payment.invoice_id, amount_minor)
    won = await tx.one_or_none(
        update(Payment)
        .where(
            col(Payment.contract_id) == contract.contract_id,
            col(Payment.id) == payment.id,
            col(Payment.received_minor) == 0,
        )
        .values(
            status="SUCCEEDED",
            received_minor=amount_minor,
            applied_minor=applied,
            received_on=received_at.date(),
            stripe_charge_id=charge_id,
            page_url=None,
            failure_code=None,
            failure_message=None,
            changed_at=now,
        )
        .returning(*Payment.__table__.c)  # type: ignore[attr-defined]
    )
    if won is None:
        return False
    await post_payment(tx, contract, won._asdict(), effective_at=received_at, now=now)
    return True
