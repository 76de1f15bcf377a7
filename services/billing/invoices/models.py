"""The tables of invoices; what must hold is in the migrations, as constraints and policies."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, FetchedValue, Numeric
from sqlmodel import Field, SQLModel


class InvoiceCounter(SQLModel, table=True):
    """The last invoice number of a vendor and year."""

    __tablename__ = "invoice_counter"

    vendor_id: UUID = Field(primary_key=True)
    year: int = Field(primary_key=True)
    last_number: int


class Invoice(SQLModel, table=True):
    """A bill in the vendor's name; once issued it never changes, but for what is paid, credited and due."""

    __tablename__ = "invoice"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    number: str | None = None
    year: int | None = None
    year_number: int | None = None
    status: str
    period_starts_on: date
    period_ends_on: date
    issued_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    issued_on: date | None = None
    due_on: date | None = None
    currency_code: str
    purchase_order_number: str | None = None
    seller_name: str
    seller_country_code: str
    buyer_name: str
    buyer_country_code: str
    issuer_name: str
    issuer_country_code: str
    issued_by_member_id: UUID | None = None
    issued_by_name: str | None = None
    issued_by_email: str | None = None
    issued_by_organization_id: UUID | None = None
    issued_by_organization_name: str | None = None
    subtotal_minor: int = Field(sa_type=BigInteger)
    tax_total_minor: int = Field(sa_type=BigInteger)
    total_minor: int | None = Field(
        default=None, sa_type=BigInteger, sa_column_kwargs={"server_default": FetchedValue()}
    )
    amount_due_minor: int = Field(sa_type=BigInteger)
    platform_fee_percent: Decimal = Field(sa_type=Numeric(5, 2))
    voided_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    void_reason: str | None = None
    kind: str = "INVOICE"
    corrects_invoice_id: UUID | None = None
    paid_minor: int = Field(default=0, sa_type=BigInteger)
    credited_minor: int = Field(default=0, sa_type=BigInteger)
    retained_minor: int = Field(default=0, sa_type=BigInteger)
    disputed_minor: int = Field(default=0, sa_type=BigInteger)
    seller_region_code: str | None = None
    seller_tax_number: str | None = None
    buyer_region_code: str | None = None
    buyer_tax_number: str | None = None
    adjustment_reason: str | None = None
    written_off_minor: int = Field(default=0, sa_type=BigInteger)


class InvoiceLine(SQLModel, table=True):
    """What is billed of one contract line at one rate version."""

    __tablename__ = "invoice_line"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    invoice_id: UUID
    contract_line_id: UUID
    position: int
    description: str
    unit: str
    currency_code: str
    quantity: Decimal = Field(sa_type=Numeric(18, 6))
    late_quantity: Decimal = Field(sa_type=Numeric(18, 6))
    unit_price: Decimal = Field(sa_type=Numeric(18, 6))
    rate_card_key: str
    rate_version: int
    amount_minor: int = Field(sa_type=BigInteger)
    tax_category_code: str = "O"
    tax_rate_percent: Decimal = Field(default=Decimal(0), sa_type=Numeric(7, 4))
    tax_reason_code: str | None = "VATEX-EU-O"
    tax_reason: str | None = "Not subject to tax: no tax rule applies"
    tax_rule_id: UUID | None = None
    tax_exemption_id: UUID | None = None
    corrects_line_id: UUID | None = None
    credited_minor: int = Field(default=0, sa_type=BigInteger)
    credited_quantity: Decimal = Field(default=Decimal(0), sa_type=Numeric(18, 6))
    disputed_minor: int = Field(default=0, sa_type=BigInteger)
    tier_period_starts_on: date | None = None


class InvoiceLineCost(SQLModel, table=True):
    """Cost and platform fee of an invoice line; apart, under their own policy."""

    __tablename__ = "invoice_line_cost"

    contract_id: UUID = Field(primary_key=True)
    invoice_line_id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    invoice_id: UUID
    cost_basis: str
    cost_minor: int = Field(sa_type=BigInteger)
    platform_fee_minor: int = Field(sa_type=BigInteger)


class InvoiceSource(SQLModel, table=True):
    """The claim of an invoice line on an acceptance or a recurring period; unique while it stands."""

    __tablename__ = "invoice_source"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    invoice_id: UUID
    invoice_line_id: UUID = Field(primary_key=True)
    contract_line_id: UUID
    kind: str
    decision_id: UUID | None = None
    period_starts_on: date | None = None
    period_ends_on: date | None = None
    quantity: Decimal = Field(sa_type=Numeric(18, 6))
    late: bool
    released_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    actual_cost_id: UUID | None = None


class RetainageRelease(SQLModel, table=True):
    """What the association releases of what was retained of an invoice; it is due once the journal has it."""

    __tablename__ = "retainage_release"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    invoice_id: UUID
    currency_code: str
    amount_minor: int = Field(sa_type=BigInteger)
    reason: str
    released_at: datetime = Field(sa_type=DateTime(timezone=True))
    released_by_member_id: UUID | None = None
    released_by_name: str | None = None
    released_by_email: str | None = None
    released_by_organization_id: UUID | None = None
    released_by_organization_name: str | None = None
    posted_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
