"""The tables of the journal; what must hold is in the migrations, as constraints and policies."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, DateTime
from sqlmodel import Field, SQLModel


class JournalEntry(SQLModel, table=True):
    """One balanced, chained entry of the append-only journal."""

    __tablename__ = "journal_entry"

    contract_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    sequence: int
    kind: str
    invoice_id: UUID | None = None
    reverses_entry_id: UUID | None = None
    effective_at: datetime = Field(sa_type=DateTime(timezone=True))
    recorded_at: datetime = Field(sa_type=DateTime(timezone=True))
    salt: bytes
    digest: bytes
    previous_hash: bytes
    hash: bytes
    subject_id: UUID | None = None


class Posting(SQLModel, table=True):
    """One side of an entry: debits are positive."""

    __tablename__ = "posting"

    contract_id: UUID = Field(primary_key=True)
    entry_id: UUID = Field(primary_key=True)
    position: int = Field(primary_key=True)
    association_id: UUID
    vendor_id: UUID
    account: str
    currency_code: str
    amount_minor: int = Field(sa_type=BigInteger)
