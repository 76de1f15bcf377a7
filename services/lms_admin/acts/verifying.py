"""Walking the chains of acts: what was changed, or taken away, behind the product's back is named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, select, text
from sqlmodel import col

from core.chains import FIRST_PREVIOUS_HASH, link
from services.lms_admin.acts.chaining import digest_of, subject_digests
from services.lms_admin.acts.models import LmsAct, LmsActSubject, LmsChain

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence
    from typing import Any, Final
    from uuid import UUID

    from sqlalchemy import Row

    from core.db import Transaction

ACTS_AT_ONCE: Final = 2000
"""So that memory does not grow with a chain."""
UNTOLD: Final = text(
    """
    select i.id from lms_job_item i
    where i.contract_id = :contract_id and i.status in ('APPLIED', 'ALREADY_SO', 'REJECTED')
        and not exists (select from lms_act a where a.contract_id = i.contract_id and a.item_id = i.id)
    limit 1
    """
)
SUBJECT: Final = ("salt", "member_number", "course_key", "before", "after", "error_message", "erased_at")


@dataclass(frozen=True, slots=True)
class BrokenAct:
    """The first place where a contract's chain of acts is not as it was written; no sequence: the end is missing."""

    contract_id: UUID
    sequence: int | None
    reason: str


async def count_acts(tx: Transaction, contract_id: UUID | None = None) -> int:
    """How many acts there are, of all contracts or of one."""
    counted = select(func.count()).select_from(LmsAct)
    if contract_id is not None:
        counted = counted.where(col(LmsAct.contract_id) == contract_id)
    return int(await tx.scalar(counted))


async def verify_all_acts(tx: Transaction) -> AsyncIterator[BrokenAct]:
    """Walk the chain of every contract under which something was done; the actor must see all rows."""
    # a contract with a job may have lost its whole chain
    tables = ("lms_chain", "lms_act", "lms_job")
    acted = text(" union ".join(f"select contract_id from {table}" for table in tables))  # noqa: S608  (our own words)
    for contract in await tx.all(acted):
        if broken := await verify_acts(tx, contract.contract_id):
            yield broken


async def verify_acts(tx: Transaction, contract_id: UUID) -> BrokenAct | None:
    """Walk one contract's chain; returns the first broken link, None when all is as it was written.

    Whom an act was about may have been erased: then that is not compared, and all else still is.
    """
    sequence, previous = 0, FIRST_PREVIOUS_HASH
    while acts := await _acts_after(tx, contract_id, sequence):
        for act in acts:
            if reason := _fault(act, sequence + 1, previous):
                return BrokenAct(contract_id, act.sequence, reason)
            sequence, previous = act.sequence, act.hash
    reason = await _end_fault(tx, contract_id, sequence, previous)
    return BrokenAct(contract_id, None, reason) if reason else None


async def _acts_after(tx: Transaction, contract_id: UUID, sequence: int) -> Sequence[Row[Any]]:
    subject = LmsActSubject.__table__.c  # type: ignore[attr-defined]
    about = and_(subject.contract_id == LmsAct.contract_id, subject.act_id == LmsAct.id)
    return await tx.all(
        select(*LmsAct.__table__.c, subject.act_id, *(subject[name] for name in SUBJECT))  # type: ignore[attr-defined]
        .outerjoin(LmsActSubject, about)
        .where(col(LmsAct.contract_id) == contract_id, col(LmsAct.sequence) > sequence)
        .order_by(col(LmsAct.sequence))
        .limit(ACTS_AT_ONCE)
    )


def _fault(act: Row[Any], expected: int, previous: bytes) -> str | None:
    row = act._asdict()
    if act.sequence != expected:
        return f"act {expected} is missing"
    if act.previous_hash != previous:
        return "it does not follow the act before it"
    if act.digest != digest_of(row):
        return "the act was changed"
    if act.hash != link(previous, act.digest):
        return "its hash is not that of its digest"
    return _fault_of_subject(act, row)


def _fault_of_subject(act: Row[Any], row: Mapping[str, Any]) -> str | None:
    if act.act_id is None:
        return "whom it was about is missing, and was not erased"
    if act.erased_at is None and any(row[name] != digest for name, digest in subject_digests(act.salt, row).items()):
        return "whom it was about, or what was before or after, was changed"
    return None


async def _end_fault(tx: Transaction, contract_id: UUID, sequence: int, last: bytes) -> str | None:
    """Find acts that were taken from the end, which leaves no gap: the chain's end, and what was done, tell."""
    end = await tx.one_or_none(
        select(col(LmsChain.sequence), col(LmsChain.hash)).where(col(LmsChain.contract_id) == contract_id)
    )
    if (end and (end.sequence, end.hash)) != ((sequence, last) if sequence else None):
        told = end.sequence if end else "no"
        return f"the chain ends after act {sequence}, and says that it has {told} acts"
    if untold := await tx.scalar(UNTOLD.bindparams(contract_id=contract_id)):
        return f"item {untold} was done, and has no act"
    return None
