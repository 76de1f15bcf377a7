"""Dunning: an overdue invoice gets a notice of each level of the schedule once; the worker gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Date, DateTime, and_, cast, exists, func, literal, literal_column, select, true
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from core.events import Event
from core.ids import RowKey
from services.billing.collecting.models import DunningLevel, DunningNotice, DunningPause
from services.billing.invoices.models import Invoice
from services.contracts.granted import key_of
from services.contracts.models import Contract

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Final
    from uuid import UUID

    from sqlalchemy import ColumnElement, Select

    from core.db import Transaction

COLUMNS: Final = """contract_id association_id vendor_id id invoice_id level kind invoice_number due_on noticed_on
noticed_at currency_code overdue_minor disputed_minor late_charge_percent late_charge_minor""".split()


async def dun(tx: Transaction, *, contract_id: UUID, invoice_id: UUID, now: datetime) -> bool:
    """Give an overdue invoice the notice that is due; whether one was.

    A notice is a row and an event: nothing is sent. It is of what is due and not disputed; its late charge is a figure
    to agree on, half-even, and is owed only once a debit note charges it. For the worker, in the batch role.
    """
    contract = await tx.one(
        select(*Contract.__table__.c).where(col(Contract.id) == contract_id).with_for_update(key_share=True)  # type: ignore[attr-defined]
    )
    due = notices_due(now).where(col(Invoice.contract_id) == contract_id, col(Invoice.id) == invoice_id)
    given = await tx.one_or_none(
        insert(DunningNotice)
        .from_select(COLUMNS, due)
        .on_conflict_do_nothing(constraint="one_notice_of_a_level")
        .returning(*DunningNotice.__table__.c)  # type: ignore[attr-defined]  # SQLModel adds it
    )
    if given is None:
        return False
    after = {
        "invoice": given.invoice_number,
        "level": given.level,
        "kind": given.kind,
        "currencyCode": given.currency_code,
        "overdueMinor": given.overdue_minor,
        "lateChargeMinor": given.late_charge_minor,
    }
    why = f"due on {given.due_on}, and not paid"
    tx.emit(Event("INVOICE_DUNNED", invoice_id, contract=key_of(contract), after=after, reason=why))
    return True


async def invoices_to_dun(tx: Transaction, *, now: datetime, most: int = 500) -> list[RowKey]:
    """The invoices that a notice is due of, the longest overdue first; for the worker's sweep."""
    due = notices_due(now).order_by(col(Invoice.due_on), col(Invoice.contract_id), col(Invoice.id)).limit(most)
    return [RowKey(row.contract_id, row.invoice_id) for row in await tx.all(due)]


def notices_due(now: datetime) -> Select[Any]:
    """The notices that are due now, as rows: of each overdue invoice, the highest level that it has reached.

    A level that was passed over while nothing ran is not given afterwards: nobody is reminded twice in a minute. None
    is due of an invoice whose dunning is paused, or all of which is disputed.
    """
    instant = literal(now, DateTime(timezone=True))
    today = cast(func.timezone(col(Contract.time_zone), instant), Date)
    reached = (
        select(*DunningLevel.__table__.c)  # type: ignore[attr-defined]  # SQLModel adds it
        .where(col(DunningLevel.ended_at).is_(None), col(DunningLevel.days_after_due) <= today - col(Invoice.due_on))
        .order_by(col(DunningLevel.level).desc())
        .limit(1)
        .lateral("reached")
    )
    paused = exists().where(_of_invoice(DunningPause), col(DunningPause.resumed_at).is_(None))
    given = exists().where(_of_invoice(DunningNotice), col(DunningNotice.level) >= reached.c.level)
    overdue = col(Invoice.amount_due_minor) - col(Invoice.disputed_minor)
    charge = func.coalesce(reached.c.late_charge_percent, literal_column("0")) * overdue / literal_column("100")
    return (
        select(
            col(Invoice.contract_id),
            col(Invoice.association_id),
            col(Invoice.vendor_id),
            func.uuidv7().label("id"),
            col(Invoice.id).label("invoice_id"),
            reached.c.level,
            reached.c.kind,
            col(Invoice.number),
            col(Invoice.due_on),
            today.label("noticed_on"),
            instant.label("noticed_at"),
            col(Invoice.currency_code),
            overdue.label("overdue_minor"),
            col(Invoice.disputed_minor),
            reached.c.late_charge_percent,
            cast(func.app.round_half_even(charge, literal_column("0")), BigInteger).label("late_charge_minor"),
        )
        .join(Contract, col(Contract.id) == Invoice.contract_id)
        .join(reached, true())
        .where(col(Invoice.status) == literal_column("'OVERDUE'"), overdue > 0, ~paused, ~given)
    )


def _of_invoice(row: type[DunningPause | DunningNotice]) -> ColumnElement[bool]:
    return and_(col(row.contract_id) == Invoice.contract_id, col(row.invoice_id) == Invoice.id)
