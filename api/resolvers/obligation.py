"""The mutation that records how an obligation was settled."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.schema.obligation import ObligationSettlement, RecordObligationInput, RecordObligationPayload
from services.contracts.obligations import record_obligation


@strawberry.type
class ObligationMutations:
    """What is owed beside delivery and pay."""

    @mutation
    async def record_obligation(self, info: Info, input: RecordObligationInput) -> RecordObligationPayload:
        """Record that an obligation was met on one of its due days, or waive it as the party to whom it is owed."""
        tx = info.context.tx
        occurrence = await record_obligation(
            tx,
            actor=tx.actor,
            contract_id=input.occurrence_id.contract_id,
            occurrence_id=input.occurrence_id.id,
            waived=input.status is ObligationSettlement.WAIVED,
            settled_on=input.settled_on,
            note=input.note,
            now=tx.now,
        )
        return RecordObligationPayload(occurrence=occurrence)
