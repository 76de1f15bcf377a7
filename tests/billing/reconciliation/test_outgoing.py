"""Money that left the bank by hand: refunds and settlements confirm its lines, by reference, or by amount and payee."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from core.actor import SYSTEM
from core.db import Database
from core.ids import RowKey, encode, new_id
from services.billing.payments.reclaiming import reverse_settlement
from services.billing.payments.recording import Means, Seen, record_payment
from services.billing.payments.refunding import Back, refund_payment
from services.billing.payments.releasing import Release, release_settlement
from services.billing.reconciliation.banking import match_line
from tests.billing.desk import Desk
from tests.billing.market import ADMIN, NOW, Agreement, Market
from tests.databases import OneDatabase

TODAY = NOW.date()
GUILD, LAKESIDE = "National Guild of Water Inspectors", "Lakeside Learning Services"
LINES = """{ bankStatements(first: 1) { nodes { lines(first: 20) { nodes { status matchedBy proposal
  refund { reference } settlement { id } payment { id } payout { id } invoice { number } } } } } }"""


async def paid(market: Market) -> tuple[Agreement, UUID, UUID]:
    """An invoice of 520.00 that was paid by 530.00."""
    agreement = await market.agree(ADMIN)
    await agreement.accept("admin", "10", date(2026, 2, 3))
    invoice, actor = await agreement.issue(), market.billing_admin
    seen = Seen(Decimal(530), "USD", Means.BANK_TRANSFER, date(2026, 3, 1), "W-1")
    key: RowKey = await market.database.write(
        actor,
        lambda tx: record_payment(
            tx, actor=actor, contract_id=agreement.id, invoice_id=invoice, seen=seen, reason="Seen", now=NOW
        ),
        now=NOW,
        request_id="test",
    )
    return agreement, invoice, key.id


async def refund(market: Market, agreement: Agreement, payment: UUID, amount: str, reference: str) -> None:
    actor, back = market.billing_admin, Back(Decimal(amount), "USD", reference)
    await market.database.write(
        actor,
        lambda tx: refund_payment(
            tx, actor=actor, contract_id=agreement.id, payment_id=payment, back=back, reason="Too much", now=NOW
        ),
        now=NOW,
        request_id="test",
    )


async def settle(market: Market, agreement: Agreement, invoice: UUID, amount: str, reference: str) -> RowKey:
    actor, release = market.billing_admin, Release(Decimal(amount), "USD", reference)
    return await market.database.write(
        actor,
        lambda tx: release_settlement(
            tx, actor=actor, contract_id=agreement.id, invoice_id=invoice, release=release, reason="Due", now=NOW
        ),
        now=NOW,
        request_id="test",
    )


async def statement(market: Market, *lines: tuple[str, str, str]) -> None:
    """Put a bank statement whose lines are of (amount, text, counterparty)."""
    id_ = new_id()
    by: dict[str, Any] = {f"imported_by_{name}": "-" for name in ("name", "email", "organization_name")}
    await market.insert(
        "bank_statement", id=id_, format="CAMT_053", account="DE1", number="1", currency_code="USD", opens_on=TODAY,
        closes_on=TODAY + timedelta(30), opening_minor=0, closing_minor=0, line_count=len(lines), content_sha256=b"",
        imported_at=datetime.now(UTC), **by,
    )  # fmt: skip
    for position, (amount, text, name) in enumerate(lines, start=1):
        await market.insert(
            "bank_statement_line", id=new_id(), statement_id=id_, account="DE1", position=position,
            line_key=str(position), booked_on=TODAY + timedelta(2), currency_code="USD",
            amount_minor=int(Decimal(amount) * 100), counterparty_name=name, information=text, status="UNMATCHED",
        )  # fmt: skip


async def match(market: Market, database: OneDatabase) -> list[bool]:
    """Match every line that is not matched, in their order; whether anything changed."""
    batch = Database(database.batch_url)
    try:
        lines = await market.all("select id from bank_statement_line where status = 'UNMATCHED' order by position")
        return [
            await batch.write(
                SYSTEM,
                lambda tx: match_line(tx, line_id=line["id"], now=NOW),  # noqa: B023  (awaited before the next)
                now=NOW,
                request_id="test",
            )
            for line in lines
        ]
    finally:
        await batch.close()


async def test_a_refund_and_a_settlement_by_hand_confirm_the_line_that_sent_them(
    market: Market, desk: Desk, database: OneDatabase
) -> None:
    agreement, invoice, payment = await paid(market)
    await refund(market, agreement, payment, "7.00", "RF-7")
    await refund(market, agreement, payment, "3.00", "RF-3")
    settlement = await settle(market, agreement, invoice, "100.00", "OUT-1")
    before = await market.all("select * from posting")
    await statement(
        market,
        ("-7.00", "Refund rf-7 of March", "somebody"),
        ("-3.00", "no reference", f" {GUILD.lower()} "),
        ("-100.00", "Payment", LAKESIDE),
        ("-7.00", "Refund RF-7 again", GUILD),
        ("-3.01", "RF-3", GUILD),
        ("-100.00", "OUT-1", LAKESIDE),
    )
    assert await match(market, database) == [True] * 6
    told = (await desk.ask(market.billing_admin, LINES))["bankStatements"]["nodes"][0]["lines"]["nodes"]
    nothing = {"payment": None, "payout": None}
    number = {"invoice": {"number": "2026-000001"}}
    unknown = {
        "status": "UNMATCHED", "matchedBy": None, "proposal": "nothing that is known answers to it", "refund": None,
        "settlement": None, "invoice": None, **nothing,
    }  # fmt: skip
    matched = {"status": "MATCHED", "proposal": None, **nothing, **number}
    assert told == [
        matched | {"matchedBy": "REFERENCE", "refund": {"reference": "RF-7"}, "settlement": None},
        matched | {"matchedBy": "AMOUNT_AND_PAYEE", "refund": {"reference": "RF-3"}, "settlement": None},
        matched | {"matchedBy": "AMOUNT_AND_PAYEE", "refund": None,
                   "settlement": {"id": encode("stl", agreement.id, settlement.id)}},
        unknown, unknown, unknown,
    ]  # fmt: skip
    assert await market.all("select * from posting") == before, "what was posted when it was sent is not posted again"
    events = await market.all("select after from audit_event where type = 'BANK_LINE_MATCHED'")
    assert len(events) == 3
    assert await match(market, database) == [False] * 3


async def test_what_two_could_be_is_left_to_a_person_and_what_was_taken_back_is_none(
    market: Market, database: OneDatabase
) -> None:
    agreement, invoice, payment = await paid(market)
    await refund(market, agreement, payment, "5.00", "RF-1")
    await refund(market, agreement, payment, "5.00", "RF-2")
    gone, actor = await settle(market, agreement, invoice, "9.00", "OUT-9"), market.billing_admin
    await market.database.write(
        actor,
        lambda tx: reverse_settlement(
            tx, actor=actor, contract_id=agreement.id, settlement_id=gone.id, reason="Wrong account", now=NOW
        ),
        now=NOW,
        request_id="test",
    )
    await statement(market, ("-5.00", "thank you", GUILD), ("-9.00", "OUT-9", LAKESIDE), ("-5.00", "RF-2", GUILD))
    assert await match(market, database) == [True] * 3
    told = await market.all("select status, trouble from bank_statement_line order by position")
    assert [tuple(row.values()) for row in told] == [
        ("UNMATCHED", "AMBIGUOUS_BANK_LINE"), ("UNMATCHED", "UNKNOWN_BANK_LINE"), ("MATCHED", None),
    ]  # fmt: skip
    # the other one is gone, so that the first can be one thing only
    assert await match(market, database) == [True, False]
    told = await market.all("select status, matched_by from bank_statement_line order by position")
    assert tuple(told[0].values()) == ("MATCHED", "AMOUNT_AND_PAYEE")
