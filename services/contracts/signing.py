"""A signatory of each party signs the hash of one revision; the second signature makes the contract active."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, update
from sqlmodel import col

from core.errors import DomainError
from core.events import Event
from core.ids import new_id
from services.contracts.days import today_in
from services.contracts.granted import contract_for, key_of
from services.contracts.models import Contract, ContractSignature
from services.contracts.obligations import write_occurrences
from services.contracts.open_offer import require_proposed, require_unexpired
from services.identity.roles import Act

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction


class AlreadySigned(DomainError):
    """The actor's party has signed this revision."""


class StaleContentHash(DomainError):
    """The hash is not that of the contract's current revision: what was read is not what would be signed."""


async def sign_contract(tx: Transaction, *, actor: Actor, contract_id: UUID, content_hash: str, now: datetime) -> UUID:
    """Sign the current revision for the actor's party; the second signature makes the contract ACTIVE.

    Refuses with NotFound, Forbidden, AlreadySigned, ContractNotOpen, OfferExpired or StaleContentHash.
    """
    contract = await contract_for(tx, actor=actor, act=Act.SIGN_CONTRACT, contract_id=contract_id, lock=True)
    party = "VENDOR" if actor.organization_id == contract.vendor_id else "ASSOCIATION"
    already = AlreadySigned(f"the {party.lower()} has signed revision {contract.revision}", field="contractId")
    if (contract.vendor_signed_at if party == "VENDOR" else contract.association_signed_at) is not None:
        raise already
    require_proposed(contract)
    require_unexpired(contract, now)
    if content_hash != contract.content_hash:
        message = f"revision {contract.revision} has another hash; read the document again and sign what it says"
        raise StaleContentHash(message, field="contentHash")
    after_start = today_in(contract.time_zone, now) > contract.starts_on
    key = key_of(contract)
    await tx.execute(
        insert(ContractSignature).values(
            **key.columns,
            id=new_id(),
            revision=contract.revision,
            party=party,
            content_hash=content_hash,
            signed_at=now,
            after_start=after_start,
            **actor.signature,
        ),
        refusing={"one_signature_per_party": already},
    )
    status = await _count_signature(tx, contract, party, now)
    tx.emit(
        Event(
            "CONTRACT_SIGNED",
            contract_id,
            contract=key,
            before={"status": "PROPOSED"},
            after={
                "status": status,
                "party": party,
                "revision": contract.revision,
                "content_hash": content_hash,
                "after_start": after_start,
            },
        )
    )
    return contract_id


async def _count_signature(tx: Transaction, contract: Row[tuple[Contract]], party: str, now: datetime) -> str:
    """Note the signature on the contract; the second one activates it and lays out what is due."""
    signed: dict[str, object] = {"vendor_signed_at" if party == "VENDOR" else "association_signed_at": now}
    activates = (contract.association_signed_at if party == "VENDOR" else contract.vendor_signed_at) is not None
    if activates:
        signed |= {"status": "ACTIVE", "activated_at": now}
    await tx.execute(update(Contract).where(col(Contract.id) == contract.id).values(**signed))
    if activates:
        await write_occurrences(tx, contract)
    return "ACTIVE" if activates else "PROPOSED"
