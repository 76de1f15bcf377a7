"""Proposing, revising and ending a contract."""

from __future__ import annotations

import strawberry

from api.reading import Id, Payload, inputs, payload, result
from api.schema.contract import Contract
from api.schema.contract_terms import ContractTermsInput
from api.schema.offering import Offering


@inputs
class ProposeContractInput(ContractTermsInput):
    """A contract for what an offering sells today."""

    """What is proposed."""

    offering_id: Id[Offering] = strawberry.field(description="The offering; its current version is pinned.")


@payload
class ProposeContractPayload(Payload):
    """What came of a proposal."""

    contract: Contract | None = result("The contract, PROPOSED; null when refused.")


@inputs
class ReviseContractInput(ContractTermsInput):
    """Other terms and lines for a proposal; what was signed must be signed anew."""

    """All terms and lines, changed or not."""

    contract_id: Id[Contract] = strawberry.field(description="The contract; it must be PROPOSED.")
    revision: int = strawberry.field(description="The `revision` that you read and changed.")


@payload
class ReviseContractPayload(Payload):
    """What came of a revision."""

    contract: Contract | None = result("The contract at its next revision; null when refused.")


@inputs
class DeclineContractInput:
    """A proposal that the vendor does not want."""

    contract_id: Id[Contract] = strawberry.field(description="The contract; it must be PROPOSED.")
    reason: str | None = strawberry.field(
        default=None, description="Why, at most 2000 characters; both parties read it."
    )


@payload
class DeclineContractPayload(Payload):
    """What came of declining."""

    contract: Contract | None = result("The contract, DECLINED; null when refused.")


@inputs
class WithdrawContractInput:
    """A proposal that the association takes back."""

    contract_id: Id[Contract] = strawberry.field(description="The contract; it must be PROPOSED.")
    reason: str | None = strawberry.field(
        default=None, description="Why, at most 2000 characters; both parties read it."
    )


@payload
class WithdrawContractPayload(Payload):
    """What came of withdrawing."""

    contract: Contract | None = result("The contract, WITHDRAWN; null when refused.")


@inputs
class TerminateContractInput:
    """The end of an active contract, now."""

    contract_id: Id[Contract] = strawberry.field(description="The contract; it must be ACTIVE.")
    reason: str = strawberry.field(description="Why, 1 to 2000 characters; both parties read it.")


@payload
class TerminateContractPayload(Payload):
    """What came of terminating."""

    contract: Contract | None = result("The contract, TERMINATED; null when refused.")
