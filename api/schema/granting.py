"""Granting and revoking access to a contract."""

from __future__ import annotations

from datetime import date

import strawberry

from api.reading import Id, Payload, inputs, payload, result
from api.schema.contract import Contract
from api.schema.grant import ContractGrant, GrantRole
from api.schema.member import Member


@inputs
class GranteeInput:
    """A member of one of a contract's parties: by e-mail address or by id, one of the two."""

    email: str | None = strawberry.field(default=None, description="Their e-mail address, in upper or lower case.")
    member_id: Id[Member] | None = strawberry.field(default=None, description="Their id.")


@inputs
class GrantContractAccessInput:
    """Access for one member."""

    contract_id: Id[Contract] = strawberry.field(description="The contract; it must be ACTIVE.")
    member: GranteeInput = strawberry.field(description="Who gets access.")
    role: GrantRole = strawberry.field(description="What they may do; the role must be one of their party's.")
    starts_on: date | None = strawberry.field(
        default=None, description="The first day; today unless given, never earlier."
    )
    ends_on: date | None = strawberry.field(
        default=None, description="The last day; that of the contract unless given, never later."
    )


@payload
class GrantContractAccessPayload(Payload):
    """What came of granting access."""

    grant: ContractGrant | None = result("The grant; null when refused.")


@inputs
class RevokeContractAccessInput:
    """The end of a grant, at once."""

    grant_id: Id[ContractGrant] = strawberry.field(description="The grant.")
    reason: str | None = strawberry.field(
        default=None, description="Why, at most 2000 characters; both parties read it."
    )


@payload
class RevokeContractAccessPayload(Payload):
    """What came of revoking access."""

    grant: ContractGrant | None = result("The grant; null when refused.")
