"""Paying a vendor: out of cash that was received, released by somebody who did not accept the work."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import and_, insert, or_, select
from sqlmodel import col

from core.errors import DomainError
from core.events import Event
from core.ids import RowKey, new_id
from services.billing.invoices.models import InvoiceSource
from services.billing.payments.amounts import minor_in
from services.billing.payments.holding import proceeds_of
from services.billing.payments.models import PayeeAccount, Settlement
from services.billing.payments.recording import require_owed
from services.billing.payments.said import reason_in, reference_in
from services.billing.payments.transferring import post_settlement
from services.contracts.granted import contract_for, key_of
from services.delivery.models import Decision
from services.delivery.reviewing import FourEyes
from services.identity.roles import Act

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction

SETTLEMENT_RELEASED = "SETTLEMENT_RELEASED"
"""The event after which the worker asks Stripe for the transfer."""


class MoreThanProceeds(DomainError):
    """More would be paid than the vendor's part of the cash that was received and is not settled yet."""


class NoPayeeAccount(DomainError):
    """The vendor has no account at Stripe that can be paid; name the reference of a bank transfer instead."""


class Release(NamedTuple):
    """How much the vendor is paid, all that can be when no amount is said; by a bank transfer when it is named."""

    amount: Decimal | None
    currency_code: str | None
    bank_reference: str | None


async def release_settlement(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    invoice_id: UUID,
    release: Release,
    reason: str,
    now: datetime,
) -> RowKey:
    """Pay the vendor its part of the cash that was received for an invoice: tax that is collected for it first.

    Through Stripe the worker transfers it; a bank transfer was made by the operator. Returns the settlement's key.
    Refuses with Forbidden, NotFound, InvoiceNotOwed, FourEyes (the same person accepted the work), MoreThanProceeds,
    NoPayeeAccount, OtherCurrency, InvalidAmount, TextBlank or TextTooLong.
    """
    contract = await contract_for(
        tx, actor=actor, act=Act.RELEASE_SETTLEMENT, contract_id=contract_id, field="invoiceId", lock=True
    )
    reason, key = reason_in(reason), key_of(contract)
    await require_owed(tx, contract_id, invoice_id)
    await _require_four_eyes(tx, actor, contract_id, invoice_id)
    proceeds = await proceeds_of(tx, contract_id, invoice_id)
    amount_minor = proceeds.available_minor
    if release.amount is not None:
        amount_minor = minor_in(release.amount, release.currency_code or "", of=contract.currency_code)
    if not 0 < amount_minor <= proceeds.available_minor:
        left = f"{max(proceeds.available_minor, 0)} minor units of {contract.currency_code}"
        raise MoreThanProceeds(f"{left} of cash received can be paid, not more", field="amount")
    by_bank = release.bank_reference is not None
    settlement = {
        **key.columns,
        **actor.signed("released_by"),
        "id": new_id(),
        "invoice_id": invoice_id,
        "currency_code": contract.currency_code,
        "amount_minor": amount_minor,
        "tax_minor": min(amount_minor, max(proceeds.available_tax_minor, 0)),
        "method": "BANK_TRANSFER" if by_bank else "STRIPE_TRANSFER",
        "status": "PAID" if by_bank else "STARTED",
        "paid_at": now if by_bank else None,
        "reference": reference_in(release.bank_reference or "") if by_bank else None,
        "stripe_account_id": None if by_bank else await _account_of(tx, contract.vendor_id),
        "reason": reason,
        "released_at": now,
        "changed_at": now,
    }
    await tx.execute(insert(Settlement).values(**settlement))
    if by_bank:
        await post_settlement(tx, key, settlement, now=now)
    settlement_id: UUID = settlement["id"]
    # the trail is read by the association too, and what the vendor is paid tells the platform fee
    tx.emit(
        Event(
            SETTLEMENT_RELEASED,
            object_id=settlement_id,
            contract=key,
            after={"invoice_id": str(invoice_id), "method": settlement["method"]},
            reason=reason,
            due_at=None if by_bank else now,
        )
    )
    return RowKey(contract_id, settlement_id)


async def _require_four_eyes(tx: Transaction, actor: Actor, contract_id: UUID, invoice_id: UUID) -> None:
    same = await tx.scalar(
        select(col(Decision.id))
        .join(
            InvoiceSource,
            and_(col(InvoiceSource.contract_id) == Decision.contract_id, col(InvoiceSource.decision_id) == Decision.id),
        )
        .where(
            col(InvoiceSource.contract_id) == contract_id,
            col(InvoiceSource.invoice_id) == invoice_id,
            or_(
                col(Decision.decided_by_person_id) == actor.person_id,
                col(Decision.decided_by_member_id) == actor.member_id,
            ),
        )
        .limit(1)
    )
    if same is not None:
        raise FourEyes("you accepted work on this invoice: somebody else releases the money", field="invoiceId")


async def _account_of(tx: Transaction, vendor_id: UUID) -> str:
    account: str | None = await tx.scalar(
        select(col(PayeeAccount.stripe_account_id)).where(
            col(PayeeAccount.vendor_id) == vendor_id, col(PayeeAccount.payouts_enabled)
        )
    )
    if account is None:
        raise NoPayeeAccount("the vendor cannot be paid through Stripe yet", field="invoiceId")
    return account
