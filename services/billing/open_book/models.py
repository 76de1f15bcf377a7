"""The tables of the open book; what must hold is in the migrations, as constraints and policies."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Numeric
from sqlmodel import Field, SQLModel


class ActualCost(SQLModel, table=True):
    """What a line really cost the vendor in a period, as the vendor entered it."""

    __tablename__ = "actual_cost"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    contract_line_id: UUID
    period_starts_on: date
    period_ends_on: date
    cost_minor: int = Field(sa_type=BigInteger)
    entered_at: datetime = Field(sa_type=DateTime(timezone=True))
    currency_code: str
    category: str
    description: str
    quantity: Decimal | None = Field(default=None, sa_type=Numeric(18, 6))
    allowable: bool
    allowable_reason: str | None = None
    status: str
    questioned_minor: int = Field(default=0, sa_type=BigInteger)
    disallowed_minor: int = Field(default=0, sa_type=BigInteger)
    allowed_minor: int | None = Field(default=None, sa_type=BigInteger)
    billed: bool = Field(default=False)
    supersedes_id: UUID | None = None
    reason: str
    ended_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    entered_by_member_id: UUID | None = None
    entered_by_name: str | None = None
    entered_by_email: str | None = None
    entered_by_organization_id: UUID | None = None
    entered_by_organization_name: str | None = None


class CostQuestion(SQLModel, table=True):
    """What the association asked about a cost, and what became of it."""

    __tablename__ = "cost_question"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    actual_cost_id: UUID
    status: str
    currency_code: str
    questioned_minor: int = Field(sa_type=BigInteger)
    question: str
    asked_at: datetime = Field(sa_type=DateTime(timezone=True))
    asked_by_member_id: UUID | None = None
    asked_by_name: str | None = None
    asked_by_email: str | None = None
    asked_by_organization_id: UUID | None = None
    asked_by_organization_name: str | None = None
    answer: str | None = None
    answered_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    answered_by_member_id: UUID | None = None
    answered_by_name: str | None = None
    answered_by_email: str | None = None
    answered_by_organization_id: UUID | None = None
    answered_by_organization_name: str | None = None
    disallowed_minor: int = Field(default=0, sa_type=BigInteger)
    outcome: str | None = None
    closed_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    closed_by_member_id: UUID | None = None
    closed_by_name: str | None = None
    closed_by_email: str | None = None
    closed_by_organization_id: UUID | None = None
    closed_by_organization_name: str | None = None


class MarginAlert(SQLModel, table=True):
    """The margin of a contract outside its band, from when to when."""

    __tablename__ = "margin_alert"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    kind: str
    cost_basis: str
    margin_floor_percent: Decimal = Field(sa_type=Numeric(5, 2))
    margin_ceiling_percent: Decimal = Field(sa_type=Numeric(5, 2))
    raised_at: datetime = Field(sa_type=DateTime(timezone=True))
    cleared_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class MarginAlertCost(SQLModel, table=True):
    """The figures of an alert when it was raised."""

    __tablename__ = "margin_alert_cost"

    contract_id: UUID = Field(primary_key=True)
    alert_id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    currency_code: str
    price_minor: int = Field(sa_type=BigInteger)
    cost_minor: int = Field(sa_type=BigInteger)


class GainshareAgreement(SQLModel, table=True):
    """How two parties share what work costs less, or more, than its standard cost."""

    __tablename__ = "gainshare_agreement"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    status: str
    association_gain_percent: Decimal = Field(sa_type=Numeric(5, 2))
    association_pain_percent: Decimal = Field(sa_type=Numeric(5, 2))
    neutral_percent: Decimal = Field(sa_type=Numeric(5, 2))
    effective_from: date
    reason: str
    proposed_at: datetime = Field(sa_type=DateTime(timezone=True))
    proposed_by_member_id: UUID | None = None
    proposed_by_name: str | None = None
    proposed_by_email: str | None = None
    proposed_by_organization_id: UUID | None = None
    proposed_by_organization_name: str | None = None
    answer_reason: str | None = None
    answered_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    answered_by_member_id: UUID | None = None
    answered_by_name: str | None = None
    answered_by_email: str | None = None
    answered_by_organization_id: UUID | None = None
    answered_by_organization_name: str | None = None


class Gainshare(SQLModel, table=True):
    """What a period gained against its target, shared out once."""

    __tablename__ = "gainshare"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    agreement_id: UUID
    status: str
    period_starts_on: date
    period_ends_on: date
    currency_code: str
    association_gain_percent: Decimal = Field(sa_type=Numeric(5, 2))
    association_pain_percent: Decimal = Field(sa_type=Numeric(5, 2))
    neutral_percent: Decimal = Field(sa_type=Numeric(5, 2))
    target_cost_minor: int = Field(sa_type=BigInteger)
    actual_cost_minor: int = Field(sa_type=BigInteger)
    association_share_minor: int = Field(sa_type=BigInteger)
    vendor_share_minor: int = Field(sa_type=BigInteger)
    reason: str
    closed_at: datetime = Field(sa_type=DateTime(timezone=True))
    closed_by_member_id: UUID | None = None
    closed_by_name: str | None = None
    closed_by_email: str | None = None
    closed_by_organization_id: UUID | None = None
    closed_by_organization_name: str | None = None
    debit_note_id: UUID | None = None
