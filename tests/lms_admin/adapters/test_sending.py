from __future__ import annotations

import asyncio
import gzip
import logging
import socket
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from services.lms_admin.adapters import sending
from services.lms_admin.adapters.port import Condition
from services.lms_admin.adapters.sending import NoAnswer, NotSent, Sender, connected
from tests.lms_admin.adapters.listening import certificate_for, listening, saying

if TYPE_CHECKING:
    from services.lms_admin.adapters.sending import Resolve

OK = b"HTTP/1.1 200 OK\r\nContent-Type: Application/JSON; charset=utf-8\r\nContent-Length: 2\r\n\r\n{}"


def resolving_to(*answers: Sequence[str]) -> tuple[Resolve, list[tuple[str, int]]]:
    """A resolver that gives each answer in turn, the last one for ever, and what it was asked."""
    asked: list[tuple[str, int]] = []

    async def resolve(host: str, port: int) -> Sequence[str]:
        asked.append((host, port))
        return answers[min(len(asked), len(answers)) - 1]

    return resolve, asked


async def test_a_form_is_posted_to_the_path_below_the_address() -> None:
    async with (
        listening(saying(OK)) as lms,
        connected(f"http://127.0.0.1:{lms.port}/moodle/", allow_loopback=True) as sender,
    ):
        answer = await sender.post_form("/webservice/rest/server.php", {"a[0]": "ä b", "token": "x&y"}, seconds=5)
    assert (answer.status, answer.content_type, answer.body) == (200, "application/json", b"{}")
    assert lms.heard == [
        b"POST /moodle/webservice/rest/server.php HTTP/1.1\r\n"
        b"host: 127.0.0.1:%d\r\n"
        b"accept: application/json\r\n"
        b"user-agent: Chapterhouse\r\n"
        b"accept-encoding: identity\r\n"
        b"content-type: application/x-www-form-urlencoded\r\n"
        b"Content-Length: 29\r\n\r\n"
        b"a%%5B0%%5D=%%C3%%A4+b&token=x%%26y" % lms.port
    ]


async def test_json_is_sent_with_headers_and_parameters_of_the_adapters_own() -> None:
    async with (
        listening(saying(OK)) as lms,
        connected(f"http://127.0.0.1:{lms.port}", allow_loopback=True) as sender,
    ):
        await sender.send(
            "PATCH",
            "/a b?c#d/%2e",
            headers={"Accept": "*/*", "X-Own": "1"},
            json={"n": 1},
            params={"q": "ä&"},
            seconds=5,
        )
    head, body = lms.heard[0].split(b"\r\n\r\n")
    assert head.split(b"\r\n") == [
        b"PATCH /a%20b%3Fc%23d/%252e?q=%C3%A4%26 HTTP/1.1",
        b"host: 127.0.0.1:%d" % lms.port,
        b"accept: */*",
        b"user-agent: Chapterhouse",
        b"accept-encoding: identity",
        b"x-own: 1",
        b"content-type: application/json",
        b"Content-Length: 7",
    ]
    assert body == b'{"n":1}'


async def test_cookies_are_told_and_not_kept() -> None:
    said = (
        b"HTTP/1.1 204 No Content\r\nSet-Cookie: a=b; Path=/; HttpOnly\r\nSet-Cookie: c=d\r\nSet-Cookie: \x01\r\n\r\n"
    )
    async with (
        listening(saying(said)) as lms,
        connected(f"http://127.0.0.1:{lms.port}", allow_loopback=True) as sender,
    ):
        answer = await sender.send("GET", "/", seconds=5)
        await sender.send("GET", "/", seconds=5)
    assert answer.cookies == {"a": "b", "c": "d"}
    assert (answer.content_type, answer.header("set-cookie")) == ("", "a=b; Path=/; HttpOnly")
    assert b"cookie" not in lms.heard[1].lower()


async def test_no_redirect_is_followed() -> None:
    async with listening(saying(OK)) as other:
        moved = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:%d/\r\nContent-Length: 0\r\n\r\n" % other.port
        async with (
            listening(saying(moved)) as lms,
            connected(f"http://127.0.0.1:{lms.port}", allow_loopback=True) as sender,
        ):
            answer = await sender.send("GET", "/", seconds=5)
    assert (answer.status, other.connections, len(lms.heard)) == (302, 0, 1)


async def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    async with listening(saying(OK)) as proxy, listening(saying(OK)) as lms:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        async with connected(f"http://127.0.0.1:{lms.port}", allow_loopback=True) as sender:
            await sender.send("GET", "/", seconds=5)
    assert (proxy.connections, lms.connections) == (0, 1)


async def test_the_connection_goes_to_the_address_that_was_checked_and_tls_to_the_name(tmp_path: Path) -> None:
    server, trust = certificate_for("lms.example.org", tmp_path)
    resolve, asked = resolving_to(["127.0.0.1"])
    async with (
        listening(saying(OK), tls=server) as lms,
        connected(f"https://lms.example.org:{lms.port}", allow_loopback=True, resolve=resolve, tls=trust) as sender,
    ):
        answer = await sender.send("GET", "/", seconds=5)
    assert answer.status == 200
    assert asked == [("lms.example.org", lms.port)]
    assert b"\r\nhost: lms.example.org:%d\r\n" % lms.port in lms.heard[0]


