"""The trace, from a learner to whatever was done for them, and on to the invoice."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.reading import Connection, Id, Reader, Rows, query
from api.schema.contract import Contract
from api.schema.lms_act import EraseLmsLearnerInput, EraseLmsLearnerPayload, LmsAct, LmsActFilter, LmsTraceOrder
from services.lms_admin.acts import reads
from services.lms_admin.jobs import erasing


@strawberry.type
class LmsActQueries:
    """What was done for whom."""

    @query(
        filter=LmsActFilter,
        order=LmsTraceOrder,
        arguments={"member_number": "The learner, by member number, exactly as the plan wrote it."},
    )
    def lms_trace(self, reader: Reader, contract_id: Id[Contract], member_number: str) -> Rows[Connection[LmsAct]]:
        """All that was done about a learner, the first first; each act leads to its job, its work and its invoice.

        Empty to those who may not see learners.
        """
        return reads.about(reader, contract_id, member_number)


@strawberry.type
class LmsActMutations:
    """Erasing learners."""

    @mutation
    async def erase_lms_learner(self, info: Info, input: EraseLmsLearnerInput) -> EraseLmsLearnerPayload:
        """Erase what names a learner from acts, plans and rosters; what was done stays, and still verifies."""
        tx = info.context.tx
        contract = await erasing.erase_lms_learner(
            tx,
            actor=tx.actor,
            contract_id=input.contract_id,
            member_number=input.member_number,
            reason=input.reason,
            now=tx.now,
        )
        return EraseLmsLearnerPayload(contract=contract)
