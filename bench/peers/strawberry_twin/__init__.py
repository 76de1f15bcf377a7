"""The server that most people would write: Strawberry with resolvers and data loaders, SQLModel, uvicorn.

It answers our own operations from the same tables under the same policies, with our own SQLModel classes. It is written
as the manuals of Strawberry and SQLAlchemy show, parse and validation caches included. Like PostGraphile here it trusts
the headers that say who asks, and has no limits.
"""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import orjson
from strawberry.relay import GlobalID

from bench.peer import BROWSE, CONTRACT, NODE, SEARCH, Request, Work
from bench.peers.ours import browse_variables, browsed, data_of, found, looked_up, opened, operation
from bench.place import FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bench.peer import BenchDatabase, Question

PROJECT: Final = Path(__file__).parents[3]
SERVE: Final = [
    *(sys.executable, "-m", "uvicorn", "bench.peers.strawberry_twin.app:app"),
    *("--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning", "--port"),
]


class StrawberryTwin:
    """One uvicorn process with the twin."""

    name = "strawberry"

    def version(self) -> str:
        """What it runs on."""
        parts = ("strawberry-graphql", "sqlmodel", "sqlalchemy", "asyncpg", "uvicorn", "uvloop")
        return f"Python {sys.version.split()[0]}, " + ", ".join(f"{name} {version(name)}" for name in parts)

    def prepare(self, database: BenchDatabase) -> None:
        """Nothing: what it needs is installed with the project, and it reads our tables."""

    def cannot(self) -> Mapping[str, str]:
        """It can do all of it."""
        return {}

    def works(self, database: BenchDatabase) -> Mapping[str, Work]:
        """Every work, by the operations that ours is sent; the public catalog is asked for as nobody."""
        nobody = {"content-type": "application/json", "accept": "application/json"}
        reader = nobody | {
            f"x-{name.replace('_', '-')}": database.reader.settings[f"app.{name}"]
            for name in ("member_id", "organization_id", "organization_kind", "roles", "granted")
        }
        asked: dict[str, tuple[str, Mapping[str, str], Callable[[Question], dict[str, Any]], Callable[[Any], Any]]] = {
            BROWSE: ("browse", nobody, browse_variables, browsed),
            CONTRACT: ("contract", reader, lambda it: {"id": _id("Contract", it["contract_id"])}, opened),
            NODE: ("node", reader, lambda it: {"id": _id("WorkRecord", f"{it['contract_id']}/{it['id']}")}, looked_up),
            SEARCH: ("search", nobody, dict, found),
        }
        return {
            work: Work(
                [
                    Request(orjson.dumps({"query": operation(file), "variables": variables(question)}), headers=headers)
                    for question in database.questions[work]
                ],
                lambda body, read=read: read(data_of(body)),  # type: ignore[misc]  # mypy takes no default for a lambda's type
            )
            for work, (file, headers, variables, read) in asked.items()
        }

    def start(self, database: BenchDatabase, port: int) -> subprocess.Popen[bytes]:
        """Serve with the role that serves; its log goes to `.data/bench`."""
        with (FOLDER / "strawberry.log").open("ab") as log:
            return subprocess.Popen(
                [*SERVE, str(port)],
                cwd=PROJECT,
                env=os.environ | {"DATABASE_URL": database.app_url},
                stdout=log,
                stderr=log,
            )


peer = StrawberryTwin()


def _id(kind: str, key: str) -> str:
    return str(GlobalID(kind, key))
