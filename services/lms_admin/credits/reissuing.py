"""Awarding a revoked credit anew: corrected, held to the rule again, in place of the revoked certificate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select, update
from sqlmodel import col

from core.errors import DomainError, NotFound
from core.events import Event
from core.ids import RowKey
from services.contracts.ending import require_active
from services.contracts.faults import Faults
from services.contracts.granted import contract_for, key_of
from services.identity.roles import Act
from services.lms_admin.credits.approving import LONGEST_REASON
from services.lms_admin.credits.awarding import rule_within_reach, write_awards
from services.lms_admin.credits.earning import Award, earned
from services.lms_admin.credits.models import Certificate, CreditEntry

if TYPE_CHECKING:
    from datetime import date, datetime
    from typing import Any
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction


class CreditNotRevoked(DomainError):
    """Only a revoked credit is replaced: revoke it first, and say why."""


class CreditAlreadyReissued(DomainError):
    """The credit was replaced before."""


class LearnerErased(DomainError):
    """What named the learner was erased from the certificate: nothing can be made of it any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What is to be different in a certificate that takes the place of a revoked one; None: as it was."""

    learner_name: str | None = None
    licence_number: str | None = None
    licence_jurisdiction: str | None = None
    earned_on: date | None = None
    attestation: str | None = None
    evidence_id: UUID | None = None


async def reissue_credit(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    certificate_id: UUID,
    rule_id: UUID | None,
    correction: Correction,
    reason: str,
    now: datetime,
) -> RowKey:
    """Award a revoked credit anew, corrected, by its own rule or by `rule_id`; returns the entry.

    Refuses with NotFound, Forbidden, OutsideGrant, ContractNotActive, CreditNotRevoked, CreditAlreadyReissued,
    LearnerErased, CreditRuleNotApproved, TextBlank, TextTooLong and what `earned` notes.
    """
    contract = await contract_for(
        tx, actor=actor, act=Act.AWARD_CREDIT, contract_id=contract_id, field="certificateId", lock=True
    )
    require_active(contract)
    old = await _revoked(tx, contract_id, certificate_id)
    rule = await rule_within_reach(tx, contract_id, rule_id or old.rule_id)
    faults = Faults()
    faults.text(reason, longest=LONGEST_REASON, field="reason")
    award = _corrected(old, correction, rule).trimmed()
    found = await earned(tx, faults, contract=contract, rule=rule, asked=[("", award)], now=now)
    faults.refuse()
    await tx.one(
        update(Certificate)
        .where(
            col(Certificate.contract_id) == contract_id,
            col(Certificate.id) == certificate_id,
            col(Certificate.status) == "REVOKED",
        )
        .values(status="REPLACED")
        .returning(col(Certificate.id))
    )
    (entry,) = await write_awards(
        tx, contract, rule, found, actor=actor, now=now, replaces=certificate_id, reason=reason.strip()
    )
    told = {"entry": str(entry), "replaces": str(certificate_id), "activity": rule.title}
    tx.emit(Event("CREDIT_REISSUED", certificate_id, contract=key_of(contract), after=told))
    return RowKey(contract_id, entry)


async def _revoked(tx: Transaction, contract_id: UUID, certificate_id: UUID) -> Row[Any]:
    old = await tx.one_or_none(
        select(*Certificate.__table__.c, col(CreditEntry.earned_on), col(CreditEntry.evidence_id))  # type: ignore[attr-defined]
        .join(
            CreditEntry,
            (col(CreditEntry.contract_id) == Certificate.contract_id)
            & (col(CreditEntry.certificate_id) == Certificate.id)
            & (col(CreditEntry.kind) != "REVOKED"),
        )
        .where(col(Certificate.contract_id) == contract_id, col(Certificate.id) == certificate_id)
    )
    if old is None:
        raise NotFound("there is no such certificate", field="certificateId")
    if old.status == "VALID":
        raise CreditNotRevoked("the certificate is valid: revoke it first", field="certificateId")
    if old.status == "REPLACED":
        raise CreditAlreadyReissued("the certificate was replaced before", field="certificateId")
    if old.erased_at is not None:
        raise LearnerErased("what named the learner was erased", field="certificateId")
    return old


def _corrected(old: Row[Any], correction: Correction, rule: Row[Any]) -> Award:
    attested = rule.needs_attestation
    return Award(
        member_number=old.member_number,
        learner_name=correction.learner_name or old.learner_name,
        licence_number=correction.licence_number or old.licence_number,
        licence_jurisdiction=correction.licence_jurisdiction or old.licence_jurisdiction,
        earned_on=correction.earned_on or (None if rule.needs_completion else old.earned_on),
        attestation=correction.attestation or (old.attestation if attested else None),
        evidence_id=correction.evidence_id or (old.evidence_id if attested else None),
    )
