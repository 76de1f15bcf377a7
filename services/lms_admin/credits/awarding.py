"""Awarding credit in the association's name, by a rule that it approved; the vendor's people do it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select, update
from sqlmodel import col

from core.errors import DomainError, NotFound
from core.events import Event
from core.ids import RowKey, new_id
from services.contracts.ending import require_active
from services.contracts.faults import Faults
from services.contracts.granted import contract_for, key_of
from services.delivery.recording import require_some
from services.identity.models import Organization
from services.identity.roles import Act
from services.lms_admin.credits.approving import LONGEST_REASON
from services.lms_admin.credits.earning import Award, CreditAlreadyAwarded, earned
from services.lms_admin.credits.ledger import SALT_BYTES, append, subject_of
from services.lms_admin.credits.models import Certificate, CreditEntry
from services.lms_admin.credits.numbers import new_number
from services.lms_admin.credits.periods import kept_until
from services.lms_admin.credits.ruling import rule_in_force
from services.lms_admin.sites.administering import OutsideGrant

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from typing import Any, Final
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction
    from services.contracts.models import Contract
    from services.lms_admin.credits.earning import Earned

MOST_AWARDS: Final = 100
OF_THE_ACTIVITY: Final = ("credit_type_code", "credit_type_name", "unit", "quantity")


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


async def award_credits(
    tx: Transaction, *, actor: Actor, contract_id: UUID, rule_id: UUID, awards: Sequence[Award], now: datetime
) -> list[RowKey]:
    """Award credit by a rule to 1 to 100 learners, all or none, each with a certificate; returns the entries.

    Refuses with NotFound, Forbidden (a grant is needed), OutsideGrant, ContractNotActive, ListTooLong, InvalidInput,
    CreditRuleNotApproved and, learner by learner, what `earned` notes.
    """
    contract = await contract_for(
        tx, actor=actor, act=Act.AWARD_CREDIT, contract_id=contract_id, field="creditRuleId", lock=True
    )
    require_active(contract)
    require_some(awards, most=MOST_AWARDS, field="awards")
    rule = await _rule_within_reach(tx, contract_id, rule_id)
    faults = Faults()
    asked = [(f"awards.{at}.", _trimmed(award)) for at, award in enumerate(awards)]
    found = await earned(tx, faults, contract=contract, rule=rule, asked=asked, now=now)
    faults.refuse()
    entries = await _write(tx, contract, rule, found, actor=actor, now=now)
    told = {"entries": [str(entry) for entry in entries], "activity": rule.title}
    tx.emit(Event("CREDITS_AWARDED", rule_id, contract=key_of(contract), after=told))
    return [RowKey(contract_id, entry) for entry in entries]


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
    rule = await _rule_within_reach(tx, contract_id, rule_id or old.rule_id)
    faults = Faults()
    faults.text(reason, longest=LONGEST_REASON, field="reason")
    award = _trimmed(_corrected(old, correction, rule))
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
    (entry,) = await _write(
        tx, contract, rule, found, actor=actor, now=now, replaces=certificate_id, reason=reason.strip()
    )
    told = {"entry": str(entry), "replaces": str(certificate_id), "activity": rule.title}
    tx.emit(Event("CREDIT_REISSUED", certificate_id, contract=key_of(contract), after=told))
    return RowKey(contract_id, entry)


async def _rule_within_reach(tx: Transaction, contract_id: UUID, rule_id: UUID) -> Row[Any]:
    rule = await rule_in_force(tx, contract_id, rule_id)
    if not await tx.scalar(select(func.app.administers(contract_id, rule.site_id))):
        raise OutsideGrant("your grant does not reach the learners of this activity", field="creditRuleId")
    return rule


def _trimmed(award: Award) -> Award:
    def words(text: str | None) -> str | None:
        return None if text is None else text.strip()

    return replace(
        award,
        member_number=award.member_number.strip(),
        learner_name=award.learner_name.strip(),
        licence_number=words(award.licence_number),
        licence_jurisdiction=words(award.licence_jurisdiction),
        attestation=words(award.attestation),
    )


async def _write(
    tx: Transaction,
    contract: Row[tuple[Contract]],
    rule: Row[Any],
    found: Sequence[Earned],
    *,
    actor: Actor,
    now: datetime,
    replaces: UUID | None = None,
    reason: str | None = None,
) -> list[UUID]:
    """Write a certificate and an entry for each; the entries' ids."""
    key = key_of(contract)
    association = await tx.scalar(select(col(Organization.name)).where(col(Organization.id) == key.association_id))
    kind = "REISSUED" if replaces else "AWARDED"
    certificates = [
        {
            **key.columns,
            "id": new_id(),
            "site_id": rule.site_id,
            "activity_id": rule.id,
            "rule_id": rule.rule_id,
            "status": "VALID",
            "period_starts_on": one.period.starts_on,
            "period_ends_on": one.period.ends_on,
            "keep_until": kept_until(one.earned_on, rule.retention_years),
            "number": new_number(),
            "member_number": one.award.member_number,
            "learner_name": one.award.learner_name,
            "licence_number": one.award.licence_number,
            "licence_jurisdiction": one.award.licence_jurisdiction,
            "score_percent": one.score_percent,
            "attestation": one.award.attestation,
            "reissue_reason": reason,
            "salt": secrets.token_bytes(SALT_BYTES),
        }
        for one in found
    ]
    awarded = CreditAlreadyAwarded("this credit was awarded for an overlapping period", field="memberNumber")
    await tx.execute(insert(Certificate).values(certificates), refusing={"one_award_of_a_period": awarded})
    entries = [
        {
            "kind": kind,
            "certificate_id": certificate["id"],
            "replaces_certificate_id": replaces,
            "activity_id": rule.id,
            "rule_id": rule.rule_id,
            **{name: getattr(rule, name) for name in OF_THE_ACTIVITY},
            "earned_on": one.earned_on,
            "period_starts_on": one.period.starts_on,
            "period_ends_on": one.period.ends_on,
            "evidence_id": one.award.evidence_id,
            "on_behalf_of": association,
            "subject_digest": subject_of(kind, certificate),
        }
        for one, certificate in zip(found, certificates, strict=True)
    ]
    return await append(tx, key, entries, actor=actor, now=now)


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
