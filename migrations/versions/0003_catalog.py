"""Offerings, their versions, rate cards with cost apart, service levels, and the public listing."""

from __future__ import annotations

from migrations.sql import drop_tables, lookup_function, run, tenant_table

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CATEGORIES = """'HOSTING', 'LMS_ADMINISTRATION', 'HELP_DESK', 'CONTENT_MANAGEMENT', 'PROJECT_MANAGEMENT',
'SUBJECT_MATTER_EXPERTISE', 'LIVE_TRAINING'"""
UNITS = "'HOUR', 'DAY', 'MONTH', 'TICKET', 'LEARNER', 'COURSE', 'SITE', 'SESSION', 'LUMP_SUM'"
CONTENT = """title summary category delivery_countries languages time_zone office_types deepest_disclosure_tier
deliverables exclusions assumptions buyer_inputs""".split()

OWN_OR_PUBLISHED = "vendor_id = app.organization_id() or published"


def upgrade() -> None:
    """Bring the catalog."""
    run(
        f"""
        create table offering (
            id uuid primary key,
            vendor_id uuid not null references organization,
            status text not null check (status in ('DRAFT', 'PUBLISHED', 'RETIRED')),
            current_version_id uuid,
            draft_version_id uuid,
            created_at timestamptz not null,
            published_at timestamptz,
            retired_at timestamptz,
            unique (id, vendor_id),
            check ((status = 'DRAFT') = (current_version_id is null)),
            check ((current_version_id is null) = (published_at is null)),
            check ((status = 'RETIRED') = (retired_at is not null))
        ) --;
        create index offering_vendor on offering (vendor_id, created_at desc, id desc) --;
        create table offering_version (
            id uuid primary key,
            offering_id uuid not null,
            vendor_id uuid not null,
            number int not null check (number > 0),
            title text not null check (length(title) <= 200),
            summary text not null check (length(summary) <= 2000),
            category text check (category in ({CATEGORIES})),
            delivery_countries text[] not null,
            languages text[] not null,
            time_zone text,
            office_types text[] not null,
            deepest_disclosure_tier text not null check (deepest_disclosure_tier in ('CLOSED', 'BAND', 'OPEN_BOOK')),
            deliverables text[] not null,
            exclusions text[] not null,
            assumptions text[] not null,
            buyer_inputs text[] not null,
            created_at timestamptz not null,
            published_at timestamptz,
            foreign key (offering_id, vendor_id) references offering (id, vendor_id),
            unique (offering_id, number),
            unique (id, offering_id),
            unique (id, vendor_id)
        ) --;
        create unique index one_draft on offering_version (offering_id) where published_at is null --;
        alter table offering add foreign key (current_version_id, id) references offering_version (id, offering_id) --;
        alter table offering add foreign key (draft_version_id, id) references offering_version (id, offering_id)
            deferrable initially deferred --;
        create table rate_card_entry (
            version_id uuid not null,
            vendor_id uuid not null,
            key text not null check (key ~ '^[a-z0-9][a-z0-9-]{{0,62}}$'),
            position int not null,
            title text not null check (length(title) between 1 and 200),
            office_type text not null check (office_type in ('FRONT_OFFICE', 'BACK_OFFICE')),
            unit text not null check (unit in ({UNITS})),
            unit_price numeric(18, 6) not null check (unit_price >= 0),
            currency_code text not null check (length(currency_code) = 3),
            published boolean not null default false,
            primary key (version_id, key),
            foreign key (version_id, vendor_id) references offering_version (id, vendor_id)
        ) --;
        create table rate_card_cost (
            version_id uuid not null,
            vendor_id uuid not null,
            key text not null,
            unit_cost numeric(18, 6) not null check (unit_cost >= 0),
            currency_code text not null,
            primary key (version_id, key),
            foreign key (version_id, key) references rate_card_entry (version_id, key) on delete cascade
        ) --;
        create table service_level (
            version_id uuid not null,
            vendor_id uuid not null,
            key text not null check (key ~ '^[a-z0-9][a-z0-9-]{{0,62}}$'),
            position int not null,
            metric text not null check (metric in ('FIRST_RESPONSE_WITHIN_MINUTES', 'RESOLUTION_WITHIN_MINUTES',
                'UPTIME', 'DELIVERED_ON_TIME')),
            threshold_minutes int check (threshold_minutes > 0),
            check ((metric like '%_WITHIN_MINUTES') = (threshold_minutes is not null)),
            target_percent numeric(5, 2) not null check (target_percent > 0 and target_percent <= 100),
            period text not null check (period in ('WEEK', 'MONTH', 'QUARTER', 'YEAR')),
            published boolean not null default false,
            primary key (version_id, key),
            foreign key (version_id, vendor_id) references offering_version (id, vendor_id)
        ) --;
        create table catalog_listing (
            id uuid primary key references offering,
            vendor_id uuid not null,
            vendor_name text not null,
            version_id uuid not null,
            version_number int not null,
            status text generated always as ('PUBLISHED') stored,
            title text not null,
            summary text not null,
            category text not null,
            delivery_countries text[] not null,
            languages text[] not null,
            time_zone text,
            office_types text[] not null,
            deepest_disclosure_tier text not null,
            deliverables text[] not null,
            exclusions text[] not null,
            assumptions text[] not null,
            buyer_inputs text[] not null,
            units text[] not null,
            currency_code text not null,
            lowest_unit_prices jsonb not null,
            published_at timestamptz not null,
            retired_at timestamptz,
            search tsvector not null,
            names text generated always as (title || ' ' || vendor_name) stored
        ) --;
        create index catalog_listing_search on catalog_listing using gin (search) --;
        create index catalog_listing_typo on catalog_listing using gin (names gin_trgm_ops) --;
        create index catalog_listing_languages on catalog_listing using gin (languages) --;
        create index catalog_listing_countries on catalog_listing using gin (delivery_countries) --;
        create index catalog_listing_units on catalog_listing using gin (units) --;
        create index catalog_listing_newest on catalog_listing (published_at desc, id desc) --;
        create index catalog_listing_category on catalog_listing (category, published_at desc, id desc) --;
        create index catalog_listing_title on catalog_listing (title, id) --;
        create index catalog_listing_vendor on catalog_listing (vendor_id) --;
        grant select on catalog_listing to chapterhouse_app, chapterhouse_batch --;
        grant select, insert, update, delete on catalog_listing to chapterhouse_lookup
        """
    )
    tenant_table(
        "offering",
        using="vendor_id = app.organization_id() or published_at is not null",
        check="vendor_id = app.organization_id()",
        grants="select, insert, update, delete",
    )
    run(
        """
        create policy never_published on offering as restrictive for delete to chapterhouse_app
            using (vendor_id = app.organization_id() and published_at is null)
        """
    )
    tenant_table(
        "offering_version",
        using="vendor_id = app.organization_id() or published_at is not null",
        check="vendor_id = app.organization_id()",
        grants="select, insert, update, delete",
    )
    for table in ("rate_card_entry", "service_level"):
        tenant_table(
            table,
            using=OWN_OR_PUBLISHED,
            check="vendor_id = app.organization_id()",
            grants="select, insert, update (published), delete",
        )
    tenant_table(
        "rate_card_cost",
        using="vendor_id = app.organization_id() and app.has_role('OWNER', 'FINANCE', 'CATALOG_MANAGER')",
        grants="select, insert, delete",
    )
    run(
        """
        create function app.refuse_change_of_published() returns trigger language plpgsql as $$
        declare changed uuid[];
        begin
            if tg_table_name = 'offering_version' then
                changed := array[old.id];
            else
                changed := array[
                    case when tg_op <> 'INSERT' then old.version_id end,
                    case when tg_op <> 'DELETE' then new.version_id end];
                -- waits for a publishing that is under way
                perform from offering_version where id = any (changed) for share;
            end if;
            if exists (select from offering_version where id = any (changed) and published_at is not null) then
                raise exception 'a published version is frozen' using errcode = 'restrict_violation';
            end if;
            return case when tg_op = 'DELETE' then old else new end;
        end $$ --;
        create function app.publish_with_version() returns trigger language plpgsql as $$
        begin
            update rate_card_entry set published = true where version_id = new.id;
            update service_level set published = true where version_id = new.id;
            return new;
        end $$ --;
        create trigger publish_with_version before update on offering_version for each row
            when (old.published_at is null and new.published_at is not null)
            execute function app.publish_with_version() --;
        create trigger frozen before update or delete on offering_version
            for each row execute function app.refuse_change_of_published() --;
        create trigger frozen before insert or update or delete on rate_card_entry
            for each row execute function app.refuse_change_of_published() --;
        create trigger frozen before insert or update or delete on rate_card_cost
            for each row execute function app.refuse_change_of_published() --;
        create trigger frozen before insert or update or delete on service_level
            for each row execute function app.refuse_change_of_published()
        """
    )
    run(
        """
        create function app.search_query(words text) returns tsquery language sql immutable parallel safe
        as $$ select plainto_tsquery('english', words) || plainto_tsquery('simple', words) $$
        """
    )
    lookup_function(
        "app.list_offering(of_offering_id uuid) returns void",
        f"""language sql volatile security definer set search_path = public, pg_temp as $$
            delete from catalog_listing l using offering o
                where l.id = of_offering_id and o.id = l.id and o.vendor_id = app.organization_id();
            insert into catalog_listing (id, vendor_id, vendor_name, version_id, version_number, {", ".join(CONTENT)},
                units, currency_code, lowest_unit_prices, published_at, search)
            select o.id, o.vendor_id, vendor.name, v.id, v.number, {", ".join(f"v.{name}" for name in CONTENT)},
                rates.units, rates.currency_code, rates.lowest_unit_prices, o.published_at,
                setweight(to_tsvector('simple', v.title) || to_tsvector('english', v.title), 'A')
                || setweight(to_tsvector('simple', vendor.name) || to_tsvector('english', vendor.name), 'B')
                || setweight(to_tsvector('simple', v.summary) || to_tsvector('english', v.summary), 'B')
                || setweight(to_tsvector('english', array_to_string(v.deliverables, ' ')), 'C')
            from offering o
            join offering_version v on v.id = o.current_version_id
            join organization vendor on vendor.id = o.vendor_id
            cross join lateral (
                select array_agg(unit order by unit) as units, min(currency_code) as currency_code,
                    jsonb_object_agg(unit, lowest) as lowest_unit_prices
                from (select unit, min(unit_price) as lowest, min(currency_code) as currency_code
                    from rate_card_entry where version_id = v.id group by unit)
            ) rates
            where o.id = of_offering_id and o.status = 'PUBLISHED' and o.vendor_id = app.organization_id() $$""",
    )


def downgrade() -> None:
    """Take it away."""
    drop_tables("offering", "offering_version", "rate_card_entry", "rate_card_cost", "service_level", "catalog_listing")
    run(
        """
        drop function app.list_offering --;
        drop function app.search_query --;
        drop function app.publish_with_version --;
        drop function app.refuse_change_of_published
        """
    )
