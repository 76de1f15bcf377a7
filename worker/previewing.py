"""Previewing a plan: its file is read, then the site, and each row is decided; nothing is changed in the LMS."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

import structlog

from core.actor import SYSTEM
from core.errors import DomainError
from services.lms_admin.adapters.opening import opened
from services.lms_admin.adapters.port import Capability, LmsUnavailable
from services.lms_admin.plans.asking import REQUESTED
from services.lms_admin.plans.enrolling import wanted_of as wanted_of_part
from services.lms_admin.plans.enrolment_csv import parts_of
from services.lms_admin.plans.faults import RowFaults
from services.lms_admin.plans.importing import RosterMode
from services.lms_admin.plans.importing import wanted_of as wanted_of_member
from services.lms_admin.plans.previewing import (
    begin_preview,
    end_preview,
    lost_previews,
    observe_by_roster,
    put_off_preview,
    refuse_plan,
)
from services.lms_admin.plans.reading_sites import Reading, keep_seen, unread_rows
from services.lms_admin.plans.roster_csv import members_of
from services.lms_admin.plans.rows import stage_rows
from services.lms_admin.plans.table import FileAtFault
from services.lms_admin.sites.connections import connection_of
from services.lms_admin.sites.operations import Operation
from services.lms_admin.sites.readings import require_still
from worker.means import About, Due, Means

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator

    from core.db import Transaction
    from services.lms_admin.adapters.opening import Connection
    from services.lms_admin.adapters.port import LmsAdapter
    from services.lms_admin.plans.previewing import Preview
    from services.lms_admin.plans.rows import Wanted

Result = TypeVar("Result")
ROWS_BETWEEN_BREATHS: Final = 200
"""The worker has other jobs, and its sign of life to give."""

log = structlog.get_logger(__name__)


async def previews_left(tx: Transaction) -> list[Due]:
    """Plans whose preview does not move: their job was lost."""
    return [Due(REQUESTED, plan.key, plan.id) for plan in await lost_previews(tx, now=tx.now)]


async def preview(means: Means, about: About) -> bool:
    """Take a plan's preview as far as it goes: to READY, to REFUSED, or to be gone on with later."""
    run = _Run(means, about)
    taken = await run.write(
        lambda tx: begin_preview(tx, contract_id=about.contract_id, plan_id=about.object_id, now=tx.now)
    )
    if taken is None:
        return False
    try:
        if not await run.stage(taken):
            return True
        capabilities = await run.observe(taken)
    except LmsUnavailable as unavailable:
        log.info("a preview is put off", plan=str(about.object_id), condition=unavailable.condition)
        return await run.write(partial(put_off_preview, preview=taken, unavailable=unavailable, now=datetime.now(UTC)))
    except DomainError as refused:
        return await run.write(partial(refuse_plan, plan=taken.plan, refused=refused, now=datetime.now(UTC)))
    return await run.write(lambda tx: end_preview(tx, taken, capabilities=capabilities, now=tx.now))


class _Run:
    """One run of a preview."""

    def __init__(self, means: Means, about: About) -> None:
        self.means = means
        self.name = f"preview of {about.object_id}"

    async def write(self, work: Callable[[Transaction], Awaitable[Result]]) -> Result:
        return await self.means.database.write(SYSTEM, work, now=datetime.now(UTC), request_id=self.name)

    async def stage(self, preview: Preview) -> bool:
        """Write the rows of the plan's file, all of them or none; False where the file is refused."""
        plan = preview.plan
        if preview.staged or plan.source_sha256 is None:
            return True
        content = b"".join([chunk async for chunk in self.means.blobs.read(plan.source_sha256)])
        faults = RowFaults()

        async def rows() -> AsyncIterator[Wanted]:
            nonlocal faults
            faults = RowFaults()
            for number, row in enumerate(_wanted(preview, content, faults)):
                if not faults.count:
                    yield row
                if number % ROWS_BETWEEN_BREATHS == 0:
                    await asyncio.sleep(0)
            if faults.count:
                message = f"{faults.count} faults in the file's rows: put them right and preview it again"
                raise FileAtFault(message, field="file")

        full = plan.roster_mode == RosterMode.FULL
        try:
            await self.write(
                lambda tx: stage_rows(tx, plan.contract_id, plan.site_id, plan.id, rows(), and_the_absent=full)
            )
        except DomainError as refused:
            told = partial(refuse_plan, plan=plan, refused=refused, now=datetime.now(UTC), faults=faults)
            await self.write(told)
            return False
        return True

    async def observe(self, preview: Preview) -> Collection[str]:
        """Read what is there, by the site's adapter or, where it has none, by the roster; returns what it can do."""
        connection = await self.write(partial(self._connection, preview))
        if connection is None:
            await self.write(partial(observe_by_roster, preview=preview))
            return ()
        async with opened(connection) as adapter:
            if Capability.FIND_USERS in adapter.capabilities:
                await self._read(preview, adapter)
            else:
                await self.write(partial(observe_by_roster, preview=preview))
            return adapter.capabilities

    async def _connection(self, preview: Preview, tx: Transaction) -> Connection | None:
        """Look the rights up again, and how to speak to the site; None where that is done by hand."""
        plan, means = preview.plan, self.means
        await require_still(tx, plan, operation=Operation(plan.operation), now=tx.now)
        if preview.by_hand:
            return None
        return await connection_of(
            tx, plan.contract_id, plan.site_id, means.keys, allow_loopback=means.settings.allow_loopback_lms
        )

    async def _read(self, preview: Preview, adapter: LmsAdapter) -> None:
        plan, reading, after = preview.plan, Reading(adapter), 0
        while True:
            rows = await self.write(partial(unread_rows, contract_id=plan.contract_id, plan_id=plan.id, after=after))
            if not rows:
                return
            seen = await reading.read(rows)
            await self.write(partial(keep_seen, contract_id=plan.contract_id, plan_id=plan.id, seen=seen))
            after = rows[-1].position


def _wanted(preview: Preview, content: bytes, faults: RowFaults) -> Iterator[Wanted]:
    plan = preview.plan
    if plan.operation == Operation.ROSTER_IMPORT:
        mode = RosterMode(plan.roster_mode)
        return (wanted_of_member(member, mode) for member in members_of(content, faults))
    operation, zone = Operation(plan.operation), preview.time_zone
    return (wanted_of_part(part, operation, zone) for part in parts_of(content, faults))
