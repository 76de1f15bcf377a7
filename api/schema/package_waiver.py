"""Waivers: who answers for what a package fails by."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import and_

from api.reading import Id, Node, Payload, column, inputs, node, one, payload, result
from api.schema.package_rule import PackageRule
from api.schema.person import Person, person
from services.lms_admin.packages import models as rows

if TYPE_CHECKING:
    from api.schema.content_package import ContentPackage


@node(rows.PackageWaiver, prefix="wvr")
class PackageWaiver(Node):
    """That a member of the association lets a package be published although it fails by some rules."""

    package: ContentPackage = one(
        "The package.",
        lambda waiver, package: and_(package.contract_id == waiver.contract_id, package.id == waiver.package_id),
    )
    rules: list[PackageRule] = column("The rules.")
    reason: str = column("Why, in the words of who signed.")
    ends_on: date = column("The last day on which it holds, in the association's time zone.")
    signed_at: datetime = column("When it was signed.")
    signed_by: Person = one("Who signed it.", rows=lambda waiver: person(waiver, prefix="signed_by_"))


@inputs
class WaivePackageRulesInput:
    """What you answer for."""

    package_id: Id[ContentPackage] = strawberry.field(description="The package; CHECKED.")
    rules: list[PackageRule] = strawberry.field(description="Rules that it fails by, and that can be waived.")
    reason: str = strawberry.field(description="Why, at most 2000 characters; both parties read it.")
    ends_on: date = strawberry.field(
        description="The last day on which it may be published by this waiver; today or later."
    )


@payload
class WaivePackageRulesPayload(Payload):
    """What came of waiving."""

    waiver: PackageWaiver | None = result("The waiver; null when refused.")
