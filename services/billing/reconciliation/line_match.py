"""What each line of an invoice should have been, step by step, in SQL: the twins of `variances` and `arrangements`.

Each step has the columns contract_id, line_id, e0 (expected), e1 (with what is unaccepted), e2 (out of scope), e3 (of
other days), twice_to (and twice), e4 (at the billed quantity) and e5 (at the billed price), in minor units.
"""

from __future__ import annotations

from typing import Final

MATCHED_SOURCES: Final = "('ACCEPTANCE', 'RECURRING_PERIOD', 'COST_PERIOD', 'TRUE_UP')"
"""The sources that the match has a rule for."""

BILLED: Final = f"""told as materialized (
    select i.contract_id, i.association_id, i.vendor_id, i.id as invoice_id, i.kind, i.period_ends_on, l.id as line_id,
        l.contract_line_id, l.currency_code, l.quantity, l.unit_price, l.amount_minor, l.credited_minor,
        l.tier_period_starts_on, l.corrects_line_id, c.units_per_period, c.recurrence,
        case when c.rate_version = l.rate_version then c.unit_price end as contract_price,
        c.not_to_exceed_minor + c.extended_minor as ceiling_minor, k.starts_on,
        k.ends_on, least(k.ends_on, (k.ended_at at time zone k.time_zone)::date) as last_day, p.tiering, p.tier_period,
        coalesce(p.period_anchor, 'ANNIVERSARY') as anchor, coalesce(p.timing, 'ARREARS') as timing,
        coalesce(p.prorated, false) as prorated, case
            when l.contract_line_id is null or exists (select from invoice_source s
                where s.contract_id = l.contract_id and s.invoice_line_id = l.id
                and s.kind not in {MATCHED_SOURCES}) then 'NONE'
            when c.kind = 'MINIMUM_COMMITMENT' then 'COMMITMENT'
            when p.arrangement like 'COST_PLUS%' then 'COST'
            when p.tiering is not null then 'TIERS' else 'PRICE' end as priced_by
    from invoice i
    join invoice_line l on l.contract_id = i.contract_id and l.invoice_id = i.id
    join contract k on k.id = i.contract_id
    left join contract_line c on c.contract_id = l.contract_id and c.id = l.contract_line_id
    left join contract_line_pricing p on p.contract_id = c.contract_id and p.line_id = c.id
    where i.issued_on between $1 and $2 and i.status not in ('DRAFT', 'DISCARDED', 'VOID')
), billed as materialized (
    -- a debit note is explained by its reason, what is credited in full by its credit note; a corrected line stands in
    -- the place of the one that first billed its work, and is looked at as of then
    select t.*, first.id as at
    from told t
    cross join lateral (
        with recursive chain as (
            select t.line_id as id, t.corrects_line_id
            union all
            select o.id, o.corrects_line_id
            from chain c join invoice_line o on o.contract_id = t.contract_id and o.id = c.corrects_line_id
        )
        select c.id from chain c where c.corrects_line_id is null) first
    where t.kind <> 'DEBIT_NOTE' and (t.credited_minor < t.amount_minor or t.amount_minor = 0)
)"""  # noqa: S608  (our own words)

