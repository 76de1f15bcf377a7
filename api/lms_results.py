"""What became of a job, item by item, as CSV over HTTP: `GET /lms/jobs/{id}/results.csv`, as it is read."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from api.auth import AuthenticationError, Authenticator
from api.failures import Refusal, failure
from core.ids import InvalidId, decode
from services.lms_admin.jobs import results

if TYPE_CHECKING:
    from uuid import UUID

    from core.actor import Actor
    from core.db import Database

HANDED_OUT = {
    "Cache-Control": "private, no-store",
    "Content-Disposition": 'attachment; filename="results.csv"',
    "X-Content-Type-Options": "nosniff",
}
RUN_BY_A_SPREADSHEET = frozenset("=+-@\t\r\n＝＋－＠")  # noqa: RUF001  (spreadsheets take the wide ones too)


def result_routes(database: Database, authenticator: Authenticator) -> list[BaseRoute]:
    """The route of results, for the application."""

    async def download(request: Request) -> Response:
        try:
            actor = await authenticator.authenticate(request.headers)
            contract_id, job_id = decode("job", request.path_params["id"], parts=2)
        except AuthenticationError as error:
            return failure(error)
        except InvalidId:
            return _missing()
        if not await _sees(database, actor, contract_id, job_id):
            # what is not there, what is no id and what is not yours answer the same
            return _missing()
        lines = _lines(database, actor, contract_id, job_id)
        return StreamingResponse(lines, headers=HANDED_OUT, media_type="text/csv; charset=utf-8")

    return [Route("/lms/jobs/{id}/results.csv", download, methods=["GET"])]


def _missing() -> Response:
    return failure(Refusal(404, "NOT_FOUND", "there is no such job"))


async def _sees(database: Database, actor: Actor, contract_id: UUID, job_id: UUID) -> bool:
    async with database.reading(actor) as connection:
        return bool(await connection.fetchval(results.SEES, contract_id, job_id))


async def _lines(database: Database, actor: Actor, contract_id: UUID, job_id: UUID) -> AsyncIterator[str]:
    """Read a page at a time, each with that moment's rights, so that no connection waits for the client."""
    # a mark, so that spreadsheets take it for UTF-8
    yield "\ufeff" + line(results.HEADER)
    after = 0
    while True:
        async with database.reading(actor) as connection:
            page = await connection.fetch(results.PAGE, contract_id, job_id, after)
        if not page:
            return
        yield "".join(line(list(row.values())) for row in page)
        after = page[-1]["position"]


def line(cells: Sequence[Any]) -> str:
    """Write a row so that a spreadsheet runs none of it."""
    written = io.StringIO()
    csv.writer(written).writerow([_safe(cell) for cell in cells])
    return written.getvalue()


def _safe(cell: object) -> str:
    text = "" if cell is None else f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
    if isinstance(cell, int | Decimal):
        # a number is a number, and below zero no formula
        return text
    return f"'{text}" if text[:1] in RUN_BY_A_SPREADSHEET else text
