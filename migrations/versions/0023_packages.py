"""Content packages: what was found in them, who vouched for what, and what the LMS serves of them."""

from __future__ import annotations

from migrations.sql import KEY_COLUMNS, SEES_ROWS, SIGNED, contract_table, drop_tables, run

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

STANDARDS = "'SCORM_12', 'SCORM_2004_2', 'SCORM_2004_3', 'SCORM_2004_4', 'CMI5', 'XAPI'"


def upgrade() -> None:
    """Bring packages."""
    run(
        f"""
        create table content_package (
            {KEY_COLUMNS},
            site_id uuid not null,
            line_id uuid not null,
            evidence_id uuid not null,
            title text not null check (length(title) between 1 and 200),
            course_key text not null check (length(course_key) between 1 and 200),
            status text not null check (status in ('CHECKING', 'CHECKED', 'PUBLISHED', 'SUPERSEDED', 'WITHDRAWN')),
            byte_size bigint not null check (byte_size > 0),
            sha256 text not null check (sha256 ~ '^[0-9a-f]{{64}}$'),
            sha1 text check (sha1 ~ '^[0-9a-f]{{40}}$'),
            standard text check (standard in ({STANDARDS})),
            verdict text check (verdict in ('PASS', 'WARN', 'FAIL')),
            launch_checked boolean not null default false,
            accessibility_scanned boolean not null default false,
            accessibility_unscanned_reason text,
            submitted_at timestamptz not null,
            {SIGNED.format("submitted_by")},
            checked_at timestamptz,
            plan_id uuid,
            published_at timestamptz,
            comparison text check (comparison in ('MATCHES', 'DIFFERS', 'NOT_READABLE')),
            comparison_reason text,
            compared_at timestamptz,
            ended_at timestamptz,
            end_reason text check (length(end_reason) between 1 and 2000),
            foreign key (contract_id, site_id) references lms_site (contract_id, id),
            foreign key (contract_id, line_id) references contract_line (contract_id, id),
            foreign key (contract_id, evidence_id) references evidence (contract_id, id),
            foreign key (contract_id, plan_id) references lms_plan (contract_id, id),
            constraint one_package_of_an_upload unique (contract_id, evidence_id),
            check ((checked_at is null) = (verdict is null)),
            check (status <> 'CHECKING' or checked_at is null),
            check (status not in ('CHECKED', 'PUBLISHED', 'SUPERSEDED') or checked_at is not null),
            check ((status in ('PUBLISHED', 'SUPERSEDED')) = (published_at is not null)),
            check ((status in ('SUPERSEDED', 'WITHDRAWN')) = (ended_at is not null)),
            check ((comparison is null) = (compared_at is null)),
            check (not accessibility_scanned or accessibility_unscanned_reason is null)
        ) --;
        create index content_package_newest on content_package (contract_id, submitted_at desc, id desc) --;
        create index content_package_site on content_package (contract_id, site_id, submitted_at desc, id desc) --;
        create index content_package_unchecked on content_package (submitted_at) where status = 'CHECKING' --;
        create index content_package_planned on content_package (contract_id, plan_id)
            where status = 'CHECKED' and plan_id is not null --;
        create index content_package_uncompared on content_package (published_at)
            where status = 'PUBLISHED' and compared_at is null --;
        create unique index one_published_package_of_a_title
            on content_package (contract_id, site_id, course_key, title) where status = 'PUBLISHED' --;
        create table package_finding (
            {KEY_COLUMNS},
            package_id uuid not null,
            position int not null check (position > 0),
            rule text not null check (rule ~ '^[A-Z][A-Z0-9_]+$'),
            severity text not null check (severity in ('PASS', 'WARN', 'FAIL', 'NOT_CHECKED')),
            can_be_waived boolean not null,
            message text not null,
            file text,
            foreign key (contract_id, package_id) references content_package (contract_id, id),
            constraint one_finding_of_a_position unique (contract_id, package_id, position)
        ) --;
        create table accessibility_finding (
            {KEY_COLUMNS},
            package_id uuid not null,
            position int not null check (position > 0),
            certain boolean not null,
            rule text not null,
            impact text check (impact in ('minor', 'moderate', 'serious', 'critical')),
            message text not null,
            help_url text,
            file text not null,
            element_count int not null check (element_count > 0),
            first_element text,
            criteria text[] not null default array[]::text[],
            foreign key (contract_id, package_id) references content_package (contract_id, id),
            constraint one_accessibility_finding_of_a_position unique (contract_id, package_id, position)
        ) --;
        create table package_waiver (
            {KEY_COLUMNS},
            package_id uuid not null,
            rules text[] not null check (cardinality(rules) > 0),
            reason text not null check (length(reason) between 1 and 2000),
            ends_on date not null,
            signed_at timestamptz not null,
            {SIGNED.format("signed_by")},
            foreign key (contract_id, package_id) references content_package (contract_id, id)
        ) --;
        create index package_waiver_newest on package_waiver (contract_id, package_id, signed_at desc, id desc) --;
        create table accessibility_review (
            {KEY_COLUMNS},
            package_id uuid not null,
            note text check (length(note) between 1 and 4000),
            signed_at timestamptz not null,
            {SIGNED.format("signed_by")},
            foreign key (contract_id, package_id) references content_package (contract_id, id)
        ) --;
        create index accessibility_review_newest
            on accessibility_review (contract_id, package_id, signed_at desc, id desc) --;
        create table accessibility_answer (
            contract_id uuid not null,
            review_id uuid not null,
            position int not null check (position > 0),
            association_id uuid not null,
            vendor_id uuid not null,
            criterion text not null,
            answer text not null check (answer in ('SUPPORTS', 'PARTIALLY_SUPPORTS', 'DOES_NOT_SUPPORT', 'NOT_APPLICABLE')),
            remark text check (length(remark) between 1 and 2000),
            primary key (contract_id, review_id, position),
            constraint one_answer_of_a_criterion unique (contract_id, review_id, criterion),
            foreign key (contract_id, review_id) references accessibility_review (contract_id, id)
        )
        """
    )
    contract_table("content_package", using=SEES_ROWS)
    contract_table("package_finding", using=SEES_ROWS, grants="select")
    contract_table("accessibility_finding", using=SEES_ROWS, grants="select")
    contract_table("package_waiver", using=SEES_ROWS, grants="select, insert")
    contract_table("accessibility_review", using=SEES_ROWS, grants="select, insert")
    contract_table("accessibility_answer", using=SEES_ROWS, grants="select, insert")


def downgrade() -> None:
    """Take them away."""
    drop_tables(
        "content_package",
        "package_finding",
        "accessibility_finding",
        "package_waiver",
        "accessibility_review",
        "accessibility_answer",
    )
