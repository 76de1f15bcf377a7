"""What stands in a command's way is one line and exit code 1; what does not, works."""

from __future__ import annotations

import asyncio
from pathlib import Path

import asyncpg
import jwt
import pytest

from core.database_roles import prepare_logins
from core.settings import ConfigurationError
from tests.commanding import chapterhouse
from tests.databases import OneDatabase, Server


def one_line(stderr: str) -> str:
    (line,) = stderr.splitlines()
    return line


def test_a_token_is_all_that_is_printed(tmp_path: Path) -> None:
    done = chapterhouse("token", "association.finance", folder=tmp_path)
    assert done.stderr == ""
    (token,) = done.stdout.splitlines()
    claims = jwt.decode(token, options={"verify_signature": False})
    assert claims["iss"] == "http://127.0.0.1:8000"
    assert claims["sub"] == "seat:association.finance"


def test_a_seat_that_there_is_not(tmp_path: Path) -> None:
    done = chapterhouse("token", "association.chair", folder=tmp_path)
    assert done.returncode == 1
    assert done.stdout == ""
    assert one_line(done.stderr).startswith(
        "chapterhouse: there is no seat association.chair; there are vendor.owner, "
    )


def test_migrate_says_that_its_url_is_missing(tmp_path: Path) -> None:
    done = chapterhouse("migrate", folder=tmp_path)
    assert done.returncode == 1
    assert one_line(done.stderr).startswith("chapterhouse: MIGRATION_DATABASE_URL is not set: ")


def test_migrate_up_down_and_up_again_makes_the_missing_logins(postgres: Server, tmp_path: Path) -> None:
    with postgres.clone("template1") as empty:
        variables = empty.environment(tmp_path) | {"DATABASE_URL": empty.url("some_app")}
        try:
            up = chapterhouse("migrate", folder=tmp_path, **variables)
            assert (up.returncode, up.stderr) == (0, "")
            assert up.stdout.splitlines()[-1] == "Made the logins some_app, some_app_batch."
            down = chapterhouse("migrate", "--down-to", "base", folder=tmp_path, **variables)
            assert (down.returncode, down.stderr) == (0, "")
            again = chapterhouse("migrate", folder=tmp_path, **variables)
            assert (again.returncode, again.stdout) == (0, "The database is up to date.\n")
        finally:
            postgres.execute("drop role if exists some_app, some_app_batch")


def test_migrate_refuses_a_role_that_may_not_make_roles(
    postgres: Server, database: OneDatabase, tmp_path: Path
) -> None:
    postgres.execute("create role weak login")
    try:
        done = chapterhouse("migrate", folder=tmp_path, MIGRATION_DATABASE_URL=database.url("weak"))
    finally:
        postgres.execute("drop role weak")
    assert done.returncode == 1
    assert one_line(done.stderr) == (
        "chapterhouse: MIGRATION_DATABASE_URL: weak may not create schemas here: let it own the database"
    )


@pytest.mark.parametrize(
    ("app", "batch", "line"),
    [
        ("chapterhouse_owner", "some_batch", "DATABASE_URL must not connect as chapterhouse_owner"),
        ("some_app", "chapterhouse_owner", "DATABASE_URL must not connect as chapterhouse_owner"),
        ("some_app", "some_app", "BATCH_DATABASE_URL must name another login than DATABASE_URL"),
    ],
)
async def test_logins_are_two_and_not_the_owner(database: OneDatabase, app: str, batch: str, line: str) -> None:
    owner = await asyncpg.connect(database.owner_url)
    try:
        with pytest.raises(ConfigurationError, match=line):
            await prepare_logins(owner, app_url=database.url(app), batch_url=database.url(batch))
        made = await owner.fetch("select rolname from pg_roles where rolname like 'some%'")
        assert made == []
    finally:
        await owner.close()


def test_a_made_login_has_the_password_of_its_url(postgres: Server, database: OneDatabase) -> None:
    secret = 'o\'clock \\ "quoted"'
    url = f"postgresql://with_secret:{'o%27clock%20%5C%20%22quoted%22'}@/{database.name}?host={database.socket_folder}"

    async def prepared() -> tuple[list[str], str]:
        owner = await asyncpg.connect(database.owner_url)
        superuser = await asyncpg.connect(postgres.superuser_url)
        try:
            made = await prepare_logins(owner, app_url=url, batch_url=database.batch_url)
            return made, await superuser.fetchval("select rolpassword from pg_authid where rolname = 'with_secret'")
        finally:
            await owner.close()
            await superuser.close()

    try:
        made, stored = asyncio.run(prepared())
        assert made == ["with_secret"]
        assert stored.startswith("SCRAM-SHA-256$")
        assert secret not in stored
    finally:
        postgres.execute("drop role with_secret")
    assert stored


def test_the_doctor_finds_nothing_to_mend(database: OneDatabase, tmp_path: Path) -> None:
    variables = database.environment(tmp_path)
    chapterhouse("token", "vendor.owner", folder=tmp_path, **variables)
    done = chapterhouse("doctor", folder=tmp_path, **variables)
    assert done.stderr == ""
    assert [line[0] for line in done.stdout.splitlines()[:-1]] == ["✓"] * 11
    assert done.stdout.splitlines()[-1] == "Nothing to mend."
    assert done.returncode == 0


def test_the_doctor_says_what_to_mend(postgres: Server, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.write_text("a file where a folder should be")
    with postgres.clone("template1") as empty:
        variables = empty.environment(tmp_path) | {"DATABASE_URL": empty.owner_url}
        done = chapterhouse("doctor", folder=tmp_path, **variables)
    assert done.returncode == 1
    wrong = [line for line in done.stdout.splitlines() if line.startswith("✗")]
    assert [line.split(":")[0] for line in wrong] == [
        "✗ serving role",
        "✗ batch role",
        "✗ extensions",
        "✗ migrations",
        "✗ signing keys",
    ]
    assert all("`chapterhouse " in line or "make it" in line or "name a login" in line for line in wrong)
    assert done.stdout.splitlines()[-1] == "5 to mend."


def test_the_doctor_names_a_wrong_setting(tmp_path: Path) -> None:
    done = chapterhouse("doctor", folder=tmp_path, PORT="eight")
    assert done.returncode == 1
    assert done.stdout == "✗ configuration: PORT is not usable: it should be a TCP port from 1 to 65535\n"
