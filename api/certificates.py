"""Certificates over HTTP: `GET /certificates/{number}.pdf` hands one out to those who see its learner."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Row
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.auth import AuthenticationError, Authenticator
from api.failures import Refusal, failure
from core.actor import Actor
from core.db import Database
from core.settings import Settings
from services.lms_admin.credits import reads
from services.lms_admin.credits.numbers import grouped, read_number
from services.lms_admin.credits.printing import CertificateNotPrintable, printed

HANDED_OUT: Final = {
    # it may be revoked at any moment: what a browser keeps is asked about again
    "Cache-Control": "private, no-cache",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


def certificate_routes(settings: Settings, database: Database, authenticator: Authenticator) -> list[BaseRoute]:
    """The route of certificates, for the application."""

    async def pdf(request: Request) -> Response:
        try:
            actor = await authenticator.authenticate(request.headers)
            found = await _found(database, actor, request.path_params["number"])
            if found is None:
                # what is not there, what is no number and what is not yours answer the same
                return failure(Refusal(404, "NOT_FOUND", "there is no such certificate"))
            address = f"{settings.issuer}/verify/{grouped(found.number)}"
            content = await asyncio.to_thread(
                printed, found, verification=address, fonts=settings.certificate_fonts_dir
            )
        except AuthenticationError as error:
            return failure(error)
        except CertificateNotPrintable as refused:
            return failure(Refusal(422, refused.code(), refused.message))
        headers = HANDED_OUT | {
            "ETag": f'"{hashlib.sha256(content).hexdigest()}"',
            "Content-Disposition": f'inline; filename="certificate-{grouped(found.number)}.pdf"',
        }
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        return Response(content, headers=headers, media_type="application/pdf")

    return [Route("/certificates/{number}.pdf", pdf, methods=["GET"])]


async def _found(database: Database, actor: Actor, typed: str) -> Row[Any] | None:
    number = read_number(typed)
    if number is None:
        return None
    async with database.transaction(actor, now=datetime.now(UTC), request_id="") as tx:
        return await tx.one_or_none(reads.to_print(number))
