"""What a member is granted travels with who they are, so that a row need not be looked up to be seen."""

from __future__ import annotations

from migrations.sql import READS_COST, SEES_CONTRACT, lookup_function, run

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ROWS = """contract_line contract_revision contract_signature decision evidence invoice invoice_line invoice_source
journal_entry obligation_occurrence submission submission_record work_record""".split()
COSTS = ("actual_cost", "contract_line_cost", "invoice_line_cost")
BUYERS_POSTINGS = "(account = 'ASSOCIATION_RECEIVABLE' or app.organization_kind() <> 'ASSOCIATION')"

SEES_ITSELF = "app.sees(id, association_id, vendor_id)"

MOST_GRANTS = 50
"""Whoever has more is looked up row by row, as before: a long list is searched for every row."""

SEES = """
    create or replace function app.sees(contract uuid, association uuid, vendor uuid) returns boolean
    language plpgsql stable parallel safe cost 1 as $$
    declare
        granted text := current_setting('app.granted', true);
    begin
        if app.is_party(association, vendor) then return true; end if;
        if granted like '=%' then return strpos(granted, contract::text) > 0; end if;
        return exists (select from contract_grant g
            where g.contract_id = contract and g.member_id = current_setting('app.member_id')::uuid
                and g.revoked_at is null and g.effective @> now());
    end $$ --;
    create or replace function app.is_granted(contract uuid, variadic roles text[]) returns boolean
    language plpgsql stable parallel safe cost 1 as $$
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
    end $$
"""

SEES_BEFORE = """
    create or replace function app.sees(contract uuid, association uuid, vendor uuid) returns boolean
    language plpgsql stable parallel safe cost 1 as $$
    begin
        if app.is_party(association, vendor) then return true; end if;
        return exists (select from contract_grant g
            where g.contract_id = contract and g.member_id = current_setting('app.member_id')::uuid
                and g.revoked_at is null and g.effective @> now());
    end $$ --;
    create or replace function app.is_granted(contract uuid, variadic roles text[]) returns boolean
    language plpgsql stable parallel safe cost 1 as $$
    begin
        return exists (select from contract_grant g
            where g.contract_id = contract and g.member_id = current_setting('app.member_id')::uuid
                and g.role = any (roles) and g.revoked_at is null and g.effective @> now());
    end $$
"""

STANDING = """
    create or replace function app.standing(of_issuer text, of_subject text) returns text
    language plpgsql stable security definer set search_path = public, pg_temp as $$
    begin
        return (
            select string_agg(row(m.id, o.id, m.person_id, o.kind, o.name, m.name, m.email, m.roles{granted})::text, ' '
                order by m.id)
            from subject s join member m on m.person_id = s.person_id join organization o on o.id = m.organization_id
            where s.issuer = of_issuer and s.subject = of_subject and m.ended_at is null);
    end $$
"""


def upgrade() -> None:
    """Bring what lists grants, and policies that look into that list before they call anything."""
    lookup_function(
        "app.granted(of_member uuid) returns text",
        f"""language plpgsql stable security definer set search_path = public, pg_temp as $$
            begin
                return (
                    select case when count(*) > {MOST_GRANTS} then '*'
                        else '= ' || coalesce(string_agg(g.contract_id || ':' || g.role || ' ', ''
                            order by g.contract_id, g.role), '') end
                    from contract_grant g
                    where g.member_id = of_member and g.revoked_at is null and g.effective @> now());
            end $$""",
    )
    run(STANDING.format(granted=", app.granted(m.id)"))
    run(SEES)
    for table in ROWS:
        _see(table, _if_granted("contract_id", SEES_CONTRACT))
    _see("contract", _if_granted("id", SEES_ITSELF))
    _see("posting", f"{_if_granted('contract_id', SEES_CONTRACT)} and {BUYERS_POSTINGS}")
    for table in COSTS:
        leads = "vendor_id = current_setting('app.organization_id')::uuid"
        _see(table, _if_granted("contract_id || ':DELIVERY_LEAD '", READS_COST, besides=leads))


def downgrade() -> None:
    """Look every row up again."""
    for table in ROWS:
        _see(table, SEES_CONTRACT)
    _see("contract", SEES_ITSELF)
    _see("posting", f"{SEES_CONTRACT} and {BUYERS_POSTINGS}")
    for table in COSTS:
        _see(table, READS_COST)
    run(SEES_BEFORE)
    run(STANDING.format(granted=""))
    run("drop function app.granted")


def _see(table: str, using: str) -> None:
    run(f"alter policy app on {table} using ({using})")


def _if_granted(token: str, otherwise: str, *, besides: str = "true") -> str:
    """Whether the list names it, told without a call; the planner takes a CASE to hold for every other row."""
    listed = f"strpos(current_setting('app.granted', true), ({token})::text) > 0 and {besides}"
    return f"case when {listed} then true else {otherwise} end"
