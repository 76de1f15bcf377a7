"""What work and errands are about, and what they work with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from core.actor import NOBODY
from core.db import Database
from core.events import ContractKey
from core.sealing import MasterKeys
from core.settings import Settings
from services.delivery.blobs import BlobStore

NO_CONTRACT: Final = ContractKey(NOBODY, NOBODY, NOBODY)
"""Of an errand that belongs to no contract."""


@dataclass(frozen=True, slots=True)
class About:
    """What a job is about: a row, and the contract that it belongs to; NOBODY's where it belongs to none."""

    contract_id: UUID
    object_id: UUID


@dataclass(frozen=True, slots=True)
class Means:
    """What an errand works with: transactions, files, keys, and what the environment says about outside systems."""

    database: Database
    blobs: BlobStore
    settings: Settings
    keys: MasterKeys


@dataclass(frozen=True, slots=True)
class Due:
    """An errand that should have been run and may be lost: it is queued again."""

    event: str
    contract: ContractKey
    object_id: UUID
