-- A vendor (bench.vendor) with bench.contracts contracts in force, and bench.records accepted records of work under each.
insert into organization (id, kind, name, country_code, time_zone, created_at, platform_fee_percent)
select uuidv7(), 'OPERATOR', 'The Marketplace', 'US', 'UTC', now(), 3
where not exists (select from organization where kind = 'OPERATOR');

insert into organization (id, kind, name, country_code, time_zone, created_at)
select id, kind, kind || ' ' || id, 'US', 'UTC', now()
from (values ('VENDOR', current_setting('bench.vendor')::uuid), ('ASSOCIATION', uuidv7())) as party (kind, id);

insert into contract (id, association_id, vendor_id, offering_id, offering_version_id, revision, status, title, starts_on,
    ends_on, time_zone, currency_code, payment_terms_days, disclosure_tier, platform_fee_percent, total_value_minor,
    content_hash, offer_expires_on, proposed_at, vendor_signed_at, association_signed_at, activated_at)
select uuidv7(), a.id, v.id, v.id, v.id, 1, 'ACTIVE', 'Help desk ' || n, '2026-01-01', '2026-12-31', 'UTC', 'USD', 30,
    'OPEN_BOOK', 3, 0, repeat('0', 64), '2026-01-01', now(), now(), now(), now()
from generate_series(1, current_setting('bench.contracts')::int) n,
    (select id from organization where kind = 'ASSOCIATION' order by id desc limit 1) a,
    (select current_setting('bench.vendor')::uuid as id) v;

insert into contract_line (contract_id, id, association_id, vendor_id, revision, position, key, title, kind, rate_card_key,
    rate_version, unit, currency_code, quantity, quantity_basis, unit_price, value_minor, acceptance_criteria,
    recorded_quantity, submitted_quantity, accepted_quantity)
select c.id, uuidv7(), c.association_id, c.vendor_id, 1, n, 'line-' || n, 'Line ' || n, 'TIME_AND_MATERIALS', 'line-' || n,
    1, 'HOUR', 'USD', 100000, 'ESTIMATE', 40 + n * 3.125, 0, '{}', 10000, 10000, 10000
from contract c, generate_series(1, 4) n where c.vendor_id = current_setting('bench.vendor')::uuid;

insert into contract_line_cost (contract_id, line_id, association_id, vendor_id, unit_cost, salt, commitment)
select contract_id, id, association_id, vendor_id, unit_price * 0.75, '', '-'
from contract_line where vendor_id = current_setting('bench.vendor')::uuid;

insert into work_record (contract_id, id, association_id, vendor_id, line_id, status, quantity, performed_from,
    performed_to, performed_by, description, in_scope, recorded_at, accepted_quantity)
select contract_id, uuidv7(), association_id, vendor_id, id, 'ACCEPTED', 1.25, '2026-02-01', date '2026-02-01' + n % 28,
    'LLS-0142', 'Work ' || n, true, now(), 1.25
from contract_line, generate_series(1, current_setting('bench.records')::int / 4) n
where vendor_id = current_setting('bench.vendor')::uuid;

insert into decision (contract_id, id, association_id, vendor_id, submission_id, work_record_id, line_id,
    accepted_quantity, shortfall_quantity, performed_to, unit_price, rate_card_key, rate_version, deemed, decided_at)
select w.contract_id, uuidv7(), w.association_id, w.vendor_id, w.id, w.id, w.line_id, 1.25, 0, w.performed_to,
    l.unit_price, l.rate_card_key, 1, true, now()
from work_record w join contract_line l on l.contract_id = w.contract_id and l.id = w.line_id
where w.vendor_id = current_setting('bench.vendor')::uuid;
