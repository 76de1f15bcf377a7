"""Mutations that narrow grants."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.schema.lms_grant import LiftNarrowingInput, LiftNarrowingPayload, NarrowGrantInput, NarrowGrantPayload
from core.ids import RowKey
from services.lms_admin.sites import narrowing
from services.lms_admin.sites.operations import Operation


@strawberry.type
class LmsGrantMutations:
    """Who may do what on one site."""

    @mutation
    async def narrow_grant(self, info: Info, input: NarrowGrantInput) -> NarrowGrantPayload:
        """Let an administrator's grant reach one site by some operations, as the association's OWNER.

        From the first narrowing on it reaches only the sites to which it is narrowed.
        """
        tx = info.context.tx
        key = await narrowing.narrow_grant(
            tx,
            actor=tx.actor,
            contract_id=input.grant_id.contract_id,
            grant_id=input.grant_id.id,
            site=RowKey(input.site_id.contract_id, input.site_id.id),
            operations=[Operation(operation.name) for operation in input.operations],
            reason=input.reason,
            now=tx.now,
        )
        return NarrowGrantPayload(narrowing=key)

    @mutation
    async def lift_narrowing(self, info: Info, input: LiftNarrowingInput) -> LiftNarrowingPayload:
        """Lift a narrowing, as the association's OWNER; after the last one the grant reaches every site again.

        To take access away altogether, revoke the grant.
        """
        tx = info.context.tx
        key = await narrowing.lift_narrowing(
            tx,
            actor=tx.actor,
            contract_id=input.narrowing_id.contract_id,
            narrowing_id=input.narrowing_id.id,
            now=tx.now,
        )
        return LiftNarrowingPayload(narrowing=key)
