"""The tables of platform fee invoices; what must hold is in the migrations, as constraints and policies."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, FetchedValue, Numeric
from sqlmodel import Field, SQLModel


class PlatformFeeCounter(SQLModel, table=True):
    """The last number of the operator's own invoices in a year."""

    __tablename__ = "platform_fee_counter"

    year: int = Field(primary_key=True)
    last_number: int


class PlatformFeeInvoice(SQLModel, table=True):
    """The operator's own bill to a vendor for the platform fees of a month."""

    __tablename__ = "platform_fee_invoice"

    id: UUID = Field(primary_key=True)
    vendor_id: UUID
    number: str
    year: int
    year_number: int
    kind: str
    month_starts_on: date
    currency_code: str
    issued_at: datetime = Field(sa_type=DateTime(timezone=True))
    issued_on: date
    issued_by_member_id: UUID | None = None
    issued_by_name: str | None = None
    issued_by_email: str | None = None
    issued_by_organization_id: UUID | None = None
    issued_by_organization_name: str | None = None
    seller_name: str
    seller_country_code: str
    seller_region_code: str | None = None
    seller_tax_number: str | None = None
    buyer_name: str
    buyer_country_code: str
    buyer_region_code: str | None = None
    buyer_tax_number: str | None = None
    subtotal_minor: int = Field(sa_type=BigInteger)
    tax_category_code: str
    tax_rate_percent: Decimal = Field(sa_type=Numeric(7, 4))
    tax_reason_code: str | None = None
    tax_reason: str | None = None
    tax_rule_id: UUID | None = None
    tax_total_minor: int = Field(sa_type=BigInteger)
    total_minor: int | None = Field(
        default=None, sa_type=BigInteger, sa_column_kwargs={"server_default": FetchedValue()}
    )
    set_off_minor: int = Field(sa_type=BigInteger)
    amount_due_minor: int | None = Field(
        default=None, sa_type=BigInteger, sa_column_kwargs={"server_default": FetchedValue()}
    )


class PlatformFeeLine(SQLModel, table=True):
    """One journal entry's platform fee, on one such bill."""

    __tablename__ = "platform_fee_line"

    platform_fee_invoice_id: UUID = Field(primary_key=True)
    position: int = Field(primary_key=True)
    vendor_id: UUID
    contract_id: UUID
    entry_id: UUID
    invoice_id: UUID | None = None
    kind: str
    document_number: str | None = None
    effective_on: date
    currency_code: str
    platform_fee_minor: int = Field(sa_type=BigInteger)
    tax_minor: int = Field(default=0, sa_type=BigInteger)
