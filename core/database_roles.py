"""The login roles: made for what DATABASE_URL names, and looked at before anything is served."""

from __future__ import annotations

from typing import Any

import asyncpg

from core.database_url import password_of, user_of
from core.settings import ConfigurationError

APP = "chapterhouse_app"
BATCH = "chapterhouse_batch"
LOOKUP = "chapterhouse_lookup"
GROUPS = [APP, BATCH, LOOKUP]

MAKE_LOGIN = "select format('create role %I login password %L', $1::text, $2::text)"
GRANT_GROUP = """
select format('grant %I to %I', $2::text, $1::text)
where not exists (
    select from pg_auth_members
    where roleid = to_regrole(quote_ident($2)) and member = to_regrole(quote_ident($1))
)
"""
TOO_MUCH = """
select rolsuper as superuser, rolbypassrls as bypass,
    pg_has_role(current_user, (select datdba from pg_database where datname = current_database()), 'MEMBER') as owner,
    to_regrole($1) is not null and pg_has_role(current_user, to_regrole($1), 'MEMBER') as batch,
    to_regrole($2) is not null and pg_has_role(current_user, to_regrole($2), 'MEMBER') as app
from pg_roles where rolname = current_user
"""


async def prepare_logins(owner: asyncpg.Connection[Any], *, app_url: str, batch_url: str) -> list[str]:
    """Make the logins that the two URLs name, where they are missing, and put them into their groups.

    Call it as the owner, after the migrations, which make the groups; answers the names of the logins it made.
    An existing login keeps its password. Refused with ConfigurationError: a URL that names the owner, or one login
    for both.
    """
    wanted = {user_of(app_url): (APP, app_url), user_of(batch_url): (BATCH, batch_url)}
    me = await owner.fetchval("select current_user")
    if me in wanted:
        raise ConfigurationError(f"DATABASE_URL must not connect as {me}, who owns the database: name another login")
    if len(wanted) == 1:
        raise ConfigurationError("BATCH_DATABASE_URL must name another login than DATABASE_URL: it sees every row")
    made = []
    for login, (group, url) in wanted.items():
        if not await owner.fetchval("select exists (select from pg_roles where rolname = $1)", login):
            await owner.execute(await owner.fetchval(MAKE_LOGIN, login, password_of(url)))
            made.append(login)
        if grant := await owner.fetchval(GRANT_GROUP, login, group):
            await owner.execute(grant)
    return made


async def unfit_to_serve(connection: asyncpg.Connection[Any]) -> str | None:
    """Why this connection's role must not serve requests, in one line; None when it may."""
    role = await connection.fetchrow(TOO_MUCH, BATCH, APP)
    assert role is not None, "a connected role is in pg_roles"
    name = await connection.fetchval("select current_user")
    reasons = {
        "superuser": "is a superuser",
        "bypass": "has BYPASSRLS",
        "owner": "owns the database",
        "batch": f"is a member of {BATCH}",
    }
    for column, reason in reasons.items():
        if role[column]:
            return (
                f"DATABASE_URL connects as {name}, who {reason} and would see every tenant's rows: "
                f"name a login of its own, and `chapterhouse migrate` makes it"
            )
    if not role["app"]:
        return f"DATABASE_URL connects as {name}, who is not in {APP}: run `chapterhouse migrate`"
    return None
