"""Billing many contracts at once: runs with an item for each contract, and the journal's digest made where the rows are."""

from __future__ import annotations

from migrations.sql import KEY_COLUMNS, contract_table, drop_tables, run, tenant_table

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

BILLS = "app.organization_kind() = 'OPERATOR' and app.has_role('BILLING_ADMIN')"
STEERED = "status, most_invoices, largest_total, stop_code, stop_message, ended_at"


def upgrade() -> None:
    """Bring runs and the digest."""
    run(
        """
        create table billing_run (
            id uuid primary key,
            mode text not null check (mode in ('DRAFT', 'ISSUE')),
            status text not null check (status in ('QUEUED', 'RUNNING', 'PAUSED', 'STOPPED', 'CANCELLED', 'DONE')),
            period_starts_on date not null,
            period_ends_on date not null,
            vendor_id uuid references organization,
            association_id uuid references organization,
            most_invoices int not null check (most_invoices > 0),
            largest_total numeric(18, 6) not null check (largest_total > 0),
            reason text not null,
            stop_code text,
            stop_message text,
            total_count int not null check (total_count >= 0),
            billed_count int not null default 0,
            nothing_count int not null default 0,
            refused_count int not null default 0,
            started_at timestamptz not null,
            started_by_member_id uuid not null,
            started_by_name text not null,
            started_by_email text not null,
            started_by_organization_id uuid not null,
            started_by_organization_name text not null,
            progressed_at timestamptz,
            ended_at timestamptz,
            check (period_starts_on <= period_ends_on),
            check (billed_count >= 0 and nothing_count >= 0 and refused_count >= 0
                and billed_count + nothing_count + refused_count <= total_count),
            check ((status in ('CANCELLED', 'DONE')) = (ended_at is not null)),
            check ((status = 'STOPPED') = (stop_code is not null and stop_message is not null))
        ) --;
        create index billing_run_newest on billing_run (started_at desc, id desc) --;
        create index billing_run_open on billing_run (id) where status in ('QUEUED', 'RUNNING') --;
        """
        f"""
        create table billing_run_item (
            {KEY_COLUMNS},
            run_id uuid not null references billing_run,
            status text not null default 'PENDING' check (status in ('PENDING', 'BILLED', 'NOTHING_TO_BILL', 'REFUSED')),
            code text,
            message text,
            currency_code text not null,
            invoice_id uuid,
            amount_minor bigint,
            settled_at timestamptz,
            unique (run_id, contract_id),
            foreign key (contract_id, invoice_id) references invoice (contract_id, id),
            check ((status = 'BILLED') = (invoice_id is not null and amount_minor is not null)),
            check ((status = 'REFUSED') = (code is not null and message is not null)),
            check ((status = 'PENDING') = (settled_at is null))
        ) --;
        create index billing_run_item_status on billing_run_item (run_id, status, contract_id) --;
        create index billing_run_item_invoice on billing_run_item (contract_id, invoice_id) where invoice_id is not null --;
        create trigger tell_of_change after insert or update on billing_run
            for each row execute function app.tell_of_change(id)
        """
    )
    tenant_table("billing_run", using=BILLS, grants=f"select, insert, update ({STEERED})")
    contract_table("billing_run_item", using=BILLS, grants="select, insert")
    run(
        """
        create function app.journal_instant(at timestamptz) returns text language sql immutable parallel safe
            return to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || '+00:00' --;
        create function app.journal_side(account text, currency_code text, amount_minor bigint) returns text
            language sql immutable parallel safe
            return format('{"account":%s,"amountMinor":"%s","currencyCode":%s}', to_json(account), amount_minor,
                to_json(currency_code)) --;
        create function app.journal_digest(salt bytea, contract_id uuid, id uuid, sequence int, kind text, invoice_id uuid,
            subject_id uuid, effective_at timestamptz, recorded_at timestamptz, sides text) returns bytea
            language sql immutable parallel safe
            return sha256(salt || convert_to(format(
                '{"contractId":"%s","effectiveAt":"%s","id":"%s","invoiceId":%s,"kind":%s,"postings":[%s],"recordedAt":"%s",'
                '"reversesEntryId":null,"sequence":%s%s}', contract_id, app.journal_instant(effective_at), id,
                coalesce('"' || invoice_id || '"', 'null'), to_json(kind), sides, app.journal_instant(recorded_at), sequence,
                coalesce(',"subjectId":"' || subject_id || '"', '')), 'UTF8'))
        """
    )


def downgrade() -> None:
    """Take it away."""
    run(
        """
        drop function app.journal_digest --;
        drop function app.journal_side --;
        drop function app.journal_instant
        """
    )
    drop_tables("billing_run", "billing_run_item")
