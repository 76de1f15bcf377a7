"""The errand of asking a site how it is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from core.actor import SYSTEM
from core.ids import RowKey
from services.lms_admin.adapters.opening import opened
from services.lms_admin.adapters.port import LmsUnavailable, Probe
from services.lms_admin.sites.administering import SiteDisconnected
from services.lms_admin.sites.connections import connection_of
from services.lms_admin.sites.probing import record_probe, sites_to_probe
from worker.means import About, Due, Means

if TYPE_CHECKING:
    from collections.abc import Collection

    from core.db import Transaction
    from services.lms_admin.adapters.opening import Connection
    from services.lms_admin.adapters.port import Capability

SITE_PROBE_DUE: Final = "LMS_SITE_PROBE_DUE"
"""No event of anybody's: what is queued when a site has not been asked for a while."""


async def probes_due(tx: Transaction) -> list[Due]:
    """Sites that have not been asked for five minutes."""
    return [Due(SITE_PROBE_DUE, key, site_id) for key, site_id in await sites_to_probe(tx, now=tx.now)]


async def probe_site(means: Means, about: About) -> bool:
    """Ask a site how it is, and keep what it answers; False when it is connected no more, or moved meanwhile."""

    async def look_up(tx: Transaction) -> Connection:
        return await connection_of(
            tx, about.contract_id, about.object_id, means.keys, allow_loopback=means.settings.allow_loopback_lms
        )

    base_url: str | None = None
    capabilities: Collection[Capability] | None = None
    try:
        connection = await means.database.write(SYSTEM, look_up, now=datetime.now(UTC), request_id="lms probe")
        base_url = connection.base_url
        async with opened(connection) as lms:
            capabilities = lms.capabilities
            probe = await lms.probe()
    except SiteDisconnected:
        return False
    except LmsUnavailable as unavailable:
        probe = Probe(unavailable.condition, latency_ms=0, message=unavailable.message)

    async def keep(tx: Transaction) -> bool:
        return await record_probe(
            tx,
            site=RowKey(about.contract_id, about.object_id),
            base_url=base_url,
            probe=probe,
            capabilities=capabilities,
            now=tx.now,
        )

    return await means.database.write(SYSTEM, keep, now=datetime.now(UTC), request_id="lms probe")
