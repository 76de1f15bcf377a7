SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r4$) AS row_to_json_1
      FROM (
        SELECT r1.starts_on AS "startsOn",
          r1.ends_on AS "endsOn",
          (
          SELECT coalesce(json_agg(r3$), '[]'::json) AS coalesce_1
          FROM (
            SELECT r2.measure AS measure,
              CASE WHEN (r2.cohort_starts_on IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT r2.cohort_starts_on AS "startsOn") AS o$) ELSE NULL END AS cohort,
              CASE WHEN (r2.measure = 'COMPLETED_WITHIN_30_DAYS') THEN 'PERCENT' WHEN (r2.measure = 'COMPLETED_WITHIN_60_DAYS') THEN 'PERCENT' WHEN (r2.measure = 'COMPLETED_WITHIN_90_DAYS') THEN 'PERCENT' WHEN (r2.measure = 'MEDIAN_DAYS_TO_COMPLETE') THEN 'DAYS' WHEN (r2.measure = 'P90_DAYS_TO_COMPLETE') THEN 'DAYS' WHEN (r2.measure = 'FIRST_ATTEMPT_PASS_RATE') THEN 'PERCENT' WHEN (r2.measure = 'STALLED_RATE') THEN 'PERCENT' WHEN (r2.measure = 'OVERRIDDEN_RATE') THEN 'PERCENT' WHEN (r2.measure = 'TICKETS_PER_100_LEARNERS') THEN 'TICKETS_PER_100_LEARNERS' END AS unit,
              CAST(trim_scale(r2.value) AS TEXT) AS value,
              r2.n AS n,
              CAST(trim_scale(r2.low) AS TEXT) AS low,
              CAST(trim_scale(r2.high) AS TEXT) AS high,
              r2.reason AS reason
            FROM (
              SELECT m.measure AS measure,
                m.position AS position,
                m.cohort_starts_on AS cohort_starts_on,
                m.cohort_ends_on AS cohort_ends_on,
                m.n AS n,
                m.value AS value,
                m.low AS low,
                m.high AS high,
                m.reason AS reason
              FROM ( with gathered as materialized ( select cohort, grouping(cohort) = 1 as whole, count(*) as learners, max(l.read_at) as last_read_at,
        count(*) filter (where l.state <> 'NOT_MEASURABLE' and not l.overridden and (l.completed_at is null or l.completed_at >= l.enrolled_at) and (l.state <> 'COMPLETE' or l.completed_at is not null) and l.enrolled_at + make_interval(days => 30) <= l.read_at) as n0,
        count(*) filter (where l.state <> 'NOT_MEASURABLE' and not l.overridden and (l.completed_at is null or l.completed_at >= l.enrolled_at) and (l.state <> 'COMPLETE' or l.completed_at is not null) and l.enrolled_at + make_interval(days => 30) <= l.read_at and l.completed_at <= l.enrolled_at + make_interval(days => 30)) as hits0,
        cast(null as float8[]) as days0,
        bool_or(true) as known0,
        count(*) filter (where l.state <> 'NOT_MEASURABLE' and not l.overridden and (l.completed_at is null or l.completed_at >= l.enrolled_at) and (l.state <> 'COMPLETE' or l.completed_at is not null) and l.enrolled_at + make_interval(days => 60) <= l.read_at) as n1,
        count(*) filter (where l.state <> 'NOT_MEASURABLE' and not l.overridden and (l.completed_at is null or l.completed_at >= l.enrolled_at) and (l.state <> 'COMPLETE' or l.completed_at is not null) and l.enrolled_at + make_interval(days => 60) <= l.read_at and l.completed_at <= l.enrolled_at + make_interval(days => 60)) as hits1,
        cast(null as float8[]) as days1,
        bool_or(true) as known1,
        count(*) filter (where l.state <> 'NOT_MEASURABLE' and not l.overridden and (l.completed_at is null or l.completed_at >= l.enrolled_at) and (l.state <> 'COMPLETE' or l.completed_at is not null) and l.enrolled_at + make_interval(days => 90) <= l.read_at) as n2,
        count(*) filter (where l.state <> 'NOT_MEASURABLE' and not l.overridden and (l.completed_at is null or l.completed_at >= l.enrolled_at) and (l.state <> 'COMPLETE' or l.completed_at is not null) and l.enrolled_at + make_interval(days => 90) <= l.read_at and l.completed_at <= l.enrolled_at + make_interval(days => 90)) as hits2,
        cast(null as float8[]) as days2,
        bool_or(true) as known2,
        count(*) filter (where l.state <> 'NOT_MEASURABLE' and not l.overridden and l.state = 'COMPLETE' and l.completed_at >= l.enrolled_at) as n3,
        count(*) filter (where l.state <> 'NOT_MEASURABLE' and not l.overridden and l.state = 'COMPLETE' and l.completed_at >= l.enrolled_at and false) as hits3,
        array_agg(cast(extract(epoch from l.completed_at - l.enrolled_at) as float8) / 86400) filter (where l.state <> 'NOT_MEASURABLE' and not l.overridden and l.state = 'COMPLETE' and l.completed_at >= l.enrolled_at) as days3,
        bool_or(l.completed_at is not null) as known3,
        count(*) filter (where l.state <> 'NOT_MEASURABLE' and not l.overridden and l.state = 'COMPLETE' and l.completed_at >= l.enrolled_at) as n4,
        count(*) filter (where l.state <> 'NOT_MEASURABLE' and not l.overridden and l.state = 'COMPLETE' and l.completed_at >= l.enrolled_at and false) as hits4,
        array_agg(cast(extract(epoch from l.completed_at - l.enrolled_at) as float8) / 86400) filter (where l.state <> 'NOT_MEASURABLE' and not l.overridden and l.state = 'COMPLETE' and l.completed_at >= l.enrolled_at) as days4,
        bool_or(l.completed_at is not null) as known4,
        count(*) filter (where l.state <> 'NOT_MEASURABLE' and not l.overridden and l.first_attempt_passed is not null) as n5,
        count(*) filter (where l.state <> 'NOT_MEASURABLE' and not l.overridden and l.first_attempt_passed is not null and l.first_attempt_passed) as hits5,
        cast(null as float8[]) as days5,
        bool_or(l.first_attempt_passed is not null) as known5,
        count(*) filter (where l.state <> 'NOT_MEASURABLE' and not l.overridden and l.left_at is null and l.enrolled_at + make_interval(days => 30) <= l.read_at) as n6,
        count(*) filter (where l.state <> 'NOT_MEASURABLE' and not l.overridden and l.left_at is null and l.enrolled_at + make_interval(days => 30) <= l.read_at and l.state = 'INCOMPLETE' and coalesce(l.last_active_at, l.enrolled_at) + make_interval(days => 30) <= l.read_at) as hits6,
        cast(null as float8[]) as days6,
        bool_or(l.last_active_at is not null) as known6,
        count(*) filter (where l.state <> 'NOT_MEASURABLE') as n7,
        count(*) filter (where l.state <> 'NOT_MEASURABLE' and l.overridden) as hits7,
        cast(null as float8[]) as days7,
        bool_or(true) as known7 from ( select c.*, cast(date_trunc('month', timezone(r1.time_zone, c.enrolled_at)) as date) as cohort from lms_completion c where c.contract_id = r1.contract_id and c.site_id = r1.site_id and c.course_key = any (r1.course_keys) and c.enrolled_at >= timezone(r1.time_zone, cast(r1.starts_on as timestamp)) and c.enrolled_at < timezone(r1.time_zone, cast(r1.next_starts_on as timestamp)) ) l group by grouping sets ((cohort), ()) ), counted as ( select g.cohort, g.whole, r.*, bool_or(r.known) over same as source,
        max(g.last_read_at) over same as last_read,
        count(*) filter (where not whole and n between 1 and 9) over same as small_cohorts,
        coalesce(sum(n) filter (where not whole and n between 1 and 9) over same, 0) as small_learners from gathered g cross join lateral (values ('COMPLETED_WITHIN_30_DAYS', 0, n0, hits0, days0, known0, null, 30),
            ('COMPLETED_WITHIN_60_DAYS', 1, n1, hits1, days1, known1, null, 60),
            ('COMPLETED_WITHIN_90_DAYS', 2, n2, hits2, days2, known2, null, 90),
            ('MEDIAN_DAYS_TO_COMPLETE', 3, n3, hits3, days3, known3, 0.5, 0),
            ('P90_DAYS_TO_COMPLETE', 4, n4, hits4, days4, known4, 0.9, 0),
            ('FIRST_ATTEMPT_PASS_RATE', 5, n5, hits5, days5, known5, null, 0),
            ('STALLED_RATE', 6, n6, hits6, days6, known6, null, 30),
            ('OVERRIDDEN_RATE', 7, n7, hits7, days7, known7, null, 0) ) as r (measure, position, n, hits, days, known, quantile, open_days) window same as (partition by r.measure) ), explained as ( select c.*, case when source is not true then 'SOURCE_MISSING' when not whole and timezone(r1.time_zone, cast(cohort as timestamp)) + make_interval(days => open_days) > last_read then 'TOO_EARLY' when n < 10 then 'SUPPRESSED_SMALL_N' when whole and small_cohorts > 0 and (small_cohorts < 2 or small_learners < 10) then 'SUPPRESSED_COMPLEMENT' end as reason from counted c ), worked_out as ( select e.*, p.share, q.days as at from explained e cross join lateral (select coalesce(quantile, cast(hits as float8) / nullif(n, 0)) as share) p left join lateral ( select percentile_cont(array[p.share, least(1, greatest(0, (p.share + 3.8414588206941254 / (2 * nullif(n, 0)) - 1.959963984540054 * sqrt(p.share * (1 - p.share) / nullif(n, 0) + 3.8414588206941254 / (4 * nullif(n, 0) * nullif(n, 0)))) / (1 + 3.8414588206941254 / nullif(n, 0)))), least(1, greatest(0, (p.share + 3.8414588206941254 / (2 * nullif(n, 0)) + 1.959963984540054 * sqrt(p.share * (1 - p.share) / nullif(n, 0) + 3.8414588206941254 / (4 * nullif(n, 0) * nullif(n, 0)))) / (1 + 3.8414588206941254 / nullif(n, 0))))]) within group (order by d) as days from unnest(e.days) d ) q on e.quantile is not null and e.n > 0 ), helped as materialized ( select (select count(*) from lms_site s where s.contract_id = r1.contract_id) as sites,
        (select count(*) from contract_line k where k.contract_id = r1.contract_id and k.unit = 'TICKET') as ticket_lines,
        (select cast(coalesce(sum(coalesce(w.accepted_quantity, w.quantity)), 0) as float8) from work_record w join contract_line k on k.contract_id = w.contract_id and k.id = w.line_id where w.contract_id = r1.contract_id and k.unit = 'TICKET' and w.status not in ('REJECTED', 'VOIDED') and w.performed_to >= r1.starts_on and w.performed_to < r1.next_starts_on) as tickets,
        (select count(distinct c.member_number) from lms_completion c where c.contract_id = r1.contract_id and c.site_id = r1.site_id and c.enrolled_at < timezone(r1.time_zone, cast(r1.next_starts_on as timestamp)) and (c.left_at is null or c.left_at >= timezone(r1.time_zone, cast(r1.starts_on as timestamp)))) as n,
        (select count(*) from gathered where not whole and learners < 10) as small_cohorts,
        (select coalesce(sum(learners), 0) from gathered where not whole and learners < 10) as small_learners ), tickets as materialized ( select t.*, case when t.ticket_lines = 0 or t.n = 0 then 'SOURCE_MISSING' when t.sites > 1 then 'SOURCE_NOT_BY_SITE' when t.n < 10 then 'SUPPRESSED_SMALL_N' when t.small_cohorts > 0 and (t.small_cohorts < 2 or t.small_learners < 10) then 'SUPPRESSED_COMPLEMENT' end as reason from helped t ) select measure, position, cohort as cohort_starts_on,
    cast(cohort + interval '1 month' - interval '1 day' as date) as cohort_ends_on, reason,
    case when reason is null then n end as n,
    case when reason is null then round(cast(coalesce(at[1], 100 * share) as numeric), 2) end as value,
    case when reason is null then round(cast(coalesce(at[2], 100 * least(1, greatest(0, (share + 3.8414588206941254 / (2 * nullif(n, 0)) - 1.959963984540054 * sqrt(share * (1 - share) / nullif(n, 0) + 3.8414588206941254 / (4 * nullif(n, 0) * nullif(n, 0)))) / (1 + 3.8414588206941254 / nullif(n, 0))))) as numeric), 2) end as low,
    case when reason is null then round(cast(coalesce(at[3], 100 * least(1, greatest(0, (share + 3.8414588206941254 / (2 * nullif(n, 0)) + 1.959963984540054 * sqrt(share * (1 - share) / nullif(n, 0) + 3.8414588206941254 / (4 * nullif(n, 0) * nullif(n, 0)))) / (1 + 3.8414588206941254 / nullif(n, 0))))) as numeric), 2) end as high from worked_out union all select 'TICKETS_PER_100_LEARNERS', 8, null, null, reason,
    case when reason is null then n end,
    case when reason is null then round(cast(100 * tickets / n as numeric), 2) end,
    case when reason is null then round(cast(greatest(0, 100 * (tickets + 3.8414588206941254 / 2 - 1.959963984540054 * sqrt(tickets + 3.8414588206941254 / 4)) / n) as numeric), 2) end,
    case when reason is null then round(cast(greatest(0, 100 * (tickets + 3.8414588206941254 / 2 + 1.959963984540054 * sqrt(tickets + 3.8414588206941254 / 4)) / n) as numeric), 2) end from tickets ) as m) AS r2
            ORDER BY r2.cohort_starts_on ASC NULLS LAST,
              r2.position) AS r3$) AS measures
        FROM (
          SELECT contract.id AS contract_id,
            lms_site.id AS site_id,
            contract.time_zone AS time_zone,
            CAST($1::TEXT[] AS TEXT[]) AS course_keys,
            CAST(date_trunc($2::VARCHAR, CAST($3::DATE AS DATE)) AS DATE) AS starts_on,
            CAST(date_trunc($4::VARCHAR, CAST($5::DATE AS DATE)) + interval '1 month' AS DATE) AS next_starts_on,
            CAST(date_trunc($4::VARCHAR, CAST($5::DATE AS DATE)) + interval '1 month' AS DATE) - 1 AS ends_on
          FROM contract,
            lms_site
          WHERE contract.id = $6::UUID AND lms_site.contract_id = contract.id AND lms_site.id = $7::UUID AND contract.vendor_id = $8::UUID AND app.sees_learners(contract.id, contract.association_id, contract.vendor_id, lms_site.id) AND CAST($3::DATE AS DATE) <= CAST($5::DATE AS DATE) AND CAST(date_trunc($4::VARCHAR, CAST($5::DATE AS DATE)) + interval '1 month' AS DATE) <= CAST(date_trunc($2::VARCHAR, CAST($3::DATE AS DATE)) AS DATE) + interval '36 months') AS r1) AS r4$) AS "learningEffectiveness") AS o$) AS json_object_of_1