SOURCES: Final = """source as (
    select b.contract_id, b.line_id, s.quantity, d.unit_price, v.*,
        case when not w.in_scope then 'OUT_OF_SCOPE' when f.outside then 'PERIOD' when f.twice then 'TWICE' end
            as fault,
        case when v.cut then app.prorated_minor(b.units_per_period, coalesce(b.contract_price, b.unit_price), v.days,
            v.whole_days, b.currency_code) end as cut_minor,
        case when v.cut then app.prorated_minor(b.units_per_period, coalesce(b.contract_price, b.unit_price),
            v.owed_days, v.whole_days, b.currency_code) end as cut_owed_minor,
        case when v.cut then app.prorated_minor(b.units_per_period, b.unit_price, v.days, v.whole_days,
            b.currency_code) end as cut_billed_minor
    from billed b
    join invoice_source s on s.contract_id = b.contract_id and s.invoice_line_id = b.line_id
    left join decision d on d.contract_id = s.contract_id and d.id = s.decision_id
    left join work_record w on w.contract_id = d.contract_id and w.id = d.work_record_id
    left join lateral (
        select p.starts_on, p.ends_on, p.whole_days, s.period_ends_on - s.period_starts_on + 1 as days,
            least(s.period_ends_on, p.ends_on) - s.period_starts_on + 1 as owed_days
        from app.billing_periods(b.starts_on, b.last_day, b.recurrence, b.anchor) p
        where s.kind = 'RECURRING_PERIOD' and p.starts_on = s.period_starts_on) p on true
    cross join lateral (select b.prorated and coalesce(least(p.days, p.owed_days) < p.whole_days, false) as cut,
        p.days, p.whole_days, p.owed_days,
        case when s.kind = 'RECURRING_PERIOD' then b.units_per_period
            when d.reversed_at is null and d.line_id = b.contract_line_id then d.accepted_quantity
            else 0 end as accepted) v
    cross join lateral (select
        case when s.kind = 'ACCEPTANCE'
            then d.performed_to > b.period_ends_on or d.performed_to not between b.starts_on and b.ends_on
                or b.priced_by = 'TIERS' and b.tier_period_starts_on is distinct from lower(app.tier_period(
                    b.starts_on, b.last_day, b.tier_period, b.anchor, d.performed_to))
            else p.starts_on is null or not b.prorated and (p.days < p.whole_days or p.owed_days < p.days)
                or p.owed_days <= 0 or b.period_ends_on
                < case b.timing when 'ADVANCE' then s.period_starts_on else s.period_ends_on end end as outside,
        case when s.kind = 'ACCEPTANCE' then exists (select from decision e
                join invoice_source o on o.contract_id = e.contract_id and o.decision_id = e.id
                    and o.released_at is null
                where e.contract_id = d.contract_id and e.work_record_id = d.work_record_id and o.id < s.id)
            else exists (select from invoice_source o
                where o.contract_id = s.contract_id and o.contract_line_id = s.contract_line_id and o.id < s.id
                    and o.kind = 'RECURRING_PERIOD' and o.released_at is null
                    and o.period_starts_on <= s.period_ends_on and o.period_ends_on >= s.period_starts_on) end as twice
    ) f
    where b.priced_by in ('PRICE', 'TIERS')
), summed as (
    select b.contract_id, b.line_id, coalesce(b.contract_price, max(s.unit_price), b.unit_price) as agreed,
        coalesce(sum(s.accepted) filter (where s.fault is null and not s.cut), 0) as expected,
        coalesce(sum(greatest(s.quantity - s.accepted, 0)) filter (where s.unit_price is not null), 0) as unaccepted,
        coalesce(sum(least(s.quantity, s.accepted)) filter (where s.fault = 'OUT_OF_SCOPE'), 0) as out_of_scope,
        coalesce(sum(least(s.quantity, s.accepted)) filter (where s.fault = 'PERIOD' and not s.cut), 0) as misplaced,
        coalesce(sum(least(s.quantity, s.accepted)) filter (where s.fault = 'TWICE' and not s.cut), 0) as twice,
        coalesce(sum(s.quantity) filter (where s.cut), 0) as cut_quantity,
        coalesce(sum(s.cut_owed_minor) filter (where s.fault is null), 0) as cut_owed,
        coalesce(sum(case when s.fault = 'PERIOD' then s.cut_minor else s.cut_minor - s.cut_owed_minor end)
            filter (where s.fault is distinct from 'TWICE'), 0) as cut_misplaced,
        coalesce(sum(s.cut_minor) filter (where s.fault = 'TWICE'), 0) as cut_twice,
        coalesce(sum(s.cut_billed_minor), 0) as cut_billed
    from billed b left join source s on s.contract_id = b.contract_id and s.line_id = b.line_id
    where b.priced_by in ('PRICE', 'TIERS')
    group by b.contract_id, b.line_id, b.contract_price, b.unit_price
)"""

