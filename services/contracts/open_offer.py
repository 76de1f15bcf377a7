"""A proposal that still stands: what may be revised, signed, declined and withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import DomainError
from services.contracts.days import today_in
from services.contracts.granted import contract_for

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction
    from services.contracts.models import Contract
    from services.identity.roles import Act


class ContractNotOpen(DomainError):
    """The contract is no longer a proposal: it is active, declined, withdrawn, expired or terminated."""


class OfferExpired(DomainError):
    """The last day on which the offer could be signed has passed."""


async def open_offer(tx: Transaction, *, actor: Actor, act: Act, contract_id: UUID) -> Row[tuple[Contract]]:
    """Return the proposal on which the actor may perform `act`, locked; refuses also with ContractNotOpen."""
    contract = await contract_for(tx, actor=actor, act=act, contract_id=contract_id, lock=True)
    require_proposed(contract)
    return contract


def require_proposed(contract: Row[tuple[Contract]]) -> None:
    """Refuse with ContractNotOpen unless the contract is a proposal."""
    if contract.status != "PROPOSED":
        raise ContractNotOpen(f"the contract is {contract.status}, no longer a proposal", field="contractId")


def require_unexpired(contract: Row[tuple[Contract]], now: datetime) -> None:
    """Refuse with OfferExpired when the last day to sign has passed where the association is."""
    if today_in(contract.time_zone, now) > contract.offer_expires_on:
        message = f"the offer could be signed until {contract.offer_expires_on}; revise it to offer it again"
        raise OfferExpired(message, field="contractId")
