"""Agreeing how a gain or a pain is shared: a signatory of one party proposes, one of the other accepts or declines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update
from sqlmodel import col

from core.errors import DomainError, Forbidden, InvalidInput, NotFound
from core.events import Event
from core.ids import RowKey, new_id
from services.billing.open_book.models import GainshareAgreement
from services.contracts.ending import require_active
from services.contracts.faults import Faults
from services.contracts.granted import contract_for, key_of
from services.identity.roles import Act

if TYPE_CHECKING:
    from datetime import date, datetime
    from typing import Final
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction
    from services.billing.pricing.gainshare import GainshareTerms

LONGEST_REASON: Final = 2000


class GainshareNeedsOpenBook(DomainError):
    """What is shared is a variance of cost: only parties to a contract of disclosure tier OPEN_BOOK can see it."""


class InvalidShare(DomainError):
    """A percentage of a gainshare lies outside 0 to 100, or is finer than two decimals."""


class GainshareProposed(DomainError):
    """A gainshare of this contract is proposed already; the other party answers it first."""


class GainshareAnswered(DomainError):
    """The proposal was accepted or declined before."""


async def propose_gainshare(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    terms: GainshareTerms,
    effective_from: date,
    reason: str,
    now: datetime,
) -> RowKey:
    """Propose how the variance of periods that begin on `effective_from` or later is shared; returns its key.

    Refuses with Forbidden, NotFound, ContractNotActive, GainshareNeedsOpenBook, InvalidShare, InvalidInput (the day
    lies outside the term), TextBlank, TextTooLong or GainshareProposed.
    """
    contract = await contract_for(tx, actor=actor, act=Act.AGREE_GAINSHARE, contract_id=contract_id, lock=True)
    require_active(contract)
    if contract.disclosure_tier != "OPEN_BOOK":
        message = f"the contract's tier is {contract.disclosure_tier}; OPEN_BOOK would be right"
        raise GainshareNeedsOpenBook(message, field="contractId")
    faults = Faults()
    _note_faults_of_terms(faults, terms)
    if not contract.starts_on <= effective_from <= contract.ends_on:
        message = f"the contract runs from {contract.starts_on} to {contract.ends_on}, not on {effective_from}"
        faults.note(InvalidInput(message, field="effectiveFrom"))
    faults.text(reason, longest=LONGEST_REASON, field="reason")
    faults.refuse()
    key, agreement_id = key_of(contract), new_id()
    agreed = {
        "association_gain_percent": terms.association_gain_percent,
        "association_pain_percent": terms.association_pain_percent,
        "neutral_percent": terms.neutral_percent,
        "effective_from": effective_from,
    }
    await tx.execute(
        insert(GainshareAgreement).values(
            **key.columns,
            **agreed,
            id=agreement_id,
            status="PROPOSED",
            reason=reason.strip(),
            proposed_at=now,
            **actor.signed("proposed_by"),
        ),
        refusing={
            "one_proposed_gainshare": GainshareProposed(
                "a gainshare is proposed already; its answer comes first", field="contractId"
            )
        },
    )
    after = {"status": "PROPOSED", **{name: str(value) for name, value in agreed.items()}}
    tx.emit(Event("GAINSHARE_PROPOSED", agreement_id, contract=key, after=after, reason=reason.strip()))
    return RowKey(contract_id, agreement_id)


async def answer_gainshare(
    tx: Transaction, *, actor: Actor, contract_id: UUID, agreement_id: UUID, accept: bool, reason: str, now: datetime
) -> RowKey:
    """Accept a proposal, which replaces what was agreed before, or decline it; returns its key.

    Refuses with Forbidden (also whoever's own party proposed it), NotFound, ContractNotActive, TextBlank, TextTooLong
    or GainshareAnswered.
    """
    contract = await contract_for(
        tx, actor=actor, act=Act.AGREE_GAINSHARE, contract_id=contract_id, field="gainshareAgreementId", lock=True
    )
    require_active(contract, field="gainshareAgreementId")
    faults = Faults()
    faults.text(reason, longest=LONGEST_REASON, field="reason")
    faults.refuse()
    of_contract = col(GainshareAgreement.contract_id) == contract_id
    this = (of_contract, col(GainshareAgreement.id) == agreement_id)
    proposed_by = await tx.scalar(select(col(GainshareAgreement.proposed_by_organization_id)).where(*this))
    if proposed_by is None:
        raise NotFound("there is no such gainshare", field="gainshareAgreementId")
    if proposed_by == actor.organization_id:
        raise Forbidden("your own party proposed it; the other one answers", field="gainshareAgreementId")
    answered = {"answer_reason": reason.strip(), "answered_at": now, **actor.signed("answered_by")}
    open_proposal = update(GainshareAgreement).where(*this, col(GainshareAgreement.status) == "PROPOSED")
    if accept:
        await tx.execute(
            update(GainshareAgreement)
            .where(of_contract, col(GainshareAgreement.status) == "AGREED", col(GainshareAgreement.id) != agreement_id)
            .values(status="REPLACED")
        )
    status = "AGREED" if accept else "DECLINED"
    if not (await tx.execute(open_proposal.values(status=status, **answered))).rowcount:
        raise GainshareAnswered("this proposal was answered before", field="gainshareAgreementId")
    tx.emit(
        Event(
            "GAINSHARE_ANSWERED",
            agreement_id,
            contract=key_of(contract),
            before={"status": "PROPOSED"},
            after={"status": status},
            reason=reason.strip(),
        )
    )
    return RowKey(contract_id, agreement_id)


def _note_faults_of_terms(faults: Faults, terms: GainshareTerms) -> None:
    for name, percent in (
        ("associationGainPercent", terms.association_gain_percent),
        ("associationPainPercent", terms.association_pain_percent),
        ("neutralPercent", terms.neutral_percent),
    ):
        if not 0 <= percent <= 100 or percent != round(percent, 2):  # noqa: PLR2004 - a percentage
            faults.note(InvalidShare(f"{percent:f} is no percentage from 0 to 100.00", field=name))
