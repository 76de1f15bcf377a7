"""The tables of sites; what must hold is in the migrations, as constraints and policies."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ARRAY, DateTime, Numeric, Text
from sqlalchemy.dialects.postgresql import TSTZRANGE, Range
from sqlmodel import Field, SQLModel


class LmsSite(SQLModel, table=True):
    """A connection to an association's LMS: what it is, and how it is."""

    __tablename__ = "lms_site"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    name: str
    system: str
    base_url: str | None = None
    status: str
    removal_threshold_percent: Decimal = Field(default=Decimal(10), sa_type=Numeric(5, 2))
    removal_threshold_rows: int = Field(default=25)
    protected_member_numbers: list[str] = Field(default_factory=list, sa_type=ARRAY(Text))
    condition: str | None = None
    condition_since: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    probed_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    lms_version: str | None = None
    capabilities: list[str] = Field(default_factory=list, sa_type=ARRAY(Text))
    open_until: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    failures_in_a_row: int = Field(default=0)
    connected_at: datetime = Field(sa_type=DateTime(timezone=True))
    connected_by_member_id: UUID | None = None
    connected_by_name: str | None = None
    connected_by_email: str | None = None
    connected_by_organization_id: UUID | None = None
    connected_by_organization_name: str | None = None
    disconnected_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    credential_id: UUID | None = None
    credential_stored_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class LmsCredential(SQLModel, table=True):
    """A sealed credential; the serving role writes it and never reads it."""

    __tablename__ = "lms_credential"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    site_id: UUID
    key_id: str
    wrapped_key: bytes
    nonce: bytes
    ciphertext: bytes
    stored_at: datetime = Field(sa_type=DateTime(timezone=True))


class LmsProbe(SQLModel, table=True):
    """How a site answered when it was asked how it is."""

    __tablename__ = "lms_probe"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    site_id: UUID
    probed_at: datetime = Field(sa_type=DateTime(timezone=True))
    condition: str
    planned: bool
    latency_ms: int
    lms_version: str | None = None
    message: str | None = None


class LmsMaintenance(SQLModel, table=True):
    """Maintenance that somebody announced; nothing is sent to the site meanwhile."""

    __tablename__ = "lms_maintenance"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    site_id: UUID
    during: Range[datetime] = Field(sa_type=TSTZRANGE)
    reason: str
    announced_at: datetime = Field(sa_type=DateTime(timezone=True))
    announced_by_member_id: UUID | None = None
    announced_by_name: str | None = None
    announced_by_email: str | None = None
    announced_by_organization_id: UUID | None = None
    announced_by_organization_name: str | None = None
    withdrawn_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class LmsGrant(SQLModel, table=True):
    """A grant narrowed to a site and to operations."""

    __tablename__ = "lms_grant"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    grant_id: UUID
    member_id: UUID
    site_id: UUID
    operations: list[str] = Field(sa_type=ARRAY(Text))
    reason: str
    narrowed_at: datetime = Field(sa_type=DateTime(timezone=True))
    narrowed_by_member_id: UUID | None = None
    narrowed_by_name: str | None = None
    narrowed_by_email: str | None = None
    narrowed_by_organization_id: UUID | None = None
    narrowed_by_organization_name: str | None = None
    lifted_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
