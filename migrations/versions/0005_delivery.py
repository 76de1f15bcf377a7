"""Work records, evidence, submissions and the decisions on them."""

from __future__ import annotations

from migrations.sql import KEY_COLUMNS, contract_table, drop_tables, run

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SIGNATURE = """{0}member_id uuid,
            {0}name text,
            {0}email text,
            {0}organization_id uuid,
            {0}organization_name text"""


def upgrade() -> None:
    """Bring delivery."""
    run(
        f"""
        create table submission (
            {KEY_COLUMNS},
            status text not null check (status in ('SUBMITTED', 'REVIEWED', 'WITHDRAWN')),
            submitted_at timestamptz not null,
            {SIGNATURE.format("submitted_by_")},
            submitted_by_person_id uuid not null,
            deemed_acceptance_due_on date,
            reviewed_at timestamptz,
            deemed boolean not null default false,
            withdrawn_at timestamptz,
            check ((status = 'REVIEWED') = (reviewed_at is not null)),
            check ((status = 'WITHDRAWN') = (withdrawn_at is not null))
        ) --;
        create index submission_waiting on submission (deemed_acceptance_due_on) where status = 'SUBMITTED' --;
        create index submission_newest on submission (contract_id, submitted_at desc, id desc) --;
        create index submission_association on submission (association_id, submitted_at desc, id desc) --;
        create index submission_vendor on submission (vendor_id, submitted_at desc, id desc) --;
        create table work_record (
            {KEY_COLUMNS},
            line_id uuid not null,
            status text not null check (status in
                ('RECORDED', 'SUBMITTED', 'ACCEPTED', 'PARTIALLY_ACCEPTED', 'REJECTED', 'RETURNED', 'VOIDED')),
            quantity numeric(18, 6) not null check (quantity > 0),
            performed_from date not null,
            performed_to date not null,
            performed_by text not null check (length(performed_by) between 1 and 200),
            description text not null check (length(description) between 1 and 4000),
            in_scope boolean not null,
            out_of_scope_reason text,
            accepted_quantity numeric(18, 6),
            submission_id uuid,
            recorded_at timestamptz not null,
            {SIGNATURE.format("recorded_by_")},
            voided_at timestamptz,
            void_reason text,
            foreign key (contract_id, line_id) references contract_line (contract_id, id),
            foreign key (contract_id, submission_id) references submission (contract_id, id),
            check (performed_from <= performed_to),
            check (in_scope = (out_of_scope_reason is null)),
            check ((status = 'VOIDED') = (voided_at is not null)),
            check ((status in ('ACCEPTED', 'PARTIALLY_ACCEPTED', 'REJECTED')) = (accepted_quantity is not null)),
            constraint accepted_within_recorded check (accepted_quantity between 0 and quantity),
            constraint out_of_scope_is_never_submitted check (in_scope or status in ('RECORDED', 'RETURNED', 'VOIDED')),
            constraint out_of_scope_is_never_accepted check (in_scope or coalesce(accepted_quantity, 0) = 0)
        ) --;
        create index work_record_newest on work_record (contract_id, recorded_at desc, id desc) --;
        create index work_record_line on work_record (contract_id, line_id) --;
        create table submission_record (
            contract_id uuid not null,
            submission_id uuid not null,
            work_record_id uuid not null,
            association_id uuid not null,
            vendor_id uuid not null,
            position int not null,
            primary key (contract_id, submission_id, work_record_id),
            foreign key (contract_id, submission_id) references submission (contract_id, id),
            foreign key (contract_id, work_record_id) references work_record (contract_id, id)
        ) --;
        create table decision (
            {KEY_COLUMNS},
            submission_id uuid not null,
            work_record_id uuid not null,
            line_id uuid not null,
            accepted_quantity numeric(18, 6) not null check (accepted_quantity >= 0),
            shortfall_quantity numeric(18, 6) not null check (shortfall_quantity >= 0),
            reason_code text check (reason_code in
                ('DUPLICATE', 'NOT_DELIVERED', 'INCOMPLETE', 'QUALITY', 'WRONG_QUANTITY', 'WRONG_PERIOD', 'NO_EVIDENCE', 'OTHER')),
            disposition text check (disposition in ('REJECTED', 'RETURNED')),
            reason text check (length(reason) <= 2000),
            performed_to date not null,
            unit_price numeric(18, 6) not null,
            rate_card_key text not null,
            rate_version int not null,
            deemed boolean not null,
            decided_at timestamptz not null,
            {SIGNATURE.format("decided_by_")},
            decided_by_person_id uuid,
            billed boolean not null default false,
            reversed_at timestamptz,
            reverse_reason text,
            foreign key (contract_id, submission_id) references submission (contract_id, id),
            foreign key (contract_id, work_record_id) references work_record (contract_id, id),
            foreign key (contract_id, line_id) references contract_line (contract_id, id),
            check ((shortfall_quantity > 0) = (disposition is not null and reason_code is not null)),
            check (deemed = (decided_by_member_id is null)),
            constraint billed_is_not_reversed check (not billed or reversed_at is null)
        ) --;
        create unique index one_standing_decision on decision (contract_id, submission_id, work_record_id)
            where reversed_at is null --;
        create index decision_record on decision (contract_id, work_record_id, decided_at desc) --;
        create index decision_performed on decision (contract_id, performed_to)
            where reversed_at is null and accepted_quantity > 0 and not billed --;
        create table evidence (
            {KEY_COLUMNS},
            work_record_id uuid,
            name text not null check (length(name) between 1 and 255),
            media_type text not null,
            byte_size bigint not null check (byte_size > 0),
            sha256 text not null check (sha256 ~ '^[0-9a-f]{{64}}$'),
            uploaded_at timestamptz not null,
            {SIGNATURE.format("uploaded_by_")},
            foreign key (contract_id, work_record_id) references work_record (contract_id, id)
        ) --;
        create index evidence_record on evidence (contract_id, work_record_id, id)
        """
    )
    for table in ("submission", "work_record", "decision", "evidence"):
        contract_table(table)
    contract_table("submission_record", grants="select, insert")


def downgrade() -> None:
    """Take it away."""
    drop_tables("submission", "work_record", "submission_record", "decision", "evidence")
