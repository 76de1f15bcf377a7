"""Request budgets: how much everybody may still ask for, shared by all processes that serve."""

from __future__ import annotations

from migrations.sql import lookup_function, run

revision = "0010"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the buckets; they are unlogged: nothing is lost with them but that somebody had spent theirs."""
    run(
        """
        create unlogged table request_budget (
            who text primary key,
            full_at timestamptz not null
        ) with (fillfactor = 50) --;
        grant select, insert, update on request_budget to chapterhouse_lookup --;
        grant select, delete on request_budget to chapterhouse_batch
        """
    )
    lookup_function(
        "app.take_from_budget(of_whom text, cost bigint, capacity bigint, restore_per_second bigint) "
        "returns table (remaining bigint, wait_seconds double precision)",
        """language plpgsql volatile security definer set search_path = public, pg_temp as $$
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
        end $$""",
    )


def downgrade() -> None:
    """Take them away."""
    run(
        """
        drop function app.take_from_budget --;
        drop table request_budget
        """
    )
