"""The ledger of credits: append-only, one hash chain for each contract, and nobody named in it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import rfc8785
from sqlalchemy import insert, select
from sqlmodel import col

from core.chains import FIRST_PREVIOUS_HASH, instant, link
from core.ids import new_id
from services.delivery.scope import plain
from services.lms_admin.credits.models import CreditEntry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from typing import Any, Final
    from uuid import UUID

    from core.actor import Actor
    from core.db import Transaction
    from core.events import ContractKey

CREDIT: Final = (
    "activity_id",
    "rule_id",
    "credit_type_code",
    "credit_type_name",
    "unit",
    "quantity",
    "earned_on",
    "period_starts_on",
    "period_ends_on",
    "on_behalf_of",
)
"""What a revocation has in common with the award that it takes back."""


async def append(
    tx: Transaction, contract: ContractKey, entries: Sequence[Mapping[str, Any]], *, actor: Actor, now: datetime
) -> list[UUID]:
    """Append entries, columns as they are, to the chain of a contract whose row the caller has locked; their ids."""
    last = await tx.one_or_none(
        select(col(CreditEntry.sequence), col(CreditEntry.hash))
        .where(col(CreditEntry.contract_id) == contract.contract_id)
        .order_by(col(CreditEntry.sequence).desc())
        .limit(1)
    )
    sequence, previous = (last.sequence, last.hash) if last else (0, FIRST_PREVIOUS_HASH)
    rows: list[dict[str, Any]] = []
    for entry in entries:
        sequence += 1
        row: dict[str, Any] = {
            "replaces_certificate_id": None,
            "evidence_id": None,
            **contract.columns,
            **entry,
            "id": new_id(),
            "sequence": sequence,
            "recorded_at": now,
            **actor.signed("recorded_by"),
            "previous_hash": previous,
        }
        row["digest"] = digest_of(row)
        row["hash"] = previous = link(previous, row["digest"])
        rows.append(row)
    await tx.execute(insert(CreditEntry).values(rows))
    return [row["id"] for row in rows]


def digest_of(row: Mapping[str, Any]) -> bytes:
    """SHA-256 of an entry as RFC 8785 JSON; what names the learner is in it as a salted digest alone."""
    names = ("contract_id", "id", "kind", "certificate_id", "replaces_certificate_id", "evidence_id", *CREDIT)
    document = {name: None if row[name] is None else str(row[name]) for name in names}
    document["quantity"] = plain(row["quantity"])
    document["sequence"] = str(row["sequence"])
    document["recorded_at"] = instant(row["recorded_at"])
    document["recorded_by"] = str(row["recorded_by_member_id"])
    document["subject"] = row["subject_digest"].hex()
    return hashlib.sha256(rfc8785.dumps(document)).digest()


def subject_of(kind: str, certificate: Mapping[str, Any]) -> bytes:
    """SHA-256 of the certificate's salt and of what an entry of this kind says of the learner."""
    given = ("number", "member_number", "learner_name", "licence_number", "licence_jurisdiction", "attestation")
    names = ("revoke_reason",) if kind == "REVOKED" else (*given, "reissue_reason")
    document = {name: certificate[name] for name in names}
    if kind != "REVOKED":
        score = certificate["score_percent"]
        document["score_percent"] = None if score is None else f"{score:.2f}"
    return hashlib.sha256(certificate["salt"] + rfc8785.dumps(document)).digest()
