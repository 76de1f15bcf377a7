"""What the chain of acts holds: digests of salted data, so that whom an act was about can be erased."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import rfc8785

from core.chains import instant

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Final

SIGNATURE: Final = ("member_id", "name", "email", "organization_id", "organization_name")


def subject_digests(salt: bytes, subject: Mapping[str, Any]) -> dict[str, bytes]:
    """The three digests of an act's subject: whom it was about, what was before, what was after and said of it.

    `subject` is a row of `lms_act_subject`, to be written or read back.
    """
    return {
        "subject_digest": _salted(salt, {"memberNumber": subject["member_number"], "courseKey": subject["course_key"]}),
        "before_digest": _salted(salt, {"before": subject["before"]}),
        "after_digest": _salted(salt, {"after": subject["after"], "message": subject["error_message"]}),
    }


def digest_of(act: Mapping[str, Any]) -> bytes:
    """SHA-256 of an act as RFC 8785 JSON; `act` is a row of `lms_act`, to be written or read back."""
    document = {
        "contractId": str(act["contract_id"]),
        "id": str(act["id"]),
        "sequence": act["sequence"],
        "siteId": str(act["site_id"]),
        "jobId": _text(act["job_id"]),
        "itemId": _text(act["item_id"]),
        "operation": act["operation"],
        "action": act["action"],
        "outcome": act["outcome"],
        "verification": act["verification"],
        "errorCode": act["error_code"],
        "lmsSystem": act["lms_system"],
        "lmsVersion": act["lms_version"],
        "onBehalfOf": act["on_behalf_of"],
        "actedAt": instant(act["acted_at"]),
        "recordedAt": instant(act["recorded_at"]),
        "actedBy": {column: _text(act[f"acted_by_{column}"]) for column in SIGNATURE},
        "subjectDigest": act["subject_digest"].hex(),
        "beforeDigest": act["before_digest"].hex(),
        "afterDigest": act["after_digest"].hex(),
    }
    return hashlib.sha256(rfc8785.dumps(document)).digest()


def _salted(salt: bytes, document: Mapping[str, Any]) -> bytes:
    return hashlib.sha256(salt + rfc8785.dumps(dict(document))).digest()


def _text(value: object) -> str | None:
    return None if value is None else str(value)
