"""Invoices as clients ask for them: previews, lists, sources, the journal, and every refusal by its code."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from core.actor import ANONYMOUS
from core.ids import encode
from tests.billing.desk import Desk
from tests.billing.market import ADMIN, MARCH, TICKETS, Agreement, Line, Market

PREVIEW = """query($contractId: ID!, $period: PeriodInput!) { invoicePreview(contractId: $contractId, period: $period) {
  servicePeriod { startsOn endsOn } currencyCode subtotal { amount }
  lines { contractLine { key } description quantity lateQuantity unit unitPrice { amount } amount { amount }
    rate { key version } }
  openBook { disclosure price { amount } cost { amount } platformFee { amount } marginBand { verdict } }
} }"""
ISSUE = """mutation($input: IssueInvoiceInput!) { issueInvoice(input: $input) {
  invoice { id number status seller { name countryCode } issuedBy { name } lines { quantity amount { amount } } }
  userErrors { field code } } }"""
VOID = """mutation($input: VoidInvoiceInput!) { voidInvoice(input: $input) {
  invoice { id status amountDue { amount } voidedAt voidReason } userErrors { field code } } }"""
FEBRUARY = {"startsOn": "2026-02-01", "endsOn": "2026-02-28"}
HOSTING = Line("hosting", "250.0125", "120", unit="SITE", kind="RECURRING", recurrence="MONTHLY", units_per_period="2")


async def february(market: Market) -> Agreement:
    agreement = await market.agree(ADMIN, HOSTING)
    await agreement.accept("admin", "2.5", date(2026, 1, 31))
    await agreement.accept("admin", "10", date(2026, 2, 3))
    return agreement


async def test_a_preview_says_what_the_invoice_will_say(market: Market, desk: Desk) -> None:
    agreement = await february(market)
    asked: dict[str, Any] = {"contractId": encode("con", agreement.id), "period": FEBRUARY}

    preview = (await desk.ask(market.billing_admin, PREVIEW, **asked))["invoicePreview"]

    assert preview == {
        "servicePeriod": FEBRUARY,
        "currencyCode": "USD",
        "subtotal": {"amount": "1650.05"},
        "lines": [
            {"contractLine": {"key": "admin"}, "description": "Admin", "quantity": "12.5", "lateQuantity": "2.5",
             "unit": "HOUR", "unitPrice": {"amount": "52.00"}, "amount": {"amount": "650.00"},
             "rate": {"key": "admin", "version": 1}},
            {"contractLine": {"key": "hosting"}, "description": "Hosting", "quantity": "4", "lateQuantity": "2",
             "unit": "SITE", "unitPrice": {"amount": "250.0125"}, "amount": {"amount": "1000.05"},
             "rate": {"key": "hosting", "version": 1}},
        ],
        "openBook": {"disclosure": "FULL", "price": {"amount": "1650.05"}, "cost": {"amount": "955.00"},
                     "platformFee": {"amount": "49.50"}, "marginBand": None},
    }  # fmt: skip
    issued = (await desk.ask(market.billing_admin, ISSUE, input=asked))["issueInvoice"]
    assert issued["userErrors"] == []
    assert issued["invoice"]["number"].endswith("-000001")
    assert issued["invoice"]["seller"] == {"name": "Lakeside Learning Services", "countryCode": "MX"}
    assert issued["invoice"]["issuedBy"] == {"name": "The Marketplace"}
    told = [{"quantity": line["quantity"], "amount": line["amount"]} for line in preview["lines"]]
    assert issued["invoice"]["lines"] == told
    after = (await desk.ask(market.billing_admin, PREVIEW, **asked))["invoicePreview"]
    assert (after["subtotal"], after["lines"]) == ({"amount": "0.00"}, [])


async def test_a_preview_is_for_who_may_issue(market: Market, desk: Desk) -> None:
    agreement = await february(market)
    asked: dict[str, Any] = {"contractId": encode("con", agreement.id), "period": FEBRUARY}
    operator_owner = market.member("OPERATOR", market.operator, "OWNER")
    for reader in (market.finance, market.vendor_owner, market.stranger, operator_owner, ANONYMOUS):
        assert await desk.ask(reader, PREVIEW, **asked) == {"invoicePreview": None}
    backwards = {"startsOn": "2026-02-28", "endsOn": "2026-02-01"}
    answer = await desk.ask(market.billing_admin, PREVIEW, contractId=encode("con", agreement.id), period=backwards)
    assert answer == {"invoicePreview": None}


async def test_every_refusal_has_its_code_and_its_field(market: Market, desk: Desk) -> None:
    agreement, unsigned = await february(market), await market.agree(ADMIN, status="PROPOSED", activated_at=None)
    con = encode("con", agreement.id)
    tomorrow = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
    backwards = {"startsOn": "2026-02-28", "endsOn": "2026-02-01"}
    invoice_id = encode("inv", agreement.id, await agreement.issue())
    cases: list[tuple[Any, str, dict[str, Any], str, str | None]] = [
        (ANONYMOUS, ISSUE, {"contractId": con, "period": FEBRUARY}, "UNAUTHENTICATED", None),
        (market.finance, ISSUE, {"contractId": con, "period": FEBRUARY}, "FORBIDDEN", None),
        (market.stranger, ISSUE, {"contractId": con, "period": FEBRUARY}, "NOT_FOUND", "contractId"),
        (market.billing_admin, ISSUE, {"contractId": con, "period": FEBRUARY}, "NOTHING_TO_BILL", "period"),
        (market.billing_admin, ISSUE, {"contractId": con, "period": backwards}, "INVALID_INPUT", "period.endsOn"),
        (market.billing_admin, ISSUE, {"contractId": con, "period": {"startsOn": "2026-02-01", "endsOn": tomorrow}},
         "PERIOD_NOT_OVER", "period.endsOn"),
        (market.billing_admin, ISSUE, {"contractId": encode("con", unsigned.id), "period": FEBRUARY},
         "CONTRACT_NOT_IN_FORCE", "contractId"),
        (market.billing_admin, ISSUE, {"contractId": invoice_id, "period": FEBRUARY}, "INVALID_ID", "contractId"),
        (ANONYMOUS, VOID, {"invoiceId": invoice_id, "reason": "Wrong"}, "UNAUTHENTICATED", None),
        (market.finance, VOID, {"invoiceId": invoice_id, "reason": "Wrong"}, "FORBIDDEN", None),
        (market.stranger, VOID, {"invoiceId": invoice_id, "reason": "Wrong"}, "NOT_FOUND", "invoiceId"),
        (market.billing_admin, VOID, {"invoiceId": invoice_id, "reason": " "}, "TEXT_BLANK", "reason"),
        (market.billing_admin, VOID, {"invoiceId": invoice_id, "reason": "x" * 2001}, "TEXT_TOO_LONG", "reason"),
        (market.billing_admin, VOID, {"invoiceId": con, "reason": "Wrong"}, "INVALID_ID", "invoiceId"),
    ]  # fmt: skip
    before = await agreement.billed()
    for actor, request, given, code, field in cases:
        (payload,) = (await desk.ask(actor, request, input=given)).values()
        assert payload == {"invoice": None, "userErrors": [{"field": field, "code": code}]}, (code, given)
    assert await agreement.billed() == before


async def test_an_invoice_is_voided_once(market: Market, desk: Desk) -> None:
    agreement = await february(market)
    given = {"invoiceId": encode("inv", agreement.id, await agreement.issue()), "reason": "Wrong order number"}
    payload = (await desk.ask(market.billing_admin, VOID, input=given))["voidInvoice"]
    assert payload["userErrors"] == []
    invoice = payload["invoice"]
    assert invoice.pop("voidedAt") is not None
    assert invoice == {
        "id": given["invoiceId"],
        "status": "VOID",
        "amountDue": {"amount": "0.00"},
        "voidReason": "Wrong order number",
    }
    again = (await desk.ask(market.billing_admin, VOID, input=given))["voidInvoice"]
    assert again == {"invoice": None, "userErrors": [{"field": "invoiceId", "code": "ALREADY_VOID"}]}


async def test_sources_say_what_each_quantity_is_made_of(market: Market, desk: Desk) -> None:
    agreement = await february(market)
    request = """query($id: ID!) { invoice(id: $id) { lines { sources(first: 10) { totalCount nodes {
      kind late quantity acceptedQuantity workRecord { description } period { startsOn endsOn } rate { key version }
    } } } } }"""
    invoice_id = encode("inv", agreement.id, await agreement.issue())
    lines = (await desk.ask(market.acceptor, request, id=invoice_id))["invoice"]["lines"]
    work, hosting = (line["sources"] for line in lines)
    assert work == {"totalCount": 2, "nodes": [
        {"kind": "ACCEPTANCE", "late": late, "quantity": quantity, "acceptedQuantity": quantity,
         "workRecord": {"description": f"admin on {day}"}, "period": None, "rate": {"key": "admin", "version": 1}}
        for late, quantity, day in ((True, "2.5", "2026-01-31"), (False, "10", "2026-02-03"))
    ]}  # fmt: skip
    assert hosting == {"totalCount": 2, "nodes": [
        {"kind": "RECURRING_PERIOD", "late": late, "quantity": "2", "acceptedQuantity": None, "workRecord": None,
         "period": {"startsOn": first, "endsOn": last}, "rate": {"key": "hosting", "version": 1}}
        for late, first, last in ((True, "2026-01-01", "2026-01-31"), (False, "2026-02-01", "2026-02-28"))
    ]}  # fmt: skip


async def test_invoices_are_found_by_contract_status_number_and_days(market: Market, desk: Desk) -> None:
    agreement, other = await february(market), await market.agree(TICKETS)
    first = await agreement.issue()
    await agreement.void(first)
    second = await agreement.issue(MARCH)
    await other.accept("tickets", "5", date(2026, 5, 2))
    third = await other.issue((date(2026, 5, 1), date(2026, 5, 31)))
    ids = {encode("inv", owner.id, id_): n for n, (owner, id_) in enumerate(
        ((agreement, first), (agreement, second), (other, third)), start=1)}  # fmt: skip
    request = """query($filter: InvoiceFilter, $orderBy: InvoiceOrder) {
      invoices(first: 10, filter: $filter, orderBy: $orderBy) { totalCount nodes { id } } }"""

    async def found(reader: Any = market.finance, order: str = "OLDEST", **filter_: object) -> list[int]:  # noqa: ANN401
        page = (await desk.ask(reader, request, filter=filter_, orderBy=order))["invoices"]
        assert page["totalCount"] == len(page["nodes"])
        return [ids[node["id"]] for node in page["nodes"]]

    assert await found() == [1, 2, 3]
    assert await found(order="NEWEST") == [3, 2, 1]
    assert await found(status=["VOID"]) == [1]
    assert await found(status=["ISSUED"], contract=encode("con", agreement.id)) == [2]
    assert await found(number="2026-000003") == [3]
    assert await found(periodFrom="2026-03-15", periodUntil="2026-04-30") == [2]
    assert await found(market.vendor_owner) == [1, 2, 3]
    assert await found(market.stranger) == []
    assert await found(ANONYMOUS) == []


async def test_the_journal_shows_each_side_to_whom_it_concerns(market: Market, desk: Desk) -> None:
    agreement = await market.agree(ADMIN)
    await agreement.accept("admin", "10", date(2026, 2, 3))
    await agreement.void(await agreement.issue())
    request = """query($id: ID!) { contract(id: $id) { journal(first: 10) { nodes {
      id sequence kind invoice { number } reverses { sequence } hash previousHash postings { account amount { amount } }
    } } } }"""

    async def entries(reader: Any) -> list[dict[str, Any]]:  # noqa: ANN401
        contract = (await desk.ask(reader, request, id=encode("con", agreement.id)))["contract"]
        return contract["journal"]["nodes"]  # type: ignore[no-any-return]

    issued, voided = await entries(market.vendor_owner)
    assert (issued["sequence"], issued["kind"], issued["reverses"]) == (1, "INVOICE_ISSUED", None)
    assert (voided["sequence"], voided["kind"], voided["reverses"]) == (2, "INVOICE_VOIDED", {"sequence": 1})
    assert voided["previousHash"] == issued["hash"]
    sides = [
        {"account": "ASSOCIATION_RECEIVABLE", "amount": {"amount": "520.00"}},
        {"account": "VENDOR_PAYABLE", "amount": {"amount": "-504.40"}},
        {"account": "PLATFORM_FEE_INCOME", "amount": {"amount": "-15.60"}},
    ]
    assert issued["postings"] == sides
    assert (await entries(market.billing_admin))[0]["postings"] == sides
    assert [entry["postings"] for entry in await entries(market.finance)] == [
        [{"account": "ASSOCIATION_RECEIVABLE", "amount": {"amount": amount}}] for amount in ("520.00", "-520.00")
    ]


@pytest.mark.parametrize("reader", ["stranger", "anonymous"])
async def test_strangers_are_answered_as_if_there_were_nothing(market: Market, desk: Desk, reader: str) -> None:
    agreement = await february(market)
    invoice_id = await agreement.issue()
    line = (await agreement.lines_of(invoice_id))[0]["id"]
    entry = (await market.one("select id from journal_entry where contract_id = $1", agreement.id))["id"]
    request = """query($inv: ID!, $ivl: ID!, $jrn: ID!) { invoice(id: $inv) { id }
      a: node(id: $inv) { id } b: node(id: $ivl) { id } c: node(id: $jrn) { id } }"""
    ids = {
        prefix: encode(prefix, agreement.id, id_)
        for prefix, id_ in (("inv", invoice_id), ("ivl", line), ("jrn", entry))
    }
    nothing = {"invoice": None, "a": None, "b": None, "c": None}
    assert await desk.ask(ANONYMOUS if reader == "anonymous" else market.stranger, request, **ids) == nothing
    seen = await desk.ask(market.finance, request, **ids)
    assert [seen[name]["id"] for name in "abc"] == list(ids.values())
