"""The rows of one contract that money moves through, locked in the one order: contract, then what is paid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from services.contracts.models import Contract

if TYPE_CHECKING:
    from typing import Any
    from uuid import UUID

    from sqlalchemy import Row

    from core.db import Transaction


async def locked(tx: Transaction, contract_id: UUID) -> Row[tuple[Contract]]:
    """The contract, its row locked; for the worker, who needs nobody's leave."""
    columns = Contract.__table__.c  # type: ignore[attr-defined]
    return await tx.one(select(*columns).where(col(Contract.id) == contract_id).with_for_update(key_share=True))


async def row_of(tx: Transaction, table: Any, contract_id: UUID, row_id: UUID) -> Row[Any] | None:  # noqa: ANN401  (any table of a contract's rows)
    """A row of a contract whose row is locked, so that it stays as it is; None where there is none."""
    return await tx.one_or_none(
        select(*table.__table__.c).where(col(table.contract_id) == contract_id, col(table.id) == row_id)
    )
