"""A chain of digests: what was written is never changed without being found, and personal data stays outside of it."""

from __future__ import annotations

import hashlib
from datetime import UTC
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Final

FIRST_PREVIOUS_HASH: Final = bytes(32)
SALT_BYTES: Final = 32


def link(previous_hash: bytes, digest: bytes) -> bytes:
    """Chain a digest to all that came before it."""
    return hashlib.sha256(previous_hash + digest).digest()


def instant(at: datetime) -> str:
    """An instant as digests have it: UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
