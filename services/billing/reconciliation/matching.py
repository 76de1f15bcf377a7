"""The match of contract line x rate version x acceptance x invoice, over all invoices of some days, in the database.

What should have been billed is computed from the contract's terms, acceptances, periods and allowed cost themselves, by
none of the statements that bill. Each line's difference is decomposed in the same eight steps as in `variances`, which
is the twin of this in plain arithmetic; `line_match` has the steps. What credit notes took off a difference, or debit
notes added to one, is told beside it. A debit note is explained by its reason, a line that is credited in full by its
credit note. A line that no rule recomputes is NOT_MATCHED, and says why.

What an invoice adds up to, its tax and its frozen rates of exchange are matched for the invoice as a whole: tax against
the tax of what was billed, so that a wrong price is told once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.billing.reconciliation.line_match import (
    BILLED,
    BY_COMMITMENT,
    BY_COST,
    BY_PRICE,
    BY_TIERS,
    HISTORY,
    MATCHED_SOURCES,
    SOURCES,
)

if TYPE_CHECKING:
    from datetime import date, datetime
    from typing import Final
    from uuid import UUID

    from core.db import Transaction

ISSUED: Final = "i.issued_on between $1 and $2 and i.status not in ('DRAFT', 'DISCARDED', 'VOID')"
TOLERANCE: Final = """coalesce((select least(t.amount_minor, floor(abs({expected}) * t.percent / 100))::bigint
    from match_tolerance t where t.currency_code = {row}.currency_code
    order by t.configured_at desc, t.id desc limit 1), 0)"""

LINES: Final = f"""
with {BILLED}, {SOURCES}, {HISTORY}, {BY_PRICE}, {BY_TIERS}, {BY_COST}, {BY_COMMITMENT}, stepped as (
    select b.*, s.e0, s.e1, s.e2, s.e3, s.twice_to, s.e4, s.e5, a.adjusted, t.tolerance
    from (select * from by_price union all select * from by_tiers union all select * from by_cost
        union all select * from by_commitment) s
    join billed b on b.contract_id = s.contract_id and b.line_id = s.line_id
    cross join lateral (select coalesce(sum(x.amount_minor), 0) as minor
        from invoice_line x join invoice y on y.contract_id = x.contract_id and y.id = x.invoice_id
        where x.contract_id = b.contract_id and x.corrects_line_id = b.line_id and y.kind = 'DEBIT_NOTE'
            and y.status not in ('DRAFT', 'DISCARDED', 'VOID')) d
    cross join lateral (select case when b.amount_minor > s.e0 then least(b.amount_minor - s.e0, b.credited_minor)
        else -least(s.e0 - b.amount_minor, d.minor) end as adjusted) a
    cross join lateral (select {TOLERANCE.format(expected="s.e0", row="b")} as tolerance) t
), kept as (
    insert into match_variance (contract_id, id, association_id, vendor_id, run_id, invoice_id, invoice_line_id,
        contract_line_id, currency_code, expected_minor, billed_minor, difference_minor, unaccepted_minor,
        out_of_scope_minor, period_minor, quantity_minor, rate_minor, exchange_minor, tax_minor, rounding_minor,
        twice_minor, adjusted_minor, tolerance_minor, within_tolerance, found_at)
    select contract_id, uuidv7(), association_id, vendor_id, $3, invoice_id, line_id, contract_line_id, currency_code,
        e0, amount_minor, amount_minor - e0, e1 - e0, e2 - e1, e3 - e2, e4 - e3, e5 - e4, 0, 0, amount_minor - e5,
        twice_to - e3, adjusted, tolerance, abs(amount_minor - e0 - adjusted) <= tolerance, $4
    from stepped
    -- two causes that even out are two causes
    where (amount_minor, e1, e2, e3, twice_to, e4, e5) is distinct from (e0, e0, e0, e0, e0, e0, e0)
    returning 1
), untold as (
    insert into match_variance (contract_id, id, association_id, vendor_id, run_id, invoice_id, invoice_line_id,
        contract_line_id, currency_code, expected_minor, billed_minor, difference_minor, unaccepted_minor,
        out_of_scope_minor, period_minor, quantity_minor, rate_minor, exchange_minor, tax_minor, rounding_minor,
        outcome, not_matched_because, tolerance_minor, within_tolerance, found_at)
    select contract_id, uuidv7(), association_id, vendor_id, $3, invoice_id, line_id, contract_line_id, currency_code,
        amount_minor, amount_minor, 0, 0, 0, 0, 0, 0, 0, 0, 0, 'NOT_MATCHED',
        format('it bills %s, which no rule recomputes', coalesce((select string_agg(distinct s.kind, ', ')
            from invoice_source s where s.contract_id = b.contract_id and s.invoice_line_id = b.line_id
                and s.kind not in {MATCHED_SOURCES}), 'no line of the contract')), 0, false, $4
    from billed b where b.priced_by = 'NONE'
    returning 1
)
select (select count(*) from told) as line_count, (select count(*) from kept) as variance_count,
    (select count(*) from untold) as unmatched_count
