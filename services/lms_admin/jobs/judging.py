"""What is there, beside what was there and what should be: the one judgement that sending and reading back share."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING

from services.lms_admin.adapters.documents import digest_of
from services.lms_admin.adapters.port import Enrolment, User

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, Final
    from uuid import UUID

    from services.lms_admin.adapters.documents import Document

USER_FIELDS: Final = tuple(field.name for field in fields(User))
ENROLMENT_FIELDS: Final = tuple(field.name for field in fields(Enrolment))
JUST_MADE: Final = {"suspended": False, "state": "ACTIVE", "starts_at": None, "ends_at": None}
"""How a system makes an account or an enrolment before it is given all of its fields."""


class Standing(StrEnum):
    """How an item's subject is in the LMS."""

    AS_DESIRED = "AS_DESIRED"
    AS_BEFORE = "AS_BEFORE"
    HALFWAY = "HALFWAY"
    """Part of it is as before and part as desired: what a write that broke off leaves."""
    MOVED = "MOVED"
    """Neither as before nor as desired."""
    SEVERAL = "SEVERAL"
    """More than one account carries the member number."""
    UNREADABLE = "UNREADABLE"
    """The LMS does not show it, such as whether a password still works."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the LMS has of an item's subject; `document` is None where there is nothing."""

    document: Document | None = None
    several: bool = False
    readable: bool = True
    protected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One row of a plan being executed, with how far it is."""

    id: UUID
    position: int
    subject_kind: str
    action: str
    desired: Document
    observed_digest: bytes
    member_number: str | None = None
    course_key: str | None = None
    attempts: int = 0
    readings: int = 0
    sent_before: Document | None = None
    status: str = "PENDING"

    @property
    def before_digest(self) -> bytes:
        """What it was like before anything was sent: as the preview saw it, or as it was just before the first send."""
        return digest_of(self.sent_before) if self.attempts else self.observed_digest


def standing(item: Item, found: Found) -> Standing:
    """Judge what was found of an item."""
    if not found.readable:
        return Standing.UNREADABLE
    if found.several:
        return Standing.SEVERAL
    if is_as_desired(item, found.document):
        return Standing.AS_DESIRED
    if digest_of(found.document) == item.before_digest:
        return Standing.AS_BEFORE
    if item.attempts and _is_halfway(item, found.document):
        return Standing.HALFWAY
    return Standing.MOVED


def is_as_desired(item: Item, document: Document | None) -> bool:
    """Whether that is what the item wants; dates that an LMS does not show are not taken on trust."""
    desired = item.desired
    match item.subject_kind:
        case "USER":
            return document is not None and _same(document, desired, USER_FIELDS)
        case "ENROLMENT":
            if document is None or desired["state"] == "ABSENT":
                return document is None and desired["state"] == "ABSENT"
            return bool(document.get("dates_known", True)) and _same(document, desired, ENROLMENT_FIELDS)
        case "COURSE":
            return document is not None and document["title"] == desired["title"]
        case "PACKAGE":
            # an LMS tells one digest of its content, or none
            digests = ("sha256", "sha1")
            return document is not None and any(
                document.get(name) is not None and document[name] == desired.get(name) for name in digests
            )
    return False


def differences(document: Mapping[str, Any], desired: Mapping[str, Any]) -> set[str]:
    """The fields in which an account is not as desired."""
    return {name for name in USER_FIELDS if document.get(name) != desired.get(name)}


def _is_halfway(item: Item, document: Document | None) -> bool:
    names = {"USER": USER_FIELDS, "ENROLMENT": ENROLMENT_FIELDS}.get(item.subject_kind)
    if document is None or names is None:
        return False
    before = item.sent_before or JUST_MADE
    return all(
        document.get(name) in {item.desired.get(name), before.get(name, item.desired.get(name))} for name in names
    )


def _same(document: Mapping[str, Any], desired: Mapping[str, Any], names: tuple[str, ...]) -> bool:
    return all(document.get(name) == desired.get(name) for name in names)
