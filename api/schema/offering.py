"""What vendors offer, and what its versions said."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import and_

from api.reading import CountryCode, LanguageCode, Node, column, expression, many, node, one, part, value
from api.schema.enums import DisclosureTier
from api.schema.rate_card import OfficeType, RateCardEntry
from api.schema.service_level import ServiceLevel
from services.catalog import reads
from services.catalog.delivery_models import delivery_models

if TYPE_CHECKING:
    from api.schema.organization import Organization


@strawberry.enum(description="What kind of service an offering is.")
class OfferingCategory(Enum):
    """The seven kinds of service."""

    HOSTING = strawberry.enum_value("HOSTING", description="Running a learning management system.")
    LMS_ADMINISTRATION = strawberry.enum_value(
        "LMS_ADMINISTRATION", description="Day-to-day administration of a learning management system."
    )
    HELP_DESK = strawberry.enum_value("HELP_DESK", description="Answering members and learners.")
    CONTENT_MANAGEMENT = strawberry.enum_value(
        "CONTENT_MANAGEMENT", description="Making, publishing and maintaining courses and their content."
    )
    PROJECT_MANAGEMENT = strawberry.enum_value("PROJECT_MANAGEMENT", description="Leading projects to their end.")
    SUBJECT_MATTER_EXPERTISE = strawberry.enum_value(
        "SUBJECT_MATTER_EXPERTISE", description="Expert knowledge that goes into courses and examinations."
    )
    LIVE_TRAINING = strawberry.enum_value("LIVE_TRAINING", description="Sessions led by a trainer, on site or online.")


@strawberry.enum(description="Where an offering stands.")
class OfferingStatus(Enum):
    """Draft, published, retired."""

    DRAFT = strawberry.enum_value("DRAFT", description="Never published; only its vendor sees it.")
    PUBLISHED = strawberry.enum_value("PUBLISHED", description="In the public catalog; contracts can be made from it.")
    RETIRED = strawberry.enum_value("RETIRED", description="Off the market for good; contracts keep their version.")


@strawberry.enum(description="How near the work is done to its buyer.")
class DeliveryModel(Enum):
    """Nearness to the buyer."""

    ONSHORE = strawberry.enum_value("ONSHORE", description="In the buyer's own country.")
    NEARSHORE = strawberry.enum_value("NEARSHORE", description="In another country of the buyer's continent.")
    OFFSHORE = strawberry.enum_value("OFFSHORE", description="On another continent.")


@value
class ScopeTemplate:
    """What a contract from this offering includes, leaves out, and relies on."""

    deliverables: list[str] = column("What is delivered.")
    exclusions: list[str] = column("What is left out.")
    assumptions: list[str] = column("What is taken for granted.")
    buyer_inputs: list[str] = column("What the association has to hand over.")


@value
class OfferingContent:
    """What an offering says."""

    title: str = column("What the service is called; empty in a draft that has no title yet.")
    summary: str = column("What the service is, in a paragraph; empty in a draft that has none yet.")
    category: OfferingCategory | None = column("The kind of service; null only in a draft that does not say yet.")
    delivery_countries: list[CountryCode] = column("The countries the work is done in, in the vendor's order.")
    office_types: list[OfficeType] = column("Which offices the rate card has work for.")
    languages: list[LanguageCode] = column("The languages the work is done in, in the vendor's order.")
    time_zone: str | None = column("The time zone of the working hours, by its IANA name; null when none is promised.")
    deepest_disclosure_tier: DisclosureTier = column("The most open disclosure of cost that the vendor agrees to.")
    scope: ScopeTemplate = part("What a contract includes, leaves out, and relies on.")
    rate_card: list[RateCardEntry] = many(
        "What is charged for one unit of each kind of work, in the vendor's order.",
        rows=lambda offered, reader: reads.rate_card(offered.version_id, reader),
        order=lambda entry: [entry.position],
    )
    service_levels: list[ServiceLevel] = many(
        "What is promised, in the vendor's order.",
        rows=lambda offered: reads.service_levels(offered.version_id),
        order=lambda level: [level.position],
    )


@node(reads.VERSIONS, prefix="ofv", key=("id",))
class OfferingVersion(Node, OfferingContent):
    """An offering as it was, or is about to be, published; frozen from then on."""

    number: int = column("Counts the versions of an offering, from 1.")
    published_at: datetime | None = column("When it was published, and thereby frozen; null for a draft.")
    offering: Offering = one("The offering it is a version of.", lambda version, o: o.id == version.offering_id)


@node(reads.OFFERINGS, prefix="off", key=("id",))
class Offering(Node, OfferingContent):
    """A service that a vendor offers, as its current version says; before the first, as its draft says."""

    status: OfferingStatus = column("Where it stands.")
    published_at: datetime | None = column("When it was first published; null if it never was.")
    retired_at: datetime | None = column("When it was taken off the market; null if it was not.")
    vendor: Organization = one("Who offers it.", lambda offering, vendor: vendor.id == offering.vendor_id)
    delivery_models: list[DeliveryModel] | None = expression(
        "How near the work is done to the association you act for, the nearest first; null when you act for none.",
        lambda offering, reader: delivery_models(offering.delivery_countries, reader),
    )
    current_version: OfferingVersion | None = one(
        "The version that contracts are made from; null before the first publication.",
        lambda offering, version: and_(version.id == offering.version_id, version.published_at.is_not(None)),
    )
    draft: OfferingVersion | None = one(
        "What the next publication will say; null when there is no draft, and for everybody but the vendor.",
        lambda offering, version, reader: and_(
            version.offering_id == offering.id,
            version.published_at.is_(None),
            version.vendor_id == reader.organization_id,
        ),
    )
