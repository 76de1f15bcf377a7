"""The load generator counts whole answers, and nothing that is not one."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from bench.load import Failed, ask, body_of, http_request, load

OK = b"HTTP/1.1 200 OK\r\n"
BODY = b'{"data":{"n":"' + b"x" * 70_000 + b'"}}'


@contextmanager
def answering(answer: bytes | Callable[[int], bytes]) -> Iterator[tuple[int, list[bytes]]]:
    """A server on a free port that sends the same to every request; what it was sent is kept."""
    heard: list[bytes] = []

    def serve(connection: socket.socket) -> None:
        # whoever has heard enough hangs up in the middle of an answer
        with connection, suppress(OSError):
            while given := connection.recv(1 << 16):
                heard.append(given)
                connection.sendall(answer if isinstance(answer, bytes) else answer(len(heard)))

    def accept() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=serve, args=(connection,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=accept, daemon=True).start()
        yield listening.getsockname()[1], heard
        listening.shutdown(socket.SHUT_RDWR)


def with_length(body: bytes) -> bytes:
    return OK + b"Content-Length: %d\r\n\r\n" % len(body) + body


def in_chunks(*parts: bytes) -> bytes:
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (*parts, b""))
    return OK + b"transfer-encoding: chunked\r\n\r\n" + chunks


@pytest.mark.parametrize("response", [with_length(BODY), in_chunks(BODY[:5], BODY[5:60_000], BODY[60_000:])])
def test_a_body_is_there_with_its_last_byte_and_not_before(response: bytes) -> None:
    assert body_of(response) == BODY
    for cut in (1, 20, 60, 5_000, len(response) - 1):
        assert body_of(response[:cut]) is None


def test_a_chunk_may_hold_what_ends_a_response() -> None:
    assert body_of(in_chunks(b"0\r\n\r\n", b"rest")[:-20]) is None
    assert body_of(in_chunks(b"0\r\n\r\n", b"rest")) == b"0\r\n\r\nrest"


def test_so_many_answers_as_were_asked_for_are_counted() -> None:
    with answering(with_length(BODY)) as (port, heard):
        request = http_request(port, "POST", "/graphql", {"x-a": "b"}, b"{}")
        done = load(port, [request], at_most=50, connections=4)
        assert ask(port, request) == BODY
    assert done.requests == 50
    assert 0 < done.p50_ms <= done.p99_ms
    assert (
        heard[0]
        == f"POST /graphql HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nx-a: b\r\ncontent-length: 2\r\n\r\n{{}}".encode()
    )


def test_requests_are_sent_in_turn() -> None:
    with answering(with_length(b"{}")) as (port, heard):
        requests = [http_request(port, "GET", f"/{number}", {}, b"") for number in range(3)]
        load(port, requests, at_most=6, connections=1)
    assert [given.split()[1] for given in heard[:6]] == [b"/0", b"/1", b"/2", b"/0", b"/1", b"/2"]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"HTTP/1.1 429 Too Many Requests\r\ncontent-length: 0\r\n\r\n", "429 Too Many Requests"),
        (with_length(b'{"data":null,"errors":[{"message":"no such field"}]}'), "no such field"),
    ],
)
def test_an_error_ends_the_run(answer: bytes, said: str) -> None:
    def at_the_third(count: int) -> bytes:
        return answer if count == 3 else with_length(b'{"data":1}')

    with answering(at_the_third) as (port, _), pytest.raises(Failed, match=said):
        load(port, [http_request(port, "GET", "/", {}, b"")], at_most=10, connections=1)


def test_a_connection_that_the_server_closes_ends_the_run() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def hang_up() -> None:
            connection, _ = listening.accept()
            connection.recv(1 << 16)
            connection.close()

        threading.Thread(target=hang_up, daemon=True).start()
        with pytest.raises(Failed, match="closed"):
            load(listening.getsockname()[1], [b"GET / HTTP/1.1\r\n\r\n"], at_most=1, connections=1)
