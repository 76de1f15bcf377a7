"""Walking the journal's chains: what was changed behind the product's back is named."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, or_, select
from sqlmodel import col

from services.billing.journal import FIRST_PREVIOUS_HASH, digest_of, link
from services.billing.models import Invoice, JournalEntry, Posting

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from uuid import UUID

    from sqlalchemy import Row

    from core.db import Transaction


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """The first place where a contract's chain is not as it was written; no sequence: an entry is missing."""

    contract_id: UUID
    sequence: int | None
    reason: str


async def verify_all(tx: Transaction) -> AsyncIterator[BrokenLink]:
    """Walk the chain of every contract that was ever billed; the actor must see all rows: the batch role does."""
    billed = select(col(Invoice.contract_id)).union(select(col(JournalEntry.contract_id)))
    # a contract at a time, so that memory does not grow with the journal
    for contract in await tx.all(billed):
        if broken := await verify(tx, contract.contract_id):
            yield broken


async def verify(tx: Transaction, contract_id: UUID) -> BrokenLink | None:
    """Walk one contract's chain; returns the first broken link, None when all is as it was written."""
    rows = await tx.all(
        select(
            *JournalEntry.__table__.c,  # type: ignore[attr-defined]  # SQLModel types no table
            col(Posting.account),
            col(Posting.currency_code),
            col(Posting.amount_minor),
        )
        .outerjoin(
            Posting,
            and_(col(Posting.contract_id) == JournalEntry.contract_id, col(Posting.entry_id) == JournalEntry.id),
        )
        .where(col(JournalEntry.contract_id) == contract_id)
        .order_by(col(JournalEntry.sequence), col(Posting.position))
    )
    previous = FIRST_PREVIOUS_HASH
    entries = [list(postings) for _, postings in groupby(rows, key=attrgetter("sequence"))]
    for expected, postings in enumerate(entries, start=1):
        entry = postings[0]
        if reason := _fault(entry, postings, expected, previous):
            return BrokenLink(contract_id, entry.sequence, reason)
        previous = entry.hash
    return await _missing_entry(tx, contract_id)


def _fault(entry: Row[Any], postings: Sequence[Row[Any]], expected: int, previous: bytes) -> str | None:
    sums: Counter[str] = Counter()
    for side in postings:
        sums[side.currency_code] += side.amount_minor or 0
    if entry.sequence != expected:
        return f"entry {expected} is missing"
    if entry.previous_hash != previous:
        return "it does not follow the entry before it"
    sides = [side for side in postings if side.account is not None]
    if entry.digest != digest_of(entry._mapping, sides):  # noqa: SLF001  (SQLAlchemy's public name for the row as a mapping)
        return "the entry or its postings were changed"
    if entry.hash != link(previous, entry.digest):
        return "its hash is not that of its digest"
    if any(sums.values()):
        return "its postings do not sum to zero"
    return None


async def _missing_entry(tx: Transaction, contract_id: UUID) -> BrokenLink | None:
    """Find an invoice, or its voiding, that was never posted: entries taken from the end leave no gap."""

    def posted(kind: str) -> Any:  # noqa: ANN401  (an EXISTS)
        return (
            select(col(JournalEntry.id))
            .where(
                col(JournalEntry.contract_id) == Invoice.contract_id,
                col(JournalEntry.invoice_id) == Invoice.id,
                col(JournalEntry.kind) == kind,
            )
            .exists()
        )

    unposted = await tx.scalar(
        select(col(Invoice.number))
        .where(
            col(Invoice.contract_id) == contract_id,
            or_(~posted("INVOICE_ISSUED"), and_(col(Invoice.status) == "VOID", ~posted("INVOICE_VOIDED"))),
        )
        .order_by(col(Invoice.id))
        .limit(1)
    )
    return BrokenLink(contract_id, None, f"invoice {unposted} has no entry") if unposted else None
