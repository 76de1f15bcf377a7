"""Debit notes: what an issued invoice asked too little is charged by a document of its own."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select
from sqlmodel import col

from core.errors import DomainError, NotFound
from core.ids import RowKey, new_id
from core.money import round_half_even, to_minor
from services.billing.adjustments.drafting import draft_for, tax_and_count
from services.billing.adjustments.reasons import checked_words
from services.billing.adjustments.standing import owed_invoice
from services.billing.invoices.claiming import lock_lines
from services.billing.invoices.issuing import issue
from services.billing.invoices.models import InvoiceLine, InvoiceLineCost
from services.billing.taxes.charging import TAX_COLUMNS
from services.contracts.granted import contract_for
from services.delivery.evidence import NamedTwice
from services.identity.roles import Act

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction
    from services.contracts.models import Contract


class NothingToDebit(DomainError):
    """A debit note names at least one line, and an amount above zero of each."""


@dataclass(frozen=True, slots=True)
class DebitedLine:
    """What to charge more for a line of an invoice, net of tax in its currency, and the words that stand on it."""

    invoice_line_id: UUID
    amount: Decimal
    words: str


async def issue_debit_note(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    invoice_id: UUID,
    lines: Sequence[DebitedLine],
    reason: str,
    now: datetime,
) -> RowKey:
    """Charge more for lines of an issued invoice; returns the debit note's key, an invoice of the vendor's own series.

    It charges price, never quantity: more work is accepted first, and billed by an invoice. It is taxed as the line
    that it is for, and bears the platform fee of that invoice. Refuses with Forbidden, NotFound, TextBlank or
    TextTooLong (the reason, the words), InvoiceNotOwed, NothingToDebit, NamedTwice or InvalidAmount.
    """
    contract = await contract_for(
        tx, actor=actor, act=Act.ADJUST_INVOICE, contract_id=contract_id, field="invoiceId", lock=True
    )
    reason = checked_words(reason)
    await lock_lines(tx, contract_id=contract_id)
    return await debit(tx, contract, invoice_id, lines=lines, reason=reason, actor=actor, now=now)


async def debit(
    tx: Transaction,
    contract: Row[tuple[Contract]],
    invoice_id: UUID,
    *,
    lines: Sequence[DebitedLine],
    reason: str,
    actor: Actor,
    now: datetime,
    tell: bool = True,
) -> RowKey:
    """Write and issue a debit note, contract and lines locked by the caller; without `tell` the caller tells of it."""
    invoice = await owed_invoice(tx, contract.id, invoice_id)
    rows = await _rows(tx, invoice, lines)
    subtotal_minor = sum(row["amount_minor"] for row in rows)
    note_id = await draft_for(tx, invoice, kind="DEBIT_NOTE", reason=reason, subtotal_minor=subtotal_minor)
    await tx.execute(insert(InvoiceLine), [{**row, "invoice_id": note_id} for row in rows])
    await tx.execute(
        insert(InvoiceLineCost),
        [
            {
                "contract_id": contract.id,
                "association_id": contract.association_id,
                "vendor_id": contract.vendor_id,
                "invoice_line_id": row["id"],
                "invoice_id": note_id,
                "cost_basis": "STANDARD",
                "cost_minor": 0,
                "platform_fee_minor": int(
                    round_half_even(Decimal(row["amount_minor"]) * invoice.platform_fee_percent / 100)
                ),
            }
            for row in rows
        ],
    )
    await tax_and_count(tx, contract.id, note_id)
    key = RowKey(contract.id, note_id)
    await issue(tx, [key], signed=actor.signed("issued_by"), now=now, reason=reason, tell=tell)
    return key


async def _rows(tx: Transaction, invoice: Row[Any], lines: Sequence[DebitedLine]) -> list[dict[str, Any]]:
    """The debit note's lines, each of one line of the invoice."""
    if not lines:
        raise NothingToDebit("name at least one line", field="lines")
    found = await tx.all(
        select(*InvoiceLine.__table__.c).where(  # type: ignore[attr-defined]  # SQLModel adds it
            col(InvoiceLine.contract_id) == invoice.contract_id, col(InvoiceLine.invoice_id) == invoice.id
        )
    )
    billed = {line.id: line for line in found}
    rows: dict[UUID, dict[str, Any]] = {}
    for at, debited in enumerate(lines):
        path = f"lines.{at}"
        line = billed.get(debited.invoice_line_id)
        if line is None:
            raise NotFound("the invoice has no such line", field=f"{path}.invoiceLineId")
        if line.id in rows:
            raise NamedTwice("this line is named twice; once would be right", field=f"{path}.invoiceLineId")
        amount_minor = to_minor(debited.amount, line.currency_code, field=f"{path}.amount")
        if not amount_minor:
            raise NothingToDebit("an amount above zero would be right", field=f"{path}.amount")
        rows[line.id] = {
            **{name: getattr(line, name) for name in ("contract_id", "association_id", "vendor_id")},
            **{name: getattr(line, name) for name in ("contract_line_id", "currency_code", *TAX_COLUMNS)},
            **{name: getattr(line, name) for name in ("rate_card_key", "rate_version")},
            "id": new_id(),
            "corrects_line_id": line.id,
            "position": at + 1,
            "description": checked_words(debited.words, field=f"{path}.words"),
            "unit": "LUMP_SUM",
            "quantity": Decimal(1),
            "late_quantity": Decimal(0),
            "unit_price": debited.amount,
            "amount_minor": amount_minor,
        }
    return list(rows.values())
