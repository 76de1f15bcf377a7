"""Plans: what an operation would do to an LMS, row by row, before anything is done."""

from __future__ import annotations

from migrations.sql import KEY_COLUMNS, SEES_LEARNERS, SEES_ROWS, SIGNED, contract_table, drop_tables, run

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

OPERATIONS = """'ROSTER_IMPORT', 'ENROL', 'UNENROL', 'SUSPEND', 'RESTORE', 'RESET_ACCESS', 'CREATE_COURSE', 'PUBLISH_PACKAGE',
                'SYNC_COMPLETIONS', 'UNDO'"""


def upgrade() -> None:
    """Bring plans."""
    run(
        f"""
        create table lms_plan (
            {KEY_COLUMNS},
            site_id uuid not null,
            line_id uuid not null,
            operation text not null check (operation in ({OPERATIONS})),
            roster_mode text check (roster_mode in ('DELTA', 'FULL')),
            status text not null check (status in
                ('PREVIEWING', 'READY', 'REFUSED', 'APPROVED', 'EXECUTING', 'DONE', 'WITHDRAWN', 'EXPIRED')),
            source_sha256 text check (source_sha256 ~ '^[0-9a-f]{{64}}$'),
            source_name text,
            request jsonb not null,
            faults jsonb not null default '[]',
            fault_count int not null default 0,
            refusal_code text,
            refusal_message text,
            undoes_job_id uuid,
            mends_job_id uuid,
            notify_learners boolean not null default false,
            reason text check (length(reason) between 1 and 2000),
            plan_hash text check (plan_hash ~ '^[0-9a-f]{{64}}$'),
            row_count int not null default 0,
            create_count int not null default 0,
            update_count int not null default 0,
            suspend_count int not null default 0,
            remove_count int not null default 0,
            noop_count int not null default 0,
            conflict_count int not null default 0,
            attempts int not null default 0 check (attempts >= 0),
            progressed_at timestamptz,
            read_count int not null default 0,
            population_count int,
            needs_second_person boolean not null default false,
            lms_version text,
            requested_at timestamptz not null,
            requested_by_person_id uuid not null,
            {SIGNED.format("requested_by")},
            previewed_at timestamptz,
            expires_at timestamptz,
            approved_at timestamptz,
            approved_by_person_id uuid,
            {SIGNED.format("approved_by")},
            ended_at timestamptz,
            foreign key (contract_id, site_id) references lms_site (contract_id, id),
            foreign key (contract_id, line_id) references contract_line (contract_id, id),
            check ((operation = 'ROSTER_IMPORT') = (roster_mode is not null)),
            check ((operation = 'UNDO') = (undoes_job_id is not null)),
            check ((status = 'REFUSED') = (refusal_code is not null)),
            check (plan_hash is not null or status in ('PREVIEWING', 'REFUSED', 'WITHDRAWN', 'EXPIRED')),
            constraint second_person check (approved_by_person_id is null or not needs_second_person
                or approved_by_person_id <> requested_by_person_id)
        ) --;
        create index lms_plan_newest on lms_plan (contract_id, requested_at desc, id desc) --;
        create index lms_plan_site on lms_plan (contract_id, site_id, requested_at desc, id desc) --;
        create index lms_plan_status on lms_plan (contract_id, status, requested_at desc, id desc) --;
        create index lms_plan_previewing on lms_plan (coalesce(progressed_at, requested_at)) where status = 'PREVIEWING' --;
        create index lms_plan_expiring on lms_plan (expires_at) where status in ('READY', 'APPROVED') --;
        create table lms_plan_row (
            contract_id uuid not null,
            plan_id uuid not null,
            position int not null check (position > 0),
            id uuid not null,
            association_id uuid not null,
            vendor_id uuid not null,
            site_id uuid not null,
            subject_kind text not null check (subject_kind in ('USER', 'ACCESS', 'ENROLMENT', 'COURSE', 'PACKAGE')),
            member_number text,
            course_key text,
            action text check (action in ('CREATE', 'UPDATE', 'SUSPEND', 'REMOVE', 'NOOP', 'CONFLICT')),
            reasons text[] not null default array[]::text[],
            source_row int,
            desired jsonb,
            kept jsonb,
            observed jsonb,
            observed_digest bytea,
            opted_out boolean not null default false,
            opted_out_reason text,
            primary key (contract_id, id),
            constraint one_row_of_a_position unique (contract_id, plan_id, position),
            foreign key (contract_id, plan_id) references lms_plan (contract_id, id)
        ) --;
        create index lms_plan_row_action on lms_plan_row (contract_id, plan_id, action, position) --;
        create index lms_plan_row_member on lms_plan_row (contract_id, plan_id, member_number)
        """
    )
    contract_table("lms_plan", using=SEES_ROWS)
    contract_table("lms_plan_row", using=SEES_LEARNERS)


def downgrade() -> None:
    """Take them away."""
    drop_tables("lms_plan", "lms_plan_row")
