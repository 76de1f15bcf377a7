"""Mutations of API keys."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.schema.api_key import CreateApiKeyInput, CreateApiKeyPayload, RevokeApiKeyInput, RevokeApiKeyPayload
from services.identity import api_keys


@strawberry.type
class ApiKeyMutations:
    """Keys of an organization's own systems."""

    @mutation
    async def create_api_key(self, info: Info, input: CreateApiKeyInput) -> CreateApiKeyPayload:
        """Make a key for one of your organization's systems; exchange it for short tokens at /oauth/token."""
        tx = info.context.tx
        key_id, secret = await api_keys.create_api_key(
            tx, actor=tx.actor, name=input.name, roles=[role.name for role in input.roles], now=tx.now
        )
        return CreateApiKeyPayload(api_key=key_id, secret=secret.text)

    @mutation
    async def revoke_api_key(self, info: Info, input: RevokeApiKeyInput) -> RevokeApiKeyPayload:
        """Revoke a key of your organization; tokens it was exchanged for open nothing from now on."""
        tx = info.context.tx
        return RevokeApiKeyPayload(
            api_key=await api_keys.revoke_api_key(tx, actor=tx.actor, api_key_id=input.api_key_id, now=tx.now)
        )
