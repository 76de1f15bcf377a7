"""From what a vendor sent to what the catalog's services take."""

from __future__ import annotations

from typing import Any, cast

import strawberry

from api.schema.drafting import OfferingContentInput, ScopeTemplateInput
from api.schema.inputs import MoneyInput
from api.schema.rate_card import RateCardEntryInput
from api.schema.service_level import ServiceLevelInput
from services.catalog.content import EMPTY, Content, Promise, Rate, UnitAmount

EMPTY_SCOPE = ScopeTemplateInput(deliverables=None, exclusions=None, assumptions=None, buyer_inputs=None)


def content_of(given: OfferingContentInput) -> Content:
    """Return the parts of an offering that a request gives; null gives the empty part."""
    parts: dict[str, Any] = {
        "title": given.title,
        "summary": given.summary,
        "category": given.category and given.category.name,
        "delivery_countries": given.delivery_countries,
        "languages": given.languages,
        "time_zone": given.time_zone,
        "deepest_disclosure_tier": given.deepest_disclosure_tier and given.deepest_disclosure_tier.name,
        "rate_card": given.rate_card and [_rate(entry) for entry in given.rate_card],
        "service_levels": given.service_levels and [_promise(level) for level in given.service_levels],
    }
    if given.scope is not strawberry.UNSET:
        parts |= vars(given.scope or EMPTY_SCOPE)
    empty = cast("dict[str, Any]", EMPTY)
    given_parts = {name: value for name, value in parts.items() if value is not strawberry.UNSET}
    return cast("Content", {name: empty[name] if value is None else value for name, value in given_parts.items()})


def _rate(entry: RateCardEntryInput) -> Rate:
    return Rate(
        key=entry.key,
        title=entry.title,
        office_type=entry.office_type.name,
        unit=entry.unit.name,
        unit_cost=_unit_amount(entry.unit_cost),
        unit_price=_unit_amount(entry.unit_price),
    )


def _unit_amount(given: MoneyInput) -> UnitAmount:
    return UnitAmount(given.amount, given.currency_code)


def _promise(level: ServiceLevelInput) -> Promise:
    return Promise(
        key=level.key,
        metric=level.metric.name,
        threshold_minutes=level.threshold_minutes,
        target_percent=level.target_percent,
        period=level.period.name,
    )
