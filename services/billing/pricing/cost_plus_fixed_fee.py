"""COST_PLUS_FIXED_FEE: allowable cost is repaid, and a contract fee is paid that cost does not move.

Source: FAR 16.306(a): a negotiated fee, fixed at the inception of the contract, that does not vary with actual cost;
52.216-8 pays it as the contract says. Here in proportion to the estimated cost that was incurred, so that the last of
it is earned with the estimate, and not a cent beyond.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.money import round_half_even


@dataclass(frozen=True, slots=True)
class CostPlusFixedFee:
    """The estimated cost and the contract fee, in minor units."""

    estimated_cost_minor: int
    contract_fee_minor: int


def contract_fee(terms: CostPlusFixedFee, cost_minor: int) -> int:
    """The contract fee earned by the allowable cost to date: fee x cost / estimate, never more than the fee."""
    if cost_minor >= terms.estimated_cost_minor:
        return terms.contract_fee_minor
    return int(round_half_even(Decimal(terms.contract_fee_minor) * cost_minor / terms.estimated_cost_minor))


def price(terms: CostPlusFixedFee, cost_minor: int) -> int:
    """Allowable cost to date and the contract fee earned by it, in minor units."""
    return cost_minor + contract_fee(terms, cost_minor)
