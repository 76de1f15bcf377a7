"""API keys: an organization's own systems get in with a secret, which is exchanged for short tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select, update
from sqlmodel import col

from core.errors import DomainError, NotFound
from core.events import Event
from core.ids import encode, new_id
from services.identity.fitting_roles import check_roles, in_order
from services.identity.models import ApiKey, Member
from services.identity.naming import check_name, refuse
from services.identity.roles import Act, require
from services.identity.secret_codes import SecretCode, new_code

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from typing import Final
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction

KEY_PREFIX: Final = "key"
SECRET_HASH: Final = "select app.api_key_secret($1)"  # noqa: S105 - a statement
"""The hash of a key in force, or null; it looks before there is an actor."""


class ApiKeyRevoked(DomainError):
    """The API key was revoked before."""


async def create_api_key(
    tx: Transaction, *, actor: Actor, name: str, roles: Sequence[str], now: datetime
) -> tuple[UUID, SecretCode]:
    """Make a member for one of the organization's systems; returns the key's id, and the secret shown this once.

    Refuses with Forbidden, TextBlank, TextTooLong, NameNotPrintable, NoRole and RoleNotForOrganization.
    """
    require(actor, Act.MANAGE_MEMBERS)
    name, fit = name.strip(), in_order(roles)
    refuse([*check_name(name), *check_roles(roles, kind=actor.kind, machine=True)])
    key_id, member_id, person_id, secret = new_id(), new_id(), new_id(), new_code("chs")
    await tx.execute(
        insert(Member).values(
            id=member_id,
            organization_id=actor.organization_id,
            person_id=person_id,
            kind="SERVICE",
            name=name,
            email="",
            roles=fit,
            created_at=now,
        )
    )
    await tx.execute(
        insert(ApiKey).values(
            id=key_id,
            organization_id=actor.organization_id,
            member_id=member_id,
            name=name,
            secret_hash=secret.digest,
            created_at=now,
            created_by_member_id=actor.member_id,
        )
    )
    await tx.execute(select(func.app.bind_service(encode(KEY_PREFIX, key_id), member_id, now)))
    tx.emit(Event("API_KEY_CREATED", key_id, after={"name": name, "roles": fit, "member_id": str(member_id)}))
    return key_id, secret


async def revoke_api_key(tx: Transaction, *, actor: Actor, api_key_id: UUID, now: datetime) -> UUID:
    """Revoke a key and end its member, so that tokens it was exchanged for open nothing from now on.

    Refuses with Forbidden, NotFound and ApiKeyRevoked.
    """
    require(actor, Act.MANAGE_MEMBERS)
    mine = (col(ApiKey.id) == api_key_id, col(ApiKey.organization_id) == actor.organization_id)
    if await tx.one_or_none(select(col(ApiKey.id)).where(*mine)) is None:
        raise NotFound("there is no such API key", field="apiKeyId")
    in_force = update(ApiKey).where(*mine, col(ApiKey.revoked_at).is_(None))
    key = await tx.one_or_none(in_force.values(revoked_at=now).returning(col(ApiKey.member_id), col(ApiKey.name)))
    if key is None:
        raise ApiKeyRevoked("this key was revoked before", field="apiKeyId")
    member = (col(Member.id) == key.member_id, col(Member.ended_at).is_(None))
    await tx.execute(update(Member).where(*member).values(ended_at=now))
    tx.emit(Event("API_KEY_REVOKED", api_key_id, before={"name": key.name}))
    return api_key_id