async def test_a_certificate_for_another_name_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    server, trust = certificate_for("other.example.org", tmp_path)
    resolve, _ = resolving_to(["127.0.0.1"])
    async with (
        listening(saying(OK), tls=server) as lms,
        connected(f"https://lms.example.org:{lms.port}", allow_loopback=True, resolve=resolve, tls=trust) as sender,
    ):
        refused = await not_sent(sender)
    assert refused.condition is Condition.MISCONFIGURED
    assert refused.message == "its certificate is not valid for its name"
    assert lms.heard == []


async def test_a_host_that_resolves_to_another_address_the_second_time_is_checked_again() -> None:
    resolve, asked = resolving_to(["93.184.216.34"], ["127.0.0.1"])
    assert await resolve("lms.example.org", 443) == ["93.184.216.34"]
    async with (
        listening(saying(OK)) as lms,
        connected(f"https://lms.example.org:{lms.port}", resolve=resolve) as sender,
    ):
        refused = await not_sent(sender)
    assert refused.condition is Condition.MISCONFIGURED
    assert refused.message == "lms.example.org does not resolve to public addresses alone"
    assert (len(asked), lms.connections) == (2, 0)


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["93.184.216.34", "10.0.0.1"],
        ["::ffff:127.0.0.1"],
        ["::ffff:7f00:1"],
        ["64:ff9b::7f00:1"],
        ["2002:7f00:1::"],
        ["fe80::1%1"],
        ["169.254.169.254"],
        ["0.0.0.0"],  # noqa: S104  (nothing is bound to it)
        ["no address"],
    ],
)
async def test_one_address_that_is_not_public_is_enough(addresses: list[str]) -> None:
    resolve, _ = resolving_to(addresses)
    async with connected("https://lms.example.org", resolve=resolve) as sender:
        refused = await not_sent(sender)
    assert refused.condition is Condition.MISCONFIGURED


@pytest.mark.parametrize("address", ["10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1", "192.168.0.1", "fd00::1"])
async def test_the_development_switch_opens_this_machine_alone(address: str) -> None:
    resolve, _ = resolving_to([address])
    async with connected("https://lms.example.org", allow_loopback=True, resolve=resolve) as sender:
        refused = await not_sent(sender)
    assert refused.condition is Condition.MISCONFIGURED


async def test_http_is_spoken_with_this_machine_alone() -> None:
    resolve, _ = resolving_to(["93.184.216.34"])
    async with connected("http://localhost", allow_loopback=True, resolve=resolve) as sender:
        refused = await not_sent(sender)
    assert refused.message == "localhost does not resolve to public addresses alone"


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1", "https://127.0.0.1", "https://10.0.0.1", "https://user@lms.example.org"]
)
async def test_an_address_is_checked_again_when_it_is_used(url: str) -> None:
    with pytest.raises(NotSent) as refused:
        async with connected(url):
            pytest.fail("it was opened")
    assert refused.value.condition is Condition.MISCONFIGURED


async def test_a_name_without_an_address_was_not_sent_to() -> None:
    async def resolve(_host: str, _port: int) -> Sequence[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    async with connected("https://lms.example.org", resolve=resolve) as sender:
        refused = await not_sent(sender)
    assert (refused.condition, refused.message) == (Condition.DOWN, "lms.example.org cannot be resolved")


async def test_a_resolver_that_hangs_is_not_waited_for() -> None:
    async def resolve(_host: str, _port: int) -> Sequence[str]:
        await asyncio.Event().wait()
        return []

    async with connected("https://lms.example.org", resolve=resolve) as sender:
        refused = await not_sent(sender, seconds=0.05)
    assert (refused.condition, refused.message) == (Condition.DOWN, "no connection in time")


async def test_a_closed_port_was_not_sent_to_and_the_next_address_is_tried(tmp_path: Path) -> None:
    server, trust = certificate_for("lms.example.org", tmp_path)
    resolve, _ = resolving_to(["::1", "127.0.0.1"])
    async with listening(saying(OK), tls=server) as lms:
        url = f"https://lms.example.org:{lms.port}"
        async with connected(url, allow_loopback=True, resolve=resolve, tls=trust) as sender:
            assert (await sender.send("GET", "/", seconds=5)).status == 200
    async with connected(url, allow_loopback=True, resolve=resolve, tls=trust) as sender:
        refused = await not_sent(sender)
    assert (refused.condition, refused.message) == (Condition.DOWN, "lms.example.org takes no connection")


async def test_a_server_that_does_not_speak_tls_was_not_sent_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "CONNECT_SECONDS", 0.1)
    async with (
        listening(saying(OK)) as lms,
        connected(f"https://127.0.0.1:{lms.port}", allow_loopback=True) as sender,
    ):
        refused = await not_sent(sender)
    assert (refused.condition, refused.message) == (Condition.DOWN, "no connection in time")
    assert lms.heard == []


