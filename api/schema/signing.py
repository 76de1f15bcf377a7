"""Signing a contract."""

from __future__ import annotations

import strawberry

from api.reading import Id, Payload, inputs, payload, result
from api.schema.contract import Contract


@inputs
class SignContractInput:
    """A signature under what was read."""

    contract_id: Id[Contract] = strawberry.field(description="The contract.")
    content_hash: str = strawberry.field(description="The `contentHash` of the revision that you read.")


@payload
class SignContractPayload(Payload):
    """What came of a signature."""

    contract: Contract | None = result("The contract, ACTIVE if both sides have signed; null when refused.")
