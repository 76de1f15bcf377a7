"""Sites of a guild's contract, as connecting leaves them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from core.actor import Actor
from core.ids import new_id
from core.sealing import MasterKeys
from services.lms_admin.sites.credentials import bound_row
from tests.delivery.guild import LONG_AGO, Guild, insert

KEYS = MasterKeys({"test": bytes(32)})
ADDRESS = "https://lms.guild.example"


async def grant_administration(guild: Guild, name: str = "Lina") -> Actor:
    """A member of the vendor with an LMS_ADMINISTRATOR grant on the guild's contract."""
    return await grant(guild, name, "LMS_ADMINISTRATOR", "VENDOR", guild.vendor, "LMS_ADMINISTRATOR")


async def join(guild: Guild, name: str, kind: str, organization: UUID, *roles: str) -> Actor:
    """A member of an organization that is there, without any grant."""
    actor = Actor(
        kind, organization, new_id(), new_id(), name, f"{name.lower()}@somewhere.example", f"{kind} Inc",
        frozenset(roles),
    )  # fmt: skip
    await insert(
        guild.rows, "member", id=actor.member_id, organization_id=organization, kind="PERSON",
        person_id=actor.person_id, name=name, email=actor.email, roles=sorted(roles), created_at=LONG_AGO,
    )  # fmt: skip
    return actor


async def grant(guild: Guild, name: str, role: str, kind: str, organization: UUID, *roles: str) -> Actor:
    """A member with a grant on the guild's contract, long in force."""
    actor = await join(guild, name, kind, organization, *roles)
    await insert(
        guild.rows, "contract_grant", **key_of(guild), id=new_id(), role=role, starts_on=date(2025, 1, 1),
        ends_on=date(2036, 12, 31), granted_at=LONG_AGO, **actor.signature,
        effective=asyncpg.Range(LONG_AGO, LONG_AGO + timedelta(days=9000)), **guild.acceptor.signed("granted_by"),
    )  # fmt: skip
    return actor


def key_of(guild: Guild) -> dict[str, UUID]:
    """The three ids of a contract's rows."""
    return {"contract_id": guild.contract_id, "association_id": guild.association, "vendor_id": guild.vendor}


async def connect(
    guild: Guild,
    name: str = "Academy",
    system: str = "MOODLE",
    secret: dict[str, str] | None = None,
    *,
    base_url: str = ADDRESS,
    keys: MasterKeys = KEYS,
    **columns: Any,  # noqa: ANN401
) -> UUID:
    """A site with its credential sealed, without asking the service that connects."""
    site, credential, by_hand = new_id(), new_id(), system == "MANUAL"
    async with guild.rows.transaction():
        await insert(
            guild.rows, "lms_site", **key_of(guild), id=site, name=name, system=system,
            base_url=None if by_hand else base_url, status="CONNECTED", connected_at=LONG_AGO,
            **guild.lead.signed("connected_by"),
            **({} if by_hand else {"credential_id": credential, "credential_stored_at": LONG_AGO}), **columns,
        )  # fmt: skip
        if not by_hand:
            sealed = keys.seal(
                orjson.dumps(secret or {"token": "moodle-token-1f6e"}),
                row=bound_row(guild.contract_id, site, credential),
                purpose=base_url.encode(),
            )
            await insert(
                guild.rows, "lms_credential", **key_of(guild), id=credential, site_id=site, key_id=sealed.key_id,
                wrapped_key=sealed.wrapped_key, nonce=sealed.nonce, ciphertext=sealed.ciphertext, stored_at=LONG_AGO,
            )  # fmt: skip
    return site


async def narrow(guild: Guild, actor: Actor, site: UUID, *operations: str) -> UUID:
    """Narrow the grant of a member to a site and to operations."""
    narrowed = new_id()
    grant_id = await guild.rows.fetchval(
        "select id from contract_grant where contract_id = $1 and member_id = $2", guild.contract_id, actor.member_id
    )
    await insert(
        guild.rows, "lms_grant", **key_of(guild), id=narrowed, grant_id=grant_id, member_id=actor.member_id,
        site_id=site, operations=list(operations), reason="Only that", narrowed_at=LONG_AGO,
        **guild.acceptor.signed("narrowed_by"),
    )  # fmt: skip
    return narrowed


async def clear(guild: Guild) -> None:
    """Take away the sites that other tests of the file have left."""
    async with guild.rows.transaction():
        await guild.rows.execute("update lms_site set credential_id = null")
        for table in ("lms_credential", "lms_probe", "lms_maintenance", "lms_grant", "lms_site"):
            await guild.rows.execute(f"delete from {table}")  # noqa: S608  (our own words)
