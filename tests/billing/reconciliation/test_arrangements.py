"""Lines of every arrangement are matched: nothing is invented of what is billed rightly, and what is wrong is named."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from core.ids import encode
from services.billing.adjustments.correcting import correct_invoice
from services.billing.adjustments.crediting import issue_credit_note
from services.billing.adjustments.debiting import DebitedLine, issue_debit_note
from services.billing.adjustments.reasons import Why
from services.billing.adjustments.splitting import CreditedLine
from services.billing.invoices.drafts import discard_draft, draft_invoice
from tests.billing.desk import Desk
from tests.billing.market import ADMIN, NOW, TICKETS, Agreement, Line, Market
from tests.billing.open_book.costs import act, enter
from tests.billing.pricing.terms import commit, plus, price, spend, tier
from tests.billing.reconciliation.matched import match
from tests.databases import OneDatabase

HOSTING = Line("hosting", "310", "200", unit="MONTH", kind="RECURRING", recurrence="MONTHLY", units_per_period="1")
INCENTIVE: dict[str, Any] = {
    "target_cost_minor": 1_000_000, "contract_fee_minor": 75_000, "fee_floor_minor": 30_000,
    "fee_ceiling_minor": 120_000, "vendor_share_under_percent": Decimal(20), "vendor_share_over_percent": Decimal(30),
}  # fmt: skip
NOTHING = {"variance_count": 0, "unmatched_count": 0}
LATER = datetime(2027, 1, 15, 12, tzinfo=UTC)


def month(number: int) -> tuple[date, date]:
    """A month of 2026."""
    after = date(2026 + number // 12, number % 12 + 1, 1)
    return date(2026, number, 1), date.fromordinal(after.toordinal() - 1)


async def bill(agreement: Agreement, number: int) -> UUID:
    return await agreement.issue(month(number), now=LATER if number == 12 else NOW)


async def change(market: Market, statement: str, *values: object) -> None:
    """Get a defect past what would have refused it."""
    await market.rows.execute("set session_replication_role = replica")
    await market.rows.execute(statement, *values)
    await market.rows.execute("set session_replication_role = origin")


async def correct(agreement: Agreement, invoice_id: UUID) -> UUID:
    actor = agreement.market.billing_admin
    key = await agreement.market.database.write(
        actor,
        lambda tx: correct_invoice(
            tx, actor=actor, contract_id=agreement.id, invoice_id=invoice_id, leave_out=[], reason="Name", now=NOW
        ),
        now=NOW,
        request_id="test",
    )
    return key.id


async def credit(agreement: Agreement, invoice_id: UUID, amount: str, code: str) -> None:
    actor, (line,) = agreement.market.billing_admin, await agreement.lines_of(invoice_id)
    await agreement.market.database.write(
        actor,
        lambda tx: issue_credit_note(
            tx, actor=actor, contract_id=agreement.id, invoice_id=invoice_id,
            lines=[CreditedLine(line["id"], amount=Decimal(amount))], why=Why(code, "Agreed"), now=NOW,
        ),
        now=NOW,
        request_id="test",
    )  # fmt: skip


async def debit(agreement: Agreement, invoice_id: UUID, amount: str) -> None:
    actor, (line,) = agreement.market.billing_admin, await agreement.lines_of(invoice_id)
    await agreement.market.database.write(
        actor,
        lambda tx: issue_debit_note(
            tx, actor=actor, contract_id=agreement.id, invoice_id=invoice_id,
            lines=[DebitedLine(line["id"], Decimal(amount), "Too little")], reason="Too little", now=NOW,
        ),
        now=NOW,
        request_id="test",
    )  # fmt: skip


async def test_whatever_is_billed_rightly_is_matched_though_it_was_voided_discarded_or_corrected(  # noqa: PLR0915  (a year)
    market: Market, database: OneDatabase
) -> None:
    tickets = await market.agree(TICKETS)
    await tier(tickets, "tickets", "GRADUATED", "TERM", ("100", "10"), (None, "5"))
    await tickets.accept("tickets", "100", date(2026, 1, 10))
    first = await bill(tickets, 1)
    await tickets.accept("tickets", "50", date(2026, 2, 10))
    await bill(tickets, 2)
    await tickets.void(first)
    third = await bill(tickets, 3)
    await correct(tickets, await correct(tickets, third))
    await tickets.accept("tickets", "7", date(2026, 4, 10))
    await bill(tickets, 4)

    volume = await market.agree(TICKETS)
    await tier(volume, "tickets", "VOLUME", "QUARTERLY", ("100", "10"), (None, "8"))
    await volume.accept("tickets", "101", date(2026, 1, 10))
    await bill(volume, 3)
    await volume.accept("tickets", "1", date(2026, 2, 10))
    await bill(volume, 4)

    drafted = await market.agree(TICKETS)
    await tier(drafted, "tickets", "GRADUATED", "TERM", ("10", "10"), (None, "5"))
    await drafted.accept("tickets", "8", date(2026, 1, 10))
    actor = market.billing_admin
    draft = await market.database.write(
        actor,
        lambda tx: draft_invoice(
            tx, actor=actor, contract_id=drafted.id, starts_on=month(1)[0], ends_on=month(1)[1], now=NOW
        ),
        now=NOW,
        request_id="test",
    )
    await drafted.accept("tickets", "8", date(2026, 2, 10))
    await bill(drafted, 2)
    await market.database.write(
        actor,
        lambda tx: discard_draft(tx, actor=actor, contract_id=drafted.id, invoice_id=draft.id, reason="Later", now=NOW),
        now=NOW,
        request_id="test",
    )
    await bill(drafted, 3)

    hosting = await market.agree(HOSTING, starts_on=date(2026, 1, 22), ends_on=date(2026, 3, 10))
    await price(hosting, "hosting", "RECURRING", timing="ARREARS", period_anchor="CALENDAR", prorated=True)
    await bill(hosting, 1)
    await bill(hosting, 3)
    advance = await market.agree(HOSTING)
    await price(advance, "hosting", "RECURRING", timing="ADVANCE", period_anchor="ANNIVERSARY", prorated=False)
    await bill(advance, 1)

    capped = await market.agree(Line("admin", "0.015", "0.01"))
    await market.rows.execute("update contract_line set not_to_exceed_minor = 5 where id = $1", capped.lines["admin"])
    for number in (1, 2, 3):
        await capped.accept("admin", "1", date(2026, number, 10))
        await bill(capped, number)

    percent = await market.agree(HOSTING)
    await plus(percent, "hosting", "COST_PLUS_PERCENTAGE", target_cost_minor=1, contract_fee_percent=Decimal("8.31"))
    await spend(percent, "hosting", 1, 1_234_567)
    wrong = await bill(percent, 1)
    await spend(percent, "hosting", 2, 9_999, category="PASS_THROUGH")
    await bill(percent, 2)
    await percent.void(wrong)
    await bill(percent, 3)
    incentive = await market.agree(HOSTING)
    await plus(incentive, "hosting", "COST_PLUS_INCENTIVE_FEE", **INCENTIVE)
    for number in (1, 12):
        await spend(incentive, "hosting", number, 450_000)
        await bill(incentive, number)

    lines = await market.all("select i.kind from invoice_line l join invoice i on i.id = l.invoice_id "
                             "where i.status not in ('VOID', 'DRAFT', 'DISCARDED')")  # fmt: skip
    counts, told = await match(market, database, (date(2026, 1, 1), date(2027, 12, 31)))
    assert told == []
    assert counts == {"line_count": len(lines), **NOTHING}
    assert len(lines) == 19


async def test_what_is_billed_wrongly_by_tiers_is_told_of_the_line_that_is_wrong(
    market: Market, database: OneDatabase
) -> None:
    agreement = await market.agree(TICKETS)
    await tier(agreement, "tickets", "GRADUATED", "TERM", ("100", "10"), (None, "5"))
    await agreement.accept("tickets", "60", date(2026, 1, 10))
    first = await bill(agreement, 1)
    await agreement.accept("tickets", "60", date(2026, 2, 10))
    reversed_ = await agreement.accept("tickets", "5", date(2026, 2, 11))
    second = await bill(agreement, 2)
    await change(market, "update invoice_line set amount_minor = 60000 + 700 where invoice_id = $1", first)
    await change(
        market, "update decision set billed = false, reversed_at = now(), reverse_reason = '-' where id = $1", reversed_
    )
    counts, told = await match(market, database)
    # the second one takes back what the first has too much: 40 at 10.00, 20 and the 5 that nobody accepts at 5.00
    assert told == [
        {"expected": 60_000, "billed": 60_700, "rate": 700},
        {"expected": 49_300, "billed": 52_500, "unaccepted": 2_500, "rate": 700},
    ]
    await change(market, "update invoice_line set amount_minor = 51801, quantity = 65 where invoice_id = $1", second)
    _, told = await match(market, database)
    assert told[1] == {"expected": 49_300, "billed": 51_801, "unaccepted": 2_500, "rounding": 1}
    assert counts["unmatched_count"] == 0


async def test_days_that_are_billed_beyond_the_contract_are_told(market: Market, database: OneDatabase) -> None:
    agreement = await market.agree(HOSTING)
    await price(agreement, "hosting", "RECURRING", timing="ADVANCE", period_anchor="ANNIVERSARY", prorated=True)
    await bill(agreement, 1)
    await market.rows.execute(
        "update contract set status = 'TERMINATED', ended_at = '2026-01-10T12:00:00Z', end_reason = '-' where id = $1",
        agreement.id,
    )
    _, told = await match(market, database)
    assert told == [{"expected": 10_000, "billed": 31_000, "period": 21_000}]


async def test_cost_that_is_disallowed_after_it_was_billed_is_told_until_it_is_taken_back(
    market: Market, desk: Desk, database: OneDatabase
) -> None:
    agreement = await market.agree(HOSTING)
    await plus(agreement, "hosting", "COST_PLUS_PERCENTAGE", target_cost_minor=1, contract_fee_percent=Decimal(10))
    cost = await enter(desk, agreement, "hosting", "1000.00")
    invoice = await bill(agreement, 2)
    assert await match(market, database) == ({"line_count": 1, **NOTHING}, [])
    given = {"actualCostId": cost["id"], "amount": {"amount": "100.00", "currencyCode": "USD"}, "reason": "Not ours"}
    await act(desk, market.finance, "disallowActualCost", **given)
    _, told = await match(market, database)
    assert told == [{"expected": 99_000, "billed": 110_000, "unaccepted": 11_000}]
    (row,) = await market.all("select kind, subject_id from billing_exception where resolution is null")
    assert row["kind"] == "NOT_ACCEPTED"
    await spend(agreement, "hosting", 4, 50_000)
    await bill(agreement, 4)
    assert await match(market, database) == ({"line_count": 2, **NOTHING}, [])
    assert await market.all("select id from billing_exception where resolution is null") == []
    await change(market, "update invoice_line set amount_minor = amount_minor + 5 where invoice_id = $1", invoice)
    _, told = await match(market, database)
    assert told[0] == {"expected": 110_000, "billed": 110_005, "rate": 5}


async def test_an_incentive_that_is_settled_before_the_term_is_over_is_told(
    market: Market, database: OneDatabase
) -> None:
    agreement = await market.agree(HOSTING)
    await plus(agreement, "hosting", "COST_PLUS_INCENTIVE_FEE", **INCENTIVE)
    await spend(agreement, "hosting", 1, 900_000)
    await bill(agreement, 12)
    await change(market, "update invoice set period_starts_on = '2026-06-01', period_ends_on = '2026-06-30'")
    _, told = await match(market, database, (date(2026, 1, 1), date(2027, 12, 31)))
    # the floor in proportion until then; 750.00 + 20 % of what was saved at its end
    assert told == [{"expected": 927_000, "billed": 995_000, "period": 68_000}]


async def test_credit_and_debit_notes_explain_a_difference_and_are_none_themselves(
    market: Market, database: OneDatabase
) -> None:
    agreement = await market.agree(ADMIN)
    for number in (1, 2, 3):
        await agreement.accept("admin", "10", date(2026, number, 10))
    dear, cheap, right = [await bill(agreement, number) for number in (1, 2, 3)]
    await change(market, "update invoice_line set unit_price = 53, amount_minor = 53000 where invoice_id = $1", dear)
    await change(market, "update invoice_line set unit_price = 50, amount_minor = 50000 where invoice_id = $1", cheap)
    await change(market, "update invoice i set subtotal_minor = l.amount_minor, amount_due_minor = l.amount_minor "
                         "from invoice_line l where l.invoice_id = i.id")  # fmt: skip
    _, told = await match(market, database)
    assert [row["rate"] for row in told] == [1_000, -2_000]
    await credit(agreement, dear, "10.00", "RATE")
    await debit(agreement, cheap, "15.00")
    await credit(agreement, right, "3.00", "CONCESSION")
    counts, told = await match(market, database)
    assert told == [
        {"expected": 52_000, "billed": 53_000, "rate": 1_000, "adjusted": 1_000},
        {"expected": 52_000, "billed": 50_000, "rate": -2_000, "adjusted": -1_500},
    ]
    assert counts == {"line_count": 4, "variance_count": 2, "unmatched_count": 0}
    open_ = await market.all(
        "select x.kind, l.invoice_id from billing_exception x join invoice_line l on l.id = x.invoice_line_id "
        "where x.resolution is null"
    )
    assert open_ == [{"kind": "WRONG_RATE", "invoice_id": cheap}]


@pytest.mark.parametrize("given", ["CONCESSION", "SERVICE_CREDIT", "DISPUTE_UPHELD", "OTHER"])
@pytest.mark.parametrize("arrangement", ["TIERS", "COST"])
async def test_what_is_given_is_not_charged_again_and_a_correction_not_given_twice(
    market: Market, database: OneDatabase, arrangement: str, given: str
) -> None:
    agreement = await market.agree(TICKETS if arrangement == "TIERS" else HOSTING)
    if arrangement == "TIERS":
        await tier(agreement, "tickets", "GRADUATED", "TERM", (None, "10"))
    else:
        await plus(agreement, "hosting", "COST_PLUS_PERCENTAGE", target_cost_minor=1, contract_fee_percent=Decimal(0))

    async def work(number: int) -> UUID:
        if arrangement == "TIERS":
            await agreement.accept("tickets", "100", month(number)[0])
        else:
            await spend(agreement, "hosting", number, 100_000)
        return await bill(agreement, number)

    first = await work(1)
    await credit(agreement, first, "30.00", given)
    await credit(agreement, first, "20.00", "BILLED_IN_ERROR")
    await debit(agreement, first, "5.00")
    (line,) = await agreement.lines_of(await work(2))
    # what is given stays given; what was billed in error and is owed all the same comes back, the debit note is paid
    assert line["amount_minor"] == 100_000 + 2_000 - 500
    assert await match(market, database) == ({"line_count": 3, **NOTHING}, [])


LINES = """query($id: ID!) { matchRun(id: $id) { lineCount unmatchedCount variances(first: 5) { nodes {
  outcome notMatchedBecause difference { amount } invoiceLine { id } } } } }"""


async def test_what_no_rule_recomputes_is_said_of_its_line(market: Market, desk: Desk, database: OneDatabase) -> None:
    agreement = await market.agree(ADMIN)
    await agreement.accept("admin", "1", date(2026, 1, 10))
    invoice = await bill(agreement, 1)
    await market.rows.execute("alter table invoice_source drop constraint invoice_source_kind_check")
    await change(
        market,
        "update invoice_source set kind = 'BY_THE_MOON', decision_id = null, "
        "period_starts_on = '2026-01-01', period_ends_on = '2026-01-28' where invoice_id = $1",
        invoice,
    )
    counts, told = await match(market, database)
    assert (counts["variance_count"], counts["unmatched_count"], told) == (0, 1, [{"expected": 5200, "billed": 5200}])
    run = await market.one("select id from match_run")
    (line,) = await agreement.lines_of(invoice)
    told = (await desk.ask(market.billing_admin, LINES, id=encode("mrn", run["id"])))["matchRun"]
    assert told == {
        "lineCount": 1, "unmatchedCount": 1, "variances": {"nodes": [{
            "outcome": "NOT_MATCHED", "notMatchedBecause": "it bills BY_THE_MOON, which no rule recomputes",
            "difference": {"amount": "0.00"}, "invoiceLine": {"id": encode("ivl", agreement.id, line["id"])},
        }]},
    }  # fmt: skip
    (row,) = await market.all("select kind, message from billing_exception")
    assert row == {
        "kind": "NOT_MATCHED",
        "message": "invoice 2026-000001: it bills BY_THE_MOON, which no rule recomputes",
    }


async def committed(market: Market) -> tuple[Agreement, UUID]:
    """Of 1,000.00, 208.00 are billed in May, 20.00 conceded and 52.00 taken back; December bills 52.00 and the rest."""
    agreement = await market.agree(ADMIN, minimum_commitment_minor=100_000, minimum_commitment_per="TERM")
    await commit(agreement)
    await agreement.accept("admin", "4", date(2026, 5, 3))
    first = await bill(agreement, 5)
    await credit(agreement, first, "20.00", "CONCESSION")
    await credit(agreement, first, "52.00", "BILLED_IN_ERROR")
    await agreement.accept("admin", "1", date(2026, 12, 3))
    _, lacking = await agreement.lines_of(await bill(agreement, 12))
    return agreement, lacking["id"]


JANUARY = (date(2027, 1, 1), date(2027, 1, 31))


async def test_what_lacks_of_a_commitment_is_matched(market: Market, database: OneDatabase) -> None:
    agreement, lacking = await committed(market)
    # what comes after the true-up, and what is credited then, does not make it wrong
    await agreement.accept("admin", "2", date(2026, 12, 20))
    after = await agreement.issue((date(2027, 1, 1), date(2027, 1, 14)), now=LATER)
    await credit(agreement, after, "52.00", "BILLED_IN_ERROR")
    counts, _ = await match(market, database, JANUARY)
    assert counts == {"line_count": 3, **NOTHING}
    row = await market.one("select amount_minor from invoice_line where id = $1", lacking)
    assert row == {"amount_minor": 100_000 - (20_800 - 5_200) - 5_200}


async def test_what_is_billed_beyond_a_commitment_is_a_rate(market: Market, database: OneDatabase) -> None:
    _, lacking = await committed(market)
    await change(market, "update invoice_line set amount_minor = amount_minor + 5000 where id = $1", lacking)
    counts, told = await match(market, database, JANUARY)
    assert counts["unmatched_count"] == 0
    assert told == [{"expected": 79_200, "billed": 84_200, "rate": 5_000}]


async def test_the_years_of_a_commitment_are_matched_each_by_itself(market: Market, database: OneDatabase) -> None:
    term = {"starts_on": date(2026, 2, 1), "ends_on": date(2027, 7, 31)}
    agreement = await market.agree(ADMIN, minimum_commitment_minor=365_000, minimum_commitment_per="YEAR", **term)
    await commit(agreement)
    await agreement.accept("admin", "10", date(2027, 1, 15))
    await agreement.accept("admin", "20", date(2027, 2, 15))
    await agreement.issue((date(2027, 2, 1), date(2027, 2, 28)), now=datetime(2027, 3, 1, 12, tzinfo=UTC))
    end = datetime(2027, 8, 1, 12, tzinfo=UTC)
    await agreement.issue((date(2027, 7, 1), date(2027, 7, 31)), now=end)
    rows = await market.all("select amount_minor from invoice_line where unit_price <> 52 order by id")
    # the whole first year, since both were billed in the second: 181 of 365 days less 1,560.00
    assert [row["amount_minor"] for row in rows] == [365_000, 181_000 - 156_000]
    counts, _ = await match(market, database, (date(2027, 1, 1), date(2027, 12, 31)))
    assert counts == {"line_count": 3, **NOTHING}
