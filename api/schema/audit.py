"""The audit trail: who did what, for whom, when and why."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from sqlalchemy import any_
from strawberry.scalars import JSON

from api.reading import Node, column, filters, node, one, order, orders, where
from api.schema.person import Person, person
from core.audit import AuditEvent as Row


@node(Row, prefix="evt")
class AuditEvent(Node):
    """One thing that was done, kept as it was; never changed and never deleted."""

    type: str = column("What was done, such as CONTRACT_SIGNED.")
    actor: Person = one("Who did it.", rows=lambda event: person(event, prefix="actor_"))
    before: JSON = column("What the thing was before, as far as it changed; never a cost.")
    after: JSON = column("What it was after; never a cost.")
    reason: str | None = column("Why, in the words of who did it.")
    request_id: str = column("The request it was done by, as in the response's X-Request-Id.")
    recorded_at: datetime = column("When.")


@filters
class AuditEventFilter:
    """Which events."""

    type: list[str] | None = where("Of one of these types.", lambda event, value: event.type == any_(value))
    recorded_from: datetime | None = where("At this instant or later.", lambda event, value: event.recorded_at >= value)
    recorded_until: datetime | None = where("Before this instant.", lambda event, value: event.recorded_at < value)


@orders
class AuditEventOrder(Enum):
    """How events are ordered."""

    NEWEST = order("The latest first.", lambda event: [event.recorded_at.desc()])
    OLDEST = order("The earliest first.", lambda event: [event.recorded_at])
