"""Evidence: kept as it was sent, served only to who may see it, and never run by a browser."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from core.actor import ANONYMOUS
from core.ids import decode, encode, new_id
from services.delivery.blobs import EvidenceTooLarge, LocalFolder
from services.delivery.evidence import LARGEST_INLINE_BYTES, File
from services.delivery.uploading import LARGEST_UPLOAD_BYTES
from tests.delivery.desk import Desk
from tests.delivery.guild import Guild, refusals, work

CSV = File("sign-in report.csv", "text/csv", "bWVtYmVyLHNpZ25lZF9pbgoxLHllcwo=")
RECORD = """mutation($input: RecordWorkInput!) { recordWork(input: $input) {
  workRecords { id evidence { id name mediaType byteSize sha256 downloadPath uploadedBy { name } } }
  userErrors { field code } } }"""


def kept_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def once(content: bytes) -> AsyncIterator[bytes]:
    for at in range(0, len(content), 7):
        yield content[at : at + 7]


async def test_a_blob_is_kept_once_and_read_back(tmp_path: Path) -> None:
    blobs = LocalFolder(tmp_path)
    kept = await asyncio.gather(*(blobs.put(once(b"the same content"), largest_bytes=100) for _ in range(5)))
    assert {blob.sha256 for blob in kept} == {hashlib.sha256(b"the same content").hexdigest()}
    assert b"".join([piece async for piece in blobs.read(kept[0].sha256)]) == b"the same content"
    files = kept_in(tmp_path)
    assert [path.relative_to(tmp_path).parts[:2] for path in files] == [(kept[0].sha256[:2], kept[0].sha256[2:4])]


async def test_a_blob_that_is_too_large_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(EvidenceTooLarge):
        await LocalFolder(tmp_path).put(once(b"x" * 101), largest_bytes=100)
    assert kept_in(tmp_path) == []


def inline(content: str = "", **others: Any) -> File:  # noqa: ANN401  (any field of a file)
    return File(**{"name": "a.csv", "media_type": "text/csv", "content_base64": content, **others})


@pytest.mark.parametrize(
    ("file", "code", "field"),
    [
        (inline("not base64!"), "NOT_BASE64", "contentBase64"),
        (inline("bWVt\nYmVy"), "NOT_BASE64", "contentBase64"),
        (inline("bWVtYmVyLA"), "NOT_BASE64", "contentBase64"),
        (inline("bWVtYmVyLB=="), "NOT_BASE64", "contentBase64"),
        (inline("é"), "NOT_BASE64", "contentBase64"),
        (inline(""), "EVIDENCE_EMPTY", "contentBase64"),
        (inline("A" * 349_528), "EVIDENCE_TOO_LARGE", "contentBase64"),
        (inline("YQ==", media_type="text/html"), "EVIDENCE_TYPE_REFUSED", "mediaType"),
        (inline("YQ==", media_type="image/svg+xml"), "EVIDENCE_TYPE_REFUSED", "mediaType"),
        (inline("YQ==", name="../.."), "INVALID_INPUT", "name"),
        (inline("YQ==", name="x" * 256), "INVALID_INPUT", "name"),
        (inline("YQ==", name=None), "INVALID_INPUT", None),
        (inline("YQ==", evidence_id=new_id()), "INVALID_INPUT", None),
        (File(evidence_id=new_id()), "NOT_FOUND", "evidenceId"),
    ],
)
async def test_a_faulty_file_is_refused_with_its_record(guild: Guild, file: File, code: str, field: str | None) -> None:
    path = "records.0.evidence.1" + (f".{field}" if field else "")
    assert await refusals(guild, guild.record(work(evidence=[CSV, file]))) == [(code, path)]


async def test_the_largest_inline_file_is_kept(guild: Guild) -> None:
    content = base64.b64encode(b"x" * LARGEST_INLINE_BYTES).decode()
    await guild.record(work(evidence=[inline(content)]))
    size = await guild.rows.fetchval("select byte_size from evidence where contract_id = $1", guild.contract_id)
    assert size == LARGEST_INLINE_BYTES


async def test_a_record_takes_twenty_files(guild: Guild) -> None:
    assert await refusals(guild, guild.record(work(evidence=[CSV] * 21))) == [("LIST_TOO_LONG", "records.0.evidence")]


def input_with(desk: Desk, *files: Mapping[str, object]) -> dict[str, object]:
    record = {
        "lineKey": "tickets",
        "quantity": "1",
        "performedFrom": "2026-02-03",
        "performedTo": "2026-02-03",
        "performedBy": "Help desk",
        "description": "February",
        "evidence": files,
    }
    return {"contractId": desk.contract, "records": [record]}


async def test_an_inline_file_comes_back_as_it_was_sent(desk: Desk) -> None:
    guild = desk.guild
    sent = {
        "name": 'C:\\work\\"Bericht" für März.csv',
        "mediaType": "text/csv; charset=utf-8",
        "contentBase64": "YSxiCg==",
    }
    answer = (await desk.ask(guild.lead, RECORD, input=input_with(desk, sent)))["recordWork"]
    assert answer["userErrors"] == []
    (file,) = answer["workRecords"][0]["evidence"]
    assert file == {
        "id": file["id"],
        "name": '"Bericht" für März.csv',
        "mediaType": "text/csv",
        "byteSize": 4,
        "sha256": hashlib.sha256(b"a,b\n").hexdigest(),
        "downloadPath": f"/evidence/{file['id']}",
        "uploadedBy": {"name": "Lee"},
    }
    readers = (guild.lead, guild.worker, guild.acceptor, guild.vendor_owner)
    for response in [await desk.download(reader, file["downloadPath"]) for reader in readers]:
        assert (response.status_code, response.content) == (200, b"a,b\n")
    response = await desk.download(guild.lead, file["downloadPath"])
    assert {name: response.headers[name] for name in (
        "content-type", "content-length", "content-disposition", "content-security-policy", "x-content-type-options",
        "cache-control", "etag",
    )} == {
        "content-type": "text/csv; charset=utf-8",
        "content-length": "4",
        "content-disposition": 'attachment; filename="_Bericht_ f_r M_rz.csv"; '
        "filename*=UTF-8''%22Bericht%22%20f%C3%BCr%20M%C3%A4rz.csv",
        "content-security-policy": "sandbox; default-src 'none'",
        "x-content-type-options": "nosniff",
        "cache-control": "private, max-age=3600",
        "etag": f'"{file["sha256"]}"',
    }  # fmt: skip
    again = await desk.download(guild.lead, file["downloadPath"], **{"if-none-match": response.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_who_may_not_see_a_file_gets_the_answer_for_one_that_is_not_there(desk: Desk) -> None:
    guild = desk.guild
    uploaded = (await desk.upload(guild.lead, b"%PDF-1.7")).json()
    strangers = [await desk.download(actor, uploaded["downloadPath"]) for actor in (guild.stranger, ANONYMOUS)]
    missing = await desk.download(guild.lead, f"/evidence/{encode('evd', guild.contract_id, new_id())}")
    malformed = await desk.download(guild.lead, "/evidence/evd_nothing")
    other_type = await desk.download(guild.lead, f"/evidence/{desk.contract}")
    answers = {(answer.status_code, answer.content) for answer in (*strangers, missing, malformed, other_type)}
    assert len(answers) == 1
    assert answers.pop()[0] == 404


async def test_an_upload_is_named_by_its_id_once(desk: Desk) -> None:
    guild = desk.guild
    content = b"%PDF-1.7" + bytes(2_000_000)
    response = await desk.upload(guild.lead, content, name="a/b/report.pdf")
    assert response.status_code == 201
    uploaded = response.json()
    assert (uploaded["name"], uploaded["byteSize"]) == ("report.pdf", len(content))
    assert uploaded["sha256"] == hashlib.sha256(content).hexdigest()
    others = input_with(desk, {"evidenceId": uploaded["id"]})
    refused = (await desk.ask(guild.worker, RECORD, input=others))["recordWork"]
    assert refused["userErrors"] == [{"field": "records.0.evidence.0.evidenceId", "code": "NOT_FOUND"}]
    twice = input_with(desk, {"evidenceId": uploaded["id"]}, {"evidenceId": uploaded["id"]})
    refused = (await desk.ask(guild.lead, RECORD, input=twice))["recordWork"]
    assert refused["userErrors"] == [{"field": "records.0.evidence.1.evidenceId", "code": "NAMED_TWICE"}]
    answer = (await desk.ask(guild.lead, RECORD, input=others))["recordWork"]
    assert [file["id"] for file in answer["workRecords"][0]["evidence"]] == [uploaded["id"]]
    refused = (await desk.ask(guild.lead, RECORD, input=others))["recordWork"]
    assert refused["userErrors"] == [{"field": "records.0.evidence.0.evidenceId", "code": "NOT_FOUND"}]
    assert (await desk.download(guild.acceptor, uploaded["downloadPath"])).content == content
    event = await guild.one(
        "select * from audit_event where type = 'EVIDENCE_UPLOADED' and object_id = $1",
        decode("evd", uploaded["id"], parts=2)[1],
    )
    assert event["actor_name"] == "Lee"


async def test_an_upload_that_is_refused_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    guild = desk.guild
    before = await guild.state()
    answers = [
        await desk.upload(ANONYMOUS, b"x"),
        await desk.upload(guild.acceptor, b"x"),
        await desk.upload(guild.stranger, b"x"),
        await desk.upload(guild.lead, b"x", contract="con_nothing"),
        await desk.upload(guild.lead, b"x", media_type="text/html"),
        await desk.upload(guild.lead, b"x", name=""),
        await desk.upload(guild.lead, b""),
        await desk.upload(guild.lead, b"x" * (LARGEST_UPLOAD_BYTES + 1)),
    ]
    assert [(answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) for answer in answers] == [
        (401, "UNAUTHENTICATED"),
        (403, "FORBIDDEN"),
        (404, "NOT_FOUND"),
        (400, "INVALID_ID"),
        (415, "EVIDENCE_TYPE_REFUSED"),
        (400, "INVALID_INPUT"),
        (400, "EVIDENCE_EMPTY"),
        (413, "EVIDENCE_TOO_LARGE"),
    ]
    assert await guild.state() == before
    assert kept_in(tmp_path / "evidence" / "incoming") == []
    forged = await desk.client.get("/evidence/evd_x", headers={"authorization": "Bearer forged"})
    assert forged.status_code == 401


ADD = """mutation($input: AddEvidenceInput!) { addEvidence(input: $input) {
  workRecord { status evidence { name } } userErrors { field code } } }"""


async def test_files_can_be_added_to_work_that_lies_with_the_vendor(desk: Desk) -> None:
    guild = desk.guild
    one = {"name": "sign-ins.csv", "mediaType": "text/csv", "contentBase64": "YSxiCg=="}
    answer = (await desk.ask(guild.lead, RECORD, input=input_with(desk, one)))["recordWork"]
    record = answer["workRecords"][0]["id"]
    more = {"workRecordId": record, "evidence": [one | {"name": "more.csv"}]}
    added = (await desk.ask(guild.worker, ADD, input=more))["addEvidence"]
    assert added == {
        "workRecord": {"status": "RECORDED", "evidence": [{"name": "sign-ins.csv"}, {"name": "more.csv"}]},
        "userErrors": [],
    }
    row = decode("wrk", record, parts=2)[1]
    missing = encode("wrk", guild.contract_id, new_id())
    for actor, given, code, field in (
        (ANONYMOUS, more, "UNAUTHENTICATED", None),
        (guild.acceptor, more, "FORBIDDEN", None),
        (guild.stranger, more, "NOT_FOUND", "workRecordId"),
        (guild.lead, more | {"workRecordId": missing}, "NOT_FOUND", "workRecordId"),
        (guild.lead, more | {"evidence": []}, "INVALID_INPUT", "evidence"),
        (guild.lead, more | {"evidence": [one] * 19}, "LIST_TOO_LONG", "evidence"),
        (guild.lead, more | {"evidence": [one | {"contentBase64": "-"}]}, "NOT_BASE64", "evidence.0.contentBase64"),
    ):
        before = await guild.state()
        refused = (await desk.ask(actor, ADD, input=given))["addEvidence"]
        assert refused == {"workRecord": None, "userErrors": [{"field": field, "code": code}]}
        assert await guild.state() == before
    await guild.submit(row)
    closed = (await desk.ask(guild.lead, ADD, input=more))["addEvidence"]
    assert closed["userErrors"] == [{"field": "workRecordId", "code": "WORK_RECORD_NOT_OPEN"}]
