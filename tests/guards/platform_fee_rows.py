"""The operator's bill to the world's vendor, with one of the platform fees that were posted: their month still runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncpg

    from tests.guards.world import World

INVOICES = """insert into platform_fee_invoice (id, vendor_id, number, year, year_number, kind, month_starts_on,
    currency_code, issued_at, issued_on, issued_by_member_id, issued_by_name, issued_by_email,
    issued_by_organization_id, issued_by_organization_name, seller_name, seller_country_code, buyer_name,
    buyer_country_code, subtotal_minor, tax_category_code, tax_rate_percent, tax_total_minor, set_off_minor)
select gen_random_uuid(), p.vendor_id, 'PF-2001-' || row_number() over (), 2001, row_number() over (), 'INVOICE',
    date '2001-01-01', p.currency_code, now(), current_date, m.id, m.name, m.email, o.id, o.name, o.name,
    o.country_code, v.name, v.country_code, p.fees, 'O', 0, 0, p.fees
from (select vendor_id, currency_code, -amount_minor as fees from posting
      where account = 'PLATFORM_FEE_INCOME' order by entry_id limit 1) p
join organization v on v.id = p.vendor_id
join organization o on o.kind = 'OPERATOR'
join lateral (select * from member where organization_id = o.id and 'BILLING_ADMIN' = any(roles) limit 1) m on true"""
LINES = """insert into platform_fee_line (platform_fee_invoice_id, position, vendor_id, contract_id, entry_id,
    invoice_id, kind, document_number, effective_on, currency_code, platform_fee_minor)
select b.id, row_number() over (partition by b.id), p.vendor_id, p.contract_id, p.entry_id, e.invoice_id, e.kind,
    i.number, b.month_starts_on, p.currency_code, -p.amount_minor
from platform_fee_invoice b
join (select * from posting where account = 'PLATFORM_FEE_INCOME' order by entry_id limit 1) p
    on p.vendor_id = b.vendor_id
join journal_entry e on e.contract_id = p.contract_id and e.id = p.entry_id
join invoice i on i.contract_id = e.contract_id and i.id = e.invoice_id"""


async def add_platform_fees(_: World, batch: asyncpg.Connection[Any]) -> None:
    """What issuing one would write down."""
    await batch.execute(INVOICES)
    await batch.execute(LINES)
