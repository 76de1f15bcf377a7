"""Credit notes: an issued invoice never changes, so what it asked too much is taken off by a document of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert

from core.errors import DomainError
from core.events import Event
from core.ids import RowKey, new_id
from services.billing.adjustments.freeing import free_sources
from services.billing.adjustments.models import CreditNote
from services.billing.adjustments.numbering import next_credit_note_number
from services.billing.adjustments.reasons import Why, checked
from services.billing.adjustments.shares import share
from services.billing.adjustments.splitting import CreditedLine, split
from services.billing.adjustments.standing import credited_gross, owed_invoice, standing_lines, standing_tax
from services.billing.adjustments.writing import write_lines
from services.billing.invoices.claiming import lock_lines
from services.billing.invoices.settling import settle
from services.billing.ledger import journal
from services.billing.ledger.journal import Account, Side
from services.contracts.days import today_in
from services.contracts.granted import contract_for, key_of
from services.identity.roles import Act

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction
    from services.billing.adjustments.splitting import Part
    from services.contracts.models import Contract


class PartWrittenOff(DomainError):
    """Part of the invoice is written off, so that a credit would give back what nobody paid: reverse that first."""


@dataclass(frozen=True, slots=True)
class Credited:
    """A credit note as it was issued, amounts in minor units; `told` is what an event says of it."""

    id: UUID
    subtotal_minor: int
    total_minor: int
    told: dict[str, Any]


async def issue_credit_note(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    invoice_id: UUID,
    lines: Sequence[CreditedLine] | None,
    why: Why,
    now: datetime,
) -> RowKey:
    """Credit lines of an issued invoice, or all that stands of it; returns the credit note's key.

    Refuses with Forbidden, NotFound, TextBlank or TextTooLong (the reason), InvoiceNotOwed, PartWrittenOff, and as
    `split` refuses.
    """
    contract = await contract_for(
        tx, actor=actor, act=Act.ADJUST_INVOICE, contract_id=contract_id, field="invoiceId", lock=True
    )
    why = checked(why)
    await lock_lines(tx, contract_id=contract_id)
    invoice = await owed_invoice(tx, contract_id, invoice_id)
    note = await credit(tx, contract, invoice, lines=lines, why=why, actor=actor, now=now)
    tx.emit(
        Event(
            "CREDIT_NOTE_ISSUED",
            object_id=note.id,
            contract=key_of(contract),
            after={"invoice": invoice.number, "reason_code": why.code, **note.told},
            reason=why.words,
        )
    )
    return RowKey(contract_id, note.id)


async def credit(
    tx: Transaction,
    contract: Row[tuple[Contract]],
    invoice: Row[Any],
    *,
    lines: Sequence[CreditedLine] | None,
    why: Why,
    actor: Actor,
    now: datetime,
    dispute_id: UUID | None = None,
    gainshare_id: UUID | None = None,
    field: str = "lines",
) -> Credited:
    """Write a credit note with its entry and take it off the invoice; contract and lines are locked by the caller.

    Without `lines` all that stands is credited. Of the total a share goes off what is retained, as much as the invoice
    retains of what stands; then it takes off what is due; the rest was paid already and becomes credit of the
    association. What the lines of the contract count as billed falls by the prices.
    """
    if invoice.written_off_minor:
        raise PartWrittenOff(f"part of {invoice.number} is written off; reverse that first", field="invoiceId")
    standing = await standing_lines(tx, contract.id, invoice.id)
    asked = [CreditedLine(line.id) for line in standing if line.quantity] if lines is None else lines
    parts = split(asked, standing, await standing_tax(tx, contract.id, invoice.id, standing), field=field)
    subtotal_minor, tax_minor = sum(part.amount_minor for part in parts), sum(part.tax_minor for part in parts)
    total_minor = subtotal_minor + tax_minor
    standing_minor = invoice.total_minor - await credited_gross(tx, contract.id, invoice.id)
    retained_minor = share(invoice.retained_minor, total_minor, standing_minor)
    applied_minor = min(total_minor - retained_minor, invoice.amount_due_minor)
    issued_on = today_in(contract.time_zone, now)
    year_number = await next_credit_note_number(tx, contract.vendor_id, issued_on.year)
    note = {
        **key_of(contract).columns,
        **actor.signed("issued_by"),
        "id": new_id(),
        "invoice_id": invoice.id,
        "dispute_id": dispute_id,
        "gainshare_id": gainshare_id,
        "number": f"CN-{issued_on.year}-{year_number:06d}",
        "year": issued_on.year,
        "year_number": year_number,
        "status": "ISSUED",
        "reason_code": why.code,
        "reason": why.words,
        "currency_code": invoice.currency_code,
        "subtotal_minor": subtotal_minor,
        "tax_total_minor": tax_minor,
        "applied_minor": applied_minor,
        "retained_minor": retained_minor,
        "refundable_minor": total_minor - retained_minor - applied_minor,
        "issued_at": now,
        "issued_on": issued_on,
    }
    entry = journal.Entry(
        "CREDIT_NOTE_ISSUED", invoice.id, effective_at=now, sides=_sides(note, parts), subject_id=note["id"]
    )
    note["issued_entry_id"] = await journal.post(tx, key_of(contract), entry, now=now)
    await tx.execute(insert(CreditNote).values(**note))
    await write_lines(tx, key_of(contract), note["id"], parts)
    await free_sources(tx, contract.id, [part.line.id for part in parts if part.frees_sources], now=now)
    await settle(
        tx,
        contract.id,
        invoice.id,
        now=now,
        credited_minor=applied_minor + retained_minor,
        retained_minor=-retained_minor,
        field="invoiceId",
    )
    told = ("number", "subtotal_minor", "tax_total_minor", "applied_minor", "retained_minor", "refundable_minor")
    return Credited(note["id"], subtotal_minor, total_minor, {name: note[name] for name in told})


def _sides(note: dict[str, Any], parts: Sequence[Part]) -> list[Side]:
    """Take back what the invoice credited, and owe the association what it had paid already."""
    currency_code, fee_minor = note["currency_code"], sum(part.platform_fee_minor for part in parts)
    sides = [
        Side(Account.VENDOR_PAYABLE, currency_code, note["subtotal_minor"] - fee_minor),
        Side(Account.TAX_PAYABLE, currency_code, note["tax_total_minor"]),
        Side(Account.PLATFORM_FEE_INCOME, currency_code, fee_minor),
        Side(Account.ASSOCIATION_RECEIVABLE, currency_code, -note["applied_minor"]),
        Side(Account.RETAINAGE_RECEIVABLE, currency_code, -note["retained_minor"]),
        Side(Account.ASSOCIATION_CREDIT, currency_code, -note["refundable_minor"]),
    ]
    return [side for side in sides if side.amount_minor]
