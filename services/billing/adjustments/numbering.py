"""The numbers of credit notes: a series of their own for each vendor and year, without gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.dialects.postgresql import insert as upsert
from sqlmodel import col

from services.billing.adjustments.models import CreditNoteCounter

if TYPE_CHECKING:
    from uuid import UUID

    from core.db import Transaction


async def next_credit_note_number(tx: Transaction, vendor_id: UUID, year: int) -> int:
    """Take the vendor's next number; others wait until it is committed or given back, so none is skipped."""
    counter = upsert(CreditNoteCounter).values(vendor_id=vendor_id, year=year, last_number=1)
    number: int = await tx.scalar(
        counter.on_conflict_do_update(
            index_elements=["vendor_id", "year"], set_={"last_number": col(CreditNoteCounter.last_number) + 1}
        ).returning(col(CreditNoteCounter.last_number))
    )
    return number
