"""The words of the catalog: what is typed is spelled as listings spell it, and found by the one index of their words."""

from __future__ import annotations

from migrations.sql import run

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

CONTENT = """title summary category delivery_countries languages time_zone office_types deepest_disclosure_tier
deliverables exclusions assumptions buyer_inputs""".split()

DELETE_LISTING = """
            delete from catalog_listing l using offering o
                where l.id = of_offering_id and o.id = l.id and o.vendor_id = app.organization_id()"""
INSERT_LISTING = f"""
            insert into catalog_listing (id, vendor_id, vendor_name, version_id, version_number, {", ".join(CONTENT)},
                units, currency_code, lowest_unit_prices, published_at, search)
            select o.id, o.vendor_id, vendor.name, v.id, v.number, {", ".join(f"v.{name}" for name in CONTENT)},
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
            where o.id = of_offering_id and o.status = 'PUBLISHED' and o.vendor_id = app.organization_id()"""


def upgrade() -> None:
    """Bring the vocabulary and what reads it. `names` and its index stay: the code before this searches by them."""
    run(
        """
        create table catalog_word (
            word text collate "C" primary key,
            listing_id uuid not null
        ) --;
        comment on column catalog_word.listing_id is 'any one listing that has the word: it keeps the word in the catalog' --;
        grant select on catalog_word to chapterhouse_app, chapterhouse_batch --;
        grant select, insert, update, delete on catalog_word to chapterhouse_lookup --;
        -- whoever publishes waits until the words are counted; readers do not
        lock table catalog_listing in share row exclusive mode --;
        insert into catalog_word
            select w.word, any_value(l.id) from catalog_listing l, unnest(tsvector_to_array(l.search)) w(word)
            group by w.word --;
        create index catalog_word_listing on catalog_word (listing_id) --;
        create index catalog_word_typo on catalog_word using gin (word gin_trgm_ops) --;
        analyze catalog_word
        """
    )
    run(
        """
        create function app.catalog_spellings(typed text, stem text) returns text[] language sql stable parallel safe
        as $$ select coalesce(
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
             where near.nearness >= greatest(0.33, 0.8 * near.nearest))) $$ --;
        create function app.catalog_query(words text) returns tsquery language plpgsql stable parallel safe as $$
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
        end $$
        """
    )
    run(
        f"""
        create or replace function app.list_offering(of_offering_id uuid) returns void
        language plpgsql volatile security definer set search_path = public, pg_temp as $$
        declare words text[]; word_left text; other_id uuid;
        begin {DELETE_LISTING};
            {INSERT_LISTING}
            returning tsvector_to_array(search) into words;
            words := coalesce(words, '{{}}');
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
        end $$
        """
    )


def downgrade() -> None:
    """Take it away."""
    run(
        f"""
        create or replace function app.list_offering(of_offering_id uuid) returns void
        language sql volatile security definer set search_path = public, pg_temp as $$ {DELETE_LISTING};
            {INSERT_LISTING} $$ --;
        drop function app.catalog_query --;
        drop function app.catalog_spellings --;
        drop table catalog_word
        """
    )
