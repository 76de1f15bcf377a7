"""Asking for drift, and looking after what was found."""

from __future__ import annotations

import strawberry

from api.reading import Id, Payload, inputs, payload, result
from api.schema.granting import GranteeInput
from api.schema.lms_drift import LmsDriftFinding, LmsDriftReading
from api.schema.lms_job import LmsJob
from api.schema.lms_site import LmsSite


@inputs
class ReadDriftInput:
    """A site to compare with its roster."""

    site_id: Id[LmsSite] = strawberry.field(description="The site; it must be CONNECTED, not MANUAL, with a roster.")


@payload
class ReadDriftPayload(Payload):
    """What was begun."""

    reading: LmsDriftReading | None = result("The reading, READING at first; null when refused.")


@inputs
class AssignDriftFindingInput:
    """Who is to look after a finding."""

    finding_id: Id[LmsDriftFinding] = strawberry.field(description="The finding; it must be open.")
    assignee: GranteeInput | None = strawberry.field(
        default=None, description="A member of the vendor whose grant reaches the site; null: nobody any more."
    )


@payload
class AssignDriftFindingPayload(Payload):
    """What was assigned."""

    finding: LmsDriftFinding | None = result("The finding; null when refused.")


@inputs
class ResolveDriftFindingInput:
    """A difference that is to stay, for a reason, or that a job has mended: one of the two is given."""

    finding_id: Id[LmsDriftFinding] = strawberry.field(description="The finding; it must be open.")
    job_id: Id[LmsJob] | None = strawberry.field(
        default=None, description="The job that mended it: DONE, and on the same site."
    )
    reason: str | None = strawberry.field(
        default=None, description="Why it is accepted, at most 2000 characters; those who may see learners read it."
    )


@payload
class ResolveDriftFindingPayload(Payload):
    """What was resolved."""

    finding: LmsDriftFinding | None = result("The finding; null when refused.")