HISTORY: Final = """history as materialized (
    -- what had been billed of a tier period, a line's cost or its ceiling when a line was written: ids are in the order
    -- of time; what is given for good is not charged again, so it stands as billed
    select b.contract_id, b.line_id, o.id as earlier_id, o.amount_minor as gross_minor,
        o.quantity - n.quantity as quantity, o.amount_minor - n.amount_minor + d.amount_minor as amount_minor, n.freed
    from billed b
    join invoice_line o on o.contract_id = b.contract_id and o.contract_line_id = b.contract_line_id and o.id < b.at
        and (b.priced_by <> 'TIERS' or o.tier_period_starts_on = b.tier_period_starts_on)
    join invoice h on h.contract_id = o.contract_id and h.id = o.invoice_id and h.kind <> 'DEBIT_NOTE'
    cross join lateral (
        select coalesce(sum(n.quantity), 0) as quantity, coalesce(sum(n.amount_minor), 0) as amount_minor,
            coalesce(bool_or(n.frees_sources), false) as freed
        from credit_note_line n join credit_note m on m.contract_id = n.contract_id and m.id = n.credit_note_id
        where n.contract_id = o.contract_id and n.invoice_line_id = o.id and m.id < b.at
            and (m.status = 'ISSUED' or m.voided_entry_id > b.at)
            and not app.is_given(m.reason_code, n.frees_sources)) n
    cross join lateral (
        select coalesce(sum(x.amount_minor), 0) as amount_minor
        from invoice_line x join invoice y on y.contract_id = x.contract_id and y.id = x.invoice_id
        where x.contract_id = o.contract_id and x.corrects_line_id = o.id and x.id < b.at
            and y.kind = 'DEBIT_NOTE' and y.status <> 'VOID') d
    where (b.priced_by in ('TIERS', 'COST') or b.ceiling_minor is not null)
        and (h.status not in ('VOID', 'DISCARDED') or not exists (select from audit_event a
            where a.contract_id = h.contract_id and a.object_id = h.id and a.id < b.at
                and a.type in ('INVOICE_VOIDED', 'INVOICE_DISCARDED')))
), before as (
    select b.contract_id, b.line_id, coalesce(sum(h.quantity), 0) as quantity,
        coalesce(sum(h.amount_minor), 0) as amount_minor, coalesce(sum(h.gross_minor), 0) as gross_minor
    from billed b left join history h on h.contract_id = b.contract_id and h.line_id = b.line_id
    group by b.contract_id, b.line_id
)"""

BY_PRICE: Final = """by_price as (
    select b.contract_id, b.line_id, c.e0, c.e1, c.e2, c.e3, c.twice_to, c.e4, c.e5
    from billed b
    join summed s on s.contract_id = b.contract_id and s.line_id = b.line_id
    join before f on f.contract_id = b.contract_id and f.line_id = b.line_id
    cross join lateral (select s.cut_owed + s.cut_misplaced as cut_to) x
    cross join lateral (select
        app.extended_minor(expected, agreed, b.currency_code) + s.cut_owed as e0,
        app.extended_minor(expected + unaccepted, agreed, b.currency_code) + s.cut_owed as e1,
        app.extended_minor(expected + unaccepted + out_of_scope, agreed, b.currency_code) + s.cut_owed as e2,
        app.extended_minor(expected + unaccepted + out_of_scope + misplaced, agreed, b.currency_code) + x.cut_to as e3,
        app.extended_minor(expected + unaccepted + out_of_scope + misplaced + twice, agreed, b.currency_code)
            + x.cut_to + s.cut_twice as twice_to,
        app.extended_minor(b.quantity - s.cut_quantity, agreed, b.currency_code) + x.cut_to + s.cut_twice as e4,
        app.extended_minor(b.quantity - s.cut_quantity, b.unit_price, b.currency_code) + s.cut_billed as e5) e
    -- below its ceiling; what was credited since it was written may have made room or not
    cross join lateral (select case when b.ceiling_minor is not null then greatest(b.ceiling_minor - f.gross_minor,
        least(b.amount_minor, b.ceiling_minor - f.amount_minor), 0) end as minor) room
    cross join lateral (select least(e.e0, room.minor) as e0, least(e.e1, room.minor) as e1,
        least(e.e2, room.minor) as e2, least(e.e3, room.minor) as e3, least(e.twice_to, room.minor) as twice_to,
        least(e.e4, room.minor) as e4, least(e.e5, room.minor) as e5) c
    where b.priced_by = 'PRICE'
)"""

