"""Mutations of actual cost: the vendor enters it, the association questions it."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.resolvers.work_record import files
from api.schema import entering_cost as acts
from core.errors import InvalidInput
from services.billing.open_book import entering, questioning


@strawberry.type
class ActualCostMutations:
    """What work really cost, and what is said about that."""

    @mutation
    async def enter_actual_cost(self, info: Info, input: acts.EnterActualCostInput) -> acts.EnterActualCostPayload:
        """Enter what a line cost in a period, with evidence, or correct what was entered."""
        tx, line, supersedes = info.context.tx, input.contract_line_id, input.supersedes
        if supersedes and supersedes.contract_id != line.contract_id:
            raise InvalidInput("the cost that it supersedes is of another contract", field="supersedes")
        cost = entering.Cost(
            line_id=line.id,
            starts_on=input.period.starts_on,
            ends_on=input.period.ends_on,
            category=entering.CostCategory(input.category.name),
            amount=input.amount.amount,
            currency_code=input.amount.currency_code,
            description=input.description,
            allowable=input.allowable,
            allowable_reason=input.allowable_reason,
            quantity=input.quantity,
            supersedes=supersedes and supersedes.id,
            evidence=files(input.evidence),
            reason=input.reason,
        )
        key = await entering.enter_actual_cost(
            tx, actor=tx.actor, contract_id=line.contract_id, cost=cost, blobs=info.context.blobs, now=tx.now
        )
        return acts.EnterActualCostPayload(actual_cost=key)

    @mutation
    async def withdraw_actual_cost(
        self, info: Info, input: acts.WithdrawActualCostInput
    ) -> acts.WithdrawActualCostPayload:
        """Take back a cost that should not have been entered."""
        tx, cost = info.context.tx, input.actual_cost_id
        key = await entering.withdraw_actual_cost(
            tx, actor=tx.actor, contract_id=cost.contract_id, cost_id=cost.id, reason=input.reason, now=tx.now
        )
        return acts.WithdrawActualCostPayload(actual_cost=key)

    @mutation
    async def question_actual_cost(
        self, info: Info, input: acts.QuestionActualCostInput
    ) -> acts.QuestionActualCostPayload:
        """Question a cost, in whole or in part; until that is settled it is held."""
        tx, cost = info.context.tx, input.actual_cost_id
        key = await questioning.question_actual_cost(
            tx,
            actor=tx.actor,
            contract_id=cost.contract_id,
            cost_id=cost.id,
            amount=input.amount.amount if input.amount else None,
            currency_code=input.amount.currency_code if input.amount else None,
            question=input.question,
            now=tx.now,
        )
        return acts.QuestionActualCostPayload(cost_question=key)

    @mutation
    async def answer_cost_question(
        self, info: Info, input: acts.AnswerCostQuestionInput
    ) -> acts.AnswerCostQuestionPayload:
        """Answer a question about a cost."""
        tx, about = info.context.tx, input.cost_question_id
        key = await questioning.answer_cost_question(
            tx,
            actor=tx.actor,
            contract_id=about.contract_id,
            question_id=about.id,
            answer=input.answer,
            now=tx.now,
        )
        return acts.AnswerCostQuestionPayload(cost_question=key)

    @mutation
    async def concede_cost_question(
        self, info: Info, input: acts.ConcedeCostQuestionInput
    ) -> acts.ConcedeCostQuestionPayload:
        """Agree that what is in question is not charged."""
        tx, about = info.context.tx, input.cost_question_id
        key = await questioning.concede_cost_question(
            tx,
            actor=tx.actor,
            contract_id=about.contract_id,
            question_id=about.id,
            reason=input.reason,
            now=tx.now,
        )
        return acts.ConcedeCostQuestionPayload(cost_question=key)

    @mutation
    async def withdraw_cost_question(
        self, info: Info, input: acts.WithdrawCostQuestionInput
    ) -> acts.WithdrawCostQuestionPayload:
        """Drop a question: the cost stands as it did before."""
        tx, about = info.context.tx, input.cost_question_id
        key = await questioning.withdraw_cost_question(
            tx,
            actor=tx.actor,
            contract_id=about.contract_id,
            question_id=about.id,
            reason=input.reason,
            now=tx.now,
        )
        return acts.WithdrawCostQuestionPayload(cost_question=key)

    @mutation
    async def disallow_actual_cost(
        self, info: Info, input: acts.DisallowActualCostInput
    ) -> acts.DisallowActualCostPayload:
        """Disallow a cost, in whole or in part: it is not charged."""
        tx, cost = info.context.tx, input.actual_cost_id
        key = await questioning.disallow_actual_cost(
            tx,
            actor=tx.actor,
            contract_id=cost.contract_id,
            cost_id=cost.id,
            amount=input.amount.amount if input.amount else None,
            currency_code=input.amount.currency_code if input.amount else None,
            reason=input.reason,
            now=tx.now,
        )
        return acts.DisallowActualCostPayload(actual_cost=key)
