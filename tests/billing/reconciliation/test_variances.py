"""A difference is made of its parts, to the minor unit, whatever is rounded; a cause that is not there is zero."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import extended_minor
from services.billing.reconciliation.variances import Matched, Parts, decompose, expected_minor, tolerated_minor

QUANTITIES = st.decimals(0, 100_000, places=6)
PRICES = st.decimals(0, 10_000, places=6)
RATES = st.decimals(Decimal("0.01"), 100, places=6)
AMOUNTS = st.integers(0, 10**12)
LINES = st.builds(
    Matched,
    currency_code=st.sampled_from(["USD", "JPY", "KWD"]),
    agreed_price=PRICES,
    billed_price=PRICES,
    expected_quantity=QUANTITIES,
    unaccepted_quantity=QUANTITIES,
    out_of_scope_quantity=QUANTITIES,
    misplaced_quantity=QUANTITIES,
    billed_quantity=QUANTITIES,
    billed_minor=AMOUNTS,
    agreed_exchange=RATES,
    billed_exchange=RATES,
    expected_tax_minor=AMOUNTS,
    billed_tax_minor=AMOUNTS,
)
RIGHT = Matched(
    currency_code="USD",
    agreed_price=Decimal("6.5"),
    billed_price=Decimal("6.5"),
    expected_quantity=Decimal(10),
    billed_quantity=Decimal(10),
    billed_minor=6500,
)
CASES: dict[str, tuple[dict[str, Any], Parts]] = {
    "nothing": ({}, Parts()),
    "rate": ({"billed_price": Decimal(7), "billed_minor": 7000}, Parts(rate=500)),
    "quantity": ({"billed_quantity": Decimal(11), "billed_minor": 7150}, Parts(quantity=650)),
    "too little": ({"billed_quantity": Decimal(9), "billed_minor": 5850}, Parts(quantity=-650)),
    "unaccepted": ({"expected_quantity": Decimal(8), "unaccepted_quantity": Decimal(2)}, Parts(unaccepted=1300)),
    "out of scope": ({"expected_quantity": Decimal(8), "out_of_scope_quantity": Decimal(2)}, Parts(out_of_scope=1300)),
    "period": ({"expected_quantity": Decimal(8), "misplaced_quantity": Decimal(2)}, Parts(period=1300)),
    "exchange": (
        {"agreed_exchange": Decimal("0.9"), "billed_exchange": Decimal("0.92"), "billed_minor": 5980},
        Parts(exchange=130),
    ),
    "tax": ({"expected_tax_minor": 1235, "billed_tax_minor": 1236}, Parts(tax=1)),
    "rounding": ({"billed_minor": 6501}, Parts(rounding=1)),
    # 10 x 0.50 for the quantity at the agreed price, then 11 at the price that is 0.50 too high
    "quantity and rate": (
        {"billed_quantity": Decimal(11), "billed_price": Decimal(7), "billed_minor": 7700},
        Parts(quantity=650, rate=550),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_each_cause_is_told_by_name(case: str) -> None:
    changed, parts = CASES[case]
    assert decompose(replace(RIGHT, **changed)) == parts


def test_the_causes_are_told_in_the_order_of_the_steps() -> None:
    changed, _ = CASES["quantity and rate"]
    assert decompose(replace(RIGHT, **changed)).causes == ("quantity", "rate")
    assert decompose(RIGHT).causes == ()


@given(LINES)
def test_the_parts_sum_to_the_difference(line: Matched) -> None:
    assert decompose(line).total == line.billed_minor + line.billed_tax_minor - expected_minor(line)


@given(QUANTITIES, PRICES, st.sampled_from(["USD", "JPY", "KWD"]))
def test_what_was_billed_as_agreed_differs_by_nothing(quantity: Decimal, price: Decimal, currency: str) -> None:
    line = replace(
        RIGHT, currency_code=currency, agreed_price=price, billed_price=price, expected_quantity=quantity,
        billed_quantity=quantity, billed_minor=extended_minor(quantity, price, currency),
    )  # fmt: skip
    assert decompose(line) == Parts()


@given(QUANTITIES, PRICES, PRICES)
def test_a_wrong_rate_is_a_rate_and_never_a_rounding(quantity: Decimal, agreed: Decimal, billed: Decimal) -> None:
    line = replace(
        RIGHT, agreed_price=agreed, billed_price=billed, expected_quantity=quantity, billed_quantity=quantity,
        billed_minor=extended_minor(quantity, billed, "USD"),
    )  # fmt: skip
    parts = decompose(line)
    assert replace(parts, rate=0) == Parts()


@given(AMOUNTS, AMOUNTS, st.decimals(0, 100, places=2))
def test_the_tolerance_is_within_the_amount_and_the_percent(expected: int, amount: int, percent: Decimal) -> None:
    tolerated = tolerated_minor(expected, amount_minor=amount, percent=percent)
    assert tolerated <= amount
    assert tolerated * 100 <= expected * percent
