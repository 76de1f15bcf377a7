"""Mutations that give and take access to a contract."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.schema.granting import (
    GrantContractAccessInput,
    GrantContractAccessPayload,
    RevokeContractAccessInput,
    RevokeContractAccessPayload,
)
from services.contracts.granting import Grantee, grant_contract_access, revoke_contract_access


@strawberry.type
class GrantingMutations:
    """Who may do what on one contract."""

    @mutation
    async def grant_contract_access(self, info: Info, input: GrantContractAccessInput) -> GrantContractAccessPayload:
        """Give a member of either party a role on an active contract, as the association's OWNER."""
        tx = info.context.tx
        grant = await grant_contract_access(
            tx,
            actor=tx.actor,
            contract_id=input.contract_id,
            grantee=Grantee(email=input.member.email, member_id=input.member.member_id),
            role=input.role.name,
            starts_on=input.starts_on,
            ends_on=input.ends_on,
            now=tx.now,
        )
        return GrantContractAccessPayload(grant=grant)

    @mutation
    async def revoke_contract_access(self, info: Info, input: RevokeContractAccessInput) -> RevokeContractAccessPayload:
        """Take access away at once, as an OWNER of either party."""
        tx = info.context.tx
        grant = await revoke_contract_access(
            tx,
            actor=tx.actor,
            contract_id=input.grant_id.contract_id,
            grant_id=input.grant_id.id,
            reason=input.reason,
            now=tx.now,
        )
        return RevokeContractAccessPayload(grant=grant)
