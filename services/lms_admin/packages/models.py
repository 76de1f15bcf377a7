"""The tables of packages; what must hold is in the migrations, as constraints and policies."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, DateTime, Text
from sqlmodel import Field, SQLModel


class ContentPackage(SQLModel, table=True):
    """Content for a course, and how far it is on its way to an LMS."""

    __tablename__ = "content_package"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    site_id: UUID
    line_id: UUID
    evidence_id: UUID
    title: str
    course_key: str
    status: str
    byte_size: int = Field(sa_type=BigInteger)
    sha256: str
    sha1: str | None = None
    standard: str | None = None
    verdict: str | None = None
    launch_checked: bool = Field(default=False)
    accessibility_scanned: bool = Field(default=False)
    accessibility_unscanned_reason: str | None = None
    submitted_at: datetime = Field(sa_type=DateTime(timezone=True))
    submitted_by_member_id: UUID | None = None
    submitted_by_name: str | None = None
    submitted_by_email: str | None = None
    submitted_by_organization_id: UUID | None = None
    submitted_by_organization_name: str | None = None
    checked_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    plan_id: UUID | None = None
    published_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    comparison: str | None = None
    comparison_reason: str | None = None
    compared_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    ended_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    end_reason: str | None = None


class PackageFinding(SQLModel, table=True):
    """What a rule found in a package."""

    __tablename__ = "package_finding"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    package_id: UUID
    position: int
    rule: str
    severity: str
    can_be_waived: bool
    message: str
    file: str | None = None


class AccessibilityFinding(SQLModel, table=True):
    """What a scan found on a page of a package; certain, or for a person to judge."""

    __tablename__ = "accessibility_finding"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    package_id: UUID
    position: int
    certain: bool
    rule: str
    impact: str | None = None
    message: str
    help_url: str | None = None
    file: str
    element_count: int
    first_element: str | None = None
    criteria: list[str] = Field(default_factory=list, sa_type=ARRAY(Text))


class PackageWaiver(SQLModel, table=True):
    """That somebody answers for what a package fails by, until a day."""

    __tablename__ = "package_waiver"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    package_id: UUID
    rules: list[str] = Field(sa_type=ARRAY(Text))
    reason: str
    ends_on: date
    signed_at: datetime = Field(sa_type=DateTime(timezone=True))
    signed_by_member_id: UUID | None = None
    signed_by_name: str | None = None
    signed_by_email: str | None = None
    signed_by_organization_id: UUID | None = None
    signed_by_organization_name: str | None = None


class AccessibilityReview(SQLModel, table=True):
    """A checklist that a person answered and signed."""

    __tablename__ = "accessibility_review"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    package_id: UUID
    note: str | None = None
    signed_at: datetime = Field(sa_type=DateTime(timezone=True))
    signed_by_member_id: UUID | None = None
    signed_by_name: str | None = None
    signed_by_email: str | None = None
    signed_by_organization_id: UUID | None = None
    signed_by_organization_name: str | None = None


class AccessibilityAnswer(SQLModel, table=True):
    """What they answered to one criterion."""

    __tablename__ = "accessibility_answer"

    contract_id: UUID = Field(primary_key=True)
    review_id: UUID = Field(primary_key=True)
    position: int = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    criterion: str
    answer: str
    remark: str | None = None
