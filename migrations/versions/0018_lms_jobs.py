"""Jobs: a plan being executed, item by item, with a lease that a dead worker loses."""

from __future__ import annotations

from migrations.sql import KEY_COLUMNS, SEES_LEARNERS, SEES_ROWS, SIGNED, contract_table, drop_tables, run

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring jobs."""
    run(
        f"""
        create table lms_job (
            {KEY_COLUMNS},
            site_id uuid not null,
            plan_id uuid not null,
            line_id uuid not null,
            operation text not null,
            status text not null check (status in
                ('QUEUED', 'RUNNING', 'WAITING', 'PAUSED', 'CANCELLING', 'DONE', 'CANCELLED')),
            wait_code text,
            wait_message text,
            wait_until timestamptz,
            total_count int not null check (total_count >= 0),
            applied_count int not null default 0,
            already_so_count int not null default 0,
            rejected_count int not null default 0,
            unknown_count int not null default 0,
            stale_count int not null default 0,
            skipped_count int not null default 0,
            lease_token uuid,
            lease_until timestamptz,
            runs int not null default 0,
            metering text not null default 'OPEN' check (metering in ('OPEN', 'METERED', 'NOTHING_TO_METER', 'REFUSED')),
            metering_code text,
            metering_message text,
            metering_member_id uuid,
            ordered_at timestamptz not null,
            {SIGNED.format("ordered_by")},
            ordered_by_person_id uuid not null,
            started_at timestamptz,
            progressed_at timestamptz,
            ended_at timestamptz,
            foreign key (contract_id, site_id) references lms_site (contract_id, id),
            foreign key (contract_id, plan_id) references lms_plan (contract_id, id),
            foreign key (contract_id, line_id) references contract_line (contract_id, id),
            constraint one_job_of_a_plan unique (contract_id, plan_id),
            check ((status in ('DONE', 'CANCELLED')) = (ended_at is not null)),
            check (wait_code is null or status in ('WAITING', 'PAUSED')),
            check (wait_code is not null or status <> 'WAITING'),
            check (status <> 'RUNNING' or lease_token is not null),
            check ((lease_token is null) = (lease_until is null))
        ) --;
        create unique index one_running_job_of_a_site on lms_job (contract_id, site_id) where status = 'RUNNING' --;
        create index lms_job_newest on lms_job (contract_id, ordered_at desc, id desc) --;
        create index lms_job_to_run on lms_job (coalesce(wait_until, lease_until, ordered_at))
            where status in ('QUEUED', 'RUNNING', 'WAITING', 'CANCELLING') --;
        create index lms_job_to_meter on lms_job (ended_at) where metering = 'OPEN' and ended_at is not null --;
        create index lms_job_site on lms_job (contract_id, site_id, ordered_at desc, id desc) --;
        create table lms_job_item (
            contract_id uuid not null,
            job_id uuid not null,
            position int not null check (position > 0),
            id uuid not null,
            association_id uuid not null,
            vendor_id uuid not null,
            site_id uuid not null,
            idempotency_key text not null,
            status text not null check (status in
                ('PENDING', 'SENT', 'APPLIED', 'ALREADY_SO', 'REJECTED', 'UNKNOWN', 'STALE', 'SKIPPED')),
            attempts int not null default 0,
            readings int not null default 0,
            sent_before jsonb,
            error_code text,
            error_message text,
            verification text check (verification in ('READ_BACK', 'RESPONSE_ONLY', 'PERSON')),
            sent_at timestamptz,
            ended_at timestamptz,
            primary key (contract_id, id),
            constraint one_item_of_a_position unique (contract_id, job_id, position),
            constraint one_item_of_a_key unique (contract_id, idempotency_key),
            foreign key (contract_id, job_id) references lms_job (contract_id, id)
        ) --;
        create index lms_job_item_open on lms_job_item (contract_id, job_id, position)
            where status in ('PENDING', 'SENT', 'UNKNOWN') --;
        create index lms_job_item_status on lms_job_item (contract_id, job_id, status, position)
        """
    )
    contract_table("lms_job", using=SEES_ROWS)
    contract_table("lms_job_item", using=SEES_LEARNERS)


def downgrade() -> None:
    """Take them away."""
    drop_tables("lms_job", "lms_job_item")
