"""A settlement's way through Stripe: what is to be sent or taken back, and what became of it; both are posted once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, update
from sqlmodel import col

from core.events import Event
from services.billing.ledger import journal
from services.billing.ledger.journal import Account, Entry, Side
from services.billing.payments.holding import STANDING
from services.billing.payments.locking import locked, row_of
from services.billing.payments.models import Payment, Settlement
from services.contracts.granted import key_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Row

    from core.db import Transaction
    from core.events import ContractKey


async def settlement_to_send(
    tx: Transaction, *, contract_id: UUID, settlement_id: UUID
) -> tuple[Row[Any], str | None] | None:
    """A settlement that Stripe is to be asked to pay or to take back, and its source; None when that is done.

    The source is the charge that brought the money, where one brought enough: from it a vendor is paid though its money
    is not available in the balance yet, which takes days. Without a source only what is available can be sent.
    """
    settlement = await row_of(tx, Settlement, contract_id, settlement_id)
    sending = settlement is not None and settlement.method == "STRIPE_TRANSFER"
    if settlement is None or not sending or settlement.status not in ("STARTED", "REVERSING"):
        return None
    sent = select(func.coalesce(func.sum(col(Settlement.amount_minor)), 0)).where(
        col(Settlement.contract_id) == contract_id,
        col(Settlement.invoice_id) == settlement.invoice_id,
        col(Settlement.id) != settlement_id,
        col(Settlement.method) == "STRIPE_TRANSFER",
        col(Settlement.status).in_(STANDING),
    )
    left = col(Payment.received_minor) - col(Payment.refunded_minor) - col(Payment.charged_back_minor)
    charge: str | None = await tx.scalar(
        select(col(Payment.stripe_charge_id))
        .where(
            col(Payment.contract_id) == contract_id,
            col(Payment.invoice_id) == settlement.invoice_id,
            col(Payment.status) == "SUCCEEDED",
            col(Payment.stripe_charge_id).is_not(None),
            left - sent.scalar_subquery() >= settlement.amount_minor,
        )
        .order_by(col(Payment.received_minor).desc(), col(Payment.id))
        .limit(1)
    )
    return settlement, charge


async def settlement_moved(
    tx: Transaction,
    *,
    contract_id: UUID,
    settlement_id: UUID,
    status: str,
    now: datetime,
    stripe_id: str | None = None,
    failure: tuple[str | None, str | None] = (None, None),
) -> bool:
    """Take down what became of a settlement at Stripe: PAID, FAILED or REVERSED; False when that was known.

    KEPT is a reversal that Stripe refused: the vendor is still paid.
    """
    key = key_of(await locked(tx, contract_id))
    comes_from = {"PAID": "STARTED", "FAILED": "STARTED", "REVERSED": "REVERSING", "KEPT": "REVERSING"}[status]
    outcomes: dict[str, dict[str, Any]] = {
        "PAID": {"stripe_transfer_id": stripe_id, "paid_at": now},
        "FAILED": {"failure_code": failure[0], "failure_message": failure[1]},
        "REVERSED": {"stripe_reversal_id": stripe_id, "reversed_at": now},
        "KEPT": {"failure_code": failure[0], "failure_message": failure[1], "reverse_reason": None},
    }
    moved = await tx.one_or_none(
        update(Settlement)
        .where(
            col(Settlement.contract_id) == contract_id,
            col(Settlement.id) == settlement_id,
            col(Settlement.status) == comes_from,
        )
        .values(status="PAID" if status == "KEPT" else status, changed_at=now, **outcomes[status])
        .returning(*Settlement.__table__.c)  # type: ignore[attr-defined]
    )
    if moved is None:
        return False
    if status == "PAID":
        await post_settlement(tx, key, moved._asdict(), now=now)
    elif status == "REVERSED":
        await post_reversal(tx, key, moved, now=now)
    tx.emit(Event(f"SETTLEMENT_{status}", object_id=settlement_id, contract=key, after={"status": moved.status}))
    return True


async def post_settlement(tx: Transaction, key: ContractKey, settlement: dict[str, Any], *, now: datetime) -> None:
    """Post that a vendor was paid; the caller has locked the contract's row."""
    amount, tax, currency = (settlement[name] for name in ("amount_minor", "tax_minor", "currency_code"))
    held_at = Account.BANK if settlement["method"] == "BANK_TRANSFER" else Account.STRIPE_BALANCE
    sides = [
        Side(Account.VENDOR_PAYABLE, currency, amount - tax),
        Side(Account.TAX_PAYABLE, currency, tax),
        Side(held_at, currency, -amount),
    ]
    entry = Entry(
        "SETTLEMENT_PAID",
        settlement["invoice_id"],
        now,
        [side for side in sides if side.amount_minor],
        subject_id=settlement["id"],
    )
    await journal.post(tx, key, entry, now=now)


async def post_reversal(tx: Transaction, key: ContractKey, settlement: Row[Any], *, now: datetime) -> None:
    """Post that it was taken back."""
    await journal.reverse(
        tx,
        key,
        kind="SETTLEMENT_PAID",
        by="SETTLEMENT_REVERSED",
        invoice_id=settlement.invoice_id,
        subject_id=settlement.id,
        now=now,
    )
