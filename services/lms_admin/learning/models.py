"""The tables of completions; what must hold is in the migrations, as constraints and policies."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ARRAY, DateTime, Numeric, Text
from sqlmodel import Field, SQLModel


class LmsCompletionReading(SQLModel, table=True):
    """Completions of courses being read from a site, or read, or not to be had."""

    __tablename__ = "lms_completion_reading"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    site_id: UUID
    course_keys: list[str] = Field(sa_type=ARRAY(Text))
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
    read_count: int = Field(default=0)
    withdrawn_count: int = Field(default=0)
    unread_course_keys: list[str] = Field(default_factory=list, sa_type=ARRAY(Text))
    failure_code: str | None = None
    failure_message: str | None = None


class LmsCompletion(SQLModel, table=True):
    """How far somebody is in a course, as the LMS last reported it."""

    __tablename__ = "lms_completion"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    site_id: UUID
    member_number: str
    course_key: str
    state: str
    reason: str | None = None
    enrolled_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    completed_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    last_active_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    overridden: bool = Field(default=False)
    attempts: int | None = None
    first_attempt_passed: bool | None = None
    score_percent: Decimal | None = Field(default=None, sa_type=Numeric(6, 2))
    reading_id: UUID
    read_at: datetime = Field(sa_type=DateTime(timezone=True))
    left_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class LmsCompletionWithdrawal(SQLModel, table=True):
    """A completion that the LMS took back; nothing of it changes."""

    __tablename__ = "lms_completion_withdrawal"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    site_id: UUID
    completion_id: UUID
    reading_id: UUID
    withdrawn_at: datetime = Field(sa_type=DateTime(timezone=True))
    became: str
    was_completed_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    was_overridden: bool
    was_score_percent: Decimal | None = Field(default=None, sa_type=Numeric(6, 2))
