"""How the public catalog is browsed, and a vendor's own offerings are listed."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any

import strawberry
from sqlalchemy import ARRAY, ColumnElement, Numeric, Text, and_, any_, case, func, literal

from api.reading import (
    Connection,
    CountryCode,
    CurrencyCode,
    Facet,
    Id,
    LanguageCode,
    facets,
    filters,
    inputs,
    order,
    orders,
    value,
    where,
)
from api.schema.enums import DisclosureTier, Unit
from api.schema.offering import DeliveryModel, Offering, OfferingCategory, OfferingStatus
from api.schema.rate_card import OfficeType
from services.catalog.delivery_models import delivered_by, delivery_models
from services.catalog.searching import matches, relevance

if TYPE_CHECKING:
    from api.schema.organization import Organization

TIERS = list(DisclosureTier)


def _names(tiers: list[DisclosureTier]) -> ColumnElement[Any]:
    return literal([tier.name for tier in tiers], ARRAY(Text))


def _open_to(tier: Any) -> ColumnElement[Any]:
    """List the tiers that a contract may have when this is the deepest."""
    return case(
        *((tier == deepest.name, _names(TIERS[: at + 1])) for at, deepest in enumerate(TIERS)),
        else_=_names([]),
    )


@inputs
class UnitPriceLimitInput:
    """A price that a unit must not exceed."""

    unit: Unit = strawberry.field(description="The unit.")
    amount: Decimal = strawberry.field(description="The most that one unit may cost, net of tax.")
    currency_code: CurrencyCode = strawberry.field(description="The currency of the amount.")


@filters
class OfferingFilter:
    """Which offerings of the public catalog. All conditions must hold; of a list, one item is enough."""

    category: list[OfferingCategory] | None = where(
        "Of one of these categories.", lambda o, v: o.category == any_(v), one=lambda o, v: o.category == v
    )
    delivery_model: list[DeliveryModel] | None = where(
        "Delivered from one of these distances to the association you act for; nothing is, when you act for none.",
        lambda o, v, reader: delivered_by(o.delivery_countries, v, reader),
    )
    delivery_country: list[CountryCode] | None = where(
        "Delivered from one of these countries.", lambda o, v: o.delivery_countries.op("&&")(v)
    )
    language: list[LanguageCode] | None = where(
        "Delivered in one of these languages, by exactly this tag.", lambda o, v: o.languages.op("&&")(v)
    )
    office_type: list[OfficeType] | None = where(
        "With work for one of these offices on the rate card.", lambda o, v: o.office_types.op("&&")(v)
    )
    unit: list[Unit] | None = where("With a rate for one of these units.", lambda o, v: o.units.op("&&")(v))
    currency: list[CurrencyCode] | None = where(
        "Priced in one of these currencies.", lambda o, v: o.currency_code == any_(v)
    )
    price_at_most: UnitPriceLimitInput | None = where(
        "With a rate for the unit that costs no more, in the currency.",
        lambda o, v: and_(
            o.currency_code == v.currency_code,
            o.lowest_unit_prices.op("->>")(literal(v.unit.name, Text)).cast(Numeric) <= v.amount,
        ),
    )
    deepest_disclosure_tier: DisclosureTier | None = where(
        "Open to this disclosure tier, or deeper.",
        lambda o, v: o.deepest_disclosure_tier == any_(_names(TIERS[TIERS.index(v) :])),
    )
    vendor_id: list[Id[Organization]] | None = where("Of one of these vendors.", lambda o, v: o.vendor_id == any_(v))
    search: str | None = where(
        "With all these words in title, summary, deliverables or the vendor's name, or with nearly these in title and "
        "vendor's name. The first 200 characters are looked at; a blank search finds nothing.",
        matches,
    )


@orders
class OfferingOrder(Enum):
    """In which order the public catalog is shown."""

    RELEVANCE = order(
        "The best match of the search first, a title of exactly these words before all; without one, the newest.",
        lambda o, f: [
            *([] if f is None or f.search is None else [relevance(o, f.search).desc()]),
            o.published_at.desc(),
        ],
    )
    NEWEST = order("The latest first publication first.", lambda o: [o.published_at.desc()])
    TITLE = order("By title.", lambda o: [o.title])


@value
class CatalogConnection(Connection[Offering]):
    """A page of the public catalog, with counts to narrow it by."""

    facets: list[Facet] = facets(
        "How many offerings each value of a filter would show, under all other filters.",
        category=lambda o: o.category,
        delivery_model=lambda o, reader: func.unnest(delivery_models(o.delivery_countries, reader)),
        delivery_country=lambda o: func.unnest(o.delivery_countries),
        language=lambda o: func.unnest(o.languages),
        office_type=lambda o: func.unnest(o.office_types),
        unit=lambda o: func.unnest(o.units),
        currency=lambda o: o.currency_code,
        deepest_disclosure_tier=lambda o: func.unnest(_open_to(o.deepest_disclosure_tier)),
    )


@filters
class OwnOfferingFilter:
    """Which of your own offerings."""

    status: list[OfferingStatus] | None = where("In one of these states.", lambda o, v: o.status == any_(v))


@orders
class OwnOfferingOrder(Enum):
    """In which order your own offerings are shown."""

    NEWEST = order("The latest created first.", lambda o: [o.created_at.desc()])
    TITLE = order("By title.", lambda o: [o.title])
