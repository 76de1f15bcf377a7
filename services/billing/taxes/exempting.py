"""Exemption certificates: the association files one with its paper, the operator verifies or rejects it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update
from sqlmodel import col

from core.errors import DomainError, InvalidInput, NotFound
from core.events import Event
from core.ids import RowKey, new_id
from services.billing.taxes.models import TaxExemption
from services.billing.taxes.registering import LONGEST_REASON, check_region
from services.contracts.faults import Faults
from services.delivery.models import Evidence
from services.identity.roles import Act, require

if TYPE_CHECKING:
    from datetime import date, datetime
    from typing import Final
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction

LONGEST_NUMBER: Final = 100


class ExemptionOverlaps(DomainError):
    """A verified certificate exempts the association in the same place on some of the same days."""


class ExemptionDecided(DomainError):
    """The certificate was verified or rejected before."""


async def file_tax_exemption(
    tx: Transaction,
    *,
    actor: Actor,
    number: str,
    country_code: str,
    region_code: str | None,
    evidence: RowKey,
    valid_from: date,
    valid_until: date,
    now: datetime,
) -> UUID:
    """File a certificate for the operator to verify; nothing is exempt before it has. Returns its id.

    `region_code` None is the whole country. `evidence` is a file that was uploaded to a contract of the association's.
    Refuses with Forbidden, NotFound, InvalidInput, TextBlank or TextTooLong.
    """
    require(actor, Act.FILE_EXEMPTION)
    faults = Faults()
    faults.text(number, longest=LONGEST_NUMBER, field="number")
    faults.note_all(check_region(region_code, field="regionCode"))
    if valid_until < valid_from:
        faults.note(InvalidInput(f"{valid_until} is before {valid_from}, where it begins", field="validUntil"))
    faults.refuse()
    file = select(col(Evidence.id)).where(
        col(Evidence.contract_id) == evidence.contract_id,
        col(Evidence.id) == evidence.id,
        col(Evidence.association_id) == actor.organization_id,
    )
    if await tx.scalar(file) is None:
        raise NotFound("there is no such file on a contract of yours", field="evidenceId")
    exemption_id = new_id()
    row = {
        "number": number.strip(),
        "country_code": country_code,
        "region_code": region_code,
        "valid_from": valid_from,
        "valid_until": valid_until,
    }
    await tx.execute(
        insert(TaxExemption).values(
            id=exemption_id,
            association_id=actor.organization_id,
            evidence_contract_id=evidence.contract_id,
            evidence_id=evidence.id,
            status="FILED",
            filed_at=now,
            **row,
            **actor.signed("filed_by"),
        )
    )
    after = {name: str(value) for name, value in row.items() if value is not None}
    tx.emit(Event("TAX_EXEMPTION_FILED", exemption_id, after=after))
    return exemption_id


async def decide_tax_exemption(
    tx: Transaction, *, actor: Actor, exemption_id: UUID, verified: bool, reason: str, now: datetime
) -> UUID:
    """Verify a certificate, so that what is issued in its days is exempt, or reject it; once.

    Refuses with Forbidden, NotFound, ExemptionDecided, ExemptionOverlaps, TextBlank or TextTooLong.
    """
    require(actor, Act.CONFIGURE_BILLING)
    faults = Faults()
    faults.text(reason, longest=LONGEST_REASON, field="reason")
    faults.refuse()
    status = "VERIFIED" if verified else "REJECTED"
    this = col(TaxExemption.id) == exemption_id
    decision = {"status": status, "decided_at": now, "decide_reason": reason.strip(), **actor.signed("decided_by")}
    overlaps = ExemptionOverlaps("a verified certificate holds there on some of these days", field="taxExemptionId")
    decided = await tx.execute(
        update(TaxExemption).where(this, col(TaxExemption.status) == "FILED").values(**decision),
        refusing={"one_exemption_at_a_time": overlaps},
    )
    if decided.rowcount == 0:
        if (before := await tx.scalar(select(col(TaxExemption.status)).where(this))) is None:
            raise NotFound("there is no such certificate", field="taxExemptionId")
        raise ExemptionDecided(f"the certificate is {before} already", field="taxExemptionId")
    tx.emit(
        Event(
            f"TAX_EXEMPTION_{status}",
            exemption_id,
            before={"status": "FILED"},
            after={"status": status},
            reason=reason.strip(),
        )
    )
    return exemption_id
