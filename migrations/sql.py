"""What every version writes the same way: policies, tenant keys, and scripts of several statements."""

from __future__ import annotations

from alembic import op

KEY_COLUMNS = """contract_id uuid not null,
            id uuid not null,
            association_id uuid not null,
            vendor_id uuid not null,
            primary key (contract_id, id)"""
"""How the tables of a contract's rows begin."""

SITE_KEY = """site_id uuid not null,
            foreign key (contract_id, site_id) references lms_site (contract_id, id)"""
"""The site of a row of LMS administration."""

SIGNED = """{0}_member_id uuid,
            {0}_name text,
            {0}_email text,
            {0}_organization_id uuid,
            {0}_organization_name text"""
"""Who did it, as they were at the act; empty for the system."""

CONTRACT_KEY = "contract_id, association_id, vendor_id"
SEES_CONTRACT = "app.sees(contract_id, association_id, vendor_id)"
SEES_ROWS = f"""case when strpos(current_setting('app.granted', true), contract_id::text) > 0 then true
    else {SEES_CONTRACT} end"""
"""The same, told without a call to whoever carries their grants; the planner takes a CASE to hold for every other row."""
SEES_LEARNERS = "app.sees_learners(contract_id, association_id, vendor_id, site_id)"
"""For rows that name learners: fewer see them than see the contract, and nobody beyond the sites they administer."""
READS_COST = f"{SEES_CONTRACT} and app.disclosure(contract_id, association_id, vendor_id) = 'FULL'"


def run(script: str) -> None:
    """Run several statements; asyncpg takes one at a time, so a line of `--;` parts them."""
    for statement in script.split("--;"):
        if statement.strip():
            op.execute(statement.replace(":", r"\:"))


def tenant_table(table: str, *, using: str, check: str | None = None, grants: str = "select, insert, update") -> None:
    """Secure a table that holds a tenant's rows: forced policies for the app role, all rows for batch and lookup."""
    run(
        f"""
        alter table {table} enable row level security --;
        alter table {table} force row level security --;
        create policy app on {table} to chapterhouse_app using ({using}) with check ({check or using}) --;
        create policy everything on {table} to chapterhouse_batch, chapterhouse_lookup using (true) with check (true) --;
        grant {grants} on {table} to chapterhouse_app --;
        grant select, insert, update, delete on {table} to chapterhouse_batch --;
        grant select, insert, update on {table} to chapterhouse_lookup
        """
    )


def contract_table(
    table: str, *, using: str = SEES_CONTRACT, check: str | None = None, grants: str = "select, insert, update"
) -> None:
    """Secure a table of a contract's rows, tied to its contract's three ids by a composite foreign key."""
    op.execute(
        f"alter table {table} add constraint {table}_contract foreign key ({CONTRACT_KEY}) "
        f"references contract (id, association_id, vendor_id)"
    )
    tenant_table(table, using=using, check=check, grants=grants)


def lookup_function(signature: str, definition: str) -> None:
    """Create a function that looks before, or beyond, what the actor may see: owned by lookup, called by app."""
    function = signature.partition(" returns ")[0]
    run(
        f"""
        create function {signature} {definition} --;
        alter function {function} owner to chapterhouse_lookup --;
        revoke all on function {function} from public --;
        grant execute on function {function} to chapterhouse_app, chapterhouse_batch
        """
    )


def drop_tables(*tables: str) -> None:
    """Drop tables, the last made first."""
    for table in reversed(tables):
        op.execute(f"drop table {table} cascade")
