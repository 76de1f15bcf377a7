"""Mutations of completions."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.schema.lms_completion import SyncCompletionsInput, SyncCompletionsPayload
from services.lms_admin.learning.syncing import sync_completions


@strawberry.type
class LmsCompletionMutations:
    """Reading completions."""

    @mutation
    async def sync_completions(self, info: Info, input: SyncCompletionsInput) -> SyncCompletionsPayload:
        """Read the completions of courses from their LMS, in the background; it takes SYNC_COMPLETIONS on the site."""
        tx = info.context.tx
        reading = await sync_completions(
            tx,
            actor=tx.actor,
            contract_id=input.site_id.contract_id,
            site_id=input.site_id.id,
            course_keys=input.course_keys,
            now=tx.now,
        )
        return SyncCompletionsPayload(reading=reading)
