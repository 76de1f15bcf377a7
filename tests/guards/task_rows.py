"""Manual tasks of the world's contract: one that became work, and one that is open for each row of a plan."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncpg

    from tests.guards.world import World


async def add_tasks(world: World, batch: asyncpg.Connection[Any]) -> None:
    """The vendor's lead asks for one and does it."""
    by_hand = {"contractId": world.names["contract"], "name": "By hand", "system": "MANUAL"}
    site = await world.do("association.owner", "connectLmsSite", "site { id }", by_hand)
    wish = {"siteId": site["site"]["id"], "lineKey": "tickets", "operation": "RESET_ACCESS", "title": "Let A-1 in"}
    done = await world.do("vendor.delivery", "createLmsTask", "task { id checklist }", wish)
    shown = {"name": "after.csv", "mediaType": "text/csv", "contentBase64": base64.b64encode(b"a,b").decode()}
    complete = {
        "taskId": done["task"]["id"],
        "confirmedSteps": [at + 1 for at, _ in enumerate(done["task"]["checklist"])],
        "evidence": [shown],
        "quantity": "1",
    }
    await world.do("vendor.delivery", "completeLmsTask", "task { id }", complete)
    world.names["task"] = done["task"]["id"]
    await batch.execute(
        """insert into lms_task (contract_id, id, association_id, vendor_id, site_id, line_id, plan_row_id, operation,
            title, checklist, status, created_at, created_by_name, created_by_email, created_by_organization_name,
            assigned_to_name, assigned_to_email, assigned_to_organization_name)
        select r.contract_id, gen_random_uuid(), r.association_id, r.vendor_id, r.site_id, t.line_id, r.id, t.operation,
            t.title, t.checklist, 'OPEN', now(), t.created_by_name, t.created_by_email, t.created_by_organization_name,
            t.assigned_to_name, t.assigned_to_email, t.assigned_to_organization_name
        from lms_plan_row r join lms_task t using (contract_id)"""
    )
