"""Wrapping credentials under the first master key, and forgetting those that nothing uses any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, exists, func, select, update
from sqlmodel import col

from core.sealing import Sealed
from services.contracts.models import Contract
from services.lms_admin.sites.credentials import bound_row
from services.lms_admin.sites.models import LmsCredential, LmsSite

if TYPE_CHECKING:
    from core.db import Transaction
    from core.sealing import MasterKeys


async def rewrap_some(tx: Transaction, *, keys: MasterKeys, most: int = 200) -> int:
    """Wrap the next credentials that are under another key of ours; how many there were. For the batch role.

    Run until none are left; what was wrapped before a crash stays. Refuses with NoCredentialKeys; raises SealBroken.
    """
    first = keys.first
    found = await tx.all(
        select(*LmsCredential.__table__.c)  # type: ignore[attr-defined]
        .where(col(LmsCredential.key_id).in_(keys.ids), col(LmsCredential.key_id) != first)
        .order_by(col(LmsCredential.contract_id), col(LmsCredential.id))
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    for row in found:
        sealed = Sealed(row.key_id, row.wrapped_key, row.nonce, row.ciphertext)
        wrapped = keys.rewrap(sealed, row=bound_row(row.contract_id, row.site_id, row.id))
        await tx.execute(
            update(LmsCredential)
            .where(col(LmsCredential.contract_id) == row.contract_id, col(LmsCredential.id) == row.id)
            .values(key_id=wrapped.key_id, wrapped_key=wrapped.wrapped_key)
        )
    return len(found)


async def under_retired_keys(tx: Transaction, *, keys: MasterKeys) -> dict[str, int]:
    """How many credentials are under keys that are not ours any more, by the key's id. For the batch role."""
    rows = await tx.all(
        select(col(LmsCredential.key_id), func.count().label("credentials"))
        .where(col(LmsCredential.key_id).not_in(keys.ids))
        .group_by(col(LmsCredential.key_id))
        .order_by(col(LmsCredential.key_id))
    )
    return {row.key_id: row.credentials for row in rows}


async def forget_old_credentials(tx: Transaction) -> int:
    """Delete credentials that were replaced, and those of sites or contracts that have ended. For the batch role."""
    ended = exists().where(col(Contract.id) == LmsSite.contract_id, col(Contract.status) != "ACTIVE")
    await tx.execute(update(LmsSite).where(col(LmsSite.credential_id).is_not(None), ended).values(credential_id=None))
    in_use = exists().where(
        col(LmsSite.contract_id) == LmsCredential.contract_id, col(LmsSite.credential_id) == LmsCredential.id
    )
    return (await tx.execute(delete(LmsCredential).where(~in_use))).rowcount
