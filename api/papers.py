"""Invoices and credit notes over HTTP: `GET /invoices/{id}.pdf`, `.xml`, and the same under `/credit-notes`.

The PDF has the e-invoice in it. Who sees an invoice's node may have its paper; a draft has none.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.auth import AuthenticationError, Authenticator
from api.certificates import HANDED_OUT
from api.failures import Refusal, failure
from core.db import Database, Transaction
from core.ids import InvalidId, decode
from core.settings import Settings
from services.billing.papers.einvoice import einvoice
from services.billing.papers.paper import Paper
from services.billing.papers.printing import InvoiceNotPrintable, printed
from services.billing.papers.reads import credit_note_paper, invoice_paper

MEDIA: Final = {"pdf": "application/pdf", "xml": "application/xml"}


def paper_routes(settings: Settings, database: Database, authenticator: Authenticator) -> list[BaseRoute]:
    """The routes of papers, for the application."""

    def handing_out(
        prefix: str, read: Callable[[Transaction, UUID, UUID], Awaitable[Paper | None]]
    ) -> Callable[[Request], Awaitable[Response]]:
        async def handed_out(request: Request) -> Response:
            try:
                actor = await authenticator.authenticate(request.headers)
                contract_id, row_id = decode(prefix, request.path_params["id"], parts=2)
                async with database.transaction(actor, now=datetime.now(UTC), request_id="") as tx:
                    paper = await read(tx, contract_id, row_id)
            except AuthenticationError as error:
                return failure(error)
            except InvalidId:
                paper = None
            if paper is None:
                # what is not there, what is no id, what is a draft and what is not yours answer the same
                return failure(Refusal(404, "NOT_FOUND", "there is no such document"))
            return await _answer(request, paper, settings)

        return handed_out

    return [
        Route(f"/{path}/{{id}}.{{form}}", handing_out(prefix, read), methods=["GET"])
        for path, prefix, read in (("invoices", "inv", invoice_paper), ("credit-notes", "crn", credit_note_paper))
    ]


async def _answer(request: Request, paper: Paper, settings: Settings) -> Response:
    form = request.path_params["form"]
    if form not in MEDIA:
        return failure(Refusal(404, "NOT_FOUND", "a document is handed out as .pdf or .xml"))
    try:
        content = (
            einvoice(paper)
            if form == "xml"
            else await asyncio.to_thread(printed, paper, fonts=settings.certificate_fonts_dir)
        )
    except InvoiceNotPrintable as refused:
        return failure(Refusal(422, refused.code(), refused.message))
    headers = HANDED_OUT | {
        "ETag": f'"{hashlib.sha256(content).hexdigest()}"',
        "Content-Disposition": f'inline; filename="{paper.number}.{form}"',
    }
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=MEDIA[form])
