"""Setting credit of the association against an invoice of the same contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert

from core.errors import InvalidInput
from core.events import Event
from core.ids import RowKey, new_id
from core.money import to_minor
from services.billing.adjustments.balance import credit_balance, require_credit
from services.billing.adjustments.models import CreditApplication
from services.billing.adjustments.reasons import checked_words
from services.billing.adjustments.standing import owed_invoice
from services.billing.invoices.settling import settle
from services.billing.ledger import journal
from services.billing.ledger.journal import Account, Side
from services.contracts.granted import contract_for, key_of
from services.identity.roles import Act

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction


async def apply_credit(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    invoice_id: UUID,
    amount: Decimal | None,
    reason: str,
    now: datetime,
) -> RowKey:
    """Pay an invoice out of the association's credit under its contract; returns the invoice's key.

    `amount` is in its currency; None: as much as there is credit and is due. Refuses with Forbidden, NotFound,
    TextBlank or TextTooLong (the reason), InvoiceNotOwed, InvalidAmount, InvalidInput (nothing to apply), CreditSpent
    or MoreThanDue.
    """
    contract = await contract_for(
        tx, actor=actor, act=Act.RECORD_PAYMENT, contract_id=contract_id, field="invoiceId", lock=True
    )
    reason = checked_words(reason)
    invoice = await owed_invoice(tx, contract_id, invoice_id)
    currency_code = invoice.currency_code
    if amount is not None:
        amount_minor = to_minor(amount, currency_code, field="amount")
    else:
        amount_minor = min(invoice.amount_due_minor, await credit_balance(tx, contract_id, currency_code))
    if not amount_minor:
        raise InvalidInput("there is nothing to set against the invoice: no credit, or nothing due", field="amount")
    await require_credit(tx, contract_id, currency_code, amount_minor, field="amount")
    settled = await settle(tx, contract_id, invoice_id, now=now, paid_minor=amount_minor, field="amount")
    application_id = new_id()
    sides = [
        Side(Account.ASSOCIATION_CREDIT, currency_code, amount_minor),
        Side(Account.ASSOCIATION_RECEIVABLE, currency_code, -amount_minor),
    ]
    entry = journal.Entry("CREDIT_APPLIED", invoice_id, effective_at=now, sides=sides, subject_id=application_id)
    entry_id = await journal.post(tx, key_of(contract), entry, now=now)
    await tx.execute(
        insert(CreditApplication).values(
            **key_of(contract).columns,
            **actor.signed("applied_by"),
            id=application_id,
            invoice_id=invoice_id,
            currency_code=currency_code,
            amount_minor=amount_minor,
            reason=reason,
            applied_at=now,
            entry_id=entry_id,
        )
    )
    tx.emit(
        Event(
            "CREDIT_APPLIED",
            object_id=invoice_id,
            contract=key_of(contract),
            before={"status": invoice.status, "amount_due_minor": invoice.amount_due_minor},
            after={
                "status": settled.status,
                "amount_due_minor": settled.amount_due_minor,
                "applied_minor": amount_minor,
            },
            reason=reason,
        )
    )
    return RowKey(contract_id, invoice_id)
