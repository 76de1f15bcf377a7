-- Vendors with their members, and what they offer; `bench.offerings` and `bench.vendors` say how much.

insert into organization (id, kind, name, country_code, time_zone, created_at)
select pg_temp.id('vendor', n), 'VENDOR', pg_temp.company(n),
    pg_temp.pick(array['US', 'US', 'US', 'CA', 'GB', 'IN', 'PH', 'MX', 'PL', 'ZA'], n, 21),
    pg_temp.pick(array['America/New_York', 'America/Chicago', 'America/Denver', 'Europe/London'], n, 22),
    timestamptz '2022-01-01' + n * interval '1 hour'
from generate_series(1, current_setting('bench.vendors')::int) n;

insert into member (id, organization_id, person_id, kind, name, email, roles, created_at)
select pg_temp.id('member', n * 3 + place), pg_temp.id('vendor', n), pg_temp.id('member', n * 3 + place), 'PERSON',
    'Member ' || n || '-' || place, 'member' || place || '@vendor' || n || '.example',
    string_to_array((array['OWNER,SIGNATORY', 'CATALOG_MANAGER,FINANCE', 'DELIVERY,AUDITOR'])[place], ','),
    timestamptz '2022-01-01' + n * interval '1 hour'
from generate_series(1, current_setting('bench.vendors')::int) n, generate_series(1, 3) place;

insert into subject (issuer, subject, person_id, bound_at)
select 'self', 'bench:' || email, person_id, created_at from member where email like '%@vendor%.example';

create temp table offered on commit drop as
select n, pg_temp.id('offering', n) as id, pg_temp.id('version', n) as version_id,
    pg_temp.id('vendor', 1 + n % current_setting('bench.vendors')::int) as vendor_id,
    (array['HOSTING', 'LMS_ADMINISTRATION', 'HELP_DESK', 'CONTENT_MANAGEMENT', 'PROJECT_MANAGEMENT',
        'SUBJECT_MATTER_EXPERTISE', 'LIVE_TRAINING'])[1 + pg_temp.roll(n, 31) % 7] as category,
    pg_temp.pick(array['USD', 'USD', 'USD', 'USD', 'CAD', 'GBP', 'EUR'], n, 32) as currency_code,
    timestamptz '2022-02-01' + n * (interval '1500 days' / current_setting('bench.offerings')::int)
        + (pg_temp.roll(n, 33) % 86400) * interval '1 second' as published_at
from generate_series(1, current_setting('bench.offerings')::int) n;

insert into offering (id, vendor_id, status, current_version_id, created_at, published_at)
select id, vendor_id, 'PUBLISHED', version_id, published_at - interval '3 days', published_at from offered;

insert into offering_version (id, offering_id, vendor_id, number, title, summary, category, delivery_countries, languages,
    time_zone, office_types, deepest_disclosure_tier, deliverables, exclusions, assumptions, buyer_inputs, created_at,
    published_at)
select version_id, id, vendor_id, 1,
    pg_temp.service(category, n) || ' for ' || pg_temp.audience(n)
        || pg_temp.pick(array['', '', '', ' around the clock', ' in two languages', ', essentials', ', all included'], n, 41),
    pg_temp.pick(array['A staffed team', 'Two named specialists', 'A lead with deputies', 'A shared bench of experts'], n, 42)
        || ' for ' || pg_temp.audience(n + 1000003) || ' and their associations: '
        || lower(pg_temp.service(category, n + 7)) || ', with '
        || pg_temp.pick(array['a monthly report', 'a weekly call', 'a standing review', 'a public status page'], n, 43)
        || ' and ' || pg_temp.pick(array['no lock-in', 'notice of thirty days', 'a way back', 'a named deputy'], n, 44)
        || '. Priced by what is used, with the margin in plain sight.',
    category,
    array(select distinct c from unnest(array['US', pg_temp.pick(array['CA', 'GB', 'IN', 'PH', 'MX', 'PL'], n, 45)]) c),
    array['en'] || case when pg_temp.roll(n, 46) % 10 < 3 then array['es'] else '{}' end
        || case when pg_temp.roll(n, 47) % 10 < 2 then array['fr'] else '{}' end
        || case when pg_temp.roll(n, 48) % 20 = 0 then array['de'] else '{}' end,
    pg_temp.pick(array['America/New_York', 'America/Chicago', 'Europe/London'], n, 49),
    case pg_temp.roll(n, 50) % 3 when 0 then array['FRONT_OFFICE'] when 1 then array['BACK_OFFICE']
        else array['FRONT_OFFICE', 'BACK_OFFICE'] end,
    pg_temp.pick(array['CLOSED', 'BAND', 'OPEN_BOOK'], n, 51),
    array['Every request answered by a person', 'A monthly report of volumes and causes',
        initcap(pg_temp.pick(array['a knowledge base', 'an accessibility statement', 'a data dictionary'], n, 52))],
    array['Licences of the platform'], array['The platform stays as it is for ninety days'],
    array['A named contact', 'Read access to the membership system'], published_at - interval '3 days', published_at
from offered;

create temp table rated on commit drop as
select o.version_id, o.vendor_id, o.currency_code, e.position,
    (array['specialist', 'lead', 'ticket', 'month', 'set-up'])[e.position] as key,
    (array['Specialist', 'Lead specialist', 'Ticket', 'Standing service', 'Set-up'])[e.position] as title,
    (array['BACK_OFFICE', 'FRONT_OFFICE', 'FRONT_OFFICE', 'BACK_OFFICE', 'BACK_OFFICE'])[e.position] as office_type,
    (array['HOUR', 'DAY', 'TICKET', 'MONTH', 'LUMP_SUM'])[e.position] as unit,
    ((array[30, 420, 4, 900, 2400])[e.position] * (1 + pg_temp.roll(o.n, 61) % 40 / 40.0))::numeric(18, 2) as unit_cost
from offered o cross join generate_series(1, 3 + pg_temp.roll(o.n, 62) % 3) e(position);

insert into rate_card_entry (version_id, vendor_id, key, position, title, office_type, unit, unit_price, currency_code,
    published)
select version_id, vendor_id, key, position, title, office_type, unit, (unit_cost * 1.4)::numeric(18, 2), currency_code, true
from rated;

insert into rate_card_cost (version_id, vendor_id, key, unit_cost, currency_code)
select version_id, vendor_id, key, unit_cost, currency_code from rated;

insert into service_level (version_id, vendor_id, key, position, metric, threshold_minutes, target_percent, period, published)
select o.version_id, o.vendor_id, (array['first-response', 'resolution', 'uptime', 'on-time'])[l.position], l.position,
    (array['FIRST_RESPONSE_WITHIN_MINUTES', 'RESOLUTION_WITHIN_MINUTES', 'UPTIME', 'DELIVERED_ON_TIME'])[l.position],
    (array[60, 1440, null, null])[l.position] * (1 + pg_temp.roll(o.n, 63) % 3),
    (array[95.00, 90.00, 99.90, 97.50])[l.position], (array['MONTH', 'MONTH', 'QUARTER', 'YEAR'])[l.position], true
from offered o cross join generate_series(1, 2 + pg_temp.roll(o.n, 64) % 3) l(position);
