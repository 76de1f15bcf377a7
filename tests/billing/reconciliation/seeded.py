"""Invoices as the services leave them, with payments, bank lines and payouts; and some that something is wrong with.

Rows are put by the superuser with triggers and foreign keys off, so that a defect gets past what would have refused it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from core.ids import new_id
from core.money import extended_minor
from services.billing.pricing.cost_plus_percentage import CostPlusPercentage
from services.billing.pricing.cost_plus_percentage import price as percentage
from services.billing.pricing.tiers import Tier, Tiers, graduated
from services.contracts.periods import prorated_minor
from tests.billing.market import ADMIN, Agreement, Line, Market
from tests.billing.pricing.terms import plus, price, tier

DAYS = (date(2026, 2, 1), date(2026, 2, 28))
ISSUED_ON, PAID_ON, PAID_OUT_ON = date(2026, 3, 2), date(2026, 3, 16), date(2026, 3, 18)
ISSUED_AT, PAID_AT = datetime(2026, 3, 2, 9, tzinfo=UTC), datetime(2026, 3, 16, 9, tzinfo=UTC)
PRICE, TAX_PERCENT, EXCHANGE = Decimal(52), Decimal(20), Decimal("0.91")
BUYER, CONTRACTS, PAYOUT_SIZE = "National Guild of Water Inspectors", 20, 20
STARTS_ON, JANUARY, MONTHS = date(2026, 1, 10), (date(2026, 1, 10), date(2026, 1, 31)), 12
MONTH = Line("hosting", str(PRICE), "30", kind="RECURRING", recurrence="MONTHLY", units_per_period="1")
TIERS = Tiers([Tier(Decimal(20), PRICE), Tier(None, Decimal("41.125"))], "USD")
ARRANGED = {6: "TIERS", 7: "DAYS", 8: "COST", 9: "CORRECTED"}
"""By which arrangement a bill is priced, each contract in turn; corrected ones bill by price."""
BY = {"member_id": new_id(), "name": "Lee", "email": "lee@here.example", "organization_name": "-"}

ON_INVOICES = """WRONG_RATE WRONG_QUANTITY BILLED_TWICE OUTSIDE_PERIOD NOT_ACCEPTED OUT_OF_SCOPE WRONG_TAX
WRONG_EXCHANGE WRONG_ROUNDING WRONG_TOTAL NOT_POSTED POSTED_WRONG MISSING_PAYMENT PAYMENT_NOT_BANKED
SHORT_PAYMENT OVERPAYMENT AMBIGUOUS_BANK_LINE PROCESSING_COST_NOT_BOOKED""".split()
ON_LINES = """WRONG_RATE WRONG_QUANTITY BILLED_TWICE OUTSIDE_PERIOD NOT_ACCEPTED OUT_OF_SCOPE WRONG_ROUNDING""".split()
ELSEWHERE = "UNKNOWN_BANK_LINE PAYOUT_DOES_NOT_SUM PAYOUT_NOT_BANKED UNKNOWN_BALANCE_TRANSACTION".split()


@dataclass
class Seeded:
    """What was put, and what should be found: (kind, subject) pairs."""

    market: Market
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    expected: set[tuple[str, UUID]] = field(default_factory=set)
    unbooked: int = 0
    """Bank lines that are exactly an invoice's, and wait to be booked."""

    def put(self, table: str, **row: Any) -> UUID:  # noqa: ANN401  (a row's values are of any type)
        self.rows[table].append(row)
        return row.get("id")  # type: ignore[return-value]

    async def write(self) -> None:
        """Lay everything down, past triggers and foreign keys."""
        rows = self.market.rows
        await rows.execute("set session_replication_role = replica")
        for table, put in self.rows.items():
            columns = sorted({name for row in put for name in row})
            records = [tuple(row.get(name) for name in columns) for row in put]
            await rows.copy_records_to_table(table, records=records, columns=columns)
        await rows.execute("set session_replication_role = origin")
        await rows.execute("analyze")


