"""Pricing arrangements of contract lines with their terms, minimum commitment, retainage and its release."""

from __future__ import annotations

from migrations.sql import KEY_COLUMNS, READS_COST, SEES_CONTRACT, SIGNED, contract_table, drop_tables, run

revision = "0030"
down_revision = "0033"
branch_labels = None
depends_on = None

LINE_KEY = """contract_id uuid not null,
            line_id uuid not null,
            association_id uuid not null,
            vendor_id uuid not null"""

RELEASES = f"""{SEES_CONTRACT} and app.organization_kind() = 'ASSOCIATION'
    and app.has_role('OWNER', 'FINANCE', 'SIGNATORY')"""


def upgrade() -> None:
    """Bring them."""
    run(
        f"""
        create table contract_line_pricing (
            {LINE_KEY},
            arrangement text not null check (arrangement in ('FIXED_PRICE', 'TIME_AND_MATERIALS', 'UNIT', 'RECURRING',
                'COST_PLUS_FIXED_FEE', 'COST_PLUS_PERCENTAGE', 'COST_PLUS_INCENTIVE_FEE')),
            tiering text check (tiering in ('GRADUATED', 'VOLUME')),
            tier_period text check (tier_period in ('TERM', 'MONTHLY', 'QUARTERLY', 'YEARLY')),
            timing text check (timing in ('ADVANCE', 'ARREARS')),
            period_anchor text check (period_anchor in ('ANNIVERSARY', 'CALENDAR')),
            prorated boolean,
            primary key (contract_id, line_id),
            foreign key (contract_id, line_id) references contract_line (contract_id, id),
            constraint tiers_of_units check (case when tiering is null then tier_period is null
                else arrangement = 'UNIT' and tier_period is not null end),
            constraint terms_of_periods check (num_nulls(timing, prorated)
                = case arrangement when 'RECURRING' then 0 else 2 end),
            constraint anchored_periods check ((period_anchor is not null)
                = (arrangement = 'RECURRING' or coalesce(tier_period, 'TERM') <> 'TERM'))
        ) --;
        create table contract_line_tier (
            {LINE_KEY},
            position int not null check (position > 0),
            up_to numeric(18, 6) check (up_to > 0),
            currency_code text not null check (length(currency_code) = 3),
            unit_price numeric(18, 6) not null check (unit_price >= 0),
            primary key (contract_id, line_id, position),
            unique nulls not distinct (contract_id, line_id, up_to),
            foreign key (contract_id, line_id) references contract_line_pricing (contract_id, line_id)
        ) --;
        create table contract_line_cost_terms (
            {LINE_KEY},
            arrangement text not null check (arrangement in
                ('COST_PLUS_FIXED_FEE', 'COST_PLUS_PERCENTAGE', 'COST_PLUS_INCENTIVE_FEE')),
            currency_code text not null check (length(currency_code) = 3),
            target_cost_minor bigint not null check (target_cost_minor > 0),
            contract_fee_minor bigint check (contract_fee_minor >= 0),
            contract_fee_percent numeric(5, 2) check (contract_fee_percent between 0 and 100),
            fee_floor_minor bigint check (fee_floor_minor >= 0),
            fee_ceiling_minor bigint,
            vendor_share_under_percent numeric(5, 2) check (vendor_share_under_percent between 0 and 100),
            vendor_share_over_percent numeric(5, 2) check (vendor_share_over_percent between 0 and 100),
            salt bytea not null,
            commitment text not null,
            primary key (contract_id, line_id),
            foreign key (contract_id, line_id) references contract_line_pricing (contract_id, line_id),
            constraint fee_of_its_arrangement check ((contract_fee_percent is not null)
                = (arrangement = 'COST_PLUS_PERCENTAGE') and (contract_fee_minor is null) = (contract_fee_percent is not null)),
            constraint incentive_of_its_arrangement check (num_nulls(fee_floor_minor, fee_ceiling_minor,
                vendor_share_under_percent, vendor_share_over_percent)
                = case arrangement when 'COST_PLUS_INCENTIVE_FEE' then 0 else 4 end),
            constraint fee_between_floor_and_ceiling check (fee_floor_minor <= contract_fee_minor
                and contract_fee_minor <= fee_ceiling_minor)
        ) --;
        alter table contract
            add retainage_percent numeric(5, 2) check (retainage_percent > 0 and retainage_percent <= 100),
            add minimum_commitment_minor bigint check (minimum_commitment_minor > 0),
            add minimum_commitment_per text check (minimum_commitment_per in ('TERM', 'YEAR')),
            add check ((minimum_commitment_minor is null) = (minimum_commitment_per is null)) --;
        alter table invoice_line
            add tier_period_starts_on date,
            drop constraint invoice_line_contract_id_invoice_id_contract_line_id_rate_v_key,
            add constraint one_line_per_rate unique nulls not distinct
                (contract_id, invoice_id, contract_line_id, rate_version, tier_period_starts_on) --;
        create index invoice_line_tier_period on invoice_line (contract_id, contract_line_id, tier_period_starts_on)
            where tier_period_starts_on is not null --;
        alter table invoice_source
            add actual_cost_id uuid,
            add foreign key (contract_id, actual_cost_id) references actual_cost (contract_id, id),
            drop constraint invoice_source_kind_check,
            add constraint invoice_source_kind_check
                check (kind in ('ACCEPTANCE', 'RECURRING_PERIOD', 'COST_PERIOD', 'TRUE_UP')),
            drop constraint invoice_source_check1,
            add constraint invoice_source_check1 check ((kind = 'ACCEPTANCE')
                = (num_nulls(period_starts_on, period_ends_on) = 2) and num_nulls(period_starts_on, period_ends_on) <> 1),
            add constraint invoice_source_check2 check ((kind = 'COST_PERIOD') = (actual_cost_id is not null)) --;
        create unique index cost_billed_once on invoice_source (contract_id, actual_cost_id)
            where released_at is null and kind = 'COST_PERIOD' --;
        create unique index true_up_billed_once on invoice_source (contract_id, contract_line_id, period_starts_on)
            where released_at is null and kind = 'TRUE_UP' --;
        create table retainage_release (
            {KEY_COLUMNS},
            invoice_id uuid not null,
            currency_code text not null check (length(currency_code) = 3),
            amount_minor bigint not null check (amount_minor > 0),
            reason text not null check (length(reason) between 1 and 2000),
            released_at timestamptz not null,
            {SIGNED.format("released_by")},
            posted_at timestamptz,
            foreign key (contract_id, invoice_id) references invoice (contract_id, id)
        ) --;
        create index retainage_release_invoice on retainage_release (contract_id, invoice_id, released_at, id) --;
        create function app.billing_periods(first_day date, last_day date, recurrence text, anchor text)
        returns table (starts_on date, ends_on date, days int, whole_days int) language sql immutable parallel safe as $$
            select greatest(p.begins, first_day), least(p.next_begins - 1, last_day),
                least(p.next_begins - 1, last_day) - greatest(p.begins, first_day) + 1, p.next_begins - p.begins
            from (select case recurrence when 'MONTHLY' then 1 when 'QUARTERLY' then 3 when 'YEARLY' then 12 end as months) step
            cross join lateral (select case when anchor = 'CALENDAR' then date_trunc(case recurrence when 'MONTHLY' then 'month'
                when 'QUARTERLY' then 'quarter' else 'year' end, first_day::timestamp)::date else first_day end as day) first
            cross join lateral generate_series(0, (last_day - first.day) / (28 * months)) nth
            cross join lateral (select (first.day + make_interval(months => nth * months))::date as begins,
                (first.day + make_interval(months => (nth + 1) * months))::date as next_begins) p
            where p.begins <= last_day $$ --;
        create function app.tier_period(first_day date, last_day date, tier_period text, anchor text, day date)
        returns daterange language sql immutable parallel safe as $$
            select coalesce((select daterange(p.starts_on, p.ends_on, '[]')
                from app.billing_periods(first_day, last_day, tier_period, anchor) p
                where day between p.starts_on and p.ends_on), daterange(first_day, last_day, '[]')) $$ --;
        create function app.tiered_minor(of_contract_id uuid, of_line_id uuid, tiering text, quantity numeric, currency text)
        returns bigint language sql stable parallel safe as $$
            select app.extended_minor(1, coalesce(sum(case tiering
                when 'GRADUATED' then (least(quantity, coalesce(t.up_to, quantity)) - t.beyond) * t.unit_price
                else quantity * t.unit_price end), 0), currency)
            from (select up_to, unit_price, coalesce(lag(up_to) over (order by position), 0) as beyond
                from contract_line_tier where contract_id = of_contract_id and line_id = of_line_id) t
            where t.beyond < quantity and (tiering = 'GRADUATED' or coalesce(t.up_to, quantity) >= quantity) $$ --;
        create function app.prorated_minor(units numeric, unit_price numeric, days int, whole_days int, currency text)
        returns bigint language sql immutable parallel safe as $$
            select app.round_half_even(case when days = whole_days then amount else (amount * days)::numeric(60, 30) / whole_days end, 0)::bigint
            from (select units * unit_price * 10 ^ app.currency_digits(currency)::numeric as amount) whole $$ --;
        create function app.contract_fee_minor(of_contract_id uuid, of_line_id uuid, cost_minor numeric, final boolean)
        returns bigint language sql stable parallel safe as $$
            select case terms.arrangement
                when 'COST_PLUS_FIXED_FEE' then case when cost_minor >= terms.target_cost_minor then terms.contract_fee_minor
                    else app.round_half_even((terms.contract_fee_minor * cost_minor)::numeric(60, 30) / terms.target_cost_minor, 0) end
                when 'COST_PLUS_PERCENTAGE' then app.round_half_even(cost_minor * terms.contract_fee_percent / 100, 0)
                else case when not final then least(terms.fee_floor_minor, app.round_half_even(
                    (terms.fee_floor_minor * cost_minor)::numeric(60, 30) / terms.target_cost_minor, 0))
                else least(greatest(terms.contract_fee_minor + app.round_half_even((terms.target_cost_minor - cost_minor)
                    * case when cost_minor < terms.target_cost_minor then terms.vendor_share_under_percent
                        else terms.vendor_share_over_percent end / 100, 0), terms.fee_floor_minor), terms.fee_ceiling_minor)
                end end::bigint
            from contract_line_cost_terms terms where contract_id = of_contract_id and line_id = of_line_id $$
        """
    )
    contract_table("contract_line_pricing", grants="select, insert")
    contract_table("contract_line_tier", grants="select, insert")
    # who proposes states a target, and reads it back once the vendor has signed: as with any cost
    contract_table("contract_line_cost_terms", using=READS_COST, check=SEES_CONTRACT, grants="select, insert")
    contract_table("retainage_release", check=RELEASES, grants="select, insert")


