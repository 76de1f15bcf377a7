"""The tables of identity; what must hold is in the migrations, as constraints and policies."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ARRAY, DateTime, Numeric, Text
from sqlmodel import Field, SQLModel


class Organization(SQLModel, table=True):
    """An association, a vendor, or the operator of this marketplace."""

    __tablename__ = "organization"

    id: UUID = Field(primary_key=True)
    kind: str
    name: str
    country_code: str
    time_zone: str
    platform_fee_percent: Decimal | None = Field(default=None, sa_type=Numeric(5, 2))
    created_at: datetime = Field(sa_type=DateTime(timezone=True))


class Member(SQLModel, table=True):
    """A person, or a vendor's own system, in one organization with its roles."""

    __tablename__ = "member"

    id: UUID = Field(primary_key=True)
    organization_id: UUID
    person_id: UUID
    kind: str
    name: str
    email: str
    roles: list[str] = Field(sa_type=ARRAY(Text))
    created_at: datetime = Field(sa_type=DateTime(timezone=True))
    ended_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class Invitation(SQLModel, table=True):
    """An offer of membership, bound to whoever presents its code."""

    __tablename__ = "invitation"

    id: UUID = Field(primary_key=True)
    organization_id: UUID
    name: str
    email: str
    roles: list[str] = Field(sa_type=ARRAY(Text))
    code_hash: bytes
    invited_at: datetime = Field(sa_type=DateTime(timezone=True))
    invited_by_member_id: UUID
    expires_at: datetime = Field(sa_type=DateTime(timezone=True))
    accepted_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    accepted_member_id: UUID | None = None


class ApiKey(SQLModel, table=True):
    """Credentials of a vendor's own system; only a hash of the secret is kept."""

    __tablename__ = "api_key"

    id: UUID = Field(primary_key=True)
    organization_id: UUID
    member_id: UUID
    name: str
    secret_hash: bytes
    created_at: datetime = Field(sa_type=DateTime(timezone=True))
    created_by_member_id: UUID
    revoked_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
