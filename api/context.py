"""What one request carries from the door to the database."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeAlias

import asyncpg
import strawberry

from core.actor import Actor
from core.db import Database, Transaction
from services.delivery.blobs import BlobStore


@dataclass
class RequestContext:
    """Who asks, when, and where it is kept; `tx` is the open write while a mutation runs."""

    actor: Actor
    database: Database
    blobs: BlobStore
    request_id: str
    idempotency_key: str | None = None
    request_hash: bytes = b""
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    running: Transaction | None = None

    def reading(self) -> "AbstractAsyncContextManager[asyncpg.Connection[Any]]":
        """Lend a connection on which the actor is set."""
        return self.database.reading(self.actor)

    @property
    def tx(self) -> Transaction:
        """The transaction of the mutation that runs."""
        assert self.running is not None, "only a mutation has a transaction"
        return self.running


Info: TypeAlias = strawberry.Info[RequestContext, Any]
