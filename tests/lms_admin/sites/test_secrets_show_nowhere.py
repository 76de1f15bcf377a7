"""A credential is handed in and never handed out: not by the API, the database, the queue, the trail or the log."""

from __future__ import annotations

import base64
import json
import logging
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.databases import OneDatabase, Server
from tests.delivery.desk import Desk
from tests.delivery.guild import Guild
from tests.lms_admin.places import join
from tests.lms_admin.sites.asking import CHANGE, CONNECT, DISCONNECT, KOLIBRI, MOODLE, PASSWORD, REPLACE, TOKEN

Logged = Callable[[], bytes]
THIRD = "third-token-51aa0c"


def forms(secret: str) -> list[bytes]:
    raw = secret.encode()
    return [raw, raw.hex().encode(), base64.b64encode(raw)[:-4], json.dumps(secret).encode()]


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> Logged:
    """All that was logged and printed until it is asked for."""
    caplog.set_level(logging.DEBUG)
    return lambda: "".join([caplog.text, *capfd.readouterr()]).encode()


def dumped(postgres: Server, database: OneDatabase) -> bytes:
    command = [f"{postgres.programs}/pg_dump", database.superuser_url, "--inserts"]
    return subprocess.run(command, capture_output=True, check=True).stdout


def files_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


async def test_no_secret_is_anywhere(
    desk: Desk,
    postgres: Server,
    database: OneDatabase,
    tmp_path: Path,
    logged: Logged,
) -> None:
    guild = desk.guild
    owner = await join(guild, "Oona", "ASSOCIATION", guild.association, "OWNER")
    answers: list[bytes] = []

    async def send(query: str, **given: object) -> str:
        headers = await desk.headers(owner) | {"idempotency-key": f"key {len(answers)}"}
        body = {"query": query, "variables": {"input": given}}
        first = await desk.client.post("/graphql", json=body, headers=headers)
        again = await desk.client.post("/graphql", json=body, headers=headers)
        answers.extend([first.content, again.content])
        (payload,) = first.json()["data"].values()
        return str(payload["site"] and payload["site"]["id"])

    site = await send(CONNECT, contractId=desk.contract, **MOODLE)
    await send(CONNECT, contractId=desk.contract, **KOLIBRI)
    await send(CONNECT, contractId=desk.contract, **MOODLE)  # the name is taken
    wrong = [{"name": TOKEN[:9], "value": TOKEN}, {"name": "token", "value": f"{PASSWORD}\n"}]
    await send(REPLACE, siteId=site, secret=wrong)
    await send(REPLACE, siteId=site, secret=[{"name": "token", "value": THIRD}])
    address = "https://moved.guild.example"
    await send(CHANGE, siteId=site, baseUrl=address, secret=[{"name": "token", "value": TOKEN}])
    await send(DISCONNECT, siteId=site, reason="Moved")
    dump = dumped(postgres, database)
    assert dump.count(b"INSERT INTO public.lms_credential") == 4
    assert dump.count(b"INSERT INTO public.idempotency_key") == 5
    seen = b"".join(answers) + dump + files_in(tmp_path) + logged()
    for secret in (TOKEN, PASSWORD, THIRD):
        for form in forms(secret):
            assert form not in seen


async def test_the_schema_has_no_way_to_ask(desk: Desk, guild: Guild) -> None:
    asked = '{ __type(name: "LmsSite") { fields { name } } }'
    fields = {field["name"] for field in (await desk.ask(guild.lead, asked))["__type"]["fields"]}
    assert {name for name in fields if "cred" in name.lower() or "secret" in name.lower()} == {"credentialStoredAt"}
