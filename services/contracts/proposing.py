"""An association proposes a contract to the vendor of an offering."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert

from core.events import ContractKey, Event
from core.ids import new_id
from services.contracts.days import begins_at, day_after, today_in
from services.contracts.drafting import draft, write_revision
from services.contracts.models import Contract
from services.contracts.offered import current_version_of, offered_by, parties
from services.identity.roles import Act, require

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction
    from services.contracts.lines import LineDraft
    from services.contracts.terms import Terms


async def propose_contract(
    tx: Transaction, *, actor: Actor, offering_id: UUID, terms: Terms, lines: Sequence[LineDraft], now: datetime
) -> UUID:
    """Propose a contract for the version that the offering sells today, with the operator's platform fee of today.

    Refuses with NotFound or OfferingRetired, and with every fault of terms and lines at once.
    """
    require(actor, Act.PROPOSE_CONTRACT)
    offered = await offered_by(tx, await current_version_of(tx, offering_id))
    between = await parties(tx, association_id=actor.organization_id, vendor_id=offered.version.vendor_id)
    time_zone = between.association.time_zone
    agreed = draft(terms, lines, offered=offered, today=today_in(time_zone, now))
    key = ContractKey(new_id(), between.association.id, between.vendor.id)
    await tx.execute(
        insert(Contract).values(
            id=key.contract_id,
            association_id=key.association_id,
            vendor_id=key.vendor_id,
            offering_id=offering_id,
            offering_version_id=offered.version.id,
            revision=1,
            status="PROPOSED",
            time_zone=time_zone,
            platform_fee_percent=between.operator.platform_fee_percent,
            proposed_at=now,
            **agreed.columns,
        )
    )
    content_hash = await write_revision(
        tx,
        actor=actor,
        contract=key,
        number=1,
        draft=agreed,
        parties=between,
        time_zone=time_zone,
        platform_fee_percent=between.operator.platform_fee_percent,
        now=now,
    )
    tx.emit(
        Event(
            "CONTRACT_PROPOSED",
            key.contract_id,
            contract=key,
            after={"title": terms.title, "revision": 1, "content_hash": content_hash},
            due_at=begins_at(day_after(agreed.last_day_to_sign), time_zone),
        )
    )
    return key.contract_id
