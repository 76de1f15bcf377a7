"""The tables of continuing education; what must hold is in the migrations, as constraints and policies."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, DateTime, Numeric, Text
from sqlmodel import Field, SQLModel


class CreditActivity(SQLModel, table=True):
    """What an accreditor approved, and the association with it: what is earned by it, and when."""

    __tablename__ = "credit_activity"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    title: str
    accreditor: str
    provider_number: str
    approval_number: str
    site_id: UUID | None = None
    course_key: str | None = None
    credit_type_code: str
    credit_type_name: str
    unit: str
    quantity: Decimal = Field(sa_type=Numeric(18, 6))
    approved_from: date
    approved_to: date
    jurisdictions: list[str] = Field(default_factory=list, sa_type=ARRAY(Text))
    approved_at: datetime = Field(sa_type=DateTime(timezone=True))
    approved_by_member_id: UUID | None = None
    approved_by_name: str | None = None
    approved_by_email: str | None = None
    approved_by_organization_id: UUID | None = None
    approved_by_organization_name: str | None = None
    withdrawn_from: date | None = None
    withdrawn_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    withdraw_reason: str | None = None
    withdrawn_by_member_id: UUID | None = None
    withdrawn_by_name: str | None = None
    withdrawn_by_email: str | None = None
    withdrawn_by_organization_id: UUID | None = None
    withdrawn_by_organization_name: str | None = None


class CreditRule(SQLModel, table=True):
    """The rule by which credit of an activity is awarded in the association's name."""

    __tablename__ = "credit_rule"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    activity_id: UUID
    needs_completion: bool
    minimum_score_percent: Decimal | None = Field(default=None, sa_type=Numeric(5, 2))
    needs_attestation: bool
    periods_begin_on: date
    period_months: int
    retention_years: int
    approved_at: datetime = Field(sa_type=DateTime(timezone=True))
    approved_by_member_id: UUID | None = None
    approved_by_name: str | None = None
    approved_by_email: str | None = None
    approved_by_organization_id: UUID | None = None
    approved_by_organization_name: str | None = None
    withdrawn_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    withdraw_reason: str | None = None
    withdrawn_by_member_id: UUID | None = None
    withdrawn_by_name: str | None = None
    withdrawn_by_email: str | None = None
    withdrawn_by_organization_id: UUID | None = None
    withdrawn_by_organization_name: str | None = None


class Certificate(SQLModel, table=True):
    """What a learner was given for a credit, and all that names them: erasable, the ledger holds digests alone."""

    __tablename__ = "certificate"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    site_id: UUID | None = None
    activity_id: UUID
    rule_id: UUID
    status: str
    period_starts_on: date
    period_ends_on: date
    keep_until: date
    number: str | None = None
    member_number: str | None = None
    learner_name: str | None = None
    licence_number: str | None = None
    licence_jurisdiction: str | None = None
    score_percent: Decimal | None = Field(default=None, sa_type=Numeric(6, 2))
    attestation: str | None = None
    reissue_reason: str | None = None
    revoke_reason: str | None = None
    salt: bytes | None = None
    erased_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class CreditEntry(SQLModel, table=True):
    """One entry of a contract's ledger of credits; append-only, and chained to the entry before it."""

    __tablename__ = "credit_entry"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    sequence: int = Field(sa_type=BigInteger)
    kind: str
    certificate_id: UUID
    replaces_certificate_id: UUID | None = None
    activity_id: UUID
    rule_id: UUID
    credit_type_code: str
    credit_type_name: str
    unit: str
    quantity: Decimal = Field(sa_type=Numeric(18, 6))
    earned_on: date
    period_starts_on: date
    period_ends_on: date
    evidence_id: UUID | None = None
    on_behalf_of: str
    recorded_at: datetime = Field(sa_type=DateTime(timezone=True))
    recorded_by_member_id: UUID | None = None
    recorded_by_name: str | None = None
    recorded_by_email: str | None = None
    recorded_by_organization_id: UUID | None = None
    recorded_by_organization_name: str | None = None
    subject_digest: bytes
    digest: bytes
    previous_hash: bytes
    hash: bytes
