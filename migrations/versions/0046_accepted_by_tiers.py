"""What was accepted on a line with tiers is worth what its tiers say, in each of their periods."""

from __future__ import annotations

from migrations.sql import run

revision = "0046"
down_revision = "0042"
branch_labels = None
depends_on = None

BY_UNIT_PRICE = "app.extended_minor(l.accepted_quantity, l.unit_price, l.currency_code)"
BY_TIERS = f"""case when l.kind = 'UNIT' and (select p.tiering from contract_line_pricing p
                            where p.contract_id = l.contract_id and p.line_id = l.id) is not null
                        then app.accepted_by_tiers_minor(l.contract_id, l.id, l.currency_code)
                        else {BY_UNIT_PRICE} end"""
VERDICT = """
        create or replace function app.margin_band_verdict(of_contract_id uuid, of_invoice_id uuid) returns text
        language plpgsql stable security definer set search_path = public, app, pg_temp as $$
        declare c contract; price numeric; cost numeric; margin numeric;
        begin
            select * into c from contract where id = of_contract_id;
            if not app.sees(c.id, c.association_id, c.vendor_id) or c.margin_floor_percent is null
                or app.disclosure(c.id, c.association_id, c.vendor_id) not in ('FULL', 'BAND_ONLY') then
                return null;
            end if;
            if of_invoice_id is null then
                select coalesce(sum(case when l.kind in ('RECURRING', 'MINIMUM_COMMITMENT') then l.billed_minor
                        else {accepted} end), 0),
                    coalesce(sum(app.extended_minor(case l.kind when 'RECURRING' then l.billed_quantity
                        else l.accepted_quantity end, k.unit_cost, l.currency_code)), 0) into price, cost
                from contract_line l join contract_line_cost k on k.contract_id = l.contract_id and k.line_id = l.id
                where l.contract_id = c.id and l.revision = c.revision;
            else
                select coalesce(sum(l.amount_minor), 0), coalesce(sum(k.cost_minor), 0) into price, cost
                from invoice_line l join invoice_line_cost k on k.contract_id = l.contract_id and k.invoice_line_id = l.id
                where l.contract_id = c.id and l.invoice_id = of_invoice_id;
            end if;
            if price = 0 then return null; end if;
            margin := (price - cost) * 100 / price;
            return case when margin < c.margin_floor_percent then 'BELOW'
                when margin > c.margin_ceiling_percent then 'ABOVE' else 'WITHIN' end;
        end $$
"""


def upgrade() -> None:
    """Bring it. The tier periods are those of `app.tier_period`, laid out once for all decisions."""
    run(
        f"""
        create function app.accepted_by_tiers_minor(of_contract_id uuid, of_line_id uuid, currency text)
        returns bigint language sql stable parallel safe as $$
            with term as materialized (
                select p.tiering, p.tier_period, p.period_anchor, c.starts_on,
                    least(c.ends_on, (c.ended_at at time zone c.time_zone)::date) as last_day
                from contract_line_pricing p join contract c on c.id = p.contract_id
                where p.contract_id = of_contract_id and p.line_id = of_line_id and p.tiering is not null
            ), period as materialized (
                select p.starts_on, p.ends_on from term
                cross join app.billing_periods(term.starts_on, term.last_day, term.tier_period, term.period_anchor) p
            )
            select coalesce(sum(app.tiered_minor(of_contract_id, of_line_id, term.tiering, so_far.quantity, currency)), 0)::bigint
            from term cross join lateral (
                select sum(d.accepted_quantity) as quantity
                from decision d left join period p on d.performed_to between p.starts_on and p.ends_on
                where d.contract_id = of_contract_id and d.line_id = of_line_id and d.reversed_at is null
                group by coalesce(p.starts_on, term.starts_on)
            ) so_far $$ --;
        {VERDICT.format(accepted=BY_TIERS)}
        """
    )


def downgrade() -> None:
    """Take it away; the verdict goes by the unit price, which is that of the first tier."""
    run(
        f"""
        {VERDICT.format(accepted=BY_UNIT_PRICE)} --;
        drop function app.accepted_by_tiers_minor
        """
    )
