"""The limit: PostgreSQL's own load generator with the very statement that we send, and nothing in between."""

from __future__ import annotations

import asyncio
import math
import re
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import asyncpg

from bench.load import Failed, Load, measured
from bench.peer import BROWSE, CONTRACT, NODE, SEARCH
from bench.peers.ours import browse_variables, contract_variables, node_variables, operation
from core.db import READING, Database, read_json_as_bytes
from demo.seats import SEATS
from services.identity.acting import MEMBERSHIPS, acting

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bench.peer import BenchDatabase, Question
    from core.actor import Actor

NAME: Final = "pgbench"
CLIENTS: Final = 10
"""As many connections as every server's pool has."""
MOST_SCRIPTS: Final = 10
"""It prepares a statement anew for each question and connection, which no server does: so many questions are enough."""
WARM_UP_SECONDS: Final = 4.0
"""After which every connection has prepared them all, and PostgreSQL has settled on its plans."""
VARIABLES: Final[Mapping[str, tuple[str, Callable[[Question], dict[str, Any]]]]] = {
    BROWSE: ("browse", browse_variables),
    CONTRACT: ("contract", contract_variables),
    NODE: ("node", node_variables),
    SEARCH: ("search", dict),
}


@dataclass(frozen=True)
class Asked:
    """A statement as it is sent, with its values, and the keys of the columns it answers with."""

    sql: str
    values: Sequence[Any]
    keys: Sequence[str]


def statements(database: BenchDatabase, work: str) -> list[Asked]:
    """What we send for each question: the page, and whether the reader still is who they were when remembered."""
    from api.graphql_schema import schema  # noqa: PLC0415  (the whole API, which only this needs)
    from api.reading import Plans  # noqa: PLC0415

    plans, reader = Plans(schema), remembered(database)
    assert reader.subject is not None, "whoever is remembered has a token"
    file, variables = VARIABLES[work]
    made = [
        plans.reading(plans.ask(operation(file), None, variables(question)), reader)
        for question in database.questions[work]
    ]
    return [
        Asked(it.statement.watched, [*it.values, *reader.subject, reader.standing], it.statement.keys)
        for it in made
        if it is not None
    ]


def remembered(database: BenchDatabase) -> Actor:
    """The reader as the server finds and remembers them."""

    async def found() -> Actor:
        subject = ("self", SEATS[database.reader.seat].subject)
        connection = await asyncpg.connect(database.app_url, server_settings=Database(database.app_url).server_settings)
        try:
            return acting(subject, await connection.fetch(MEMBERSHIPS, *subject), organization_id=None)
        finally:
            await connection.close()

    return asyncio.run(found())


def answers(database: BenchDatabase, work: str) -> list[bytes]:
    """What those statements answer, each as the body of a response."""

    async def bodies(asked: Sequence[Asked], settings: Mapping[str, str]) -> list[bytes]:
        connection = await asyncpg.connect(database.app_url, server_settings=dict(settings))
        try:
            await read_json_as_bytes(connection)
            return [_body(it.keys, await connection.fetchrow(it.sql, *it.values)) for it in asked]
        finally:
            await connection.close()

    return asyncio.run(bodies(statements(database, work), _settings(database)))


def run(database: BenchDatabase, programs: Path, asked: Sequence[Asked], *, seconds: float) -> Load:
    """Let pgbench send some of them over and over, on as many connections as a server's pool has."""
    chosen = asked[:: max(1, -(-len(asked) // MOST_SCRIPTS))]
    with tempfile.TemporaryDirectory() as folder:
        command: list[str | Path] = [
            *(programs / "pgbench", "--no-vacuum", "--protocol=prepared", "--log", f"--log-prefix={folder}/log"),
            *(f"--client={CLIENTS}", "--jobs=1", f"--time={math.ceil(WARM_UP_SECONDS + seconds)}"),
        ]
        for number, statement in enumerate(chosen):
            script = Path(folder) / f"{number}.sql"
            script.write_text(_for_pgbench(statement.sql, number))
            command += ["--file", script]
            for at, value in enumerate(statement.values, 1):
                command += ["--define", f"q{number}_{at}={_text(value)}"]
        connect = {
            "PGHOST": database.socket_folder,
            "PGDATABASE": database.name,
            "PGUSER": database.app_user,
            "PGOPTIONS": " ".join(f"-c {name}={_escaped(value)}" for name, value in _settings(database).items()),
        }
        done = subprocess.run(command, env=connect, capture_output=True, check=False, text=True, cwd=folder)
        if done.returncode or "number of failed transactions: 0 " not in done.stdout:
            raise Failed(done.stderr[-600:] or done.stdout[-600:])
        return _timed([line.split() for log in Path(folder).glob("log.*") for line in log.open()], seconds)


def _timed(log: Sequence[Sequence[str]], seconds: float) -> Load:
    """Sum up what ended in the `seconds` after the warm-up; a line is client, number, microseconds, script, end."""
    runs = [(int(line[4]) + int(line[5]) / 1e6, int(line[2]) / 1e6) for line in log]
    begun = min(ended - taken for ended, taken in runs) + WARM_UP_SECONDS
    return measured([taken for ended, taken in runs if begun <= ended <= begun + seconds], seconds, 0)


def _body(keys: Sequence[str], row: Any) -> bytes:  # noqa: ANN401  (asyncpg's record)
    *answer, stands = row
    assert stands, "the reader is who they were"
    return b"{" + b",".join(b'"' + key.encode() + b'":' + it for key, it in zip(keys, answer, strict=True)) + b"}"


def _settings(database: BenchDatabase) -> dict[str, str]:
    """The settings of our own connections, and the reader's, which they keep from one request to the next."""
    return Database(database.app_url).server_settings | READING | dict(database.reader.settings)


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace(" ", "\\ ")


def _for_pgbench(sql: str, number: int) -> str:
    # pgbench takes a colon and a word for a variable, inside of literals too
    quoted = re.sub(r"'(?:[^']|'')*'", lambda literal: _without_colons(literal[0]), sql)
    return re.sub(r"\$(\d+)", lambda place: f":q{number}_{place[1]}", quoted) + ";\n"


def _without_colons(literal: str) -> str:
    return "E" + literal.replace("\\", "\\\\").replace(":", r"\072") if ":" in literal else literal


def _text(value: Any) -> str:  # noqa: ANN401  (what a statement's parameters can be)
    if isinstance(value, list | tuple | set | frozenset):
        return "{" + ",".join('"' + _text(item).replace("\\", "\\\\").replace('"', '\\"') + '"' for item in value) + "}"
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)
