"""Platform fee invoices as the operator's desk issues them and vendors read them, and every refusal by its code."""

from __future__ import annotations

import asyncio
from typing import Any

from core.actor import ANONYMOUS
from core.ids import encode
from tests.billing.desk import Desk
from tests.billing.market import NOW, Market
from tests.billing.payments.till import Till, till_of
from tests.billing.taxes.law import register, rule

LINE = "position kind documentNumber effectiveOn amount { amount } tax { amount } contract { id } invoice { id }"
BILL = f"""id number kind vendor {{ name }} monthStartsOn seller {{ name taxNumber }} buyer {{ name countryCode }}
  currencyCode subtotal {{ amount }} taxCategory taxRatePercent taxTotal {{ amount }} total {{ amount }}
  setOff {{ amount }} amountDue {{ amount }} lines(first: 5) {{ totalCount nodes {{ {LINE} entry {{ kind }} }} }}"""
ISSUE = f"""mutation($input: IssuePlatformFeeInvoiceInput!) {{ issuePlatformFeeInvoice(input: $input) {{
  platformFeeInvoice {{ {BILL} }} userErrors {{ field code }} }} }}"""
ONE = f"query($id: ID!) {{ platformFeeInvoice(id: $id) {{ {BILL} }} }}"
LIST = """query($filter: PlatformFeeInvoiceFilter) { platformFeeInvoices(first: 5, filter: $filter) {
  totalCount nodes { number } } }"""
PREVIEW = f"""query($vendorId: ID!, $month: Date!) {{
  platformFeePreview(vendorId: $vendorId, month: $month, currencyCode: "USD") {{
    vendor {{ name }} subtotal {{ amount currencyCode }} lines(first: 5) {{ totalCount nodes {{ {LINE} }} }} }} }}"""
JUNE = "2026-06-01"


async def of_june(market: Market) -> tuple[Till, dict[str, Any], dict[str, Any]]:
    """An invoice of June, what to ask for to bill its platform fee, and the line that does."""
    till = await till_of(market)
    asked = {"vendorId": encode("org", market.vendor), "month": JUNE, "currencyCode": "USD", "reason": " Monthly "}
    number = (await market.one("select number from invoice where id = $1", till.invoice_id))["number"]
    line = {
        "position": 1, "kind": "INVOICE_ISSUED", "documentNumber": number, "effectiveOn": f"{NOW:%Y-%m-%d}",
        "amount": {"amount": "15.60"}, "tax": None, "contract": {"id": encode("con", till.agreement.id)},
        "invoice": {"id": encode("inv", till.agreement.id, till.invoice_id)},
    }  # fmt: skip
    return till, asked, line


async def test_the_desk_previews_and_issues_and_the_vendor_reads_its_bill(market: Market, desk: Desk) -> None:
    await register(market, market.operator, "US-1")
    await rule(market, "S", "8.25", supply="PLATFORM_FEES")
    _, asked, line = await of_june(market)
    month = {"vendorId": asked["vendorId"], "month": JUNE}
    preview = (await desk.ask(market.billing_admin, PREVIEW, **month))["platformFeePreview"]
    assert preview == {
        "vendor": {"name": "Lakeside Learning Services"},
        "subtotal": {"amount": "15.60", "currencyCode": "USD"},
        "lines": {"totalCount": 1, "nodes": [line]},
    }
    issued = (await desk.ask(market.billing_admin, ISSUE, input=asked))["issuePlatformFeeInvoice"]
    assert issued["userErrors"] == []
    bill = issued["platformFeeInvoice"]
    assert bill == {
        "id": bill["id"], "number": bill["number"], "kind": "INVOICE", "vendor": {"name": "Lakeside Learning Services"},
        "monthStartsOn": JUNE, "seller": {"name": "The Marketplace", "taxNumber": "US-1"},
        "buyer": {"name": "Lakeside Learning Services", "countryCode": "MX"}, "currencyCode": "USD",
        "subtotal": {"amount": "15.60"}, "taxCategory": "S", "taxRatePercent": "8.25", "taxTotal": {"amount": "1.29"},
        "total": {"amount": "16.89"}, "setOff": {"amount": "15.60"}, "amountDue": {"amount": "1.29"},
        "lines": {"totalCount": 1, "nodes": [{**line, "tax": {"amount": "1.29"}, "entry": {"kind": "INVOICE_ISSUED"}}]},
    }  # fmt: skip
    assert bill["number"].startswith("PF-20")
    assert bill["number"].endswith("-000001")
    for reader in (market.billing_admin, market.vendor_owner):
        assert (await desk.ask(reader, ONE, id=bill["id"]))["platformFeeInvoice"] == bill
        listed = await desk.ask(reader, LIST, filter={"vendor": asked["vendorId"], "monthFrom": JUNE})
        assert listed["platformFeeInvoices"] == {"totalCount": 1, "nodes": [{"number": bill["number"]}]}
    # the vendor's finance reads its bill, and not the contracts behind it
    accountant = market.member("VENDOR", market.vendor, "FINANCE")
    hidden = {**bill["lines"]["nodes"][0], "contract": None, "invoice": None, "entry": None}
    read = (await desk.ask(accountant, ONE, id=bill["id"]))["platformFeeInvoice"]
    assert read == {**bill, "lines": {"totalCount": 1, "nodes": [hidden]}}
    after = (await desk.ask(market.billing_admin, PREVIEW, **month))["platformFeePreview"]
    assert (after["subtotal"]["amount"], after["lines"]["totalCount"]) == ("0.00", 0)
    events = await market.all("select type, reason from audit_event where object_id = $1", await of(market, "id"))
    assert [tuple(event.values()) for event in events] == [("PLATFORM_FEE_INVOICE_ISSUED", "Monthly")]


