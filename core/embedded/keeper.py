"""The process that owns an embedded server and outlives whoever asked for it, by just long enough to stop it.

It reads one line of JSON, starts PostgreSQL, answers one line, and waits. The pipe it reads from is held open by the
asking process alone: however that one ends, kill -9 included, the pipe closes and PostgreSQL is stopped.
Run by its path; it needs nothing of this project.
"""

import fcntl
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from io import FileIO
from pathlib import Path
from typing import Any

import psutil

LONGEST_START_SECONDS = 60
LONGEST_STOP_SECONDS = 30
SLOWEST_NOTICE_SECONDS = 1


class Refused(Exception):
    """The server cannot start; the message is one line for people."""


class Keeper:
    """One server: started, watched, stopped."""

    def __init__(self, order: dict[str, Any]) -> None:
        self.folder = Path(order["folder"])
        self.data = self.folder / "data"
        self.log = self.folder / "server.log"
        self.programs = Path(order["programs"])
        self.durable: bool = order["durable"]
        self.options: list[str] = order["options"]
        self.socket_folder: str = order["socket_folder"]
        self.account: dict[str, Any] = (
            {}
            if order["user_id"] is None
            else {"user": order["user_id"], "group": order["group_id"], "extra_groups": []}
        )
        self.server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Bring the server up and wait until it takes connections."""
        self._stop_orphan()
        if not (self.data / "PG_VERSION").exists():
            self._create()
        with self.log.open("wb") as log:
            self.server = subprocess.Popen(
                [self.programs / "postgres", "-D", self.data, *self.options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                **self.account,
            )
        give_up_at = time.monotonic() + LONGEST_START_SECONDS
        while self._status() != "ready":
            if self.server.poll() is not None or time.monotonic() > give_up_at:
                raise Refused(f"PostgreSQL did not start: {self._last_words()}")
            time.sleep(0.02)

    def watch(self, orders: FileIO) -> None:
        """Return when the asking process is gone, has had enough, or the server has ended by itself."""
        assert self.server is not None
        while self.server.poll() is None:
            heard, _, _ = select.select([orders], [], [], SLOWEST_NOTICE_SECONDS)
            if heard and not orders.read(1):
                return

    def stop(self) -> None:
        """Stop the server: its data are whole afterwards, or gone where nobody wants them any more."""
        if self.server is not None and self.server.poll() is None:
            self.server.send_signal(signal.SIGINT if self.durable else signal.SIGQUIT)
            try:
                self.server.wait(LONGEST_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.server.send_signal(signal.SIGQUIT)
                self.server.wait()
        if Path(self.socket_folder) != self.folder:
            shutil.rmtree(self.socket_folder, ignore_errors=True)
        if not self.durable:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _create(self) -> None:
        # Made aside and renamed, so that one cut short is never taken for a whole one.
        aside = self.folder / "data.new"
        shutil.rmtree(aside, ignore_errors=True)
        made = subprocess.run(
            [
                *(self.programs / "initdb", "-D", aside, "--username=postgres", "--auth=trust", "--encoding=UTF8"),
                *("--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-sync"),
            ],
            check=False,
            capture_output=True,
            cwd=self.folder,
            **self.account,
        )
        if made.returncode:
            raise Refused(f"initdb failed: {made.stderr.decode(errors='replace').strip().splitlines()[-1]}")
        aside.rename(self.data)

    def _stop_orphan(self) -> None:
        """Stop a server that lost its keeper; forget a process id that means another process by now."""
        note = self.data / "postmaster.pid"
        if not note.exists():
            return
        try:
            process = psutil.Process(int(note.read_text().splitlines()[0]))
            if str(self.data) in process.cmdline():
                process.send_signal(signal.SIGINT)
                process.wait(LONGEST_STOP_SECONDS)
        except (psutil.Error, ValueError, IndexError):
            pass
        note.unlink(missing_ok=True)

    def _status(self) -> str:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()[7].strip()
        except (OSError, IndexError):
            return ""

    def _last_words(self) -> str:
        lines = [line for line in self.log.read_text(errors="replace").splitlines() if "FATAL" in line]
        return lines[-1].strip() if lines else f"see {self.log}"


def main() -> None:
    """Serve one order from start to stop."""
    for ending in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(ending, lambda *_: sys.exit(0))
    orders = FileIO(sys.stdin.fileno())
    keeper = Keeper(json.loads(orders.readline()))
    lock = (keeper.folder / "keeper.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        _answer(f"{keeper.folder} is in use by another Chapterhouse: stop that one first")
        sys.exit(1)
    try:
        keeper.start()
        _answer("ready")
        keeper.watch(orders)
    except Refused as refusal:
        _answer(str(refusal))
        sys.exit(1)
    finally:
        for ending in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            signal.signal(ending, signal.SIG_IGN)
        keeper.stop()


def _answer(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
    # Nobody's terminal or pipe is to wait for this process.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
