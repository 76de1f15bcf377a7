"""Entering, questioning and disallowing actual cost: what these acts take and what they answer."""

from __future__ import annotations

from decimal import Decimal

import strawberry

from api.reading import Id, Payload, inputs, payload, result
from api.schema.actual_cost import ActualCost, CostCategory, CostQuestion
from api.schema.contract_line import ContractLine
from api.schema.evidence import EvidenceInput
from api.schema.inputs import MoneyInput, PeriodInput


@inputs
class EnterActualCostInput:
    """What a line cost in a period."""

    contract_line_id: Id[ContractLine] = strawberry.field(description="The line; with a price, of a contract in force.")
    period: PeriodInput = strawberry.field(
        description="Days that are over, within the contract's term. A line keeps one calendar: periods of its costs "
        "are the same days, or do not overlap."
    )
    category: CostCategory = strawberry.field(description="How it comes about.")
    amount: MoneyInput = strawberry.field(description="What it cost, in the contract's currency.")
    quantity: Decimal | None = strawberry.field(
        default=None,
        description="What was spent on the work, in the line's unit, where it has one; parts the variance of DIRECT "
        "cost into rate and efficiency.",
    )
    description: str = strawberry.field(description="What was spent, on what: at most 500 characters.")
    allowable: bool = strawberry.field(description="Whether it may be charged under the contract.")
    allowable_reason: str | None = strawberry.field(
        default=None, description="Why it is allowable, or is not: needed when it is not; at most 2000 characters."
    )
    evidence: list[EvidenceInput] = strawberry.field(
        description="The files that show it: one to twenty. Uploads were sent to POST /evidence with purpose=cost."
    )
    supersedes: Id[ActualCost] | None = strawberry.field(
        default=None, description="The cost of the same line that this one corrects."
    )
    reason: str = strawberry.field(description="Why it is entered or corrected: at most 2000 characters.")


@inputs
class WithdrawActualCostInput:
    """A cost that should not have been entered."""

    actual_cost_id: Id[ActualCost] = strawberry.field(description="The cost; it counts and is not billed.")
    reason: str = strawberry.field(description="Why: at most 2000 characters.")


@inputs
class QuestionActualCostInput:
    """A cost, and what is asked about it."""

    actual_cost_id: Id[ActualCost] = strawberry.field(description="The cost; no question about it is open.")
    amount: MoneyInput | None = strawberry.field(
        default=None, description="How much of it is in question, in the contract's currency; null: all that is left."
    )
    question: str = strawberry.field(description="What is asked: at most 2000 characters.")


@inputs
class AnswerCostQuestionInput:
    """A question, and the vendor's answer."""

    cost_question_id: Id[CostQuestion] = strawberry.field(description="The question; OPEN.")
    answer: str = strawberry.field(description="The answer: at most 2000 characters.")


@inputs
class ConcedeCostQuestionInput:
    """A question that the vendor agrees to."""

    cost_question_id: Id[CostQuestion] = strawberry.field(description="The question; OPEN or ANSWERED.")
    reason: str = strawberry.field(description="Why: at most 2000 characters.")


@inputs
class WithdrawCostQuestionInput:
    """A question that the association drops."""

    cost_question_id: Id[CostQuestion] = strawberry.field(description="The question; OPEN or ANSWERED.")
    reason: str = strawberry.field(description="Why: at most 2000 characters.")


@inputs
class DisallowActualCostInput:
    """A cost that is not charged, in whole or in part."""

    actual_cost_id: Id[ActualCost] = strawberry.field(description="The cost; it counts.")
    amount: MoneyInput | None = strawberry.field(
        default=None,
        description="How much is disallowed, in the contract's currency; null: all that is in question, or all that "
        "is left when no question is open.",
    )
    reason: str = strawberry.field(description="Why: at most 2000 characters.")


@payload
class EnterActualCostPayload(Payload):
    """What came of entering a cost."""

    actual_cost: ActualCost | None = result("The cost; null when it was refused.")


@payload
class WithdrawActualCostPayload(Payload):
    """What came of withdrawing a cost."""

    actual_cost: ActualCost | None = result("The cost, withdrawn; null when it was refused.")


@payload
class QuestionActualCostPayload(Payload):
    """What came of questioning a cost."""

    cost_question: CostQuestion | None = result("The question; null when it was refused.")


@payload
class AnswerCostQuestionPayload(Payload):
    """What came of answering a question."""

    cost_question: CostQuestion | None = result("The question, answered; null when it was refused.")


@payload
class ConcedeCostQuestionPayload(Payload):
    """What came of agreeing to a question."""

    cost_question: CostQuestion | None = result("The question, conceded; null when it was refused.")


@payload
class WithdrawCostQuestionPayload(Payload):
    """What came of dropping a question."""

    cost_question: CostQuestion | None = result("The question, withdrawn; null when it was refused.")


@payload
class DisallowActualCostPayload(Payload):
    """What came of disallowing a cost."""

    actual_cost: ActualCost | None = result("The cost; null when it was refused.")
