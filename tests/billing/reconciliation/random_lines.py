"""Lines of every arrangement with anything wrong: as rows of a contract, and as the pure functions see them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from core.ids import new_id
from services.billing.pricing.cost_plus_fixed_fee import CostPlusFixedFee
from services.billing.pricing.cost_plus_fixed_fee import contract_fee as fixed_fee
from services.billing.pricing.cost_plus_incentive_fee import CostPlusIncentiveFee, provisional_fee
from services.billing.pricing.cost_plus_incentive_fee import contract_fee as incentive_fee
from services.billing.pricing.cost_plus_percentage import CostPlusPercentage
from services.billing.pricing.cost_plus_percentage import contract_fee as percentage_fee
from services.billing.pricing.tiers import Tier, Tiers
from services.billing.reconciliation.arrangements import MatchedCost, MatchedTiers
from services.billing.reconciliation.variances import CutPeriod, Matched, Stepping
from tests.billing.market import Agreement

PERIOD = (date(2026, 1, 1), date(2026, 11, 30))
AFTER = date(2026, 12, 5)
PEOPLE = {"member_id": new_id(), "name": "Lee", "email": "lee@here.example", "organization_name": "-"}
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
TERM = (date(2026, 1, 10), date(2026, 12, 20))
MONTHS = {1: (22, 31), 2: (28, 28), 6: (30, 30), 12: (20, 31)}
"""Of some calendar months of the term: the days that lie in it, and those of the whole month."""

QUANTITIES = st.decimals("0.000001", 5_000, places=6) | st.integers(1, 40).map(Decimal)
PRICES = st.decimals(0, 500, places=6) | st.integers(0, 90).map(Decimal)
MINORS = st.integers(0, 3_000_000)
FAULTS = st.sampled_from([None, None, "OUT_OF_SCOPE", "PERIOD", "TWICE", "REVERSED"])
SOURCES = st.lists(st.tuples(QUANTITIES, QUANTITIES, FAULTS), max_size=4)
BILLED = st.integers(-3, 3) | st.integers(-500_000, 500_000)


@dataclass(frozen=True, kw_only=True)
class Priced:
    """A line of quantity x price, with acceptances of (quantity billed, quantity accepted, fault)."""

    agreed: Decimal
    billed: Decimal
    sources: list[tuple[Decimal, Decimal, str | None]]
    more: Decimal
    off: int
    before_minor: int
    ceiling_minor: int | None


@dataclass(frozen=True, kw_only=True)
class Tiered:
    """A line of a tier period, beside what was billed of it before."""

    ends: set[Decimal]
    prices: tuple[Decimal, ...]
    by_volume: bool
    sources: list[tuple[Decimal, Decimal, str | None]]
    before: Decimal
    before_minor: int
    more: Decimal
    off: int


@dataclass(frozen=True, kw_only=True)
class Recurrent:
    """A line of calendar months, by the day where the term cuts them; of each whether another bills it, too."""

    units: Decimal
    agreed: Decimal
    billed: Decimal
    months: dict[int, bool]
    more: Decimal
    off: int


@dataclass(frozen=True, kw_only=True)
class Costed:
    """A line by cost of (cost, disallowed since, passed through, of other days); `goes_on` has an invoice after it."""

    arrangement: str
    fee: CostPlusIncentiveFee
    percent: Decimal
    costs: list[tuple[int, int, bool, bool]]
    before: tuple[int, int]
    before_minor: int
    true_up: str | None
    goes_on: bool
    off: int


PRICED = st.builds(
    Priced, agreed=PRICES, billed=PRICES, sources=SOURCES, more=st.just(Decimal(0)) | QUANTITIES, off=BILLED,
    before_minor=MINORS, ceiling_minor=st.none() | MINORS,
)  # fmt: skip
TIERED = st.builds(
    Tiered, ends=st.sets(st.decimals("0.000001", 10_000, places=6), max_size=3), prices=st.tuples(*[PRICES] * 4),
    by_volume=st.booleans(), sources=SOURCES, before=QUANTITIES, before_minor=MINORS,
    more=st.just(Decimal(0)) | QUANTITIES, off=BILLED,
)  # fmt: skip
RECURRENT = st.builds(
    Recurrent, units=QUANTITIES, agreed=PRICES, billed=PRICES,
    months=st.dictionaries(st.sampled_from([*MONTHS]), st.booleans()), off=BILLED,
    more=st.just(Decimal(0)) | QUANTITIES,
)  # fmt: skip
FEES = st.tuples(MINORS, st.tuples(MINORS, MINORS, MINORS).map(sorted), st.decimals(0, 100, places=2),
                 st.decimals(0, 100, places=2)).map(
    lambda told: CostPlusIncentiveFee(
        target_cost_minor=told[0] + 1, fee_floor_minor=told[1][0], target_fee_minor=told[1][1],
        fee_ceiling_minor=told[1][2], vendor_share_under_percent=told[2], vendor_share_over_percent=told[3],
    )
)  # fmt: skip
COSTED = st.builds(
    Costed, arrangement=st.sampled_from(["FIXED_FEE", "PERCENTAGE", "INCENTIVE_FEE"]), fee=FEES,
    percent=st.decimals(0, 100, places=2), before=st.tuples(MINORS, MINORS), before_minor=MINORS,
    costs=st.lists(st.tuples(MINORS, MINORS, st.booleans(), st.booleans()).map(
        lambda told: (max(told[:2]), min(told[:2]), *told[2:])), max_size=4),
    true_up=st.sampled_from([None, "RIGHT", "EARLY"]), goes_on=st.booleans(), off=BILLED,
)  # fmt: skip


@dataclass
class Rows:
    """The rows of one contract with an invoice, one before it and one after it."""

    agreement: Agreement
    currency: str
    put: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    elder: UUID = field(default_factory=new_id)
    invoice: UUID = field(default_factory=new_id)
    younger: UUID = field(default_factory=new_id)

    def add(self, table: str, **row: Any) -> UUID:  # noqa: ANN401  (a row's values are of any type)
        self.put.append((table, self.agreement.market.key(self.agreement.id) | row))
        return row.get("id")  # type: ignore[return-value]

    def line(self, invoice: UUID, key: str, **columns: Any) -> UUID:  # noqa: ANN401
        told = {"quantity": Decimal(1), "unit_price": Decimal(0), "amount_minor": 0, "tier_period_starts_on": None}
        return self.add(
            "invoice_line", id=new_id(), invoice_id=invoice, contract_line_id=self.agreement.lines[key],
            position=[*self.agreement.lines].index(key) + 1, description="-", unit="HOUR",
            currency_code=self.currency, late_quantity=Decimal(0), rate_card_key=key, rate_version=1, **told | columns,
        )  # fmt: skip

    def source(self, invoice: UUID, line: UUID, key: str, kind: str, **columns: Any) -> UUID:  # noqa: ANN401
        return self.add(
            "invoice_source", id=new_id(), invoice_id=invoice, invoice_line_id=line, kind=kind, late=False,
            contract_line_id=self.agreement.lines[key], **{"quantity": Decimal(1)} | columns,
        )  # fmt: skip

    def accepted(self, elder: UUID, line: UUID, key: str, told: tuple[Decimal, Decimal, str | None]) -> None:
        """Put an acceptance that the line bills; one that is billed twice stands on the elder invoice already."""
        billed, quantity, fault = told
        record, off = new_id(), fault == "OUT_OF_SCOPE"
        done = AFTER if fault == "PERIOD" else date(2026, 2, 2)
        self.add(
            "work_record", id=record, line_id=self.agreement.lines[key], status="RECORDED" if off else "ACCEPTED",
            quantity=quantity, performed_from=done, performed_to=done, performed_by="-", description="-",
            in_scope=not off, out_of_scope_reason="BEYOND" if off else None, submission_id=None if off else new_id(),
            accepted_quantity=None if off else quantity, recorded_at=AT,
            **{f"recorded_by_{name}": value for name, value in PEOPLE.items()},
        )  # fmt: skip
        on = [(self.elder, elder)] if fault == "TWICE" else []
        for invoice, its_line in [*on, (self.invoice, line)]:
            decision = self.add(
                "decision", id=new_id(), submission_id=new_id(), work_record_id=record, performed_to=done,
                line_id=self.agreement.lines[key], accepted_quantity=quantity, shortfall_quantity=Decimal(0),
                unit_price=self.agreement.prices[key], rate_card_key=key, rate_version=1, deemed=False, decided_at=AT,
                billed=fault != "REVERSED", decided_by_person_id=new_id(),
                reversed_at=AT if fault == "REVERSED" else None, reverse_reason="-" if fault == "REVERSED" else None,
                **{f"decided_by_{name}": value for name, value in PEOPLE.items()},
            )  # fmt: skip
            self.source(invoice, its_line, key, "ACCEPTANCE", decision_id=decision, quantity=billed)


def quantities(sources: list[tuple[Decimal, Decimal, str | None]], more: Decimal) -> dict[str, Any]:
    """What the sources of a line say, quantity by quantity; a line bills something."""

    def total(*wanted: str | None) -> Decimal:
        return sum((min(billed, q) for billed, q, fault in sources if fault in wanted), Decimal(0))

    unaccepted = sum((max(billed - (0 if f == "REVERSED" else q), Decimal(0)) for billed, q, f in sources), Decimal(0))
    return {
        "expected_quantity": sum((q for _, q, fault in sources if fault is None), Decimal(0)),
        "unaccepted_quantity": unaccepted,
        "out_of_scope_quantity": total("OUT_OF_SCOPE"),
        "misplaced_quantity": total("PERIOD"),
        "billed_quantity": sum((billed for billed, _, _ in sources), Decimal(0)) + more or Decimal(1),
    }


def priced(rows: Rows, key: str, told: Priced) -> tuple[UUID, Stepping]:
    """Put a line of quantity x price."""
    elder = rows.line(rows.elder, key, amount_minor=told.before_minor)
    found = quantities(told.sources, told.more)
    room = None if told.ceiling_minor is None else max(told.ceiling_minor - told.before_minor, 0)
    matched = Matched(
        currency_code=rows.currency, agreed_price=told.agreed, billed_price=told.billed, room_minor=room,
        billed_minor=0, **found,
    )  # fmt: skip
    billed_minor = max(0, matched.steps().rate + told.off)
    line = rows.line(
        rows.invoice, key, quantity=found["billed_quantity"], unit_price=told.billed, amount_minor=billed_minor
    )
    for source in told.sources:
        rows.accepted(elder, line, key, source)
    return line, Matched(
        currency_code=rows.currency, agreed_price=told.agreed, billed_price=told.billed, room_minor=room,
        billed_minor=billed_minor, **found,
    )  # fmt: skip


def tiered(rows: Rows, key: str, told: Tiered) -> tuple[UUID, Stepping]:
    """Put a line of the tier period that is the term."""
    starts_on = {"tier_period_starts_on": TERM[0]}
    elder = rows.line(rows.elder, key, quantity=told.before, amount_minor=told.before_minor, **starts_on)
    schedule = [*sorted(told.ends), None]
    tiers = [Tier(end, price) for end, price in zip(schedule, told.prices, strict=False)]
    rows.add(
        "contract_line_pricing", line_id=rows.agreement.lines[key], arrangement="UNIT", tier_period="TERM",
        tiering="VOLUME" if told.by_volume else "GRADUATED",
    )  # fmt: skip
    for position, one in enumerate(tiers, start=1):
        rows.add(
            "contract_line_tier", line_id=rows.agreement.lines[key], position=position, up_to=one.up_to,
            currency_code=rows.currency, unit_price=one.unit_price,
        )  # fmt: skip
    found: dict[str, Any] = quantities(told.sources, told.more) | {
        "tiers": Tiers(tiers, rows.currency), "by_volume": told.by_volume, "billed_before": told.before,
        "billed_before_minor": told.before_minor,
    }  # fmt: skip
    billed_minor = max(0, MatchedTiers(billed_minor=0, **found).steps().quantity + told.off)
    line = rows.line(rows.invoice, key, quantity=found["billed_quantity"], amount_minor=billed_minor, **starts_on)
    for source in told.sources:
        rows.accepted(elder, line, key, source)
    return line, MatchedTiers(billed_minor=billed_minor, **found)


def recurrent(rows: Rows, key: str, told: Recurrent) -> tuple[UUID, Stepping]:
    """Put a line of months: True is billed twice; December is of other days."""
    elder = rows.line(rows.elder, key)
    rows.add(
        "contract_line_pricing", line_id=rows.agreement.lines[key], arrangement="RECURRING", timing="ARREARS",
        period_anchor="CALENDAR", prorated=True,
    )  # fmt: skip
    whole, cuts, sources = Decimal(0), [], []
    found = {name: Decimal(0) for name in ("expected_quantity", "misplaced_quantity")}
    for month, twice in told.months.items():
        days, whole_days = MONTHS[month]
        first = TERM[0] if month == 1 else date(2026, month, 1)
        last = date.fromordinal(first.toordinal() + days - 1)
        if twice:
            rows.source(rows.elder, elder, key, "RECURRING_PERIOD", period_starts_on=date.fromordinal(
                first.toordinal() + 1), period_ends_on=last)  # fmt: skip
        quantity = told.units if days == whole_days else Decimal("0.5")
        sources.append({"period_starts_on": first, "period_ends_on": last, "quantity": quantity})
        if days == whole_days:
            whole += told.units
            found["expected_quantity"] += 0 if twice else told.units
        else:
            owed = 0 if twice or month == 12 else days
            cuts.append(CutPeriod(units=told.units, days=days, whole_days=whole_days, owed_days=owed,
                                  misplaced=month == 12))  # fmt: skip
    more = whole + told.more or Decimal(not cuts)
    common: dict[str, Any] = {
        "currency_code": rows.currency, "agreed_price": told.agreed, "billed_price": told.billed,
        "cut_periods": cuts, "billed_quantity": more, **found,
    }  # fmt: skip
    billed_minor = max(0, Matched(billed_minor=0, **common).steps().rate + told.off)
    quantity = more + Decimal("0.5") * len(cuts)
    line = rows.line(rows.invoice, key, quantity=quantity, unit_price=told.billed, amount_minor=billed_minor)
    for source in sources:
        rows.source(rows.invoice, line, key, "RECURRING_PERIOD", **source)
    return line, Matched(billed_minor=billed_minor, **common)


def costed(rows: Rows, key: str, told: Costed) -> tuple[UUID, Stepping]:
    """Put a line by cost, with what was billed of it before, and what comes after it."""
    _terms(rows, key, told)
    elder = rows.line(rows.elder, key, amount_minor=told.before_minor)
    for at, minor in enumerate(told.before):
        _cost(rows, key, (rows.elder, elder), (minor, 0, bool(at), False), month=at + 1)
    all_before = sum(told.before)
    sums = []
    for step in range(3):
        counted = [cost for cost in told.costs if step == 2 or not cost[3]]
        values = [
            (minor - (since if step == 0 and not told.goes_on else 0), passed) for minor, since, passed, _ in counted
        ]
        sums.append((
            all_before + sum(value for value, _ in values),
            told.before[0] + sum(value for value, passed in values if not passed),
        ))  # fmt: skip
    common: dict[str, Any] = {
        "cost_minor": [total for total, _ in sums], "earning_minor": [earning for _, earning in sums],
        "final": [told.true_up == "RIGHT"] * 2 + [told.true_up is not None],
        "contract_fee": lambda cost, final: _fee(told, cost, final=final), "billed_before_minor": told.before_minor,
    }  # fmt: skip
    billed_minor = max(0, MatchedCost(billed_minor=0, **common).steps().quantity + told.off)
    line = rows.line(rows.invoice, key, quantity=Decimal(max(len(told.costs), 1)), amount_minor=billed_minor)
    for at, cost in enumerate(told.costs):
        _cost(rows, key, (rows.invoice, line), cost, month=at + 3)
    if told.true_up:
        ends_on = PERIOD[1] if told.true_up == "RIGHT" else TERM[1]
        rows.source(rows.invoice, line, key, "TRUE_UP", period_starts_on=TERM[0], period_ends_on=ends_on)
    if told.goes_on:
        after = rows.line(rows.younger, key)
        _cost(rows, key, (rows.younger, after), (1, 0, False, False), month=8)
    return line, MatchedCost(billed_minor=billed_minor, **common)


def _terms(rows: Rows, key: str, told: Costed) -> None:
    fee, of_line = told.fee, {"line_id": rows.agreement.lines[key], "arrangement": f"COST_PLUS_{told.arrangement}"}
    rows.add("contract_line_pricing", **of_line)
    terms: dict[str, Any] = {"target_cost_minor": fee.target_cost_minor}
    if told.arrangement == "PERCENTAGE":
        terms["contract_fee_percent"] = told.percent
    else:
        terms["contract_fee_minor"] = fee.target_fee_minor
    if told.arrangement == "INCENTIVE_FEE":
        names = "fee_floor_minor fee_ceiling_minor vendor_share_under_percent vendor_share_over_percent".split()
        terms |= {name: getattr(fee, name) for name in names}
    rows.add("contract_line_cost_terms", **of_line, currency_code=rows.currency, salt=b"", commitment="", **terms)


def _fee(told: Costed, cost: int, *, final: bool) -> int:
    if told.arrangement == "FIXED_FEE":
        return fixed_fee(CostPlusFixedFee(told.fee.target_cost_minor, told.fee.target_fee_minor), cost)
    if told.arrangement == "PERCENTAGE":
        return percentage_fee(CostPlusPercentage(told.percent), cost)
    return incentive_fee(told.fee, cost) if final else provisional_fee(told.fee, cost)


def _cost(rows: Rows, key: str, on: tuple[UUID, UUID], told: tuple[int, int, bool, bool], *, month: int) -> None:
    minor, since, passed, other_days = told
    first = date(2026, 12, month) if other_days else date(2026, month, 1)
    last = first if other_days else date(2026, month, 28)
    status = "ENTERED" if not since else "DISALLOWED" if since == minor else "PARTLY_DISALLOWED"
    cost = rows.add(
        "actual_cost", id=new_id(), contract_line_id=rows.agreement.lines[key], period_starts_on=first,
        period_ends_on=last, currency_code=rows.currency, cost_minor=minor, disallowed_minor=since, allowable=True,
        category="PASS_THROUGH" if passed else "DIRECT", description="-", status=status, reason="-", entered_at=AT,
        billed=True,
    )  # fmt: skip
    rows.source(*on, key, "COST_PERIOD", actual_cost_id=cost, period_starts_on=first, period_ends_on=last)
