"""Roles, the schema `app`, who is asking, reference data and rounding."""

from __future__ import annotations

from alembic import op

from core.money import NO_MINOR_UNIT, THREE_DIGITS
from core.territories import CONTINENT_OF
from migrations.sql import run

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ROLES = ("chapterhouse_app", "chapterhouse_batch", "chapterhouse_lookup")


def upgrade() -> None:
    """Bring the foundation."""
    for role in ROLES:
        run(
            f"""
            do $$ begin
                if not exists (select from pg_roles where rolname = '{role}') then create role {role} nologin; end if;
            exception when duplicate_object or unique_violation then null;
            end $$
            """
        )
    run(
        """
        do $$ begin
            if not pg_has_role(current_user, 'chapterhouse_lookup', 'SET') then
                execute format('grant chapterhouse_lookup to %I', current_user);
            end if;
        end $$ --;
        create extension if not exists pg_trgm --;
        create extension if not exists btree_gist --;
        create schema app --;
        grant usage on schema app to chapterhouse_app, chapterhouse_batch --;
        grant usage, create on schema app to chapterhouse_lookup --;
        grant usage on schema public to chapterhouse_app, chapterhouse_batch, chapterhouse_lookup
        """
    )
    run(
        """
        create function app.member_id() returns uuid language sql stable parallel safe
        as $$ select current_setting('app.member_id')::uuid $$ --;
        create function app.organization_id() returns uuid language sql stable parallel safe
        as $$ select current_setting('app.organization_id')::uuid $$ --;
        create function app.organization_kind() returns text language plpgsql stable parallel safe cost 1 as $$
        declare kind text := current_setting('app.organization_kind');
        begin
            if kind = '' then raise exception 'no actor is set on this connection'; end if;
            return kind;
        end $$ --;
        create function app.has_role(variadic roles text[]) returns boolean language sql stable parallel safe
        as $$ select string_to_array(current_setting('app.roles'), ',') && roles $$ --;
        create function app.refuse_change() returns trigger language plpgsql as $$
        begin
            raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
        end $$
        """
    )
    run(
        f"""
        create function app.currency_digits(code text) returns int language sql immutable parallel safe
        as $$ select case when code = any ('{{{",".join(sorted(NO_MINOR_UNIT))}}}') then 0
                          when code = any ('{{{",".join(sorted(THREE_DIGITS))}}}') then 3 else 2 end $$ --;
        create function app.round_half_even(value numeric, digits int) returns numeric language sql immutable parallel safe
        as $$ select case when abs(value * 10 ^ digits::numeric - trunc(value * 10 ^ digits::numeric)) = 0.5
                     then round(round(value * 10 ^ digits::numeric / 2) * 2 / 10 ^ digits::numeric, digits)
                     else round(value, digits) end $$ --;
        create function app.extended_minor(quantity numeric, unit_amount numeric, currency text) returns bigint
        language sql immutable parallel safe
        as $$ select app.round_half_even(quantity * unit_amount * 10 ^ app.currency_digits(currency)::numeric, 0)::bigint $$
        """
    )
    run(
        """
        create table country (code text primary key check (code ~ '^[A-Z]{2}$'), continent_code text not null) --;
        grant select on country to chapterhouse_app, chapterhouse_batch, chapterhouse_lookup
        """
    )
    rows = ", ".join(f"('{country}', '{continent}')" for country, continent in sorted(CONTINENT_OF.items()))
    op.execute(f"insert into country values {rows}")


def downgrade() -> None:
    """Take it away; the roles belong to the whole server and stay."""
    run(
        """
        drop table country --;
        drop schema app cascade --;
        drop extension btree_gist --;
        drop extension pg_trgm
        """
    )
