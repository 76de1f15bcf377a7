"""What changes of issued invoices: credit notes, disputes of single lines, and credit that is set against an invoice."""

from __future__ import annotations

from migrations.sql import (
    KEY_COLUMNS,
    READS_COST,
    SEES_CONTRACT,
    SIGNED,
    contract_table,
    drop_tables,
    lookup_function,
    run,
    tenant_table,
)

revision = "0033"
down_revision = "0034"
branch_labels = None
depends_on = None

BILLS = "app.organization_kind() = 'OPERATOR' and app.has_role('BILLING_ADMIN')"
DISPUTES = f"({BILLS} or app.organization_kind() = 'ASSOCIATION' and app.has_role('OWNER', 'FINANCE'))"
CREDIT_REASONS = """'BILLED_IN_ERROR', 'QUANTITY', 'RATE', 'NOT_ACCEPTED', 'OUT_OF_SCOPE', 'DUPLICATE', 'TAX', 'CONCESSION',
                'SERVICE_CREDIT', 'CORRECTION', 'DISPUTE_UPHELD', 'OTHER'"""
DISPUTE_REASONS = "'QUANTITY', 'RATE', 'NOT_ACCEPTED', 'OUT_OF_SCOPE', 'DUPLICATE', 'TAX', 'OTHER'"
OF_INVOICE = "foreign key (contract_id, invoice_id) references invoice (contract_id, id)"
OF_LINE = "foreign key (contract_id, invoice_line_id) references invoice_line (contract_id, id)"
ENTRY = "foreign key (contract_id, {0}) references journal_entry (contract_id, id)"


def signed_columns(act: str) -> str:
    """Name the columns of who did it, for a grant."""
    return ", ".join(f"{act}_{part}" for part in "member_id name email organization_id organization_name".split())


