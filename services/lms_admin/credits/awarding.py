"""Awarding credit in the association's name, by a rule that it approved; the vendor's people do it."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select
from sqlmodel import col

from core.chains import SALT_BYTES
from core.events import Event
from core.ids import RowKey, new_id
from services.contracts.ending import require_active
from services.contracts.faults import Faults
from services.contracts.granted import contract_for, key_of
from services.delivery.recording import require_some
from services.identity.models import Organization
from services.identity.roles import Act
from services.lms_admin.credits.earning import CreditAlreadyAwarded, earned
from services.lms_admin.credits.ledger import append, subject_of
from services.lms_admin.credits.models import Certificate
from services.lms_admin.credits.numbers import new_number
from services.lms_admin.credits.periods import kept_until
from services.lms_admin.credits.ruling import rule_in_force
from services.lms_admin.sites.administering import OutsideGrant

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from typing import Any, Final
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction
    from services.contracts.models import Contract
    from services.lms_admin.credits.earning import Award, Earned

MOST_AWARDS: Final = 100
OF_THE_ACTIVITY: Final = ("credit_type_code", "credit_type_name", "unit", "quantity")


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
    rule = await rule_within_reach(tx, contract_id, rule_id)
    faults = Faults()
    asked = [(f"awards.{at}.", award.trimmed()) for at, award in enumerate(awards)]
    found = await earned(tx, faults, contract=contract, rule=rule, asked=asked, now=now)
    faults.refuse()
    entries = await write_awards(tx, contract, rule, found, actor=actor, now=now)
    told = {"entries": [str(entry) for entry in entries], "activity": rule.title}
    tx.emit(Event("CREDITS_AWARDED", rule_id, contract=key_of(contract), after=told))
    return [RowKey(contract_id, entry) for entry in entries]


async def rule_within_reach(tx: Transaction, contract_id: UUID, rule_id: UUID) -> Row[Any]:
    """Return a rule whose learners the actor administers.

    Refuses with NotFound, CreditRuleNotApproved or OutsideGrant.
    """
    rule = await rule_in_force(tx, contract_id, rule_id)
    if not await tx.scalar(select(func.app.administers(contract_id, rule.site_id))):
        raise OutsideGrant("your grant does not reach the learners of this activity", field="creditRuleId")
    return rule


async def write_awards(
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
    """Write a certificate and an entry for each; one that `replaces` another says why. Returns the entries' ids."""
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
