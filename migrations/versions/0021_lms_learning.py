"""Completions as an LMS reports them: who is how far in which course, and what it took back."""

from __future__ import annotations

from migrations.sql import KEY_COLUMNS, SEES_LEARNERS, SEES_ROWS, SIGNED, contract_table, drop_tables, run

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring completions."""
    run(
        f"""
        create table lms_completion_reading (
            {KEY_COLUMNS},
            site_id uuid not null,
            course_keys text[] not null check (cardinality(course_keys) > 0),
            status text not null check (status in ('READING', 'DONE', 'FAILED')),
            requested_at timestamptz not null,
            {SIGNED.format("requested_by")},
            run_id uuid,
            progressed_at timestamptz not null,
            ended_at timestamptz,
            read_count int not null default 0 check (read_count >= 0),
            withdrawn_count int not null default 0 check (withdrawn_count >= 0),
            unread_course_keys text[] not null default array[]::text[],
            failure_code text,
            failure_message text,
            foreign key (contract_id, site_id) references lms_site (contract_id, id),
            check ((status = 'READING') = (ended_at is null)),
            check ((status = 'FAILED') = (failure_code is not null))
        ) --;
        create index lms_completion_reading_newest on lms_completion_reading
            (contract_id, site_id, requested_at desc, id desc) --;
        create unique index one_completion_reading_at_a_time on lms_completion_reading (contract_id, site_id)
            where status = 'READING' --;
        create index lms_completion_reading_open on lms_completion_reading (progressed_at) where status = 'READING' --;
        create table lms_completion (
            {KEY_COLUMNS},
            site_id uuid not null,
            member_number text not null,
            course_key text not null,
            state text not null check (state in ('COMPLETE', 'INCOMPLETE', 'NOT_MEASURABLE')),
            reason text,
            enrolled_at timestamptz,
            completed_at timestamptz,
            last_active_at timestamptz,
            overridden boolean not null default false,
            attempts int check (attempts >= 0),
            first_attempt_passed boolean,
            score_percent numeric(6, 2),
            reading_id uuid not null,
            read_at timestamptz not null,
            left_at timestamptz,
            foreign key (contract_id, site_id) references lms_site (contract_id, id),
            foreign key (contract_id, reading_id) references lms_completion_reading (contract_id, id),
            constraint one_completion_of_a_learner unique (contract_id, site_id, member_number, course_key),
            check (state = 'COMPLETE' or completed_at is null),
            check (state = 'NOT_MEASURABLE' or reason is null)
        ) --;
        create index lms_completion_course on lms_completion (contract_id, site_id, course_key, member_number) --;
        create index lms_completion_state on lms_completion (contract_id, site_id, state, member_number) --;
        create index lms_completion_completed on lms_completion (contract_id, site_id, completed_at desc nulls last, id desc) --;
        create table lms_completion_withdrawal (
            {KEY_COLUMNS},
            site_id uuid not null,
            completion_id uuid not null,
            reading_id uuid not null,
            withdrawn_at timestamptz not null,
            became text not null check (became in ('INCOMPLETE', 'NOT_MEASURABLE')),
            was_completed_at timestamptz,
            was_overridden boolean not null,
            was_score_percent numeric(6, 2),
            foreign key (contract_id, completion_id) references lms_completion (contract_id, id),
            foreign key (contract_id, reading_id) references lms_completion_reading (contract_id, id)
        ) --;
        create index lms_completion_withdrawal_newest on lms_completion_withdrawal
            (contract_id, completion_id, withdrawn_at desc, id desc)
        """
    )
    contract_table("lms_completion_reading", using=SEES_ROWS)
    contract_table("lms_completion", using=SEES_LEARNERS, grants="select")
    contract_table("lms_completion_withdrawal", using=SEES_LEARNERS, grants="select")


def downgrade() -> None:
    """Take them away."""
    drop_tables("lms_completion_reading", "lms_completion", "lms_completion_withdrawal")
