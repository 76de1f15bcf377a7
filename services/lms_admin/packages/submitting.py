"""Submitting a package for a course of a site; the checks follow, and nothing reaches the LMS by this."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select
from sqlmodel import col

from core.errors import DomainError, InvalidInput, NotFound
from core.events import Event
from core.ids import RowKey, new_id
from services.contracts.faults import Faults
from services.contracts.granted import key_of
from services.contracts.models import ContractLine
from services.delivery.evidence import ZIP
from services.delivery.models import Evidence
from services.delivery.recording import LineNotFound
from services.lms_admin.packages.models import ContentPackage
from services.lms_admin.sites.administering import site_for
from services.lms_admin.sites.operations import Operation

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Final
    from uuid import UUID

    from sqlalchemy import Row

    from core.actor import Actor
    from core.db import Transaction

LONGEST: Final = 200


class UploadSubmitted(DomainError):
    """The upload was submitted as a package before; upload the file again to submit it anew."""


async def submit_package(
    tx: Transaction,
    *,
    actor: Actor,
    contract_id: UUID,
    site_id: UUID,
    line_id: UUID,
    evidence_id: UUID,
    title: str,
    course_key: str,
    now: datetime,
) -> RowKey:
    """Submit an uploaded ZIP as the package of a course; it is CHECKING until the checks have ended.

    Refuses with what `site_for` refuses, LineNotFound, NotFound (an upload that is not the actor's own), InvalidInput
    (no ZIP), UploadSubmitted, TextBlank and TextTooLong.
    """
    administered = await site_for(
        tx, actor=actor, contract_id=contract_id, site_id=site_id, operation=Operation.PUBLISH_PACKAGE, now=now
    )
    faults = Faults()
    faults.text(title, longest=LONGEST, field="title")
    faults.text(course_key, longest=LONGEST, field="courseKey")
    faults.refuse()
    contract = administered.contract
    await _require_line(tx, contract.id, contract.revision, line_id)
    file = await _upload(tx, actor, contract_id, evidence_id)
    package_id, key = new_id(), key_of(contract)
    await tx.execute(
        insert(ContentPackage).values(
            **key.columns,
            id=package_id,
            site_id=site_id,
            line_id=line_id,
            evidence_id=evidence_id,
            title=title.strip(),
            course_key=course_key.strip(),
            status="CHECKING",
            byte_size=file.byte_size,
            sha256=file.sha256,
            submitted_at=now,
            **actor.signed("submitted_by"),
        ),
        refusing={
            "one_package_of_an_upload": UploadSubmitted("this upload is a package already", field="evidenceId"),
        },
    )
    after = {"title": title.strip(), "courseKey": course_key.strip(), "sha256": file.sha256, "status": "CHECKING"}
    tx.emit(Event("PACKAGE_SUBMITTED", package_id, contract=key, after=after, due_at=now))
    return RowKey(contract_id, package_id)


async def _require_line(tx: Transaction, contract_id: UUID, revision: int, line_id: UUID) -> None:
    line = select(col(ContractLine.id)).where(
        col(ContractLine.contract_id) == contract_id,
        col(ContractLine.revision) == revision,
        col(ContractLine.id) == line_id,
    )
    if await tx.one_or_none(line) is None:
        raise LineNotFound("the contract has no such line now: name one of its current revision", field="lineId")


async def _upload(tx: Transaction, actor: Actor, contract_id: UUID, evidence_id: UUID) -> Row[tuple[Evidence]]:
    upload = await tx.one_or_none(
        select(*Evidence.__table__.c).where(  # type: ignore[attr-defined]
            col(Evidence.contract_id) == contract_id,
            col(Evidence.id) == evidence_id,
            col(Evidence.uploaded_by_member_id) == actor.member_id,
        )
    )
    if upload is None:
        raise NotFound("there is no such upload of yours on this contract", field="evidenceId")
    if upload.media_type != ZIP:
        raise InvalidInput(f"a package is uploaded as {ZIP}, and not as {upload.media_type}", field="evidenceId")
    return upload
