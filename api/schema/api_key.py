"""API keys: how an organization's own systems get in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import strawberry

from api.reading import Id, Node, Payload, column, filters, inputs, node, one, payload, plain, result, where
from api.schema.member import Role
from services.identity import models as rows

if TYPE_CHECKING:
    from api.schema.member import Member


@node(rows.ApiKey, prefix="key")
class ApiKey(Node):
    """Credentials of one system, seen by the organization's OWNERs. The id is the client_id at /oauth/token."""

    name: str = column("What the key is for.")
    created_at: datetime = column("When it was made.")
    revoked_at: datetime | None = column("When it was revoked; null while it is in force.")
    member: Member = one("The member that the system is, with its roles.", lambda k, m: m.id == k.member_id)


@filters
class ApiKeyFilter:
    """Which keys."""

    in_force: bool | None = where(
        "True: those that open something. False: those that were revoked.",
        lambda k, value: k.revoked_at.is_(None) if value else k.revoked_at.is_not(None),
    )


@inputs
class CreateApiKeyInput:
    """A system of your organization that needs a key."""

    name: str = strawberry.field(description="What it is for, 1 to 200 characters on one line.")
    roles: list[Role] = strawberry.field(
        description="What the system may do; at least one role, and none of OWNER, SIGNATORY and ACCEPTOR."
    )


@payload
class CreateApiKeyPayload(Payload):
    """What came of making a key."""

    api_key: ApiKey | None = result("The key; its id is the client_id. Null when refused.")
    secret: str | None = plain("The client_secret for /oauth/token. It is shown this once.")


@inputs
class RevokeApiKeyInput:
    """A key to revoke."""

    api_key_id: Id[ApiKey] = strawberry.field(description="The key.")


@payload
class RevokeApiKeyPayload(Payload):
    """What came of revoking a key."""

    api_key: ApiKey | None = result("The key, revoked; null when refused.")
