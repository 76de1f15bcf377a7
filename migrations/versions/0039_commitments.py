"""What lacks of a minimum commitment, billed once its period is over; and gainshare in one vocabulary with its formula."""

from __future__ import annotations

from migrations.sql import READS_COST, SEES_CONTRACT, run

revision = "0039"
down_revision = "0041"
branch_labels = None
depends_on = None

BILLS = "app.organization_kind() = 'OPERATOR' and app.has_role('BILLING_ADMIN')"
SIGNS = "app.organization_kind() <> 'OPERATOR' and app.has_role('SIGNATORY')"
WITHOUT_RATE = "kind in ('OBLIGATION', 'MINIMUM_COMMITMENT')"

FREEZE = """
        create or replace function app.freeze_line_costs(of_contract_id uuid, of_revision int)
        returns table (line_id uuid, commitment text)
        language sql volatile security definer set search_path = public, app, pg_temp as $$
            insert into contract_line_cost (contract_id, line_id, association_id, vendor_id, unit_cost, salt, commitment)
            select l.contract_id, l.id, l.association_id, l.vendor_id, {unit_cost}, salt.bytes,
                encode(sha256(salt.bytes || convert_to(trim_scale({unit_cost})::text || ' ' || {currency}, 'UTF8')), 'hex')
            from contract_line l
            join contract c on c.id = l.contract_id
            {rates}
            cross join lateral (select uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) as bytes, l.id) salt
            where l.contract_id = of_contract_id and l.revision = of_revision
                and app.organization_id() in (c.association_id, c.vendor_id)
            returning line_id, commitment $$
"""
BY_RATE = FREEZE.format(
    unit_cost="cost.unit_cost",
    currency="cost.currency_code",
    rates="join rate_card_cost cost on cost.version_id = c.offering_version_id and cost.key = l.rate_card_key",
)
OR_NOTHING = FREEZE.format(
    unit_cost="cost.unit_cost",
    currency="cost.currency_code",
    rates="""join lateral (
                select r.unit_cost, r.currency_code from rate_card_cost r
                where r.version_id = c.offering_version_id and r.key = l.rate_card_key
                union all select 0::numeric, l.currency_code where l.kind = 'MINIMUM_COMMITMENT') cost on true""",
)

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
                select coalesce(sum(case {billed} then l.billed_minor
                        else app.extended_minor(l.accepted_quantity, l.unit_price, l.currency_code) end), 0),
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
    """Bring them."""
    run(
        f"""
        alter table contract_line
            drop constraint contract_line_kind_check,
            add constraint contract_line_kind_check check (kind in
                ('TIME_AND_MATERIALS', 'UNIT', 'MILESTONE', 'RECURRING', 'OBLIGATION', 'MINIMUM_COMMITMENT')),
            drop constraint contract_line_check6,
            add constraint contract_line_check6 check (({WITHOUT_RATE}) = (rate_card_key is null)),
            drop constraint billed_within_accepted,
            add constraint billed_within_accepted check (kind in ('RECURRING', 'MINIMUM_COMMITMENT')
                or billed_quantity <= accepted_quantity) --;
        create index contract_line_commitment on contract_line (contract_id, id) where kind = 'MINIMUM_COMMITMENT' --;
        create function app.commitment_periods(first_day date, last_day date, term_ends_on date, per text)
        returns table (starts_on date, ends_on date, days int, whole_days int) language sql immutable parallel safe as $$
            select p.* from app.billing_periods(first_day, last_day, 'YEARLY', 'ANNIVERSARY') p where per = 'YEAR'
            union all
            select first_day, last_day, last_day - first_day + 1, term_ends_on - first_day + 1
            where per = 'TERM' and first_day <= last_day $$ --;
        {OR_NOTHING} --;
        {VERDICT.format(billed="when l.kind in ('RECURRING', 'MINIMUM_COMMITMENT')")} --;
        alter table gainshare_agreement rename under_share_percent to association_gain_percent --;
        alter table gainshare_agreement rename over_share_percent to association_pain_percent --;
        alter table gainshare_agreement
            add neutral_percent numeric(5, 2) not null check (neutral_percent between 0 and 100) --;
        alter policy app on gainshare_agreement with check ({SEES_CONTRACT} and {SIGNS}) --;
        alter table gainshare rename under_share_percent to association_gain_percent --;
        alter table gainshare rename over_share_percent to association_pain_percent --;
        alter table gainshare rename invoice_id to debit_note_id --;
        alter table gainshare
            add neutral_percent numeric(5, 2) not null check (neutral_percent between 0 and 100),
            drop settled_at,
            drop credit_note_id,
            drop constraint gainshare_status_check,
            add constraint gainshare_status_check check (status in ('SHARED', 'VOID')),
            drop constraint shared_once,
            add constraint shared_once exclude using gist (contract_id with =,
                daterange(period_starts_on, period_ends_on, '[]') with &&) where (status = 'SHARED'),
            alter agreement_id set not null --;
        alter policy app on gainshare with check ({READS_COST} and {BILLS}) --;
        revoke update on gainshare from chapterhouse_app --;
        grant update (status) on gainshare to chapterhouse_app --;
        alter table credit_note
            add gainshare_id uuid,
            add foreign key (contract_id, gainshare_id) references gainshare (contract_id, id) --;
        create index credit_note_gainshare on credit_note (contract_id, gainshare_id, id)
            where gainshare_id is not null --;
        create function app.shareable_lines(of_contract uuid, first_day date, last_day date)
        returns table (line_id uuid, key text, done numeric, known numeric, target_minor bigint, actual_minor bigint)
        language sql stable parallel safe as $$
            select l.id, l.key, d.quantity, k.quantity, app.extended_minor(d.quantity, c.unit_cost, l.currency_code),
                k.actual_minor
            from contract_line l
            join contract o on o.id = l.contract_id and o.revision = l.revision
            join contract_line_cost c on c.contract_id = l.contract_id and c.line_id = l.id
            left join contract_line_pricing p on p.contract_id = l.contract_id and p.line_id = l.id
            cross join lateral (select case l.kind when 'RECURRING' then (
                    select coalesce(sum(s.quantity), 0) from invoice_source s
                    where s.contract_id = l.contract_id and s.contract_line_id = l.id and s.kind = 'RECURRING_PERIOD'
                        and s.released_at is null and s.period_starts_on <= last_day and s.period_ends_on >= first_day
                ) else (
                    select coalesce(sum(d.accepted_quantity), 0) from decision d
                    where d.contract_id = l.contract_id and d.line_id = l.id and d.reversed_at is null
                        and d.performed_to between first_day and last_day
                ) end as quantity) d
            cross join lateral (select coalesce(sum(k.done), 0) as quantity,
                    coalesce(sum(k.actual_minor), 0)::bigint as actual_minor
                from app.costs_of_line(l.contract_id, l.id) k
                where k.starts_on >= first_day and k.ends_on <= last_day) k
            where l.contract_id = of_contract and l.kind in ('TIME_AND_MATERIALS', 'UNIT', 'MILESTONE', 'RECURRING')
                and coalesce(p.arrangement, l.kind) not like 'COST\\_PLUS%'
            order by l.position
        $$
        """
    )


