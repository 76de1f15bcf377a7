"""Corrected invoices: the wrong one is credited in full, and another takes its place, in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Uuid, and_, cast, func, insert, literal, null, select, update
from sqlalchemy.orm import aliased
from sqlmodel import col

from core.errors import DomainError, NotFound
from core.ids import RowKey
from services.billing.adjustments.crediting import credit
from services.billing.adjustments.drafting import draft_for, tax_and_count
from services.billing.adjustments.models import CreditNote
from services.billing.adjustments.reasons import Why, checked_words
from services.billing.adjustments.shares import share
from services.billing.adjustments.splitting import CreditedLine, LineDisputed
from services.billing.adjustments.standing import owed_invoice, standing_lines
from services.billing.invoices.claiming import lock_lines
from services.billing.invoices.issuing import issue
from services.billing.invoices.models import InvoiceLine, InvoiceLineCost, InvoiceSource
from services.billing.invoices.sources import ACTUAL_COST
from services.billing.taxes.charging import SERVICES, TAX_COLUMNS, tax_for
from services.contracts.granted import contract_for
from services.delivery.models import Decision
from services.identity.roles import Act

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction
    from services.billing.adjustments.standing import StandingLine

MADE_ANEW: Final = {"id", "invoice_id", "corrects_line_id", "credited_minor", "credited_quantity", "disputed_minor"}


class InvoiceCredited(DomainError):
    """The invoice is credited in part: void those credit notes first, or credit what is left instead."""


class NothingToCorrect(DomainError):
    """Every line of value would be left out: that is a credit note of all that stands, not a corrected invoice."""


async def correct_invoice(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    invoice_id: UUID,
    leave_out: Sequence[UUID],
    reason: str,
    now: datetime,
) -> RowKey:
    """Credit an issued invoice in full and bill its lines again, but those to leave out; returns the other one's key.

    Names and purchase order are as they are today; tax is charged by what is known today of the day on which the
    first one was issued, such as a certificate that came late. What the lines billed moves to the corrected invoice;
    what is left out can be billed again. What was paid becomes credit of the association. Refuses with Forbidden,
    NotFound, TextBlank or TextTooLong (the reason), InvoiceNotOwed, InvoiceCredited, LineDisputed or NothingToCorrect.
    """
    contract = await contract_for(
        tx, actor=actor, act=Act.ADJUST_INVOICE, contract_id=contract_id, field="invoiceId", lock=True
    )
    reason = checked_words(reason)
    await lock_lines(tx, contract_id=contract_id)
    invoice = await owed_invoice(tx, contract_id, invoice_id)
    lines = await standing_lines(tx, contract_id, invoice_id)
    kept = _kept(invoice, lines, leave_out)
    note = await credit(
        tx,
        contract,
        invoice,
        lines=[CreditedLine(line.id, frees_sources=True) for line in lines],
        why=Why("CORRECTION", reason),
        actor=actor,
        now=now,
    )
    subtotal_minor = sum(line.amount_minor for line in kept)
    retained_minor = await tx.scalar(
        select(col(CreditNote.retained_minor)).where(
            col(CreditNote.contract_id) == contract_id, col(CreditNote.id) == note.id
        )
    )
    draft_id = await draft_for(
        tx,
        invoice,
        kind="CORRECTED_INVOICE",
        reason=reason,
        subtotal_minor=subtotal_minor,
        retained_minor=share(retained_minor, subtotal_minor, note.subtotal_minor),
    )
    await _bill_again(tx, contract_id, draft_id, [line.id for line in kept], taxed_on=invoice.issued_on, freed_at=now)
    await tax_and_count(tx, contract_id, draft_id)
    key = RowKey(contract_id, draft_id)
    await issue(tx, [key], signed=actor.signed("issued_by"), now=now, reason=reason)
    return key


def _kept(invoice: Row[Any], lines: Sequence[StandingLine], leave_out: Sequence[UUID]) -> list[StandingLine]:
    """The lines that are billed again."""
    if invoice.disputed_minor:
        raise LineDisputed("lines of the invoice are disputed; resolve that first", field="invoiceId")
    if not all(line.untouched for line in lines):
        raise InvoiceCredited(f"invoice {invoice.number} is credited in part; void that first", field="invoiceId")
    for at, line_id in enumerate(leave_out):
        if line_id not in {line.id for line in lines}:
            raise NotFound("the invoice has no such line", field=f"leaveOut.{at}")
    kept = [line for line in lines if line.id not in leave_out]
    if not any(line.amount_minor for line in kept):
        raise NothingToCorrect("nothing of value is left to bill; issue a credit note instead", field="leaveOut")
    return kept


async def _bill_again(
    tx: Transaction, contract_id: UUID, draft_id: UUID, line_ids: Sequence[UUID], *, taxed_on: date, freed_at: datetime
) -> None:
    """Copy lines with their cost into the draft, and let it bill what was freed of them."""
    line, cost, source = InvoiceLine.__table__.c, InvoiceLineCost.__table__.c, InvoiceSource.__table__.c  # type: ignore[attr-defined]
    tax = tax_for(SERVICES, seller_id=line.vendor_id, buyer_id=line.association_id, unit=line.unit, on_day=taxed_on)
    copied = [name for name in line.keys() if name not in {*MADE_ANEW, *TAX_COLUMNS}]  # noqa: SIM118  (columns, not a dict)
    await tx.execute(
        insert(InvoiceLine).from_select(
            ["id", "invoice_id", "corrects_line_id", *copied, *TAX_COLUMNS],
            select(
                func.uuidv7(),
                literal(draft_id, Uuid()),
                line.id,
                *(line[name] for name in copied),
                *(tax.c[name] for name in TAX_COLUMNS),
            )
            .where(line.contract_id == contract_id, line.id.in_(line_ids))
            .order_by(line.position),
            include_defaults=False,
        )
    )
    again = aliased(InvoiceLine, name="again")
    of_draft = (col(again.contract_id) == contract_id, col(again.invoice_id) == draft_id)
    moved = [name for name in cost.keys() if name not in {"invoice_line_id", "invoice_id"}]  # noqa: SIM118
    await tx.execute(
        insert(InvoiceLineCost).from_select(
            ["invoice_line_id", "invoice_id", *moved],
            select(col(again.id), col(again.invoice_id), *(cost[name] for name in moved))
            .join(again, and_(cost.contract_id == again.contract_id, cost.invoice_line_id == again.corrects_line_id))
            .where(*of_draft),
            include_defaults=False,
        )
    )
    claimed = [name for name in source.keys() if name not in {"id", "invoice_line_id", "invoice_id", "released_at"}]  # noqa: SIM118
    await tx.execute(
        insert(InvoiceSource).from_select(
            ["id", "invoice_line_id", "invoice_id", "released_at", *claimed],
            select(
                func.uuidv7(),
                col(again.id),
                col(again.invoice_id),
                cast(null(), source.released_at.type),
                *(source[name] for name in claimed),
            )
            .join(
                again, and_(source.contract_id == again.contract_id, source.invoice_line_id == again.corrects_line_id)
            )
            .where(*of_draft, source.released_at == freed_at)
            .order_by(source.id),
            include_defaults=False,
        )
    )
    billed = select(source.decision_id).where(
        source.contract_id == contract_id, source.invoice_id == draft_id, source.decision_id.is_not(None)
    )
    await tx.execute(
        update(Decision)
        .where(col(Decision.contract_id) == contract_id, col(Decision.id).in_(billed))
        .values(billed=True)
    )
    incurred = select(source.actual_cost_id).where(
        source.contract_id == contract_id, source.invoice_id == draft_id, source.actual_cost_id.is_not(None)
    )
    await tx.execute(
        update(ACTUAL_COST)
        .where(ACTUAL_COST.c.contract_id == contract_id, ACTUAL_COST.c.id.in_(incurred))
        .values(billed=literal(True))
    )
