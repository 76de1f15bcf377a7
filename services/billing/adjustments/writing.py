"""The lines of a credit note with what goes with them, and what they change of the lines that they credit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, insert, update
from sqlmodel import col

from core.ids import new_id
from services.billing.adjustments.models import CreditNoteLine, CreditNoteLineCost
from services.billing.invoices.models import InvoiceLine
from services.contracts.models import ContractLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal
    from uuid import UUID

    from core.db import Transaction
    from core.events import ContractKey
    from services.billing.adjustments.splitting import Part


async def write_lines(tx: Transaction, contract: ContractKey, note_id: UUID, parts: Sequence[Part]) -> None:
    """Write a credit note's lines, and count them on the lines of the invoice and of the contract."""
    lines, costs = [], []
    for position, part in enumerate(parts, start=1):
        line_id = new_id()
        of_note = {**contract.columns, "credit_note_id": note_id, "invoice_line_id": part.line.id}
        lines.append(
            {
                **of_note,
                "id": line_id,
                "contract_line_id": part.line.contract_line_id,
                "position": position,
                "description": part.line.description,
                "unit": part.line.unit,
                "currency_code": part.line.currency_code,
                "quantity": part.quantity,
                "amount_minor": part.amount_minor,
                "tax_minor": part.tax_minor,
                "frees_sources": part.frees_sources,
            }
        )
        costs.append(
            {
                **of_note,
                "credit_note_line_id": line_id,
                "cost_minor": part.cost_minor,
                "platform_fee_minor": part.platform_fee_minor,
            }
        )
    await tx.execute(insert(CreditNoteLine), lines)
    await tx.execute(insert(CreditNoteLineCost), costs)
    credited = [(part.line.id, part.line.contract_line_id, part.quantity, part.amount_minor) for part in parts]
    await count(tx, contract.contract_id, credited, sign=1)


async def count(
    tx: Transaction, contract_id: UUID, credited: Iterable[tuple[UUID, UUID, Decimal, int]], *, sign: int
) -> None:
    """Add to what is credited of lines of an invoice, and take it off what is billed of the contract's; -1 undoes it.

    Each is (invoice line, contract line, quantity, amount in minor units). A constraint allows no more than was billed.
    """
    rows = [
        {"of_line": line_id, "of_contract_line": contract_line_id, "more": sign * quantity, "more_minor": sign * minor}
        for line_id, contract_line_id, quantity, minor in sorted(credited)
    ]
    line, contract_line = col(InvoiceLine.id), col(ContractLine.id)
    await tx.execute(
        update(InvoiceLine)
        .where(col(InvoiceLine.contract_id) == contract_id, line == bindparam("of_line"))
        .values(
            credited_quantity=col(InvoiceLine.credited_quantity) + bindparam("more"),
            credited_minor=col(InvoiceLine.credited_minor) + bindparam("more_minor"),
        )
        .execution_options(synchronize_session=False),
        rows,
    )
    await tx.execute(
        update(ContractLine)
        .where(col(ContractLine.contract_id) == contract_id, contract_line == bindparam("of_contract_line"))
        .values(billed_minor=col(ContractLine.billed_minor) - bindparam("more_minor"))
        .execution_options(synchronize_session=False),
        rows,
    )
