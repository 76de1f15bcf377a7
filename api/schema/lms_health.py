"""How sites are: probes, announced maintenance, and uptime."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import Boolean, DateTime, Text, and_, case, func, null

from api.reading import (
    Id,
    Node,
    Payload,
    Percent,
    column,
    expression,
    filters,
    inputs,
    node,
    one,
    order,
    orders,
    payload,
    result,
    value,
    where,
)
from api.schema.lms_words import LmsCondition
from api.schema.person import Person, person
from services.lms_admin.sites import models as rows

if TYPE_CHECKING:
    from api.schema.lms_site import LmsSite


@node(rows.LmsProbe, prefix="prb")
class LmsProbe(Node):
    """How a site answered when it was asked how it is."""

    probed_at: datetime = column("When it was asked.")
    condition: LmsCondition = column("How it answered.")
    planned: bool = column("Whether maintenance was announced for that time; it does not count against uptime.")
    latency_ms: int = column("How long the answer took, in milliseconds.")
    version: str | None = column("The version that its system gave.", name="lms_version")
    message: str | None = column("What is wrong, or worth knowing, in words.")


@filters
class LmsProbeFilter:
    """Which probes."""

    condition: LmsCondition | None = where("Answered in this way.", lambda probe, value: probe.condition == value)
    probed_from: datetime | None = where("Asked then or later.", lambda probe, value: probe.probed_at >= value)
    probed_until: datetime | None = where("Asked then or earlier.", lambda probe, value: probe.probed_at <= value)


@orders
class LmsProbeOrder(Enum):
    """How probes are ordered."""

    NEWEST = order("The latest first.", lambda probe: [probe.probed_at.desc()])


@node(rows.LmsMaintenance, prefix="mnt")
class LmsMaintenance(Node):
    """Maintenance that was announced: nothing is sent to the site meanwhile."""

    site: LmsSite = one(
        "The site.", lambda planned, site: and_(site.contract_id == planned.contract_id, site.id == planned.site_id)
    )
    starts_at: datetime = expression("When it begins.", lambda planned: func.lower(planned.during))
    ends_at: datetime = expression("When it ends.", lambda planned: func.upper(planned.during))
    in_force: bool = expression(
        "Whether it is going on: begun, not over, and not withdrawn.",
        lambda planned: and_(
            planned.withdrawn_at.is_(None), planned.during.op("@>", return_type=Boolean())(func.now())
        ),
    )
    reason: str = column("Why, in the words of who announced it.")
    announced_at: datetime = column("When it was announced.")
    announced_by: Person = one("Who announced it.", rows=lambda planned: person(planned, prefix="announced_by_"))
    withdrawn_at: datetime | None = column("When it was withdrawn; null unless it was.")


@filters
class LmsMaintenanceFilter:
    """Which maintenance."""

    withdrawn: bool | None = where(
        "Withdrawn, or not.",
        lambda planned, wanted: planned.withdrawn_at.is_not(None) if wanted else planned.withdrawn_at.is_(None),
    )
    ends_from: datetime | None = where(
        "That ends then or later.", lambda planned, value: func.upper(planned.during) >= value
    )


@orders
class LmsMaintenanceOrder(Enum):
    """How maintenance is ordered."""

    LATEST = order(
        "What begins last first.", lambda planned: [func.lower(planned.during, type_=DateTime(timezone=True)).desc()]
    )


@strawberry.enum(description="Why there is no uptime.")
class LmsUptimeGap(Enum):
    """What was missing."""

    NOTHING_OBSERVED = strawberry.enum_value("NOTHING_OBSERVED", description="No probe vouches for any of the time.")
    ALL_MAINTENANCE = strawberry.enum_value(
        "ALL_MAINTENANCE", description="All that was observed was announced maintenance."
    )


@value
class LmsUptime:
    """For how much of a time a site was there. A probe vouches for the time until the next one, 10 minutes at most."""

    starts_at: datetime = column("The beginning of the time.")
    ends_at: datetime = column("Its end: never later than now, nor than 366 days after the beginning.")
    probes: int = column("How often the site was asked in it.")
    observed_minutes: int = column("For how many minutes of it probes vouch.")
    unobserved_minutes: int = column("For how many minutes nobody can tell; they count neither way.")
    maintenance_minutes: int = column(
        "For how many observed minutes maintenance was announced; they count neither way."
    )
    up_minutes: int = column("For how many of the other observed minutes it was UP or THROTTLED.")
    percent: Percent | None = column(
        "Of the observed minutes without maintenance, how many it was UP or THROTTLED, in percent, never rounded up; "
        "null when there are none."
    )
    gap: LmsUptimeGap | None = expression(
        "Why there is no percentage; null when there is one.",
        lambda found: case(
            (found.percent.is_not(None), null()),
            (found.maintenance_minutes > 0, "ALL_MAINTENANCE"),
            else_="NOTHING_OBSERVED",
        ).cast(Text),
    )


@inputs
class AnnounceLmsMaintenanceInput:
    """Maintenance to announce."""

    site_id: Id[LmsSite] = strawberry.field(description="The site; it must be CONNECTED.")
    starts_at: datetime | None = strawberry.field(
        default=None, description="When it begins, never in the past; at once unless given."
    )
    ends_at: datetime = strawberry.field(description="When it ends, at most 14 days after it begins.")
    reason: str = strawberry.field(description="Why, at most 2000 characters; both parties read it.")


@payload
class AnnounceLmsMaintenancePayload(Payload):
    """What was announced."""

    maintenance: LmsMaintenance | None = result("The maintenance; null when refused.")


@inputs
class WithdrawLmsMaintenanceInput:
    """Maintenance to withdraw, or to end early."""

    maintenance_id: Id[LmsMaintenance] = strawberry.field(description="The maintenance; it must not be over.")


@payload
class WithdrawLmsMaintenancePayload(Payload):
    """What was withdrawn."""

    maintenance: LmsMaintenance | None = result("The maintenance; null when refused.")
