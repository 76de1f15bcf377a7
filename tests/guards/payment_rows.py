"""Money of the world's invoice as Stripe would have moved it: rows alone, so that what is due stays as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncpg

    from tests.guards.world import World

ROWS = (
    """insert into payment (contract_id, id, association_id, vendor_id, invoice_id, currency_code, amount_minor, method,
        provider, status, received_minor, applied_minor, received_on, reason, started_at, changed_at, started_by_name,
        started_by_email, started_by_organization_name)
    select contract_id, gen_random_uuid(), association_id, vendor_id, id, currency_code, 100, 'CARD', 'STRIPE',
        'SUCCEEDED', 100, 100, current_date, 'Due', now(), now(), 'Kim', 'kim@guard.example', 'Guild'
    from invoice where status not in ('DRAFT', 'DISCARDED')""",
    """insert into refund (contract_id, id, association_id, vendor_id, payment_id, invoice_id, currency_code,
        amount_minor, provider, status, reason, started_at, changed_at, started_by_name, started_by_email,
        started_by_organization_name)
    select contract_id, gen_random_uuid(), association_id, vendor_id, id, invoice_id, currency_code, 1, 'STRIPE',
        'SUCCEEDED', 'Too much', now(), now(), 'Ada', 'ada@guard.example', 'Operator' from payment""",
    """insert into chargeback (contract_id, id, association_id, vendor_id, payment_id, invoice_id, currency_code,
        amount_minor, status, stripe_dispute_id, network_reason, opened_at, changed_at)
    select contract_id, gen_random_uuid(), association_id, vendor_id, id, invoice_id, currency_code, 1,
        'NEEDS_RESPONSE', 'dp_' || id, 'fraudulent', now(), now() from payment""",
    """insert into settlement (contract_id, id, association_id, vendor_id, invoice_id, currency_code, amount_minor,
        method, status, paid_at, reference, reason, released_at, changed_at, released_by_name, released_by_email,
        released_by_organization_name)
    select contract_id, gen_random_uuid(), association_id, vendor_id, invoice_id, currency_code, 1, 'BANK_TRANSFER',
        'FAILED', null, 'OUT-1', 'Paid', now(), now(), 'Ada', 'ada@guard.example', 'Operator' from payment""",
    """insert into payout (id, stripe_payout_id, status, amount_minor, currency_code, arrives_on, created_at,
        changed_at, posted_at)
    values (gen_random_uuid(), 'po_guard', 'PAID', 97, 'USD', current_date, now(), now(), now())""",
    """insert into balance_transaction (id, stripe_balance_transaction_id, type, currency_code, amount_minor,
        processing_cost_minor, net_minor, available_on, created_at, seen_at, payout_id, contract_id, payment_id,
        presented_minor, presented_currency_code, exchange_rate)
    select gen_random_uuid(), 'txn_' || p.id, 'charge', 'USD', 100, 3, 97, current_date, now(), now(), o.id,
        p.contract_id, p.id, 90, 'EUR', 1.1 from payment p, payout o""",
    """insert into payee_account (id, vendor_id, status, stripe_account_id, started_at, changed_at)
    select distinct on (vendor_id) gen_random_uuid(), vendor_id, 'ONBOARDING', 'acct_' || vendor_id, now(), now()
    from payment""",
)


async def add_payments(_: World, batch: asyncpg.Connection[Any]) -> None:
    """One of each."""
    for insert in ROWS:
        await batch.execute(insert)
