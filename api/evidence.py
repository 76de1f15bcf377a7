"""Evidence over HTTP: `POST /evidence` takes a file as it streams in, `GET /evidence/{id}` hands one out.

A file is the request's whole body and its media type the Content-Type; the query says `contractId` and `name`, and
`purpose=cost` of what shows a cost: that is read by those alone who read cost.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

from sqlalchemy import Row
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from api.auth import AuthenticationError, Authenticator
from api.failures import Refusal, failure
from core.actor import Actor
from core.db import Database, Transaction
from core.errors import DomainError, InvalidInput, NotFound
from core.ids import InvalidId, decode, encode, new_id
from services.delivery import reads
from services.delivery.blobs import BlobStore, EvidenceTooLarge
from services.delivery.uploading import allow_upload, largest_upload, upload_evidence

LONGEST_UPLOAD_SECONDS = 300
STATUS_OF = {
    "UNAUTHENTICATED": 401,
    "FORBIDDEN": 403,
    "NOT_FOUND": 404,
    "EVIDENCE_TOO_LARGE": 413,
    "EVIDENCE_TYPE_REFUSED": 415,
}
"""What a refusal is in HTTP; any other is a 400."""

HANDED_OUT = {
    "Cache-Control": "private, max-age=3600",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
"""A browser saves what a stranger has written; it never runs or shows it in our name."""


def evidence_routes(database: Database, blobs: BlobStore, authenticator: Authenticator) -> list[BaseRoute]:
    """The routes of evidence, for the application."""

    async def upload(request: Request) -> Response:
        try:
            async with asyncio.timeout(LONGEST_UPLOAD_SECONDS):
                return await _upload(request, database, blobs, await authenticator.authenticate(request.headers))
        except AuthenticationError as error:
            return failure(error)
        except DomainError as refused:
            status = STATUS_OF.get(refused.code(), 400)
            return failure(Refusal(status, refused.code(), refused.message))
        except TimeoutError:
            message = f"a file has to arrive within {LONGEST_UPLOAD_SECONDS} seconds"
            return failure(Refusal(408, "UPLOAD_TOO_SLOW", message))
        except ClientDisconnect:
            return failure(Refusal(400, "UPLOAD_CUT_OFF", "the file did not arrive whole"))

    async def download(request: Request) -> Response:
        try:
            return await _download(request, database, blobs, await authenticator.authenticate(request.headers))
        except AuthenticationError as error:
            return failure(error)
        except (InvalidId, NotFound):
            # what is not there, what is no id and what is not yours answer the same
            return failure(Refusal(404, "NOT_FOUND", "there is no such evidence"))

    return [
        Route("/evidence", upload, methods=["POST"]),
        Route("/evidence/{id}", download, methods=["GET"]),
    ]


async def _upload(request: Request, database: Database, blobs: BlobStore, actor: Actor) -> Response:
    (contract_id,) = decode("con", request.query_params.get("contractId", ""), field="contractId")
    asked: dict[str, Any] = {
        "actor": actor,
        "contract_id": contract_id,
        "name": request.query_params.get("name", ""),
        "media_type": request.headers.get("content-type", ""),
        "shows_cost": _shows_cost(request.query_params.get("purpose", "work")),
    }
    now, request_id = datetime.now(UTC), str(new_id())
    await database.write(actor, lambda tx: allow_upload(tx, **asked), now=now, request_id=request_id)
    largest = largest_upload(asked["media_type"])
    if int(request.headers.get("content-length", "0")) > largest:
        raise EvidenceTooLarge(f"a file of this media type has at most {largest} bytes")
    # between the two transactions, so that no connection waits for the client
    blob = await blobs.put(request.stream(), largest_bytes=largest)

    async def keep(tx: Transaction) -> Row[Any]:
        key = await upload_evidence(tx, **asked, blob=blob, now=tx.now)
        return await tx.one(reads.evidence_file(*key))

    file = await database.write(actor, keep, now=datetime.now(UTC), request_id=request_id)
    return JSONResponse(_described(file), 201, {"X-Request-Id": request_id})


def _shows_cost(purpose: str) -> bool:
    if purpose not in {"work", "cost"}:
        raise InvalidInput(f"{purpose[:80]!r} is no purpose: work or cost", field="purpose")
    return purpose == "cost"


def _described(file: Row[Any]) -> Mapping[str, object]:
    public_id = encode("evd", file.contract_id, file.id)
    return {
        "id": public_id,
        "name": file.name,
        "mediaType": file.media_type,
        "byteSize": file.byte_size,
        "sha256": file.sha256,
        "downloadPath": f"/evidence/{public_id}",
    }


async def _download(request: Request, database: Database, blobs: BlobStore, actor: Actor) -> Response:
    contract_id, evidence_id = decode("evd", request.path_params["id"], parts=2)
    file = await _file(database, actor, contract_id, evidence_id)
    headers = HANDED_OUT | {"ETag": f'"{file.sha256}"', "Content-Disposition": _as_attachment(file.name)}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    headers["Content-Length"] = str(file.byte_size)
    return StreamingResponse(blobs.read(file.sha256), headers=headers, media_type=file.media_type)


async def _file(database: Database, actor: Actor, contract_id: UUID, evidence_id: UUID) -> Row[Any]:
    async with database.transaction(actor, now=datetime.now(UTC), request_id="") as tx:
        file = await tx.one_or_none(reads.evidence_file(contract_id, evidence_id))
    if file is None:
        raise NotFound("there is no such evidence")
    return file


def _as_attachment(name: str) -> str:
    """The header of RFC 6266: plain ASCII for old clients, the whole name for all others."""
    plain = "".join(c if c.isascii() and c.isprintable() and c not in '"\\%' else "_" for c in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
