"""Walking the journal's chains: what was changed behind the product's back is named."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import Numeric, Text, and_, case, column, distinct, func, or_, select, table, true
from sqlmodel import col

from core.chains import FIRST_PREVIOUS_HASH, link
from services.billing.adjustments.models import CreditNote
from services.billing.invoices.models import Invoice
from services.billing.ledger.journal import digest_of
from services.billing.ledger.models import JournalEntry, Posting
from services.billing.payments.models import Payment

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence
    from uuid import UUID

    from sqlalchemy import ColumnElement, Row, Select

    from core.db import Transaction


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """The first place where a contract's chain is not as it was written; no sequence: an entry is missing."""

    contract_id: UUID
    sequence: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Books:
    """How much the journal holds: contracts and entries, and the sum of all postings, which is zero per currency."""

    contracts: int
    entries: int
    sums_minor: Mapping[str, int]

    @property
    def balanced(self) -> bool:
        """Whether debits and credits are the same in every currency."""
        return not any(self.sums_minor.values())


async def books(tx: Transaction, contract_id: UUID | None = None) -> Books:
    """Count and add up the journal, or one contract's part of it; the actor must see all of that."""

    def within(column: Any) -> ColumnElement[bool]:  # noqa: ANN401  (SQLModel's column)
        return true() if contract_id is None else col(column) == contract_id

    found = await tx.one(
        select(
            func.count(distinct(col(JournalEntry.contract_id))).label("contracts"), func.count().label("entries")
        ).where(within(JournalEntry.contract_id))
    )
    currency = col(Posting.currency_code)
    sums = await tx.all(
        select(currency, func.sum(col(Posting.amount_minor), type_=Numeric).label("total"))
        .where(within(Posting.contract_id))
        .group_by(currency)
        .order_by(currency)
    )
    return Books(found.contracts, found.entries, {row.currency_code: int(row.total) for row in sums})


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
    """Find an invoice, its voiding, a credit note or a payment that was never posted, or a flow that may not exist.

    Entries taken from the end of a chain leave no gap.
    """

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
            col(Invoice.number).is_not(None),
            or_(~posted("INVOICE_ISSUED"), and_(col(Invoice.status) == "VOID", ~posted("INVOICE_VOIDED"))),
        )
        .order_by(col(Invoice.id))
        .limit(1)
    )
    if unposted:
        return BrokenLink(contract_id, None, f"invoice {unposted} has no entry")
    if note := await tx.scalar(_without_entry(CreditNote, "CREDIT_NOTE_ISSUED", contract_id, CreditNote.number)):
        return BrokenLink(contract_id, None, f"credit note {note} has no entry")
    received = _without_entry(Payment, "PAYMENT_RECEIVED", contract_id, Payment.reason)
    if await tx.scalar(received.where(col(Payment.received_minor) > 0)):
        return BrokenLink(contract_id, None, "a payment that was received has no entry")
    return await _unknown_flow(tx, contract_id)


def _without_entry(document: Any, kind: str, contract_id: UUID, told: Any) -> Select[Any]:  # noqa: ANN401  (tables)
    """The first credit note or payment that no entry of its kind is of."""
    posted = (
        select(col(JournalEntry.id))
        .where(
            col(JournalEntry.contract_id) == document.contract_id,
            col(JournalEntry.subject_id) == document.id,
            col(JournalEntry.kind) == kind,
        )
        .exists()
    )
    found = select(col(told)).where(col(document.contract_id) == contract_id, ~posted)
    return found.order_by(col(document.id)).limit(1)


async def _unknown_flow(tx: Transaction, contract_id: UUID) -> BrokenLink | None:
    """Find an entry that debits or credits an account that its kind never does: a balanced entry can still be wrong."""
    flow = table("journal_flow", column("kind", Text), column("account", Text), column("side", Text))
    side = case((col(Posting.amount_minor) > 0, "DEBIT"), else_="CREDIT")
    entry = await tx.one_or_none(
        select(col(JournalEntry.sequence), col(JournalEntry.kind), col(Posting.account))
        .join(
            Posting,
            and_(col(Posting.contract_id) == JournalEntry.contract_id, col(Posting.entry_id) == JournalEntry.id),
        )
        .outerjoin(
            flow,
            and_(flow.c.kind == JournalEntry.kind, flow.c.account == Posting.account, flow.c.side == side),
        )
        .where(col(JournalEntry.contract_id) == contract_id, flow.c.kind.is_(None))
        .order_by(col(JournalEntry.sequence))
        .limit(1)
    )
    if entry is None:
        return None
    return BrokenLink(
        contract_id, entry.sequence, f"an entry of the kind {entry.kind} does not post to {entry.account}"
    )
