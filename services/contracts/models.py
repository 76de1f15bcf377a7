"""The tables of contracts; what must hold is in the migrations, as constraints and policies."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, DateTime, Numeric, Text
from sqlalchemy.dialects.postgresql import TSTZRANGE, Range
from sqlmodel import Field, SQLModel


class Contract(SQLModel, table=True):
    """A contract between an association and a vendor, with the terms of its current revision."""

    __tablename__ = "contract"

    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    offering_id: UUID
    offering_version_id: UUID
    revision: int
    status: str
    title: str
    starts_on: date
    ends_on: date
    time_zone: str
    currency_code: str
    purchase_order_number: str | None = None
    payment_terms_days: int
    acceptance_period_days: int | None = None
    disclosure_tier: str
    margin_floor_percent: Decimal | None = Field(default=None, sa_type=Numeric(5, 2))
    margin_ceiling_percent: Decimal | None = Field(default=None, sa_type=Numeric(5, 2))
    platform_fee_percent: Decimal = Field(sa_type=Numeric(5, 2))
    total_value_minor: int = Field(sa_type=BigInteger)
    content_hash: str
    offer_expires_on: date
    proposed_at: datetime = Field(sa_type=DateTime(timezone=True))
    vendor_signed_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    association_signed_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    activated_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    ended_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    end_reason: str | None = None
    retainage_percent: Decimal | None = Field(default=None, sa_type=Numeric(5, 2))
    minimum_commitment_minor: int | None = Field(default=None, sa_type=BigInteger)
    minimum_commitment_per: str | None = None


class ContractRevision(SQLModel, table=True):
    """One state of the terms, as the document that is signed."""

    __tablename__ = "contract_revision"

    contract_id: UUID = Field(primary_key=True)
    number: int = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    document: str
    content_hash: str
    member_id: UUID
    name: str
    email: str
    organization_id: UUID
    organization_name: str
    recorded_at: datetime = Field(sa_type=DateTime(timezone=True))


class ContractLine(SQLModel, table=True):
    """What is contracted, and how much of it is recorded, submitted, accepted and billed."""

    __tablename__ = "contract_line"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    revision: int
    position: int
    key: str
    title: str
    kind: str
    rate_card_key: str | None = None
    rate_version: int | None = None
    unit: str | None = None
    currency_code: str
    quantity: Decimal | None = Field(default=None, sa_type=Numeric(18, 6))
    quantity_basis: str | None = None
    units_per_period: Decimal | None = Field(default=None, sa_type=Numeric(18, 6))
    unit_price: Decimal | None = Field(default=None, sa_type=Numeric(18, 6))
    not_to_exceed_minor: int | None = Field(default=None, sa_type=BigInteger)
    value_minor: int = Field(sa_type=BigInteger)
    due_on: date | None = None
    acceptance_criteria: list[str] = Field(sa_type=ARRAY(Text))
    recurrence: str | None = None
    due_day_of_month: int | None = None
    obliged_party: str | None = None
    recorded_quantity: Decimal = Field(default=Decimal(0), sa_type=Numeric(18, 6))
    submitted_quantity: Decimal = Field(default=Decimal(0), sa_type=Numeric(18, 6))
    accepted_quantity: Decimal = Field(default=Decimal(0), sa_type=Numeric(18, 6))
    billed_quantity: Decimal = Field(default=Decimal(0), sa_type=Numeric(18, 6))
    billed_minor: int = Field(default=0, sa_type=BigInteger)
    extended_quantity: Decimal = Field(default=Decimal(0), sa_type=Numeric(18, 6))
    extended_minor: int = Field(default=0, sa_type=BigInteger)


class ContractLineCost(SQLModel, table=True):
    """The standard cost of a line, frozen with the contract; apart, under its own policy."""

    __tablename__ = "contract_line_cost"

    contract_id: UUID = Field(primary_key=True)
    line_id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    unit_cost: Decimal = Field(sa_type=Numeric(18, 6))
    salt: bytes
    commitment: str


class ContractLinePricing(SQLModel, table=True):
    """How a line is priced, where more was agreed than its kind says: without a row, its kind says it all."""

    __tablename__ = "contract_line_pricing"

    contract_id: UUID = Field(primary_key=True)
    line_id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    arrangement: str
    tiering: str | None = None
    tier_period: str | None = None
    timing: str | None = None
    period_anchor: str | None = None
    prorated: bool | None = None


class ContractLineTier(SQLModel, table=True):
    """The price of a unit up to and including the `up_to`-th of the tier period; the last tier has no end."""

    __tablename__ = "contract_line_tier"

    contract_id: UUID = Field(primary_key=True)
    line_id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    position: int = Field(primary_key=True)
    up_to: Decimal | None = Field(default=None, sa_type=Numeric(18, 6))
    currency_code: str
    unit_price: Decimal = Field(sa_type=Numeric(18, 6))


class ContractLineCostTerms(SQLModel, table=True):
    """Target cost and contract fee of a COST_PLUS line, frozen with the contract; apart, under their own policy."""

    __tablename__ = "contract_line_cost_terms"

    contract_id: UUID = Field(primary_key=True)
    line_id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    arrangement: str
    currency_code: str
    target_cost_minor: int = Field(sa_type=BigInteger)
    contract_fee_minor: int | None = Field(default=None, sa_type=BigInteger)
    contract_fee_percent: Decimal | None = Field(default=None, sa_type=Numeric(5, 2))
    fee_floor_minor: int | None = Field(default=None, sa_type=BigInteger)
    fee_ceiling_minor: int | None = Field(default=None, sa_type=BigInteger)
    vendor_share_under_percent: Decimal | None = Field(default=None, sa_type=Numeric(5, 2))
    vendor_share_over_percent: Decimal | None = Field(default=None, sa_type=Numeric(5, 2))
    salt: bytes
    commitment: str


class ContractSignature(SQLModel, table=True):
    """A signatory's signature under the hash of one revision."""

    __tablename__ = "contract_signature"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    revision: int
    party: str
    content_hash: str
    signed_at: datetime = Field(sa_type=DateTime(timezone=True))
    after_start: bool
    member_id: UUID
    name: str
    email: str
    organization_id: UUID
    organization_name: str


class ContractGrant(SQLModel, table=True):
    """A member's role on one contract, from a day to a day."""

    __tablename__ = "contract_grant"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    member_id: UUID
    name: str
    email: str
    organization_id: UUID
    organization_name: str
    role: str
    starts_on: date
    ends_on: date
    effective: Range[datetime] = Field(sa_type=TSTZRANGE)
    granted_at: datetime = Field(sa_type=DateTime(timezone=True))
    granted_by_member_id: UUID
    granted_by_name: str
    granted_by_email: str
    granted_by_organization_id: UUID
    granted_by_organization_name: str
    revoked_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    revoke_reason: str | None = None


class ObligationOccurrence(SQLModel, table=True):
    """One due day of an obligation."""

    __tablename__ = "obligation_occurrence"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    line_id: UUID
    due_on: date
    status: str
    settled_on: date | None = None
    note: str | None = None
    recorded_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    member_id: UUID | None = None
    name: str | None = None
    email: str | None = None
    organization_id: UUID | None = None
    organization_name: str | None = None
