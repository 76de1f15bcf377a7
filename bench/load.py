"""A load generator that costs little: a few keep-alive connections, requests made beforehand, one loop over epoll.

Generator, server and PostgreSQL share the machine's cores, so what is spent here is missing there; `Load.cpu_us` says
how much that was. Every answer is read whole and looked at: anything but a 200 without GraphQL errors ends the run.
"""

from __future__ import annotations

import math
import select
import socket
import sys
import time
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

CONNECTIONS: Final = 16
LONGEST_ANSWER_SECONDS: Final = 30
HEAD_END: Final = b"\r\n\r\n"


class Failed(Exception):
    """An answer was no 200, had errors in it, or did not come."""


@dataclass(frozen=True)
class Load:
    """What one run came to; latencies in milliseconds."""

    requests: int
    seconds: float
    p50_ms: float
    p99_ms: float
    cpu_us: float
    """Of the generator, for one request."""
    server_us: float | None = None
    """CPU of the server for one request; None where nobody looked."""
    postgres_us: float | None = None

    @property
    def per_second(self) -> float:
        """Answers a second, over all connections."""
        return self.requests / self.seconds


@dataclass(slots=True)
class Connection:
    """One connection with a request under way."""

    socket: socket.socket
    at: int
    sent_at: float = 0.0
    received: bytes = b""


def http_request(port: int, method: str, path: str, headers: dict[str, str], body: bytes) -> bytes:
    """A request as it goes over the wire."""
    given = {"host": f"127.0.0.1:{port}", **headers, "content-length": str(len(body))}
    lines = "".join(f"{name}: {value}\r\n" for name, value in given.items())
    return f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode() + body


def body_of(received: bytes) -> bytes | None:
    """The body of a response once all of it is there, before that None. Failed when it is no 200."""
    end = received.find(HEAD_END)
    if end < 0:
        return None
    if not received.startswith(b"HTTP/1.1 200 "):
        raise Failed(received[:600].decode(errors="replace"))
    head = received[:end].lower()
    at = head.find(b"\r\ncontent-length:")
    if at < 0:
        return _chunks(received, end + 4)
    stop = head.find(b"\r\n", at + 2)
    length = int(head[at + 17 : stop if stop > 0 else end])
    body_at = end + 4
    return received[body_at:] if len(received) - body_at >= length else None


def load(
    port: int,
    requests: Sequence[bytes],
    *,
    seconds: float = math.inf,
    at_most: int = sys.maxsize,
    connections: int = CONNECTIONS,
) -> Load:
    """Send `requests` over and over, one at a time on each connection, for so many seconds or answers.

    Failed at the first answer that is none.
    """
    poll = select.epoll()
    opened = {}
    for at in range(connections):
        made = socket.create_connection(("127.0.0.1", port))
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        opened[made.fileno()] = Connection(made, at % len(requests))
        poll.register(made.fileno(), select.EPOLLIN)
    try:
        return _run(poll, opened, requests, seconds, at_most)
    finally:
        poll.close()
        for connection in opened.values():
            connection.socket.close()


def _run(
    poll: select.epoll, opened: dict[int, Connection], requests: Sequence[bytes], seconds: float, at_most: int
) -> Load:
    clock, step, count = time.perf_counter, len(opened), len(requests)
    latencies = array("d")
    buffer = memoryview(bytearray(1 << 18))
    cpu_before = time.process_time()
    begun = clock()
    stop_at = begun + seconds
    for connection in opened.values():
        connection.sent_at = clock()
        connection.socket.sendall(requests[connection.at])
    now = begun
    # each connection answers at least once, however slow
    while (now < stop_at or len(latencies) < step) and len(latencies) < at_most:
        ready = poll.poll(LONGEST_ANSWER_SECONDS)
        if not ready:
            raise Failed(f"no answer within {LONGEST_ANSWER_SECONDS} seconds")
        for number, _ in ready[: at_most - len(latencies)]:
            connection = opened[number]
            length = connection.socket.recv_into(buffer)
            if not length:
                raise Failed("the server closed a connection")
            received = connection.received + buffer[:length]
            body = body_of(received)
            if body is None:
                connection.received = received
                continue
            if b'"errors":' in body:
                raise Failed(body[:600].decode(errors="replace"))
            now = clock()
            latencies.append(now - connection.sent_at)
            connection.received = b""
            connection.at = (connection.at + step) % count
            connection.sent_at = now
            connection.socket.send(requests[connection.at])
    taken = now - begun
    cpu = time.process_time() - cpu_before
    return measured(latencies, taken, cpu)


def measured(latencies: Sequence[float], seconds: float, cpu_seconds: float) -> Load:
    """Sum a run up from its latencies in seconds."""
    ordered = sorted(latencies)
    count = len(ordered)
    return Load(
        requests=count,
        seconds=seconds,
        p50_ms=ordered[count // 2] * 1000,
        p99_ms=ordered[min(count - 1, count * 99 // 100)] * 1000,
        cpu_us=cpu_seconds / count * 1e6,
    )


def ask(port: int, request: bytes) -> bytes:
    """Send one request and return the body of its answer. Failed as `load` is."""
    with socket.create_connection(("127.0.0.1", port), timeout=LONGEST_ANSWER_SECONDS) as connection:
        connection.sendall(request)
        received = b""
        while (body := body_of(received)) is None:
            data = connection.recv(1 << 18)
            if not data:
                raise Failed("the server closed the connection")
            received += data
        return body


def _chunks(received: bytes, at: int) -> bytes | None:
    """The body of a chunked response; None until its last chunk is there."""
    parts: list[bytes] = []
    while (stop := received.find(b"\r\n", at)) > 0:
        size = int(received[at:stop].split(b";")[0], 16)
        if size == 0:
            return b"".join(parts) if received.endswith(HEAD_END) else None
        if len(received) < stop + 2 + size + 2:
            return None
        parts.append(received[stop + 2 : stop + 2 + size])
        at = stop + 2 + size + 2
    return None
