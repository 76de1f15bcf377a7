"""Requests as clients send them, and what their answers say."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx2

    from tests.guards.world import World

JSON = "application/json"
GRAPHQL = "application/graphql-response+json"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
CREATE = 'mutation { createOffering(input: {title: "From elsewhere"}) { offering { id } userErrors { code } } }'


def body(query: str, **variables: object) -> bytes:
    """A request for a document."""
    return json.dumps({"query": query, "variables": variables}).encode()


async def post(
    world: World, seat: str = "nobody", content: bytes = body("{ __typename }"), **headers: str
) -> httpx2.Response:
    """Send a body by POST, as JSON unless the headers say otherwise."""
    given = {"content-type": JSON} | {name.replace("_", "-"): value for name, value in headers.items()}
    return await world.client.post("/graphql", content=content, headers={**world.onlookers[seat].headers, **given})


async def get(
    world: World, seat: str = "nobody", headers: Mapping[str, str] | None = None, **parameters: str
) -> httpx2.Response:
    """Ask by GET."""
    everything = {**world.onlookers[seat].headers, "accept": GRAPHQL, **(headers or {})}
    return await world.client.get("/graphql", params=parameters, headers=everything)


def codes(answer: httpx2.Response) -> list[str]:
    """The codes of an answer that has errors and nothing else."""
    said = answer.json()
    assert list(said) == ["errors"]
    return [error["extensions"]["code"] for error in said["errors"]]


def listed(answer: httpx2.Response, header: str) -> set[str]:
    """The words of a header that is a list."""
    return {word.strip().lower() for word in answer.headers[header].split(",")}
