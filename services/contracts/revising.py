"""Either party restates a proposal; whoever had signed signs anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import DomainError
from core.events import Event
from services.contracts.days import begins_at, day_after, today_in
from services.contracts.drafting import draft, write_revision
from services.contracts.granted import key_of
from services.contracts.offered import offered_by, parties
from services.contracts.open_offer import open_offer
from services.identity.roles import Act

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction
    from services.contracts.lines import LineDraft
    from services.contracts.terms import Terms


class StaleRevision(DomainError):
    """The contract has been revised since the revision that this change was made from."""


async def revise_contract(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    revision: int,
    terms: Terms,
    lines: Sequence[LineDraft],
    now: datetime,
) -> UUID:
    """Replace terms and lines of a proposal; offering version and platform fee stay as proposed.

    `revision` is the one the change was made from. Refuses with NotFound, Forbidden, ContractNotOpen or
    StaleRevision, and with every fault of terms and lines at once.
    """
    contract = await open_offer(tx, actor=actor, act=Act.REVISE_CONTRACT, contract_id=contract_id)
    if revision != contract.revision:
        raise StaleRevision(f"the contract is at revision {contract.revision} by now; read it again", field="revision")
    offered = await offered_by(tx, contract.offering_version_id)
    agreed = draft(terms, lines, offered=offered, today=today_in(contract.time_zone, now))
    key = key_of(contract)
    content_hash = await write_revision(
        tx,
        actor=actor,
        contract=key,
        number=revision + 1,
        draft=agreed,
        parties=await parties(tx, association_id=key.association_id, vendor_id=key.vendor_id),
        time_zone=contract.time_zone,
        platform_fee_percent=contract.platform_fee_percent,
        now=now,
    )
    tx.emit(
        Event(
            "CONTRACT_REVISED",
            contract_id,
            contract=key,
            before={"revision": revision, "content_hash": contract.content_hash},
            after={"revision": revision + 1, "content_hash": content_hash},
            due_at=begins_at(day_after(agreed.last_day_to_sign), contract.time_zone),
        )
    )
    return contract_id
