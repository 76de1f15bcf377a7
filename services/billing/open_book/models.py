"""The tables of the open book; what must hold is in the migrations, as constraints and policies."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, DateTime
from sqlmodel import Field, SQLModel


class ActualCost(SQLModel, table=True):
    """What a line really cost the vendor in a period."""

    __tablename__ = "actual_cost"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    contract_line_id: UUID
    period_starts_on: date
    period_ends_on: date
    cost_minor: int = Field(sa_type=BigInteger)
    recorded_at: datetime = Field(sa_type=DateTime(timezone=True))
