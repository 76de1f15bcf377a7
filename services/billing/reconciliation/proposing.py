"""What a line of a bank statement is about, as far as it can be told: one answer with its reason, or none.

Tried in this order, and the first rule that finds anything decides; what it finds more than once is ambiguous:

    1  a payout whose id the line names
    2  a payment that was recorded by hand already, of its amount and about its day, that shares a reference with it;
       of money that left: a refund or a settlement by hand, likewise
    3  an invoice whose number it names, of its amount, billed to who paid
    4  an invoice whose number it names, of its amount
    5  an invoice of its amount, billed to who paid; of money that left: a refund or a settlement by hand of its amount
       and about its day, to whom it went
    6  the only payout of its amount that arrives about its day
    7  an invoice whose number it names, billed to who paid: too little or too much
    8  an invoice whose number it names: too little or too much

Numbers of invoices are counted by each vendor, so several may answer to one; that is why the payer is asked first. An
exact answer (1 to 6) is booked; whatever else is an exception, for a person to decide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Final
    from uuid import UUID

    from asyncpg import Record

    from core.db import Transaction

PROPOSE: Final = """
with line as materialized (
    select b.*, upper(concat_ws(' ', b.reference, b.information)) as said, upper(trim(b.counterparty_name)) as payer
    from bank_statement_line b
    where b.status = 'UNMATCHED' and b.id = $1
), named as materialized (
    select distinct l.id as line_id, i.contract_id, i.id as invoice_id, i.number, i.status, i.amount_due_minor,
        upper(trim(i.buyer_name)) = l.payer as by_payer, i.number = trim(l.reference) as structured
    from line l
    cross join lateral regexp_matches(l.said, '(?<![0-9])[0-9]{4}-[0-9]{6}(?![0-9])', 'g') m (found)
    join invoice i on i.number = m.found[1] and i.currency_code = l.currency_code and i.status <> 'VOID'
    where l.amount_minor > 0
), sent as materialized (
    -- what was sent by hand, of the amount that left, and to whom
    select l.id as line_id, s.*, position(upper(s.reference) in l.said) > 0 as by_reference,
        upper(trim(s.payee)) = l.payer as by_payee
    from line l
    join (select r.contract_id, r.invoice_id, r.id as refund_id, null::uuid as settlement_id, r.currency_code,
            r.amount_minor, r.reference, (r.started_at at time zone k.time_zone)::date as sent_on,
            i.buyer_name as payee, 'refund' as what
        from refund r join invoice i on i.contract_id = r.contract_id and i.id = r.invoice_id
        join contract k on k.id = r.contract_id
        where r.provider = 'BY_HAND' and r.status = 'SUCCEEDED'
        union all
        select s.contract_id, s.invoice_id, null, s.id, s.currency_code, s.amount_minor, s.reference,
            (s.paid_at at time zone k.time_zone)::date, i.seller_name, 'settlement'
        from settlement s join invoice i on i.contract_id = s.contract_id and i.id = s.invoice_id
        join contract k on k.id = s.contract_id
        where s.method = 'BANK_TRANSFER' and s.status = 'PAID') s on s.currency_code = l.currency_code
        and s.amount_minor = -l.amount_minor and s.sent_on between l.booked_on - 5 and l.booked_on + 5
    where l.amount_minor < 0 and not exists (select from bank_statement_line b
        where b.refund_id = s.refund_id or b.settlement_id = s.settlement_id)
), candidate as (
    select l.id as line_id, 1 as rule, null::uuid as contract_id, null::uuid as invoice_id, null::uuid as payment_id,
        o.id as payout_id, null::uuid as refund_id, null::uuid as settlement_id,
        format('it names the payout %s', o.stripe_payout_id) as reason
    from line l
    cross join lateral regexp_matches(l.said, 'PO_[A-Z0-9]+', 'g') m (found)
    join payout o on upper(o.stripe_payout_id) = m.found[1] and o.amount_minor = l.amount_minor
        and o.currency_code = l.currency_code
    where not exists (select from bank_statement_line b where b.payout_id = o.id)
    union all
    select l.id, 2, p.contract_id, p.invoice_id, p.id, null::uuid, null::uuid, null::uuid,
        format('the payment of %s with the reference %s is recorded', p.received_on, p.reference)
    from line l
    join payment p on p.method = 'BANK_TRANSFER' and p.received_minor = l.amount_minor and p.reversed_at is null
        and p.currency_code = l.currency_code and p.received_on between l.booked_on - 5 and l.booked_on + 5
    join invoice i on i.contract_id = p.contract_id and i.id = p.invoice_id
    where (position(upper(p.reference) in l.said) > 0 or position(i.number in l.said) > 0)
        and not exists (select from bank_statement_line b where b.payment_id = p.id)
    union all
    select s.line_id, case when s.by_reference then 2 else 5 end, s.contract_id, s.invoice_id, null::uuid, null::uuid,
        s.refund_id, s.settlement_id, format('the %s of %s to %s with the reference %s is recorded', s.what, s.sent_on,
            s.payee, s.reference)
    from sent s where s.by_reference or s.by_payee
    union all
    select l.id, case when n.amount_due_minor <> l.amount_minor or n.amount_due_minor = 0
            then case when n.by_payer then 7 else 8 end when n.by_payer then 3 else 4 end,
        n.contract_id, n.invoice_id, null::uuid, null::uuid, null::uuid, null::uuid,
        format('it names invoice %s, on which %s is due in minor units', n.number, n.amount_due_minor)
    from line l join named n on n.line_id = l.id
    union all
    select l.id, 5, i.contract_id, i.id, null::uuid, null::uuid, null::uuid, null::uuid,
        format('invoice %s is due to %s with exactly this amount', i.number, i.buyer_name)
    from line l
    join invoice i on i.currency_code = l.currency_code and i.amount_due_minor = l.amount_minor
        and i.status in ('ISSUED', 'PARTLY_PAID', 'OVERDUE') and upper(trim(i.buyer_name)) = l.payer
    where l.amount_minor > 0
    union all
    select l.id, 6, null::uuid, null::uuid, null::uuid, o.id, null::uuid, null::uuid,
        format('the payout %s of exactly this amount arrives on %s', o.stripe_payout_id, o.arrives_on)
    from line l
    join payout o on o.amount_minor = l.amount_minor and o.currency_code = l.currency_code and o.status = 'PAID'
        and o.arrives_on between l.booked_on - 3 and l.booked_on + 3
    where l.said like '%STRIPE%' or l.payer like '%STRIPE%'
), decided as (
    select c.*, count(*) over (partition by c.line_id) as number
    from (select *, min(rule) over (partition by line_id) as first_rule from candidate) c
    where c.rule = c.first_rule
)
select l.id, d.rule, d.number,
    case when d.number = 1 then d.contract_id end as contract_id,
    case when d.number = 1 then d.invoice_id end as invoice_id,
    case when d.number = 1 then d.payment_id end as payment_id,
    case when d.number = 1 then d.payout_id end as payout_id,
    case when d.number = 1 then d.refund_id end as refund_id,
    case when d.number = 1 then d.settlement_id end as settlement_id,
    case when d.rule in (1, 6) then 'PAYOUT'
        when d.rule = 5 then case when l.amount_minor < 0 then 'AMOUNT_AND_PAYEE' else 'AMOUNT_AND_PAYER' end
        when n.structured or d.rule = 2 then 'REFERENCE' else 'INVOICE_NUMBER' end as matched_by,
    case when d.rule is null then 'UNKNOWN_BANK_LINE' when d.number > 1 then 'AMBIGUOUS_BANK_LINE'
        when d.rule < 7 then null when l.amount_minor < n.amount_due_minor then 'SHORT_PAYMENT'
        else 'OVERPAYMENT' end as trouble,
    case when d.rule is null then 'nothing that is known answers to it'
        when d.number > 1 then format('%s answer to it: the amount, a number or a name fits each', d.number)
        else d.reason end as proposal
from line l
left join decided d on d.line_id = l.id
left join named n on n.line_id = l.id and n.contract_id = d.contract_id and n.invoice_id = d.invoice_id
limit 1
"""


async def propose(tx: Transaction, *, line_id: UUID) -> Record | None:
    """Say of an unmatched line what it is about; None when it is matched. Nothing is written."""
    return await (await tx.raw()).fetchrow(PROPOSE, line_id)
