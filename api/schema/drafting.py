"""What vendors send to draft, publish and retire offerings, and what they get back."""

from __future__ import annotations

import strawberry

from api.reading import CountryCode, Id, LanguageCode, Payload, inputs, payload, result
from api.schema.enums import DisclosureTier
from api.schema.offering import Offering, OfferingCategory
from api.schema.rate_card import RateCardEntryInput
from api.schema.service_level import ServiceLevelInput

LEFT_OUT = strawberry.UNSET


@inputs
class ScopeTemplateInput:
    """What a contract from this offering includes, leaves out, and relies on."""

    deliverables: list[str] | None = strawberry.field(
        default=LEFT_OUT, description="What is delivered: at most 50 lines of at most 500 characters."
    )
    exclusions: list[str] | None = strawberry.field(
        default=LEFT_OUT, description="What is left out: at most 50 lines of at most 500 characters."
    )
    assumptions: list[str] | None = strawberry.field(
        default=LEFT_OUT, description="What is taken for granted: at most 50 lines of at most 500 characters."
    )
    buyer_inputs: list[str] | None = strawberry.field(
        default=LEFT_OUT,
        description="What the association has to hand over: at most 50 lines of at most 500 characters.",
    )


@inputs
class OfferingContentInput:
    """What an offering says. What is left out stays as it is, or is empty at first; null empties it."""

    title: str | None = strawberry.field(default=LEFT_OUT, description="At most 200 characters.")
    summary: str | None = strawberry.field(
        default=LEFT_OUT, description="What the service is, in a paragraph of at most 2000 characters."
    )
    category: OfferingCategory | None = strawberry.field(default=LEFT_OUT, description="The kind of service.")
    delivery_countries: list[CountryCode] | None = strawberry.field(
        default=LEFT_OUT, description="The countries the work is done in."
    )
    languages: list[LanguageCode] | None = strawberry.field(
        default=LEFT_OUT, description="The languages the work is done in, at most 100."
    )
    time_zone: str | None = strawberry.field(
        default=LEFT_OUT, description="The time zone of the working hours, by its IANA name: America/Chicago."
    )
    deepest_disclosure_tier: DisclosureTier | None = strawberry.field(
        default=LEFT_OUT, description="The most open disclosure of cost you agree to; CLOSED unless given."
    )
    scope: ScopeTemplateInput | None = strawberry.field(
        default=LEFT_OUT, description="What a contract includes, leaves out, and relies on."
    )
    rate_card: list[RateCardEntryInput] | None = strawberry.field(
        default=LEFT_OUT, description="All entries of the rate card, at most 100, in one currency."
    )
    service_levels: list[ServiceLevelInput] | None = strawberry.field(
        default=LEFT_OUT, description="All service levels, at most 50."
    )


@inputs
class CreateOfferingInput(OfferingContentInput):
    """A new offering, as a draft; a draft may say as little as nothing yet."""

    """What an offering begins with."""


@inputs
class UpdateOfferingInput(OfferingContentInput):
    """Changes to a draft. What is left out stays as it is; null empties it; a list replaces the list."""

    """What an offering is to say from its next publication on."""

    offering_id: Id[Offering] = strawberry.field(description="The offering.")


@inputs
class PublishOfferingInput:
    """Which offering's draft to publish."""

    offering_id: Id[Offering] = strawberry.field(description="The offering.")


@inputs
class RetireOfferingInput:
    """Which offering to take off the market."""

    offering_id: Id[Offering] = strawberry.field(description="The offering.")
    reason: str | None = strawberry.field(
        default=None, description="Why, for your own audit trail; at most 1000 characters."
    )


@inputs
class DiscardDraftInput:
    """Which offering's draft to throw away."""

    offering_id: Id[Offering] = strawberry.field(description="The offering.")


@payload
class CreateOfferingPayload(Payload):
    """What came of creating an offering."""

    offering: Offering | None = result("The new offering, with its draft.")


@payload
class UpdateOfferingPayload(Payload):
    """What came of changing an offering's draft."""

    offering: Offering | None = result("The offering, with its draft.")


@payload
class PublishOfferingPayload(Payload):
    """What came of publishing an offering."""

    offering: Offering | None = result("The offering, with its new current version.")


@payload
class RetireOfferingPayload(Payload):
    """What came of retiring an offering."""

    offering: Offering | None = result("The retired offering.")


@payload
class DiscardDraftPayload(Payload):
    """What came of throwing a draft away."""

    offering: Offering | None = result("The offering without its draft; null when it was never published and is gone.")
