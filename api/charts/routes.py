"""The pictures over HTTP: `GET /charts/open-book/{id}.svg` and `GET /charts/margin/{id}.svg`, with a bearer token.

They are read through the SELECTs of the API, in one transaction, with the reader's rights of that moment.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from babel import Locale, negotiate_locale
from sqlalchemy import select
from sqlmodel import col
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from api.auth import AuthenticationError, Authenticator
from api.charts.drawing import Figures
from api.charts.margin import margin
from api.charts.waterfall import waterfall
from api.failures import Refusal, failure
from core.errors import NotFound
from core.ids import InvalidId, decode
from services.billing.invoices import reads as invoices
from services.billing.open_book import actuals, periods, prices
from services.billing.open_book import waterfall as books
from services.contracts import reads as contracts
from services.identity.models import Organization

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from core.actor import Actor
    from core.db import Database, Transaction
    from core.reader import Reader

    Draw = Callable[[Transaction, Reader, Request, Locale], Awaitable[str]]

LOCALES = ["en_US", "en_GB", "de", "es", "fr", "it", "ja", "nl", "pt", "sv"]
"""How numbers and months are written; the words are English."""

HANDED_OUT = {
    "Cache-Control": "private, no-cache",
    "Vary": "Authorization, X-Organization, Accept-Language",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "X-Content-Type-Options": "nosniff",
}


def chart_routes(database: Database, authenticator: Authenticator) -> list[BaseRoute]:
    """The routes of pictures, for the application."""

    def drawn(draw: Draw) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            try:
                actor = await authenticator.authenticate(request.headers)
                picture = await _drawn(database, actor, draw, request)
            except AuthenticationError as error:
                return failure(error)
            except (InvalidId, NotFound):
                # what is not there, what is no id and what is not yours answer the same
                return failure(Refusal(404, "NOT_FOUND", "there is no such open book"))
            return _handed_out(request, picture)

        return answer

    return [
        Route("/charts/open-book/{id}.svg", drawn(_open_book), methods=["GET"]),
        Route("/charts/margin/{id}.svg", drawn(_margin), methods=["GET"]),
    ]


async def _drawn(database: Database, actor: Actor, draw: Draw, request: Request) -> str:
    accepted = [part.split(";")[0].strip() for part in request.headers.get("accept-language", "").split(",")]
    locale = Locale.parse(negotiate_locale(accepted, LOCALES, sep="-") or "en_US")
    # an actor has what a reader has, its ids being values already
    reader = cast("Reader", actor)
    async with database.transaction(actor, now=datetime.now(UTC), request_id="") as tx:
        return await draw(tx, reader, request, locale)


async def _open_book(tx: Transaction, reader: Reader, request: Request, locale: Locale) -> str:
    public_id, on_actual = request.path_params["id"], request.query_params.get("basis") == "ACTUAL"
    if public_id.startswith("inv_"):
        invoice = await _found(tx, invoices.invoice(reader, *decode("inv", public_id, parts=2)))
        title = f"Invoice {invoice.number}" if invoice.number else "A draft invoice"
        parties = f"{invoice.seller_name} for {invoice.buyer_name}"
        book = await _found(tx, actuals.of_invoice(invoice) if on_actual else books.of_invoice(invoice))
        steps = await _found(tx, prices.of_invoice(invoice))
    else:
        contract = await _found(tx, contracts.contract(reader, *decode("con", public_id)))
        title, parties = contract.title, await _parties(tx, contract)
        book = await _found(tx, actuals.of_contract(contract) if on_actual else books.of_contract(contract))
        steps = await _found(tx, prices.of_contract(contract))
    figures = Figures(locale, book.currency_code)
    return waterfall(book, steps, title=title, subtitle=f"{parties}, in {book.currency_code}", figures=figures)


async def _margin(tx: Transaction, reader: Reader, request: Request, locale: Locale) -> str:
    contract = await _found(tx, contracts.contract(reader, *decode("con", request.path_params["id"])))
    book = await _found(tx, books.of_contract(contract))
    month = periods.months(reader, contract.vendor_id, contract.id).subquery("month")
    months = await tx.all(select(month).order_by(month.c.starts_on))
    subtitle = f"{await _parties(tx, contract)}: margin by month, on standard cost"
    figures = Figures(locale, book.currency_code)
    return margin(book, months, title=contract.title, subtitle=subtitle, figures=figures)


async def _found(tx: Transaction, rows: Any) -> Any:
    row = await tx.one_or_none(rows)
    if row is None:
        raise NotFound("there is no such open book")
    return row


async def _parties(tx: Transaction, contract: Any) -> str:
    names = await tx.all(
        select(col(Organization.id), col(Organization.name)).where(
            col(Organization.id).in_([contract.vendor_id, contract.association_id])
        )
    )
    name = {row.id: row.name for row in names}
    return " for ".join(name[party] for party in (contract.vendor_id, contract.association_id) if party in name)


def _handed_out(request: Request, picture: str) -> Response:
    body = picture.encode()
    headers = HANDED_OUT | {"ETag": f'"{hashlib.sha256(body).hexdigest()}"'}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="image/svg+xml")
