"""What a billing run writes for each record of work: one claim, proven by two references and found by two indexes."""

from __future__ import annotations

from migrations.sql import CONTRACT_KEY, run

revision = "0043"
down_revision = "0038"
branch_labels = None
depends_on = None

CLAIM = f"{CONTRACT_KEY}, invoice_id"


def upgrade() -> None:
    """Check a claim's contract, parties, invoice and line by one reference; let each index serve for all it can.

    Of each decision one claim stands, and of each record in a submission one decision: what was given up is told apart
    by its id, so that one index both keeps that rule and finds all of them.
    """
    run(
        f"""
        alter table invoice_line add constraint invoice_line_whole unique ({CLAIM}, id) --;
        alter table invoice_source
            add constraint invoice_source_line foreign key ({CLAIM}, invoice_line_id)
                references invoice_line ({CLAIM}, id),
            drop constraint invoice_source_contract_id_invoice_line_id_fkey,
            drop constraint invoice_source_contract_id_invoice_id_fkey,
            drop constraint invoice_source_contract,
            drop constraint invoice_source_pkey,
            add primary key (contract_id, invoice_line_id, id) --;
        drop index invoice_source_line, invoice_source_decision, acceptance_billed_once --;
        create unique index acceptance_billed_once on invoice_source
            (contract_id, decision_id, (case when released_at is not null then id end))
            nulls not distinct where decision_id is not null --;
        drop index one_standing_decision, decision_record --;
        create unique index one_standing_decision on decision
            (contract_id, work_record_id, submission_id, (case when reversed_at is not null then id end))
            nulls not distinct
        """
    )


def downgrade() -> None:
    """Reference and index each by itself again."""
    run(
        f"""
        drop index one_standing_decision --;
        create index decision_record on decision (contract_id, work_record_id, decided_at desc) --;
        create unique index one_standing_decision on decision (contract_id, submission_id, work_record_id)
            where reversed_at is null --;
        drop index acceptance_billed_once --;
        create unique index acceptance_billed_once on invoice_source (contract_id, decision_id)
            where released_at is null --;
        create index invoice_source_decision on invoice_source (contract_id, decision_id) --;
        create index invoice_source_line on invoice_source (contract_id, invoice_line_id, id) --;
        alter table invoice_source
            drop constraint invoice_source_pkey,
            add primary key (contract_id, id),
            add constraint invoice_source_contract foreign key ({CONTRACT_KEY})
                references contract (id, association_id, vendor_id),
            add foreign key (contract_id, invoice_id) references invoice (contract_id, id),
            add foreign key (contract_id, invoice_line_id) references invoice_line (contract_id, id),
            drop constraint invoice_source_line --;
        alter table invoice_line drop constraint invoice_line_whole
        """
    )
