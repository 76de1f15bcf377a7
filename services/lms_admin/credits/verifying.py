"""Walking the ledger's chains: what was changed behind the product's back is named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, case, exists, func, select
from sqlmodel import col

from core.chains import FIRST_PREVIOUS_HASH, link
from services.lms_admin.credits.erasing import NAMES_THE_LEARNER
from services.lms_admin.credits.ledger import digest_of, subject_of
from services.lms_admin.credits.models import Certificate, CreditEntry

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from typing import Any, Final
    from uuid import UUID

    from sqlalchemy import Row

    from core.db import Transaction


ENTRIES_AT_ONCE: Final = 2000
"""So that memory does not grow with a ledger."""


@dataclass(frozen=True, slots=True)
class BrokenEntry:
    """The first place where a contract's ledger is not as it was written; no sequence: an entry is missing."""

    contract_id: UUID
    sequence: int | None
    reason: str


async def verify_credits(tx: Transaction, contract_id: UUID | None = None) -> AsyncIterator[BrokenEntry]:
    """Walk the ledger of every contract, or of one; the actor must see all rows: the batch role does.

    What named a learner may have been erased: then that is not compared, and all else still is.
    """
    contracts = select(col(Certificate.contract_id)).union(select(col(CreditEntry.contract_id)))
    for contract in [contract_id] if contract_id else [row.contract_id for row in await tx.all(contracts)]:
        if broken := await _verify(tx, contract):
            yield broken


async def count_credits(tx: Transaction, contract_id: UUID | None = None) -> int:
    """How many entries of credit there are, of all contracts or of one."""
    counted = select(func.count()).select_from(CreditEntry)
    if contract_id is not None:
        counted = counted.where(col(CreditEntry.contract_id) == contract_id)
    return int(await tx.scalar(counted))


async def _verify(tx: Transaction, contract_id: UUID) -> BrokenEntry | None:
    sequence, previous = 0, FIRST_PREVIOUS_HASH
    while entries := await _entries_after(tx, contract_id, sequence):
        for entry in entries:
            if reason := _fault(entry, sequence + 1, previous):
                return BrokenEntry(contract_id, entry.sequence, reason)
            sequence, previous = entry.sequence, entry.hash
    return await _without_entry(tx, contract_id)


async def _entries_after(tx: Transaction, contract_id: UUID, sequence: int) -> Sequence[Row[Any]]:
    of_the_entry = and_(
        col(Certificate.contract_id) == CreditEntry.contract_id, col(Certificate.id) == CreditEntry.certificate_id
    )
    return await tx.all(
        select(
            *CreditEntry.__table__.c,  # type: ignore[attr-defined]  # SQLModel adds it
            *(getattr(Certificate, name) for name in (*NAMES_THE_LEARNER, "erased_at")),
        )
        .join(Certificate, of_the_entry)
        .where(col(CreditEntry.contract_id) == contract_id, col(CreditEntry.sequence) > sequence)
        .order_by(col(CreditEntry.sequence))
        .limit(ENTRIES_AT_ONCE)
    )


def _fault(entry: Row[Any], expected: int, previous: bytes) -> str | None:
    columns = entry._asdict()
    if entry.sequence != expected:
        return f"entry {expected} is missing"
    if entry.previous_hash != previous:
        return "it does not follow the entry before it"
    if entry.digest != digest_of(columns):
        return "the entry was changed"
    if entry.hash != link(previous, entry.digest):
        return "its hash is not that of its digest"
    if entry.erased_at is None and entry.subject_digest != subject_of(entry.kind, columns):
        return "its certificate was changed"
    return None


async def _without_entry(tx: Transaction, contract_id: UUID) -> BrokenEntry | None:
    """Find a certificate whose state the ledger does not bear out: entries taken from the end leave no gap."""

    def entry(*kinds: str, of: Any = CreditEntry.certificate_id) -> Any:  # noqa: ANN401  (a column, an EXISTS)
        return exists().where(
            col(CreditEntry.contract_id) == Certificate.contract_id,
            col(of) == Certificate.id,
            col(CreditEntry.kind).in_(kinds),
        )

    status = case(
        (~entry("AWARDED", "REISSUED"), "NONE"),
        (entry("REISSUED", of=CreditEntry.replaces_certificate_id), "REPLACED"),
        (entry("REVOKED"), "REVOKED"),
        else_="VALID",
    )
    wrong = await tx.scalar(
        select(col(Certificate.id))
        .where(col(Certificate.contract_id) == contract_id, col(Certificate.status) != status)
        .order_by(col(Certificate.id))
        .limit(1)
    )
    return BrokenEntry(contract_id, None, f"certificate {wrong} is not as its entries say") if wrong else None
