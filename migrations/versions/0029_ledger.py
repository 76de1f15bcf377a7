"""The ledger beyond issuing and voiding: accounts, the flows that may exist, and what an invoice moves through."""

from __future__ import annotations

from migrations.sql import SEES_CONTRACT, lookup_function, run

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

SEES_POSTING = f"""{SEES_CONTRACT} and case app.organization_kind()
    when 'ASSOCIATION' then account in ('ASSOCIATION_RECEIVABLE', 'RETAINAGE_RECEIVABLE', 'ASSOCIATION_CREDIT')
    when 'VENDOR' then account in ('ASSOCIATION_RECEIVABLE', 'RETAINAGE_RECEIVABLE', 'VENDOR_PAYABLE', 'TAX_PAYABLE',
        'PLATFORM_FEE_INCOME')
    else true end"""

FLOWS = {
    "INVOICE_ISSUED": (
        "ASSOCIATION_RECEIVABLE RETAINAGE_RECEIVABLE",
        "VENDOR_PAYABLE TAX_PAYABLE PLATFORM_FEE_INCOME",
    ),
    "CREDIT_NOTE_ISSUED": (
        "VENDOR_PAYABLE TAX_PAYABLE PLATFORM_FEE_INCOME",
        "ASSOCIATION_RECEIVABLE RETAINAGE_RECEIVABLE ASSOCIATION_CREDIT",
    ),
    "RETAINAGE_RELEASED": ("ASSOCIATION_RECEIVABLE", "RETAINAGE_RECEIVABLE"),
    "PAYMENT_RECEIVED": ("STRIPE_BALANCE BANK", "ASSOCIATION_RECEIVABLE ASSOCIATION_CREDIT"),
    "CREDIT_APPLIED": ("ASSOCIATION_CREDIT", "ASSOCIATION_RECEIVABLE"),
    "REFUND_PAID": ("ASSOCIATION_RECEIVABLE ASSOCIATION_CREDIT", "STRIPE_BALANCE BANK"),
    "PROCESSING_COST_CHARGED": ("PROCESSING_COST", "STRIPE_BALANCE BANK"),
    "CHARGEBACK_OPENED": ("CHARGEBACK_RECEIVABLE", "STRIPE_BALANCE"),
    "CHARGEBACK_LOST": ("ASSOCIATION_RECEIVABLE", "CHARGEBACK_RECEIVABLE"),
    "SETTLEMENT_PAID": ("VENDOR_PAYABLE TAX_PAYABLE", "STRIPE_BALANCE BANK"),
    "PAYOUT_ARRIVED": ("BANK", "STRIPE_BALANCE"),
    "DIFFERENCE_WRITTEN_OFF": (
        "ASSOCIATION_RECEIVABLE RECONCILIATION_DIFFERENCE",
        "ASSOCIATION_RECEIVABLE RECONCILIATION_DIFFERENCE",
    ),
    "EXCHANGED": ("STRIPE_BALANCE BANK CURRENCY_EXCHANGE", "STRIPE_BALANCE BANK CURRENCY_EXCHANGE"),
}
"""What each kind of entry may debit, and what it may credit."""

OPPOSITES = {
    "INVOICE_VOIDED": "INVOICE_ISSUED",
    "CREDIT_NOTE_VOIDED": "CREDIT_NOTE_ISSUED",
    "PAYMENT_REVERSED": "PAYMENT_RECEIVED",
    "REFUND_FAILED": "REFUND_PAID",
    "PROCESSING_COST_RETURNED": "PROCESSING_COST_CHARGED",
    "CHARGEBACK_WON": "CHARGEBACK_OPENED",
    "SETTLEMENT_REVERSED": "SETTLEMENT_PAID",
    "PAYOUT_FAILED": "PAYOUT_ARRIVED",
}
"""The kinds that debit what another credits."""

MOVING = (
    """status amount_due_minor paid_minor credited_minor retained_minor disputed_minor voided_at void_reason""".split()
)
"""What changes of an issued invoice."""

