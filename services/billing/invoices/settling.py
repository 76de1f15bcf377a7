"""What an invoice still asks for: the one statement that changes what was paid, credited or retained of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Date, and_, case, cast, func, literal, or_, select, update
from sqlmodel import col

from core.errors import DomainError, NotFound
from services.billing.invoices.models import Invoice
from services.contracts.models import Contract

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from sqlalchemy import Row

    from core.db import Transaction

OWED = ("ISSUED", "PARTLY_PAID", "PAID", "OVERDUE")
"""Where an invoice stands that was issued and is not void."""


class InvoiceNotOwed(DomainError):
    """The invoice is a draft, was discarded or is void: nothing is paid, credited or retained of it."""


class MoreThanDue(DomainError):
    """More would be paid, credited, retained or written off than is due on the invoice."""


class MoreThanStands(DomainError):
    """More would be taken back than was paid, credited, retained or written off of the invoice."""


async def settle(
    tx: Transaction,
    contract_id: UUID,
    invoice_id: UUID,
    *,
    now: datetime,
    paid_minor: int = 0,
    credited_minor: int = 0,
    retained_minor: int = 0,
    written_off_minor: int = 0,
    field: str | None = None,
) -> Row[tuple[str | None, str, str, int]]:
    """Add to what was paid, credited, retained and written off of an invoice, in its minor units; a minus takes back.

    What is due and where the invoice stands follow in the same statement: PAID when nothing is due, else OVERDUE when
    its due day is over in the association's time zone, else PARTLY_PAID when any of it was paid or credited, else
    ISSUED. Returns its `number`, `status`, `currency_code` and `amount_due_minor` afterwards. Refuses, naming `field`,
    with NotFound, InvoiceNotOwed, MoreThanDue or MoreThanStands. The caller has locked the contract's row.
    """
    this = and_(col(Invoice.contract_id) == contract_id, col(Invoice.id) == invoice_id)
    paid = col(Invoice.paid_minor) + paid_minor
    credited = col(Invoice.credited_minor) + credited_minor
    retained = col(Invoice.retained_minor) + retained_minor
    written_off = col(Invoice.written_off_minor) + written_off_minor
    due = col(Invoice.subtotal_minor) + col(Invoice.tax_total_minor) - paid - credited - retained - written_off
    settled = await tx.one_or_none(
        update(Invoice)
        .where(
            this,
            col(Invoice.status).in_(OWED),
            *(amount >= 0 for amount in (paid, credited, retained, written_off, due)),
        )
        .values(
            paid_minor=paid,
            credited_minor=credited,
            retained_minor=retained,
            written_off_minor=written_off,
            amount_due_minor=due,
            status=case(
                (due == 0, "PAID"),
                (col(Invoice.due_on) < _today_there(now), "OVERDUE"),
                (or_(paid > 0, credited > 0), "PARTLY_PAID"),
                else_="ISSUED",
            ),
        )
        .returning(col(Invoice.number), col(Invoice.status), col(Invoice.currency_code), col(Invoice.amount_due_minor))
    )
    if settled is None:
        raise await _refusal(tx, this, paid_minor + credited_minor + retained_minor + written_off_minor, field)
    return settled


def _today_there(now: datetime) -> ColumnElement[date]:
    there = func.timezone(col(Contract.time_zone), literal(now))
    return select(cast(there, Date)).where(col(Contract.id) == Invoice.contract_id).scalar_subquery()


async def _refusal(tx: Transaction, this: ColumnElement[bool], more: int, field: str | None) -> DomainError:
    invoice = await tx.one_or_none(select(*Invoice.__table__.c).where(this))  # type: ignore[attr-defined]
    if invoice is None:
        return NotFound("there is no such invoice", field=field)
    if invoice.status not in OWED:
        return InvoiceNotOwed(f"the invoice is {invoice.status}; an issued one would be right", field=field)
    if more > invoice.amount_due_minor:
        due = f"{invoice.amount_due_minor} minor units of {invoice.currency_code} are due on {invoice.number}"
        return MoreThanDue(f"{due}; at most that would be right, not {more}", field=field)
    stands = f"{invoice.paid_minor} is paid, {invoice.credited_minor} credited, {invoice.retained_minor} retained"
    return MoreThanStands(f"of {invoice.number} {stands}, in minor units of {invoice.currency_code}", field=field)
