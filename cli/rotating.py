"""Wrapping every stored credential under the first master key, a few in each transaction."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from cli.batch import as_batch
from core.hindrance import Hindrance
from core.sealing import NoCredentialKeys, master_keys, told_of_retired
from services.lms_admin.sites.rotating import rewrap_some, under_retired_keys

if TYPE_CHECKING:
    from core.settings import Settings

NAME: Final = "chapterhouse lms rotate-keys"


async def rotate_credential_keys(settings: Settings) -> str:
    """Say how many were wrapped anew; safe to interrupt and to run again.

    Refused with Hindrance: no key is configured, a credential is under one that is gone, an unusable database.
    """
    keys = master_keys(settings)
    try:
        first = keys.first
    except NoCredentialKeys:
        raise Hindrance("CREDENTIAL_KEYS is not set: there is no key to wrap credentials under") from None
    wrapped = 0
    while some := await as_batch(settings, partial(rewrap_some, keys=keys), now=datetime.now(UTC), name=NAME):
        wrapped += some
    retired = await as_batch(settings, partial(under_retired_keys, keys=keys), now=datetime.now(UTC), name=NAME)
    if retired:
        raise Hindrance(f"{sum(retired.values())} of the credentials are {told_of_retired(', '.join(retired))}")
    return f"Every credential is under {first}; {wrapped} of them were not."
