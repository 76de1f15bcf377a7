"""The embedded server lives exactly as long as whoever started it, and keeps its data where it should."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import asyncpg
import psutil
import pytest

from core.embedded import EmbeddedPostgres, EmbeddedPostgresError

LONGEST_STOP_SECONDS = 120
HOLDER = """
import signal, sys, time
from pathlib import Path
from core.embedded import EmbeddedPostgres
# whoever runs the tests behind nohup ignores it, and so would this process
signal.signal(signal.SIGHUP, signal.SIG_DFL)
with EmbeddedPostgres(Path(sys.argv[1])):
    print("up", flush=True)
    time.sleep(600)
"""


@pytest.fixture(scope="module")
def within_reach() -> Iterator[Path]:
    """A folder that the account PostgreSQL gets from root can reach; pytest's own are closed to it."""
    with tempfile.TemporaryDirectory(prefix="chapterhouse-") as made:
        Path(made).chmod(0o711)
        yield Path(made)


@pytest.fixture(scope="module")
def folder(within_reach: Path) -> Path:
    """Where one test after the other starts a server on the same data."""
    return within_reach / "postgres"


def hold(folder: Path) -> subprocess.Popen[str]:
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(folder)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "up\n"
    return holder


def postmaster(folder: Path) -> psutil.Process:
    return psutil.Process(int((folder / "data" / "postmaster.pid").read_text().splitlines()[0]))


def gone(process: psutil.Process) -> bool:
    """Whether a process ends soon."""
    give_up_at = time.monotonic() + LONGEST_STOP_SECONDS
    while time.monotonic() < give_up_at:
        if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.05)
    return False


def kill_the_parent(holder: subprocess.Popen[str]) -> None:
    holder.send_signal(signal.SIGKILL)


def interrupt(holder: subprocess.Popen[str]) -> None:
    holder.send_signal(signal.SIGINT)


def terminate(holder: subprocess.Popen[str]) -> None:
    holder.send_signal(signal.SIGTERM)


def hang_up(holder: subprocess.Popen[str]) -> None:
    holder.send_signal(signal.SIGHUP)


@pytest.mark.parametrize("end", [kill_the_parent, interrupt, terminate, hang_up])
def test_the_server_ends_with_its_parent_and_starts_again_on_its_data(
    folder: Path, end: Callable[[subprocess.Popen[str]], None]
) -> None:
    holder = hold(folder)
    server = postmaster(folder)
    end(holder)
    holder.communicate(timeout=LONGEST_STOP_SECONDS)
    assert gone(server)
    with EmbeddedPostgres(folder) as again:
        again.run_sql("select 1", database="chapterhouse")


def test_a_server_that_lost_its_keeper_is_stopped_and_started_again(folder: Path) -> None:
    holder = hold(folder)
    server = postmaster(folder)
    keeper = server.parent()
    assert keeper is not None
    keeper.kill()
    assert server.is_running()
    with EmbeddedPostgres(folder) as again:
        again.run_sql("select 1", database="chapterhouse")
        assert gone(server)
    holder.kill()
    holder.communicate(timeout=LONGEST_STOP_SECONDS)


def test_a_crashed_server_is_started_again_on_its_data(folder: Path) -> None:
    with EmbeddedPostgres(folder) as postgres:
        postgres.run_sql("create table kept as select 1 as row", database="chapterhouse")
        server = postmaster(folder)
        server.kill()
        assert gone(server)
    with EmbeddedPostgres(folder) as again:
        again.run_sql("select row from kept", database="chapterhouse")


def test_a_stale_process_id_of_another_process_is_left_alone(folder: Path) -> None:
    with EmbeddedPostgres(folder):
        note = (folder / "data" / "postmaster.pid").read_text()
    lines = [str(os.getpid()), *note.splitlines()[1:]]
    (folder / "data" / "postmaster.pid").write_text("\n".join(lines))
    with EmbeddedPostgres(folder) as again:
        again.run_sql("select 1")


def test_two_at_once_on_one_folder_get_one_clear_line(folder: Path) -> None:
    with EmbeddedPostgres(folder) as first:
        with pytest.raises(EmbeddedPostgresError) as refusal:
            EmbeddedPostgres(folder).start()
        assert str(refusal.value).startswith(f"{folder} is in use by another Chapterhouse")
        first.run_sql("select 1")


def test_a_path_too_long_for_a_socket_and_with_spaces_works(within_reach: Path) -> None:
    long = within_reach / ("a long name, with spaces " * 4).strip() / "postgres"
    with EmbeddedPostgres(long) as postgres:
        assert postgres.socket_folder != long
        assert stat.S_IMODE(postgres.socket_folder.stat().st_mode) == 0o700
        postgres.run_sql("select 1")
        short = postgres.socket_folder
    assert not short.exists()


def test_nobody_elses_folder_is_opened_up(within_reach: Path) -> None:
    home = within_reach / "home"
    home.mkdir(mode=0o700)
    with EmbeddedPostgres(home / "data") as postgres:
        postgres.run_sql("select 1")
        assert stat.S_IMODE(home.stat().st_mode) == 0o700
        outside = postgres.socket_folder
    if os.geteuid() == 0:
        assert outside.is_relative_to("/var/lib/chapterhouse")
        subprocess.run(["rm", "-r", str(outside)], check=True)  # noqa: S607


def test_a_throwaway_server_takes_its_folder_along(within_reach: Path) -> None:
    folder = within_reach / "throwaway"
    with EmbeddedPostgres(folder, durable=False) as postgres:
        postgres.run_sql("select 1")
        assert folder.exists()
    assert not folder.exists()


async def test_the_owner_is_no_superuser_and_owns_its_database(within_reach: Path) -> None:
    folder = within_reach / "throwaway"
    with EmbeddedPostgres(folder, durable=False) as postgres:
        owner = await asyncpg.connect(postgres.owner_url)
        row = await owner.fetchrow(
            "select rolsuper, rolbypassrls, rolcreaterole, "
            "(select pg_get_userbyid(datdba) from pg_database where datname = current_database()) as owner "
            "from pg_roles where rolname = current_user"
        )
        assert row is not None
        assert dict(row) == {
            "rolsuper": False,
            "rolbypassrls": False,
            "rolcreaterole": True,
            "owner": "chapterhouse_owner",
        }
        assert owner.get_server_version().major == 18
        await owner.close()