async def test_nobody_else_issues_or_reads_it_and_a_refusal_writes_nothing(market: Market, desk: Desk) -> None:
    till, asked, _ = await of_june(market)
    here = asked["vendorId"]
    operator_owner = market.member("OPERATOR", market.operator, "OWNER")
    cases: list[tuple[Any, dict[str, Any], str, str | None]] = [
        (ANONYMOUS, asked, "UNAUTHENTICATED", None),
        (market.stranger, asked, "FORBIDDEN", None),
        (market.finance, asked, "FORBIDDEN", None),
        (market.vendor_owner, asked, "FORBIDDEN", None),
        (operator_owner, asked, "FORBIDDEN", None),
        (market.billing_admin, {**asked, "month": "2026-06-02"}, "INVALID_INPUT", "month"),
        (market.billing_admin, {**asked, "month": "2099-01-01"}, "MONTH_NOT_OVER", "month"),
        (market.billing_admin, {**asked, "month": "2026-05-01"}, "NO_PLATFORM_FEES", "month"),
        (market.billing_admin, {**asked, "currencyCode": "EUR"}, "NO_PLATFORM_FEES", "month"),
        (market.billing_admin, {**asked, "vendorId": encode("org", market.association)}, "NOT_FOUND", "vendorId"),
        (market.billing_admin, {**asked, "reason": " "}, "TEXT_BLANK", "reason"),
        (market.billing_admin, {**asked, "reason": "x" * 2001}, "TEXT_TOO_LONG", "reason"),
    ]
    before = await everything(till)
    for actor, given, code, field in cases:
        payload = (await desk.ask(actor, ISSUE, input=given))["issuePlatformFeeInvoice"]
        assert payload == {"platformFeeInvoice": None, "userErrors": [{"field": field, "code": code}]}, (code, given)
    assert await everything(till) == before
    for reader in (ANONYMOUS, market.stranger, market.finance, market.vendor_owner, operator_owner):
        assert (await desk.ask(reader, PREVIEW, vendorId=here, month=JUNE)) == {"platformFeePreview": None}
    await desk.ask(market.billing_admin, ISSUE, input=asked)
    id_ = encode("pfi", await of(market, "id"))
    for reader in (ANONYMOUS, market.stranger, market.finance, market.member("VENDOR", market.vendor, "DELIVERY")):
        assert (await desk.ask(reader, ONE, id=id_)) == {"platformFeeInvoice": None}
        assert (await desk.ask(reader, LIST))["platformFeeInvoices"] == {"totalCount": 0, "nodes": []}


async def test_asked_twice_at_once_it_is_issued_once(market: Market, desk: Desk) -> None:
    _, asked, _ = await of_june(market)
    await desk.ask(market.billing_admin, LIST)  # who asks must be a member before asking often
    answers = await asyncio.gather(*(desk.ask(market.billing_admin, ISSUE, input=asked) for _ in range(4)))
    codes = [[error["code"] for error in answer["issuePlatformFeeInvoice"]["userErrors"]] for answer in answers]
    assert codes.count([]) == 1
    assert all(code in ([], ["PLATFORM_FEES_INVOICED"], ["NO_PLATFORM_FEES"]) for code in codes)
    assert await of(market, "year_number") == 1


async def of(market: Market, column: str) -> Any:  # noqa: ANN401  (a column of the only bill)
    return (await market.one("select * from platform_fee_invoice"))[column]


async def everything(till: Till) -> list[Any]:
    """All that could change."""
    bills = [
        await till.market.all(f"select to_jsonb(t) from {table} t")  # noqa: S608  (our own words)
        for table in ("platform_fee_invoice", "platform_fee_line", "platform_fee_counter")
    ]
    return [*bills, *(await till.everything())]