async def seed(market: Market, defects: dict[int, tuple[str, str]], *, invoices: int = 1000) -> Seeded:
    """Put so many invoices; the number of each defect's bill says which one has it, and by which arrangement."""
    seeded = Seeded(market)
    agreements = [await agree(market) for _ in range(CONTRACTS)]
    rule, statement = new_id(), new_id()
    seeded.put("tax_rule", id=rule, supply="SERVICES", category_code="S", rate_percent=TAX_PERCENT,
               valid_from=date(2025, 1, 1), recorded_at=ISSUED_AT)  # fmt: skip
    seeded.put("exchange_rate", id=new_id(), rate_on=ISSUED_ON, from_currency_code="USD", to_currency_code="EUR",
               rate=EXCHANGE, source="OPERATOR", recorded_at=ISSUED_AT - timedelta(days=1))  # fmt: skip
    seeded.put("bank_statement", id=statement, format="CAMT_053", account="DE1", number="1", currency_code="USD",
               opens_on=DAYS[0], closes_on=date(2026, 3, 31), opening_minor=0, closing_minor=0, line_count=0,
               content_sha256=b"", imported_at=PAID_AT, imported_by_organization_id=market.operator,
               **{f"imported_by_{name}": value for name, value in BY.items()})  # fmt: skip
    cards: list[dict[str, Any]] = []
    history = History()
    number = 0
    while len(seeded.rows["invoice"]) < invoices:
        defect, arrangement = defects.get(number, ("", ARRANGED.get((number + number // CONTRACTS) % 10, "PRICE")))
        Bill(
            seeded, agreements[number % CONTRACTS], number, defect, arrangement, rule, statement, cards, history
        ).put()  # fmt: skip
        number += 1
    _pay_out(seeded, statement, cards)
    for at in range(5):
        _elsewhere(seeded, statement, at, clean=not defects)
    await seeded.write()
    return seeded


@dataclass
class History:
    """What was billed before: of each tier period, by cost, by the day; and the work that was accepted last."""

    records: dict[UUID, UUID] = field(default_factory=dict)
    tiers: dict[UUID, tuple[Decimal, int]] = field(default_factory=dict)
    spent: dict[tuple[UUID, str], tuple[int, int]] = field(default_factory=dict)
    costs: Counter[UUID] = field(default_factory=Counter)
    months: Counter[UUID] = field(default_factory=Counter)


async def agree(market: Market) -> Agreement:
    """A contract with lines of every arrangement, of which the term cuts January."""
    months = [replace(MONTH, key=f"hosting-{number}") for number in range(MONTHS)]
    agreement = await market.agree(
        ADMIN, replace(ADMIN, key="tickets"), *months, *(replace(MONTH, key=key) for key in ("plus", "plus-once")),
        starts_on=STARTS_ON,
    )  # fmt: skip
    steps = [(str(one.up_to) if one.up_to else None, str(one.unit_price)) for one in TIERS.tiers]
    await tier(agreement, "tickets", "GRADUATED", "TERM", *steps)
    for line in months:
        await price(agreement, line.key, "RECURRING", timing="ARREARS", period_anchor="CALENDAR", prorated=True)
    for key in ("plus", "plus-once"):
        await plus(agreement, key, "COST_PLUS_PERCENTAGE", target_cost_minor=1, contract_fee_percent=Decimal(10))
    return agreement


@dataclass
class Bill:
    """One invoice with what it bills and how it is paid."""

    seeded: Seeded
    agreement: Agreement
    number: int
    defect: str
    arrangement: str
    rule: UUID
    statement: UUID
    cards: list[dict[str, Any]]
    history: History

    def put(self) -> None:
        """Put all of its rows."""
        defect, seeded, key = self.defect, self.seeded, self.seeded.market.key(self.agreement.id)
        invoice_id, invoice_line = new_id(), new_id()
        line_key, billed, price, amount, columns = self._work(key, invoice_id, invoice_line)
        line_id = self.agreement.lines[line_key]
        amount += 1 if defect == "WRONG_ROUNDING" else 0
        tax = _half_up(amount * TAX_PERCENT / 100) + (7 if defect == "WRONG_TAX" else 0)
        subtotal = amount + (100 if defect == "WRONG_TOTAL" else 0)
        total = subtotal + tax
        paid = 0 if defect in {"SHORT_PAYMENT", "OVERPAYMENT", "AMBIGUOUS_BANK_LINE"} else total
        waits = not defect and self.number % 50 == 49
        paid = 0 if waits else paid
        name = f"2026-{self.number + 1:06d}"
        seeded.put(
            "invoice", **key, id=invoice_id, number=name, year=2026, year_number=self.number + 1, kind="INVOICE",
            status="PAID" if paid else "ISSUED", period_starts_on=DAYS[0], period_ends_on=DAYS[1], issued_at=ISSUED_AT,
            issued_on=ISSUED_ON, due_on=date(2026, 4, 1), currency_code="USD", seller_name="Lakeside",
            seller_country_code="MX", buyer_name=BUYER, buyer_country_code="US", issuer_name="The Marketplace",
            issuer_country_code="US", subtotal_minor=subtotal, tax_total_minor=tax, paid_minor=paid, credited_minor=0,
            retained_minor=0, disputed_minor=0, amount_due_minor=total - paid, platform_fee_percent=Decimal(3),
        )  # fmt: skip
        seeded.put(
            "invoice_line", **key, id=invoice_line, invoice_id=invoice_id, contract_line_id=line_id, position=1,
            description="Admin", unit="HOUR", currency_code="USD", quantity=billed, late_quantity=Decimal(0),
            unit_price=price, rate_card_key=line_key, rate_version=1, amount_minor=amount, tax_category_code="S",
            tax_rate_percent=TAX_PERCENT, tax_rule_id=self.rule, credited_minor=0, credited_quantity=Decimal(0),
            disputed_minor=0, **columns,
        )  # fmt: skip
        if self.arrangement == "CORRECTED":
            self._correct(key)
        if self.number % 5 == 0 or defect == "WRONG_EXCHANGE":
            rate = EXCHANGE + (Decimal("0.02") if defect == "WRONG_EXCHANGE" else 0)
            seeded.put(
                "invoice_exchange", **key, invoice_id=invoice_id, purpose="REPORTING", from_currency_code="USD",
                to_currency_code="EUR", rate=rate, rate_on=ISSUED_ON, source="OPERATOR",
                amount_minor=extended_minor(Decimal(total), rate, "JPY"),
            )  # fmt: skip
        if defect != "NOT_POSTED":
            posted = total + (100 if defect == "POSTED_WRONG" else 0)
            fee = _half_up(Decimal(amount) * 3 / 100)
            self._post("INVOICE_ISSUED", key, (invoice_id, None), ISSUED_AT, {
                "ASSOCIATION_RECEIVABLE": posted, "TAX_PAYABLE": -tax, "PLATFORM_FEE_INCOME": -fee,
                "VENDOR_PAYABLE": tax + fee - posted,
            })  # fmt: skip
        self._paid(key, invoice_id, name, total, waits=waits)
        if defect in ON_INVOICES:
            on_invoice = {"WRONG_TAX", "WRONG_EXCHANGE", "WRONG_TOTAL", "NOT_POSTED", "POSTED_WRONG", "MISSING_PAYMENT"}
            if defect in {*ON_LINES} | on_invoice:
                seeded.expected.add((defect, invoice_line if defect in ON_LINES else invoice_id))

    def _work(
        self, key: dict[str, Any], invoice_id: UUID, invoice_line: UUID
    ) -> tuple[str, Decimal, Decimal, int, dict[str, Any]]:
        """Put what is billed: the key of its line, quantity, price and amount, and what else its line says."""
        on, dear = (key, invoice_id, invoice_line), 1 if self.defect == "WRONG_RATE" else 0
        quantity = Decimal(1) + Decimal(self.number) / 100
        billed = quantity + (1 if self.defect == "WRONG_QUANTITY" else 0)
        if self.arrangement == "DAYS":
            return *self._days(on, dear), {}
        if self.arrangement == "COST":
            return *self._cost(on, dear), {}
        line_key = "tickets" if self.arrangement == "TIERS" else "admin"
        self._source(key, line_key, invoice_id, invoice_line, quantity)
        if self.arrangement != "TIERS":
            return line_key, billed, PRICE + dear, extended_minor(billed, PRICE + dear, "USD"), {}
        before, before_minor = self.history.tiers.get(self.agreement.id, (Decimal(0), 0))
        amount = graduated(TIERS, before + billed) - before_minor + 100 * dear
        rounding = 1 if self.defect == "WRONG_ROUNDING" else 0
        self.history.tiers[self.agreement.id] = before + billed, before_minor + amount + rounding
        return line_key, billed, PRICE, amount, {"tier_period_starts_on": STARTS_ON}

    def _days(self, on: tuple[dict[str, Any], UUID, UUID], dear: int) -> tuple[str, Decimal, Decimal, int]:
        """22 of January's 31 days, or with a month that is not over all of February."""
        key, invoice_id, invoice_line = on
        number = self.history.months[self.agreement.id]
        self.history.months[self.agreement.id] += 1
        line_key = f"hosting-{number}"
        first, last = (date(2026, 3, 1), date(2026, 3, 31)) if self.defect == "OUTSIDE_PERIOD" else JANUARY
        whole = first.month == 3
        source = {
            **key, "contract_line_id": self.agreement.lines[line_key], "kind": "RECURRING_PERIOD", "late": False,
            "period_ends_on": last, "quantity": Decimal(1) if whole else Decimal("0.709677"),
        }  # fmt: skip
        if self.defect == "BILLED_TWICE":
            other = {"invoice_id": new_id(), "invoice_line_id": new_id(), "period_starts_on": date(2026, 1, 11)}
            self.seeded.put("invoice_source", **source, id=new_id(), **other)
        self.seeded.put("invoice_source", **source, id=new_id(), invoice_id=invoice_id, invoice_line_id=invoice_line,
                        period_starts_on=first)  # fmt: skip
        days = 31 if whole else 22
        amount = prorated_minor(Decimal(1), PRICE + dear, "USD", days=days, of_days=31)
        more = 1 if self.defect == "WRONG_QUANTITY" else 0
        return line_key, source["quantity"] + more, PRICE + dear, amount + more * 5200

    def _cost(self, on: tuple[dict[str, Any], UUID, UUID], dear: int) -> tuple[str, Decimal, Decimal, int]:
        """A day's cost and ten percent; what is disallowed later is on a line of its own, where nothing follows it."""
        key, invoice_id, invoice_line = on
        disallowed = self.defect == "NOT_ACCEPTED"
        line_key = "plus-once" if disallowed else "plus"
        number = self.history.costs[self.agreement.id]
        self.history.costs[self.agreement.id] += 1
        day = date(2026, 3, 1 + number) if self.defect == "OUTSIDE_PERIOD" else date(2026, 1, 10 + number)
        minor, cost = 1001 + self.number, new_id()
        self.seeded.put(
            "actual_cost", **key, id=cost, contract_line_id=self.agreement.lines[line_key], period_starts_on=day,
            period_ends_on=day, currency_code="USD", cost_minor=minor, disallowed_minor=500 if disallowed else 0,
            questioned_minor=0, allowable=True, category="DIRECT", description="-", reason="-", entered_at=ISSUED_AT,
            status="PARTLY_DISALLOWED" if disallowed else "ENTERED", billed=True,
        )  # fmt: skip
        self.seeded.put(
            "invoice_source", **key, id=new_id(), invoice_id=invoice_id, invoice_line_id=invoice_line, late=False,
            contract_line_id=self.agreement.lines[line_key], kind="COST_PERIOD", actual_cost_id=cost,
            period_starts_on=day, period_ends_on=day, quantity=Decimal(1),
        )  # fmt: skip
        before, before_minor = self.history.spent.get((self.agreement.id, line_key), (0, 0))
        amount = percentage(CostPlusPercentage(Decimal(10)), before + minor) - before_minor + 100 * dear
        rounding = 1 if self.defect == "WRONG_ROUNDING" else 0
        self.history.spent[self.agreement.id, line_key] = before + minor, before_minor + amount + rounding
        return line_key, Decimal(1), Decimal(1), amount

    def _correct(self, key: dict[str, Any]) -> None:
        """Put the wrong invoice that this one corrects: billed twice as much, and credited in full."""
        invoice, line = self.seeded.rows["invoice"][-1], self.seeded.rows["invoice_line"][-1]
        wrong, wrong_line, amount = new_id(), new_id(), 2 * line["amount_minor"]
        number = self.number + 20_000
        paid = {"paid_minor": 0, "amount_due_minor": 0, "status": "PAID", "tax_total_minor": 0}
        self.seeded.rows["invoice"].insert(-1, invoice | paid | {
            "id": wrong, "number": f"2026-{number:06d}", "year_number": number, "subtotal_minor": amount,
            "credited_minor": amount,
        })  # fmt: skip
        self.seeded.rows["invoice_line"].insert(-1, line | {
            "id": wrong_line, "invoice_id": wrong, "amount_minor": amount, "credited_minor": amount,
            "credited_quantity": line["quantity"], "tax_rule_id": None,
        })  # fmt: skip
        self.seeded.put(
            "invoice_source", **self.seeded.rows["invoice_source"][-1] | {
                "id": new_id(), "invoice_id": wrong, "invoice_line_id": wrong_line, "released_at": ISSUED_AT,
            },
        )  # fmt: skip
        of_invoice = {"kind": "CORRECTED_INVOICE", "corrects_invoice_id": wrong, "adjustment_reason": "-"}
        invoice.update(of_invoice)
        line["corrects_line_id"] = wrong_line
        self._post("INVOICE_ISSUED", key, (wrong, None), ISSUED_AT, {
            "ASSOCIATION_RECEIVABLE": amount, "VENDOR_PAYABLE": -amount,
        })  # fmt: skip

    def _source(
        self, key: dict[str, Any], line_key: str, invoice_id: UUID, invoice_line: UUID, quantity: Decimal
    ) -> None:
        seeded, defect, line_id = self.seeded, self.defect, self.agreement.lines[line_key]
        record, decision, submission = new_id(), new_id(), new_id()
        done = date(2026, 3, 1) if defect == "OUTSIDE_PERIOD" else date(2026, 2, 1 + self.number % 28)
        by = {f"recorded_by_{name}": value for name, value in BY.items()}
        if defect == "BILLED_TWICE":
            record = self.history.records[line_id]
        else:
            off = defect == "OUT_OF_SCOPE"
            seeded.put(
                "work_record", **key, id=record, line_id=line_id, status="RECORDED" if off else "ACCEPTED",
                quantity=quantity, performed_from=done, performed_to=done, performed_by="-", description="-",
                in_scope=not off, out_of_scope_reason="BEYOND" if off else None,
                submission_id=None if off else submission,
                accepted_quantity=None if off else quantity, recorded_at=ISSUED_AT, **by,
            )  # fmt: skip
            self.history.records[line_id] = record
        seeded.put(
            "decision", **key, id=decision, submission_id=submission, work_record_id=record, line_id=line_id,
            accepted_quantity=quantity, shortfall_quantity=Decimal(0), performed_to=done, unit_price=PRICE,
            rate_card_key=line_key, rate_version=1, deemed=False, decided_at=ISSUED_AT, billed=defect != "NOT_ACCEPTED",
            decided_by_person_id=new_id(),
            reversed_at=ISSUED_AT if defect == "NOT_ACCEPTED" else None,
            reverse_reason="-" if defect == "NOT_ACCEPTED" else None,
            **{f"decided_by_{name}": value for name, value in BY.items()},
        )  # fmt: skip
        seeded.put(
            "invoice_source", **key, id=new_id(), invoice_id=invoice_id, invoice_line_id=invoice_line,
            contract_line_id=line_id, kind="ACCEPTANCE", decision_id=decision, quantity=quantity, late=False,
        )  # fmt: skip

    def _paid(self, key: dict[str, Any], invoice_id: UUID, name: str, total: int, *, waits: bool) -> None:
        defect, seeded = self.defect, self.seeded
        if defect == "MISSING_PAYMENT":
            return
        if waits:
            seeded.unbooked += 1
            self._bank_line(total, f"Invoice {name}, thank you")
            return
        if defect in {"SHORT_PAYMENT", "OVERPAYMENT"}:
            line = self._bank_line(total + (-500 if defect == "SHORT_PAYMENT" else 500), f"INV {name}")
            seeded.expected.add((defect, line))
            return
        if defect == "AMBIGUOUS_BANK_LINE":
            self._twin(key, invoice_id, total)
            line = self._bank_line(total, "Services in February")
            seeded.expected.add((defect, line))
            return
        by_card = defect == "PROCESSING_COST_NOT_BOOKED" or (not defect and self.number % 4 == 0)
        payment, charge = new_id(), f"ch_{self.number}"
        cash = "STRIPE_BALANCE" if by_card else "BANK"
        self._post(
            "PAYMENT_RECEIVED", key, (invoice_id, payment), PAID_AT, {cash: total, "ASSOCIATION_RECEIVABLE": -total}
        )
        seeded.put(
            "payment", **key, id=payment, invoice_id=invoice_id, currency_code="USD", amount_minor=total,
            method="CARD" if by_card else "BANK_TRANSFER", provider="STRIPE" if by_card else "BY_HAND",
            status="SUCCEEDED", by_page=False, received_minor=total, applied_minor=total, refunded_minor=0,
            charged_back_minor=0, received_on=PAID_ON, reference=None if by_card else name,
            stripe_charge_id=charge if by_card else None, reason="-", started_at=PAID_AT, changed_at=PAID_AT,
        )  # fmt: skip
        if by_card:
            self._settle_card(key, payment, charge, total)
        elif defect == "PAYMENT_NOT_BANKED":
            seeded.expected.add((defect, payment))
        else:
            self._bank_line(total, name, status="MATCHED", matched_by="REFERENCE", match_reason="-", matched_at=PAID_AT,
                            payment_id=payment, contract_id=key["contract_id"], invoice_id=invoice_id)  # fmt: skip

    def _settle_card(self, key: dict[str, Any], payment: UUID, charge: str, total: int) -> None:
        cost, id_ = total * 29 // 1000 + 30, new_id()
        row = {
            "id": id_, "stripe_balance_transaction_id": f"txn_{self.number}", "type": "charge", "currency_code": "USD",
            "amount_minor": total, "processing_cost_minor": cost, "net_minor": total - cost, "source_id": charge,
            "available_on": PAID_OUT_ON, "created_at": PAID_AT, "seen_at": PAID_AT, "contract_id": key["contract_id"],
            "payment_id": payment, "posted_at": PAID_AT,
        }  # fmt: skip
        self.cards.append(row)
        if self.defect == "PROCESSING_COST_NOT_BOOKED":
            self.seeded.expected.add((self.defect, id_))
            return
        self._post(
            "PROCESSING_COST_CHARGED", key, (None, id_), PAID_AT, {"PROCESSING_COST": cost, "STRIPE_BALANCE": -cost}
        )

    def _twin(self, key: dict[str, Any], invoice_id: UUID, total: int) -> None:
        """Another open invoice of the same amount, so that nobody can tell which one is paid."""
        put = self.seeded.rows["invoice"]
        first = next(row for row in put if row["id"] == invoice_id)
        other = Bill(
            self.seeded, self.agreement, self.number + 5000, "TWIN", "PRICE", self.rule, self.statement, [], History()
        )  # fmt: skip
        twin, line = new_id(), new_id()
        number = other.number
        put.append(first | {"id": twin, "number": f"2026-{number:06d}", "year_number": number})
        lines = self.seeded.rows["invoice_line"]
        lines.append(lines[-1] | {"id": line, "invoice_id": twin})
        other._source(key, "admin", twin, line, lines[-1]["quantity"])
        other._post(
            "INVOICE_ISSUED", key, (twin, None), ISSUED_AT, {"ASSOCIATION_RECEIVABLE": total, "VENDOR_PAYABLE": -total}
        )

    def _bank_line(self, amount: int, information: str, **columns: Any) -> UUID:  # noqa: ANN401
        return bank_line(self.seeded, self.statement, amount, information, counterparty_name=BUYER, **columns)

    def _post(
        self, kind: str, key: dict[str, Any], of: tuple[UUID | None, UUID | None], at: datetime, sides: dict[str, int]
    ) -> None:
        """Put an entry of an invoice, of another subject, or of both."""
        invoice_id, subject = of
        entry = new_id()
        sequence = len(self.seeded.rows["journal_entry"]) + 1
        self.seeded.put(
            "journal_entry", **key, id=entry, sequence=sequence, kind=kind, invoice_id=invoice_id, subject_id=subject,
            effective_at=at, recorded_at=at, salt=b"-", digest=b"-", previous_hash=b"-", hash=b"-",
        )  # fmt: skip
        for position, (account, amount) in enumerate(sides.items(), start=1):
            if amount:
                self.seeded.put("posting", **key, entry_id=entry, position=position, account=account,
                                currency_code="USD", amount_minor=amount)  # fmt: skip


def bank_line(seeded: Seeded, statement: UUID, amount: int, information: str, **columns: Any) -> UUID:  # noqa: ANN401
    """Put a line of the one bank statement."""
    position = len(seeded.rows["bank_statement_line"]) + 1
    row = {"status": "UNMATCHED", "booked_on": PAID_ON, **columns}
    return seeded.put("bank_statement_line", id=new_id(), statement_id=statement, account="DE1", position=position,
                      line_key=f"line {position}", currency_code="USD", amount_minor=amount, information=information,
                      **row)  # fmt: skip


def _pay_out(seeded: Seeded, statement: UUID, cards: list[dict[str, Any]]) -> None:
    """Payouts of so many card payments each; all of them sum, and stand on the bank statement."""
    for at in range(0, len(cards), PAYOUT_SIZE):
        batch = cards[at : at + PAYOUT_SIZE]
        _payout(seeded, statement, at, batch, sum(card["net_minor"] for card in batch), banked=True)


def _payout(
    seeded: Seeded, statement: UUID, number: int, batch: list[dict[str, Any]], amount: int, *, banked: bool
) -> UUID:
    payout = new_id()
    seeded.put("payout", id=payout, stripe_payout_id=f"po_{number}", status="PAID", amount_minor=amount,
               currency_code="USD", arrives_on=PAID_OUT_ON, created_at=PAID_AT, changed_at=PAID_AT)  # fmt: skip
    for card in batch:
        seeded.put("balance_transaction", **card, payout_id=payout)
    if banked:
        bank_line(seeded, statement, amount, f"STRIPE PO_{number}", status="MATCHED", matched_by="PAYOUT",
                  match_reason="-", matched_at=PAID_AT, payout_id=payout, booked_on=PAID_OUT_ON)  # fmt: skip
    return payout


def _elsewhere(seeded: Seeded, statement: UUID, at: int, *, clean: bool) -> None:
    """What is wrong with no invoice."""
    if clean:
        return
    line = bank_line(seeded, statement, 1234 + at, "rent of the garage", counterparty_name="A stranger")
    seeded.expected.add(("UNKNOWN_BANK_LINE", line))
    odd = {"processing_cost_minor": 0, "currency_code": "USD", "available_on": PAID_OUT_ON, "created_at": PAID_AT,
           "seen_at": PAID_AT, "type": "adjustment"}  # fmt: skip

    def transaction(name: str, amount: int, **columns: Any) -> dict[str, Any]:  # noqa: ANN401
        told = {"id": new_id(), "stripe_balance_transaction_id": f"txn_{name}_{at}", "amount_minor": amount}
        return {**odd, **told, "net_minor": amount, **columns}

    short = _payout(seeded, statement, 7000 + at, [transaction("short", 5000)], 4990, banked=True)
    seeded.expected.add(("PAYOUT_DOES_NOT_SUM", short))
    lost = _payout(seeded, statement, 8000 + at, [transaction("lost", 6000 + at)], 6000 + at, banked=False)
    seeded.expected.add(("PAYOUT_NOT_BANKED", lost))
    unknown = transaction("unknown", 777, type="charge")
    seeded.put("balance_transaction", **unknown)
    seeded.expected.add(("UNKNOWN_BALANCE_TRANSACTION", unknown["id"]))


def _half_up(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))
