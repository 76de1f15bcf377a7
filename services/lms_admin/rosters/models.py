"""The tables of rosters; what must hold is in the migrations, as constraints and policies."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime
from sqlmodel import Field, SQLModel


class LmsRosterMember(SQLModel, table=True):
    """Somebody who belongs to a site, as they should be there."""

    __tablename__ = "lms_roster_member"

    contract_id: UUID = Field(primary_key=True)
    site_id: UUID = Field(primary_key=True)
    member_number: str = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    username: str
    email: str
    given_name: str
    family_name: str
    suspended: bool = Field(default=False)
    changed_at: datetime = Field(sa_type=DateTime(timezone=True))
    changed_by_job_id: UUID | None = None


class LmsRosterEnrolment(SQLModel, table=True):
    """A course that somebody should take part in; unenrolled is no row."""

    __tablename__ = "lms_roster_enrolment"

    contract_id: UUID = Field(primary_key=True)
    site_id: UUID = Field(primary_key=True)
    member_number: str = Field(primary_key=True)
    course_key: str = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    role: str
    state: str
    starts_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    ends_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    changed_at: datetime = Field(sa_type=DateTime(timezone=True))
    changed_by_job_id: UUID | None = None
