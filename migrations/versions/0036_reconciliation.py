"""Accounting periods that lock, bank statements, matches with their variances, and the queue of exceptions."""

from __future__ import annotations

from migrations.sql import KEY_COLUMNS, SIGNED, contract_table, drop_tables, lookup_function, run, tenant_table

revision = "0036"
down_revision = "0029"
branch_labels = None
depends_on = None

READS = "app.organization_kind() = 'OPERATOR' and app.has_role('OWNER', 'BILLING_ADMIN', 'AUDITOR')"
WRITES = "app.organization_kind() = 'OPERATOR' and app.has_role('BILLING_ADMIN')"

PARTS = "rate quantity period unaccepted out_of_scope tax exchange rounding".split()

SUBJECTS = """'INVOICE', 'INVOICE_LINE', 'PAYMENT', 'BANK_LINE', 'BALANCE_TRANSACTION', 'PAYOUT'"""

KINDS = """'WRONG_RATE', 'WRONG_QUANTITY', 'BILLED_TWICE', 'OUTSIDE_PERIOD', 'NOT_ACCEPTED', 'OUT_OF_SCOPE',
                'WRONG_TAX', 'WRONG_EXCHANGE', 'WRONG_ROUNDING', 'WRONG_TOTAL', 'NOT_POSTED', 'POSTED_WRONG',
                'MISSING_PAYMENT', 'SHORT_PAYMENT', 'OVERPAYMENT', 'PAYMENT_NOT_BANKED', 'UNKNOWN_BANK_LINE',
                'AMBIGUOUS_BANK_LINE', 'PAYOUT_DOES_NOT_SUM', 'PAYOUT_NOT_BANKED', 'PROCESSING_COST_NOT_BOOKED',
                'UNKNOWN_BALANCE_TRANSACTION'"""


