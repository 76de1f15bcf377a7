"""Connecting an association's LMS, changing where it is and how it is entered, and letting it go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, update
from sqlmodel import col

from core.errors import DomainError, InvalidInput
from core.events import Event
from core.ids import RowKey, new_id
from services.contracts.ending import require_active
from services.contracts.faults import Faults
from services.contracts.granted import contract_for, key_of
from services.identity.roles import Act
from services.lms_admin.adapters.addresses import LmsAddressRefused, checked_base_url
from services.lms_admin.sites.credentials import checked_secret, store
from services.lms_admin.sites.models import LmsSite
from services.lms_admin.sites.reaching import require_reach, site_to_connect

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from typing import Any, Final
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction
    from core.sealing import MasterKeys
    from services.lms_admin.sites.administering import Administered
    from services.lms_admin.sites.credentials import SecretValue

LONGEST_NAME: Final = 200

UNKNOWN_STATE: Final[dict[str, object]] = {
    "condition": None,
    "condition_since": None,
    "probed_at": None,
    "lms_version": None,
    "open_until": None,
    "failures_in_a_row": 0,
}
"""A site of which nothing is known yet."""


class SiteNameTaken(DomainError):
    """Another connected site of the contract has this name."""


class CredentialRequired(DomainError):
    """A changed address takes a credential given with it: the one that is kept would be sent to another server."""


async def connect_site(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    name: str,
    system: str,
    base_url: str | None,
    secret: Sequence[SecretValue],
    keys: MasterKeys,
    allow_loopback: bool,
    now: datetime,
) -> RowKey:
    """Connect an LMS to an active contract; it is asked how it is at once. MANUAL has neither address nor credential.

    Refuses with NotFound, Forbidden, OutsideGrant (a narrowed grant connects nothing), ContractNotActive, TextBlank,
    TextTooLong, LmsAddressRefused, InvalidInput, DuplicateKey, NoCredentialKeys or SiteNameTaken.
    """
    contract = await contract_for(tx, actor=actor, act=Act.CONNECT_LMS, contract_id=contract_id)
    require_active(contract)
    key, site_id, credential_id, name = key_of(contract), new_id(), new_id(), name.strip()
    await require_reach(tx, actor=actor, contract=contract, site_id=site_id, name="a further site", field="contractId")
    faults = Faults()
    faults.text(name, longest=LONGEST_NAME, field="name")
    address = _checked_address(faults, system, base_url, allow_loopback=allow_loopback)
    values = checked_secret(faults, system, secret, path="secret")
    faults.refuse()
    entered = {"credential_id": credential_id, "credential_stored_at": now} if address else {}
    await tx.execute(
        insert(LmsSite).values(
            **key.columns,
            id=site_id,
            name=name,
            system=system,
            base_url=address,
            status="CONNECTED",
            connected_at=now,
            **actor.signed("connected_by"),
            **entered,
        ),
        refusing=_name_taken(name),
    )
    if address:
        await store(
            tx,
            key=key,
            site_id=site_id,
            credential_id=credential_id,
            base_url=address,
            secret=values,
            keys=keys,
            now=now,
        )
    after = {"name": name, "system": system, "baseUrl": address}
    tx.emit(Event("LMS_SITE_CONNECTED", site_id, contract=key, after=after, due_at=now if address else None))
    return RowKey(contract_id, site_id)


async def change_connection(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    site_id: UUID,
    name: str | None,
    base_url: str | None,
    secret: Sequence[SecretValue] | None,
    keys: MasterKeys,
    allow_loopback: bool,
    now: datetime,
) -> RowKey:
    """Rename a site, or say where it is now; what is not given stays. A changed address takes its credential along.

    Refuses with NotFound, Forbidden, OutsideGrant, SiteDisconnected, ContractNotActive, CredentialRequired, TextBlank,
    TextTooLong, LmsAddressRefused, InvalidInput, DuplicateKey, NoCredentialKeys or SiteNameTaken.
    """
    found = await site_to_connect(tx, actor=actor, contract_id=contract_id, site_id=site_id)
    require_active(found.contract)
    site = found.site
    faults = Faults()
    if name is None and base_url is None and secret is None:
        faults.note(InvalidInput("say what changes: name, baseUrl or secret"))
    faults.text(name, longest=LONGEST_NAME, field="name")
    address: str | None = site.base_url
    if base_url is not None:
        address = _checked_address(faults, site.system, base_url, allow_loopback=allow_loopback)
    if address != site.base_url and secret is None:
        faults.note(CredentialRequired("give the credential that goes with this address", field="secret"))
    values = checked_secret(faults, site.system, secret, path="secret") if secret is not None else None
    faults.refuse()
    name = site.name if name is None else name.strip()
    entered: dict[str, Any] = {}
    if address is not None and values is not None:
        entered = await _entered(tx, found, address, values, keys=keys, now=now)
    await tx.execute(_changed(site, name=name, base_url=address, **entered), refusing=_name_taken(name))
    tx.emit(
        Event(
            "LMS_CONNECTION_CHANGED",
            site_id,
            contract=key_of(found.contract),
            before={"name": site.name, "baseUrl": site.base_url},
            after={"name": name, "baseUrl": address, "credentialReplaced": bool(entered)},
            due_at=now if entered else None,
        )
    )
    return RowKey(contract_id, site_id)


async def replace_credential(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    site_id: UUID,
    secret: Sequence[SecretValue],
    keys: MasterKeys,
    now: datetime,
) -> RowKey:
    """Enter a site with another credential from now on; the earlier one is forgotten within minutes.

    Refuses with NotFound, Forbidden, OutsideGrant, SiteDisconnected, ContractNotActive, InvalidInput, DuplicateKey or
    NoCredentialKeys.
    """
    found = await site_to_connect(tx, actor=actor, contract_id=contract_id, site_id=site_id)
    require_active(found.contract)
    faults = Faults()
    values = checked_secret(faults, found.site.system, secret, path="secret")
    if found.site.base_url is None:
        faults.note(InvalidInput(f"work on {found.site.name} is done by hand: it has no credential", field="siteId"))
    faults.refuse()
    entered = await _entered(tx, found, found.site.base_url, values, keys=keys, now=now)
    await tx.execute(_changed(found.site, **entered))
    tx.emit(Event("LMS_CREDENTIAL_REPLACED", site_id, contract=key_of(found.contract), due_at=now))
    return RowKey(contract_id, site_id)


async def disconnect_site(
    tx: Transaction, *, actor: Actor, contract_id: UUID, site_id: UUID, reason: str, now: datetime
) -> RowKey:
    """Let a site go, for good: nothing is sent to it any more, and its credential is forgotten within minutes.

    Refuses with NotFound, Forbidden, OutsideGrant, SiteDisconnected, TextBlank or TextTooLong. A contract that has
    ended is no hindrance.
    """
    faults = Faults()
    faults.text(reason, longest=2000, field="reason")
    faults.refuse()
    found = await site_to_connect(tx, actor=actor, contract_id=contract_id, site_id=site_id)
    await tx.execute(_changed(found.site, status="DISCONNECTED", disconnected_at=now, credential_id=None))
    tx.emit(
        Event(
            "LMS_SITE_DISCONNECTED",
            site_id,
            contract=key_of(found.contract),
            before={"name": found.site.name, "baseUrl": found.site.base_url},
            reason=reason.strip(),
        )
    )
    return RowKey(contract_id, site_id)


async def _entered(
    tx: Transaction, found: Administered, address: str, values: dict[str, str], *, keys: MasterKeys, now: datetime
) -> dict[str, Any]:
    """Store a credential, and return the columns of the site that is entered with it, of which nothing is known."""
    credential_id = new_id()
    await store(
        tx,
        key=key_of(found.contract),
        site_id=found.site.id,
        credential_id=credential_id,
        base_url=address,
        secret=values,
        keys=keys,
        now=now,
    )
    return UNKNOWN_STATE | {"credential_id": credential_id, "credential_stored_at": now}


def _changed(site: Row[tuple[LmsSite]], **columns: Any) -> Any:  # noqa: ANN401  (an UPDATE of the locked row)
    return (
        update(LmsSite)
        .where(col(LmsSite.contract_id) == site.contract_id, col(LmsSite.id) == site.id)
        .values(**columns)
    )


def _checked_address(faults: Faults, system: str, base_url: str | None, *, allow_loopback: bool) -> str | None:
    if system == "MANUAL":
        if base_url is not None:
            faults.note(InvalidInput("work that is done by hand has no address", field="baseUrl"))
        return None
    if base_url is None:
        faults.note(InvalidInput(f"say where the {system} is", field="baseUrl"))
        return None
    try:
        return checked_base_url(base_url.strip(), allow_loopback=allow_loopback)
    except LmsAddressRefused as refused:
        refused.field = "baseUrl"
        faults.note(refused)
        return None


def _name_taken(name: str) -> dict[str, DomainError]:
    return {"one_site_of_a_name": SiteNameTaken(f"another site of this contract is called {name}", field="name")}