BY_TIERS: Final = """by_tiers as (
    select b.contract_id, b.line_id, e.e0, e.e1, e.e2, e.e3, e.twice_to, e.e4,
        case when abs(b.amount_minor - e.e4) = 1 then e.e4 else b.amount_minor end as e5
    from billed b
    join summed s on s.contract_id = b.contract_id and s.line_id = b.line_id
    join before f on f.contract_id = b.contract_id and f.line_id = b.line_id
    cross join lateral (
        select array_agg(greatest(app.tiered_minor(b.contract_id, b.contract_line_id, b.tiering,
            f.quantity + q.quantity, b.currency_code) - f.amount_minor, 0) order by q.step) as sums
        from unnest(array[expected, expected + unaccepted, expected + unaccepted + out_of_scope,
            expected + unaccepted + out_of_scope + misplaced,
            expected + unaccepted + out_of_scope + misplaced + twice, b.quantity]) with ordinality q (quantity, step)) v
    cross join lateral (select v.sums[1] as e0, v.sums[2] as e1, v.sums[3] as e2, v.sums[4] as e3,
        v.sums[5] as twice_to, v.sums[6] as e4) e
    where b.priced_by = 'TIERS'
)"""

BY_COST: Final = """cost as (
    -- the costs of each line, and of those before it: as they stood when it was written, and as they stand today
    select x.contract_id, x.line_id, x.own, a.category <> 'PASS_THROUGH' as earns, a.allowed_minor as today_minor,
        case when a.allowable then g.minor else 0 end as then_minor, g.minor as billed_minor,
        x.own and a.period_ends_on > x.period_ends_on as outside
    from (
        select b.contract_id, b.line_id, true as own, b.period_ends_on, b.at, s.actual_cost_id
        from billed b join invoice_source s on s.contract_id = b.contract_id and s.invoice_line_id = b.line_id
        where b.priced_by = 'COST'
        union all
        select b.contract_id, b.line_id, false, b.period_ends_on, b.at, s.actual_cost_id
        from billed b
        join history h on h.contract_id = b.contract_id and h.line_id = b.line_id and not h.freed
        join invoice_source s on s.contract_id = h.contract_id and s.invoice_line_id = h.earlier_id
        where b.priced_by = 'COST'
    ) x
    join actual_cost a on a.contract_id = x.contract_id and a.id = x.actual_cost_id
    cross join lateral (select a.cost_minor - coalesce(sum(q.disallowed_minor), 0) as minor
        from cost_question q where q.contract_id = a.contract_id and q.actual_cost_id = a.id
            and q.closed_at <= uuid_extract_timestamp(x.at)) g
), spent as (
    select b.contract_id, b.line_id, b.last, n.step,
        coalesce(sum(m.minor), 0) as minor, coalesce(sum(m.minor) filter (where c.earns), 0) as earning_minor
    from (select b.*, not exists (select from invoice_line o
            join invoice_source s on s.contract_id = o.contract_id and s.invoice_line_id = o.id
                and s.released_at is null and s.kind in ('COST_PERIOD', 'TRUE_UP')
            where o.contract_id = b.contract_id and o.contract_line_id = b.contract_line_id
                and o.id > b.line_id) as last
        from billed b where b.priced_by = 'COST') b
    cross join generate_series(0, 2) n (step)
    left join cost c on c.contract_id = b.contract_id and c.line_id = b.line_id and (n.step = 2 or not c.outside)
    -- what is disallowed after it was billed, the next invoice takes back: until then it is billed unaccepted
    left join lateral (select case when n.step = 0 then case when b.last then c.today_minor else c.then_minor end
        when c.own then c.billed_minor else c.then_minor end as minor) m on true
    group by b.contract_id, b.line_id, b.last, n.step
), final as (
    -- an incentive is settled by a true-up, once the term is over
    select b.contract_id, b.line_id, n.step, coalesce(bool_or(n.step >= t.from_step), false) as final
    from billed b
    cross join generate_series(0, 2) n (step)
    left join lateral (
        select case when s.period_ends_on > b.period_ends_on then 2 else 0 end as from_step
        from invoice_source s
        where s.contract_id = b.contract_id and s.invoice_line_id = b.line_id and s.kind = 'TRUE_UP'
        union all
        select 0 from history h join invoice_source s on s.contract_id = h.contract_id
            and s.invoice_line_id = h.earlier_id and s.kind = 'TRUE_UP'
        where h.contract_id = b.contract_id and h.line_id = b.line_id and not h.freed) t on true
    where b.priced_by = 'COST'
    group by b.contract_id, b.line_id, n.step
), by_cost as (
    select b.contract_id, b.line_id, v.sums[1] as e0, v.sums[2] as e1, v.sums[2] as e2, v.sums[3] as e3,
        v.sums[3] as twice_to, v.sums[3] as e4,
        case when abs(b.amount_minor - v.sums[3]) = 1 then v.sums[3] else b.amount_minor end as e5
    from billed b
    join before f on f.contract_id = b.contract_id and f.line_id = b.line_id
    cross join lateral (
        select array_agg(greatest(s.minor + coalesce(app.contract_fee_minor(b.contract_id, b.contract_line_id,
            s.earning_minor, t.final), 0) - f.amount_minor, 0)::bigint order by s.step) as sums
        from spent s join final t on t.contract_id = s.contract_id and t.line_id = s.line_id and t.step = s.step
        where s.contract_id = b.contract_id and s.line_id = b.line_id) v
    where b.priced_by = 'COST'
)"""

