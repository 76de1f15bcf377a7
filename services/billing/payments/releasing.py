"""Paying a vendor: out of cash that was received, released by somebody who did not accept the work, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import and_, func, insert, or_, select, update
from sqlmodel import col

from core.errors import DomainError, NotFound
from core.events import Event
from core.ids import RowKey, new_id
from services.billing.invoices.models import InvoiceSource
from services.billing.ledger import journal
from services.billing.ledger.journal import Account, Entry, Side
from services.billing.payments.amounts import minor_in
from services.billing.payments.holding import STANDING, proceeds_of
from services.billing.payments.locking import locked, row_of
from services.billing.payments.models import PayeeAccount, Payment, Settlement
from services.billing.payments.recording import require_owed
from services.billing.payments.said import reason_in, reference_in
from services.contracts.granted import contract_for, key_of
from services.delivery.models import Decision
from services.delivery.reviewing import FourEyes
from services.identity.roles import Act

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction
    from core.events import ContractKey

SETTLEMENT_RELEASED = "SETTLEMENT_RELEASED"
SETTLEMENT_REVERSING = "SETTLEMENT_REVERSING"
"""The events after which the worker asks Stripe for the transfer, and for its reversal."""


class MoreThanProceeds(DomainError):
    """More would be paid than the vendor's part of the cash that was received and is not settled yet."""


class NoPayeeAccount(DomainError):
    """The vendor has no account at Stripe that can be paid; name the reference of a bank transfer instead."""


class SettlementNotPaid(DomainError):
    """The settlement was not paid, or is taken back already: there is nothing to take back."""


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
        await _post(tx, key, settlement, now=now)
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
        await _reverse(tx, key, settlement, now=now)
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
        await _post(tx, key, moved._asdict(), now=now)
    elif status == "REVERSED":
        await _reverse(tx, key, moved, now=now)
    tx.emit(Event(f"SETTLEMENT_{status}", object_id=settlement_id, contract=key, after={"status": moved.status}))
    return True


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


async def _post(tx: Transaction, key: ContractKey, settlement: dict[str, Any], *, now: datetime) -> None:
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


async def _reverse(tx: Transaction, key: ContractKey, settlement: Row[Any], *, now: datetime) -> None:
    await journal.reverse(
        tx,
        key,
        kind="SETTLEMENT_PAID",
        by="SETTLEMENT_REVERSED",
        invoice_id=settlement.invoice_id,
        subject_id=settlement.id,
        now=now,
    )
