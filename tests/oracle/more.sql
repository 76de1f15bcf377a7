-- More of everything that is paged than the journey leaves behind: equal places, nulls, currencies without and with
-- three digits, amounts beyond what a float holds, text that JSON has to escape.

create function pg_temp.another(whole anyelement, number int, changed jsonb) returns anyelement language sql as $$
    select jsonb_populate_record(
        whole, jsonb_build_object('id', md5((to_jsonb(whole) ->> 'id') || number)::uuid) || changed)
$$;

create temp table journey as select c as contract from contract c
    where c.id = (select contract_id from work_record limit 1);

create temp table copied as select
    pg_temp.another(contract, n, jsonb_build_object(
        'title', (array['Standby', 'standby', 'Ünïcode 💡 "quoted" \ back', E'tab\tand\nline', 'Zz'])[n % 5 + 1],
        'status', (array['ACTIVE', 'TERMINATED', 'PROPOSED', 'DECLINED'])[n % 4 + 1],
        'activated_at', case when n % 4 < 2 then (contract).activated_at end,
        'ended_at', case when n % 4 in (1, 3) then (contract).activated_at end,
        'currency_code', (array['JPY', 'KWD', 'USD'])[n % 3 + 1],
        'total_value_minor', 9007199254740993 * (n % 2) + n,
        'proposed_at', (contract).proposed_at - (n / 3) * interval '1 day',
        'ends_on', (contract).ends_on - (n / 4),
        'margin_floor_percent', case when n % 2 = 0 then 12.5 end,
        'margin_ceiling_percent', case when n % 2 = 0 then 55.05 end,
        'disclosure_tier', (array['CLOSED', 'BAND', 'OPEN_BOOK'])[n % 3 + 1],
        'purchase_order_number', case when n % 2 = 0 then 'PO-' || n end)) as contract
    from journey, generate_series(1, 24) n;
insert into contract select (contract).* from copied;
insert into contract_revision
    select (jsonb_populate_record(r, jsonb_build_object('contract_id', (copied.contract).id))).*
    from copied, journey join contract_revision r on r.contract_id = (journey.contract).id;

insert into contract_line
    select (pg_temp.another(l, n, jsonb_build_object(
        'key', l.key || '-' || n, 'position', l.position + n * 10,
        'currency_code', (array['JPY', 'KWD', 'USD'])[n % 3 + 1],
        'unit_price', case when l.unit_price is not null then (array[0.0125, 7, 120.5, 0])[n % 4 + 1] end,
        'not_to_exceed_minor', case when n % 2 = 0 then l.not_to_exceed_minor end,
        'accepted_quantity', 0, 'billed_quantity', 0, 'billed_minor', 0,
        'recorded_quantity', n / 8.0, 'submitted_quantity', n / 8.0))).*
    from contract_line l, journey, generate_series(1, 8) n where l.contract_id = (journey.contract).id;

insert into work_record
    select (pg_temp.another(w, n, jsonb_build_object(
        'status', (array['RECORDED', 'VOIDED', 'RETURNED'])[n % 3 + 1],
        'voided_at', case when n % 3 = 1 then w.recorded_at end,
        'void_reason', case when n % 3 = 1 then E'a \\ "b"\u2028' end,
        'quantity', n * 0.125, 'accepted_quantity', null, 'submission_id', null,
        'in_scope', n % 4 > 0, 'out_of_scope_reason', case when n % 4 = 0 then 'too much' end,
        'performed_from', w.performed_from + n / 5, 'performed_to', w.performed_to + n / 5,
        'recorded_at', w.recorded_at + (n / 4) * interval '1.5 seconds'))).*
    from work_record w, generate_series(1, 26) n;

insert into submission
    select (pg_temp.another(s, n, jsonb_build_object(
        'status', (array['SUBMITTED', 'WITHDRAWN'])[n % 2 + 1], 'reviewed_at', null, 'deemed', false,
        'withdrawn_at', case when n % 2 = 1 then s.submitted_at end,
        'deemed_acceptance_due_on', case when n % 3 > 0 then s.submitted_at::date + n / 4 end,
        'submitted_at', s.submitted_at + (n / 3) * interval '1 hour'))).*
    from submission s, generate_series(1, 12) n;

insert into contract_grant
    select (pg_temp.another(g, n, jsonb_build_object(
        'ends_on', g.ends_on - n / 2, 'granted_at', g.granted_at - (n / 2) * interval '1 minute',
        'revoked_at', g.granted_at + interval '0.1 seconds', 'revoke_reason', case when n % 2 = 0 then '' end))).*
    from contract_grant g, generate_series(1, 6) n;

insert into member
    select (pg_temp.another(m, n, jsonb_build_object(
        'name', left(m.name, 6), 'email', case when n = 1 then '' else m.email end,
        'person_id', md5(m.id::text || n)::uuid, 'ended_at', m.created_at, 'roles', '[]'::jsonb,
        'kind', (array['PERSON', 'SERVICE'])[n % 2 + 1]))).*
    from member m, generate_series(1, 2) n;

insert into invitation
    select (pg_temp.another(i, n, jsonb_build_object(
        'code_hash', sha256(n::text::bytea), 'invited_at', i.invited_at - (n / 2) * interval '1 day',
        'expires_at', i.invited_at - interval '1 microsecond'))).*
    from invitation i, generate_series(1, 4) n;
