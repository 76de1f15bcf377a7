"""The tables of taxes and rates of exchange; what must hold is in the migrations, as constraints and policies."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Numeric
from sqlmodel import Field, SQLModel


class BillingSetting(SQLModel, table=True):
    """What the operator set for all of billing; one row."""

    __tablename__ = "billing_setting"

    operator_id: UUID = Field(primary_key=True)
    reporting_currency_code: str
    changed_at: datetime = Field(sa_type=DateTime(timezone=True))
    changed_by_member_id: UUID | None = None
    changed_by_name: str | None = None
    changed_by_email: str | None = None
    changed_by_organization_id: UUID | None = None
    changed_by_organization_name: str | None = None


class TaxRegistration(SQLModel, table=True):
    """Where an organization is registered for tax, and under which number."""

    __tablename__ = "tax_registration"

    organization_id: UUID = Field(primary_key=True)
    region_code: str | None = None
    number: str | None = None
    tax_currency_code: str | None = None
    recorded_at: datetime = Field(sa_type=DateTime(timezone=True))
    recorded_by_member_id: UUID | None = None
    recorded_by_name: str | None = None
    recorded_by_email: str | None = None
    recorded_by_organization_id: UUID | None = None
    recorded_by_organization_name: str | None = None


class TaxRule(SQLModel, table=True):
    """Which tax is charged on what is sold from where to where, in its days."""

    __tablename__ = "tax_rule"

    id: UUID = Field(primary_key=True)
    supply: str
    trade: str | None = None
    seller_country_code: str | None = None
    seller_region_code: str | None = None
    buyer_country_code: str | None = None
    buyer_region_code: str | None = None
    unit: str | None = None
    category_code: str
    rate_percent: Decimal = Field(sa_type=Numeric(7, 4))
    reason_code: str | None = None
    reason: str | None = None
    valid_from: date
    valid_until: date | None = None
    recorded_at: datetime = Field(sa_type=DateTime(timezone=True))
    recorded_by_member_id: UUID | None = None
    recorded_by_name: str | None = None
    recorded_by_email: str | None = None
    recorded_by_organization_id: UUID | None = None
    recorded_by_organization_name: str | None = None


class TaxExemption(SQLModel, table=True):
    """A certificate by which an association is exempt from tax in a jurisdiction."""

    __tablename__ = "tax_exemption"

    id: UUID = Field(primary_key=True)
    association_id: UUID
    number: str
    country_code: str
    region_code: str | None = None
    evidence_contract_id: UUID
    evidence_id: UUID
    valid_from: date
    valid_until: date
    status: str
    filed_at: datetime = Field(sa_type=DateTime(timezone=True))
    filed_by_member_id: UUID | None = None
    filed_by_name: str | None = None
    filed_by_email: str | None = None
    filed_by_organization_id: UUID | None = None
    filed_by_organization_name: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    decided_by_member_id: UUID | None = None
    decided_by_name: str | None = None
    decided_by_email: str | None = None
    decided_by_organization_id: UUID | None = None
    decided_by_organization_name: str | None = None
    decide_reason: str | None = None


class ExchangeRate(SQLModel, table=True):
    """What one unit of a currency was worth in another on a day."""

    __tablename__ = "exchange_rate"

    id: UUID = Field(primary_key=True)
    source: str
    rate_on: date
    from_currency_code: str
    to_currency_code: str
    rate: Decimal = Field(sa_type=Numeric(24, 12))
    recorded_at: datetime = Field(sa_type=DateTime(timezone=True))
    recorded_by_member_id: UUID | None = None
    recorded_by_name: str | None = None
    recorded_by_email: str | None = None
    recorded_by_organization_id: UUID | None = None
    recorded_by_organization_name: str | None = None
    withdrawn_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    withdraw_reason: str | None = None


class InvoiceExchange(SQLModel, table=True):
    """A rate as it was frozen when an invoice was issued."""

    __tablename__ = "invoice_exchange"

    contract_id: UUID = Field(primary_key=True)
    invoice_id: UUID = Field(primary_key=True)
    purpose: str = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    from_currency_code: str
    to_currency_code: str
    rate: Decimal = Field(sa_type=Numeric(24, 12))
    rate_on: date
    source: str
    amount_minor: int = Field(sa_type=BigInteger)
