"""The audit trail: who did what, for whom, when and why."""

from datetime import datetime
from enum import Enum

from sqlalchemy import any_
from strawberry.scalars import JSON

from api.reading import Node, column, filters, node, order, orders, part, value, where
from core.audit import AuditEvent as Row


@value
class Person:
    """A person as they were when they acted; they may have another name, or be gone, since."""

    name: str = column("Their name then; Chapterhouse itself when a rule acted and no person.", name="actor_name")
    email: str = column("Their e-mail address then; empty for a rule.", name="actor_email")
    organization_name: str = column("The organization they acted for.", name="actor_organization_name")


@node(Row, prefix="evt")
class AuditEvent(Node):
    """One thing that was done, kept as it was; never changed and never deleted."""

    type: str = column("What was done, such as CONTRACT_SIGNED.")
    actor: Person = part("Who did it.")
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


