"""What can be read of dunning; row-level security is behind every one of these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from services.billing.collecting.models import DunningLevel, DunningNotice, DunningPause
from services.billing.taxes.reads import of_the_operator
from services.contracts.reads import concerns

if TYPE_CHECKING:
    from sqlalchemy import Select

    from core.reader import Reader


def dunning_levels(reader: Reader) -> Select[Any]:
    """The levels of the schedule that holds."""
    levels = select(*DunningLevel.__table__.c)  # type: ignore[attr-defined]  # SQLModel adds it
    return levels.where(of_the_operator(reader), col(DunningLevel.ended_at).is_(None))


def dunning_notices(reader: Reader) -> Select[Any]:
    """The notices under the reader's contracts."""
    return select(*DunningNotice.__table__.c).where(concerns(reader, DunningNotice))  # type: ignore[attr-defined]


def pause_of(invoice: Any) -> Select[Any]:  # noqa: ANN401  (a row of invoices)
    """The pause of an invoice's dunning that holds."""
    pauses = select(*DunningPause.__table__.c)  # type: ignore[attr-defined]
    return pauses.where(
        col(DunningPause.contract_id) == invoice.contract_id,
        col(DunningPause.invoice_id) == invoice.id,
        col(DunningPause.resumed_at).is_(None),
    )
