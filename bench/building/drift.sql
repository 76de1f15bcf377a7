-- A contract that nobody made, its site, and a roster: told by bench.contract, bench.learners and bench.courses.
insert into contract (id, association_id, vendor_id, offering_id, offering_version_id, revision, status, title, starts_on,
    ends_on, time_zone, currency_code, payment_terms_days, disclosure_tier, platform_fee_percent, total_value_minor,
    content_hash, offer_expires_on, proposed_at)
select id, id, id, id, id, 1, 'PROPOSED', 'Drift', '2026-01-01', '2026-12-31', 'UTC', 'USD', 30, 'CLOSED', 0, 0,
    repeat('0', 64), '2026-01-01', now()
from (select current_setting('bench.contract')::uuid as id);

insert into lms_site (contract_id, id, association_id, vendor_id, name, system, base_url, status, connected_at,
    credential_id, credential_stored_at)
select id, id, id, id, 'Academy', 'MOODLE', 'https://lms.example', 'CONNECTED', now(), id, now()
from (select current_setting('bench.contract')::uuid as id);

insert into lms_roster_member (contract_id, site_id, member_number, association_id, vendor_id, username, email,
    given_name, family_name, changed_at)
select id, id, 'M' || n, id, id, 'm' || n, 'm' || n || '@guild.example', 'Ann', 'Lee ' || n, now()
from (select current_setting('bench.contract')::uuid as id),
    generate_series(1, current_setting('bench.learners')::int) n;

insert into lms_roster_enrolment (contract_id, site_id, member_number, course_key, association_id, vendor_id, role,
    state, changed_at)
select id, id, 'M' || n, 'course-' || n % current_setting('bench.courses')::int, id, id, 'student', 'ACTIVE', now()
from (select current_setting('bench.contract')::uuid as id),
    generate_series(1, current_setting('bench.learners')::int) n;
