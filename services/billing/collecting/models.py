"""The tables of dunning; what must hold is in the migrations, as constraints and policies."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Numeric
from sqlmodel import Field, SQLModel


class DunningLevel(SQLModel, table=True):
    """A step of the dunning schedule; ended when the schedule is replaced."""

    __tablename__ = "dunning_level"

    id: UUID = Field(primary_key=True)
    level: int
    days_after_due: int
    kind: str
    late_charge_percent: Decimal | None = Field(default=None, sa_type=Numeric(5, 2))
    configured_at: datetime = Field(sa_type=DateTime(timezone=True))
    configured_by_member_id: UUID | None = None
    configured_by_name: str | None = None
    configured_by_email: str | None = None
    configured_by_organization_id: UUID | None = None
    configured_by_organization_name: str | None = None
    ended_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class DunningNotice(SQLModel, table=True):
    """What an association was told of an overdue invoice; once for each level."""

    __tablename__ = "dunning_notice"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    invoice_id: UUID
    level: int
    kind: str
    invoice_number: str
    due_on: date
    noticed_on: date
    noticed_at: datetime = Field(sa_type=DateTime(timezone=True))
    currency_code: str
    overdue_minor: int = Field(sa_type=BigInteger)
    disputed_minor: int = Field(sa_type=BigInteger)
    late_charge_percent: Decimal | None = Field(default=None, sa_type=Numeric(5, 2))
    late_charge_minor: int = Field(sa_type=BigInteger)


class DunningPause(SQLModel, table=True):
    """Why an invoice is not dunned for a while."""

    __tablename__ = "dunning_pause"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    invoice_id: UUID
    paused_at: datetime = Field(sa_type=DateTime(timezone=True))
    paused_by_member_id: UUID | None = None
    paused_by_name: str | None = None
    paused_by_email: str | None = None
    paused_by_organization_id: UUID | None = None
    paused_by_organization_name: str | None = None
    reason: str
    resumed_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    resumed_by_member_id: UUID | None = None
    resumed_by_name: str | None = None
    resumed_by_email: str | None = None
    resumed_by_organization_id: UUID | None = None
    resumed_by_organization_name: str | None = None
    resume_reason: str | None = None
