"""Learning effectiveness in SQL: one pass over the learners of some courses, by cohort and over all.

A cohort is a month of enrolment in the association's time zone. A total is told beside its cohorts only where those
that are suppressed cannot be had by subtracting the others from it: there is none, or there are two or more that come
to ten learners together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ARRAY, Date, Integer, Interval, Numeric, Text, and_, cast, func, literal_column, select, text
from sqlmodel import col

from services.contracts.models import Contract
from services.contracts.reads import concerns
from services.lms_admin.learning.measures import FEWEST, OF_COHORTS, TICKETS, Measure, Reason, Z
from services.lms_admin.sites.models import LmsSite

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from typing import Final
    from uuid import UUID

    from sqlalchemy import ColumnElement, Select

    from core.reader import Reader

MOST_MONTHS: Final = 36


def effectiveness(
    reader: Reader,
    contract_id: UUID | ColumnElement[UUID],
    site_id: UUID | ColumnElement[UUID],
    *,
    course_keys: Sequence[str] | ColumnElement[Any],
    first: date | ColumnElement[date],
    last: date | ColumnElement[date],
) -> Select[Any]:
    """What is asked, its window widened to whole months; no row for whoever does not see the site's learners."""
    starts_on = cast(func.date_trunc("month", cast(first, Date)), Date)
    next_starts_on = cast(func.date_trunc("month", cast(last, Date)) + _interval("1 month"), Date)
    columns: list[Any] = [
        col(Contract.id).label("contract_id"),
        col(LmsSite.id).label("site_id"),
        col(Contract.time_zone).label("time_zone"),
        cast(course_keys, ARRAY(Text)).label("course_keys"),
        starts_on.label("starts_on"),
        next_starts_on.label("next_starts_on"),
        (next_starts_on - literal_column("1", Integer())).label("ends_on"),
    ]
    return select(*columns).where(
        col(Contract.id) == contract_id,
        col(LmsSite.contract_id) == Contract.id,
        col(LmsSite.id) == site_id,
        concerns(reader, Contract),
        func.app.sees_learners(Contract.id, Contract.association_id, Contract.vendor_id, LmsSite.id),
        and_(cast(first, Date) <= cast(last, Date), next_starts_on <= starts_on + _interval(f"{MOST_MONTHS} months")),
    )


def measured(asked: Any) -> Select[Any]:  # noqa: ANN401  (a row of `effectiveness`)
    """Every measure of every cohort that has learners, and of all of them together; of tickets, only the latter."""
    columns: dict[str, Any] = {
        "measure": Text(),
        "position": Integer(),
        "cohort_starts_on": Date(),
        "cohort_ends_on": Date(),
        "n": Integer(),
        "value": Numeric(),
        "low": Numeric(),
        "high": Numeric(),
        "reason": Text(),
    }
    named = {name: str(getattr(asked, name)) for name in ("contract_id", "site_id", "time_zone", "course_keys")}
    named |= {name: str(getattr(asked, name)) for name in ("starts_on", "next_starts_on")}
    values: Select[Any] = select(*(literal_column(f"m.{name}", type_).label(name) for name, type_ in columns.items()))
    return values.select_from(text(f"({_SQL.format(**named)}) as m"))


def _gathered(at: int, measure: Measure) -> str:
    """One measure in a single pass over the learners: how many there are, how many count, and their days."""
    elapsed = "cast(extract(epoch from l.completed_at - l.enrolled_at) as float8) / 86400"
    days = f"array_agg({elapsed}) filter (where {measure.of})"
    return f"""count(*) filter (where {measure.of}) as n{at},
        count(*) filter (where {measure.of} and {measure.counts}) as hits{at},
        {days if measure.quantile else "cast(null as float8[])"} as days{at},
        bool_or({measure.needs}) as known{at}"""


def _row(at: int, measure: Measure) -> str:
    quantile = measure.quantile or "null"
    return f"('{measure.id}', {at}, n{at}, hits{at}, days{at}, known{at}, {quantile}, {measure.open_days})"


def wilson_end(share: str, sign: str) -> str:
    """An end of Wilson's interval of a share of n; null of nobody."""
    n = "nullif(n, 0)"
    spread = f"{Z} * sqrt({share} * (1 - {share}) / {n} + {Z**2} / (4 * {n} * {n}))"
    return f"least(1, greatest(0, ({share} + {Z**2} / (2 * {n}) {sign} {spread}) / (1 + {Z**2} / {n})))"


def _rounded(number: str) -> str:
    return f"round(cast({number} as numeric), 2)"


_GATHERED = ",\n        ".join(_gathered(at, measure) for at, measure in enumerate(OF_COHORTS))
_ROWS = ",\n            ".join(_row(at, measure) for at, measure in enumerate(OF_COHORTS))
_SMALL = f"n between 1 and {FEWEST - 1}"
_LOW = wilson_end("share", "-")
_HIGH = wilson_end("share", "+")
_POISSON = f"greatest(0, 100 * (tickets + {Z**2} / 2 {{}} {Z} * sqrt(tickets + {Z**2} / 4)) / n)"
_IN_ZONE = "timezone({{time_zone}}, cast({} as timestamp))"