def upgrade() -> None:
    """Bring them."""
    run(
        f"""
        alter table invoice
            add adjustment_reason text check (length(adjustment_reason) between 1 and 2000),
            add constraint corrects_an_invoice check ((kind = 'INVOICE') = (corrects_invoice_id is null)),
            add constraint adjusts_for_a_reason check ((kind = 'INVOICE') = (adjustment_reason is null)) --;
        create index invoice_corrects on invoice (contract_id, corrects_invoice_id, id)
            where corrects_invoice_id is not null --;
        alter table invoice_line
            add corrects_line_id uuid,
            add credited_minor bigint not null default 0,
            add credited_quantity numeric(18, 6) not null default 0,
            add disputed_minor bigint not null default 0,
            add foreign key (contract_id, corrects_line_id) references invoice_line (contract_id, id),
            add constraint credited_within_billed check (credited_minor >= 0 and disputed_minor >= 0
                and credited_minor + disputed_minor <= amount_minor),
            add constraint credited_quantity_within_billed check (credited_quantity between 0 and quantity) --;
        grant update (credited_minor, credited_quantity) on invoice_line to chapterhouse_app --;
        create table credit_note_counter (
            vendor_id uuid not null references organization,
            year int not null,
            last_number int not null check (last_number > 0),
            primary key (vendor_id, year)
        ) --;
        create table invoice_dispute (
            {KEY_COLUMNS},
            invoice_id uuid not null,
            status text not null check (status in ('OPEN', 'WITHDRAWN', 'UPHELD', 'PARTLY_UPHELD', 'REJECTED')),
            currency_code text not null,
            words text not null check (length(words) between 1 and 4000),
            disputed_minor bigint not null check (disputed_minor > 0),
            upheld_minor bigint not null default 0 check (upheld_minor between 0 and disputed_minor),
            opened_at timestamptz not null,
            {SIGNED.format("opened_by")},
            resolved_at timestamptz,
            resolution text check (length(resolution) between 1 and 4000),
            {SIGNED.format("resolved_by")},
            {OF_INVOICE},
            check ((status = 'OPEN') = (resolved_at is null)),
            check ((status = 'OPEN') = (resolution is null)),
            check ((status in ('UPHELD', 'PARTLY_UPHELD')) = (upheld_minor > 0))
        ) --;
        create index invoice_dispute_invoice on invoice_dispute (contract_id, invoice_id, id) --;
        create index invoice_dispute_newest on invoice_dispute (contract_id, opened_at desc, id desc) --;
        create index invoice_dispute_opened on invoice_dispute (opened_at desc, id desc) --;
        create index invoice_dispute_association on invoice_dispute (association_id, opened_at desc, id desc) --;
        create index invoice_dispute_vendor on invoice_dispute (vendor_id, opened_at desc, id desc) --;
        create table invoice_dispute_line (
            {KEY_COLUMNS},
            dispute_id uuid not null,
            invoice_id uuid not null,
            invoice_line_id uuid not null,
            position int not null,
            currency_code text not null,
            reason_code text not null check (reason_code in ({DISPUTE_REASONS})),
            words text not null check (length(words) between 1 and 2000),
            amount_minor bigint not null check (amount_minor > 0),
            tax_minor bigint not null check (tax_minor >= 0),
            upheld_minor bigint not null default 0 check (upheld_minor between 0 and amount_minor),
            resolved_at timestamptz,
            foreign key (contract_id, dispute_id) references invoice_dispute (contract_id, id),
            {OF_INVOICE},
            {OF_LINE},
            unique (contract_id, dispute_id, position)
        ) --;
        create unique index one_open_dispute_of_a_line on invoice_dispute_line (contract_id, invoice_line_id)
            where resolved_at is null --;
        create index invoice_dispute_line_line on invoice_dispute_line (contract_id, invoice_line_id, id) --;
        create table invoice_dispute_evidence (
            contract_id uuid not null,
            dispute_id uuid not null,
            evidence_id uuid not null,
            association_id uuid not null,
            vendor_id uuid not null,
            primary key (contract_id, dispute_id, evidence_id),
            foreign key (contract_id, dispute_id) references invoice_dispute (contract_id, id),
            foreign key (contract_id, evidence_id) references evidence (contract_id, id)
        ) --;
        create table credit_note (
            {KEY_COLUMNS},
            invoice_id uuid not null,
            dispute_id uuid,
            number text not null,
            year int not null,
            year_number int not null,
            status text not null check (status in ('ISSUED', 'VOID')),
            reason_code text not null check (reason_code in ({CREDIT_REASONS})),
            reason text not null check (length(reason) between 1 and 2000),
            currency_code text not null,
            subtotal_minor bigint not null check (subtotal_minor > 0),
            tax_total_minor bigint not null check (tax_total_minor >= 0),
            total_minor bigint generated always as (subtotal_minor + tax_total_minor) stored,
            applied_minor bigint not null check (applied_minor >= 0),
            retained_minor bigint not null check (retained_minor >= 0),
            refundable_minor bigint not null check (refundable_minor >= 0),
            issued_at timestamptz not null,
            issued_on date not null,
            {SIGNED.format("issued_by")},
            issued_entry_id uuid not null,
            voided_at timestamptz,
            void_reason text check (length(void_reason) between 1 and 2000),
            {SIGNED.format("voided_by")},
            voided_entry_id uuid,
            {OF_INVOICE},
            foreign key (contract_id, dispute_id) references invoice_dispute (contract_id, id),
            {ENTRY.format("issued_entry_id")},
            {ENTRY.format("voided_entry_id")},
            unique (vendor_id, year, year_number),
            unique (vendor_id, number),
            constraint one_credit_note_of_a_dispute unique (contract_id, dispute_id),
            check (applied_minor + retained_minor + refundable_minor = subtotal_minor + tax_total_minor),
            check ((status = 'VOID') = (voided_at is not null)),
            check (num_nonnulls(voided_at, void_reason, voided_entry_id) in (0, 3))
        ) --;
        create index credit_note_invoice on credit_note (contract_id, invoice_id, id) --;
        create index credit_note_newest on credit_note (contract_id, issued_at desc, id desc) --;
        create index credit_note_issued on credit_note (issued_at desc, id desc) --;
        create index credit_note_association on credit_note (association_id, issued_at desc, id desc) --;
        create index credit_note_vendor on credit_note (vendor_id, issued_at desc, id desc) --;
        create table credit_note_line (
            {KEY_COLUMNS},
            credit_note_id uuid not null,
            invoice_line_id uuid not null,
            contract_line_id uuid not null,
            position int not null,
            description text not null,
            unit text not null,
            currency_code text not null,
            quantity numeric(18, 6) not null check (quantity >= 0),
            amount_minor bigint not null check (amount_minor >= 0),
            tax_minor bigint not null check (tax_minor >= 0),
            frees_sources boolean not null,
            foreign key (contract_id, credit_note_id) references credit_note (contract_id, id),
            {OF_LINE},
            foreign key (contract_id, contract_line_id) references contract_line (contract_id, id),
            unique (contract_id, credit_note_id, invoice_line_id)
        ) --;
        create index credit_note_line_line on credit_note_line (contract_id, invoice_line_id, id) --;
        create index credit_note_line_contract_line on credit_note_line (contract_id, contract_line_id) --;
        create table credit_note_line_cost (
            contract_id uuid not null,
            credit_note_line_id uuid not null,
            association_id uuid not null,
            vendor_id uuid not null,
            credit_note_id uuid not null,
            invoice_line_id uuid not null,
            cost_minor bigint not null check (cost_minor >= 0),
            platform_fee_minor bigint not null check (platform_fee_minor >= 0),
            primary key (contract_id, credit_note_line_id),
            foreign key (contract_id, credit_note_line_id) references credit_note_line (contract_id, id)
        ) --;
        create index credit_note_line_cost_note on credit_note_line_cost (contract_id, credit_note_id) --;
        create index credit_note_line_cost_line on credit_note_line_cost (contract_id, invoice_line_id) --;
        create table credit_application (
            {KEY_COLUMNS},
            invoice_id uuid not null,
            currency_code text not null,
            amount_minor bigint not null check (amount_minor > 0),
            reason text not null check (length(reason) between 1 and 2000),
            applied_at timestamptz not null,
            {SIGNED.format("applied_by")},
            entry_id uuid not null,
            {OF_INVOICE},
            {ENTRY.format("entry_id")}
        ) --;
        create index credit_application_invoice on credit_application (contract_id, invoice_id, id) --;
        create trigger tell_of_change after insert or update on credit_note
            for each row execute function app.tell_of_change(id) --;
        create trigger tell_of_change after insert or update on invoice_dispute
            for each row execute function app.tell_of_change(id)
        """
    )
    tenant_table("credit_note_counter", using=BILLS)
    billed = f"{SEES_CONTRACT} and {BILLS}"
    voided = f"status, voided_at, void_reason, voided_entry_id, {signed_columns('voided_by')}"
    contract_table("credit_note", check=billed, grants=f"select, insert, update ({voided})")
    contract_table("credit_note_line", check=billed, grants="select, insert")
    contract_table("credit_note_line_cost", using=READS_COST, grants="select, insert")
    contract_table("credit_application", check=billed, grants="select, insert")
    disputed = f"{SEES_CONTRACT} and {DISPUTES}"
    resolved = f"status, upheld_minor, resolved_at, resolution, {signed_columns('resolved_by')}"
    contract_table("invoice_dispute", check=disputed, grants=f"select, insert, update ({resolved})")
    contract_table("invoice_dispute_line", check=disputed, grants="select, insert, update (upheld_minor, resolved_at)")
    contract_table("invoice_dispute_evidence", check=disputed, grants="select, insert")
    # the association disputes, and may not write invoices: what is held follows from the rows of its dispute
    lookup_function(
        "app.hold_disputed_line() returns trigger",
        """language plpgsql security definer set search_path = public, pg_temp as $$
        declare
            sign int := case when tg_op = 'INSERT' then 1 else -1 end;
        begin
            update invoice_line set disputed_minor = disputed_minor + sign * new.amount_minor
            where contract_id = new.contract_id and id = new.invoice_line_id;
            update invoice set disputed_minor = disputed_minor + sign * (new.amount_minor + new.tax_minor)
            where contract_id = new.contract_id and id = new.invoice_id;
            return null;
        end $$""",
    )
    run(
        """
        create trigger hold after insert on invoice_dispute_line for each row execute function app.hold_disputed_line() --;
        create trigger let_go after update on invoice_dispute_line for each row
            when (old.resolved_at is null and new.resolved_at is not null) execute function app.hold_disputed_line()
        """
    )


def downgrade() -> None:
    """Take them away."""
    drop_tables(
        "credit_note_counter",
        "invoice_dispute",
        "invoice_dispute_line",
        "invoice_dispute_evidence",
        "credit_note",
        "credit_note_line",
        "credit_note_line_cost",
        "credit_application",
    )
    run(
        """
        drop function app.hold_disputed_line --;
        revoke update (credited_minor, credited_quantity) on invoice_line from chapterhouse_app --;
        drop index invoice_corrects --;
        alter table invoice_line drop corrects_line_id, drop credited_minor, drop credited_quantity, drop disputed_minor --;
        alter table invoice drop constraint corrects_an_invoice, drop adjustment_reason
        """
    )
