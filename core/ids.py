"""Row ids, and their public form `prefix_…`: opaque, and one index probe to look up."""

from __future__ import annotations

import base64
import binascii
import os
import time
from typing import NamedTuple
from uuid import UUID

from core.errors import DomainError


class InvalidId(DomainError):
    """The id is malformed, or names another type of thing than this field takes."""


class RowKey(NamedTuple):
    """What tells a contract's row apart: the contract's id leads, as in every primary key of its tables."""

    contract_id: UUID
    id: UUID


_counter = 0
_last_ms = 0


def new_id() -> UUID:
    """Make a UUIDv7 (RFC 9562): later ids sort after earlier ones, within one process strictly so."""
    global _counter, _last_ms  # noqa: PLW0603  (the sequence within a millisecond is process-wide by its nature)
    now_ms = time.time_ns() // 1_000_000
    if now_ms <= _last_ms:
        now_ms, _counter = _last_ms, _counter + 1
        if _counter > 0xFFF:  # noqa: PLR2004  (the twelve bits of rand_a)
            now_ms, _counter = now_ms + 1, 0
    else:
        _counter = int.from_bytes(os.urandom(1), "big")
    _last_ms = now_ms
    low = int.from_bytes(os.urandom(8), "big") & ((1 << 62) - 1)
    return UUID(int=(now_ms << 80) | (0x7 << 76) | (_counter << 64) | (0b10 << 62) | low)


def encode(prefix: str, *ids: UUID) -> str:
    """Write the public form of a row's key: one id, or a contract's id and the row's."""
    return f"{prefix}_{base64.urlsafe_b64encode(b''.join(i.bytes for i in ids)).rstrip(b'=').decode()}"


def decode(prefix: str, public_id: str, *, parts: int = 1, field: str | None = None) -> tuple[UUID, ...]:
    """Read a public id of `parts` row ids; refuses any other form or prefix with InvalidId."""
    wanted = InvalidId(f"{public_id[:80]!r} is not an id of the form {prefix}_…", field=field)
    given, separator, body = public_id.partition("_")
    if given != prefix or not separator:
        raise wanted
    try:
        raw = base64.b64decode(body + "=" * (-len(body) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise wanted from None
    if len(raw) != 16 * parts:
        raise wanted
    ids = tuple(UUID(bytes=raw[at : at + 16]) for at in range(0, len(raw), 16))
    if encode(prefix, *ids) != public_id:
        raise wanted
    return ids
