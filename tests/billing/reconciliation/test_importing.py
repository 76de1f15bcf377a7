"""Bank statements: read in both forms, imported once and whole, and booked where they can be one thing only."""

from __future__ import annotations

import asyncio
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core.actor import ANONYMOUS, SYSTEM
from core.db import Database
from core.errors import DomainError
from core.ids import encode
from services.billing.reconciliation.banking import lines_to_match, match_line
from services.billing.reconciliation.camt import read_camt
from services.billing.reconciliation.importing import import_bank_statement
from services.billing.reconciliation.separated import Columns, Declared, read_separated
from services.billing.reconciliation.statements import StatementUnreadable, require_sum
from tests.billing.desk import Desk
from tests.billing.market import ADMIN, NOW, Market
from tests.databases import OneDatabase

ENTRY = """<Ntry><Amt Ccy="USD">{amount}</Amt><CdtDbtInd>{way}</CdtDbtInd><Sts>{status}</Sts>
<BookgDt><Dt>2026-06-15</Dt></BookgDt><ValDt><Dt>2026-06-16</Dt></ValDt><AcctSvcrRef>{ref}</AcctSvcrRef>
<NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RltdPties><Dbtr>{party}</Dbtr></RltdPties>
<RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"""
NAME = "<Nm>National Guild of Water Inspectors</Nm>"
PARTY = {"02": NAME, "08": f"<Pty>{NAME}</Pty>"}
BOOKED = {"02": "BOOK", "08": "<Cd>BOOK</Cd>"}
PENDING = {"02": "PDNG", "08": "<Cd>PDNG</Cd>"}


def camt(
    *entries: tuple[str, str, str], version: str = "02", opening: str = "100.00", closing: str = "", number: str = "S1"
) -> str:
    """A statement of credits and debits: (amount, CRDT or DBIT, text), with one entry more that is only announced."""
    signed = [Decimal(amount) * (1 if way == "CRDT" else -1) for amount, way, _ in entries]
    opening = "100.00"
    end = closing or str(Decimal(opening) + sum(signed))
    booked = "".join(
        ENTRY.format(
            amount=amount, way=way, status=BOOKED[version], ref=f"{number}-{at}", party=PARTY[version], text=text
        )
        for at, (amount, way, text) in enumerate(entries)
    )
    pending = ENTRY.format(amount="9", way="CRDT", status=PENDING[version], ref="-", party=PARTY[version], text="soon")

    def balance(code: str, amount: str, day: str) -> str:
        return (
            f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy='USD'>{amount}</Amt>"
            f"<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"
        )

    return (
        f"<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}'><BkToCstmrStmt><Stmt>"
        f"<Id>{number}</Id>"
        f"<Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>{balance('OPBD', opening, '2026-06-14')}"
        f"{balance('CLBD', end, '2026-06-15')}{booked}{pending}</Stmt></BkToCstmrStmt></Document>"
    )


CSV = """Tag;Betrag;Zweck;Wer
15.06.2026;1.520,00;2026-000001;Guild
16.06.2026;-20,00;Gebühr;Bank
16.06.2026;-20,00;Gebühr;Bank
"""
DECLARED = Declared(
    account="DE1", number="7", currency_code="EUR", opening=Decimal(0), closing=Decimal(1480), delimiter=";",
    decimal_mark=",", date_form="%d.%m.%Y",
    columns=Columns(booked_on="Tag", amount="Betrag", information="Zweck", counterparty_name="Wer"),
)  # fmt: skip
IMPORT = """mutation($input: ImportBankStatementInput!) { importBankStatement(input: $input) {
  bankStatement { id account number lineCount opening { amount } closing { amount }
    lines(first: 9) { nodes { position amount { amount } status information counterpartyName } } }
  userErrors { field code } } }"""


