"""Gainshare: how the parties share what work costs less or more than its target, and what was shared."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import and_, any_

from api.reading import (
    Id,
    Money,
    Node,
    Payload,
    Percent,
    column,
    filters,
    inputs,
    many,
    money,
    node,
    one,
    order,
    orders,
    part,
    payload,
    result,
    where,
)
from api.schema.actual_cost import CostPeriod
from api.schema.inputs import PeriodInput
from api.schema.person import Person, person
from services.billing.open_book import models as rows

if TYPE_CHECKING:
    from api.schema.contract import Contract
    from api.schema.credit_note import CreditNote
    from api.schema.invoice import Invoice


@strawberry.enum(description="Where a gainshare agreement stands.")
class GainshareAgreementStatus(Enum):
    """From proposed to replaced."""

    PROPOSED = strawberry.enum_value("PROPOSED", description="One party proposed it; the other is to answer.")
    AGREED = strawberry.enum_value("AGREED", description="The other party accepted it.")
    DECLINED = strawberry.enum_value("DECLINED", description="The other party declined it.")
    REPLACED = strawberry.enum_value(
        "REPLACED",
        description="It was agreed, and another was agreed later; it holds for periods that begin before the other.",
    )


@strawberry.enum(description="Where a share stands.")
class GainshareStatus(Enum):
    """Shared, or void."""

    SHARED = strawberry.enum_value("SHARED", description="It was settled; its period is not shared again.")
    VOID = strawberry.enum_value(
        "VOID", description="None of its notes stood any more when its period was shared again by another."
    )


@strawberry.enum(description="What a party answers to a proposal.")
class GainshareAnswer(Enum):
    """Yes or no."""

    ACCEPT = strawberry.enum_value("ACCEPT", description="It is agreed, and replaces what was agreed before.")
    DECLINE = strawberry.enum_value("DECLINE", description="It is not; what was agreed before still holds.")


@node(rows.GainshareAgreement, prefix="gsa")
class GainshareAgreement(Node):
    """How the parties share the variance between target and actual cost; agreed by a signatory of each."""

    status: GainshareAgreementStatus = column("Where it stands.")
    association_gain_percent: Percent = column("The association's part of what is saved beyond the neutral band.")
    association_pain_percent: Percent = column("The association's part of what is overspent beyond the neutral band.")
    neutral_percent: Percent = column(
        "The neutral band: so much of the target cost, saved or overspent, stays with the vendor unshared."
    )
    effective_from: date = column("It holds for periods that begin on this day or later.")
    reason: str = column("Why it was proposed.")
    proposed_at: datetime = column("When it was proposed.")
    proposed_by: Person = one("Who proposed it.", rows=lambda agreed: person(agreed, prefix="proposed_by_"))
    answer_reason: str | None = column("Why it was accepted or declined; null until it is answered.")
    answered_at: datetime | None = column("When it was answered.")
    answered_by: Person | None = one(
        "Who answered it.",
        rows=lambda agreed: person(agreed, prefix="answered_by_").where(agreed.answered_at.is_not(None)),
    )
    contract: Contract = one("The contract.", lambda agreed, contract: contract.id == agreed.contract_id)


@node(rows.Gainshare, prefix="gsh")
class Gainshare(Node):
    """The variance of a period, parted once. Read by those to whom cost is disclosed in full, and by nobody else."""

    status: GainshareStatus = column("Where it stands.")
    period: CostPeriod = part("The whole months that it is of.")
    association_gain_percent: Percent = column("The association's percentage of a gain, as agreed then.")
    association_pain_percent: Percent = column("The association's percentage of a pain, as agreed then.")
    neutral_percent: Percent = column("The neutral band in percent of the target cost, as agreed then.")
    target_cost: Money = money(
        "Standard cost of what was accepted in the period, or of RECURRING lines billed, of the lines that take part: "
        "those whose price does not follow cost.",
        minor="target_cost_minor",
    )
    actual_cost: Money = money("What these lines really cost in it, as far as allowable.", minor="actual_cost_minor")
    variance: Money = money(
        "Target cost - actual cost: a gain when positive, a pain when negative.",
        minor=lambda share: share.target_cost_minor - share.actual_cost_minor,
    )
    association_share: Money = money(
        "The association's part: credited when positive, debited when negative, net of tax.",
        minor="association_share_minor",
    )
    vendor_share: Money = money("The vendor's part: the rest of the variance.", minor="vendor_share_minor")
    reason: str = column("Why it was closed.")
    closed_at: datetime = column("When it was closed.")
    closed_by: Person = one("Who closed it.", rows=lambda share: person(share, prefix="closed_by_"))
    agreement: GainshareAgreement = one(
        "What it was shared by.",
        lambda share, agreed: and_(agreed.contract_id == share.contract_id, agreed.id == share.agreement_id),
    )
    credit_notes: list[CreditNote] = many(
        "What credits the association's part of a gain, in their order; void ones too.",
        lambda share, note: and_(note.contract_id == share.contract_id, note.gainshare_id == share.id),
        order=lambda note: [note.id],
    )
    debit_note: Invoice | None = one(
        "What debits the association's part of a pain; null when there is none.",
        lambda share, note: and_(note.contract_id == share.contract_id, note.id == share.debit_note_id),
    )
    contract: Contract = one("The contract.", lambda share, contract: contract.id == share.contract_id)


@filters
class GainshareAgreementFilter:
    """Which agreements."""

    status: list[GainshareAgreementStatus] | None = where("Standing so.", lambda agreed, v: agreed.status == any_(v))


@orders
class GainshareAgreementOrder(Enum):
    """How agreements are ordered."""

    NEWEST = order("The latest proposed first.", lambda agreed: [agreed.proposed_at.desc()])


@filters
class GainshareFilter:
    """Which shares."""

    status: list[GainshareStatus] | None = where("Standing so.", lambda share, v: share.status == any_(v))


@orders
class GainshareOrder(Enum):
    """How shares are ordered."""

    NEWEST = order("The latest period first.", lambda share: [share.period_starts_on.desc()])


@inputs
class ProposeGainshareInput:
    """How a party would share gains and pains."""

    contract_id: Id[Contract] = strawberry.field(description="The contract; active, of disclosure tier OPEN_BOOK.")
    association_gain_percent: Percent = strawberry.field(
        description="The association's part of what is saved beyond the neutral band: 0 to 100, two decimals."
    )
    association_pain_percent: Percent = strawberry.field(
        description="The association's part of what is overspent beyond the neutral band: 0 to 100, two decimals."
    )
    neutral_percent: Percent = strawberry.field(
        description="So much of the target cost, saved or overspent, stays with the vendor: 0 to 100, two decimals."
    )
    effective_from: date = strawberry.field(
        description="It is to hold for periods that begin on this day or later; within the term."
    )
    reason: str = strawberry.field(description="Why, for both parties to read: 1 to 2,000 characters.")


@inputs
class AnswerGainshareInput:
    """The other party's answer."""

    gainshare_agreement_id: Id[GainshareAgreement] = strawberry.field(
        description="What the other party proposed; not answered yet."
    )
    answer: GainshareAnswer = strawberry.field(description="Whether it is agreed.")
    reason: str = strawberry.field(description="Why, for both parties to read: 1 to 2,000 characters.")


@inputs
class CloseGainshareInput:
    """Months of a contract whose variance is shared."""

    contract_id: Id[Contract] = strawberry.field(description="The contract.")
    period: PeriodInput = strawberry.field(
        description="Whole months that are over: from a day to the day before the same day of a later month."
    )
    reason: str = strawberry.field(description="Why, as it stands on the notes: 1 to 2,000 characters.")


@payload
class ProposeGainsharePayload(Payload):
    """What came of a proposal."""

    gainshare_agreement: GainshareAgreement | None = result("The proposal; null when it was refused.")


@payload
class AnswerGainsharePayload(Payload):
    """What came of an answer."""

    gainshare_agreement: GainshareAgreement | None = result("What was answered; null when it was refused.")


@payload
class CloseGainsharePayload(Payload):
    """What came of sharing a period."""

    gainshare: Gainshare | None = result("The share, settled; null when it was refused.")
