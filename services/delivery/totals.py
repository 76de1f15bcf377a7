"""The states of a record: what each counts for on its line, and the one statement that moves the line's totals."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import Numeric, Uuid, column, select, update, values
from sqlmodel import col

from core.errors import DomainError
from services.contracts.models import ContractLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Final, TypeAlias
    from uuid import UUID

    from sqlalchemy import Row

    from core.db import Transaction

    Lines: TypeAlias = Mapping[UUID, Row[tuple[ContractLine]]]


OPEN: Final = ("RECORDED", "RETURNED")
"""Work that lies with the vendor: it can be submitted or voided."""

LONGEST_REASON: Final = 2000
"""How much there is to say, in characters, about why a record or submission changes its state."""


class WorkRecordNotOpen(DomainError):
    """The record is in review, decided or voided; it takes one that is RECORDED or RETURNED."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a record counts for on its line, or a change of that, in the line's unit."""

    recorded: Decimal = Decimal(0)
    submitted: Decimal = Decimal(0)
    accepted: Decimal = Decimal(0)

    def __add__(self, other: Counted) -> Counted:
        return Counted(self.recorded + other.recorded, self.submitted + other.submitted, self.accepted + other.accepted)

    def __sub__(self, other: Counted) -> Counted:
        return Counted(self.recorded - other.recorded, self.submitted - other.submitted, self.accepted - other.accepted)


def counted(status: str, quantity: Decimal, accepted: Decimal = Decimal(0), disposition: str | None = None) -> Counted:
    """What a record counts for; `disposition` is what became of the part that was not accepted.

    A rejected part was submitted but frees the scope; a returned part of an accepted record is as if it had never been
    recorded, it takes a new record; a record returned as a whole holds its place, because it can be submitted again.
    """
    match status:
        case "RECORDED" | "RETURNED":
            return Counted(recorded=quantity)
        case "SUBMITTED":
            return Counted(quantity, quantity)
        case "ACCEPTED" | "PARTIALLY_ACCEPTED":
            return Counted(accepted, accepted if disposition == "RETURNED" else quantity, accepted)
        case "REJECTED":
            return Counted(submitted=quantity)
    return Counted()


async def lock_lines(tx: Transaction, contract_id: UUID, line_ids: Iterable[UUID]) -> Lines:
    """Lock lines, always in the order of their ids, and return them by id."""
    statement = (
        select(*ContractLine.__table__.c)  # type: ignore[attr-defined]
        .where(col(ContractLine.contract_id) == contract_id, col(ContractLine.id).in_(set(line_ids)))
        .order_by(col(ContractLine.id))
        .with_for_update(key_share=True)
    )
    return {line.id: line for line in await tx.all(statement)}


async def move_totals(tx: Transaction, contract_id: UUID, changes: Iterable[tuple[UUID, Counted]]) -> None:
    """Add changes, each named with its line, to the totals of lines that are locked."""
    by_line: dict[UUID, Counted] = {}
    for line_id, change in changes:
        by_line[line_id] = by_line.get(line_id, Counted()) + change
    quantity = Numeric(18, 6)
    moved = values(
        column("line_id", Uuid),
        column("recorded", quantity),
        column("submitted", quantity),
        column("accepted", quantity),
        name="moved",
    ).data([(line_id, change.recorded, change.submitted, change.accepted) for line_id, change in by_line.items()])
    await tx.execute(
        update(ContractLine)
        .where(col(ContractLine.contract_id) == contract_id, col(ContractLine.id) == moved.c.line_id)
        .values(
            recorded_quantity=col(ContractLine.recorded_quantity) + moved.c.recorded,
            submitted_quantity=col(ContractLine.submitted_quantity) + moved.c.submitted,
            accepted_quantity=col(ContractLine.accepted_quantity) + moved.c.accepted,
        )
    )