@pytest.mark.parametrize("version", ["02", "08"])
def test_camt_is_read_in_both_versions(version: str) -> None:
    read = read_camt(camt(("520.00", "CRDT", "2026-000001"), ("3.5", "DBIT", "charges"), version=version))
    assert (read.account, read.number, read.currency_code) == ("DE89370400440532013000", "S1", "USD")
    assert (read.opens_on, read.closes_on) == (date(2026, 6, 14), date(2026, 6, 15))
    assert (read.opening_minor, read.closing_minor) == (10000, 61650)
    told = [(line.amount_minor, line.information, line.counterparty_name, line.bank_reference) for line in read.lines]
    guild = "National Guild of Water Inspectors"
    # who was paid stands in an element of its own, which the second entry does not have
    assert told == [(52000, "2026-000001", guild, "S1-0"), (-350, "charges", None, "S1-1")]
    require_sum(read)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "<a/>",
        "not xml",
        "<!DOCTYPE x [<!ENTITY e 'x'>]><x>&e;</x>",
        camt().replace("CLBD", "XXXX"),
        camt().replace("<IBAN>DE89370400440532013000</IBAN>", ""),
        camt(("1.001", "CRDT", "-"), closing="101.00"),
        camt(("1.00", "CRDT", "-")).replace('Ccy="USD"', 'Ccy="EUR"'),
        camt(("1.00", "CRDT", "-")).replace("2026-06-15</Dt></BookgDt>", "yesterday</Dt></BookgDt>"),
    ],
)
def test_what_is_no_statement_is_refused_by_name(content: str) -> None:
    with pytest.raises(DomainError) as refused:
        require_sum(read_camt(content))
    assert isinstance(refused.value, StatementUnreadable)


def test_csv_is_read_by_its_declared_columns() -> None:
    read = require_sum(read_separated(CSV, DECLARED))
    assert [(line.booked_on.day, line.amount_minor, line.counterparty_name) for line in read.lines] == [
        (15, 152000, "Guild"),
        (16, -2000, "Bank"),
        (16, -2000, "Bank"),
    ]
    assert len(set(read.keys())) == 3, "two movements that say the same are two"


async def send(market: Market, content: str) -> Any:  # noqa: ANN401  (an id, or what it was refused with)
    actor = market.billing_admin
    return await market.database.write(
        actor,
        lambda tx: import_bank_statement(tx, actor=actor, content=content, csv=None, reason="Daily", now=NOW),
        now=NOW,
        request_id="test",
    )


async def test_over_http_a_statement_is_imported_once_and_whole(market: Market, desk: Desk) -> None:
    content = camt(("520.00", "CRDT", "2026-000001"), ("3.50", "DBIT", "charges"))
    given = {"content": content, "reason": "Daily"}
    first = (await desk.ask(market.billing_admin, IMPORT, input=given))["importBankStatement"]
    assert first["userErrors"] == []
    statement = first["bankStatement"]
    assert (statement["lineCount"], statement["opening"]["amount"], statement["closing"]["amount"]) == (
        2, "100.00", "616.50",
    )  # fmt: skip
    assert [line["amount"]["amount"] for line in statement["lines"]["nodes"]] == ["520.00", "-3.50"]
    before = await market.all("select * from bank_statement_line order by id")
    again = (await desk.ask(market.billing_admin, IMPORT, input=given))["importBankStatement"]
    assert (again["bankStatement"]["id"], again["userErrors"]) == (statement["id"], [])
    assert await market.all("select * from bank_statement_line order by id") == before
    wrong = [
        (camt(("520.00", "CRDT", "2026-000002"), ("3.50", "DBIT", "charges")), "STATEMENT_ALTERED"),
        (camt(("1.00", "CRDT", "-"), closing="102.00", number="S2"), "STATEMENT_DOES_NOT_SUM"),
        (camt(("1.00", "CRDT", "-"), number="S3").replace("S3-0", "S1-0"), "LINE_IMPORTED_BEFORE"),
        ("<a/>", "STATEMENT_UNREADABLE"),
    ]
    for text, code in wrong:
        refused = (await desk.ask(market.billing_admin, IMPORT, input=given | {"content": text}))["importBankStatement"]
        assert refused == {"bankStatement": None, "userErrors": [{"field": "content", "code": code}]}
    for actor, code in ((ANONYMOUS, "UNAUTHENTICATED"), (market.finance, "FORBIDDEN"), (market.stranger, "FORBIDDEN")):
        refused = (await desk.ask(actor, IMPORT, input=given))["importBankStatement"]
        assert [error["code"] for error in refused["userErrors"]] == [code]
    assert await market.all("select * from bank_statement_line order by id") == before


