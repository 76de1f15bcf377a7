"""How a contract ends: declined, withdrawn or expired as a proposal; terminated once it was active."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select, update
from sqlmodel import col

from core.errors import DomainError
from core.events import Event
from services.contracts.faults import Faults
from services.contracts.granted import contract_for, key_of
from services.contracts.models import Contract, ContractGrant
from services.contracts.open_offer import open_offer
from services.identity.roles import Act

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction


class ContractNotActive(DomainError):
    """The contract is not in force: it is still a proposal, or has ended."""


async def decline_contract(
    tx: Transaction, *, actor: Actor, contract_id: UUID, reason: str | None, now: datetime
) -> UUID:
    """Decline a proposal, as the vendor; refuses with NotFound, Forbidden, ContractNotOpen or InvalidInput."""
    _require_reason(reason)
    contract = await open_offer(tx, actor=actor, act=Act.DECLINE_CONTRACT, contract_id=contract_id)
    await _end(tx, contract, "DECLINED", reason, now)
    return contract_id


async def withdraw_contract(
    tx: Transaction, *, actor: Actor, contract_id: UUID, reason: str | None, now: datetime
) -> UUID:
    """Withdraw a proposal, as the association; refuses with NotFound, Forbidden, ContractNotOpen or InvalidInput."""
    _require_reason(reason)
    contract = await open_offer(tx, actor=actor, act=Act.PROPOSE_CONTRACT, contract_id=contract_id)
    await _end(tx, contract, "WITHDRAWN", reason, now)
    return contract_id


async def terminate_contract(tx: Transaction, *, actor: Actor, contract_id: UUID, reason: str, now: datetime) -> UUID:
    """End an active contract now, and every grant on it; what was delivered before stays billable.

    Refuses with NotFound, Forbidden, ContractNotActive or InvalidInput.
    """
    _require_reason(reason)
    contract = await contract_for(tx, actor=actor, act=Act.TERMINATE_CONTRACT, contract_id=contract_id, lock=True)
    require_active(contract)
    await _end(tx, contract, "TERMINATED", reason, now)
    effective = col(ContractGrant.effective)
    await tx.execute(
        update(ContractGrant)
        .where(
            col(ContractGrant.contract_id) == contract_id,
            col(ContractGrant.revoked_at).is_(None),
            func.upper(effective) > now,
        )
        .values(effective=effective.op("*")(func.tstzrange(None, now)))
    )
    return contract_id


async def expire_proposal(tx: Transaction, *, contract_id: UUID, now: datetime) -> bool:
    """End a proposal whose last day to sign has passed, for no person; whether there was such a proposal.

    For the worker: safe to run twice, too early, or after the proposal was revised to stand longer.
    """
    today = func.date(func.timezone(col(Contract.time_zone), now))
    contract = await tx.one_or_none(
        update(Contract)
        .where(
            col(Contract.id) == contract_id,
            col(Contract.status) == "PROPOSED",
            col(Contract.offer_expires_on) < today,
        )
        .values(status="EXPIRED", ended_at=now)
        .returning(*Contract.__table__.c)  # type: ignore[attr-defined]
    )
    if contract is None:
        return False
    tx.emit(_ended(contract, "PROPOSED", "EXPIRED", None))
    return True


async def proposals_to_expire(tx: Transaction, *, now: datetime, most: int = 500) -> list[UUID]:
    """The proposals whose last day to sign has passed; for the worker's sweep."""
    today = func.date(func.timezone(col(Contract.time_zone), now))
    overdue = await tx.all(
        select(col(Contract.id))
        .where(col(Contract.status) == "PROPOSED", col(Contract.offer_expires_on) < today)
        .order_by(col(Contract.offer_expires_on), col(Contract.id))
        .limit(most)
    )
    return [row.id for row in overdue]


def require_active(contract: Row[tuple[Contract]], *, field: str = "contractId") -> None:
    """Refuse with ContractNotActive unless the contract is in force."""
    if contract.status != "ACTIVE":
        raise ContractNotActive(f"the contract is {contract.status}", field=field)


async def _end(tx: Transaction, contract: Row[tuple[Contract]], status: str, reason: str | None, now: datetime) -> None:
    await tx.execute(
        update(Contract).where(col(Contract.id) == contract.id).values(status=status, ended_at=now, end_reason=reason)
    )
    tx.emit(_ended(contract, contract.status, status, reason))


def _ended(contract: Row[tuple[Contract]], before: str, after: str, reason: str | None) -> Event:
    return Event(
        f"CONTRACT_{after}",
        contract.id,
        contract=key_of(contract),
        before={"status": before},
        after={"status": after},
        reason=reason,
    )


def _require_reason(reason: str | None) -> None:
    faults = Faults()
    faults.text(reason, longest=2000, field="reason")
    faults.refuse()
