"""Statements and ageing agree with the ledger to the cent, in every time zone, and never mix currencies."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from core.actor import ANONYMOUS, Actor
from core.events import ContractKey
from core.ids import encode, new_id
from services.billing.ledger.journal import Entry, Side, post
from tests.billing.desk import Desk
from tests.billing.market import NOW, Agreement, Line, Market
from tests.billing.taxes.law import exchange_rate

STATEMENTS = """query($period: PeriodInput!, $contract: ID, $association: ID) {
  statements(period: $period, contractId: $contract, associationId: $association) {
    currencyCode opening { amount } invoiced { amount } credited { amount } retainageReleased { amount } paid { amount }
    returned { amount } other { amount } closing { amount }
    movements(first: 20) { nodes { day kind amount { amount } invoice { number } } } } }"""
AGEING = """query($on: Date!) { ageing(asOf: $on, first: 50) { nodes { contract { id } currencyCode figures {
    notDue { amount } days1To30 { amount } days31To60 { amount } days61To90 { amount } over90Days { amount }
    disputed { amount } open { amount } retained { amount } } } } }"""
TOTALS = """query($on: Date!) { ageingByAssociation(asOf: $on) { association { name } currencyCode
  figures { open { amount } over90Days { amount } reported { amount currencyCode } } } }"""
LATER = datetime(2026, 7, 20, 12, tzinfo=UTC)


async def owed(market: Market, *, price: str = "52", **terms: Any) -> tuple[Agreement, UUID]:  # noqa: ANN401
    agreement = await market.agree(Line("admin", price, "0"), **terms)
    await agreement.accept("admin", "10", date(2026, 2, 3))
    return agreement, await agreement.issue()


async def posted(
    market: Market, agreement: Agreement, invoice_id: UUID, *, kind: str, amount: int, at: datetime
) -> None:
    """An entry of this kind on what the association owes, as the services that move money post it."""
    others = {"CREDIT_NOTE_ISSUED": "VENDOR_PAYABLE", "DIFFERENCE_WRITTEN_OFF": "RECONCILIATION_DIFFERENCE"}
    against = others.get(kind, "BANK")
    invoice = await market.one("select currency_code from invoice where id = $1", invoice_id)
    code = invoice["currency_code"]
    sides = [Side("ASSOCIATION_RECEIVABLE", code, amount), Side(against, code, -amount)]
    entry = Entry(kind, invoice_id, at, sides, subject_id=new_id())
    key = ContractKey(agreement.id, market.association, market.vendor)

    async def work(tx: Any) -> UUID:  # noqa: ANN401
        return await post(tx, key, entry, now=at)

    await market.database.write(market.billing_admin, work, now=at, request_id="test")


def amounts(row: dict[str, Any]) -> dict[str, str]:
    return {name: value["amount"] for name, value in row.items() if isinstance(value, dict) and "amount" in value}


async def test_a_statement_opens_moves_and_closes_as_the_ledger_does(market: Market, desk: Desk) -> None:
    agreement, first = await owed(market)
    for kind, amount, at in (
        ("PAYMENT_RECEIVED", -20000, LATER),
        ("CREDIT_NOTE_ISSUED", -5000, LATER),
        ("REFUND_PAID", 1000, LATER),
        ("DIFFERENCE_WRITTEN_OFF", -3, LATER),
        ("PAYMENT_RECEIVED", -7000, datetime(2026, 8, 1, 0, 0, tzinfo=UTC)),
    ):
        await posted(market, agreement, first, kind=kind, amount=amount, at=at)
    con = encode("con", agreement.id)
    july = {"startsOn": "2026-07-01", "endsOn": "2026-07-31"}
    (statement,) = (await desk.ask(market.finance, STATEMENTS, period=july, contract=con))["statements"]
    moved = statement.pop("movements")["nodes"]
    assert statement.pop("currencyCode") == "USD"
    assert amounts(statement) == {
        "opening": "520.00", "invoiced": "0.00", "credited": "-50.00", "retainageReleased": "0.00", "paid": "-200.00",
        "returned": "10.00", "other": "-0.03", "closing": "279.97",
    }  # fmt: skip
    assert [(each["day"], each["kind"], each["amount"]["amount"]) for each in moved] == [
        ("2026-07-20", "PAYMENT_RECEIVED", "-200.00"), ("2026-07-20", "CREDIT_NOTE_ISSUED", "-50.00"),
        ("2026-07-20", "REFUND_PAID", "10.00"), ("2026-07-20", "DIFFERENCE_WRITTEN_OFF", "-0.03"),
    ]  # fmt: skip
    august = {"startsOn": "2026-08-01", "endsOn": "2026-08-31"}
    (next_,) = (await desk.ask(market.vendor_owner, STATEMENTS, period=august, contract=con))["statements"]
    assert (next_["opening"], next_["closing"]) == (statement["closing"], {"amount": "209.97"})
    ledger = await market.one(
        "select sum(amount_minor)::bigint as left from posting where contract_id = $1 and account = $2",
        agreement.id, "ASSOCIATION_RECEIVABLE",
    )  # fmt: skip
    assert ledger["left"] == 20997
    before = {"startsOn": "2026-01-01", "endsOn": "2026-05-31"}
    assert (await desk.ask(market.finance, STATEMENTS, period=before, contract=con))["statements"] == []


async def test_a_day_is_one_of_the_associations(market: Market, desk: Desk) -> None:
    for time_zone, day in (("Pacific/Kiritimati", "2026-06-16"), ("Pacific/Pago_Pago", "2026-06-15")):
        agreement, _ = await owed(market, time_zone=time_zone)
        con = encode("con", agreement.id)
        for period in ("2026-06-15", "2026-06-16"):
            asked = {"startsOn": period, "endsOn": period}
            found = (await desk.ask(market.finance, STATEMENTS, period=asked, contract=con))["statements"]
            assert [row["invoiced"]["amount"] for row in found if row["invoiced"]["amount"] != "0.00"] == (
                ["520.00"] if period == day else []
            )


async def test_statements_are_made_for_each_currency_and_for_whom_they_concern(market: Market, desk: Desk) -> None:
    for currency, price in (("USD", "52"), ("JPY", "5200"), ("KWD", "5.255")):
        await owed(market, currency_code=currency, price=price)
    june = {"startsOn": "2026-06-01", "endsOn": "2026-06-30"}

    async def closing(reader: Actor, **which: str) -> list[tuple[str, str]]:
        rows = (await desk.ask(reader, STATEMENTS, period=june, **which))["statements"]
        return [(row["currencyCode"], row["closing"]["amount"]) for row in rows]

    guild = encode("org", market.association)
    everything = [("JPY", "52000"), ("KWD", "52.550"), ("USD", "520.00")]
    assert await closing(market.finance) == everything
    assert await closing(market.vendor_owner, association=guild) == everything
    assert await closing(market.billing_admin, association=guild) == everything
    assert await closing(market.finance, association=encode("org", market.stranger.organization_id)) == []
    for reader in (market.stranger, ANONYMOUS):
        assert await closing(reader, association=guild) == []


async def test_what_is_open_ages_from_bucket_to_bucket(market: Market, desk: Desk) -> None:
    agreement, invoice_id = await owed(market)
    paid_at = datetime(2026, 8, 20, 12, tzinfo=UTC)
    await posted(market, agreement, invoice_id, kind="PAYMENT_RECEIVED", amount=-2000, at=paid_at)
    con = encode("con", agreement.id)

    async def figures(reader: Actor, on: str) -> dict[str, str]:
        nodes = (await desk.ask(reader, AGEING, on=on))["ageing"]["nodes"]
        (row,) = [node["figures"] for node in nodes if node["contract"]["id"] == con]
        return {name: amount for name, amount in amounts(row).items() if amount != "0.00"}

    assert await figures(market.finance, "2026-06-14") == {}
    for on, bucket, amount in (
        ("2026-06-15", "notDue", "520.00"), ("2026-07-15", "notDue", "520.00"), ("2026-07-16", "days1To30", "520.00"),
        ("2026-08-14", "days1To30", "520.00"), ("2026-08-15", "days31To60", "520.00"),
        ("2026-08-20", "days31To60", "500.00"), ("2026-09-13", "days31To60", "500.00"),
        ("2026-09-14", "days61To90", "500.00"), ("2026-10-13", "days61To90", "500.00"),
        ("2026-10-14", "over90Days", "500.00"),
    ):  # fmt: skip
        assert await figures(market.vendor_owner, on) == {bucket: amount, "open": amount}, on
    dispute = {**market.key(agreement.id), "invoice_id": invoice_id, "currency_code": "USD", "words": "Not ours"}
    await market.insert(
        "invoice_dispute", **dispute, id=new_id(), status="REJECTED", disputed_minor=12000, resolution="It is",
        opened_at=datetime(2026, 9, 1, 12, tzinfo=UTC), resolved_at=datetime(2026, 9, 5, 12, tzinfo=UTC),
    )  # fmt: skip
    during = {"days31To60": "380.00", "disputed": "120.00", "open": "500.00"}
    assert await figures(market.finance, "2026-09-01") == await figures(market.finance, "2026-09-04") == during
    for on in ("2026-08-31", "2026-09-05"):
        assert await figures(market.finance, on) == {"days31To60": "500.00", "open": "500.00"}
    for reader in (market.stranger, ANONYMOUS):
        assert (await desk.ask(reader, AGEING, on="2026-09-01"))["ageing"]["nodes"] == []


async def test_currencies_are_added_up_by_frozen_rates_or_not_at_all(market: Market, desk: Desk) -> None:
    await owed(market, currency_code="EUR", price="10")
    await market.insert("billing_setting", operator_id=market.operator, reporting_currency_code="USD", changed_at=NOW)
    await exchange_rate(market, "EUR", "USD", "1.25", date(2026, 6, 15))
    await exchange_rate(market, "USD", "JPY", "150", date(2026, 6, 15))
    await owed(market, currency_code="JPY", price="1000")
    await owed(market, currency_code="USD", price="7")

    async def told() -> dict[str, Any]:
        rows = (await desk.ask(market.finance, TOTALS, on="2026-06-30"))["ageingByAssociation"]
        return {row["currencyCode"]: (row["figures"]["open"]["amount"], row["figures"]["reported"]) for row in rows}

    expected = {
        "EUR": ("100.00", {"amount": "100.00", "currencyCode": "EUR"}),
        "JPY": ("10000", {"amount": "66.67", "currencyCode": "USD"}),
        "USD": ("70.00", {"amount": "70.00", "currencyCode": "USD"}),
    }
    assert await told() == expected
    await owed(market, currency_code="EUR", price="10")
    # one invoice was issued before there was a reporting currency: there is no rate to add the two by
    assert (await told())["EUR"] == ("200.00", None)