@pytest.mark.parametrize(
    "headers", [{"x": "a\r\nb: c"}, {"x": "a\nb"}, {"x\r\ny": "a"}, {"x y": "a"}, {"x": "a\x00"}, {"": "a"}]
)
async def test_a_header_that_would_become_two_is_not_sent(headers: dict[str, str]) -> None:
    async with (
        listening(saying(OK)) as lms,
        connected(f"http://127.0.0.1:{lms.port}", allow_loopback=True) as sender,
    ):
        with pytest.raises(NotSent) as refused:
            await sender.send("GET", "/", headers=headers, seconds=5)
        assert (await sender.send("GET", "/\r\nx: y", seconds=5)).status == 200
    assert refused.value.message == "a header holds what may not stand there"
    assert len(lms.heard) == 1
    assert lms.heard[0].startswith(b"GET /%0D%0Ax%3A%20y HTTP/1.1\r\n")


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Le",
        b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{",
        b"<html>",
        b"\x16\x03\x01\x00",
        b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"a" * 200_000 + b"\r\n\r\n",
    ],
)
async def test_an_answer_that_breaks_off_is_no_answer(said: bytes) -> None:
    async with (
        listening(saying(said)) as lms,
        connected(f"http://127.0.0.1:{lms.port}", allow_loopback=True) as sender,
    ):
        lost = await no_answer(sender)
    assert lost.message == "the connection broke off"
    assert len(lms.heard) == 1


async def test_a_huge_answer_is_read_no_further_than_its_bound() -> None:
    async def endless(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
        while True:
            writer.write(b" " * 65536)
            await writer.drain()

    async with (
        listening(endless) as lms,
        connected(f"http://127.0.0.1:{lms.port}", allow_loopback=True, largest_bytes=1_000_000) as sender,
    ):
        lost = await no_answer(sender)
    assert lost.message == "the answer is larger than 1000000 bytes"


async def test_an_answer_just_within_the_bound_is_whole() -> None:
    said = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + b"x" * 1000
    async with listening(saying(said)) as lms:
        url = f"http://127.0.0.1:{lms.port}"
        async with connected(url, allow_loopback=True, largest_bytes=1000) as sender:
            answer = await sender.send("GET", "/", seconds=5)
        async with connected(url, allow_loopback=True, largest_bytes=999) as sender:
            lost = await no_answer(sender)
    assert answer.body == b"x" * 1000
    assert lost.message == "the answer is larger than 999 bytes"


async def test_a_packed_answer_is_not_unpacked() -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    said = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(bomb) + bomb
    async with (
        listening(saying(said)) as lms,
        connected(f"http://127.0.0.1:{lms.port}", allow_loopback=True) as sender,
    ):
        lost = await no_answer(sender)
    assert lost.message == "the answer came packed, which was not asked for"


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"])
async def test_a_slow_answer_is_not_waited_for(said: bytes) -> None:
    async def hang(writer: asyncio.StreamWriter) -> None:
        await saying(said)(writer)
        await asyncio.sleep(3600)

    async with (
        listening(hang) as lms,
        connected(f"http://127.0.0.1:{lms.port}", allow_loopback=True) as sender,
    ):
        lost = await no_answer(sender, seconds=1)
    assert lost.message == "no answer within 1 seconds"
    assert len(lms.heard) == 1


async def test_a_request_that_waited_for_others_in_vain_was_not_sent() -> None:
    arrived, go = asyncio.Event(), asyncio.Event()

    async def wait(writer: asyncio.StreamWriter) -> None:
        arrived.set()
        await go.wait()
        await saying(OK)(writer)

    async with (
        listening(wait) as lms,
        connected(f"http://127.0.0.1:{lms.port}", allow_loopback=True, in_flight=1) as sender,
    ):
        first = asyncio.create_task(sender.send("GET", "/first", seconds=60))
        await arrived.wait()
        refused = await not_sent(sender, seconds=0.05)
        go.set()
        assert (await first).status == 200
    assert refused.message == "no connection in time"
    assert len(lms.heard) == 1


async def test_what_goes_over_the_wire_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    said = b"HTTP/1.1 200 OK\r\nSet-Cookie: session=hush-answer\r\nContent-Length: 0\r\n\r\n"
    async with (
        listening(saying(said)) as lms,
        connected(f"http://127.0.0.1:{lms.port}", allow_loopback=True) as sender,
    ):
        answer = await sender.send("POST", "/", headers={"authorization": "hush-request"}, json="hush", seconds=5)
    assert "hush" not in caplog.text
    assert repr(answer) == "Answer(status=200)"


async def not_sent(sender: Sender, *, seconds: float = 5) -> NotSent:
    with pytest.raises(NotSent) as refused:
        await sender.send("POST", "/", json={}, seconds=seconds)
    return refused.value


async def no_answer(sender: Sender, *, seconds: float = 5) -> NoAnswer:
    with pytest.raises(NoAnswer) as lost:
        await sender.send("POST", "/", json={}, seconds=seconds)
    return lost.value
