"""Mutations of decisions."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.schema.decision import ReverseAcceptanceInput, ReverseAcceptancePayload
from core.ids import RowKey
from services.delivery import reversing


@strawberry.type
class DecisionMutations:
    """Taking a decision back."""

    @mutation
    async def reverse_acceptance(self, info: Info, input: ReverseAcceptanceInput) -> ReverseAcceptancePayload:
        """Take back an acceptance that is not billed yet; the record goes back to the vendor."""
        tx = info.context.tx
        record, decision = input.work_record_id, input.decision_id
        key = await reversing.reverse_acceptance(
            tx,
            actor=tx.actor,
            work_record=RowKey(record.contract_id, record.id) if record else None,
            decision=RowKey(decision.contract_id, decision.id) if decision else None,
            reason=input.reason,
            now=tx.now,
        )
        return ReverseAcceptancePayload(work_record=key)
