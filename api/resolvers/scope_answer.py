"""The mutation of answers to work out of scope."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.schema.scope_answer import AnswerScopeInput, AnswerScopePayload
from services.delivery.answering import Answer, answer_scope


@strawberry.type
class ScopeAnswerMutations:
    """What waits for the association's yes or no."""

    @mutation
    async def answer_scope(self, info: Info, input: AnswerScopeInput) -> AnswerScopePayload:
        """Say yes or no to work that is out of scope; until then it is neither billed nor dropped."""
        tx = info.context.tx
        key = await answer_scope(
            tx,
            actor=tx.actor,
            contract_id=input.work_record_id.contract_id,
            work_record_id=input.work_record_id.id,
            answer=Answer(input.answer.name),
            reason=input.reason,
            now=tx.now,
        )
        return AnswerScopePayload(work_record=key)
