"""Tables for spreadsheets over HTTP: `GET /exports/invoices.csv`, `invoice-lines`, `journal`, each also as `.xlsx`.

The query says which rows: `contractId`, `from` and `to` (days, both included), `status` (of the journal: the kind of
entry). Text that a spreadsheet would run is told not to be. Memory stays that of a page, whatever the size.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

import xlsxwriter
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from api.auth import AuthenticationError, Authenticator
from api.failures import Refusal, failure
from api.lms_results import line
from core.actor import Actor
from core.db import Database
from core.ids import InvalidId, decode
from services.billing.papers.exporting import TABLES, Table, Wanted, pages

ROWS_A_SHEET: Final = 1_000_000
SHEETS: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HANDED_OUT: Final = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}


def export_routes(database: Database, authenticator: Authenticator) -> list[BaseRoute]:
    """The routes of exports, for the application."""

    async def export(request: Request) -> Response:
        name, form = request.path_params["table"], request.path_params["form"]
        if name not in TABLES or form not in {"csv", "xlsx"}:
            return failure(Refusal(404, "NOT_FOUND", "there is no such table"))
        try:
            actor = await authenticator.authenticate(request.headers)
            wanted = _wanted(request)
        except AuthenticationError as error:
            return failure(error)
        except (InvalidId, ValueError):
            return failure(Refusal(400, "INVALID_INPUT", "contractId is an id, from and to are days as 2026-12-31"))
        headers = HANDED_OUT | {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
        table = TABLES[name]
        if form == "csv":
            return StreamingResponse(_csv(database, actor, table, wanted), headers=headers, media_type="text/csv")
        return await _workbook(database, actor, table, wanted, headers)

    return [Route("/exports/{table}.{form}", export, methods=["GET"])]


def _wanted(request: Request) -> Wanted:
    query = request.query_params
    contract, first, last = query.get("contractId"), query.get("from"), query.get("to")
    return Wanted(
        contract_id=decode("con", contract)[0] if contract else None,
        from_day=date.fromisoformat(first) if first else None,
        to_day=date.fromisoformat(last) if last else None,
        status=query.get("status"),
    )


async def _csv(database: Database, actor: Actor, table: Table, wanted: Wanted) -> AsyncIterator[str]:
    # a mark, so that spreadsheets take it for UTF-8
    yield "\ufeff" + line(table.columns)
    async for page in pages(database, actor, table, wanted):
        yield "".join(line([_plain(cell) for cell in row]) for row in page)


async def _workbook(
    database: Database, actor: Actor, table: Table, wanted: Wanted, headers: dict[str, str]
) -> Response:
    """Write the file on disk, row by row, and hand it out from there."""
    descriptor, path = tempfile.mkstemp(suffix=".xlsx")
    os.close(descriptor)
    try:
        # strings are never formulas or links, whatever they begin with
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        workbook = xlsxwriter.Workbook(path, options)
        sheet, at = _sheet(workbook, table), 1
        async for page in pages(database, actor, table, wanted):
            if at + len(page) > ROWS_A_SHEET:
                sheet, at = _sheet(workbook, table), 1
            await asyncio.to_thread(_write, sheet, at, page)
            at += len(page)
        await asyncio.to_thread(workbook.close)
    except BaseException:
        os.unlink(path)  # noqa: PTH108 - a name that was just made
        raise
    return _Once(path, headers=headers, media_type=SHEETS)


def _sheet(workbook: Any, table: Table) -> Any:
    sheet = workbook.add_worksheet()
    sheet.write_row(0, 0, table.columns)
    return sheet


def _write(sheet: Any, at: int, page: list[list[Any]]) -> None:
    for down, row in enumerate(page):
        for across, cell in enumerate(row):
            if isinstance(cell, int | Decimal):
                sheet.write_number(at + down, across, cell)
            elif cell is not None:
                sheet.write_string(at + down, across, str(_plain(cell)))


def _plain(cell: object) -> object:
    return f"{cell:%Y-%m-%dT%H:%M:%SZ}" if isinstance(cell, datetime) else cell


class _Once(FileResponse):
    """A file that is gone once it has been handed out, or not."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Send it, and remove it."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            os.unlink(self.path)  # noqa: PTH108 - as above