def downgrade() -> None:
    """Take them away; what was billed by them cannot be taken back."""
    run(
        """
        drop function app.contract_fee_minor --;
        drop function app.prorated_minor --;
        drop function app.tiered_minor --;
        drop function app.tier_period --;
        drop function app.billing_periods
        """
    )
    drop_tables("contract_line_pricing", "contract_line_tier", "contract_line_cost_terms", "retainage_release")
    run(
        """
        drop index true_up_billed_once --;
        drop index cost_billed_once --;
        alter table invoice_source
            drop constraint invoice_source_check2,
            drop constraint invoice_source_check1,
            add constraint invoice_source_check1 check
                ((kind = 'RECURRING_PERIOD') = (period_starts_on is not null and period_ends_on is not null)),
            drop constraint invoice_source_kind_check,
            add constraint invoice_source_kind_check check (kind in ('ACCEPTANCE', 'RECURRING_PERIOD')),
            drop actual_cost_id --;
        drop index invoice_line_tier_period --;
        alter table invoice_line
            drop constraint one_line_per_rate,
            drop tier_period_starts_on,
            add constraint invoice_line_contract_id_invoice_id_contract_line_id_rate_v_key
                unique (contract_id, invoice_id, contract_line_id, rate_version) --;
        alter table contract drop minimum_commitment_per, drop minimum_commitment_minor, drop retainage_percent
        """
    )
