"""The public catalog."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Self

import strawberry
from sqlalchemy import Select, Text, any_, func, literal, or_, select
from sqlalchemy.orm import defer
from sqlmodel import col
from strawberry import relay

from bench.peers.strawberry_twin.shared import Info, Money, Organization, connection, loaders, page_of, reading
from services.catalog import models as rows
from services.catalog.searching import matches, relevance

TIERS = ("CLOSED", "BAND", "OPEN_BOOK")


@strawberry.type
class RateCardEntry:
    """The price of one unit of one kind of work."""

    key: str
    title: str
    unit: str
    unit_price: Money


@strawberry.type
class ServiceLevel:
    """One promise."""

    key: str
    metric: str
    threshold_minutes: int | None
    target_percent: Decimal
    period: str


@strawberry.type
class Offering(relay.Node):
    """A service that a vendor offers."""

    row_id: relay.NodeID[str]
    title: str
    summary: str
    category: str
    languages: list[str]
    published_at: datetime
    row: strawberry.Private[rows.CatalogListing]

    @classmethod
    def of(cls, row: rows.CatalogListing) -> Self:
        """The offering of a row."""
        return cls(
            row_id=str(row.id),
            title=row.title,
            summary=row.summary,
            category=row.category,
            languages=row.languages,
            published_at=row.published_at,
            row=row,
        )

    @strawberry.field
    async def vendor(self, info: Info) -> Organization | None:
        """Who offers it."""
        found = await loaders(info).organizations.load(self.row.vendor_id)
        return None if found is None else Organization.of(found)

    @strawberry.field
    async def rate_card(self, info: Info) -> list[RateCardEntry]:
        """What is charged, in the vendor's order."""
        return [
            RateCardEntry(
                key=entry.key,
                title=entry.title,
                unit=entry.unit,
                unit_price=Money(amount=entry.unit_price, currency_code=entry.currency_code),
            )
            for entry in await loaders(info).rate_cards.load(self.row.version_id)
        ]

    @strawberry.field
    async def service_levels(self, info: Info) -> list[ServiceLevel]:
        """What is promised, in the vendor's order."""
        return [
            ServiceLevel(
                key=level.key,
                metric=level.metric,
                threshold_minutes=level.threshold_minutes,
                target_percent=level.target_percent,
                period=level.period,
            )
            for level in await loaders(info).service_levels.load(self.row.version_id)
        ]


@strawberry.type
class FacetValue:
    """How many offerings have a value."""

    value: str
    count: int


@strawberry.type
class Facet:
    """The values of one field."""

    field: str
    values: list[FacetValue]


@strawberry.type
class CatalogConnection(relay.Connection[Offering]):
    """A page of the catalog."""

    found: strawberry.Private[Select[Any]]

    @strawberry.field
    async def total_count(self, info: Info) -> int:
        """How many there are in all."""
        count: int = await reading(info).value(select(func.count()).select_from(self.found.subquery()))
        return count

    @strawberry.field
    async def facets(self, info: Info) -> list[Facet]:
        """What the offerings found could be narrowed by; delivery models are counted for associations alone."""
        every = self.found.subquery().c
        one = (every.category, every.currency_code, every.deepest_disclosure_tier)
        many = (every.delivery_countries, every.languages, every.office_types, every.units)
        found = await reading(info).rows(select(*one, *many))
        return [
            _facet("category", [row.category for row in found]),
            _facet("deliveryModel", []),
            _facet("deliveryCountry", [value for row in found for value in row.delivery_countries]),
            _facet("language", [value for row in found for value in row.languages]),
            _facet("officeType", [value for row in found for value in row.office_types]),
            _facet("unit", [value for row in found for value in row.units]),
            _facet("currency", [row.currency_code for row in found]),
            _facet(
                "deepestDisclosureTier",
                [tier for row in found for tier in TIERS[: TIERS.index(row.deepest_disclosure_tier) + 1]],
            ),
        ]


def _facet(field: str, values: list[str]) -> Facet:
    return Facet(field=field, values=[FacetValue(value=it, count=count) for it, count in Counter(values).most_common()])


@strawberry.input
class OfferingFilter:
    """Which offerings."""

    category: list[str] | None = None
    language: list[str] | None = None
    search: str | None = None


@strawberry.enum
class OfferingOrder(Enum):
    """In which order."""

    RELEVANCE = "RELEVANCE"
    NEWEST = "NEWEST"


@strawberry.type
class CatalogQueries:
    """What is offered."""

    @strawberry.field
    async def offerings(
        self,
        info: Info,
        filter: OfferingFilter,  # noqa: A002  (GraphQL's argument is called so)
        order_by: OfferingOrder,
        first: int,
        after: str | None = None,
    ) -> CatalogConnection:
        """The public catalog."""
        listing: Any = rows.CatalogListing
        found = select(listing).options(defer(listing.search), defer(listing.names))
        newest = [col(listing.published_at).desc(), col(listing.id).desc()]
        if filter.category is not None:
            found = found.where(listing.category.in_(filter.category))
        if filter.language is not None:
            found = found.where(or_(*(literal(one, Text) == any_(listing.languages) for one in filter.language)))
        order = newest
        if filter.search is not None:
            words = literal(filter.search, Text)
            found = found.where(matches(listing, words))
            if order_by is OfferingOrder.RELEVANCE:
                order = [relevance(listing, words).desc(), *newest]
        nodes = [Offering.of(row) for row in await page_of(info, found.order_by(*order), first=first, after=after)]
        return CatalogConnection(found=found, **connection(nodes, first=first, after=after))
