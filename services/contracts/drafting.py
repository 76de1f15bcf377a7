"""Writing one revision: its lines, their frozen costs, the document, and the hash that is signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import column, func, insert, select, update
from sqlmodel import col

from services.contracts.arrangement_faults import note_faults_of_arrangements
from services.contracts.arrangement_rows import write_arrangements
from services.contracts.committing import commitment_line, note_faults_of_commitment
from services.contracts.document import content_hash, document
from services.contracts.faults import Faults
from services.contracts.line_faults import note_faults_of_lines
from services.contracts.models import Contract, ContractLine, ContractRevision
from services.contracts.pricing import PricedLine, priced
from services.contracts.terms import Terms, note_faults_of_terms

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from decimal import Decimal

    from core.actor import Actor
    from core.db import Transaction
    from core.events import ContractKey
    from services.contracts.lines import LineDraft
    from services.contracts.offered import Offered, Parties


@dataclass(frozen=True, slots=True)
class Draft:
    """Terms and priced lines without a fault, not yet written."""

    terms: Terms
    lines: Sequence[PricedLine]
    drafts: Sequence[LineDraft]
    offered: Offered
    today: date

    @property
    def total_value_minor(self) -> int:
        """The sum of the lines' values."""
        return sum(line["value_minor"] for line in self.lines)

    @property
    def last_day_to_sign(self) -> date:
        """The last day on which the offer can be signed."""
        return self.terms.last_day_to_sign(self.today)

    @property
    def columns(self) -> dict[str, object]:
        """What the contract's row keeps of the draft."""
        return self.terms.columns(self.today) | {"total_value_minor": self.total_value_minor}


def draft(terms: Terms, lines: Sequence[LineDraft], *, offered: Offered, today: date) -> Draft:
    """Price the lines; refuses, with every fault of terms and lines at once."""
    terms, lines = terms.trimmed(), [line.trimmed() for line in lines]
    faults = Faults()
    note_faults_of_terms(faults, terms, deepest_tier=offered.version.deepest_disclosure_tier, today=today)
    note_faults_of_lines(faults, lines, terms=terms, rates=offered.rates)
    note_faults_of_arrangements(faults, lines, terms=terms)
    note_faults_of_commitment(faults, terms, lines)
    faults.refuse()
    rows = priced(lines, terms=terms, offered=offered, faults=faults)
    faults.refuse()
    if terms.minimum_commitment is not None:
        rows.append(commitment_line(terms, rate_version=offered.version.number, position=len(rows) + 1))
    return Draft(terms, rows, lines, offered, today)


async def write_revision(
    tx: Transaction,
    *,
    actor: Actor,
    contract: ContractKey,
    number: int,
    draft: Draft,
    parties: Parties,
    time_zone: str,
    platform_fee_percent: Decimal,
    now: datetime,
) -> str:
    """Write a revision of a contract that exists, and make it the current one; returns its content hash."""
    lines = [{**contract.columns, "revision": number, **line} for line in draft.lines]
    await tx.execute(insert(ContractLine).values(lines))
    arrangements = await write_arrangements(tx, contract, draft.drafts, draft.lines)
    frozen = func.app.freeze_line_costs(contract.contract_id, number).table_valued("line_id", "commitment")
    commitments = {
        row.line_id: row.commitment
        for row in await tx.all(select(column("line_id"), column("commitment")).select_from(frozen))
    }
    text = document(
        contract_id=contract.contract_id,
        revision=number,
        draft=draft,
        parties=parties,
        time_zone=time_zone,
        platform_fee_percent=platform_fee_percent,
        commitments=commitments,
        arrangements=arrangements,
    )
    hashed = content_hash(text)
    await tx.execute(
        insert(ContractRevision).values(
            **contract.columns,
            number=number,
            document=text,
            content_hash=hashed,
            **actor.signature,
            recorded_at=now,
        )
    )
    await tx.execute(
        update(Contract)
        .where(col(Contract.id) == contract.contract_id)
        .values(
            **draft.columns, revision=number, content_hash=hashed, vendor_signed_at=None, association_signed_at=None
        )
    )
    return hashed