BY_COMMITMENT: Final = """by_commitment as (
    -- what was committed for the period, less what else had been billed of it when the line was written, beside it too
    select b.contract_id, b.line_id, v.minor as e0, v.minor as e1, v.minor as e2, v.minor as e3, v.minor as twice_to,
        v.minor as e4, b.amount_minor as e5
    from billed b
    join contract k on k.id = b.contract_id
    join invoice_line first on first.contract_id = b.contract_id and first.id = b.at
    join invoice_source s on s.contract_id = b.contract_id and s.invoice_line_id = b.line_id
    left join app.commitment_periods(b.starts_on, b.last_day, b.ends_on, k.minimum_commitment_per) p
        on p.starts_on = s.period_starts_on
    cross join lateral (
        select coalesce(sum(o.amount_minor - n.minor), 0) as minor
        from invoice_line o
        join invoice h on h.contract_id = o.contract_id and h.id = o.invoice_id
        cross join lateral (select coalesce(sum(n.amount_minor), 0) as minor
            from credit_note_line n join credit_note m on m.contract_id = n.contract_id and m.id = n.credit_note_id
            where n.contract_id = o.contract_id and n.invoice_line_id = o.id and m.id < b.at
                and (m.status = 'ISSUED' or m.voided_entry_id > b.at)
                and not app.is_given(m.reason_code, n.frees_sources)) n
        where o.contract_id = b.contract_id and o.contract_line_id <> b.contract_line_id
            and (o.id < b.at or o.invoice_id = first.invoice_id) and h.period_ends_on >= p.starts_on
            and (h.period_ends_on <= p.ends_on or p.ends_on = b.last_day)
            and (h.status not in ('VOID', 'DISCARDED') or not exists (select from audit_event a
                where a.contract_id = h.contract_id and a.object_id = h.id and a.id < b.at
                    and a.type in ('INVOICE_VOIDED', 'INVOICE_DISCARDED')))) so_far
    cross join lateral (select greatest(coalesce(app.round_half_even(
        k.minimum_commitment_minor::numeric(60, 30) * p.days / p.whole_days, 0), 0) - so_far.minor, 0)::bigint
        as minor) v
    where b.priced_by = 'COMMITMENT'
)"""
