"""Queries and mutations of submissions."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.reading import Connection, Id, Reader, Rows, query
from api.schema.submission import (
    ReviewSubmissionInput,
    ReviewSubmissionPayload,
    Submission,
    SubmissionFilter,
    SubmissionOrder,
    SubmitWorkInput,
    SubmitWorkPayload,
    WithdrawSubmissionInput,
    WithdrawSubmissionPayload,
)
from services.delivery import reads, reviewing, submitting
from services.delivery.deciding import Verdict


@strawberry.type
class SubmissionQueries:
    """What was handed over for review."""

    @query
    def submission(self, reader: Reader, id: Id[Submission]) -> Rows[Submission | None]:
        """One submission by id; null when it does not exist or you may not see it."""
        return reads.submission(reader, id.contract_id, id.id)

    @query(filter=SubmissionFilter, order=SubmissionOrder)
    def submissions(self, reader: Reader) -> Rows[Connection[Submission]]:
        """The submissions of every contract that you see; filtered by SUBMITTED it is a reviewer's inbox."""
        return reads.submissions(reader)


@strawberry.type
class SubmissionMutations:
    """Handing work over, taking it back, and deciding it."""

    @mutation
    async def submit_work(self, info: Info, input: SubmitWorkInput) -> SubmitWorkPayload:
        """Submit work for review; where the contract has an acceptance period, it begins to run."""
        tx = info.context.tx
        key = await submitting.submit_work(
            tx,
            actor=tx.actor,
            contract_id=input.contract_id,
            work_record_ids=[record.id for record in input.work_record_ids],
            now=tx.now,
        )
        return SubmitWorkPayload(submission=key)

    @mutation
    async def withdraw_submission(self, info: Info, input: WithdrawSubmissionInput) -> WithdrawSubmissionPayload:
        """Take a submission back before it is reviewed; its records can be submitted again or voided."""
        tx = info.context.tx
        key = await submitting.withdraw_submission(
            tx,
            actor=tx.actor,
            contract_id=input.submission_id.contract_id,
            submission_id=input.submission_id.id,
            reason=input.reason,
            now=tx.now,
        )
        return WithdrawSubmissionPayload(submission=key)

    @mutation
    async def review_submission(self, info: Info, input: ReviewSubmissionInput) -> ReviewSubmissionPayload:
        """Accept submitted work, in full or in part, or turn it back; what is accepted can be billed."""
        tx = info.context.tx
        key = await reviewing.review_submission(
            tx,
            actor=tx.actor,
            contract_id=input.submission_id.contract_id,
            submission_id=input.submission_id.id,
            verdicts=[
                Verdict(
                    decision.work_record_id.id,
                    decision.accepted_quantity,
                    decision.reason_code and decision.reason_code.name,
                    decision.disposition and decision.disposition.name,
                    decision.reason,
                )
                for decision in input.decisions
            ],
            now=tx.now,
        )
        return ReviewSubmissionPayload(submission=key)