async def test_sent_twice_at_once_it_is_imported_once(market: Market) -> None:
    content = camt(("520.00", "CRDT", "2026-000001"))
    ids = await asyncio.gather(*(send(market, content) for _ in range(5)))
    assert len(set(ids)) == 1
    assert len(await market.all("select * from bank_statement_line")) == 1
    events = await market.all("select type, count(*) as n from audit_event group by type order by type")
    assert events == [{"type": "BANK_STATEMENT_IMPORTED", "n": 1}, {"type": "BANK_STATEMENT_SENT_AGAIN", "n": 4}]


async def test_a_line_that_can_be_one_thing_only_is_booked_once_though_two_look_at_it(
    market: Market, database: OneDatabase
) -> None:
    agreement = await market.agree(ADMIN)
    await agreement.accept("admin", "10", date(2026, 2, 3))
    invoice = await agreement.issue()
    statement = await send(market, camt(("520.00", "CRDT", "Bill 2026-000001."), ("520.00", "CRDT", "2026-000001")))
    batch = Database(database.batch_url)

    async def match(line: Any) -> bool:  # noqa: ANN401  (an id)
        return await batch.write(SYSTEM, lambda tx: match_line(tx, line_id=line, now=NOW), now=NOW, request_id="test")

    try:
        async with batch.transaction(SYSTEM, now=NOW, request_id="test") as tx:
            lines = await lines_to_match(tx, statement_id=statement)
        await asyncio.gather(*(match(line) for line in [*lines, *lines]))
    finally:
        await batch.close()
    paid = await market.one("select status, paid_minor, amount_due_minor from invoice where id = $1", invoice)
    assert paid == {"status": "PAID", "paid_minor": 52000, "amount_due_minor": 0}
    assert len(await market.all("select * from payment")) == 1
    told = await market.all("select status, trouble, matched_by from bank_statement_line order by status")
    assert told == [
        {"status": "MATCHED", "trouble": None, "matched_by": "INVOICE_NUMBER"},
        {"status": "UNMATCHED", "trouble": "OVERPAYMENT", "matched_by": None},
    ]


MATCH = """mutation($input: MatchBankLineInput!) { matchBankLine(input: $input) {
  bankStatementLine { status matchedBy matchReason invoice { amountDue { amount } } } userErrors { field code } } }"""


async def test_a_person_books_what_is_less_than_due(market: Market, desk: Desk) -> None:
    agreement = await market.agree(ADMIN)
    await agreement.accept("admin", "10", date(2026, 2, 3))
    invoice = encode("inv", agreement.id, await agreement.issue())
    await send(market, camt(("500.00", "CRDT", "thank you")))
    line = encode("bsl", (await market.one("select id from bank_statement_line"))["id"])
    given = {"bankStatementLineId": line, "invoiceId": invoice, "reason": "They called"}
    for actor, code in ((ANONYMOUS, "UNAUTHENTICATED"), (market.finance, "FORBIDDEN")):
        refused = (await desk.ask(actor, MATCH, input=given))["matchBankLine"]
        assert [error["code"] for error in refused["userErrors"]] == [code]
    await desk.ask(market.billing_admin, "{ __typename }")
    both = await asyncio.gather(*(desk.ask(market.billing_admin, MATCH, input=given) for _ in range(2)))
    answers = sorted((answer["matchBankLine"] for answer in both), key=lambda answer: len(answer["userErrors"]))
    assert answers[0]["bankStatementLine"] == {
        "status": "MATCHED", "matchedBy": "HAND", "matchReason": "They called",
        "invoice": {"amountDue": {"amount": "20.00"}},
    }  # fmt: skip
    assert answers[1]["userErrors"] == [{"field": "bankStatementLineId", "code": "LINE_MATCHED"}]
    assert len(await market.all("select * from payment")) == 1
