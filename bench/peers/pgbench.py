"""The limit: PostgreSQL's own load generator with the very statement that we send, and nothing in between."""

from __future__ import annotations

import asyncio
import re
import subprocess
import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import asyncpg

from bench.building.actors import actor
from bench.load import Failed, Load, measured
from bench.peer import BROWSE, CONTRACT, NODE, SEARCH
from bench.peers.ours import browse_variables, contract_variables, node_variables, operation
from core.db import Database, read_json_as_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from api.reading import Reading
    from bench.peer import BenchDatabase, Question

NAME: Final = "pgbench"
CLIENTS: Final = 10
"""As many connections as every server's pool has."""
VARIABLES: Final[Mapping[str, tuple[str, Callable[[Question], dict[str, Any]]]]] = {
    BROWSE: ("browse", browse_variables),
    CONTRACT: ("contract", contract_variables),
    NODE: ("node", node_variables),
    SEARCH: ("search", dict),
}


def readings(database: BenchDatabase, work: str) -> list[Reading]:
    """The statement that we send for each question, with its values."""
    from api.graphql_schema import schema  # noqa: PLC0415  (the whole API, which only this needs)
    from api.reading import Plans  # noqa: PLC0415

    plans = Plans(schema)
    file, variables = VARIABLES[work]
    made = [
        plans.reading(plans.ask(operation(file), None, variables(question)), actor(database.reader.seat))
        for question in database.questions[work]
    ]
    assert all(made), "every measured operation is planned"
    return [reading for reading in made if reading is not None]


def answers(database: BenchDatabase, work: str) -> list[bytes]:
    """What those statements answer, each as the body of a response."""

    async def asked() -> list[bytes]:
        ours = Database(database.app_url).server_settings | dict(database.reader.settings)
        connection = await asyncpg.connect(database.app_url, server_settings=ours)
        try:
            await read_json_as_bytes(connection)
            return [_body(await reading.read(connection)) for reading in readings(database, work)]
        finally:
            await connection.close()

    return asyncio.run(asked())


def run(database: BenchDatabase, programs: Path, asked: Sequence[Reading], *, seconds: float) -> Load:
    """Let pgbench send them over and over on as many connections as a server's pool has."""
    with tempfile.TemporaryDirectory() as folder:
        command: list[str | Path] = [
            *(programs / "pgbench", "--no-vacuum", "--protocol=prepared", "--log", f"--log-prefix={folder}/log"),
            *(f"--client={CLIENTS}", "--jobs=1", f"--time={max(1, round(seconds))}"),
        ]
        for number, reading in enumerate(asked):
            script = Path(folder) / f"{number}.sql"
            script.write_text(_for_pgbench(reading.sql, number))
            command += ["--file", script]
            for at, value in enumerate(reading.values, 1):
                command += ["--define", f"q{number}_{at}={_text(value)}"]
        connect = {
            "PGHOST": database.socket_folder,
            "PGDATABASE": database.name,
            "PGUSER": database.app_user,
            "PGOPTIONS": _options(database),
        }
        done = subprocess.run(command, env=connect, capture_output=True, check=False, text=True, cwd=folder)
        if done.returncode or "number of failed transactions: 0 " not in done.stdout:
            raise Failed(done.stderr[-600:] or done.stdout[-600:])
        taken = [int(line.split()[2]) / 1e6 for log in Path(folder).glob("log.*") for line in log.open()]
        rate = re.search(r"tps = ([\d.]+)", done.stdout)
        assert rate is not None, "pgbench says how fast it was"
        return measured(taken, len(taken) / float(rate[1]), 0)


def _body(answer: Mapping[str, bytes]) -> bytes:
    return b"{" + b",".join(b'"' + key.encode() + b'":' + value for key, value in answer.items()) + b"}"


def _options(database: BenchDatabase) -> str:
    """The settings of our own connections, and the actor's, which they keep from one request to the next."""
    ours = Database(database.app_url).server_settings | dict(database.reader.settings)
    return " ".join(f"-c {name}={value.replace(' ', chr(92) + ' ')}" for name, value in ours.items())


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
