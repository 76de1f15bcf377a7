"""Taking a credit back: the association does, says why, and the ledger keeps both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update
from sqlmodel import col

from core.errors import DomainError, NotFound
from core.events import Event
from core.ids import RowKey
from services.contracts.faults import Faults
from services.contracts.granted import contract_for, key_of
from services.identity.roles import Act
from services.lms_admin.credits.approving import LONGEST_REASON
from services.lms_admin.credits.ledger import CREDIT, append, subject_of
from services.lms_admin.credits.models import Certificate, CreditEntry

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction


class CreditAlreadyRevoked(DomainError):
    """The credit was revoked before, or what named its learner was erased."""


async def revoke_credit(
    tx: Transaction, *, actor: Actor, contract_id: UUID, certificate_id: UUID, reason: str, now: datetime
) -> RowKey:
    """Revoke a credit, also after the contract has ended; returns the entry that takes it off the balance.

    Refuses with NotFound, Forbidden, TextBlank, TextTooLong or CreditAlreadyRevoked.
    """
    contract = await contract_for(
        tx, actor=actor, act=Act.REVOKE_CREDIT, contract_id=contract_id, field="certificateId", lock=True
    )
    faults = Faults()
    faults.text(reason, longest=LONGEST_REASON, field="reason")
    faults.refuse()
    this = (col(Certificate.contract_id) == contract_id, col(Certificate.id) == certificate_id)
    revoked = await tx.one_or_none(
        update(Certificate)
        .where(*this, col(Certificate.status) == "VALID", col(Certificate.erased_at).is_(None))
        .values(status="REVOKED", revoke_reason=reason.strip())
        .returning(*Certificate.__table__.c)  # type: ignore[attr-defined]
    )
    if revoked is None:
        if await tx.one_or_none(select(col(Certificate.id)).where(*this)) is None:
            raise NotFound("there is no such certificate", field="certificateId")
        raise CreditAlreadyRevoked("the certificate is not valid any more", field="certificateId")
    award = await tx.one(
        select(*(getattr(CreditEntry, name) for name in CREDIT)).where(
            col(CreditEntry.contract_id) == contract_id,
            col(CreditEntry.certificate_id) == certificate_id,
            col(CreditEntry.kind) != "REVOKED",
        )
    )
    revocation = {
        **award._asdict(),
        "kind": "REVOKED",
        "certificate_id": certificate_id,
        "subject_digest": subject_of("REVOKED", revoked._asdict()),
    }
    (entry,) = await append(tx, key_of(contract), [revocation], actor=actor, now=now)
    # the reason may name the learner: it stays with the certificate, where it can be erased
    tx.emit(Event("CREDIT_REVOKED", certificate_id, contract=key_of(contract), after={"entry": str(entry)}))
    return RowKey(contract_id, entry)
