"""Taxes by rule with exemption certificates, rates of exchange, dunning, and the operator's invoices for platform fees."""

from __future__ import annotations

from migrations.sql import KEY_COLUMNS, SEES_CONTRACT, SIGNED, contract_table, drop_tables, run, tenant_table

revision = "0034"
down_revision = "0035"
branch_labels = None
depends_on = None

OPERATOR = "app.organization_kind() = 'OPERATOR'"
BILLS = f"{OPERATOR} and app.has_role('BILLING_ADMIN')"
OVERSEES = f"{OPERATOR} and app.has_role('OWNER', 'BILLING_ADMIN', 'AUDITOR')"

EUROPEAN_UNION = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()
"""Directive 2006/112/EC applies in them."""

CATEGORIES = "'S', 'Z', 'E', 'AE', 'K', 'G', 'O'"
"""UNCL 5305, as EN 16931 takes it (BT-118, BT-151)."""

UNTAXED = "Not subject to tax: no tax rule applies"

TAX_COLUMNS = f"""tax_category_code text not null default 'O' check (tax_category_code in ({CATEGORIES})),
            add tax_rate_percent numeric(7, 4) not null default 0 check (tax_rate_percent between 0 and 100),
            add tax_reason_code text default 'VATEX-EU-O',
            add tax_reason text default '{UNTAXED}',
            add tax_rule_id uuid,
            add tax_exemption_id uuid,
            add check (tax_rate_percent = 0 or tax_category_code = 'S')"""

LINE_TAX = "tax_category_code tax_rate_percent tax_reason_code tax_reason tax_rule_id tax_exemption_id".split()
PARTY_COLUMNS = "seller_region_code seller_tax_number buyer_region_code buyer_tax_number".split()

MOST_DAYS_OLD = 7
"""A rate is of a banking day; over the longest holidays the last one before them holds."""


