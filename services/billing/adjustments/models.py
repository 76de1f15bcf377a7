"""The tables of adjustments to issued invoices; what must hold is in the migrations, as constraints and policies."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, FetchedValue, Numeric
from sqlmodel import Field, SQLModel


class CreditNoteCounter(SQLModel, table=True):
    """The last credit note number of a vendor and year."""

    __tablename__ = "credit_note_counter"

    vendor_id: UUID = Field(primary_key=True)
    year: int = Field(primary_key=True)
    last_number: int


class CreditNote(SQLModel, table=True):
    """What an issued invoice asks less; once issued it never changes, but to become void."""

    __tablename__ = "credit_note"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    invoice_id: UUID
    dispute_id: UUID | None = None
    number: str
    year: int
    year_number: int
    status: str
    reason_code: str
    reason: str
    currency_code: str
    subtotal_minor: int = Field(sa_type=BigInteger)
    tax_total_minor: int = Field(sa_type=BigInteger)
    total_minor: int | None = Field(
        default=None, sa_type=BigInteger, sa_column_kwargs={"server_default": FetchedValue()}
    )
    applied_minor: int = Field(sa_type=BigInteger)
    retained_minor: int = Field(sa_type=BigInteger)
    refundable_minor: int = Field(sa_type=BigInteger)
    issued_at: datetime = Field(sa_type=DateTime(timezone=True))
    issued_on: date
    issued_by_member_id: UUID | None = None
    issued_by_name: str | None = None
    issued_by_email: str | None = None
    issued_by_organization_id: UUID | None = None
    issued_by_organization_name: str | None = None
    issued_entry_id: UUID
    voided_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    void_reason: str | None = None
    voided_by_member_id: UUID | None = None
    voided_by_name: str | None = None
    voided_by_email: str | None = None
    voided_by_organization_id: UUID | None = None
    voided_by_organization_name: str | None = None
    voided_entry_id: UUID | None = None
    gainshare_id: UUID | None = None


class CreditNoteLine(SQLModel, table=True):
    """What is credited of one line of an invoice."""

    __tablename__ = "credit_note_line"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    credit_note_id: UUID
    invoice_line_id: UUID
    contract_line_id: UUID
    position: int
    description: str
    unit: str
    currency_code: str
    quantity: Decimal = Field(sa_type=Numeric(18, 6))
    amount_minor: int = Field(sa_type=BigInteger)
    tax_minor: int = Field(sa_type=BigInteger)
    frees_sources: bool


class CreditNoteLineCost(SQLModel, table=True):
    """Cost and platform fee of a credit note's line; apart, under their own policy."""

    __tablename__ = "credit_note_line_cost"

    contract_id: UUID = Field(primary_key=True)
    credit_note_line_id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    credit_note_id: UUID
    invoice_line_id: UUID
    cost_minor: int = Field(sa_type=BigInteger)
    platform_fee_minor: int = Field(sa_type=BigInteger)


class CreditApplication(SQLModel, table=True):
    """Credit of the association that was set against an invoice."""

    __tablename__ = "credit_application"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    invoice_id: UUID
    currency_code: str
    amount_minor: int = Field(sa_type=BigInteger)
    reason: str
    applied_at: datetime = Field(sa_type=DateTime(timezone=True))
    applied_by_member_id: UUID | None = None
    applied_by_name: str | None = None
    applied_by_email: str | None = None
    applied_by_organization_id: UUID | None = None
    applied_by_organization_name: str | None = None
    entry_id: UUID


class InvoiceDispute(SQLModel, table=True):
    """An association's objection to lines of an invoice, and what became of it."""

    __tablename__ = "invoice_dispute"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    invoice_id: UUID
    status: str
    currency_code: str
    words: str
    disputed_minor: int = Field(sa_type=BigInteger)
    upheld_minor: int = Field(default=0, sa_type=BigInteger)
    opened_at: datetime = Field(sa_type=DateTime(timezone=True))
    opened_by_member_id: UUID | None = None
    opened_by_name: str | None = None
    opened_by_email: str | None = None
    opened_by_organization_id: UUID | None = None
    opened_by_organization_name: str | None = None
    resolved_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    resolution: str | None = None
    resolved_by_member_id: UUID | None = None
    resolved_by_name: str | None = None
    resolved_by_email: str | None = None
    resolved_by_organization_id: UUID | None = None
    resolved_by_organization_name: str | None = None


class InvoiceDisputeLine(SQLModel, table=True):
    """The part of an invoice line that is disputed; held until it is resolved, one at a time."""

    __tablename__ = "invoice_dispute_line"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    dispute_id: UUID
    invoice_id: UUID
    invoice_line_id: UUID
    position: int
    currency_code: str
    reason_code: str
    words: str
    amount_minor: int = Field(sa_type=BigInteger)
    tax_minor: int = Field(sa_type=BigInteger)
    upheld_minor: int = Field(default=0, sa_type=BigInteger)
    resolved_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class InvoiceDisputeEvidence(SQLModel, table=True):
    """A file that shows what a dispute says."""

    __tablename__ = "invoice_dispute_evidence"

    contract_id: UUID = Field(primary_key=True)
    dispute_id: UUID = Field(primary_key=True)
    evidence_id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
