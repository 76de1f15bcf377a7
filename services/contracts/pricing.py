"""What a faultless draft line comes to: the row that is contracted, and its value."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from core.ids import new_id
from core.money import (
    LARGEST_AMOUNT,
    UNIT_AMOUNT_DIGITS,
    InvalidAmount,
    currency_digits,
    extended_minor,
    round_half_even,
    to_minor,
)
from services.contracts.days import whole_periods
from services.contracts.lines import QUANTITY_DIGITS, LineKind
from services.contracts.periods import billing_periods, prorated_minor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from services.contracts.arrangements import PricingDraft
    from services.contracts.faults import Faults
    from services.contracts.lines import LineDraft
    from services.contracts.offered import Offered
    from services.contracts.terms import Terms

PricedLine = dict[str, Any]
"""A line as the columns of `contract_line`, without the contract's key and revision."""


def priced(lines: Sequence[LineDraft], *, terms: Terms, offered: Offered, faults: Faults) -> list[PricedLine]:
    """Price lines that have no other faults; notes with InvalidAmount a line whose value is absurd."""
    return [_priced(line, number, terms, offered, faults) for number, line in enumerate(lines)]


def _priced(line: LineDraft, number: int, terms: Terms, offered: Offered, faults: Faults) -> PricedLine:
    row: PricedLine = {
        "id": new_id(),
        "position": number + 1,
        "key": line.key,
        "title": line.title,
        "kind": line.kind,
        "currency_code": terms.currency_code,
        "due_on": line.due_on,
        "acceptance_criteria": list(line.acceptance_criteria or ()),
        "recurrence": line.recurrence,
        "due_day_of_month": line.due_day_of_month,
        "obliged_party": line.obliged_party,
        "rate_card_key": line.rate_card_key,
        "rate_version": None,
        "unit": None,
        "unit_price": None,
        "quantity": None,
        "quantity_basis": None,
        "units_per_period": None,
        "not_to_exceed_minor": None,
        "value_minor": 0,
    }
    if line.rate_card_key is None:
        return row
    rate = offered.rates[line.rate_card_key]
    price: Decimal = line.unit_price.amount if line.unit_price else rate.unit_price
    if line.pricing is not None and line.pricing.tiers is not None:
        price = line.pricing.tiers[0].unit_price.amount
    row |= {"rate_version": offered.version.number, "unit": rate.unit, "unit_price": price} | _quantities(line, terms)
    if line.not_to_exceed is not None:
        field = f"lines.{number}.notToExceed.amount"
        row["not_to_exceed_minor"] = to_minor(line.not_to_exceed.amount, terms.currency_code, field=field)
        row["value_minor"] = row["not_to_exceed_minor"]
    elif row["quantity"] * price >= LARGEST_AMOUNT:
        message = f"quantity x unit price must stay below {LARGEST_AMOUNT:f}"
        faults.note(InvalidAmount(message, field=f"lines.{number}.quantity"))
    elif line.pricing is not None and line.recurrence is not None:
        row |= _of_periods(line.pricing, row, terms)
    else:
        row["value_minor"] = extended_minor(row["quantity"], price, terms.currency_code)
    return row


def _of_periods(pricing: PricingDraft, row: PricedLine, terms: Terms) -> PricedLine:
    """The value of a line by its periods; of one that is billed by cost its target, told as a price of each period."""
    cost = pricing.cost_terms
    if cost is None:
        periods = billing_periods(terms.starts_on, terms.ends_on, row["recurrence"], pricing.anchor)
        charges = [
            prorated_minor(
                row["units_per_period"],
                row["unit_price"],
                terms.currency_code,
                days=period.days,
                of_days=period.whole_days,
            )
            for period in periods
        ]
        return {"value_minor": sum(charges)}
    target, digits = cost.target_cost.amount, currency_digits(terms.currency_code)
    fee = cost.contract_fee.amount if cost.contract_fee else target * (cost.contract_fee_percent or 0) / 100
    value = round_half_even(target + fee, digits)
    return {
        "value_minor": int(value.scaleb(digits)),
        "unit_price": round_half_even(value / row["quantity"], UNIT_AMOUNT_DIGITS),
    }


def _quantities(line: LineDraft, terms: Terms) -> PricedLine:
    if line.kind == LineKind.MILESTONE:
        return {"quantity": Decimal(1), "quantity_basis": "MAXIMUM"}
    if line.recurrence is not None:
        per_period = line.quantity or Decimal(1)
        periods = Decimal(len(whole_periods(terms.term, line.recurrence)))
        if line.pricing is not None:
            begin_to_end = billing_periods(terms.starts_on, terms.ends_on, line.recurrence, line.pricing.anchor)
            periods = sum((Decimal(period.days) / period.whole_days for period in begin_to_end), Decimal(0))
        return {
            "quantity": round_half_even(per_period * periods, QUANTITY_DIGITS),
            "quantity_basis": "MAXIMUM",
            "units_per_period": per_period,
        }
    return {"quantity": line.quantity, "quantity_basis": line.quantity_basis}
