"""Working off a run: a chunk of contracts is billed in one transaction, and the items say what came of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, update
from sqlmodel import col

from core.events import Event
from core.ids import RowKey
from services.billing.invoices.billable import many_contracts
from services.billing.invoices.claiming import claim, lock_lines_of
from services.billing.invoices.drafts import tell_drafted
from services.billing.invoices.issuing import issue, keyed
from services.billing.invoices.models import Invoice
from services.billing.runs.limits import Stop, first_too_much
from services.billing.runs.models import BillingRun, BillingRunItem
from services.billing.runs.steering import GOING_ON
from services.contracts.days import today_in
from services.contracts.models import Contract

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime, timedelta
    from typing import Final
    from uuid import UUID

    from sqlalchemy import Row

    from core.db import Transaction

ENDED: Final = "BILLING_RUN_ENDED"
PERIOD_NOT_OVER: Final = "PERIOD_NOT_OVER"
SIGNATURE: Final = ("member_id", "name", "email", "organization_id", "organization_name")


async def bill_chunk(tx: Transaction, *, run_id: UUID, most: int, now: datetime) -> bool:
    """Bill the next contracts of a run, at most so many; whether it may go on.

    Safe to call at any time and twice at once: the run's row is locked, and an item is settled with what it billed. The
    transaction is the checkpoint: whoever dies in it has billed nothing.
    """
    run = await _locked(tx, run_id)
    if run is None:
        return False
    contracts = await _next_contracts(tx, run_id, most)
    if not contracts:
        await _end(tx, run, now)
        return False
    await lock_lines_of(tx, [contract.id for contract in contracts])
    over = {contract.id: run.period_ends_on <= today_in(contract.time_zone, now) for contract in contracts}
    drafts, stop = await _claim(tx, run, [id_ for id_ in over if over[id_]])
    reached = [id_ for id_ in over if stop is None or id_ < stop.contract_id]
    await _write(tx, run, drafts, now)
    await _settle(tx, run, drafts, [id_ for id_ in reached if over[id_]], now)
    too_early = f"{run.period_ends_on}, the period's last day, is not over in the association's time zone"
    await _refuse(tx, run, [id_ for id_ in reached if not over[id_]], code=PERIOD_NOT_OVER, message=too_early, now=now)
    await _count(tx, run, now, stop)
    return stop is None


async def refuse_next(tx: Transaction, *, run_id: UUID, code: str, message: str, now: datetime) -> None:
    """Refuse the next contract of a run, that cannot be billed as it is; its item says why, and the run goes on."""
    run = await _locked(tx, run_id)
    if run is not None:
        contracts = await _next_contracts(tx, run_id, 1)
        await _refuse(tx, run, [contract.id for contract in contracts], code=code, message=message, now=now)
        await _count(tx, run, now, None)


async def runs_left(tx: Transaction, *, idle: timedelta) -> Sequence[UUID]:
    """Runs that should go on, and in which nothing has happened for so long."""
    since = func.coalesce(BillingRun.progressed_at, BillingRun.started_at)
    rows = await tx.all(select(col(BillingRun.id)).where(col(BillingRun.status).in_(GOING_ON), since <= tx.now - idle))
    return [row.id for row in rows]


async def _locked(tx: Transaction, run_id: UUID) -> Row[Any] | None:
    run = select(*BillingRun.__table__.c).where(col(BillingRun.id) == run_id)  # type: ignore[attr-defined]
    return await tx.one_or_none(run.where(col(BillingRun.status).in_(GOING_ON)).with_for_update(key_share=True))


async def _next_contracts(tx: Transaction, run_id: UUID, most: int) -> Sequence[Row[Any]]:
    """The contracts whose turn it is, in the order of their ids, locked."""
    pending = (
        select(col(BillingRunItem.contract_id))
        .where(col(BillingRunItem.run_id) == run_id, col(BillingRunItem.status) == "PENDING")
        .order_by(col(BillingRunItem.contract_id))
        .limit(most)
    )
    contracts = select(col(Contract.id), col(Contract.time_zone)).where(col(Contract.id).in_(pending))
    return await tx.all(contracts.order_by(col(Contract.id)).with_for_update(key_share=True))


async def _claim(
    tx: Transaction, run: Row[Any], contract_ids: Sequence[UUID]
) -> tuple[Sequence[Row[Any]], Stop | None]:
    """Write drafts; when all would be too much, they are taken back, and those written that come first."""
    if not contract_ids:
        return [], None
    days = (run.period_starts_on, run.period_ends_on)
    attempt = await tx.connection.begin_nested()
    drafts = await claim(tx, many_contracts(contract_ids, *days))
    stop = await first_too_much(tx, run, drafts)
    if stop is None:
        await attempt.commit()
        return drafts, None
    await attempt.rollback()
    first = [id_ for id_ in contract_ids if id_ < stop.contract_id]
    return (await claim(tx, many_contracts(first, *days)) if first else []), stop


async def _write(tx: Transaction, run: Row[Any], drafts: Sequence[Row[Any]], now: datetime) -> None:
    if run.mode == "DRAFT":
        for draft in drafts:
            tell_drafted(tx, draft, reason=run.reason)
    elif drafts:
        signed = {f"issued_by_{name}": getattr(run, f"started_by_{name}") for name in SIGNATURE}
        keys = [RowKey(draft.contract_id, draft.id) for draft in drafts]
        await issue(tx, keys, signed=signed, reason=run.reason, now=now)


async def _settle(
    tx: Transaction, run: Row[Any], drafts: Sequence[Row[Any]], contract_ids: Collection[UUID], now: datetime
) -> None:
    items = (col(BillingRunItem.run_id) == run.id, col(BillingRunItem.contract_id).in_(contract_ids))
    if drafts:
        billed = keyed([RowKey(draft.contract_id, draft.id) for draft in drafts])
        of_item = (col(BillingRunItem.contract_id) == billed.c.contract_id, col(Invoice.id) == billed.c.id)
        await tx.execute(
            update(BillingRunItem)
            .where(*items, *of_item, col(Invoice.contract_id) == billed.c.contract_id)
            .values(status="BILLED", invoice_id=billed.c.id, amount_minor=Invoice.subtotal_minor, settled_at=now)
        )
    rest = update(BillingRunItem).where(*items, col(BillingRunItem.status) == "PENDING")
    await tx.execute(rest.values(status="NOTHING_TO_BILL", settled_at=now))


async def _refuse(
    tx: Transaction, run: Row[Any], contract_ids: Collection[UUID], *, code: str, message: str, now: datetime
) -> None:
    if contract_ids:
        items = (col(BillingRunItem.run_id) == run.id, col(BillingRunItem.contract_id).in_(contract_ids))
        refused = {"status": "REFUSED", "code": code, "message": message, "settled_at": now}
        await tx.execute(update(BillingRunItem).where(*items).values(**refused))


async def _count(tx: Transaction, run: Row[Any], now: datetime, stop: Stop | None) -> None:
    """Write down how far the run is, and where it stands."""
    statuses = {"billed_count": "BILLED", "nothing_count": "NOTHING_TO_BILL", "refused_count": "REFUSED"}
    counted = (
        select(
            col(BillingRunItem.run_id),
            *(
                func.count().filter(col(BillingRunItem.status) == status).label(name)
                for name, status in statuses.items()
            ),
        )
        .where(col(BillingRunItem.run_id) == run.id)
        .group_by(col(BillingRunItem.run_id))
        .subquery("counted")
    )
    changes: dict[str, Any] = {name: counted.c[name] for name in statuses}
    changes |= {"status": "RUNNING", "progressed_at": now}
    if stop:
        changes |= {"status": "STOPPED", "stop_code": stop.code, "stop_message": stop.message}
        after = {"status": "STOPPED", "code": stop.code, "message": stop.message}
        tx.emit(Event("BILLING_RUN_STOPPED", object_id=run.id, before={"status": run.status}, after=after))
    await tx.execute(update(BillingRun).where(col(BillingRun.id) == counted.c.run_id).values(**changes))


async def _end(tx: Transaction, run: Row[Any], now: datetime) -> None:
    await tx.execute(update(BillingRun).where(col(BillingRun.id) == run.id).values(status="DONE", ended_at=now))
    counts = {name: getattr(run, name) for name in ("billed_count", "nothing_count", "refused_count")}
    tx.emit(Event(ENDED, object_id=run.id, before={"status": run.status}, after={"status": "DONE", **counts}))
