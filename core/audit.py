"""The audit trail: what every mutation leaves behind."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


class AuditEvent(SQLModel, table=True):
    """What one member did, kept as it was; never changed and never deleted."""

    __tablename__ = "audit_event"

    id: UUID = Field(primary_key=True)
    contract_id: UUID | None = None
    association_id: UUID | None = None
    vendor_id: UUID | None = None
    actor_member_id: UUID
    actor_name: str
    actor_email: str
    actor_organization_id: UUID
    actor_organization_name: str
    type: str
    object_id: UUID
    before: dict[str, Any] = Field(sa_type=JSONB)
    after: dict[str, Any] = Field(sa_type=JSONB)
    reason: str | None = None
    request_id: str
    recorded_at: datetime = Field(sa_type=DateTime(timezone=True))
