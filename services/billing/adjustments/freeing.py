"""What a credited line billed becomes free to be billed again, and is taken back when the credit note is void."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, literal, select, update
from sqlmodel import col

from services.billing.invoices.claiming import BILLED_ONCE
from services.billing.invoices.models import InvoiceLine, InvoiceSource
from services.billing.invoices.sources import ACTUAL_COST
from services.contracts.models import ContractLine
from services.delivery.models import Decision
from services.delivery.reversing import AlreadyBilled

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from core.db import Transaction

SOURCE: Final = (
    col(InvoiceSource.decision_id),
    col(InvoiceSource.actual_cost_id),
    col(InvoiceSource.invoice_line_id),
)


async def free_sources(tx: Transaction, contract_id: UUID, line_ids: Sequence[UUID], *, now: datetime) -> None:
    """Free what whole lines of an invoice bill; the contract's lines are locked."""
    if not line_ids:
        return
    freed = await tx.all(
        update(InvoiceSource)
        .where(*_of(contract_id, line_ids), col(InvoiceSource.released_at).is_(None))
        .values(released_at=now)
        .returning(*SOURCE)
    )
    await tx.execute(
        update(Decision)
        .where(col(Decision.contract_id) == contract_id, col(Decision.id).in_(_decisions(freed)))
        .values(billed=False)
    )
    await _mark_costs(tx, contract_id, freed, billed=False)
    await _count_quantity(tx, contract_id, freed, sign=-1)


async def take_sources_back(
    tx: Transaction, contract_id: UUID, line_ids: Sequence[UUID], *, freed_at: datetime
) -> None:
    """Bill again by these lines what was freed of them at an instant; the contract's lines are locked.

    Refuses with AlreadyBilled when any of it stands on another invoice by now, or its acceptance was reversed.
    """
    if not line_ids:
        return
    refused = AlreadyBilled(
        "what the credit note freed is billed by another invoice or was reversed; void that first", field="creditNoteId"
    )
    result = await tx.execute(
        update(InvoiceSource)
        .where(*_of(contract_id, line_ids), col(InvoiceSource.released_at) == freed_at)
        .values(released_at=None)
        .returning(*SOURCE),
        refusing=dict.fromkeys(BILLED_ONCE, refused),
    )
    taken = result.all()
    decisions = _decisions(taken)
    marked = await tx.execute(
        update(Decision)
        .where(
            col(Decision.contract_id) == contract_id,
            col(Decision.id).in_(decisions),
            col(Decision.billed).is_(False),
            col(Decision.reversed_at).is_(None),
        )
        .values(billed=True)
    )
    if marked.rowcount != len(decisions):
        raise refused
    await _mark_costs(tx, contract_id, taken, billed=True)
    await _count_quantity(tx, contract_id, taken, sign=1)


def _of(contract_id: UUID, line_ids: Sequence[UUID]) -> tuple[Any, Any]:
    return (col(InvoiceSource.contract_id) == contract_id, col(InvoiceSource.invoice_line_id).in_(line_ids))


def _decisions(sources: Sequence[Any]) -> list[UUID]:
    return [source.decision_id for source in sources if source.decision_id is not None]


async def _mark_costs(tx: Transaction, contract_id: UUID, sources: Sequence[Any], *, billed: bool) -> None:
    """Cost that is billed as it was incurred is marked, as acceptances are."""
    costs = [source.actual_cost_id for source in sources if source.actual_cost_id is not None]
    if costs:
        await tx.execute(
            update(ACTUAL_COST)
            .where(ACTUAL_COST.c.contract_id == contract_id, ACTUAL_COST.c.id.in_(costs))
            .values(billed=literal(billed))
        )


async def _count_quantity(tx: Transaction, contract_id: UUID, sources: Sequence[Any], *, sign: int) -> None:
    """Count the quantity of whole lines: those of a debit note, which have no sources, bill none."""
    line_ids = {source.invoice_line_id for source in sources}
    total = (
        select(col(InvoiceLine.contract_line_id), func.sum(InvoiceLine.quantity).label("quantity"))
        .where(col(InvoiceLine.contract_id) == contract_id, col(InvoiceLine.id).in_(line_ids))
        .group_by(col(InvoiceLine.contract_line_id))
        .subquery("total")
    )
    await tx.execute(
        update(ContractLine)
        .where(col(ContractLine.contract_id) == contract_id, col(ContractLine.id) == total.c.contract_line_id)
        .values(billed_quantity=col(ContractLine.billed_quantity) + sign * total.c.quantity)
    )
