"""Money that moves: payments, refunds, chargebacks, settlements, and what Stripe told about its balance."""

from __future__ import annotations

from migrations.sql import KEY_COLUMNS, SEES_CONTRACT, SIGNED, contract_table, drop_tables, run, tenant_table

revision = "0035"
down_revision = "0032"
branch_labels = None
depends_on = None

BILLS = "app.organization_kind() = 'OPERATOR' and app.has_role('BILLING_ADMIN')"
LOOKS_ON = "app.organization_kind() = 'OPERATOR' and app.has_role('OWNER', 'BILLING_ADMIN', 'AUDITOR')"
PAYS = """app.organization_kind() = 'ASSOCIATION' and app.has_role('OWNER', 'FINANCE')
    and association_id = app.organization_id()"""
IS_PAID = (
    "app.organization_kind() = 'VENDOR' and app.has_role('OWNER', 'FINANCE') and vendor_id = app.organization_id()"
)

FLOWS = ", ".join(
    str(flow)
    for flow in (
        ("CHARGEBACK_LOST", "ASSOCIATION_CREDIT", "DEBIT"),
        # of a contract whose refunds were more than its payments, a payout takes from the bank
        ("PAYOUT_ARRIVED", "STRIPE_BALANCE", "DEBIT"),
        ("PAYOUT_ARRIVED", "BANK", "CREDIT"),
        ("PAYOUT_FAILED", "STRIPE_BALANCE", "CREDIT"),
        ("PAYOUT_FAILED", "BANK", "DEBIT"),
    )
)

OF_INVOICE = """invoice_id uuid not null,
            currency_code text not null,
            amount_minor bigint not null check (amount_minor > 0),
            foreign key (contract_id, invoice_id) references invoice (contract_id, id)"""
OF_PAYMENT = f"""payment_id uuid not null,
            foreign key (contract_id, payment_id) references payment (contract_id, id),
            {OF_INVOICE}"""


