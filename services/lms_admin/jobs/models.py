"""The tables of jobs; what must hold is in the migrations, as constraints and policies."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


class LmsJob(SQLModel, table=True):
    """A plan being executed, and how far it is."""

    __tablename__ = "lms_job"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    site_id: UUID
    plan_id: UUID
    line_id: UUID
    operation: str
    status: str
    wait_code: str | None = None
    wait_message: str | None = None
    wait_until: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    total_count: int
    applied_count: int = Field(default=0)
    already_so_count: int = Field(default=0)
    rejected_count: int = Field(default=0)
    unknown_count: int = Field(default=0)
    stale_count: int = Field(default=0)
    skipped_count: int = Field(default=0)
    lease_token: UUID | None = None
    lease_until: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    runs: int = Field(default=0)
    metering: str = Field(default="OPEN")
    metering_code: str | None = None
    metering_message: str | None = None
    metering_member_id: UUID | None = None
    ordered_at: datetime = Field(sa_type=DateTime(timezone=True))
    ordered_by_member_id: UUID | None = None
    ordered_by_name: str | None = None
    ordered_by_email: str | None = None
    ordered_by_organization_id: UUID | None = None
    ordered_by_organization_name: str | None = None
    ordered_by_person_id: UUID
    started_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    progressed_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    ended_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class LmsJobItem(SQLModel, table=True):
    """One row of a plan being executed."""

    __tablename__ = "lms_job_item"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    job_id: UUID
    position: int
    association_id: UUID
    vendor_id: UUID
    site_id: UUID
    idempotency_key: str
    status: str
    attempts: int = Field(default=0)
    readings: int = Field(default=0)
    sent_before: dict[str, Any] | None = Field(default=None, sa_type=JSONB(none_as_null=True))
    error_code: str | None = None
    error_message: str | None = None
    verification: str | None = None
    sent_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    ended_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
