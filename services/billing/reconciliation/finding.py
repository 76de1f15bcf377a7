"""What does not fit, found over all rows at once, and the queue brought up to it: opened once, gone by itself.

Each finding is a SELECT of: kind, subject, subject_id, contract_id, invoice_id, invoice_line_id, bank_line_id,
happened_on, currency_code, amount_minor, message. Nothing in it names a cost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime
    from typing import Final
    from uuid import UUID

    from core.db import Transaction

VARIANCES: Final = """
select k.kind, case when v.invoice_line_id is null then 'INVOICE' else 'INVOICE_LINE' end as subject,
    coalesce(v.invoice_line_id, v.invoice_id) as subject_id, v.contract_id, v.invoice_id, v.invoice_line_id,
    null::uuid as bank_line_id, i.issued_on as happened_on, v.currency_code, sum(k.minor)::bigint as amount_minor,
    format('invoice %s: %s', i.number, k.message) as message
from match_variance v
join invoice i on i.contract_id = v.contract_id and i.id = v.invoice_id
cross join lateral (values
    ('WRONG_RATE', v.rate_minor, 'a line is billed at another price than was agreed'),
    ('WRONG_QUANTITY', v.quantity_minor - v.twice_minor, 'a line bills another quantity than its sources have'),
    ('BILLED_TWICE', v.twice_minor, 'a line bills what another one bills'),
    ('OUTSIDE_PERIOD', v.period_minor, 'a line bills days outside its period or the contract'),
    ('NOT_ACCEPTED', v.unaccepted_minor, 'a line bills what is not accepted'),
    ('OUT_OF_SCOPE', v.out_of_scope_minor, 'a line bills work out of scope'),
    ('WRONG_TAX', v.tax_minor, 'its tax is not that of its lines by their rules'),
    ('WRONG_EXCHANGE', v.exchange_minor, 'its frozen rate of exchange is not the rate of its day'),
    (case when v.invoice_line_id is null and v.exchange_minor = 0 and i.currency_code = v.currency_code
        then 'WRONG_TOTAL' else 'WRONG_ROUNDING' end, v.rounding_minor,
        case when v.invoice_line_id is null then 'it is not the sum of its lines'
        else 'the amount of a line is not quantity x price rounded half-even' end)) k (kind, minor, message)
where v.run_id = $3 and not v.within_tolerance and k.minor <> 0
group by k.kind, v.invoice_line_id, v.contract_id, v.invoice_id, i.issued_on, v.currency_code, i.number, k.message
"""

NOT_MATCHED: Final = """
select v.outcome, 'INVOICE_LINE', v.invoice_line_id, v.contract_id, v.invoice_id, v.invoice_line_id, null::uuid,
    i.issued_on, v.currency_code, v.billed_minor, format('invoice %s: %s', i.number, v.not_matched_because)
from match_variance v
join invoice i on i.contract_id = v.contract_id and i.id = v.invoice_id
where v.run_id = $3 and v.outcome = 'NOT_MATCHED'
"""

OF_INVOICE: Final = """select '{kind}', 'INVOICE', i.id, i.contract_id, i.id, null::uuid, null::uuid, i.issued_on,
    i.currency_code, {amount}, format('invoice %s: {message}', i.number)
from invoice i {joined}
where i.issued_on between $1 and $2 and i.number is not null and {holds}"""

POSTED: Final = """left join lateral (select e.id, sum(p.amount_minor) filter (where p.amount_minor > 0) as debited
    from journal_entry e left join posting p on p.contract_id = e.contract_id and p.entry_id = e.id
    where e.contract_id = i.contract_id and e.invoice_id = i.id and e.kind = 'INVOICE_ISSUED'
    group by e.id limit 1) j on true"""

SETTLED: Final = """cross join lateral (select coalesce(-sum(p.amount_minor), 0)::bigint as paid
    from journal_entry e join posting p on p.contract_id = e.contract_id and p.entry_id = e.id
    where e.contract_id = i.contract_id and e.invoice_id = i.id and p.account = 'ASSOCIATION_RECEIVABLE'
        and e.kind in ('PAYMENT_RECEIVED', 'PAYMENT_REVERSED', 'CREDIT_APPLIED', 'REFUND_PAID', 'REFUND_FAILED',
            'CHARGEBACK_LOST')) s"""

BANK_LINES: Final = """select b.trouble, 'BANK_LINE', b.id, b.contract_id, b.invoice_id, null::uuid, b.id, b.booked_on,
    b.currency_code, b.amount_minor, b.proposal
from bank_statement_line b
where b.booked_on between $1 and $2 and b.status = 'UNMATCHED' and b.trouble is not null"""

COVERED: Final = """exists (select from bank_statement t where t.currency_code = {row}.currency_code
        and {day} between t.opens_on and t.closes_on)"""

PAYMENTS: Final = f"""select 'PAYMENT_NOT_BANKED', 'PAYMENT', p.id, p.contract_id, p.invoice_id, null::uuid, null::uuid,
    p.received_on, p.currency_code, p.received_minor,
    format('the payment %s of %s stands on no bank statement of that day', p.reference, p.received_on)
from payment p
where p.received_on between $1 and $2 and p.method = 'BANK_TRANSFER' and p.reversed_at is null
    and {COVERED.format(row="p", day="p.received_on")}
    and not exists (select from bank_statement_line b where b.payment_id = p.id)"""  # noqa: S608  (our own words)

PAYOUTS: Final = f"""select k.kind, 'PAYOUT', o.id, null::uuid, null::uuid, null::uuid, null::uuid, o.arrives_on,
    o.currency_code, k.minor, format('payout %s: %s', o.stripe_payout_id, k.message)
