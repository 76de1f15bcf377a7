"""The roster as it should be; what drift compares it with, and its findings."""

from __future__ import annotations

from migrations.sql import SEES_LEARNERS, SEES_ROWS, contract_table, drop_tables, run

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring them."""
    run(
        """
        create table lms_roster_member (
            contract_id uuid not null,
            site_id uuid not null,
            member_number text not null check (length(member_number) between 1 and 200),
            association_id uuid not null,
            vendor_id uuid not null,
            username text not null,
            email text not null,
            given_name text not null,
            family_name text not null,
            suspended boolean not null default false,
            changed_at timestamptz not null,
            changed_by_job_id uuid,
            primary key (contract_id, site_id, member_number),
            foreign key (contract_id, site_id) references lms_site (contract_id, id),
            foreign key (contract_id, changed_by_job_id) references lms_job (contract_id, id)
        ) --;
        create table lms_roster_enrolment (
            contract_id uuid not null,
            site_id uuid not null,
            member_number text not null check (length(member_number) between 1 and 200),
            course_key text not null check (length(course_key) between 1 and 200),
            association_id uuid not null,
            vendor_id uuid not null,
            role text not null,
            state text not null check (state in ('ACTIVE', 'SUSPENDED')),
            starts_at timestamptz,
            ends_at timestamptz,
            changed_at timestamptz not null,
            changed_by_job_id uuid,
            primary key (contract_id, site_id, member_number, course_key),
            foreign key (contract_id, site_id) references lms_site (contract_id, id),
            foreign key (contract_id, changed_by_job_id) references lms_job (contract_id, id),
            check (starts_at < ends_at)
        ) --;
        create index lms_roster_enrolment_course on lms_roster_enrolment (contract_id, site_id, course_key, member_number)
        """
    )
    contract_table("lms_roster_member", using=SEES_LEARNERS, grants="select")
    contract_table("lms_roster_enrolment", using=SEES_LEARNERS, grants="select")
    # A file that a plan was made from names learners: whoever may see those of its site may see it, and nobody else.
    run(
        f"""
        alter table evidence add column learners_site_id uuid --;
        alter table evidence add foreign key (contract_id, learners_site_id) references lms_site (contract_id, id) --;
        alter policy app on evidence using (case when learners_site_id is null then {SEES_ROWS}
            else app.sees_learners(contract_id, association_id, vendor_id, learners_site_id) end)
        """
    )


def downgrade() -> None:
    """Take them away."""
    run(
        f"""
        alter policy app on evidence using ({SEES_ROWS}) --;
        alter table evidence drop column learners_site_id
        """
    )
    drop_tables("lms_roster_member", "lms_roster_enrolment")
