"""Connections to LMS sites: credentials apart and write-only, health, maintenance, and grants narrowed to a site."""

from __future__ import annotations

from migrations.sql import KEY_COLUMNS, SEES_ROWS, SIGNED, contract_table, drop_tables, run

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

CONDITIONS = "'UP', 'MAINTENANCE', 'UNAUTHORIZED', 'THROTTLED', 'MISCONFIGURED', 'DOWN'"


def upgrade() -> None:
    """Bring sites."""
    run(
        f"""
        create table lms_site (
            {KEY_COLUMNS},
            name text not null check (length(name) between 1 and 200),
            system text not null check (system in ('MOODLE', 'KOLIBRI', 'MANUAL')),
            base_url text check (length(base_url) between 1 and 2000),
            status text not null check (status in ('CONNECTED', 'DISCONNECTED')),
            removal_threshold_percent numeric(5, 2) not null default 10 check (removal_threshold_percent between 0 and 100),
            removal_threshold_rows int not null default 25 check (removal_threshold_rows >= 0),
            protected_member_numbers text[] not null default array[]::text[],
            condition text check (condition in ({CONDITIONS})),
            condition_since timestamptz,
            probed_at timestamptz,
            lms_version text,
            capabilities text[] not null default array[]::text[],
            open_until timestamptz,
            failures_in_a_row int not null default 0 check (failures_in_a_row >= 0),
            connected_at timestamptz not null,
            {SIGNED.format("connected_by")},
            disconnected_at timestamptz,
            credential_id uuid,
            credential_stored_at timestamptz,
            check ((system = 'MANUAL') = (base_url is null)),
            check ((status = 'DISCONNECTED') = (disconnected_at is not null))
        ) --;
        create unique index one_site_of_a_name on lms_site (contract_id, name) where status = 'CONNECTED' --;
        create index lms_site_to_probe on lms_site (probed_at nulls first)
            where status = 'CONNECTED' and system <> 'MANUAL' --;
        create table lms_credential (
            {KEY_COLUMNS},
            site_id uuid not null,
            key_id text not null,
            wrapped_key bytea not null,
            nonce bytea not null,
            ciphertext bytea not null,
            stored_at timestamptz not null,
            foreign key (contract_id, site_id) references lms_site (contract_id, id)
        ) --;
        alter table lms_site add foreign key (contract_id, credential_id) references lms_credential (contract_id, id)
            deferrable initially deferred --;
        create table lms_probe (
            {KEY_COLUMNS},
            site_id uuid not null,
            probed_at timestamptz not null,
            condition text not null check (condition in ({CONDITIONS})),
            planned boolean not null,
            latency_ms int not null check (latency_ms >= 0),
            lms_version text,
            message text,
            foreign key (contract_id, site_id) references lms_site (contract_id, id)
        ) --;
        create index lms_probe_newest on lms_probe (contract_id, site_id, probed_at desc, id desc) --;
        create table lms_maintenance (
            {KEY_COLUMNS},
            site_id uuid not null,
            during tstzrange not null check (not isempty(during) and not lower_inf(during) and not upper_inf(during)),
            reason text not null check (length(reason) between 1 and 2000),
            announced_at timestamptz not null,
            {SIGNED.format("announced_by")},
            withdrawn_at timestamptz,
            foreign key (contract_id, site_id) references lms_site (contract_id, id),
            constraint one_maintenance_at_a_time exclude using gist
                (contract_id with =, site_id with =, during with &&) where (withdrawn_at is null)
        ) --;
        create index lms_maintenance_newest on lms_maintenance (contract_id, site_id, lower(during) desc, id desc) --;
        create table lms_grant (
            {KEY_COLUMNS},
            grant_id uuid not null,
            member_id uuid not null,
            site_id uuid not null,
            operations text[] not null check (cardinality(operations) > 0),
            reason text not null check (length(reason) between 1 and 2000),
            narrowed_at timestamptz not null,
            {SIGNED.format("narrowed_by")},
            lifted_at timestamptz,
            foreign key (contract_id, grant_id) references contract_grant (contract_id, id),
            foreign key (contract_id, site_id) references lms_site (contract_id, id)
        ) --;
        create unique index one_narrowing_of_a_grant_at_a_site on lms_grant (contract_id, grant_id, site_id)
            where lifted_at is null --;
        create index lms_grant_member on lms_grant (contract_id, member_id) where lifted_at is null
        """
    )
    contract_table("lms_site", using=SEES_ROWS)
    contract_table("lms_credential", using=SEES_ROWS, grants="insert")
    contract_table("lms_probe", using=SEES_ROWS, grants="select")
    contract_table("lms_maintenance", using=SEES_ROWS)
    contract_table("lms_grant", using=SEES_ROWS)
    run(
        """
        create function app.administers(contract uuid, site uuid) returns boolean
        language plpgsql stable parallel safe cost 1 as $$
        declare
            member uuid := current_setting('app.member_id')::uuid;
        begin
            if app.is_granted(contract, 'DELIVERY_LEAD') then return true; end if;
            if not app.is_granted(contract, 'LMS_ADMINISTRATOR') then return false; end if;
            -- one grant that nobody narrowed reaches every site; narrowed ones reach those that are named
            return exists (select from contract_grant g
                where g.contract_id = contract and g.member_id = member and g.role = 'LMS_ADMINISTRATOR'
                    and g.revoked_at is null and g.effective @> now()
                    and (not exists (select from lms_grant n
                            where n.contract_id = contract and n.grant_id = g.id and n.lifted_at is null)
                        or exists (select from lms_grant n
                            where n.contract_id = contract and n.grant_id = g.id and n.site_id = site and n.lifted_at is null)));
        end $$ --;
        create function app.sees_learners(contract uuid, association uuid, vendor uuid, site uuid) returns boolean
        language plpgsql stable parallel safe cost 1 as $$
        declare
            kind text := app.organization_kind();
            organization uuid := current_setting('app.organization_id')::uuid;
        begin
            if kind = 'ASSOCIATION' and organization = association then
                return app.has_role('OWNER', 'ACCEPTOR', 'AUDITOR') or app.is_granted(contract, 'ACCEPTOR', 'AUDITOR');
            elsif kind = 'VENDOR' and organization = vendor then
                return app.has_role('OWNER') or app.administers(contract, site);
            end if;
            return false;
        end $$ --;
        -- a probe vouches for the time until the next one, and for ten minutes at most
        create function app.lms_uptime(contract uuid, site uuid, starts timestamptz, ends timestamptz)
        returns table (starts_at timestamptz, ends_at timestamptz, probes int, observed_minutes int,
            unobserved_minutes int, maintenance_minutes int, up_minutes int, percent numeric)
        language sql stable parallel safe as $$
            with span as (
                select starts as begins, greatest(starts, least(ends, starts + interval '366 days', now())) as ends
            ), probed as (
                select p.condition, p.planned, p.probed_at, span.begins, span.ends as last,
                    lead(p.probed_at) over (order by p.probed_at, p.id) as next
                from span, lms_probe p
                where p.contract_id = contract and p.site_id = site
                    -- told apart from the span, so that the index begins and ends with them
                    and p.probed_at > starts - interval '10 minutes' and p.probed_at < (select s.ends from span s)
            ), vouched as (
                select condition, planned, probed_at >= begins as inside, greatest(0, extract(epoch from
                    least(next, probed_at + interval '10 minutes', last) - greatest(probed_at, begins))) as seconds
                from probed
            ), summed as (
                select count(*) filter (where inside) as probes, coalesce(sum(seconds), 0) as observed,
                    coalesce(sum(seconds) filter (where planned), 0) as maintained,
                    coalesce(sum(seconds) filter (where not planned and condition in ('UP', 'THROTTLED')), 0) as up
                from vouched
            )
            select span.begins, span.ends, probes::int, trunc(observed / 60)::int,
                trunc((extract(epoch from span.ends - span.begins) - observed) / 60)::int,
                trunc(maintained / 60)::int, trunc(up / 60)::int,
                trunc(100 * up / nullif(observed - maintained, 0), 2)
            from span, summed
        $$
        """
    )


def downgrade() -> None:
    """Take them away."""
    drop_tables("lms_site", "lms_credential", "lms_probe", "lms_maintenance", "lms_grant")
    run("drop function app.lms_uptime --; drop function app.sees_learners --; drop function app.administers")
