--
-- PostgreSQL database dump
--



SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: app; Type: SCHEMA; Schema: -; Owner: chapterhouse_owner
--

CREATE SCHEMA app;


ALTER SCHEMA app OWNER TO chapterhouse_owner;

--
-- Name: btree_gist; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;


--
-- Name: pg_trgm; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;


--
-- Name: pgqueuer_status; Type: TYPE; Schema: public; Owner: chapterhouse_owner
--

CREATE TYPE public.pgqueuer_status AS ENUM (
    'queued',
    'picked',
    'successful',
    'exception',
    'canceled',
    'deleted',
    'failed'
);


ALTER TYPE public.pgqueuer_status OWNER TO chapterhouse_owner;

--
-- Name: accept_invitation(bytea, text, text, uuid, timestamp with time zone); Type: FUNCTION; Schema: app; Owner: chapterhouse_lookup
--

CREATE FUNCTION app.accept_invitation(with_code_hash bytea, to_issuer text, to_subject text, new_member uuid, at timestamp with time zone) RETURNS TABLE(invitation_id uuid, member_id uuid, organization_id uuid, organization_name text, kind text, person_id uuid, name text, email text, roles text[])
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
        declare taken invitation; person uuid;
        begin
            update invitation i set accepted_at = at, accepted_member_id = new_member
            where i.code_hash = with_code_hash and i.accepted_at is null and i.expires_at > at returning i.* into taken;
            if not found then return; end if;
            insert into subject values (to_issuer, to_subject, new_member, at)
            on conflict (issuer, subject) do update set issuer = excluded.issuer returning subject.person_id into person;
            insert into member (id, organization_id, person_id, kind, name, email, roles, created_at)
            values (new_member, taken.organization_id, person, 'PERSON', taken.name, taken.email, taken.roles, at);
            return query select taken.id, new_member, o.id, o.name, o.kind, person, taken.name, taken.email, taken.roles
                from organization o where o.id = taken.organization_id;
        end $$;


ALTER FUNCTION app.accept_invitation(with_code_hash bytea, to_issuer text, to_subject text, new_member uuid, at timestamp with time zone) OWNER TO chapterhouse_lookup;

--
-- Name: accepted_by_tiers_minor(uuid, uuid, text); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.accepted_by_tiers_minor(of_contract_id uuid, of_line_id uuid, currency text) RETURNS bigint
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
            with term as materialized (
                select p.tiering, p.tier_period, p.period_anchor, c.starts_on,
                    least(c.ends_on, (c.ended_at at time zone c.time_zone)::date) as last_day
                from contract_line_pricing p join contract c on c.id = p.contract_id
                where p.contract_id = of_contract_id and p.line_id = of_line_id and p.tiering is not null
            ), period as materialized (
                select p.starts_on, p.ends_on from term
                cross join app.billing_periods(term.starts_on, term.last_day, term.tier_period, term.period_anchor) p
            )
            select coalesce(sum(app.tiered_minor(of_contract_id, of_line_id, term.tiering, so_far.quantity, currency)), 0)::bigint
            from term cross join lateral (
                select sum(d.accepted_quantity) as quantity
                from decision d left join period p on d.performed_to between p.starts_on and p.ends_on
                where d.contract_id = of_contract_id and d.line_id = of_line_id and d.reversed_at is null
                group by coalesce(p.starts_on, term.starts_on)
            ) so_far $$;


ALTER FUNCTION app.accepted_by_tiers_minor(of_contract_id uuid, of_line_id uuid, currency text) OWNER TO chapterhouse_owner;

--
-- Name: administers(uuid, uuid); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.administers(contract uuid, site uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE COST 1 PARALLEL SAFE
    AS $$
        declare
            member uuid := current_setting('app.member_id')::uuid;
        begin
            if app.is_granted(contract, 'DELIVERY_LEAD') then return true; end if;
            if not app.is_granted(contract, 'LMS_ADMINISTRATOR') then return false; end if;
            -- one grant that nobody narrowed reaches every site; narrowed ones reach those that are named
            return exists (select from contract_grant g
                where g.contract_id = contract and g.member_id = member and g.role = 'LMS_ADMINISTRATOR'
                    and g.revoked_at is null and g.effective @> now()
                    and (not exists (select from lms_grant n
                            where n.contract_id = contract and n.grant_id = g.id and n.lifted_at is null)
                        or exists (select from lms_grant n
                            where n.contract_id = contract and n.grant_id = g.id and n.site_id = site and n.lifted_at is null)));
        end $$;


ALTER FUNCTION app.administers(contract uuid, site uuid) OWNER TO chapterhouse_owner;

--
-- Name: api_key_secret(uuid); Type: FUNCTION; Schema: app; Owner: chapterhouse_lookup
--

CREATE FUNCTION app.api_key_secret(key_id uuid) RETURNS bytea
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
            select k.secret_hash from api_key k join member m on m.id = k.member_id
            where k.id = key_id and k.revoked_at is null and m.ended_at is null $$;


ALTER FUNCTION app.api_key_secret(key_id uuid) OWNER TO chapterhouse_lookup;

--
-- Name: billing_periods(date, date, text, text); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.billing_periods(first_day date, last_day date, recurrence text, anchor text) RETURNS TABLE(starts_on date, ends_on date, days integer, whole_days integer)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
            select greatest(p.begins, first_day), least(p.next_begins - 1, last_day),
                least(p.next_begins - 1, last_day) - greatest(p.begins, first_day) + 1, p.next_begins - p.begins
            from (select case recurrence when 'MONTHLY' then 1 when 'QUARTERLY' then 3 when 'YEARLY' then 12 end as months) step
            cross join lateral (select case when anchor = 'CALENDAR' then date_trunc(case recurrence when 'MONTHLY' then 'month'
                when 'QUARTERLY' then 'quarter' else 'year' end, first_day::timestamp)::date else first_day end as day) first
            cross join lateral generate_series(0, (last_day - first.day) / (28 * months)) nth
            cross join lateral (select (first.day + make_interval(months => nth * months))::date as begins,
                (first.day + make_interval(months => (nth + 1) * months))::date as next_begins) p
            where p.begins <= last_day $$;


ALTER FUNCTION app.billing_periods(first_day date, last_day date, recurrence text, anchor text) OWNER TO chapterhouse_owner;

--
-- Name: bind_service(text, uuid, timestamp with time zone); Type: FUNCTION; Schema: app; Owner: chapterhouse_lookup
--

CREATE FUNCTION app.bind_service(to_subject text, of_member uuid, at timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
            insert into subject
            select 'self', to_subject, m.person_id, at from member m
            where m.id = of_member and m.kind = 'SERVICE' and m.organization_id = app.organization_id()
                and app.has_role('OWNER') $$;


ALTER FUNCTION app.bind_service(to_subject text, of_member uuid, at timestamp with time zone) OWNER TO chapterhouse_lookup;

--
-- Name: catalog_query(text); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.catalog_query(words text) RETURNS tsquery
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    AS $$
        declare
            typed text; stem text; spellings text[]; spelling text; one tsquery; every tsquery;
            letters int := 0; lost int := 0;
        begin
            for typed, stem in
                select w.word, coalesce((ts_lexize('english_stem', w.word))[1], w.word)
                from unnest(tsvector_to_array(to_tsvector('simple', words))) w(word)
                -- what English makes nothing of is looked for only when there is nothing else
                where ts_lexize('english_stem', w.word) <> '{}' or to_tsvector('english', words) = to_tsvector('')
            loop
                spellings := app.catalog_spellings(typed, stem);
                letters := letters + length(typed);
                if spellings is null then
                    lost := lost + length(typed);
                    continue;
                end if;
                one := null;
                for spelling in select distinct s.spelling from unnest(spellings || stem) s(spelling) where s.spelling is not null loop
                    one := coalesce(one || plainto_tsquery('simple', spelling), plainto_tsquery('simple', spelling));
                end loop;
                every := coalesce(every && one, one);
            end loop;
            -- what nobody has is overlooked beside twice as much that somebody has
            return case when lost * 3 <= letters then every end;
        end $$;


ALTER FUNCTION app.catalog_query(words text) OWNER TO chapterhouse_owner;

--
-- Name: catalog_spellings(text, text); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.catalog_spellings(typed text, stem text) RETURNS text[]
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ select coalesce(
            (select array[known.word] from catalog_word known
             where known.word in (typed, stem) order by known.word = stem desc limit 1),
            (select array_agg(longer.word) from (
                select w.word from catalog_word w
                where length(typed) >= 3 and w.word > typed and w.word < typed || chr(1114111)
                order by length(w.word), w.word limit 8) longer),
            (select array_agg(near.word) || array_agg((ts_lexize('english_stem', near.word))[1]) from (
                select w.word, w.nearness, max(w.nearness) over () as nearest from (
                    select word, greatest(similarity(word, typed), similarity(word, stem)) as nearness
                    from catalog_word where length(typed) >= 4 and (word % typed or word % stem)) w
                order by w.nearness desc, w.word limit 8) near
             -- a third is how near a word is with one letter wrong, or two letters of five swapped
             where near.nearness >= greatest(0.33, 0.8 * near.nearest))) $$;


ALTER FUNCTION app.catalog_spellings(typed text, stem text) OWNER TO chapterhouse_owner;

--
-- Name: certificate_shown(text); Type: FUNCTION; Schema: app; Owner: chapterhouse_lookup
--

CREATE FUNCTION app.certificate_shown(of_number text) RETURNS TABLE(status text, association text, activity text, quantity numeric, unit text, credit_type text, earned_on date, initials text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
            select c.status, e.on_behalf_of, a.title, e.quantity, e.unit, e.credit_type_name, e.earned_on,
                (select string_agg(left(word, 1) || '.', ' ' order by place)
                    from regexp_split_to_table(c.learner_name, '[[:space:]]+') with ordinality w (word, place)
                    where word !~ '^[[:punct:][:digit:]]')
            from certificate c
            join credit_activity a on a.contract_id = c.contract_id and a.id = c.activity_id
            join credit_entry e on e.contract_id = c.contract_id and e.certificate_id = c.id and e.kind <> 'REVOKED'
            where c.number = of_number $$;


ALTER FUNCTION app.certificate_shown(of_number text) OWNER TO chapterhouse_lookup;

--
-- Name: commitment_periods(date, date, date, text); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.commitment_periods(first_day date, last_day date, term_ends_on date, per text) RETURNS TABLE(starts_on date, ends_on date, days integer, whole_days integer)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
            select p.* from app.billing_periods(first_day, last_day, 'YEARLY', 'ANNIVERSARY') p where per = 'YEAR'
            union all
            select first_day, last_day, last_day - first_day + 1, term_ends_on - first_day + 1
            where per = 'TERM' and first_day <= last_day $$;


ALTER FUNCTION app.commitment_periods(first_day date, last_day date, term_ends_on date, per text) OWNER TO chapterhouse_owner;

--
-- Name: conceded_minor(uuid, uuid); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.conceded_minor(of_contract_id uuid, of_line_id uuid) RETURNS bigint
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
            select coalesce(sum(n.amount_minor), 0)::bigint
            from credit_note_line n join credit_note m on m.contract_id = n.contract_id and m.id = n.credit_note_id
            where n.contract_id = of_contract_id and n.contract_line_id = of_line_id and m.status = 'ISSUED'
                and app.is_given(m.reason_code, n.frees_sources) $$;


ALTER FUNCTION app.conceded_minor(of_contract_id uuid, of_line_id uuid) OWNER TO chapterhouse_owner;

--
-- Name: contract_fee_minor(uuid, uuid, numeric, boolean); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.contract_fee_minor(of_contract_id uuid, of_line_id uuid, cost_minor numeric, final boolean) RETURNS bigint
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
            select case terms.arrangement
                when 'COST_PLUS_FIXED_FEE' then case when cost_minor >= terms.target_cost_minor then terms.contract_fee_minor
                    else app.round_half_even((terms.contract_fee_minor * cost_minor)::numeric(60, 30) / terms.target_cost_minor, 0) end
                when 'COST_PLUS_PERCENTAGE' then app.round_half_even(cost_minor * terms.contract_fee_percent / 100, 0)
                else case when not final then least(terms.fee_floor_minor, app.round_half_even(
                    (terms.fee_floor_minor * cost_minor)::numeric(60, 30) / terms.target_cost_minor, 0))
                else least(greatest(terms.contract_fee_minor + app.round_half_even((terms.target_cost_minor - cost_minor)
                    * case when cost_minor < terms.target_cost_minor then terms.vendor_share_under_percent
                        else terms.vendor_share_over_percent end / 100, 0), terms.fee_floor_minor), terms.fee_ceiling_minor)
                end end::bigint
            from contract_line_cost_terms terms where contract_id = of_contract_id and line_id = of_line_id $$;


ALTER FUNCTION app.contract_fee_minor(of_contract_id uuid, of_line_id uuid, cost_minor numeric, final boolean) OWNER TO chapterhouse_owner;

--
-- Name: costs_of_line(uuid, uuid); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.costs_of_line(of_contract uuid, of_line uuid) RETURNS TABLE(starts_on date, ends_on date, actual_minor bigint, spent numeric, done numeric)
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
            select k.period_starts_on, k.period_ends_on, sum(k.allowed_minor)::bigint,
                sum(k.quantity) filter (where k.category = 'DIRECT'),
                case l.kind when 'RECURRING' then (
                    select coalesce(sum(s.quantity), 0) from invoice_source s
                    where s.contract_id = l.contract_id and s.contract_line_id = l.id and s.kind = 'RECURRING_PERIOD'
                        and s.released_at is null and s.period_starts_on >= k.period_starts_on
                        and s.period_ends_on <= k.period_ends_on
                ) else (
                    select coalesce(sum(d.accepted_quantity), 0) from decision d
                    where d.contract_id = l.contract_id and d.line_id = l.id and d.reversed_at is null
                        and d.performed_to between k.period_starts_on and k.period_ends_on
                ) end
            from actual_cost k join contract_line l on l.contract_id = k.contract_id and l.id = k.contract_line_id
            where k.contract_id = of_contract and k.contract_line_id = of_line
                and k.status not in ('SUPERSEDED', 'WITHDRAWN')
            group by k.period_starts_on, k.period_ends_on, l.contract_id, l.id, l.kind
        $$;


ALTER FUNCTION app.costs_of_line(of_contract uuid, of_line uuid) OWNER TO chapterhouse_owner;

--
-- Name: currency_digits(text); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.currency_digits(code text) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ select case when code = 'USD' or code = 'EUR' or code = 'GBP' then 2 when code = any ('{BIF,CLP,DJF,GNF,ISK,JPY,KMF,KRW,PYG,RWF,UGX,VND,VUV,XAF,XOF,XPF}') then 0
           when code = any ('{BHD,IQD,JOD,KWD,LYD,OMR,TND}') then 3 else 2 end $$;


ALTER FUNCTION app.currency_digits(code text) OWNER TO chapterhouse_owner;

--
-- Name: disclosure(uuid, uuid, uuid); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.disclosure(contract uuid, association uuid, vendor uuid) RETURNS text
    LANGUAGE plpgsql STABLE COST 1 PARALLEL SAFE
    AS $$
        declare
            kind text := app.organization_kind();
            organization uuid := current_setting('app.organization_id')::uuid;
            tier text;
        begin
            if kind = 'VENDOR' and organization = vendor then
                return case when app.has_role('OWNER', 'FINANCE', 'CATALOG_MANAGER') or app.is_granted(contract, 'DELIVERY_LEAD')
                    then 'FULL' else 'WITHHELD_FROM_ROLE' end;
            elsif kind = 'OPERATOR' then
                return case when app.has_role('BILLING_ADMIN') then 'FULL' else 'WITHHELD_FROM_ROLE' end;
            elsif kind = 'ASSOCIATION' and organization = association
                and app.has_role('OWNER', 'PROCUREMENT', 'FINANCE', 'SIGNATORY') then
                select case when c.vendor_signed_at is null then 'CLOSED' else c.disclosure_tier end into tier
                from contract c where c.id = contract;
                return case tier when 'OPEN_BOOK' then 'FULL' when 'BAND' then 'BAND_ONLY' else 'PRICE_ONLY' end;
            end if;
            return 'WITHHELD_FROM_ROLE';
        end $$;


ALTER FUNCTION app.disclosure(contract uuid, association uuid, vendor uuid) OWNER TO chapterhouse_owner;

--
-- Name: erase_learner(uuid, text, timestamp with time zone); Type: FUNCTION; Schema: app; Owner: chapterhouse_lookup
--

CREATE FUNCTION app.erase_learner(contract uuid, member text, at timestamp with time zone) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
        declare
            acts int; rows int; others int;
        begin
            -- whoever calls it has been asked who they are: an owner of the contract's association, and nobody else
            if not exists (select from contract c where c.id = contract
                    and c.association_id = current_setting('app.organization_id')::uuid)
                or app.organization_kind() <> 'ASSOCIATION' or not app.has_role('OWNER') then
                raise exception 'only an OWNER of the association erases its learners' using errcode = 'insufficient_privilege';
            end if;
            update lms_act_subject set salt = null, member_number = null, course_key = null, before = null, after = null,
                error_message = null, erased_at = at
            where contract_id = contract and member_number = member;
            get diagnostics acts = row_count;
            update lms_job_item i set sent_before = null, error_message = null
            from lms_plan_row r where r.contract_id = contract and r.member_number = member
                and i.contract_id = r.contract_id and i.id = r.id;
            update lms_plan_row set member_number = null, desired = null, observed = null, observed_digest = null,
                opted_out_reason = null
            where contract_id = contract and member_number = member;
            get diagnostics rows = row_count;
            delete from lms_completion_withdrawal w using lms_completion c
            where c.contract_id = contract and c.member_number = member and w.contract_id = c.contract_id
                and w.completion_id = c.id;
            delete from lms_completion where contract_id = contract and member_number = member;
            delete from lms_drift_finding where contract_id = contract and member_number = member;
            delete from lms_roster_enrolment where contract_id = contract and member_number = member;
            delete from lms_roster_member where contract_id = contract and member_number = member;
            get diagnostics others = row_count;
            update lms_site set protected_member_numbers = array_remove(protected_member_numbers, member)
            where contract_id = contract and member = any(protected_member_numbers);
            return jsonb_build_object('acts', acts, 'planRows', rows, 'sites', others);
        end $$;


ALTER FUNCTION app.erase_learner(contract uuid, member text, at timestamp with time zone) OWNER TO chapterhouse_lookup;

--
-- Name: exchange_for(text, text, date); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.exchange_for(from_currency text, to_currency text, on_day date) RETURNS TABLE(rate numeric, rate_on date, source text)
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
            select way.rate, way.rate_on, way.source from (
                select r.rate, r.rate_on, r.source, 1 as detour from exchange_rate r
                where r.from_currency_code = from_currency and r.to_currency_code = to_currency
                    and r.withdrawn_at is null and r.rate_on between on_day - 7 and on_day
                union all
                select round(1 / r.rate, 12), r.rate_on, r.source, 2 from exchange_rate r
                where r.from_currency_code = to_currency and r.to_currency_code = from_currency
                    and r.withdrawn_at is null and r.rate_on between on_day - 7 and on_day
                union all
                select round(there.rate / back.rate, 12), there.rate_on, there.source, 3
                from exchange_rate there
                join exchange_rate back on back.from_currency_code = there.from_currency_code
                    and back.rate_on = there.rate_on and back.source = there.source and back.withdrawn_at is null
                where there.to_currency_code = to_currency and back.to_currency_code = from_currency
                    and there.from_currency_code = 'EUR' and there.withdrawn_at is null
                    and there.rate_on between on_day - 7 and on_day
            ) way
            where from_currency <> to_currency
            order by way.rate_on desc, way.detour, way.source desc limit 1 $$;


ALTER FUNCTION app.exchange_for(from_currency text, to_currency text, on_day date) OWNER TO chapterhouse_owner;

--
-- Name: exchanged(numeric, numeric, text, text); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.exchanged(amount_minor numeric, rate numeric, from_currency text, to_currency text) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
            select amount_minor * rate * 10 ^ (app.currency_digits(to_currency) - app.currency_digits(from_currency))::numeric $$;


ALTER FUNCTION app.exchanged(amount_minor numeric, rate numeric, from_currency text, to_currency text) OWNER TO chapterhouse_owner;

--
-- Name: extended_minor(numeric, numeric, text); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.extended_minor(quantity numeric, unit_amount numeric, currency text) RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ select app.round_half_even(quantity * unit_amount * 10 ^ app.currency_digits(currency)::numeric, 0)::bigint $$;


ALTER FUNCTION app.extended_minor(quantity numeric, unit_amount numeric, currency text) OWNER TO chapterhouse_owner;

--
-- Name: find_administrator(uuid, text, uuid); Type: FUNCTION; Schema: app; Owner: chapterhouse_lookup
--

CREATE FUNCTION app.find_administrator(of_contract_id uuid, with_email text, with_member_id uuid) RETURNS TABLE(member_id uuid, name text, email text, organization_id uuid, organization_name text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'app', 'pg_temp'
    AS $$
            select g.member_id, g.name, g.email, g.organization_id, g.organization_name from contract_grant g
            where g.contract_id = of_contract_id and g.role in ('DELIVERY_LEAD', 'LMS_ADMINISTRATOR')
                and g.revoked_at is null and g.effective @> now()
                and app.is_granted(of_contract_id, 'DELIVERY_LEAD', 'LMS_ADMINISTRATOR')
                and (lower(g.email) = lower(with_email) or g.member_id = with_member_id)
            order by g.granted_at limit 1 $$;


ALTER FUNCTION app.find_administrator(of_contract_id uuid, with_email text, with_member_id uuid) OWNER TO chapterhouse_lookup;

--
-- Name: find_party_member(uuid, text, uuid); Type: FUNCTION; Schema: app; Owner: chapterhouse_lookup
--

CREATE FUNCTION app.find_party_member(of_contract_id uuid, with_email text, with_member_id uuid) RETURNS TABLE(member_id uuid, name text, email text, organization_id uuid, organization_name text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'app', 'pg_temp'
    AS $$
            select m.id, m.name, m.email, m.organization_id, o.name
            from contract c
            join member m on m.organization_id in (c.association_id, c.vendor_id) and m.ended_at is null
            join organization o on o.id = m.organization_id
            where c.id = of_contract_id and app.is_party(c.association_id, c.vendor_id)
                and (lower(m.email) = lower(with_email) or m.id = with_member_id)
            order by m.organization_id = c.vendor_id desc limit 1 $$;


ALTER FUNCTION app.find_party_member(of_contract_id uuid, with_email text, with_member_id uuid) OWNER TO chapterhouse_lookup;

--
-- Name: find_site_administrator(uuid, uuid, text, uuid); Type: FUNCTION; Schema: app; Owner: chapterhouse_lookup
--

CREATE FUNCTION app.find_site_administrator(of_contract_id uuid, of_site_id uuid, with_email text, with_member_id uuid) RETURNS TABLE(member_id uuid, name text, email text, organization_id uuid, organization_name text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'app', 'pg_temp'
    AS $$
            select m.id, m.name, m.email, m.organization_id, o.name
            from contract c
            join member m on m.organization_id = c.vendor_id and m.ended_at is null
            join organization o on o.id = m.organization_id
            where c.id = of_contract_id and app.administers(of_contract_id, of_site_id)
                and (lower(m.email) = lower(with_email) or m.id = with_member_id)
                and exists (select from contract_grant g
                    where g.contract_id = c.id and g.member_id = m.id and g.revoked_at is null and g.effective @> now()
                        and (g.role = 'DELIVERY_LEAD' or g.role = 'LMS_ADMINISTRATOR'
                            and (not exists (select from lms_grant n
                                    where n.contract_id = c.id and n.grant_id = g.id and n.lifted_at is null)
                                or exists (select from lms_grant n
                                    where n.contract_id = c.id and n.grant_id = g.id and n.site_id = of_site_id
                                        and n.lifted_at is null))))
            limit 1 $$;


ALTER FUNCTION app.find_site_administrator(of_contract_id uuid, of_site_id uuid, with_email text, with_member_id uuid) OWNER TO chapterhouse_lookup;

--
-- Name: first_issued_on(uuid, uuid); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.first_issued_on(of_contract_id uuid, of_invoice_id uuid) RETURNS date
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
            with recursive corrected as (
                select i.corrects_invoice_id, i.issued_on from invoice i
                where i.contract_id = of_contract_id and i.id = of_invoice_id
                union all
                select i.corrects_invoice_id, i.issued_on from corrected c
                join invoice i on i.contract_id = of_contract_id and i.id = c.corrects_invoice_id
            )
            select issued_on from corrected where corrects_invoice_id is null $$;


ALTER FUNCTION app.first_issued_on(of_contract_id uuid, of_invoice_id uuid) OWNER TO chapterhouse_owner;

--
-- Name: freeze_line_costs(uuid, integer); Type: FUNCTION; Schema: app; Owner: chapterhouse_lookup
--

CREATE FUNCTION app.freeze_line_costs(of_contract_id uuid, of_revision integer) RETURNS TABLE(line_id uuid, commitment text)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'app', 'pg_temp'
    AS $$
            insert into contract_line_cost (contract_id, line_id, association_id, vendor_id, unit_cost, salt, commitment)
            select l.contract_id, l.id, l.association_id, l.vendor_id, cost.unit_cost, salt.bytes,
                encode(sha256(salt.bytes || convert_to(trim_scale(cost.unit_cost)::text || ' ' || cost.currency_code, 'UTF8')), 'hex')
            from contract_line l
            join contract c on c.id = l.contract_id
            join lateral (
                select r.unit_cost, r.currency_code from rate_card_cost r
                where r.version_id = c.offering_version_id and r.key = l.rate_card_key
                union all select 0::numeric, l.currency_code where l.kind = 'MINIMUM_COMMITMENT') cost on true
            cross join lateral (select uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) as bytes, l.id) salt
            where l.contract_id = of_contract_id and l.revision = of_revision
                and app.organization_id() in (c.association_id, c.vendor_id)
            returning line_id, commitment $$;


ALTER FUNCTION app.freeze_line_costs(of_contract_id uuid, of_revision integer) OWNER TO chapterhouse_lookup;

--
-- Name: granted(uuid); Type: FUNCTION; Schema: app; Owner: chapterhouse_lookup
--

CREATE FUNCTION app.granted(of_member uuid) RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
            begin
                return (
                    select case when count(*) > 50 then '*'
                        else '= ' || coalesce(string_agg(g.contract_id || ':' || g.role || ' ', ''
                            order by g.contract_id, g.role), '') end
                    from contract_grant g
                    where g.member_id = of_member and g.revoked_at is null and g.effective @> now());
            end $$;


ALTER FUNCTION app.granted(of_member uuid) OWNER TO chapterhouse_lookup;

--
-- Name: has_members(uuid); Type: FUNCTION; Schema: app; Owner: chapterhouse_lookup
--

CREATE FUNCTION app.has_members(of_organization uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
            select exists (select from member m where m.organization_id = of_organization and m.ended_at is null) $$;


ALTER FUNCTION app.has_members(of_organization uuid) OWNER TO chapterhouse_lookup;

--
-- Name: has_role(text[]); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.has_role(VARIADIC roles text[]) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ select string_to_array(current_setting('app.roles'), ',') && roles $$;


ALTER FUNCTION app.has_role(VARIADIC roles text[]) OWNER TO chapterhouse_owner;

--
-- Name: hold_disputed_line(); Type: FUNCTION; Schema: app; Owner: chapterhouse_lookup
--

CREATE FUNCTION app.hold_disputed_line() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
        declare
            sign int := case when tg_op = 'INSERT' then 1 else -1 end;
        begin
            update invoice_line set disputed_minor = disputed_minor + sign * new.amount_minor
            where contract_id = new.contract_id and id = new.invoice_line_id;
            update invoice set disputed_minor = disputed_minor + sign * (new.amount_minor + new.tax_minor)
            where contract_id = new.contract_id and id = new.invoice_id;
            return null;
        end $$;


ALTER FUNCTION app.hold_disputed_line() OWNER TO chapterhouse_lookup;

--
-- Name: is_given(text, boolean); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.is_given(reason_code text, frees_sources boolean) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
            select reason_code in ('CONCESSION', 'SERVICE_CREDIT', 'DISPUTE_UPHELD', 'OTHER') and not frees_sources
        $$;


ALTER FUNCTION app.is_given(reason_code text, frees_sources boolean) OWNER TO chapterhouse_owner;

--
-- Name: is_granted(uuid, text[]); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.is_granted(contract uuid, VARIADIC roles text[]) RETURNS boolean
    LANGUAGE plpgsql STABLE COST 1 PARALLEL SAFE
    AS $$
    declare
        granted text := current_setting('app.granted', true);
        role text;
    begin
        if granted like '=%' then
            foreach role in array roles loop
                if strpos(granted, contract || ':' || role || ' ') > 0 then return true; end if;
            end loop;
            return false;
        end if;
        return exists (select from contract_grant g
            where g.contract_id = contract and g.member_id = current_setting('app.member_id')::uuid
                and g.role = any (roles) and g.revoked_at is null and g.effective @> now());
    end $$;


ALTER FUNCTION app.is_granted(contract uuid, VARIADIC roles text[]) OWNER TO chapterhouse_owner;

--
-- Name: is_party(uuid, uuid); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.is_party(association uuid, vendor uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE COST 1 PARALLEL SAFE
    AS $$
        declare
            kind text := app.organization_kind();
            organization uuid := current_setting('app.organization_id')::uuid;
        begin
            if kind = 'ASSOCIATION' then
                return organization = association
                    and app.has_role('OWNER', 'SIGNATORY', 'PROCUREMENT', 'ACCEPTOR', 'FINANCE', 'AUDITOR');
            elsif kind = 'VENDOR' then
                return organization = vendor and app.has_role('OWNER', 'SIGNATORY');
            end if;
            return kind = 'OPERATOR' and app.has_role('OWNER', 'BILLING_ADMIN', 'AUDITOR');
        end $$;


ALTER FUNCTION app.is_party(association uuid, vendor uuid) OWNER TO chapterhouse_owner;

--
-- Name: journal_instant(timestamp with time zone); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.journal_instant(at timestamp with time zone) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (to_char((at AT TIME ZONE 'UTC'::text), 'YYYY-MM-DD"T"HH24:MI:SS.US'::text) || '+00:00'::text);


ALTER FUNCTION app.journal_instant(at timestamp with time zone) OWNER TO chapterhouse_owner;

--
-- Name: journal_digest(bytea, uuid, uuid, integer, text, uuid, uuid, timestamp with time zone, timestamp with time zone, text); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.journal_digest(salt bytea, contract_id uuid, id uuid, sequence integer, kind text, invoice_id uuid, subject_id uuid, effective_at timestamp with time zone, recorded_at timestamp with time zone, sides text) RETURNS bytea
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN sha256((salt || convert_to(format('{"contractId":"%s","effectiveAt":"%s","id":"%s","invoiceId":%s,"kind":%s,"postings":[%s],"recordedAt":"%s","reversesEntryId":null,"sequence":%s%s}'::text, contract_id, app.journal_instant(effective_at), id, COALESCE((('"'::text || invoice_id) || '"'::text), 'null'::text), to_json(kind), sides, app.journal_instant(recorded_at), sequence, COALESCE(((',"subjectId":"'::text || subject_id) || '"'::text), ''::text)), 'UTF8'::name)));


ALTER FUNCTION app.journal_digest(salt bytea, contract_id uuid, id uuid, sequence integer, kind text, invoice_id uuid, subject_id uuid, effective_at timestamp with time zone, recorded_at timestamp with time zone, sides text) OWNER TO chapterhouse_owner;

--
-- Name: journal_side(text, text, bigint); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.journal_side(account text, currency_code text, amount_minor bigint) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN format('{"account":%s,"amountMinor":"%s","currencyCode":%s}'::text, to_json(account), amount_minor, to_json(currency_code));


ALTER FUNCTION app.journal_side(account text, currency_code text, amount_minor bigint) OWNER TO chapterhouse_owner;

--
-- Name: keep_issued_invoice(); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.keep_issued_invoice() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        begin
            if to_jsonb(new) - '{status,amount_due_minor,paid_minor,credited_minor,retained_minor,disputed_minor,voided_at,void_reason,written_off_minor,total_minor}'::text[] is distinct from to_jsonb(old) - '{status,amount_due_minor,paid_minor,credited_minor,retained_minor,disputed_minor,voided_at,void_reason,written_off_minor,total_minor}'::text[] then
                raise exception 'invoice % was issued and never changes', old.number using errcode = 'check_violation';
            end if;
            return new;
        end $$;


ALTER FUNCTION app.keep_issued_invoice() OWNER TO chapterhouse_owner;

--
-- Name: keep_issued_line(); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.keep_issued_line() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        begin
            if not exists (select from invoice i
                where i.contract_id = old.contract_id and i.id = old.invoice_id and i.status = 'DRAFT') then
                raise exception 'how a line of an issued invoice is taxed never changes' using errcode = 'check_violation';
            end if;
            return new;
        end $$;


ALTER FUNCTION app.keep_issued_line() OWNER TO chapterhouse_owner;

--
-- Name: list_offering(uuid); Type: FUNCTION; Schema: app; Owner: chapterhouse_lookup
--

CREATE FUNCTION app.list_offering(of_offering_id uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
        declare words text[]; word_left text; other_id uuid;
        begin 
            delete from catalog_listing l using offering o
                where l.id = of_offering_id and o.id = l.id and o.vendor_id = app.organization_id();
            
            insert into catalog_listing (id, vendor_id, vendor_name, version_id, version_number, title, summary, category, delivery_countries, languages, time_zone, office_types, deepest_disclosure_tier, deliverables, exclusions, assumptions, buyer_inputs,
                units, currency_code, lowest_unit_prices, published_at, search)
            select o.id, o.vendor_id, vendor.name, v.id, v.number, v.title, v.summary, v.category, v.delivery_countries, v.languages, v.time_zone, v.office_types, v.deepest_disclosure_tier, v.deliverables, v.exclusions, v.assumptions, v.buyer_inputs,
                rates.units, rates.currency_code, rates.lowest_unit_prices, o.published_at,
                setweight(to_tsvector('simple', v.title) || to_tsvector('english', v.title), 'A')
                || setweight(to_tsvector('simple', vendor.name) || to_tsvector('english', vendor.name), 'B')
                || setweight(to_tsvector('simple', v.summary) || to_tsvector('english', v.summary), 'B')
                || setweight(to_tsvector('english', array_to_string(v.deliverables, ' ')), 'C')
            from offering o
            join offering_version v on v.id = o.current_version_id
            join organization vendor on vendor.id = o.vendor_id
            cross join lateral (
                select array_agg(unit order by unit) as units, min(currency_code) as currency_code,
                    jsonb_object_agg(unit, lowest) as lowest_unit_prices
                from (select unit, min(unit_price) as lowest, min(currency_code) as currency_code
                    from rate_card_entry where version_id = v.id group by unit)
            ) rates
            where o.id = of_offering_id and o.status = 'PUBLISHED' and o.vendor_id = app.organization_id()
            returning tsvector_to_array(search) into words;
            words := coalesce(words, '{}');
            -- in one order, so that two who publish the same new words do not wait for each other
            insert into catalog_word
                select n.word, of_offering_id from unnest(words) n(word)
                where not exists (select from catalog_word w where w.word = n.word)
                order by n.word
            on conflict do nothing;
            for word_left in
                select w.word from catalog_word w where w.listing_id = of_offering_id and w.word <> all (words) order by w.word
            loop
                select l.id into other_id from catalog_listing l
                    where l.search @@ plainto_tsquery('simple', word_left) limit 1;
                if found then
                    update catalog_word w set listing_id = other_id where w.word = word_left;
                else
                    delete from catalog_word w where w.word = word_left;
                end if;
            end loop;
        end $$;


ALTER FUNCTION app.list_offering(of_offering_id uuid) OWNER TO chapterhouse_lookup;

--
-- Name: lms_last_act(uuid, uuid, uuid); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.lms_last_act(contract uuid, member uuid, site uuid) RETURNS timestamp with time zone
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
            select max(act.acted_at) from lms_site s cross join lateral (
                select a.acted_at from lms_act a
                where a.contract_id = s.contract_id and a.acted_by_member_id = member and a.site_id = s.id
                order by a.acted_at desc limit 1
            ) act where s.contract_id = contract and (site is null or s.id = site)
        $$;


ALTER FUNCTION app.lms_last_act(contract uuid, member uuid, site uuid) OWNER TO chapterhouse_owner;

--
-- Name: lms_uptime(uuid, uuid, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.lms_uptime(contract uuid, site uuid, starts timestamp with time zone, ends timestamp with time zone) RETURNS TABLE(starts_at timestamp with time zone, ends_at timestamp with time zone, probes integer, observed_minutes integer, unobserved_minutes integer, maintenance_minutes integer, up_minutes integer, percent numeric)
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
            with span as (
                select starts as begins, greatest(starts, least(ends, starts + interval '366 days', now())) as ends
            ), probed as (
                select p.condition, p.planned, p.probed_at, span.begins, span.ends as last,
                    lead(p.probed_at) over (order by p.probed_at, p.id) as next
                from span, lms_probe p
                where p.contract_id = contract and p.site_id = site
                    -- told apart from the span, so that the index begins and ends with them
                    and p.probed_at > starts - interval '10 minutes' and p.probed_at < (select s.ends from span s)
            ), vouched as (
                select condition, planned, probed_at >= begins as inside, greatest(0, extract(epoch from
                    least(next, probed_at + interval '10 minutes', last) - greatest(probed_at, begins))) as seconds
                from probed
            ), summed as (
                select count(*) filter (where inside) as probes, coalesce(sum(seconds), 0) as observed,
                    coalesce(sum(seconds) filter (where planned), 0) as maintained,
                    coalesce(sum(seconds) filter (where not planned and condition in ('UP', 'THROTTLED')), 0) as up
                from vouched
            )
            select span.begins, span.ends, probes::int, trunc(observed / 60)::int,
                trunc((extract(epoch from span.ends - span.begins) - observed) / 60)::int,
                trunc(maintained / 60)::int, trunc(up / 60)::int,
                trunc(100 * up / nullif(observed - maintained, 0), 2)
            from span, summed
        $$;


ALTER FUNCTION app.lms_uptime(contract uuid, site uuid, starts timestamp with time zone, ends timestamp with time zone) OWNER TO chapterhouse_owner;

--
-- Name: lock_journal(); Type: FUNCTION; Schema: app; Owner: chapterhouse_lookup
--

CREATE FUNCTION app.lock_journal() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
        begin
            -- waits for whoever is posting; who posts later waits, and then finds the period closed
            lock table journal_entry in share mode;
        end $$;


ALTER FUNCTION app.lock_journal() OWNER TO chapterhouse_lookup;

--
-- Name: margin_band_verdict(uuid, uuid); Type: FUNCTION; Schema: app; Owner: chapterhouse_lookup
--

CREATE FUNCTION app.margin_band_verdict(of_contract_id uuid, of_invoice_id uuid) RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'app', 'pg_temp'
    AS $$
        declare c contract; price numeric; cost numeric; margin numeric;
        begin
            select * into c from contract where id = of_contract_id;
            if not app.sees(c.id, c.association_id, c.vendor_id) or c.margin_floor_percent is null
                or app.disclosure(c.id, c.association_id, c.vendor_id) not in ('FULL', 'BAND_ONLY') then
                return null;
            end if;
            if of_invoice_id is null then
                select coalesce(sum(case when l.kind in ('RECURRING', 'MINIMUM_COMMITMENT') then l.billed_minor
                        else case when l.kind = 'UNIT' and (select p.tiering from contract_line_pricing p
                            where p.contract_id = l.contract_id and p.line_id = l.id) is not null
                        then app.accepted_by_tiers_minor(l.contract_id, l.id, l.currency_code)
                        else app.extended_minor(l.accepted_quantity, l.unit_price, l.currency_code) end end), 0),
                    coalesce(sum(app.extended_minor(case l.kind when 'RECURRING' then l.billed_quantity
                        else l.accepted_quantity end, k.unit_cost, l.currency_code)), 0) into price, cost
                from contract_line l join contract_line_cost k on k.contract_id = l.contract_id and k.line_id = l.id
                where l.contract_id = c.id and l.revision = c.revision;
            else
                select coalesce(sum(l.amount_minor), 0), coalesce(sum(k.cost_minor), 0) into price, cost
                from invoice_line l join invoice_line_cost k on k.contract_id = l.contract_id and k.invoice_line_id = l.id
                where l.contract_id = c.id and l.invoice_id = of_invoice_id;
            end if;
            if price = 0 then return null; end if;
            margin := (price - cost) * 100 / price;
            return case when margin < c.margin_floor_percent then 'BELOW'
                when margin > c.margin_ceiling_percent then 'ABOVE' else 'WITHIN' end;
        end $$;


ALTER FUNCTION app.margin_band_verdict(of_contract_id uuid, of_invoice_id uuid) OWNER TO chapterhouse_lookup;

--
-- Name: member_id(); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.member_id() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ select current_setting('app.member_id')::uuid $$;


ALTER FUNCTION app.member_id() OWNER TO chapterhouse_owner;

--
-- Name: memberships(text, text); Type: FUNCTION; Schema: app; Owner: chapterhouse_lookup
--

CREATE FUNCTION app.memberships(of_issuer text, of_subject text) RETURNS TABLE(member_id uuid, organization_id uuid, person_id uuid, kind text, organization_name text, name text, email text, roles text[])
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
            select m.id, o.id, m.person_id, o.kind, o.name, m.name, m.email, m.roles
            from subject s join member m on m.person_id = s.person_id join organization o on o.id = m.organization_id
            where s.issuer = of_issuer and s.subject = of_subject and m.ended_at is null
            order by o.name, o.id $$;


ALTER FUNCTION app.memberships(of_issuer text, of_subject text) OWNER TO chapterhouse_lookup;

--
-- Name: organization_id(); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.organization_id() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ select current_setting('app.organization_id')::uuid $$;


ALTER FUNCTION app.organization_id() OWNER TO chapterhouse_owner;

--
-- Name: organization_kind(); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.organization_kind() RETURNS text
    LANGUAGE plpgsql STABLE COST 1 PARALLEL SAFE
    AS $$
        declare kind text := current_setting('app.organization_kind');
        begin
            if kind = '' then raise exception 'no actor is set on this connection'; end if;
            return kind;
        end $$;


ALTER FUNCTION app.organization_kind() OWNER TO chapterhouse_owner;

--
-- Name: prorated_minor(numeric, numeric, integer, integer, text); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.prorated_minor(units numeric, unit_price numeric, days integer, whole_days integer, currency text) RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
            select app.round_half_even(case when days = whole_days then amount else (amount * days)::numeric(60, 30) / whole_days end, 0)::bigint
            from (select units * unit_price * 10 ^ app.currency_digits(currency)::numeric as amount) whole $$;


ALTER FUNCTION app.prorated_minor(units numeric, unit_price numeric, days integer, whole_days integer, currency text) OWNER TO chapterhouse_owner;

--
-- Name: publish_with_version(); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.publish_with_version() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        begin
            update rate_card_entry set published = true where version_id = new.id;
            update service_level set published = true where version_id = new.id;
            return new;
        end $$;


ALTER FUNCTION app.publish_with_version() OWNER TO chapterhouse_owner;

--
-- Name: refuse_change(); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        begin
            raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
        end $$;


ALTER FUNCTION app.refuse_change() OWNER TO chapterhouse_owner;

--
-- Name: refuse_change_of_published(); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.refuse_change_of_published() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        declare changed uuid[];
        begin
            if tg_table_name = 'offering_version' then
                changed := array[old.id];
            else
                changed := array[
                    case when tg_op <> 'INSERT' then old.version_id end,
                    case when tg_op <> 'DELETE' then new.version_id end];
                -- waits for a publishing that is under way
                perform from offering_version where id = any (changed) for share;
            end if;
            if exists (select from offering_version where id = any (changed) and published_at is not null) then
                raise exception 'a published version is frozen' using errcode = 'restrict_violation';
            end if;
            return case when tg_op = 'DELETE' then old else new end;
        end $$;


ALTER FUNCTION app.refuse_change_of_published() OWNER TO chapterhouse_owner;

--
-- Name: require_balanced_entry(); Type: FUNCTION; Schema: app; Owner: chapterhouse_lookup
--

CREATE FUNCTION app.require_balanced_entry() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
        declare wrong text;
        begin
            select p.currency_code into wrong from posting p
            where p.contract_id = new.contract_id and p.entry_id = new.entry_id
            group by p.currency_code having sum(p.amount_minor) <> 0 limit 1;
            if found then
                raise exception 'journal entry % does not balance in %', new.entry_id, wrong using errcode = 'check_violation';
            end if;
            return null;
        end $$;


ALTER FUNCTION app.require_balanced_entry() OWNER TO chapterhouse_lookup;

--
-- Name: require_known_flow(); Type: FUNCTION; Schema: app; Owner: chapterhouse_lookup
--

CREATE FUNCTION app.require_known_flow() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
        declare wrong text;
        begin
            select format('an entry of the kind %s does not %s %s', e.kind,
                case when p.amount_minor > 0 then 'debit' else 'credit' end, p.account) into wrong
            from added p
            left join journal_entry e on e.contract_id = p.contract_id and e.id = p.entry_id
            left join journal_flow f on f.kind = e.kind and f.account = p.account
                and f.side = case when p.amount_minor > 0 then 'DEBIT' else 'CREDIT' end
            where f.kind is null limit 1;
            if found then
                raise exception '%', wrong using errcode = 'check_violation', constraint = 'known_flow';
            end if;
            return null;
        end $$;


ALTER FUNCTION app.require_known_flow() OWNER TO chapterhouse_lookup;

--
-- Name: require_open_period(); Type: FUNCTION; Schema: app; Owner: chapterhouse_lookup
--

CREATE FUNCTION app.require_open_period() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
        declare closed date;
        begin
            select p.starts_on into closed
            from accounting_period p
            where p.status = 'CLOSED' and exists (select from added e
                where (e.effective_at at time zone 'UTC')::date between p.starts_on and p.ends_on)
            order by p.starts_on limit 1;
            if found then
                raise exception 'the books of % are closed', to_char(closed, 'YYYY-MM')
                    using errcode = 'check_violation', constraint = 'period_is_open';
            end if;
            return null;
        end $$;


ALTER FUNCTION app.require_open_period() OWNER TO chapterhouse_lookup;

--
-- Name: round_half_even(numeric, integer); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.round_half_even(value numeric, digits integer) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ select case when abs(value * 10 ^ digits::numeric - trunc(value * 10 ^ digits::numeric)) = 0.5
                     then round(round(value * 10 ^ digits::numeric / 2) * 2 / 10 ^ digits::numeric, digits)
                     else round(value, digits) end $$;


ALTER FUNCTION app.round_half_even(value numeric, digits integer) OWNER TO chapterhouse_owner;

--
-- Name: search_query(text); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.search_query(words text) RETURNS tsquery
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ select plainto_tsquery('english', words) || plainto_tsquery('simple', words) $$;


ALTER FUNCTION app.search_query(words text) OWNER TO chapterhouse_owner;

--
-- Name: sees(uuid, uuid, uuid); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.sees(contract uuid, association uuid, vendor uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE COST 1 PARALLEL SAFE
    AS $$
    declare
        granted text := current_setting('app.granted', true);
    begin
        if app.is_party(association, vendor) then return true; end if;
        if granted like '=%' then return strpos(granted, contract::text) > 0; end if;
        return exists (select from contract_grant g
            where g.contract_id = contract and g.member_id = current_setting('app.member_id')::uuid
                and g.revoked_at is null and g.effective @> now());
    end $$;


ALTER FUNCTION app.sees(contract uuid, association uuid, vendor uuid) OWNER TO chapterhouse_owner;

--
-- Name: sees_association(uuid); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.sees_association(association uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE COST 1 PARALLEL SAFE
    AS $$
        begin
            if association = current_setting('app.organization_id')::uuid or app.organization_kind() = 'OPERATOR' then
                return true;
            end if;
            return exists (select from contract c where c.association_id = association);
        end $$;


ALTER FUNCTION app.sees_association(association uuid) OWNER TO chapterhouse_owner;

--
-- Name: sees_learners(uuid, uuid, uuid, uuid); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.sees_learners(contract uuid, association uuid, vendor uuid, site uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE COST 1 PARALLEL SAFE
    AS $$
        declare
            kind text := app.organization_kind();
            organization uuid := current_setting('app.organization_id')::uuid;
        begin
            if kind = 'ASSOCIATION' and organization = association then
                return app.has_role('OWNER', 'ACCEPTOR', 'AUDITOR') or app.is_granted(contract, 'ACCEPTOR', 'AUDITOR');
            elsif kind = 'VENDOR' and organization = vendor then
                return app.has_role('OWNER') or app.administers(contract, site);
            end if;
            return false;
        end $$;


ALTER FUNCTION app.sees_learners(contract uuid, association uuid, vendor uuid, site uuid) OWNER TO chapterhouse_owner;

--
-- Name: shareable_lines(uuid, date, date); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.shareable_lines(of_contract uuid, first_day date, last_day date) RETURNS TABLE(line_id uuid, key text, done numeric, known numeric, target_minor bigint, actual_minor bigint)
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
            select l.id, l.key, d.quantity, k.quantity, app.extended_minor(d.quantity, c.unit_cost, l.currency_code),
                k.actual_minor
            from contract_line l
            join contract o on o.id = l.contract_id and o.revision = l.revision
            join contract_line_cost c on c.contract_id = l.contract_id and c.line_id = l.id
            left join contract_line_pricing p on p.contract_id = l.contract_id and p.line_id = l.id
            cross join lateral (select case l.kind when 'RECURRING' then (
                    select coalesce(sum(s.quantity), 0) from invoice_source s
                    where s.contract_id = l.contract_id and s.contract_line_id = l.id and s.kind = 'RECURRING_PERIOD'
                        and s.released_at is null and s.period_starts_on <= last_day and s.period_ends_on >= first_day
                ) else (
                    select coalesce(sum(d.accepted_quantity), 0) from decision d
                    where d.contract_id = l.contract_id and d.line_id = l.id and d.reversed_at is null
                        and d.performed_to between first_day and last_day
                ) end as quantity) d
            cross join lateral (select coalesce(sum(k.done), 0) as quantity,
                    coalesce(sum(k.actual_minor), 0)::bigint as actual_minor
                from app.costs_of_line(l.contract_id, l.id) k
                where k.starts_on >= first_day and k.ends_on <= last_day) k
            where l.contract_id = of_contract and l.kind in ('TIME_AND_MATERIALS', 'UNIT', 'MILESTONE', 'RECURRING')
                and coalesce(p.arrangement, l.kind) not like 'COST\_PLUS%'
            order by l.position
        $$;


ALTER FUNCTION app.shareable_lines(of_contract uuid, first_day date, last_day date) OWNER TO chapterhouse_owner;

--
-- Name: standing(text, text); Type: FUNCTION; Schema: app; Owner: chapterhouse_lookup
--

CREATE FUNCTION app.standing(of_issuer text, of_subject text) RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    begin
        return (
            select string_agg(row(m.id, o.id, m.person_id, o.kind, o.name, m.name, m.email, m.roles, app.granted(m.id))::text, ' '
                order by m.id)
            from subject s join member m on m.person_id = s.person_id join organization o on o.id = m.organization_id
            where s.issuer = of_issuer and s.subject = of_subject and m.ended_at is null);
    end $$;


ALTER FUNCTION app.standing(of_issuer text, of_subject text) OWNER TO chapterhouse_lookup;

--
-- Name: take_from_budget(text, bigint, bigint, bigint); Type: FUNCTION; Schema: app; Owner: chapterhouse_lookup
--

CREATE FUNCTION app.take_from_budget(of_whom text, cost bigint, capacity bigint, restore_per_second bigint) RETURNS TABLE(remaining bigint, wait_seconds double precision)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
        declare
            began timestamptz := clock_timestamp();
            taken interval := cost * interval '1 second' / restore_per_second;
            whole interval := capacity * interval '1 second' / restore_per_second;
            missing interval;
        begin
            insert into request_budget as b (who, full_at) select of_whom, began + taken where taken <= whole
            on conflict (who) do update set full_at = greatest(b.full_at, began) + taken
                where greatest(b.full_at, began) + taken <= began + whole
            returning b.full_at - began into missing;
            if missing is null then
                select b.full_at - began into missing from request_budget b where b.who = of_whom;
                missing := greatest(missing, interval '0');
                wait_seconds := greatest(extract(epoch from missing + taken - whole), 0);
            end if;
            -- an interval is cut to microseconds, which must not cost an object
            remaining := greatest(floor(extract(epoch from whole - missing) * restore_per_second + 0.01), 0);
            return next;
        end $$;


ALTER FUNCTION app.take_from_budget(of_whom text, cost bigint, capacity bigint, restore_per_second bigint) OWNER TO chapterhouse_lookup;

--
-- Name: taken_back_minor(uuid, uuid); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.taken_back_minor(of_contract_id uuid, of_invoice_line_id uuid) RETURNS bigint
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
            select coalesce(sum(n.amount_minor), 0)::bigint
            from credit_note_line n join credit_note m on m.contract_id = n.contract_id and m.id = n.credit_note_id
            where n.contract_id = of_contract_id and n.invoice_line_id = of_invoice_line_id and m.status = 'ISSUED'
                and not app.is_given(m.reason_code, n.frees_sources) $$;


ALTER FUNCTION app.taken_back_minor(of_contract_id uuid, of_invoice_line_id uuid) OWNER TO chapterhouse_owner;

--
-- Name: tax_for(text, uuid, uuid, text, date); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.tax_for(of_supply text, of_seller uuid, of_buyer uuid, of_unit text, on_day date) RETURNS TABLE(tax_rule_id uuid, tax_exemption_id uuid, tax_category_code text, tax_rate_percent numeric, tax_reason_code text, tax_reason text)
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
            select r.id, x.id,
                case when x.id is not null then 'E' else coalesce(r.category_code, 'O') end,
                case when x.id is not null then 0 else coalesce(r.rate_percent, 0) end,
                case when x.id is not null then null when r.id is null then 'VATEX-EU-O' else r.reason_code end,
                case when x.id is not null then 'Exemption certificate ' || x.number
                    when r.id is not null then r.reason
                    when s.number is null and s.taxable then 'Not subject to tax: the seller has no tax number'
                    else 'Not subject to tax: no tax rule applies' end
            from (
                select o.country_code, t.region_code, t.number,
                    exists (select from tax_rule where supply = of_supply) as taxable
                from organization o left join tax_registration t on t.organization_id = o.id where o.id = of_seller
            ) s
            cross join (
                select o.country_code, t.region_code, t.number
                from organization o left join tax_registration t on t.organization_id = o.id where o.id = of_buyer
            ) b
            left join lateral (
                select t.* from tax_rule t
                where t.supply = of_supply and t.valid_from <= on_day and coalesce(t.valid_until, on_day) >= on_day
                    and (t.trade is null or t.trade = app.trade_between(s.country_code, b.country_code))
                    and (t.seller_country_code is null or t.seller_country_code = s.country_code)
                    and (t.seller_region_code is null or t.seller_region_code = s.region_code)
                    and (t.buyer_country_code is null or t.buyer_country_code = b.country_code)
                    and (t.buyer_region_code is null or t.buyer_region_code = b.region_code)
                    and (t.unit is null or t.unit = of_unit)
                    and (t.category_code = 'O' or s.number is not null)
                    and (t.category_code not in ('AE', 'K') or b.number is not null)
                order by t.unit is null, t.buyer_region_code is null, t.buyer_country_code is null,
                    t.seller_region_code is null, t.seller_country_code is null, t.trade is null
                limit 1
            ) r on true
            left join lateral (
                select e.id, e.number from tax_exemption e
                where e.association_id = of_buyer and e.status = 'VERIFIED'
                    and e.valid_from <= on_day and e.valid_until >= on_day
                    and e.country_code = b.country_code and (e.region_code is null or e.region_code = b.region_code)
                order by e.region_code is null, e.id
                limit 1
            ) x on r.category_code = 'S' $$;


ALTER FUNCTION app.tax_for(of_supply text, of_seller uuid, of_buyer uuid, of_unit text, on_day date) OWNER TO chapterhouse_owner;

--
-- Name: tax_minor(numeric, numeric); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.tax_minor(taxable_minor numeric, rate_percent numeric) RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ select round(taxable_minor * rate_percent / 100)::bigint $$;


ALTER FUNCTION app.tax_minor(taxable_minor numeric, rate_percent numeric) OWNER TO chapterhouse_owner;

--
-- Name: tell_of_change(); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.tell_of_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        begin
            perform pg_notify('changed', to_jsonb(new) ->> tg_argv[0]);
            return null;
        end $$;


ALTER FUNCTION app.tell_of_change() OWNER TO chapterhouse_owner;

--
-- Name: tier_billed(uuid, uuid, date); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.tier_billed(of_contract_id uuid, of_line_id uuid, tier_starts_on date) RETURNS TABLE(quantity numeric, amount_minor bigint)
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
            select coalesce(sum(l.quantity - n.quantity), 0), coalesce(sum(l.amount_minor - n.minor + d.minor), 0)::bigint
            from invoice_line l
            join invoice i on i.contract_id = l.contract_id and i.id = l.invoice_id
                and i.status not in ('VOID', 'DISCARDED')
            cross join lateral (select coalesce(sum(n.quantity), 0) as quantity, coalesce(sum(n.amount_minor), 0) as minor
                from credit_note_line n join credit_note m on m.contract_id = n.contract_id and m.id = n.credit_note_id
                where n.contract_id = l.contract_id and n.invoice_line_id = l.id and m.status = 'ISSUED'
                    and not app.is_given(m.reason_code, n.frees_sources)) n
            cross join lateral (select coalesce(sum(x.amount_minor), 0) as minor
                from invoice_line x join invoice y on y.contract_id = x.contract_id and y.id = x.invoice_id
                where x.contract_id = l.contract_id and x.corrects_line_id = l.id and y.kind = 'DEBIT_NOTE'
                    and y.status <> 'VOID') d
            where l.contract_id = of_contract_id and l.contract_line_id = of_line_id
                and l.tier_period_starts_on = tier_starts_on $$;


ALTER FUNCTION app.tier_billed(of_contract_id uuid, of_line_id uuid, tier_starts_on date) OWNER TO chapterhouse_owner;

--
-- Name: tier_period(date, date, text, text, date); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.tier_period(first_day date, last_day date, tier_period text, anchor text, day date) RETURNS daterange
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
            select coalesce((select daterange(p.starts_on, p.ends_on, '[]')
                from app.billing_periods(first_day, last_day, tier_period, anchor) p
                where day between p.starts_on and p.ends_on), daterange(first_day, last_day, '[]')) $$;


ALTER FUNCTION app.tier_period(first_day date, last_day date, tier_period text, anchor text, day date) OWNER TO chapterhouse_owner;

--
-- Name: tiered_minor(uuid, uuid, text, numeric, text); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.tiered_minor(of_contract_id uuid, of_line_id uuid, tiering text, quantity numeric, currency text) RETURNS bigint
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
            select app.extended_minor(1, coalesce(sum(case tiering
                when 'GRADUATED' then (least(quantity, coalesce(t.up_to, quantity)) - t.beyond) * t.unit_price
                else quantity * t.unit_price end), 0), currency)
            from (select up_to, unit_price, coalesce(lag(up_to) over (order by position), 0) as beyond
                from contract_line_tier where contract_id = of_contract_id and line_id = of_line_id) t
            where t.beyond < quantity and (tiering = 'GRADUATED' or coalesce(t.up_to, quantity) >= quantity) $$;


ALTER FUNCTION app.tiered_minor(of_contract_id uuid, of_line_id uuid, tiering text, quantity numeric, currency text) OWNER TO chapterhouse_owner;

--
-- Name: trade_between(text, text); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.trade_between(seller_country text, buyer_country text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
            select case when seller_country = buyer_country then 'DOMESTIC'
                when seller_country in ('AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE', 'IT', 'LT', 'LU', 'LV', 'MT', 'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK') and buyer_country in ('AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE', 'IT', 'LT', 'LU', 'LV', 'MT', 'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK') then 'INTRA_EU'
                else 'INTERNATIONAL' end $$;


ALTER FUNCTION app.trade_between(seller_country text, buyer_country text) OWNER TO chapterhouse_owner;

--
-- Name: whole_periods(date, text, date); Type: FUNCTION; Schema: app; Owner: chapterhouse_owner
--

CREATE FUNCTION app.whole_periods(first_day date, recurrence text, last_day date) RETURNS TABLE(starts_on date, ends_on date)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
            select p.starts_on, p.ends_on
            from (select case recurrence when 'MONTHLY' then 1 when 'QUARTERLY' then 3 when 'YEARLY' then 12 end as months) step
            cross join lateral generate_series(0, (last_day - first_day) / (28 * months)) nth
            cross join lateral (select
                (first_day + make_interval(months => nth * months))::date as starts_on,
                (first_day + make_interval(months => (nth + 1) * months))::date - 1 as ends_on) p
            where p.ends_on <= last_day $$;


ALTER FUNCTION app.whole_periods(first_day date, recurrence text, last_day date) OWNER TO chapterhouse_owner;

--
-- Name: fn_pgqueuer_changed(); Type: FUNCTION; Schema: public; Owner: chapterhouse_owner
--

CREATE FUNCTION public.fn_pgqueuer_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        DECLARE
            to_emit BOOLEAN := false;
        BEGIN
            IF TG_OP = 'UPDATE' AND OLD IS DISTINCT FROM NEW THEN
                to_emit := true;
            ELSIF TG_OP = 'DELETE' THEN
                to_emit := true;
            ELSIF TG_OP = 'INSERT' THEN
                to_emit := true;
            ELSIF TG_OP = 'TRUNCATE' THEN
                to_emit := true;
            END IF;

            IF to_emit THEN
                PERFORM pg_notify(
                    'ch_pgqueuer',
                    json_build_object(
                        'channel', 'ch_pgqueuer',
                        'operation', lower(TG_OP),
                        'sent_at', NOW(),
                        'table', TG_TABLE_NAME,
                        'type', 'table_changed_event'
                    )::text
                );
            END IF;

            IF TG_OP IN ('INSERT', 'UPDATE') THEN
                RETURN NEW;
            ELSIF TG_OP = 'DELETE' THEN
                RETURN OLD;
            ELSE
                RETURN NULL; -- For TRUNCATE and other non-row-specific contexts
            END IF;

        END;
        $$;


ALTER FUNCTION public.fn_pgqueuer_changed() OWNER TO chapterhouse_owner;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: accessibility_answer; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.accessibility_answer (
    contract_id uuid NOT NULL,
    review_id uuid NOT NULL,
    "position" integer NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    criterion text NOT NULL,
    answer text NOT NULL,
    remark text,
    CONSTRAINT accessibility_answer_answer_check CHECK ((answer = ANY (ARRAY['SUPPORTS'::text, 'PARTIALLY_SUPPORTS'::text, 'DOES_NOT_SUPPORT'::text, 'NOT_APPLICABLE'::text]))),
    CONSTRAINT accessibility_answer_position_check CHECK (("position" > 0)),
    CONSTRAINT accessibility_answer_remark_check CHECK (((length(remark) >= 1) AND (length(remark) <= 2000)))
);

ALTER TABLE ONLY public.accessibility_answer FORCE ROW LEVEL SECURITY;


ALTER TABLE public.accessibility_answer OWNER TO chapterhouse_owner;

--
-- Name: accessibility_finding; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.accessibility_finding (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    package_id uuid NOT NULL,
    "position" integer NOT NULL,
    certain boolean NOT NULL,
    rule text NOT NULL,
    impact text,
    message text NOT NULL,
    help_url text,
    file text NOT NULL,
    element_count integer NOT NULL,
    first_element text,
    criteria text[] DEFAULT ARRAY[]::text[] NOT NULL,
    CONSTRAINT accessibility_finding_element_count_check CHECK ((element_count > 0)),
    CONSTRAINT accessibility_finding_impact_check CHECK ((impact = ANY (ARRAY['minor'::text, 'moderate'::text, 'serious'::text, 'critical'::text]))),
    CONSTRAINT accessibility_finding_position_check CHECK (("position" > 0))
);

ALTER TABLE ONLY public.accessibility_finding FORCE ROW LEVEL SECURITY;


ALTER TABLE public.accessibility_finding OWNER TO chapterhouse_owner;

--
-- Name: accessibility_review; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.accessibility_review (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    package_id uuid NOT NULL,
    note text,
    signed_at timestamp with time zone NOT NULL,
    signed_by_member_id uuid,
    signed_by_name text,
    signed_by_email text,
    signed_by_organization_id uuid,
    signed_by_organization_name text,
    CONSTRAINT accessibility_review_note_check CHECK (((length(note) >= 1) AND (length(note) <= 4000)))
);

ALTER TABLE ONLY public.accessibility_review FORCE ROW LEVEL SECURITY;


ALTER TABLE public.accessibility_review OWNER TO chapterhouse_owner;

--
-- Name: accounting_period; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.accounting_period (
    id uuid NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    status text NOT NULL,
    closed_at timestamp with time zone,
    closed_by_member_id uuid,
    closed_by_name text,
    closed_by_email text,
    closed_by_organization_id uuid,
    closed_by_organization_name text,
    closed_by_person_id uuid,
    close_reason text,
    open_exception_count integer DEFAULT 0 NOT NULL,
    override_requested_at timestamp with time zone,
    override_requested_by_member_id uuid,
    override_requested_by_name text,
    override_requested_by_email text,
    override_requested_by_organization_id uuid,
    override_requested_by_organization_name text,
    override_requested_by_person_id uuid,
    override_reason text,
    reopened_at timestamp with time zone,
    reopened_by_member_id uuid,
    reopened_by_name text,
    reopened_by_email text,
    reopened_by_organization_id uuid,
    reopened_by_organization_name text,
    reopen_reason text,
    CONSTRAINT accounting_period_check CHECK ((ends_on = (((starts_on + '1 mon'::interval))::date - 1))),
    CONSTRAINT accounting_period_check1 CHECK (((status <> 'CLOSED'::text) OR (num_nulls(closed_at, closed_by_person_id, close_reason) = 0))),
    CONSTRAINT accounting_period_close_reason_check CHECK (((length(close_reason) >= 1) AND (length(close_reason) <= 2000))),
    CONSTRAINT accounting_period_override_reason_check CHECK (((length(override_reason) >= 1) AND (length(override_reason) <= 2000))),
    CONSTRAINT accounting_period_reopen_reason_check CHECK (((length(reopen_reason) >= 1) AND (length(reopen_reason) <= 2000))),
    CONSTRAINT accounting_period_starts_on_check CHECK ((EXTRACT(day FROM starts_on) = (1)::numeric)),
    CONSTRAINT accounting_period_status_check CHECK ((status = ANY (ARRAY['OPEN'::text, 'CLOSED'::text]))),
    CONSTRAINT override_by_two CHECK (((status <> 'CLOSED'::text) OR (override_requested_at IS NULL) OR (closed_by_person_id <> override_requested_by_person_id)))
);

ALTER TABLE ONLY public.accounting_period FORCE ROW LEVEL SECURITY;


ALTER TABLE public.accounting_period OWNER TO chapterhouse_owner;

--
-- Name: actual_cost; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.actual_cost (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    contract_line_id uuid NOT NULL,
    period_starts_on date NOT NULL,
    period_ends_on date NOT NULL,
    cost_minor bigint NOT NULL,
    entered_at timestamp with time zone CONSTRAINT actual_cost_recorded_at_not_null NOT NULL,
    currency_code text NOT NULL,
    category text NOT NULL,
    description text NOT NULL,
    quantity numeric(18,6),
    allowable boolean NOT NULL,
    allowable_reason text,
    status text NOT NULL,
    questioned_minor bigint DEFAULT 0 NOT NULL,
    disallowed_minor bigint DEFAULT 0 NOT NULL,
    allowed_minor bigint GENERATED ALWAYS AS (
CASE
    WHEN (allowable AND (status <> ALL (ARRAY['SUPERSEDED'::text, 'WITHDRAWN'::text]))) THEN (cost_minor - disallowed_minor)
    ELSE (0)::bigint
END),
    billed boolean DEFAULT false NOT NULL,
    supersedes_id uuid,
    reason text NOT NULL,
    ended_at timestamp with time zone,
    entered_by_member_id uuid,
    entered_by_name text,
    entered_by_email text,
    entered_by_organization_id uuid,
    entered_by_organization_name text,
    CONSTRAINT actual_cost_allowable_reason_check CHECK (((length(allowable_reason) >= 1) AND (length(allowable_reason) <= 2000))),
    CONSTRAINT actual_cost_category_check CHECK ((category = ANY (ARRAY['DIRECT'::text, 'INDIRECT'::text, 'PASS_THROUGH'::text]))),
    CONSTRAINT actual_cost_check CHECK ((period_starts_on <= period_ends_on)),
    CONSTRAINT actual_cost_check1 CHECK ((allowable OR (allowable_reason IS NOT NULL))),
    CONSTRAINT actual_cost_check2 CHECK (((questioned_minor + disallowed_minor) <= cost_minor)),
    CONSTRAINT actual_cost_check3 CHECK (((status = 'QUESTIONED'::text) = (questioned_minor > 0))),
    CONSTRAINT actual_cost_check4 CHECK (((status <> 'DISALLOWED'::text) OR (disallowed_minor = cost_minor))),
    CONSTRAINT actual_cost_check5 CHECK (((status = ANY (ARRAY['SUPERSEDED'::text, 'WITHDRAWN'::text])) = (ended_at IS NOT NULL))),
    CONSTRAINT actual_cost_cost_minor_check CHECK ((cost_minor >= 0)),
    CONSTRAINT actual_cost_currency_code_check CHECK ((length(currency_code) = 3)),
    CONSTRAINT actual_cost_description_check CHECK (((length(description) >= 1) AND (length(description) <= 500))),
    CONSTRAINT actual_cost_disallowed_minor_check CHECK ((disallowed_minor >= 0)),
    CONSTRAINT actual_cost_quantity_check CHECK ((quantity > (0)::numeric)),
    CONSTRAINT actual_cost_questioned_minor_check CHECK ((questioned_minor >= 0)),
    CONSTRAINT actual_cost_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 2000))),
    CONSTRAINT actual_cost_status_check CHECK ((status = ANY (ARRAY['ENTERED'::text, 'QUESTIONED'::text, 'PARTLY_DISALLOWED'::text, 'DISALLOWED'::text, 'SUPERSEDED'::text, 'WITHDRAWN'::text])))
);

ALTER TABLE ONLY public.actual_cost FORCE ROW LEVEL SECURITY;


ALTER TABLE public.actual_cost OWNER TO chapterhouse_owner;

--
-- Name: alembic_version; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);


ALTER TABLE public.alembic_version OWNER TO chapterhouse_owner;

--
-- Name: api_key; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.api_key (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    member_id uuid NOT NULL,
    name text NOT NULL,
    secret_hash bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by_member_id uuid NOT NULL,
    revoked_at timestamp with time zone,
    CONSTRAINT api_key_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)))
);

ALTER TABLE ONLY public.api_key FORCE ROW LEVEL SECURITY;


ALTER TABLE public.api_key OWNER TO chapterhouse_owner;

--
-- Name: audit_event; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.audit_event (
    id uuid NOT NULL,
    contract_id uuid,
    association_id uuid,
    vendor_id uuid,
    actor_member_id uuid NOT NULL,
    actor_name text NOT NULL,
    actor_email text NOT NULL,
    actor_organization_id uuid NOT NULL,
    actor_organization_name text NOT NULL,
    type text NOT NULL,
    object_id uuid NOT NULL,
    before jsonb NOT NULL,
    after jsonb NOT NULL,
    reason text,
    request_id text NOT NULL,
    recorded_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.audit_event FORCE ROW LEVEL SECURITY;


ALTER TABLE public.audit_event OWNER TO chapterhouse_owner;

--
-- Name: balance_transaction; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.balance_transaction (
    id uuid NOT NULL,
    stripe_balance_transaction_id text NOT NULL,
    type text NOT NULL,
    currency_code text NOT NULL,
    amount_minor bigint NOT NULL,
    processing_cost_minor bigint NOT NULL,
    net_minor bigint NOT NULL,
    source_id text,
    description text,
    available_on date NOT NULL,
    created_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    payout_id uuid,
    contract_id uuid,
    payment_id uuid,
    posted_at timestamp with time zone,
    exchange_rate numeric,
    presented_minor bigint,
    presented_currency_code text,
    CONSTRAINT balance_transaction_check CHECK ((net_minor = (amount_minor - processing_cost_minor))),
    CONSTRAINT balance_transaction_check1 CHECK (((presented_minor IS NULL) = (presented_currency_code IS NULL))),
    CONSTRAINT balance_transaction_check2 CHECK ((presented_currency_code <> currency_code)),
    CONSTRAINT balance_transaction_exchange_rate_check CHECK ((exchange_rate > (0)::numeric))
);

ALTER TABLE ONLY public.balance_transaction FORCE ROW LEVEL SECURITY;


ALTER TABLE public.balance_transaction OWNER TO chapterhouse_owner;

--
-- Name: bank_statement; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.bank_statement (
    id uuid NOT NULL,
    format text NOT NULL,
    account text NOT NULL,
    number text NOT NULL,
    currency_code text NOT NULL,
    opens_on date NOT NULL,
    closes_on date NOT NULL,
    opening_minor bigint NOT NULL,
    closing_minor bigint NOT NULL,
    line_count integer NOT NULL,
    content_sha256 bytea NOT NULL,
    imported_at timestamp with time zone NOT NULL,
    imported_by_member_id uuid,
    imported_by_name text,
    imported_by_email text,
    imported_by_organization_id uuid,
    imported_by_organization_name text,
    CONSTRAINT bank_statement_check CHECK ((opens_on <= closes_on)),
    CONSTRAINT bank_statement_format_check CHECK ((format = ANY (ARRAY['CAMT_053'::text, 'CSV'::text]))),
    CONSTRAINT bank_statement_line_count_check CHECK ((line_count >= 0))
);

ALTER TABLE ONLY public.bank_statement FORCE ROW LEVEL SECURITY;


ALTER TABLE public.bank_statement OWNER TO chapterhouse_owner;

--
-- Name: bank_statement_line; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.bank_statement_line (
    id uuid NOT NULL,
    statement_id uuid NOT NULL,
    account text NOT NULL,
    "position" integer NOT NULL,
    line_key text NOT NULL,
    booked_on date NOT NULL,
    valued_on date,
    currency_code text NOT NULL,
    amount_minor bigint NOT NULL,
    counterparty_name text,
    counterparty_account text,
    reference text,
    information text NOT NULL,
    status text NOT NULL,
    trouble text,
    proposal text,
    matched_by text,
    match_reason text,
    contract_id uuid,
    invoice_id uuid,
    payment_id uuid,
    payout_id uuid,
    matched_at timestamp with time zone,
    refund_id uuid,
    settlement_id uuid,
    CONSTRAINT bank_statement_line_check CHECK (((status = 'MATCHED'::text) = (matched_at IS NOT NULL))),
    CONSTRAINT bank_statement_line_check1 CHECK (((trouble IS NULL) OR ((status <> 'MATCHED'::text) AND (proposal IS NOT NULL)))),
    CONSTRAINT bank_statement_line_check2 CHECK (((status <> 'MATCHED'::text) OR ((num_nonnulls(matched_by, match_reason) = 2) AND (num_nonnulls(payment_id, payout_id, refund_id, settlement_id) > 0)))),
    CONSTRAINT bank_statement_line_matched_by_check CHECK ((matched_by = ANY (ARRAY['REFERENCE'::text, 'INVOICE_NUMBER'::text, 'AMOUNT_AND_PAYER'::text, 'PAYOUT'::text, 'HAND'::text, 'AMOUNT_AND_PAYEE'::text]))),
    CONSTRAINT bank_statement_line_status_check CHECK ((status = ANY (ARRAY['UNMATCHED'::text, 'MATCHED'::text, 'SET_ASIDE'::text]))),
    CONSTRAINT bank_statement_line_trouble_check CHECK ((trouble = ANY (ARRAY['UNKNOWN_BANK_LINE'::text, 'AMBIGUOUS_BANK_LINE'::text, 'SHORT_PAYMENT'::text, 'OVERPAYMENT'::text])))
);

ALTER TABLE ONLY public.bank_statement_line FORCE ROW LEVEL SECURITY;


ALTER TABLE public.bank_statement_line OWNER TO chapterhouse_owner;

--
-- Name: billing_exception; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.billing_exception (
    id uuid NOT NULL,
    kind text NOT NULL,
    severity text NOT NULL,
    subject text NOT NULL,
    subject_id uuid NOT NULL,
    contract_id uuid,
    invoice_id uuid,
    invoice_line_id uuid,
    bank_line_id uuid,
    happened_on date NOT NULL,
    currency_code text NOT NULL,
    amount_minor bigint NOT NULL,
    message text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    owner_member_id uuid,
    owner_name text,
    owner_email text,
    owner_organization_id uuid,
    owner_organization_name text,
    assigned_at timestamp with time zone,
    resolution text,
    resolved_at timestamp with time zone,
    resolved_by_member_id uuid,
    resolved_by_name text,
    resolved_by_email text,
    resolved_by_organization_id uuid,
    resolved_by_organization_name text,
    resolution_reason text,
    CONSTRAINT billing_exception_check CHECK (((resolution IS NULL) = (resolved_at IS NULL))),
    CONSTRAINT billing_exception_check1 CHECK (((resolution IS NULL) OR (resolution = 'GONE'::text) OR (resolution_reason IS NOT NULL))),
    CONSTRAINT billing_exception_kind_check CHECK ((kind = ANY (ARRAY['WRONG_RATE'::text, 'WRONG_QUANTITY'::text, 'BILLED_TWICE'::text, 'OUTSIDE_PERIOD'::text, 'NOT_ACCEPTED'::text, 'OUT_OF_SCOPE'::text, 'WRONG_TAX'::text, 'WRONG_EXCHANGE'::text, 'WRONG_ROUNDING'::text, 'WRONG_TOTAL'::text, 'NOT_POSTED'::text, 'POSTED_WRONG'::text, 'MISSING_PAYMENT'::text, 'SHORT_PAYMENT'::text, 'OVERPAYMENT'::text, 'PAYMENT_NOT_BANKED'::text, 'UNKNOWN_BANK_LINE'::text, 'AMBIGUOUS_BANK_LINE'::text, 'PAYOUT_DOES_NOT_SUM'::text, 'PAYOUT_NOT_BANKED'::text, 'PROCESSING_COST_NOT_BOOKED'::text, 'UNKNOWN_BALANCE_TRANSACTION'::text, 'NOT_MATCHED'::text]))),
    CONSTRAINT billing_exception_resolution_check CHECK ((resolution = ANY (ARRAY['GONE'::text, 'RESOLVED'::text, 'WRITTEN_OFF'::text, 'DISMISSED'::text]))),
    CONSTRAINT billing_exception_resolution_reason_check CHECK (((length(resolution_reason) >= 1) AND (length(resolution_reason) <= 2000))),
    CONSTRAINT billing_exception_severity_check CHECK ((severity = ANY (ARRAY['LOW'::text, 'MEDIUM'::text, 'HIGH'::text]))),
    CONSTRAINT billing_exception_subject_check CHECK ((subject = ANY (ARRAY['INVOICE'::text, 'INVOICE_LINE'::text, 'PAYMENT'::text, 'BANK_LINE'::text, 'BALANCE_TRANSACTION'::text, 'PAYOUT'::text])))
);

ALTER TABLE ONLY public.billing_exception FORCE ROW LEVEL SECURITY;


ALTER TABLE public.billing_exception OWNER TO chapterhouse_owner;

--
-- Name: billing_run; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.billing_run (
    id uuid NOT NULL,
    mode text NOT NULL,
    status text NOT NULL,
    period_starts_on date NOT NULL,
    period_ends_on date NOT NULL,
    vendor_id uuid,
    association_id uuid,
    most_invoices integer NOT NULL,
    largest_total numeric(18,6) NOT NULL,
    reason text NOT NULL,
    stop_code text,
    stop_message text,
    total_count integer NOT NULL,
    billed_count integer DEFAULT 0 NOT NULL,
    nothing_count integer DEFAULT 0 NOT NULL,
    refused_count integer DEFAULT 0 NOT NULL,
    started_at timestamp with time zone NOT NULL,
    started_by_member_id uuid NOT NULL,
    started_by_name text NOT NULL,
    started_by_email text NOT NULL,
    started_by_organization_id uuid NOT NULL,
    started_by_organization_name text NOT NULL,
    progressed_at timestamp with time zone,
    ended_at timestamp with time zone,
    CONSTRAINT billing_run_check CHECK ((period_starts_on <= period_ends_on)),
    CONSTRAINT billing_run_check1 CHECK (((billed_count >= 0) AND (nothing_count >= 0) AND (refused_count >= 0) AND (((billed_count + nothing_count) + refused_count) <= total_count))),
    CONSTRAINT billing_run_check2 CHECK (((status = ANY (ARRAY['CANCELLED'::text, 'DONE'::text])) = (ended_at IS NOT NULL))),
    CONSTRAINT billing_run_check3 CHECK (((status = 'STOPPED'::text) = ((stop_code IS NOT NULL) AND (stop_message IS NOT NULL)))),
    CONSTRAINT billing_run_largest_total_check CHECK ((largest_total > (0)::numeric)),
    CONSTRAINT billing_run_mode_check CHECK ((mode = ANY (ARRAY['DRAFT'::text, 'ISSUE'::text]))),
    CONSTRAINT billing_run_most_invoices_check CHECK ((most_invoices > 0)),
    CONSTRAINT billing_run_status_check CHECK ((status = ANY (ARRAY['QUEUED'::text, 'RUNNING'::text, 'PAUSED'::text, 'STOPPED'::text, 'CANCELLED'::text, 'DONE'::text]))),
    CONSTRAINT billing_run_total_count_check CHECK ((total_count >= 0))
);

ALTER TABLE ONLY public.billing_run FORCE ROW LEVEL SECURITY;


ALTER TABLE public.billing_run OWNER TO chapterhouse_owner;

--
-- Name: billing_run_item; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.billing_run_item (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    run_id uuid NOT NULL,
    status text DEFAULT 'PENDING'::text NOT NULL,
    code text,
    message text,
    currency_code text NOT NULL,
    invoice_id uuid,
    amount_minor bigint,
    settled_at timestamp with time zone,
    CONSTRAINT billing_run_item_check CHECK (((status = 'BILLED'::text) = ((invoice_id IS NOT NULL) AND (amount_minor IS NOT NULL)))),
    CONSTRAINT billing_run_item_check1 CHECK (((status = 'REFUSED'::text) = ((code IS NOT NULL) AND (message IS NOT NULL)))),
    CONSTRAINT billing_run_item_check2 CHECK (((status = 'PENDING'::text) = (settled_at IS NULL))),
    CONSTRAINT billing_run_item_status_check CHECK ((status = ANY (ARRAY['PENDING'::text, 'BILLED'::text, 'NOTHING_TO_BILL'::text, 'REFUSED'::text])))
);

ALTER TABLE ONLY public.billing_run_item FORCE ROW LEVEL SECURITY;


ALTER TABLE public.billing_run_item OWNER TO chapterhouse_owner;

--
-- Name: billing_setting; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.billing_setting (
    operator_id uuid NOT NULL,
    reporting_currency_code text NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by_member_id uuid,
    changed_by_name text,
    changed_by_email text,
    changed_by_organization_id uuid,
    changed_by_organization_name text,
    CONSTRAINT billing_setting_reporting_currency_code_check CHECK ((reporting_currency_code ~ '^[A-Z]{3}$'::text))
);

ALTER TABLE ONLY public.billing_setting FORCE ROW LEVEL SECURITY;


ALTER TABLE public.billing_setting OWNER TO chapterhouse_owner;

--
-- Name: catalog_listing; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.catalog_listing (
    id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    vendor_name text NOT NULL,
    version_id uuid NOT NULL,
    version_number integer NOT NULL,
    status text GENERATED ALWAYS AS ('PUBLISHED'::text) STORED,
    title text NOT NULL,
    summary text NOT NULL,
    category text NOT NULL,
    delivery_countries text[] NOT NULL,
    languages text[] NOT NULL,
    time_zone text,
    office_types text[] NOT NULL,
    deepest_disclosure_tier text NOT NULL,
    deliverables text[] NOT NULL,
    exclusions text[] NOT NULL,
    assumptions text[] NOT NULL,
    buyer_inputs text[] NOT NULL,
    units text[] NOT NULL,
    currency_code text NOT NULL,
    lowest_unit_prices jsonb NOT NULL,
    published_at timestamp with time zone NOT NULL,
    retired_at timestamp with time zone,
    search tsvector NOT NULL,
    names text GENERATED ALWAYS AS (((title || ' '::text) || vendor_name)) STORED
);


ALTER TABLE public.catalog_listing OWNER TO chapterhouse_owner;

--
-- Name: catalog_word; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.catalog_word (
    word text NOT NULL COLLATE pg_catalog."C",
    listing_id uuid NOT NULL
);


ALTER TABLE public.catalog_word OWNER TO chapterhouse_owner;

--
-- Name: certificate; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.certificate (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    site_id uuid,
    activity_id uuid NOT NULL,
    rule_id uuid NOT NULL,
    status text NOT NULL,
    period_starts_on date NOT NULL,
    period_ends_on date NOT NULL,
    keep_until date NOT NULL,
    number text,
    member_number text,
    learner_name text,
    licence_number text,
    licence_jurisdiction text,
    score_percent numeric(6,2),
    attestation text,
    reissue_reason text,
    revoke_reason text,
    salt bytea,
    erased_at timestamp with time zone,
    CONSTRAINT certificate_attestation_check CHECK (((length(attestation) >= 1) AND (length(attestation) <= 4000))),
    CONSTRAINT certificate_check CHECK ((period_starts_on <= period_ends_on)),
    CONSTRAINT certificate_check1 CHECK (((erased_at IS NOT NULL) OR (num_nulls(number, member_number, learner_name, salt) = 0))),
    CONSTRAINT certificate_learner_name_check CHECK (((length(learner_name) >= 1) AND (length(learner_name) <= 200))),
    CONSTRAINT certificate_licence_jurisdiction_check CHECK (((length(licence_jurisdiction) >= 1) AND (length(licence_jurisdiction) <= 100))),
    CONSTRAINT certificate_licence_number_check CHECK (((length(licence_number) >= 1) AND (length(licence_number) <= 100))),
    CONSTRAINT certificate_member_number_check CHECK (((length(member_number) >= 1) AND (length(member_number) <= 200))),
    CONSTRAINT certificate_number_check CHECK ((number ~ '^[0-9A-HJKMNP-TV-Z]{28}$'::text)),
    CONSTRAINT certificate_reissue_reason_check CHECK (((length(reissue_reason) >= 1) AND (length(reissue_reason) <= 2000))),
    CONSTRAINT certificate_revoke_reason_check CHECK (((length(revoke_reason) >= 1) AND (length(revoke_reason) <= 2000))),
    CONSTRAINT certificate_salt_check CHECK ((length(salt) = 32)),
    CONSTRAINT certificate_status_check CHECK ((status = ANY (ARRAY['VALID'::text, 'REVOKED'::text, 'REPLACED'::text]))),
    CONSTRAINT erased_whole CHECK (((erased_at IS NULL) OR (num_nonnulls(number, member_number, learner_name, licence_number, licence_jurisdiction, score_percent, attestation, reissue_reason, revoke_reason, salt) = 0)))
);

ALTER TABLE ONLY public.certificate FORCE ROW LEVEL SECURITY;


ALTER TABLE public.certificate OWNER TO chapterhouse_owner;

--
-- Name: chargeback; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.chargeback (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    payment_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    currency_code text NOT NULL,
    amount_minor bigint NOT NULL,
    status text NOT NULL,
    stripe_dispute_id text NOT NULL,
    network_reason text NOT NULL,
    respond_by timestamp with time zone,
    answer text,
    answered_at timestamp with time zone,
    answer_sent_at timestamp with time zone,
    answered_by_member_id uuid,
    answered_by_name text,
    answered_by_email text,
    answered_by_organization_id uuid,
    answered_by_organization_name text,
    opened_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    changed_at timestamp with time zone NOT NULL,
    asked_at timestamp with time zone,
    failure_message text,
    CONSTRAINT chargeback_amount_minor_check CHECK ((amount_minor > 0)),
    CONSTRAINT chargeback_check CHECK (((answer IS NULL) = (answered_at IS NULL))),
    CONSTRAINT chargeback_check1 CHECK (((status = ANY (ARRAY['WON'::text, 'LOST'::text])) = (closed_at IS NOT NULL))),
    CONSTRAINT chargeback_status_check CHECK ((status = ANY (ARRAY['NEEDS_RESPONSE'::text, 'UNDER_REVIEW'::text, 'WON'::text, 'LOST'::text])))
);

ALTER TABLE ONLY public.chargeback FORCE ROW LEVEL SECURITY;


ALTER TABLE public.chargeback OWNER TO chapterhouse_owner;

--
-- Name: content_package; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.content_package (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    site_id uuid NOT NULL,
    line_id uuid NOT NULL,
    evidence_id uuid NOT NULL,
    title text NOT NULL,
    course_key text NOT NULL,
    status text NOT NULL,
    byte_size bigint NOT NULL,
    sha256 text NOT NULL,
    sha1 text,
    standard text,
    verdict text,
    launch_checked boolean DEFAULT false NOT NULL,
    accessibility_scanned boolean DEFAULT false NOT NULL,
    accessibility_unscanned_reason text,
    submitted_at timestamp with time zone NOT NULL,
    submitted_by_member_id uuid,
    submitted_by_name text,
    submitted_by_email text,
    submitted_by_organization_id uuid,
    submitted_by_organization_name text,
    checked_at timestamp with time zone,
    plan_id uuid,
    published_at timestamp with time zone,
    comparison text,
    comparison_reason text,
    compared_at timestamp with time zone,
    ended_at timestamp with time zone,
    end_reason text,
    CONSTRAINT content_package_byte_size_check CHECK ((byte_size > 0)),
    CONSTRAINT content_package_check CHECK (((checked_at IS NULL) = (verdict IS NULL))),
    CONSTRAINT content_package_check1 CHECK (((status <> 'CHECKING'::text) OR (checked_at IS NULL))),
    CONSTRAINT content_package_check2 CHECK (((status <> ALL (ARRAY['CHECKED'::text, 'PUBLISHED'::text, 'SUPERSEDED'::text])) OR (checked_at IS NOT NULL))),
    CONSTRAINT content_package_check3 CHECK (((status = ANY (ARRAY['PUBLISHED'::text, 'SUPERSEDED'::text])) = (published_at IS NOT NULL))),
    CONSTRAINT content_package_check4 CHECK (((status = ANY (ARRAY['SUPERSEDED'::text, 'WITHDRAWN'::text])) = (ended_at IS NOT NULL))),
    CONSTRAINT content_package_check5 CHECK (((comparison IS NULL) = (compared_at IS NULL))),
    CONSTRAINT content_package_check6 CHECK (((NOT accessibility_scanned) OR (accessibility_unscanned_reason IS NULL))),
    CONSTRAINT content_package_comparison_check CHECK ((comparison = ANY (ARRAY['MATCHES'::text, 'DIFFERS'::text, 'NOT_READABLE'::text]))),
    CONSTRAINT content_package_course_key_check CHECK (((length(course_key) >= 1) AND (length(course_key) <= 200))),
    CONSTRAINT content_package_end_reason_check CHECK (((length(end_reason) >= 1) AND (length(end_reason) <= 2000))),
    CONSTRAINT content_package_sha1_check CHECK ((sha1 ~ '^[0-9a-f]{40}$'::text)),
    CONSTRAINT content_package_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT content_package_standard_check CHECK ((standard = ANY (ARRAY['SCORM_12'::text, 'SCORM_2004_2'::text, 'SCORM_2004_3'::text, 'SCORM_2004_4'::text, 'CMI5'::text, 'XAPI'::text]))),
    CONSTRAINT content_package_status_check CHECK ((status = ANY (ARRAY['CHECKING'::text, 'CHECKED'::text, 'PUBLISHED'::text, 'SUPERSEDED'::text, 'WITHDRAWN'::text]))),
    CONSTRAINT content_package_title_check CHECK (((length(title) >= 1) AND (length(title) <= 200))),
    CONSTRAINT content_package_verdict_check CHECK ((verdict = ANY (ARRAY['PASS'::text, 'WARN'::text, 'FAIL'::text])))
);

ALTER TABLE ONLY public.content_package FORCE ROW LEVEL SECURITY;


ALTER TABLE public.content_package OWNER TO chapterhouse_owner;

--
-- Name: contract; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.contract (
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    offering_id uuid NOT NULL,
    offering_version_id uuid NOT NULL,
    revision integer NOT NULL,
    status text NOT NULL,
    title text NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    time_zone text NOT NULL,
    currency_code text NOT NULL,
    purchase_order_number text,
    payment_terms_days integer NOT NULL,
    acceptance_period_days integer,
    disclosure_tier text NOT NULL,
    margin_floor_percent numeric(5,2),
    margin_ceiling_percent numeric(5,2),
    platform_fee_percent numeric(5,2) NOT NULL,
    total_value_minor bigint NOT NULL,
    content_hash text,
    offer_expires_on date NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    vendor_signed_at timestamp with time zone,
    association_signed_at timestamp with time zone,
    activated_at timestamp with time zone,
    ended_at timestamp with time zone,
    end_reason text,
    retainage_percent numeric(5,2),
    minimum_commitment_minor bigint,
    minimum_commitment_per text,
    CONSTRAINT contract_acceptance_period_days_check CHECK (((acceptance_period_days >= 1) AND (acceptance_period_days <= 365))),
    CONSTRAINT contract_check CHECK ((starts_on <= ends_on)),
    CONSTRAINT contract_check1 CHECK (((margin_floor_percent IS NULL) = (margin_ceiling_percent IS NULL))),
    CONSTRAINT contract_check2 CHECK ((margin_floor_percent <= margin_ceiling_percent)),
    CONSTRAINT contract_check3 CHECK (((activated_at IS NOT NULL) = (status = ANY (ARRAY['ACTIVE'::text, 'TERMINATED'::text])))),
    CONSTRAINT contract_check4 CHECK (((activated_at IS NULL) OR ((vendor_signed_at IS NOT NULL) AND (association_signed_at IS NOT NULL)))),
    CONSTRAINT contract_check5 CHECK (((ended_at IS NOT NULL) = (status = ANY (ARRAY['DECLINED'::text, 'WITHDRAWN'::text, 'EXPIRED'::text, 'TERMINATED'::text])))),
    CONSTRAINT contract_check6 CHECK (((minimum_commitment_minor IS NULL) = (minimum_commitment_per IS NULL))),
    CONSTRAINT contract_content_hash_check CHECK ((content_hash ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT contract_currency_code_check CHECK ((length(currency_code) = 3)),
    CONSTRAINT contract_disclosure_tier_check CHECK ((disclosure_tier = ANY (ARRAY['CLOSED'::text, 'BAND'::text, 'OPEN_BOOK'::text]))),
    CONSTRAINT contract_minimum_commitment_minor_check CHECK ((minimum_commitment_minor > 0)),
    CONSTRAINT contract_minimum_commitment_per_check CHECK ((minimum_commitment_per = ANY (ARRAY['TERM'::text, 'YEAR'::text]))),
    CONSTRAINT contract_payment_terms_days_check CHECK (((payment_terms_days >= 0) AND (payment_terms_days <= 365))),
    CONSTRAINT contract_platform_fee_percent_check CHECK (((platform_fee_percent >= (0)::numeric) AND (platform_fee_percent <= (100)::numeric))),
    CONSTRAINT contract_purchase_order_number_check CHECK (((length(purchase_order_number) >= 1) AND (length(purchase_order_number) <= 50))),
    CONSTRAINT contract_retainage_percent_check CHECK (((retainage_percent > (0)::numeric) AND (retainage_percent <= (100)::numeric))),
    CONSTRAINT contract_revision_check CHECK ((revision > 0)),
    CONSTRAINT contract_status_check CHECK ((status = ANY (ARRAY['PROPOSED'::text, 'ACTIVE'::text, 'DECLINED'::text, 'WITHDRAWN'::text, 'EXPIRED'::text, 'TERMINATED'::text]))),
    CONSTRAINT contract_title_check CHECK (((length(title) >= 1) AND (length(title) <= 200))),
    CONSTRAINT contract_total_value_minor_check CHECK ((total_value_minor >= 0))
);

ALTER TABLE ONLY public.contract FORCE ROW LEVEL SECURITY;


ALTER TABLE public.contract OWNER TO chapterhouse_owner;

--
-- Name: contract_grant; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.contract_grant (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    member_id uuid NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    organization_id uuid NOT NULL,
    organization_name text NOT NULL,
    role text NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    effective tstzrange NOT NULL,
    granted_at timestamp with time zone NOT NULL,
    granted_by_member_id uuid NOT NULL,
    granted_by_name text NOT NULL,
    granted_by_email text NOT NULL,
    granted_by_organization_id uuid NOT NULL,
    granted_by_organization_name text NOT NULL,
    revoked_at timestamp with time zone,
    revoke_reason text,
    CONSTRAINT contract_grant_check CHECK ((starts_on <= ends_on)),
    CONSTRAINT contract_grant_check1 CHECK (((organization_id = association_id) OR (organization_id = vendor_id))),
    CONSTRAINT contract_grant_role_check CHECK ((role = ANY (ARRAY['DELIVERY_LEAD'::text, 'DELIVERY'::text, 'LMS_ADMINISTRATOR'::text, 'ACCEPTOR'::text, 'AUDITOR'::text])))
);

ALTER TABLE ONLY public.contract_grant FORCE ROW LEVEL SECURITY;


ALTER TABLE public.contract_grant OWNER TO chapterhouse_owner;

--
-- Name: contract_line; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.contract_line (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    revision integer NOT NULL,
    "position" integer NOT NULL,
    key text NOT NULL,
    title text NOT NULL,
    kind text NOT NULL,
    rate_card_key text,
    rate_version integer,
    unit text,
    currency_code text NOT NULL,
    quantity numeric(18,6),
    quantity_basis text,
    units_per_period numeric(18,6),
    unit_price numeric(18,6),
    not_to_exceed_minor bigint,
    value_minor bigint NOT NULL,
    due_on date,
    acceptance_criteria text[] NOT NULL,
    recurrence text,
    due_day_of_month integer,
    obliged_party text,
    recorded_quantity numeric(18,6) DEFAULT 0 NOT NULL,
    submitted_quantity numeric(18,6) DEFAULT 0 NOT NULL,
    accepted_quantity numeric(18,6) DEFAULT 0 NOT NULL,
    billed_quantity numeric(18,6) DEFAULT 0 NOT NULL,
    billed_minor bigint DEFAULT 0 NOT NULL,
    extended_quantity numeric(18,6) DEFAULT 0 NOT NULL,
    extended_minor bigint DEFAULT 0 NOT NULL,
    CONSTRAINT accepted_within_maximum CHECK (((quantity_basis IS DISTINCT FROM 'MAXIMUM'::text) OR (accepted_quantity <= (quantity + extended_quantity)))),
    CONSTRAINT accepted_within_not_to_exceed CHECK (((not_to_exceed_minor IS NULL) OR (app.extended_minor(accepted_quantity, unit_price, currency_code) <= (not_to_exceed_minor + extended_minor)))),
    CONSTRAINT billed_within_accepted CHECK (((kind = ANY (ARRAY['RECURRING'::text, 'MINIMUM_COMMITMENT'::text])) OR (billed_quantity <= accepted_quantity))),
    CONSTRAINT contract_line_accepted_quantity_check CHECK ((accepted_quantity >= (0)::numeric)),
    CONSTRAINT contract_line_billed_minor_check CHECK ((billed_minor >= 0)),
    CONSTRAINT contract_line_billed_quantity_check CHECK ((billed_quantity >= (0)::numeric)),
    CONSTRAINT contract_line_check CHECK (((kind = 'OBLIGATION'::text) = (unit_price IS NULL))),
    CONSTRAINT contract_line_check1 CHECK (((kind = 'OBLIGATION'::text) = (quantity IS NULL))),
    CONSTRAINT contract_line_check2 CHECK (((kind = 'OBLIGATION'::text) = (obliged_party IS NOT NULL))),
    CONSTRAINT contract_line_check3 CHECK (((kind = ANY (ARRAY['RECURRING'::text, 'OBLIGATION'::text])) OR (recurrence IS NULL))),
    CONSTRAINT contract_line_check4 CHECK (((kind = 'RECURRING'::text) = (units_per_period IS NOT NULL))),
    CONSTRAINT contract_line_check5 CHECK (((kind <> 'RECURRING'::text) OR (recurrence IS NOT NULL))),
    CONSTRAINT contract_line_check6 CHECK (((kind = ANY (ARRAY['OBLIGATION'::text, 'MINIMUM_COMMITMENT'::text])) = (rate_card_key IS NULL))),
    CONSTRAINT contract_line_due_day_of_month_check CHECK (((due_day_of_month >= 1) AND (due_day_of_month <= 31))),
    CONSTRAINT contract_line_extended_minor_check CHECK ((extended_minor >= 0)),
    CONSTRAINT contract_line_extended_quantity_check CHECK ((extended_quantity >= (0)::numeric)),
    CONSTRAINT contract_line_key_check CHECK ((key ~ '^[a-z0-9][a-z0-9-]{0,62}$'::text)),
    CONSTRAINT contract_line_kind_check CHECK ((kind = ANY (ARRAY['TIME_AND_MATERIALS'::text, 'UNIT'::text, 'MILESTONE'::text, 'RECURRING'::text, 'OBLIGATION'::text, 'MINIMUM_COMMITMENT'::text]))),
    CONSTRAINT contract_line_not_to_exceed_minor_check CHECK ((not_to_exceed_minor >= 0)),
    CONSTRAINT contract_line_obliged_party_check CHECK ((obliged_party = ANY (ARRAY['ASSOCIATION'::text, 'VENDOR'::text]))),
    CONSTRAINT contract_line_quantity_basis_check CHECK ((quantity_basis = ANY (ARRAY['ESTIMATE'::text, 'MAXIMUM'::text]))),
    CONSTRAINT contract_line_quantity_check CHECK ((quantity > (0)::numeric)),
    CONSTRAINT contract_line_recorded_quantity_check CHECK ((recorded_quantity >= (0)::numeric)),
    CONSTRAINT contract_line_recurrence_check CHECK ((recurrence = ANY (ARRAY['MONTHLY'::text, 'QUARTERLY'::text, 'YEARLY'::text]))),
    CONSTRAINT contract_line_submitted_quantity_check CHECK ((submitted_quantity >= (0)::numeric)),
    CONSTRAINT contract_line_title_check CHECK (((length(title) >= 1) AND (length(title) <= 200))),
    CONSTRAINT contract_line_unit_price_check CHECK ((unit_price >= (0)::numeric)),
    CONSTRAINT contract_line_units_per_period_check CHECK ((units_per_period > (0)::numeric)),
    CONSTRAINT contract_line_value_minor_check CHECK ((value_minor >= 0))
);

ALTER TABLE ONLY public.contract_line FORCE ROW LEVEL SECURITY;


ALTER TABLE public.contract_line OWNER TO chapterhouse_owner;

--
-- Name: contract_line_cost; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.contract_line_cost (
    contract_id uuid NOT NULL,
    line_id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    unit_cost numeric(18,6) NOT NULL,
    salt bytea NOT NULL,
    commitment text NOT NULL,
    CONSTRAINT contract_line_cost_unit_cost_check CHECK ((unit_cost >= (0)::numeric))
);

ALTER TABLE ONLY public.contract_line_cost FORCE ROW LEVEL SECURITY;


ALTER TABLE public.contract_line_cost OWNER TO chapterhouse_owner;

--
-- Name: contract_line_cost_terms; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.contract_line_cost_terms (
    contract_id uuid NOT NULL,
    line_id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    arrangement text NOT NULL,
    currency_code text NOT NULL,
    target_cost_minor bigint NOT NULL,
    contract_fee_minor bigint,
    contract_fee_percent numeric(5,2),
    fee_floor_minor bigint,
    fee_ceiling_minor bigint,
    vendor_share_under_percent numeric(5,2),
    vendor_share_over_percent numeric(5,2),
    salt bytea NOT NULL,
    commitment text NOT NULL,
    CONSTRAINT contract_line_cost_terms_arrangement_check CHECK ((arrangement = ANY (ARRAY['COST_PLUS_FIXED_FEE'::text, 'COST_PLUS_PERCENTAGE'::text, 'COST_PLUS_INCENTIVE_FEE'::text]))),
    CONSTRAINT contract_line_cost_terms_contract_fee_minor_check CHECK ((contract_fee_minor >= 0)),
    CONSTRAINT contract_line_cost_terms_contract_fee_percent_check CHECK (((contract_fee_percent >= (0)::numeric) AND (contract_fee_percent <= (100)::numeric))),
    CONSTRAINT contract_line_cost_terms_currency_code_check CHECK ((length(currency_code) = 3)),
    CONSTRAINT contract_line_cost_terms_fee_floor_minor_check CHECK ((fee_floor_minor >= 0)),
    CONSTRAINT contract_line_cost_terms_target_cost_minor_check CHECK ((target_cost_minor > 0)),
    CONSTRAINT contract_line_cost_terms_vendor_share_over_percent_check CHECK (((vendor_share_over_percent >= (0)::numeric) AND (vendor_share_over_percent <= (100)::numeric))),
    CONSTRAINT contract_line_cost_terms_vendor_share_under_percent_check CHECK (((vendor_share_under_percent >= (0)::numeric) AND (vendor_share_under_percent <= (100)::numeric))),
    CONSTRAINT fee_between_floor_and_ceiling CHECK (((fee_floor_minor <= contract_fee_minor) AND (contract_fee_minor <= fee_ceiling_minor))),
    CONSTRAINT fee_of_its_arrangement CHECK ((((contract_fee_percent IS NOT NULL) = (arrangement = 'COST_PLUS_PERCENTAGE'::text)) AND ((contract_fee_minor IS NULL) = (contract_fee_percent IS NOT NULL)))),
    CONSTRAINT incentive_of_its_arrangement CHECK ((num_nulls(fee_floor_minor, fee_ceiling_minor, vendor_share_under_percent, vendor_share_over_percent) =
CASE arrangement
    WHEN 'COST_PLUS_INCENTIVE_FEE'::text THEN 0
    ELSE 4
END))
);

ALTER TABLE ONLY public.contract_line_cost_terms FORCE ROW LEVEL SECURITY;


ALTER TABLE public.contract_line_cost_terms OWNER TO chapterhouse_owner;

--
-- Name: contract_line_pricing; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.contract_line_pricing (
    contract_id uuid NOT NULL,
    line_id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    arrangement text NOT NULL,
    tiering text,
    tier_period text,
    timing text,
    period_anchor text,
    prorated boolean,
    CONSTRAINT anchored_periods CHECK (((period_anchor IS NOT NULL) = ((arrangement = 'RECURRING'::text) OR (COALESCE(tier_period, 'TERM'::text) <> 'TERM'::text)))),
    CONSTRAINT contract_line_pricing_arrangement_check CHECK ((arrangement = ANY (ARRAY['FIXED_PRICE'::text, 'TIME_AND_MATERIALS'::text, 'UNIT'::text, 'RECURRING'::text, 'COST_PLUS_FIXED_FEE'::text, 'COST_PLUS_PERCENTAGE'::text, 'COST_PLUS_INCENTIVE_FEE'::text]))),
    CONSTRAINT contract_line_pricing_period_anchor_check CHECK ((period_anchor = ANY (ARRAY['ANNIVERSARY'::text, 'CALENDAR'::text]))),
    CONSTRAINT contract_line_pricing_tier_period_check CHECK ((tier_period = ANY (ARRAY['TERM'::text, 'MONTHLY'::text, 'QUARTERLY'::text, 'YEARLY'::text]))),
    CONSTRAINT contract_line_pricing_tiering_check CHECK ((tiering = ANY (ARRAY['GRADUATED'::text, 'VOLUME'::text]))),
    CONSTRAINT contract_line_pricing_timing_check CHECK ((timing = ANY (ARRAY['ADVANCE'::text, 'ARREARS'::text]))),
    CONSTRAINT terms_of_periods CHECK ((num_nulls(timing, prorated) =
CASE arrangement
    WHEN 'RECURRING'::text THEN 0
    ELSE 2
END)),
    CONSTRAINT tiers_of_units CHECK (
CASE
    WHEN (tiering IS NULL) THEN (tier_period IS NULL)
    ELSE ((arrangement = 'UNIT'::text) AND (tier_period IS NOT NULL))
END)
);

ALTER TABLE ONLY public.contract_line_pricing FORCE ROW LEVEL SECURITY;


ALTER TABLE public.contract_line_pricing OWNER TO chapterhouse_owner;

--
-- Name: contract_line_tier; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.contract_line_tier (
    contract_id uuid NOT NULL,
    line_id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    "position" integer NOT NULL,
    up_to numeric(18,6),
    currency_code text NOT NULL,
    unit_price numeric(18,6) NOT NULL,
    CONSTRAINT contract_line_tier_currency_code_check CHECK ((length(currency_code) = 3)),
    CONSTRAINT contract_line_tier_position_check CHECK (("position" > 0)),
    CONSTRAINT contract_line_tier_unit_price_check CHECK ((unit_price >= (0)::numeric)),
    CONSTRAINT contract_line_tier_up_to_check CHECK ((up_to > (0)::numeric))
);

ALTER TABLE ONLY public.contract_line_tier FORCE ROW LEVEL SECURITY;


ALTER TABLE public.contract_line_tier OWNER TO chapterhouse_owner;

--
-- Name: contract_revision; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.contract_revision (
    contract_id uuid NOT NULL,
    number integer NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    document text NOT NULL,
    content_hash text NOT NULL,
    member_id uuid NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    organization_id uuid NOT NULL,
    organization_name text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT contract_revision_number_check CHECK ((number > 0))
);

ALTER TABLE ONLY public.contract_revision FORCE ROW LEVEL SECURITY;


ALTER TABLE public.contract_revision OWNER TO chapterhouse_owner;

--
-- Name: contract_signature; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.contract_signature (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    revision integer NOT NULL,
    party text NOT NULL,
    content_hash text NOT NULL,
    signed_at timestamp with time zone NOT NULL,
    after_start boolean NOT NULL,
    member_id uuid NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    organization_id uuid NOT NULL,
    organization_name text NOT NULL,
    CONSTRAINT contract_signature_party_check CHECK ((party = ANY (ARRAY['VENDOR'::text, 'ASSOCIATION'::text])))
);

ALTER TABLE ONLY public.contract_signature FORCE ROW LEVEL SECURITY;


ALTER TABLE public.contract_signature OWNER TO chapterhouse_owner;

--
-- Name: cost_question; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.cost_question (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    actual_cost_id uuid NOT NULL,
    status text NOT NULL,
    currency_code text NOT NULL,
    questioned_minor bigint NOT NULL,
    question text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    asked_by_member_id uuid,
    asked_by_name text,
    asked_by_email text,
    asked_by_organization_id uuid,
    asked_by_organization_name text,
    answer text,
    answered_at timestamp with time zone,
    answered_by_member_id uuid,
    answered_by_name text,
    answered_by_email text,
    answered_by_organization_id uuid,
    answered_by_organization_name text,
    disallowed_minor bigint DEFAULT 0 NOT NULL,
    outcome text,
    closed_at timestamp with time zone,
    closed_by_member_id uuid,
    closed_by_name text,
    closed_by_email text,
    closed_by_organization_id uuid,
    closed_by_organization_name text,
    CONSTRAINT cost_question_answer_check CHECK (((length(answer) >= 1) AND (length(answer) <= 2000))),
    CONSTRAINT cost_question_check CHECK (((disallowed_minor >= 0) AND (disallowed_minor <= questioned_minor))),
    CONSTRAINT cost_question_check1 CHECK (((answer IS NULL) = (answered_at IS NULL))),
    CONSTRAINT cost_question_check2 CHECK (((status <> 'ANSWERED'::text) OR (answer IS NOT NULL))),
    CONSTRAINT cost_question_check3 CHECK (((status = ANY (ARRAY['OPEN'::text, 'ANSWERED'::text])) = (closed_at IS NULL))),
    CONSTRAINT cost_question_check4 CHECK (((outcome IS NULL) = (closed_at IS NULL))),
    CONSTRAINT cost_question_check5 CHECK (((status = ANY (ARRAY['CONCEDED'::text, 'DISALLOWED'::text])) = (disallowed_minor > 0))),
    CONSTRAINT cost_question_currency_code_check CHECK ((length(currency_code) = 3)),
    CONSTRAINT cost_question_outcome_check CHECK (((length(outcome) >= 1) AND (length(outcome) <= 2000))),
    CONSTRAINT cost_question_question_check CHECK (((length(question) >= 1) AND (length(question) <= 2000))),
    CONSTRAINT cost_question_questioned_minor_check CHECK ((questioned_minor > 0)),
    CONSTRAINT cost_question_status_check CHECK ((status = ANY (ARRAY['OPEN'::text, 'ANSWERED'::text, 'WITHDRAWN'::text, 'CONCEDED'::text, 'DISALLOWED'::text, 'OVERTAKEN'::text])))
);

ALTER TABLE ONLY public.cost_question FORCE ROW LEVEL SECURITY;


ALTER TABLE public.cost_question OWNER TO chapterhouse_owner;

--
-- Name: country; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.country (
    code text NOT NULL,
    continent_code text NOT NULL,
    CONSTRAINT country_code_check CHECK ((code ~ '^[A-Z]{2}$'::text))
);


ALTER TABLE public.country OWNER TO chapterhouse_owner;

--
-- Name: credit_activity; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.credit_activity (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    title text NOT NULL,
    accreditor text NOT NULL,
    provider_number text NOT NULL,
    approval_number text NOT NULL,
    site_id uuid,
    course_key text,
    credit_type_code text NOT NULL,
    credit_type_name text NOT NULL,
    unit text NOT NULL,
    quantity numeric(18,6) NOT NULL,
    approved_from date NOT NULL,
    approved_to date NOT NULL,
    jurisdictions text[] DEFAULT ARRAY[]::text[] NOT NULL,
    approved_at timestamp with time zone NOT NULL,
    approved_by_member_id uuid,
    approved_by_name text,
    approved_by_email text,
    approved_by_organization_id uuid,
    approved_by_organization_name text,
    withdrawn_from date,
    withdrawn_at timestamp with time zone,
    withdraw_reason text,
    withdrawn_by_member_id uuid,
    withdrawn_by_name text,
    withdrawn_by_email text,
    withdrawn_by_organization_id uuid,
    withdrawn_by_organization_name text,
    CONSTRAINT credit_activity_accreditor_check CHECK (((length(accreditor) >= 1) AND (length(accreditor) <= 200))),
    CONSTRAINT credit_activity_approval_number_check CHECK (((length(approval_number) >= 1) AND (length(approval_number) <= 100))),
    CONSTRAINT credit_activity_check CHECK ((approved_from <= approved_to)),
    CONSTRAINT credit_activity_check1 CHECK (((site_id IS NULL) = (course_key IS NULL))),
    CONSTRAINT credit_activity_check2 CHECK ((num_nulls(withdrawn_from, withdrawn_at, withdraw_reason) = ANY (ARRAY[0, 3]))),
    CONSTRAINT credit_activity_course_key_check CHECK (((length(course_key) >= 1) AND (length(course_key) <= 200))),
    CONSTRAINT credit_activity_credit_type_code_check CHECK ((credit_type_code ~ '^[A-Z0-9][A-Z0-9._+/-]{0,31}$'::text)),
    CONSTRAINT credit_activity_credit_type_name_check CHECK (((length(credit_type_name) >= 1) AND (length(credit_type_name) <= 200))),
    CONSTRAINT credit_activity_provider_number_check CHECK (((length(provider_number) >= 1) AND (length(provider_number) <= 100))),
    CONSTRAINT credit_activity_quantity_check CHECK ((quantity > (0)::numeric)),
    CONSTRAINT credit_activity_title_check CHECK (((length(title) >= 1) AND (length(title) <= 300))),
    CONSTRAINT credit_activity_unit_check CHECK ((unit = ANY (ARRAY['CONTACT_HOUR'::text, 'CEU'::text, 'CREDIT'::text]))),
    CONSTRAINT credit_activity_withdraw_reason_check CHECK (((length(withdraw_reason) >= 1) AND (length(withdraw_reason) <= 2000)))
);

ALTER TABLE ONLY public.credit_activity FORCE ROW LEVEL SECURITY;


ALTER TABLE public.credit_activity OWNER TO chapterhouse_owner;

--
-- Name: credit_application; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.credit_application (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    currency_code text NOT NULL,
    amount_minor bigint NOT NULL,
    reason text NOT NULL,
    applied_at timestamp with time zone NOT NULL,
    applied_by_member_id uuid,
    applied_by_name text,
    applied_by_email text,
    applied_by_organization_id uuid,
    applied_by_organization_name text,
    entry_id uuid NOT NULL,
    CONSTRAINT credit_application_amount_minor_check CHECK ((amount_minor > 0)),
    CONSTRAINT credit_application_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 2000)))
);

ALTER TABLE ONLY public.credit_application FORCE ROW LEVEL SECURITY;


ALTER TABLE public.credit_application OWNER TO chapterhouse_owner;

--
-- Name: credit_entry; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.credit_entry (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    sequence bigint NOT NULL,
    kind text NOT NULL,
    certificate_id uuid NOT NULL,
    replaces_certificate_id uuid,
    activity_id uuid NOT NULL,
    rule_id uuid NOT NULL,
    credit_type_code text NOT NULL,
    credit_type_name text NOT NULL,
    unit text NOT NULL,
    quantity numeric(18,6) NOT NULL,
    earned_on date NOT NULL,
    period_starts_on date NOT NULL,
    period_ends_on date NOT NULL,
    evidence_id uuid,
    on_behalf_of text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by_member_id uuid,
    recorded_by_name text,
    recorded_by_email text,
    recorded_by_organization_id uuid,
    recorded_by_organization_name text,
    subject_digest bytea NOT NULL,
    digest bytea NOT NULL,
    previous_hash bytea NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT credit_entry_check CHECK (((kind = 'REISSUED'::text) = (replaces_certificate_id IS NOT NULL))),
    CONSTRAINT credit_entry_credit_type_code_check CHECK ((credit_type_code ~ '^[A-Z0-9][A-Z0-9._+/-]{0,31}$'::text)),
    CONSTRAINT credit_entry_credit_type_name_check CHECK (((length(credit_type_name) >= 1) AND (length(credit_type_name) <= 200))),
    CONSTRAINT credit_entry_digest_check CHECK ((length(digest) = 32)),
    CONSTRAINT credit_entry_hash_check CHECK ((length(hash) = 32)),
    CONSTRAINT credit_entry_kind_check CHECK ((kind = ANY (ARRAY['AWARDED'::text, 'REVOKED'::text, 'REISSUED'::text]))),
    CONSTRAINT credit_entry_previous_hash_check CHECK ((length(previous_hash) = 32)),
    CONSTRAINT credit_entry_quantity_check CHECK ((quantity > (0)::numeric)),
    CONSTRAINT credit_entry_sequence_check CHECK ((sequence > 0)),
    CONSTRAINT credit_entry_subject_digest_check CHECK ((length(subject_digest) = 32)),
    CONSTRAINT credit_entry_unit_check CHECK ((unit = ANY (ARRAY['CONTACT_HOUR'::text, 'CEU'::text, 'CREDIT'::text])))
);

ALTER TABLE ONLY public.credit_entry FORCE ROW LEVEL SECURITY;


ALTER TABLE public.credit_entry OWNER TO chapterhouse_owner;

--
-- Name: credit_note; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.credit_note (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    dispute_id uuid,
    number text NOT NULL,
    year integer NOT NULL,
    year_number integer NOT NULL,
    status text NOT NULL,
    reason_code text NOT NULL,
    reason text NOT NULL,
    currency_code text NOT NULL,
    subtotal_minor bigint NOT NULL,
    tax_total_minor bigint NOT NULL,
    total_minor bigint GENERATED ALWAYS AS ((subtotal_minor + tax_total_minor)) STORED,
    applied_minor bigint NOT NULL,
    retained_minor bigint NOT NULL,
    refundable_minor bigint NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    issued_on date NOT NULL,
    issued_by_member_id uuid,
    issued_by_name text,
    issued_by_email text,
    issued_by_organization_id uuid,
    issued_by_organization_name text,
    issued_entry_id uuid NOT NULL,
    voided_at timestamp with time zone,
    void_reason text,
    voided_by_member_id uuid,
    voided_by_name text,
    voided_by_email text,
    voided_by_organization_id uuid,
    voided_by_organization_name text,
    voided_entry_id uuid,
    gainshare_id uuid,
    CONSTRAINT credit_note_applied_minor_check CHECK ((applied_minor >= 0)),
    CONSTRAINT credit_note_check CHECK ((((applied_minor + retained_minor) + refundable_minor) = (subtotal_minor + tax_total_minor))),
    CONSTRAINT credit_note_check1 CHECK (((status = 'VOID'::text) = (voided_at IS NOT NULL))),
    CONSTRAINT credit_note_check2 CHECK ((num_nonnulls(voided_at, void_reason, voided_entry_id) = ANY (ARRAY[0, 3]))),
    CONSTRAINT credit_note_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 2000))),
    CONSTRAINT credit_note_reason_code_check CHECK ((reason_code = ANY (ARRAY['BILLED_IN_ERROR'::text, 'QUANTITY'::text, 'RATE'::text, 'NOT_ACCEPTED'::text, 'OUT_OF_SCOPE'::text, 'DUPLICATE'::text, 'TAX'::text, 'CONCESSION'::text, 'SERVICE_CREDIT'::text, 'CORRECTION'::text, 'DISPUTE_UPHELD'::text, 'OTHER'::text]))),
    CONSTRAINT credit_note_refundable_minor_check CHECK ((refundable_minor >= 0)),
    CONSTRAINT credit_note_retained_minor_check CHECK ((retained_minor >= 0)),
    CONSTRAINT credit_note_status_check CHECK ((status = ANY (ARRAY['ISSUED'::text, 'VOID'::text]))),
    CONSTRAINT credit_note_subtotal_minor_check CHECK ((subtotal_minor > 0)),
    CONSTRAINT credit_note_tax_total_minor_check CHECK ((tax_total_minor >= 0)),
    CONSTRAINT credit_note_void_reason_check CHECK (((length(void_reason) >= 1) AND (length(void_reason) <= 2000)))
);

ALTER TABLE ONLY public.credit_note FORCE ROW LEVEL SECURITY;


ALTER TABLE public.credit_note OWNER TO chapterhouse_owner;

--
-- Name: credit_note_counter; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.credit_note_counter (
    vendor_id uuid NOT NULL,
    year integer NOT NULL,
    last_number integer NOT NULL,
    CONSTRAINT credit_note_counter_last_number_check CHECK ((last_number > 0))
);

ALTER TABLE ONLY public.credit_note_counter FORCE ROW LEVEL SECURITY;


ALTER TABLE public.credit_note_counter OWNER TO chapterhouse_owner;

--
-- Name: credit_note_line; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.credit_note_line (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    credit_note_id uuid NOT NULL,
    invoice_line_id uuid NOT NULL,
    contract_line_id uuid NOT NULL,
    "position" integer NOT NULL,
    description text NOT NULL,
    unit text NOT NULL,
    currency_code text NOT NULL,
    quantity numeric(18,6) NOT NULL,
    amount_minor bigint NOT NULL,
    tax_minor bigint NOT NULL,
    frees_sources boolean NOT NULL,
    CONSTRAINT credit_note_line_amount_minor_check CHECK ((amount_minor >= 0)),
    CONSTRAINT credit_note_line_quantity_check CHECK ((quantity >= (0)::numeric)),
    CONSTRAINT credit_note_line_tax_minor_check CHECK ((tax_minor >= 0))
);

ALTER TABLE ONLY public.credit_note_line FORCE ROW LEVEL SECURITY;


ALTER TABLE public.credit_note_line OWNER TO chapterhouse_owner;

--
-- Name: credit_note_line_cost; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.credit_note_line_cost (
    contract_id uuid NOT NULL,
    credit_note_line_id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    credit_note_id uuid NOT NULL,
    invoice_line_id uuid NOT NULL,
    cost_minor bigint NOT NULL,
    platform_fee_minor bigint NOT NULL,
    CONSTRAINT credit_note_line_cost_cost_minor_check CHECK ((cost_minor >= 0)),
    CONSTRAINT credit_note_line_cost_platform_fee_minor_check CHECK ((platform_fee_minor >= 0))
);

ALTER TABLE ONLY public.credit_note_line_cost FORCE ROW LEVEL SECURITY;


ALTER TABLE public.credit_note_line_cost OWNER TO chapterhouse_owner;

--
-- Name: credit_rule; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.credit_rule (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    activity_id uuid NOT NULL,
    needs_completion boolean NOT NULL,
    minimum_score_percent numeric(5,2),
    needs_attestation boolean NOT NULL,
    periods_begin_on date NOT NULL,
    period_months integer NOT NULL,
    retention_years integer NOT NULL,
    approved_at timestamp with time zone NOT NULL,
    approved_by_member_id uuid,
    approved_by_name text,
    approved_by_email text,
    approved_by_organization_id uuid,
    approved_by_organization_name text,
    withdrawn_at timestamp with time zone,
    withdraw_reason text,
    withdrawn_by_member_id uuid,
    withdrawn_by_name text,
    withdrawn_by_email text,
    withdrawn_by_organization_id uuid,
    withdrawn_by_organization_name text,
    CONSTRAINT credit_rule_check CHECK ((needs_completion OR needs_attestation)),
    CONSTRAINT credit_rule_check1 CHECK (((minimum_score_percent IS NULL) OR needs_completion)),
    CONSTRAINT credit_rule_check2 CHECK (((withdrawn_at IS NULL) = (withdraw_reason IS NULL))),
    CONSTRAINT credit_rule_minimum_score_percent_check CHECK (((minimum_score_percent >= (0)::numeric) AND (minimum_score_percent <= (100)::numeric))),
    CONSTRAINT credit_rule_period_months_check CHECK (((period_months >= 1) AND (period_months <= 120))),
    CONSTRAINT credit_rule_retention_years_check CHECK (((retention_years >= 1) AND (retention_years <= 100))),
    CONSTRAINT credit_rule_withdraw_reason_check CHECK (((length(withdraw_reason) >= 1) AND (length(withdraw_reason) <= 2000)))
);

ALTER TABLE ONLY public.credit_rule FORCE ROW LEVEL SECURITY;


ALTER TABLE public.credit_rule OWNER TO chapterhouse_owner;

--
-- Name: decision; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.decision (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    submission_id uuid NOT NULL,
    work_record_id uuid NOT NULL,
    line_id uuid NOT NULL,
    accepted_quantity numeric(18,6) NOT NULL,
    shortfall_quantity numeric(18,6) NOT NULL,
    reason_code text,
    disposition text,
    reason text,
    performed_to date NOT NULL,
    unit_price numeric(18,6) NOT NULL,
    rate_card_key text NOT NULL,
    rate_version integer NOT NULL,
    deemed boolean NOT NULL,
    decided_at timestamp with time zone NOT NULL,
    decided_by_member_id uuid,
    decided_by_name text,
    decided_by_email text,
    decided_by_organization_id uuid,
    decided_by_organization_name text,
    decided_by_person_id uuid,
    billed boolean DEFAULT false NOT NULL,
    reversed_at timestamp with time zone,
    reverse_reason text,
    CONSTRAINT billed_is_not_reversed CHECK (((NOT billed) OR (reversed_at IS NULL))),
    CONSTRAINT decision_accepted_quantity_check CHECK ((accepted_quantity >= (0)::numeric)),
    CONSTRAINT decision_check CHECK (((shortfall_quantity > (0)::numeric) = ((disposition IS NOT NULL) AND (reason_code IS NOT NULL)))),
    CONSTRAINT decision_check1 CHECK ((deemed = (decided_by_member_id IS NULL))),
    CONSTRAINT decision_disposition_check CHECK ((disposition = ANY (ARRAY['REJECTED'::text, 'RETURNED'::text]))),
    CONSTRAINT decision_reason_check CHECK ((length(reason) <= 2000)),
    CONSTRAINT decision_reason_code_check CHECK ((reason_code = ANY (ARRAY['DUPLICATE'::text, 'NOT_DELIVERED'::text, 'INCOMPLETE'::text, 'QUALITY'::text, 'WRONG_QUANTITY'::text, 'WRONG_PERIOD'::text, 'NO_EVIDENCE'::text, 'OTHER'::text]))),
    CONSTRAINT decision_shortfall_quantity_check CHECK ((shortfall_quantity >= (0)::numeric))
);

ALTER TABLE ONLY public.decision FORCE ROW LEVEL SECURITY;


ALTER TABLE public.decision OWNER TO chapterhouse_owner;

--
-- Name: dunning_level; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.dunning_level (
    id uuid NOT NULL,
    level integer NOT NULL,
    days_after_due integer NOT NULL,
    kind text NOT NULL,
    late_charge_percent numeric(5,2),
    configured_at timestamp with time zone NOT NULL,
    configured_by_member_id uuid,
    configured_by_name text,
    configured_by_email text,
    configured_by_organization_id uuid,
    configured_by_organization_name text,
    ended_at timestamp with time zone,
    CONSTRAINT dunning_level_days_after_due_check CHECK (((days_after_due >= 1) AND (days_after_due <= 365))),
    CONSTRAINT dunning_level_kind_check CHECK ((kind = ANY (ARRAY['REMINDER'::text, 'NOTICE'::text, 'FINAL'::text]))),
    CONSTRAINT dunning_level_late_charge_percent_check CHECK (((late_charge_percent > (0)::numeric) AND (late_charge_percent <= (100)::numeric))),
    CONSTRAINT dunning_level_level_check CHECK (((level >= 1) AND (level <= 9)))
);

ALTER TABLE ONLY public.dunning_level FORCE ROW LEVEL SECURITY;


ALTER TABLE public.dunning_level OWNER TO chapterhouse_owner;

--
-- Name: dunning_notice; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.dunning_notice (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    level integer NOT NULL,
    kind text NOT NULL,
    invoice_number text NOT NULL,
    due_on date NOT NULL,
    noticed_on date NOT NULL,
    noticed_at timestamp with time zone NOT NULL,
    currency_code text NOT NULL,
    overdue_minor bigint NOT NULL,
    disputed_minor bigint NOT NULL,
    late_charge_percent numeric(5,2),
    late_charge_minor bigint NOT NULL,
    CONSTRAINT dunning_notice_disputed_minor_check CHECK ((disputed_minor >= 0)),
    CONSTRAINT dunning_notice_kind_check CHECK ((kind = ANY (ARRAY['REMINDER'::text, 'NOTICE'::text, 'FINAL'::text]))),
    CONSTRAINT dunning_notice_late_charge_minor_check CHECK ((late_charge_minor >= 0)),
    CONSTRAINT dunning_notice_overdue_minor_check CHECK ((overdue_minor > 0))
);

ALTER TABLE ONLY public.dunning_notice FORCE ROW LEVEL SECURITY;


ALTER TABLE public.dunning_notice OWNER TO chapterhouse_owner;

--
-- Name: dunning_pause; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.dunning_pause (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    paused_at timestamp with time zone NOT NULL,
    paused_by_member_id uuid,
    paused_by_name text,
    paused_by_email text,
    paused_by_organization_id uuid,
    paused_by_organization_name text,
    reason text NOT NULL,
    resumed_at timestamp with time zone,
    resumed_by_member_id uuid,
    resumed_by_name text,
    resumed_by_email text,
    resumed_by_organization_id uuid,
    resumed_by_organization_name text,
    resume_reason text,
    CONSTRAINT dunning_pause_check CHECK (((resumed_at IS NULL) = (resume_reason IS NULL))),
    CONSTRAINT dunning_pause_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 2000))),
    CONSTRAINT dunning_pause_resume_reason_check CHECK (((length(resume_reason) >= 1) AND (length(resume_reason) <= 2000)))
);

ALTER TABLE ONLY public.dunning_pause FORCE ROW LEVEL SECURITY;


ALTER TABLE public.dunning_pause OWNER TO chapterhouse_owner;

--
-- Name: evidence; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.evidence (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    work_record_id uuid,
    name text NOT NULL,
    media_type text NOT NULL,
    byte_size bigint NOT NULL,
    sha256 text NOT NULL,
    uploaded_at timestamp with time zone NOT NULL,
    uploaded_by_member_id uuid,
    uploaded_by_name text,
    uploaded_by_email text,
    uploaded_by_organization_id uuid,
    uploaded_by_organization_name text,
    learners_site_id uuid,
    shows_cost boolean DEFAULT false NOT NULL,
    actual_cost_id uuid,
    CONSTRAINT evidence_byte_size_check CHECK ((byte_size > 0)),
    CONSTRAINT evidence_check CHECK (((actual_cost_id IS NULL) OR shows_cost)),
    CONSTRAINT evidence_check1 CHECK (((work_record_id IS NULL) OR (NOT shows_cost))),
    CONSTRAINT evidence_name_check CHECK (((length(name) >= 1) AND (length(name) <= 255))),
    CONSTRAINT evidence_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
);

ALTER TABLE ONLY public.evidence FORCE ROW LEVEL SECURITY;


ALTER TABLE public.evidence OWNER TO chapterhouse_owner;

--
-- Name: exchange_rate; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.exchange_rate (
    id uuid NOT NULL,
    source text NOT NULL,
    rate_on date NOT NULL,
    from_currency_code text NOT NULL,
    to_currency_code text NOT NULL,
    rate numeric(24,12) NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by_member_id uuid,
    recorded_by_name text,
    recorded_by_email text,
    recorded_by_organization_id uuid,
    recorded_by_organization_name text,
    withdrawn_at timestamp with time zone,
    withdraw_reason text,
    CONSTRAINT exchange_rate_check CHECK ((from_currency_code <> to_currency_code)),
    CONSTRAINT exchange_rate_check1 CHECK (((withdrawn_at IS NULL) = (withdraw_reason IS NULL))),
    CONSTRAINT exchange_rate_from_currency_code_check CHECK ((from_currency_code ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT exchange_rate_rate_check CHECK ((rate > (0)::numeric)),
    CONSTRAINT exchange_rate_source_check CHECK ((source = ANY (ARRAY['ECB'::text, 'OPERATOR'::text]))),
    CONSTRAINT exchange_rate_to_currency_code_check CHECK ((to_currency_code ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT exchange_rate_withdraw_reason_check CHECK (((length(withdraw_reason) >= 1) AND (length(withdraw_reason) <= 2000)))
);

ALTER TABLE ONLY public.exchange_rate FORCE ROW LEVEL SECURITY;


ALTER TABLE public.exchange_rate OWNER TO chapterhouse_owner;

--
-- Name: gainshare; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.gainshare (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    agreement_id uuid CONSTRAINT gainshare_agreement_id_not_null1 NOT NULL,
    status text NOT NULL,
    period_starts_on date NOT NULL,
    period_ends_on date NOT NULL,
    currency_code text NOT NULL,
    association_gain_percent numeric(5,2) CONSTRAINT gainshare_under_share_percent_not_null NOT NULL,
    association_pain_percent numeric(5,2) CONSTRAINT gainshare_over_share_percent_not_null NOT NULL,
    target_cost_minor bigint NOT NULL,
    actual_cost_minor bigint NOT NULL,
    association_share_minor bigint NOT NULL,
    vendor_share_minor bigint NOT NULL,
    reason text NOT NULL,
    closed_at timestamp with time zone NOT NULL,
    closed_by_member_id uuid,
    closed_by_name text,
    closed_by_email text,
    closed_by_organization_id uuid,
    closed_by_organization_name text,
    debit_note_id uuid,
    neutral_percent numeric(5,2) NOT NULL,
    CONSTRAINT gainshare_actual_cost_minor_check CHECK ((actual_cost_minor >= 0)),
    CONSTRAINT gainshare_check CHECK ((period_starts_on <= period_ends_on)),
    CONSTRAINT gainshare_currency_code_check CHECK ((length(currency_code) = 3)),
    CONSTRAINT gainshare_neutral_percent_check CHECK (((neutral_percent >= (0)::numeric) AND (neutral_percent <= (100)::numeric))),
    CONSTRAINT gainshare_over_share_percent_check CHECK (((association_pain_percent >= (0)::numeric) AND (association_pain_percent <= (100)::numeric))),
    CONSTRAINT gainshare_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 2000))),
    CONSTRAINT gainshare_status_check CHECK ((status = ANY (ARRAY['SHARED'::text, 'VOID'::text]))),
    CONSTRAINT gainshare_target_cost_minor_check CHECK ((target_cost_minor >= 0)),
    CONSTRAINT gainshare_under_share_percent_check CHECK (((association_gain_percent >= (0)::numeric) AND (association_gain_percent <= (100)::numeric))),
    CONSTRAINT shares_are_the_variance CHECK (((association_share_minor + vendor_share_minor) = (target_cost_minor - actual_cost_minor)))
);

ALTER TABLE ONLY public.gainshare FORCE ROW LEVEL SECURITY;


ALTER TABLE public.gainshare OWNER TO chapterhouse_owner;

--
-- Name: gainshare_agreement; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.gainshare_agreement (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    status text NOT NULL,
    association_gain_percent numeric(5,2) CONSTRAINT gainshare_agreement_under_share_percent_not_null NOT NULL,
    association_pain_percent numeric(5,2) CONSTRAINT gainshare_agreement_over_share_percent_not_null NOT NULL,
    effective_from date NOT NULL,
    reason text NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    proposed_by_member_id uuid,
    proposed_by_name text,
    proposed_by_email text,
    proposed_by_organization_id uuid,
    proposed_by_organization_name text,
    answer_reason text,
    answered_at timestamp with time zone,
    answered_by_member_id uuid,
    answered_by_name text,
    answered_by_email text,
    answered_by_organization_id uuid,
    answered_by_organization_name text,
    neutral_percent numeric(5,2) NOT NULL,
    CONSTRAINT gainshare_agreement_answer_reason_check CHECK (((length(answer_reason) >= 1) AND (length(answer_reason) <= 2000))),
    CONSTRAINT gainshare_agreement_check CHECK (((status = 'PROPOSED'::text) = (answered_at IS NULL))),
    CONSTRAINT gainshare_agreement_neutral_percent_check CHECK (((neutral_percent >= (0)::numeric) AND (neutral_percent <= (100)::numeric))),
    CONSTRAINT gainshare_agreement_over_share_percent_check CHECK (((association_pain_percent >= (0)::numeric) AND (association_pain_percent <= (100)::numeric))),
    CONSTRAINT gainshare_agreement_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 2000))),
    CONSTRAINT gainshare_agreement_status_check CHECK ((status = ANY (ARRAY['PROPOSED'::text, 'AGREED'::text, 'DECLINED'::text, 'REPLACED'::text]))),
    CONSTRAINT gainshare_agreement_under_share_percent_check CHECK (((association_gain_percent >= (0)::numeric) AND (association_gain_percent <= (100)::numeric))),
    CONSTRAINT two_parties_agree CHECK (((answered_by_organization_id <> proposed_by_organization_id) OR (status = ANY (ARRAY['DECLINED'::text, 'REPLACED'::text]))))
);

ALTER TABLE ONLY public.gainshare_agreement FORCE ROW LEVEL SECURITY;


ALTER TABLE public.gainshare_agreement OWNER TO chapterhouse_owner;

--
-- Name: idempotency_key; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.idempotency_key (
    member_id uuid NOT NULL,
    key text NOT NULL,
    request_hash bytea NOT NULL,
    payload jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT idempotency_key_key_check CHECK (((length(key) >= 1) AND (length(key) <= 255)))
);

ALTER TABLE ONLY public.idempotency_key FORCE ROW LEVEL SECURITY;


ALTER TABLE public.idempotency_key OWNER TO chapterhouse_owner;

--
-- Name: invitation; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.invitation (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    roles text[] NOT NULL,
    code_hash bytea NOT NULL,
    invited_at timestamp with time zone NOT NULL,
    invited_by_member_id uuid NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    accepted_member_id uuid,
    CONSTRAINT invitation_roles_check CHECK ((roles <@ ARRAY['OWNER'::text, 'SIGNATORY'::text, 'PROCUREMENT'::text, 'ACCEPTOR'::text, 'FINANCE'::text, 'CATALOG_MANAGER'::text, 'DELIVERY'::text, 'LMS_ADMINISTRATOR'::text, 'BILLING_ADMIN'::text, 'AUDITOR'::text]))
);

ALTER TABLE ONLY public.invitation FORCE ROW LEVEL SECURITY;


ALTER TABLE public.invitation OWNER TO chapterhouse_owner;

--
-- Name: invoice; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.invoice (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    number text,
    year integer,
    year_number integer,
    status text NOT NULL,
    period_starts_on date NOT NULL,
    period_ends_on date NOT NULL,
    issued_at timestamp with time zone,
    issued_on date,
    due_on date,
    currency_code text NOT NULL,
    purchase_order_number text,
    seller_name text NOT NULL,
    seller_country_code text NOT NULL,
    buyer_name text NOT NULL,
    buyer_country_code text NOT NULL,
    issuer_name text NOT NULL,
    issuer_country_code text NOT NULL,
    issued_by_member_id uuid,
    issued_by_name text,
    issued_by_email text,
    issued_by_organization_id uuid,
    issued_by_organization_name text,
    subtotal_minor bigint NOT NULL,
    tax_total_minor bigint NOT NULL,
    total_minor bigint GENERATED ALWAYS AS ((subtotal_minor + tax_total_minor)) STORED,
    amount_due_minor bigint NOT NULL,
    platform_fee_percent numeric(5,2) NOT NULL,
    voided_at timestamp with time zone,
    void_reason text,
    kind text DEFAULT 'INVOICE'::text NOT NULL,
    corrects_invoice_id uuid,
    paid_minor bigint DEFAULT 0 NOT NULL,
    credited_minor bigint DEFAULT 0 NOT NULL,
    retained_minor bigint DEFAULT 0 NOT NULL,
    disputed_minor bigint DEFAULT 0 NOT NULL,
    seller_region_code text,
    seller_tax_number text,
    buyer_region_code text,
    buyer_tax_number text,
    adjustment_reason text,
    written_off_minor bigint DEFAULT 0 NOT NULL,
    CONSTRAINT adjusts_for_a_reason CHECK (((kind = 'INVOICE'::text) = (adjustment_reason IS NULL))),
    CONSTRAINT corrects_an_invoice CHECK (((kind = 'INVOICE'::text) = (corrects_invoice_id IS NULL))),
    CONSTRAINT invoice_adjustment_reason_check CHECK (((length(adjustment_reason) >= 1) AND (length(adjustment_reason) <= 2000))),
    CONSTRAINT invoice_amount_due_minor_check CHECK ((amount_due_minor >= 0)),
    CONSTRAINT invoice_check CHECK ((period_starts_on <= period_ends_on)),
    CONSTRAINT invoice_check1 CHECK (((status = 'VOID'::text) = (voided_at IS NOT NULL))),
    CONSTRAINT invoice_credited_minor_check CHECK ((credited_minor >= 0)),
    CONSTRAINT invoice_disputed_minor_check CHECK ((disputed_minor >= 0)),
    CONSTRAINT invoice_kind_check CHECK ((kind = ANY (ARRAY['INVOICE'::text, 'DEBIT_NOTE'::text, 'CORRECTED_INVOICE'::text]))),
    CONSTRAINT invoice_paid_minor_check CHECK ((paid_minor >= 0)),
    CONSTRAINT invoice_retained_minor_check CHECK ((retained_minor >= 0)),
    CONSTRAINT invoice_status_check CHECK ((status = ANY (ARRAY['DRAFT'::text, 'DISCARDED'::text, 'ISSUED'::text, 'PARTLY_PAID'::text, 'PAID'::text, 'OVERDUE'::text, 'VOID'::text]))),
    CONSTRAINT invoice_subtotal_minor_check CHECK ((subtotal_minor > 0)),
    CONSTRAINT invoice_tax_total_minor_check CHECK ((tax_total_minor >= 0)),
    CONSTRAINT invoice_written_off_minor_check CHECK ((written_off_minor >= 0)),
    CONSTRAINT nothing_due_when_paid CHECK (((status = 'PAID'::text) <= (amount_due_minor = 0))),
    CONSTRAINT numbered_when_issued CHECK ((((status = ANY (ARRAY['DRAFT'::text, 'DISCARDED'::text])) = (number IS NULL)) AND (num_nulls(number, year, year_number, issued_at, issued_on, due_on) = ANY (ARRAY[0, 6])))),
    CONSTRAINT paid_and_due_are_total CHECK ((amount_due_minor =
CASE
    WHEN (status = ANY (ARRAY['DRAFT'::text, 'DISCARDED'::text, 'VOID'::text])) THEN (0)::bigint
    ELSE (((((subtotal_minor + tax_total_minor) - paid_minor) - credited_minor) - retained_minor) - written_off_minor)
END))
);

ALTER TABLE ONLY public.invoice FORCE ROW LEVEL SECURITY;


ALTER TABLE public.invoice OWNER TO chapterhouse_owner;

--
-- Name: invoice_counter; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.invoice_counter (
    vendor_id uuid NOT NULL,
    year integer NOT NULL,
    last_number integer NOT NULL,
    CONSTRAINT invoice_counter_last_number_check CHECK ((last_number > 0))
);

ALTER TABLE ONLY public.invoice_counter FORCE ROW LEVEL SECURITY;


ALTER TABLE public.invoice_counter OWNER TO chapterhouse_owner;

--
-- Name: invoice_dispute; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.invoice_dispute (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    status text NOT NULL,
    currency_code text NOT NULL,
    words text NOT NULL,
    disputed_minor bigint NOT NULL,
    upheld_minor bigint DEFAULT 0 NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    opened_by_member_id uuid,
    opened_by_name text,
    opened_by_email text,
    opened_by_organization_id uuid,
    opened_by_organization_name text,
    resolved_at timestamp with time zone,
    resolution text,
    resolved_by_member_id uuid,
    resolved_by_name text,
    resolved_by_email text,
    resolved_by_organization_id uuid,
    resolved_by_organization_name text,
    CONSTRAINT invoice_dispute_check CHECK (((upheld_minor >= 0) AND (upheld_minor <= disputed_minor))),
    CONSTRAINT invoice_dispute_check1 CHECK (((status = 'OPEN'::text) = (resolved_at IS NULL))),
    CONSTRAINT invoice_dispute_check2 CHECK (((status = 'OPEN'::text) = (resolution IS NULL))),
    CONSTRAINT invoice_dispute_check3 CHECK (((status = ANY (ARRAY['UPHELD'::text, 'PARTLY_UPHELD'::text])) = (upheld_minor > 0))),
    CONSTRAINT invoice_dispute_disputed_minor_check CHECK ((disputed_minor > 0)),
    CONSTRAINT invoice_dispute_resolution_check CHECK (((length(resolution) >= 1) AND (length(resolution) <= 4000))),
    CONSTRAINT invoice_dispute_status_check CHECK ((status = ANY (ARRAY['OPEN'::text, 'WITHDRAWN'::text, 'UPHELD'::text, 'PARTLY_UPHELD'::text, 'REJECTED'::text]))),
    CONSTRAINT invoice_dispute_words_check CHECK (((length(words) >= 1) AND (length(words) <= 4000)))
);

ALTER TABLE ONLY public.invoice_dispute FORCE ROW LEVEL SECURITY;


ALTER TABLE public.invoice_dispute OWNER TO chapterhouse_owner;

--
-- Name: invoice_dispute_evidence; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.invoice_dispute_evidence (
    contract_id uuid NOT NULL,
    dispute_id uuid NOT NULL,
    evidence_id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL
);

ALTER TABLE ONLY public.invoice_dispute_evidence FORCE ROW LEVEL SECURITY;


ALTER TABLE public.invoice_dispute_evidence OWNER TO chapterhouse_owner;

--
-- Name: invoice_dispute_line; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.invoice_dispute_line (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    dispute_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    invoice_line_id uuid NOT NULL,
    "position" integer NOT NULL,
    currency_code text NOT NULL,
    reason_code text NOT NULL,
    words text NOT NULL,
    amount_minor bigint NOT NULL,
    tax_minor bigint NOT NULL,
    upheld_minor bigint DEFAULT 0 NOT NULL,
    resolved_at timestamp with time zone,
    CONSTRAINT invoice_dispute_line_amount_minor_check CHECK ((amount_minor > 0)),
    CONSTRAINT invoice_dispute_line_check CHECK (((upheld_minor >= 0) AND (upheld_minor <= amount_minor))),
    CONSTRAINT invoice_dispute_line_reason_code_check CHECK ((reason_code = ANY (ARRAY['QUANTITY'::text, 'RATE'::text, 'NOT_ACCEPTED'::text, 'OUT_OF_SCOPE'::text, 'DUPLICATE'::text, 'TAX'::text, 'OTHER'::text]))),
    CONSTRAINT invoice_dispute_line_tax_minor_check CHECK ((tax_minor >= 0)),
    CONSTRAINT invoice_dispute_line_words_check CHECK (((length(words) >= 1) AND (length(words) <= 2000)))
);

ALTER TABLE ONLY public.invoice_dispute_line FORCE ROW LEVEL SECURITY;


ALTER TABLE public.invoice_dispute_line OWNER TO chapterhouse_owner;

--
-- Name: invoice_exchange; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.invoice_exchange (
    contract_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    purpose text NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    from_currency_code text NOT NULL,
    to_currency_code text NOT NULL,
    rate numeric(24,12) NOT NULL,
    rate_on date NOT NULL,
    source text NOT NULL,
    amount_minor bigint NOT NULL,
    CONSTRAINT invoice_exchange_purpose_check CHECK ((purpose = ANY (ARRAY['REPORTING'::text, 'TAX'::text]))),
    CONSTRAINT invoice_exchange_rate_check CHECK ((rate > (0)::numeric))
);

ALTER TABLE ONLY public.invoice_exchange FORCE ROW LEVEL SECURITY;


ALTER TABLE public.invoice_exchange OWNER TO chapterhouse_owner;

--
-- Name: invoice_line; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.invoice_line (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    contract_line_id uuid NOT NULL,
    "position" integer NOT NULL,
    description text NOT NULL,
    unit text NOT NULL,
    currency_code text NOT NULL,
    quantity numeric(18,6) NOT NULL,
    late_quantity numeric(18,6) NOT NULL,
    unit_price numeric(18,6) NOT NULL,
    rate_card_key text NOT NULL,
    rate_version integer NOT NULL,
    amount_minor bigint NOT NULL,
    tax_category_code text DEFAULT 'O'::text NOT NULL,
    tax_rate_percent numeric(7,4) DEFAULT 0 NOT NULL,
    tax_reason_code text DEFAULT 'VATEX-EU-O'::text,
    tax_reason text DEFAULT 'Not subject to tax: no tax rule applies'::text,
    tax_rule_id uuid,
    tax_exemption_id uuid,
    corrects_line_id uuid,
    credited_minor bigint DEFAULT 0 NOT NULL,
    credited_quantity numeric(18,6) DEFAULT 0 NOT NULL,
    disputed_minor bigint DEFAULT 0 NOT NULL,
    tier_period_starts_on date,
    CONSTRAINT credited_quantity_within_billed CHECK (((credited_quantity >= (0)::numeric) AND (credited_quantity <= quantity))),
    CONSTRAINT credited_within_billed CHECK (((credited_minor >= 0) AND (disputed_minor >= 0) AND ((credited_minor + disputed_minor) <= amount_minor))),
    CONSTRAINT invoice_line_amount_minor_check CHECK ((amount_minor >= 0)),
    CONSTRAINT invoice_line_check CHECK (((late_quantity >= (0)::numeric) AND (late_quantity <= quantity))),
    CONSTRAINT invoice_line_check1 CHECK (((tax_rate_percent = (0)::numeric) OR (tax_category_code = 'S'::text))),
    CONSTRAINT invoice_line_quantity_check CHECK ((quantity > (0)::numeric)),
    CONSTRAINT invoice_line_tax_category_code_check CHECK ((tax_category_code = ANY (ARRAY['S'::text, 'Z'::text, 'E'::text, 'AE'::text, 'K'::text, 'G'::text, 'O'::text]))),
    CONSTRAINT invoice_line_tax_rate_percent_check CHECK (((tax_rate_percent >= (0)::numeric) AND (tax_rate_percent <= (100)::numeric)))
);

ALTER TABLE ONLY public.invoice_line FORCE ROW LEVEL SECURITY;


ALTER TABLE public.invoice_line OWNER TO chapterhouse_owner;

--
-- Name: invoice_line_cost; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.invoice_line_cost (
    contract_id uuid NOT NULL,
    invoice_line_id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    cost_basis text NOT NULL,
    cost_minor bigint NOT NULL,
    platform_fee_minor bigint NOT NULL,
    CONSTRAINT invoice_line_cost_cost_basis_check CHECK ((cost_basis = ANY (ARRAY['STANDARD'::text, 'ACTUAL'::text]))),
    CONSTRAINT invoice_line_cost_cost_minor_check CHECK ((cost_minor >= 0)),
    CONSTRAINT invoice_line_cost_platform_fee_minor_check CHECK ((platform_fee_minor >= 0))
);

ALTER TABLE ONLY public.invoice_line_cost FORCE ROW LEVEL SECURITY;


ALTER TABLE public.invoice_line_cost OWNER TO chapterhouse_owner;

--
-- Name: invoice_source; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.invoice_source (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    invoice_line_id uuid NOT NULL,
    contract_line_id uuid NOT NULL,
    kind text NOT NULL,
    decision_id uuid,
    period_starts_on date,
    period_ends_on date,
    quantity numeric(18,6) NOT NULL,
    late boolean NOT NULL,
    released_at timestamp with time zone,
    actual_cost_id uuid,
    CONSTRAINT invoice_source_check CHECK (((kind = 'ACCEPTANCE'::text) = (decision_id IS NOT NULL))),
    CONSTRAINT invoice_source_check1 CHECK ((((kind = 'ACCEPTANCE'::text) = (num_nulls(period_starts_on, period_ends_on) = 2)) AND (num_nulls(period_starts_on, period_ends_on) <> 1))),
    CONSTRAINT invoice_source_check2 CHECK (((kind = 'COST_PERIOD'::text) = (actual_cost_id IS NOT NULL))),
    CONSTRAINT invoice_source_kind_check CHECK ((kind = ANY (ARRAY['ACCEPTANCE'::text, 'RECURRING_PERIOD'::text, 'COST_PERIOD'::text, 'TRUE_UP'::text]))),
    CONSTRAINT invoice_source_quantity_check CHECK ((quantity > (0)::numeric))
);

ALTER TABLE ONLY public.invoice_source FORCE ROW LEVEL SECURITY;


ALTER TABLE public.invoice_source OWNER TO chapterhouse_owner;

--
-- Name: journal_entry; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.journal_entry (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    sequence integer NOT NULL,
    kind text NOT NULL,
    invoice_id uuid,
    reverses_entry_id uuid,
    effective_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    salt bytea NOT NULL,
    digest bytea NOT NULL,
    previous_hash bytea NOT NULL,
    hash bytea NOT NULL,
    subject_id uuid,
    CONSTRAINT journal_entry_check CHECK (((invoice_id IS NOT NULL) OR (subject_id IS NOT NULL))),
    CONSTRAINT journal_entry_sequence_check CHECK ((sequence > 0))
);

ALTER TABLE ONLY public.journal_entry FORCE ROW LEVEL SECURITY;


ALTER TABLE public.journal_entry OWNER TO chapterhouse_owner;

--
-- Name: journal_flow; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.journal_flow (
    kind text NOT NULL,
    account text NOT NULL,
    side text NOT NULL,
    CONSTRAINT journal_flow_side_check CHECK ((side = ANY (ARRAY['DEBIT'::text, 'CREDIT'::text])))
);


ALTER TABLE public.journal_flow OWNER TO chapterhouse_owner;

--
-- Name: lms_act; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.lms_act (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    sequence bigint NOT NULL,
    site_id uuid NOT NULL,
    job_id uuid,
    item_id uuid,
    operation text NOT NULL,
    action text NOT NULL,
    outcome text NOT NULL,
    verification text NOT NULL,
    error_code text,
    lms_system text NOT NULL,
    lms_version text,
    on_behalf_of text NOT NULL,
    acted_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    acted_by_member_id uuid,
    acted_by_name text,
    acted_by_email text,
    acted_by_organization_id uuid,
    acted_by_organization_name text,
    subject_digest bytea NOT NULL,
    before_digest bytea NOT NULL,
    after_digest bytea NOT NULL,
    digest bytea NOT NULL,
    previous_hash bytea NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT lms_act_after_digest_check CHECK ((length(after_digest) = 32)),
    CONSTRAINT lms_act_before_digest_check CHECK ((length(before_digest) = 32)),
    CONSTRAINT lms_act_digest_check CHECK ((length(digest) = 32)),
    CONSTRAINT lms_act_hash_check CHECK ((length(hash) = 32)),
    CONSTRAINT lms_act_outcome_check CHECK ((outcome = ANY (ARRAY['APPLIED'::text, 'ALREADY_SO'::text, 'REJECTED'::text, 'UNKNOWN'::text]))),
    CONSTRAINT lms_act_previous_hash_check CHECK ((length(previous_hash) = 32)),
    CONSTRAINT lms_act_sequence_check CHECK ((sequence > 0)),
    CONSTRAINT lms_act_subject_digest_check CHECK ((length(subject_digest) = 32)),
    CONSTRAINT lms_act_verification_check CHECK ((verification = ANY (ARRAY['READ_BACK'::text, 'RESPONSE_ONLY'::text, 'PERSON'::text])))
);

ALTER TABLE ONLY public.lms_act FORCE ROW LEVEL SECURITY;


ALTER TABLE public.lms_act OWNER TO chapterhouse_owner;

--
-- Name: lms_act_subject; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.lms_act_subject (
    contract_id uuid NOT NULL,
    act_id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    site_id uuid NOT NULL,
    salt bytea,
    member_number text,
    course_key text,
    before jsonb,
    after jsonb,
    error_message text,
    erased_at timestamp with time zone,
    CONSTRAINT lms_act_subject_check CHECK (((erased_at IS NULL) = (salt IS NOT NULL))),
    CONSTRAINT lms_act_subject_check1 CHECK (((erased_at IS NULL) OR ((member_number IS NULL) AND (before IS NULL) AND (after IS NULL) AND (error_message IS NULL))))
);

ALTER TABLE ONLY public.lms_act_subject FORCE ROW LEVEL SECURITY;


ALTER TABLE public.lms_act_subject OWNER TO chapterhouse_owner;

--
-- Name: lms_chain; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.lms_chain (
    contract_id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    sequence bigint NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT lms_chain_hash_check CHECK ((length(hash) = 32)),
    CONSTRAINT lms_chain_sequence_check CHECK ((sequence >= 0))
);

ALTER TABLE ONLY public.lms_chain FORCE ROW LEVEL SECURITY;


ALTER TABLE public.lms_chain OWNER TO chapterhouse_owner;

--
-- Name: lms_completion; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.lms_completion (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    site_id uuid NOT NULL,
    member_number text NOT NULL,
    course_key text NOT NULL,
    state text NOT NULL,
    reason text,
    enrolled_at timestamp with time zone,
    completed_at timestamp with time zone,
    last_active_at timestamp with time zone,
    overridden boolean DEFAULT false NOT NULL,
    attempts integer,
    first_attempt_passed boolean,
    score_percent numeric(6,2),
    reading_id uuid CONSTRAINT lms_completion_reading_id_not_null1 NOT NULL,
    read_at timestamp with time zone NOT NULL,
    left_at timestamp with time zone,
    CONSTRAINT lms_completion_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT lms_completion_check CHECK (((state = 'COMPLETE'::text) OR (completed_at IS NULL))),
    CONSTRAINT lms_completion_check1 CHECK (((state = 'NOT_MEASURABLE'::text) OR (reason IS NULL))),
    CONSTRAINT lms_completion_state_check CHECK ((state = ANY (ARRAY['COMPLETE'::text, 'INCOMPLETE'::text, 'NOT_MEASURABLE'::text])))
);

ALTER TABLE ONLY public.lms_completion FORCE ROW LEVEL SECURITY;


ALTER TABLE public.lms_completion OWNER TO chapterhouse_owner;

--
-- Name: lms_completion_reading; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.lms_completion_reading (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    site_id uuid NOT NULL,
    course_keys text[] NOT NULL,
    status text NOT NULL,
    requested_at timestamp with time zone NOT NULL,
    requested_by_member_id uuid,
    requested_by_name text,
    requested_by_email text,
    requested_by_organization_id uuid,
    requested_by_organization_name text,
    run_id uuid,
    progressed_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    read_count integer DEFAULT 0 NOT NULL,
    withdrawn_count integer DEFAULT 0 NOT NULL,
    unread_course_keys text[] DEFAULT ARRAY[]::text[] NOT NULL,
    failure_code text,
    failure_message text,
    CONSTRAINT lms_completion_reading_check CHECK (((status = 'READING'::text) = (ended_at IS NULL))),
    CONSTRAINT lms_completion_reading_check1 CHECK (((status = 'FAILED'::text) = (failure_code IS NOT NULL))),
    CONSTRAINT lms_completion_reading_course_keys_check CHECK ((cardinality(course_keys) > 0)),
    CONSTRAINT lms_completion_reading_read_count_check CHECK ((read_count >= 0)),
    CONSTRAINT lms_completion_reading_status_check CHECK ((status = ANY (ARRAY['READING'::text, 'DONE'::text, 'FAILED'::text]))),
    CONSTRAINT lms_completion_reading_withdrawn_count_check CHECK ((withdrawn_count >= 0))
);

ALTER TABLE ONLY public.lms_completion_reading FORCE ROW LEVEL SECURITY;


ALTER TABLE public.lms_completion_reading OWNER TO chapterhouse_owner;

--
-- Name: lms_completion_withdrawal; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.lms_completion_withdrawal (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    site_id uuid NOT NULL,
    completion_id uuid NOT NULL,
    reading_id uuid NOT NULL,
    withdrawn_at timestamp with time zone NOT NULL,
    became text NOT NULL,
    was_completed_at timestamp with time zone,
    was_overridden boolean NOT NULL,
    was_score_percent numeric(6,2),
    CONSTRAINT lms_completion_withdrawal_became_check CHECK ((became = ANY (ARRAY['INCOMPLETE'::text, 'NOT_MEASURABLE'::text])))
);

ALTER TABLE ONLY public.lms_completion_withdrawal FORCE ROW LEVEL SECURITY;


ALTER TABLE public.lms_completion_withdrawal OWNER TO chapterhouse_owner;

--
-- Name: lms_credential; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.lms_credential (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    site_id uuid NOT NULL,
    key_id text NOT NULL,
    wrapped_key bytea NOT NULL,
    nonce bytea NOT NULL,
    ciphertext bytea NOT NULL,
    stored_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.lms_credential FORCE ROW LEVEL SECURITY;


ALTER TABLE public.lms_credential OWNER TO chapterhouse_owner;

--
-- Name: lms_drift_actual_enrolment; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE UNLOGGED TABLE public.lms_drift_actual_enrolment (
    run_id uuid NOT NULL,
    member_number text NOT NULL,
    course_key text NOT NULL,
    role text NOT NULL,
    state text NOT NULL,
    ends_at timestamp with time zone,
    dates_known boolean NOT NULL
);


ALTER TABLE public.lms_drift_actual_enrolment OWNER TO chapterhouse_owner;

--
-- Name: lms_drift_actual_user; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE UNLOGGED TABLE public.lms_drift_actual_user (
    run_id uuid NOT NULL,
    member_number text NOT NULL,
    username text NOT NULL,
    email text NOT NULL,
    given_name text NOT NULL,
    family_name text NOT NULL,
    suspended boolean NOT NULL
);


ALTER TABLE public.lms_drift_actual_user OWNER TO chapterhouse_owner;

--
-- Name: lms_drift_finding; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.lms_drift_finding (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    site_id uuid NOT NULL,
    kind text NOT NULL,
    member_number text,
    course_key text,
    desired jsonb,
    actual jsonb,
    message text,
    first_seen_at timestamp with time zone NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    reading_id uuid NOT NULL,
    reopened_count integer DEFAULT 0 NOT NULL,
    owner_member_id uuid,
    owner_name text,
    owner_email text,
    owner_organization_id uuid,
    owner_organization_name text,
    assigned_at timestamp with time zone,
    resolution text,
    resolved_at timestamp with time zone,
    resolved_by_member_id uuid,
    resolved_by_name text,
    resolved_by_email text,
    resolved_by_organization_id uuid,
    resolved_by_organization_name text,
    resolution_reason text,
    mended_by_job_id uuid,
    CONSTRAINT lms_drift_finding_check CHECK (((resolution IS NULL) = (resolved_at IS NULL))),
    CONSTRAINT lms_drift_finding_check1 CHECK ((((resolution = 'ACCEPTED'::text) IS NOT TRUE) OR (resolution_reason IS NOT NULL))),
    CONSTRAINT lms_drift_finding_check2 CHECK ((((resolution = 'MENDED'::text) IS NOT TRUE) OR (mended_by_job_id IS NOT NULL))),
    CONSTRAINT lms_drift_finding_kind_check CHECK ((kind = ANY (ARRAY['MISSING_USER'::text, 'MISSING_ENROLMENT'::text, 'EXTRA_ENROLMENT'::text, 'WRONG_STATE'::text, 'WRONG_END_DATE'::text, 'DUPLICATE_IDENTITY'::text, 'PROFILE_MISMATCH'::text, 'UNREADABLE'::text]))),
    CONSTRAINT lms_drift_finding_resolution_check CHECK ((resolution = ANY (ARRAY['GONE'::text, 'ACCEPTED'::text, 'MENDED'::text]))),
    CONSTRAINT lms_drift_finding_resolution_reason_check CHECK (((length(resolution_reason) >= 1) AND (length(resolution_reason) <= 2000)))
);

ALTER TABLE ONLY public.lms_drift_finding FORCE ROW LEVEL SECURITY;


ALTER TABLE public.lms_drift_finding OWNER TO chapterhouse_owner;

--
-- Name: lms_drift_reading; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.lms_drift_reading (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    site_id uuid NOT NULL,
    status text NOT NULL,
    requested_at timestamp with time zone NOT NULL,
    requested_by_member_id uuid,
    requested_by_name text,
    requested_by_email text,
    requested_by_organization_id uuid,
    requested_by_organization_name text,
    run_id uuid,
    progressed_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    desired_user_count integer DEFAULT 0 NOT NULL,
    desired_enrolment_count integer DEFAULT 0 NOT NULL,
    actual_user_count integer DEFAULT 0 NOT NULL,
    actual_enrolment_count integer DEFAULT 0 NOT NULL,
    unreadable_count integer DEFAULT 0 NOT NULL,
    opened_count integer DEFAULT 0 NOT NULL,
    reopened_count integer DEFAULT 0 NOT NULL,
    gone_count integer DEFAULT 0 NOT NULL,
    open_count integer DEFAULT 0 NOT NULL,
    failure_code text,
    failure_message text,
    CONSTRAINT lms_drift_reading_check CHECK (((status = 'READING'::text) = (ended_at IS NULL))),
    CONSTRAINT lms_drift_reading_check1 CHECK (((status = 'FAILED'::text) = (failure_code IS NOT NULL))),
    CONSTRAINT lms_drift_reading_status_check CHECK ((status = ANY (ARRAY['READING'::text, 'DONE'::text, 'FAILED'::text])))
);

ALTER TABLE ONLY public.lms_drift_reading FORCE ROW LEVEL SECURITY;


ALTER TABLE public.lms_drift_reading OWNER TO chapterhouse_owner;

--
-- Name: lms_drift_unread; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE UNLOGGED TABLE public.lms_drift_unread (
    run_id uuid NOT NULL,
    member_number text,
    course_key text,
    message text NOT NULL,
    CONSTRAINT lms_drift_unread_check CHECK (((member_number IS NULL) <> (course_key IS NULL)))
);


ALTER TABLE public.lms_drift_unread OWNER TO chapterhouse_owner;

--
-- Name: lms_grant; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.lms_grant (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    grant_id uuid NOT NULL,
    member_id uuid NOT NULL,
    site_id uuid NOT NULL,
    operations text[] NOT NULL,
    reason text NOT NULL,
    narrowed_at timestamp with time zone NOT NULL,
    narrowed_by_member_id uuid,
    narrowed_by_name text,
    narrowed_by_email text,
    narrowed_by_organization_id uuid,
    narrowed_by_organization_name text,
    lifted_at timestamp with time zone,
    CONSTRAINT lms_grant_operations_check CHECK ((cardinality(operations) > 0)),
    CONSTRAINT lms_grant_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 2000)))
);

ALTER TABLE ONLY public.lms_grant FORCE ROW LEVEL SECURITY;


ALTER TABLE public.lms_grant OWNER TO chapterhouse_owner;

--
-- Name: lms_job; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.lms_job (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    site_id uuid NOT NULL,
    plan_id uuid NOT NULL,
    line_id uuid NOT NULL,
    operation text NOT NULL,
    status text NOT NULL,
    wait_code text,
    wait_message text,
    wait_until timestamp with time zone,
    total_count integer NOT NULL,
    applied_count integer DEFAULT 0 NOT NULL,
    already_so_count integer DEFAULT 0 NOT NULL,
    rejected_count integer DEFAULT 0 NOT NULL,
    unknown_count integer DEFAULT 0 NOT NULL,
    stale_count integer DEFAULT 0 NOT NULL,
    skipped_count integer DEFAULT 0 NOT NULL,
    lease_token uuid,
    lease_until timestamp with time zone,
    runs integer DEFAULT 0 NOT NULL,
    metering text DEFAULT 'OPEN'::text NOT NULL,
    metering_code text,
    metering_message text,
    metering_member_id uuid,
    ordered_at timestamp with time zone NOT NULL,
    ordered_by_member_id uuid,
    ordered_by_name text,
    ordered_by_email text,
    ordered_by_organization_id uuid,
    ordered_by_organization_name text,
    ordered_by_person_id uuid NOT NULL,
    started_at timestamp with time zone,
    progressed_at timestamp with time zone,
    ended_at timestamp with time zone,
    CONSTRAINT lms_job_check CHECK (((status = ANY (ARRAY['DONE'::text, 'CANCELLED'::text])) = (ended_at IS NOT NULL))),
    CONSTRAINT lms_job_check1 CHECK (((wait_code IS NULL) OR (status = ANY (ARRAY['WAITING'::text, 'PAUSED'::text])))),
    CONSTRAINT lms_job_check2 CHECK (((wait_code IS NOT NULL) OR (status <> 'WAITING'::text))),
    CONSTRAINT lms_job_check3 CHECK (((status <> 'RUNNING'::text) OR (lease_token IS NOT NULL))),
    CONSTRAINT lms_job_check4 CHECK (((lease_token IS NULL) = (lease_until IS NULL))),
    CONSTRAINT lms_job_metering_check CHECK ((metering = ANY (ARRAY['OPEN'::text, 'METERED'::text, 'NOTHING_TO_METER'::text, 'REFUSED'::text]))),
    CONSTRAINT lms_job_status_check CHECK ((status = ANY (ARRAY['QUEUED'::text, 'RUNNING'::text, 'WAITING'::text, 'PAUSED'::text, 'CANCELLING'::text, 'DONE'::text, 'CANCELLED'::text]))),
    CONSTRAINT lms_job_total_count_check CHECK ((total_count >= 0))
);

ALTER TABLE ONLY public.lms_job FORCE ROW LEVEL SECURITY;


ALTER TABLE public.lms_job OWNER TO chapterhouse_owner;

--
-- Name: lms_job_item; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.lms_job_item (
    contract_id uuid NOT NULL,
    job_id uuid NOT NULL,
    "position" integer NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    site_id uuid NOT NULL,
    idempotency_key text NOT NULL,
    status text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    readings integer DEFAULT 0 NOT NULL,
    sent_before jsonb,
    error_code text,
    error_message text,
    verification text,
    sent_at timestamp with time zone,
    ended_at timestamp with time zone,
    CONSTRAINT lms_job_item_position_check CHECK (("position" > 0)),
    CONSTRAINT lms_job_item_status_check CHECK ((status = ANY (ARRAY['PENDING'::text, 'SENT'::text, 'APPLIED'::text, 'ALREADY_SO'::text, 'REJECTED'::text, 'UNKNOWN'::text, 'STALE'::text, 'SKIPPED'::text]))),
    CONSTRAINT lms_job_item_verification_check CHECK ((verification = ANY (ARRAY['READ_BACK'::text, 'RESPONSE_ONLY'::text, 'PERSON'::text])))
);

ALTER TABLE ONLY public.lms_job_item FORCE ROW LEVEL SECURITY;


ALTER TABLE public.lms_job_item OWNER TO chapterhouse_owner;

--
-- Name: lms_maintenance; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.lms_maintenance (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    site_id uuid NOT NULL,
    during tstzrange NOT NULL,
    reason text NOT NULL,
    announced_at timestamp with time zone NOT NULL,
    announced_by_member_id uuid,
    announced_by_name text,
    announced_by_email text,
    announced_by_organization_id uuid,
    announced_by_organization_name text,
    withdrawn_at timestamp with time zone,
    CONSTRAINT lms_maintenance_during_check CHECK (((NOT isempty(during)) AND (NOT lower_inf(during)) AND (NOT upper_inf(during)))),
    CONSTRAINT lms_maintenance_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 2000)))
);

ALTER TABLE ONLY public.lms_maintenance FORCE ROW LEVEL SECURITY;


ALTER TABLE public.lms_maintenance OWNER TO chapterhouse_owner;

--
-- Name: lms_metered_item; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.lms_metered_item (
    contract_id uuid NOT NULL,
    item_id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    job_id uuid NOT NULL,
    work_record_id uuid NOT NULL,
    quantity numeric(18,6) NOT NULL,
    CONSTRAINT lms_metered_item_quantity_check CHECK ((quantity > (0)::numeric))
);

ALTER TABLE ONLY public.lms_metered_item FORCE ROW LEVEL SECURITY;


ALTER TABLE public.lms_metered_item OWNER TO chapterhouse_owner;

--
-- Name: lms_plan; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.lms_plan (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    site_id uuid NOT NULL,
    line_id uuid NOT NULL,
    operation text NOT NULL,
    roster_mode text,
    status text NOT NULL,
    source_sha256 text,
    source_name text,
    request jsonb NOT NULL,
    faults jsonb DEFAULT '[]'::jsonb NOT NULL,
    fault_count integer DEFAULT 0 NOT NULL,
    refusal_code text,
    refusal_message text,
    undoes_job_id uuid,
    mends_job_id uuid,
    notify_learners boolean DEFAULT false NOT NULL,
    reason text,
    plan_hash text,
    row_count integer DEFAULT 0 NOT NULL,
    create_count integer DEFAULT 0 NOT NULL,
    update_count integer DEFAULT 0 NOT NULL,
    suspend_count integer DEFAULT 0 NOT NULL,
    remove_count integer DEFAULT 0 NOT NULL,
    noop_count integer DEFAULT 0 NOT NULL,
    conflict_count integer DEFAULT 0 NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    progressed_at timestamp with time zone,
    read_count integer DEFAULT 0 NOT NULL,
    population_count integer,
    needs_second_person boolean DEFAULT false NOT NULL,
    lms_version text,
    requested_at timestamp with time zone NOT NULL,
    requested_by_person_id uuid NOT NULL,
    requested_by_member_id uuid,
    requested_by_name text,
    requested_by_email text,
    requested_by_organization_id uuid,
    requested_by_organization_name text,
    previewed_at timestamp with time zone,
    expires_at timestamp with time zone,
    approved_at timestamp with time zone,
    approved_by_person_id uuid,
    approved_by_member_id uuid,
    approved_by_name text,
    approved_by_email text,
    approved_by_organization_id uuid,
    approved_by_organization_name text,
    ended_at timestamp with time zone,
    CONSTRAINT lms_plan_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT lms_plan_check CHECK (((operation = 'ROSTER_IMPORT'::text) = (roster_mode IS NOT NULL))),
    CONSTRAINT lms_plan_check1 CHECK (((operation = 'UNDO'::text) = (undoes_job_id IS NOT NULL))),
    CONSTRAINT lms_plan_check2 CHECK (((status = 'REFUSED'::text) = (refusal_code IS NOT NULL))),
    CONSTRAINT lms_plan_check3 CHECK (((plan_hash IS NOT NULL) OR (status = ANY (ARRAY['PREVIEWING'::text, 'REFUSED'::text, 'WITHDRAWN'::text, 'EXPIRED'::text])))),
    CONSTRAINT lms_plan_operation_check CHECK ((operation = ANY (ARRAY['ROSTER_IMPORT'::text, 'ENROL'::text, 'UNENROL'::text, 'SUSPEND'::text, 'RESTORE'::text, 'RESET_ACCESS'::text, 'CREATE_COURSE'::text, 'PUBLISH_PACKAGE'::text, 'SYNC_COMPLETIONS'::text, 'UNDO'::text]))),
    CONSTRAINT lms_plan_plan_hash_check CHECK ((plan_hash ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT lms_plan_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 2000))),
    CONSTRAINT lms_plan_roster_mode_check CHECK ((roster_mode = ANY (ARRAY['DELTA'::text, 'FULL'::text]))),
    CONSTRAINT lms_plan_source_sha256_check CHECK ((source_sha256 ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT lms_plan_status_check CHECK ((status = ANY (ARRAY['PREVIEWING'::text, 'READY'::text, 'REFUSED'::text, 'APPROVED'::text, 'EXECUTING'::text, 'DONE'::text, 'WITHDRAWN'::text, 'EXPIRED'::text]))),
    CONSTRAINT second_person CHECK (((approved_by_person_id IS NULL) OR (NOT needs_second_person) OR (approved_by_person_id <> requested_by_person_id)))
);

ALTER TABLE ONLY public.lms_plan FORCE ROW LEVEL SECURITY;


ALTER TABLE public.lms_plan OWNER TO chapterhouse_owner;

--
-- Name: lms_plan_row; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.lms_plan_row (
    contract_id uuid NOT NULL,
    plan_id uuid NOT NULL,
    "position" integer NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    site_id uuid NOT NULL,
    subject_kind text NOT NULL,
    member_number text,
    course_key text,
    action text,
    reasons text[] DEFAULT ARRAY[]::text[] NOT NULL,
    source_row integer,
    desired jsonb,
    kept jsonb,
    observed jsonb,
    observed_digest bytea,
    opted_out boolean DEFAULT false NOT NULL,
    opted_out_reason text,
    CONSTRAINT lms_plan_row_action_check CHECK ((action = ANY (ARRAY['CREATE'::text, 'UPDATE'::text, 'SUSPEND'::text, 'REMOVE'::text, 'NOOP'::text, 'CONFLICT'::text]))),
    CONSTRAINT lms_plan_row_position_check CHECK (("position" > 0)),
    CONSTRAINT lms_plan_row_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['USER'::text, 'ACCESS'::text, 'ENROLMENT'::text, 'COURSE'::text, 'PACKAGE'::text])))
);

ALTER TABLE ONLY public.lms_plan_row FORCE ROW LEVEL SECURITY;


ALTER TABLE public.lms_plan_row OWNER TO chapterhouse_owner;

--
-- Name: lms_probe; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.lms_probe (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    site_id uuid NOT NULL,
    probed_at timestamp with time zone NOT NULL,
    condition text NOT NULL,
    planned boolean NOT NULL,
    latency_ms integer NOT NULL,
    lms_version text,
    message text,
    CONSTRAINT lms_probe_condition_check CHECK ((condition = ANY (ARRAY['UP'::text, 'MAINTENANCE'::text, 'UNAUTHORIZED'::text, 'THROTTLED'::text, 'MISCONFIGURED'::text, 'DOWN'::text]))),
    CONSTRAINT lms_probe_latency_ms_check CHECK ((latency_ms >= 0))
);

ALTER TABLE ONLY public.lms_probe FORCE ROW LEVEL SECURITY;


ALTER TABLE public.lms_probe OWNER TO chapterhouse_owner;

--
-- Name: lms_roster_enrolment; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.lms_roster_enrolment (
    contract_id uuid NOT NULL,
    site_id uuid NOT NULL,
    member_number text NOT NULL,
    course_key text NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    role text NOT NULL,
    state text NOT NULL,
    starts_at timestamp with time zone,
    ends_at timestamp with time zone,
    changed_at timestamp with time zone NOT NULL,
    changed_by_job_id uuid,
    CONSTRAINT lms_roster_enrolment_check CHECK ((starts_at < ends_at)),
    CONSTRAINT lms_roster_enrolment_course_key_check CHECK (((length(course_key) >= 1) AND (length(course_key) <= 200))),
    CONSTRAINT lms_roster_enrolment_member_number_check CHECK (((length(member_number) >= 1) AND (length(member_number) <= 200))),
    CONSTRAINT lms_roster_enrolment_state_check CHECK ((state = ANY (ARRAY['ACTIVE'::text, 'SUSPENDED'::text])))
);

ALTER TABLE ONLY public.lms_roster_enrolment FORCE ROW LEVEL SECURITY;


ALTER TABLE public.lms_roster_enrolment OWNER TO chapterhouse_owner;

--
-- Name: lms_roster_member; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.lms_roster_member (
    contract_id uuid NOT NULL,
    site_id uuid NOT NULL,
    member_number text NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    username text NOT NULL,
    email text NOT NULL,
    given_name text NOT NULL,
    family_name text NOT NULL,
    suspended boolean DEFAULT false NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by_job_id uuid,
    CONSTRAINT lms_roster_member_member_number_check CHECK (((length(member_number) >= 1) AND (length(member_number) <= 200)))
);

ALTER TABLE ONLY public.lms_roster_member FORCE ROW LEVEL SECURITY;


ALTER TABLE public.lms_roster_member OWNER TO chapterhouse_owner;

--
-- Name: lms_site; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.lms_site (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    name text NOT NULL,
    system text NOT NULL,
    base_url text,
    status text NOT NULL,
    removal_threshold_percent numeric(5,2) DEFAULT 10 NOT NULL,
    removal_threshold_rows integer DEFAULT 25 NOT NULL,
    protected_member_numbers text[] DEFAULT ARRAY[]::text[] NOT NULL,
    condition text,
    condition_since timestamp with time zone,
    probed_at timestamp with time zone,
    lms_version text,
    capabilities text[] DEFAULT ARRAY[]::text[] NOT NULL,
    open_until timestamp with time zone,
    failures_in_a_row integer DEFAULT 0 NOT NULL,
    connected_at timestamp with time zone NOT NULL,
    connected_by_member_id uuid,
    connected_by_name text,
    connected_by_email text,
    connected_by_organization_id uuid,
    connected_by_organization_name text,
    disconnected_at timestamp with time zone,
    credential_id uuid,
    credential_stored_at timestamp with time zone,
    CONSTRAINT lms_site_base_url_check CHECK (((length(base_url) >= 1) AND (length(base_url) <= 2000))),
    CONSTRAINT lms_site_check CHECK (((system = 'MANUAL'::text) = (base_url IS NULL))),
    CONSTRAINT lms_site_check1 CHECK (((status = 'DISCONNECTED'::text) = (disconnected_at IS NOT NULL))),
    CONSTRAINT lms_site_condition_check CHECK ((condition = ANY (ARRAY['UP'::text, 'MAINTENANCE'::text, 'UNAUTHORIZED'::text, 'THROTTLED'::text, 'MISCONFIGURED'::text, 'DOWN'::text]))),
    CONSTRAINT lms_site_failures_in_a_row_check CHECK ((failures_in_a_row >= 0)),
    CONSTRAINT lms_site_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT lms_site_removal_threshold_percent_check CHECK (((removal_threshold_percent >= (0)::numeric) AND (removal_threshold_percent <= (100)::numeric))),
    CONSTRAINT lms_site_removal_threshold_rows_check CHECK ((removal_threshold_rows >= 0)),
    CONSTRAINT lms_site_status_check CHECK ((status = ANY (ARRAY['CONNECTED'::text, 'DISCONNECTED'::text]))),
    CONSTRAINT lms_site_system_check CHECK ((system = ANY (ARRAY['MOODLE'::text, 'KOLIBRI'::text, 'MANUAL'::text])))
);

ALTER TABLE ONLY public.lms_site FORCE ROW LEVEL SECURITY;


ALTER TABLE public.lms_site OWNER TO chapterhouse_owner;

--
-- Name: lms_task; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.lms_task (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    site_id uuid NOT NULL,
    line_id uuid NOT NULL,
    plan_row_id uuid,
    operation text NOT NULL,
    title text NOT NULL,
    details text,
    checklist text[] NOT NULL,
    status text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by_member_id uuid,
    created_by_name text,
    created_by_email text,
    created_by_organization_id uuid,
    created_by_organization_name text,
    assigned_to_member_id uuid,
    assigned_to_name text,
    assigned_to_email text,
    assigned_to_organization_id uuid,
    assigned_to_organization_name text,
    note text,
    ended_at timestamp with time zone,
    ended_by_member_id uuid,
    ended_by_name text,
    ended_by_email text,
    ended_by_organization_id uuid,
    ended_by_organization_name text,
    act_id uuid,
    work_record_id uuid,
    CONSTRAINT lms_task_check CHECK (((status = 'OPEN'::text) = (ended_at IS NULL))),
    CONSTRAINT lms_task_check1 CHECK (((status = ANY (ARRAY['DONE'::text, 'RECORDED'::text])) = (act_id IS NOT NULL))),
    CONSTRAINT lms_task_check2 CHECK (((status = 'RECORDED'::text) = (work_record_id IS NOT NULL))),
    CONSTRAINT lms_task_checklist_check CHECK ((cardinality(checklist) > 0)),
    CONSTRAINT lms_task_details_check CHECK (((length(details) >= 1) AND (length(details) <= 4000))),
    CONSTRAINT lms_task_note_check CHECK (((length(note) >= 1) AND (length(note) <= 4000))),
    CONSTRAINT lms_task_operation_check CHECK ((operation = ANY (ARRAY['ROSTER_IMPORT'::text, 'ENROL'::text, 'UNENROL'::text, 'SUSPEND'::text, 'RESTORE'::text, 'RESET_ACCESS'::text, 'CREATE_COURSE'::text, 'PUBLISH_PACKAGE'::text, 'SYNC_COMPLETIONS'::text, 'UNDO'::text]))),
    CONSTRAINT lms_task_status_check CHECK ((status = ANY (ARRAY['OPEN'::text, 'DONE'::text, 'RECORDED'::text, 'WITHDRAWN'::text]))),
    CONSTRAINT lms_task_title_check CHECK (((length(title) >= 1) AND (length(title) <= 200)))
);

ALTER TABLE ONLY public.lms_task FORCE ROW LEVEL SECURITY;


ALTER TABLE public.lms_task OWNER TO chapterhouse_owner;

--
-- Name: lms_task_evidence; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.lms_task_evidence (
    contract_id uuid NOT NULL,
    evidence_id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    site_id uuid NOT NULL,
    task_id uuid NOT NULL
);

ALTER TABLE ONLY public.lms_task_evidence FORCE ROW LEVEL SECURITY;


ALTER TABLE public.lms_task_evidence OWNER TO chapterhouse_owner;

--
-- Name: margin_alert; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.margin_alert (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    kind text NOT NULL,
    cost_basis text NOT NULL,
    margin_floor_percent numeric(5,2) NOT NULL,
    margin_ceiling_percent numeric(5,2) NOT NULL,
    raised_at timestamp with time zone NOT NULL,
    cleared_at timestamp with time zone,
    CONSTRAINT margin_alert_cost_basis_check CHECK ((cost_basis = ANY (ARRAY['STANDARD'::text, 'ACTUAL'::text, 'MIXED'::text]))),
    CONSTRAINT margin_alert_kind_check CHECK ((kind = ANY (ARRAY['SQUEEZE'::text, 'EXCESS'::text])))
);

ALTER TABLE ONLY public.margin_alert FORCE ROW LEVEL SECURITY;


ALTER TABLE public.margin_alert OWNER TO chapterhouse_owner;

--
-- Name: margin_alert_cost; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.margin_alert_cost (
    contract_id uuid NOT NULL,
    alert_id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    currency_code text NOT NULL,
    price_minor bigint NOT NULL,
    cost_minor bigint NOT NULL,
    CONSTRAINT margin_alert_cost_currency_code_check CHECK ((length(currency_code) = 3))
);

ALTER TABLE ONLY public.margin_alert_cost FORCE ROW LEVEL SECURITY;


ALTER TABLE public.margin_alert_cost OWNER TO chapterhouse_owner;

--
-- Name: match_run; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.match_run (
    id uuid NOT NULL,
    issued_from date NOT NULL,
    issued_until date NOT NULL,
    status text NOT NULL,
    requested_at timestamp with time zone NOT NULL,
    requested_by_member_id uuid,
    requested_by_name text,
    requested_by_email text,
    requested_by_organization_id uuid,
    requested_by_organization_name text,
    ended_at timestamp with time zone,
    invoice_count integer DEFAULT 0 NOT NULL,
    line_count integer DEFAULT 0 NOT NULL,
    variance_count integer DEFAULT 0 NOT NULL,
    opened_count integer DEFAULT 0 NOT NULL,
    closed_count integer DEFAULT 0 NOT NULL,
    open_count integer DEFAULT 0 NOT NULL,
    unmatched_count integer DEFAULT 0 NOT NULL,
    CONSTRAINT match_run_check CHECK ((issued_from <= issued_until)),
    CONSTRAINT match_run_check1 CHECK (((status = 'DONE'::text) = (ended_at IS NOT NULL))),
    CONSTRAINT match_run_status_check CHECK ((status = ANY (ARRAY['RUNNING'::text, 'DONE'::text])))
);

ALTER TABLE ONLY public.match_run FORCE ROW LEVEL SECURITY;


ALTER TABLE public.match_run OWNER TO chapterhouse_owner;

--
-- Name: match_tolerance; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.match_tolerance (
    id uuid NOT NULL,
    currency_code text NOT NULL,
    amount_minor bigint NOT NULL,
    percent numeric(5,2) NOT NULL,
    configured_at timestamp with time zone NOT NULL,
    configured_by_member_id uuid,
    configured_by_name text,
    configured_by_email text,
    configured_by_organization_id uuid,
    configured_by_organization_name text,
    reason text NOT NULL,
    CONSTRAINT match_tolerance_amount_minor_check CHECK ((amount_minor >= 0)),
    CONSTRAINT match_tolerance_percent_check CHECK (((percent >= (0)::numeric) AND (percent <= (100)::numeric))),
    CONSTRAINT match_tolerance_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 2000)))
);

ALTER TABLE ONLY public.match_tolerance FORCE ROW LEVEL SECURITY;


ALTER TABLE public.match_tolerance OWNER TO chapterhouse_owner;

--
-- Name: match_variance; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.match_variance (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    run_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    invoice_line_id uuid,
    contract_line_id uuid,
    currency_code text NOT NULL,
    expected_minor bigint NOT NULL,
    billed_minor bigint NOT NULL,
    difference_minor bigint NOT NULL,
    rate_minor bigint NOT NULL,
    quantity_minor bigint NOT NULL,
    period_minor bigint NOT NULL,
    unaccepted_minor bigint NOT NULL,
    out_of_scope_minor bigint NOT NULL,
    tax_minor bigint NOT NULL,
    exchange_minor bigint NOT NULL,
    rounding_minor bigint NOT NULL,
    twice_minor bigint DEFAULT 0 NOT NULL,
    tolerance_minor bigint NOT NULL,
    within_tolerance boolean NOT NULL,
    found_at timestamp with time zone NOT NULL,
    outcome text DEFAULT 'DIFFERS'::text NOT NULL,
    not_matched_because text,
    adjusted_minor bigint DEFAULT 0 NOT NULL,
    CONSTRAINT adjusted_within_difference CHECK (((abs(adjusted_minor) <= abs(difference_minor)) AND (((adjusted_minor)::numeric * (difference_minor)::numeric) >= (0)::numeric))),
    CONSTRAINT match_variance_not_matched_because_check CHECK (((length(not_matched_because) >= 1) AND (length(not_matched_because) <= 500))),
    CONSTRAINT match_variance_outcome_check CHECK ((outcome = ANY (ARRAY['DIFFERS'::text, 'NOT_MATCHED'::text]))),
    CONSTRAINT match_variance_tolerance_minor_check CHECK ((tolerance_minor >= 0)),
    CONSTRAINT not_matched_says_why CHECK (((outcome = 'NOT_MATCHED'::text) = (not_matched_because IS NOT NULL))),
    CONSTRAINT parts_are_the_variance CHECK ((difference_minor = (((((((rate_minor + quantity_minor) + period_minor) + unaccepted_minor) + out_of_scope_minor) + tax_minor) + exchange_minor) + rounding_minor))),
    CONSTRAINT variance_is_the_difference CHECK ((difference_minor = (billed_minor - expected_minor)))
);

ALTER TABLE ONLY public.match_variance FORCE ROW LEVEL SECURITY;


ALTER TABLE public.match_variance OWNER TO chapterhouse_owner;

--
-- Name: member; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.member (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    person_id uuid NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    roles text[] NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT member_email_check CHECK ((length(email) <= 254)),
    CONSTRAINT member_kind_check CHECK ((kind = ANY (ARRAY['PERSON'::text, 'SERVICE'::text]))),
    CONSTRAINT member_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT member_roles_check CHECK ((roles <@ ARRAY['OWNER'::text, 'SIGNATORY'::text, 'PROCUREMENT'::text, 'ACCEPTOR'::text, 'FINANCE'::text, 'CATALOG_MANAGER'::text, 'DELIVERY'::text, 'LMS_ADMINISTRATOR'::text, 'BILLING_ADMIN'::text, 'AUDITOR'::text]))
);

ALTER TABLE ONLY public.member FORCE ROW LEVEL SECURITY;


ALTER TABLE public.member OWNER TO chapterhouse_owner;

--
-- Name: obligation_occurrence; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.obligation_occurrence (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    line_id uuid NOT NULL,
    due_on date NOT NULL,
    status text NOT NULL,
    settled_on date,
    note text,
    recorded_at timestamp with time zone,
    member_id uuid,
    name text,
    email text,
    organization_id uuid,
    organization_name text,
    CONSTRAINT obligation_occurrence_check CHECK (((status = 'DUE'::text) = (recorded_at IS NULL))),
    CONSTRAINT obligation_occurrence_check1 CHECK (((status <> 'MET'::text) OR (settled_on <= due_on))),
    CONSTRAINT obligation_occurrence_check2 CHECK (((status <> 'LATE'::text) OR (settled_on > due_on))),
    CONSTRAINT obligation_occurrence_status_check CHECK ((status = ANY (ARRAY['DUE'::text, 'MET'::text, 'LATE'::text, 'WAIVED'::text])))
);

ALTER TABLE ONLY public.obligation_occurrence FORCE ROW LEVEL SECURITY;


ALTER TABLE public.obligation_occurrence OWNER TO chapterhouse_owner;

--
-- Name: offering; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.offering (
    id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    status text NOT NULL,
    current_version_id uuid,
    draft_version_id uuid,
    created_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    retired_at timestamp with time zone,
    CONSTRAINT offering_check CHECK (((status = 'DRAFT'::text) = (current_version_id IS NULL))),
    CONSTRAINT offering_check1 CHECK (((current_version_id IS NULL) = (published_at IS NULL))),
    CONSTRAINT offering_check2 CHECK (((status = 'RETIRED'::text) = (retired_at IS NOT NULL))),
    CONSTRAINT offering_status_check CHECK ((status = ANY (ARRAY['DRAFT'::text, 'PUBLISHED'::text, 'RETIRED'::text])))
);

ALTER TABLE ONLY public.offering FORCE ROW LEVEL SECURITY;


ALTER TABLE public.offering OWNER TO chapterhouse_owner;

--
-- Name: offering_version; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.offering_version (
    id uuid NOT NULL,
    offering_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    number integer NOT NULL,
    title text NOT NULL,
    summary text NOT NULL,
    category text,
    delivery_countries text[] NOT NULL,
    languages text[] NOT NULL,
    time_zone text,
    office_types text[] NOT NULL,
    deepest_disclosure_tier text NOT NULL,
    deliverables text[] NOT NULL,
    exclusions text[] NOT NULL,
    assumptions text[] NOT NULL,
    buyer_inputs text[] NOT NULL,
    created_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    CONSTRAINT offering_version_category_check CHECK ((category = ANY (ARRAY['HOSTING'::text, 'LMS_ADMINISTRATION'::text, 'HELP_DESK'::text, 'CONTENT_MANAGEMENT'::text, 'PROJECT_MANAGEMENT'::text, 'SUBJECT_MATTER_EXPERTISE'::text, 'LIVE_TRAINING'::text]))),
    CONSTRAINT offering_version_deepest_disclosure_tier_check CHECK ((deepest_disclosure_tier = ANY (ARRAY['CLOSED'::text, 'BAND'::text, 'OPEN_BOOK'::text]))),
    CONSTRAINT offering_version_number_check CHECK ((number > 0)),
    CONSTRAINT offering_version_summary_check CHECK ((length(summary) <= 2000)),
    CONSTRAINT offering_version_title_check CHECK ((length(title) <= 200))
);

ALTER TABLE ONLY public.offering_version FORCE ROW LEVEL SECURITY;


ALTER TABLE public.offering_version OWNER TO chapterhouse_owner;

--
-- Name: organization; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.organization (
    id uuid NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    country_code text NOT NULL,
    time_zone text NOT NULL,
    platform_fee_percent numeric(5,2),
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT organization_check CHECK (((kind = 'OPERATOR'::text) = (platform_fee_percent IS NOT NULL))),
    CONSTRAINT organization_kind_check CHECK ((kind = ANY (ARRAY['ASSOCIATION'::text, 'VENDOR'::text, 'OPERATOR'::text]))),
    CONSTRAINT organization_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT organization_platform_fee_percent_check CHECK (((platform_fee_percent >= (0)::numeric) AND (platform_fee_percent <= (100)::numeric)))
);

ALTER TABLE ONLY public.organization FORCE ROW LEVEL SECURITY;


ALTER TABLE public.organization OWNER TO chapterhouse_owner;

--
-- Name: package_finding; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.package_finding (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    package_id uuid NOT NULL,
    "position" integer NOT NULL,
    rule text NOT NULL,
    severity text NOT NULL,
    can_be_waived boolean NOT NULL,
    message text NOT NULL,
    file text,
    CONSTRAINT package_finding_position_check CHECK (("position" > 0)),
    CONSTRAINT package_finding_rule_check CHECK ((rule ~ '^[A-Z][A-Z0-9_]+$'::text)),
    CONSTRAINT package_finding_severity_check CHECK ((severity = ANY (ARRAY['PASS'::text, 'WARN'::text, 'FAIL'::text, 'NOT_CHECKED'::text])))
);

ALTER TABLE ONLY public.package_finding FORCE ROW LEVEL SECURITY;


ALTER TABLE public.package_finding OWNER TO chapterhouse_owner;

--
-- Name: package_waiver; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.package_waiver (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    package_id uuid NOT NULL,
    rules text[] NOT NULL,
    reason text NOT NULL,
    ends_on date NOT NULL,
    signed_at timestamp with time zone NOT NULL,
    signed_by_member_id uuid,
    signed_by_name text,
    signed_by_email text,
    signed_by_organization_id uuid,
    signed_by_organization_name text,
    CONSTRAINT package_waiver_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 2000))),
    CONSTRAINT package_waiver_rules_check CHECK ((cardinality(rules) > 0))
);

ALTER TABLE ONLY public.package_waiver FORCE ROW LEVEL SECURITY;


ALTER TABLE public.package_waiver OWNER TO chapterhouse_owner;

--
-- Name: payee_account; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.payee_account (
    id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    status text NOT NULL,
    stripe_account_id text,
    charges_enabled boolean DEFAULT false NOT NULL,
    payouts_enabled boolean DEFAULT false NOT NULL,
    requirements text[] DEFAULT '{}'::text[] NOT NULL,
    onboarding_url text,
    onboarding_expires_at timestamp with time zone,
    failure_message text,
    started_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    asked_at timestamp with time zone,
    CONSTRAINT payee_account_status_check CHECK ((status = ANY (ARRAY['STARTED'::text, 'ONBOARDING'::text, 'ENABLED'::text, 'RESTRICTED'::text])))
);

ALTER TABLE ONLY public.payee_account FORCE ROW LEVEL SECURITY;


ALTER TABLE public.payee_account OWNER TO chapterhouse_owner;

--
-- Name: payer_account; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.payer_account (
    association_id uuid NOT NULL,
    stripe_customer_id text NOT NULL,
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.payer_account FORCE ROW LEVEL SECURITY;


ALTER TABLE public.payer_account OWNER TO chapterhouse_owner;

--
-- Name: payment; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.payment (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    currency_code text NOT NULL,
    amount_minor bigint NOT NULL,
    method text NOT NULL,
    provider text NOT NULL,
    status text NOT NULL,
    by_page boolean DEFAULT false NOT NULL,
    received_minor bigint DEFAULT 0 NOT NULL,
    applied_minor bigint DEFAULT 0 NOT NULL,
    refunded_minor bigint DEFAULT 0 NOT NULL,
    charged_back_minor bigint DEFAULT 0 NOT NULL,
    received_on date,
    reference text,
    stripe_payment_intent_id text,
    stripe_charge_id text,
    stripe_checkout_session_id text,
    stripe_customer_id text,
    stripe_account_id text,
    page_url text,
    page_expires_at timestamp with time zone,
    failure_code text,
    failure_message text,
    reason text NOT NULL,
    started_by_member_id uuid,
    started_by_name text,
    started_by_email text,
    started_by_organization_id uuid,
    started_by_organization_name text,
    started_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    asked_at timestamp with time zone,
    reversed_at timestamp with time zone,
    reverse_reason text,
    cancel_asked_at timestamp with time zone,
    cancel_reason text,
    cancel_failure text,
    cancelled_by_member_id uuid,
    cancelled_by_name text,
    cancelled_by_email text,
    cancelled_by_organization_id uuid,
    cancelled_by_organization_name text,
    CONSTRAINT payment_amount_minor_check CHECK ((amount_minor > 0)),
    CONSTRAINT payment_charged_back_minor_check CHECK ((charged_back_minor >= 0)),
    CONSTRAINT payment_check CHECK (((applied_minor >= 0) AND (applied_minor <= received_minor))),
    CONSTRAINT payment_check1 CHECK (((received_minor > 0) = (received_on IS NOT NULL))),
    CONSTRAINT payment_check2 CHECK (((provider = 'STRIPE'::text) OR (num_nonnulls(stripe_payment_intent_id, stripe_charge_id, stripe_checkout_session_id, page_url) = 0))),
    CONSTRAINT payment_check3 CHECK (((provider = 'STRIPE'::text) = (method = ANY (ARRAY['CARD'::text, 'ACH_DEBIT'::text])))),
    CONSTRAINT payment_check4 CHECK (((reversed_at IS NULL) = (reverse_reason IS NULL))),
    CONSTRAINT payment_check5 CHECK (((reversed_at IS NULL) OR ((provider = 'BY_HAND'::text) AND (status = 'CANCELLED'::text)))),
    CONSTRAINT payment_check6 CHECK (((cancel_asked_at IS NULL) OR ((provider = 'STRIPE'::text) AND (cancel_reason IS NOT NULL)))),
    CONSTRAINT payment_method_check CHECK ((method = ANY (ARRAY['CARD'::text, 'ACH_DEBIT'::text, 'BANK_TRANSFER'::text, 'CHEQUE'::text]))),
    CONSTRAINT payment_provider_check CHECK ((provider = ANY (ARRAY['STRIPE'::text, 'BY_HAND'::text]))),
    CONSTRAINT payment_received_minor_check CHECK ((received_minor >= 0)),
    CONSTRAINT payment_refunded_minor_check CHECK ((refunded_minor >= 0)),
    CONSTRAINT payment_status_check CHECK ((status = ANY (ARRAY['STARTED'::text, 'REQUIRES_ACTION'::text, 'PROCESSING'::text, 'SUCCEEDED'::text, 'FAILED'::text, 'CANCELLED'::text]))),
    CONSTRAINT received_when_succeeded CHECK ((((status = 'SUCCEEDED'::text) OR (reversed_at IS NOT NULL)) = (received_minor > 0))),
    CONSTRAINT refunds_within_received CHECK ((refunded_minor <= received_minor))
);

ALTER TABLE ONLY public.payment FORCE ROW LEVEL SECURITY;


ALTER TABLE public.payment OWNER TO chapterhouse_owner;

--
-- Name: payment_option; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.payment_option (
    method text NOT NULL,
    offered boolean NOT NULL,
    why_not text,
    CONSTRAINT payment_option_check CHECK ((offered = (why_not IS NULL))),
    CONSTRAINT payment_option_method_check CHECK ((method = ANY (ARRAY['CARD'::text, 'ACH_DEBIT'::text, 'BANK_TRANSFER'::text, 'CHEQUE'::text])))
);


ALTER TABLE public.payment_option OWNER TO chapterhouse_owner;

--
-- Name: payout; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.payout (
    id uuid NOT NULL,
    stripe_payout_id text NOT NULL,
    status text NOT NULL,
    amount_minor bigint NOT NULL,
    currency_code text NOT NULL,
    arrives_on date NOT NULL,
    failure_code text,
    failure_message text,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    asked_at timestamp with time zone,
    posted_at timestamp with time zone,
    returned_at timestamp with time zone,
    by_hand boolean DEFAULT false NOT NULL,
    CONSTRAINT payout_check CHECK (((returned_at IS NULL) OR (posted_at IS NOT NULL))),
    CONSTRAINT payout_status_check CHECK ((status = ANY (ARRAY['PENDING'::text, 'IN_TRANSIT'::text, 'PAID'::text, 'FAILED'::text, 'CANCELLED'::text])))
);

ALTER TABLE ONLY public.payout FORCE ROW LEVEL SECURITY;


ALTER TABLE public.payout OWNER TO chapterhouse_owner;

--
-- Name: pgqueuer; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.pgqueuer (
    id bigint NOT NULL,
    priority integer NOT NULL,
    queue_manager_id uuid,
    created timestamp with time zone DEFAULT now() NOT NULL,
    updated timestamp with time zone DEFAULT now() NOT NULL,
    heartbeat timestamp with time zone DEFAULT now() NOT NULL,
    execute_after timestamp with time zone DEFAULT now() NOT NULL,
    status public.pgqueuer_status NOT NULL,
    entrypoint text NOT NULL,
    dedupe_key text,
    payload bytea,
    headers jsonb,
    attempts integer DEFAULT 0 NOT NULL,
    slot bigint
);


ALTER TABLE public.pgqueuer OWNER TO chapterhouse_owner;

--
-- Name: pgqueuer_id_seq; Type: SEQUENCE; Schema: public; Owner: chapterhouse_owner
--

CREATE SEQUENCE public.pgqueuer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.pgqueuer_id_seq OWNER TO chapterhouse_owner;

--
-- Name: pgqueuer_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: chapterhouse_owner
--

ALTER SEQUENCE public.pgqueuer_id_seq OWNED BY public.pgqueuer.id;


--
-- Name: pgqueuer_log; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.pgqueuer_log (
    id bigint NOT NULL,
    created timestamp with time zone DEFAULT now() NOT NULL,
    job_id bigint NOT NULL,
    status public.pgqueuer_status NOT NULL,
    priority integer NOT NULL,
    entrypoint text NOT NULL,
    traceback jsonb,
    aggregated boolean DEFAULT false
);


ALTER TABLE public.pgqueuer_log OWNER TO chapterhouse_owner;

--
-- Name: pgqueuer_log_id_seq; Type: SEQUENCE; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.pgqueuer_log ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.pgqueuer_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: pgqueuer_schedules; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.pgqueuer_schedules (
    id bigint NOT NULL,
    expression text NOT NULL,
    entrypoint text NOT NULL,
    heartbeat timestamp with time zone DEFAULT now() NOT NULL,
    created timestamp with time zone DEFAULT now() NOT NULL,
    updated timestamp with time zone DEFAULT now() NOT NULL,
    next_run timestamp with time zone DEFAULT now() NOT NULL,
    last_run timestamp with time zone,
    status public.pgqueuer_status DEFAULT 'queued'::public.pgqueuer_status
);


ALTER TABLE public.pgqueuer_schedules OWNER TO chapterhouse_owner;

--
-- Name: pgqueuer_schedules_id_seq; Type: SEQUENCE; Schema: public; Owner: chapterhouse_owner
--

CREATE SEQUENCE public.pgqueuer_schedules_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.pgqueuer_schedules_id_seq OWNER TO chapterhouse_owner;

--
-- Name: pgqueuer_schedules_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: chapterhouse_owner
--

ALTER SEQUENCE public.pgqueuer_schedules_id_seq OWNED BY public.pgqueuer_schedules.id;


--
-- Name: pgqueuer_statistics; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.pgqueuer_statistics (
    id bigint NOT NULL,
    created timestamp with time zone DEFAULT date_trunc('sec'::text, now()) NOT NULL,
    count bigint NOT NULL,
    priority integer NOT NULL,
    status public.pgqueuer_status NOT NULL,
    entrypoint text NOT NULL
);


ALTER TABLE public.pgqueuer_statistics OWNER TO chapterhouse_owner;

--
-- Name: pgqueuer_statistics_id_seq; Type: SEQUENCE; Schema: public; Owner: chapterhouse_owner
--

CREATE SEQUENCE public.pgqueuer_statistics_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.pgqueuer_statistics_id_seq OWNER TO chapterhouse_owner;

--
-- Name: pgqueuer_statistics_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: chapterhouse_owner
--

ALTER SEQUENCE public.pgqueuer_statistics_id_seq OWNED BY public.pgqueuer_statistics.id;


--
-- Name: platform_fee_counter; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.platform_fee_counter (
    year integer NOT NULL,
    last_number integer NOT NULL,
    CONSTRAINT platform_fee_counter_last_number_check CHECK ((last_number > 0))
);

ALTER TABLE ONLY public.platform_fee_counter FORCE ROW LEVEL SECURITY;


ALTER TABLE public.platform_fee_counter OWNER TO chapterhouse_owner;

--
-- Name: platform_fee_invoice; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.platform_fee_invoice (
    id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    number text NOT NULL,
    year integer NOT NULL,
    year_number integer NOT NULL,
    kind text NOT NULL,
    month_starts_on date NOT NULL,
    currency_code text NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    issued_on date NOT NULL,
    issued_by_member_id uuid,
    issued_by_name text,
    issued_by_email text,
    issued_by_organization_id uuid,
    issued_by_organization_name text,
    seller_name text NOT NULL,
    seller_country_code text NOT NULL,
    seller_region_code text,
    seller_tax_number text,
    buyer_name text NOT NULL,
    buyer_country_code text NOT NULL,
    buyer_region_code text,
    buyer_tax_number text,
    subtotal_minor bigint NOT NULL,
    tax_category_code text NOT NULL,
    tax_rate_percent numeric(7,4) NOT NULL,
    tax_reason_code text,
    tax_reason text,
    tax_rule_id uuid,
    tax_total_minor bigint NOT NULL,
    total_minor bigint GENERATED ALWAYS AS ((subtotal_minor + tax_total_minor)) STORED,
    set_off_minor bigint NOT NULL,
    amount_due_minor bigint GENERATED ALWAYS AS (((subtotal_minor + tax_total_minor) - set_off_minor)) STORED,
    CONSTRAINT platform_fee_invoice_check CHECK ((set_off_minor = subtotal_minor)),
    CONSTRAINT platform_fee_invoice_kind_check CHECK ((kind = ANY (ARRAY['INVOICE'::text, 'CREDIT_NOTE'::text]))),
    CONSTRAINT platform_fee_invoice_month_starts_on_check CHECK ((EXTRACT(day FROM month_starts_on) = (1)::numeric)),
    CONSTRAINT platform_fee_invoice_tax_category_code_check CHECK ((tax_category_code = ANY (ARRAY['S'::text, 'Z'::text, 'E'::text, 'AE'::text, 'K'::text, 'G'::text, 'O'::text])))
);

ALTER TABLE ONLY public.platform_fee_invoice FORCE ROW LEVEL SECURITY;


ALTER TABLE public.platform_fee_invoice OWNER TO chapterhouse_owner;

--
-- Name: platform_fee_line; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.platform_fee_line (
    platform_fee_invoice_id uuid NOT NULL,
    "position" integer NOT NULL,
    vendor_id uuid NOT NULL,
    contract_id uuid NOT NULL,
    entry_id uuid NOT NULL,
    invoice_id uuid,
    kind text NOT NULL,
    document_number text,
    effective_on date NOT NULL,
    currency_code text NOT NULL,
    platform_fee_minor bigint NOT NULL,
    tax_minor bigint DEFAULT 0 NOT NULL,
    CONSTRAINT platform_fee_line_platform_fee_minor_check CHECK ((platform_fee_minor <> 0))
);

ALTER TABLE ONLY public.platform_fee_line FORCE ROW LEVEL SECURITY;


ALTER TABLE public.platform_fee_line OWNER TO chapterhouse_owner;

--
-- Name: posting; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.posting (
    contract_id uuid NOT NULL,
    entry_id uuid NOT NULL,
    "position" integer NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    account text NOT NULL,
    currency_code text NOT NULL,
    amount_minor bigint NOT NULL,
    CONSTRAINT posting_amount_minor_check CHECK ((amount_minor <> 0))
);

ALTER TABLE ONLY public.posting FORCE ROW LEVEL SECURITY;


ALTER TABLE public.posting OWNER TO chapterhouse_owner;

--
-- Name: rate_card_cost; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.rate_card_cost (
    version_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    key text NOT NULL,
    unit_cost numeric(18,6) NOT NULL,
    currency_code text NOT NULL,
    CONSTRAINT rate_card_cost_unit_cost_check CHECK ((unit_cost >= (0)::numeric))
);

ALTER TABLE ONLY public.rate_card_cost FORCE ROW LEVEL SECURITY;


ALTER TABLE public.rate_card_cost OWNER TO chapterhouse_owner;

--
-- Name: rate_card_entry; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.rate_card_entry (
    version_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    key text NOT NULL,
    "position" integer NOT NULL,
    title text NOT NULL,
    office_type text NOT NULL,
    unit text NOT NULL,
    unit_price numeric(18,6) NOT NULL,
    currency_code text NOT NULL,
    published boolean DEFAULT false NOT NULL,
    CONSTRAINT rate_card_entry_currency_code_check CHECK ((length(currency_code) = 3)),
    CONSTRAINT rate_card_entry_key_check CHECK ((key ~ '^[a-z0-9][a-z0-9-]{0,62}$'::text)),
    CONSTRAINT rate_card_entry_office_type_check CHECK ((office_type = ANY (ARRAY['FRONT_OFFICE'::text, 'BACK_OFFICE'::text]))),
    CONSTRAINT rate_card_entry_title_check CHECK (((length(title) >= 1) AND (length(title) <= 200))),
    CONSTRAINT rate_card_entry_unit_check CHECK ((unit = ANY (ARRAY['HOUR'::text, 'DAY'::text, 'MONTH'::text, 'TICKET'::text, 'LEARNER'::text, 'COURSE'::text, 'SITE'::text, 'SESSION'::text, 'LUMP_SUM'::text]))),
    CONSTRAINT rate_card_entry_unit_price_check CHECK ((unit_price >= (0)::numeric))
);

ALTER TABLE ONLY public.rate_card_entry FORCE ROW LEVEL SECURITY;


ALTER TABLE public.rate_card_entry OWNER TO chapterhouse_owner;

--
-- Name: refund; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.refund (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    payment_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    currency_code text NOT NULL,
    amount_minor bigint NOT NULL,
    provider text NOT NULL,
    status text NOT NULL,
    credit_minor bigint DEFAULT 0 NOT NULL,
    stripe_refund_id text,
    reference text,
    failure_code text,
    failure_message text,
    reason text NOT NULL,
    started_by_member_id uuid,
    started_by_name text,
    started_by_email text,
    started_by_organization_id uuid,
    started_by_organization_name text,
    started_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    asked_at timestamp with time zone,
    CONSTRAINT refund_amount_minor_check CHECK ((amount_minor > 0)),
    CONSTRAINT refund_check CHECK (((credit_minor >= 0) AND (credit_minor <= amount_minor))),
    CONSTRAINT refund_provider_check CHECK ((provider = ANY (ARRAY['STRIPE'::text, 'BY_HAND'::text]))),
    CONSTRAINT refund_status_check CHECK ((status = ANY (ARRAY['STARTED'::text, 'PROCESSING'::text, 'SUCCEEDED'::text, 'FAILED'::text])))
);

ALTER TABLE ONLY public.refund FORCE ROW LEVEL SECURITY;


ALTER TABLE public.refund OWNER TO chapterhouse_owner;

--
-- Name: request_budget; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE UNLOGGED TABLE public.request_budget (
    who text NOT NULL,
    full_at timestamp with time zone NOT NULL
)
WITH (fillfactor='50');


ALTER TABLE public.request_budget OWNER TO chapterhouse_owner;

--
-- Name: retainage_release; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.retainage_release (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    currency_code text NOT NULL,
    amount_minor bigint NOT NULL,
    reason text NOT NULL,
    released_at timestamp with time zone NOT NULL,
    released_by_member_id uuid,
    released_by_name text,
    released_by_email text,
    released_by_organization_id uuid,
    released_by_organization_name text,
    posted_at timestamp with time zone,
    CONSTRAINT retainage_release_amount_minor_check CHECK ((amount_minor > 0)),
    CONSTRAINT retainage_release_currency_code_check CHECK ((length(currency_code) = 3)),
    CONSTRAINT retainage_release_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 2000)))
);

ALTER TABLE ONLY public.retainage_release FORCE ROW LEVEL SECURITY;


ALTER TABLE public.retainage_release OWNER TO chapterhouse_owner;

--
-- Name: scope_answer; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.scope_answer (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    work_record_id uuid NOT NULL,
    line_id uuid NOT NULL,
    answer text NOT NULL,
    quantity numeric(18,6) NOT NULL,
    out_of_scope_reason text NOT NULL,
    reason text NOT NULL,
    answered_at timestamp with time zone NOT NULL,
    answered_by_member_id uuid,
    answered_by_name text,
    answered_by_email text,
    answered_by_organization_id uuid,
    answered_by_organization_name text,
    CONSTRAINT scope_answer_answer_check CHECK ((answer = ANY (ARRAY['APPROVED'::text, 'DECLINED'::text]))),
    CONSTRAINT scope_answer_quantity_check CHECK ((quantity > (0)::numeric)),
    CONSTRAINT scope_answer_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 2000)))
);

ALTER TABLE ONLY public.scope_answer FORCE ROW LEVEL SECURITY;


ALTER TABLE public.scope_answer OWNER TO chapterhouse_owner;

--
-- Name: service_level; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.service_level (
    version_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    key text NOT NULL,
    "position" integer NOT NULL,
    metric text NOT NULL,
    threshold_minutes integer,
    target_percent numeric(5,2) NOT NULL,
    period text NOT NULL,
    published boolean DEFAULT false NOT NULL,
    CONSTRAINT service_level_check CHECK (((metric ~~ '%_WITHIN_MINUTES'::text) = (threshold_minutes IS NOT NULL))),
    CONSTRAINT service_level_key_check CHECK ((key ~ '^[a-z0-9][a-z0-9-]{0,62}$'::text)),
    CONSTRAINT service_level_metric_check CHECK ((metric = ANY (ARRAY['FIRST_RESPONSE_WITHIN_MINUTES'::text, 'RESOLUTION_WITHIN_MINUTES'::text, 'UPTIME'::text, 'DELIVERED_ON_TIME'::text]))),
    CONSTRAINT service_level_period_check CHECK ((period = ANY (ARRAY['WEEK'::text, 'MONTH'::text, 'QUARTER'::text, 'YEAR'::text]))),
    CONSTRAINT service_level_target_percent_check CHECK (((target_percent > (0)::numeric) AND (target_percent <= (100)::numeric))),
    CONSTRAINT service_level_threshold_minutes_check CHECK ((threshold_minutes > 0))
);

ALTER TABLE ONLY public.service_level FORCE ROW LEVEL SECURITY;


ALTER TABLE public.service_level OWNER TO chapterhouse_owner;

--
-- Name: settlement; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.settlement (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    currency_code text NOT NULL,
    amount_minor bigint NOT NULL,
    method text NOT NULL,
    status text NOT NULL,
    tax_minor bigint DEFAULT 0 NOT NULL,
    stripe_account_id text,
    stripe_transfer_id text,
    stripe_reversal_id text,
    reference text,
    failure_code text,
    failure_message text,
    reason text NOT NULL,
    released_by_member_id uuid,
    released_by_name text,
    released_by_email text,
    released_by_organization_id uuid,
    released_by_organization_name text,
    released_at timestamp with time zone NOT NULL,
    paid_at timestamp with time zone,
    reverse_reason text,
    reversed_by_member_id uuid,
    reversed_by_name text,
    reversed_by_email text,
    reversed_by_organization_id uuid,
    reversed_by_organization_name text,
    reversed_at timestamp with time zone,
    changed_at timestamp with time zone NOT NULL,
    asked_at timestamp with time zone,
    CONSTRAINT settlement_amount_minor_check CHECK ((amount_minor > 0)),
    CONSTRAINT settlement_check CHECK (((tax_minor >= 0) AND (tax_minor <= amount_minor))),
    CONSTRAINT settlement_check1 CHECK (((method = 'STRIPE_TRANSFER'::text) = (stripe_account_id IS NOT NULL))),
    CONSTRAINT settlement_check2 CHECK (((status = ANY (ARRAY['PAID'::text, 'REVERSING'::text, 'REVERSED'::text])) = (paid_at IS NOT NULL))),
    CONSTRAINT settlement_check3 CHECK (((status = ANY (ARRAY['REVERSING'::text, 'REVERSED'::text])) = (reverse_reason IS NOT NULL))),
    CONSTRAINT settlement_check4 CHECK (((status = 'REVERSED'::text) = (reversed_at IS NOT NULL))),
    CONSTRAINT settlement_method_check CHECK ((method = ANY (ARRAY['STRIPE_TRANSFER'::text, 'BANK_TRANSFER'::text]))),
    CONSTRAINT settlement_status_check CHECK ((status = ANY (ARRAY['STARTED'::text, 'PAID'::text, 'FAILED'::text, 'REVERSING'::text, 'REVERSED'::text])))
);

ALTER TABLE ONLY public.settlement FORCE ROW LEVEL SECURITY;


ALTER TABLE public.settlement OWNER TO chapterhouse_owner;

--
-- Name: stripe_event; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.stripe_event (
    id text NOT NULL,
    type text NOT NULL,
    object_id text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    payload jsonb NOT NULL,
    worked_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    error text
);

ALTER TABLE ONLY public.stripe_event FORCE ROW LEVEL SECURITY;


ALTER TABLE public.stripe_event OWNER TO chapterhouse_owner;

--
-- Name: subject; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.subject (
    issuer text NOT NULL,
    subject text NOT NULL,
    person_id uuid NOT NULL,
    bound_at timestamp with time zone NOT NULL
);


ALTER TABLE public.subject OWNER TO chapterhouse_owner;

--
-- Name: submission; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.submission (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    status text NOT NULL,
    submitted_at timestamp with time zone NOT NULL,
    submitted_by_member_id uuid,
    submitted_by_name text,
    submitted_by_email text,
    submitted_by_organization_id uuid,
    submitted_by_organization_name text,
    submitted_by_person_id uuid NOT NULL,
    deemed_acceptance_due_on date,
    reviewed_at timestamp with time zone,
    deemed boolean DEFAULT false NOT NULL,
    withdrawn_at timestamp with time zone,
    CONSTRAINT submission_check CHECK (((status = 'REVIEWED'::text) = (reviewed_at IS NOT NULL))),
    CONSTRAINT submission_check1 CHECK (((status = 'WITHDRAWN'::text) = (withdrawn_at IS NOT NULL))),
    CONSTRAINT submission_status_check CHECK ((status = ANY (ARRAY['SUBMITTED'::text, 'REVIEWED'::text, 'WITHDRAWN'::text])))
);

ALTER TABLE ONLY public.submission FORCE ROW LEVEL SECURITY;


ALTER TABLE public.submission OWNER TO chapterhouse_owner;

--
-- Name: submission_record; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.submission_record (
    contract_id uuid NOT NULL,
    submission_id uuid NOT NULL,
    work_record_id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    "position" integer NOT NULL
);

ALTER TABLE ONLY public.submission_record FORCE ROW LEVEL SECURITY;


ALTER TABLE public.submission_record OWNER TO chapterhouse_owner;

--
-- Name: tax_exemption; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.tax_exemption (
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    number text NOT NULL,
    country_code text NOT NULL,
    region_code text,
    evidence_contract_id uuid NOT NULL,
    evidence_id uuid NOT NULL,
    valid_from date NOT NULL,
    valid_until date NOT NULL,
    status text NOT NULL,
    filed_at timestamp with time zone NOT NULL,
    filed_by_member_id uuid,
    filed_by_name text,
    filed_by_email text,
    filed_by_organization_id uuid,
    filed_by_organization_name text,
    decided_at timestamp with time zone,
    decided_by_member_id uuid,
    decided_by_name text,
    decided_by_email text,
    decided_by_organization_id uuid,
    decided_by_organization_name text,
    decide_reason text,
    CONSTRAINT tax_exemption_check CHECK ((valid_from <= valid_until)),
    CONSTRAINT tax_exemption_check1 CHECK (((status = 'FILED'::text) = (decided_at IS NULL))),
    CONSTRAINT tax_exemption_decide_reason_check CHECK (((length(decide_reason) >= 1) AND (length(decide_reason) <= 2000))),
    CONSTRAINT tax_exemption_number_check CHECK (((length(number) >= 1) AND (length(number) <= 100))),
    CONSTRAINT tax_exemption_region_code_check CHECK ((region_code ~ '^[A-Z0-9]{1,3}$'::text)),
    CONSTRAINT tax_exemption_status_check CHECK ((status = ANY (ARRAY['FILED'::text, 'VERIFIED'::text, 'REJECTED'::text])))
);

ALTER TABLE ONLY public.tax_exemption FORCE ROW LEVEL SECURITY;


ALTER TABLE public.tax_exemption OWNER TO chapterhouse_owner;

--
-- Name: tax_registration; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.tax_registration (
    organization_id uuid NOT NULL,
    region_code text,
    number text,
    tax_currency_code text,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by_member_id uuid,
    recorded_by_name text,
    recorded_by_email text,
    recorded_by_organization_id uuid,
    recorded_by_organization_name text,
    CONSTRAINT tax_registration_number_check CHECK (((length(number) >= 1) AND (length(number) <= 64))),
    CONSTRAINT tax_registration_region_code_check CHECK ((region_code ~ '^[A-Z0-9]{1,3}$'::text)),
    CONSTRAINT tax_registration_tax_currency_code_check CHECK ((tax_currency_code ~ '^[A-Z]{3}$'::text))
);

ALTER TABLE ONLY public.tax_registration FORCE ROW LEVEL SECURITY;


ALTER TABLE public.tax_registration OWNER TO chapterhouse_owner;

--
-- Name: tax_rule; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.tax_rule (
    id uuid NOT NULL,
    supply text NOT NULL,
    trade text,
    seller_country_code text,
    seller_region_code text,
    buyer_country_code text,
    buyer_region_code text,
    unit text,
    category_code text NOT NULL,
    rate_percent numeric(7,4) NOT NULL,
    reason_code text,
    reason text,
    valid_from date NOT NULL,
    valid_until date,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by_member_id uuid,
    recorded_by_name text,
    recorded_by_email text,
    recorded_by_organization_id uuid,
    recorded_by_organization_name text,
    CONSTRAINT tax_rule_buyer_region_code_check CHECK ((buyer_region_code ~ '^[A-Z0-9]{1,3}$'::text)),
    CONSTRAINT tax_rule_category_code_check CHECK ((category_code = ANY (ARRAY['S'::text, 'Z'::text, 'E'::text, 'AE'::text, 'K'::text, 'G'::text, 'O'::text]))),
    CONSTRAINT tax_rule_check CHECK (((category_code = 'S'::text) = (rate_percent > (0)::numeric))),
    CONSTRAINT tax_rule_check1 CHECK (((category_code = ANY (ARRAY['S'::text, 'Z'::text])) = (reason IS NULL))),
    CONSTRAINT tax_rule_check2 CHECK (((reason_code IS NULL) OR (reason IS NOT NULL))),
    CONSTRAINT tax_rule_check3 CHECK (((seller_region_code IS NULL) OR (seller_country_code IS NOT NULL))),
    CONSTRAINT tax_rule_check4 CHECK (((buyer_region_code IS NULL) OR (buyer_country_code IS NOT NULL))),
    CONSTRAINT tax_rule_check5 CHECK ((valid_from <= valid_until)),
    CONSTRAINT tax_rule_rate_percent_check CHECK (((rate_percent >= (0)::numeric) AND (rate_percent <= (100)::numeric))),
    CONSTRAINT tax_rule_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500))),
    CONSTRAINT tax_rule_reason_code_check CHECK (((length(reason_code) >= 1) AND (length(reason_code) <= 50))),
    CONSTRAINT tax_rule_seller_region_code_check CHECK ((seller_region_code ~ '^[A-Z0-9]{1,3}$'::text)),
    CONSTRAINT tax_rule_supply_check CHECK ((supply = ANY (ARRAY['SERVICES'::text, 'PLATFORM_FEES'::text]))),
    CONSTRAINT tax_rule_trade_check CHECK ((trade = ANY (ARRAY['DOMESTIC'::text, 'INTRA_EU'::text, 'INTERNATIONAL'::text])))
);

ALTER TABLE ONLY public.tax_rule FORCE ROW LEVEL SECURITY;


ALTER TABLE public.tax_rule OWNER TO chapterhouse_owner;

--
-- Name: work_record; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.work_record (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    line_id uuid NOT NULL,
    status text NOT NULL,
    quantity numeric(18,6) NOT NULL,
    performed_from date NOT NULL,
    performed_to date NOT NULL,
    performed_by text NOT NULL,
    description text NOT NULL,
    in_scope boolean NOT NULL,
    out_of_scope_reason text,
    accepted_quantity numeric(18,6),
    submission_id uuid,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by_member_id uuid,
    recorded_by_name text,
    recorded_by_email text,
    recorded_by_organization_id uuid,
    recorded_by_organization_name text,
    voided_at timestamp with time zone,
    void_reason text,
    CONSTRAINT accepted_within_recorded CHECK (((accepted_quantity >= (0)::numeric) AND (accepted_quantity <= quantity))),
    CONSTRAINT out_of_scope_is_never_accepted CHECK ((in_scope OR (COALESCE(accepted_quantity, (0)::numeric) = (0)::numeric))),
    CONSTRAINT out_of_scope_is_never_submitted CHECK ((in_scope OR (status = ANY (ARRAY['RECORDED'::text, 'RETURNED'::text, 'VOIDED'::text])))),
    CONSTRAINT work_record_check CHECK ((performed_from <= performed_to)),
    CONSTRAINT work_record_check1 CHECK ((in_scope = (out_of_scope_reason IS NULL))),
    CONSTRAINT work_record_check2 CHECK (((status = 'VOIDED'::text) = (voided_at IS NOT NULL))),
    CONSTRAINT work_record_check3 CHECK (((status = ANY (ARRAY['ACCEPTED'::text, 'PARTIALLY_ACCEPTED'::text, 'REJECTED'::text])) = (accepted_quantity IS NOT NULL))),
    CONSTRAINT work_record_description_check CHECK (((length(description) >= 1) AND (length(description) <= 4000))),
    CONSTRAINT work_record_performed_by_check CHECK (((length(performed_by) >= 1) AND (length(performed_by) <= 200))),
    CONSTRAINT work_record_quantity_check CHECK ((quantity > (0)::numeric)),
    CONSTRAINT work_record_status_check CHECK ((status = ANY (ARRAY['RECORDED'::text, 'SUBMITTED'::text, 'ACCEPTED'::text, 'PARTIALLY_ACCEPTED'::text, 'REJECTED'::text, 'RETURNED'::text, 'VOIDED'::text])))
);

ALTER TABLE ONLY public.work_record FORCE ROW LEVEL SECURITY;


ALTER TABLE public.work_record OWNER TO chapterhouse_owner;

--
-- Name: write_off; Type: TABLE; Schema: public; Owner: chapterhouse_owner
--

CREATE TABLE public.write_off (
    contract_id uuid NOT NULL,
    id uuid NOT NULL,
    association_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    kind text NOT NULL,
    status text NOT NULL,
    currency_code text NOT NULL,
    amount_minor bigint NOT NULL,
    tolerance_minor bigint NOT NULL,
    reason text NOT NULL,
    exception_id uuid,
    requested_at timestamp with time zone NOT NULL,
    requested_by_member_id uuid,
    requested_by_name text,
    requested_by_email text,
    requested_by_organization_id uuid,
    requested_by_organization_name text,
    requested_by_person_id uuid NOT NULL,
    confirmed_at timestamp with time zone,
    confirmed_by_member_id uuid,
    confirmed_by_name text,
    confirmed_by_email text,
    confirmed_by_organization_id uuid,
    confirmed_by_organization_name text,
    confirmed_by_person_id uuid,
    confirm_reason text,
    posted_at timestamp with time zone,
    reversed_at timestamp with time zone,
    reversed_by_member_id uuid,
    reversed_by_name text,
    reversed_by_email text,
    reversed_by_organization_id uuid,
    reversed_by_organization_name text,
    reverse_reason text,
    CONSTRAINT write_off_amount_minor_check CHECK ((amount_minor > 0)),
    CONSTRAINT write_off_check CHECK (((status = ANY (ARRAY['POSTED'::text, 'REVERSED'::text])) = (posted_at IS NOT NULL))),
    CONSTRAINT write_off_check1 CHECK (((status = ANY (ARRAY['WITHDRAWN'::text, 'REVERSED'::text])) = (num_nulls(reversed_at, reverse_reason) = 0))),
    CONSTRAINT write_off_confirm_reason_check CHECK (((length(confirm_reason) >= 1) AND (length(confirm_reason) <= 2000))),
    CONSTRAINT write_off_kind_check CHECK ((kind = ANY (ARRAY['REMAINDER'::text, 'OVERPAYMENT'::text]))),
    CONSTRAINT write_off_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 2000))),
    CONSTRAINT write_off_reverse_reason_check CHECK (((length(reverse_reason) >= 1) AND (length(reverse_reason) <= 2000))),
    CONSTRAINT write_off_status_check CHECK ((status = ANY (ARRAY['REQUESTED'::text, 'POSTED'::text, 'WITHDRAWN'::text, 'REVERSED'::text]))),
    CONSTRAINT write_off_tolerance_minor_check CHECK ((tolerance_minor >= 0)),
    CONSTRAINT written_off_by_two CHECK (((posted_at IS NULL) OR (amount_minor <= tolerance_minor) OR COALESCE((confirmed_by_person_id <> requested_by_person_id), false)))
);

ALTER TABLE ONLY public.write_off FORCE ROW LEVEL SECURITY;


ALTER TABLE public.write_off OWNER TO chapterhouse_owner;

--
-- Name: pgqueuer id; Type: DEFAULT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.pgqueuer ALTER COLUMN id SET DEFAULT nextval('public.pgqueuer_id_seq'::regclass);


--
-- Name: pgqueuer_schedules id; Type: DEFAULT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.pgqueuer_schedules ALTER COLUMN id SET DEFAULT nextval('public.pgqueuer_schedules_id_seq'::regclass);


--
-- Name: pgqueuer_statistics id; Type: DEFAULT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.pgqueuer_statistics ALTER COLUMN id SET DEFAULT nextval('public.pgqueuer_statistics_id_seq'::regclass);


--
-- Name: accessibility_answer accessibility_answer_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.accessibility_answer
    ADD CONSTRAINT accessibility_answer_pkey PRIMARY KEY (contract_id, review_id, "position");


--
-- Name: accessibility_finding accessibility_finding_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.accessibility_finding
    ADD CONSTRAINT accessibility_finding_pkey PRIMARY KEY (contract_id, id);


--
-- Name: accessibility_review accessibility_review_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.accessibility_review
    ADD CONSTRAINT accessibility_review_pkey PRIMARY KEY (contract_id, id);


--
-- Name: accounting_period accounting_period_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.accounting_period
    ADD CONSTRAINT accounting_period_pkey PRIMARY KEY (id);


--
-- Name: actual_cost actual_cost_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.actual_cost
    ADD CONSTRAINT actual_cost_pkey PRIMARY KEY (contract_id, id);


--
-- Name: alembic_version alembic_version_pkc; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);


--
-- Name: api_key api_key_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT api_key_pkey PRIMARY KEY (id);


--
-- Name: audit_event audit_event_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.audit_event
    ADD CONSTRAINT audit_event_pkey PRIMARY KEY (id);


--
-- Name: balance_transaction balance_transaction_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.balance_transaction
    ADD CONSTRAINT balance_transaction_pkey PRIMARY KEY (id);


--
-- Name: balance_transaction balance_transaction_stripe_balance_transaction_id_key; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.balance_transaction
    ADD CONSTRAINT balance_transaction_stripe_balance_transaction_id_key UNIQUE (stripe_balance_transaction_id);


--
-- Name: bank_statement_line bank_statement_line_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.bank_statement_line
    ADD CONSTRAINT bank_statement_line_pkey PRIMARY KEY (id);


--
-- Name: bank_statement_line bank_statement_line_statement_id_position_key; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.bank_statement_line
    ADD CONSTRAINT bank_statement_line_statement_id_position_key UNIQUE (statement_id, "position");


--
-- Name: bank_statement bank_statement_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.bank_statement
    ADD CONSTRAINT bank_statement_pkey PRIMARY KEY (id);


--
-- Name: billing_exception billing_exception_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.billing_exception
    ADD CONSTRAINT billing_exception_pkey PRIMARY KEY (id);


--
-- Name: billing_run_item billing_run_item_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.billing_run_item
    ADD CONSTRAINT billing_run_item_pkey PRIMARY KEY (contract_id, id);


--
-- Name: billing_run_item billing_run_item_run_id_contract_id_key; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.billing_run_item
    ADD CONSTRAINT billing_run_item_run_id_contract_id_key UNIQUE (run_id, contract_id);


--
-- Name: billing_run billing_run_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.billing_run
    ADD CONSTRAINT billing_run_pkey PRIMARY KEY (id);


--
-- Name: billing_setting billing_setting_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.billing_setting
    ADD CONSTRAINT billing_setting_pkey PRIMARY KEY (operator_id);


--
-- Name: catalog_listing catalog_listing_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.catalog_listing
    ADD CONSTRAINT catalog_listing_pkey PRIMARY KEY (id);


--
-- Name: catalog_word catalog_word_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.catalog_word
    ADD CONSTRAINT catalog_word_pkey PRIMARY KEY (word);


--
-- Name: certificate certificate_number_key; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.certificate
    ADD CONSTRAINT certificate_number_key UNIQUE (number);


--
-- Name: certificate certificate_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.certificate
    ADD CONSTRAINT certificate_pkey PRIMARY KEY (contract_id, id);


--
-- Name: chargeback chargeback_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.chargeback
    ADD CONSTRAINT chargeback_pkey PRIMARY KEY (contract_id, id);


--
-- Name: chargeback chargeback_stripe_dispute_id_key; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.chargeback
    ADD CONSTRAINT chargeback_stripe_dispute_id_key UNIQUE (stripe_dispute_id);


--
-- Name: content_package content_package_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.content_package
    ADD CONSTRAINT content_package_pkey PRIMARY KEY (contract_id, id);


--
-- Name: contract_grant contract_grant_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.contract_grant
    ADD CONSTRAINT contract_grant_pkey PRIMARY KEY (contract_id, id);


--
-- Name: contract contract_id_association_id_vendor_id_key; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.contract
    ADD CONSTRAINT contract_id_association_id_vendor_id_key UNIQUE (id, association_id, vendor_id);


--
-- Name: contract_line contract_line_contract_id_revision_key_key; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.contract_line
    ADD CONSTRAINT contract_line_contract_id_revision_key_key UNIQUE (contract_id, revision, key);


--
-- Name: contract_line contract_line_contract_id_revision_position_key; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.contract_line
    ADD CONSTRAINT contract_line_contract_id_revision_position_key UNIQUE (contract_id, revision, "position");


--
-- Name: contract_line_cost contract_line_cost_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.contract_line_cost
    ADD CONSTRAINT contract_line_cost_pkey PRIMARY KEY (contract_id, line_id);


--
-- Name: contract_line_cost_terms contract_line_cost_terms_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.contract_line_cost_terms
    ADD CONSTRAINT contract_line_cost_terms_pkey PRIMARY KEY (contract_id, line_id);


--
-- Name: contract_line contract_line_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.contract_line
    ADD CONSTRAINT contract_line_pkey PRIMARY KEY (contract_id, id);


--
-- Name: contract_line_pricing contract_line_pricing_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.contract_line_pricing
    ADD CONSTRAINT contract_line_pricing_pkey PRIMARY KEY (contract_id, line_id);


--
-- Name: contract_line_tier contract_line_tier_contract_id_line_id_up_to_key; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.contract_line_tier
    ADD CONSTRAINT contract_line_tier_contract_id_line_id_up_to_key UNIQUE NULLS NOT DISTINCT (contract_id, line_id, up_to);


--
-- Name: contract_line_tier contract_line_tier_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.contract_line_tier
    ADD CONSTRAINT contract_line_tier_pkey PRIMARY KEY (contract_id, line_id, "position");


--
-- Name: contract contract_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.contract
    ADD CONSTRAINT contract_pkey PRIMARY KEY (id);


--
-- Name: contract_revision contract_revision_contract_id_number_content_hash_key; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.contract_revision
    ADD CONSTRAINT contract_revision_contract_id_number_content_hash_key UNIQUE (contract_id, number, content_hash);


--
-- Name: contract_revision contract_revision_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.contract_revision
    ADD CONSTRAINT contract_revision_pkey PRIMARY KEY (contract_id, number);


--
-- Name: contract_signature contract_signature_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.contract_signature
    ADD CONSTRAINT contract_signature_pkey PRIMARY KEY (contract_id, id);


--
-- Name: cost_question cost_question_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.cost_question
    ADD CONSTRAINT cost_question_pkey PRIMARY KEY (contract_id, id);


--
-- Name: country country_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.country
    ADD CONSTRAINT country_pkey PRIMARY KEY (code);


--
-- Name: credit_activity credit_activity_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_activity
    ADD CONSTRAINT credit_activity_pkey PRIMARY KEY (contract_id, id);


--
-- Name: credit_application credit_application_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_application
    ADD CONSTRAINT credit_application_pkey PRIMARY KEY (contract_id, id);


--
-- Name: credit_entry credit_entry_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_entry
    ADD CONSTRAINT credit_entry_pkey PRIMARY KEY (contract_id, id);


--
-- Name: credit_note_counter credit_note_counter_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_note_counter
    ADD CONSTRAINT credit_note_counter_pkey PRIMARY KEY (vendor_id, year);


--
-- Name: credit_note_line credit_note_line_contract_id_credit_note_id_invoice_line_id_key; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_note_line
    ADD CONSTRAINT credit_note_line_contract_id_credit_note_id_invoice_line_id_key UNIQUE (contract_id, credit_note_id, invoice_line_id);


--
-- Name: credit_note_line_cost credit_note_line_cost_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_note_line_cost
    ADD CONSTRAINT credit_note_line_cost_pkey PRIMARY KEY (contract_id, credit_note_line_id);


--
-- Name: credit_note_line credit_note_line_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_note_line
    ADD CONSTRAINT credit_note_line_pkey PRIMARY KEY (contract_id, id);


--
-- Name: credit_note credit_note_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_note
    ADD CONSTRAINT credit_note_pkey PRIMARY KEY (contract_id, id);


--
-- Name: credit_note credit_note_vendor_id_number_key; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_note
    ADD CONSTRAINT credit_note_vendor_id_number_key UNIQUE (vendor_id, number);


--
-- Name: credit_note credit_note_vendor_id_year_year_number_key; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_note
    ADD CONSTRAINT credit_note_vendor_id_year_year_number_key UNIQUE (vendor_id, year, year_number);


--
-- Name: credit_rule credit_rule_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_rule
    ADD CONSTRAINT credit_rule_pkey PRIMARY KEY (contract_id, id);


--
-- Name: decision decision_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.decision
    ADD CONSTRAINT decision_pkey PRIMARY KEY (contract_id, id);


--
-- Name: dunning_level dunning_level_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.dunning_level
    ADD CONSTRAINT dunning_level_pkey PRIMARY KEY (id);


--
-- Name: dunning_notice dunning_notice_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.dunning_notice
    ADD CONSTRAINT dunning_notice_pkey PRIMARY KEY (contract_id, id);


--
-- Name: dunning_pause dunning_pause_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.dunning_pause
    ADD CONSTRAINT dunning_pause_pkey PRIMARY KEY (contract_id, id);


--
-- Name: platform_fee_line each_platform_fee_once; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.platform_fee_line
    ADD CONSTRAINT each_platform_fee_once UNIQUE (contract_id, entry_id);


--
-- Name: evidence evidence_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT evidence_pkey PRIMARY KEY (contract_id, id);


--
-- Name: exchange_rate exchange_rate_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.exchange_rate
    ADD CONSTRAINT exchange_rate_pkey PRIMARY KEY (id);


--
-- Name: gainshare_agreement gainshare_agreement_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.gainshare_agreement
    ADD CONSTRAINT gainshare_agreement_pkey PRIMARY KEY (contract_id, id);


--
-- Name: gainshare gainshare_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.gainshare
    ADD CONSTRAINT gainshare_pkey PRIMARY KEY (contract_id, id);


--
-- Name: idempotency_key idempotency_key_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.idempotency_key
    ADD CONSTRAINT idempotency_key_pkey PRIMARY KEY (member_id, key);


--
-- Name: invitation invitation_code_hash_key; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_code_hash_key UNIQUE (code_hash);


--
-- Name: invitation invitation_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_pkey PRIMARY KEY (id);


--
-- Name: invoice_counter invoice_counter_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invoice_counter
    ADD CONSTRAINT invoice_counter_pkey PRIMARY KEY (vendor_id, year);


--
-- Name: invoice_dispute_evidence invoice_dispute_evidence_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invoice_dispute_evidence
    ADD CONSTRAINT invoice_dispute_evidence_pkey PRIMARY KEY (contract_id, dispute_id, evidence_id);


--
-- Name: invoice_dispute_line invoice_dispute_line_contract_id_dispute_id_position_key; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invoice_dispute_line
    ADD CONSTRAINT invoice_dispute_line_contract_id_dispute_id_position_key UNIQUE (contract_id, dispute_id, "position");


--
-- Name: invoice_dispute_line invoice_dispute_line_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invoice_dispute_line
    ADD CONSTRAINT invoice_dispute_line_pkey PRIMARY KEY (contract_id, id);


--
-- Name: invoice_dispute invoice_dispute_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invoice_dispute
    ADD CONSTRAINT invoice_dispute_pkey PRIMARY KEY (contract_id, id);


--
-- Name: invoice_exchange invoice_exchange_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invoice_exchange
    ADD CONSTRAINT invoice_exchange_pkey PRIMARY KEY (contract_id, invoice_id, purpose);


--
-- Name: invoice_line_cost invoice_line_cost_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invoice_line_cost
    ADD CONSTRAINT invoice_line_cost_pkey PRIMARY KEY (contract_id, invoice_line_id);


--
-- Name: invoice_line invoice_line_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invoice_line
    ADD CONSTRAINT invoice_line_pkey PRIMARY KEY (contract_id, id);


--
-- Name: invoice_line invoice_line_whole; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invoice_line
    ADD CONSTRAINT invoice_line_whole UNIQUE (contract_id, association_id, vendor_id, invoice_id, id);


--
-- Name: invoice invoice_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invoice
    ADD CONSTRAINT invoice_pkey PRIMARY KEY (contract_id, id);


--
-- Name: invoice_source invoice_source_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invoice_source
    ADD CONSTRAINT invoice_source_pkey PRIMARY KEY (contract_id, invoice_line_id, id);


--
-- Name: invoice invoice_vendor_id_number_key; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invoice
    ADD CONSTRAINT invoice_vendor_id_number_key UNIQUE (vendor_id, number);


--
-- Name: invoice invoice_vendor_id_year_year_number_key; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invoice
    ADD CONSTRAINT invoice_vendor_id_year_year_number_key UNIQUE (vendor_id, year, year_number);


--
-- Name: journal_entry journal_entry_contract_id_sequence_key; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.journal_entry
    ADD CONSTRAINT journal_entry_contract_id_sequence_key UNIQUE (contract_id, sequence);


--
-- Name: journal_entry journal_entry_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.journal_entry
    ADD CONSTRAINT journal_entry_pkey PRIMARY KEY (contract_id, id);


--
-- Name: journal_flow journal_flow_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.journal_flow
    ADD CONSTRAINT journal_flow_pkey PRIMARY KEY (kind, account, side);


--
-- Name: bank_statement_line line_imported_once; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.bank_statement_line
    ADD CONSTRAINT line_imported_once UNIQUE (account, line_key);


--
-- Name: lms_act lms_act_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_act
    ADD CONSTRAINT lms_act_pkey PRIMARY KEY (contract_id, id);


--
-- Name: lms_act_subject lms_act_subject_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_act_subject
    ADD CONSTRAINT lms_act_subject_pkey PRIMARY KEY (contract_id, act_id);


--
-- Name: lms_chain lms_chain_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_chain
    ADD CONSTRAINT lms_chain_pkey PRIMARY KEY (contract_id);


--
-- Name: lms_completion lms_completion_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_completion
    ADD CONSTRAINT lms_completion_pkey PRIMARY KEY (contract_id, id);


--
-- Name: lms_completion_reading lms_completion_reading_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_completion_reading
    ADD CONSTRAINT lms_completion_reading_pkey PRIMARY KEY (contract_id, id);


--
-- Name: lms_completion_withdrawal lms_completion_withdrawal_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_completion_withdrawal
    ADD CONSTRAINT lms_completion_withdrawal_pkey PRIMARY KEY (contract_id, id);


--
-- Name: lms_credential lms_credential_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_credential
    ADD CONSTRAINT lms_credential_pkey PRIMARY KEY (contract_id, id);


--
-- Name: lms_drift_finding lms_drift_finding_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_drift_finding
    ADD CONSTRAINT lms_drift_finding_pkey PRIMARY KEY (contract_id, id);


--
-- Name: lms_drift_reading lms_drift_reading_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_drift_reading
    ADD CONSTRAINT lms_drift_reading_pkey PRIMARY KEY (contract_id, id);


--
-- Name: lms_grant lms_grant_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_grant
    ADD CONSTRAINT lms_grant_pkey PRIMARY KEY (contract_id, id);


--
-- Name: lms_job_item lms_job_item_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_job_item
    ADD CONSTRAINT lms_job_item_pkey PRIMARY KEY (contract_id, id);


--
-- Name: lms_job lms_job_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_job
    ADD CONSTRAINT lms_job_pkey PRIMARY KEY (contract_id, id);


--
-- Name: lms_maintenance lms_maintenance_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_maintenance
    ADD CONSTRAINT lms_maintenance_pkey PRIMARY KEY (contract_id, id);


--
-- Name: lms_metered_item lms_metered_item_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_metered_item
    ADD CONSTRAINT lms_metered_item_pkey PRIMARY KEY (contract_id, item_id);


--
-- Name: lms_plan lms_plan_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_plan
    ADD CONSTRAINT lms_plan_pkey PRIMARY KEY (contract_id, id);


--
-- Name: lms_plan_row lms_plan_row_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_plan_row
    ADD CONSTRAINT lms_plan_row_pkey PRIMARY KEY (contract_id, id);


--
-- Name: lms_probe lms_probe_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_probe
    ADD CONSTRAINT lms_probe_pkey PRIMARY KEY (contract_id, id);


--
-- Name: lms_roster_enrolment lms_roster_enrolment_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_roster_enrolment
    ADD CONSTRAINT lms_roster_enrolment_pkey PRIMARY KEY (contract_id, site_id, member_number, course_key);


--
-- Name: lms_roster_member lms_roster_member_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_roster_member
    ADD CONSTRAINT lms_roster_member_pkey PRIMARY KEY (contract_id, site_id, member_number);


--
-- Name: lms_site lms_site_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_site
    ADD CONSTRAINT lms_site_pkey PRIMARY KEY (contract_id, id);


--
-- Name: lms_task_evidence lms_task_evidence_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_task_evidence
    ADD CONSTRAINT lms_task_evidence_pkey PRIMARY KEY (contract_id, evidence_id);


--
-- Name: lms_task lms_task_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_task
    ADD CONSTRAINT lms_task_pkey PRIMARY KEY (contract_id, id);


--
-- Name: margin_alert_cost margin_alert_cost_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.margin_alert_cost
    ADD CONSTRAINT margin_alert_cost_pkey PRIMARY KEY (contract_id, alert_id);


--
-- Name: margin_alert margin_alert_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.margin_alert
    ADD CONSTRAINT margin_alert_pkey PRIMARY KEY (contract_id, id);


--
-- Name: match_run match_run_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.match_run
    ADD CONSTRAINT match_run_pkey PRIMARY KEY (id);


--
-- Name: match_tolerance match_tolerance_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.match_tolerance
    ADD CONSTRAINT match_tolerance_pkey PRIMARY KEY (id);


--
-- Name: match_variance match_variance_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.match_variance
    ADD CONSTRAINT match_variance_pkey PRIMARY KEY (contract_id, id);


--
-- Name: member member_id_organization_id_key; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.member
    ADD CONSTRAINT member_id_organization_id_key UNIQUE (id, organization_id);


--
-- Name: member member_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.member
    ADD CONSTRAINT member_pkey PRIMARY KEY (id);


--
-- Name: obligation_occurrence obligation_occurrence_contract_id_line_id_due_on_key; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.obligation_occurrence
    ADD CONSTRAINT obligation_occurrence_contract_id_line_id_due_on_key UNIQUE (contract_id, line_id, due_on);


--
-- Name: obligation_occurrence obligation_occurrence_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.obligation_occurrence
    ADD CONSTRAINT obligation_occurrence_pkey PRIMARY KEY (contract_id, id);


--
-- Name: offering offering_id_vendor_id_key; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.offering
    ADD CONSTRAINT offering_id_vendor_id_key UNIQUE (id, vendor_id);


--
-- Name: offering offering_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.offering
    ADD CONSTRAINT offering_pkey PRIMARY KEY (id);


--
-- Name: offering_version offering_version_id_offering_id_key; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.offering_version
    ADD CONSTRAINT offering_version_id_offering_id_key UNIQUE (id, offering_id);


--
-- Name: offering_version offering_version_id_vendor_id_key; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.offering_version
    ADD CONSTRAINT offering_version_id_vendor_id_key UNIQUE (id, vendor_id);


--
-- Name: offering_version offering_version_offering_id_number_key; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.offering_version
    ADD CONSTRAINT offering_version_offering_id_number_key UNIQUE (offering_id, number);


--
-- Name: offering_version offering_version_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.offering_version
    ADD CONSTRAINT offering_version_pkey PRIMARY KEY (id);


--
-- Name: accessibility_finding one_accessibility_finding_of_a_position; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.accessibility_finding
    ADD CONSTRAINT one_accessibility_finding_of_a_position UNIQUE (contract_id, package_id, "position");


--
-- Name: lms_act one_act_of_a_sequence; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_act
    ADD CONSTRAINT one_act_of_a_sequence UNIQUE (contract_id, sequence);


--
-- Name: accessibility_answer one_answer_of_a_criterion; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.accessibility_answer
    ADD CONSTRAINT one_answer_of_a_criterion UNIQUE (contract_id, review_id, criterion);


--
-- Name: credit_activity one_approval_at_a_time; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_activity
    ADD CONSTRAINT one_approval_at_a_time EXCLUDE USING gist (contract_id WITH =, accreditor WITH =, provider_number WITH =, approval_number WITH =, credit_type_code WITH =, daterange(approved_from, approved_to, '[]'::text) WITH &&) WHERE ((withdrawn_at IS NULL));


--
-- Name: certificate one_award_of_a_period; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.certificate
    ADD CONSTRAINT one_award_of_a_period EXCLUDE USING gist (contract_id WITH =, activity_id WITH =, member_number WITH =, daterange(period_starts_on, period_ends_on, '[]'::text) WITH &&) WHERE ((status = 'VALID'::text));


--
-- Name: actual_cost one_calendar_of_costs; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.actual_cost
    ADD CONSTRAINT one_calendar_of_costs EXCLUDE USING gist (contract_id WITH =, contract_line_id WITH =, daterange(period_starts_on, period_ends_on, '[]'::text) WITH &&, (((((period_starts_on - '2000-01-01'::date))::bigint * 100000) + (period_ends_on - period_starts_on))) WITH <>) WHERE ((status <> ALL (ARRAY['SUPERSEDED'::text, 'WITHDRAWN'::text])));


--
-- Name: lms_completion one_completion_of_a_learner; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_completion
    ADD CONSTRAINT one_completion_of_a_learner UNIQUE (contract_id, site_id, member_number, course_key);


--
-- Name: credit_entry one_credit_entry_of_a_sequence; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_entry
    ADD CONSTRAINT one_credit_entry_of_a_sequence UNIQUE (contract_id, sequence);


--
-- Name: credit_note one_credit_note_of_a_dispute; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_note
    ADD CONSTRAINT one_credit_note_of_a_dispute UNIQUE (contract_id, dispute_id);


--
-- Name: tax_exemption one_exemption_at_a_time; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.tax_exemption
    ADD CONSTRAINT one_exemption_at_a_time EXCLUDE USING gist (association_id WITH =, country_code WITH =, COALESCE(region_code, ''::text) WITH =, daterange(valid_from, valid_until, '[]'::text) WITH &&) WHERE ((status = 'VERIFIED'::text));


--
-- Name: lms_drift_finding one_finding_of_a_difference; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_drift_finding
    ADD CONSTRAINT one_finding_of_a_difference UNIQUE NULLS NOT DISTINCT (contract_id, site_id, kind, member_number, course_key);


--
-- Name: package_finding one_finding_of_a_position; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.package_finding
    ADD CONSTRAINT one_finding_of_a_position UNIQUE (contract_id, package_id, "position");


--
-- Name: contract_grant one_grant_at_a_time; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.contract_grant
    ADD CONSTRAINT one_grant_at_a_time EXCLUDE USING gist (contract_id WITH =, member_id WITH =, role WITH =, effective WITH &&) WHERE ((revoked_at IS NULL));


--
-- Name: lms_job_item one_item_of_a_key; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_job_item
    ADD CONSTRAINT one_item_of_a_key UNIQUE (contract_id, idempotency_key);


--
-- Name: lms_job_item one_item_of_a_position; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_job_item
    ADD CONSTRAINT one_item_of_a_position UNIQUE (contract_id, job_id, "position");


--
-- Name: lms_job one_job_of_a_plan; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_job
    ADD CONSTRAINT one_job_of_a_plan UNIQUE (contract_id, plan_id);


--
-- Name: invoice_line one_line_per_rate; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invoice_line
    ADD CONSTRAINT one_line_per_rate UNIQUE NULLS NOT DISTINCT (contract_id, invoice_id, contract_line_id, rate_version, tier_period_starts_on);


--
-- Name: lms_maintenance one_maintenance_at_a_time; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_maintenance
    ADD CONSTRAINT one_maintenance_at_a_time EXCLUDE USING gist (contract_id WITH =, site_id WITH =, during WITH &&) WHERE ((withdrawn_at IS NULL));


--
-- Name: dunning_notice one_notice_of_a_level; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.dunning_notice
    ADD CONSTRAINT one_notice_of_a_level UNIQUE (contract_id, invoice_id, level);


--
-- Name: content_package one_package_of_an_upload; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.content_package
    ADD CONSTRAINT one_package_of_an_upload UNIQUE (contract_id, evidence_id);


--
-- Name: platform_fee_invoice one_platform_fee_invoice; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.platform_fee_invoice
    ADD CONSTRAINT one_platform_fee_invoice UNIQUE (vendor_id, month_starts_on, currency_code);


--
-- Name: lms_plan_row one_row_of_a_position; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_plan_row
    ADD CONSTRAINT one_row_of_a_position UNIQUE (contract_id, plan_id, "position");


--
-- Name: accounting_period one_row_per_period; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.accounting_period
    ADD CONSTRAINT one_row_per_period UNIQUE (starts_on);


--
-- Name: contract_signature one_signature_per_party; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.contract_signature
    ADD CONSTRAINT one_signature_per_party UNIQUE (contract_id, revision, party);


--
-- Name: tax_rule one_tax_rule_at_a_time; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.tax_rule
    ADD CONSTRAINT one_tax_rule_at_a_time EXCLUDE USING gist (supply WITH =, COALESCE(trade, ''::text) WITH =, COALESCE(seller_country_code, ''::text) WITH =, COALESCE(seller_region_code, ''::text) WITH =, COALESCE(buyer_country_code, ''::text) WITH =, COALESCE(buyer_region_code, ''::text) WITH =, COALESCE(unit, ''::text) WITH =, daterange(valid_from, valid_until, '[]'::text) WITH &&);


--
-- Name: organization organization_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.organization
    ADD CONSTRAINT organization_pkey PRIMARY KEY (id);


--
-- Name: package_finding package_finding_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.package_finding
    ADD CONSTRAINT package_finding_pkey PRIMARY KEY (contract_id, id);


--
-- Name: package_waiver package_waiver_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.package_waiver
    ADD CONSTRAINT package_waiver_pkey PRIMARY KEY (contract_id, id);


--
-- Name: payee_account payee_account_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.payee_account
    ADD CONSTRAINT payee_account_pkey PRIMARY KEY (id);


--
-- Name: payee_account payee_account_stripe_account_id_key; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.payee_account
    ADD CONSTRAINT payee_account_stripe_account_id_key UNIQUE (stripe_account_id);


--
-- Name: payee_account payee_account_vendor_id_key; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.payee_account
    ADD CONSTRAINT payee_account_vendor_id_key UNIQUE (vendor_id);


--
-- Name: payer_account payer_account_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.payer_account
    ADD CONSTRAINT payer_account_pkey PRIMARY KEY (association_id);


--
-- Name: payer_account payer_account_stripe_customer_id_key; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.payer_account
    ADD CONSTRAINT payer_account_stripe_customer_id_key UNIQUE (stripe_customer_id);


--
-- Name: payment_option payment_option_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.payment_option
    ADD CONSTRAINT payment_option_pkey PRIMARY KEY (method);


--
-- Name: payment payment_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.payment
    ADD CONSTRAINT payment_pkey PRIMARY KEY (contract_id, id);


--
-- Name: payment payment_stripe_charge_id_key; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.payment
    ADD CONSTRAINT payment_stripe_charge_id_key UNIQUE (stripe_charge_id);


--
-- Name: payment payment_stripe_checkout_session_id_key; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.payment
    ADD CONSTRAINT payment_stripe_checkout_session_id_key UNIQUE (stripe_checkout_session_id);


--
-- Name: payment payment_stripe_payment_intent_id_key; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.payment
    ADD CONSTRAINT payment_stripe_payment_intent_id_key UNIQUE (stripe_payment_intent_id);


--
-- Name: payout payout_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.payout
    ADD CONSTRAINT payout_pkey PRIMARY KEY (id);


--
-- Name: payout payout_stripe_payout_id_key; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.payout
    ADD CONSTRAINT payout_stripe_payout_id_key UNIQUE (stripe_payout_id);


--
-- Name: pgqueuer_log pgqueuer_log_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.pgqueuer_log
    ADD CONSTRAINT pgqueuer_log_pkey PRIMARY KEY (id);


--
-- Name: pgqueuer pgqueuer_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.pgqueuer
    ADD CONSTRAINT pgqueuer_pkey PRIMARY KEY (id);


--
-- Name: pgqueuer_schedules pgqueuer_schedules_expression_entrypoint_key; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.pgqueuer_schedules
    ADD CONSTRAINT pgqueuer_schedules_expression_entrypoint_key UNIQUE (expression, entrypoint);


--
-- Name: pgqueuer_schedules pgqueuer_schedules_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.pgqueuer_schedules
    ADD CONSTRAINT pgqueuer_schedules_pkey PRIMARY KEY (id);


--
-- Name: pgqueuer_statistics pgqueuer_statistics_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.pgqueuer_statistics
    ADD CONSTRAINT pgqueuer_statistics_pkey PRIMARY KEY (id);


--
-- Name: platform_fee_counter platform_fee_counter_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.platform_fee_counter
    ADD CONSTRAINT platform_fee_counter_pkey PRIMARY KEY (year);


--
-- Name: platform_fee_invoice platform_fee_invoice_number_key; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.platform_fee_invoice
    ADD CONSTRAINT platform_fee_invoice_number_key UNIQUE (number);


--
-- Name: platform_fee_invoice platform_fee_invoice_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.platform_fee_invoice
    ADD CONSTRAINT platform_fee_invoice_pkey PRIMARY KEY (id);


--
-- Name: platform_fee_invoice platform_fee_invoice_year_year_number_key; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.platform_fee_invoice
    ADD CONSTRAINT platform_fee_invoice_year_year_number_key UNIQUE (year, year_number);


--
-- Name: platform_fee_line platform_fee_line_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.platform_fee_line
    ADD CONSTRAINT platform_fee_line_pkey PRIMARY KEY (platform_fee_invoice_id, "position");


--
-- Name: posting posting_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.posting
    ADD CONSTRAINT posting_pkey PRIMARY KEY (contract_id, entry_id, "position");


--
-- Name: rate_card_cost rate_card_cost_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.rate_card_cost
    ADD CONSTRAINT rate_card_cost_pkey PRIMARY KEY (version_id, key);


--
-- Name: rate_card_entry rate_card_entry_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.rate_card_entry
    ADD CONSTRAINT rate_card_entry_pkey PRIMARY KEY (version_id, key);


--
-- Name: refund refund_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.refund
    ADD CONSTRAINT refund_pkey PRIMARY KEY (contract_id, id);


--
-- Name: refund refund_stripe_refund_id_key; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.refund
    ADD CONSTRAINT refund_stripe_refund_id_key UNIQUE (stripe_refund_id);


--
-- Name: request_budget request_budget_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.request_budget
    ADD CONSTRAINT request_budget_pkey PRIMARY KEY (who);


--
-- Name: retainage_release retainage_release_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.retainage_release
    ADD CONSTRAINT retainage_release_pkey PRIMARY KEY (contract_id, id);


--
-- Name: journal_entry reversed_once; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.journal_entry
    ADD CONSTRAINT reversed_once UNIQUE (contract_id, reverses_entry_id);


--
-- Name: scope_answer scope_answer_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.scope_answer
    ADD CONSTRAINT scope_answer_pkey PRIMARY KEY (contract_id, id);


--
-- Name: service_level service_level_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.service_level
    ADD CONSTRAINT service_level_pkey PRIMARY KEY (version_id, key);


--
-- Name: settlement settlement_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.settlement
    ADD CONSTRAINT settlement_pkey PRIMARY KEY (contract_id, id);


--
-- Name: settlement settlement_stripe_reversal_id_key; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.settlement
    ADD CONSTRAINT settlement_stripe_reversal_id_key UNIQUE (stripe_reversal_id);


--
-- Name: settlement settlement_stripe_transfer_id_key; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.settlement
    ADD CONSTRAINT settlement_stripe_transfer_id_key UNIQUE (stripe_transfer_id);


--
-- Name: gainshare shared_once; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.gainshare
    ADD CONSTRAINT shared_once EXCLUDE USING gist (contract_id WITH =, daterange(period_starts_on, period_ends_on, '[]'::text) WITH &&) WHERE ((status = 'SHARED'::text));


--
-- Name: bank_statement statement_imported_once; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.bank_statement
    ADD CONSTRAINT statement_imported_once UNIQUE (account, number);


--
-- Name: stripe_event stripe_event_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.stripe_event
    ADD CONSTRAINT stripe_event_pkey PRIMARY KEY (id);


--
-- Name: subject subject_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.subject
    ADD CONSTRAINT subject_pkey PRIMARY KEY (issuer, subject);


--
-- Name: submission submission_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.submission
    ADD CONSTRAINT submission_pkey PRIMARY KEY (contract_id, id);


--
-- Name: submission_record submission_record_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.submission_record
    ADD CONSTRAINT submission_record_pkey PRIMARY KEY (contract_id, submission_id, work_record_id);


--
-- Name: actual_cost superseded_once; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.actual_cost
    ADD CONSTRAINT superseded_once UNIQUE (contract_id, supersedes_id);


--
-- Name: tax_exemption tax_exemption_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.tax_exemption
    ADD CONSTRAINT tax_exemption_pkey PRIMARY KEY (id);


--
-- Name: tax_registration tax_registration_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.tax_registration
    ADD CONSTRAINT tax_registration_pkey PRIMARY KEY (organization_id);


--
-- Name: tax_rule tax_rule_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.tax_rule
    ADD CONSTRAINT tax_rule_pkey PRIMARY KEY (id);


--
-- Name: work_record work_record_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.work_record
    ADD CONSTRAINT work_record_pkey PRIMARY KEY (contract_id, id);


--
-- Name: write_off write_off_pkey; Type: CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.write_off
    ADD CONSTRAINT write_off_pkey PRIMARY KEY (contract_id, id);


--
-- Name: acceptance_billed_once; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE UNIQUE INDEX acceptance_billed_once ON public.invoice_source USING btree (contract_id, decision_id, (
CASE
    WHEN (released_at IS NOT NULL) THEN id
    ELSE NULL::uuid
END)) NULLS NOT DISTINCT WHERE (decision_id IS NOT NULL);


--
-- Name: accessibility_review_newest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX accessibility_review_newest ON public.accessibility_review USING btree (contract_id, package_id, signed_at DESC, id DESC);


--
-- Name: actual_cost_line; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX actual_cost_line ON public.actual_cost USING btree (contract_id, contract_line_id, period_starts_on DESC, id DESC);


--
-- Name: actual_cost_newest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX actual_cost_newest ON public.actual_cost USING btree (contract_id, period_starts_on DESC, id DESC);


--
-- Name: api_key_organization; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX api_key_organization ON public.api_key USING btree (organization_id);


--
-- Name: audit_event_contract; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX audit_event_contract ON public.audit_event USING btree (contract_id, recorded_at DESC, id DESC);


--
-- Name: audit_event_organization; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX audit_event_organization ON public.audit_event USING btree (actor_organization_id, recorded_at DESC, id DESC);


--
-- Name: audit_event_type; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX audit_event_type ON public.audit_event USING btree (contract_id, type, recorded_at DESC, id DESC);


--
-- Name: balance_transaction_newest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX balance_transaction_newest ON public.balance_transaction USING btree (created_at DESC, id DESC);


--
-- Name: balance_transaction_payment; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX balance_transaction_payment ON public.balance_transaction USING btree (contract_id, payment_id);


--
-- Name: balance_transaction_payout; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX balance_transaction_payout ON public.balance_transaction USING btree (payout_id, created_at, id);


--
-- Name: balance_transaction_source; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX balance_transaction_source ON public.balance_transaction USING btree (source_id);


--
-- Name: balance_transaction_unposted; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX balance_transaction_unposted ON public.balance_transaction USING btree (id) WHERE (posted_at IS NULL);


--
-- Name: bank_line_of_payment; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE UNIQUE INDEX bank_line_of_payment ON public.bank_statement_line USING btree (payment_id) WHERE (payment_id IS NOT NULL);


--
-- Name: bank_line_of_payout; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE UNIQUE INDEX bank_line_of_payout ON public.bank_statement_line USING btree (payout_id) WHERE (payout_id IS NOT NULL);


--
-- Name: bank_line_of_refund; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE UNIQUE INDEX bank_line_of_refund ON public.bank_statement_line USING btree (refund_id) WHERE (refund_id IS NOT NULL);


--
-- Name: bank_line_of_settlement; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE UNIQUE INDEX bank_line_of_settlement ON public.bank_statement_line USING btree (settlement_id) WHERE (settlement_id IS NOT NULL);


--
-- Name: bank_statement_line_unmatched; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX bank_statement_line_unmatched ON public.bank_statement_line USING btree (booked_on, id) WHERE (status = 'UNMATCHED'::text);


--
-- Name: bank_statement_newest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX bank_statement_newest ON public.bank_statement USING btree (imported_at DESC, id DESC);


--
-- Name: billing_exception_contract; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX billing_exception_contract ON public.billing_exception USING btree (contract_id, invoice_id);


--
-- Name: billing_exception_oldest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX billing_exception_oldest ON public.billing_exception USING btree (opened_at, id);


--
-- Name: billing_exception_open; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX billing_exception_open ON public.billing_exception USING btree (happened_on, kind) WHERE (resolution IS NULL);


--
-- Name: billing_exception_subject; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX billing_exception_subject ON public.billing_exception USING btree (kind, subject_id, resolved_at DESC);


--
-- Name: billing_run_item_invoice; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX billing_run_item_invoice ON public.billing_run_item USING btree (contract_id, invoice_id) WHERE (invoice_id IS NOT NULL);


--
-- Name: billing_run_item_status; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX billing_run_item_status ON public.billing_run_item USING btree (run_id, status, contract_id);


--
-- Name: billing_run_newest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX billing_run_newest ON public.billing_run USING btree (started_at DESC, id DESC);


--
-- Name: billing_run_open; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX billing_run_open ON public.billing_run USING btree (id) WHERE (status = ANY (ARRAY['QUEUED'::text, 'RUNNING'::text]));


--
-- Name: catalog_listing_category; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX catalog_listing_category ON public.catalog_listing USING btree (category, published_at DESC, id DESC);


--
-- Name: catalog_listing_countries; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX catalog_listing_countries ON public.catalog_listing USING gin (delivery_countries);


--
-- Name: catalog_listing_currency; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX catalog_listing_currency ON public.catalog_listing USING btree (currency_code, published_at DESC, id DESC);


--
-- Name: catalog_listing_languages; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX catalog_listing_languages ON public.catalog_listing USING gin (languages);


--
-- Name: catalog_listing_newest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX catalog_listing_newest ON public.catalog_listing USING btree (published_at DESC, id DESC);


--
-- Name: catalog_listing_search; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX catalog_listing_search ON public.catalog_listing USING gin (search);


--
-- Name: catalog_listing_title; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX catalog_listing_title ON public.catalog_listing USING btree (title, id);


--
-- Name: catalog_listing_typo; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX catalog_listing_typo ON public.catalog_listing USING gin (names public.gin_trgm_ops);


--
-- Name: catalog_listing_units; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX catalog_listing_units ON public.catalog_listing USING gin (units);


--
-- Name: catalog_listing_vendor_newest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX catalog_listing_vendor_newest ON public.catalog_listing USING btree (vendor_id, published_at DESC, id DESC);


--
-- Name: catalog_word_listing; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX catalog_word_listing ON public.catalog_word USING btree (listing_id);


--
-- Name: catalog_word_typo; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX catalog_word_typo ON public.catalog_word USING gin (word public.gin_trgm_ops);


--
-- Name: certificate_member; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX certificate_member ON public.certificate USING btree (contract_id, member_number, id);


--
-- Name: chargeback_open; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX chargeback_open ON public.chargeback USING btree (changed_at) WHERE (closed_at IS NULL);


--
-- Name: chargeback_payment; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX chargeback_payment ON public.chargeback USING btree (contract_id, payment_id, opened_at, id);


--
-- Name: content_package_newest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX content_package_newest ON public.content_package USING btree (contract_id, submitted_at DESC, id DESC);


--
-- Name: content_package_planned; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX content_package_planned ON public.content_package USING btree (contract_id, plan_id) WHERE ((status = 'CHECKED'::text) AND (plan_id IS NOT NULL));


--
-- Name: content_package_site; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX content_package_site ON public.content_package USING btree (contract_id, site_id, submitted_at DESC, id DESC);


--
-- Name: content_package_unchecked; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX content_package_unchecked ON public.content_package USING btree (submitted_at) WHERE (status = 'CHECKING'::text);


--
-- Name: content_package_uncompared; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX content_package_uncompared ON public.content_package USING btree (published_at) WHERE ((status = 'PUBLISHED'::text) AND (compared_at IS NULL));


--
-- Name: contract_association; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX contract_association ON public.contract USING btree (association_id, proposed_at DESC, id DESC);


--
-- Name: contract_association_ends; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX contract_association_ends ON public.contract USING btree (association_id, ends_on, id);


--
-- Name: contract_association_status; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX contract_association_status ON public.contract USING btree (association_id, status, proposed_at DESC, id DESC);


--
-- Name: contract_association_title; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX contract_association_title ON public.contract USING btree (association_id, title, id);


--
-- Name: contract_ends; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX contract_ends ON public.contract USING btree (ends_on, id);


--
-- Name: contract_grant_member; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX contract_grant_member ON public.contract_grant USING btree (member_id, contract_id) WHERE (revoked_at IS NULL);


--
-- Name: contract_line_commitment; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX contract_line_commitment ON public.contract_line USING btree (contract_id, id) WHERE (kind = 'MINIMUM_COMMITMENT'::text);


--
-- Name: contract_newest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX contract_newest ON public.contract USING btree (proposed_at DESC, id DESC);


--
-- Name: contract_open_offers; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX contract_open_offers ON public.contract USING btree (offer_expires_on) WHERE (status = 'PROPOSED'::text);


--
-- Name: contract_title; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX contract_title ON public.contract USING btree (title, id);


--
-- Name: contract_vendor; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX contract_vendor ON public.contract USING btree (vendor_id, proposed_at DESC, id DESC);


--
-- Name: contract_vendor_ends; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX contract_vendor_ends ON public.contract USING btree (vendor_id, ends_on, id);


--
-- Name: contract_vendor_status; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX contract_vendor_status ON public.contract USING btree (vendor_id, status, proposed_at DESC, id DESC);


--
-- Name: contract_vendor_title; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX contract_vendor_title ON public.contract USING btree (vendor_id, title, id);


--
-- Name: cost_billed_once; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE UNIQUE INDEX cost_billed_once ON public.invoice_source USING btree (contract_id, actual_cost_id) WHERE ((released_at IS NULL) AND (kind = 'COST_PERIOD'::text));


--
-- Name: cost_question_asked; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX cost_question_asked ON public.cost_question USING btree (contract_id, actual_cost_id, asked_at, id);


--
-- Name: credit_activity_ends; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX credit_activity_ends ON public.credit_activity USING btree (contract_id, approved_to, id);


--
-- Name: credit_activity_newest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX credit_activity_newest ON public.credit_activity USING btree (contract_id, approved_at DESC, id DESC);


--
-- Name: credit_application_invoice; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX credit_application_invoice ON public.credit_application USING btree (contract_id, invoice_id, id);


--
-- Name: credit_note_association; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX credit_note_association ON public.credit_note USING btree (association_id, issued_at DESC, id DESC);


--
-- Name: credit_note_gainshare; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX credit_note_gainshare ON public.credit_note USING btree (contract_id, gainshare_id, id) WHERE (gainshare_id IS NOT NULL);


--
-- Name: credit_note_invoice; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX credit_note_invoice ON public.credit_note USING btree (contract_id, invoice_id, id);


--
-- Name: credit_note_issued; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX credit_note_issued ON public.credit_note USING btree (issued_at DESC, id DESC);


--
-- Name: credit_note_line_contract_line; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX credit_note_line_contract_line ON public.credit_note_line USING btree (contract_id, contract_line_id);


--
-- Name: credit_note_line_cost_line; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX credit_note_line_cost_line ON public.credit_note_line_cost USING btree (contract_id, invoice_line_id);


--
-- Name: credit_note_line_cost_note; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX credit_note_line_cost_note ON public.credit_note_line_cost USING btree (contract_id, credit_note_id);


--
-- Name: credit_note_line_line; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX credit_note_line_line ON public.credit_note_line USING btree (contract_id, invoice_line_id, id);


--
-- Name: credit_note_newest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX credit_note_newest ON public.credit_note USING btree (contract_id, issued_at DESC, id DESC);


--
-- Name: credit_note_vendor; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX credit_note_vendor ON public.credit_note USING btree (vendor_id, issued_at DESC, id DESC);


--
-- Name: credit_rule_activity; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX credit_rule_activity ON public.credit_rule USING btree (contract_id, activity_id, approved_at DESC, id DESC);


--
-- Name: decision_performed; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX decision_performed ON public.decision USING btree (contract_id, performed_to) WHERE ((reversed_at IS NULL) AND (accepted_quantity > (0)::numeric) AND (NOT billed));


--
-- Name: dunning_notice_association; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX dunning_notice_association ON public.dunning_notice USING btree (association_id, noticed_at DESC, id DESC);


--
-- Name: dunning_notice_newest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX dunning_notice_newest ON public.dunning_notice USING btree (noticed_at DESC, id DESC);


--
-- Name: dunning_notice_vendor; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX dunning_notice_vendor ON public.dunning_notice USING btree (vendor_id, noticed_at DESC, id DESC);


--
-- Name: evidence_of_cost; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX evidence_of_cost ON public.evidence USING btree (contract_id, actual_cost_id) WHERE (actual_cost_id IS NOT NULL);


--
-- Name: evidence_record; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX evidence_record ON public.evidence USING btree (contract_id, work_record_id, id);


--
-- Name: exchange_rate_into; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX exchange_rate_into ON public.exchange_rate USING btree (to_currency_code, rate_on DESC, id DESC);


--
-- Name: exchange_rate_newest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX exchange_rate_newest ON public.exchange_rate USING btree (rate_on DESC, id DESC);


--
-- Name: gainshare_agreement_newest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX gainshare_agreement_newest ON public.gainshare_agreement USING btree (contract_id, proposed_at DESC, id DESC);


--
-- Name: gainshare_newest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX gainshare_newest ON public.gainshare USING btree (contract_id, period_starts_on DESC, id DESC);


--
-- Name: idempotency_key_age; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX idempotency_key_age ON public.idempotency_key USING btree (created_at);


--
-- Name: invitation_organization; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX invitation_organization ON public.invitation USING btree (organization_id);


--
-- Name: invoice_all_due; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX invoice_all_due ON public.invoice USING btree (due_on, contract_id, id);


--
-- Name: invoice_association; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX invoice_association ON public.invoice USING btree (association_id, issued_at DESC, id DESC);


--
-- Name: invoice_association_due; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX invoice_association_due ON public.invoice USING btree (association_id, due_on, contract_id, id);


--
-- Name: invoice_association_status; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX invoice_association_status ON public.invoice USING btree (association_id, status, issued_at DESC, contract_id DESC, id DESC);


--
-- Name: invoice_corrects; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX invoice_corrects ON public.invoice USING btree (contract_id, corrects_invoice_id, id) WHERE (corrects_invoice_id IS NOT NULL);


--
-- Name: invoice_dispute_association; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX invoice_dispute_association ON public.invoice_dispute USING btree (association_id, opened_at DESC, id DESC);


--
-- Name: invoice_dispute_invoice; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX invoice_dispute_invoice ON public.invoice_dispute USING btree (contract_id, invoice_id, id);


--
-- Name: invoice_dispute_line_line; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX invoice_dispute_line_line ON public.invoice_dispute_line USING btree (contract_id, invoice_line_id, id);


--
-- Name: invoice_dispute_newest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX invoice_dispute_newest ON public.invoice_dispute USING btree (contract_id, opened_at DESC, id DESC);


--
-- Name: invoice_dispute_opened; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX invoice_dispute_opened ON public.invoice_dispute USING btree (opened_at DESC, id DESC);


--
-- Name: invoice_dispute_vendor; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX invoice_dispute_vendor ON public.invoice_dispute USING btree (vendor_id, opened_at DESC, id DESC);


--
-- Name: invoice_due; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX invoice_due ON public.invoice USING btree (contract_id, due_on, id);


--
-- Name: invoice_falling_due; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX invoice_falling_due ON public.invoice USING btree (due_on, contract_id, id) WHERE (status = ANY (ARRAY['ISSUED'::text, 'PARTLY_PAID'::text]));


--
-- Name: invoice_issued; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX invoice_issued ON public.invoice USING btree (issued_at DESC, id DESC);


--
-- Name: invoice_line_cost_invoice; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX invoice_line_cost_invoice ON public.invoice_line_cost USING btree (contract_id, invoice_id);


--
-- Name: invoice_line_tier_period; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX invoice_line_tier_period ON public.invoice_line USING btree (contract_id, contract_line_id, tier_period_starts_on) WHERE (tier_period_starts_on IS NOT NULL);


--
-- Name: invoice_newest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX invoice_newest ON public.invoice USING btree (contract_id, issued_at DESC, id DESC);


--
-- Name: invoice_of_amount; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX invoice_of_amount ON public.invoice USING btree (currency_code, amount_due_minor) WHERE (status = ANY (ARRAY['ISSUED'::text, 'PARTLY_PAID'::text, 'OVERDUE'::text]));


--
-- Name: invoice_of_number; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX invoice_of_number ON public.invoice USING btree (number);


--
-- Name: invoice_overdue; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX invoice_overdue ON public.invoice USING btree (due_on, contract_id, id) WHERE (status = 'OVERDUE'::text);


--
-- Name: invoice_status; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX invoice_status ON public.invoice USING btree (contract_id, status, issued_at DESC, id DESC);


--
-- Name: invoice_vendor; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX invoice_vendor ON public.invoice USING btree (vendor_id, issued_at DESC, id DESC);


--
-- Name: invoice_vendor_due; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX invoice_vendor_due ON public.invoice USING btree (vendor_id, due_on, contract_id, id);


--
-- Name: invoice_vendor_period; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX invoice_vendor_period ON public.invoice USING btree (vendor_id, period_ends_on DESC) WHERE (status <> ALL (ARRAY['DRAFT'::text, 'DISCARDED'::text, 'VOID'::text]));


--
-- Name: invoice_vendor_status; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX invoice_vendor_status ON public.invoice USING btree (vendor_id, status, issued_at DESC, contract_id DESC, id DESC);


--
-- Name: journal_entry_effective; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX journal_entry_effective ON public.journal_entry USING btree (association_id, effective_at, contract_id, sequence);


--
-- Name: journal_entry_invoice; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX journal_entry_invoice ON public.journal_entry USING btree (contract_id, invoice_id);


--
-- Name: lms_act_item; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_act_item ON public.lms_act USING btree (contract_id, item_id);


--
-- Name: lms_act_job; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_act_job ON public.lms_act USING btree (contract_id, job_id, sequence);


--
-- Name: lms_act_member; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_act_member ON public.lms_act USING btree (contract_id, acted_by_member_id, site_id, acted_at DESC);


--
-- Name: lms_act_site; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_act_site ON public.lms_act USING btree (contract_id, site_id, sequence);


--
-- Name: lms_act_subject_member; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_act_subject_member ON public.lms_act_subject USING btree (contract_id, member_number, act_id);


--
-- Name: lms_completion_completed; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_completion_completed ON public.lms_completion USING btree (contract_id, site_id, completed_at DESC NULLS LAST, id DESC);


--
-- Name: lms_completion_course; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_completion_course ON public.lms_completion USING btree (contract_id, site_id, course_key, member_number);


--
-- Name: lms_completion_reading_newest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_completion_reading_newest ON public.lms_completion_reading USING btree (contract_id, site_id, requested_at DESC, id DESC);


--
-- Name: lms_completion_reading_open; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_completion_reading_open ON public.lms_completion_reading USING btree (progressed_at) WHERE (status = 'READING'::text);


--
-- Name: lms_completion_state; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_completion_state ON public.lms_completion USING btree (contract_id, site_id, state, member_number);


--
-- Name: lms_completion_withdrawal_newest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_completion_withdrawal_newest ON public.lms_completion_withdrawal USING btree (contract_id, completion_id, withdrawn_at DESC, id DESC);


--
-- Name: lms_drift_actual_enrolment_run; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_drift_actual_enrolment_run ON public.lms_drift_actual_enrolment USING btree (run_id);


--
-- Name: lms_drift_actual_user_run; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_drift_actual_user_run ON public.lms_drift_actual_user USING btree (run_id);


--
-- Name: lms_drift_finding_kind; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_drift_finding_kind ON public.lms_drift_finding USING btree (contract_id, site_id, kind, opened_at, id);


--
-- Name: lms_drift_finding_oldest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_drift_finding_oldest ON public.lms_drift_finding USING btree (contract_id, site_id, opened_at, id);


--
-- Name: lms_drift_finding_open; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_drift_finding_open ON public.lms_drift_finding USING btree (contract_id, site_id, opened_at, id) WHERE (resolution IS NULL);


--
-- Name: lms_drift_reading_newest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_drift_reading_newest ON public.lms_drift_reading USING btree (contract_id, site_id, requested_at DESC, id DESC);


--
-- Name: lms_drift_reading_open; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_drift_reading_open ON public.lms_drift_reading USING btree (progressed_at) WHERE (status = 'READING'::text);


--
-- Name: lms_drift_unread_run; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_drift_unread_run ON public.lms_drift_unread USING btree (run_id);


--
-- Name: lms_grant_member; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_grant_member ON public.lms_grant USING btree (contract_id, member_id) WHERE (lifted_at IS NULL);


--
-- Name: lms_job_item_open; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_job_item_open ON public.lms_job_item USING btree (contract_id, job_id, "position") WHERE (status = ANY (ARRAY['PENDING'::text, 'SENT'::text, 'UNKNOWN'::text]));


--
-- Name: lms_job_item_status; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_job_item_status ON public.lms_job_item USING btree (contract_id, job_id, status, "position");


--
-- Name: lms_job_newest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_job_newest ON public.lms_job USING btree (contract_id, ordered_at DESC, id DESC);


--
-- Name: lms_job_site; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_job_site ON public.lms_job USING btree (contract_id, site_id, ordered_at DESC, id DESC);


--
-- Name: lms_job_to_meter; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_job_to_meter ON public.lms_job USING btree (ended_at) WHERE ((metering = 'OPEN'::text) AND (ended_at IS NOT NULL));


--
-- Name: lms_job_to_run; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_job_to_run ON public.lms_job USING btree (COALESCE(wait_until, lease_until, ordered_at)) WHERE (status = ANY (ARRAY['QUEUED'::text, 'RUNNING'::text, 'WAITING'::text, 'CANCELLING'::text]));


--
-- Name: lms_maintenance_newest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_maintenance_newest ON public.lms_maintenance USING btree (contract_id, site_id, lower(during) DESC, id DESC);


--
-- Name: lms_metered_item_job; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_metered_item_job ON public.lms_metered_item USING btree (contract_id, job_id, work_record_id);


--
-- Name: lms_metered_item_record; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_metered_item_record ON public.lms_metered_item USING btree (contract_id, work_record_id, item_id);


--
-- Name: lms_plan_expiring; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_plan_expiring ON public.lms_plan USING btree (expires_at) WHERE (status = ANY (ARRAY['READY'::text, 'APPROVED'::text]));


--
-- Name: lms_plan_newest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_plan_newest ON public.lms_plan USING btree (contract_id, requested_at DESC, id DESC);


--
-- Name: lms_plan_previewing; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_plan_previewing ON public.lms_plan USING btree (COALESCE(progressed_at, requested_at)) WHERE (status = 'PREVIEWING'::text);


--
-- Name: lms_plan_row_about; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_plan_row_about ON public.lms_plan_row USING btree (contract_id, member_number) WHERE (member_number IS NOT NULL);


--
-- Name: lms_plan_row_action; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_plan_row_action ON public.lms_plan_row USING btree (contract_id, plan_id, action, "position");


--
-- Name: lms_plan_row_member; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_plan_row_member ON public.lms_plan_row USING btree (contract_id, plan_id, member_number);


--
-- Name: lms_plan_site; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_plan_site ON public.lms_plan USING btree (contract_id, site_id, requested_at DESC, id DESC);


--
-- Name: lms_plan_status; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_plan_status ON public.lms_plan USING btree (contract_id, status, requested_at DESC, id DESC);


--
-- Name: lms_probe_newest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_probe_newest ON public.lms_probe USING btree (contract_id, site_id, probed_at DESC, id DESC);


--
-- Name: lms_roster_enrolment_course; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_roster_enrolment_course ON public.lms_roster_enrolment USING btree (contract_id, site_id, course_key, member_number);


--
-- Name: lms_site_to_probe; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_site_to_probe ON public.lms_site USING btree (probed_at NULLS FIRST) WHERE ((status = 'CONNECTED'::text) AND (system <> 'MANUAL'::text));


--
-- Name: lms_task_evidence_task; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_task_evidence_task ON public.lms_task_evidence USING btree (contract_id, task_id);


--
-- Name: lms_task_newest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_task_newest ON public.lms_task USING btree (contract_id, created_at DESC, id DESC);


--
-- Name: lms_task_open; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX lms_task_open ON public.lms_task USING btree (contract_id, created_at DESC, id DESC) WHERE (status = 'OPEN'::text);


--
-- Name: margin_alert_all; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX margin_alert_all ON public.margin_alert USING btree (raised_at DESC, contract_id DESC, id DESC);


--
-- Name: margin_alert_association; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX margin_alert_association ON public.margin_alert USING btree (association_id, raised_at DESC, contract_id DESC, id DESC);


--
-- Name: margin_alert_newest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX margin_alert_newest ON public.margin_alert USING btree (contract_id, raised_at DESC, id DESC);


--
-- Name: margin_alert_vendor; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX margin_alert_vendor ON public.margin_alert USING btree (vendor_id, raised_at DESC, contract_id DESC, id DESC);


--
-- Name: match_run_newest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX match_run_newest ON public.match_run USING btree (requested_at DESC, id DESC);


--
-- Name: match_tolerance_in_force; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX match_tolerance_in_force ON public.match_tolerance USING btree (currency_code, configured_at DESC, id DESC);


--
-- Name: match_tolerance_newest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX match_tolerance_newest ON public.match_tolerance USING btree (configured_at DESC, id DESC);


--
-- Name: match_variance_invoice; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX match_variance_invoice ON public.match_variance USING btree (contract_id, invoice_id, id);


--
-- Name: match_variance_run; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX match_variance_run ON public.match_variance USING btree (run_id, contract_id, id);


--
-- Name: member_email; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE UNIQUE INDEX member_email ON public.member USING btree (organization_id, lower(email)) WHERE ((ended_at IS NULL) AND (kind = 'PERSON'::text));


--
-- Name: member_of_person; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX member_of_person ON public.member USING btree (person_id);


--
-- Name: member_person; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE UNIQUE INDEX member_person ON public.member USING btree (organization_id, person_id) WHERE (ended_at IS NULL);


--
-- Name: obligation_due; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX obligation_due ON public.obligation_occurrence USING btree (contract_id, due_on, id);


--
-- Name: offering_vendor; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX offering_vendor ON public.offering USING btree (vendor_id, created_at DESC, id DESC);


--
-- Name: one_agreed_gainshare; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE UNIQUE INDEX one_agreed_gainshare ON public.gainshare_agreement USING btree (contract_id) WHERE (status = 'AGREED'::text);


--
-- Name: one_award_and_one_revocation; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE UNIQUE INDEX one_award_and_one_revocation ON public.credit_entry USING btree (contract_id, certificate_id, ((kind = 'REVOKED'::text)));


--
-- Name: one_completion_reading_at_a_time; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE UNIQUE INDEX one_completion_reading_at_a_time ON public.lms_completion_reading USING btree (contract_id, site_id) WHERE (status = 'READING'::text);


--
-- Name: one_draft; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE UNIQUE INDEX one_draft ON public.offering_version USING btree (offering_id) WHERE (published_at IS NULL);


--
-- Name: one_drift_reading_at_a_time; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE UNIQUE INDEX one_drift_reading_at_a_time ON public.lms_drift_reading USING btree (contract_id, site_id) WHERE (status = 'READING'::text);


--
-- Name: one_dunning_level; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE UNIQUE INDEX one_dunning_level ON public.dunning_level USING btree (level) WHERE (ended_at IS NULL);


--
-- Name: one_dunning_pause; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE UNIQUE INDEX one_dunning_pause ON public.dunning_pause USING btree (contract_id, invoice_id) WHERE (resumed_at IS NULL);


--
-- Name: one_narrowing_of_a_grant_at_a_site; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE UNIQUE INDEX one_narrowing_of_a_grant_at_a_site ON public.lms_grant USING btree (contract_id, grant_id, site_id) WHERE (lifted_at IS NULL);


--
-- Name: one_open_alert; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE UNIQUE INDEX one_open_alert ON public.margin_alert USING btree (contract_id, kind) WHERE (cleared_at IS NULL);


--
-- Name: one_open_dispute_of_a_line; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE UNIQUE INDEX one_open_dispute_of_a_line ON public.invoice_dispute_line USING btree (contract_id, invoice_line_id) WHERE (resolved_at IS NULL);


--
-- Name: one_open_exception; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE UNIQUE INDEX one_open_exception ON public.billing_exception USING btree (kind, subject_id) WHERE (resolution IS NULL);


--
-- Name: one_open_question; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE UNIQUE INDEX one_open_question ON public.cost_question USING btree (contract_id, actual_cost_id) WHERE (status = ANY (ARRAY['OPEN'::text, 'ANSWERED'::text]));


--
-- Name: one_operator; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE UNIQUE INDEX one_operator ON public.organization USING btree (kind) WHERE (kind = 'OPERATOR'::text);


--
-- Name: one_proposed_gainshare; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE UNIQUE INDEX one_proposed_gainshare ON public.gainshare_agreement USING btree (contract_id) WHERE (status = 'PROPOSED'::text);


--
-- Name: one_published_package_of_a_title; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE UNIQUE INDEX one_published_package_of_a_title ON public.content_package USING btree (contract_id, site_id, course_key, title) WHERE (status = 'PUBLISHED'::text);


--
-- Name: one_rate_a_day; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE UNIQUE INDEX one_rate_a_day ON public.exchange_rate USING btree (from_currency_code, to_currency_code, rate_on, source) WHERE (withdrawn_at IS NULL);


--
-- Name: one_replacement_of_a_certificate; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE UNIQUE INDEX one_replacement_of_a_certificate ON public.credit_entry USING btree (contract_id, replaces_certificate_id) WHERE (replaces_certificate_id IS NOT NULL);


--
-- Name: one_rule_of_an_activity; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE UNIQUE INDEX one_rule_of_an_activity ON public.credit_rule USING btree (contract_id, activity_id) WHERE (withdrawn_at IS NULL);


--
-- Name: one_running_job_of_a_site; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE UNIQUE INDEX one_running_job_of_a_site ON public.lms_job USING btree (contract_id, site_id) WHERE (status = 'RUNNING'::text);


--
-- Name: one_site_of_a_name; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE UNIQUE INDEX one_site_of_a_name ON public.lms_site USING btree (contract_id, name) WHERE (status = 'CONNECTED'::text);


--
-- Name: one_standing_cost; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE UNIQUE INDEX one_standing_cost ON public.actual_cost USING btree (contract_id, contract_line_id, period_starts_on, period_ends_on, category, allowable) WHERE (status <> ALL (ARRAY['SUPERSEDED'::text, 'WITHDRAWN'::text]));


--
-- Name: one_standing_decision; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE UNIQUE INDEX one_standing_decision ON public.decision USING btree (contract_id, work_record_id, submission_id, (
CASE
    WHEN (reversed_at IS NOT NULL) THEN id
    ELSE NULL::uuid
END)) NULLS NOT DISTINCT;


--
-- Name: one_task_of_a_plan_row; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE UNIQUE INDEX one_task_of_a_plan_row ON public.lms_task USING btree (contract_id, plan_row_id) WHERE ((plan_row_id IS NOT NULL) AND (status <> 'WITHDRAWN'::text));


--
-- Name: one_write_off_requested; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE UNIQUE INDEX one_write_off_requested ON public.write_off USING btree (contract_id, invoice_id, kind) WHERE (status = 'REQUESTED'::text);


--
-- Name: package_waiver_newest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX package_waiver_newest ON public.package_waiver USING btree (contract_id, package_id, signed_at DESC, id DESC);


--
-- Name: payment_association; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX payment_association ON public.payment USING btree (association_id, started_at DESC, id DESC);


--
-- Name: payment_cancelling; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX payment_cancelling ON public.payment USING btree (changed_at) WHERE ((cancel_asked_at IS NOT NULL) AND (status <> ALL (ARRAY['SUCCEEDED'::text, 'CANCELLED'::text])));


--
-- Name: payment_invoice; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX payment_invoice ON public.payment USING btree (contract_id, invoice_id, started_at DESC, id DESC);


--
-- Name: payment_newest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX payment_newest ON public.payment USING btree (contract_id, started_at DESC, id DESC);


--
-- Name: payment_open; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX payment_open ON public.payment USING btree (changed_at) WHERE ((provider = 'STRIPE'::text) AND (status <> ALL (ARRAY['SUCCEEDED'::text, 'CANCELLED'::text])));


--
-- Name: payment_started; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX payment_started ON public.payment USING btree (started_at DESC, id DESC);


--
-- Name: payment_vendor; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX payment_vendor ON public.payment USING btree (vendor_id, started_at DESC, id DESC);


--
-- Name: payout_newest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX payout_newest ON public.payout USING btree (created_at DESC, id DESC);


--
-- Name: payout_open; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX payout_open ON public.payout USING btree (changed_at) WHERE ((status = ANY (ARRAY['PENDING'::text, 'IN_TRANSIT'::text])) OR ((status = 'PAID'::text) AND (posted_at IS NULL)));


--
-- Name: pgqueuer_ep_ea_idx; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX pgqueuer_ep_ea_idx ON public.pgqueuer USING btree (entrypoint, execute_after) WHERE (status = 'queued'::public.pgqueuer_status);


--
-- Name: pgqueuer_ep_prio_id_idx; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX pgqueuer_ep_prio_id_idx ON public.pgqueuer USING btree (entrypoint, priority DESC, id) WHERE (status = 'queued'::public.pgqueuer_status);


--
-- Name: pgqueuer_log_created; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX pgqueuer_log_created ON public.pgqueuer_log USING btree (created);


--
-- Name: pgqueuer_log_job_id_status; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX pgqueuer_log_job_id_status ON public.pgqueuer_log USING btree (job_id, created DESC);


--
-- Name: pgqueuer_log_not_aggregated; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX pgqueuer_log_not_aggregated ON public.pgqueuer_log USING btree ((1)) WHERE (NOT aggregated);


--
-- Name: pgqueuer_log_status; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX pgqueuer_log_status ON public.pgqueuer_log USING btree (status);


--
-- Name: pgqueuer_picked_heartbeat_idx; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX pgqueuer_picked_heartbeat_idx ON public.pgqueuer USING btree (heartbeat) WHERE (status = 'picked'::public.pgqueuer_status);


--
-- Name: pgqueuer_picked_slot_idx; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE UNIQUE INDEX pgqueuer_picked_slot_idx ON public.pgqueuer USING btree (entrypoint, slot) WHERE ((status = 'picked'::public.pgqueuer_status) AND (slot IS NOT NULL));


--
-- Name: pgqueuer_priority_id_id1_idx; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX pgqueuer_priority_id_id1_idx ON public.pgqueuer USING btree (priority, id DESC) INCLUDE (id) WHERE (status = 'queued'::public.pgqueuer_status);


--
-- Name: pgqueuer_queue_manager_id_idx; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX pgqueuer_queue_manager_id_idx ON public.pgqueuer USING btree (queue_manager_id) WHERE (queue_manager_id IS NOT NULL);


--
-- Name: pgqueuer_statistics_unique_count; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE UNIQUE INDEX pgqueuer_statistics_unique_count ON public.pgqueuer_statistics USING btree (priority, date_trunc('sec'::text, timezone('UTC'::text, created)), status, entrypoint);


--
-- Name: pgqueuer_unique_dedupe_key; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE UNIQUE INDEX pgqueuer_unique_dedupe_key ON public.pgqueuer USING btree (dedupe_key) WHERE ((status = ANY (ARRAY['queued'::public.pgqueuer_status, 'picked'::public.pgqueuer_status])) AND (dedupe_key IS NOT NULL));


--
-- Name: pgqueuer_updated_id_id1_idx; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX pgqueuer_updated_id_id1_idx ON public.pgqueuer USING btree (updated, id DESC) INCLUDE (id) WHERE (status = 'picked'::public.pgqueuer_status);


--
-- Name: platform_fee_invoice_newest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX platform_fee_invoice_newest ON public.platform_fee_invoice USING btree (issued_at DESC, id DESC);


--
-- Name: platform_fee_invoice_vendor; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX platform_fee_invoice_vendor ON public.platform_fee_invoice USING btree (vendor_id, issued_at DESC, id DESC);


--
-- Name: posted_once; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE UNIQUE INDEX posted_once ON public.journal_entry USING btree (contract_id, kind, COALESCE(subject_id, invoice_id));


--
-- Name: posting_account; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX posting_account ON public.posting USING btree (contract_id, account, currency_code) INCLUDE (amount_minor);


--
-- Name: rate_card_entry_in_order; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX rate_card_entry_in_order ON public.rate_card_entry USING btree (version_id, "position");


--
-- Name: received_once; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE UNIQUE INDEX received_once ON public.payment USING btree (contract_id, method, reference, received_on, amount_minor, invoice_id) WHERE ((provider = 'BY_HAND'::text) AND (reversed_at IS NULL));


--
-- Name: recurring_period_billed_once; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE UNIQUE INDEX recurring_period_billed_once ON public.invoice_source USING btree (contract_id, contract_line_id, period_starts_on) WHERE ((released_at IS NULL) AND (kind = 'RECURRING_PERIOD'::text));


--
-- Name: refund_by_hand; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX refund_by_hand ON public.refund USING btree (currency_code, amount_minor) WHERE (provider = 'BY_HAND'::text);


--
-- Name: refund_open; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX refund_open ON public.refund USING btree (changed_at) WHERE ((provider = 'STRIPE'::text) AND (status = ANY (ARRAY['STARTED'::text, 'PROCESSING'::text])));


--
-- Name: refund_payment; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX refund_payment ON public.refund USING btree (contract_id, payment_id, started_at, id);


--
-- Name: retainage_release_invoice; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX retainage_release_invoice ON public.retainage_release USING btree (contract_id, invoice_id, released_at, id);


--
-- Name: scope_answer_record; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX scope_answer_record ON public.scope_answer USING btree (contract_id, work_record_id, answered_at DESC, id DESC);


--
-- Name: service_level_in_order; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX service_level_in_order ON public.service_level USING btree (version_id, "position");


--
-- Name: settlement_by_hand; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX settlement_by_hand ON public.settlement USING btree (currency_code, amount_minor) WHERE (method = 'BANK_TRANSFER'::text);


--
-- Name: settlement_invoice; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX settlement_invoice ON public.settlement USING btree (contract_id, invoice_id, released_at DESC, id DESC);


--
-- Name: settlement_newest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX settlement_newest ON public.settlement USING btree (contract_id, released_at DESC, id DESC);


--
-- Name: settlement_open; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX settlement_open ON public.settlement USING btree (changed_at) WHERE ((method = 'STRIPE_TRANSFER'::text) AND (status = ANY (ARRAY['STARTED'::text, 'REVERSING'::text])));


--
-- Name: settlement_released; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX settlement_released ON public.settlement USING btree (released_at DESC, id DESC);


--
-- Name: settlement_vendor; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX settlement_vendor ON public.settlement USING btree (vendor_id, released_at DESC, id DESC);


--
-- Name: stripe_event_created; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX stripe_event_created ON public.stripe_event USING btree (created_at);


--
-- Name: stripe_event_unworked; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX stripe_event_unworked ON public.stripe_event USING btree (received_at, id) WHERE (worked_at IS NULL);


--
-- Name: submission_all_due; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX submission_all_due ON public.submission USING btree (deemed_acceptance_due_on, contract_id, id);


--
-- Name: submission_all_newest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX submission_all_newest ON public.submission USING btree (submitted_at DESC, contract_id DESC, id DESC);


--
-- Name: submission_association; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX submission_association ON public.submission USING btree (association_id, submitted_at DESC, id DESC);


--
-- Name: submission_association_due; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX submission_association_due ON public.submission USING btree (association_id, deemed_acceptance_due_on, contract_id, id);


--
-- Name: submission_association_status; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX submission_association_status ON public.submission USING btree (association_id, status, submitted_at DESC, contract_id DESC, id DESC);


--
-- Name: submission_due; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX submission_due ON public.submission USING btree (contract_id, deemed_acceptance_due_on, id);


--
-- Name: submission_newest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX submission_newest ON public.submission USING btree (contract_id, submitted_at DESC, id DESC);


--
-- Name: submission_status; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX submission_status ON public.submission USING btree (contract_id, status, submitted_at DESC, id DESC);


--
-- Name: submission_vendor; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX submission_vendor ON public.submission USING btree (vendor_id, submitted_at DESC, id DESC);


--
-- Name: submission_vendor_due; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX submission_vendor_due ON public.submission USING btree (vendor_id, deemed_acceptance_due_on, contract_id, id);


--
-- Name: submission_vendor_status; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX submission_vendor_status ON public.submission USING btree (vendor_id, status, submitted_at DESC, contract_id DESC, id DESC);


--
-- Name: submission_waiting; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX submission_waiting ON public.submission USING btree (deemed_acceptance_due_on) WHERE (status = 'SUBMITTED'::text);


--
-- Name: tax_exemption_association; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX tax_exemption_association ON public.tax_exemption USING btree (association_id, filed_at DESC, id DESC);


--
-- Name: tax_exemption_newest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX tax_exemption_newest ON public.tax_exemption USING btree (filed_at DESC, id DESC);


--
-- Name: tax_rule_newest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX tax_rule_newest ON public.tax_rule USING btree (valid_from DESC, id DESC);


--
-- Name: true_up_billed_once; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE UNIQUE INDEX true_up_billed_once ON public.invoice_source USING btree (contract_id, contract_line_id, period_starts_on) WHERE ((released_at IS NULL) AND (kind = 'TRUE_UP'::text));


--
-- Name: work_record_line; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX work_record_line ON public.work_record USING btree (contract_id, line_id);


--
-- Name: work_record_newest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX work_record_newest ON public.work_record USING btree (contract_id, recorded_at DESC, id DESC);


--
-- Name: work_record_out_of_scope; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX work_record_out_of_scope ON public.work_record USING btree (contract_id, recorded_at DESC, id DESC) WHERE (in_scope IS FALSE);


--
-- Name: work_record_performed; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX work_record_performed ON public.work_record USING btree (contract_id, performed_to, id);


--
-- Name: work_record_status; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX work_record_status ON public.work_record USING btree (contract_id, status, recorded_at DESC, id DESC);


--
-- Name: write_off_invoice; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX write_off_invoice ON public.write_off USING btree (contract_id, invoice_id, id);


--
-- Name: write_off_newest; Type: INDEX; Schema: public; Owner: chapterhouse_owner
--

CREATE INDEX write_off_newest ON public.write_off USING btree (requested_at DESC, contract_id DESC, id DESC);


--
-- Name: audit_event append_only; Type: TRIGGER; Schema: public; Owner: chapterhouse_owner
--

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.audit_event FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();


--
-- Name: journal_entry append_only; Type: TRIGGER; Schema: public; Owner: chapterhouse_owner
--

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.journal_entry FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();


--
-- Name: lms_act append_only; Type: TRIGGER; Schema: public; Owner: chapterhouse_owner
--

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.lms_act FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();


--
-- Name: lms_metered_item append_only; Type: TRIGGER; Schema: public; Owner: chapterhouse_owner
--

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.lms_metered_item FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();


--
-- Name: posting append_only; Type: TRIGGER; Schema: public; Owner: chapterhouse_owner
--

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.posting FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();


--
-- Name: posting balanced; Type: TRIGGER; Schema: public; Owner: chapterhouse_owner
--

CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON public.posting DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION app.require_balanced_entry();


--
-- Name: offering_version frozen; Type: TRIGGER; Schema: public; Owner: chapterhouse_owner
--

CREATE TRIGGER frozen BEFORE DELETE OR UPDATE ON public.offering_version FOR EACH ROW EXECUTE FUNCTION app.refuse_change_of_published();


--
-- Name: rate_card_cost frozen; Type: TRIGGER; Schema: public; Owner: chapterhouse_owner
--

CREATE TRIGGER frozen BEFORE INSERT OR DELETE OR UPDATE ON public.rate_card_cost FOR EACH ROW EXECUTE FUNCTION app.refuse_change_of_published();


--
-- Name: rate_card_entry frozen; Type: TRIGGER; Schema: public; Owner: chapterhouse_owner
--

CREATE TRIGGER frozen BEFORE INSERT OR DELETE OR UPDATE ON public.rate_card_entry FOR EACH ROW EXECUTE FUNCTION app.refuse_change_of_published();


--
-- Name: service_level frozen; Type: TRIGGER; Schema: public; Owner: chapterhouse_owner
--

CREATE TRIGGER frozen BEFORE INSERT OR DELETE OR UPDATE ON public.service_level FOR EACH ROW EXECUTE FUNCTION app.refuse_change_of_published();


--
-- Name: invoice_dispute_line hold; Type: TRIGGER; Schema: public; Owner: chapterhouse_owner
--

CREATE TRIGGER hold AFTER INSERT ON public.invoice_dispute_line FOR EACH ROW EXECUTE FUNCTION app.hold_disputed_line();


--
-- Name: invoice keep_issued; Type: TRIGGER; Schema: public; Owner: chapterhouse_owner
--

CREATE TRIGGER keep_issued BEFORE UPDATE ON public.invoice FOR EACH ROW WHEN ((old.status <> 'DRAFT'::text)) EXECUTE FUNCTION app.keep_issued_invoice();


--
-- Name: invoice_line keep_issued; Type: TRIGGER; Schema: public; Owner: chapterhouse_owner
--

CREATE TRIGGER keep_issued BEFORE UPDATE OF tax_category_code, tax_rate_percent, tax_reason_code, tax_reason, tax_rule_id, tax_exemption_id ON public.invoice_line FOR EACH ROW EXECUTE FUNCTION app.keep_issued_line();


--
-- Name: posting known_flow; Type: TRIGGER; Schema: public; Owner: chapterhouse_owner
--

CREATE TRIGGER known_flow AFTER INSERT ON public.posting REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION app.require_known_flow();


--
-- Name: invoice_dispute_line let_go; Type: TRIGGER; Schema: public; Owner: chapterhouse_owner
--

CREATE TRIGGER let_go AFTER UPDATE ON public.invoice_dispute_line FOR EACH ROW WHEN (((old.resolved_at IS NULL) AND (new.resolved_at IS NOT NULL))) EXECUTE FUNCTION app.hold_disputed_line();


--
-- Name: journal_entry period_is_open; Type: TRIGGER; Schema: public; Owner: chapterhouse_owner
--

CREATE TRIGGER period_is_open AFTER INSERT ON public.journal_entry REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION app.require_open_period();


--
-- Name: offering_version publish_with_version; Type: TRIGGER; Schema: public; Owner: chapterhouse_owner
--

CREATE TRIGGER publish_with_version BEFORE UPDATE ON public.offering_version FOR EACH ROW WHEN (((old.published_at IS NULL) AND (new.published_at IS NOT NULL))) EXECUTE FUNCTION app.publish_with_version();


--
-- Name: billing_exception tell_of_change; Type: TRIGGER; Schema: public; Owner: chapterhouse_owner
--

CREATE TRIGGER tell_of_change AFTER INSERT OR UPDATE ON public.billing_exception FOR EACH ROW EXECUTE FUNCTION app.tell_of_change('id');


--
-- Name: billing_run tell_of_change; Type: TRIGGER; Schema: public; Owner: chapterhouse_owner
--

CREATE TRIGGER tell_of_change AFTER INSERT OR UPDATE ON public.billing_run FOR EACH ROW EXECUTE FUNCTION app.tell_of_change('id');


--
-- Name: contract_grant tell_of_change; Type: TRIGGER; Schema: public; Owner: chapterhouse_owner
--

CREATE TRIGGER tell_of_change AFTER INSERT OR UPDATE ON public.contract_grant FOR EACH ROW EXECUTE FUNCTION app.tell_of_change('contract_id');


--
-- Name: credit_note tell_of_change; Type: TRIGGER; Schema: public; Owner: chapterhouse_owner
--

CREATE TRIGGER tell_of_change AFTER INSERT OR UPDATE ON public.credit_note FOR EACH ROW EXECUTE FUNCTION app.tell_of_change('id');


--
-- Name: invoice tell_of_change; Type: TRIGGER; Schema: public; Owner: chapterhouse_owner
--

CREATE TRIGGER tell_of_change AFTER INSERT OR UPDATE ON public.invoice FOR EACH ROW EXECUTE FUNCTION app.tell_of_change('id');


--
-- Name: invoice_dispute tell_of_change; Type: TRIGGER; Schema: public; Owner: chapterhouse_owner
--

CREATE TRIGGER tell_of_change AFTER INSERT OR UPDATE ON public.invoice_dispute FOR EACH ROW EXECUTE FUNCTION app.tell_of_change('id');


--
-- Name: lms_job tell_of_change; Type: TRIGGER; Schema: public; Owner: chapterhouse_owner
--

CREATE TRIGGER tell_of_change AFTER INSERT OR UPDATE ON public.lms_job FOR EACH ROW EXECUTE FUNCTION app.tell_of_change('id');


--
-- Name: lms_plan tell_of_change; Type: TRIGGER; Schema: public; Owner: chapterhouse_owner
--

CREATE TRIGGER tell_of_change AFTER INSERT OR UPDATE ON public.lms_plan FOR EACH ROW EXECUTE FUNCTION app.tell_of_change('id');


--
-- Name: pgqueuer tg_pgqueuer_changed; Type: TRIGGER; Schema: public; Owner: chapterhouse_owner
--

CREATE TRIGGER tg_pgqueuer_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.pgqueuer FOR EACH STATEMENT EXECUTE FUNCTION public.fn_pgqueuer_changed();


--
-- Name: accessibility_answer accessibility_answer_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.accessibility_answer
    ADD CONSTRAINT accessibility_answer_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: accessibility_answer accessibility_answer_contract_id_review_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.accessibility_answer
    ADD CONSTRAINT accessibility_answer_contract_id_review_id_fkey FOREIGN KEY (contract_id, review_id) REFERENCES public.accessibility_review(contract_id, id);


--
-- Name: accessibility_finding accessibility_finding_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.accessibility_finding
    ADD CONSTRAINT accessibility_finding_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: accessibility_finding accessibility_finding_contract_id_package_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.accessibility_finding
    ADD CONSTRAINT accessibility_finding_contract_id_package_id_fkey FOREIGN KEY (contract_id, package_id) REFERENCES public.content_package(contract_id, id);


--
-- Name: accessibility_review accessibility_review_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.accessibility_review
    ADD CONSTRAINT accessibility_review_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: accessibility_review accessibility_review_contract_id_package_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.accessibility_review
    ADD CONSTRAINT accessibility_review_contract_id_package_id_fkey FOREIGN KEY (contract_id, package_id) REFERENCES public.content_package(contract_id, id);


--
-- Name: actual_cost actual_cost_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.actual_cost
    ADD CONSTRAINT actual_cost_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: actual_cost actual_cost_contract_id_contract_line_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.actual_cost
    ADD CONSTRAINT actual_cost_contract_id_contract_line_id_fkey FOREIGN KEY (contract_id, contract_line_id) REFERENCES public.contract_line(contract_id, id);


--
-- Name: actual_cost actual_cost_contract_id_supersedes_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.actual_cost
    ADD CONSTRAINT actual_cost_contract_id_supersedes_id_fkey FOREIGN KEY (contract_id, supersedes_id) REFERENCES public.actual_cost(contract_id, id);


--
-- Name: api_key api_key_member_id_organization_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT api_key_member_id_organization_id_fkey FOREIGN KEY (member_id, organization_id) REFERENCES public.member(id, organization_id);


--
-- Name: api_key api_key_organization_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT api_key_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organization(id);


--
-- Name: balance_transaction balance_transaction_contract_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.balance_transaction
    ADD CONSTRAINT balance_transaction_contract_id_fkey FOREIGN KEY (contract_id) REFERENCES public.contract(id);


--
-- Name: balance_transaction balance_transaction_contract_id_payment_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.balance_transaction
    ADD CONSTRAINT balance_transaction_contract_id_payment_id_fkey FOREIGN KEY (contract_id, payment_id) REFERENCES public.payment(contract_id, id);


--
-- Name: balance_transaction balance_transaction_payout_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.balance_transaction
    ADD CONSTRAINT balance_transaction_payout_id_fkey FOREIGN KEY (payout_id) REFERENCES public.payout(id);


--
-- Name: bank_statement_line bank_statement_line_contract_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.bank_statement_line
    ADD CONSTRAINT bank_statement_line_contract_id_fkey FOREIGN KEY (contract_id) REFERENCES public.contract(id);


--
-- Name: bank_statement_line bank_statement_line_contract_id_invoice_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.bank_statement_line
    ADD CONSTRAINT bank_statement_line_contract_id_invoice_id_fkey FOREIGN KEY (contract_id, invoice_id) REFERENCES public.invoice(contract_id, id);


--
-- Name: bank_statement_line bank_statement_line_contract_id_refund_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.bank_statement_line
    ADD CONSTRAINT bank_statement_line_contract_id_refund_id_fkey FOREIGN KEY (contract_id, refund_id) REFERENCES public.refund(contract_id, id);


--
-- Name: bank_statement_line bank_statement_line_contract_id_settlement_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.bank_statement_line
    ADD CONSTRAINT bank_statement_line_contract_id_settlement_id_fkey FOREIGN KEY (contract_id, settlement_id) REFERENCES public.settlement(contract_id, id);


--
-- Name: bank_statement_line bank_statement_line_statement_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.bank_statement_line
    ADD CONSTRAINT bank_statement_line_statement_id_fkey FOREIGN KEY (statement_id) REFERENCES public.bank_statement(id);


--
-- Name: billing_exception billing_exception_bank_line_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.billing_exception
    ADD CONSTRAINT billing_exception_bank_line_id_fkey FOREIGN KEY (bank_line_id) REFERENCES public.bank_statement_line(id);


--
-- Name: billing_exception billing_exception_contract_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.billing_exception
    ADD CONSTRAINT billing_exception_contract_id_fkey FOREIGN KEY (contract_id) REFERENCES public.contract(id);


--
-- Name: billing_exception billing_exception_contract_id_invoice_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.billing_exception
    ADD CONSTRAINT billing_exception_contract_id_invoice_id_fkey FOREIGN KEY (contract_id, invoice_id) REFERENCES public.invoice(contract_id, id);


--
-- Name: billing_exception billing_exception_contract_id_invoice_line_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.billing_exception
    ADD CONSTRAINT billing_exception_contract_id_invoice_line_id_fkey FOREIGN KEY (contract_id, invoice_line_id) REFERENCES public.invoice_line(contract_id, id);


--
-- Name: billing_run billing_run_association_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.billing_run
    ADD CONSTRAINT billing_run_association_id_fkey FOREIGN KEY (association_id) REFERENCES public.organization(id);


--
-- Name: billing_run_item billing_run_item_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.billing_run_item
    ADD CONSTRAINT billing_run_item_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: billing_run_item billing_run_item_contract_id_invoice_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.billing_run_item
    ADD CONSTRAINT billing_run_item_contract_id_invoice_id_fkey FOREIGN KEY (contract_id, invoice_id) REFERENCES public.invoice(contract_id, id);


--
-- Name: billing_run_item billing_run_item_run_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.billing_run_item
    ADD CONSTRAINT billing_run_item_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.billing_run(id);


--
-- Name: billing_run billing_run_vendor_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.billing_run
    ADD CONSTRAINT billing_run_vendor_id_fkey FOREIGN KEY (vendor_id) REFERENCES public.organization(id);


--
-- Name: billing_setting billing_setting_operator_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.billing_setting
    ADD CONSTRAINT billing_setting_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES public.organization(id);


--
-- Name: catalog_listing catalog_listing_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.catalog_listing
    ADD CONSTRAINT catalog_listing_id_fkey FOREIGN KEY (id) REFERENCES public.offering(id);


--
-- Name: certificate certificate_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.certificate
    ADD CONSTRAINT certificate_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: certificate certificate_contract_id_activity_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.certificate
    ADD CONSTRAINT certificate_contract_id_activity_id_fkey FOREIGN KEY (contract_id, activity_id) REFERENCES public.credit_activity(contract_id, id);


--
-- Name: certificate certificate_contract_id_rule_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.certificate
    ADD CONSTRAINT certificate_contract_id_rule_id_fkey FOREIGN KEY (contract_id, rule_id) REFERENCES public.credit_rule(contract_id, id);


--
-- Name: certificate certificate_contract_id_site_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.certificate
    ADD CONSTRAINT certificate_contract_id_site_id_fkey FOREIGN KEY (contract_id, site_id) REFERENCES public.lms_site(contract_id, id);


--
-- Name: chargeback chargeback_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.chargeback
    ADD CONSTRAINT chargeback_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: chargeback chargeback_contract_id_invoice_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.chargeback
    ADD CONSTRAINT chargeback_contract_id_invoice_id_fkey FOREIGN KEY (contract_id, invoice_id) REFERENCES public.invoice(contract_id, id);


--
-- Name: chargeback chargeback_contract_id_payment_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.chargeback
    ADD CONSTRAINT chargeback_contract_id_payment_id_fkey FOREIGN KEY (contract_id, payment_id) REFERENCES public.payment(contract_id, id);


--
-- Name: content_package content_package_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.content_package
    ADD CONSTRAINT content_package_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: content_package content_package_contract_id_evidence_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.content_package
    ADD CONSTRAINT content_package_contract_id_evidence_id_fkey FOREIGN KEY (contract_id, evidence_id) REFERENCES public.evidence(contract_id, id);


--
-- Name: content_package content_package_contract_id_line_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.content_package
    ADD CONSTRAINT content_package_contract_id_line_id_fkey FOREIGN KEY (contract_id, line_id) REFERENCES public.contract_line(contract_id, id);


--
-- Name: content_package content_package_contract_id_plan_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.content_package
    ADD CONSTRAINT content_package_contract_id_plan_id_fkey FOREIGN KEY (contract_id, plan_id) REFERENCES public.lms_plan(contract_id, id);


--
-- Name: content_package content_package_contract_id_site_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.content_package
    ADD CONSTRAINT content_package_contract_id_site_id_fkey FOREIGN KEY (contract_id, site_id) REFERENCES public.lms_site(contract_id, id);


--
-- Name: contract contract_association_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.contract
    ADD CONSTRAINT contract_association_id_fkey FOREIGN KEY (association_id) REFERENCES public.organization(id);


--
-- Name: contract contract_current_revision; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.contract
    ADD CONSTRAINT contract_current_revision FOREIGN KEY (id, revision, content_hash) REFERENCES public.contract_revision(contract_id, number, content_hash) MATCH FULL DEFERRABLE INITIALLY DEFERRED;


--
-- Name: contract_grant contract_grant_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.contract_grant
    ADD CONSTRAINT contract_grant_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: contract_grant contract_grant_member_id_organization_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.contract_grant
    ADD CONSTRAINT contract_grant_member_id_organization_id_fkey FOREIGN KEY (member_id, organization_id) REFERENCES public.member(id, organization_id);


--
-- Name: contract_line contract_line_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.contract_line
    ADD CONSTRAINT contract_line_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: contract_line contract_line_contract_id_revision_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.contract_line
    ADD CONSTRAINT contract_line_contract_id_revision_fkey FOREIGN KEY (contract_id, revision) REFERENCES public.contract_revision(contract_id, number) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: contract_line_cost contract_line_cost_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.contract_line_cost
    ADD CONSTRAINT contract_line_cost_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: contract_line_cost contract_line_cost_contract_id_line_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.contract_line_cost
    ADD CONSTRAINT contract_line_cost_contract_id_line_id_fkey FOREIGN KEY (contract_id, line_id) REFERENCES public.contract_line(contract_id, id);


--
-- Name: contract_line_cost_terms contract_line_cost_terms_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.contract_line_cost_terms
    ADD CONSTRAINT contract_line_cost_terms_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: contract_line_cost_terms contract_line_cost_terms_contract_id_line_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.contract_line_cost_terms
    ADD CONSTRAINT contract_line_cost_terms_contract_id_line_id_fkey FOREIGN KEY (contract_id, line_id) REFERENCES public.contract_line_pricing(contract_id, line_id);


--
-- Name: contract_line_pricing contract_line_pricing_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.contract_line_pricing
    ADD CONSTRAINT contract_line_pricing_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: contract_line_pricing contract_line_pricing_contract_id_line_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.contract_line_pricing
    ADD CONSTRAINT contract_line_pricing_contract_id_line_id_fkey FOREIGN KEY (contract_id, line_id) REFERENCES public.contract_line(contract_id, id);


--
-- Name: contract_line_tier contract_line_tier_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.contract_line_tier
    ADD CONSTRAINT contract_line_tier_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: contract_line_tier contract_line_tier_contract_id_line_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.contract_line_tier
    ADD CONSTRAINT contract_line_tier_contract_id_line_id_fkey FOREIGN KEY (contract_id, line_id) REFERENCES public.contract_line_pricing(contract_id, line_id);


--
-- Name: contract contract_offering_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.contract
    ADD CONSTRAINT contract_offering_id_fkey FOREIGN KEY (offering_id) REFERENCES public.offering(id);


--
-- Name: contract contract_offering_version_id_vendor_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.contract
    ADD CONSTRAINT contract_offering_version_id_vendor_id_fkey FOREIGN KEY (offering_version_id, vendor_id) REFERENCES public.offering_version(id, vendor_id);


--
-- Name: contract_revision contract_revision_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.contract_revision
    ADD CONSTRAINT contract_revision_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: contract_signature contract_signature_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.contract_signature
    ADD CONSTRAINT contract_signature_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: contract_signature contract_signature_contract_id_revision_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.contract_signature
    ADD CONSTRAINT contract_signature_contract_id_revision_fkey FOREIGN KEY (contract_id, revision) REFERENCES public.contract_revision(contract_id, number);


--
-- Name: contract contract_vendor_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.contract
    ADD CONSTRAINT contract_vendor_id_fkey FOREIGN KEY (vendor_id) REFERENCES public.organization(id);


--
-- Name: cost_question cost_question_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.cost_question
    ADD CONSTRAINT cost_question_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: cost_question cost_question_contract_id_actual_cost_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.cost_question
    ADD CONSTRAINT cost_question_contract_id_actual_cost_id_fkey FOREIGN KEY (contract_id, actual_cost_id) REFERENCES public.actual_cost(contract_id, id);


--
-- Name: credit_activity credit_activity_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_activity
    ADD CONSTRAINT credit_activity_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: credit_activity credit_activity_contract_id_site_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_activity
    ADD CONSTRAINT credit_activity_contract_id_site_id_fkey FOREIGN KEY (contract_id, site_id) REFERENCES public.lms_site(contract_id, id);


--
-- Name: credit_application credit_application_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_application
    ADD CONSTRAINT credit_application_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: credit_application credit_application_contract_id_entry_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_application
    ADD CONSTRAINT credit_application_contract_id_entry_id_fkey FOREIGN KEY (contract_id, entry_id) REFERENCES public.journal_entry(contract_id, id);


--
-- Name: credit_application credit_application_contract_id_invoice_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_application
    ADD CONSTRAINT credit_application_contract_id_invoice_id_fkey FOREIGN KEY (contract_id, invoice_id) REFERENCES public.invoice(contract_id, id);


--
-- Name: credit_entry credit_entry_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_entry
    ADD CONSTRAINT credit_entry_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: credit_entry credit_entry_contract_id_activity_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_entry
    ADD CONSTRAINT credit_entry_contract_id_activity_id_fkey FOREIGN KEY (contract_id, activity_id) REFERENCES public.credit_activity(contract_id, id);


--
-- Name: credit_entry credit_entry_contract_id_certificate_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_entry
    ADD CONSTRAINT credit_entry_contract_id_certificate_id_fkey FOREIGN KEY (contract_id, certificate_id) REFERENCES public.certificate(contract_id, id);


--
-- Name: credit_entry credit_entry_contract_id_evidence_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_entry
    ADD CONSTRAINT credit_entry_contract_id_evidence_id_fkey FOREIGN KEY (contract_id, evidence_id) REFERENCES public.evidence(contract_id, id);


--
-- Name: credit_entry credit_entry_contract_id_replaces_certificate_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_entry
    ADD CONSTRAINT credit_entry_contract_id_replaces_certificate_id_fkey FOREIGN KEY (contract_id, replaces_certificate_id) REFERENCES public.certificate(contract_id, id);


--
-- Name: credit_entry credit_entry_contract_id_rule_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_entry
    ADD CONSTRAINT credit_entry_contract_id_rule_id_fkey FOREIGN KEY (contract_id, rule_id) REFERENCES public.credit_rule(contract_id, id);


--
-- Name: credit_note credit_note_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_note
    ADD CONSTRAINT credit_note_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: credit_note credit_note_contract_id_dispute_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_note
    ADD CONSTRAINT credit_note_contract_id_dispute_id_fkey FOREIGN KEY (contract_id, dispute_id) REFERENCES public.invoice_dispute(contract_id, id);


--
-- Name: credit_note credit_note_contract_id_gainshare_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_note
    ADD CONSTRAINT credit_note_contract_id_gainshare_id_fkey FOREIGN KEY (contract_id, gainshare_id) REFERENCES public.gainshare(contract_id, id);


--
-- Name: credit_note credit_note_contract_id_invoice_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_note
    ADD CONSTRAINT credit_note_contract_id_invoice_id_fkey FOREIGN KEY (contract_id, invoice_id) REFERENCES public.invoice(contract_id, id);


--
-- Name: credit_note credit_note_contract_id_issued_entry_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_note
    ADD CONSTRAINT credit_note_contract_id_issued_entry_id_fkey FOREIGN KEY (contract_id, issued_entry_id) REFERENCES public.journal_entry(contract_id, id);


--
-- Name: credit_note credit_note_contract_id_voided_entry_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_note
    ADD CONSTRAINT credit_note_contract_id_voided_entry_id_fkey FOREIGN KEY (contract_id, voided_entry_id) REFERENCES public.journal_entry(contract_id, id);


--
-- Name: credit_note_counter credit_note_counter_vendor_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_note_counter
    ADD CONSTRAINT credit_note_counter_vendor_id_fkey FOREIGN KEY (vendor_id) REFERENCES public.organization(id);


--
-- Name: credit_note_line credit_note_line_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_note_line
    ADD CONSTRAINT credit_note_line_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: credit_note_line credit_note_line_contract_id_contract_line_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_note_line
    ADD CONSTRAINT credit_note_line_contract_id_contract_line_id_fkey FOREIGN KEY (contract_id, contract_line_id) REFERENCES public.contract_line(contract_id, id);


--
-- Name: credit_note_line credit_note_line_contract_id_credit_note_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_note_line
    ADD CONSTRAINT credit_note_line_contract_id_credit_note_id_fkey FOREIGN KEY (contract_id, credit_note_id) REFERENCES public.credit_note(contract_id, id);


--
-- Name: credit_note_line credit_note_line_contract_id_invoice_line_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_note_line
    ADD CONSTRAINT credit_note_line_contract_id_invoice_line_id_fkey FOREIGN KEY (contract_id, invoice_line_id) REFERENCES public.invoice_line(contract_id, id);


--
-- Name: credit_note_line_cost credit_note_line_cost_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_note_line_cost
    ADD CONSTRAINT credit_note_line_cost_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: credit_note_line_cost credit_note_line_cost_contract_id_credit_note_line_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_note_line_cost
    ADD CONSTRAINT credit_note_line_cost_contract_id_credit_note_line_id_fkey FOREIGN KEY (contract_id, credit_note_line_id) REFERENCES public.credit_note_line(contract_id, id);


--
-- Name: credit_rule credit_rule_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_rule
    ADD CONSTRAINT credit_rule_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: credit_rule credit_rule_contract_id_activity_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.credit_rule
    ADD CONSTRAINT credit_rule_contract_id_activity_id_fkey FOREIGN KEY (contract_id, activity_id) REFERENCES public.credit_activity(contract_id, id);


--
-- Name: decision decision_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.decision
    ADD CONSTRAINT decision_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: decision decision_contract_id_line_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.decision
    ADD CONSTRAINT decision_contract_id_line_id_fkey FOREIGN KEY (contract_id, line_id) REFERENCES public.contract_line(contract_id, id);


--
-- Name: decision decision_contract_id_submission_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.decision
    ADD CONSTRAINT decision_contract_id_submission_id_fkey FOREIGN KEY (contract_id, submission_id) REFERENCES public.submission(contract_id, id);


--
-- Name: decision decision_contract_id_work_record_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.decision
    ADD CONSTRAINT decision_contract_id_work_record_id_fkey FOREIGN KEY (contract_id, work_record_id) REFERENCES public.work_record(contract_id, id);


--
-- Name: dunning_notice dunning_notice_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.dunning_notice
    ADD CONSTRAINT dunning_notice_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: dunning_notice dunning_notice_contract_id_invoice_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.dunning_notice
    ADD CONSTRAINT dunning_notice_contract_id_invoice_id_fkey FOREIGN KEY (contract_id, invoice_id) REFERENCES public.invoice(contract_id, id);


--
-- Name: dunning_pause dunning_pause_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.dunning_pause
    ADD CONSTRAINT dunning_pause_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: dunning_pause dunning_pause_contract_id_invoice_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.dunning_pause
    ADD CONSTRAINT dunning_pause_contract_id_invoice_id_fkey FOREIGN KEY (contract_id, invoice_id) REFERENCES public.invoice(contract_id, id);


--
-- Name: evidence evidence_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT evidence_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: evidence evidence_contract_id_actual_cost_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT evidence_contract_id_actual_cost_id_fkey FOREIGN KEY (contract_id, actual_cost_id) REFERENCES public.actual_cost(contract_id, id);


--
-- Name: evidence evidence_contract_id_learners_site_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT evidence_contract_id_learners_site_id_fkey FOREIGN KEY (contract_id, learners_site_id) REFERENCES public.lms_site(contract_id, id);


--
-- Name: evidence evidence_contract_id_work_record_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT evidence_contract_id_work_record_id_fkey FOREIGN KEY (contract_id, work_record_id) REFERENCES public.work_record(contract_id, id);


--
-- Name: gainshare_agreement gainshare_agreement_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.gainshare_agreement
    ADD CONSTRAINT gainshare_agreement_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: gainshare gainshare_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.gainshare
    ADD CONSTRAINT gainshare_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: gainshare gainshare_contract_id_agreement_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.gainshare
    ADD CONSTRAINT gainshare_contract_id_agreement_id_fkey FOREIGN KEY (contract_id, agreement_id) REFERENCES public.gainshare_agreement(contract_id, id);


--
-- Name: gainshare gainshare_contract_id_invoice_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.gainshare
    ADD CONSTRAINT gainshare_contract_id_invoice_id_fkey FOREIGN KEY (contract_id, debit_note_id) REFERENCES public.invoice(contract_id, id);


--
-- Name: invitation invitation_organization_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organization(id);


--
-- Name: invoice invoice_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invoice
    ADD CONSTRAINT invoice_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: invoice invoice_contract_id_corrects_invoice_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invoice
    ADD CONSTRAINT invoice_contract_id_corrects_invoice_id_fkey FOREIGN KEY (contract_id, corrects_invoice_id) REFERENCES public.invoice(contract_id, id);


--
-- Name: invoice_counter invoice_counter_vendor_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invoice_counter
    ADD CONSTRAINT invoice_counter_vendor_id_fkey FOREIGN KEY (vendor_id) REFERENCES public.organization(id);


--
-- Name: invoice_dispute invoice_dispute_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invoice_dispute
    ADD CONSTRAINT invoice_dispute_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: invoice_dispute invoice_dispute_contract_id_invoice_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invoice_dispute
    ADD CONSTRAINT invoice_dispute_contract_id_invoice_id_fkey FOREIGN KEY (contract_id, invoice_id) REFERENCES public.invoice(contract_id, id);


--
-- Name: invoice_dispute_evidence invoice_dispute_evidence_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invoice_dispute_evidence
    ADD CONSTRAINT invoice_dispute_evidence_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: invoice_dispute_evidence invoice_dispute_evidence_contract_id_dispute_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invoice_dispute_evidence
    ADD CONSTRAINT invoice_dispute_evidence_contract_id_dispute_id_fkey FOREIGN KEY (contract_id, dispute_id) REFERENCES public.invoice_dispute(contract_id, id);


--
-- Name: invoice_dispute_evidence invoice_dispute_evidence_contract_id_evidence_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invoice_dispute_evidence
    ADD CONSTRAINT invoice_dispute_evidence_contract_id_evidence_id_fkey FOREIGN KEY (contract_id, evidence_id) REFERENCES public.evidence(contract_id, id);


--
-- Name: invoice_dispute_line invoice_dispute_line_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invoice_dispute_line
    ADD CONSTRAINT invoice_dispute_line_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: invoice_dispute_line invoice_dispute_line_contract_id_dispute_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invoice_dispute_line
    ADD CONSTRAINT invoice_dispute_line_contract_id_dispute_id_fkey FOREIGN KEY (contract_id, dispute_id) REFERENCES public.invoice_dispute(contract_id, id);


--
-- Name: invoice_dispute_line invoice_dispute_line_contract_id_invoice_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invoice_dispute_line
    ADD CONSTRAINT invoice_dispute_line_contract_id_invoice_id_fkey FOREIGN KEY (contract_id, invoice_id) REFERENCES public.invoice(contract_id, id);


--
-- Name: invoice_dispute_line invoice_dispute_line_contract_id_invoice_line_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invoice_dispute_line
    ADD CONSTRAINT invoice_dispute_line_contract_id_invoice_line_id_fkey FOREIGN KEY (contract_id, invoice_line_id) REFERENCES public.invoice_line(contract_id, id);


--
-- Name: invoice_exchange invoice_exchange_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invoice_exchange
    ADD CONSTRAINT invoice_exchange_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: invoice_exchange invoice_exchange_contract_id_invoice_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invoice_exchange
    ADD CONSTRAINT invoice_exchange_contract_id_invoice_id_fkey FOREIGN KEY (contract_id, invoice_id) REFERENCES public.invoice(contract_id, id);


--
-- Name: invoice_line invoice_line_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invoice_line
    ADD CONSTRAINT invoice_line_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: invoice_line invoice_line_contract_id_contract_line_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invoice_line
    ADD CONSTRAINT invoice_line_contract_id_contract_line_id_fkey FOREIGN KEY (contract_id, contract_line_id) REFERENCES public.contract_line(contract_id, id);


--
-- Name: invoice_line invoice_line_contract_id_corrects_line_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invoice_line
    ADD CONSTRAINT invoice_line_contract_id_corrects_line_id_fkey FOREIGN KEY (contract_id, corrects_line_id) REFERENCES public.invoice_line(contract_id, id);


--
-- Name: invoice_line invoice_line_contract_id_invoice_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invoice_line
    ADD CONSTRAINT invoice_line_contract_id_invoice_id_fkey FOREIGN KEY (contract_id, invoice_id) REFERENCES public.invoice(contract_id, id);


--
-- Name: invoice_line_cost invoice_line_cost_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invoice_line_cost
    ADD CONSTRAINT invoice_line_cost_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: invoice_line_cost invoice_line_cost_contract_id_invoice_line_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invoice_line_cost
    ADD CONSTRAINT invoice_line_cost_contract_id_invoice_line_id_fkey FOREIGN KEY (contract_id, invoice_line_id) REFERENCES public.invoice_line(contract_id, id);


--
-- Name: invoice_source invoice_source_contract_id_actual_cost_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invoice_source
    ADD CONSTRAINT invoice_source_contract_id_actual_cost_id_fkey FOREIGN KEY (contract_id, actual_cost_id) REFERENCES public.actual_cost(contract_id, id);


--
-- Name: invoice_source invoice_source_contract_id_decision_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invoice_source
    ADD CONSTRAINT invoice_source_contract_id_decision_id_fkey FOREIGN KEY (contract_id, decision_id) REFERENCES public.decision(contract_id, id);


--
-- Name: invoice_source invoice_source_line; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.invoice_source
    ADD CONSTRAINT invoice_source_line FOREIGN KEY (contract_id, association_id, vendor_id, invoice_id, invoice_line_id) REFERENCES public.invoice_line(contract_id, association_id, vendor_id, invoice_id, id);


--
-- Name: journal_entry journal_entry_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.journal_entry
    ADD CONSTRAINT journal_entry_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: journal_entry journal_entry_contract_id_invoice_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.journal_entry
    ADD CONSTRAINT journal_entry_contract_id_invoice_id_fkey FOREIGN KEY (contract_id, invoice_id) REFERENCES public.invoice(contract_id, id);


--
-- Name: journal_entry journal_entry_contract_id_reverses_entry_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.journal_entry
    ADD CONSTRAINT journal_entry_contract_id_reverses_entry_id_fkey FOREIGN KEY (contract_id, reverses_entry_id) REFERENCES public.journal_entry(contract_id, id);


--
-- Name: lms_act lms_act_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_act
    ADD CONSTRAINT lms_act_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: lms_act lms_act_contract_id_item_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_act
    ADD CONSTRAINT lms_act_contract_id_item_id_fkey FOREIGN KEY (contract_id, item_id) REFERENCES public.lms_job_item(contract_id, id);


--
-- Name: lms_act lms_act_contract_id_job_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_act
    ADD CONSTRAINT lms_act_contract_id_job_id_fkey FOREIGN KEY (contract_id, job_id) REFERENCES public.lms_job(contract_id, id);


--
-- Name: lms_act lms_act_contract_id_site_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_act
    ADD CONSTRAINT lms_act_contract_id_site_id_fkey FOREIGN KEY (contract_id, site_id) REFERENCES public.lms_site(contract_id, id);


--
-- Name: lms_act_subject lms_act_subject_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_act_subject
    ADD CONSTRAINT lms_act_subject_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: lms_act_subject lms_act_subject_contract_id_act_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_act_subject
    ADD CONSTRAINT lms_act_subject_contract_id_act_id_fkey FOREIGN KEY (contract_id, act_id) REFERENCES public.lms_act(contract_id, id);


--
-- Name: lms_chain lms_chain_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_chain
    ADD CONSTRAINT lms_chain_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: lms_completion lms_completion_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_completion
    ADD CONSTRAINT lms_completion_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: lms_completion lms_completion_contract_id_reading_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_completion
    ADD CONSTRAINT lms_completion_contract_id_reading_id_fkey FOREIGN KEY (contract_id, reading_id) REFERENCES public.lms_completion_reading(contract_id, id);


--
-- Name: lms_completion lms_completion_contract_id_site_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_completion
    ADD CONSTRAINT lms_completion_contract_id_site_id_fkey FOREIGN KEY (contract_id, site_id) REFERENCES public.lms_site(contract_id, id);


--
-- Name: lms_completion_reading lms_completion_reading_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_completion_reading
    ADD CONSTRAINT lms_completion_reading_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: lms_completion_reading lms_completion_reading_contract_id_site_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_completion_reading
    ADD CONSTRAINT lms_completion_reading_contract_id_site_id_fkey FOREIGN KEY (contract_id, site_id) REFERENCES public.lms_site(contract_id, id);


--
-- Name: lms_completion_withdrawal lms_completion_withdrawal_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_completion_withdrawal
    ADD CONSTRAINT lms_completion_withdrawal_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: lms_completion_withdrawal lms_completion_withdrawal_contract_id_completion_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_completion_withdrawal
    ADD CONSTRAINT lms_completion_withdrawal_contract_id_completion_id_fkey FOREIGN KEY (contract_id, completion_id) REFERENCES public.lms_completion(contract_id, id);


--
-- Name: lms_completion_withdrawal lms_completion_withdrawal_contract_id_reading_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_completion_withdrawal
    ADD CONSTRAINT lms_completion_withdrawal_contract_id_reading_id_fkey FOREIGN KEY (contract_id, reading_id) REFERENCES public.lms_completion_reading(contract_id, id);


--
-- Name: lms_credential lms_credential_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_credential
    ADD CONSTRAINT lms_credential_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: lms_credential lms_credential_contract_id_site_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_credential
    ADD CONSTRAINT lms_credential_contract_id_site_id_fkey FOREIGN KEY (contract_id, site_id) REFERENCES public.lms_site(contract_id, id);


--
-- Name: lms_drift_finding lms_drift_finding_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_drift_finding
    ADD CONSTRAINT lms_drift_finding_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: lms_drift_finding lms_drift_finding_contract_id_mended_by_job_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_drift_finding
    ADD CONSTRAINT lms_drift_finding_contract_id_mended_by_job_id_fkey FOREIGN KEY (contract_id, mended_by_job_id) REFERENCES public.lms_job(contract_id, id);


--
-- Name: lms_drift_finding lms_drift_finding_contract_id_reading_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_drift_finding
    ADD CONSTRAINT lms_drift_finding_contract_id_reading_id_fkey FOREIGN KEY (contract_id, reading_id) REFERENCES public.lms_drift_reading(contract_id, id);


--
-- Name: lms_drift_finding lms_drift_finding_contract_id_site_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_drift_finding
    ADD CONSTRAINT lms_drift_finding_contract_id_site_id_fkey FOREIGN KEY (contract_id, site_id) REFERENCES public.lms_site(contract_id, id);


--
-- Name: lms_drift_reading lms_drift_reading_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_drift_reading
    ADD CONSTRAINT lms_drift_reading_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: lms_drift_reading lms_drift_reading_contract_id_site_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_drift_reading
    ADD CONSTRAINT lms_drift_reading_contract_id_site_id_fkey FOREIGN KEY (contract_id, site_id) REFERENCES public.lms_site(contract_id, id);


--
-- Name: lms_grant lms_grant_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_grant
    ADD CONSTRAINT lms_grant_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: lms_grant lms_grant_contract_id_grant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_grant
    ADD CONSTRAINT lms_grant_contract_id_grant_id_fkey FOREIGN KEY (contract_id, grant_id) REFERENCES public.contract_grant(contract_id, id);


--
-- Name: lms_grant lms_grant_contract_id_site_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_grant
    ADD CONSTRAINT lms_grant_contract_id_site_id_fkey FOREIGN KEY (contract_id, site_id) REFERENCES public.lms_site(contract_id, id);


--
-- Name: lms_job lms_job_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_job
    ADD CONSTRAINT lms_job_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: lms_job lms_job_contract_id_line_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_job
    ADD CONSTRAINT lms_job_contract_id_line_id_fkey FOREIGN KEY (contract_id, line_id) REFERENCES public.contract_line(contract_id, id);


--
-- Name: lms_job lms_job_contract_id_plan_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_job
    ADD CONSTRAINT lms_job_contract_id_plan_id_fkey FOREIGN KEY (contract_id, plan_id) REFERENCES public.lms_plan(contract_id, id);


--
-- Name: lms_job lms_job_contract_id_site_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_job
    ADD CONSTRAINT lms_job_contract_id_site_id_fkey FOREIGN KEY (contract_id, site_id) REFERENCES public.lms_site(contract_id, id);


--
-- Name: lms_job_item lms_job_item_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_job_item
    ADD CONSTRAINT lms_job_item_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: lms_job_item lms_job_item_contract_id_job_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_job_item
    ADD CONSTRAINT lms_job_item_contract_id_job_id_fkey FOREIGN KEY (contract_id, job_id) REFERENCES public.lms_job(contract_id, id);


--
-- Name: lms_maintenance lms_maintenance_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_maintenance
    ADD CONSTRAINT lms_maintenance_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: lms_maintenance lms_maintenance_contract_id_site_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_maintenance
    ADD CONSTRAINT lms_maintenance_contract_id_site_id_fkey FOREIGN KEY (contract_id, site_id) REFERENCES public.lms_site(contract_id, id);


--
-- Name: lms_metered_item lms_metered_item_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_metered_item
    ADD CONSTRAINT lms_metered_item_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: lms_metered_item lms_metered_item_contract_id_item_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_metered_item
    ADD CONSTRAINT lms_metered_item_contract_id_item_id_fkey FOREIGN KEY (contract_id, item_id) REFERENCES public.lms_job_item(contract_id, id);


--
-- Name: lms_metered_item lms_metered_item_contract_id_job_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_metered_item
    ADD CONSTRAINT lms_metered_item_contract_id_job_id_fkey FOREIGN KEY (contract_id, job_id) REFERENCES public.lms_job(contract_id, id);


--
-- Name: lms_metered_item lms_metered_item_contract_id_work_record_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_metered_item
    ADD CONSTRAINT lms_metered_item_contract_id_work_record_id_fkey FOREIGN KEY (contract_id, work_record_id) REFERENCES public.work_record(contract_id, id);


--
-- Name: lms_plan lms_plan_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_plan
    ADD CONSTRAINT lms_plan_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: lms_plan lms_plan_contract_id_line_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_plan
    ADD CONSTRAINT lms_plan_contract_id_line_id_fkey FOREIGN KEY (contract_id, line_id) REFERENCES public.contract_line(contract_id, id);


--
-- Name: lms_plan lms_plan_contract_id_site_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_plan
    ADD CONSTRAINT lms_plan_contract_id_site_id_fkey FOREIGN KEY (contract_id, site_id) REFERENCES public.lms_site(contract_id, id);


--
-- Name: lms_plan_row lms_plan_row_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_plan_row
    ADD CONSTRAINT lms_plan_row_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: lms_plan_row lms_plan_row_contract_id_plan_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_plan_row
    ADD CONSTRAINT lms_plan_row_contract_id_plan_id_fkey FOREIGN KEY (contract_id, plan_id) REFERENCES public.lms_plan(contract_id, id);


--
-- Name: lms_probe lms_probe_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_probe
    ADD CONSTRAINT lms_probe_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: lms_probe lms_probe_contract_id_site_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_probe
    ADD CONSTRAINT lms_probe_contract_id_site_id_fkey FOREIGN KEY (contract_id, site_id) REFERENCES public.lms_site(contract_id, id);


--
-- Name: lms_roster_enrolment lms_roster_enrolment_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_roster_enrolment
    ADD CONSTRAINT lms_roster_enrolment_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: lms_roster_enrolment lms_roster_enrolment_contract_id_changed_by_job_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_roster_enrolment
    ADD CONSTRAINT lms_roster_enrolment_contract_id_changed_by_job_id_fkey FOREIGN KEY (contract_id, changed_by_job_id) REFERENCES public.lms_job(contract_id, id);


--
-- Name: lms_roster_enrolment lms_roster_enrolment_contract_id_site_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_roster_enrolment
    ADD CONSTRAINT lms_roster_enrolment_contract_id_site_id_fkey FOREIGN KEY (contract_id, site_id) REFERENCES public.lms_site(contract_id, id);


--
-- Name: lms_roster_member lms_roster_member_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_roster_member
    ADD CONSTRAINT lms_roster_member_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: lms_roster_member lms_roster_member_contract_id_changed_by_job_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_roster_member
    ADD CONSTRAINT lms_roster_member_contract_id_changed_by_job_id_fkey FOREIGN KEY (contract_id, changed_by_job_id) REFERENCES public.lms_job(contract_id, id);


--
-- Name: lms_roster_member lms_roster_member_contract_id_site_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_roster_member
    ADD CONSTRAINT lms_roster_member_contract_id_site_id_fkey FOREIGN KEY (contract_id, site_id) REFERENCES public.lms_site(contract_id, id);


--
-- Name: lms_site lms_site_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_site
    ADD CONSTRAINT lms_site_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: lms_site lms_site_contract_id_credential_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_site
    ADD CONSTRAINT lms_site_contract_id_credential_id_fkey FOREIGN KEY (contract_id, credential_id) REFERENCES public.lms_credential(contract_id, id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: lms_task lms_task_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_task
    ADD CONSTRAINT lms_task_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: lms_task lms_task_contract_id_act_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_task
    ADD CONSTRAINT lms_task_contract_id_act_id_fkey FOREIGN KEY (contract_id, act_id) REFERENCES public.lms_act(contract_id, id);


--
-- Name: lms_task lms_task_contract_id_line_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_task
    ADD CONSTRAINT lms_task_contract_id_line_id_fkey FOREIGN KEY (contract_id, line_id) REFERENCES public.contract_line(contract_id, id);


--
-- Name: lms_task lms_task_contract_id_plan_row_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_task
    ADD CONSTRAINT lms_task_contract_id_plan_row_id_fkey FOREIGN KEY (contract_id, plan_row_id) REFERENCES public.lms_plan_row(contract_id, id);


--
-- Name: lms_task lms_task_contract_id_site_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_task
    ADD CONSTRAINT lms_task_contract_id_site_id_fkey FOREIGN KEY (contract_id, site_id) REFERENCES public.lms_site(contract_id, id);


--
-- Name: lms_task lms_task_contract_id_work_record_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_task
    ADD CONSTRAINT lms_task_contract_id_work_record_id_fkey FOREIGN KEY (contract_id, work_record_id) REFERENCES public.work_record(contract_id, id);


--
-- Name: lms_task_evidence lms_task_evidence_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_task_evidence
    ADD CONSTRAINT lms_task_evidence_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: lms_task_evidence lms_task_evidence_contract_id_evidence_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_task_evidence
    ADD CONSTRAINT lms_task_evidence_contract_id_evidence_id_fkey FOREIGN KEY (contract_id, evidence_id) REFERENCES public.evidence(contract_id, id);


--
-- Name: lms_task_evidence lms_task_evidence_contract_id_task_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.lms_task_evidence
    ADD CONSTRAINT lms_task_evidence_contract_id_task_id_fkey FOREIGN KEY (contract_id, task_id) REFERENCES public.lms_task(contract_id, id);


--
-- Name: margin_alert margin_alert_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.margin_alert
    ADD CONSTRAINT margin_alert_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: margin_alert_cost margin_alert_cost_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.margin_alert_cost
    ADD CONSTRAINT margin_alert_cost_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: margin_alert_cost margin_alert_cost_contract_id_alert_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.margin_alert_cost
    ADD CONSTRAINT margin_alert_cost_contract_id_alert_id_fkey FOREIGN KEY (contract_id, alert_id) REFERENCES public.margin_alert(contract_id, id);


--
-- Name: match_variance match_variance_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.match_variance
    ADD CONSTRAINT match_variance_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: match_variance match_variance_contract_id_invoice_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.match_variance
    ADD CONSTRAINT match_variance_contract_id_invoice_id_fkey FOREIGN KEY (contract_id, invoice_id) REFERENCES public.invoice(contract_id, id);


--
-- Name: match_variance match_variance_contract_id_invoice_line_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.match_variance
    ADD CONSTRAINT match_variance_contract_id_invoice_line_id_fkey FOREIGN KEY (contract_id, invoice_line_id) REFERENCES public.invoice_line(contract_id, id);


--
-- Name: match_variance match_variance_run_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.match_variance
    ADD CONSTRAINT match_variance_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.match_run(id);


--
-- Name: member member_organization_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.member
    ADD CONSTRAINT member_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organization(id);


--
-- Name: obligation_occurrence obligation_occurrence_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.obligation_occurrence
    ADD CONSTRAINT obligation_occurrence_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: obligation_occurrence obligation_occurrence_contract_id_line_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.obligation_occurrence
    ADD CONSTRAINT obligation_occurrence_contract_id_line_id_fkey FOREIGN KEY (contract_id, line_id) REFERENCES public.contract_line(contract_id, id);


--
-- Name: offering offering_current_version_id_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.offering
    ADD CONSTRAINT offering_current_version_id_id_fkey FOREIGN KEY (current_version_id, id) REFERENCES public.offering_version(id, offering_id);


--
-- Name: offering offering_draft_version_id_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.offering
    ADD CONSTRAINT offering_draft_version_id_id_fkey FOREIGN KEY (draft_version_id, id) REFERENCES public.offering_version(id, offering_id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: offering offering_vendor_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.offering
    ADD CONSTRAINT offering_vendor_id_fkey FOREIGN KEY (vendor_id) REFERENCES public.organization(id);


--
-- Name: offering_version offering_version_offering_id_vendor_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.offering_version
    ADD CONSTRAINT offering_version_offering_id_vendor_id_fkey FOREIGN KEY (offering_id, vendor_id) REFERENCES public.offering(id, vendor_id);


--
-- Name: organization organization_country_code_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.organization
    ADD CONSTRAINT organization_country_code_fkey FOREIGN KEY (country_code) REFERENCES public.country(code);


--
-- Name: package_finding package_finding_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.package_finding
    ADD CONSTRAINT package_finding_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: package_finding package_finding_contract_id_package_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.package_finding
    ADD CONSTRAINT package_finding_contract_id_package_id_fkey FOREIGN KEY (contract_id, package_id) REFERENCES public.content_package(contract_id, id);


--
-- Name: package_waiver package_waiver_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.package_waiver
    ADD CONSTRAINT package_waiver_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: package_waiver package_waiver_contract_id_package_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.package_waiver
    ADD CONSTRAINT package_waiver_contract_id_package_id_fkey FOREIGN KEY (contract_id, package_id) REFERENCES public.content_package(contract_id, id);


--
-- Name: payee_account payee_account_vendor_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.payee_account
    ADD CONSTRAINT payee_account_vendor_id_fkey FOREIGN KEY (vendor_id) REFERENCES public.organization(id);


--
-- Name: payer_account payer_account_association_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.payer_account
    ADD CONSTRAINT payer_account_association_id_fkey FOREIGN KEY (association_id) REFERENCES public.organization(id);


--
-- Name: payment payment_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.payment
    ADD CONSTRAINT payment_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: payment payment_contract_id_invoice_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.payment
    ADD CONSTRAINT payment_contract_id_invoice_id_fkey FOREIGN KEY (contract_id, invoice_id) REFERENCES public.invoice(contract_id, id);


--
-- Name: platform_fee_invoice platform_fee_invoice_vendor_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.platform_fee_invoice
    ADD CONSTRAINT platform_fee_invoice_vendor_id_fkey FOREIGN KEY (vendor_id) REFERENCES public.organization(id);


--
-- Name: platform_fee_line platform_fee_line_contract_id_entry_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.platform_fee_line
    ADD CONSTRAINT platform_fee_line_contract_id_entry_id_fkey FOREIGN KEY (contract_id, entry_id) REFERENCES public.journal_entry(contract_id, id);


--
-- Name: platform_fee_line platform_fee_line_platform_fee_invoice_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.platform_fee_line
    ADD CONSTRAINT platform_fee_line_platform_fee_invoice_id_fkey FOREIGN KEY (platform_fee_invoice_id) REFERENCES public.platform_fee_invoice(id);


--
-- Name: posting posting_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.posting
    ADD CONSTRAINT posting_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: posting posting_contract_id_entry_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.posting
    ADD CONSTRAINT posting_contract_id_entry_id_fkey FOREIGN KEY (contract_id, entry_id) REFERENCES public.journal_entry(contract_id, id);


--
-- Name: rate_card_cost rate_card_cost_version_id_key_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.rate_card_cost
    ADD CONSTRAINT rate_card_cost_version_id_key_fkey FOREIGN KEY (version_id, key) REFERENCES public.rate_card_entry(version_id, key) ON DELETE CASCADE;


--
-- Name: rate_card_entry rate_card_entry_version_id_vendor_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.rate_card_entry
    ADD CONSTRAINT rate_card_entry_version_id_vendor_id_fkey FOREIGN KEY (version_id, vendor_id) REFERENCES public.offering_version(id, vendor_id);


--
-- Name: refund refund_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.refund
    ADD CONSTRAINT refund_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: refund refund_contract_id_invoice_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.refund
    ADD CONSTRAINT refund_contract_id_invoice_id_fkey FOREIGN KEY (contract_id, invoice_id) REFERENCES public.invoice(contract_id, id);


--
-- Name: refund refund_contract_id_payment_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.refund
    ADD CONSTRAINT refund_contract_id_payment_id_fkey FOREIGN KEY (contract_id, payment_id) REFERENCES public.payment(contract_id, id);


--
-- Name: retainage_release retainage_release_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.retainage_release
    ADD CONSTRAINT retainage_release_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: retainage_release retainage_release_contract_id_invoice_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.retainage_release
    ADD CONSTRAINT retainage_release_contract_id_invoice_id_fkey FOREIGN KEY (contract_id, invoice_id) REFERENCES public.invoice(contract_id, id);


--
-- Name: scope_answer scope_answer_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.scope_answer
    ADD CONSTRAINT scope_answer_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: scope_answer scope_answer_contract_id_line_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.scope_answer
    ADD CONSTRAINT scope_answer_contract_id_line_id_fkey FOREIGN KEY (contract_id, line_id) REFERENCES public.contract_line(contract_id, id);


--
-- Name: scope_answer scope_answer_contract_id_work_record_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.scope_answer
    ADD CONSTRAINT scope_answer_contract_id_work_record_id_fkey FOREIGN KEY (contract_id, work_record_id) REFERENCES public.work_record(contract_id, id);


--
-- Name: service_level service_level_version_id_vendor_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.service_level
    ADD CONSTRAINT service_level_version_id_vendor_id_fkey FOREIGN KEY (version_id, vendor_id) REFERENCES public.offering_version(id, vendor_id);


--
-- Name: settlement settlement_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.settlement
    ADD CONSTRAINT settlement_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: settlement settlement_contract_id_invoice_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.settlement
    ADD CONSTRAINT settlement_contract_id_invoice_id_fkey FOREIGN KEY (contract_id, invoice_id) REFERENCES public.invoice(contract_id, id);


--
-- Name: submission submission_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.submission
    ADD CONSTRAINT submission_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: submission_record submission_record_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.submission_record
    ADD CONSTRAINT submission_record_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: submission_record submission_record_contract_id_submission_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.submission_record
    ADD CONSTRAINT submission_record_contract_id_submission_id_fkey FOREIGN KEY (contract_id, submission_id) REFERENCES public.submission(contract_id, id);


--
-- Name: submission_record submission_record_contract_id_work_record_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.submission_record
    ADD CONSTRAINT submission_record_contract_id_work_record_id_fkey FOREIGN KEY (contract_id, work_record_id) REFERENCES public.work_record(contract_id, id);


--
-- Name: tax_exemption tax_exemption_association_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.tax_exemption
    ADD CONSTRAINT tax_exemption_association_id_fkey FOREIGN KEY (association_id) REFERENCES public.organization(id);


--
-- Name: tax_exemption tax_exemption_country_code_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.tax_exemption
    ADD CONSTRAINT tax_exemption_country_code_fkey FOREIGN KEY (country_code) REFERENCES public.country(code);


--
-- Name: tax_exemption tax_exemption_evidence_contract_id_evidence_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.tax_exemption
    ADD CONSTRAINT tax_exemption_evidence_contract_id_evidence_id_fkey FOREIGN KEY (evidence_contract_id, evidence_id) REFERENCES public.evidence(contract_id, id);


--
-- Name: tax_registration tax_registration_organization_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.tax_registration
    ADD CONSTRAINT tax_registration_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organization(id);


--
-- Name: tax_rule tax_rule_buyer_country_code_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.tax_rule
    ADD CONSTRAINT tax_rule_buyer_country_code_fkey FOREIGN KEY (buyer_country_code) REFERENCES public.country(code);


--
-- Name: tax_rule tax_rule_seller_country_code_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.tax_rule
    ADD CONSTRAINT tax_rule_seller_country_code_fkey FOREIGN KEY (seller_country_code) REFERENCES public.country(code);


--
-- Name: work_record work_record_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.work_record
    ADD CONSTRAINT work_record_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: work_record work_record_contract_id_line_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.work_record
    ADD CONSTRAINT work_record_contract_id_line_id_fkey FOREIGN KEY (contract_id, line_id) REFERENCES public.contract_line(contract_id, id);


--
-- Name: work_record work_record_contract_id_submission_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.work_record
    ADD CONSTRAINT work_record_contract_id_submission_id_fkey FOREIGN KEY (contract_id, submission_id) REFERENCES public.submission(contract_id, id);


--
-- Name: write_off write_off_contract; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.write_off
    ADD CONSTRAINT write_off_contract FOREIGN KEY (contract_id, association_id, vendor_id) REFERENCES public.contract(id, association_id, vendor_id);


--
-- Name: write_off write_off_contract_id_invoice_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.write_off
    ADD CONSTRAINT write_off_contract_id_invoice_id_fkey FOREIGN KEY (contract_id, invoice_id) REFERENCES public.invoice(contract_id, id);


--
-- Name: write_off write_off_exception_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE ONLY public.write_off
    ADD CONSTRAINT write_off_exception_id_fkey FOREIGN KEY (exception_id) REFERENCES public.billing_exception(id);


--
-- Name: accessibility_answer; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.accessibility_answer ENABLE ROW LEVEL SECURITY;

--
-- Name: accessibility_finding; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.accessibility_finding ENABLE ROW LEVEL SECURITY;

--
-- Name: accessibility_review; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.accessibility_review ENABLE ROW LEVEL SECURITY;

--
-- Name: accounting_period; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.accounting_period ENABLE ROW LEVEL SECURITY;

--
-- Name: actual_cost; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.actual_cost ENABLE ROW LEVEL SECURITY;

--
-- Name: api_key; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.api_key ENABLE ROW LEVEL SECURITY;

--
-- Name: accessibility_answer app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.accessibility_answer TO chapterhouse_app USING (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END) WITH CHECK (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END);


--
-- Name: accessibility_finding app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.accessibility_finding TO chapterhouse_app USING (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END) WITH CHECK (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END);


--
-- Name: accessibility_review app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.accessibility_review TO chapterhouse_app USING (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END) WITH CHECK (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END);


--
-- Name: accounting_period app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.accounting_period TO chapterhouse_app USING (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['OWNER'::text, 'BILLING_ADMIN'::text, 'AUDITOR'::text]))) WITH CHECK (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text])));


--
-- Name: actual_cost app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.actual_cost TO chapterhouse_app USING (
CASE
    WHEN ((strpos(current_setting('app.granted'::text, true), (contract_id || ':DELIVERY_LEAD '::text)) > 0) AND (vendor_id = (current_setting('app.organization_id'::text))::uuid)) THEN true
    ELSE (app.sees(contract_id, association_id, vendor_id) AND (app.disclosure(contract_id, association_id, vendor_id) = 'FULL'::text))
END) WITH CHECK ((app.sees(contract_id, association_id, vendor_id) AND (app.disclosure(contract_id, association_id, vendor_id) = 'FULL'::text)));


--
-- Name: api_key app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.api_key TO chapterhouse_app USING (((organization_id = app.organization_id()) AND app.has_role(VARIADIC ARRAY['OWNER'::text]))) WITH CHECK (((organization_id = app.organization_id()) AND app.has_role(VARIADIC ARRAY['OWNER'::text])));


--
-- Name: audit_event app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.audit_event TO chapterhouse_app USING (
CASE
    WHEN (type = ANY (ARRAY['MARGIN_ALERT_RAISED'::text, 'MARGIN_ALERT_CLEARED'::text])) THEN (app.sees(contract_id, association_id, vendor_id) AND (app.disclosure(contract_id, association_id, vendor_id) = ANY (ARRAY['FULL'::text, 'BAND_ONLY'::text])))
    ELSE
    CASE
        WHEN (contract_id IS NULL) THEN ((actor_organization_id = app.organization_id()) AND app.has_role(VARIADIC ARRAY['OWNER'::text, 'AUDITOR'::text]))
        ELSE app.sees(contract_id, association_id, vendor_id)
    END
END) WITH CHECK ((actor_member_id = app.member_id()));


--
-- Name: balance_transaction app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.balance_transaction TO chapterhouse_app USING (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['OWNER'::text, 'BILLING_ADMIN'::text, 'AUDITOR'::text]))) WITH CHECK (false);


--
-- Name: bank_statement app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.bank_statement TO chapterhouse_app USING (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['OWNER'::text, 'BILLING_ADMIN'::text, 'AUDITOR'::text]))) WITH CHECK (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text])));


--
-- Name: bank_statement_line app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.bank_statement_line TO chapterhouse_app USING (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['OWNER'::text, 'BILLING_ADMIN'::text, 'AUDITOR'::text]))) WITH CHECK (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text])));


--
-- Name: billing_exception app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.billing_exception TO chapterhouse_app USING (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['OWNER'::text, 'BILLING_ADMIN'::text, 'AUDITOR'::text]))) WITH CHECK (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text])));


--
-- Name: billing_run app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.billing_run TO chapterhouse_app USING (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text]))) WITH CHECK (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text])));


--
-- Name: billing_run_item app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.billing_run_item TO chapterhouse_app USING (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text]))) WITH CHECK (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text])));


--
-- Name: billing_setting app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.billing_setting TO chapterhouse_app USING (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['OWNER'::text, 'BILLING_ADMIN'::text, 'AUDITOR'::text]))) WITH CHECK (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text])));


--
-- Name: certificate app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.certificate TO chapterhouse_app USING (app.sees_learners(contract_id, association_id, vendor_id, site_id)) WITH CHECK (app.sees_learners(contract_id, association_id, vendor_id, site_id));


--
-- Name: chargeback app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.chargeback TO chapterhouse_app USING (app.sees(contract_id, association_id, vendor_id)) WITH CHECK ((app.sees(contract_id, association_id, vendor_id) AND (app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text])));


--
-- Name: content_package app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.content_package TO chapterhouse_app USING (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END) WITH CHECK (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END);


--
-- Name: contract app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.contract TO chapterhouse_app USING (
CASE
    WHEN ((strpos(current_setting('app.granted'::text, true), (id)::text) > 0) AND true) THEN true
    ELSE app.sees(id, association_id, vendor_id)
END) WITH CHECK (app.is_party(association_id, vendor_id));


--
-- Name: contract_grant app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.contract_grant TO chapterhouse_app USING (((member_id = app.member_id()) OR app.is_party(association_id, vendor_id))) WITH CHECK ((app.is_party(association_id, vendor_id) OR (member_id = app.member_id())));


--
-- Name: contract_line app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.contract_line TO chapterhouse_app USING (
CASE
    WHEN ((strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) AND true) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END) WITH CHECK (app.sees(contract_id, association_id, vendor_id));


--
-- Name: contract_line_cost app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.contract_line_cost TO chapterhouse_app USING (
CASE
    WHEN ((strpos(current_setting('app.granted'::text, true), (contract_id || ':DELIVERY_LEAD '::text)) > 0) AND (vendor_id = (current_setting('app.organization_id'::text))::uuid)) THEN true
    ELSE (app.sees(contract_id, association_id, vendor_id) AND (app.disclosure(contract_id, association_id, vendor_id) = 'FULL'::text))
END) WITH CHECK ((app.sees(contract_id, association_id, vendor_id) AND (app.disclosure(contract_id, association_id, vendor_id) = 'FULL'::text)));


--
-- Name: contract_line_cost_terms app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.contract_line_cost_terms TO chapterhouse_app USING ((app.sees(contract_id, association_id, vendor_id) AND (app.disclosure(contract_id, association_id, vendor_id) = 'FULL'::text))) WITH CHECK (app.sees(contract_id, association_id, vendor_id));


--
-- Name: contract_line_pricing app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.contract_line_pricing TO chapterhouse_app USING (app.sees(contract_id, association_id, vendor_id)) WITH CHECK (app.sees(contract_id, association_id, vendor_id));


--
-- Name: contract_line_tier app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.contract_line_tier TO chapterhouse_app USING (app.sees(contract_id, association_id, vendor_id)) WITH CHECK (app.sees(contract_id, association_id, vendor_id));


--
-- Name: contract_revision app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.contract_revision TO chapterhouse_app USING (
CASE
    WHEN ((strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) AND true) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END) WITH CHECK (app.sees(contract_id, association_id, vendor_id));


--
-- Name: contract_signature app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.contract_signature TO chapterhouse_app USING (
CASE
    WHEN ((strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) AND true) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END) WITH CHECK (app.sees(contract_id, association_id, vendor_id));


--
-- Name: cost_question app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.cost_question TO chapterhouse_app USING ((app.sees(contract_id, association_id, vendor_id) AND (app.disclosure(contract_id, association_id, vendor_id) = 'FULL'::text))) WITH CHECK ((app.sees(contract_id, association_id, vendor_id) AND (app.disclosure(contract_id, association_id, vendor_id) = 'FULL'::text)));


--
-- Name: credit_activity app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.credit_activity TO chapterhouse_app USING (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END) WITH CHECK (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END);


--
-- Name: credit_application app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.credit_application TO chapterhouse_app USING (app.sees(contract_id, association_id, vendor_id)) WITH CHECK ((app.sees(contract_id, association_id, vendor_id) AND (app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text])));


--
-- Name: credit_entry app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.credit_entry TO chapterhouse_app USING (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END) WITH CHECK (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END);


--
-- Name: credit_note app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.credit_note TO chapterhouse_app USING (app.sees(contract_id, association_id, vendor_id)) WITH CHECK ((app.sees(contract_id, association_id, vendor_id) AND (app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text])));


--
-- Name: credit_note_counter app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.credit_note_counter TO chapterhouse_app USING (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text]))) WITH CHECK (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text])));


--
-- Name: credit_note_line app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.credit_note_line TO chapterhouse_app USING (app.sees(contract_id, association_id, vendor_id)) WITH CHECK ((app.sees(contract_id, association_id, vendor_id) AND (app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text])));


--
-- Name: credit_note_line_cost app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.credit_note_line_cost TO chapterhouse_app USING ((app.sees(contract_id, association_id, vendor_id) AND (app.disclosure(contract_id, association_id, vendor_id) = 'FULL'::text))) WITH CHECK ((app.sees(contract_id, association_id, vendor_id) AND (app.disclosure(contract_id, association_id, vendor_id) = 'FULL'::text)));


--
-- Name: credit_rule app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.credit_rule TO chapterhouse_app USING (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END) WITH CHECK (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END);


--
-- Name: decision app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.decision TO chapterhouse_app USING (
CASE
    WHEN ((strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) AND true) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END) WITH CHECK (app.sees(contract_id, association_id, vendor_id));


--
-- Name: dunning_level app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.dunning_level TO chapterhouse_app USING (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['OWNER'::text, 'BILLING_ADMIN'::text, 'AUDITOR'::text]))) WITH CHECK (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text])));


--
-- Name: dunning_notice app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.dunning_notice TO chapterhouse_app USING (app.sees(contract_id, association_id, vendor_id)) WITH CHECK (app.sees(contract_id, association_id, vendor_id));


--
-- Name: dunning_pause app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.dunning_pause TO chapterhouse_app USING (app.sees(contract_id, association_id, vendor_id)) WITH CHECK ((app.sees(contract_id, association_id, vendor_id) AND (app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text])));


--
-- Name: evidence app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.evidence TO chapterhouse_app USING (
CASE
    WHEN shows_cost THEN (app.sees(contract_id, association_id, vendor_id) AND (app.disclosure(contract_id, association_id, vendor_id) = 'FULL'::text))
    ELSE
    CASE
        WHEN (learners_site_id IS NULL) THEN
        CASE
            WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
            ELSE app.sees(contract_id, association_id, vendor_id)
        END
        ELSE app.sees_learners(contract_id, association_id, vendor_id, learners_site_id)
    END
END) WITH CHECK ((app.sees(contract_id, association_id, vendor_id) AND ((NOT shows_cost) OR (app.disclosure(contract_id, association_id, vendor_id) = 'FULL'::text))));


--
-- Name: exchange_rate app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.exchange_rate TO chapterhouse_app USING (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['OWNER'::text, 'BILLING_ADMIN'::text, 'AUDITOR'::text]))) WITH CHECK (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text])));


--
-- Name: gainshare app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.gainshare TO chapterhouse_app USING ((app.sees(contract_id, association_id, vendor_id) AND (app.disclosure(contract_id, association_id, vendor_id) = 'FULL'::text))) WITH CHECK ((app.sees(contract_id, association_id, vendor_id) AND (app.disclosure(contract_id, association_id, vendor_id) = 'FULL'::text) AND (app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text])));


--
-- Name: gainshare_agreement app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.gainshare_agreement TO chapterhouse_app USING (app.sees(contract_id, association_id, vendor_id)) WITH CHECK ((app.sees(contract_id, association_id, vendor_id) AND (app.organization_kind() <> 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['SIGNATORY'::text])));


--
-- Name: idempotency_key app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.idempotency_key TO chapterhouse_app USING ((member_id = app.member_id())) WITH CHECK ((member_id = app.member_id()));


--
-- Name: invitation app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.invitation TO chapterhouse_app USING ((app.has_role(VARIADIC ARRAY['OWNER'::text]) AND ((organization_id = app.organization_id()) OR (app.organization_kind() = 'OPERATOR'::text)))) WITH CHECK ((app.has_role(VARIADIC ARRAY['OWNER'::text]) AND ((organization_id = app.organization_id()) OR (app.organization_kind() = 'OPERATOR'::text))));


--
-- Name: invoice app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.invoice TO chapterhouse_app USING (
CASE
    WHEN ((strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) AND true) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END) WITH CHECK ((app.sees(contract_id, association_id, vendor_id) AND (app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text])));


--
-- Name: invoice_counter app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.invoice_counter TO chapterhouse_app USING (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text]))) WITH CHECK (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text])));


--
-- Name: invoice_dispute app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.invoice_dispute TO chapterhouse_app USING (app.sees(contract_id, association_id, vendor_id)) WITH CHECK ((app.sees(contract_id, association_id, vendor_id) AND (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text])) OR ((app.organization_kind() = 'ASSOCIATION'::text) AND app.has_role(VARIADIC ARRAY['OWNER'::text, 'FINANCE'::text])))));


--
-- Name: invoice_dispute_evidence app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.invoice_dispute_evidence TO chapterhouse_app USING (app.sees(contract_id, association_id, vendor_id)) WITH CHECK ((app.sees(contract_id, association_id, vendor_id) AND (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text])) OR ((app.organization_kind() = 'ASSOCIATION'::text) AND app.has_role(VARIADIC ARRAY['OWNER'::text, 'FINANCE'::text])))));


--
-- Name: invoice_dispute_line app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.invoice_dispute_line TO chapterhouse_app USING (app.sees(contract_id, association_id, vendor_id)) WITH CHECK ((app.sees(contract_id, association_id, vendor_id) AND (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text])) OR ((app.organization_kind() = 'ASSOCIATION'::text) AND app.has_role(VARIADIC ARRAY['OWNER'::text, 'FINANCE'::text])))));


--
-- Name: invoice_exchange app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.invoice_exchange TO chapterhouse_app USING (app.sees(contract_id, association_id, vendor_id)) WITH CHECK ((app.sees(contract_id, association_id, vendor_id) AND (app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text])));


--
-- Name: invoice_line app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.invoice_line TO chapterhouse_app USING (
CASE
    WHEN ((strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) AND true) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END) WITH CHECK ((app.sees(contract_id, association_id, vendor_id) AND (app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text])));


--
-- Name: invoice_line_cost app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.invoice_line_cost TO chapterhouse_app USING (
CASE
    WHEN ((strpos(current_setting('app.granted'::text, true), (contract_id || ':DELIVERY_LEAD '::text)) > 0) AND (vendor_id = (current_setting('app.organization_id'::text))::uuid)) THEN true
    ELSE (app.sees(contract_id, association_id, vendor_id) AND (app.disclosure(contract_id, association_id, vendor_id) = 'FULL'::text))
END) WITH CHECK ((app.sees(contract_id, association_id, vendor_id) AND (app.disclosure(contract_id, association_id, vendor_id) = 'FULL'::text)));


--
-- Name: invoice_source app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.invoice_source TO chapterhouse_app USING (
CASE
    WHEN ((strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) AND true) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END) WITH CHECK ((app.sees(contract_id, association_id, vendor_id) AND (app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text])));


--
-- Name: journal_entry app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.journal_entry TO chapterhouse_app USING (
CASE
    WHEN ((strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) AND true) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END) WITH CHECK ((app.sees(contract_id, association_id, vendor_id) AND (app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text])));


--
-- Name: lms_act app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.lms_act TO chapterhouse_app USING (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END) WITH CHECK (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END);


--
-- Name: lms_act_subject app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.lms_act_subject TO chapterhouse_app USING (app.sees_learners(contract_id, association_id, vendor_id, site_id)) WITH CHECK (app.sees_learners(contract_id, association_id, vendor_id, site_id));


--
-- Name: lms_chain app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.lms_chain TO chapterhouse_app USING (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END) WITH CHECK (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END);


--
-- Name: lms_completion app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.lms_completion TO chapterhouse_app USING (app.sees_learners(contract_id, association_id, vendor_id, site_id)) WITH CHECK (app.sees_learners(contract_id, association_id, vendor_id, site_id));


--
-- Name: lms_completion_reading app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.lms_completion_reading TO chapterhouse_app USING (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END) WITH CHECK (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END);


--
-- Name: lms_completion_withdrawal app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.lms_completion_withdrawal TO chapterhouse_app USING (app.sees_learners(contract_id, association_id, vendor_id, site_id)) WITH CHECK (app.sees_learners(contract_id, association_id, vendor_id, site_id));


--
-- Name: lms_credential app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.lms_credential TO chapterhouse_app USING (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END) WITH CHECK (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END);


--
-- Name: lms_drift_finding app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.lms_drift_finding TO chapterhouse_app USING (app.sees_learners(contract_id, association_id, vendor_id, site_id)) WITH CHECK (app.sees_learners(contract_id, association_id, vendor_id, site_id));


--
-- Name: lms_drift_reading app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.lms_drift_reading TO chapterhouse_app USING (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END) WITH CHECK (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END);


--
-- Name: lms_grant app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.lms_grant TO chapterhouse_app USING (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END) WITH CHECK (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END);


--
-- Name: lms_job app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.lms_job TO chapterhouse_app USING (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END) WITH CHECK (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END);


--
-- Name: lms_job_item app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.lms_job_item TO chapterhouse_app USING (app.sees_learners(contract_id, association_id, vendor_id, site_id)) WITH CHECK (app.sees_learners(contract_id, association_id, vendor_id, site_id));


--
-- Name: lms_maintenance app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.lms_maintenance TO chapterhouse_app USING (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END) WITH CHECK (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END);


--
-- Name: lms_metered_item app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.lms_metered_item TO chapterhouse_app USING (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END) WITH CHECK (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END);


--
-- Name: lms_plan app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.lms_plan TO chapterhouse_app USING (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END) WITH CHECK (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END);


--
-- Name: lms_plan_row app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.lms_plan_row TO chapterhouse_app USING (app.sees_learners(contract_id, association_id, vendor_id, site_id)) WITH CHECK (app.sees_learners(contract_id, association_id, vendor_id, site_id));


--
-- Name: lms_probe app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.lms_probe TO chapterhouse_app USING (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END) WITH CHECK (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END);


--
-- Name: lms_roster_enrolment app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.lms_roster_enrolment TO chapterhouse_app USING (app.sees_learners(contract_id, association_id, vendor_id, site_id)) WITH CHECK (app.sees_learners(contract_id, association_id, vendor_id, site_id));


--
-- Name: lms_roster_member app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.lms_roster_member TO chapterhouse_app USING (app.sees_learners(contract_id, association_id, vendor_id, site_id)) WITH CHECK (app.sees_learners(contract_id, association_id, vendor_id, site_id));


--
-- Name: lms_site app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.lms_site TO chapterhouse_app USING (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END) WITH CHECK (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END);


--
-- Name: lms_task app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.lms_task TO chapterhouse_app USING (app.sees_learners(contract_id, association_id, vendor_id, site_id)) WITH CHECK (app.sees_learners(contract_id, association_id, vendor_id, site_id));


--
-- Name: lms_task_evidence app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.lms_task_evidence TO chapterhouse_app USING (app.sees_learners(contract_id, association_id, vendor_id, site_id)) WITH CHECK (app.sees_learners(contract_id, association_id, vendor_id, site_id));


--
-- Name: margin_alert app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.margin_alert TO chapterhouse_app USING ((app.sees(contract_id, association_id, vendor_id) AND (app.disclosure(contract_id, association_id, vendor_id) = ANY (ARRAY['FULL'::text, 'BAND_ONLY'::text])))) WITH CHECK ((app.sees(contract_id, association_id, vendor_id) AND (app.disclosure(contract_id, association_id, vendor_id) = ANY (ARRAY['FULL'::text, 'BAND_ONLY'::text]))));


--
-- Name: margin_alert_cost app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.margin_alert_cost TO chapterhouse_app USING ((app.sees(contract_id, association_id, vendor_id) AND (app.disclosure(contract_id, association_id, vendor_id) = 'FULL'::text))) WITH CHECK ((app.sees(contract_id, association_id, vendor_id) AND (app.disclosure(contract_id, association_id, vendor_id) = 'FULL'::text)));


--
-- Name: match_run app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.match_run TO chapterhouse_app USING (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['OWNER'::text, 'BILLING_ADMIN'::text, 'AUDITOR'::text]))) WITH CHECK (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text])));


--
-- Name: match_tolerance app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.match_tolerance TO chapterhouse_app USING (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['OWNER'::text, 'BILLING_ADMIN'::text, 'AUDITOR'::text]))) WITH CHECK (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text])));


--
-- Name: match_variance app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.match_variance TO chapterhouse_app USING (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['OWNER'::text, 'BILLING_ADMIN'::text, 'AUDITOR'::text]))) WITH CHECK (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text])));


--
-- Name: member app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.member TO chapterhouse_app USING ((organization_id = app.organization_id())) WITH CHECK (((organization_id = app.organization_id()) AND app.has_role(VARIADIC ARRAY['OWNER'::text])));


--
-- Name: obligation_occurrence app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.obligation_occurrence TO chapterhouse_app USING (
CASE
    WHEN ((strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) AND true) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END) WITH CHECK (app.sees(contract_id, association_id, vendor_id));


--
-- Name: offering app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.offering TO chapterhouse_app USING (((vendor_id = app.organization_id()) OR (published_at IS NOT NULL))) WITH CHECK ((vendor_id = app.organization_id()));


--
-- Name: offering_version app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.offering_version TO chapterhouse_app USING (((vendor_id = app.organization_id()) OR (published_at IS NOT NULL))) WITH CHECK ((vendor_id = app.organization_id()));


--
-- Name: organization app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.organization TO chapterhouse_app USING (((kind <> 'ASSOCIATION'::text) OR app.sees_association(id))) WITH CHECK ((app.has_role(VARIADIC ARRAY['OWNER'::text]) AND ((id = app.organization_id()) OR (app.organization_kind() = 'OPERATOR'::text))));


--
-- Name: package_finding app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.package_finding TO chapterhouse_app USING (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END) WITH CHECK (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END);


--
-- Name: package_waiver app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.package_waiver TO chapterhouse_app USING (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END) WITH CHECK (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END);


--
-- Name: payee_account app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.payee_account TO chapterhouse_app USING ((((app.organization_kind() = 'VENDOR'::text) AND app.has_role(VARIADIC ARRAY['OWNER'::text, 'FINANCE'::text]) AND (vendor_id = app.organization_id())) OR ((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['OWNER'::text, 'BILLING_ADMIN'::text, 'AUDITOR'::text])))) WITH CHECK (((app.organization_kind() = 'VENDOR'::text) AND app.has_role(VARIADIC ARRAY['OWNER'::text, 'FINANCE'::text]) AND (vendor_id = app.organization_id())));


--
-- Name: payer_account app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.payer_account TO chapterhouse_app USING ((((app.organization_kind() = 'ASSOCIATION'::text) AND app.has_role(VARIADIC ARRAY['OWNER'::text, 'FINANCE'::text]) AND (association_id = app.organization_id())) OR ((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['OWNER'::text, 'BILLING_ADMIN'::text, 'AUDITOR'::text])))) WITH CHECK (false);


--
-- Name: payment app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.payment TO chapterhouse_app USING (app.sees(contract_id, association_id, vendor_id)) WITH CHECK ((app.sees(contract_id, association_id, vendor_id) AND (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text])) OR ((app.organization_kind() = 'ASSOCIATION'::text) AND app.has_role(VARIADIC ARRAY['OWNER'::text, 'FINANCE'::text]) AND (association_id = app.organization_id()) AND (received_minor = 0) AND ((status = 'STARTED'::text) OR (cancel_asked_at IS NOT NULL))))));


--
-- Name: payout app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.payout TO chapterhouse_app USING (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['OWNER'::text, 'BILLING_ADMIN'::text, 'AUDITOR'::text]))) WITH CHECK (false);


--
-- Name: platform_fee_counter app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.platform_fee_counter TO chapterhouse_app USING (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text]))) WITH CHECK (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text])));


--
-- Name: platform_fee_invoice app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.platform_fee_invoice TO chapterhouse_app USING (
CASE
    WHEN (vendor_id = app.organization_id()) THEN app.has_role(VARIADIC ARRAY['OWNER'::text, 'FINANCE'::text])
    ELSE ((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['OWNER'::text, 'BILLING_ADMIN'::text, 'AUDITOR'::text]))
END) WITH CHECK (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text])));


--
-- Name: platform_fee_line app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.platform_fee_line TO chapterhouse_app USING (
CASE
    WHEN (vendor_id = app.organization_id()) THEN app.has_role(VARIADIC ARRAY['OWNER'::text, 'FINANCE'::text])
    ELSE ((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['OWNER'::text, 'BILLING_ADMIN'::text, 'AUDITOR'::text]))
END) WITH CHECK (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text])));


--
-- Name: posting app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.posting TO chapterhouse_app USING ((app.sees(contract_id, association_id, vendor_id) AND
CASE app.organization_kind()
    WHEN 'ASSOCIATION'::text THEN (account = ANY (ARRAY['ASSOCIATION_RECEIVABLE'::text, 'RETAINAGE_RECEIVABLE'::text, 'ASSOCIATION_CREDIT'::text]))
    WHEN 'VENDOR'::text THEN (account = ANY (ARRAY['ASSOCIATION_RECEIVABLE'::text, 'RETAINAGE_RECEIVABLE'::text, 'VENDOR_PAYABLE'::text, 'TAX_PAYABLE'::text, 'PLATFORM_FEE_INCOME'::text, 'PLATFORM_FEE_TAX'::text]))
    ELSE true
END)) WITH CHECK ((app.sees(contract_id, association_id, vendor_id) AND (app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text])));


--
-- Name: rate_card_cost app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.rate_card_cost TO chapterhouse_app USING (((vendor_id = app.organization_id()) AND app.has_role(VARIADIC ARRAY['OWNER'::text, 'FINANCE'::text, 'CATALOG_MANAGER'::text]))) WITH CHECK (((vendor_id = app.organization_id()) AND app.has_role(VARIADIC ARRAY['OWNER'::text, 'FINANCE'::text, 'CATALOG_MANAGER'::text])));


--
-- Name: rate_card_entry app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.rate_card_entry TO chapterhouse_app USING ((published OR (vendor_id = app.organization_id()))) WITH CHECK ((vendor_id = app.organization_id()));


--
-- Name: refund app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.refund TO chapterhouse_app USING (app.sees(contract_id, association_id, vendor_id)) WITH CHECK ((app.sees(contract_id, association_id, vendor_id) AND (app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text])));


--
-- Name: retainage_release app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.retainage_release TO chapterhouse_app USING (app.sees(contract_id, association_id, vendor_id)) WITH CHECK ((app.sees(contract_id, association_id, vendor_id) AND (app.organization_kind() = 'ASSOCIATION'::text) AND app.has_role(VARIADIC ARRAY['OWNER'::text, 'FINANCE'::text, 'SIGNATORY'::text])));


--
-- Name: scope_answer app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.scope_answer TO chapterhouse_app USING (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END) WITH CHECK (
CASE
    WHEN (strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END);


--
-- Name: service_level app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.service_level TO chapterhouse_app USING ((published OR (vendor_id = app.organization_id()))) WITH CHECK ((vendor_id = app.organization_id()));


--
-- Name: settlement app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.settlement TO chapterhouse_app USING ((app.sees(contract_id, association_id, vendor_id) AND (app.organization_kind() <> 'ASSOCIATION'::text))) WITH CHECK ((app.sees(contract_id, association_id, vendor_id) AND (app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text])));


--
-- Name: stripe_event app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.stripe_event TO chapterhouse_app USING (false) WITH CHECK (true);


--
-- Name: submission app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.submission TO chapterhouse_app USING (
CASE
    WHEN ((strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) AND true) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END) WITH CHECK (app.sees(contract_id, association_id, vendor_id));


--
-- Name: submission_record app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.submission_record TO chapterhouse_app USING (
CASE
    WHEN ((strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) AND true) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END) WITH CHECK (app.sees(contract_id, association_id, vendor_id));


--
-- Name: tax_exemption app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.tax_exemption TO chapterhouse_app USING (
CASE
    WHEN (association_id = app.organization_id()) THEN app.has_role(VARIADIC ARRAY['OWNER'::text, 'FINANCE'::text, 'PROCUREMENT'::text, 'AUDITOR'::text])
    ELSE ((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['OWNER'::text, 'BILLING_ADMIN'::text, 'AUDITOR'::text]))
END) WITH CHECK ((((association_id = app.organization_id()) AND app.has_role(VARIADIC ARRAY['OWNER'::text, 'FINANCE'::text]) AND (status = 'FILED'::text)) OR ((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text]))));


--
-- Name: tax_registration app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.tax_registration TO chapterhouse_app USING (((organization_id = app.organization_id()) OR ((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['OWNER'::text, 'BILLING_ADMIN'::text, 'AUDITOR'::text])))) WITH CHECK (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text])));


--
-- Name: tax_rule app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.tax_rule TO chapterhouse_app USING (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['OWNER'::text, 'BILLING_ADMIN'::text, 'AUDITOR'::text]))) WITH CHECK (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text])));


--
-- Name: work_record app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.work_record TO chapterhouse_app USING (
CASE
    WHEN ((strpos(current_setting('app.granted'::text, true), (contract_id)::text) > 0) AND true) THEN true
    ELSE app.sees(contract_id, association_id, vendor_id)
END) WITH CHECK (app.sees(contract_id, association_id, vendor_id));


--
-- Name: write_off app; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY app ON public.write_off TO chapterhouse_app USING (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['OWNER'::text, 'BILLING_ADMIN'::text, 'AUDITOR'::text]))) WITH CHECK (((app.organization_kind() = 'OPERATOR'::text) AND app.has_role(VARIADIC ARRAY['BILLING_ADMIN'::text])));


--
-- Name: audit_event; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.audit_event ENABLE ROW LEVEL SECURITY;

--
-- Name: balance_transaction; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.balance_transaction ENABLE ROW LEVEL SECURITY;

--
-- Name: bank_statement; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.bank_statement ENABLE ROW LEVEL SECURITY;

--
-- Name: bank_statement_line; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.bank_statement_line ENABLE ROW LEVEL SECURITY;

--
-- Name: billing_exception; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.billing_exception ENABLE ROW LEVEL SECURITY;

--
-- Name: billing_run; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.billing_run ENABLE ROW LEVEL SECURITY;

--
-- Name: billing_run_item; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.billing_run_item ENABLE ROW LEVEL SECURITY;

--
-- Name: billing_setting; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.billing_setting ENABLE ROW LEVEL SECURITY;

--
-- Name: certificate; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.certificate ENABLE ROW LEVEL SECURITY;

--
-- Name: chargeback; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.chargeback ENABLE ROW LEVEL SECURITY;

--
-- Name: content_package; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.content_package ENABLE ROW LEVEL SECURITY;

--
-- Name: contract; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.contract ENABLE ROW LEVEL SECURITY;

--
-- Name: contract_grant; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.contract_grant ENABLE ROW LEVEL SECURITY;

--
-- Name: contract_line; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.contract_line ENABLE ROW LEVEL SECURITY;

--
-- Name: contract_line_cost; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.contract_line_cost ENABLE ROW LEVEL SECURITY;

--
-- Name: contract_line_cost_terms; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.contract_line_cost_terms ENABLE ROW LEVEL SECURITY;

--
-- Name: contract_line_pricing; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.contract_line_pricing ENABLE ROW LEVEL SECURITY;

--
-- Name: contract_line_tier; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.contract_line_tier ENABLE ROW LEVEL SECURITY;

--
-- Name: contract_revision; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.contract_revision ENABLE ROW LEVEL SECURITY;

--
-- Name: contract_signature; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.contract_signature ENABLE ROW LEVEL SECURITY;

--
-- Name: cost_question; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.cost_question ENABLE ROW LEVEL SECURITY;

--
-- Name: credit_activity; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.credit_activity ENABLE ROW LEVEL SECURITY;

--
-- Name: credit_application; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.credit_application ENABLE ROW LEVEL SECURITY;

--
-- Name: credit_entry; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.credit_entry ENABLE ROW LEVEL SECURITY;

--
-- Name: credit_note; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.credit_note ENABLE ROW LEVEL SECURITY;

--
-- Name: credit_note_counter; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.credit_note_counter ENABLE ROW LEVEL SECURITY;

--
-- Name: credit_note_line; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.credit_note_line ENABLE ROW LEVEL SECURITY;

--
-- Name: credit_note_line_cost; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.credit_note_line_cost ENABLE ROW LEVEL SECURITY;

--
-- Name: credit_rule; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.credit_rule ENABLE ROW LEVEL SECURITY;

--
-- Name: decision; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.decision ENABLE ROW LEVEL SECURITY;

--
-- Name: dunning_level; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.dunning_level ENABLE ROW LEVEL SECURITY;

--
-- Name: dunning_notice; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.dunning_notice ENABLE ROW LEVEL SECURITY;

--
-- Name: dunning_pause; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.dunning_pause ENABLE ROW LEVEL SECURITY;

--
-- Name: accessibility_answer everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.accessibility_answer TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: accessibility_finding everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.accessibility_finding TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: accessibility_review everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.accessibility_review TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: accounting_period everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.accounting_period TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: actual_cost everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.actual_cost TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: api_key everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.api_key TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: audit_event everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.audit_event TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: balance_transaction everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.balance_transaction TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: bank_statement everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.bank_statement TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: bank_statement_line everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.bank_statement_line TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: billing_exception everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.billing_exception TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: billing_run everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.billing_run TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: billing_run_item everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.billing_run_item TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: billing_setting everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.billing_setting TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: certificate everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.certificate TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: chargeback everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.chargeback TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: content_package everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.content_package TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: contract everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.contract TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: contract_grant everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.contract_grant TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: contract_line everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.contract_line TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: contract_line_cost everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.contract_line_cost TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: contract_line_cost_terms everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.contract_line_cost_terms TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: contract_line_pricing everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.contract_line_pricing TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: contract_line_tier everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.contract_line_tier TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: contract_revision everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.contract_revision TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: contract_signature everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.contract_signature TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: cost_question everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.cost_question TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: credit_activity everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.credit_activity TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: credit_application everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.credit_application TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: credit_entry everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.credit_entry TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: credit_note everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.credit_note TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: credit_note_counter everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.credit_note_counter TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: credit_note_line everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.credit_note_line TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: credit_note_line_cost everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.credit_note_line_cost TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: credit_rule everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.credit_rule TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: decision everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.decision TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: dunning_level everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.dunning_level TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: dunning_notice everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.dunning_notice TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: dunning_pause everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.dunning_pause TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: evidence everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.evidence TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: exchange_rate everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.exchange_rate TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: gainshare everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.gainshare TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: gainshare_agreement everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.gainshare_agreement TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: idempotency_key everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.idempotency_key TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: invitation everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.invitation TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: invoice everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.invoice TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: invoice_counter everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.invoice_counter TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: invoice_dispute everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.invoice_dispute TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: invoice_dispute_evidence everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.invoice_dispute_evidence TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: invoice_dispute_line everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.invoice_dispute_line TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: invoice_exchange everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.invoice_exchange TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: invoice_line everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.invoice_line TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: invoice_line_cost everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.invoice_line_cost TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: invoice_source everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.invoice_source TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: journal_entry everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.journal_entry TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: lms_act everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.lms_act TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: lms_act_subject everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.lms_act_subject TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: lms_chain everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.lms_chain TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: lms_completion everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.lms_completion TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: lms_completion_reading everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.lms_completion_reading TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: lms_completion_withdrawal everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.lms_completion_withdrawal TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: lms_credential everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.lms_credential TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: lms_drift_finding everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.lms_drift_finding TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: lms_drift_reading everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.lms_drift_reading TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: lms_grant everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.lms_grant TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: lms_job everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.lms_job TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: lms_job_item everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.lms_job_item TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: lms_maintenance everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.lms_maintenance TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: lms_metered_item everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.lms_metered_item TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: lms_plan everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.lms_plan TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: lms_plan_row everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.lms_plan_row TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: lms_probe everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.lms_probe TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: lms_roster_enrolment everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.lms_roster_enrolment TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: lms_roster_member everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.lms_roster_member TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: lms_site everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.lms_site TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: lms_task everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.lms_task TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: lms_task_evidence everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.lms_task_evidence TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: margin_alert everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.margin_alert TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: margin_alert_cost everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.margin_alert_cost TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: match_run everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.match_run TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: match_tolerance everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.match_tolerance TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: match_variance everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.match_variance TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: member everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.member TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: obligation_occurrence everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.obligation_occurrence TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: offering everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.offering TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: offering_version everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.offering_version TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: organization everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.organization TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: package_finding everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.package_finding TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: package_waiver everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.package_waiver TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: payee_account everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.payee_account TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: payer_account everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.payer_account TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: payment everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.payment TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: payout everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.payout TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: platform_fee_counter everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.platform_fee_counter TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: platform_fee_invoice everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.platform_fee_invoice TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: platform_fee_line everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.platform_fee_line TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: posting everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.posting TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: rate_card_cost everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.rate_card_cost TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: rate_card_entry everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.rate_card_entry TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: refund everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.refund TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: retainage_release everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.retainage_release TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: scope_answer everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.scope_answer TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: service_level everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.service_level TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: settlement everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.settlement TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: stripe_event everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.stripe_event TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: submission everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.submission TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: submission_record everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.submission_record TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: tax_exemption everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.tax_exemption TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: tax_registration everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.tax_registration TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: tax_rule everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.tax_rule TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: work_record everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.work_record TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: write_off everything; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY everything ON public.write_off TO chapterhouse_batch, chapterhouse_lookup USING (true) WITH CHECK (true);


--
-- Name: evidence; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.evidence ENABLE ROW LEVEL SECURITY;

--
-- Name: exchange_rate; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.exchange_rate ENABLE ROW LEVEL SECURITY;

--
-- Name: gainshare; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.gainshare ENABLE ROW LEVEL SECURITY;

--
-- Name: gainshare_agreement; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.gainshare_agreement ENABLE ROW LEVEL SECURITY;

--
-- Name: idempotency_key; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.idempotency_key ENABLE ROW LEVEL SECURITY;

--
-- Name: invitation; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.invitation ENABLE ROW LEVEL SECURITY;

--
-- Name: invoice; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.invoice ENABLE ROW LEVEL SECURITY;

--
-- Name: invoice_counter; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.invoice_counter ENABLE ROW LEVEL SECURITY;

--
-- Name: invoice_dispute; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.invoice_dispute ENABLE ROW LEVEL SECURITY;

--
-- Name: invoice_dispute_evidence; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.invoice_dispute_evidence ENABLE ROW LEVEL SECURITY;

--
-- Name: invoice_dispute_line; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.invoice_dispute_line ENABLE ROW LEVEL SECURITY;

--
-- Name: invoice_exchange; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.invoice_exchange ENABLE ROW LEVEL SECURITY;

--
-- Name: invoice_line; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.invoice_line ENABLE ROW LEVEL SECURITY;

--
-- Name: invoice_line_cost; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.invoice_line_cost ENABLE ROW LEVEL SECURITY;

--
-- Name: invoice_source; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.invoice_source ENABLE ROW LEVEL SECURITY;

--
-- Name: journal_entry; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.journal_entry ENABLE ROW LEVEL SECURITY;

--
-- Name: lms_act; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.lms_act ENABLE ROW LEVEL SECURITY;

--
-- Name: lms_act_subject; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.lms_act_subject ENABLE ROW LEVEL SECURITY;

--
-- Name: lms_chain; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.lms_chain ENABLE ROW LEVEL SECURITY;

--
-- Name: lms_completion; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.lms_completion ENABLE ROW LEVEL SECURITY;

--
-- Name: lms_completion_reading; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.lms_completion_reading ENABLE ROW LEVEL SECURITY;

--
-- Name: lms_completion_withdrawal; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.lms_completion_withdrawal ENABLE ROW LEVEL SECURITY;

--
-- Name: lms_credential; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.lms_credential ENABLE ROW LEVEL SECURITY;

--
-- Name: lms_drift_finding; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.lms_drift_finding ENABLE ROW LEVEL SECURITY;

--
-- Name: lms_drift_reading; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.lms_drift_reading ENABLE ROW LEVEL SECURITY;

--
-- Name: lms_grant; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.lms_grant ENABLE ROW LEVEL SECURITY;

--
-- Name: lms_job; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.lms_job ENABLE ROW LEVEL SECURITY;

--
-- Name: lms_job_item; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.lms_job_item ENABLE ROW LEVEL SECURITY;

--
-- Name: lms_maintenance; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.lms_maintenance ENABLE ROW LEVEL SECURITY;

--
-- Name: lms_metered_item; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.lms_metered_item ENABLE ROW LEVEL SECURITY;

--
-- Name: lms_plan; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.lms_plan ENABLE ROW LEVEL SECURITY;

--
-- Name: lms_plan_row; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.lms_plan_row ENABLE ROW LEVEL SECURITY;

--
-- Name: lms_probe; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.lms_probe ENABLE ROW LEVEL SECURITY;

--
-- Name: lms_roster_enrolment; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.lms_roster_enrolment ENABLE ROW LEVEL SECURITY;

--
-- Name: lms_roster_member; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.lms_roster_member ENABLE ROW LEVEL SECURITY;

--
-- Name: lms_site; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.lms_site ENABLE ROW LEVEL SECURITY;

--
-- Name: lms_task; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.lms_task ENABLE ROW LEVEL SECURITY;

--
-- Name: lms_task_evidence; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.lms_task_evidence ENABLE ROW LEVEL SECURITY;

--
-- Name: margin_alert; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.margin_alert ENABLE ROW LEVEL SECURITY;

--
-- Name: margin_alert_cost; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.margin_alert_cost ENABLE ROW LEVEL SECURITY;

--
-- Name: match_run; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.match_run ENABLE ROW LEVEL SECURITY;

--
-- Name: match_tolerance; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.match_tolerance ENABLE ROW LEVEL SECURITY;

--
-- Name: match_variance; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.match_variance ENABLE ROW LEVEL SECURITY;

--
-- Name: member; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.member ENABLE ROW LEVEL SECURITY;

--
-- Name: offering never_published; Type: POLICY; Schema: public; Owner: chapterhouse_owner
--

CREATE POLICY never_published ON public.offering AS RESTRICTIVE FOR DELETE TO chapterhouse_app USING (((vendor_id = app.organization_id()) AND (published_at IS NULL)));


--
-- Name: obligation_occurrence; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.obligation_occurrence ENABLE ROW LEVEL SECURITY;

--
-- Name: offering; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.offering ENABLE ROW LEVEL SECURITY;

--
-- Name: offering_version; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.offering_version ENABLE ROW LEVEL SECURITY;

--
-- Name: organization; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.organization ENABLE ROW LEVEL SECURITY;

--
-- Name: package_finding; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.package_finding ENABLE ROW LEVEL SECURITY;

--
-- Name: package_waiver; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.package_waiver ENABLE ROW LEVEL SECURITY;

--
-- Name: payee_account; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.payee_account ENABLE ROW LEVEL SECURITY;

--
-- Name: payer_account; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.payer_account ENABLE ROW LEVEL SECURITY;

--
-- Name: payment; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.payment ENABLE ROW LEVEL SECURITY;

--
-- Name: payout; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.payout ENABLE ROW LEVEL SECURITY;

--
-- Name: platform_fee_counter; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.platform_fee_counter ENABLE ROW LEVEL SECURITY;

--
-- Name: platform_fee_invoice; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.platform_fee_invoice ENABLE ROW LEVEL SECURITY;

--
-- Name: platform_fee_line; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.platform_fee_line ENABLE ROW LEVEL SECURITY;

--
-- Name: posting; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.posting ENABLE ROW LEVEL SECURITY;

--
-- Name: rate_card_cost; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.rate_card_cost ENABLE ROW LEVEL SECURITY;

--
-- Name: rate_card_entry; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.rate_card_entry ENABLE ROW LEVEL SECURITY;

--
-- Name: refund; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.refund ENABLE ROW LEVEL SECURITY;

--
-- Name: retainage_release; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.retainage_release ENABLE ROW LEVEL SECURITY;

--
-- Name: scope_answer; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.scope_answer ENABLE ROW LEVEL SECURITY;

--
-- Name: service_level; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.service_level ENABLE ROW LEVEL SECURITY;

--
-- Name: settlement; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.settlement ENABLE ROW LEVEL SECURITY;

--
-- Name: stripe_event; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.stripe_event ENABLE ROW LEVEL SECURITY;

--
-- Name: submission; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.submission ENABLE ROW LEVEL SECURITY;

--
-- Name: submission_record; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.submission_record ENABLE ROW LEVEL SECURITY;

--
-- Name: tax_exemption; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.tax_exemption ENABLE ROW LEVEL SECURITY;

--
-- Name: tax_registration; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.tax_registration ENABLE ROW LEVEL SECURITY;

--
-- Name: tax_rule; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.tax_rule ENABLE ROW LEVEL SECURITY;

--
-- Name: work_record; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.work_record ENABLE ROW LEVEL SECURITY;

--
-- Name: write_off; Type: ROW SECURITY; Schema: public; Owner: chapterhouse_owner
--

ALTER TABLE public.write_off ENABLE ROW LEVEL SECURITY;

--
-- Name: SCHEMA app; Type: ACL; Schema: -; Owner: chapterhouse_owner
--

GRANT USAGE ON SCHEMA app TO chapterhouse_app;
GRANT USAGE ON SCHEMA app TO chapterhouse_batch;
GRANT ALL ON SCHEMA app TO chapterhouse_lookup;


--
-- Name: SCHEMA public; Type: ACL; Schema: -; Owner: pg_database_owner
--

GRANT USAGE ON SCHEMA public TO chapterhouse_app;
GRANT USAGE ON SCHEMA public TO chapterhouse_batch;
GRANT USAGE ON SCHEMA public TO chapterhouse_lookup;


--
-- Name: FUNCTION accept_invitation(with_code_hash bytea, to_issuer text, to_subject text, new_member uuid, at timestamp with time zone); Type: ACL; Schema: app; Owner: chapterhouse_lookup
--

REVOKE ALL ON FUNCTION app.accept_invitation(with_code_hash bytea, to_issuer text, to_subject text, new_member uuid, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app.accept_invitation(with_code_hash bytea, to_issuer text, to_subject text, new_member uuid, at timestamp with time zone) TO chapterhouse_app;
GRANT ALL ON FUNCTION app.accept_invitation(with_code_hash bytea, to_issuer text, to_subject text, new_member uuid, at timestamp with time zone) TO chapterhouse_batch;


--
-- Name: FUNCTION api_key_secret(key_id uuid); Type: ACL; Schema: app; Owner: chapterhouse_lookup
--

REVOKE ALL ON FUNCTION app.api_key_secret(key_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app.api_key_secret(key_id uuid) TO chapterhouse_app;
GRANT ALL ON FUNCTION app.api_key_secret(key_id uuid) TO chapterhouse_batch;


--
-- Name: FUNCTION bind_service(to_subject text, of_member uuid, at timestamp with time zone); Type: ACL; Schema: app; Owner: chapterhouse_lookup
--

REVOKE ALL ON FUNCTION app.bind_service(to_subject text, of_member uuid, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app.bind_service(to_subject text, of_member uuid, at timestamp with time zone) TO chapterhouse_app;
GRANT ALL ON FUNCTION app.bind_service(to_subject text, of_member uuid, at timestamp with time zone) TO chapterhouse_batch;


--
-- Name: FUNCTION certificate_shown(of_number text); Type: ACL; Schema: app; Owner: chapterhouse_lookup
--

REVOKE ALL ON FUNCTION app.certificate_shown(of_number text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.certificate_shown(of_number text) TO chapterhouse_app;
GRANT ALL ON FUNCTION app.certificate_shown(of_number text) TO chapterhouse_batch;


--
-- Name: FUNCTION erase_learner(contract uuid, member text, at timestamp with time zone); Type: ACL; Schema: app; Owner: chapterhouse_lookup
--

REVOKE ALL ON FUNCTION app.erase_learner(contract uuid, member text, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION app.erase_learner(contract uuid, member text, at timestamp with time zone) TO chapterhouse_app;
GRANT ALL ON FUNCTION app.erase_learner(contract uuid, member text, at timestamp with time zone) TO chapterhouse_batch;


--
-- Name: FUNCTION find_administrator(of_contract_id uuid, with_email text, with_member_id uuid); Type: ACL; Schema: app; Owner: chapterhouse_lookup
--

REVOKE ALL ON FUNCTION app.find_administrator(of_contract_id uuid, with_email text, with_member_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app.find_administrator(of_contract_id uuid, with_email text, with_member_id uuid) TO chapterhouse_app;
GRANT ALL ON FUNCTION app.find_administrator(of_contract_id uuid, with_email text, with_member_id uuid) TO chapterhouse_batch;


--
-- Name: FUNCTION find_party_member(of_contract_id uuid, with_email text, with_member_id uuid); Type: ACL; Schema: app; Owner: chapterhouse_lookup
--

REVOKE ALL ON FUNCTION app.find_party_member(of_contract_id uuid, with_email text, with_member_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app.find_party_member(of_contract_id uuid, with_email text, with_member_id uuid) TO chapterhouse_app;
GRANT ALL ON FUNCTION app.find_party_member(of_contract_id uuid, with_email text, with_member_id uuid) TO chapterhouse_batch;


--
-- Name: FUNCTION find_site_administrator(of_contract_id uuid, of_site_id uuid, with_email text, with_member_id uuid); Type: ACL; Schema: app; Owner: chapterhouse_lookup
--

REVOKE ALL ON FUNCTION app.find_site_administrator(of_contract_id uuid, of_site_id uuid, with_email text, with_member_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app.find_site_administrator(of_contract_id uuid, of_site_id uuid, with_email text, with_member_id uuid) TO chapterhouse_app;
GRANT ALL ON FUNCTION app.find_site_administrator(of_contract_id uuid, of_site_id uuid, with_email text, with_member_id uuid) TO chapterhouse_batch;


--
-- Name: FUNCTION freeze_line_costs(of_contract_id uuid, of_revision integer); Type: ACL; Schema: app; Owner: chapterhouse_lookup
--

REVOKE ALL ON FUNCTION app.freeze_line_costs(of_contract_id uuid, of_revision integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app.freeze_line_costs(of_contract_id uuid, of_revision integer) TO chapterhouse_app;
GRANT ALL ON FUNCTION app.freeze_line_costs(of_contract_id uuid, of_revision integer) TO chapterhouse_batch;


--
-- Name: FUNCTION granted(of_member uuid); Type: ACL; Schema: app; Owner: chapterhouse_lookup
--

REVOKE ALL ON FUNCTION app.granted(of_member uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app.granted(of_member uuid) TO chapterhouse_app;
GRANT ALL ON FUNCTION app.granted(of_member uuid) TO chapterhouse_batch;


--
-- Name: FUNCTION has_members(of_organization uuid); Type: ACL; Schema: app; Owner: chapterhouse_lookup
--

REVOKE ALL ON FUNCTION app.has_members(of_organization uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app.has_members(of_organization uuid) TO chapterhouse_app;
GRANT ALL ON FUNCTION app.has_members(of_organization uuid) TO chapterhouse_batch;


--
-- Name: FUNCTION hold_disputed_line(); Type: ACL; Schema: app; Owner: chapterhouse_lookup
--

REVOKE ALL ON FUNCTION app.hold_disputed_line() FROM PUBLIC;
GRANT ALL ON FUNCTION app.hold_disputed_line() TO chapterhouse_app;
GRANT ALL ON FUNCTION app.hold_disputed_line() TO chapterhouse_batch;


--
-- Name: FUNCTION list_offering(of_offering_id uuid); Type: ACL; Schema: app; Owner: chapterhouse_lookup
--

REVOKE ALL ON FUNCTION app.list_offering(of_offering_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app.list_offering(of_offering_id uuid) TO chapterhouse_app;
GRANT ALL ON FUNCTION app.list_offering(of_offering_id uuid) TO chapterhouse_batch;


--
-- Name: FUNCTION lock_journal(); Type: ACL; Schema: app; Owner: chapterhouse_lookup
--

REVOKE ALL ON FUNCTION app.lock_journal() FROM PUBLIC;
GRANT ALL ON FUNCTION app.lock_journal() TO chapterhouse_app;
GRANT ALL ON FUNCTION app.lock_journal() TO chapterhouse_batch;


--
-- Name: FUNCTION margin_band_verdict(of_contract_id uuid, of_invoice_id uuid); Type: ACL; Schema: app; Owner: chapterhouse_lookup
--

REVOKE ALL ON FUNCTION app.margin_band_verdict(of_contract_id uuid, of_invoice_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION app.margin_band_verdict(of_contract_id uuid, of_invoice_id uuid) TO chapterhouse_app;
GRANT ALL ON FUNCTION app.margin_band_verdict(of_contract_id uuid, of_invoice_id uuid) TO chapterhouse_batch;


--
-- Name: FUNCTION memberships(of_issuer text, of_subject text); Type: ACL; Schema: app; Owner: chapterhouse_lookup
--

REVOKE ALL ON FUNCTION app.memberships(of_issuer text, of_subject text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.memberships(of_issuer text, of_subject text) TO chapterhouse_app;
GRANT ALL ON FUNCTION app.memberships(of_issuer text, of_subject text) TO chapterhouse_batch;


--
-- Name: FUNCTION require_balanced_entry(); Type: ACL; Schema: app; Owner: chapterhouse_lookup
--

REVOKE ALL ON FUNCTION app.require_balanced_entry() FROM PUBLIC;
GRANT ALL ON FUNCTION app.require_balanced_entry() TO chapterhouse_app;
GRANT ALL ON FUNCTION app.require_balanced_entry() TO chapterhouse_batch;


--
-- Name: FUNCTION require_known_flow(); Type: ACL; Schema: app; Owner: chapterhouse_lookup
--

REVOKE ALL ON FUNCTION app.require_known_flow() FROM PUBLIC;
GRANT ALL ON FUNCTION app.require_known_flow() TO chapterhouse_app;
GRANT ALL ON FUNCTION app.require_known_flow() TO chapterhouse_batch;


--
-- Name: FUNCTION require_open_period(); Type: ACL; Schema: app; Owner: chapterhouse_lookup
--

REVOKE ALL ON FUNCTION app.require_open_period() FROM PUBLIC;
GRANT ALL ON FUNCTION app.require_open_period() TO chapterhouse_app;
GRANT ALL ON FUNCTION app.require_open_period() TO chapterhouse_batch;


--
-- Name: FUNCTION standing(of_issuer text, of_subject text); Type: ACL; Schema: app; Owner: chapterhouse_lookup
--

REVOKE ALL ON FUNCTION app.standing(of_issuer text, of_subject text) FROM PUBLIC;
GRANT ALL ON FUNCTION app.standing(of_issuer text, of_subject text) TO chapterhouse_app;
GRANT ALL ON FUNCTION app.standing(of_issuer text, of_subject text) TO chapterhouse_batch;


--
-- Name: FUNCTION take_from_budget(of_whom text, cost bigint, capacity bigint, restore_per_second bigint); Type: ACL; Schema: app; Owner: chapterhouse_lookup
--

REVOKE ALL ON FUNCTION app.take_from_budget(of_whom text, cost bigint, capacity bigint, restore_per_second bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION app.take_from_budget(of_whom text, cost bigint, capacity bigint, restore_per_second bigint) TO chapterhouse_app;
GRANT ALL ON FUNCTION app.take_from_budget(of_whom text, cost bigint, capacity bigint, restore_per_second bigint) TO chapterhouse_batch;


--
-- Name: TABLE accessibility_answer; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.accessibility_answer TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accessibility_answer TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.accessibility_answer TO chapterhouse_lookup;


--
-- Name: TABLE accessibility_finding; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT ON TABLE public.accessibility_finding TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accessibility_finding TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.accessibility_finding TO chapterhouse_lookup;


--
-- Name: TABLE accessibility_review; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.accessibility_review TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accessibility_review TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.accessibility_review TO chapterhouse_lookup;


--
-- Name: TABLE accounting_period; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.accounting_period TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounting_period TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.accounting_period TO chapterhouse_lookup;


--
-- Name: TABLE actual_cost; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.actual_cost TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.actual_cost TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.actual_cost TO chapterhouse_lookup;


--
-- Name: COLUMN actual_cost.status; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(status) ON TABLE public.actual_cost TO chapterhouse_app;


--
-- Name: COLUMN actual_cost.questioned_minor; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(questioned_minor) ON TABLE public.actual_cost TO chapterhouse_app;


--
-- Name: COLUMN actual_cost.disallowed_minor; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(disallowed_minor) ON TABLE public.actual_cost TO chapterhouse_app;


--
-- Name: COLUMN actual_cost.billed; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(billed) ON TABLE public.actual_cost TO chapterhouse_app;


--
-- Name: COLUMN actual_cost.ended_at; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(ended_at) ON TABLE public.actual_cost TO chapterhouse_app;


--
-- Name: TABLE alembic_version; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT ON TABLE public.alembic_version TO chapterhouse_app;
GRANT SELECT ON TABLE public.alembic_version TO chapterhouse_batch;


--
-- Name: TABLE api_key; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.api_key TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.api_key TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.api_key TO chapterhouse_lookup;


--
-- Name: TABLE audit_event; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.audit_event TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.audit_event TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.audit_event TO chapterhouse_lookup;


--
-- Name: TABLE balance_transaction; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT ON TABLE public.balance_transaction TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.balance_transaction TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.balance_transaction TO chapterhouse_lookup;


--
-- Name: TABLE bank_statement; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.bank_statement TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.bank_statement TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.bank_statement TO chapterhouse_lookup;


--
-- Name: TABLE bank_statement_line; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.bank_statement_line TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.bank_statement_line TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.bank_statement_line TO chapterhouse_lookup;


--
-- Name: TABLE billing_exception; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,UPDATE ON TABLE public.billing_exception TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.billing_exception TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.billing_exception TO chapterhouse_lookup;


--
-- Name: TABLE billing_run; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.billing_run TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.billing_run TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.billing_run TO chapterhouse_lookup;


--
-- Name: COLUMN billing_run.status; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(status) ON TABLE public.billing_run TO chapterhouse_app;


--
-- Name: COLUMN billing_run.most_invoices; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(most_invoices) ON TABLE public.billing_run TO chapterhouse_app;


--
-- Name: COLUMN billing_run.largest_total; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(largest_total) ON TABLE public.billing_run TO chapterhouse_app;


--
-- Name: COLUMN billing_run.stop_code; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(stop_code) ON TABLE public.billing_run TO chapterhouse_app;


--
-- Name: COLUMN billing_run.stop_message; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(stop_message) ON TABLE public.billing_run TO chapterhouse_app;


--
-- Name: COLUMN billing_run.ended_at; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(ended_at) ON TABLE public.billing_run TO chapterhouse_app;


--
-- Name: TABLE billing_run_item; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.billing_run_item TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.billing_run_item TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.billing_run_item TO chapterhouse_lookup;


--
-- Name: TABLE billing_setting; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.billing_setting TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.billing_setting TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.billing_setting TO chapterhouse_lookup;


--
-- Name: TABLE catalog_listing; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT ON TABLE public.catalog_listing TO chapterhouse_app;
GRANT SELECT ON TABLE public.catalog_listing TO chapterhouse_batch;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.catalog_listing TO chapterhouse_lookup;


--
-- Name: TABLE catalog_word; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT ON TABLE public.catalog_word TO chapterhouse_app;
GRANT SELECT ON TABLE public.catalog_word TO chapterhouse_batch;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.catalog_word TO chapterhouse_lookup;


--
-- Name: TABLE certificate; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.certificate TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.certificate TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.certificate TO chapterhouse_lookup;


--
-- Name: COLUMN certificate.status; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(status) ON TABLE public.certificate TO chapterhouse_app;


--
-- Name: COLUMN certificate.number; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(number) ON TABLE public.certificate TO chapterhouse_app;


--
-- Name: COLUMN certificate.member_number; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(member_number) ON TABLE public.certificate TO chapterhouse_app;


--
-- Name: COLUMN certificate.learner_name; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(learner_name) ON TABLE public.certificate TO chapterhouse_app;


--
-- Name: COLUMN certificate.licence_number; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(licence_number) ON TABLE public.certificate TO chapterhouse_app;


--
-- Name: COLUMN certificate.licence_jurisdiction; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(licence_jurisdiction) ON TABLE public.certificate TO chapterhouse_app;


--
-- Name: COLUMN certificate.score_percent; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(score_percent) ON TABLE public.certificate TO chapterhouse_app;


--
-- Name: COLUMN certificate.attestation; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(attestation) ON TABLE public.certificate TO chapterhouse_app;


--
-- Name: COLUMN certificate.reissue_reason; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(reissue_reason) ON TABLE public.certificate TO chapterhouse_app;


--
-- Name: COLUMN certificate.revoke_reason; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(revoke_reason) ON TABLE public.certificate TO chapterhouse_app;


--
-- Name: COLUMN certificate.salt; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(salt) ON TABLE public.certificate TO chapterhouse_app;


--
-- Name: COLUMN certificate.erased_at; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(erased_at) ON TABLE public.certificate TO chapterhouse_app;


--
-- Name: TABLE chargeback; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT ON TABLE public.chargeback TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.chargeback TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.chargeback TO chapterhouse_lookup;


--
-- Name: COLUMN chargeback.answer; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(answer) ON TABLE public.chargeback TO chapterhouse_app;


--
-- Name: COLUMN chargeback.answered_at; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(answered_at) ON TABLE public.chargeback TO chapterhouse_app;


--
-- Name: COLUMN chargeback.answered_by_member_id; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(answered_by_member_id) ON TABLE public.chargeback TO chapterhouse_app;


--
-- Name: COLUMN chargeback.answered_by_name; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(answered_by_name) ON TABLE public.chargeback TO chapterhouse_app;


--
-- Name: COLUMN chargeback.answered_by_email; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(answered_by_email) ON TABLE public.chargeback TO chapterhouse_app;


--
-- Name: COLUMN chargeback.answered_by_organization_id; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(answered_by_organization_id) ON TABLE public.chargeback TO chapterhouse_app;


--
-- Name: COLUMN chargeback.answered_by_organization_name; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(answered_by_organization_name) ON TABLE public.chargeback TO chapterhouse_app;


--
-- Name: COLUMN chargeback.changed_at; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(changed_at) ON TABLE public.chargeback TO chapterhouse_app;


--
-- Name: TABLE content_package; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.content_package TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.content_package TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.content_package TO chapterhouse_lookup;


--
-- Name: TABLE contract; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.contract TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contract TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.contract TO chapterhouse_lookup;


--
-- Name: TABLE contract_grant; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.contract_grant TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contract_grant TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.contract_grant TO chapterhouse_lookup;


--
-- Name: TABLE contract_line; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.contract_line TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contract_line TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.contract_line TO chapterhouse_lookup;


--
-- Name: TABLE contract_line_cost; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT ON TABLE public.contract_line_cost TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contract_line_cost TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.contract_line_cost TO chapterhouse_lookup;


--
-- Name: TABLE contract_line_cost_terms; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.contract_line_cost_terms TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contract_line_cost_terms TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.contract_line_cost_terms TO chapterhouse_lookup;


--
-- Name: TABLE contract_line_pricing; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.contract_line_pricing TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contract_line_pricing TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.contract_line_pricing TO chapterhouse_lookup;


--
-- Name: TABLE contract_line_tier; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.contract_line_tier TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contract_line_tier TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.contract_line_tier TO chapterhouse_lookup;


--
-- Name: TABLE contract_revision; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.contract_revision TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contract_revision TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.contract_revision TO chapterhouse_lookup;


--
-- Name: TABLE contract_signature; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.contract_signature TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contract_signature TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.contract_signature TO chapterhouse_lookup;


--
-- Name: TABLE cost_question; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.cost_question TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cost_question TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.cost_question TO chapterhouse_lookup;


--
-- Name: TABLE country; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT ON TABLE public.country TO chapterhouse_app;
GRANT SELECT ON TABLE public.country TO chapterhouse_batch;
GRANT SELECT ON TABLE public.country TO chapterhouse_lookup;


--
-- Name: TABLE credit_activity; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.credit_activity TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.credit_activity TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.credit_activity TO chapterhouse_lookup;


--
-- Name: COLUMN credit_activity.withdrawn_from; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(withdrawn_from) ON TABLE public.credit_activity TO chapterhouse_app;


--
-- Name: COLUMN credit_activity.withdrawn_at; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(withdrawn_at) ON TABLE public.credit_activity TO chapterhouse_app;


--
-- Name: COLUMN credit_activity.withdraw_reason; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(withdraw_reason) ON TABLE public.credit_activity TO chapterhouse_app;


--
-- Name: COLUMN credit_activity.withdrawn_by_member_id; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(withdrawn_by_member_id) ON TABLE public.credit_activity TO chapterhouse_app;


--
-- Name: COLUMN credit_activity.withdrawn_by_name; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(withdrawn_by_name) ON TABLE public.credit_activity TO chapterhouse_app;


--
-- Name: COLUMN credit_activity.withdrawn_by_email; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(withdrawn_by_email) ON TABLE public.credit_activity TO chapterhouse_app;


--
-- Name: COLUMN credit_activity.withdrawn_by_organization_id; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(withdrawn_by_organization_id) ON TABLE public.credit_activity TO chapterhouse_app;


--
-- Name: COLUMN credit_activity.withdrawn_by_organization_name; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(withdrawn_by_organization_name) ON TABLE public.credit_activity TO chapterhouse_app;


--
-- Name: TABLE credit_application; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.credit_application TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.credit_application TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.credit_application TO chapterhouse_lookup;


--
-- Name: TABLE credit_entry; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.credit_entry TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.credit_entry TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.credit_entry TO chapterhouse_lookup;


--
-- Name: TABLE credit_note; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.credit_note TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.credit_note TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.credit_note TO chapterhouse_lookup;


--
-- Name: COLUMN credit_note.status; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(status) ON TABLE public.credit_note TO chapterhouse_app;


--
-- Name: COLUMN credit_note.voided_at; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(voided_at) ON TABLE public.credit_note TO chapterhouse_app;


--
-- Name: COLUMN credit_note.void_reason; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(void_reason) ON TABLE public.credit_note TO chapterhouse_app;


--
-- Name: COLUMN credit_note.voided_by_member_id; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(voided_by_member_id) ON TABLE public.credit_note TO chapterhouse_app;


--
-- Name: COLUMN credit_note.voided_by_name; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(voided_by_name) ON TABLE public.credit_note TO chapterhouse_app;


--
-- Name: COLUMN credit_note.voided_by_email; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(voided_by_email) ON TABLE public.credit_note TO chapterhouse_app;


--
-- Name: COLUMN credit_note.voided_by_organization_id; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(voided_by_organization_id) ON TABLE public.credit_note TO chapterhouse_app;


--
-- Name: COLUMN credit_note.voided_by_organization_name; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(voided_by_organization_name) ON TABLE public.credit_note TO chapterhouse_app;


--
-- Name: COLUMN credit_note.voided_entry_id; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(voided_entry_id) ON TABLE public.credit_note TO chapterhouse_app;


--
-- Name: TABLE credit_note_counter; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.credit_note_counter TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.credit_note_counter TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.credit_note_counter TO chapterhouse_lookup;


--
-- Name: TABLE credit_note_line; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.credit_note_line TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.credit_note_line TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.credit_note_line TO chapterhouse_lookup;


--
-- Name: TABLE credit_note_line_cost; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.credit_note_line_cost TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.credit_note_line_cost TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.credit_note_line_cost TO chapterhouse_lookup;


--
-- Name: TABLE credit_rule; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.credit_rule TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.credit_rule TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.credit_rule TO chapterhouse_lookup;


--
-- Name: COLUMN credit_rule.withdrawn_at; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(withdrawn_at) ON TABLE public.credit_rule TO chapterhouse_app;


--
-- Name: COLUMN credit_rule.withdraw_reason; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(withdraw_reason) ON TABLE public.credit_rule TO chapterhouse_app;


--
-- Name: COLUMN credit_rule.withdrawn_by_member_id; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(withdrawn_by_member_id) ON TABLE public.credit_rule TO chapterhouse_app;


--
-- Name: COLUMN credit_rule.withdrawn_by_name; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(withdrawn_by_name) ON TABLE public.credit_rule TO chapterhouse_app;


--
-- Name: COLUMN credit_rule.withdrawn_by_email; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(withdrawn_by_email) ON TABLE public.credit_rule TO chapterhouse_app;


--
-- Name: COLUMN credit_rule.withdrawn_by_organization_id; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(withdrawn_by_organization_id) ON TABLE public.credit_rule TO chapterhouse_app;


--
-- Name: COLUMN credit_rule.withdrawn_by_organization_name; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(withdrawn_by_organization_name) ON TABLE public.credit_rule TO chapterhouse_app;


--
-- Name: TABLE decision; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.decision TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.decision TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.decision TO chapterhouse_lookup;


--
-- Name: TABLE dunning_level; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.dunning_level TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.dunning_level TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.dunning_level TO chapterhouse_lookup;


--
-- Name: COLUMN dunning_level.ended_at; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(ended_at) ON TABLE public.dunning_level TO chapterhouse_app;


--
-- Name: TABLE dunning_notice; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT ON TABLE public.dunning_notice TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.dunning_notice TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.dunning_notice TO chapterhouse_lookup;


--
-- Name: TABLE dunning_pause; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.dunning_pause TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.dunning_pause TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.dunning_pause TO chapterhouse_lookup;


--
-- Name: TABLE evidence; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.evidence TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evidence TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.evidence TO chapterhouse_lookup;


--
-- Name: TABLE exchange_rate; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.exchange_rate TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.exchange_rate TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.exchange_rate TO chapterhouse_lookup;


--
-- Name: COLUMN exchange_rate.withdrawn_at; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(withdrawn_at) ON TABLE public.exchange_rate TO chapterhouse_app;


--
-- Name: COLUMN exchange_rate.withdraw_reason; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(withdraw_reason) ON TABLE public.exchange_rate TO chapterhouse_app;


--
-- Name: TABLE gainshare; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.gainshare TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.gainshare TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.gainshare TO chapterhouse_lookup;


--
-- Name: COLUMN gainshare.status; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(status) ON TABLE public.gainshare TO chapterhouse_app;


--
-- Name: TABLE gainshare_agreement; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.gainshare_agreement TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.gainshare_agreement TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.gainshare_agreement TO chapterhouse_lookup;


--
-- Name: TABLE idempotency_key; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,DELETE ON TABLE public.idempotency_key TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.idempotency_key TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.idempotency_key TO chapterhouse_lookup;


--
-- Name: TABLE invitation; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.invitation TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.invitation TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.invitation TO chapterhouse_lookup;


--
-- Name: TABLE invoice; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.invoice TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.invoice TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.invoice TO chapterhouse_lookup;


--
-- Name: COLUMN invoice.number; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(number) ON TABLE public.invoice TO chapterhouse_app;


--
-- Name: COLUMN invoice.year; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(year) ON TABLE public.invoice TO chapterhouse_app;


--
-- Name: COLUMN invoice.year_number; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(year_number) ON TABLE public.invoice TO chapterhouse_app;


--
-- Name: COLUMN invoice.status; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(status) ON TABLE public.invoice TO chapterhouse_app;


--
-- Name: COLUMN invoice.issued_at; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(issued_at) ON TABLE public.invoice TO chapterhouse_app;


--
-- Name: COLUMN invoice.issued_on; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(issued_on) ON TABLE public.invoice TO chapterhouse_app;


--
-- Name: COLUMN invoice.due_on; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(due_on) ON TABLE public.invoice TO chapterhouse_app;


--
-- Name: COLUMN invoice.purchase_order_number; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(purchase_order_number) ON TABLE public.invoice TO chapterhouse_app;


--
-- Name: COLUMN invoice.seller_name; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(seller_name) ON TABLE public.invoice TO chapterhouse_app;


--
-- Name: COLUMN invoice.seller_country_code; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(seller_country_code) ON TABLE public.invoice TO chapterhouse_app;


--
-- Name: COLUMN invoice.buyer_name; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(buyer_name) ON TABLE public.invoice TO chapterhouse_app;


--
-- Name: COLUMN invoice.buyer_country_code; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(buyer_country_code) ON TABLE public.invoice TO chapterhouse_app;


--
-- Name: COLUMN invoice.issuer_name; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(issuer_name) ON TABLE public.invoice TO chapterhouse_app;


--
-- Name: COLUMN invoice.issuer_country_code; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(issuer_country_code) ON TABLE public.invoice TO chapterhouse_app;


--
-- Name: COLUMN invoice.issued_by_member_id; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(issued_by_member_id) ON TABLE public.invoice TO chapterhouse_app;


--
-- Name: COLUMN invoice.issued_by_name; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(issued_by_name) ON TABLE public.invoice TO chapterhouse_app;


--
-- Name: COLUMN invoice.issued_by_email; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(issued_by_email) ON TABLE public.invoice TO chapterhouse_app;


--
-- Name: COLUMN invoice.issued_by_organization_id; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(issued_by_organization_id) ON TABLE public.invoice TO chapterhouse_app;


--
-- Name: COLUMN invoice.issued_by_organization_name; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(issued_by_organization_name) ON TABLE public.invoice TO chapterhouse_app;


--
-- Name: COLUMN invoice.subtotal_minor; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(subtotal_minor) ON TABLE public.invoice TO chapterhouse_app;


--
-- Name: COLUMN invoice.tax_total_minor; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(tax_total_minor) ON TABLE public.invoice TO chapterhouse_app;


--
-- Name: COLUMN invoice.amount_due_minor; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(amount_due_minor) ON TABLE public.invoice TO chapterhouse_app;


--
-- Name: COLUMN invoice.voided_at; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(voided_at) ON TABLE public.invoice TO chapterhouse_app;


--
-- Name: COLUMN invoice.void_reason; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(void_reason) ON TABLE public.invoice TO chapterhouse_app;


--
-- Name: COLUMN invoice.paid_minor; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(paid_minor) ON TABLE public.invoice TO chapterhouse_app;


--
-- Name: COLUMN invoice.credited_minor; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(credited_minor) ON TABLE public.invoice TO chapterhouse_app;


--
-- Name: COLUMN invoice.retained_minor; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(retained_minor) ON TABLE public.invoice TO chapterhouse_app;


--
-- Name: COLUMN invoice.disputed_minor; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(disputed_minor) ON TABLE public.invoice TO chapterhouse_app;


--
-- Name: COLUMN invoice.seller_region_code; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(seller_region_code) ON TABLE public.invoice TO chapterhouse_app;


--
-- Name: COLUMN invoice.seller_tax_number; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(seller_tax_number) ON TABLE public.invoice TO chapterhouse_app;


--
-- Name: COLUMN invoice.buyer_region_code; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(buyer_region_code) ON TABLE public.invoice TO chapterhouse_app;


--
-- Name: COLUMN invoice.buyer_tax_number; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(buyer_tax_number) ON TABLE public.invoice TO chapterhouse_app;


--
-- Name: COLUMN invoice.written_off_minor; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(written_off_minor) ON TABLE public.invoice TO chapterhouse_app;


--
-- Name: TABLE invoice_counter; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.invoice_counter TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.invoice_counter TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.invoice_counter TO chapterhouse_lookup;


--
-- Name: TABLE invoice_dispute; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.invoice_dispute TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.invoice_dispute TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.invoice_dispute TO chapterhouse_lookup;


--
-- Name: COLUMN invoice_dispute.status; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(status) ON TABLE public.invoice_dispute TO chapterhouse_app;


--
-- Name: COLUMN invoice_dispute.upheld_minor; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(upheld_minor) ON TABLE public.invoice_dispute TO chapterhouse_app;


--
-- Name: COLUMN invoice_dispute.resolved_at; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(resolved_at) ON TABLE public.invoice_dispute TO chapterhouse_app;


--
-- Name: COLUMN invoice_dispute.resolution; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(resolution) ON TABLE public.invoice_dispute TO chapterhouse_app;


--
-- Name: COLUMN invoice_dispute.resolved_by_member_id; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(resolved_by_member_id) ON TABLE public.invoice_dispute TO chapterhouse_app;


--
-- Name: COLUMN invoice_dispute.resolved_by_name; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(resolved_by_name) ON TABLE public.invoice_dispute TO chapterhouse_app;


--
-- Name: COLUMN invoice_dispute.resolved_by_email; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(resolved_by_email) ON TABLE public.invoice_dispute TO chapterhouse_app;


--
-- Name: COLUMN invoice_dispute.resolved_by_organization_id; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(resolved_by_organization_id) ON TABLE public.invoice_dispute TO chapterhouse_app;


--
-- Name: COLUMN invoice_dispute.resolved_by_organization_name; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(resolved_by_organization_name) ON TABLE public.invoice_dispute TO chapterhouse_app;


--
-- Name: TABLE invoice_dispute_evidence; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.invoice_dispute_evidence TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.invoice_dispute_evidence TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.invoice_dispute_evidence TO chapterhouse_lookup;


--
-- Name: TABLE invoice_dispute_line; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.invoice_dispute_line TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.invoice_dispute_line TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.invoice_dispute_line TO chapterhouse_lookup;


--
-- Name: COLUMN invoice_dispute_line.upheld_minor; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(upheld_minor) ON TABLE public.invoice_dispute_line TO chapterhouse_app;


--
-- Name: COLUMN invoice_dispute_line.resolved_at; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(resolved_at) ON TABLE public.invoice_dispute_line TO chapterhouse_app;


--
-- Name: TABLE invoice_exchange; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.invoice_exchange TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.invoice_exchange TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.invoice_exchange TO chapterhouse_lookup;


--
-- Name: TABLE invoice_line; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.invoice_line TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.invoice_line TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.invoice_line TO chapterhouse_lookup;


--
-- Name: COLUMN invoice_line.tax_category_code; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(tax_category_code) ON TABLE public.invoice_line TO chapterhouse_app;


--
-- Name: COLUMN invoice_line.tax_rate_percent; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(tax_rate_percent) ON TABLE public.invoice_line TO chapterhouse_app;


--
-- Name: COLUMN invoice_line.tax_reason_code; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(tax_reason_code) ON TABLE public.invoice_line TO chapterhouse_app;


--
-- Name: COLUMN invoice_line.tax_reason; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(tax_reason) ON TABLE public.invoice_line TO chapterhouse_app;


--
-- Name: COLUMN invoice_line.tax_rule_id; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(tax_rule_id) ON TABLE public.invoice_line TO chapterhouse_app;


--
-- Name: COLUMN invoice_line.tax_exemption_id; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(tax_exemption_id) ON TABLE public.invoice_line TO chapterhouse_app;


--
-- Name: COLUMN invoice_line.credited_minor; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(credited_minor) ON TABLE public.invoice_line TO chapterhouse_app;


--
-- Name: COLUMN invoice_line.credited_quantity; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(credited_quantity) ON TABLE public.invoice_line TO chapterhouse_app;


--
-- Name: TABLE invoice_line_cost; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.invoice_line_cost TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.invoice_line_cost TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.invoice_line_cost TO chapterhouse_lookup;


--
-- Name: TABLE invoice_source; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.invoice_source TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.invoice_source TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.invoice_source TO chapterhouse_lookup;


--
-- Name: COLUMN invoice_source.released_at; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(released_at) ON TABLE public.invoice_source TO chapterhouse_app;


--
-- Name: TABLE journal_entry; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.journal_entry TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.journal_entry TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.journal_entry TO chapterhouse_lookup;


--
-- Name: TABLE journal_flow; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT ON TABLE public.journal_flow TO chapterhouse_app;
GRANT SELECT ON TABLE public.journal_flow TO chapterhouse_batch;
GRANT SELECT ON TABLE public.journal_flow TO chapterhouse_lookup;


--
-- Name: TABLE lms_act; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.lms_act TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lms_act TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.lms_act TO chapterhouse_lookup;


--
-- Name: TABLE lms_act_subject; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.lms_act_subject TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lms_act_subject TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.lms_act_subject TO chapterhouse_lookup;


--
-- Name: TABLE lms_chain; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.lms_chain TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lms_chain TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.lms_chain TO chapterhouse_lookup;


--
-- Name: TABLE lms_completion; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT ON TABLE public.lms_completion TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lms_completion TO chapterhouse_batch;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lms_completion TO chapterhouse_lookup;


--
-- Name: TABLE lms_completion_reading; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.lms_completion_reading TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lms_completion_reading TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.lms_completion_reading TO chapterhouse_lookup;


--
-- Name: TABLE lms_completion_withdrawal; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT ON TABLE public.lms_completion_withdrawal TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lms_completion_withdrawal TO chapterhouse_batch;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lms_completion_withdrawal TO chapterhouse_lookup;


--
-- Name: TABLE lms_credential; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT INSERT ON TABLE public.lms_credential TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lms_credential TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.lms_credential TO chapterhouse_lookup;


--
-- Name: TABLE lms_drift_actual_enrolment; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,DELETE ON TABLE public.lms_drift_actual_enrolment TO chapterhouse_batch;


--
-- Name: TABLE lms_drift_actual_user; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,DELETE ON TABLE public.lms_drift_actual_user TO chapterhouse_batch;


--
-- Name: TABLE lms_drift_finding; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,UPDATE ON TABLE public.lms_drift_finding TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lms_drift_finding TO chapterhouse_batch;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lms_drift_finding TO chapterhouse_lookup;


--
-- Name: TABLE lms_drift_reading; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.lms_drift_reading TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lms_drift_reading TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.lms_drift_reading TO chapterhouse_lookup;


--
-- Name: TABLE lms_drift_unread; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,DELETE ON TABLE public.lms_drift_unread TO chapterhouse_batch;


--
-- Name: TABLE lms_grant; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.lms_grant TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lms_grant TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.lms_grant TO chapterhouse_lookup;


--
-- Name: TABLE lms_job; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.lms_job TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lms_job TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.lms_job TO chapterhouse_lookup;


--
-- Name: TABLE lms_job_item; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.lms_job_item TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lms_job_item TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.lms_job_item TO chapterhouse_lookup;


--
-- Name: TABLE lms_maintenance; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.lms_maintenance TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lms_maintenance TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.lms_maintenance TO chapterhouse_lookup;


--
-- Name: TABLE lms_metered_item; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.lms_metered_item TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lms_metered_item TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.lms_metered_item TO chapterhouse_lookup;


--
-- Name: TABLE lms_plan; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.lms_plan TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lms_plan TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.lms_plan TO chapterhouse_lookup;


--
-- Name: TABLE lms_plan_row; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.lms_plan_row TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lms_plan_row TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.lms_plan_row TO chapterhouse_lookup;


--
-- Name: TABLE lms_probe; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT ON TABLE public.lms_probe TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lms_probe TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.lms_probe TO chapterhouse_lookup;


--
-- Name: TABLE lms_roster_enrolment; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT ON TABLE public.lms_roster_enrolment TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lms_roster_enrolment TO chapterhouse_batch;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lms_roster_enrolment TO chapterhouse_lookup;


--
-- Name: TABLE lms_roster_member; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT ON TABLE public.lms_roster_member TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lms_roster_member TO chapterhouse_batch;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lms_roster_member TO chapterhouse_lookup;


--
-- Name: TABLE lms_site; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.lms_site TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lms_site TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.lms_site TO chapterhouse_lookup;


--
-- Name: TABLE lms_task; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.lms_task TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lms_task TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.lms_task TO chapterhouse_lookup;


--
-- Name: TABLE lms_task_evidence; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.lms_task_evidence TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lms_task_evidence TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.lms_task_evidence TO chapterhouse_lookup;


--
-- Name: TABLE margin_alert; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT ON TABLE public.margin_alert TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.margin_alert TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.margin_alert TO chapterhouse_lookup;


--
-- Name: TABLE margin_alert_cost; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT ON TABLE public.margin_alert_cost TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.margin_alert_cost TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.margin_alert_cost TO chapterhouse_lookup;


--
-- Name: TABLE match_run; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.match_run TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.match_run TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.match_run TO chapterhouse_lookup;


--
-- Name: TABLE match_tolerance; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.match_tolerance TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.match_tolerance TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.match_tolerance TO chapterhouse_lookup;


--
-- Name: TABLE match_variance; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT ON TABLE public.match_variance TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.match_variance TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.match_variance TO chapterhouse_lookup;


--
-- Name: TABLE member; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.member TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.member TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.member TO chapterhouse_lookup;


--
-- Name: TABLE obligation_occurrence; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.obligation_occurrence TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.obligation_occurrence TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.obligation_occurrence TO chapterhouse_lookup;


--
-- Name: TABLE offering; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.offering TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.offering TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.offering TO chapterhouse_lookup;


--
-- Name: TABLE offering_version; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.offering_version TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.offering_version TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.offering_version TO chapterhouse_lookup;


--
-- Name: TABLE organization; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.organization TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.organization TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.organization TO chapterhouse_lookup;


--
-- Name: TABLE package_finding; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT ON TABLE public.package_finding TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.package_finding TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.package_finding TO chapterhouse_lookup;


--
-- Name: TABLE package_waiver; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.package_waiver TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.package_waiver TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.package_waiver TO chapterhouse_lookup;


--
-- Name: TABLE payee_account; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.payee_account TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.payee_account TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.payee_account TO chapterhouse_lookup;


--
-- Name: COLUMN payee_account.onboarding_url; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(onboarding_url) ON TABLE public.payee_account TO chapterhouse_app;


--
-- Name: COLUMN payee_account.onboarding_expires_at; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(onboarding_expires_at) ON TABLE public.payee_account TO chapterhouse_app;


--
-- Name: COLUMN payee_account.changed_at; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(changed_at) ON TABLE public.payee_account TO chapterhouse_app;


--
-- Name: TABLE payer_account; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT ON TABLE public.payer_account TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.payer_account TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.payer_account TO chapterhouse_lookup;


--
-- Name: TABLE payment; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.payment TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.payment TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.payment TO chapterhouse_lookup;


--
-- Name: COLUMN payment.status; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(status) ON TABLE public.payment TO chapterhouse_app;


--
-- Name: COLUMN payment.refunded_minor; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(refunded_minor) ON TABLE public.payment TO chapterhouse_app;


--
-- Name: COLUMN payment.changed_at; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(changed_at) ON TABLE public.payment TO chapterhouse_app;


--
-- Name: COLUMN payment.reversed_at; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(reversed_at) ON TABLE public.payment TO chapterhouse_app;


--
-- Name: COLUMN payment.reverse_reason; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(reverse_reason) ON TABLE public.payment TO chapterhouse_app;


--
-- Name: COLUMN payment.cancel_asked_at; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(cancel_asked_at) ON TABLE public.payment TO chapterhouse_app;


--
-- Name: COLUMN payment.cancel_reason; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(cancel_reason) ON TABLE public.payment TO chapterhouse_app;


--
-- Name: COLUMN payment.cancel_failure; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(cancel_failure) ON TABLE public.payment TO chapterhouse_app;


--
-- Name: COLUMN payment.cancelled_by_member_id; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(cancelled_by_member_id) ON TABLE public.payment TO chapterhouse_app;


--
-- Name: COLUMN payment.cancelled_by_name; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(cancelled_by_name) ON TABLE public.payment TO chapterhouse_app;


--
-- Name: COLUMN payment.cancelled_by_email; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(cancelled_by_email) ON TABLE public.payment TO chapterhouse_app;


--
-- Name: COLUMN payment.cancelled_by_organization_id; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(cancelled_by_organization_id) ON TABLE public.payment TO chapterhouse_app;


--
-- Name: COLUMN payment.cancelled_by_organization_name; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(cancelled_by_organization_name) ON TABLE public.payment TO chapterhouse_app;


--
-- Name: TABLE payment_option; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT ON TABLE public.payment_option TO chapterhouse_app;
GRANT SELECT ON TABLE public.payment_option TO chapterhouse_lookup;
GRANT SELECT,UPDATE ON TABLE public.payment_option TO chapterhouse_batch;


--
-- Name: TABLE payout; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT ON TABLE public.payout TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.payout TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.payout TO chapterhouse_lookup;


--
-- Name: TABLE pgqueuer; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT INSERT ON TABLE public.pgqueuer TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.pgqueuer TO chapterhouse_batch;


--
-- Name: COLUMN pgqueuer.id; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT(id) ON TABLE public.pgqueuer TO chapterhouse_app;


--
-- Name: COLUMN pgqueuer.priority; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT(priority) ON TABLE public.pgqueuer TO chapterhouse_app;


--
-- Name: COLUMN pgqueuer.entrypoint; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT(entrypoint) ON TABLE public.pgqueuer TO chapterhouse_app;


--
-- Name: COLUMN pgqueuer.dedupe_key; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT(dedupe_key) ON TABLE public.pgqueuer TO chapterhouse_app;


--
-- Name: SEQUENCE pgqueuer_id_seq; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT USAGE ON SEQUENCE public.pgqueuer_id_seq TO chapterhouse_app;
GRANT USAGE ON SEQUENCE public.pgqueuer_id_seq TO chapterhouse_batch;


--
-- Name: TABLE pgqueuer_log; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT INSERT ON TABLE public.pgqueuer_log TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.pgqueuer_log TO chapterhouse_batch;


--
-- Name: SEQUENCE pgqueuer_log_id_seq; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT USAGE ON SEQUENCE public.pgqueuer_log_id_seq TO chapterhouse_batch;


--
-- Name: TABLE pgqueuer_schedules; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.pgqueuer_schedules TO chapterhouse_batch;


--
-- Name: SEQUENCE pgqueuer_schedules_id_seq; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT USAGE ON SEQUENCE public.pgqueuer_schedules_id_seq TO chapterhouse_batch;


--
-- Name: TABLE pgqueuer_statistics; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.pgqueuer_statistics TO chapterhouse_batch;


--
-- Name: SEQUENCE pgqueuer_statistics_id_seq; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT USAGE ON SEQUENCE public.pgqueuer_statistics_id_seq TO chapterhouse_batch;


--
-- Name: TABLE platform_fee_counter; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.platform_fee_counter TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.platform_fee_counter TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.platform_fee_counter TO chapterhouse_lookup;


--
-- Name: TABLE platform_fee_invoice; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.platform_fee_invoice TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.platform_fee_invoice TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.platform_fee_invoice TO chapterhouse_lookup;


--
-- Name: TABLE platform_fee_line; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.platform_fee_line TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.platform_fee_line TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.platform_fee_line TO chapterhouse_lookup;


--
-- Name: TABLE posting; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.posting TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.posting TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.posting TO chapterhouse_lookup;


--
-- Name: TABLE rate_card_cost; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,DELETE ON TABLE public.rate_card_cost TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.rate_card_cost TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.rate_card_cost TO chapterhouse_lookup;


--
-- Name: TABLE rate_card_entry; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,DELETE ON TABLE public.rate_card_entry TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.rate_card_entry TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.rate_card_entry TO chapterhouse_lookup;


--
-- Name: COLUMN rate_card_entry.published; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(published) ON TABLE public.rate_card_entry TO chapterhouse_app;


--
-- Name: TABLE refund; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.refund TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.refund TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.refund TO chapterhouse_lookup;


--
-- Name: TABLE request_budget; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.request_budget TO chapterhouse_lookup;
GRANT SELECT,DELETE ON TABLE public.request_budget TO chapterhouse_batch;


--
-- Name: TABLE retainage_release; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.retainage_release TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.retainage_release TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.retainage_release TO chapterhouse_lookup;


--
-- Name: TABLE scope_answer; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.scope_answer TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.scope_answer TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.scope_answer TO chapterhouse_lookup;


--
-- Name: TABLE service_level; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,DELETE ON TABLE public.service_level TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.service_level TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.service_level TO chapterhouse_lookup;


--
-- Name: COLUMN service_level.published; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(published) ON TABLE public.service_level TO chapterhouse_app;


--
-- Name: TABLE settlement; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.settlement TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.settlement TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.settlement TO chapterhouse_lookup;


--
-- Name: COLUMN settlement.status; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(status) ON TABLE public.settlement TO chapterhouse_app;


--
-- Name: COLUMN settlement.reverse_reason; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(reverse_reason) ON TABLE public.settlement TO chapterhouse_app;


--
-- Name: COLUMN settlement.reversed_by_member_id; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(reversed_by_member_id) ON TABLE public.settlement TO chapterhouse_app;


--
-- Name: COLUMN settlement.reversed_by_name; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(reversed_by_name) ON TABLE public.settlement TO chapterhouse_app;


--
-- Name: COLUMN settlement.reversed_by_email; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(reversed_by_email) ON TABLE public.settlement TO chapterhouse_app;


--
-- Name: COLUMN settlement.reversed_by_organization_id; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(reversed_by_organization_id) ON TABLE public.settlement TO chapterhouse_app;


--
-- Name: COLUMN settlement.reversed_by_organization_name; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(reversed_by_organization_name) ON TABLE public.settlement TO chapterhouse_app;


--
-- Name: COLUMN settlement.reversed_at; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(reversed_at) ON TABLE public.settlement TO chapterhouse_app;


--
-- Name: COLUMN settlement.changed_at; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(changed_at) ON TABLE public.settlement TO chapterhouse_app;


--
-- Name: TABLE stripe_event; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT INSERT ON TABLE public.stripe_event TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.stripe_event TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.stripe_event TO chapterhouse_lookup;


--
-- Name: TABLE subject; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.subject TO chapterhouse_lookup;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.subject TO chapterhouse_batch;


--
-- Name: TABLE submission; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.submission TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.submission TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.submission TO chapterhouse_lookup;


--
-- Name: TABLE submission_record; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.submission_record TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.submission_record TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.submission_record TO chapterhouse_lookup;


--
-- Name: TABLE tax_exemption; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.tax_exemption TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.tax_exemption TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.tax_exemption TO chapterhouse_lookup;


--
-- Name: COLUMN tax_exemption.status; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(status) ON TABLE public.tax_exemption TO chapterhouse_app;


--
-- Name: COLUMN tax_exemption.decided_at; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(decided_at) ON TABLE public.tax_exemption TO chapterhouse_app;


--
-- Name: COLUMN tax_exemption.decided_by_member_id; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(decided_by_member_id) ON TABLE public.tax_exemption TO chapterhouse_app;


--
-- Name: COLUMN tax_exemption.decided_by_name; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(decided_by_name) ON TABLE public.tax_exemption TO chapterhouse_app;


--
-- Name: COLUMN tax_exemption.decided_by_email; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(decided_by_email) ON TABLE public.tax_exemption TO chapterhouse_app;


--
-- Name: COLUMN tax_exemption.decided_by_organization_id; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(decided_by_organization_id) ON TABLE public.tax_exemption TO chapterhouse_app;


--
-- Name: COLUMN tax_exemption.decided_by_organization_name; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(decided_by_organization_name) ON TABLE public.tax_exemption TO chapterhouse_app;


--
-- Name: COLUMN tax_exemption.decide_reason; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(decide_reason) ON TABLE public.tax_exemption TO chapterhouse_app;


--
-- Name: TABLE tax_registration; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.tax_registration TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.tax_registration TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.tax_registration TO chapterhouse_lookup;


--
-- Name: TABLE tax_rule; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT ON TABLE public.tax_rule TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.tax_rule TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.tax_rule TO chapterhouse_lookup;


--
-- Name: COLUMN tax_rule.valid_until; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT UPDATE(valid_until) ON TABLE public.tax_rule TO chapterhouse_app;


--
-- Name: TABLE work_record; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.work_record TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.work_record TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.work_record TO chapterhouse_lookup;


--
-- Name: TABLE write_off; Type: ACL; Schema: public; Owner: chapterhouse_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.write_off TO chapterhouse_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.write_off TO chapterhouse_batch;
GRANT SELECT,INSERT,UPDATE ON TABLE public.write_off TO chapterhouse_lookup;


--
-- PostgreSQL database dump complete
--
