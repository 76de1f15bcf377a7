"""kill -9 of the server between any two statements of issuing and voiding: nothing is half billed afterwards."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import tempfile
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx2
import orjson
import pytest

from core.ids import encode
from core.settings import Settings
from tests.billing.desk import Desk
from tests.billing.market import ADMIN, Line, Market
from tests.databases import OneDatabase

HOSTING = Line("hosting", "250", "120", unit="SITE", kind="RECURRING", recurrence="MONTHLY", units_per_period="1")
ISSUE = """mutation($input: IssueInvoiceInput!) { issueInvoice(input: $input) {
  invoice { number total { amount } } userErrors { code } } }"""
VOID = """mutation($input: VoidInvoiceInput!) { voidInvoice(input: $input) {
  invoice { number status } userErrors { code } } }"""
MANY = 1000


class Mortal:
    """Servers that each live for so many statements."""

    def __init__(self, process: Process, market: Market, settings: Settings, folder: Path) -> None:
        self._process = process
        self._market = market
        self._folder = folder
        self.statements = 0
        """How many the last server that did not die had sent."""
        transport = httpx2.AsyncHTTPTransport(uds=str(folder / "socket"))
        self._client = httpx2.AsyncClient(transport=transport, base_url="http://mortal", timeout=30)
        self._desk = Desk(self._client, market, settings)

    async def ask(self, statements: int, request: str, **given: object) -> dict[str, Any] | None:
        """Ask a server that dies before its statement number `statements` + 1; None when it died."""
        assert self._process.stdin is not None
        self._process.stdin.write(orjson.dumps({"statements": statements, "uds": str(self._folder / "socket")}) + b"\n")
        server = int(await self._line())
        await self._started()
        try:
            (payload,) = (await self._desk.ask(self._market.billing_admin, request, input=given)).values()
        except (httpx2.RemoteProtocolError, httpx2.ReadError):
            payload = None
        else:
            os.kill(server, signal.SIGTERM)
            self.statements = int(await self._line())
        assert await self._line() == ("KILLED" if payload is None else "STOPPED")
        return payload  # type: ignore[no-any-return]  # JSON is anything

    async def close(self) -> None:
        """Serve no more."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        await self._process.wait()
        await self._client.aclose()

    async def _started(self) -> None:
        async with asyncio.timeout(30):
            while True:
                try:
                    await self._client.get("/healthz")
                except httpx2.ConnectError:
                    await asyncio.sleep(0.02)
                else:
                    return

    async def _line(self) -> str:
        assert self._process.stdout is not None
        return (await self._process.stdout.readline()).decode().strip()


@pytest.fixture
async def mortal(market: Market, database: OneDatabase, settings: Settings, tmp_path: Path) -> AsyncIterator[Mortal]:
    environment = {**os.environ, **database.environment(tmp_path), "PUBLIC_URL": settings.issuer}
    # a socket's path has room for a hundred bytes
    with tempfile.TemporaryDirectory() as folder:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.billing.dying", stdin=PIPE, stdout=PIPE, env=environment
        )
        servers = Mortal(process, market, settings, Path(folder))
        yield servers
        await servers.close()


async def test_issuing_is_all_or_nothing_wherever_the_server_dies(market: Market, mortal: Mortal) -> None:
    agreement = await market.agree(ADMIN, HOSTING)
    await agreement.accept("admin", "10", date(2026, 2, 3))
    period = {"startsOn": "2026-02-01", "endsOn": "2026-02-28"}
    asked = {"contractId": encode("con", agreement.id), "period": period}

    deaths = 0
    while (payload := await mortal.ask(deaths, ISSUE, **asked)) is None:
        deaths += 1
        assert await agreement.billed() == [], f"something is billed by a server that died before statement {deaths}"

    assert payload["userErrors"] == []
    assert payload["invoice"]["number"].endswith("-000001")
    assert payload["invoice"]["total"] == {"amount": "1020.00"}
    twin = await market.agree(ADMIN, HOSTING)
    await twin.accept("admin", "10", date(2026, 2, 3))
    unbroken = await mortal.ask(MANY, ISSUE, contractId=encode("con", twin.id), period=period)
    assert unbroken is not None
    assert unbroken["invoice"]["number"].endswith("-000002")
    assert deaths == mortal.statements, "a server died before every statement, and before the commit"
    again = await mortal.ask(MANY, ISSUE, **asked)
    assert again == {"invoice": None, "userErrors": [{"code": "NOTHING_TO_BILL"}]}
    assert len(await market.all("select from journal_entry where contract_id = $1", agreement.id)) == 1
    assert await market.broken_link(agreement) is None


async def test_voiding_is_all_or_nothing_wherever_the_server_dies(market: Market, mortal: Mortal) -> None:
    agreement = await market.agree(ADMIN, HOSTING)
    await agreement.accept("admin", "10", date(2026, 2, 3))
    invoice_id = await agreement.issue()
    issued = await agreement.billed()
    asked = {"invoiceId": encode("inv", agreement.id, invoice_id), "reason": "Wrong order number"}

    statements, step = 0, 3
    while (payload := await mortal.ask(statements, VOID, **asked)) is None:
        statements += step
        assert await agreement.billed() == issued
        standing = await market.one("select status, amount_due_minor from invoice where id = $1", invoice_id)
        assert tuple(standing.values()) == ("ISSUED", 102000)

    twin = await market.agree(ADMIN, HOSTING)
    await twin.accept("admin", "10", date(2026, 2, 3))
    twins = encode("inv", twin.id, await twin.issue())
    assert await mortal.ask(MANY, VOID, invoiceId=twins, reason="Wrong order number") is not None
    assert statements == -(-mortal.statements // step) * step, "a server died before every third statement"
    assert payload == {"invoice": {"number": "2026-000001", "status": "VOID"}, "userErrors": []}
    again = await mortal.ask(MANY, VOID, **asked)
    assert again == {"invoice": None, "userErrors": [{"code": "ALREADY_VOID"}]}
    assert await market.broken_link(agreement) is None
    assert await agreement.preview() != []
