"""The tables of plans; what must hold is in the migrations, as constraints and policies."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, DateTime, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


class LmsPlan(SQLModel, table=True):
    """What an operation would do to a site."""

    __tablename__ = "lms_plan"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    site_id: UUID
    line_id: UUID
    operation: str
    roster_mode: str | None = None
    status: str
    source_sha256: str | None = None
    source_name: str | None = None
    request: dict[str, Any] = Field(sa_type=JSONB)
    faults: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSONB)
    fault_count: int = Field(default=0)
    refusal_code: str | None = None
    refusal_message: str | None = None
    undoes_job_id: UUID | None = None
    mends_job_id: UUID | None = None
    notify_learners: bool = Field(default=False)
    reason: str | None = None
    plan_hash: str | None = None
    row_count: int = Field(default=0)
    create_count: int = Field(default=0)
    update_count: int = Field(default=0)
    suspend_count: int = Field(default=0)
    remove_count: int = Field(default=0)
    noop_count: int = Field(default=0)
    conflict_count: int = Field(default=0)
    attempts: int = Field(default=0)
    progressed_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    read_count: int = Field(default=0)
    population_count: int | None = None
    needs_second_person: bool = Field(default=False)
    lms_version: str | None = None
    requested_at: datetime = Field(sa_type=DateTime(timezone=True))
    requested_by_person_id: UUID
    requested_by_member_id: UUID | None = None
    requested_by_name: str | None = None
    requested_by_email: str | None = None
    requested_by_organization_id: UUID | None = None
    requested_by_organization_name: str | None = None
    previewed_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    expires_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    approved_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    approved_by_person_id: UUID | None = None
    approved_by_member_id: UUID | None = None
    approved_by_name: str | None = None
    approved_by_email: str | None = None
    approved_by_organization_id: UUID | None = None
    approved_by_organization_name: str | None = None
    ended_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class LmsPlanRow(SQLModel, table=True):
    """What it would do to one person, enrolment, course or package."""

    __tablename__ = "lms_plan_row"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    plan_id: UUID
    position: int
    association_id: UUID
    vendor_id: UUID
    site_id: UUID
    subject_kind: str
    member_number: str | None = None
    course_key: str | None = None
    action: str | None = None
    reasons: list[str] = Field(default_factory=list, sa_type=ARRAY(Text))
    source_row: int | None = None
    desired: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    kept: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    observed: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    observed_digest: bytes | None = None
    opted_out: bool = Field(default=False)
    opted_out_reason: str | None = None
