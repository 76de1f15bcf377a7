"""The tables of billing runs; what must hold is in the migrations, as constraints and policies."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Numeric
from sqlmodel import Field, SQLModel


class BillingRun(SQLModel, table=True):
    """Billing all contracts, or those of one party, for a period."""

    __tablename__ = "billing_run"

    id: UUID = Field(primary_key=True)
    mode: str
    status: str
    period_starts_on: date
    period_ends_on: date
    vendor_id: UUID | None = None
    association_id: UUID | None = None
    most_invoices: int
    largest_total: Decimal = Field(sa_type=Numeric(18, 6))
    reason: str
    stop_code: str | None = None
    stop_message: str | None = None
    total_count: int
    billed_count: int = Field(default=0)
    nothing_count: int = Field(default=0)
    refused_count: int = Field(default=0)
    started_at: datetime = Field(sa_type=DateTime(timezone=True))
    started_by_member_id: UUID
    started_by_name: str
    started_by_email: str
    started_by_organization_id: UUID
    started_by_organization_name: str
    progressed_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    ended_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class BillingRunItem(SQLModel, table=True):
    """One contract of a run, and what came of it."""

    __tablename__ = "billing_run_item"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    run_id: UUID
    status: str = Field(default="PENDING")
    code: str | None = None
    message: str | None = None
    currency_code: str
    invoice_id: UUID | None = None
    amount_minor: int | None = Field(default=None, sa_type=BigInteger)
    settled_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
