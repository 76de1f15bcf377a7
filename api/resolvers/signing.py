"""The mutation that signs a contract."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.schema.signing import SignContractInput, SignContractPayload
from services.contracts.signing import sign_contract


@strawberry.type
class SigningMutations:
    """What signatories do."""

    @mutation
    async def sign_contract(self, info: Info, input: SignContractInput) -> SignContractPayload:
        """Sign the current revision for your organization; the second party's signature makes the contract active."""
        tx = info.context.tx
        contract_id = await sign_contract(
            tx, actor=tx.actor, contract_id=input.contract_id, content_hash=input.content_hash, now=tx.now
        )
        return SignContractPayload(contract=contract_id)
