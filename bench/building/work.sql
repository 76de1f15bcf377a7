-- The work of one contract, `bench.contract`: `bench.records` records over its term until today, handed over and reviewed
-- by the hundred, the last 60 not yet decided.

create temp table worked on commit drop as
select n, c.id as contract_id, c.association_id, c.vendor_id, l.id as line_id, l.rate_card_key, l.rate_version, l.unit_price,
    uuidv7(at - now()) as record_id, (n - 1) / 100 as batch, at as recorded_at, at::date as performed_on,
    1 + (n * 7919) % 8 as quantity,
    case when n > total - 20 then 'RECORDED' when n > total - 60 then 'SUBMITTED'
        when n % 33 = 0 then 'PARTIALLY_ACCEPTED' else 'ACCEPTED' end as status
from contract c
cross join lateral (select current_setting('bench.records')::bigint as total) t
cross join lateral generate_series(1, total) n
cross join lateral (select c.starts_on::timestamptz + interval '8 hours'
    + (now() - interval '9 hours' - c.starts_on::timestamptz) * (n::float8 / total) as at) moment
cross join lateral (select count(*) as lines from contract_line x
    where x.contract_id = c.id and x.revision = c.revision and x.kind in ('UNIT', 'TIME_AND_MATERIALS')) taking
join (select *, row_number() over (order by position) - 1 as place, contract_id as of_contract from contract_line
    where contract_id = current_setting('bench.contract')::uuid and kind in ('UNIT', 'TIME_AND_MATERIALS')) l
    on l.of_contract = c.id and l.place = n % taking.lines
where c.id = current_setting('bench.contract')::uuid;

create temp table handed_over on commit drop as
select contract_id, association_id, vendor_id, batch, uuidv7(max(recorded_at) - now()) as submission_id,
    max(recorded_at) + interval '10 minutes' as submitted_at,
    bool_and(status in ('ACCEPTED', 'PARTIALLY_ACCEPTED')) as reviewed
from worked where status <> 'RECORDED' group by contract_id, association_id, vendor_id, batch;

create temp table people on commit drop as
select lead.id as lead_id, lead.name as lead, lead.email as lead_email, lead.organization_id as vendor, seller.name as vendor_name,
    taker.id as taker_id, taker.name as taker, taker.email as taker_email, taker.organization_id as buyer,
    association.name as buyer_name
from member lead join organization seller on seller.id = lead.organization_id,
    member taker join organization association on association.id = taker.organization_id
where lead.id = current_setting('bench.lead')::uuid and taker.id = current_setting('bench.acceptor')::uuid;

insert into submission (contract_id, id, association_id, vendor_id, status, submitted_at, submitted_by_member_id,
    submitted_by_name, submitted_by_email, submitted_by_organization_id, submitted_by_organization_name,
    submitted_by_person_id, reviewed_at)
select contract_id, submission_id, association_id, vendor_id, case when reviewed then 'REVIEWED' else 'SUBMITTED' end,
    submitted_at, lead_id, lead, lead_email, vendor, vendor_name, lead_id,
    case when reviewed then submitted_at + interval '20 minutes' end
from handed_over, people order by batch;

insert into work_record (contract_id, id, association_id, vendor_id, line_id, status, quantity, performed_from, performed_to,
    performed_by, description, in_scope, accepted_quantity, submission_id, recorded_at, recorded_by_member_id,
    recorded_by_name, recorded_by_email, recorded_by_organization_id, recorded_by_organization_name)
select w.contract_id, record_id, w.association_id, w.vendor_id, line_id, status, quantity, performed_on, performed_on,
    'LLS-' || lpad((n % 37)::text, 4, '0'), 'Requests of members answered, batch ' || n, true,
    case status when 'ACCEPTED' then quantity when 'PARTIALLY_ACCEPTED' then quantity / 2.0 end,
    case when status <> 'RECORDED' then submission_id end, recorded_at, lead_id, lead, lead_email, vendor, vendor_name
from worked w left join handed_over h using (batch), people order by n;

insert into submission_record (contract_id, submission_id, work_record_id, association_id, vendor_id, position)
select w.contract_id, h.submission_id, w.record_id, w.association_id, w.vendor_id, 1 + (n - 1) % 100
from worked w join handed_over h using (batch) where w.status <> 'RECORDED' order by n;

insert into decision (contract_id, id, association_id, vendor_id, submission_id, work_record_id, line_id, accepted_quantity,
    shortfall_quantity, reason_code, disposition, reason, performed_to, unit_price, rate_card_key, rate_version, deemed,
    decided_at, decided_by_member_id, decided_by_name, decided_by_email, decided_by_organization_id,
    decided_by_organization_name, decided_by_person_id)
select w.contract_id, uuidv7(h.submitted_at - now()), w.association_id, w.vendor_id, h.submission_id, w.record_id, w.line_id,
    case status when 'ACCEPTED' then quantity else quantity / 2.0 end,
    case status when 'ACCEPTED' then 0 else quantity / 2.0 end,
    case status when 'PARTIALLY_ACCEPTED' then 'INCOMPLETE' end, case status when 'PARTIALLY_ACCEPTED' then 'REJECTED' end,
    case status when 'PARTIALLY_ACCEPTED' then 'Half of the requests were answered' end,
    performed_on, unit_price, rate_card_key, rate_version, false, h.submitted_at + interval '20 minutes',
    taker_id, taker, taker_email, buyer, buyer_name, taker_id
from worked w join handed_over h using (batch), people where status in ('ACCEPTED', 'PARTIALLY_ACCEPTED') order by n;

-- two files on each of the last 200 records, one on every fifth of the others
insert into evidence (contract_id, id, association_id, vendor_id, work_record_id, name, media_type, byte_size, sha256,
    uploaded_at, uploaded_by_member_id, uploaded_by_name, uploaded_by_email, uploaded_by_organization_id,
    uploaded_by_organization_name)
select w.contract_id, uuidv7(w.recorded_at + file * interval '1 millisecond' - now()), w.association_id, w.vendor_id, w.record_id,
    (array['tickets', 'satisfaction'])[file] || '-' || n || '.csv', 'text/csv', 1024 + n % 4096,
    encode(sha256(convert_to(n || '-' || file, 'UTF8')), 'hex'), w.recorded_at, lead_id, lead, lead_email, vendor, vendor_name
from worked w, generate_series(1, 2) file, people
where n > current_setting('bench.records')::bigint - 200 or (n % 5 = 0 and file = 1) order by n, file;

update contract_line l set recorded_quantity = l.recorded_quantity + t.recorded,
    submitted_quantity = l.submitted_quantity + t.submitted, accepted_quantity = l.accepted_quantity + t.accepted
from (select contract_id, line_id,
        sum(case status when 'PARTIALLY_ACCEPTED' then quantity / 2.0 else quantity end) as recorded,
        sum(case when status <> 'RECORDED' then quantity else 0 end) as submitted,
        sum(case status when 'ACCEPTED' then quantity when 'PARTIALLY_ACCEPTED' then quantity / 2.0 else 0 end) as accepted
    from worked group by contract_id, line_id) t
where l.contract_id = t.contract_id and l.id = t.line_id;
