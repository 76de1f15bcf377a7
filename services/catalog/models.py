"""The tables of catalog; what must hold is in the migrations, as constraints and policies."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ARRAY, DateTime, FetchedValue, Numeric, Text
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlmodel import Field, SQLModel


class Offering(SQLModel, table=True):
    """A service that a vendor sells, through all its versions."""

    __tablename__ = "offering"

    id: UUID = Field(primary_key=True)
    vendor_id: UUID
    status: str
    current_version_id: UUID | None = None
    draft_version_id: UUID | None = None
    created_at: datetime = Field(sa_type=DateTime(timezone=True))
    published_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    retired_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class OfferingVersion(SQLModel, table=True):
    """What an offering says; frozen once published."""

    __tablename__ = "offering_version"

    id: UUID = Field(primary_key=True)
    offering_id: UUID
    vendor_id: UUID
    number: int
    title: str
    summary: str
    category: str | None = None
    delivery_countries: list[str] = Field(sa_type=ARRAY(Text))
    languages: list[str] = Field(sa_type=ARRAY(Text))
    time_zone: str | None = None
    office_types: list[str] = Field(sa_type=ARRAY(Text))
    deepest_disclosure_tier: str
    deliverables: list[str] = Field(sa_type=ARRAY(Text))
    exclusions: list[str] = Field(sa_type=ARRAY(Text))
    assumptions: list[str] = Field(sa_type=ARRAY(Text))
    buyer_inputs: list[str] = Field(sa_type=ARRAY(Text))
    created_at: datetime = Field(sa_type=DateTime(timezone=True))
    published_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class RateCardEntry(SQLModel, table=True):
    """One price of a version's rate card."""

    __tablename__ = "rate_card_entry"

    version_id: UUID = Field(primary_key=True)
    vendor_id: UUID
    key: str = Field(primary_key=True)
    position: int
    title: str
    office_type: str
    unit: str
    unit_price: Decimal = Field(sa_type=Numeric(18, 6))
    currency_code: str
    published: bool = False


class RateCardCost(SQLModel, table=True):
    """The standard cost behind a price; for the vendor alone."""

    __tablename__ = "rate_card_cost"

    version_id: UUID = Field(primary_key=True)
    vendor_id: UUID
    key: str = Field(primary_key=True)
    unit_cost: Decimal = Field(sa_type=Numeric(18, 6))
    currency_code: str


class ServiceLevel(SQLModel, table=True):
    """What a version promises about response, resolution or uptime."""

    __tablename__ = "service_level"

    version_id: UUID = Field(primary_key=True)
    vendor_id: UUID
    key: str = Field(primary_key=True)
    position: int
    metric: str
    threshold_minutes: int | None = None
    target_percent: Decimal = Field(sa_type=Numeric(5, 2))
    period: str
    published: bool = False


class CatalogListing(SQLModel, table=True):
    """The public face of a published offering: no cost, no row-level security, indexes that work."""

    __tablename__ = "catalog_listing"

    id: UUID = Field(primary_key=True)
    vendor_id: UUID
    vendor_name: str
    version_id: UUID
    version_number: int
    status: str | None = Field(default=None, sa_column_kwargs={"server_default": FetchedValue()})
    title: str
    summary: str
    category: str
    delivery_countries: list[str] = Field(sa_type=ARRAY(Text))
    languages: list[str] = Field(sa_type=ARRAY(Text))
    time_zone: str | None = None
    office_types: list[str] = Field(sa_type=ARRAY(Text))
    deepest_disclosure_tier: str
    deliverables: list[str] = Field(sa_type=ARRAY(Text))
    exclusions: list[str] = Field(sa_type=ARRAY(Text))
    assumptions: list[str] = Field(sa_type=ARRAY(Text))
    buyer_inputs: list[str] = Field(sa_type=ARRAY(Text))
    units: list[str] = Field(sa_type=ARRAY(Text))
    currency_code: str
    lowest_unit_prices: dict[str, Decimal] = Field(sa_type=JSONB)
    published_at: datetime = Field(sa_type=DateTime(timezone=True))
    retired_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    search: str = Field(sa_type=TSVECTOR)
    names: str | None = Field(default=None, sa_column_kwargs={"server_default": FetchedValue()})
