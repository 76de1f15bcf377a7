"""The tables of drift; what must hold is in the migrations, as constraints and policies."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


class LmsDriftReading(SQLModel, table=True):
    """A comparison of a site with its roster."""

    __tablename__ = "lms_drift_reading"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    site_id: UUID
    status: str
    requested_at: datetime = Field(sa_type=DateTime(timezone=True))
    requested_by_member_id: UUID | None = None
    requested_by_name: str | None = None
    requested_by_email: str | None = None
    requested_by_organization_id: UUID | None = None
    requested_by_organization_name: str | None = None
    run_id: UUID | None = None
    progressed_at: datetime = Field(sa_type=DateTime(timezone=True))
    ended_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    desired_user_count: int = Field(default=0)
    desired_enrolment_count: int = Field(default=0)
    actual_user_count: int = Field(default=0)
    actual_enrolment_count: int = Field(default=0)
    unreadable_count: int = Field(default=0)
    opened_count: int = Field(default=0)
    reopened_count: int = Field(default=0)
    gone_count: int = Field(default=0)
    open_count: int = Field(default=0)
    failure_code: str | None = None
    failure_message: str | None = None


class LmsDriftFinding(SQLModel, table=True):
    """A difference between a site and its roster, for as long as anybody may ask about it."""

    __tablename__ = "lms_drift_finding"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    site_id: UUID
    kind: str
    member_number: str | None = None
    course_key: str | None = None
    desired: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    actual: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    message: str | None = None
    first_seen_at: datetime = Field(sa_type=DateTime(timezone=True))
    opened_at: datetime = Field(sa_type=DateTime(timezone=True))
    last_seen_at: datetime = Field(sa_type=DateTime(timezone=True))
    reading_id: UUID
    reopened_count: int = Field(default=0)
    owner_member_id: UUID | None = None
    owner_name: str | None = None
    owner_email: str | None = None
    owner_organization_id: UUID | None = None
    owner_organization_name: str | None = None
    assigned_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    resolution: str | None = None
    resolved_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    resolved_by_member_id: UUID | None = None
    resolved_by_name: str | None = None
    resolved_by_email: str | None = None
    resolved_by_organization_id: UUID | None = None
    resolved_by_organization_name: str | None = None
    resolution_reason: str | None = None
    mended_by_job_id: UUID | None = None
