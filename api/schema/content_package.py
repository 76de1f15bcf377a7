"""Content packages: what is published into an LMS, and what was found in it before."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import and_, any_

from api.reading import (
    Connection,
    Id,
    Node,
    Payload,
    column,
    connection,
    filters,
    inputs,
    node,
    one,
    order,
    orders,
    part,
    payload,
    result,
    where,
)
from api.schema.accessibility import AccessibilityScan
from api.schema.package_rule import PackageRule
from api.schema.person import Person, person
from services.lms_admin.packages import models as rows

if TYPE_CHECKING:
    from api.schema.accessibility import AccessibilityReview
    from api.schema.contract import Contract
    from api.schema.contract_line import ContractLine
    from api.schema.evidence import Evidence
    from api.schema.lms_plan import LmsPlan
    from api.schema.lms_site import LmsSite
    from api.schema.package_waiver import PackageWaiver


@strawberry.enum(description="Where a package stands.")
class PackageStatus(Enum):
    """From submission to its end."""

    CHECKING = strawberry.enum_value("CHECKING", description="Submitted; the checks have not ended.")
    CHECKED = strawberry.enum_value("CHECKED", description="The checks have ended; the verdict says how.")
    PUBLISHED = strawberry.enum_value("PUBLISHED", description="The LMS serves it.")
    SUPERSEDED = strawberry.enum_value(
        "SUPERSEDED", description="Another package of the same course and title was published after it."
    )
    WITHDRAWN = strawberry.enum_value("WITHDRAWN", description="Taken back before it was published.")


@strawberry.enum(description="How a package speaks to an LMS.")
class PackageStandard(Enum):
    """The standards that are checked."""

    SCORM_12 = strawberry.enum_value("SCORM_12", description="SCORM 1.2.")
    SCORM_2004_2 = strawberry.enum_value("SCORM_2004_2", description="SCORM 2004, 2nd edition.")
    SCORM_2004_3 = strawberry.enum_value("SCORM_2004_3", description="SCORM 2004, 3rd edition.")
    SCORM_2004_4 = strawberry.enum_value("SCORM_2004_4", description="SCORM 2004, 4th edition.")
    CMI5 = strawberry.enum_value("CMI5", description="cmi5.")
    XAPI = strawberry.enum_value("XAPI", description="An xAPI package, with tincan.xml.")


@strawberry.enum(description="What all findings come to.")
class PackageVerdict(Enum):
    """The worst finding decides."""

    PASS = strawberry.enum_value("PASS", description="Everything was checked and nothing was found.")
    WARN = strawberry.enum_value(
        "WARN", description="There are warnings, or something could not be checked. It can be published."
    )
    FAIL = strawberry.enum_value(
        "FAIL", description="It fails by a rule: it can be published once each such rule is waived."
    )


@strawberry.enum(description="What a finding means.")
class FindingSeverity(Enum):
    """Fixed for each rule."""

    PASS = strawberry.enum_value("PASS", description="It was looked at, and is as it should be.")
    WARN = strawberry.enum_value("WARN", description="A person should know; it hinders nothing.")
    FAIL = strawberry.enum_value("FAIL", description="It hinders publishing.")
    NOT_CHECKED = strawberry.enum_value("NOT_CHECKED", description="It could not be looked at; that is never a pass.")


@strawberry.enum(description="Whether the LMS serves what was published.")
class PackageComparison(Enum):
    """By the digest of the content."""

    MATCHES = strawberry.enum_value("MATCHES", description="The LMS serves the very same bytes.")
    DIFFERS = strawberry.enum_value("DIFFERS", description="The LMS serves other content.")
    NOT_READABLE = strawberry.enum_value("NOT_READABLE", description="The LMS does not say which content it serves.")


@node(rows.PackageFinding, prefix="pkf")
class PackageFinding(Node):
    """What a rule found in a package."""

    rule: PackageRule = column("The rule.")
    severity: FindingSeverity = column("What it means.")
    can_be_waived: bool = column("Whether it hinders publishing, and the association may answer for it by a waiver.")
    message: str = column("What was found, in words.")
    file: str | None = column("The file of the package it was found in; null when it is about all of it.")
    package: ContentPackage = one(
        "The package.",
        lambda finding, package: and_(package.contract_id == finding.contract_id, package.id == finding.package_id),
    )


@filters
class PackageFindingFilter:
    """Which findings."""

    severity: list[FindingSeverity] | None = where(
        "Of one of these severities.", lambda finding, value: finding.severity == any_(value)
    )


@orders
class PackageFindingOrder(Enum):
    """How findings are ordered."""

    FOUND = order("In the order of the checks.", lambda finding: [finding.position])


@node(rows.ContentPackage, prefix="pkg")
class ContentPackage(Node):
    """Content for a course, and how far it is on its way to an LMS."""

    title: str = column("What it is called in the LMS.")
    course_key: str = column("The course that gets it, by its key in the LMS.")
    status: PackageStatus = column("Where it stands.")
    standard: PackageStandard | None = column("The standard that its manifest follows; null until that is known.")
    verdict: PackageVerdict | None = column("What its findings come to; null while it is CHECKING.")
    byte_size: int = column("How many bytes the file has.")
    sha256: str = column("The SHA-256 of the file, in hexadecimal.")
    contract: Contract = one("The contract.", lambda package, contract: contract.id == package.contract_id)
    site: LmsSite = one(
        "The site whose course gets it.",
        lambda package, site: and_(site.contract_id == package.contract_id, site.id == package.site_id),
    )
    line: ContractLine = one(
        "The line on which publishing it is metered.",
        lambda package, line: and_(line.contract_id == package.contract_id, line.id == package.line_id),
    )
    file: Evidence = one(
        "The file as it was uploaded.",
        lambda package, file: and_(file.contract_id == package.contract_id, file.id == package.evidence_id),
    )
    findings: Connection[PackageFinding] = connection(
        "What was found in it. A rule without a finding was looked at, and found nothing.",
        lambda package, finding: and_(finding.contract_id == package.contract_id, finding.package_id == package.id),
        filter=PackageFindingFilter,
        order=PackageFindingOrder,
    )
    launch_checked: bool = column("Whether its items were opened in a browser.")
    accessibility_scan: AccessibilityScan | None = part(
        "What a scan of its pages found; null when none was made.",
        present=lambda package: package.accessibility_scanned,
    )
    accessibility_unscanned_reason: str | None = column("Why its pages were not scanned; null while CHECKING.")
    accessibility_reviews: Connection[AccessibilityReview] = connection(
        "The checklists that people signed, the latest first.",
        lambda package, review: and_(review.contract_id == package.contract_id, review.package_id == package.id),
        order=lambda review: [review.signed_at.desc()],
    )
    waivers: Connection[PackageWaiver] = connection(
        "Who answered for what, the latest first.",
        lambda package, waiver: and_(waiver.contract_id == package.contract_id, waiver.package_id == package.id),
        order=lambda waiver: [waiver.signed_at.desc()],
    )
    submitted_at: datetime = column("When it was submitted.")
    submitted_by: Person = one("Who submitted it.", rows=lambda package: person(package, prefix="submitted_by_"))
    checked_at: datetime | None = column("When the checks ended; null before.")
    plan: LmsPlan | None = one(
        "The plan that publishes it, the latest if there were several; null before.",
        lambda package, plan: and_(plan.contract_id == package.contract_id, plan.id == package.plan_id),
    )
    published_at: datetime | None = column("When it was published; null before.")
    comparison: PackageComparison | None = column(
        "Whether the LMS serves what was published; null until that was looked at."
    )
    comparison_reason: str | None = column("Why the LMS could not be asked, or what it serves instead.")
    compared_at: datetime | None = column("When that was looked at; null before.")
    ended_at: datetime | None = column("When it was superseded or withdrawn; null while it stands.")
    end_reason: str | None = column("Why it was withdrawn, in the words of who did it.")


@filters
class ContentPackageFilter:
    """Which packages."""

    status: list[PackageStatus] | None = where(
        "In one of these states.", lambda package, value: package.status == any_(value)
    )
    verdict: list[PackageVerdict] | None = where(
        "With one of these verdicts.", lambda package, value: package.verdict == any_(value)
    )
    course_key: str | None = where("For the course of this key.", lambda package, value: package.course_key == value)


@orders
class ContentPackageOrder(Enum):
    """How packages are ordered."""

    NEWEST = order("The latest submitted first.", lambda package: [package.submitted_at.desc()])


@inputs
class SubmitPackageInput:
    """A package to submit."""

    contract_id: Id[Contract] = strawberry.field(description="The contract; it must be ACTIVE.")
    site_id: Id[LmsSite] = strawberry.field(description="The site whose course gets it.")
    line_id: Id[ContractLine] = strawberry.field(
        description="The line of the contract's current revision on which publishing it is metered."
    )
    evidence_id: Id[Evidence] = strawberry.field(
        description="The id that POST /evidence answered with, to you, for the ZIP: at most 64 MiB."
    )
    title: str = strawberry.field(description="What it is to be called in the LMS, at most 200 characters.")
    course_key: str = strawberry.field(
        description="The key of the course in the LMS that gets it, at most 200 characters."
    )


@payload
class SubmitPackagePayload(Payload):
    """What was submitted."""

    package: ContentPackage | None = result("The package, CHECKING; null when refused.")


@inputs
class WithdrawPackageInput:
    """A package to take back."""

    package_id: Id[ContentPackage] = strawberry.field(description="The package; CHECKING or CHECKED.")
    reason: str = strawberry.field(description="Why, at most 2000 characters; both parties read it.")


@payload
class WithdrawPackagePayload(Payload):
    """What was taken back."""

    package: ContentPackage | None = result("The package; null when refused.")
