"""Documents by their ids, through the whole app: as they are sent by the clients that wrote the manifests."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.api.requests import GRAPHQL, JSON
from tests.databases import OneDatabase
from tests.serving import serving

MANIFESTS = Path(__file__).parent / "manifests"
RELAY: dict[str, str] = json.loads((MANIFESTS / "relay-md5.json").read_text())
APOLLO: list[dict[str, str]] = json.loads((MANIFESTS / "apollo.json").read_text())["operations"]
VIEWER_ID, VIEWER = next((key, text) for key, text in RELAY.items() if "ViewerBadge" in text)
BROWSE_ID = next(key for key, text in RELAY.items() if "BrowsePage" in text)
CREATE_ID = next(key for key, text in RELAY.items() if text.startswith("mutation"))
OTHER = "{ __typename }"


@pytest.fixture
async def open_to_all(database: OneDatabase, tmp_path: Path) -> AsyncIterator[httpx2.AsyncClient]:
    settings = database.settings(tmp_path, trusted_documents=str(MANIFESTS))
    async with serving(settings) as client:
        yield client


@pytest.fixture
async def closed(database: OneDatabase, tmp_path: Path) -> AsyncIterator[httpx2.AsyncClient]:
    places = ",".join(str(MANIFESTS / f"{name}.json") for name in ("relay-md5", "apollo"))
    settings = database.settings(tmp_path, trusted_documents=places, only_trusted_documents=True)
    async with serving(settings) as client:
        yield client


async def post(client: httpx2.AsyncClient, accept: str = JSON, **said: object) -> httpx2.Response:
    return await client.post("/graphql", json=said, headers={"accept": accept})


def persisted(digest: str) -> dict[str, Any]:
    return {"persistedQuery": {"version": 1, "sha256Hash": digest}}


def told(answer: httpx2.Response) -> tuple[int, list[str]]:
    assert "data" not in answer.json()
    return answer.status_code, [error["extensions"]["code"] for error in answer.json()["errors"]]


async def test_by_the_id_of_the_manifest(open_to_all: httpx2.AsyncClient, closed: httpx2.AsyncClient) -> None:
    for client in (open_to_all, closed):
        for said in (
            {"documentId": VIEWER_ID},
            {"documentId": f"sha256:{sha256(VIEWER.encode()).hexdigest()}"},
            {"extensions": persisted(VIEWER_ID)},
            {"query": VIEWER},
        ):
            answer = await post(client, **said)
            assert (answer.status_code, answer.json()["data"]) == (200, {"viewer": None})


async def test_with_variables(closed: httpx2.AsyncClient) -> None:
    answer = await post(closed, documentId=BROWSE_ID, operationName="BrowsePageQuery", variables={"first": 1})
    nothing = {"totalCount": 0, "pageInfo": {"hasNextPage": False, "endCursor": None}, "edges": []}
    assert answer.json()["data"] == {"offerings": nothing}
    assert told(await post(closed, documentId=BROWSE_ID)) == (200, ["BAD_USER_INPUT"])


async def test_every_operation_of_a_manifest_is_planned(closed: httpx2.AsyncClient) -> None:
    for operation in APOLLO:
        if operation["type"] == "query":
            answer = await post(closed, extensions=persisted(operation["id"]), variables={"first": 1})
            assert answer.status_code == 200
            assert "errors" not in answer.json()


async def test_by_get_an_answer_can_be_kept_and_a_mutation_cannot_be_run(closed: httpx2.AsyncClient) -> None:
    answer = await closed.get("/graphql", params={"documentId": VIEWER_ID}, headers={"accept": GRAPHQL})
    assert answer.json()["data"] == {"viewer": None}
    assert answer.headers["cache-control"].startswith("public, max-age=")
    extensions = json.dumps(persisted(APOLLO[-1]["id"]))
    assert (await closed.get("/graphql", params={"extensions": extensions})).json()["data"] == {"viewer": None}
    given = {"documentId": CREATE_ID, "variables": '{"input": {"title": "By GET"}}'}
    assert told(await closed.get("/graphql", params=given)) == (405, ["METHOD_NOT_ALLOWED"])


async def test_only_what_is_registered_is_run(closed: httpx2.AsyncClient) -> None:
    for accept, status in ((JSON, 400), (GRAPHQL, 400)):
        for text in (OTHER, VIEWER + "#", "{ __schema { queryType { name } } }", "{"):
            assert told(await post(closed, accept, query=text)) == (status, ["DOCUMENT_NOT_TRUSTED"])
        digest = sha256(OTHER.encode()).hexdigest()
        assert told(await post(closed, accept, extensions=persisted(digest))) == (status, ["DOCUMENT_NOT_FOUND"])
        with_text = await post(closed, accept, query=OTHER, extensions=persisted(digest))
        assert told(with_text) == (status, ["DOCUMENT_NOT_TRUSTED"])


async def test_an_automatic_persisted_query_as_apollos_clients_send_it(open_to_all: httpx2.AsyncClient) -> None:
    by_hash = persisted(sha256(OTHER.encode()).hexdigest())
    assert told(await post(open_to_all, extensions=by_hash)) == (200, ["PERSISTED_QUERY_NOT_FOUND"])
    refused = await post(open_to_all, GRAPHQL, extensions=by_hash)
    assert told(refused) == (400, ["PERSISTED_QUERY_NOT_FOUND"])
    assert refused.json()["errors"][0]["message"] == "PersistedQueryNotFound"
    by_get = await open_to_all.get("/graphql", params={"extensions": json.dumps(by_hash)})
    assert told(by_get) == (200, ["PERSISTED_QUERY_NOT_FOUND"])
    assert "max-age" not in by_get.headers.get("cache-control", "")
    assert (await post(open_to_all, query=OTHER, extensions=by_hash)).json()["data"] == {"__typename": "Query"}
    assert (await post(open_to_all, extensions=by_hash)).json()["data"] == {"__typename": "Query"}
    by_get = await open_to_all.get("/graphql", params={"extensions": json.dumps(by_hash)})
    assert by_get.json()["data"] == {"__typename": "Query"}


@pytest.mark.parametrize("accept", [JSON, GRAPHQL])
async def test_what_a_request_can_get_wrong(open_to_all: httpx2.AsyncClient, accept: str) -> None:
    for said, code in (
        ({}, "BAD_REQUEST"),
        ({"query": 1}, "BAD_REQUEST"),
        ({"documentId": 1}, "BAD_REQUEST"),
        ({"query": OTHER, "extensions": {"persistedQuery": 1}}, "BAD_REQUEST"),
        ({"query": OTHER, "extensions": {"persistedQuery": {"version": 2, "sha256Hash": "x"}}}, "BAD_REQUEST"),
        ({"documentId": "nothing"}, "DOCUMENT_NOT_FOUND"),
        ({"query": OTHER, "documentId": VIEWER_ID}, "DOCUMENT_MISMATCH"),
        ({"query": OTHER, "extensions": persisted(sha256(b"").hexdigest())}, "DOCUMENT_MISMATCH"),
    ):
        assert told(await post(open_to_all, accept, **said)) == (400, [code])
