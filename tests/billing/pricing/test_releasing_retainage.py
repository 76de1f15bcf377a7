"""Retainage is released by the association, in whole or in part, once; the worker makes it due."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from core.actor import ANONYMOUS, Actor
from core.db import Database, Transaction
from core.ids import encode
from services.billing.invoices.releasing_retainage import post_release
from tests.billing.desk import Desk
from tests.billing.market import ADMIN, NOW, Agreement, Market
from tests.databases import OneDatabase

RELEASE = """mutation($input: ReleaseRetainageInput!) { releaseRetainage(input: $input) {
  invoice { retained { amount } } userErrors { field code } } }"""
REASON = "The cut-over was accepted"


async def invoiced(market: Market) -> tuple[Agreement, UUID]:
    agreement = await market.agree(ADMIN, retainage_percent=Decimal(10))
    await agreement.accept("admin", "10", date(2026, 2, 3))
    return agreement, await agreement.issue()


@pytest.fixture
async def worker(database: OneDatabase) -> AsyncIterator[Database]:
    """The worker's own role, which sees every row."""
    batch = Database(database.batch_url)
    yield batch
    await batch.close()


async def post(worker: Database, market: Market, agreement: Agreement, release_id: UUID) -> bool:
    async def run(tx: Transaction) -> bool:
        return await post_release(tx, contract_id=agreement.id, release_id=release_id, now=NOW)

    return await worker.write(market.billing_admin, run, now=NOW, request_id="test")


async def releases(market: Market, agreement: Agreement) -> list[dict[str, Any]]:
    return await market.all(
        "select id, amount_minor, posted_at from retainage_release where contract_id = $1 order by released_at, id",
        agreement.id,
    )


async def test_a_release_is_refused_to_all_but_the_association(market: Market, desk: Desk) -> None:
    agreement, invoice_id = await invoiced(market)
    given = {"invoiceId": encode("inv", agreement.id, invoice_id), "reason": REASON}
    cases: list[tuple[Actor, dict[str, Any], str, str | None]] = [
        (ANONYMOUS, {}, "UNAUTHENTICATED", None),
        (market.stranger, {}, "NOT_FOUND", "invoiceId"),
        (market.acceptor, {}, "FORBIDDEN", None),
        (market.vendor_owner, {}, "FORBIDDEN", None),
        (market.billing_admin, {}, "FORBIDDEN", None),
        (market.finance, {"reason": " "}, "TEXT_BLANK", "reason"),
        (market.finance, {"amount": "52.01"}, "NOTHING_RETAINED", "amount"),
        (market.finance, {"amount": "0"}, "INVALID_AMOUNT", "amount"),
        (market.finance, {"amount": "1.001"}, "INVALID_AMOUNT", "amount"),
    ]
    for actor, changed, code, field in cases:
        answer = (await desk.ask(actor, RELEASE, input=given | changed))["releaseRetainage"]
        assert answer == {"invoice": None, "userErrors": [{"field": field, "code": code}]}, code
    assert await releases(market, agreement) == []


async def test_parts_are_released_until_nothing_is_left(market: Market, desk: Desk, worker: Database) -> None:
    agreement, invoice_id = await invoiced(market)
    given = {"invoiceId": encode("inv", agreement.id, invoice_id), "reason": REASON}
    for changed, expected in (({"amount": "20.00"}, []), ({}, []), ({}, ["NOTHING_RETAINED"])):
        answer = (await desk.ask(market.finance, RELEASE, input=given | changed))["releaseRetainage"]
        assert [error["code"] for error in answer["userErrors"]] == expected
    first, rest = await releases(market, agreement)
    assert (first["amount_minor"], rest["amount_minor"]) == (2_000, 3_200)
    invoice = "select retained_minor, amount_due_minor, status from invoice where id = $1"
    assert await market.one(invoice, invoice_id) == {
        "retained_minor": 5_200, "amount_due_minor": 46_800, "status": "ISSUED"
    }  # fmt: skip
    assert [await post(worker, market, agreement, first["id"]) for _ in (1, 2)] == [True, False]
    assert (await market.one(invoice, invoice_id))["amount_due_minor"] == 48_800
    assert await post(worker, market, agreement, rest["id"])
    told = await market.one(invoice, invoice_id)
    assert (told["retained_minor"], told["amount_due_minor"]) == (0, 52_000)
    sides = await market.all(
        "select e.kind, p.account, p.amount_minor from journal_entry e join posting p on p.entry_id = e.id "
        "where e.contract_id = $1 and e.kind = 'RETAINAGE_RELEASED' order by e.sequence, p.position",
        agreement.id,
    )
    assert [(side["account"], side["amount_minor"]) for side in sides] == [
        ("ASSOCIATION_RECEIVABLE", 2_000), ("RETAINAGE_RECEIVABLE", -2_000),
        ("ASSOCIATION_RECEIVABLE", 3_200), ("RETAINAGE_RECEIVABLE", -3_200),
    ]  # fmt: skip
    assert await market.broken_link(agreement) is None
