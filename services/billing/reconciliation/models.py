"""The tables of reconciliation; what must hold is in the migrations, as constraints and policies."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Numeric
from sqlmodel import Field, SQLModel


class BankStatement(SQLModel, table=True):
    """A bank's account of one account and time; imported once."""

    __tablename__ = "bank_statement"

    id: UUID = Field(primary_key=True)
    format: str
    account: str
    number: str
    currency_code: str
    opens_on: date
    closes_on: date
    opening_minor: int = Field(sa_type=BigInteger)
    closing_minor: int = Field(sa_type=BigInteger)
    line_count: int
    content_sha256: bytes
    imported_at: datetime = Field(sa_type=DateTime(timezone=True))
    imported_by_member_id: UUID | None = None
    imported_by_name: str | None = None
    imported_by_email: str | None = None
    imported_by_organization_id: UUID | None = None
    imported_by_organization_name: str | None = None


class BankStatementLine(SQLModel, table=True):
    """One movement on a bank account, and what it was matched with: what arrived is positive."""

    __tablename__ = "bank_statement_line"

    id: UUID = Field(primary_key=True)
    statement_id: UUID
    account: str
    position: int
    line_key: str
    booked_on: date
    valued_on: date | None = None
    currency_code: str
    amount_minor: int = Field(sa_type=BigInteger)
    counterparty_name: str | None = None
    counterparty_account: str | None = None
    reference: str | None = None
    information: str
    status: str
    trouble: str | None = None
    proposal: str | None = None
    matched_by: str | None = None
    match_reason: str | None = None
    contract_id: UUID | None = None
    invoice_id: UUID | None = None
    payment_id: UUID | None = None
    payout_id: UUID | None = None
    matched_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    refund_id: UUID | None = None
    settlement_id: UUID | None = None


class MatchTolerance(SQLModel, table=True):
    """Up to which difference an invoice is let pass, in one currency, from when it was configured."""

    __tablename__ = "match_tolerance"

    id: UUID = Field(primary_key=True)
    currency_code: str
    amount_minor: int = Field(sa_type=BigInteger)
    percent: Decimal = Field(sa_type=Numeric(5, 2))
    configured_at: datetime = Field(sa_type=DateTime(timezone=True))
    configured_by_member_id: UUID | None = None
    configured_by_name: str | None = None
    configured_by_email: str | None = None
    configured_by_organization_id: UUID | None = None
    configured_by_organization_name: str | None = None
    reason: str


class MatchRun(SQLModel, table=True):
    """One match of the invoices of some days with contracts and acceptances, and of money with invoices."""

    __tablename__ = "match_run"

    id: UUID = Field(primary_key=True)
    issued_from: date
    issued_until: date
    status: str
    requested_at: datetime = Field(sa_type=DateTime(timezone=True))
    requested_by_member_id: UUID | None = None
    requested_by_name: str | None = None
    requested_by_email: str | None = None
    requested_by_organization_id: UUID | None = None
    requested_by_organization_name: str | None = None
    ended_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    invoice_count: int = Field(default=0)
    line_count: int = Field(default=0)
    variance_count: int = Field(default=0)
    opened_count: int = Field(default=0)
    closed_count: int = Field(default=0)
    open_count: int = Field(default=0)
    unmatched_count: int = Field(default=0)


class MatchVariance(SQLModel, table=True):
    """By how much an invoice or a line of it differs from what should have been billed, and why."""

    __tablename__ = "match_variance"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    run_id: UUID
    invoice_id: UUID
    invoice_line_id: UUID | None = None
    contract_line_id: UUID | None = None
    currency_code: str
    expected_minor: int = Field(sa_type=BigInteger)
    billed_minor: int = Field(sa_type=BigInteger)
    difference_minor: int = Field(sa_type=BigInteger)
    rate_minor: int = Field(sa_type=BigInteger)
    quantity_minor: int = Field(sa_type=BigInteger)
    period_minor: int = Field(sa_type=BigInteger)
    unaccepted_minor: int = Field(sa_type=BigInteger)
    out_of_scope_minor: int = Field(sa_type=BigInteger)
    tax_minor: int = Field(sa_type=BigInteger)
    exchange_minor: int = Field(sa_type=BigInteger)
    rounding_minor: int = Field(sa_type=BigInteger)
    twice_minor: int = Field(default=0, sa_type=BigInteger)
    tolerance_minor: int = Field(sa_type=BigInteger)
    within_tolerance: bool
    found_at: datetime = Field(sa_type=DateTime(timezone=True))
    outcome: str = Field(default="DIFFERS")
    not_matched_because: str | None = None
    adjusted_minor: int = Field(default=0, sa_type=BigInteger)


class BillingException(SQLModel, table=True):
    """Something that does not fit, until it is gone or resolved."""

    __tablename__ = "billing_exception"

    id: UUID = Field(primary_key=True)
    kind: str
    severity: str
    subject: str
    subject_id: UUID
    contract_id: UUID | None = None
    invoice_id: UUID | None = None
    invoice_line_id: UUID | None = None
    bank_line_id: UUID | None = None
    happened_on: date
    currency_code: str
    amount_minor: int = Field(sa_type=BigInteger)
    message: str
    opened_at: datetime = Field(sa_type=DateTime(timezone=True))
    last_seen_at: datetime = Field(sa_type=DateTime(timezone=True))
    owner_member_id: UUID | None = None
    owner_name: str | None = None
    owner_email: str | None = None
    owner_organization_id: UUID | None = None
    owner_organization_name: str | None = None
    assigned_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    resolution: str | None = None
    resolved_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    resolved_by_member_id: UUID | None = None
    resolved_by_name: str | None = None
    resolved_by_email: str | None = None
    resolved_by_organization_id: UUID | None = None
    resolved_by_organization_name: str | None = None
    resolution_reason: str | None = None


class WriteOff(SQLModel, table=True):
    """What is not asked for any more of an invoice, or not given back: above the tolerance by two persons."""

    __tablename__ = "write_off"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    invoice_id: UUID
    kind: str
    status: str
    currency_code: str
    amount_minor: int = Field(sa_type=BigInteger)
    tolerance_minor: int = Field(sa_type=BigInteger)
    reason: str
    exception_id: UUID | None = None
    requested_at: datetime = Field(sa_type=DateTime(timezone=True))
    requested_by_member_id: UUID | None = None
    requested_by_name: str | None = None
    requested_by_email: str | None = None
    requested_by_organization_id: UUID | None = None
    requested_by_organization_name: str | None = None
    requested_by_person_id: UUID
    confirmed_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    confirmed_by_member_id: UUID | None = None
    confirmed_by_name: str | None = None
    confirmed_by_email: str | None = None
    confirmed_by_organization_id: UUID | None = None
    confirmed_by_organization_name: str | None = None
    confirmed_by_person_id: UUID | None = None
    confirm_reason: str | None = None
    posted_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    reversed_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    reversed_by_member_id: UUID | None = None
    reversed_by_name: str | None = None
    reversed_by_email: str | None = None
    reversed_by_organization_id: UUID | None = None
    reversed_by_organization_name: str | None = None
    reverse_reason: str | None = None
