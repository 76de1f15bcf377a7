"""On a real socket: how long a body may take, how large it may be, how answers are packed."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import httpx2
import pytest
import pytest_asyncio

from tests.api.requests import BROWSER, CREATE, GRAPHQL, JSON, body, codes, listed
from tests.databases import OneDatabase
from tests.digests import digests
from tests.guards.world import World
from tests.served import served

pytestmark = pytest.mark.asyncio(loop_scope="module")

LARGEST = 4 * 1024 * 1024
LONG = "{ __schema { types { name description fields { name description } } } }"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server(database: OneDatabase, world: World) -> AsyncIterator[httpx2.AsyncClient]:
    """The same marketplace, served by a process that waits for no body longer than half a second."""
    folder = world.settings.signing_keys_dir.parent
    with served(database, folder, BODY_SECONDS="0.5", PUBLIC_URL=world.settings.public_url) as url:
        async with httpx2.AsyncClient(base_url=url) as client:
            yield client


async def packed(server: httpx2.AsyncClient, query: str, accept_encoding: str) -> tuple[httpx2.Response, bytes]:
    """An answer, and the bytes that came for it."""
    headers = {"accept-encoding": accept_encoding, "content-type": JSON}
    async with server.stream("POST", "/graphql", content=body(query), headers=headers) as answer:
        raw = b"".join([part async for part in answer.aiter_raw()])
    assert answer.status_code == 200
    assert answer.headers["content-length"] == str(len(raw))
    assert "accept-encoding" in listed(answer, "vary")
    return answer, raw


@pytest.mark.parametrize("accept_encoding", ["gzip", "GZIP", "br, gzip", "gzip;q=0.5", "*", "br;q=1.0, *;q=0.1"])
async def test_a_long_answer_comes_packed_where_that_is_accepted(
    server: httpx2.AsyncClient, accept_encoding: str
) -> None:
    answer, raw = await packed(server, LONG, accept_encoding)
    plain, unpacked = await packed(server, LONG, "identity")
    assert answer.headers["content-encoding"] == "gzip"
    assert json.loads(gzip.decompress(raw))["data"] == json.loads(unpacked)["data"]
    assert len(raw) < len(unpacked) / 4
    assert "content-encoding" not in plain.headers


@pytest.mark.parametrize(
    "accept_encoding", ["", "identity", "br", "gzip;q=0", "gzip;q=0, *", "*;q=0", "gzip;q=nonsense"]
)
async def test_it_comes_as_it_is_where_that_is_not_accepted(server: httpx2.AsyncClient, accept_encoding: str) -> None:
    answer, raw = await packed(server, LONG, accept_encoding)
    assert "content-encoding" not in answer.headers
    assert json.loads(raw)["data"]["__schema"]


async def test_a_short_answer_is_not_worth_it(server: httpx2.AsyncClient) -> None:
    answer, raw = await packed(server, "{ __typename }", "gzip")
    assert "content-encoding" not in answer.headers
    assert json.loads(raw)["data"] == {"__typename": "Query"}


class Wire:
    """One connection to the server, on which a request is written piece by piece."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    @classmethod
    async def to(cls, server: httpx2.AsyncClient) -> Wire:
        return cls(*await asyncio.open_connection(server.base_url.host, server.base_url.port))

    async def begin(self, world: World, seat: str, **headers: str) -> None:
        """Write all of a request but its body."""
        given = {"host": "chapterhouse.test", "content-type": JSON, "accept": GRAPHQL}
        everything = {**given, **world.onlookers[seat].headers, **headers}
        lines = [f"{name.replace('_', '-')}: {value}" for name, value in everything.items()]
        await self.write("\r\n".join(["POST /graphql HTTP/1.1", *lines, "", ""]).encode())

    async def write(self, some: bytes) -> None:
        self.writer.write(some)
        await self.writer.drain()

    async def answer(self) -> httpx2.Response:
        """Read an answer up to the length that it says."""
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = dict(line.split(": ", 1) for line in head[1:] if line)
        content = await self.reader.readexactly(int(headers["content-length"]))
        return httpx2.Response(int(head[0].split()[1]), headers=headers, content=content)

    async def is_closed(self) -> bool:
        """Whether the server hangs up; waits for it."""
        return await self.reader.read() == b""


@pytest_asyncio.fixture(loop_scope="module")
async def wire(server: httpx2.AsyncClient) -> AsyncIterator[Wire]:
    wire = await Wire.to(server)
    yield wire
    wire.writer.close()


async def test_a_body_that_stops_half_way_is_not_waited_for(
    world: World, superuser: asyncpg.Connection[Any], wire: Wire
) -> None:
    before = await digests(superuser)
    content = body(CREATE)
    await wire.begin(world, "vendor.catalog", content_length=str(len(content)))
    await wire.write(content[:-1])
    answer = await wire.answer()
    assert (answer.status_code, codes(answer)) == (408, ["REQUEST_TIMEOUT"])
    assert answer.headers["connection"] == "close"
    assert await wire.is_closed()
    assert await digests(superuser) == before


async def test_nor_one_that_comes_drop_by_drop(world: World, wire: Wire) -> None:
    await wire.begin(world, "nobody", content_length="1000000")
    answered = asyncio.ensure_future(wire.answer())
    while not answered.done():
        await wire.write(b" ")
        await asyncio.sleep(0.05)
    assert (await answered).status_code == 408


async def test_a_body_in_pieces_is_a_body(world: World, wire: Wire) -> None:
    content = body("{ __typename }")
    await wire.begin(world, "nobody", content_length=str(len(content)))
    for piece in (content[:10], content[10:]):
        await wire.write(piece)
    answer = await wire.answer()
    assert (answer.status_code, answer.json()["data"]) == (200, {"__typename": "Query"})


async def test_what_says_that_it_is_too_large_is_not_awaited(world: World, wire: Wire) -> None:
    await wire.begin(world, "nobody", content_length=str(LARGEST + 1))
    answer = await wire.answer()
    assert (answer.status_code, codes(answer)) == (413, ["BODY_TOO_LARGE"])


async def test_what_does_not_say_how_large_it_is_is_read_no_further_than_it_may_be(world: World, wire: Wire) -> None:
    await wire.begin(world, "nobody", transfer_encoding="chunked")
    chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    for _ in range(LARGEST // 0x10000 + 1):
        await wire.write(chunk)
    answer = await wire.answer()
    assert (answer.status_code, codes(answer)) == (413, ["BODY_TOO_LARGE"])


async def test_the_largest_body_that_there_is_room_for(server: httpx2.AsyncClient) -> None:
    request = {"query": "{ __typename }", "extensions": {"room": ""}}
    request["extensions"] = {"room": "x" * (LARGEST - len(json.dumps(request)))}
    content = json.dumps(request).encode()
    assert len(content) == LARGEST
    answer = await server.post("/graphql", content=content, headers={"content-type": JSON})
    assert (answer.status_code, answer.json()["data"]) == (200, {"__typename": "Query"})


async def test_head_has_no_body_and_the_connection_goes_on(server: httpx2.AsyncClient) -> None:
    for _ in range(2):
        head = await server.head("/graphql")
        assert (head.status_code, head.headers["allow"], head.content) == (405, "GET, POST", b"")
    page = await server.get("/graphql", headers={"accept": BROWSER})
    assert "GraphiQL" in page.text
