"""The tables of manual tasks; what must hold is in the migrations, as constraints and policies."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, DateTime, Text
from sqlmodel import Field, SQLModel


class LmsTask(SQLModel, table=True):
    """Work on a site that a person does."""

    __tablename__ = "lms_task"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    site_id: UUID
    line_id: UUID
    plan_row_id: UUID | None = None
    operation: str
    title: str
    details: str | None = None
    checklist: list[str] = Field(sa_type=ARRAY(Text))
    status: str
    created_at: datetime = Field(sa_type=DateTime(timezone=True))
    created_by_member_id: UUID | None = None
    created_by_name: str | None = None
    created_by_email: str | None = None
    created_by_organization_id: UUID | None = None
    created_by_organization_name: str | None = None
    assigned_to_member_id: UUID | None = None
    assigned_to_name: str | None = None
    assigned_to_email: str | None = None
    assigned_to_organization_id: UUID | None = None
    assigned_to_organization_name: str | None = None
    note: str | None = None
    ended_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    ended_by_member_id: UUID | None = None
    ended_by_name: str | None = None
    ended_by_email: str | None = None
    ended_by_organization_id: UUID | None = None
    ended_by_organization_name: str | None = None
    act_id: UUID | None = None
    work_record_id: UUID | None = None


class LmsTaskEvidence(SQLModel, table=True):
    """A file that proves a task."""

    __tablename__ = "lms_task_evidence"

    contract_id: UUID = Field(primary_key=True)
    evidence_id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    site_id: UUID
    task_id: UUID
