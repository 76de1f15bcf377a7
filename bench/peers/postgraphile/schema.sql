-- What PostGraphile is given beside our tables, as its manual recommends: views for figures that are computed, functions
-- for searches. The views run with the rights of who asks, so that the same policies guard the rows below them.
-- Figures are made by the same functions of the schema `app`, and in the same way, as ours are.

drop schema if exists bench_postgraphile cascade;
create schema bench_postgraphile;
grant usage on schema bench_postgraphile to chapterhouse_app;

create view bench_postgraphile.scope_line with (security_invoker = true) as
select contract_id, id, revision, position, key, title, kind, unit,
    quantity as contracted,
    submitted_quantity as submitted,
    accepted_quantity as accepted,
    billed_quantity as billed,
    quantity - used as remaining,
    app.round_half_even(used * 100 / quantity, 2) as burn_percent
from contract_line
cross join lateral (select case kind when 'RECURRING' then billed_quantity else accepted_quantity end as used) burn;

create view bench_postgraphile.invoice_book with (security_invoker = true) as
select i.contract_id, i.id, i.number, i.status, i.issued_at, i.currency_code,
    round(i.total_minor / unit, digits) as total,
    round(book.price / unit, digits) as price,
    case when seen.disclosure = 'FULL' then round(book.cost / unit, digits) end as cost,
    case when seen.disclosure = 'FULL' then round((book.price - book.cost) / unit, digits) end as gross_margin,
    case when seen.disclosure = 'FULL' then round(book.platform_fee / unit, digits) end as platform_fee,
    case when seen.disclosure = 'FULL' then round((book.price - book.cost - book.platform_fee) / unit, digits) end
        as vendor_margin
from invoice i
cross join lateral (select app.currency_digits(i.currency_code) as digits) money
cross join lateral (select power(10::numeric, digits) as unit) minor
cross join lateral (
    select app.disclosure(c.id, c.association_id, c.vendor_id) as disclosure from contract c where c.id = i.contract_id offset 0
) seen
cross join lateral (
    select coalesce(sum(l.amount_minor), 0) as price, coalesce(sum(k.cost_minor), 0) as cost,
        coalesce(sum(k.platform_fee_minor), 0) as platform_fee
    from invoice_line l
    left join invoice_line_cost k on k.contract_id = l.contract_id and k.invoice_line_id = l.id
    where l.contract_id = i.contract_id and l.invoice_id = i.id
) book;

create type bench_postgraphile.facet as (field text, value text, count bigint);

create function bench_postgraphile.search_offerings(words text) returns setof catalog_listing language sql stable as $$
    with wanted as (select app.catalog_query(left(words, 200)) as query)
    select * from catalog_listing l
    where l.search @@ (select query from wanted)
    order by ts_rank('{0.05, 0.05, 0.1, 0.3}', l.search, (select query from wanted))
        + 0.1::float8 / length(l.title) + (lower(l.title) = lower(btrim(left(words, 200))))::integer desc,
        l.published_at desc, l.id desc
$$;

-- PostGraphile's aggregates group by a column and not by what is in its lists; so this counts, `total` being all of them
create function bench_postgraphile.search_facets(words text) returns setof bench_postgraphile.facet language sql stable as $$
    with found as materialized (
        select category, delivery_countries, languages, office_types, units, currency_code, deepest_disclosure_tier
        from catalog_listing l
        where l.search @@ (select app.catalog_query(left(words, 200)))
    )
    select 'total', null, count(*) from found
    union all select 'category', category, count(*) from found group by 2
    union all select 'deliveryCountry', value, count(*) from found, unnest(delivery_countries) value group by 2
    union all select 'language', value, count(*) from found, unnest(languages) value group by 2
    union all select 'officeType', value, count(*) from found, unnest(office_types) value group by 2
    union all select 'unit', value, count(*) from found, unnest(units) value group by 2
    union all select 'currency', currency_code, count(*) from found group by 2
    union all select 'deepestDisclosureTier', tier, count(*)
        from found, unnest(array['CLOSED', 'BAND', 'OPEN_BOOK']) with ordinality open (tier, depth)
        where depth <= array_position(array['CLOSED', 'BAND', 'OPEN_BOOK'], deepest_disclosure_tier) group by 2
$$;

grant select on all tables in schema bench_postgraphile to chapterhouse_app;