def upgrade() -> None:
    """Bring the books' periods and what reconciles them."""
    run(
        f"""
        create table accounting_period (
            id uuid primary key,
            starts_on date not null check (extract(day from starts_on) = 1),
            ends_on date not null,
            status text not null check (status in ('OPEN', 'CLOSED')),
            closed_at timestamptz,
            {SIGNED.format("closed_by")},
            closed_by_person_id uuid,
            close_reason text check (length(close_reason) between 1 and 2000),
            open_exception_count int not null default 0,
            override_requested_at timestamptz,
            {SIGNED.format("override_requested_by")},
            override_requested_by_person_id uuid,
            override_reason text check (length(override_reason) between 1 and 2000),
            reopened_at timestamptz,
            {SIGNED.format("reopened_by")},
            reopen_reason text check (length(reopen_reason) between 1 and 2000),
            constraint one_row_per_period unique (starts_on),
            check (ends_on = (starts_on + interval '1 month')::date - 1),
            check (status <> 'CLOSED' or num_nulls(closed_at, closed_by_person_id, close_reason) = 0),
            constraint override_by_two check (status <> 'CLOSED' or override_requested_at is null
                or closed_by_person_id <> override_requested_by_person_id)
        ) --;
        create table bank_statement (
            id uuid primary key,
            format text not null check (format in ('CAMT_053', 'CSV')),
            account text not null,
            number text not null,
            currency_code text not null,
            opens_on date not null,
            closes_on date not null,
            opening_minor bigint not null,
            closing_minor bigint not null,
            line_count int not null check (line_count >= 0),
            content_sha256 bytea not null,
            imported_at timestamptz not null,
            {SIGNED.format("imported_by")},
            constraint statement_imported_once unique (account, number),
            check (opens_on <= closes_on)
        ) --;
        create index bank_statement_newest on bank_statement (imported_at desc, id desc) --;
        create table bank_statement_line (
            id uuid primary key,
            statement_id uuid not null references bank_statement,
            account text not null,
            position int not null,
            line_key text not null,
            booked_on date not null,
            valued_on date,
            currency_code text not null,
            amount_minor bigint not null,
            counterparty_name text,
            counterparty_account text,
            reference text,
            information text not null,
            status text not null check (status in ('UNMATCHED', 'MATCHED', 'SET_ASIDE')),
            trouble text check (trouble in ('UNKNOWN_BANK_LINE', 'AMBIGUOUS_BANK_LINE', 'SHORT_PAYMENT', 'OVERPAYMENT')),
            proposal text,
            matched_by text check (matched_by in ('REFERENCE', 'INVOICE_NUMBER', 'AMOUNT_AND_PAYER', 'PAYOUT', 'HAND')),
            match_reason text,
            contract_id uuid references contract,
            invoice_id uuid,
            payment_id uuid,
            payout_id uuid,
            matched_at timestamptz,
            constraint line_imported_once unique (account, line_key),
            unique (statement_id, position),
            foreign key (contract_id, invoice_id) references invoice (contract_id, id),
            check ((status = 'MATCHED') = (matched_at is not null)),
            check (trouble is null or (status <> 'MATCHED' and proposal is not null)),
            check (status <> 'MATCHED' or num_nonnulls(matched_by, match_reason) = 2
                and num_nonnulls(payment_id, payout_id) > 0)
        ) --;
        create index bank_statement_line_unmatched on bank_statement_line (booked_on, id) where status = 'UNMATCHED' --;
        create unique index bank_line_of_payment on bank_statement_line (payment_id) where payment_id is not null --;
        create unique index bank_line_of_payout on bank_statement_line (payout_id) where payout_id is not null --;
        create index invoice_of_number on invoice (number) --;
        create index invoice_of_amount on invoice (currency_code, amount_due_minor)
            where status in ('ISSUED', 'PARTLY_PAID', 'OVERDUE') --;
        create table match_tolerance (
            id uuid primary key,
            currency_code text not null,
            amount_minor bigint not null check (amount_minor >= 0),
            percent numeric(5, 2) not null check (percent between 0 and 100),
            configured_at timestamptz not null,
            {SIGNED.format("configured_by")},
            reason text not null check (length(reason) between 1 and 2000)
        ) --;
        create index match_tolerance_newest on match_tolerance (configured_at desc, id desc) --;
        create index match_tolerance_in_force on match_tolerance (currency_code, configured_at desc, id desc) --;
        create table match_run (
            id uuid primary key,
            issued_from date not null,
            issued_until date not null,
            status text not null check (status in ('RUNNING', 'DONE')),
            requested_at timestamptz not null,
            {SIGNED.format("requested_by")},
            ended_at timestamptz,
            invoice_count int not null default 0,
            line_count int not null default 0,
            variance_count int not null default 0,
            opened_count int not null default 0,
            closed_count int not null default 0,
            open_count int not null default 0,
            check (issued_from <= issued_until),
            check ((status = 'DONE') = (ended_at is not null))
        ) --;
        create index match_run_newest on match_run (requested_at desc, id desc) --;
        create table match_variance (
            {KEY_COLUMNS},
            run_id uuid not null references match_run,
            invoice_id uuid not null,
            invoice_line_id uuid,
            contract_line_id uuid,
            currency_code text not null,
            expected_minor bigint not null,
            billed_minor bigint not null,
            difference_minor bigint not null,
            {" ".join(f"{part}_minor bigint not null," for part in PARTS)}
            twice_minor bigint not null default 0,
            tolerance_minor bigint not null check (tolerance_minor >= 0),
            within_tolerance boolean not null,
            found_at timestamptz not null,
            foreign key (contract_id, invoice_id) references invoice (contract_id, id),
            foreign key (contract_id, invoice_line_id) references invoice_line (contract_id, id),
            constraint variance_is_the_difference check (difference_minor = billed_minor - expected_minor),
            constraint parts_are_the_variance check (difference_minor = {" + ".join(f"{part}_minor" for part in PARTS)})
        ) --;
        create index match_variance_run on match_variance (run_id, contract_id, id) --;
        create index match_variance_invoice on match_variance (contract_id, invoice_id, id) --;
        create table billing_exception (
            id uuid primary key,
            kind text not null check (kind in ({KINDS})),
            severity text not null check (severity in ('LOW', 'MEDIUM', 'HIGH')),
            subject text not null check (subject in ({SUBJECTS})),
            subject_id uuid not null,
            contract_id uuid references contract,
            invoice_id uuid,
            invoice_line_id uuid,
            bank_line_id uuid references bank_statement_line,
            happened_on date not null,
            currency_code text not null,
            amount_minor bigint not null,
            message text not null,
            opened_at timestamptz not null,
            last_seen_at timestamptz not null,
            {SIGNED.format("owner")},
            assigned_at timestamptz,
            resolution text check (resolution in ('GONE', 'RESOLVED', 'WRITTEN_OFF', 'DISMISSED')),
            resolved_at timestamptz,
            {SIGNED.format("resolved_by")},
            resolution_reason text check (length(resolution_reason) between 1 and 2000),
            foreign key (contract_id, invoice_id) references invoice (contract_id, id),
            foreign key (contract_id, invoice_line_id) references invoice_line (contract_id, id),
            check ((resolution is null) = (resolved_at is null)),
            check (resolution is null or resolution = 'GONE' or resolution_reason is not null)
        ) --;
        create unique index one_open_exception on billing_exception (kind, subject_id) where resolution is null --;
        create index billing_exception_oldest on billing_exception (opened_at, id) --;
        create index billing_exception_open on billing_exception (happened_on, kind) where resolution is null --;
        create index billing_exception_subject on billing_exception (kind, subject_id, resolved_at desc) --;
        create index billing_exception_contract on billing_exception (contract_id, invoice_id) --;
        create trigger tell_of_change after insert or update on billing_exception
            for each row execute function app.tell_of_change(id)
        """
    )
    for table, grants in (
        ("accounting_period", "select, insert, update"),
        ("bank_statement", "select, insert"),
        ("bank_statement_line", "select, insert, update"),
        ("match_tolerance", "select, insert"),
        ("match_run", "select, insert"),
        ("billing_exception", "select, update"),
    ):
        tenant_table(table, using=READS, check=WRITES, grants=grants)
    contract_table("match_variance", using=READS, check=WRITES, grants="select")
    lookup_function(
        "app.lock_journal() returns void",
        """language plpgsql security definer set search_path = public, pg_temp as $$
        begin
            -- waits for whoever is posting; who posts later waits, and then finds the period closed
            lock table journal_entry in share mode;
        end $$""",
    )
    lookup_function(
        "app.require_open_period() returns trigger",
        """language plpgsql security definer set search_path = public, pg_temp as $$
        declare closed date;
        begin
            select p.starts_on into closed
            from accounting_period p
            where p.status = 'CLOSED' and exists (select from added e
                where (e.effective_at at time zone 'UTC')::date between p.starts_on and p.ends_on)
            order by p.starts_on limit 1;
            if found then
                raise exception 'the books of % are closed', to_char(closed, 'YYYY-MM')
                    using errcode = 'check_violation', constraint = 'period_is_open';
            end if;
            return null;
        end $$""",
    )
    run(
        """
        create trigger period_is_open after insert on journal_entry referencing new table as added
            for each statement execute function app.require_open_period()
        """
    )


def downgrade() -> None:
    """Take it away."""
    run(
        """
        drop index invoice_of_amount --;
        drop index invoice_of_number --;
        drop trigger period_is_open on journal_entry --;
        drop function app.require_open_period --;
        drop function app.lock_journal
        """
    )
    drop_tables(
        "accounting_period",
        "bank_statement",
        "bank_statement_line",
        "match_tolerance",
        "match_run",
        "match_variance",
        "billing_exception",
    )
