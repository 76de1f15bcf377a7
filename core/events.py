"""One event for every change: who, for whom, what, before, after, why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class ContractKey:
    """The three ids that every row of a contract carries, and that its policies read."""

    contract_id: UUID
    association_id: UUID
    vendor_id: UUID

    @property
    def columns(self) -> dict[str, UUID]:
        """The key as the columns of a row."""
        return {
            "contract_id": self.contract_id,
            "association_id": self.association_id,
            "vendor_id": self.vendor_id,
        }


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, as the audit trail keeps it.

    Both parties of a contract read it, so `before` and `after` never hold a cost, a secret or a token.
    `due_at` is when the background work that follows this event may begin (worker/table.py); None: none follows.
    """

    type: str
    object_id: UUID
    contract: ContractKey | None = None
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    reason: str | None = None
    due_at: datetime | None = None
