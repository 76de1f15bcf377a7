"""Records as documents: what plans, items and acts keep of them, and the digest by which two are told apart."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from datetime import UTC, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import rfc8785

from services.lms_admin.adapters.port import CourseFromTemplate, Enrolment, EnrolmentState, User

if TYPE_CHECKING:
    from collections.abc import Mapping

Document: TypeAlias = dict[str, Any]

ABSENT: Final = hashlib.sha256(b"null").digest()
"""The digest of what is not there."""


def document_of(record: Any) -> Document:  # noqa: ANN401  (any of the port's records)
    """Write a record of the port as JSON has it, under its own field names; instants in UTC."""
    return {field.name: _plain(getattr(record, field.name)) for field in fields(record)}


def digest_of(document: Mapping[str, Any] | None) -> bytes:
    """SHA-256 of a document as RFC 8785 writes it; None is what is not there."""
    return ABSENT if document is None else hashlib.sha256(rfc8785.dumps(dict(document))).digest()


def user_of(document: Mapping[str, Any]) -> User:
    """Read an account back from its document."""
    return User(**{field.name: document[field.name] for field in fields(User)})


def enrolment_of(document: Mapping[str, Any]) -> Enrolment:
    """Read an enrolment back from its document."""
    values = {field.name: document[field.name] for field in fields(Enrolment)}
    for name in ("starts_at", "ends_at"):
        values[name] = datetime.fromisoformat(values[name]) if values[name] else None
    return Enrolment(**values | {"state": EnrolmentState(values["state"])})


def course_of(document: Mapping[str, Any]) -> CourseFromTemplate:
    """Read a course to be made back from its document."""
    return CourseFromTemplate(**{field.name: document[field.name] for field in fields(CourseFromTemplate)})


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        # what an LMS may hold, and neither PostgreSQL nor RFC 8785 takes
        return value.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    return value
