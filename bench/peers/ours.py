"""Chapterhouse itself: `chapterhouse serve` in a process of its own, everything on."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

import orjson

from bench.answers import percent, plain
from bench.load import Failed
from bench.peer import BROWSE, CONTRACT, NODE, SEARCH, Request, Work
from bench.place import FOLDER
from core.ids import encode

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bench.peer import BenchDatabase, Question, Reader

OPERATIONS: Final = Path(__file__).parents[1] / "operations"
SERVE: Final = [sys.executable, "-c", "from cli import main; main()", "serve"]


class Ours:
    """One process of `chapterhouse serve`, as an operator would start it."""

    name = "chapterhouse"

    def version(self) -> str:
        """What it runs on."""
        parts = ("strawberry-graphql", "graphql-core", "starlette", "uvicorn", "asyncpg")
        return f"Python {sys.version.split()[0]}, " + ", ".join(f"{name} {version(name)}" for name in parts)

    def prepare(self, database: BenchDatabase) -> None:
        """Nothing: it is installed, and the database is its own."""

    def cannot(self) -> Mapping[str, str]:
        """It can do all of it."""
        return {}

    def works(self, database: BenchDatabase) -> Mapping[str, Work]:
        """Every work, each with the operation of the file that is named for it."""
        answers: dict[str, tuple[str, Callable[[Question], dict[str, Any]], Callable[[Any], Any]]] = {
            BROWSE: ("browse", browse_variables, browsed),
            CONTRACT: ("contract", contract_variables, opened),
            NODE: ("node", node_variables, looked_up),
            SEARCH: ("search", dict, found),
        }
        return {
            work: Work(
                [
                    request(operation(file), variables(question), database.reader)
                    for question in database.questions[work]
                ],
                lambda body, read=read: read(data_of(body)),  # type: ignore[misc]  # mypy takes no default for a lambda's type
            )
            for work, (file, variables, read) in answers.items()
        }

    def start(self, database: BenchDatabase, port: int) -> subprocess.Popen[bytes]:
        """Serve with the role that serves."""
        return started(SERVE, database, port, url=database.app_url)


peer = Ours()


class Unfenced(Ours):
    """The same server connected as a role that policies do not hold: what row-level security costs."""

    name = "chapterhouse, policies off"

    def start(self, database: BenchDatabase, port: int) -> subprocess.Popen[bytes]:
        """Serve with the role that sees every row."""
        return started([sys.executable, "-m", "bench.unfenced"], database, port, url=database.unfenced_url)


def started(command: list[str], database: BenchDatabase, port: int, *, url: str) -> subprocess.Popen[bytes]:
    """Start a server of ours; its log goes to `.data/bench`, and holds warnings only."""
    variables = {
        "DATABASE_URL": url,
        "BATCH_DATABASE_URL": database.batch_url,
        "PORT": str(port),
        "PUBLIC_URL": "http://chapterhouse.bench",
        "SIGNING_KEYS_DIR": str(FOLDER.absolute() / "keys"),
        "EVIDENCE_DIR": str(FOLDER.absolute() / "evidence"),
        "LOG_LEVEL": "warning",
        # one actor asks for everybody: the budget is counted, and never spent
        "BUDGET_CAPACITY": "1000000000",
        "BUDGET_RESTORE_PER_SECOND": "1000000000",
    }
    with (FOLDER / "chapterhouse.log").open("ab") as log:
        # elsewhere than in the project's folder, whose .env is nobody's business here
        return subprocess.Popen(command, env=os.environ | variables, stdout=log, stderr=log, cwd=FOLDER)


def operation(name: str) -> str:
    """The text of one of the operations that are measured."""
    return (OPERATIONS / f"{name}.graphql").read_text()


def request(query: str, variables: Mapping[str, Any], reader: Reader) -> Request:
    """One operation as a client sends it, with the reader's token."""
    body = orjson.dumps({"query": query, "variables": dict(variables)})
    headers = {
        "content-type": "application/json",
        "accept": "application/graphql-response+json",
        "authorization": f"Bearer {reader.token}",
    }
    return Request(body, headers=headers)


def data_of(body: bytes) -> Any:  # noqa: ANN401  (whatever JSON holds)
    """What an answer's `data` is. Failed when there are errors beside it."""
    answer = orjson.loads(body)
    if "errors" in answer:
        raise Failed(str(answer["errors"])[:600])
    return answer["data"]


def browse_variables(question: Question) -> dict[str, Any]:
    """The filter of a browse."""
    return {
        "filter": {"category": [question["category"]], "language": [question["language"]]},
        "first": question["first"],
    }


def contract_variables(question: Question) -> dict[str, Any]:
    """The contract's public id."""
    return {"id": encode("con", UUID(question["contract_id"]))}


def node_variables(question: Question) -> dict[str, Any]:
    """The work record's public id."""
    return {"id": encode("wrk", UUID(question["contract_id"]), UUID(question["id"]))}


def browsed(data: Any) -> Any:  # noqa: ANN401
    """The offerings of a page."""
    return [
        {
            **{name: node[name] for name in ("title", "summary", "category", "languages")},
            "vendor": node["vendor"]["name"],
            "rate_card": [
                (
                    rate["key"],
                    rate["title"],
                    rate["unit"],
                    plain(rate["unitPrice"]["amount"]),
                    rate["unitPrice"]["currencyCode"],
                )
                for rate in node["rateCard"]
            ],
            "service_levels": [
                (
                    level["key"],
                    level["metric"],
                    level["thresholdMinutes"],
                    percent(level["targetPercent"]),
                    level["period"],
                )
                for level in node["serviceLevels"]
            ],
        }
        for node in nodes(data["offerings"])
    ]


def opened(data: Any) -> Any:  # noqa: ANN401
    """A contract's page."""
    contract = data["contract"]
    return {
        "title": contract["title"],
        "status": contract["status"],
        "vendor": contract["vendor"]["name"],
        "association": contract["association"]["name"],
        "lines": [(line["key"], line["title"], line["kind"], *_burn(line["scopeBurn"])) for line in contract["lines"]],
        "work_records": [
            (
                record["status"],
                plain(record["quantity"]),
                record["performedTo"],
                record["performedBy"],
                record["description"],
                [file["name"] for file in record["evidence"]],
            )
            for record in nodes(contract["workRecords"])
        ],
        "invoices": [
            (invoice["number"], invoice["status"], plain(invoice["total"]["amount"]), *_waterfall(invoice["openBook"]))
            for invoice in nodes(contract["invoices"])
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
    """A page of a search, with what it could be narrowed by."""
    page = data["offerings"]
    return {
        "total": page["totalCount"],
        "titles": [node["title"] for node in nodes(page)],
        "facets": {
            facet["field"]: {value["value"]: value["count"] for value in facet["values"]} for facet in page["facets"]
        },
    }


def nodes(connection: Any) -> list[Any]:  # noqa: ANN401
    """The nodes of a connection."""
    return [edge["node"] for edge in connection["edges"]]


def _burn(burn: Any) -> tuple[str | None, ...]:  # noqa: ANN401
    if burn is None:
        return (None,) * 6
    quantities = ("contracted", "submitted", "accepted", "billed", "remaining")
    return (*(plain(burn[name]) for name in quantities), percent(burn["burnPercent"]))


def _waterfall(book: Any) -> tuple[str | None, ...]:  # noqa: ANN401
    return tuple(
        plain(book[name]["amount"]) for name in ("price", "cost", "grossMargin", "platformFee", "vendorMargin")
    )
