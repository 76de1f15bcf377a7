"""A peer while it serves: started, awaited, weighed, stopped."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import psutil

from bench.load import Failed, http_request
from bench.place import FOLDER

if TYPE_CHECKING:
    from bench.peer import BenchDatabase, Peer, Request

LONGEST_START_SECONDS: Final = 120
LONGEST_STOP_SECONDS: Final = 15


@dataclass(frozen=True)
class Serving:
    """A server that answers on a port of this machine."""

    process: subprocess.Popen[bytes]
    port: int

    def bytes_of(self, requests: Sequence[Request]) -> list[bytes]:
        """The requests as they go over the wire."""
        return [http_request(self.port, it.method, it.path, dict(it.headers), it.body) for it in requests]

    @property
    def memory_mb(self) -> float:
        """What the process and its children hold of memory that is theirs (PSS: what is shared counts in parts)."""
        root = psutil.Process(self.process.pid)
        return sum(_pss(process) for process in (root, *root.children(recursive=True))) / 1e6


@contextmanager
def serving(peer: Peer, database: BenchDatabase) -> Iterator[Serving]:
    """Start a peer on a free port, and stop it afterwards. Failed when it does not come up."""
    port = free_port()
    with stopping(peer.start(database, port)) as process:
        await_port(process, port)
        yield Serving(process, port)


@contextmanager
def stopping(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """Stop a process at the end, with SIGTERM, and with SIGKILL if it has to be."""
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(LONGEST_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def await_port(process: subprocess.Popen[bytes], port: int) -> None:
    """Wait until something listens there. Failed when the process ends instead, or takes too long."""
    give_up_at = time.monotonic() + LONGEST_START_SECONDS
    while process.poll() is None and time.monotonic() < give_up_at:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise Failed(f"{process.args!r} does not listen on port {port}: its log is in {FOLDER}")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _pss(process: psutil.Process) -> int:
    with process.oneshot():
        shared: int = process.memory_full_info().pss
    return shared
