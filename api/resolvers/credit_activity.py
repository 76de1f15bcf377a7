"""Queries and mutations of credit activities."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.reading import Id, Reader, Rows, query
from api.schema.credit_activity import (
    ApproveCreditActivityInput,
    ApproveCreditActivityPayload,
    CreditActivity,
    WithdrawCreditActivityInput,
    WithdrawCreditActivityPayload,
)
from services.lms_admin.credits import approving, reads


@strawberry.type
class CreditActivityQueries:
    """What credit is earned by."""

    @query
    def credit_activity(self, reader: Reader, id: Id[CreditActivity]) -> Rows[CreditActivity | None]:
        """One credit activity by id; null when it does not exist or you may not see it."""
        return reads.credit_activity(reader, id.contract_id, id.id)


@strawberry.type
class CreditActivityMutations:
    """The association approves activities, and takes its approval back."""

    @mutation
    async def approve_credit_activity(
        self, info: Info, input: ApproveCreditActivityInput
    ) -> ApproveCreditActivityPayload:
        """Approve an activity, as the association: who completes it on a day of its approval can be awarded credit."""
        tx = info.context.tx
        key = await approving.approve_credit_activity(
            tx,
            actor=tx.actor,
            contract_id=input.contract_id,
            activity=approving.Activity(
                title=input.title,
                accreditor=input.accreditor,
                provider_number=input.provider_number,
                approval_number=input.approval_number,
                credit_type_code=input.credit_type_code,
                credit_type_name=input.credit_type_name,
                unit=input.unit.name,
                quantity=input.quantity,
                approved_from=input.approved_from,
                approved_to=input.approved_to,
                jurisdictions=input.jurisdictions,
                site_id=input.site_id and input.site_id.id,
                course_key=input.course_key,
            ),
            now=tx.now,
        )
        return ApproveCreditActivityPayload(credit_activity=key)

    @mutation
    async def withdraw_credit_activity(
        self, info: Info, input: WithdrawCreditActivityInput
    ) -> WithdrawCreditActivityPayload:
        """Withdraw an approval, from today or a later day on; what was earned before stays earned."""
        tx = info.context.tx
        key = await approving.withdraw_credit_activity(
            tx,
            actor=tx.actor,
            contract_id=input.credit_activity_id.contract_id,
            activity_id=input.credit_activity_id.id,
            withdrawn_from=input.withdrawn_from,
            reason=input.reason,
            now=tx.now,
        )
        return WithdrawCreditActivityPayload(credit_activity=key)
