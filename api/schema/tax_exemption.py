"""Certificates by which an association is exempt from tax, and where organizations are registered for it."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import and_, any_

from api.reading import (
    CountryCode,
    CurrencyCode,
    Id,
    Node,
    Payload,
    column,
    filters,
    inputs,
    node,
    one,
    order,
    orders,
    payload,
    result,
    value,
    where,
)
from api.schema.evidence import Evidence
from api.schema.person import Person, person
from services.billing.taxes import models as rows

if TYPE_CHECKING:
    from api.schema.organization import Organization


@value
class TaxRegistration:
    """Where an organization is registered for tax, as the operator has checked it."""

    region_code: str | None = column("Its region: the second part of an ISO 3166-2 code, such as TX.")
    number: str | None = column("Its tax number; an organization without one charges no tax.")
    tax_currency_code: CurrencyCode | None = column("The currency that it accounts for tax in, if not the invoice's.")
    recorded_at: datetime = column("When that was noted.")


@strawberry.enum(description="Where a certificate stands.")
class TaxExemptionStatus(Enum):
    """Filed, verified, rejected."""

    FILED = strawberry.enum_value("FILED", description="The operator has not decided yet; nothing is exempt by it.")
    VERIFIED = strawberry.enum_value("VERIFIED", description="What is issued in its days is exempt.")
    REJECTED = strawberry.enum_value("REJECTED", description="The operator did not take it.")


@node(rows.TaxExemption, prefix="exc")
class TaxExemption(Node):
    """A certificate by which an association is exempt from tax in a country or in a region of it."""

    association: Organization = one("Who is exempt.", lambda e, organization: organization.id == e.association_id)
    number: str = column("The certificate's number.")
    country_code: CountryCode = column("Where it holds.")
    region_code: str | None = column("Where in that country, such as TX; null: everywhere in it.")
    status: TaxExemptionStatus = column("Where it stands.")
    valid_from: date = column("The first day of issue that it holds on.")
    valid_until: date = column("The last one.")
    evidence: Evidence | None = one(
        "The certificate's paper.",
        lambda e, file: and_(file.contract_id == e.evidence_contract_id, file.id == e.evidence_id),
    )
    filed_at: datetime = column("When it was filed.")
    filed_by: Person = one("Who filed it.", rows=lambda e: person(e, prefix="filed_by_"))
    decided_at: datetime | None = column("When it was verified or rejected; null until it is.")
    decide_reason: str | None = column("Why, in the operator's words.")


@filters
class TaxExemptionFilter:
    """Which certificates."""

    status: list[TaxExemptionStatus] | None = where("Standing so.", lambda e, v: e.status == any_(v))
    country_code: CountryCode | None = where("Holding in this country.", lambda e, v: e.country_code == v)
    valid_on: date | None = where("Holding on this day.", lambda e, v: and_(e.valid_from <= v, e.valid_until >= v))


@orders
class TaxExemptionOrder(Enum):
    """How certificates are ordered."""

    NEWEST = order("What was filed last comes first.", lambda e: [e.filed_at.desc()])
    OLDEST = order("What was filed first comes first.", lambda e: [e.filed_at])


@inputs
class FileTaxExemptionInput:
    """A certificate of your association's."""

    number: str = strawberry.field(description="Its number, at most 100 characters.")
    country_code: CountryCode = strawberry.field(description="The country that it holds in.")
    region_code: str | None = strawberry.field(default=None, description="The region of it, if not all, such as TX.")
    evidence_id: Id[Evidence] = strawberry.field(
        description="Its paper: what POST /evidence answered with, for a contract of yours."
    )
    valid_from: date = strawberry.field(description="The first day of issue that it holds on.")
    valid_until: date = strawberry.field(description="The last one.")


@payload
class FileTaxExemptionPayload(Payload):
    """What was filed."""

    tax_exemption: TaxExemption | None = result("The certificate; null when refused.")


@inputs
class VerifyTaxExemptionInput:
    """A certificate that holds."""

    tax_exemption_id: Id[TaxExemption] = strawberry.field(description="The certificate, FILED.")
    reason: str = strawberry.field(description="How it was verified, at most 2,000 characters.")


@payload
class VerifyTaxExemptionPayload(Payload):
    """What was verified."""

    tax_exemption: TaxExemption | None = result("The certificate; null when refused.")


@inputs
class RejectTaxExemptionInput:
    """A certificate that does not hold."""

    tax_exemption_id: Id[TaxExemption] = strawberry.field(description="The certificate, FILED.")
    reason: str = strawberry.field(description="Why not, for the association to read, at most 2,000 characters.")


@payload
class RejectTaxExemptionPayload(Payload):
    """What was rejected."""

    tax_exemption: TaxExemption | None = result("The certificate; null when refused.")
