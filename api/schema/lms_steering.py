"""What is asked for of jobs: executing, pausing, resuming, cancelling, verifying, metering."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

import strawberry

from api.reading import Id, Payload, inputs, payload, result
from api.schema.lms_job import LmsJob
from api.schema.lms_job_item import LmsJobItem

if TYPE_CHECKING:
    from api.schema.lms_plan import LmsPlan


@strawberry.enum(description="What a person found when they looked at the LMS.")
class LmsVerifiedOutcome(Enum):
    """Applied, or not."""

    APPLIED = strawberry.enum_value("APPLIED", description="It was done; on a UNIT line it counts as one unit.")
    REJECTED = strawberry.enum_value("REJECTED", description="It was not done.")


@inputs
class ExecuteLmsPlanInput:
    """A plan to execute."""

    plan_id: Id[LmsPlan] = strawberry.field(description="The plan; READY, or APPROVED where it takes a second person.")
    plan_hash: str = strawberry.field(description="Its `planHash`, as you saw it.")
    reason: str | None = strawberry.field(
        default=None, description="What for, at most 2000 characters; both parties read it."
    )


@payload
class ExecuteLmsPlanPayload(Payload):
    """What was ordered."""

    job: LmsJob | None = result("The job; null when refused.")


@inputs
class PauseLmsJobInput:
    """A job to pause."""

    job_id: Id[LmsJob] = strawberry.field(description="The job; QUEUED, RUNNING or WAITING.")
    reason: str = strawberry.field(description="Why, at most 2000 characters; both parties read it.")


@payload
class PauseLmsJobPayload(Payload):
    """What was paused."""

    job: LmsJob | None = result("The job; null when refused.")


@inputs
class ResumeLmsJobInput:
    """A job to resume."""

    job_id: Id[LmsJob] = strawberry.field(description="The job; PAUSED.")
    reason: str | None = strawberry.field(
        default=None, description="Why, at most 2000 characters; both parties read it."
    )


@payload
class ResumeLmsJobPayload(Payload):
    """What goes on."""

    job: LmsJob | None = result("The job; null when refused.")


@inputs
class CancelLmsJobInput:
    """A job to cancel."""

    job_id: Id[LmsJob] = strawberry.field(description="The job; QUEUED, RUNNING, WAITING or PAUSED.")
    reason: str = strawberry.field(description="Why, at most 2000 characters; both parties read it.")


@payload
class CancelLmsJobPayload(Payload):
    """What is being cancelled."""

    job: LmsJob | None = result("The job; null when refused.")


@inputs
class VerifyLmsItemInput:
    """What became of an item, by somebody who has looked."""

    item_id: Id[LmsJobItem] = strawberry.field(description="The item; UNKNOWN.")
    outcome: LmsVerifiedOutcome = strawberry.field(description="What they found.")
    note: str = strawberry.field(
        description="How they know, at most 2000 characters; kept with the learner's data, and erased with it."
    )


@payload
class VerifyLmsItemPayload(Payload):
    """What was verified."""

    item: LmsJobItem | None = result("The item; null when refused.")


@inputs
class MeterLmsJobInput:
    """A job whose units were refused."""

    job_id: Id[LmsJob] = strawberry.field(description="The job; its metering is REFUSED.")


@payload
class MeterLmsJobPayload(Payload):
    """What is being metered, as work that you record."""

    job: LmsJob | None = result("The job; null when refused.")
