"""Invoices whose due day is over, in the association's time zone; the worker marks them as overdue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Date, cast, func, select
from sqlmodel import col

from core.events import Event
from core.ids import RowKey
from services.billing.invoices.models import Invoice
from services.billing.invoices.settling import settle
from services.contracts.days import today_in
from services.contracts.granted import key_of
from services.contracts.models import Contract

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Final
    from uuid import UUID

    from core.db import Transaction

FALLING_DUE: Final = ("ISSUED", "PARTLY_PAID")


async def mark_overdue(tx: Transaction, *, contract_id: UUID, invoice_id: UUID, now: datetime) -> bool:
    """Mark an invoice as overdue when its due day is over and an amount is due; whether it was one to mark.

    For the worker, in the batch role: no member acts. Called early, late or twice it does nothing.
    """
    contract = await tx.one(
        select(*Contract.__table__.c).where(col(Contract.id) == contract_id).with_for_update(key_share=True)  # type: ignore[attr-defined]
    )
    invoice = await tx.one_or_none(
        select(col(Invoice.status), col(Invoice.due_on), col(Invoice.number)).where(
            col(Invoice.contract_id) == contract_id,
            col(Invoice.id) == invoice_id,
            col(Invoice.status).in_(FALLING_DUE),
            col(Invoice.amount_due_minor) > 0,
            col(Invoice.due_on) < today_in(contract.time_zone, now),
        )
    )
    if invoice is None:
        return False
    await settle(tx, contract_id, invoice_id, now=now)
    tx.emit(
        Event(
            "INVOICE_OVERDUE",
            invoice_id,
            contract=key_of(contract),
            before={"status": invoice.status},
            after={"status": "OVERDUE", "number": invoice.number, "dueOn": str(invoice.due_on)},
            reason="its due day is over",
        )
    )
    return True


async def invoices_fallen_due(tx: Transaction, *, now: datetime, most: int = 500) -> list[RowKey]:
    """The invoices that should be marked, the longest overdue first; for the worker's sweep."""
    today = cast(func.timezone(col(Contract.time_zone), now), Date)
    rows = await tx.all(
        select(col(Invoice.contract_id), col(Invoice.id))
        .join(Contract, col(Contract.id) == Invoice.contract_id)
        .where(
            col(Invoice.status).in_(FALLING_DUE),
            col(Invoice.amount_due_minor) > 0,
            col(Invoice.due_on) < today,
        )
        .order_by(col(Invoice.due_on), col(Invoice.contract_id), col(Invoice.id))
        .limit(most)
    )
    return [RowKey(row.contract_id, row.id) for row in rows]
