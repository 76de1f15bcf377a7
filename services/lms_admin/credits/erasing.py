"""Erasing what names a learner: once nobody has to keep it, or before, when the association says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update
from sqlmodel import col

from core.errors import DomainError, NotFound
from core.events import Event
from core.ids import RowKey
from services.contracts.days import today_in
from services.contracts.faults import Faults
from services.contracts.granted import contract_for, key_of
from services.identity.roles import Act
from services.lms_admin.credits.approving import LONGEST_REASON
from services.lms_admin.credits.models import Certificate

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Final
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction

NAMES_THE_LEARNER: Final = (
    "number",
    "member_number",
    "learner_name",
    "licence_number",
    "licence_jurisdiction",
    "score_percent",
    "attestation",
    "reissue_reason",
    "revoke_reason",
    "salt",
)


class RetentionNotOver(DomainError):
    """A certificate of the learner has to be kept for longer, and the association did not say why it is erased."""


async def erase_learner(
    tx: Transaction, *, actor: Actor, contract_id: UUID, member_number: str, early_reason: str | None, now: datetime
) -> list[RowKey]:
    """Erase what names a learner from all their certificates; the ledger keeps entries that name nobody.

    `early_reason` says why before the retention of each is over. Refuses with NotFound (there is no certificate of
    theirs), Forbidden, TextBlank, TextTooLong or RetentionNotOver.
    """
    contract = await contract_for(tx, actor=actor, act=Act.ERASE_LEARNER, contract_id=contract_id, lock=True)
    faults = Faults()
    faults.text(early_reason, longest=LONGEST_REASON, field="earlyReason")
    faults.refuse()
    theirs = (col(Certificate.contract_id) == contract_id, col(Certificate.member_number) == member_number.strip())
    kept = await tx.all(select(col(Certificate.keep_until)).where(*theirs))
    if not kept:
        raise NotFound("there is no certificate of a learner with this member number", field="memberNumber")
    longest, today = max(row.keep_until for row in kept), today_in(contract.time_zone, now)
    if longest >= today and early_reason is None:
        raise RetentionNotOver(f"a certificate has to be kept until {longest}: say why it is not", field="earlyReason")
    erased = await tx.all(
        update(Certificate)
        .where(*theirs)
        .values(dict.fromkeys(NAMES_THE_LEARNER) | {"erased_at": now})
        .returning(col(Certificate.id))
    )
    ids = sorted(row.id for row in erased)
    tx.emit(
        Event(
            "LEARNER_ERASED",
            contract_id,
            contract=key_of(contract),
            after={"certificates": [str(each) for each in ids], "retentionWasOver": longest < today},
            reason=early_reason.strip() if early_reason else None,
        )
    )
    return [RowKey(contract_id, each) for each in ids]
