"""Acts: what was done on an LMS, chained for each contract; learners' data apart; and what it was metered as."""

from __future__ import annotations

from migrations.sql import KEY_COLUMNS, SEES_LEARNERS, SEES_ROWS, SIGNED, contract_table, drop_tables, run

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring acts."""
    run(
        f"""
        create table lms_chain (
            contract_id uuid primary key,
            association_id uuid not null,
            vendor_id uuid not null,
            sequence bigint not null check (sequence >= 0),
            hash bytea not null check (length(hash) = 32)
        ) --;
        create table lms_act (
            {KEY_COLUMNS},
            sequence bigint not null check (sequence > 0),
            site_id uuid not null,
            job_id uuid,
            item_id uuid,
            operation text not null,
            action text not null,
            outcome text not null check (outcome in ('APPLIED', 'ALREADY_SO', 'REJECTED', 'UNKNOWN')),
            verification text not null check (verification in ('READ_BACK', 'RESPONSE_ONLY', 'PERSON')),
            error_code text,
            lms_system text not null,
            lms_version text,
            on_behalf_of text not null,
            acted_at timestamptz not null,
            recorded_at timestamptz not null,
            {SIGNED.format("acted_by")},
            subject_digest bytea not null check (length(subject_digest) = 32),
            before_digest bytea not null check (length(before_digest) = 32),
            after_digest bytea not null check (length(after_digest) = 32),
            digest bytea not null check (length(digest) = 32),
            previous_hash bytea not null check (length(previous_hash) = 32),
            hash bytea not null check (length(hash) = 32),
            constraint one_act_of_a_sequence unique (contract_id, sequence),
            foreign key (contract_id, site_id) references lms_site (contract_id, id),
            foreign key (contract_id, job_id) references lms_job (contract_id, id),
            foreign key (contract_id, item_id) references lms_job_item (contract_id, id)
        ) --;
        create trigger append_only before update or delete or truncate on lms_act execute function app.refuse_change() --;
        create index lms_act_job on lms_act (contract_id, job_id, sequence) --;
        create index lms_act_site on lms_act (contract_id, site_id, sequence) --;
        create index lms_act_item on lms_act (contract_id, item_id) --;
        create index lms_act_member on lms_act (contract_id, acted_by_member_id, site_id, acted_at desc) --;
        create table lms_act_subject (
            contract_id uuid not null,
            act_id uuid not null,
            association_id uuid not null,
            vendor_id uuid not null,
            site_id uuid not null,
            salt bytea,
            member_number text,
            course_key text,
            before jsonb,
            after jsonb,
            error_message text,
            erased_at timestamptz,
            primary key (contract_id, act_id),
            foreign key (contract_id, act_id) references lms_act (contract_id, id),
            check ((erased_at is null) = (salt is not null)),
            check (erased_at is null or (member_number is null and before is null and after is null and error_message is null))
        ) --;
        create index lms_act_subject_member on lms_act_subject (contract_id, member_number, act_id) --;
        create table lms_metered_item (
            contract_id uuid not null,
            item_id uuid not null,
            association_id uuid not null,
            vendor_id uuid not null,
            job_id uuid not null,
            work_record_id uuid not null,
            quantity numeric(18, 6) not null check (quantity > 0),
            primary key (contract_id, item_id),
            foreign key (contract_id, item_id) references lms_job_item (contract_id, id),
            foreign key (contract_id, job_id) references lms_job (contract_id, id),
            foreign key (contract_id, work_record_id) references work_record (contract_id, id)
        ) --;
        create trigger append_only before update or delete or truncate on lms_metered_item
            execute function app.refuse_change() --;
        create index lms_metered_item_record on lms_metered_item (contract_id, work_record_id, item_id) --;
        create index lms_metered_item_job on lms_metered_item (contract_id, job_id, work_record_id)
        """
    )
    contract_table("lms_chain", using=SEES_ROWS)
    contract_table("lms_act", using=SEES_ROWS, grants="select, insert")
    contract_table("lms_act_subject", using=SEES_LEARNERS, grants="select, insert")
    contract_table("lms_metered_item", using=SEES_ROWS, grants="select, insert")
    run(
        """
        -- when a member last did something on a site, or on any: one probe of the index for each
        create function app.lms_last_act(contract uuid, member uuid, site uuid) returns timestamptz
        language sql stable parallel safe as $$
            select max(act.acted_at) from lms_site s cross join lateral (
                select a.acted_at from lms_act a
                where a.contract_id = s.contract_id and a.acted_by_member_id = member and a.site_id = s.id
                order by a.acted_at desc limit 1
            ) act where s.contract_id = contract and (site is null or s.id = site)
        $$
        """
    )


def downgrade() -> None:
    """Take them away."""
    run("drop function app.lms_last_act")
    drop_tables("lms_chain", "lms_act", "lms_act_subject", "lms_metered_item")