IGNORED = ",".join([*MOVING, "total_minor"])
"""The total is computed after a BEFORE trigger has run, from what never changes."""

FIXED_AT_ISSUE = """number year year_number issued_at issued_on due_on purchase_order_number seller_name
    seller_country_code buyer_name buyer_country_code issuer_name issuer_country_code issued_by_member_id issued_by_name
    issued_by_email issued_by_organization_id issued_by_organization_name subtotal_minor tax_total_minor""".split()


def upgrade() -> None:
    """Bring accounts, flows and the states of an invoice."""
    flows = [
        (kind, account, side)
        for kind, sides in FLOWS.items()
        for side, accounts in zip(("DEBIT", "CREDIT"), sides, strict=True)
        for account in accounts.split()
    ]
    flows += [
        (kind, account, "CREDIT" if side == "DEBIT" else "DEBIT")
        for kind, opposite in OPPOSITES.items()
        for other, account, side in flows
        if other == opposite
    ]
    run(
        f"""
        create table journal_flow (
            kind text not null,
            account text not null,
            side text not null check (side in ('DEBIT', 'CREDIT')),
            primary key (kind, account, side)
        ) --;
        insert into journal_flow (kind, account, side) values {", ".join(str(flow) for flow in sorted(flows))} --;
        grant select on journal_flow to chapterhouse_app, chapterhouse_batch, chapterhouse_lookup --;
        alter table journal_entry drop constraint journal_entry_kind_check --;
        alter table journal_entry alter invoice_id drop not null --;
        alter table journal_entry add subject_id uuid --;
        alter table journal_entry add check (invoice_id is not null or subject_id is not null) --;
        create unique index posted_once on journal_entry (contract_id, kind, coalesce(subject_id, invoice_id)) --;
        alter table posting drop constraint posting_account_check --;
        drop policy app on posting --;
        create policy app on posting to chapterhouse_app using ({SEES_POSTING})
            with check ({SEES_CONTRACT} and app.organization_kind() = 'OPERATOR' and app.has_role('BILLING_ADMIN')) --;
        create index posting_account on posting (contract_id, account, currency_code) include (amount_minor) --;
        alter table invoice
            drop constraint invoice_status_check,
            add constraint invoice_status_check
                check (status in ('DRAFT', 'DISCARDED', 'ISSUED', 'PARTLY_PAID', 'PAID', 'OVERDUE', 'VOID')),
            add kind text not null default 'INVOICE' check (kind in ('INVOICE', 'DEBIT_NOTE', 'CORRECTED_INVOICE')),
            add corrects_invoice_id uuid,
            add paid_minor bigint not null default 0 check (paid_minor >= 0),
            add credited_minor bigint not null default 0 check (credited_minor >= 0),
            add retained_minor bigint not null default 0 check (retained_minor >= 0),
            add disputed_minor bigint not null default 0 check (disputed_minor >= 0),
            alter number drop not null, alter year drop not null, alter year_number drop not null,
            alter issued_at drop not null, alter issued_on drop not null, alter due_on drop not null,
            alter issued_by_member_id drop not null, alter issued_by_name drop not null,
            alter issued_by_email drop not null, alter issued_by_organization_id drop not null,
            alter issued_by_organization_name drop not null,
            add foreign key (contract_id, corrects_invoice_id) references invoice (contract_id, id),
            add constraint numbered_when_issued check ((status in ('DRAFT', 'DISCARDED')) = (number is null)
                and num_nulls(number, year, year_number, issued_at, issued_on, due_on) in (0, 6)),
            add constraint paid_and_due_are_total check (amount_due_minor = case
                when status in ('DRAFT', 'DISCARDED', 'VOID') then 0
                else subtotal_minor + tax_total_minor - paid_minor - credited_minor - retained_minor end),
            add constraint nothing_due_when_paid check ((status = 'PAID') <= (amount_due_minor = 0)) --;
        create index invoice_falling_due on invoice (due_on, contract_id, id) where status in ('ISSUED', 'PARTLY_PAID') --;
        revoke update on invoice from chapterhouse_app --;
        grant update ({", ".join([*MOVING, *FIXED_AT_ISSUE])}) on invoice to chapterhouse_app --;
        create function app.keep_issued_invoice() returns trigger language plpgsql as $$
        begin
            if to_jsonb(new) - '{{{IGNORED}}}'::text[] is distinct from to_jsonb(old) - '{{{IGNORED}}}'::text[] then
                raise exception 'invoice % was issued and never changes', old.number using errcode = 'check_violation';
            end if;
            return new;
        end $$ --;
        create trigger keep_issued before update on invoice for each row when (old.status <> 'DRAFT')
            execute function app.keep_issued_invoice()
        """
    )
    lookup_function(
        "app.require_known_flow() returns trigger",
        """language plpgsql security definer set search_path = public, pg_temp as $$
        declare wrong text;
        begin
            select format('an entry of the kind %s does not %s %s', e.kind,
                case when p.amount_minor > 0 then 'debit' else 'credit' end, p.account) into wrong
            from added p
            left join journal_entry e on e.contract_id = p.contract_id and e.id = p.entry_id
            left join journal_flow f on f.kind = e.kind and f.account = p.account
                and f.side = case when p.amount_minor > 0 then 'DEBIT' else 'CREDIT' end
            where f.kind is null limit 1;
            if found then
                raise exception '%', wrong using errcode = 'check_violation', constraint = 'known_flow';
            end if;
            return null;
        end $$""",
    )
    run(
        """
        create trigger known_flow after insert on posting referencing new table as added
            for each statement execute function app.require_known_flow()
        """
    )


