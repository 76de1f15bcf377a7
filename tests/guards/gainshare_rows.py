"""What the parties share: an agreement, and a period that was shared by it with notes of either kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.ids import decode

if TYPE_CHECKING:
    import asyncpg

    from tests.guards.world import World


async def add_gainshare(world: World, batch: asyncpg.Connection[Any]) -> None:
    """As signatories and the billing desk leave it; its notes are some of the contract's."""
    (contract,) = decode("con", world.names["contract"])
    agreement = await batch.fetchval(
        "insert into gainshare_agreement (contract_id, id, association_id, vendor_id, status, "
        "association_gain_percent, association_pain_percent, neutral_percent, effective_from, reason, "
        "proposed_at, proposed_by_name, proposed_by_email, proposed_by_organization_name, "
        "proposed_by_organization_id, answer_reason, answered_at, answered_by_name, answered_by_email, "
        "answered_by_organization_name) "
        "select id, uuidv7(), association_id, vendor_id, 'AGREED', 50, 50, 0, starts_on, 'Shared effort', now(), "
        "'Kim', 'kim@lakeside.example', 'Lakeside', vendor_id, 'Yes', now(), 'Pat', 'pat@guild.example', 'The Guild' "
        "from contract where id = $1 returning id",
        contract,
    )
    share = await batch.fetchval(
        "insert into gainshare (contract_id, id, association_id, vendor_id, agreement_id, status, period_starts_on, "
        "period_ends_on, currency_code, association_gain_percent, association_pain_percent, neutral_percent, "
        "target_cost_minor, actual_cost_minor, association_share_minor, vendor_share_minor, reason, closed_at, "
        "closed_by_name, closed_by_email, closed_by_organization_name, debit_note_id) "
        "select c.id, uuidv7(), c.association_id, c.vendor_id, $2, 'SHARED', c.starts_on, "
        "(c.starts_on + interval '1 month')::date - 1, c.currency_code, 50, 50, 0, 10000, 9000, 500, 500, 'Month end', "
        "now(), 'Sam', 'sam@marketplace.example', 'The Marketplace', "
        "(select i.id from invoice i where i.contract_id = c.id limit 1) from contract c where c.id = $1 returning id",
        contract,
        agreement,
    )
    await batch.execute("update credit_note set gainshare_id = $2 where contract_id = $1", contract, share)
