"""How lines of the journey's contract are priced, with tiers and with cost terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncpg

    from tests.guards.world import World


async def add_pricing(world: World, batch: asyncpg.Connection[Any]) -> None:
    """As proposing leaves it; the journey states none."""
    assert world.names["contract"]
    line = "from contract_line l where l.key = $1 and l.contract_id = (select contract_id from invoice limit 1)"
    await batch.execute(
        "update contract set minimum_commitment_minor = 100, minimum_commitment_per = 'TERM' "
        "where id = (select contract_id from invoice limit 1)"
    )
    key = "l.contract_id, l.id, l.association_id, l.vendor_id"
    into = "(contract_id, line_id, association_id, vendor_id"
    await batch.execute(
        f"insert into contract_line_pricing {into}, arrangement, tiering, tier_period) "
        f"select {key}, 'UNIT', 'GRADUATED', 'TERM' {line}",
        "tickets",
    )
    await batch.execute(
        f"insert into contract_line_tier {into}, position, currency_code, unit_price) "
        f"select {key}, 1, l.currency_code, l.unit_price {line}",
        "tickets",
    )
    await batch.execute(
        f"insert into contract_line_pricing {into}, arrangement) select {key}, 'COST_PLUS_INCENTIVE_FEE' {line}",
        "cutover",
    )
    await batch.execute(
        f"insert into contract_line_cost_terms {into}, arrangement, currency_code, target_cost_minor, "
        "contract_fee_minor, fee_floor_minor, fee_ceiling_minor, vendor_share_under_percent, "
        "vendor_share_over_percent, salt, commitment) "
        f"select {key}, 'COST_PLUS_INCENTIVE_FEE', l.currency_code, 290000, 20000, 10000, 30000, 50, 50, '', '' "
        f"{line}",
        "cutover",
    )
