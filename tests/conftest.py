"""What every test can ask for: a migrated PostgreSQL 18 of its own, settings that point at it, the app over HTTP."""

from __future__ import annotations

import shutil
import signal
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from tests.databases import TEMPLATE, OneDatabase, Server

if TYPE_CHECKING:
    import httpx2
    from xdist.workermanage import WorkerController

    from core.settings import Settings

SERVER = pytest.StashKey[Server]()

PROVED = "proved"
"""The property under which a test says what it has proven, as a count; the run ends with all of them."""
LONGEST_FIRST = (
    "tests/platform/test_actor_never_leaks.py",
    "tests/oracle/",
    "tests/journeys/",
    "tests/guards/",
    "tests/billing/test_crashes.py",
    "tests/lms_admin/jobs/test_killed_",
)
"""Begun at the end, one of these files would keep one worker busy while the other has nothing left to do."""


# how long an example takes says something about the machine, and nothing about what holds
hypothesis.settings.register_profile("chapterhouse", deadline=None)
hypothesis.settings.load_profile("chapterhouse")


def pytest_configure(config: pytest.Config) -> None:
    """One PostgreSQL for the whole run, started by the process that the workers are started from."""
    # Whoever is started in the background ignores Ctrl-C, and so would every process that a test interrupts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    handed_over = getattr(config, "workerinput", None)
    if handed_over is not None:
        config.stash[SERVER] = Server(**handed_over["postgres"])
    elif not config.option.collectonly:
        config.stash[SERVER] = _start(config)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: WorkerController) -> None:
    node.workerinput["postgres"] = node.config.stash[SERVER].as_dict()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST_FIRST))


def _start(config: pytest.Config) -> Server:
    from cli.migrating import migrate  # noqa: PLC0415 - the workers need neither
    from core.embedded import EmbeddedPostgres  # noqa: PLC0415

    folder = Path(tempfile.mkdtemp(prefix="chapterhouse-tests-"))
    folder.chmod(0o711)
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    postgres = EmbeddedPostgres(folder / "postgres", durable=False)
    postgres.start()
    config.add_cleanup(postgres.stop)
    server = Server(
        socket_folder=str(postgres.socket_folder), programs=str(postgres.programs), folder=str(postgres.folder)
    )
    migrate(server.template.settings(folder))
    return server


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    passed: list[pytest.TestReport] = terminalreporter.getreports("passed")
    words = [str(value) for report in passed for name, value in report.user_properties if name == PROVED]
    if words:
        terminalreporter.section("proven")
        terminalreporter.write_line("\n".join(words))


@pytest.fixture(scope="session")
def postgres(request: pytest.FixtureRequest) -> Server:
    """The run's PostgreSQL: `clone()` makes a migrated, empty database; `postgres.superuser_url` for the unusual."""
    return request.config.stash[SERVER]


@pytest.fixture(scope="module")
def database(postgres: Server) -> Iterator[OneDatabase]:
    """A migrated, empty database that the tests of one file share."""
    with postgres.clone(TEMPLATE) as database:
        yield database


@pytest.fixture
def fresh_database(postgres: Server) -> Iterator[OneDatabase]:
    """A migrated, empty database for this test alone."""
    with postgres.clone(TEMPLATE) as database:
        yield database


@pytest.fixture
def settings(database: OneDatabase, tmp_path: Path) -> Settings:
    """Settings that point at the file's database, with keys and evidence in this test's own folder."""
    return database.settings(tmp_path)


@pytest.fixture
async def client(settings: Settings) -> AsyncIterator[httpx2.AsyncClient]:
    """The whole app over HTTP, started and stopped around the test."""
    from tests.serving import serving  # noqa: PLC0415 - tests of small things do without the app

    async with serving(settings) as client:
        yield client
