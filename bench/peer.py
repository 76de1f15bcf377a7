"""What is compared: a server that is started on the same database and asked the same questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from subprocess import Popen
from typing import Any, Final, Protocol

BROWSE: Final = "browse"
"""The newest 20 offerings of a category in a language. Question: category, language, first."""
CONTRACT: Final = "contract page"
"""A contract as its granted member opens it. Question: contract_id."""
NODE: Final = "node by id"
"""One work record by its id, under row-level security. Question: contract_id, id."""
SEARCH: Final = "search"
"""The 20 best matches of misspelt words, with facets and the count of all. Question: words, first."""

Question = Mapping[str, Any]
"""One request's variables in the words of the database: row ids as text, no public ids."""


@dataclass(frozen=True)
class Reader:
    """The member who asks everything: DELIVERY at a vendor, with a DELIVERY_LEAD grant on each contract asked for.

    `settings` is what row-level security reads (`app.member_id`, …), `token` our own bearer token for them, `seat` the
    demo's name for them.
    """

    seat: str
    settings: Mapping[str, str]
    token: str


@dataclass(frozen=True)
class BenchDatabase:
    """One built database. `app_url` serves, under row-level security; `unfenced_url` as well, but sees every row.

    libpq and node-postgres take the parts apart: `host=socket_folder`, `dbname=name`, `user=app_user`, no password.
    `questions` says for each work what is asked, in the order in which it is asked, over and over.
    """

    name: str
    socket_folder: str
    app_user: str
    app_url: str
    batch_url: str
    owner_url: str
    superuser_url: str
    unfenced_url: str
    reader: Reader
    questions: Mapping[str, Sequence[Question]]


@dataclass(frozen=True)
class Request:
    """One HTTP request; `headers` need neither Host nor Content-Length nor Connection."""

    body: bytes
    method: str = "POST"
    path: str = "/graphql"
    headers: Mapping[str, str] = field(default_factory=lambda: {"content-type": "application/json"})


@dataclass(frozen=True)
class Work:
    """What one peer is sent for a work, one request for each question, and how to read its answers.

    `answer` turns a body into plain data in the form that `bench.answers` describes, so that all peers' are equal;
    it raises for a body with errors in it.
    """

    requests: Sequence[Request]
    answer: Callable[[bytes], Any]


class Peer(Protocol):
    """A server that can be measured; its module in `bench.peers` has one, called `peer`."""

    name: str

    def version(self) -> str:
        """What it is, with versions, for the report."""
        ...

    def prepare(self, database: BenchDatabase) -> None:
        """Install, and put what it needs into the database, in a schema of its own; called before anything is timed."""
        ...

    def works(self, database: BenchDatabase) -> Mapping[str, Work]:
        """What it can do, by the names above; a work it lacks is a dash in the table."""
        ...

    def cannot(self) -> Mapping[str, str]:
        """Why it lacks a work, in a sentence, by the names above."""
        ...

    def start(self, database: BenchDatabase, port: int) -> Popen[bytes]:
        """Serve on 127.0.0.1:`port`, one process, production settings; whoever called waits until it answers."""
        ...
