"""What the page of a stranger can make a browser send, and what it may read."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import asyncpg
import pytest

from tests.api.requests import CREATE, body, codes, listed, post
from tests.digests import digests
from tests.guards.world import World
from tests.serving import serving

pytestmark = pytest.mark.asyncio(loop_scope="module")

PARTS = (
    b'--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n' + body(CREATE) + b"\r\n"
    b'--x\r\nContent-Disposition: form-data; name="map"\r\n\r\n{}\r\n--x--\r\n'
)


@pytest.mark.parametrize(
    ("content_type", "content"),
    [
        ("text/plain", body(CREATE)),
        ("text/plain;charset=UTF-8", body(CREATE)),
        ("application/x-www-form-urlencoded", body(CREATE)),
        ("application/x-www-form-urlencoded", urlencode({"query": CREATE}).encode()),
        ("multipart/form-data; boundary=x", PARTS),
        ("multipart/form-data; boundary=application/json", PARTS),
        ("text/plain; application/json", body(CREATE)),
        ("", body(CREATE)),
        (None, body(CREATE)),
        ("application/graphql", CREATE.encode()),
        ("application/json, text/plain", body(CREATE)),
        ("application/json; charset=latin-1", body(CREATE)),
        ("application/json; charset=utf-16", json.dumps({"query": CREATE}).encode("utf-16")),
    ],
)
async def test_nothing_but_json_reaches_the_executor(
    world: World, superuser: asyncpg.Connection[Any], content_type: str | None, content: bytes
) -> None:
    before = await digests(superuser)
    headers = dict(world.onlookers["vendor.catalog"].headers)
    if content_type is not None:
        headers["content-type"] = content_type
    answer = await world.client.post("/graphql", content=content, headers=headers)
    assert (answer.status_code, codes(answer)) == (415, ["UNSUPPORTED_MEDIA_TYPE"])
    assert await digests(superuser) == before


@pytest.mark.parametrize(
    "content_type", ["application/json; charset=utf-8", 'application/json;charset="UTF-8"', "Application/JSON"]
)
async def test_json_by_its_other_names(world: World, content_type: str) -> None:
    answer = await post(world, content_type=content_type)
    assert (answer.status_code, answer.json()["data"]) == (200, {"__typename": "Query"})


async def test_only_pages_of_the_configured_origins_read_answers(world: World) -> None:
    settings = world.settings.model_copy(update={"cors_origins": ["https://app.example"]})
    asked = {
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization, content-type, idempotency-key, x-organization",
    }
    async with serving(settings) as client:
        ours = await client.options("/graphql", headers={"origin": "https://app.example", **asked})
        assert ours.status_code == 200
        assert ours.headers["access-control-allow-origin"] == "https://app.example"
        for origin in ("https://app.example.evil.example", "http://app.example", "https://evil.example", "null"):
            theirs = await client.options("/graphql", headers={"origin": origin, **asked})
            assert theirs.status_code == 400
            assert "access-control-allow-origin" not in theirs.headers
            read = await client.post("/graphql", json={"query": "{ __typename }"}, headers={"origin": origin})
            assert "access-control-allow-origin" not in read.headers
        read = await client.post("/graphql", json={"query": "{"}, headers={"origin": "https://app.example"})
        assert read.headers["access-control-allow-origin"] == "https://app.example"
        assert "access-control-allow-credentials" not in read.headers
        # what a front end has to see: which request it was, and when to try again
        seen = listed(read, "access-control-expose-headers")
        assert {"x-request-id", "retry-after"} <= seen
        differs_by = listed(read, "vary")
        assert {"origin", "accept"} <= differs_by


async def test_where_no_origin_is_configured_no_page_reads_answers(world: World) -> None:
    answer = await post(world, origin="https://app.example")
    assert answer.status_code == 200
    assert not [name for name in answer.headers if name.startswith("access-control-")]
