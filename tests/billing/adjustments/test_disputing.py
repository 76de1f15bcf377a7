"""A dispute holds the lines that it names and nothing else; what is upheld is credited at once."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from core.errors import DomainError, Forbidden, InvalidInput, NotFound, Refusals
from services.billing.adjustments.disputing import DisputedLine, DisputeNotOpen, NothingDisputed
from services.billing.adjustments.resolving import UpheldLine
from services.billing.adjustments.splitting import CreditedLine, LineDisputed, MoreThanBilled
from services.billing.invoices.settling import InvoiceNotOwed
from services.billing.invoices.voiding import InvoiceInUse
from services.delivery.evidence import NamedTwice
from tests.billing.adjustments.adjusting import amounts, credit, disagreeing, dispute, pay, resolve, withdraw
from tests.billing.market import ADMIN, LONG_AGO, NOW, TICKETS, Agreement, Market


async def billed(market: Market, **terms: Any) -> tuple[Agreement, UUID, list[UUID]]:  # noqa: ANN401  (columns)
    """An invoice of 10 hours at 52.00 and 20 tickets at 6.50: 650.00."""
    agreement = await market.agree(ADMIN, TICKETS, **terms)
    await agreement.accept("admin", "10", date(2026, 2, 3))
    await agreement.accept("tickets", "20", date(2026, 2, 4))
    invoice_id = await agreement.issue()
    return agreement, invoice_id, [line["id"] for line in await agreement.lines_of(invoice_id)]


def disputed(line_id: UUID, minor: int | None = None, code: str = "QUANTITY") -> DisputedLine:
    return DisputedLine(line_id, None if minor is None else Decimal(minor) / 100, code, "Eight hours, not ten")


async def dispute_of(market: Market, dispute_id: UUID) -> dict[str, Any]:
    return await market.one("select * from invoice_dispute where id = $1", dispute_id)


@pytest.mark.parametrize("tier", ["OPEN_BOOK", "BAND", "CLOSED"])
async def test_only_what_is_disputed_is_held(market: Market, tier: str) -> None:
    agreement, invoice_id, (hours, tickets) = await billed(market, disclosure_tier=tier)
    dispute_id = await dispute(agreement, invoice_id, disputed(hours, 10400))
    row = await dispute_of(market, dispute_id)
    told = ("status", "disputed_minor", "upheld_minor", "words", "opened_at", "opened_by_member_id")
    assert [row[name] for name in told] == ["OPEN", 10400, 0, "This is not what we agreed", NOW,
                                            market.finance.member_id]  # fmt: skip
    assert await amounts(agreement, invoice_id) == ("ISSUED", 65000, 0, 0, 10400)
    held = await market.all("select id, disputed_minor from invoice_line where invoice_id = $1", invoice_id)
    assert {line["id"]: line["disputed_minor"] for line in held} == {hours: 10400, tickets: 0}
    assert await disagreeing(agreement) == []
    # the undisputed rest can be credited, the disputed part only by resolving the dispute
    await credit(agreement, invoice_id, CreditedLine(hours, amount=Decimal(41600) / 100))
    for taken in (CreditedLine(hours, amount=Decimal(1) / 100), CreditedLine(hours)):
        with pytest.raises(LineDisputed):
            await credit(agreement, invoice_id, taken)
    with pytest.raises(InvoiceInUse):
        await agreement.void(invoice_id)
    assert await disagreeing(agreement) == []


async def test_what_is_withdrawn_or_rejected_is_owed_again(market: Market) -> None:
    agreement, invoice_id, (hours, tickets) = await billed(market)
    withdrawn = await dispute(agreement, invoice_id, disputed(hours), disputed(tickets, 650, "DUPLICATE"))
    assert await amounts(agreement, invoice_id) == ("ISSUED", 65000, 0, 0, 52650)
    await withdraw(agreement, withdrawn)
    rejected = await dispute(agreement, invoice_id, disputed(hours, 1))
    await resolve(agreement, rejected)
    assert await amounts(agreement, invoice_id) == ("ISSUED", 65000, 0, 0, 0)
    first, second = await dispute_of(market, withdrawn), await dispute_of(market, rejected)
    assert (first["status"], first["resolution"]) == ("WITHDRAWN", "We found the record")
    assert (second["status"], second["resolution"]) == ("REJECTED", "The time sheets say so")
    assert second["resolved_by_member_id"] == market.billing_admin.member_id
    for again in (withdraw(agreement, withdrawn), resolve(agreement, withdrawn), withdraw(agreement, rejected)):
        with pytest.raises(DisputeNotOpen):
            await again
    assert await disagreeing(agreement) == []


async def test_what_is_upheld_is_credited_in_the_same_transaction(market: Market) -> None:
    agreement, invoice_id, (hours, tickets) = await billed(market)
    await pay(agreement, invoice_id, 60000)
    dispute_id = await dispute(agreement, invoice_id, disputed(hours, 10400), disputed(tickets, code="NOT_ACCEPTED"))
    await resolve(agreement, dispute_id, UpheldLine(hours, Decimal(5200) / 100), UpheldLine(tickets))
    row = await dispute_of(market, dispute_id)
    assert (row["status"], row["upheld_minor"]) == ("PARTLY_UPHELD", 18200)
    note = await market.one("select * from credit_note where dispute_id = $1", dispute_id)
    told = ("reason_code", "reason", "total_minor", "applied_minor", "refundable_minor")
    assert [note[name] for name in told] == ["DISPUTE_UPHELD", "The time sheets say so", 18200, 5000, 13200]
    assert await amounts(agreement, invoice_id) == ("PAID", 0, 60000, 5000, 0)
    lines = await market.all(
        "select amount_minor, upheld_minor, resolved_at from invoice_dispute_line where dispute_id = $1 "
        "order by position", dispute_id)  # fmt: skip
    assert [tuple(line.values()) for line in lines] == [(10400, 5200, NOW), (13000, 13000, NOW)]
    assert await disagreeing(agreement) == []


async def test_a_whole_line_that_is_upheld_can_be_billed_again(market: Market) -> None:
    agreement, invoice_id, (hours, _) = await billed(market)
    dispute_id = await dispute(agreement, invoice_id, disputed(hours))
    await resolve(agreement, dispute_id, UpheldLine(hours, frees_sources=True))
    assert (await dispute_of(market, dispute_id))["status"] == "UPHELD"
    assert [line["quantity"] for line in await agreement.preview()] == [Decimal(10)]
    assert await disagreeing(agreement) == []


async def test_of_twenty_at_once_one_disputes_the_line(market: Market) -> None:
    agreement, invoice_id, (hours, _) = await billed(market)
    outcomes = await asyncio.gather(
        *(dispute(agreement, invoice_id, disputed(hours, 100)) for _ in range(20)), return_exceptions=True
    )
    assert Counter(type(outcome) for outcome in outcomes) == {UUID: 1, LineDisputed: 19}
    assert await amounts(agreement, invoice_id) == ("ISSUED", 65000, 0, 0, 100)


async def test_the_database_allows_one_open_dispute_of_a_line_and_no_more_than_was_billed(market: Market) -> None:
    agreement, invoice_id, (hours, tickets) = await billed(market)
    dispute_id = await dispute(agreement, invoice_id, disputed(hours, 100))
    insert = (
        "insert into invoice_dispute_line select contract_id, gen_random_uuid(), association_id, vendor_id, "
        "dispute_id, invoice_id, $2, 2, currency_code, reason_code, words, $3, 0 from invoice_dispute_line "
        "where dispute_id = $1"
    )
    with pytest.raises(Exception, match="one_open_dispute_of_a_line"):
        await market.rows.execute(insert, dispute_id, hours, 1)
    with pytest.raises(Exception, match="credited_within_billed"):
        await market.rows.execute(insert, dispute_id, tickets, 13001)


async def test_of_many_resolutions_at_once_one_wins(market: Market) -> None:
    agreement, invoice_id, (hours, _) = await billed(market)
    dispute_id = await dispute(agreement, invoice_id, disputed(hours, 100))
    outcomes = await asyncio.gather(
        *(resolve(agreement, dispute_id, UpheldLine(hours)) for _ in range(8)),
        *(withdraw(agreement, dispute_id) for _ in range(8)),
        return_exceptions=True,
    )
    assert Counter(type(outcome) for outcome in outcomes) == {type(None): 1, DisputeNotOpen: 15}
    assert await disagreeing(agreement) == []


async def test_a_dispute_is_refused_by_name_and_nothing_is_held(market: Market) -> None:
    agreement, invoice_id, (hours, tickets) = await billed(market)
    other, void_invoice, _ = await billed(market)
    await other.void(void_invoice)
    cases: list[tuple[tuple[DisputedLine, ...], type[DomainError], str]] = [
        ((), NothingDisputed, "lines"),
        ((disputed(hours, 0),), NothingDisputed, "lines.0.amount"),
        ((disputed(tickets), disputed(hours, 52001)), MoreThanBilled, "lines.1.amount"),
        ((disputed(hours, 1), disputed(hours, 1)), NamedTwice, "lines.1.invoiceLineId"),
        ((disputed(uuid4(), 1),), NotFound, "lines.0.invoiceLineId"),
    ]
    for lines, refusal, field in cases:
        with pytest.raises(refusal) as refused:
            await dispute(agreement, invoice_id, *lines)
        assert refused.value.field == field
    with pytest.raises(Refusals):
        await dispute(agreement, invoice_id, DisputedLine(hours, None, "OTHER", " "))
    with pytest.raises(InvoiceNotOwed):
        await dispute(other, void_invoice, disputed(hours, 1))
    for actor, refusal in (
        (market.acceptor, Forbidden),
        (market.vendor_owner, Forbidden),
        (market.billing_admin, Forbidden),
        (market.stranger, NotFound),
    ):
        with pytest.raises(refusal):
            await dispute(agreement, invoice_id, disputed(hours, 1), by=actor)
    with pytest.raises(NotFound):
        await dispute(agreement, invoice_id, disputed(hours, 1), evidence_ids=[uuid4()])
    assert await amounts(agreement, invoice_id) == ("ISSUED", 65000, 0, 0, 0)
    assert await market.all("select from invoice_dispute where contract_id = $1", agreement.id) == []
    dispute_id = await dispute(agreement, invoice_id, disputed(hours, 100))
    resolutions: list[tuple[tuple[UpheldLine, ...], type[DomainError], str]] = [
        ((UpheldLine(hours, Decimal(101) / 100),), InvalidInput, "upheld.0.amount"),
        ((UpheldLine(hours, Decimal(0) / 100),), InvalidInput, "upheld.0.amount"),
        ((UpheldLine(tickets),), NotFound, "upheld.0.invoiceLineId"),
        ((UpheldLine(hours), UpheldLine(hours)), NamedTwice, "upheld.1.invoiceLineId"),
    ]
    for upheld, refusal, field in resolutions:
        with pytest.raises(refusal) as refused:
            await resolve(agreement, dispute_id, *upheld)
        assert refused.value.field == field
    with pytest.raises(NotFound):
        await resolve(agreement, uuid4())
    with pytest.raises(Forbidden):
        await resolve(agreement, dispute_id, by=market.finance)
    with pytest.raises(Forbidden):
        await withdraw(agreement, dispute_id, by=market.vendor_owner)
    assert (await dispute_of(market, dispute_id))["status"] == "OPEN"
    assert await disagreeing(agreement) == []


async def test_files_of_the_contract_show_what_a_dispute_says(market: Market) -> None:
    agreement, invoice_id, (hours, _) = await billed(market)
    evidence_id = uuid4()
    await market.insert(
        "evidence", **market.key(agreement.id), id=evidence_id, name="hours.csv", media_type="text/csv", byte_size=3,
        sha256="0" * 64, uploaded_at=LONG_AGO,
    )  # fmt: skip
    with pytest.raises(NamedTwice):
        await dispute(agreement, invoice_id, disputed(hours), evidence_ids=[evidence_id, evidence_id])
    dispute_id = await dispute(agreement, invoice_id, disputed(hours), evidence_ids=[evidence_id])
    shown = await market.one("select * from invoice_dispute_evidence where dispute_id = $1", dispute_id)
    assert shown["evidence_id"] == evidence_id
