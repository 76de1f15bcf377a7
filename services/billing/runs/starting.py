"""Starting a run: every contract that was signed, or those of one party, becomes an item that waits to be billed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, insert, literal, select

from core.errors import InvalidInput, Refusals
from core.events import Event
from core.ids import new_id
from core.texts import check_words
from services.billing.runs.models import BillingRun, BillingRunItem
from services.billing.runs.reads import within
from services.identity.roles import Act, require

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime
    from decimal import Decimal
    from typing import Final
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction
    from core.errors import DomainError

LONGEST_REASON: Final = 2000
STARTED: Final = "BILLING_RUN_STARTED"
TOLD: Final = """mode period_starts_on period_ends_on vendor_id association_id most_invoices largest_total""".split()
ITEM_COLUMNS: Final = ["contract_id", "association_id", "vendor_id", "id", "run_id", "currency_code"]


async def start_billing_run(
    tx: Transaction,
    *,
    actor: Actor,
    mode: str,
    starts_on: date,
    ends_on: date,
    most_invoices: int,
    largest_total: Decimal,
    reason: str,
    now: datetime,
    vendor_id: UUID | None = None,
    association_id: UUID | None = None,
) -> UUID:
    """Bill contracts for a period of whole days, as drafts or issued (`mode` DRAFT or ISSUE); returns the run's id.

    The worker does it. It stops before it would write more than `most_invoices`, or more than `largest_total` in any
    one currency, in its major unit. Refuses with Unauthenticated, Forbidden, InvalidInput (the period, a limit),
    TextBlank or TextTooLong (the reason).
    """
    require(actor, Act.ISSUE_INVOICE)
    reason = reason.strip()
    if faults := list(_faults(starts_on, ends_on, most_invoices, largest_total, reason)):
        raise Refusals(faults)
    run_id = new_id()
    contracts = within(vendor_id=vendor_id, association_id=association_id).subquery("contracts")
    run = {
        "id": run_id,
        "mode": mode,
        "status": "QUEUED",
        "period_starts_on": starts_on,
        "period_ends_on": ends_on,
        "vendor_id": vendor_id,
        "association_id": association_id,
        "most_invoices": most_invoices,
        "largest_total": largest_total,
        "reason": reason,
        "total_count": select(func.count()).select_from(contracts).scalar_subquery(),
        "started_at": now,
        **actor.signed("started_by"),
    }
    await tx.execute(insert(BillingRun).values(**run))
    key = (contracts.c.id, contracts.c.association_id, contracts.c.vendor_id)
    items = select(*key, func.uuidv7(), literal(run_id), contracts.c.currency_code)
    await tx.execute(insert(BillingRunItem).from_select(ITEM_COLUMNS, items, include_defaults=False))
    told = (
        "mode",
        "period_starts_on",
        "period_ends_on",
        "vendor_id",
        "association_id",
        "most_invoices",
        "largest_total",
    )
    after = {name: str(run[name]) for name in told if run[name] is not None}
    tx.emit(Event(STARTED, object_id=run_id, after=after, reason=reason, due_at=now))
    return run_id


def _faults(
    starts_on: date, ends_on: date, most_invoices: int, largest_total: Decimal, reason: str
) -> Iterator[DomainError]:
    if ends_on < starts_on:
        yield InvalidInput(f"the period ends on {ends_on}, before it starts on {starts_on}", field="period.endsOn")
    if most_invoices < 1:
        yield InvalidInput(f"{most_invoices} invoices are none: at least 1", field="mostInvoices")
    if largest_total <= 0:
        yield InvalidInput(f"a total of {largest_total} bills nothing: more than 0", field="largestTotal")
    yield from check_words(reason, longest=LONGEST_REASON, field="reason")
