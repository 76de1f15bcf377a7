"""Statements of account: what stood open, what came and went, and what stands open, as the journal has it.

They are made of the postings to ASSOCIATION_RECEIVABLE alone, so that they agree with the ledger to the cent, and never
of two currencies at once: there is a statement for each. Retainage is in none until it is released, because it is not
due before. A day is one of the association's, in its contract's time zone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Date, Uuid, and_, cast, func, literal_column, null, select
from sqlmodel import col

from services.billing.ledger.models import JournalEntry, Posting
from services.contracts.models import Contract
from services.contracts.reads import concerns

if TYPE_CHECKING:
    from datetime import date
    from typing import Final
    from uuid import UUID

    from sqlalchemy import ColumnElement, Select

    from core.reader import Reader

MOVED_BY: Final = {
    "invoiced": ("INVOICE_ISSUED", "INVOICE_VOIDED"),
    "credited": ("CREDIT_NOTE_ISSUED", "CREDIT_NOTE_VOIDED"),
    "released": ("RETAINAGE_RELEASED",),
    "paid": ("PAYMENT_RECEIVED", "PAYMENT_REVERSED", "CREDIT_APPLIED"),
    "returned": ("REFUND_PAID", "REFUND_FAILED", "CHARGEBACK_LOST"),
}
"""Which kinds of entries make up a figure of a statement; what is of none of them is told as other."""


def statements(
    reader: Reader, contract_id: UUID | None, association_id: UUID | None, starts_on: date, ends_on: date
) -> Select[Any]:
    """A statement for each currency, of one contract, of one association, or of all that the reader sees.

    closing = opening + invoiced + credited + released + paid + returned + other; what is owed less is negative.
    """
    first, last = cast(starts_on, Date), cast(ends_on, Date)
    moved = _postings(reader, contract_id, association_id).subquery("moved").c
    within = moved.day >= first

    def total(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
        return cast(
            func.coalesce(func.sum(moved.amount_minor).filter(and_(*conditions)), literal_column("0")), BigInteger
        )

    named = [kind for kinds in MOVED_BY.values() for kind in kinds]
    return (
        select(
            moved.currency_code,
            first.label("period_starts_on"),
            last.label("period_ends_on"),
            cast(null() if contract_id is None else contract_id, Uuid).label("of_contract_id"),
            cast(null() if association_id is None else association_id, Uuid).label("of_association_id"),
            total(moved.day < first).label("opening_minor"),
            *(
                total(within, moved.kind.in_([literal_column(f"'{kind}'") for kind in kinds])).label(f"{name}_minor")
                for name, kinds in MOVED_BY.items()
            ),
            total(within, moved.kind.not_in([literal_column(f"'{kind}'") for kind in named])).label("other_minor"),
            cast(func.sum(moved.amount_minor), BigInteger).label("closing_minor"),
        )
        .where(moved.day <= last, first <= last)
        .group_by(moved.currency_code)
    )


def entries_of(statement: Any, reader: Reader) -> Select[Any]:  # noqa: ANN401  (a row of statements)
    """What moved within a statement's period, one row for each posting."""
    moved = _postings(reader, None, None).subquery("moved").c
    return select(*moved).where(
        moved.currency_code == statement.currency_code,
        moved.day >= statement.period_starts_on,
        moved.day <= statement.period_ends_on,
        func.coalesce(statement.of_contract_id, moved.contract_id) == moved.contract_id,
        func.coalesce(statement.of_association_id, moved.association_id) == moved.association_id,
    )


def _postings(reader: Reader, contract_id: UUID | None, association_id: UUID | None) -> Select[*tuple[Any, ...]]:
    rows = (
        select(
            col(Posting.contract_id),
            col(Posting.association_id),
            col(Posting.entry_id),
            col(Posting.position),
            col(Posting.currency_code),
            col(Posting.amount_minor),
            col(JournalEntry.kind),
            col(JournalEntry.invoice_id),
            col(JournalEntry.effective_at),
            cast(func.timezone(col(Contract.time_zone), col(JournalEntry.effective_at)), Date).label("day"),
        )
        .select_from(Contract)
        .join(Posting, col(Posting.contract_id) == Contract.id)
        .join(
            JournalEntry,
            and_(
                col(JournalEntry.contract_id) == Posting.contract_id,
                col(JournalEntry.id) == Posting.entry_id,
            ),
        )
        .where(concerns(reader, Contract), col(Posting.account) == literal_column("'ASSOCIATION_RECEIVABLE'"))
    )
    if contract_id is not None:
        rows = rows.where(col(Contract.id) == contract_id)
    if association_id is not None:
        rows = rows.where(col(Contract.association_id) == association_id)
    return rows
