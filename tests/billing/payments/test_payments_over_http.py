"""Each mutation of payments by nobody, a stranger, members without the role, and the right one: twice, and wrongly."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from core.actor import ANONYMOUS, Actor
from core.ids import encode
from tests.billing.desk import Desk
from tests.billing.payments.shop import Shop
from tests.billing.payments.till import Till

USD = {"currencyCode": "USD"}
REASON = {"reason": "As agreed"}


@dataclass
class Act:
    """A mutation that would succeed, who may do it, and what it says the second time."""

    name: str
    of: str
    given: dict[str, Any]
    right: Actor
    field: str
    again: str | None
    wrong: list[tuple[dict[str, Any], str, str | None]]
    """What is changed of the input, and how that is refused: code and field."""

    @property
    def request(self) -> str:
        kind = self.name[0].upper() + self.name[1:]
        wanted = f"{self.name}(input: $input) {{ {self.of} {{ id }} userErrors {{ field code }} }}"
        return f"mutation($input: {kind}Input!) {{ {wanted} }}"


async def acts_of(shop: Shop) -> list[Act]:
    """One of each, on contracts of their own."""
    market = shop.market
    payer, desk, vendor = market.finance, market.billing_admin, market.vendor_owner
    tills: dict[str, Till] = {name: await shop.till() for name in "pay record reverse refund release reclaim".split()}
    recorded = {name: await tills[name].record("520") for name in ("reverse", "refund", "release", "reclaim")}
    settlement = await tills["reclaim"].release("100")
    begun = await shop.till()
    payment = await shop.pay(begun)
    disputed = await shop.till()
    await shop.paid(disputed, card="pm_card_createDispute")
    await shop.cycle()
    (chargeback,) = await market.all("select id from chargeback")

    def id_of(prefix: str, till: Till, row: Any = None) -> str:  # noqa: ANN401  (a UUID of any driver's)
        return encode(prefix, till.agreement.id, row or till.invoice_id)

    def invoice(name: str) -> str:
        return id_of("inv", tills[name])

    tomorrow = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
    silent: tuple[dict[str, Any], str, str | None] = ({"reason": " "}, "TEXT_BLANK", "reason")
    seen = {
        "amount": {"amount": "520"} | USD,
        "method": "BANK_TRANSFER",
        "receivedOn": "2026-06-12",
        "reference": "T-1",
    }
    return [
        Act("payInvoice", "payment", {"invoiceId": invoice("pay"), "method": "CARD"} | REASON, payer, "invoiceId",
            "PAYMENT_UNDER_WAY", [
                silent,
                ({"amount": {"amount": "520.01"} | USD}, "PAYMENT_UNDER_WAY", "amount"),
                ({"amount": {"amount": "0"} | USD}, "INVALID_AMOUNT", "amount.amount"),
                ({"amount": {"amount": "1", "currencyCode": "EUR"}}, "OTHER_CURRENCY", "amount.currencyCode"),
                ({"invoiceId": encode("con", tills["pay"].agreement.id)}, "INVALID_ID", "invoiceId"),
            ]),
        Act("cancelPayment", "payment", {"paymentId": id_of("pay", begun, payment)} | REASON, payer, "paymentId",
            "PAYMENT_NOT_CANCELLABLE", [
                silent, ({"paymentId": id_of("pay", tills["refund"], recorded["refund"])}, "PAYMENT_NOT_CANCELLABLE",
                         "paymentId"),
                ({"paymentId": id_of("pay", begun)}, "NOT_FOUND", "paymentId"),
            ]),
        Act("recordPayment", "payment", {"invoiceId": invoice("record")} | seen | REASON, desk, "invoiceId",
            "ALREADY_RECORDED", [
                silent, ({"reference": ""}, "TEXT_BLANK", "reference"),
                ({"receivedOn": tomorrow}, "PAID_IN_THE_FUTURE", "receivedOn"),
                ({"amount": {"amount": "0.001"} | USD}, "INVALID_AMOUNT", "amount.amount"),
                ({"invoiceId": encode("inv", tills["record"].agreement.id, tills["pay"].invoice_id)}, "NOT_FOUND",
                 "invoiceId"),
            ]),
        Act("reversePayment", "payment", {"paymentId": id_of("pay", tills["reverse"], recorded["reverse"])} | REASON,
            desk, "paymentId", "ALREADY_REVERSED", [
                silent, ({"paymentId": id_of("pay", begun, payment)}, "NOT_BY_HAND", "paymentId"),
            ]),
        Act("refundPayment", "refund", {"paymentId": id_of("pay", tills["refund"], recorded["refund"]),
            "amount": {"amount": "520"} | USD, "reference": "OUT-1"} | REASON, desk, "paymentId",
            "MORE_THAN_RECEIVED", [
                silent, ({"amount": {"amount": "520.01"} | USD}, "MORE_THAN_RECEIVED", "amount.amount"),
                ({"reference": None}, "TEXT_BLANK", "reference"),
                ({"amount": {"amount": "1", "currencyCode": "EUR"}}, "OTHER_CURRENCY", "amount.currencyCode"),
            ]),
        Act("releaseSettlement", "settlement", {"invoiceId": invoice("release"), "bankReference": "OUT-2"} | REASON,
            desk, "invoiceId", "MORE_THAN_PROCEEDS", [
                silent, ({"amount": {"amount": "504.41"} | USD}, "MORE_THAN_PROCEEDS", "amount"),
                ({"bankReference": None}, "NO_PAYEE_ACCOUNT", "invoiceId"),
            ]),
        Act("reverseSettlement", "settlement", {"settlementId": id_of("stl", tills["reclaim"], settlement)} | REASON,
            desk, "settlementId", "SETTLEMENT_NOT_PAID", [
                silent, ({"settlementId": id_of("stl", tills["release"], settlement)}, "NOT_FOUND", "settlementId"),
            ]),
        Act("setUpPayee", "payeeAccount", {} | REASON, vendor, "", None, [silent]),
        Act("answerChargeback", "chargeback", {"chargebackId": id_of("chb", disputed, chargeback["id"]),
            "answer": "The hours were accepted"}, desk, "chargebackId", "CHARGEBACK_CLOSED", [
                ({"answer": " "}, "TEXT_BLANK", "answer"), ({"answer": "x" * 20_001}, "TEXT_TOO_LONG", "answer"),
            ]),
    ]  # fmt: skip


async def everything(shop: Shop) -> list[Any]:
    """All that could change."""
    tables = ("invoice", "payment", "refund", "settlement", "chargeback", "journal_entry", "posting", "payee_account",
              "audit_event", "pgqueuer")  # fmt: skip
    return [await shop.market.all(f"select t::text from {table} t order by 1") for table in tables]  # noqa: S608


async def test_who_may_not_changes_nothing_and_what_is_wrong_is_refused_by_name(shop: Shop, counter: Desk) -> None:
    market = shop.market
    acts, before = await acts_of(shop), await everything(shop)
    members = [market.finance, market.acceptor, market.vendor_owner, market.billing_admin,
               market.member("OPERATOR", market.operator, "OWNER"),
               market.member("OPERATOR", market.operator, "AUDITOR")]  # fmt: skip
    ungranted = market.member("VENDOR", market.vendor, "DELIVERY")
    for act in acts:
        hidden = ("FORBIDDEN", None) if act.name == "setUpPayee" else ("NOT_FOUND", act.field)
        tries: list[tuple[Actor, dict[str, Any], tuple[str, str | None]]] = []
        tries += [(ANONYMOUS, act.given, ("UNAUTHENTICATED", None)), (market.stranger, act.given, hidden)]
        tries += [(ungranted, act.given, hidden)]
        tries += [(member, act.given, ("FORBIDDEN", None)) for member in members if member is not act.right]
        tries += [(act.right, act.given | change, (code, field)) for change, code, field in act.wrong]
        for actor, given, (code, field) in tries:
            (payload,) = (await counter.ask(actor, act.request, input=given)).values()
            told = {act.of: None, "userErrors": [{"field": field, "code": code}]}
            assert payload == told, (act.name, sorted(actor.roles), given)
    assert await everything(shop) == before


async def test_the_right_one_does_it_once_however_often_at_once(shop: Shop, counter: Desk) -> None:
    for act in await acts_of(shop):
        await counter.ask(act.right, "{ __typename }")
        events = "select count(*) from audit_event"
        before = await shop.market.rows.fetchval(events)
        asked = (counter.ask(act.right, act.request, input=act.given) for _ in range(2))
        payloads = [answer[act.name] for answer in await asyncio.gather(*asked)]
        done = [payload for payload in payloads if payload[act.of] is not None]
        refused = [payload["userErrors"][0]["code"] for payload in payloads if payload["userErrors"]]
        expected = (2, []) if act.again is None else (1, [act.again])
        assert (len(done), refused) == expected, (act.name, payloads)
        assert await shop.market.rows.fetchval(events) - before == len(done), act.name
        if act.again is None:
            assert done[0] == done[1]
