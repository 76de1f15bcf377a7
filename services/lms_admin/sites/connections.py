"""How to speak to a site: its address and its opened credential, for the worker alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
from sqlalchemy import and_, select
from sqlmodel import col

from core.sealing import MasterKeyRetired, SealBroken, Sealed
from services.lms_admin.adapters.opening import Connection
from services.lms_admin.adapters.port import Condition, LmsUnavailable
from services.lms_admin.sites.administering import SiteDisconnected
from services.lms_admin.sites.credentials import bound_row
from services.lms_admin.sites.models import LmsCredential, LmsSite

if TYPE_CHECKING:
    from uuid import UUID

    from core.db import Transaction
    from core.sealing import MasterKeys


async def connection_of(
    tx: Transaction, contract_id: UUID, site_id: UUID, keys: MasterKeys, *, allow_loopback: bool
) -> Connection:
    """Return a site's address with its credential, as they belong together; the transaction is the batch role's.

    Refuses with SiteDisconnected. Raises LmsUnavailable for a site without a credential, and where it does not open:
    its master key was retired, or somebody changed its row or the site's address.
    """
    # one statement: an address and the credential of another one never meet
    found = await tx.one_or_none(
        select(LmsSite.name, LmsSite.system, LmsSite.base_url, LmsSite.status, *LmsCredential.__table__.c)  # type: ignore[call-overload, attr-defined]
        .join(
            LmsCredential,
            and_(col(LmsCredential.contract_id) == LmsSite.contract_id, col(LmsCredential.id) == LmsSite.credential_id),
            isouter=True,
        )
        .where(col(LmsSite.contract_id) == contract_id, col(LmsSite.id) == site_id)
    )
    if found is None or found.status != "CONNECTED":
        raise SiteDisconnected("the site is no longer connected")
    if found.base_url is None or found.key_id is None:
        raise LmsUnavailable(Condition.MISCONFIGURED, f"{found.name} has no credential that could be sent")
    sealed = Sealed(found.key_id, found.wrapped_key, found.nonce, found.ciphertext)
    row = bound_row(contract_id, site_id, found.id)
    try:
        secret = keys.open(sealed, row=row, purpose=found.base_url.encode())
    except (MasterKeyRetired, SealBroken) as shut:
        raise LmsUnavailable(Condition.MISCONFIGURED, str(shut)) from None
    return Connection(found.system, found.base_url, orjson.loads(secret), allow_loopback=allow_loopback)
