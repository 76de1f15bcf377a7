"""Invoices with cost apart, what each one claims, actual cost, and the journal."""

from __future__ import annotations

from migrations.sql import (
    KEY_COLUMNS,
    READS_COST,
    SEES_CONTRACT,
    contract_table,
    drop_tables,
    lookup_function,
    run,
    tenant_table,
)

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BILLS = "app.organization_kind() = 'OPERATOR' and app.has_role('BILLING_ADMIN')"


def upgrade() -> None:
    """Bring billing."""
    run(
        f"""
        create table invoice_counter (
            vendor_id uuid not null references organization,
            year int not null,
            last_number int not null check (last_number > 0),
            primary key (vendor_id, year)
        ) --;
        create table invoice (
            {KEY_COLUMNS},
            number text not null,
            year int not null,
            year_number int not null,
            status text not null check (status in ('ISSUED', 'VOID')),
            period_starts_on date not null,
            period_ends_on date not null,
            issued_at timestamptz not null,
            issued_on date not null,
            due_on date not null,
            currency_code text not null,
            purchase_order_number text,
            seller_name text not null,
            seller_country_code text not null,
            buyer_name text not null,
            buyer_country_code text not null,
            issuer_name text not null,
            issuer_country_code text not null,
            issued_by_member_id uuid not null,
            issued_by_name text not null,
            issued_by_email text not null,
            issued_by_organization_id uuid not null,
            issued_by_organization_name text not null,
            subtotal_minor bigint not null check (subtotal_minor > 0),
            tax_total_minor bigint not null check (tax_total_minor >= 0),
            total_minor bigint generated always as (subtotal_minor + tax_total_minor) stored,
            amount_due_minor bigint not null check (amount_due_minor >= 0),
            platform_fee_percent numeric(5, 2) not null,
            voided_at timestamptz,
            void_reason text,
            unique (vendor_id, year, year_number),
            unique (vendor_id, number),
            check (period_starts_on <= period_ends_on),
            check ((status = 'VOID') = (voided_at is not null))
        ) --;
        create index invoice_newest on invoice (contract_id, issued_at desc, id desc) --;
        create index invoice_issued on invoice (issued_at desc, id desc) --;
        create index invoice_association on invoice (association_id, issued_at desc, id desc) --;
        create index invoice_vendor on invoice (vendor_id, issued_at desc, id desc) --;
        create table invoice_line (
            {KEY_COLUMNS},
            invoice_id uuid not null,
            contract_line_id uuid not null,
            position int not null,
            description text not null,
            unit text not null,
            currency_code text not null,
            quantity numeric(18, 6) not null check (quantity > 0),
            late_quantity numeric(18, 6) not null check (late_quantity between 0 and quantity),
            unit_price numeric(18, 6) not null,
            rate_card_key text not null,
            rate_version int not null,
            amount_minor bigint not null check (amount_minor >= 0),
            foreign key (contract_id, invoice_id) references invoice (contract_id, id),
            foreign key (contract_id, contract_line_id) references contract_line (contract_id, id),
            unique (contract_id, invoice_id, contract_line_id, rate_version)
        ) --;
        create table invoice_line_cost (
            contract_id uuid not null,
            invoice_line_id uuid not null,
            association_id uuid not null,
            vendor_id uuid not null,
            invoice_id uuid not null,
            cost_basis text not null check (cost_basis in ('STANDARD', 'ACTUAL')),
            cost_minor bigint not null check (cost_minor >= 0),
            platform_fee_minor bigint not null check (platform_fee_minor >= 0),
            primary key (contract_id, invoice_line_id),
            foreign key (contract_id, invoice_line_id) references invoice_line (contract_id, id)
        ) --;
        create index invoice_line_cost_invoice on invoice_line_cost (contract_id, invoice_id) --;
        create table invoice_source (
            {KEY_COLUMNS},
            invoice_id uuid not null,
            invoice_line_id uuid not null,
            contract_line_id uuid not null,
            kind text not null check (kind in ('ACCEPTANCE', 'RECURRING_PERIOD')),
            decision_id uuid,
            period_starts_on date,
            period_ends_on date,
            quantity numeric(18, 6) not null check (quantity > 0),
            late boolean not null,
            released_at timestamptz,
            foreign key (contract_id, invoice_id) references invoice (contract_id, id),
            foreign key (contract_id, invoice_line_id) references invoice_line (contract_id, id),
            foreign key (contract_id, decision_id) references decision (contract_id, id),
            check ((kind = 'ACCEPTANCE') = (decision_id is not null)),
            check ((kind = 'RECURRING_PERIOD') = (period_starts_on is not null and period_ends_on is not null))
        ) --;
        create unique index acceptance_billed_once on invoice_source (contract_id, decision_id) where released_at is null --;
        create unique index recurring_period_billed_once on invoice_source (contract_id, contract_line_id, period_starts_on)
            where released_at is null and kind = 'RECURRING_PERIOD' --;
        create index invoice_source_line on invoice_source (contract_id, invoice_line_id, id) --;
        create table actual_cost (
            {KEY_COLUMNS},
            contract_line_id uuid not null,
            period_starts_on date not null,
            period_ends_on date not null,
            cost_minor bigint not null check (cost_minor >= 0),
            recorded_at timestamptz not null,
            foreign key (contract_id, contract_line_id) references contract_line (contract_id, id),
            check (period_starts_on <= period_ends_on),
            constraint one_actual_cost_per_period exclude using gist (contract_id with =, contract_line_id with =,
                daterange(period_starts_on, period_ends_on, '[]') with &&)
        ) --;
        create table journal_entry (
            {KEY_COLUMNS},
            sequence int not null check (sequence > 0),
            kind text not null check (kind in ('INVOICE_ISSUED', 'INVOICE_VOIDED')),
            invoice_id uuid not null,
            reverses_entry_id uuid,
            effective_at timestamptz not null,
            recorded_at timestamptz not null,
            salt bytea not null,
            digest bytea not null,
            previous_hash bytea not null,
            hash bytea not null,
            unique (contract_id, sequence),
            constraint reversed_once unique (contract_id, reverses_entry_id),
            foreign key (contract_id, invoice_id) references invoice (contract_id, id),
            foreign key (contract_id, reverses_entry_id) references journal_entry (contract_id, id)
        ) --;
        create table posting (
            contract_id uuid not null,
            entry_id uuid not null,
            position int not null,
            association_id uuid not null,
            vendor_id uuid not null,
            account text not null check (account in ('ASSOCIATION_RECEIVABLE', 'VENDOR_PAYABLE', 'PLATFORM_FEE_INCOME')),
            currency_code text not null,
            amount_minor bigint not null check (amount_minor <> 0),
            primary key (contract_id, entry_id, position),
            foreign key (contract_id, entry_id) references journal_entry (contract_id, id)
        ) --;
        create trigger append_only before update or delete or truncate on journal_entry execute function app.refuse_change() --;
        create trigger append_only before update or delete or truncate on posting execute function app.refuse_change()
        """
    )
    tenant_table("invoice_counter", using=BILLS)
    # issued, an invoice never changes but to be void
    for table, grants in (
        ("invoice", "select, insert, update (status, amount_due_minor, voided_at, void_reason)"),
        ("invoice_line", "select, insert"),
        ("invoice_source", "select, insert, update (released_at)"),
    ):
        contract_table(table, check=f"{SEES_CONTRACT} and {BILLS}", grants=grants)
    contract_table("journal_entry", check=f"{SEES_CONTRACT} and {BILLS}", grants="select, insert")
    contract_table("invoice_line_cost", using=READS_COST, grants="select, insert")
    contract_table("actual_cost", using=READS_COST, grants="select")
    contract_table(
        "posting",
        using=f"{SEES_CONTRACT} and (account = 'ASSOCIATION_RECEIVABLE' or app.organization_kind() <> 'ASSOCIATION')",
        check=f"{SEES_CONTRACT} and {BILLS}",
        grants="select, insert",
    )
    lookup_function(
        "app.require_balanced_entry() returns trigger",
        """language plpgsql security definer set search_path = public, pg_temp as $$
        declare wrong text;
        begin
            select p.currency_code into wrong from posting p
            where p.contract_id = new.contract_id and p.entry_id = new.entry_id
            group by p.currency_code having sum(p.amount_minor) <> 0 limit 1;
            if found then
                raise exception 'journal entry % does not balance in %', new.entry_id, wrong using errcode = 'check_violation';
            end if;
            return null;
        end $$""",
    )
    run(
        """
        create constraint trigger balanced after insert on posting deferrable initially deferred
            for each row execute function app.require_balanced_entry()
        """
    )
    run(
        """
        create function app.whole_periods(first_day date, recurrence text, last_day date)
        returns table (starts_on date, ends_on date) language sql immutable parallel safe as $$
            select p.starts_on, p.ends_on
            from (select case recurrence when 'MONTHLY' then 1 when 'QUARTERLY' then 3 when 'YEARLY' then 12 end as months) step
            cross join lateral generate_series(0, (last_day - first_day) / (28 * months)) nth
            cross join lateral (select
                (first_day + make_interval(months => nth * months))::date as starts_on,
                (first_day + make_interval(months => (nth + 1) * months))::date - 1 as ends_on) p
            where p.ends_on <= last_day $$
        """
    )
    lookup_function(
        "app.margin_band_verdict(of_contract_id uuid, of_invoice_id uuid) returns text",
        """language plpgsql stable security definer set search_path = public, app, pg_temp as $$
        declare c contract; price numeric; cost numeric; margin numeric;
        begin
            select * into c from contract where id = of_contract_id;
            if not app.sees(c.id, c.association_id, c.vendor_id) or c.margin_floor_percent is null
                or app.disclosure(c.id, c.association_id, c.vendor_id) not in ('FULL', 'BAND_ONLY') then
                return null;
            end if;
            if of_invoice_id is null then
                select coalesce(sum(case l.kind when 'RECURRING' then l.billed_minor
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
        end $$""",
    )


def downgrade() -> None:
    """Take it away."""
    run(
        """
        drop function app.margin_band_verdict --;
        drop function app.whole_periods
        """
    )
    drop_tables(
        "invoice_counter",
        "invoice",
        "invoice_line",
        "invoice_line_cost",
        "invoice_source",
        "actual_cost",
        "journal_entry",
        "posting",
    )
    run("drop function app.require_balanced_entry")
