"""Queries and mutations of how sites are."""

from datetime import datetime

import strawberry

from api.context import Info
from api.mutations import mutation
from api.reading import Id, Reader, Rows, query
from api.schema.lms_health import (
    AnnounceLmsMaintenanceInput,
    AnnounceLmsMaintenancePayload,
    LmsUptime,
    WithdrawLmsMaintenanceInput,
    WithdrawLmsMaintenancePayload,
)
from api.schema.lms_site import LmsSite
from services.lms_admin.sites import maintaining, reads


@strawberry.type
class LmsHealthQueries:
    """Whether sites are there."""

    @query(
        arguments={
            "starts_at": "The beginning of the time.",
            "ends_at": "Its end; at most 366 days later, and no later than now, are looked at.",
        }
    )
    def lms_uptime(
        self, reader: Reader, site_id: Id[LmsSite], starts_at: datetime, ends_at: datetime
    ) -> Rows[LmsUptime | None]:
        """For how much of a time a site was there; null when you may not see the site."""
        return reads.uptime_of(reader, site_id.contract_id, site_id.id, starts_at, ends_at)


@strawberry.type
class LmsHealthMutations:
    """Announcing maintenance."""

    @mutation
    async def announce_lms_maintenance(
        self, info: Info, input: AnnounceLmsMaintenanceInput
    ) -> AnnounceLmsMaintenancePayload:
        """Announce maintenance of a site: nothing is sent to it meanwhile, and its uptime leaves the time out."""
        tx = info.context.tx
        maintenance = await maintaining.announce_maintenance(
            tx,
            actor=tx.actor,
            contract_id=input.site_id.contract_id,
            site_id=input.site_id.id,
            starts_at=input.starts_at,
            ends_at=input.ends_at,
            reason=input.reason,
            now=tx.now,
        )
        return AnnounceLmsMaintenancePayload(maintenance=maintenance)

    @mutation
    async def withdraw_lms_maintenance(
        self, info: Info, input: WithdrawLmsMaintenanceInput
    ) -> WithdrawLmsMaintenancePayload:
        """Withdraw maintenance before it begins, or end it early."""
        tx = info.context.tx
        maintenance = await maintaining.withdraw_maintenance(
            tx,
            actor=tx.actor,
            contract_id=input.maintenance_id.contract_id,
            maintenance_id=input.maintenance_id.id,
            now=tx.now,
        )
        return WithdrawLmsMaintenancePayload(maintenance=maintenance)
