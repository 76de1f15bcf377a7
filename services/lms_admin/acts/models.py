"""The tables of acts; what must hold is in the migrations, as constraints and policies."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Numeric
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


class LmsChain(SQLModel, table=True):
    """The end of a contract's chain of acts; locked by whoever appends."""

    __tablename__ = "lms_chain"

    contract_id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    sequence: int = Field(sa_type=BigInteger)
    hash: bytes


class LmsAct(SQLModel, table=True):
    """Something that was done, or tried, on an LMS: who, for whom, what, and how it is known."""

    __tablename__ = "lms_act"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    sequence: int = Field(sa_type=BigInteger)
    site_id: UUID
    job_id: UUID | None = None
    item_id: UUID | None = None
    operation: str
    action: str
    outcome: str
    verification: str
    error_code: str | None = None
    lms_system: str
    lms_version: str | None = None
    on_behalf_of: str
    acted_at: datetime = Field(sa_type=DateTime(timezone=True))
    recorded_at: datetime = Field(sa_type=DateTime(timezone=True))
    acted_by_member_id: UUID | None = None
    acted_by_name: str | None = None
    acted_by_email: str | None = None
    acted_by_organization_id: UUID | None = None
    acted_by_organization_name: str | None = None
    subject_digest: bytes
    before_digest: bytes
    after_digest: bytes
    digest: bytes
    previous_hash: bytes
    hash: bytes


class LmsActSubject(SQLModel, table=True):
    """Whom an act was about, with before and after; erasable, since the chain holds salted digests alone."""

    __tablename__ = "lms_act_subject"

    contract_id: UUID = Field(primary_key=True)
    act_id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    site_id: UUID
    salt: bytes | None = None
    member_number: str | None = None
    course_key: str | None = None
    before: dict[str, Any] | None = Field(default=None, sa_type=JSONB(none_as_null=True))
    after: dict[str, Any] | None = Field(default=None, sa_type=JSONB(none_as_null=True))
    error_message: str | None = None
    erased_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class LmsMeteredItem(SQLModel, table=True):
    """What an item was metered as: once, whatever happens."""

    __tablename__ = "lms_metered_item"

    contract_id: UUID = Field(primary_key=True)
    item_id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    job_id: UUID
    work_record_id: UUID
    quantity: Decimal = Field(sa_type=Numeric(18, 6))
