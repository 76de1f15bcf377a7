"""COST_PLUS_PERCENTAGE: allowable cost is repaid with a contract fee in percent of it. Commercial contracts only.

FAR 16.102(c) bars the cost-plus-a-percentage-of-cost system in contracts of the United States Government (10 U.S.C.
3322(a), 41 U.S.C. 3905(a)), and in their subcontracts under cost-reimbursement contracts: who spends more earns more.
Source of the formula: the UK Single Source Contract Regulations 2014, regulation 10(4):

    price = (contract profit rate x allowable costs) + allowable costs
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.money import round_half_even


@dataclass(frozen=True, slots=True)
class CostPlusPercentage:
    """The contract fee in percent of allowable cost."""

    contract_fee_percent: Decimal


def contract_fee(terms: CostPlusPercentage, cost_minor: int) -> int:
    """Allowable cost to date x percent / 100 in minor units, rounded half-even once."""
    return int(round_half_even(cost_minor * terms.contract_fee_percent / 100))


def price(terms: CostPlusPercentage, cost_minor: int) -> int:
    """Allowable cost to date and the contract fee on it, in minor units."""
    return cost_minor + contract_fee(terms, cost_minor)
