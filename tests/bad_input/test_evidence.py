from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.bad_input.clerk import Clerk
from tests.digests import digests

pytestmark = pytest.mark.asyncio(loop_scope="session")

INLINE_BYTES = 256 * 1024
UPLOAD_BYTES = 10 * 1024 * 1024


def file(content: bytes = b"a,b\n", **changed: object) -> dict[str, Any]:
    return {"name": "a.csv", "mediaType": "text/csv", "contentBase64": base64.b64encode(content).decode(), **changed}


async def refused(clerk: Clerk, given: dict[str, Any]) -> list[tuple[str, str | None]]:
    return await clerk.refusals("vendor.delivery", "recordWork", clerk.work(evidence=[given]))


async def test_an_inline_file_that_is_too_large(clerk: Clerk) -> None:
    too_large = file(b"x" * (INLINE_BYTES + 1))
    assert await refused(clerk, too_large) == [("EVIDENCE_TOO_LARGE", "records.0.evidence.0.contentBase64")]


@pytest.mark.parametrize("media_type", ["text/html", "image/svg+xml", "application/x-msdownload", "", "nonsense"])
async def test_an_inline_file_of_a_refused_type(clerk: Clerk, media_type: str) -> None:
    told = await refused(clerk, file(mediaType=media_type))
    assert told == [("EVIDENCE_TYPE_REFUSED", "records.0.evidence.0.mediaType")]


@pytest.mark.parametrize("content", ["not base64!", "YQ", "YQ==YQ==", "\u00e9\u00e9\u00e9\u00e9"])
async def test_base64_that_is_none(clerk: Clerk, content: str) -> None:
    told = await refused(clerk, file(contentBase64=content))
    assert told == [("NOT_BASE64", "records.0.evidence.0.contentBase64")]


async def test_an_empty_file(clerk: Clerk) -> None:
    assert await refused(clerk, file(contentBase64="")) == [("EVIDENCE_EMPTY", "records.0.evidence.0.contentBase64")]


async def test_a_file_that_was_never_uploaded(clerk: Clerk) -> None:
    unknown = clerk.names["admin"].replace("wrk_", "evd_")
    told = await refused(clerk, {"evidenceId": unknown})
    assert told == [("NOT_FOUND", "records.0.evidence.0.evidenceId")]


async def upload(
    clerk: Clerk, content: bytes = b"a,b\n", *, seat: str = "vendor.delivery", **changed: str
) -> tuple[int, list[str]]:
    contract = changed.get("contract", clerk.names["contract"])
    path = f"/evidence?contractId={contract}&name={changed.get('name', 'a.csv')}"
    headers = {"content-type": changed.get("media_type", "text/csv")}
    answer = await clerk.post(seat, content, headers, path)
    return answer.status_code, await clerk.errors(answer, answer.status_code)


def kept(clerk: Clerk) -> set[str]:
    folder = clerk.world.settings.evidence_dir
    return {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}


async def test_an_upload_that_is_too_large(clerk: Clerk) -> None:
    before = kept(clerk)
    assert await upload(clerk, b"x" * (UPLOAD_BYTES + 1)) == (413, ["EVIDENCE_TOO_LARGE"])
    assert kept(clerk) == before


async def test_an_upload_that_is_too_large_and_does_not_say_so(clerk: Clerk) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(UPLOAD_BYTES // 2**20 + 1):
            yield b"x" * 2**20

    before, rows = kept(clerk), await digests(clerk.superuser)
    headers = {**clerk.world.onlookers["vendor.delivery"].headers, "content-type": "text/csv"}
    path = f"/evidence?contractId={clerk.names['contract']}&name=a.csv"
    answer = await clerk.world.client.post(path, content=pieces(), headers=headers)
    assert await clerk.errors(answer, 413) == ["EVIDENCE_TOO_LARGE"]
    assert kept(clerk) == before
    assert await digests(clerk.superuser) == rows


async def test_an_upload_of_a_refused_type(clerk: Clerk) -> None:
    assert await upload(clerk, media_type="text/html") == (415, ["EVIDENCE_TYPE_REFUSED"])


async def test_an_empty_upload(clerk: Clerk) -> None:
    assert await upload(clerk, b"") == (400, ["EVIDENCE_EMPTY"])


@pytest.mark.parametrize("contract", ["", "con_", "nonsense"])
async def test_an_upload_for_no_contract(clerk: Clerk, contract: str) -> None:
    assert await upload(clerk, contract=contract) == (400, ["INVALID_ID"])


async def test_an_upload_by_someone_without_a_grant(clerk: Clerk) -> None:
    assert await upload(clerk, seat="vendor.revoked") == (404, ["NOT_FOUND"])
    assert await upload(clerk, seat="stranger.delivery") == (404, ["NOT_FOUND"])
    assert await upload(clerk, seat="vendor.owner") == (403, ["FORBIDDEN"])
    assert await upload(clerk, seat="nobody") == (401, ["UNAUTHENTICATED"])


@pytest.mark.parametrize("name", ["", "%00", "%0d%0a", "/", "x" * 300])
async def test_an_upload_whose_name_is_none(clerk: Clerk, name: str) -> None:
    status, codes = await upload(clerk, name=name)
    assert (status, codes[0] in {"INVALID_INPUT", "TEXT_BLANK", "TEXT_TOO_LONG"}) == (400, True), codes