from payout o
cross join lateral (select coalesce(sum(b.net_minor), 0)::bigint as net, count(*) as number
    from balance_transaction b where b.payout_id = o.id and b.type <> 'payout') t
cross join lateral (values
    ('PAYOUT_DOES_NOT_SUM', o.amount_minor - t.net, 'it is not the sum of its balance transactions'),
    ('PAYOUT_NOT_BANKED', case when {COVERED.format(row="o", day="o.arrives_on")}
        and not exists (select from bank_statement_line b where b.payout_id = o.id) then o.amount_minor else 0 end,
        'it stands on no bank statement of its day')) k (kind, minor, message)
where o.arrives_on between $1 and $2 and o.status = 'PAID' and k.minor <> 0"""  # noqa: S608  (our own words)

BALANCE: Final = """select k.kind, 'BALANCE_TRANSACTION', b.id, b.contract_id, p.invoice_id, null::uuid, null::uuid,
    (b.created_at at time zone 'UTC')::date, b.currency_code, k.minor,
    format('balance transaction %s: %s', b.stripe_balance_transaction_id, k.message)
from balance_transaction b
left join payment p on p.contract_id = b.contract_id and p.id = b.payment_id
cross join lateral (values
    ('PROCESSING_COST_NOT_BOOKED', case when not exists (select from journal_entry e
        where e.contract_id = b.contract_id and e.subject_id = b.id
            and e.kind in ('PROCESSING_COST_CHARGED', 'PROCESSING_COST_RETURNED'))
        then b.processing_cost_minor else 0 end, 'what the processor charged is in no entry'),
    ('UNKNOWN_BALANCE_TRANSACTION', case when b.contract_id is null and b.type in ('charge', 'payment')
        then b.amount_minor else 0 end, 'it is of no payment that we know')) k (kind, minor, message)
where b.created_at >= $1::date and b.created_at < $2::date + 1 and k.minor <> 0"""

FINDINGS: Final = (
    VARIANCES,
    NOT_MATCHED,
    OF_INVOICE.format(
        kind="NOT_POSTED", amount="i.total_minor", message="it is in no entry", joined=POSTED, holds="j.id is null"
    ),
    OF_INVOICE.format(
        kind="POSTED_WRONG",
        amount="(j.debited - i.total_minor)::bigint",
        message="its entry is of another amount",
        joined=POSTED,
        holds="j.id is not null and j.debited is distinct from i.total_minor",
    ),
    OF_INVOICE.format(
        kind="MISSING_PAYMENT",
        amount="i.paid_minor - s.paid",
        message="more stands as paid than the journal has received",
        joined=SETTLED,
        holds="i.status <> 'VOID' and i.paid_minor <> s.paid",
    ),
    BANK_LINES,
    PAYMENTS,
    PAYOUTS,
    BALANCE,
)

BRING_UP: Final = f"""
with found as materialized ({" union all ".join(FINDINGS)}
), opened as (
    insert into billing_exception (id, kind, severity, subject, subject_id, contract_id, invoice_id, invoice_line_id,
        bank_line_id, happened_on, currency_code, amount_minor, message, opened_at, last_seen_at)
    select uuidv7(), f.kind, case when f.kind in ('NOT_POSTED', 'POSTED_WRONG', 'BILLED_TWICE', 'MISSING_PAYMENT',
            'PAYOUT_DOES_NOT_SUM', 'WRONG_TOTAL') then 'HIGH'
        when f.kind in ('WRONG_ROUNDING', 'PROCESSING_COST_NOT_BOOKED') then 'LOW' else 'MEDIUM' end,
        f.subject, f.subject_id, f.contract_id, f.invoice_id, f.invoice_line_id, f.bank_line_id, f.happened_on,
        f.currency_code, f.amount_minor, f.message, $4, $4
    from found f
    -- what a person let pass as it is is not told again, but another amount is
    where not exists (select from billing_exception e where e.kind = f.kind and e.subject_id = f.subject_id
        and e.resolution in ('DISMISSED', 'WRITTEN_OFF') and e.amount_minor = f.amount_minor
        and e.currency_code = f.currency_code)
    on conflict (kind, subject_id) where resolution is null do nothing
    returning 1
), seen as (
    update billing_exception e set last_seen_at = $4, amount_minor = f.amount_minor, message = f.message
    from found f where e.kind = f.kind and e.subject_id = f.subject_id and e.resolution is null
        and (e.amount_minor, e.message) is distinct from (f.amount_minor, f.message)
    returning 1
), gone as (
    update billing_exception e set resolution = 'GONE', resolved_at = $4
    where e.resolution is null and e.happened_on between $1 and $2
        and not exists (select from found f where f.kind = e.kind and f.subject_id = e.subject_id)
    returning 1
), counts as (select (select count(*) from opened) as opened_count, (select count(*) from gone) as closed_count)
select c.*,
    (select count(*) from billing_exception where resolution is null) + c.opened_count - c.closed_count as open_count
from counts c
"""  # noqa: S608  (our own words)


async def bring_up_queue(
    tx: Transaction, *, run_id: UUID, issued_from: date, issued_until: date, now: datetime
) -> dict[str, int]:
    """Open what does not fit on these days and is not open, close what fits; returns how many, and how many are open.

    As the batch role. The same findings leave the queue as it is; of several runs at once each opens a thing once.
    """
    found = await (await tx.raw()).fetchrow(BRING_UP, issued_from, issued_until, run_id, now)
    assert found is not None, "the counts are one row"
    return dict(found.items())
