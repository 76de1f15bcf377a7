"""A site's credential: which values a system takes, and how they are kept."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import orjson
from sqlalchemy import insert

from core.errors import InvalidInput
from core.texts import DuplicateKey
from services.lms_admin.sites.models import LmsCredential

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from typing import Final
    from uuid import UUID

    from core.db import Transaction
    from core.errors import DomainError
    from core.events import ContractKey
    from core.sealing import MasterKeys
    from services.contracts.faults import Faults

LONGEST_VALUE: Final = 2000

NEEDED: Final[Mapping[str, frozenset[str]]] = {
    "MOODLE": frozenset({"token"}),
    "KOLIBRI": frozenset({"username", "password"}),
    "MANUAL": frozenset(),
}
"""What a system must be told."""

OPTIONAL: Final[Mapping[str, frozenset[str]]] = {
    "MOODLE": frozenset({"roster_report_id"}),
    "KOLIBRI": frozenset({"facility_id"}),
    "MANUAL": frozenset(),
}
"""What it may be told besides."""


@dataclass(frozen=True, slots=True)
class SecretValue:
    """One value of a credential, by its name; the value never shows."""

    name: str
    value: str = field(repr=False)


def checked_secret(faults: Faults, system: str, given: Sequence[SecretValue], *, path: str) -> dict[str, str]:
    """Return the credential of a system; note what it lacks, does not know, or cannot hold. No value is ever told."""
    faults.note_all(_faults_of(system, given, path))
    return {each.name: each.value for each in given}


def _faults_of(system: str, given: Sequence[SecretValue], path: str) -> Iterator[DomainError]:
    known = NEEDED[system] | OPTIONAL[system]
    names = [each.name for each in given]
    for at, each in enumerate(given):
        if each.name not in known:
            takes = ", ".join(sorted(known)) or "no credential"
            yield InvalidInput(
                f"{system} does not know {each.name[:80]!r}: it takes {takes}", field=f"{path}.{at}.name"
            )
        elif each.name in names[:at]:
            yield DuplicateKey(f"{each.name} is given already", field=f"{path}.{at}.name")
        if not 1 <= len(each.value) <= LONGEST_VALUE or any(
            unicodedata.category(c) in {"Cc", "Cs"} for c in each.value
        ):
            message = f"the value has 1 to {LONGEST_VALUE} characters, none of them a control character"
            yield InvalidInput(message, field=f"{path}.{at}.value")
    if missing := NEEDED[system] - set(names):
        yield InvalidInput(f"{system} also takes {', '.join(sorted(missing))}", field=path)


async def store(
    tx: Transaction,
    *,
    key: ContractKey,
    site_id: UUID,
    credential_id: UUID,
    base_url: str,
    secret: Mapping[str, str],
    keys: MasterKeys,
    now: datetime,
) -> None:
    """Seal a credential for one site at one address, where no other can use it. Refuses with NoCredentialKeys."""
    row = bound_row(key.contract_id, site_id, credential_id)
    sealed = keys.seal(orjson.dumps(dict(secret)), row=row, purpose=base_url.encode())
    await tx.execute(
        insert(LmsCredential).values(
            **key.columns,
            id=credential_id,
            site_id=site_id,
            key_id=sealed.key_id,
            wrapped_key=sealed.wrapped_key,
            nonce=sealed.nonce,
            ciphertext=sealed.ciphertext,
            stored_at=now,
        )
    )


def bound_row(contract_id: UUID, site_id: UUID, credential_id: UUID) -> bytes:
    """What a credential is bound to: the row that it is stored in."""
    return contract_id.bytes + site_id.bytes + credential_id.bytes
