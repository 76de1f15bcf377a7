"""Recording acts: what was done on an LMS is appended to its contract's chain, in the transaction that notes it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlmodel import col

from core.chains import FIRST_PREVIOUS_HASH, SALT_BYTES, link
from core.ids import new_id
from services.identity.models import Organization
from services.lms_admin.acts.chaining import digest_of, subject_digests
from services.lms_admin.acts.models import LmsAct, LmsActSubject, LmsChain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction
    from core.events import ContractKey
    from services.lms_admin.adapters.documents import Document
    from services.lms_admin.sites.models import LmsSite


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One thing that was done, or tried; None before or after is what is not there."""

    action: str
    outcome: str
    verification: str
    acted_at: datetime
    item_id: UUID | None = None
    member_number: str | None = None
    course_key: str | None = None
    before: Document | None = None
    after: Document | None = None
    error_code: str | None = None
    message: str | None = None


async def record_acts(
    tx: Transaction,
    *,
    actor: Actor,
    contract: ContractKey,
    site: Row[tuple[LmsSite]],
    operation: str,
    deeds: Sequence[Deed],
    now: datetime,
    job_id: UUID | None = None,
) -> list[UUID]:
    """Append what `actor` did to the contract's chain, in the order given, on behalf of the association.

    Whoever appends waits for the transaction that appended last. Returns the ids of the acts.
    """
    if not deeds:
        return []
    on_behalf_of = await tx.scalar(
        select(col(Organization.name)).where(col(Organization.id) == contract.association_id)
    )
    sequence, previous = await _end_of_chain(tx, contract)
    acts, subjects = [], []
    for deed in deeds:
        sequence += 1
        subject = _subject(contract, site, deed)
        act: dict[str, Any] = {
            **contract.columns,
            "id": subject["act_id"],
            "sequence": sequence,
            "site_id": site.id,
            "job_id": job_id,
            "item_id": deed.item_id,
            "operation": operation,
            "action": deed.action,
            "outcome": deed.outcome,
            "verification": deed.verification,
            "error_code": deed.error_code,
            "lms_system": site.system,
            "lms_version": site.lms_version,
            "on_behalf_of": on_behalf_of,
            "acted_at": deed.acted_at,
            "recorded_at": now,
            **actor.signed("acted_by"),
            **subject_digests(subject["salt"], subject),
            "previous_hash": previous,
        }
        act["digest"] = digest_of(act)
        act["hash"] = previous = link(previous, act["digest"])
        acts.append(act)
        subjects.append(subject)
    await tx.execute(insert(LmsAct), acts)
    await tx.execute(insert(LmsActSubject), subjects)
    await tx.execute(
        update(LmsChain)
        .where(col(LmsChain.contract_id) == contract.contract_id)
        .values(sequence=sequence, hash=previous)
    )
    return [act["id"] for act in acts]


async def _end_of_chain(tx: Transaction, contract: ContractKey) -> tuple[int, bytes]:
    """Lock the end of the chain, begun if this is its first act."""
    await tx.execute(
        upsert(LmsChain).values(**contract.columns, sequence=0, hash=FIRST_PREVIOUS_HASH).on_conflict_do_nothing()
    )
    end = await tx.one(
        select(col(LmsChain.sequence), col(LmsChain.hash))
        .where(col(LmsChain.contract_id) == contract.contract_id)
        .with_for_update()
    )
    return end.sequence, end.hash


def _subject(contract: ContractKey, site: Row[tuple[LmsSite]], deed: Deed) -> dict[str, Any]:
    return {
        **contract.columns,
        "act_id": new_id(),
        "site_id": site.id,
        "salt": secrets.token_bytes(SALT_BYTES),
        "member_number": deed.member_number,
        "course_key": deed.course_key,
        "before": deed.before,
        "after": deed.after,
        "error_message": deed.message,
    }
