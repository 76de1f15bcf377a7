"""Drafts over HTTP: they set aside what they bill, are issued or discarded once, and nothing is billed beside them."""

from __future__ import annotations

from datetime import date
from typing import Any

from core.ids import encode
from tests.billing.desk import Desk
from tests.billing.market import ADMIN, Agreement, Market

FEBRUARY = {"startsOn": "2026-02-01", "endsOn": "2026-02-28"}
ANSWER = "{ invoice { id number status amountDue { amount } total { amount } } userErrors { field code } }"
DRAFT = f"mutation($input: DraftInvoiceInput!) {{ draftInvoice(input: $input) {ANSWER} }}"
ISSUE = f"mutation($input: IssueInvoiceDraftInput!) {{ issueInvoiceDraft(input: $input) {ANSWER} }}"
DISCARD = f"mutation($input: DiscardInvoiceDraftInput!) {{ discardInvoiceDraft(input: $input) {ANSWER} }}"


async def drafted(market: Market, desk: Desk) -> tuple[Agreement, dict[str, Any]]:
    agreement = await market.agree(ADMIN)
    await agreement.accept("admin", "10", date(2026, 2, 3))
    asked = {"contractId": encode("con", agreement.id), "period": FEBRUARY}
    answer = (await desk.ask(market.billing_admin, DRAFT, input=asked))["draftInvoice"]
    assert answer["userErrors"] == []
    return agreement, answer["invoice"]


async def test_a_draft_is_not_owed_and_sets_aside_what_it_bills(market: Market, desk: Desk) -> None:
    agreement, draft = await drafted(market, desk)
    assert draft == {
        "id": draft["id"],
        "number": None,
        "status": "DRAFT",
        "amountDue": {"amount": "0.00"},
        "total": {"amount": "520.00"},
    }
    again = {"contractId": encode("con", agreement.id), "period": FEBRUARY}
    refused = (await desk.ask(market.billing_admin, DRAFT, input=again))["draftInvoice"]
    assert refused == {"invoice": None, "userErrors": [{"field": "period", "code": "NOTHING_TO_BILL"}]}
    assert await market.all("select * from journal_entry") == []


async def test_a_draft_is_issued_once(market: Market, desk: Desk) -> None:
    _, draft = await drafted(market, desk)
    asked = {"invoiceId": draft["id"]}
    issued = (await desk.ask(market.billing_admin, ISSUE, input=asked))["issueInvoiceDraft"]
    assert issued["invoice"] == draft | {
        "number": issued["invoice"]["number"],
        "status": "ISSUED",
        "amountDue": {"amount": "520.00"},
    }
    twice = (await desk.ask(market.billing_admin, ISSUE, input=asked))["issueInvoiceDraft"]
    assert twice == {"invoice": None, "userErrors": [{"field": "invoiceId", "code": "NOT_DRAFT"}]}
    entries = await market.all("select kind from journal_entry")
    assert [entry["kind"] for entry in entries] == ["INVOICE_ISSUED"]


async def test_a_discarded_draft_gives_back_what_it_took(market: Market, desk: Desk) -> None:
    agreement, draft = await drafted(market, desk)
    asked = {"invoiceId": draft["id"], "reason": "Too early"}
    gone = (await desk.ask(market.billing_admin, DISCARD, input=asked))["discardInvoiceDraft"]
    assert gone["invoice"] == draft | {"status": "DISCARDED"}
    twice = (await desk.ask(market.billing_admin, DISCARD, input=asked))["discardInvoiceDraft"]
    assert twice["userErrors"] == [{"field": "invoiceId", "code": "NOT_DRAFT"}]
    again = {"contractId": encode("con", agreement.id), "period": FEBRUARY}
    assert (await desk.ask(market.billing_admin, DRAFT, input=again))["draftInvoice"]["userErrors"] == []


async def test_only_the_operators_billing_drafts(market: Market, desk: Desk) -> None:
    _, draft = await drafted(market, desk)
    for actor, code in (
        (market.finance, "FORBIDDEN"),
        (market.vendor_owner, "FORBIDDEN"),
        (market.stranger, "NOT_FOUND"),
    ):
        refused = (await desk.ask(actor, ISSUE, input={"invoiceId": draft["id"]}))["issueInvoiceDraft"]
        assert [error["code"] for error in refused["userErrors"]] == [code]
