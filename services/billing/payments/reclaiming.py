"""Taking back what a vendor was paid: a recorded transfer at once, one through Stripe by its reversal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update
from sqlmodel import col

from core.errors import DomainError, NotFound
from core.events import Event
from core.ids import RowKey
from services.billing.payments.locking import row_of
from services.billing.payments.models import Settlement
from services.billing.payments.said import reason_in
from services.billing.payments.transferring import post_reversal
from services.contracts.granted import contract_for, key_of
from services.identity.roles import Act

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction

SETTLEMENT_REVERSING = "SETTLEMENT_REVERSING"
"""The event after which the worker asks Stripe to take the transfer back."""


class SettlementNotPaid(DomainError):
    """The settlement was not paid, or is taken back already: there is nothing to take back."""


async def reverse_settlement(
    tx: Transaction, *, actor: Actor, contract_id: UUID, settlement_id: UUID, reason: str, now: datetime
) -> RowKey:
    """Take a settlement back from the vendor, whole: through Stripe by a reversal of the transfer.

    Returns the settlement's key. Refuses with Forbidden, NotFound, SettlementNotPaid, TextBlank or TextTooLong.
    """
    contract = await contract_for(
        tx, actor=actor, act=Act.RELEASE_SETTLEMENT, contract_id=contract_id, field="settlementId", lock=True
    )
    reason, key = reason_in(reason), key_of(contract)
    settlement = await row_of(tx, Settlement, contract_id, settlement_id)
    if settlement is None:
        raise NotFound("there is no such settlement", field="settlementId")
    if settlement.status != "PAID":
        raise SettlementNotPaid(f"the settlement is {settlement.status}; PAID would be right", field="settlementId")
    by_bank = settlement.method == "BANK_TRANSFER"
    await tx.execute(
        update(Settlement)
        .where(col(Settlement.contract_id) == contract_id, col(Settlement.id) == settlement_id)
        .values(
            status="REVERSED" if by_bank else "REVERSING",
            reverse_reason=reason,
            reversed_at=now if by_bank else None,
            changed_at=now,
            **actor.signed("reversed_by"),
        )
    )
    if by_bank:
        await post_reversal(tx, key, settlement, now=now)
    tx.emit(
        Event(
            SETTLEMENT_REVERSING,
            object_id=settlement_id,
            contract=key,
            before={"status": "PAID"},
            after={"status": "REVERSED" if by_bank else "REVERSING"},
            reason=reason,
            due_at=None if by_bank else now,
        )
    )
    return RowKey(contract_id, settlement_id)
