"""What an LMS holds, or should hold: accounts, enrolments, courses."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

import strawberry
from sqlalchemy import Boolean, DateTime, or_, select

from api.reading import column, value

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import ColumnElement, Select


@strawberry.enum(description="Whether somebody takes part in a course.")
class LmsEnrolmentState(Enum):
    """The states of an enrolment."""

    ACTIVE = strawberry.enum_value("ACTIVE", description="They take part.")
    SUSPENDED = strawberry.enum_value("SUSPENDED", description="They are enrolled and cannot get in.")
    ABSENT = strawberry.enum_value("ABSENT", description="They are not enrolled.")


@value
class LmsAccount:
    """Somebody's account."""

    username: str | None = column("What they log in with; null where a preview has yet to find it out.")
    email: str = column("Their e-mail address.")
    given_name: str = column("Their given name.")
    family_name: str = column("Their family name.")
    suspended: bool | None = column("Whether they cannot get in; null where a preview has yet to find it out.")


@value
class LmsEnrolment:
    """Somebody's part in a course."""

    role: str = column("The LMS's short name of their role, such as student.")
    state: LmsEnrolmentState = column("Whether they take part.")
    starts_at: datetime | None = column("When it begins; null: it has begun, or the LMS does not tell.")
    ends_at: datetime | None = column("When it ends; null: never, or the LMS does not tell.")


@value
class LmsCourse:
    """A course."""

    title: str = column("What it is called.")
    template_key: str | None = column("The key of the course it is made of; null of one that is there.")


def account(document: str, kinds: tuple[str, ...] = ("USER", "ACCESS")) -> Callable[[Any], Select[Any]]:
    """The account in a column of documents, where a row is about one."""
    names = ("username", "email", "given_name", "family_name")

    def rows(row: Any) -> Select[Any]:
        held = getattr(row, document)
        texts = [held[name].astext.label(name) for name in names]
        return _of(row, held, kinds, *texts, held["suspended"].astext.cast(Boolean).label("suspended"))

    return rows


def enrolment(document: str) -> Callable[[Any], Select[Any]]:
    """The enrolment in a column of documents, where a row is about one."""

    def rows(row: Any) -> Select[Any]:
        held = getattr(row, document)
        days = [held[name].astext.cast(DateTime(timezone=True)).label(name) for name in ("starts_at", "ends_at")]
        return _of(
            row, held, ("ENROLMENT",), held["role"].astext.label("role"), held["state"].astext.label("state"), *days
        )

    return rows


def course(document: str) -> Callable[[Any], Select[Any]]:
    """The course in a column of documents, where a row is about one."""

    def rows(row: Any) -> Select[Any]:
        held = getattr(row, document)
        return _of(row, held, ("COURSE",), *(held[name].astext.label(name) for name in ("title", "template_key")))

    return rows


def _of(row: Any, held: Any, kinds: tuple[str, ...], *columns: ColumnElement[Any]) -> Select[Any]:
    return select(*columns).where(or_(*(row.subject_kind == kind for kind in kinds)), held.is_not(None))
