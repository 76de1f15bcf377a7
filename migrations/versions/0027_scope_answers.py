"""The association's yes or no to work that is out of scope; a yes extends the line by its quantity."""

from __future__ import annotations

from migrations.sql import KEY_COLUMNS, SEES_ROWS, SIGNED, contract_table, drop_tables, run

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring answers, and room on a line for what was said yes to."""
    run(
        f"""
        create table scope_answer (
            {KEY_COLUMNS},
            work_record_id uuid not null,
            line_id uuid not null,
            answer text not null check (answer in ('APPROVED', 'DECLINED')),
            quantity numeric(18, 6) not null check (quantity > 0),
            out_of_scope_reason text not null,
            reason text not null check (length(reason) between 1 and 2000),
            answered_at timestamptz not null,
            {SIGNED.format("answered_by")},
            foreign key (contract_id, work_record_id) references work_record (contract_id, id),
            foreign key (contract_id, line_id) references contract_line (contract_id, id)
        ) --;
        create index scope_answer_record on scope_answer (contract_id, work_record_id, answered_at desc, id desc) --;
        alter table contract_line
            add column extended_quantity numeric(18, 6) not null default 0 check (extended_quantity >= 0),
            add column extended_minor bigint not null default 0 check (extended_minor >= 0) --;
        alter table contract_line drop constraint accepted_within_maximum --;
        alter table contract_line drop constraint accepted_within_not_to_exceed --;
        alter table contract_line add constraint accepted_within_maximum
            check (quantity_basis is distinct from 'MAXIMUM' or accepted_quantity <= quantity + extended_quantity) not valid --;
        alter table contract_line add constraint accepted_within_not_to_exceed check (not_to_exceed_minor is null
            or app.extended_minor(accepted_quantity, unit_price, currency_code) <= not_to_exceed_minor + extended_minor) not valid --;
        alter table contract_line validate constraint accepted_within_maximum --;
        alter table contract_line validate constraint accepted_within_not_to_exceed
        """
    )
    contract_table("scope_answer", using=SEES_ROWS, grants="select, insert")


def downgrade() -> None:
    """Take them away."""
    drop_tables("scope_answer")
    run(
        """
        alter table contract_line drop constraint accepted_within_maximum --;
        alter table contract_line drop constraint accepted_within_not_to_exceed --;
        alter table contract_line drop column extended_quantity, drop column extended_minor --;
        alter table contract_line add constraint accepted_within_maximum
            check (quantity_basis is distinct from 'MAXIMUM' or accepted_quantity <= quantity) --;
        alter table contract_line add constraint accepted_within_not_to_exceed check (not_to_exceed_minor is null
            or app.extended_minor(accepted_quantity, unit_price, currency_code) <= not_to_exceed_minor)
        """
    )
