"""Whether a certificate holds, for anybody who has its number: `GET /verify/{number}`, as a page or as JSON.

It shows the least: the state, the association, the activity, the credit, the day, and the learner's initials.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Awaitable, Callable
from html import escape
from typing import Final

import asyncpg
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from api.failures import Refusal, failure
from api.limits.budgets import Taken, owner_of
from core.db import Database
from services.delivery.scope import plain
from services.lms_admin.credits.numbers import grouped, read_number
from services.lms_admin.credits.printing import in_words
from services.lms_admin.credits.reads import SHOWN

COST: Final = 1000
"""What a look takes from the budget of who looks, in objects: as much as a large page of a list."""

STYLE: Final = (
    "body{font:1.1rem/1.5 Georgia,serif;max-width:36rem;margin:3rem auto;padding:0 1rem;color:#1c2b39;background:#fff}"
    "dt{color:#4a5661}dd{margin:0 0 .6rem}h1{font-weight:normal}"
)
HASH: Final = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
HEADERS: Final = {
    # a revocation is seen within a minute, whoever keeps the page
    "Cache-Control": "public, max-age=60",
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{HASH}'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Vary": "Accept",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}
TOLD: Final = {
    "VALID": "This certificate is valid.",
    "REVOKED": "This certificate was revoked: it is not valid.",
    "REPLACED": "This certificate was replaced by another one: it is not valid.",
    "UNKNOWN": "There is no certificate with this number.",
}
LABELS: Final = {
    "association": "Awarded in the name of",
    "activity": "Activity",
    "credit": "Credit",
    "earnedOn": "Earned on",
    "initials": "Initials of the learner",
    "number": "Certificate number",
}


def verification_routes(database: Database, take: Callable[[str, int], Awaitable[Taken]]) -> list[BaseRoute]:
    """The route of verification, for the application; `take` takes a cost from somebody's budget."""

    async def verify(request: Request) -> Response:
        try:
            await take(owner_of(request.scope, None), COST)
        except Refusal as refused:
            return failure(refused)
        number = read_number(request.path_params["number"])
        found = await database.pool.look_up(SHOWN, number) if number else []
        shown = _shown(number, found[0]) if number and found else {"status": "UNKNOWN"}
        status = 200 if found else 404
        if _wants_json(request.headers.get("accept", "")):
            return JSONResponse(shown, status, HEADERS)
        return HTMLResponse(_page(shown), status, HEADERS)

    return [Route("/verify/{number}", verify, methods=["GET"])]


def _shown(number: str, row: asyncpg.Record) -> dict[str, str]:
    return {
        "status": row["status"],
        "association": row["association"],
        "activity": row["activity"],
        "credit": f"{in_words(row['quantity'], row['unit'])} of {row['credit_type']}",
        "quantity": plain(row["quantity"]),
        "unit": row["unit"],
        "earnedOn": row["earned_on"].isoformat(),
        "initials": row["initials"] or "",
        "number": grouped(number),
    }


def _wants_json(accept: str) -> bool:
    """Whether JSON is named and a page is not, or later: a browser names the page first."""
    kinds = [part.partition(";")[0].strip().lower() for part in accept.split(",")]
    html = kinds.index("text/html") if "text/html" in kinds else len(kinds)
    return "application/json" in kinds[:html]


def _page(shown: dict[str, str]) -> str:
    told = TOLD[shown["status"]]
    facts = "".join(
        f"<dt>{label}</dt><dd>{escape(shown[name])}</dd>" for name, label in LABELS.items() if name in shown
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f"<title>{told}</title><style>{STYLE}</style></head>"
        f"<body><main><h1>{told}</h1>{f'<dl>{facts}</dl>' if facts else ''}</main></body></html>\n"
    )
