"""The match of contract line x rate version x acceptance x invoice, over all invoices of some days, in the database.

What should have been billed is computed from the contract's terms and the acceptances themselves, by none of the
statements that bill. Each line's difference is decomposed in the same eight steps as in `variances`, which is the twin
of this in plain arithmetic. What an invoice adds up to, its tax and its frozen rates of exchange are matched for the
invoice as a whole: tax against the tax of what was billed, so that a wrong price is told once.

Lines whose amount is not quantity x price are left to their arrangement: with tiers, charged by the day, cost plus a
contract fee, true-ups; so are debit notes and corrected invoices, which bill no acceptance of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime
    from typing import Final
    from uuid import UUID

    from core.db import Transaction

ISSUED: Final = "i.issued_on between $1 and $2 and i.status not in ('DRAFT', 'DISCARDED', 'VOID')"
TOLERANCE: Final = """coalesce((select least(t.amount_minor, floor(abs({expected}) * t.percent / 100))::bigint
    from match_tolerance t where t.currency_code = {row}.currency_code
    order by t.configured_at desc, t.id desc limit 1), 0)"""

BILLED: Final = ", ".join(
    f"b.{name}"
    for name in """contract_id association_id vendor_id invoice_id period_ends_on line_id contract_line_id currency_code
    quantity unit_price amount_minor units_per_period contract_price starts_on ends_on timing""".split()
)

LINES: Final = f"""
with billed as materialized (
    select i.contract_id, i.association_id, i.vendor_id, i.id as invoice_id, i.period_ends_on, l.id as line_id,
        l.contract_line_id, l.currency_code, l.quantity, l.unit_price, l.amount_minor, c.units_per_period,
        case when c.rate_version = l.rate_version then c.unit_price end as contract_price, k.starts_on, k.ends_on,
        coalesce(p.timing, 'ARREARS') as timing
    from invoice i
    join invoice_line l on l.contract_id = i.contract_id and l.invoice_id = i.id
    join contract_line c on c.contract_id = l.contract_id and c.id = l.contract_line_id
    join contract k on k.id = i.contract_id
    left join contract_line_pricing p on p.contract_id = c.contract_id and p.line_id = c.id
    where {ISSUED} and i.kind = 'INVOICE' and p.tiering is null and p.prorated is not true
        and coalesce(p.arrangement, 'UNIT') not like 'COST_PLUS%' and not exists (select from invoice_source s
            where s.contract_id = l.contract_id and s.invoice_line_id = l.id
                and s.kind not in ('ACCEPTANCE', 'RECURRING_PERIOD'))
), source as (
    select b.contract_id, b.line_id, s.quantity, d.unit_price, v.accepted,
        case when not w.in_scope then 'OUT_OF_SCOPE' when v.outside then 'PERIOD' when v.twice then 'TWICE' end as fault
    from billed b
    join invoice_source s on s.contract_id = b.contract_id and s.invoice_line_id = b.line_id
    left join decision d on d.contract_id = s.contract_id and d.id = s.decision_id
    left join work_record w on w.contract_id = d.contract_id and w.id = d.work_record_id
    cross join lateral (select
        case when s.kind = 'RECURRING_PERIOD' then b.units_per_period
            when d.reversed_at is null and d.line_id = b.contract_line_id then d.accepted_quantity
            else 0 end as accepted,
        case when s.kind = 'ACCEPTANCE'
            then d.performed_to > b.period_ends_on or d.performed_to not between b.starts_on and b.ends_on
            else s.period_starts_on < b.starts_on or s.period_ends_on > b.ends_on or b.period_ends_on
                < case b.timing when 'ADVANCE' then s.period_starts_on else s.period_ends_on end end as outside,
        case when s.kind = 'ACCEPTANCE' then exists (select from decision e
                join invoice_source o on o.contract_id = e.contract_id and o.decision_id = e.id
                    and o.released_at is null
                where e.contract_id = d.contract_id and e.work_record_id = d.work_record_id and o.id < s.id)
            else exists (select from invoice_source o
                where o.contract_id = s.contract_id and o.contract_line_id = s.contract_line_id and o.id < s.id
                    and o.kind = 'RECURRING_PERIOD' and o.released_at is null
                    and o.period_starts_on <= s.period_ends_on and o.period_ends_on >= s.period_starts_on) end as twice
    ) v
), summed as (
    select b.*, coalesce(b.contract_price, max(s.unit_price), b.unit_price) as agreed,
        coalesce(sum(s.accepted) filter (where s.fault is null), 0) as expected,
        coalesce(sum(greatest(s.quantity - s.accepted, 0)) filter (where s.unit_price is not null), 0) as unaccepted,
        coalesce(sum(least(s.quantity, s.accepted)) filter (where s.fault = 'OUT_OF_SCOPE'), 0) as out_of_scope,
        coalesce(sum(least(s.quantity, s.accepted)) filter (where s.fault = 'PERIOD'), 0) as misplaced,
        coalesce(sum(least(s.quantity, s.accepted)) filter (where s.fault = 'TWICE'), 0) as twice
    from billed b left join source s on s.contract_id = b.contract_id and s.line_id = b.line_id
    group by {BILLED}
), stepped as (
    select s.*, app.extended_minor(expected, agreed, currency_code) as e0,
        app.extended_minor(expected + unaccepted, agreed, currency_code) as e1,
        app.extended_minor(expected + unaccepted + out_of_scope, agreed, currency_code) as e2,
        app.extended_minor(expected + unaccepted + out_of_scope + misplaced, agreed, currency_code) as e3,
        app.extended_minor(expected + unaccepted + out_of_scope + misplaced + twice, agreed, currency_code) as twice_to,
        app.extended_minor(quantity, agreed, currency_code) as e4,
        app.extended_minor(quantity, unit_price, currency_code) as e5
    from summed s
), kept as (
    insert into match_variance (contract_id, id, association_id, vendor_id, run_id, invoice_id, invoice_line_id,
        contract_line_id, currency_code, expected_minor, billed_minor, difference_minor, unaccepted_minor,
        out_of_scope_minor, period_minor, quantity_minor, rate_minor, exchange_minor, tax_minor, rounding_minor,
        twice_minor, tolerance_minor, within_tolerance, found_at)
    select contract_id, uuidv7(), association_id, vendor_id, $3, invoice_id, line_id, contract_line_id, currency_code,
        e0, amount_minor, amount_minor - e0, e1 - e0, e2 - e1, e3 - e2, e4 - e3, e5 - e4, 0, 0, amount_minor - e5,
        twice_to - e3, t.tolerance, abs(amount_minor - e0) <= t.tolerance, $4
    from stepped s cross join lateral (select {TOLERANCE.format(expected="e0", row="s")} as tolerance) t
    -- two causes that even out are two causes
    where (amount_minor, e1, e2, e3, twice_to, e4, e5) is distinct from (e0, e0, e0, e0, e0, e0, e0)
    returning 1
)
select (select count(*) from billed) as line_count, (select count(*) from kept) as variance_count
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
    counts = {"invoice_count": 0, "line_count": 0, "variance_count": 0}
    for statement in (LINES, INVOICES, EXCHANGES):
        found = await raw.fetchrow(statement, issued_from, issued_until, run_id, now)
        assert found is not None, "the counts are one row"
        for name, count in found.items():
            counts[name] += count
    return counts
