"""Small differences that are written off, and money that left the bank, by hand, and stands on its statement."""

from __future__ import annotations

from migrations.sql import KEY_COLUMNS, SIGNED, contract_table, drop_tables, run

revision = "0044"
down_revision = "0039"
branch_labels = None
depends_on = None

READS = "app.organization_kind() = 'OPERATOR' and app.has_role('OWNER', 'BILLING_ADMIN', 'AUDITOR')"
WRITES = "app.organization_kind() = 'OPERATOR' and app.has_role('BILLING_ADMIN')"
FLOWS = ", ".join(
    str(flow)
    for flow in (
        # what an association paid too much, and nobody asks back
        ("DIFFERENCE_WRITTEN_OFF", "ASSOCIATION_CREDIT", "DEBIT"),
        ("WRITE_OFF_REVERSED", "ASSOCIATION_RECEIVABLE", "DEBIT"),
        ("WRITE_OFF_REVERSED", "ASSOCIATION_CREDIT", "CREDIT"),
        ("WRITE_OFF_REVERSED", "RECONCILIATION_DIFFERENCE", "DEBIT"),
        ("WRITE_OFF_REVERSED", "RECONCILIATION_DIFFERENCE", "CREDIT"),
    )
)
MATCHED = "status <> 'MATCHED' or num_nonnulls(matched_by, match_reason) = 2 and num_nonnulls({0}) > 0"
RULES = "'REFERENCE', 'INVOICE_NUMBER', 'AMOUNT_AND_PAYER', 'PAYOUT', 'HAND'"
DUE = """amount_due_minor = case when status in ('DRAFT', 'DISCARDED', 'VOID') then 0
                else subtotal_minor + tax_total_minor - paid_minor - credited_minor - retained_minor{0} end"""
MOVING = "status amount_due_minor paid_minor credited_minor retained_minor disputed_minor voided_at void_reason".split()


def keeps(moving: list[str]) -> str:
    """The trigger of issued invoices, which change in nothing else."""
    moves = ",".join([*moving, "total_minor"])
    return f"""create or replace function app.keep_issued_invoice() returns trigger language plpgsql as $$
        begin
            if to_jsonb(new) - '{{{moves}}}'::text[] is distinct from to_jsonb(old) - '{{{moves}}}'::text[] then
                raise exception 'invoice % was issued and never changes', old.number using errcode = 'check_violation';
            end if;
            return new;
        end $$"""


def upgrade() -> None:
    """Bring what is written off of an invoice, and what a bank line that left is of."""
    run(
        f"""
        insert into journal_flow (kind, account, side) values {FLOWS} --;
        alter table invoice
            add written_off_minor bigint not null default 0 check (written_off_minor >= 0),
            drop constraint paid_and_due_are_total,
            add constraint paid_and_due_are_total check ({DUE.format(" - written_off_minor")}) --;
        grant update (written_off_minor) on invoice to chapterhouse_app --;
        {keeps([*MOVING, "written_off_minor"])} --;
        create table write_off (
            {KEY_COLUMNS},
            invoice_id uuid not null,
            kind text not null check (kind in ('REMAINDER', 'OVERPAYMENT')),
            status text not null check (status in ('REQUESTED', 'POSTED', 'WITHDRAWN', 'REVERSED')),
            currency_code text not null,
            amount_minor bigint not null check (amount_minor > 0),
            tolerance_minor bigint not null check (tolerance_minor >= 0),
            reason text not null check (length(reason) between 1 and 2000),
            exception_id uuid references billing_exception,
            requested_at timestamptz not null,
            {SIGNED.format("requested_by")},
            requested_by_person_id uuid not null,
            confirmed_at timestamptz,
            {SIGNED.format("confirmed_by")},
            confirmed_by_person_id uuid,
            confirm_reason text check (length(confirm_reason) between 1 and 2000),
            posted_at timestamptz,
            reversed_at timestamptz,
            {SIGNED.format("reversed_by")},
            reverse_reason text check (length(reverse_reason) between 1 and 2000),
            foreign key (contract_id, invoice_id) references invoice (contract_id, id),
            constraint written_off_by_two check (posted_at is null or amount_minor <= tolerance_minor
                or coalesce(confirmed_by_person_id <> requested_by_person_id, false)),
            check ((status in ('POSTED', 'REVERSED')) = (posted_at is not null)),
            check ((status in ('WITHDRAWN', 'REVERSED')) = (num_nulls(reversed_at, reverse_reason) = 0))
        ) --;
        create unique index one_write_off_requested on write_off (contract_id, invoice_id, kind)
            where status = 'REQUESTED' --;
        create index write_off_newest on write_off (requested_at desc, contract_id desc, id desc) --;
        create index write_off_invoice on write_off (contract_id, invoice_id, id) --;
        alter table bank_statement_line
            add refund_id uuid,
            add settlement_id uuid,
            add foreign key (contract_id, refund_id) references refund (contract_id, id),
            add foreign key (contract_id, settlement_id) references settlement (contract_id, id),
            drop constraint bank_statement_line_check2,
            add constraint bank_statement_line_check2
                check ({MATCHED.format("payment_id, payout_id, refund_id, settlement_id")}),
            drop constraint bank_statement_line_matched_by_check,
            add constraint bank_statement_line_matched_by_check check (matched_by in ({RULES}, 'AMOUNT_AND_PAYEE')) --;
        create unique index bank_line_of_refund on bank_statement_line (refund_id) where refund_id is not null --;
        create unique index bank_line_of_settlement on bank_statement_line (settlement_id)
            where settlement_id is not null --;
        create index refund_by_hand on refund (currency_code, amount_minor) where provider = 'BY_HAND' --;
        create index settlement_by_hand on settlement (currency_code, amount_minor) where method = 'BANK_TRANSFER'
        """
    )
    contract_table("write_off", using=READS, check=WRITES, grants="select, insert, update")


def downgrade() -> None:
    """Take it away; what was written off cannot be taken back."""
    run(
        f"""
        drop index settlement_by_hand, refund_by_hand --;
        alter table bank_statement_line
            drop constraint bank_statement_line_matched_by_check,
            add constraint bank_statement_line_matched_by_check check (matched_by in ({RULES})),
            drop constraint bank_statement_line_check2,
            add constraint bank_statement_line_check2 check ({MATCHED.format("payment_id, payout_id")}),
            drop refund_id, drop settlement_id
        """
    )
    drop_tables("write_off")
    run(
        f"""
        {keeps(MOVING)} --;
        alter table invoice
            drop constraint paid_and_due_are_total,
            add constraint paid_and_due_are_total check ({DUE.format("")}),
            drop written_off_minor --;
        delete from journal_flow where (kind, account, side) in ({FLOWS})
        """
    )
