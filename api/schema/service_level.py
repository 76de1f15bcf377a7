"""What a vendor promises about response, resolution, uptime and delivery."""

from __future__ import annotations

from enum import Enum

import strawberry

from api.reading import Percent, column, inputs, value
from services.catalog import models as rows


@strawberry.enum(description="What a service level measures.")
class ServiceLevelMetric(Enum):
    """What is measured."""

    FIRST_RESPONSE_WITHIN_MINUTES = strawberry.enum_value(
        "FIRST_RESPONSE_WITHIN_MINUTES", description="The share of requests first answered within the threshold."
    )
    RESOLUTION_WITHIN_MINUTES = strawberry.enum_value(
        "RESOLUTION_WITHIN_MINUTES", description="The share of requests resolved within the threshold."
    )
    UPTIME = strawberry.enum_value("UPTIME", description="The share of the period during which the service works.")
    DELIVERED_ON_TIME = strawberry.enum_value(
        "DELIVERED_ON_TIME", description="The share of deliveries that came by the agreed day."
    )


@strawberry.enum(description="Over what a service level is measured; each period stands for itself.")
class ServiceLevelPeriod(Enum):
    """The measurement period, by the calendar."""

    WEEK = strawberry.enum_value("WEEK", description="A calendar week, from Monday.")
    MONTH = strawberry.enum_value("MONTH", description="A calendar month.")
    QUARTER = strawberry.enum_value("QUARTER", description="A quarter of the calendar year.")
    YEAR = strawberry.enum_value("YEAR", description="A calendar year.")


@value(rows.ServiceLevel, key=("version_id", "key"))
class ServiceLevel:
    """One promise: in each period, at least the target share meets the measure."""

    key: str = column("Names the service level within its offering version.")
    metric: ServiceLevelMetric = column("What is measured.")
    threshold_minutes: int | None = column(
        "The minutes within which a request counts as met; null for a metric without a threshold."
    )
    target_percent: Percent = column("The share promised, in percent of what is measured.")
    period: ServiceLevelPeriod = column("Over what it is measured.")


@inputs
class ServiceLevelInput:
    """One promise of an offering."""

    key: str = strawberry.field(
        description="Names the service level within the offering: lower-case letters, digits and hyphens, at most 63."
    )
    metric: ServiceLevelMetric = strawberry.field(description="What is measured.")
    threshold_minutes: int | None = strawberry.field(
        default=None,
        description="Minutes, 1 to 525600; required for a metric WITHIN_MINUTES and refused for any other.",
    )
    target_percent: Percent = strawberry.field(
        description="The share promised, above 0 and up to 100, with at most two decimals."
    )
    period: ServiceLevelPeriod = strawberry.field(description="Over what it is measured.")
