"""Accept, bill, pay, refund, dispute, credit, void, debit, correct and close in any order, against a model of integers.

After every step the books agree with the documents and with the model: the journal balances and its chain holds, an
invoice is its lines and tax, paid + credited + retained + due = total, and no more is refunded than was received.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

import asyncpg
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from core.db import Database
from core.errors import DomainError, InvalidInput
from core.money import extended_minor
from services.billing.adjustments.balance import CreditSpent
from services.billing.adjustments.correcting import InvoiceCredited
from services.billing.adjustments.debiting import DebitedLine
from services.billing.adjustments.disputing import DisputedLine, DisputeNotOpen
from services.billing.adjustments.resolving import UpheldLine
from services.billing.adjustments.splitting import CreditedLine, LineDisputed, MoreThanBilled, NothingToCredit
from services.billing.adjustments.uncrediting import CreditNoteVoid
from services.billing.invoices.invoicing import NothingToBill
from services.billing.invoices.settling import InvoiceNotOwed, MoreThanStands
from services.billing.invoices.voiding import AlreadyVoid, InvoiceInUse
from services.billing.ledger.journal import PeriodClosed
from services.billing.payments.refunding import MoreThanReceived
from services.billing.reconciliation.closing import close_period, reopen_period
from services.delivery.reversing import AlreadyBilled
from tests.billing.adjustments import adjusting as desk
from tests.billing.books_model import Bill, Billed, Books, Disputed, Received, Work
from tests.billing.market import Agreement, Line, Market
from tests.billing.payments.till import Till
from tests.databases import OneDatabase

PRICES = {"hours": Decimal("33.333333"), "tickets": Decimal("0.07")}
JUNE, JULY = date(2026, 6, 1), datetime(2026, 7, 2, 12, tzinfo=UTC)
"""The month that everything takes effect in, and when it is closed."""
Result = TypeVar("Result")
picks = st.integers(0, 99)
cents = st.integers(1, 9000)


class Billing(RuleBasedStateMachine):
    """One contract, and all that can be done with its bills."""

    database: OneDatabase

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.model = Books()
        self.agreement, self.rows, self.app = self.runner.run(self._open())
        self.till = Till(self.agreement, UUID(int=0))
        self.second = self.agreement.market.member("OPERATOR", self.agreement.market.operator, "BILLING_ADMIN")
        self.count = 0

    async def _open(self) -> tuple[Agreement, asyncpg.Connection[Any], Database]:
        rows, app = await asyncpg.connect(self.database.superuser_url), Database(self.database.app_url)
        market = await Market(rows, app).settle()
        return await market.agree(*(Line(key, str(price), "20") for key, price in PRICES.items())), rows, app

    def teardown(self) -> None:
        if self.model.closed:
            self.reopen()
        self.runner.run(self.app.close())
        self.runner.run(self.rows.close())
        self.runner.close()

    def do(
        self, work: Coroutine[Any, Any, Result], refusal: type[DomainError] | None, *, posts: bool = True
    ) -> Result | None:
        """Do something; it is refused exactly when the model says so, and by that name.

        What posts is refused while the month is closed that it would take effect in, unless it is refused anyway.
        """
        if refusal is None and posts and self.model.closed:
            refusal = PeriodClosed
        try:
            done = self.runner.run(work)
        except DomainError as refused:
            if type(refused) is not refusal:
                raise
            done = None
        else:
            assert refusal is None, f"should be refused with {refusal}"
        self.happened = refusal is None
        if self.model.closed:
            self.model.closed -= 1
            if not self.model.closed:
                self.reopen()
        return done

    def did(self, work: Coroutine[Any, Any, object], refusal: type[DomainError] | None, *, posts: bool = True) -> bool:
        """The same of what answers with nothing; whether it was done."""
        self.do(work, refusal, posts=posts)
        return self.happened

    def reopen(self) -> None:
        self.runner.run(
            self.till.act(
                lambda tx, actor: reopen_period(
                    tx, actor=actor, period_id=self.period, reason="A bill came late", now=JULY
                ),
                self.second,
                JULY,
            )
        )

    def bill_of(self, pick: int) -> Bill:
        return self.model.bills[pick % len(self.model.bills)]

    def has_bills(self) -> bool:
        return bool(self.model.bills)

    @rule(key=st.sampled_from(sorted(PRICES)), quantity=st.decimals(1, 40, places=2))
    def accept(self, key: str, quantity: Decimal) -> None:
        self.runner.run(self.agreement.accept(key, quantity, date(2026, 2, 3)))
        self.model.work.append(Work(key, quantity))

    @rule()
    def bill(self) -> None:
        free = [work for work in self.model.work if work.line is None]
        minor = {
            key: extended_minor(sum((work.quantity for work in free if work.key == key), Decimal(0)), price, "USD")
            for key, price in PRICES.items()
        }
        invoice_id = self.do(self.agreement.issue(), None if sum(minor.values()) else NothingToBill)
        if invoice_id is None:
            return
        rows = self.runner.run(self.agreement.lines_of(invoice_id))
        lines = [Billed(row["id"], row["rate_card_key"], minor[row["rate_card_key"]]) for row in rows]
        for work in free:
            work.line = next(line for line in lines if line.key == work.key)
        self.model.bills.append(Bill(invoice_id, lines))

    @precondition(has_bills)
    @rule(pick=picks, minor=cents)
    def pay(self, pick: int, minor: int) -> None:
        bill = self.bill_of(pick)
        self.count += 1
        amount, reference = str(Decimal(minor) / 100), f"IN-{self.count}"
        paying = self.till.record(amount, reference=reference, invoice=bill.id)
        payment_id = self.do(paying, InvoiceNotOwed if bill.void else None)
        if payment_id:
            applied = min(minor, bill.due)
            bill.paid += applied
            self.model.credit += minor - applied
            self.model.payments.append(Received(payment_id, bill, minor))

    @precondition(lambda self: bool(self.model.payments))
    @rule(pick=picks, minor=cents)
    def refund(self, pick: int, minor: int) -> None:
        payment = self.model.payments[pick % len(self.model.payments)]
        bill = payment.bill
        of_credit = min(self.model.credit, minor)
        short = bill.paid < minor - of_credit
        refusal = MoreThanReceived if minor > payment.left else MoreThanStands if short else None
        self.count += 1
        if self.do(self.till.refund(payment.id, str(Decimal(minor) / 100), reference=f"OUT-{self.count}"), refusal):
            payment.left -= minor
            self.model.credit -= of_credit
            bill.paid -= minor - of_credit

    @precondition(has_bills)
    @rule(pick=picks, at=picks, minor=cents)
    def concede(self, pick: int, at: int, minor: int) -> None:
        bill = self.bill_of(pick)
        line = bill.lines[at % len(bill.lines)]
        refusal: type[DomainError] | None = LineDisputed if minor > line.stands - line.disputed else None
        refusal = InvoiceNotOwed if bill.void else MoreThanBilled if minor > line.stands else refusal
        taken = CreditedLine(line.id, amount=Decimal(minor) / 100)
        if note_id := self.do(desk.credit(self.agreement, bill.id, taken), refusal):
            self.model.credited(note_id, bill, [(line, minor)], [])

    @precondition(has_bills)
    @rule(pick=picks, frees=st.booleans())
    def credit_the_rest(self, pick: int, frees: bool) -> None:
        bill = self.bill_of(pick)
        frees = frees and not any(line.credited for line in bill.lines)
        parts = [(line, line.stands) for line in bill.lines if line.stands]
        refusal: type[DomainError] | None = None if parts else NothingToCredit
        refusal = LineDisputed if any(line.disputed for line in bill.lines) else refusal
        refusal = InvoiceNotOwed if bill.void else refusal
        asked = [CreditedLine(line.id, frees_sources=True) for line in bill.lines] if frees else []
        if note_id := self.do(desk.credit(self.agreement, bill.id, *asked), refusal):
            self.model.credited(note_id, bill, parts, self.model.worked(bill) if frees else [])

    @precondition(lambda self: bool(self.model.notes))
    @rule(pick=picks)
    def uncredit(self, pick: int) -> None:
        note = self.model.notes[pick % len(self.model.notes)]
        refusal: type[DomainError] | None = AlreadyBilled if any(work.line for work in note.freed) else None
        refusal = CreditSpent if note.refundable > self.model.credit else refusal
        refusal = CreditNoteVoid if note.void else refusal
        if self.did(desk.uncredit(self.agreement, note.id), refusal):
            self.model.uncredit(note)

    @precondition(lambda self: bool(self.model.bills))
    @rule(pick=picks)
    def apply(self, pick: int) -> None:
        bill = self.bill_of(pick)
        minor = min(bill.due, self.model.credit)
        refusal = InvoiceNotOwed if bill.void else None if minor else InvalidInput
        if self.did(desk.apply(self.agreement, bill.id), refusal):
            bill.paid += minor
            self.model.credit -= minor

    @precondition(has_bills)
    @rule(pick=picks, at=picks, minor=cents)
    def dispute(self, pick: int, at: int, minor: int) -> None:
        bill = self.bill_of(pick)
        line = bill.lines[at % len(bill.lines)]
        refusal: type[DomainError] | None = MoreThanBilled if minor > line.stands else None
        refusal = InvoiceNotOwed if bill.void else LineDisputed if line.disputed else refusal
        disputed = DisputedLine(line.id, Decimal(minor) / 100, "RATE", "Too dear")
        if dispute_id := self.do(desk.dispute(self.agreement, bill.id, disputed), refusal, posts=False):
            line.disputed = minor
            self.model.disputes.append(Disputed(dispute_id, bill, line, minor))

    @precondition(lambda self: bool(self.model.disputes))
    @rule(pick=picks, upheld=picks | st.none())
    def end_a_dispute(self, pick: int, upheld: int | None) -> None:
        dispute = self.model.disputes[pick % len(self.model.disputes)]
        refusal = None if dispute.open else DisputeNotOpen
        minor = 0 if upheld is None else min(upheld, dispute.minor)
        lines = [UpheldLine(dispute.line.id, Decimal(minor) / 100)] if minor else []
        if upheld is None:
            ended = self.did(desk.withdraw(self.agreement, dispute.id), refusal, posts=False)
        else:
            ended = self.did(desk.resolve(self.agreement, dispute.id, *lines), refusal, posts=bool(minor))
        if ended:
            dispute.open, dispute.line.disputed = False, 0
            if minor:
                find = "select id from credit_note where dispute_id = $1"
                note = self.runner.run(self.agreement.market.one(find, dispute.id))
                self.model.credited(note["id"], dispute.bill, [(dispute.line, minor)], [])

    @precondition(has_bills)
    @rule(pick=picks)
    def void(self, pick: int) -> None:
        bill = self.bill_of(pick)
        refusal = AlreadyVoid if bill.void else InvoiceInUse if bill.in_use else None
        if self.did(self.agreement.void(bill.id), refusal):
            for work in self.model.worked(bill):
                work.line = None
            bill.void = True

    @precondition(has_bills)
    @rule(pick=picks, at=picks, minor=cents)
    def debit(self, pick: int, at: int, minor: int) -> None:
        bill = self.bill_of(pick)
        line = bill.lines[at % len(bill.lines)]
        debited = DebitedLine(line.id, Decimal(minor) / 100, "More")
        note_id = self.do(desk.debit(self.agreement, bill.id, debited), InvoiceNotOwed if bill.void else None)
        if note_id:
            (row,) = self.runner.run(self.agreement.lines_of(note_id))
            bill.debits.append(Bill(note_id, [Billed(row["id"], line.key, minor)]))
            self.model.bills.append(bill.debits[-1])

    @precondition(lambda self: not self.model.closed)
    @rule(acts=st.integers(1, 3))
    def close(self, acts: int) -> None:
        """Close the month that everything takes effect in; so many acts later somebody else opens it again."""
        closing = self.till.act(
            lambda tx, actor: close_period(tx, actor=actor, starts_on=JUNE, reason="Month end", now=JULY), now=JULY
        )
        self.period = self.runner.run(closing)
        self.model.closed = acts

    @precondition(has_bills)
    @rule(pick=picks)
    def correct(self, pick: int) -> None:
        bill = self.bill_of(pick)
        refusal: type[DomainError] | None = InvoiceCredited if any(line.credited for line in bill.lines) else None
        refusal = LineDisputed if any(line.disputed for line in bill.lines) else refusal
        refusal = InvoiceNotOwed if bill.void else refusal
        if corrected_id := self.do(desk.correct(self.agreement, bill.id), refusal):
            work = self.model.worked(bill)
            find = (
                "select id from credit_note where invoice_id = $1 and reason_code = 'CORRECTION' and status = 'ISSUED'"
            )
            note = self.runner.run(self.agreement.market.one(find, bill.id))
            before = {id(one): one.line for one in work}
            self.model.credited(note["id"], bill, [(line, line.stands) for line in bill.lines], work)
            rows = self.runner.run(self.agreement.lines_of(corrected_id))
            again = {
                row["corrects_line_id"]: Billed(row["id"], row["rate_card_key"], row["amount_minor"]) for row in rows
            }
            for one in work:
                billed = before[id(one)]
                one.line = again[billed.id] if billed else None
            corrected = Bill(corrected_id, list(again.values()))
            bill.debits.append(corrected)
            self.model.bills.append(corrected)

    @invariant()
    def the_books_agree(self) -> None:
        self.runner.run(self._agree())

    async def _agree(self) -> None:
        assert await desk.disagreeing(self.agreement) == []
        for bill in self.model.bills:
            assert await desk.amounts(self.agreement, bill.id) == bill.told
        money = await self.agreement.market.one(
            """select (select coalesce(-sum(amount_minor), 0) from posting
                where contract_id = $1 and account = 'ASSOCIATION_CREDIT') as credit,
            (select coalesce(sum(amount_minor), 0) from posting
                where contract_id = $1 and account = 'BANK') as bank,
            (select coalesce(bool_and(refunded_minor <= received_minor), true) from payment
                where contract_id = $1) as refunded""",
            self.agreement.id,
        )
        assert (money["credit"], money["refunded"]) == (self.model.credit, True)
        assert money["bank"] == sum(payment.left for payment in self.model.payments)


def test_whatever_is_done_the_books_agree(database: OneDatabase) -> None:
    Billing.database = database
    run_state_machine_as_test(
        Billing,
        settings=settings(
            max_examples=15, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
