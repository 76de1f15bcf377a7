"""COST_PLUS_INCENTIVE_FEE: allowable cost is repaid; the contract fee rises as cost falls below a target, or sinks.

Source: FAR 16.304 and 16.405-1: a target cost, a target fee, minimum and maximum fees, and a fee adjustment formula;
the clause 52.216-10(e) raises the target fee by the contractor's share of every dollar that total allowable cost is
less than target cost, lowers it by that of every dollar more, and holds it within minimum and maximum. The target
pricing method of the UK Single Source Contract Regulations 2014 (regulation 10) shares in the same way.

    contract fee = min(max(target fee + (target cost - cost) x the vendor's share, floor), ceiling)
    price        = cost + contract fee
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.money import round_half_even
from services.billing.pricing.gainshare import Shares

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class CostPlusIncentiveFee:
    """Amounts in minor units; the vendor's percentages of what is saved and of what is overspent (0 to 100).

    floor <= target fee <= ceiling. FAR's "80/20" is a vendor's share of 20 percent.
    """

    target_cost_minor: int
    target_fee_minor: int
    fee_floor_minor: int
    fee_ceiling_minor: int
    vendor_share_under_percent: Decimal
    vendor_share_over_percent: Decimal


def contract_fee(terms: CostPlusIncentiveFee, cost_minor: int) -> int:
    """The contract fee at a total allowable cost in minor units, rounded half-even once."""
    variance = terms.target_cost_minor - cost_minor
    percent = terms.vendor_share_under_percent if variance > 0 else terms.vendor_share_over_percent
    adjusted = terms.target_fee_minor + int(round_half_even(variance * percent / HUNDRED))
    return min(max(adjusted, terms.fee_floor_minor), terms.fee_ceiling_minor)


def provisional_fee(terms: CostPlusIncentiveFee, cost_minor: int) -> int:
    """What of the contract fee is billed before the term is over: its floor, in proportion to target cost, no more.

    No more of it is certain while cost may still rise, and so what the term's end owes is never less than nothing.
    """
    if cost_minor >= terms.target_cost_minor:
        return terms.fee_floor_minor
    return int(round_half_even(Decimal(terms.fee_floor_minor) * cost_minor / terms.target_cost_minor))


def price(terms: CostPlusIncentiveFee, cost_minor: int) -> int:
    """Total allowable cost and the contract fee at it, in minor units."""
    return cost_minor + contract_fee(terms, cost_minor)


def shares(terms: CostPlusIncentiveFee, cost_minor: int) -> Shares:
    """Who bears the variance from target cost: the vendor by its contract fee, the association the rest."""
    variance = terms.target_cost_minor - cost_minor
    vendor = contract_fee(terms, cost_minor) - terms.target_fee_minor
    return Shares(variance, variance - vendor, vendor)


def range_of_incentive(terms: CostPlusIncentiveFee) -> tuple[Decimal | None, Decimal | None]:
    """The costs between which each cent of cost still moves the contract fee, in minor units, unrounded.

    Below the first the fee stands at its ceiling, above the second at its floor; None where a share of zero never
    gets there. FAR 16.405-1(b)(2) asks that minimum and maximum leave an incentive over the foreseeable range of costs.
    """
    rise = terms.fee_ceiling_minor - terms.target_fee_minor
    fall = terms.target_fee_minor - terms.fee_floor_minor
    under, over = terms.vendor_share_under_percent, terms.vendor_share_over_percent
    return (
        terms.target_cost_minor - rise * HUNDRED / under if under else None,
        terms.target_cost_minor + fall * HUNDRED / over if over else None,
    )
