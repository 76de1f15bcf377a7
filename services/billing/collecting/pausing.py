"""Pausing the dunning of one invoice, for a reason that both parties read, and taking it up again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update
from sqlmodel import col

from core.errors import DomainError, NotFound
from core.events import Event
from core.ids import RowKey, new_id
from services.billing.collecting.models import DunningPause
from services.billing.collecting.scheduling import LONGEST_REASON
from services.billing.invoices.models import Invoice
from services.contracts.faults import Faults
from services.contracts.granted import contract_for, key_of
from services.identity.roles import Act

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction


class DunningPaused(DomainError):
    """The dunning of the invoice is paused already."""


class DunningNotPaused(DomainError):
    """The dunning of the invoice is not paused."""


async def pause_dunning(
    tx: Transaction, *, actor: Actor, contract_id: UUID, invoice_id: UUID, reason: str, now: datetime
) -> RowKey:
    """Give no notice of an invoice until it is resumed; returns the invoice's key. It stays overdue.

    Refuses with Forbidden, NotFound, TextBlank, TextTooLong or DunningPaused.
    """
    contract = await contract_for(
        tx, actor=actor, act=Act.CONFIGURE_BILLING, contract_id=contract_id, field="invoiceId"
    )
    _refuse_silence(reason)
    await _require_invoice(tx, contract_id, invoice_id)
    row = {**key_of(contract).columns, "id": new_id(), "invoice_id": invoice_id, "reason": reason.strip()}
    paused = DunningPaused("its dunning is paused already", field="invoiceId")
    await tx.execute(
        insert(DunningPause).values(**row, paused_at=now, **actor.signed("paused_by")),
        refusing={"one_dunning_pause": paused},
    )
    tx.emit(
        Event("DUNNING_PAUSED", invoice_id, contract=key_of(contract), after={"paused": True}, reason=reason.strip())
    )
    return RowKey(contract_id, invoice_id)


async def resume_dunning(
    tx: Transaction, *, actor: Actor, contract_id: UUID, invoice_id: UUID, reason: str, now: datetime
) -> RowKey:
    """Take the dunning of an invoice up again; returns the invoice's key.

    Refuses with Forbidden, NotFound, TextBlank, TextTooLong or DunningNotPaused.
    """
    contract = await contract_for(
        tx, actor=actor, act=Act.CONFIGURE_BILLING, contract_id=contract_id, field="invoiceId"
    )
    _refuse_silence(reason)
    await _require_invoice(tx, contract_id, invoice_id)
    resumed = await tx.execute(
        update(DunningPause)
        .where(
            col(DunningPause.contract_id) == contract_id,
            col(DunningPause.invoice_id) == invoice_id,
            col(DunningPause.resumed_at).is_(None),
        )
        .values(resumed_at=now, resume_reason=reason.strip(), **actor.signed("resumed_by"))
    )
    if resumed.rowcount == 0:
        raise DunningNotPaused("its dunning is not paused", field="invoiceId")
    tx.emit(
        Event(
            "DUNNING_RESUMED",
            invoice_id,
            contract=key_of(contract),
            before={"paused": True},
            after={"paused": False},
            reason=reason.strip(),
        )
    )
    return RowKey(contract_id, invoice_id)


def _refuse_silence(reason: str) -> None:
    faults = Faults()
    faults.text(reason, longest=LONGEST_REASON, field="reason")
    faults.refuse()


async def _require_invoice(tx: Transaction, contract_id: UUID, invoice_id: UUID) -> None:
    this = select(col(Invoice.id)).where(col(Invoice.contract_id) == contract_id, col(Invoice.id) == invoice_id)
    if await tx.scalar(this) is None:
        raise NotFound("there is no such invoice", field="invoiceId")
