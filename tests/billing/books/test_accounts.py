"""What stands in which account: as of a day, as it was known, under which contracts, and for whom."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from core.actor import ANONYMOUS
from core.ids import encode
from tests.billing.desk import Desk
from tests.billing.market import ADMIN, MARCH, TICKETS, Agreement, Market

TRIAL = """query($asOf: Date!, $until: DateTime) { trialBalance(asOf: $asOf, recordedUntil: $until) { asOf
  accounts { account party currencyCode debit { amount } credit { amount } balance { amount }
    contracts(first: 9) { totalCount nodes { contract { id } balance { amount } } } }
  sums { currencyCode debit { amount } credit { amount } difference { amount } } } }"""
ACCOUNTS = "{ asOf recordedUntil accounts { account party balance { amount currencyCode } } }"
OF_CONTRACT = f"""query($id: ID!, $asOf: Date!, $until: DateTime) {{
  accounts: contractAccounts(contractId: $id, asOf: $asOf, recordedUntil: $until) {ACCOUNTS} }}"""
OF_PARTY = f"""query($id: ID!, $asOf: Date!, $until: DateTime) {{
  accounts: partyAccounts(organizationId: $id, asOf: $asOf, recordedUntil: $until) {ACCOUNTS} }}"""
JUNE, JULY = date(2026, 6, 30), date(2026, 7, 31)


async def two_contracts(market: Market) -> tuple[Agreement, Agreement]:
    """520.00 and 65.00 issued on 15 June, the first void since, 104.00 issued on it on 2 July."""
    hours, tickets = await market.agree(ADMIN), await market.agree(TICKETS)
    await hours.accept("admin", "10", date(2026, 2, 3))
    await tickets.accept("tickets", "10", date(2026, 2, 3))
    await hours.issue()
    await tickets.issue()
    await hours.accept("admin", "2", date(2026, 3, 3))
    await hours.issue(MARCH, now=datetime(2026, 7, 2, tzinfo=UTC))
    return hours, tickets


def standing(answer: dict[str, Any]) -> dict[str, str]:
    return {account["account"]: account["balance"]["amount"] for account in answer["accounts"]["accounts"]}


async def test_a_trial_balance_shows_debits_and_credits_and_whose_they_are(market: Market, desk: Desk) -> None:
    hours, tickets = await two_contracts(market)
    shown = (await desk.ask(market.billing_admin, TRIAL, asOf=str(JUNE)))["trialBalance"]

    def of(account: str, party: str, debit: str, credit: str, each: tuple[str, str]) -> dict[str, Any]:
        sign = "" if credit == "0.00" else "-"
        ids = sorted(
            (encode("con", agreement.id), amount) for agreement, amount in zip((hours, tickets), each, strict=True)
        )
        nodes = [{"contract": {"id": id_}, "balance": {"amount": sign + amount}} for id_, amount in ids]
        found = next(a for a in shown["accounts"] if a["account"] == account)
        found["contracts"]["nodes"].sort(key=lambda node: node["contract"]["id"])
        return {
            "account": account, "party": party, "currencyCode": "USD", "debit": {"amount": debit},
            "credit": {"amount": credit}, "balance": {"amount": sign + (debit if not sign else credit)},
            "contracts": {"totalCount": 2, "nodes": nodes},
        }  # fmt: skip

    assert shown == {
        "asOf": str(JUNE),
        "accounts": [
            of("ASSOCIATION_RECEIVABLE", "ASSOCIATION", "585.00", "0.00", ("520.00", "65.00")),
            of("PLATFORM_FEE_INCOME", "OPERATOR", "0.00", "17.55", ("15.60", "1.95")),
            of("VENDOR_PAYABLE", "VENDOR", "0.00", "567.45", ("504.40", "63.05")),
        ],
        "sums": [
            {"currencyCode": "USD", "debit": {"amount": "585.00"}, "credit": {"amount": "585.00"},
             "difference": {"amount": "0.00"}}
        ],
    }  # fmt: skip


async def test_only_the_operators_staff_sees_a_trial_balance(market: Market, desk: Desk) -> None:
    await two_contracts(market)
    auditor, plain = (market.member("OPERATOR", market.operator, *roles) for roles in (("AUDITOR",), ()))
    assert (await desk.ask(auditor, TRIAL, asOf=str(JULY)))["trialBalance"]["sums"][0]["debit"]["amount"] == "689.00"
    for reader in (plain, market.finance, market.vendor_owner, market.stranger, ANONYMOUS):
        assert await desk.ask(reader, TRIAL, asOf=str(JULY)) == {"trialBalance": None}


async def test_accounts_are_as_of_a_day_and_as_they_were_known(market: Market, desk: Desk) -> None:
    hours, _ = await two_contracts(market)
    id_ = encode("con", hours.id)

    async def receivable(as_of: date, until: str | None = None) -> str | None:
        answer = await desk.ask(market.finance, OF_CONTRACT, id=id_, asOf=str(as_of), until=until)
        return standing(answer).get("ASSOCIATION_RECEIVABLE")

    assert await receivable(date(2026, 6, 14)) is None
    assert await receivable(date(2026, 6, 15)) == "520.00"
    assert await receivable(date(2026, 7, 1)) == "520.00"
    assert await receivable(date(2026, 7, 2)) == "624.00"
    assert await receivable(JULY, "2026-07-01T23:59:59Z") == "520.00"
    assert await receivable(JULY, "2026-07-02T00:00:00Z") == "624.00"


async def test_each_party_sees_the_accounts_that_concern_it(market: Market, desk: Desk) -> None:
    hours, _ = await two_contracts(market)
    asked: dict[str, Any] = {"id": encode("con", hours.id), "asOf": str(JUNE)}
    owed = {"ASSOCIATION_RECEIVABLE": "520.00"}
    whole = owed | {"PLATFORM_FEE_INCOME": "-15.60", "VENDOR_PAYABLE": "-504.40"}
    for reader, accounts in ((market.finance, owed), (market.vendor_owner, whole), (market.billing_admin, whole)):
        assert standing(await desk.ask(reader, OF_CONTRACT, **asked)) == accounts
    for reader in (market.stranger, ANONYMOUS):
        assert await desk.ask(reader, OF_CONTRACT, **asked) == {"accounts": None}

    association = {"id": encode("org", market.association), "asOf": str(JUNE)}
    vendor = {"id": encode("org", market.vendor), "asOf": str(JUNE)}
    both = {"ASSOCIATION_RECEIVABLE": "585.00", "PLATFORM_FEE_INCOME": "-17.55", "VENDOR_PAYABLE": "-567.45"}
    assert standing(await desk.ask(market.billing_admin, OF_PARTY, **vendor)) == both
    assert standing(await desk.ask(market.vendor_owner, OF_PARTY, **association)) == both
    assert standing(await desk.ask(market.finance, OF_PARTY, **association)) == {"ASSOCIATION_RECEIVABLE": "585.00"}
    assert standing(await desk.ask(market.stranger, OF_PARTY, **association)) == {}
    assert await desk.ask(ANONYMOUS, OF_PARTY, **association) == {"accounts": None}
