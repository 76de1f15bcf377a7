"""The same request again has the same effect once: a key per member, kept with the write it belongs to."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import DateTime, delete, func, insert, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel, col

from core.errors import DomainError

if TYPE_CHECKING:
    from typing import Final

    from core.db import Transaction

KEPT: Final = timedelta(hours=24)
LONGEST_KEY: Final = 255


class IdempotencyKeyReused(DomainError):
    """The Idempotency-Key was used in the last 24 hours for a request with another body."""


class IdempotencyKey(SQLModel, table=True):
    """What a member's request was answered with: ids only, to be read again with the rights of the day."""

    __tablename__ = "idempotency_key"

    member_id: UUID = Field(primary_key=True)
    key: str = Field(primary_key=True)
    request_hash: bytes
    payload: dict[str, Any] = Field(sa_type=JSONB)
    created_at: datetime = Field(sa_type=DateTime(timezone=True))


class RequestRunning(Exception):
    """The first request with this key has not ended yet."""


async def earlier_payload(tx: Transaction, *, key: str, request_hash: bytes) -> dict[str, Any] | None:
    """Return what the same request was answered with, or None when this is the first one.

    The key is held until the transaction ends. Raises RequestRunning while another one holds it;
    refuses another body under the same key with IdempotencyKeyReused.
    """
    held = func.pg_try_advisory_xact_lock(func.hashtextextended(f"{tx.actor.member_id} {key}", 0))
    if not await tx.scalar(select(held)):
        raise RequestRunning
    mine = (col(IdempotencyKey.member_id) == tx.actor.member_id, col(IdempotencyKey.key) == key)
    await tx.execute(delete(IdempotencyKey).where(*mine, col(IdempotencyKey.created_at) <= tx.now - KEPT))
    found = await tx.one_or_none(select(col(IdempotencyKey.request_hash), col(IdempotencyKey.payload)).where(*mine))
    if found is None:
        return None
    if found.request_hash != request_hash:
        message = "this Idempotency-Key was used for another request; send a new key with a new request"
        raise IdempotencyKeyReused(message)
    earlier: dict[str, Any] = found.payload
    return earlier


async def keep_payload(tx: Transaction, *, key: str, request_hash: bytes, payload: dict[str, Any]) -> None:
    """Keep the ids of the answer, committed with the write itself."""
    values = {"member_id": tx.actor.member_id, "key": key, "request_hash": request_hash, "payload": payload}
    await tx.execute(insert(IdempotencyKey).values(**values, created_at=tx.now))


async def forget_old_keys(tx: Transaction, *, now: datetime) -> int:
    """Delete the keys that are older than 24 hours; for the worker. Returns how many."""
    return (await tx.execute(delete(IdempotencyKey).where(col(IdempotencyKey.created_at) <= now - KEPT))).rowcount
