"""The tables of the books; what must hold is in the migrations, as constraints and policies."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import DateTime
from sqlmodel import Field, SQLModel


class AccountingPeriod(SQLModel, table=True):
    """A month of the books, whole days in UTC: once CLOSED, nothing takes effect in it."""

    __tablename__ = "accounting_period"

    id: UUID = Field(primary_key=True)
    starts_on: date
    ends_on: date
    status: str
    closed_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    closed_by_member_id: UUID | None = None
    closed_by_name: str | None = None
    closed_by_email: str | None = None
    closed_by_organization_id: UUID | None = None
    closed_by_organization_name: str | None = None
    closed_by_person_id: UUID | None = None
    close_reason: str | None = None
    open_exception_count: int = Field(default=0)
    override_requested_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    override_requested_by_member_id: UUID | None = None
    override_requested_by_name: str | None = None
    override_requested_by_email: str | None = None
    override_requested_by_organization_id: UUID | None = None
    override_requested_by_organization_name: str | None = None
    override_requested_by_person_id: UUID | None = None
    override_reason: str | None = None
    reopened_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    reopened_by_member_id: UUID | None = None
    reopened_by_name: str | None = None
    reopened_by_email: str | None = None
    reopened_by_organization_id: UUID | None = None
    reopened_by_organization_name: str | None = None
    reopen_reason: str | None = None
