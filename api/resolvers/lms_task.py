"""Queries and mutations of manual tasks."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.reading import Id, Reader, Rows, query
from api.schema.lms_task import LmsTask
from api.schema.lms_tasking import (
    CompleteLmsTaskInput,
    CompleteLmsTaskPayload,
    CreateLmsTaskInput,
    CreateLmsTaskPayload,
    WithdrawLmsTaskInput,
    WithdrawLmsTaskPayload,
)
from core.ids import RowKey
from services.delivery.evidence import File
from services.lms_admin.sites.operations import Operation
from services.lms_admin.tasks import completing, creating, reads, withdrawing


@strawberry.type
class LmsTaskQueries:
    """What is done by hand."""

    @query
    def lms_task(self, reader: Reader, id: Id[LmsTask]) -> Rows[LmsTask | None]:
        """One manual task by id; null when it does not exist or you may not see it."""
        return reads.task(reader, id.contract_id, id.id)


@strawberry.type
class LmsTaskMutations:
    """Work that a system cannot do by itself."""

    @mutation
    async def create_lms_task(self, info: Info, input: CreateLmsTaskInput) -> CreateLmsTaskPayload:
        """Ask for work by hand on a site, with a checklist and a proof, where its system cannot do it by itself."""
        tx, row, assignee = info.context.tx, input.plan_row_id, input.assignee
        task = await creating.create_task(
            tx,
            actor=tx.actor,
            contract_id=input.site_id.contract_id,
            wish=creating.TaskWish(
                site_id=input.site_id.id,
                line_key=input.line_key,
                operation=Operation(input.operation.name),
                title=input.title,
                details=input.details,
                assignee_email=assignee.email if assignee else None,
                assignee_id=assignee.member_id if assignee else None,
                plan_row=RowKey(row.contract_id, row.id) if row else None,
            ),
            now=tx.now,
        )
        return CreateLmsTaskPayload(task=task)

    @mutation
    async def complete_lms_task(self, info: Info, input: CompleteLmsTaskInput) -> CompleteLmsTaskPayload:
        """Say that a task was done, and show it; with a quantity it becomes work on its contract line."""
        tx = info.context.tx
        task = await completing.complete_task(
            tx,
            actor=tx.actor,
            contract_id=input.task_id.contract_id,
            task_id=input.task_id.id,
            done=completing.Completion(
                confirmed_steps=input.confirmed_steps,
                files=[
                    File(file.name, file.media_type, file.content_base64, file.evidence_id and file.evidence_id.id)
                    for file in input.evidence
                ],
                quantity=input.quantity,
                performed_on=input.performed_on,
                note=input.note,
            ),
            blobs=info.context.blobs,
            now=tx.now,
        )
        return CompleteLmsTaskPayload(task=task)

    @mutation
    async def withdraw_lms_task(self, info: Info, input: WithdrawLmsTaskInput) -> WithdrawLmsTaskPayload:
        """Say that an open task is not to be done."""
        tx = info.context.tx
        task = await withdrawing.withdraw_task(
            tx,
            actor=tx.actor,
            contract_id=input.task_id.contract_id,
            task_id=input.task_id.id,
            reason=input.reason,
            now=tx.now,
        )
        return WithdrawLmsTaskPayload(task=task)
