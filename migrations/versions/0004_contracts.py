"""Contracts, their revisions, lines with cost apart, signatures, grants, obligations; who sees and who reads cost."""

from __future__ import annotations

from migrations.sql import (
    CONTRACT_KEY,
    KEY_COLUMNS,
    READS_COST,
    contract_table,
    drop_tables,
    lookup_function,
    run,
    tenant_table,
)

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TIERS = "'CLOSED', 'BAND', 'OPEN_BOOK'"


def upgrade() -> None:
    """Bring contracts."""
    run(
        f"""
        create table contract (
            id uuid primary key,
            association_id uuid not null references organization,
            vendor_id uuid not null references organization,
            offering_id uuid not null references offering,
            offering_version_id uuid not null,
            revision int not null check (revision > 0),
            status text not null check (status in ('PROPOSED', 'ACTIVE', 'DECLINED', 'WITHDRAWN', 'EXPIRED', 'TERMINATED')),
            title text not null check (length(title) between 1 and 200),
            starts_on date not null,
            ends_on date not null,
            time_zone text not null,
            currency_code text not null check (length(currency_code) = 3),
            purchase_order_number text check (length(purchase_order_number) between 1 and 50),
            payment_terms_days int not null check (payment_terms_days between 0 and 365),
            acceptance_period_days int check (acceptance_period_days between 1 and 365),
            disclosure_tier text not null check (disclosure_tier in ({TIERS})),
            margin_floor_percent numeric(5, 2),
            margin_ceiling_percent numeric(5, 2),
            platform_fee_percent numeric(5, 2) not null check (platform_fee_percent between 0 and 100),
            total_value_minor bigint not null check (total_value_minor >= 0),
            content_hash text check (content_hash ~ '^[0-9a-f]{{64}}$'),
            offer_expires_on date not null,
            proposed_at timestamptz not null,
            vendor_signed_at timestamptz,
            association_signed_at timestamptz,
            activated_at timestamptz,
            ended_at timestamptz,
            end_reason text,
            unique (id, association_id, vendor_id),
            foreign key (offering_version_id, vendor_id) references offering_version (id, vendor_id),
            check (starts_on <= ends_on),
            check ((margin_floor_percent is null) = (margin_ceiling_percent is null)),
            check (margin_floor_percent <= margin_ceiling_percent),
            check ((activated_at is not null) = (status in ('ACTIVE', 'TERMINATED'))),
            check (activated_at is null or (vendor_signed_at is not null and association_signed_at is not null)),
            check ((ended_at is not null) = (status in ('DECLINED', 'WITHDRAWN', 'EXPIRED', 'TERMINATED')))
        ) --;
        create index contract_association on contract (association_id, proposed_at desc, id desc) --;
        create index contract_vendor on contract (vendor_id, proposed_at desc, id desc) --;
        create index contract_newest on contract (proposed_at desc, id desc) --;
        create index contract_open_offers on contract (offer_expires_on) where status = 'PROPOSED' --;
        create table contract_revision (
            contract_id uuid not null,
            number int not null check (number > 0),
            association_id uuid not null,
            vendor_id uuid not null,
            document text not null,
            content_hash text not null,
            member_id uuid not null,
            name text not null,
            email text not null,
            organization_id uuid not null,
            organization_name text not null,
            recorded_at timestamptz not null,
            primary key (contract_id, number),
            unique (contract_id, number, content_hash)
        ) --;
        -- lines come before the document that names them, and the document before its hash: at commit all three agree,
        -- and "match full" refuses a contract without a hash
        alter table contract add constraint contract_current_revision foreign key (id, revision, content_hash)
            references contract_revision (contract_id, number, content_hash) match full deferrable initially deferred --;
        create table contract_line (
            {KEY_COLUMNS},
            revision int not null,
            position int not null,
            key text not null check (key ~ '^[a-z0-9][a-z0-9-]{{0,62}}$'),
            title text not null check (length(title) between 1 and 200),
            kind text not null check (kind in ('TIME_AND_MATERIALS', 'UNIT', 'MILESTONE', 'RECURRING', 'OBLIGATION')),
            rate_card_key text,
            rate_version int,
            unit text,
            currency_code text not null,
            quantity numeric(18, 6) check (quantity > 0),
            quantity_basis text check (quantity_basis in ('ESTIMATE', 'MAXIMUM')),
            units_per_period numeric(18, 6) check (units_per_period > 0),
            unit_price numeric(18, 6) check (unit_price >= 0),
            not_to_exceed_minor bigint check (not_to_exceed_minor >= 0),
            value_minor bigint not null check (value_minor >= 0),
            due_on date,
            acceptance_criteria text[] not null,
            recurrence text check (recurrence in ('MONTHLY', 'QUARTERLY', 'YEARLY')),
            due_day_of_month int check (due_day_of_month between 1 and 31),
            obliged_party text check (obliged_party in ('ASSOCIATION', 'VENDOR')),
            recorded_quantity numeric(18, 6) not null default 0 check (recorded_quantity >= 0),
            submitted_quantity numeric(18, 6) not null default 0 check (submitted_quantity >= 0),
            accepted_quantity numeric(18, 6) not null default 0 check (accepted_quantity >= 0),
            billed_quantity numeric(18, 6) not null default 0 check (billed_quantity >= 0),
            billed_minor bigint not null default 0 check (billed_minor >= 0),
            foreign key (contract_id, revision) references contract_revision (contract_id, number)
                deferrable initially deferred,
            unique (contract_id, revision, key),
            unique (contract_id, revision, position),
            check ((kind = 'OBLIGATION') = (unit_price is null)),
            check ((kind = 'OBLIGATION') = (quantity is null)),
            check ((kind = 'OBLIGATION') = (obliged_party is not null)),
            check ((kind in ('RECURRING', 'OBLIGATION')) or recurrence is null),
            check ((kind = 'RECURRING') = (units_per_period is not null)),
            check (kind <> 'RECURRING' or recurrence is not null),
            check ((unit_price is null) = (rate_card_key is null)),
            constraint accepted_within_maximum check (quantity_basis is distinct from 'MAXIMUM' or accepted_quantity <= quantity),
            constraint accepted_within_not_to_exceed check (not_to_exceed_minor is null
                or app.extended_minor(accepted_quantity, unit_price, currency_code) <= not_to_exceed_minor),
            constraint billed_within_accepted check (kind = 'RECURRING' or billed_quantity <= accepted_quantity)
        ) --;
        create table contract_line_cost (
            contract_id uuid not null,
            line_id uuid not null,
            association_id uuid not null,
            vendor_id uuid not null,
            unit_cost numeric(18, 6) not null check (unit_cost >= 0),
            salt bytea not null,
            commitment text not null,
            primary key (contract_id, line_id),
            foreign key (contract_id, line_id) references contract_line (contract_id, id)
        ) --;
        create table contract_signature (
            {KEY_COLUMNS},
            revision int not null,
            party text not null check (party in ('VENDOR', 'ASSOCIATION')),
            content_hash text not null,
            signed_at timestamptz not null,
            after_start boolean not null,
            member_id uuid not null,
            name text not null,
            email text not null,
            organization_id uuid not null,
            organization_name text not null,
            foreign key (contract_id, revision) references contract_revision (contract_id, number),
            constraint one_signature_per_party unique (contract_id, revision, party)
        ) --;
        create table contract_grant (
            {KEY_COLUMNS},
            member_id uuid not null,
            name text not null,
            email text not null,
            organization_id uuid not null,
            organization_name text not null,
            role text not null check (role in ('DELIVERY_LEAD', 'DELIVERY', 'LMS_ADMINISTRATOR', 'ACCEPTOR', 'AUDITOR')),
            starts_on date not null,
            ends_on date not null,
            effective tstzrange not null,
            granted_at timestamptz not null,
            granted_by_member_id uuid not null,
            granted_by_name text not null,
            granted_by_email text not null,
            granted_by_organization_id uuid not null,
            granted_by_organization_name text not null,
            revoked_at timestamptz,
            revoke_reason text,
            check (starts_on <= ends_on),
            check (organization_id in (association_id, vendor_id)),
            foreign key (member_id, organization_id) references member (id, organization_id),
            constraint one_grant_at_a_time exclude using gist
                (contract_id with =, member_id with =, role with =, effective with &&) where (revoked_at is null)
        ) --;
        create index contract_grant_member on contract_grant (member_id, contract_id) where revoked_at is null --;
        create table obligation_occurrence (
            {KEY_COLUMNS},
            line_id uuid not null,
            due_on date not null,
            status text not null check (status in ('DUE', 'MET', 'LATE', 'WAIVED')),
            settled_on date,
            note text,
            recorded_at timestamptz,
            member_id uuid,
            name text,
            email text,
            organization_id uuid,
            organization_name text,
            foreign key (contract_id, line_id) references contract_line (contract_id, id),
            unique (contract_id, line_id, due_on),
            check ((status = 'DUE') = (recorded_at is null)),
            check (status <> 'MET' or settled_on <= due_on),
            check (status <> 'LATE' or settled_on > due_on)
        )
        """
    )
    run(
        """
        create function app.is_party(association uuid, vendor uuid) returns boolean
        language plpgsql stable parallel safe cost 1 as $$
        declare
            kind text := app.organization_kind();
            organization uuid := current_setting('app.organization_id')::uuid;
        begin
            if kind = 'ASSOCIATION' then
                return organization = association
                    and app.has_role('OWNER', 'SIGNATORY', 'PROCUREMENT', 'ACCEPTOR', 'FINANCE', 'AUDITOR');
            elsif kind = 'VENDOR' then
                return organization = vendor and app.has_role('OWNER', 'SIGNATORY');
            end if;
            return kind = 'OPERATOR' and app.has_role('OWNER', 'BILLING_ADMIN', 'AUDITOR');
        end $$ --;
        create function app.is_granted(contract uuid, variadic roles text[]) returns boolean
        language plpgsql stable parallel safe cost 1 as $$
        begin
            return exists (select from contract_grant g
                where g.contract_id = contract and g.member_id = current_setting('app.member_id')::uuid
                    and g.role = any (roles) and g.revoked_at is null and g.effective @> now());
        end $$ --;
        create function app.sees(contract uuid, association uuid, vendor uuid) returns boolean
        language plpgsql stable parallel safe cost 1 as $$
        begin
            if app.is_party(association, vendor) then return true; end if;
            return exists (select from contract_grant g
                where g.contract_id = contract and g.member_id = current_setting('app.member_id')::uuid
                    and g.revoked_at is null and g.effective @> now());
        end $$ --;
        create function app.disclosure(contract uuid, association uuid, vendor uuid) returns text
        language plpgsql stable parallel safe cost 1 as $$
        declare
            kind text := app.organization_kind();
            organization uuid := current_setting('app.organization_id')::uuid;
            tier text;
        begin
            if kind = 'VENDOR' and organization = vendor then
                return case when app.has_role('OWNER', 'FINANCE', 'CATALOG_MANAGER') or app.is_granted(contract, 'DELIVERY_LEAD')
                    then 'FULL' else 'WITHHELD_FROM_ROLE' end;
            elsif kind = 'OPERATOR' then
                return case when app.has_role('BILLING_ADMIN') then 'FULL' else 'WITHHELD_FROM_ROLE' end;
            elsif kind = 'ASSOCIATION' and organization = association
                and app.has_role('OWNER', 'PROCUREMENT', 'FINANCE', 'SIGNATORY') then
                select case when c.vendor_signed_at is null then 'CLOSED' else c.disclosure_tier end into tier
                from contract c where c.id = contract;
                return case tier when 'OPEN_BOOK' then 'FULL' when 'BAND' then 'BAND_ONLY' else 'PRICE_ONLY' end;
            end if;
            return 'WITHHELD_FROM_ROLE';
        end $$ --;
        create function app.sees_association(association uuid) returns boolean language plpgsql stable parallel safe cost 1 as $$
        begin
            if association = current_setting('app.organization_id')::uuid or app.organization_kind() = 'OPERATOR' then
                return true;
            end if;
            return exists (select from contract c where c.association_id = association);
        end $$
        """
    )
    tenant_table(
        "contract",
        using="app.sees(id, association_id, vendor_id)",
        check="app.is_party(association_id, vendor_id)",
    )
    for table in ("contract_line", "obligation_occurrence"):
        contract_table(table)
    for table in ("contract_revision", "contract_signature"):
        contract_table(table, grants="select, insert")
    contract_table("contract_line_cost", using=READS_COST, grants="select")
    contract_table(
        "contract_grant",
        using="member_id = app.member_id() or app.is_party(association_id, vendor_id)",
        check="app.is_party(association_id, vendor_id) or member_id = app.member_id()",
    )
    tenant_table(
        "organization",
        using="kind <> 'ASSOCIATION' or app.sees_association(id)",
        check="app.has_role('OWNER') and (id = app.organization_id() or app.organization_kind() = 'OPERATOR')",
    )
    tenant_table(
        "audit_event",
        using=f"""case when contract_id is null
            then actor_organization_id = app.organization_id() and app.has_role('OWNER', 'AUDITOR')
            else app.sees({CONTRACT_KEY}) end""",
        check="actor_member_id = app.member_id()",
        grants="select, insert",
    )
    lookup_function(
        "app.freeze_line_costs(of_contract_id uuid, of_revision int) returns table (line_id uuid, commitment text)",
        """language sql volatile security definer set search_path = public, app, pg_temp as $$
            insert into contract_line_cost (contract_id, line_id, association_id, vendor_id, unit_cost, salt, commitment)
            select l.contract_id, l.id, l.association_id, l.vendor_id, cost.unit_cost, salt.bytes,
                encode(sha256(salt.bytes || convert_to(trim_scale(cost.unit_cost)::text || ' ' || cost.currency_code, 'UTF8')), 'hex')
            from contract_line l
            join contract c on c.id = l.contract_id
            join rate_card_cost cost on cost.version_id = c.offering_version_id and cost.key = l.rate_card_key
            cross join lateral (select uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) as bytes, l.id) salt
            where l.contract_id = of_contract_id and l.revision = of_revision
                and app.organization_id() in (c.association_id, c.vendor_id)
            returning line_id, commitment $$""",
    )
    lookup_function(
        "app.find_party_member(of_contract_id uuid, with_email text, with_member_id uuid) returns table "
        "(member_id uuid, name text, email text, organization_id uuid, organization_name text)",
        """language sql stable security definer set search_path = public, app, pg_temp as $$
            select m.id, m.name, m.email, m.organization_id, o.name
            from contract c
            join member m on m.organization_id in (c.association_id, c.vendor_id) and m.ended_at is null
            join organization o on o.id = m.organization_id
            where c.id = of_contract_id and app.is_party(c.association_id, c.vendor_id)
                and (lower(m.email) = lower(with_email) or m.id = with_member_id)
            order by m.organization_id = c.vendor_id desc limit 1 $$""",
    )


def downgrade() -> None:
    """Take it away."""
    run(
        """
        drop policy app on organization --;
        drop policy everything on organization --;
        drop policy app on audit_event --;
        drop policy everything on audit_event --;
        drop function app.find_party_member --;
        drop function app.freeze_line_costs
        """
    )
    drop_tables(
        "contract",
        "contract_revision",
        "contract_line",
        "contract_line_cost",
        "contract_signature",
        "contract_grant",
        "obligation_occurrence",
    )
    run(
        """
        drop function app.sees_association --;
        drop function app.disclosure --;
        drop function app.sees --;
        drop function app.is_granted --;
        drop function app.is_party
        """
    )