def downgrade() -> None:
    """Take them away; what was billed of a commitment cannot be taken back."""
    run(
        f"""
        drop function app.shareable_lines --;
        drop index credit_note_gainshare --;
        alter table credit_note drop gainshare_id --;
        revoke update (status) on gainshare from chapterhouse_app --;
        grant update on gainshare to chapterhouse_app --;
        alter policy app on gainshare with check ({READS_COST}) --;
        alter table gainshare
            alter agreement_id drop not null,
            drop constraint shared_once,
            add constraint shared_once exclude using gist
                (contract_id with =, daterange(period_starts_on, period_ends_on, '[]') with &&),
            drop constraint gainshare_status_check,
            add constraint gainshare_status_check check (status in ('CLOSED', 'SETTLED')),
            add credit_note_id uuid,
            add settled_at timestamptz,
            add constraint gainshare_check1 check ((status = 'SETTLED') = (settled_at is not null)),
            drop neutral_percent --;
        alter table gainshare rename debit_note_id to invoice_id --;
        alter table gainshare rename association_pain_percent to over_share_percent --;
        alter table gainshare rename association_gain_percent to under_share_percent --;
        alter policy app on gainshare_agreement with check ({SEES_CONTRACT}) --;
        alter table gainshare_agreement drop neutral_percent --;
        alter table gainshare_agreement rename association_pain_percent to over_share_percent --;
        alter table gainshare_agreement rename association_gain_percent to under_share_percent --;
        {VERDICT.format(billed="l.kind when 'RECURRING'")} --;
        {BY_RATE} --;
        drop function app.commitment_periods --;
        drop index contract_line_commitment --;
        alter table contract_line
            drop constraint billed_within_accepted,
            add constraint billed_within_accepted check (kind = 'RECURRING' or billed_quantity <= accepted_quantity),
            drop constraint contract_line_check6,
            add constraint contract_line_check6 check ((unit_price is null) = (rate_card_key is null)),
            drop constraint contract_line_kind_check,
            add constraint contract_line_kind_check
                check (kind in ('TIME_AND_MATERIALS', 'UNIT', 'MILESTONE', 'RECURRING', 'OBLIGATION'))
        """
    )
