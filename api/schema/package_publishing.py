"""Publishing a package: asked for as a plan."""

from __future__ import annotations

import strawberry

from api.reading import Id, Payload, inputs, payload, result
from api.schema.content_package import ContentPackage
from api.schema.lms_plan import LmsPlan


@inputs
class PreviewPublishingInput:
    """A package to publish."""

    package_id: Id[ContentPackage] = strawberry.field(
        description="The package; CHECKED. Its verdict is PASS or WARN, or each rule it fails by is waived today."
    )
    reason: str | None = strawberry.field(
        default=None, description="Why, at most 2000 characters; both parties read it."
    )


@payload
class PreviewPublishingPayload(Payload):
    """What was asked for."""

    plan: LmsPlan | None = result("The plan, PREVIEWING, of one row; null when refused.")