def upgrade() -> None:
    """Bring them."""
    union = ", ".join(f"'{code}'" for code in EUROPEAN_UNION)
    run(
        f"""
        create table billing_setting (
            operator_id uuid primary key references organization,
            reporting_currency_code text not null check (reporting_currency_code ~ '^[A-Z]{{3}}$'),
            changed_at timestamptz not null,
            {SIGNED.format("changed_by")}
        ) --;
        create table tax_registration (
            organization_id uuid primary key references organization,
            region_code text check (region_code ~ '^[A-Z0-9]{{1,3}}$'),
            number text check (length(number) between 1 and 64),
            tax_currency_code text check (tax_currency_code ~ '^[A-Z]{{3}}$'),
            recorded_at timestamptz not null,
            {SIGNED.format("recorded_by")}
        ) --;
        create table tax_rule (
            id uuid primary key,
            supply text not null check (supply in ('SERVICES', 'PLATFORM_FEES')),
            trade text check (trade in ('DOMESTIC', 'INTRA_EU', 'INTERNATIONAL')),
            seller_country_code text references country,
            seller_region_code text check (seller_region_code ~ '^[A-Z0-9]{{1,3}}$'),
            buyer_country_code text references country,
            buyer_region_code text check (buyer_region_code ~ '^[A-Z0-9]{{1,3}}$'),
            unit text,
            category_code text not null check (category_code in ({CATEGORIES})),
            rate_percent numeric(7, 4) not null check (rate_percent between 0 and 100),
            reason_code text check (length(reason_code) between 1 and 50),
            reason text check (length(reason) between 1 and 500),
            valid_from date not null,
            valid_until date,
            recorded_at timestamptz not null,
            {SIGNED.format("recorded_by")},
            check ((category_code = 'S') = (rate_percent > 0)),
            check ((category_code in ('S', 'Z')) = (reason is null)),
            check (reason_code is null or reason is not null),
            check (seller_region_code is null or seller_country_code is not null),
            check (buyer_region_code is null or buyer_country_code is not null),
            check (valid_from <= valid_until),
            constraint one_tax_rule_at_a_time exclude using gist (
                supply with =, coalesce(trade, '') with =,
                coalesce(seller_country_code, '') with =, coalesce(seller_region_code, '') with =,
                coalesce(buyer_country_code, '') with =, coalesce(buyer_region_code, '') with =,
                coalesce(unit, '') with =, daterange(valid_from, valid_until, '[]') with &&)
        ) --;
        create index tax_rule_newest on tax_rule (valid_from desc, id desc) --;
        create table tax_exemption (
            id uuid primary key,
            association_id uuid not null references organization,
            number text not null check (length(number) between 1 and 100),
            country_code text not null references country,
            region_code text check (region_code ~ '^[A-Z0-9]{{1,3}}$'),
            evidence_contract_id uuid not null,
            evidence_id uuid not null,
            valid_from date not null,
            valid_until date not null,
            status text not null check (status in ('FILED', 'VERIFIED', 'REJECTED')),
            filed_at timestamptz not null,
            {SIGNED.format("filed_by")},
            decided_at timestamptz,
            {SIGNED.format("decided_by")},
            decide_reason text check (length(decide_reason) between 1 and 2000),
            foreign key (evidence_contract_id, evidence_id) references evidence (contract_id, id),
            check (valid_from <= valid_until),
            check ((status = 'FILED') = (decided_at is null)),
            constraint one_exemption_at_a_time exclude using gist (
                association_id with =, country_code with =, coalesce(region_code, '') with =,
                daterange(valid_from, valid_until, '[]') with &&) where (status = 'VERIFIED')
        ) --;
        create index tax_exemption_newest on tax_exemption (filed_at desc, id desc) --;
        create index tax_exemption_association on tax_exemption (association_id, filed_at desc, id desc) --;
        alter table invoice_line add {TAX_COLUMNS} --;
        alter table invoice {", ".join(f"add {name} text" for name in PARTY_COLUMNS)} --;
        grant update ({", ".join(PARTY_COLUMNS)}) on invoice to chapterhouse_app --;
        grant update ({", ".join(LINE_TAX)}) on invoice_line to chapterhouse_app --;
        create function app.keep_issued_line() returns trigger language plpgsql as $$
        begin
            if not exists (select from invoice i
                where i.contract_id = old.contract_id and i.id = old.invoice_id and i.status = 'DRAFT') then
                raise exception 'how a line of an issued invoice is taxed never changes' using errcode = 'check_violation';
            end if;
            return new;
        end $$ --;
        create trigger keep_issued before update of {", ".join(LINE_TAX)} on invoice_line
            for each row execute function app.keep_issued_line() --;
        create table exchange_rate (
            id uuid primary key,
            source text not null check (source in ('ECB', 'OPERATOR')),
            rate_on date not null,
            from_currency_code text not null check (from_currency_code ~ '^[A-Z]{{3}}$'),
            to_currency_code text not null check (to_currency_code ~ '^[A-Z]{{3}}$'),
            rate numeric(24, 12) not null check (rate > 0),
            recorded_at timestamptz not null,
            {SIGNED.format("recorded_by")},
            withdrawn_at timestamptz,
            withdraw_reason text check (length(withdraw_reason) between 1 and 2000),
            check (from_currency_code <> to_currency_code),
            check ((withdrawn_at is null) = (withdraw_reason is null))
        ) --;
        create unique index one_rate_a_day on exchange_rate (from_currency_code, to_currency_code, rate_on, source)
            where withdrawn_at is null --;
        create index exchange_rate_newest on exchange_rate (rate_on desc, id desc) --;
        create index exchange_rate_into on exchange_rate (to_currency_code, rate_on desc, id desc) --;
        create table invoice_exchange (
            contract_id uuid not null,
            invoice_id uuid not null,
            purpose text not null check (purpose in ('REPORTING', 'TAX')),
            association_id uuid not null,
            vendor_id uuid not null,
            from_currency_code text not null,
            to_currency_code text not null,
            rate numeric(24, 12) not null check (rate > 0),
            rate_on date not null,
            source text not null,
            amount_minor bigint not null,
            primary key (contract_id, invoice_id, purpose),
            foreign key (contract_id, invoice_id) references invoice (contract_id, id)
        ) --;
        create table dunning_level (
            id uuid primary key,
            level int not null check (level between 1 and 9),
            days_after_due int not null check (days_after_due between 1 and 365),
            kind text not null check (kind in ('REMINDER', 'NOTICE', 'FINAL')),
            late_charge_percent numeric(5, 2) check (late_charge_percent > 0 and late_charge_percent <= 100),
            configured_at timestamptz not null,
            {SIGNED.format("configured_by")},
            ended_at timestamptz
        ) --;
        create unique index one_dunning_level on dunning_level (level) where ended_at is null --;
        create table dunning_notice (
            {KEY_COLUMNS},
            invoice_id uuid not null,
            level int not null,
            kind text not null check (kind in ('REMINDER', 'NOTICE', 'FINAL')),
            invoice_number text not null,
            due_on date not null,
            noticed_on date not null,
            noticed_at timestamptz not null,
            currency_code text not null,
            overdue_minor bigint not null check (overdue_minor > 0),
            disputed_minor bigint not null check (disputed_minor >= 0),
            late_charge_percent numeric(5, 2),
            late_charge_minor bigint not null check (late_charge_minor >= 0),
            foreign key (contract_id, invoice_id) references invoice (contract_id, id),
            constraint one_notice_of_a_level unique (contract_id, invoice_id, level)
        ) --;
        create index dunning_notice_newest on dunning_notice (noticed_at desc, id desc) --;
        create index dunning_notice_association on dunning_notice (association_id, noticed_at desc, id desc) --;
        create index dunning_notice_vendor on dunning_notice (vendor_id, noticed_at desc, id desc) --;
        create table dunning_pause (
            {KEY_COLUMNS},
            invoice_id uuid not null,
            paused_at timestamptz not null,
            {SIGNED.format("paused_by")},
            reason text not null check (length(reason) between 1 and 2000),
            resumed_at timestamptz,
            {SIGNED.format("resumed_by")},
            resume_reason text check (length(resume_reason) between 1 and 2000),
            foreign key (contract_id, invoice_id) references invoice (contract_id, id),
            check ((resumed_at is null) = (resume_reason is null))
        ) --;
        create unique index one_dunning_pause on dunning_pause (contract_id, invoice_id) where resumed_at is null --;
        create index invoice_overdue on invoice (due_on, contract_id, id) where status = 'OVERDUE' --;
        create index journal_entry_effective on journal_entry (association_id, effective_at, contract_id, sequence) --;
        create index journal_entry_invoice on journal_entry (contract_id, invoice_id) --;
        create table platform_fee_counter (
            year int primary key,
            last_number int not null check (last_number > 0)
        ) --;
        create table platform_fee_invoice (
            id uuid primary key,
            vendor_id uuid not null references organization,
            number text not null unique,
            year int not null,
            year_number int not null,
            kind text not null check (kind in ('INVOICE', 'CREDIT_NOTE')),
            month_starts_on date not null check (extract(day from month_starts_on) = 1),
            currency_code text not null,
            issued_at timestamptz not null,
            issued_on date not null,
            {SIGNED.format("issued_by")},
            seller_name text not null,
            seller_country_code text not null,
            seller_region_code text,
            seller_tax_number text,
            buyer_name text not null,
            buyer_country_code text not null,
            buyer_region_code text,
            buyer_tax_number text,
            subtotal_minor bigint not null,
            tax_category_code text not null check (tax_category_code in ({CATEGORIES})),
            tax_rate_percent numeric(7, 4) not null,
            tax_reason_code text,
            tax_reason text,
            tax_rule_id uuid,
            tax_total_minor bigint not null,
            total_minor bigint generated always as (subtotal_minor + tax_total_minor) stored,
            set_off_minor bigint not null,
            amount_due_minor bigint generated always as (subtotal_minor + tax_total_minor - set_off_minor) stored,
            unique (year, year_number),
            constraint one_platform_fee_invoice unique (vendor_id, month_starts_on, currency_code),
            check (set_off_minor = subtotal_minor)
        ) --;
        create index platform_fee_invoice_newest on platform_fee_invoice (issued_at desc, id desc) --;
        create index platform_fee_invoice_vendor on platform_fee_invoice (vendor_id, issued_at desc, id desc) --;
        create table platform_fee_line (
            platform_fee_invoice_id uuid not null references platform_fee_invoice,
            position int not null,
            vendor_id uuid not null,
            contract_id uuid not null,
            entry_id uuid not null,
            invoice_id uuid,
            kind text not null,
            document_number text,
            effective_on date not null,
            currency_code text not null,
            platform_fee_minor bigint not null check (platform_fee_minor <> 0),
            primary key (platform_fee_invoice_id, position),
            foreign key (contract_id, entry_id) references journal_entry (contract_id, id),
            constraint each_platform_fee_once unique (contract_id, entry_id)
        ) --;
        create function app.trade_between(seller_country text, buyer_country text) returns text
        language sql immutable parallel safe as $$
            select case when seller_country = buyer_country then 'DOMESTIC'
                when seller_country in ({union}) and buyer_country in ({union}) then 'INTRA_EU'
                else 'INTERNATIONAL' end $$ --;
        create function app.tax_for(of_supply text, of_seller uuid, of_buyer uuid, of_unit text, on_day date)
        returns table (tax_rule_id uuid, tax_exemption_id uuid, tax_category_code text, tax_rate_percent numeric,
            tax_reason_code text, tax_reason text)
        language sql stable parallel safe as $$
            select r.id, x.id,
                case when x.id is not null then 'E' else coalesce(r.category_code, 'O') end,
                case when x.id is not null then 0 else coalesce(r.rate_percent, 0) end,
                case when x.id is not null then null when r.id is null then 'VATEX-EU-O' else r.reason_code end,
                case when x.id is not null then 'Exemption certificate ' || x.number
                    when r.id is not null then r.reason
                    when s.number is null and s.taxable then 'Not subject to tax: the seller has no tax number'
                    else '{UNTAXED}' end
            from (
                select o.country_code, t.region_code, t.number,
                    exists (select from tax_rule where supply = of_supply) as taxable
                from organization o left join tax_registration t on t.organization_id = o.id where o.id = of_seller
            ) s
            cross join (
                select o.country_code, t.region_code, t.number
                from organization o left join tax_registration t on t.organization_id = o.id where o.id = of_buyer
            ) b
            left join lateral (
                select t.* from tax_rule t
                where t.supply = of_supply and t.valid_from <= on_day and coalesce(t.valid_until, on_day) >= on_day
                    and (t.trade is null or t.trade = app.trade_between(s.country_code, b.country_code))
                    and (t.seller_country_code is null or t.seller_country_code = s.country_code)
                    and (t.seller_region_code is null or t.seller_region_code = s.region_code)
                    and (t.buyer_country_code is null or t.buyer_country_code = b.country_code)
                    and (t.buyer_region_code is null or t.buyer_region_code = b.region_code)
                    and (t.unit is null or t.unit = of_unit)
                    and (t.category_code = 'O' or s.number is not null)
                    and (t.category_code not in ('AE', 'K') or b.number is not null)
                order by t.unit is null, t.buyer_region_code is null, t.buyer_country_code is null,
                    t.seller_region_code is null, t.seller_country_code is null, t.trade is null
                limit 1
            ) r on true
            left join lateral (
                select e.id, e.number from tax_exemption e
                where e.association_id = of_buyer and e.status = 'VERIFIED'
                    and e.valid_from <= on_day and e.valid_until >= on_day
                    and e.country_code = b.country_code and (e.region_code is null or e.region_code = b.region_code)
                order by e.region_code is null, e.id
                limit 1
            ) x on r.category_code = 'S' $$ --;
        create function app.tax_minor(taxable_minor numeric, rate_percent numeric) returns bigint
        language sql immutable parallel safe as $$ select round(taxable_minor * rate_percent / 100)::bigint $$ --;
        create function app.exchange_for(from_currency text, to_currency text, on_day date)
        returns table (rate numeric, rate_on date, source text) language sql stable parallel safe as $$
            select way.rate, way.rate_on, way.source from (
                select r.rate, r.rate_on, r.source, 1 as detour from exchange_rate r
                where r.from_currency_code = from_currency and r.to_currency_code = to_currency
                    and r.withdrawn_at is null and r.rate_on between on_day - {MOST_DAYS_OLD} and on_day
                union all
                select round(1 / r.rate, 12), r.rate_on, r.source, 2 from exchange_rate r
                where r.from_currency_code = to_currency and r.to_currency_code = from_currency
                    and r.withdrawn_at is null and r.rate_on between on_day - {MOST_DAYS_OLD} and on_day
                union all
                select round(there.rate / back.rate, 12), there.rate_on, there.source, 3
                from exchange_rate there
                join exchange_rate back on back.from_currency_code = there.from_currency_code
                    and back.rate_on = there.rate_on and back.source = there.source and back.withdrawn_at is null
                where there.to_currency_code = to_currency and back.to_currency_code = from_currency
                    and there.from_currency_code = 'EUR' and there.withdrawn_at is null
                    and there.rate_on between on_day - {MOST_DAYS_OLD} and on_day
            ) way
            where from_currency <> to_currency
            order by way.rate_on desc, way.detour, way.source desc limit 1 $$ --;
        create function app.exchanged(amount_minor numeric, rate numeric, from_currency text, to_currency text) returns numeric
        language sql immutable parallel safe as $$
            select amount_minor * rate * 10 ^ (app.currency_digits(to_currency) - app.currency_digits(from_currency))::numeric $$
        """
    )
    tenant_table("billing_setting", using=OVERSEES, check=BILLS)
    tenant_table("tax_registration", using=f"organization_id = app.organization_id() or ({OVERSEES})", check=BILLS)
    tenant_table("tax_rule", using=OVERSEES, check=BILLS, grants="select, insert, update (valid_until)")
    tenant_table(
        "tax_exemption",
        using=f"""case when association_id = app.organization_id()
            then app.has_role('OWNER', 'FINANCE', 'PROCUREMENT', 'AUDITOR') else {OVERSEES} end""",
        check=f"(association_id = app.organization_id() and app.has_role('OWNER', 'FINANCE') and status = 'FILED') or ({BILLS})",
        grants="select, insert, update (status, decided_at, decide_reason, "
        + ", ".join(
            f"decided_by_{part}" for part in ("member_id", "name", "email", "organization_id", "organization_name")
        )
        + ")",
    )
    tenant_table(
        "exchange_rate", using=OVERSEES, check=BILLS, grants="select, insert, update (withdrawn_at, withdraw_reason)"
    )
    contract_table("invoice_exchange", check=f"{SEES_CONTRACT} and {BILLS}", grants="select, insert")
    tenant_table("dunning_level", using=OVERSEES, check=BILLS, grants="select, insert, update (ended_at)")
    contract_table("dunning_notice", grants="select")
    contract_table("dunning_pause", check=f"{SEES_CONTRACT} and {BILLS}")
    tenant_table("platform_fee_counter", using=BILLS)
    for table in ("platform_fee_invoice", "platform_fee_line"):
        tenant_table(
            table,
            using=f"case when vendor_id = app.organization_id() then app.has_role('OWNER', 'FINANCE') else {OVERSEES} end",
            check=BILLS,
            grants="select, insert",
        )


def downgrade() -> None:
    """Take them away."""
    run(
        f"""
        drop function app.exchanged --;
        drop function app.exchange_for --;
        drop function app.tax_minor --;
        drop function app.tax_for --;
        drop function app.trade_between --;
        drop trigger keep_issued on invoice_line --;
        drop function app.keep_issued_line --;
        drop index journal_entry_invoice --;
        drop index journal_entry_effective --;
        drop index invoice_overdue --;
        alter table invoice {", ".join(f"drop {name}" for name in PARTY_COLUMNS)} --;
        alter table invoice_line drop tax_category_code, drop tax_rate_percent, drop tax_reason_code, drop tax_reason,
            drop tax_rule_id, drop tax_exemption_id
        """
    )
    drop_tables(
        "billing_setting",
        "tax_registration",
        "tax_rule",
        "tax_exemption",
        "exchange_rate",
        "invoice_exchange",
        "dunning_level",
        "dunning_notice",
        "dunning_pause",
        "platform_fee_counter",
        "platform_fee_invoice",
        "platform_fee_line",
    )
