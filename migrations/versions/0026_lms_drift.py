"""Drift: where an LMS differs from the roster, read from time to time, and kept until it is gone or resolved."""

from __future__ import annotations

from migrations.sql import (
    KEY_COLUMNS,
    SEES_LEARNERS,
    SEES_ROWS,
    SIGNED,
    contract_table,
    drop_tables,
    lookup_function,
    run,
)

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

KINDS = """'MISSING_USER', 'MISSING_ENROLMENT', 'EXTRA_ENROLMENT', 'WRONG_STATE', 'WRONG_END_DATE',
                'DUPLICATE_IDENTITY', 'PROFILE_MISMATCH', 'UNREADABLE'"""


def upgrade() -> None:
    """Bring drift."""
    run(
        f"""
        create table lms_drift_reading (
            {KEY_COLUMNS},
            site_id uuid not null,
            status text not null check (status in ('READING', 'DONE', 'FAILED')),
            requested_at timestamptz not null,
            {SIGNED.format("requested_by")},
            run_id uuid,
            progressed_at timestamptz not null,
            ended_at timestamptz,
            desired_user_count int not null default 0,
            desired_enrolment_count int not null default 0,
            actual_user_count int not null default 0,
            actual_enrolment_count int not null default 0,
            unreadable_count int not null default 0,
            opened_count int not null default 0,
            reopened_count int not null default 0,
            gone_count int not null default 0,
            open_count int not null default 0,
            failure_code text,
            failure_message text,
            foreign key (contract_id, site_id) references lms_site (contract_id, id),
            check ((status = 'READING') = (ended_at is null)),
            check ((status = 'FAILED') = (failure_code is not null))
        ) --;
        create index lms_drift_reading_newest on lms_drift_reading (contract_id, site_id, requested_at desc, id desc) --;
        create unique index one_drift_reading_at_a_time on lms_drift_reading (contract_id, site_id)
            where status = 'READING' --;
        create index lms_drift_reading_open on lms_drift_reading (progressed_at) where status = 'READING' --;
        create unlogged table lms_drift_actual_user (
            run_id uuid not null,
            member_number text not null,
            username text not null,
            email text not null,
            given_name text not null,
            family_name text not null,
            suspended boolean not null
        ) --;
        create index lms_drift_actual_user_run on lms_drift_actual_user (run_id) --;
        create unlogged table lms_drift_actual_enrolment (
            run_id uuid not null,
            member_number text not null,
            course_key text not null,
            role text not null,
            state text not null,
            ends_at timestamptz,
            dates_known boolean not null
        ) --;
        create index lms_drift_actual_enrolment_run on lms_drift_actual_enrolment (run_id) --;
        create unlogged table lms_drift_unread (
            run_id uuid not null,
            member_number text,
            course_key text,
            message text not null,
            check ((member_number is null) <> (course_key is null))
        ) --;
        create index lms_drift_unread_run on lms_drift_unread (run_id) --;
        create table lms_drift_finding (
            {KEY_COLUMNS},
            site_id uuid not null,
            kind text not null check (kind in ({KINDS})),
            member_number text,
            course_key text,
            desired jsonb,
            actual jsonb,
            message text,
            first_seen_at timestamptz not null,
            opened_at timestamptz not null,
            last_seen_at timestamptz not null,
            reading_id uuid not null,
            reopened_count int not null default 0,
            {SIGNED.format("owner")},
            assigned_at timestamptz,
            resolution text check (resolution in ('GONE', 'ACCEPTED', 'MENDED')),
            resolved_at timestamptz,
            {SIGNED.format("resolved_by")},
            resolution_reason text check (length(resolution_reason) between 1 and 2000),
            mended_by_job_id uuid,
            foreign key (contract_id, site_id) references lms_site (contract_id, id),
            foreign key (contract_id, reading_id) references lms_drift_reading (contract_id, id),
            foreign key (contract_id, mended_by_job_id) references lms_job (contract_id, id),
            constraint one_finding_of_a_difference
                unique nulls not distinct (contract_id, site_id, kind, member_number, course_key),
            check ((resolution is null) = (resolved_at is null)),
            check ((resolution = 'ACCEPTED') is not true or resolution_reason is not null),
            check ((resolution = 'MENDED') is not true or mended_by_job_id is not null)
        ) --;
        create index lms_drift_finding_oldest on lms_drift_finding (contract_id, site_id, opened_at, id) --;
        create index lms_drift_finding_open on lms_drift_finding (contract_id, site_id, opened_at, id)
            where resolution is null --;
        create index lms_drift_finding_kind on lms_drift_finding (contract_id, site_id, kind, opened_at, id)
        """
    )
    contract_table("lms_drift_reading", using=SEES_ROWS)
    contract_table("lms_drift_finding", using=SEES_LEARNERS, grants="select, update")
    for table in ("lms_drift_actual_user", "lms_drift_actual_enrolment", "lms_drift_unread"):
        # laid down by COPY, which no policy allows, for the length of a reading: the worker's alone, out of the app's reach
        run(f"grant select, insert, delete on {table} to chapterhouse_batch")
    lookup_function(
        "app.find_site_administrator(of_contract_id uuid, of_site_id uuid, with_email text, with_member_id uuid) returns "
        "table (member_id uuid, name text, email text, organization_id uuid, organization_name text)",
        """language sql stable security definer set search_path = public, app, pg_temp as $$
            select m.id, m.name, m.email, m.organization_id, o.name
            from contract c
            join member m on m.organization_id = c.vendor_id and m.ended_at is null
            join organization o on o.id = m.organization_id
            where c.id = of_contract_id and app.administers(of_contract_id, of_site_id)
                and (lower(m.email) = lower(with_email) or m.id = with_member_id)
                and exists (select from contract_grant g
                    where g.contract_id = c.id and g.member_id = m.id and g.revoked_at is null and g.effective @> now()
                        and (g.role = 'DELIVERY_LEAD' or g.role = 'LMS_ADMINISTRATOR'
                            and (not exists (select from lms_grant n
                                    where n.contract_id = c.id and n.grant_id = g.id and n.lifted_at is null)
                                or exists (select from lms_grant n
                                    where n.contract_id = c.id and n.grant_id = g.id and n.site_id = of_site_id
                                        and n.lifted_at is null))))
            limit 1 $$""",
    )


def downgrade() -> None:
    """Take it away."""
    run("drop function app.find_site_administrator")
    drop_tables(
        "lms_drift_reading",
        "lms_drift_actual_user",
        "lms_drift_actual_enrolment",
        "lms_drift_unread",
        "lms_drift_finding",
    )
