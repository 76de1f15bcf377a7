"""Noting where an organization is registered for tax."""

from __future__ import annotations

import strawberry

from api.reading import CurrencyCode, Id, Payload, inputs, payload, result
from api.schema.organization import Organization


@inputs
class RecordTaxRegistrationInput:
    """Where an organization is registered; what was noted before is replaced, invoices keep what held then."""

    organization_id: Id[Organization] = strawberry.field(description="The organization: association, vendor, operator.")
    region_code: str | None = strawberry.field(
        default=None, description="Its region: the second part of an ISO 3166-2 code, such as TX."
    )
    number: str | None = strawberry.field(
        default=None, description="Its tax number, at most 64 characters; without one it charges no tax."
    )
    tax_currency_code: CurrencyCode | None = strawberry.field(
        default=None, description="The currency that it accounts for tax in, if that is not the invoices' own."
    )
    reason: str = strawberry.field(description="How this is known, at most 2,000 characters.")


@payload
class RecordTaxRegistrationPayload(Payload):
    """Whose registration was noted."""

    organization: Organization | None = result("The organization; null when refused.")
