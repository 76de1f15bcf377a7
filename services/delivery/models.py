"""The tables of delivery; what must hold is in the migrations, as constraints and policies."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Numeric
from sqlmodel import Field, SQLModel


class Submission(SQLModel, table=True):
    """Work handed over for review."""

    __tablename__ = "submission"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    status: str
    submitted_at: datetime = Field(sa_type=DateTime(timezone=True))
    submitted_by_member_id: UUID | None = None
    submitted_by_name: str | None = None
    submitted_by_email: str | None = None
    submitted_by_organization_id: UUID | None = None
    submitted_by_organization_name: str | None = None
    submitted_by_person_id: UUID
    deemed_acceptance_due_on: date | None = None
    reviewed_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    deemed: bool = Field(default=False)
    withdrawn_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class WorkRecord(SQLModel, table=True):
    """Work performed on a contract line."""

    __tablename__ = "work_record"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    line_id: UUID
    status: str
    quantity: Decimal = Field(sa_type=Numeric(18, 6))
    performed_from: date
    performed_to: date
    performed_by: str
    description: str
    in_scope: bool
    out_of_scope_reason: str | None = None
    accepted_quantity: Decimal | None = Field(default=None, sa_type=Numeric(18, 6))
    submission_id: UUID | None = None
    recorded_at: datetime = Field(sa_type=DateTime(timezone=True))
    recorded_by_member_id: UUID | None = None
    recorded_by_name: str | None = None
    recorded_by_email: str | None = None
    recorded_by_organization_id: UUID | None = None
    recorded_by_organization_name: str | None = None
    voided_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    void_reason: str | None = None


class SubmissionRecord(SQLModel, table=True):
    """A record's place in a submission."""

    __tablename__ = "submission_record"

    contract_id: UUID = Field(primary_key=True)
    submission_id: UUID = Field(primary_key=True)
    work_record_id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    position: int


class Decision(SQLModel, table=True):
    """What was accepted of a record, and what became of the rest."""

    __tablename__ = "decision"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    submission_id: UUID
    work_record_id: UUID
    line_id: UUID
    accepted_quantity: Decimal = Field(sa_type=Numeric(18, 6))
    shortfall_quantity: Decimal = Field(sa_type=Numeric(18, 6))
    reason_code: str | None = None
    disposition: str | None = None
    reason: str | None = None
    performed_to: date
    unit_price: Decimal = Field(sa_type=Numeric(18, 6))
    rate_card_key: str
    rate_version: int
    deemed: bool
    decided_at: datetime = Field(sa_type=DateTime(timezone=True))
    decided_by_member_id: UUID | None = None
    decided_by_name: str | None = None
    decided_by_email: str | None = None
    decided_by_organization_id: UUID | None = None
    decided_by_organization_name: str | None = None
    decided_by_person_id: UUID | None = None
    billed: bool = Field(default=False)
    reversed_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    reverse_reason: str | None = None


class ScopeAnswer(SQLModel, table=True):
    """What the association said to work that was out of scope, and why it was."""

    __tablename__ = "scope_answer"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    work_record_id: UUID
    line_id: UUID
    answer: str
    quantity: Decimal = Field(sa_type=Numeric(18, 6))
    out_of_scope_reason: str
    reason: str
    answered_at: datetime = Field(sa_type=DateTime(timezone=True))
    answered_by_member_id: UUID | None = None
    answered_by_name: str | None = None
    answered_by_email: str | None = None
    answered_by_organization_id: UUID | None = None
    answered_by_organization_name: str | None = None


class Evidence(SQLModel, table=True):
    """A file that shows the work; its content lies in the blob store under its SHA-256."""

    __tablename__ = "evidence"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    work_record_id: UUID | None = None
    name: str
    media_type: str
    byte_size: int = Field(sa_type=BigInteger)
    sha256: str
    uploaded_at: datetime = Field(sa_type=DateTime(timezone=True))
    uploaded_by_member_id: UUID | None = None
    uploaded_by_name: str | None = None
    uploaded_by_email: str | None = None
    uploaded_by_organization_id: UUID | None = None
    uploaded_by_organization_name: str | None = None
    learners_site_id: UUID | None = None
    shows_cost: bool = Field(default=False)
    actual_cost_id: UUID | None = None
