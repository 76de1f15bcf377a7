"""Processes that belong to another: they end when it ends, however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from types import FrameType, TracebackType
from typing import NoReturn, Self

LONGEST_STOP_SECONDS = 15
SLOWEST_NOTICE_SECONDS = 1


class Child:
    """One of our own commands in a process of its own; a context manager that stops it.

    The child hears of a parent that was killed by the pipe that closes.
    """

    def __init__(self, command: str, environment: dict[str, str], *arguments: str) -> None:
        self.command = command
        self._process = subprocess.Popen(
            [sys.executable, "-c", "from cli import main; main()", *command.split(), *arguments, "--with-parent"],
            env=os.environ | environment,
            stdin=subprocess.PIPE,
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        try:
            self._process.wait(LONGEST_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        assert self._process.stdin is not None
        self._process.stdin.close()

    @property
    def ended(self) -> bool:
        """Whether the child is no longer there."""
        return self._process.poll() is not None

    def wait(self) -> int:
        """Wait until the child ends by itself; its exit code."""
        return self._process.wait()


def end_with_parent() -> None:
    """End this process, as SIGTERM does, once its standard input closes."""

    def listen() -> None:
        while os.read(0, 1):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=listen, daemon=True).start()


def end_with_make() -> None:
    """End this process, as SIGTERM does, once the `make` that runs it was killed; without one, nothing happens."""
    if "MAKELEVEL" not in os.environ:
        return
    make = os.getppid()

    def look() -> None:
        while os.getppid() == make:
            time.sleep(SLOWEST_NOTICE_SECONDS)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=look, daemon=True).start()


def unwind_on_signals() -> None:
    """Let Ctrl-C, SIGTERM and SIGHUP end this process as an exception does, so that every context is left in order."""

    def leave(number: int, _frame: FrameType | None) -> NoReturn:
        sys.exit(128 + number)

    # A shell's background job starts with Ctrl-C ignored, which is nothing that its user chose; nohup is.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, leave)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, leave)