"""  # noqa: S608  (our own words)

INVOICES: Final = f"""
with told as (
    select i.contract_id, i.association_id, i.vendor_id, i.id, i.currency_code, i.subtotal_minor, i.tax_total_minor,
        l.net, t.tax
    from invoice i
    cross join lateral (select coalesce(sum(l.amount_minor), 0)::bigint as net from invoice_line l
        where l.contract_id = i.contract_id and l.invoice_id = i.id) l
    cross join lateral (select coalesce(sum(app.tax_minor(g.taxable, g.rate)), 0)::bigint as tax
        from (select sum(l.amount_minor) as taxable, v.rate, l.tax_category_code
            from invoice_line l
            left join tax_rule r on r.id = l.tax_rule_id
            cross join lateral (select case when l.tax_exemption_id is not null then 0
                else coalesce(r.rate_percent, 0) end as rate) v
            where l.contract_id = i.contract_id and l.invoice_id = i.id
            group by v.rate, l.tax_category_code) g) t
    where {ISSUED}
), kept as (
    insert into match_variance (contract_id, id, association_id, vendor_id, run_id, invoice_id, currency_code,
        expected_minor, billed_minor, difference_minor, unaccepted_minor, out_of_scope_minor, period_minor,
        quantity_minor, rate_minor, exchange_minor, tax_minor, rounding_minor, tolerance_minor, within_tolerance,
        found_at)
    select contract_id, uuidv7(), association_id, vendor_id, $3, id, currency_code, net + tax,
        subtotal_minor + tax_total_minor, subtotal_minor + tax_total_minor - net - tax, 0, 0, 0, 0, 0, 0,
        tax_total_minor - tax, subtotal_minor - net, t.tolerance,
        abs(subtotal_minor + tax_total_minor - net - tax) <= t.tolerance, $4
    from told s cross join lateral (select {TOLERANCE.format(expected="s.net + s.tax", row="s")} as tolerance) t
    where (subtotal_minor, tax_total_minor) is distinct from (net, tax)
    returning 1
)
select (select count(*) from told) as invoice_count, (select count(*) from kept) as variance_count
"""  # noqa: S608  (our own words)

EXCHANGES: Final = f"""
with told as (
    select x.contract_id, x.association_id, x.vendor_id, x.invoice_id, x.to_currency_code as currency_code,
        x.amount_minor, v.agreed, v.used
    from invoice i
    join invoice_exchange x on x.contract_id = i.contract_id and x.invoice_id = i.id
    left join exchange_rate r on r.from_currency_code = x.from_currency_code and r.to_currency_code = x.to_currency_code
        and r.rate_on = x.rate_on and r.source = x.source and r.recorded_at <= i.issued_at
    cross join lateral (select case x.purpose when 'TAX' then i.tax_total_minor
        else i.subtotal_minor + i.tax_total_minor end as minor) e
    cross join lateral (select
        app.exchanged(e.minor, coalesce(r.rate, x.rate), x.from_currency_code, x.to_currency_code) as agreed,
        app.exchanged(e.minor, x.rate, x.from_currency_code, x.to_currency_code) as used) u
    cross join lateral (select
        case x.purpose when 'TAX' then round(u.agreed) else app.round_half_even(u.agreed, 0) end::bigint as agreed,
        case x.purpose when 'TAX' then round(u.used) else app.round_half_even(u.used, 0) end::bigint as used) v
    where {ISSUED}
), kept as (
    insert into match_variance (contract_id, id, association_id, vendor_id, run_id, invoice_id, currency_code,
        expected_minor, billed_minor, difference_minor, unaccepted_minor, out_of_scope_minor, period_minor,
        quantity_minor, rate_minor, exchange_minor, tax_minor, rounding_minor, tolerance_minor, within_tolerance,
        found_at)
    select contract_id, uuidv7(), association_id, vendor_id, $3, invoice_id, currency_code, agreed, amount_minor,
        amount_minor - agreed, 0, 0, 0, 0, 0, used - agreed, 0, amount_minor - used, t.tolerance,
        abs(amount_minor - agreed) <= t.tolerance, $4
    from told s cross join lateral (select {TOLERANCE.format(expected="s.agreed", row="s")} as tolerance) t
    where (amount_minor, used) is distinct from (agreed, agreed)
    returning 1
)
select count(*) as variance_count from kept
"""  # noqa: S608  (our own words)


async def match_invoices(
    tx: Transaction, *, run_id: UUID, issued_from: date, issued_until: date, now: datetime
) -> dict[str, int]:
    """Write down every variance of the invoices issued in these days; returns how many invoices, lines and variances.

    As the batch role: it is of all contracts.
    """
    raw = await tx.raw()
    counts = {"invoice_count": 0, "line_count": 0, "variance_count": 0, "unmatched_count": 0}
    for statement in (LINES, INVOICES, EXCHANGES):
        found = await raw.fetchrow(statement, issued_from, issued_until, run_id, now)
        assert found is not None, "the counts are one row"
        for name, count in found.items():
            counts[name] += count
    return counts
