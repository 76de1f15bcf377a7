"""Organizations: associations, vendors, and the operator of this marketplace."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import and_, or_

from api.reading import CountryCode, Node, Payload, column, connection, inputs, node, one, payload, result
from api.schema.api_key import ApiKeyFilter
from api.schema.invitation import InvitationFilter
from api.schema.member import MemberFilter
from services.billing.payments.reads import payee_account_of
from services.billing.taxes import reads as taxes
from services.identity import models as rows

if TYPE_CHECKING:
    from api.reading import Connection
    from api.schema.api_key import ApiKey
    from api.schema.invitation import Invitation
    from api.schema.member import Member
    from api.schema.settlement import PayeeAccount
    from api.schema.tax_exemption import TaxRegistration


@strawberry.enum(description="What an organization is in the marketplace.")
class OrganizationKind(Enum):
    """The three kinds there are."""

    ASSOCIATION = strawberry.enum_value("ASSOCIATION", description="An association, which buys services.")
    VENDOR = strawberry.enum_value("VENDOR", description="A vendor, which sells them.")
    OPERATOR = strawberry.enum_value("OPERATOR", description="The operator, who runs this marketplace; there is one.")


@node(rows.Organization, prefix="org")
class Organization(Node):
    """An association, a vendor, or the operator.

    Vendors and the operator are public. An association is seen by itself, by the operator, and by the vendors of its
    contracts.
    """

    kind: OrganizationKind = column("What it is in the marketplace.")
    name: str = column("Its name.")
    country_code: CountryCode = column("The country it is at home in.")
    time_zone: str = column("The time zone of its days, by its IANA name such as America/Chicago.")
    tax_registration: TaxRegistration | None = one(
        "Where it is registered for tax; null until the operator noted it, and unless you act for it or the operator.",
        rows=taxes.tax_registration,
    )
    payee_account: PayeeAccount | None = one(
        "Where it, a vendor, is paid; null until it asked, and unless you are its OWNER or FINANCE, or the operator's.",
        rows=payee_account_of,
    )
    members: Connection[Member] = connection(
        "Its people and systems, by name; empty unless you act for it.",
        lambda o, m, reader: and_(m.organization_id == o.id, m.organization_id == reader.organization_id),
        filter=MemberFilter,
        order=lambda m: [m.name],
    )
    invitations: Connection[Invitation] = connection(
        "Who was invited to it, the latest first; empty unless you are an OWNER of it, or of the operator.",
        lambda o, i, reader: and_(
            i.organization_id == o.id,
            or_(i.organization_id == reader.organization_id, reader.kind == "OPERATOR"),
        ),
        filter=InvitationFilter,
        order=lambda i: [i.invited_at.desc()],
    )
    api_keys: Connection[ApiKey] = connection(
        "The keys of its own systems, the latest first; empty unless you are an OWNER of it.",
        lambda o, k, reader: and_(k.organization_id == o.id, k.organization_id == reader.organization_id),
        filter=ApiKeyFilter,
        order=lambda k: [k.created_at.desc()],
    )


@inputs
class RegisterOrganizationInput:
    """An association or a vendor to let into the marketplace."""

    kind: OrganizationKind = strawberry.field(description="ASSOCIATION or VENDOR.")
    name: str = strawberry.field(description="Its name, 1 to 200 characters on one line.")
    country_code: CountryCode = strawberry.field(description="The country it is at home in.")
    time_zone: str = strawberry.field(description="The time zone of its days, by its IANA name: America/Chicago.")


@payload
class RegisterOrganizationPayload(Payload):
    """What came of registering an organization."""

    organization: Organization | None = result("The organization; null when refused.")
