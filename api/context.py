"""What one request carries from the door to the database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeAlias

import strawberry

from core.actor import Actor
from core.db import Database, Transaction
from core.sealing import MasterKeys
from core.settings import Settings
from services.delivery.blobs import BlobStore


@dataclass
class RequestContext:
    """Who asks, when, and where it is kept; `tx` is the open write while a mutation runs."""

    actor: Actor
    database: Database
    blobs: BlobStore
    settings: Settings
    keys: MasterKeys
    request_id: str
    idempotency_key: str | None = None
    request_hash: bytes = b""
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    read: Mapping[str, bytes] = field(default_factory=dict)
    """The planned fields of a query, by response key."""
    running: Transaction | None = None

    @property
    def tx(self) -> Transaction:
        """The transaction of the mutation that runs."""
        assert self.running is not None, "only a mutation has a transaction"
        return self.running


Info: TypeAlias = strawberry.Info[RequestContext, Any]
