"""Whether the actor may act on one contract: by a role in a party, or by a grant in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlmodel import col

from core.errors import NotFound
from core.events import ContractKey
from services.contracts.models import Contract
from services.identity.roles import MAY, Act, allows, forbidden, require_member

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction


async def contract_for(
    tx: Transaction, *, actor: Actor, act: Act, contract_id: UUID, field: str | None = "contractId", lock: bool = False
) -> Row[tuple[Contract]]:
    """Return the contract on which the actor may perform `act`, its row locked if asked.

    Refuses with Unauthenticated, NotFound (it does not exist or is not theirs to see: the same answer) or Forbidden.
    """
    require_member(actor)
    statement = select(*Contract.__table__.c).where(col(Contract.id) == contract_id)  # type: ignore[attr-defined]
    # writers of a contract wait for each other, but not those who only add rows that refer to it
    contract = await tx.one_or_none(statement.with_for_update(key_share=True) if lock else statement)
    if contract is None:
        raise NotFound("there is no such contract", field=field)
    party = actor.organization_id in (contract.association_id, contract.vendor_id) or actor.kind == "OPERATOR"
    if party and allows(actor, act):
        return contract
    grants = sorted(MAY[act].grants)
    if not grants or not await tx.scalar(select(func.app.is_granted(contract_id, *grants))):
        raise forbidden(act)
    return contract


def key_of(contract: Row[tuple[Contract]]) -> ContractKey:
    """Return the three ids that every row of this contract carries."""
    return ContractKey(contract.id, contract.association_id, contract.vendor_id)