def upgrade() -> None:
    """Bring payments."""
    run(
        f"""
        create table payment (
            {KEY_COLUMNS},
            {OF_INVOICE},
            method text not null check (method in ('CARD', 'ACH_DEBIT', 'BANK_TRANSFER', 'CHEQUE')),
            provider text not null check (provider in ('STRIPE', 'BY_HAND')),
            status text not null check (status in ('STARTED', 'REQUIRES_ACTION', 'PROCESSING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
            by_page boolean not null default false,
            received_minor bigint not null default 0 check (received_minor >= 0),
            applied_minor bigint not null default 0 check (applied_minor between 0 and received_minor),
            refunded_minor bigint not null default 0 check (refunded_minor >= 0),
            charged_back_minor bigint not null default 0 check (charged_back_minor >= 0),
            received_on date,
            reference text,
            stripe_payment_intent_id text unique,
            stripe_charge_id text unique,
            stripe_checkout_session_id text unique,
            stripe_customer_id text,
            stripe_account_id text,
            page_url text,
            page_expires_at timestamptz,
            failure_code text,
            failure_message text,
            reason text not null,
            {SIGNED.format("started_by")},
            started_at timestamptz not null,
            changed_at timestamptz not null,
            asked_at timestamptz,
            reversed_at timestamptz,
            reverse_reason text,
            constraint refunds_within_received check (refunded_minor <= received_minor),
            constraint received_when_succeeded check ((status = 'SUCCEEDED' or reversed_at is not null) = (received_minor > 0)),
            check ((received_minor > 0) = (received_on is not null)),
            check (provider = 'STRIPE' or num_nonnulls(stripe_payment_intent_id, stripe_charge_id, stripe_checkout_session_id,
                page_url) = 0),
            check ((provider = 'STRIPE') = (method in ('CARD', 'ACH_DEBIT'))),
            check ((reversed_at is null) = (reverse_reason is null)),
            check (reversed_at is null or (provider = 'BY_HAND' and status = 'CANCELLED'))
        ) --;
        create unique index received_once on payment (contract_id, method, reference, received_on, amount_minor, invoice_id)
            where provider = 'BY_HAND' and reversed_at is null --;
        create index payment_invoice on payment (contract_id, invoice_id, started_at desc, id desc) --;
        create index payment_newest on payment (contract_id, started_at desc, id desc) --;
        create index payment_association on payment (association_id, started_at desc, id desc) --;
        create index payment_vendor on payment (vendor_id, started_at desc, id desc) --;
        create index payment_started on payment (started_at desc, id desc) --;
        create index payment_open on payment (changed_at)
            where provider = 'STRIPE' and status not in ('SUCCEEDED', 'CANCELLED') --;
        create table refund (
            {KEY_COLUMNS},
            {OF_PAYMENT},
            provider text not null check (provider in ('STRIPE', 'BY_HAND')),
            status text not null check (status in ('STARTED', 'PROCESSING', 'SUCCEEDED', 'FAILED')),
            credit_minor bigint not null default 0 check (credit_minor between 0 and amount_minor),
            stripe_refund_id text unique,
            reference text,
            failure_code text,
            failure_message text,
            reason text not null,
            {SIGNED.format("started_by")},
            started_at timestamptz not null,
            changed_at timestamptz not null,
            asked_at timestamptz
        ) --;
        create index refund_payment on refund (contract_id, payment_id, started_at, id) --;
        create index refund_open on refund (changed_at) where provider = 'STRIPE' and status in ('STARTED', 'PROCESSING') --;
        create table chargeback (
            {KEY_COLUMNS},
            {OF_PAYMENT},
            status text not null check (status in ('NEEDS_RESPONSE', 'UNDER_REVIEW', 'WON', 'LOST')),
            stripe_dispute_id text not null unique,
            network_reason text not null,
            respond_by timestamptz,
            answer text,
            answered_at timestamptz,
            answer_sent_at timestamptz,
            {SIGNED.format("answered_by")},
            opened_at timestamptz not null,
            closed_at timestamptz,
            changed_at timestamptz not null,
            asked_at timestamptz,
            check ((answer is null) = (answered_at is null)),
            check ((status in ('WON', 'LOST')) = (closed_at is not null))
        ) --;
        create index chargeback_payment on chargeback (contract_id, payment_id, opened_at, id) --;
        create index chargeback_open on chargeback (changed_at) where closed_at is null --;
        create table settlement (
            {KEY_COLUMNS},
            {OF_INVOICE},
            method text not null check (method in ('STRIPE_TRANSFER', 'BANK_TRANSFER')),
            status text not null check (status in ('STARTED', 'PAID', 'FAILED', 'REVERSING', 'REVERSED')),
            tax_minor bigint not null default 0 check (tax_minor between 0 and amount_minor),
            stripe_account_id text,
            stripe_transfer_id text unique,
            stripe_reversal_id text unique,
            reference text,
            failure_code text,
            failure_message text,
            reason text not null,
            {SIGNED.format("released_by")},
            released_at timestamptz not null,
            paid_at timestamptz,
            reverse_reason text,
            {SIGNED.format("reversed_by")},
            reversed_at timestamptz,
            changed_at timestamptz not null,
            asked_at timestamptz,
            check ((method = 'STRIPE_TRANSFER') = (stripe_account_id is not null)),
            check ((status in ('PAID', 'REVERSING', 'REVERSED')) = (paid_at is not null)),
            check ((status in ('REVERSING', 'REVERSED')) = (reverse_reason is not null)),
            check ((status = 'REVERSED') = (reversed_at is not null))
        ) --;
        create index settlement_invoice on settlement (contract_id, invoice_id, released_at desc, id desc) --;
        create index settlement_newest on settlement (contract_id, released_at desc, id desc) --;
        create index settlement_vendor on settlement (vendor_id, released_at desc, id desc) --;
        create index settlement_released on settlement (released_at desc, id desc) --;
        create index settlement_open on settlement (changed_at)
            where method = 'STRIPE_TRANSFER' and status in ('STARTED', 'REVERSING') --;
        create table payout (
            id uuid primary key,
            stripe_payout_id text not null unique,
            status text not null check (status in ('PENDING', 'IN_TRANSIT', 'PAID', 'FAILED', 'CANCELLED')),
            amount_minor bigint not null,
            currency_code text not null,
            arrives_on date not null,
            failure_code text,
            failure_message text,
            created_at timestamptz not null,
            changed_at timestamptz not null,
            asked_at timestamptz,
            posted_at timestamptz,
            returned_at timestamptz,
            check (returned_at is null or posted_at is not null)
        ) --;
        create index payout_newest on payout (created_at desc, id desc) --;
        create index payout_open on payout (changed_at) where status in ('PENDING', 'IN_TRANSIT') or
            (status = 'PAID' and posted_at is null) --;
        create table balance_transaction (
            id uuid primary key,
            stripe_balance_transaction_id text not null unique,
            type text not null,
            currency_code text not null,
            amount_minor bigint not null,
            processing_cost_minor bigint not null,
            net_minor bigint not null,
            source_id text,
            description text,
            available_on date not null,
            created_at timestamptz not null,
            seen_at timestamptz not null,
            payout_id uuid references payout,
            contract_id uuid references contract,
            payment_id uuid,
            posted_at timestamptz,
            foreign key (contract_id, payment_id) references payment (contract_id, id),
            check (net_minor = amount_minor - processing_cost_minor)
        ) --;
        create index balance_transaction_newest on balance_transaction (created_at desc, id desc) --;
        create index balance_transaction_payout on balance_transaction (payout_id, created_at, id) --;
        create index balance_transaction_payment on balance_transaction (contract_id, payment_id) --;
        create index balance_transaction_source on balance_transaction (source_id) --;
        create index balance_transaction_unposted on balance_transaction (id) where posted_at is null --;
        create table payee_account (
            id uuid primary key,
            vendor_id uuid not null unique references organization,
            status text not null check (status in ('STARTED', 'ONBOARDING', 'ENABLED', 'RESTRICTED')),
            stripe_account_id text unique,
            charges_enabled boolean not null default false,
            payouts_enabled boolean not null default false,
            requirements text[] not null default '{{}}',
            onboarding_url text,
            onboarding_expires_at timestamptz,
            failure_message text,
            started_at timestamptz not null,
            changed_at timestamptz not null,
            asked_at timestamptz
        ) --;
        create table payer_account (
            association_id uuid primary key references organization,
            stripe_customer_id text not null unique,
            created_at timestamptz not null
        ) --;
        create table payment_option (
            method text primary key check (method in ('CARD', 'ACH_DEBIT', 'BANK_TRANSFER', 'CHEQUE')),
            offered boolean not null,
            why_not text,
            check (offered = (why_not is null))
        ) --;
        insert into payment_option values ('CARD', false, 'No key of Stripe is configured here.'),
            ('ACH_DEBIT', false, 'No key of Stripe is configured here.'),
            ('BANK_TRANSFER', true, null), ('CHEQUE', true, null) --;
        grant select on payment_option to chapterhouse_app, chapterhouse_lookup --;
        grant select, update on payment_option to chapterhouse_batch --;
        create table stripe_event (
            id text primary key,
            type text not null,
            object_id text not null,
            created_at timestamptz not null,
            received_at timestamptz not null,
            payload jsonb not null,
            worked_at timestamptz,
            attempts int not null default 0,
            error text
        ) --;
        create index stripe_event_created on stripe_event (created_at) --;
        create index stripe_event_unworked on stripe_event (received_at, id) where worked_at is null --;
        insert into journal_flow (kind, account, side) values {FLOWS}
        """
    )
    contract_table(
        "payment",
        check=f"{SEES_CONTRACT} and ({BILLS} or ({PAYS} and status = 'STARTED'))",
        grants="select, insert, update (status, refunded_minor, changed_at, reversed_at, reverse_reason)",
    )
    contract_table("refund", check=f"{SEES_CONTRACT} and {BILLS}", grants="select, insert")
    contract_table(
        "chargeback",
        check=f"{SEES_CONTRACT} and {BILLS}",
        grants="""select, update (answer, answered_at, changed_at, answered_by_member_id, answered_by_name,
            answered_by_email, answered_by_organization_id, answered_by_organization_name)""",
    )
    # what a vendor is paid of an invoice tells the platform fee
    contract_table(
        "settlement",
        using=f"{SEES_CONTRACT} and app.organization_kind() <> 'ASSOCIATION'",
        check=f"{SEES_CONTRACT} and {BILLS}",
        grants="""select, insert, update (status, reverse_reason, reversed_at, changed_at, reversed_by_member_id,
            reversed_by_name, reversed_by_email, reversed_by_organization_id, reversed_by_organization_name)""",
    )
    for table in ("payout", "balance_transaction"):
        tenant_table(table, using=LOOKS_ON, check="false", grants="select")
    tenant_table(
        "payee_account",
        using=f"{IS_PAID} or {LOOKS_ON}",
        check=IS_PAID,
        grants="select, insert, update (changed_at, onboarding_url, onboarding_expires_at)",
    )
    tenant_table("payer_account", using=f"{PAYS} or {LOOKS_ON}", check="false", grants="select")
    # what Stripe sends is kept before anybody acts; its signature was verified by then
    tenant_table("stripe_event", using="false", check="true", grants="insert")


def downgrade() -> None:
    """Take it away."""
    run(f"delete from journal_flow where (kind, account, side) in ({FLOWS})")
    drop_tables(
        "payment",
        "refund",
        "chargeback",
        "settlement",
        "payout",
        "balance_transaction",
        "payee_account",
        "payer_account",
        "payment_option",
        "stripe_event",
    )
