"""Reading a site in the background: asked for once, gone on with by one worker at a time, ended DONE or FAILED.

Two tables hold such readings, of drift and of completions; the columns named here are the same in both.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import exists, or_, select, update
from sqlmodel import col

from core.errors import DomainError
from core.events import ContractKey, Event
from core.ids import new_id
from services.contracts.models import Contract
from services.identity.acting import member_acting
from services.lms_admin.adapters.port import Condition, LmsUnavailable
from services.lms_admin.sites.administering import SiteDisconnected, site_for
from services.lms_admin.sites.models import LmsMaintenance, LmsSite

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any, Final
    from uuid import UUID

    from sqlalchemy import Row, Table

    from core.db import Transaction
    from services.lms_admin.sites.operations import Operation

ABANDONED_AFTER: Final = timedelta(minutes=5)
"""Since the last sign of life; no single question to a site may take as long."""
BEGUN_WITHIN: Final = timedelta(minutes=1)


class SiteReadByHand(DomainError):
    """The site has no adapter: what it holds is looked at by a person, and nothing of it can be read."""


class RequesterGone(DomainError):
    """Whoever asked for it is no longer a member."""


class Superseded(Exception):
    """Another worker took the reading over, or it has ended: whoever finds out writes nothing more."""


class LostReading(NamedTuple):
    """A reading that nobody goes on with."""

    key: ContractKey
    id: UUID


def require_adapter(site: Row[Any]) -> None:
    """Refuse with SiteReadByHand what has no adapter."""
    if site.system == "MANUAL":
        raise SiteReadByHand(f"{site.name} is administered by hand: nothing can be read from it", field="siteId")


async def take(tx: Transaction, table: Table, *, contract_id: UUID, reading_id: UUID, now: datetime) -> Row[Any] | None:
    """Take a reading on, as a run of one's own; None when it has ended, or another worker is at it."""
    return await tx.one_or_none(
        update(table)
        .where(
            table.c.contract_id == contract_id,
            table.c.id == reading_id,
            table.c.status == "READING",
            or_(table.c.run_id.is_(None), table.c.progressed_at < now - ABANDONED_AFTER),
        )
        .values(run_id=new_id(), progressed_at=now)
        .returning(*table.c)
    )


async def require_still(tx: Transaction, reading: Row[Any], *, operation: Operation, now: datetime) -> None:
    """Refuse what has become impossible since it was asked for; the transaction acts as whoever asked for it.

    Refuses with RequesterGone and with what `site_for` refuses; what is read by rule takes a contract in force and a
    connected site: SiteDisconnected. Raises LmsUnavailable while the site is left alone: in maintenance that was
    announced, and after failures in a row.
    """
    await _require_rights(tx, reading, operation=operation, now=now)
    this = (col(LmsSite.contract_id) == reading.contract_id, col(LmsSite.id) == reading.site_id)
    maintained = exists().where(
        col(LmsMaintenance.contract_id) == LmsSite.contract_id,
        col(LmsMaintenance.site_id) == LmsSite.id,
        col(LmsMaintenance.withdrawn_at).is_(None),
        col(LmsMaintenance.during).contains(now),
    )
    site = await tx.one(select(maintained.label("maintained"), col(LmsSite.open_until)).where(*this))
    if site.maintained:
        raise LmsUnavailable(Condition.MAINTENANCE, "the maintenance that was announced is not over")
    if site.open_until is not None and site.open_until > now:
        raise LmsUnavailable(
            Condition.DOWN, f"it failed several times in a row and is left alone until {site.open_until}"
        )


async def _require_rights(tx: Transaction, reading: Row[Any], *, operation: Operation, now: datetime) -> None:
    if reading.requested_by_member_id is None:
        in_force = select(col(LmsSite.id)).where(
            col(LmsSite.contract_id) == reading.contract_id,
            col(LmsSite.id) == reading.site_id,
            col(LmsSite.status) == "CONNECTED",
            col(Contract.id) == LmsSite.contract_id,
            col(Contract.status) == "ACTIVE",
        )
        if await tx.one_or_none(in_force) is None:
            raise SiteDisconnected("the site is no longer connected, or its contract has ended")
        return
    actor = await member_acting(tx, reading.requested_by_member_id)
    if actor is None:
        raise RequesterGone(f"{reading.requested_by_name} is no longer a member")
    await tx.act_as(actor)
    await site_for(
        tx, actor=actor, contract_id=reading.contract_id, site_id=reading.site_id, operation=operation, now=now
    )


async def go_on(tx: Transaction, table: Table, reading: Row[Any], *, now: datetime, **values: object) -> Row[Any]:
    """Give a sign of life, and write `values`; raises Superseded when the run is no longer the reading's."""
    found = await tx.one_or_none(
        update(table)
        .where(
            table.c.contract_id == reading.contract_id,
            table.c.id == reading.id,
            table.c.status == "READING",
            table.c.run_id == reading.run_id,
        )
        .values(progressed_at=now, **values)
        .returning(*table.c)
    )
    if found is None:
        raise Superseded
    return found


async def fail(
    tx: Transaction, table: Table, reading: Row[Any], *, event: str, code: str, message: str, now: datetime
) -> None:
    """End a reading that came to nothing, and say why; raises Superseded."""
    await go_on(tx, table, reading, now=now, status="FAILED", ended_at=now, failure_code=code, failure_message=message)
    tx.emit(Event(event, reading.id, contract=key_of(reading), after={"code": code, "message": message}))


async def lost(tx: Transaction, table: Table, *, now: datetime) -> list[LostReading]:
    """Readings that no worker began in time, or that one left off."""
    found = await tx.all(
        select(*table.c).where(
            table.c.status == "READING",
            or_(
                table.c.run_id.is_(None) & (table.c.progressed_at < now - BEGUN_WITHIN),
                table.c.progressed_at < now - ABANDONED_AFTER,
            ),
        )
    )
    return [LostReading(key_of(reading), reading.id) for reading in found]


def key_of(row: Row[Any]) -> ContractKey:
    """The three ids that a contract's row carries."""
    return ContractKey(row.contract_id, row.association_id, row.vendor_id)
