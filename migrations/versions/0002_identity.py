"""Organizations, members, the subjects that tokens name, invitations, API keys, the audit trail and idempotency."""

from __future__ import annotations

from migrations.sql import drop_tables, lookup_function, run, tenant_table

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ROLES = """'OWNER', 'SIGNATORY', 'PROCUREMENT', 'ACCEPTOR', 'FINANCE', 'CATALOG_MANAGER', 'DELIVERY', 'LMS_ADMINISTRATOR',
'BILLING_ADMIN', 'AUDITOR'"""


def upgrade() -> None:
    """Bring identity."""
    run(
        f"""
        create table organization (
            id uuid primary key,
            kind text not null check (kind in ('ASSOCIATION', 'VENDOR', 'OPERATOR')),
            name text not null check (length(name) between 1 and 200),
            country_code text not null references country,
            time_zone text not null,
            platform_fee_percent numeric(5, 2) check (platform_fee_percent between 0 and 100),
            created_at timestamptz not null,
            check ((kind = 'OPERATOR') = (platform_fee_percent is not null))
        ) --;
        create unique index one_operator on organization (kind) where kind = 'OPERATOR' --;
        create table member (
            id uuid primary key,
            organization_id uuid not null references organization,
            person_id uuid not null,
            kind text not null check (kind in ('PERSON', 'SERVICE')),
            name text not null check (length(name) between 1 and 200),
            email text not null check (length(email) <= 254),
            roles text[] not null check (roles <@ array[{ROLES}]),
            created_at timestamptz not null,
            ended_at timestamptz,
            unique (id, organization_id)
        ) --;
        create unique index member_email on member (organization_id, lower(email)) where ended_at is null and kind = 'PERSON' --;
        create unique index member_person on member (organization_id, person_id) where ended_at is null --;
        create index member_of_person on member (person_id) --;
        create table subject (
            issuer text not null,
            subject text not null,
            person_id uuid not null,
            bound_at timestamptz not null,
            primary key (issuer, subject)
        ) --;
        create table invitation (
            id uuid primary key,
            organization_id uuid not null references organization,
            name text not null,
            email text not null,
            roles text[] not null check (roles <@ array[{ROLES}]),
            code_hash bytea not null unique,
            invited_at timestamptz not null,
            invited_by_member_id uuid not null,
            expires_at timestamptz not null,
            accepted_at timestamptz,
            accepted_member_id uuid
        ) --;
        create index invitation_organization on invitation (organization_id) --;
        create table api_key (
            id uuid primary key,
            organization_id uuid not null references organization,
            member_id uuid not null,
            name text not null check (length(name) between 1 and 200),
            secret_hash bytea not null,
            created_at timestamptz not null,
            created_by_member_id uuid not null,
            revoked_at timestamptz,
            foreign key (member_id, organization_id) references member (id, organization_id)
        ) --;
        create index api_key_organization on api_key (organization_id) --;
        create table audit_event (
            id uuid primary key,
            contract_id uuid,
            association_id uuid,
            vendor_id uuid,
            actor_member_id uuid not null,
            actor_name text not null,
            actor_email text not null,
            actor_organization_id uuid not null,
            actor_organization_name text not null,
            type text not null,
            object_id uuid not null,
            before jsonb not null,
            after jsonb not null,
            reason text,
            request_id text not null,
            recorded_at timestamptz not null
        ) --;
        create index audit_event_contract on audit_event (contract_id, recorded_at desc, id desc) --;
        create index audit_event_organization on audit_event (actor_organization_id, recorded_at desc, id desc) --;
        create trigger append_only before update or delete on audit_event execute function app.refuse_change() --;
        create table idempotency_key (
            member_id uuid not null,
            key text not null check (length(key) between 1 and 255),
            request_hash bytea not null,
            payload jsonb not null,
            created_at timestamptz not null,
            primary key (member_id, key)
        ) --;
        create index idempotency_key_age on idempotency_key (created_at)
        """
    )
    run(
        "grant select, insert on subject to chapterhouse_lookup --; grant select, insert, update, delete on subject to chapterhouse_batch"
    )
    tenant_table(
        "member",
        using="organization_id = app.organization_id()",
        check="organization_id = app.organization_id() and app.has_role('OWNER')",
    )
    tenant_table(
        "invitation",
        using="app.has_role('OWNER') and (organization_id = app.organization_id() or app.organization_kind() = 'OPERATOR')",
    )
    tenant_table("api_key", using="organization_id = app.organization_id() and app.has_role('OWNER')")
    tenant_table("idempotency_key", using="member_id = app.member_id()", grants="select, insert, delete")
    lookup_function(
        "app.memberships(of_issuer text, of_subject text) returns table "
        "(member_id uuid, organization_id uuid, person_id uuid, kind text, organization_name text, name text, email text, roles text[])",
        """language sql stable security definer set search_path = public, pg_temp as $$
            select m.id, o.id, m.person_id, o.kind, o.name, m.name, m.email, m.roles
            from subject s join member m on m.person_id = s.person_id join organization o on o.id = m.organization_id
            where s.issuer = of_issuer and s.subject = of_subject and m.ended_at is null
            order by o.name, o.id $$""",
    )
    lookup_function(
        "app.has_members(of_organization uuid) returns boolean",
        """language sql stable security definer set search_path = public, pg_temp as $$
            select exists (select from member m where m.organization_id = of_organization and m.ended_at is null) $$""",
    )
    lookup_function(
        "app.api_key_secret(key_id uuid) returns bytea",
        """language sql stable security definer set search_path = public, pg_temp as $$
            select k.secret_hash from api_key k join member m on m.id = k.member_id
            where k.id = key_id and k.revoked_at is null and m.ended_at is null $$""",
    )
    lookup_function(
        "app.bind_service(to_subject text, of_member uuid, at timestamptz) returns void",
        """language sql volatile security definer set search_path = public, pg_temp as $$
            insert into subject
            select 'self', to_subject, m.person_id, at from member m
            where m.id = of_member and m.kind = 'SERVICE' and m.organization_id = app.organization_id()
                and app.has_role('OWNER') $$""",
    )
    run("grant update on subject to chapterhouse_lookup")
    lookup_function(
        "app.accept_invitation(with_code_hash bytea, to_issuer text, to_subject text, new_member uuid, at timestamptz) "
        "returns table (invitation_id uuid, member_id uuid, organization_id uuid, organization_name text, kind text, "
        "person_id uuid, name text, email text, roles text[])",
        """language plpgsql volatile security definer set search_path = public, pg_temp as $$
        declare taken invitation; person uuid;
        begin
            update invitation i set accepted_at = at, accepted_member_id = new_member
            where i.code_hash = with_code_hash and i.accepted_at is null and i.expires_at > at returning i.* into taken;
            if not found then return; end if;
            insert into subject values (to_issuer, to_subject, new_member, at)
            on conflict (issuer, subject) do update set issuer = excluded.issuer returning subject.person_id into person;
            insert into member (id, organization_id, person_id, kind, name, email, roles, created_at)
            values (new_member, taken.organization_id, person, 'PERSON', taken.name, taken.email, taken.roles, at);
            return query select taken.id, new_member, o.id, o.name, o.kind, person, taken.name, taken.email, taken.roles
                from organization o where o.id = taken.organization_id;
        end $$""",
    )


def downgrade() -> None:
    """Take it away."""
    run(
        """
        drop function app.accept_invitation --;
        drop function app.bind_service --;
        drop function app.api_key_secret --;
        drop function app.has_members --;
        drop function app.memberships
        """
    )
    drop_tables("organization", "member", "subject", "invitation", "api_key", "audit_event", "idempotency_key")
