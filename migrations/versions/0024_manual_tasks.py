"""What an LMS cannot do through its adapter, done by a person who attaches the proof."""

from __future__ import annotations

from migrations.sql import KEY_COLUMNS, SEES_LEARNERS, SIGNED, contract_table, drop_tables, lookup_function, run

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

OPERATIONS = """'ROSTER_IMPORT', 'ENROL', 'UNENROL', 'SUSPEND', 'RESTORE', 'RESET_ACCESS', 'CREATE_COURSE', 'PUBLISH_PACKAGE',
                'SYNC_COMPLETIONS', 'UNDO'"""


def upgrade() -> None:
    """Bring tasks, and the files that prove them."""
    run(
        f"""
        create table lms_task (
            {KEY_COLUMNS},
            site_id uuid not null,
            line_id uuid not null,
            plan_row_id uuid,
            operation text not null check (operation in ({OPERATIONS})),
            title text not null check (length(title) between 1 and 200),
            details text check (length(details) between 1 and 4000),
            checklist text[] not null check (cardinality(checklist) > 0),
            status text not null check (status in ('OPEN', 'DONE', 'RECORDED', 'WITHDRAWN')),
            created_at timestamptz not null,
            {SIGNED.format("created_by")},
            {SIGNED.format("assigned_to")},
            note text check (length(note) between 1 and 4000),
            ended_at timestamptz,
            {SIGNED.format("ended_by")},
            act_id uuid,
            work_record_id uuid,
            foreign key (contract_id, site_id) references lms_site (contract_id, id),
            foreign key (contract_id, line_id) references contract_line (contract_id, id),
            foreign key (contract_id, plan_row_id) references lms_plan_row (contract_id, id),
            foreign key (contract_id, act_id) references lms_act (contract_id, id),
            foreign key (contract_id, work_record_id) references work_record (contract_id, id),
            check ((status = 'OPEN') = (ended_at is null)),
            check ((status in ('DONE', 'RECORDED')) = (act_id is not null)),
            check ((status = 'RECORDED') = (work_record_id is not null))
        ) --;
        create index lms_task_newest on lms_task (contract_id, created_at desc, id desc) --;
        create index lms_task_open on lms_task (contract_id, created_at desc, id desc) where status = 'OPEN' --;
        create unique index one_task_of_a_plan_row on lms_task (contract_id, plan_row_id)
            where plan_row_id is not null and status <> 'WITHDRAWN' --;
        create table lms_task_evidence (
            contract_id uuid not null,
            evidence_id uuid not null,
            association_id uuid not null,
            vendor_id uuid not null,
            site_id uuid not null,
            task_id uuid not null,
            primary key (contract_id, evidence_id),
            foreign key (contract_id, task_id) references lms_task (contract_id, id),
            foreign key (contract_id, evidence_id) references evidence (contract_id, id)
        ) --;
        create index lms_task_evidence_task on lms_task_evidence (contract_id, task_id)
        """
    )
    contract_table("lms_task", using=SEES_LEARNERS)
    contract_table("lms_task_evidence", using=SEES_LEARNERS, grants="select, insert")
    # who administers under a contract is known to those who do, by e-mail or id; a miss and a stranger answer the same
    lookup_function(
        "app.find_administrator(of_contract_id uuid, with_email text, with_member_id uuid) returns table "
        "(member_id uuid, name text, email text, organization_id uuid, organization_name text)",
        """language sql stable security definer set search_path = public, app, pg_temp as $$
            select g.member_id, g.name, g.email, g.organization_id, g.organization_name from contract_grant g
            where g.contract_id = of_contract_id and g.role in ('DELIVERY_LEAD', 'LMS_ADMINISTRATOR')
                and g.revoked_at is null and g.effective @> now()
                and app.is_granted(of_contract_id, 'DELIVERY_LEAD', 'LMS_ADMINISTRATOR')
                and (lower(g.email) = lower(with_email) or g.member_id = with_member_id)
            order by g.granted_at limit 1 $$""",
    )


def downgrade() -> None:
    """Take them away."""
    run("drop function app.find_administrator")
    drop_tables("lms_task", "lms_task_evidence")
