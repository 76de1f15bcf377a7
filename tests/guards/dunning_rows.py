"""Dunning: a schedule of one far level, and a notice of the journey's invoice whose dunning is paused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncpg

    from tests.guards.world import World

NOTICE = """insert into dunning_notice (contract_id, id, association_id, vendor_id, invoice_id, level, kind,
    invoice_number, due_on, noticed_on, noticed_at, currency_code, overdue_minor, disputed_minor, late_charge_minor)
select contract_id, gen_random_uuid(), association_id, vendor_id, id, 9, 'FINAL', number, due_on, due_on, now(),
    currency_code, 1, 0, 0 from invoice where number is not null"""
EXCHANGE = """insert into invoice_exchange (contract_id, invoice_id, purpose, association_id, vendor_id,
    from_currency_code, to_currency_code, rate, rate_on, source, amount_minor)
select contract_id, id, 'REPORTING', association_id, vendor_id, currency_code, 'EUR', 0.9, issued_on, 'ECB', total_minor
    from invoice where number is not null"""


async def add_dunning(world: World, batch: asyncpg.Connection[Any]) -> None:
    """The operator sets the schedule and pauses it; what the worker would give is written down."""
    why = {"reason": "For the guard."}
    levels = [{"daysAfterDue": 365, "kind": "FINAL"}]
    await world.do("operator.billing", "setDunningSchedule", "levelCount", {"levels": levels, **why})
    pause = {"invoiceId": world.names["invoice"], **why}
    await world.do("operator.billing", "pauseDunning", "invoice { id }", pause)
    await batch.execute(NOTICE)
    await batch.execute(EXCHANGE)
