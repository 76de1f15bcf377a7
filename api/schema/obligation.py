"""What a party owes the other beside delivery and pay."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import any_

from api.reading import Id, Node, Payload, column, filters, inputs, node, one, order, orders, payload, result, where
from api.schema.person import Person, person
from services.contracts import models as rows

if TYPE_CHECKING:
    from api.schema.contract_line import ContractLine


@strawberry.enum(description="How an obligation stands on one of its due days.")
class ObligationStatus(Enum):
    """Due, or how it was settled."""

    DUE = strawberry.enum_value("DUE", description="Nothing was recorded yet.")
    MET = strawberry.enum_value("MET", description="Met on the due day or before.")
    LATE = strawberry.enum_value("LATE", description="Met after the due day.")
    WAIVED = strawberry.enum_value("WAIVED", description="Waived by the party to whom it was owed.")


@strawberry.enum(description="What is recorded of an obligation.")
class ObligationSettlement(Enum):
    """Met or waived; LATE follows from the days."""

    MET = strawberry.enum_value("MET", description="It was met; recorded as LATE when that was after the due day.")
    WAIVED = strawberry.enum_value("WAIVED", description="It need not be met; only who is owed it can say so.")


@node(rows.ObligationOccurrence, prefix="obl")
class ObligationOccurrence(Node):
    """One due day of an obligation."""

    due_on: date = column("The due day.")
    status: ObligationStatus = column("How it stands.")
    settled_on: date | None = column("The day on which it was met; null when due or waived.")
    note: str | None = column("What was noted with it.")
    recorded_at: datetime | None = column("When it was recorded; null while due.")
    recorded_by: Person | None = one(
        "Who recorded it; null while due.", rows=lambda due: person(due).where(due.recorded_at.is_not(None))
    )
    line: ContractLine = one(
        "The contract line that says what is owed.",
        lambda due, line: (line.contract_id == due.contract_id) & (line.id == due.line_id),
    )


@filters
class ObligationFilter:
    """Which due days."""

    status: list[ObligationStatus] | None = where(
        "In one of these states.", lambda due, value: due.status == any_(value)
    )
    due_from: date | None = where("Due on this day or later.", lambda due, value: due.due_on >= value)
    due_to: date | None = where("Due on this day or earlier.", lambda due, value: due.due_on <= value)


@orders
class ObligationOrder(Enum):
    """How due days are ordered."""

    EARLIEST = order("The earliest due first.", lambda due: [due.due_on])
    LATEST = order("The latest due first.", lambda due: [due.due_on.desc()])


@inputs
class RecordObligationInput:
    """How an obligation was settled on one of its due days."""

    occurrence_id: Id[ObligationOccurrence] = strawberry.field(description="The due day.")
    status: ObligationSettlement = strawberry.field(description="Met, or waived.")
    settled_on: date | None = strawberry.field(
        default=None, description="The day on which it was met; today unless given, never later. Not for a waiver."
    )
    note: str | None = strawberry.field(default=None, description="At most 2000 characters; both parties read it.")


@payload
class RecordObligationPayload(Payload):
    """What came of recording."""

    occurrence: ObligationOccurrence | None = result("The due day; null when refused.")
