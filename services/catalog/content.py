"""What an offering says, as a vendor writes it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TypedDict


@dataclass(frozen=True, slots=True)
class UnitAmount:
    """The price or the cost of one unit, in the currency's main unit, with up to six decimals."""

    amount: Decimal
    currency_code: str


@dataclass(frozen=True, slots=True)
class Rate:
    """One entry of a rate card; the unit cost is standard cost, for the vendor alone."""

    key: str
    title: str
    office_type: str
    unit: str
    unit_cost: UnitAmount
    unit_price: UnitAmount


@dataclass(frozen=True, slots=True)
class Promise:
    """One service level: in each period, at least the target share meets the metric."""

    key: str
    metric: str
    threshold_minutes: int | None
    target_percent: Decimal
    period: str


class Content(TypedDict, total=False):
    """The parts of an offering that a request gives; what is left out stays as it is, or is empty at first."""

    title: str
    summary: str
    category: str | None
    delivery_countries: list[str]
    languages: list[str]
    time_zone: str | None
    deepest_disclosure_tier: str
    deliverables: list[str]
    exclusions: list[str]
    assumptions: list[str]
    buyer_inputs: list[str]
    rate_card: list[Rate]
    service_levels: list[Promise]


EMPTY: Content = {
    "title": "",
    "summary": "",
    "category": None,
    "delivery_countries": [],
    "languages": [],
    "time_zone": None,
    "deepest_disclosure_tier": "CLOSED",
    "deliverables": [],
    "exclusions": [],
    "assumptions": [],
    "buyer_inputs": [],
    "rate_card": [],
    "service_levels": [],
}
"""An offering of which nothing has been said; it opens no more than its prices."""