def downgrade() -> None:
    """Take it away; what has moved on since cannot be taken back."""
    run(
        f"""
        drop trigger known_flow on posting --;
        drop function app.require_known_flow --;
        drop trigger keep_issued on invoice --;
        drop function app.keep_issued_invoice --;
        revoke update ({", ".join([*MOVING, *FIXED_AT_ISSUE])}) on invoice from chapterhouse_app --;
        grant update (status, amount_due_minor, voided_at, void_reason) on invoice to chapterhouse_app --;
        drop index invoice_falling_due --;
        alter table invoice
            drop constraint nothing_due_when_paid,
            drop constraint paid_and_due_are_total,
            drop constraint numbered_when_issued,
            alter number set not null, alter year set not null, alter year_number set not null,
            alter issued_at set not null, alter issued_on set not null, alter due_on set not null,
            alter issued_by_member_id set not null, alter issued_by_name set not null,
            alter issued_by_email set not null, alter issued_by_organization_id set not null,
            alter issued_by_organization_name set not null,
            drop kind, drop corrects_invoice_id, drop paid_minor, drop credited_minor, drop retained_minor,
            drop disputed_minor,
            drop constraint invoice_status_check,
            add constraint invoice_status_check check (status in ('ISSUED', 'VOID')) --;
        drop index posting_account --;
        drop policy app on posting --;
        create policy app on posting to chapterhouse_app
            using ({SEES_CONTRACT} and (account = 'ASSOCIATION_RECEIVABLE' or app.organization_kind() <> 'ASSOCIATION'))
            with check ({SEES_CONTRACT} and app.organization_kind() = 'OPERATOR' and app.has_role('BILLING_ADMIN')) --;
        alter table posting add constraint posting_account_check
            check (account in ('ASSOCIATION_RECEIVABLE', 'VENDOR_PAYABLE', 'PLATFORM_FEE_INCOME')) --;
        drop index posted_once --;
        alter table journal_entry drop subject_id --;
        alter table journal_entry alter invoice_id set not null --;
        alter table journal_entry add constraint journal_entry_kind_check
            check (kind in ('INVOICE_ISSUED', 'INVOICE_VOIDED')) --;
        drop table journal_flow
        """
    )