_SQL: Final = f"""
with gathered as materialized (
    select cohort, grouping(cohort) = 1 as whole, count(*) as learners, max(l.read_at) as last_read_at,
        {_GATHERED}
    from (
        select c.*, cast(date_trunc('month', timezone({{time_zone}}, c.enrolled_at)) as date) as cohort
        from lms_completion c
        where c.contract_id = {{contract_id}} and c.site_id = {{site_id}} and c.course_key = any ({{course_keys}})
            and c.enrolled_at >= {_IN_ZONE.format("{starts_on}")}
            and c.enrolled_at < {_IN_ZONE.format("{next_starts_on}")}
    ) l
    group by grouping sets ((cohort), ())
), counted as (
    select g.cohort, g.whole, r.*, bool_or(r.known) over same as source,
        max(g.last_read_at) over same as last_read,
        count(*) filter (where not whole and {_SMALL}) over same as small_cohorts,
        coalesce(sum(n) filter (where not whole and {_SMALL}) over same, 0) as small_learners
    from gathered g cross join lateral (values
            {_ROWS}
        ) as r (measure, position, n, hits, days, known, quantile, open_days)
    window same as (partition by r.measure)
), explained as (
    select c.*, case
            when source is not true then '{Reason.SOURCE_MISSING}'
            when not whole and timezone({{time_zone}}, cast(cohort as timestamp)) + make_interval(days => open_days)
                > last_read then '{Reason.TOO_EARLY}'
            when n < {FEWEST} then '{Reason.SUPPRESSED_SMALL_N}'
            when whole and small_cohorts > 0 and (small_cohorts < 2 or small_learners < {FEWEST})
                then '{Reason.SUPPRESSED_COMPLEMENT}'
        end as reason
    from counted c
), worked_out as (
    select e.*, p.share, q.days as at
    from explained e
    cross join lateral (select coalesce(quantile, cast(hits as float8) / nullif(n, 0)) as share) p
    left join lateral (
        select percentile_cont(array[p.share, {wilson_end("p.share", "-")}, {wilson_end("p.share", "+")}])
            within group (order by d) as days
        from unnest(e.days) d
    ) q on e.quantile is not null and e.n > 0
), helped as materialized (
    select
        (select count(*) from lms_site s where s.contract_id = {{contract_id}}) as sites,
        (select count(*) from contract_line k
            where k.contract_id = {{contract_id}} and k.unit = 'TICKET') as ticket_lines,
        (select cast(coalesce(sum(coalesce(w.accepted_quantity, w.quantity)), 0) as float8)
            from work_record w join contract_line k on k.contract_id = w.contract_id and k.id = w.line_id
            where w.contract_id = {{contract_id}} and k.unit = 'TICKET' and w.status not in ('REJECTED', 'VOIDED')
                and w.performed_to >= {{starts_on}} and w.performed_to < {{next_starts_on}}) as tickets,
        (select count(distinct c.member_number) from lms_completion c
            where c.contract_id = {{contract_id}} and c.site_id = {{site_id}}
                and c.enrolled_at < {_IN_ZONE.format("{next_starts_on}")}
                and (c.left_at is null or c.left_at >= {_IN_ZONE.format("{starts_on}")})) as n,
        (select count(*) from gathered where not whole and learners < {FEWEST}) as small_cohorts,
        (select coalesce(sum(learners), 0) from gathered where not whole and learners < {FEWEST}) as small_learners
), tickets as materialized (
    select t.*, case
            when t.ticket_lines = 0 or t.n = 0 then '{Reason.SOURCE_MISSING}'
            when t.sites > 1 then '{Reason.SOURCE_NOT_BY_SITE}'
            when t.n < {FEWEST} then '{Reason.SUPPRESSED_SMALL_N}'
            when t.small_cohorts > 0 and (t.small_cohorts < 2 or t.small_learners < {FEWEST})
                then '{Reason.SUPPRESSED_COMPLEMENT}'
        end as reason
    from helped t
)
select measure, position, cohort as cohort_starts_on,
    cast(cohort + interval '1 month' - interval '1 day' as date) as cohort_ends_on, reason,
    case when reason is null then n end as n,
    case when reason is null then {_rounded("coalesce(at[1], 100 * share)")} end as value,
    case when reason is null then {_rounded(f"coalesce(at[2], 100 * {_LOW})")} end as low,
    case when reason is null then {_rounded(f"coalesce(at[3], 100 * {_HIGH})")} end as high
from worked_out
union all
select '{TICKETS.id}', {len(OF_COHORTS)}, null, null, reason,
    case when reason is null then n end,
    case when reason is null then {_rounded("100 * tickets / n")} end,
    case when reason is null then {_rounded(_POISSON.format("-"))} end,
    case when reason is null then {_rounded(_POISSON.format("+"))} end
from tickets
"""  # noqa: S608  (our own words)


def _interval(words: str) -> ColumnElement[Any]:
    return literal_column(f"interval '{words}'", Interval())
