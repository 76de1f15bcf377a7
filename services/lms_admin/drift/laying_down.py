"""What a site holds, laid down in the database for the length of a reading: by COPY, under the run that read it."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

from sqlalchemy import select, text
from sqlmodel import col

from services.lms_admin.adapters.port import User
from services.lms_admin.drift.models import LmsDriftReading
from services.lms_admin.rosters.models import LmsRosterEnrolment, LmsRosterMember
from services.lms_admin.sites.readings import go_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from typing import Any, Final

    from sqlalchemy import Row

    from core.db import Transaction
    from services.lms_admin.adapters.port import FoundEnrolment, FoundUser

READINGS: Final = LmsDriftReading.__table__  # type: ignore[attr-defined]
PROFILE: Final = ("username", "email", "given_name", "family_name")
USERS: Final = "lms_drift_actual_user"
ENROLMENTS: Final = "lms_drift_actual_enrolment"
UNREAD: Final = "lms_drift_unread"
USER_COLUMNS: Final = ("run_id", "member_number", "username", "email", "given_name", "family_name", "suspended")
ENROLMENT_COLUMNS: Final = ("run_id", "member_number", "course_key", "role", "state", "ends_at", "dates_known")
UNREAD_COLUMNS: Final = ("run_id", "member_number", "course_key", "message")


async def member_numbers(tx: Transaction, reading: Row[Any]) -> Sequence[str]:
    """Everybody on the site's roster."""
    found = await tx.all(
        select(col(LmsRosterMember.member_number))
        .where(col(LmsRosterMember.contract_id) == reading.contract_id, col(LmsRosterMember.site_id) == reading.site_id)
        .order_by(col(LmsRosterMember.member_number))
    )
    return [row.member_number for row in found]


async def wanted_users(tx: Transaction, reading: Row[Any], numbers: Sequence[str]) -> Mapping[str, User]:
    """Some people as the roster has them, by member number."""
    names = [field.name for field in fields(User)]
    found = await tx.all(
        select(*(LmsRosterMember.__table__.c[name] for name in names)).where(  # type: ignore[attr-defined]
            col(LmsRosterMember.contract_id) == reading.contract_id,
            col(LmsRosterMember.site_id) == reading.site_id,
            col(LmsRosterMember.member_number).in_(numbers),
        )
    )
    return {row.member_number: User(**row._mapping) for row in found}  # noqa: SLF001 - how SQLAlchemy names a row's columns


def as_the_roster_says_it(found: FoundUser, wanted: User, kept: User) -> FoundUser:
    """Say of an account what the roster says, as far as the LMS has what it can keep of that.

    `kept` is how it would be found, had it been made as it is `wanted`: a system with one name has no family name.
    """
    same = {name: getattr(wanted, name) for name in PROFILE if getattr(found, name) == getattr(kept, name)}
    return replace(found, **same)


async def course_keys(tx: Transaction, reading: Row[Any]) -> Sequence[str]:
    """Every course that the site's roster has somebody in."""
    found = await tx.all(
        select(col(LmsRosterEnrolment.course_key))
        .distinct()
        .where(
            col(LmsRosterEnrolment.contract_id) == reading.contract_id,
            col(LmsRosterEnrolment.site_id) == reading.site_id,
        )
        .order_by(col(LmsRosterEnrolment.course_key))
    )
    return [row.course_key for row in found]


async def lay_down_users(tx: Transaction, reading: Row[Any], users: Iterable[FoundUser], *, now: datetime) -> None:
    """Lay accounts down; raises Superseded."""
    rows = [
        (reading.run_id, u.member_number, u.username, u.email, u.given_name, u.family_name, u.suspended) for u in users
    ]
    await _copy(tx, reading, USERS, USER_COLUMNS, rows, now=now)


async def lay_down_enrolments(
    tx: Transaction, reading: Row[Any], enrolments: Iterable[FoundEnrolment], *, now: datetime
) -> None:
    """Lay enrolments down; raises Superseded."""
    rows = [
        (reading.run_id, e.member_number, e.course_key, e.role, str(e.state), e.ends_at, e.dates_known)
        for e in enrolments
        if e.state != "ABSENT"
    ]
    await _copy(tx, reading, ENROLMENTS, ENROLMENT_COLUMNS, rows, now=now)


async def note_unread(
    tx: Transaction,
    reading: Row[Any],
    *,
    members: Iterable[tuple[str, str]] = (),
    courses: Iterable[tuple[str, str]] = (),
    now: datetime,
) -> None:
    """Note what could not be read, each with the reason; raises Superseded."""
    rows: list[tuple[object, ...]] = [(reading.run_id, number, None, why) for number, why in members]
    rows += [(reading.run_id, None, course, why) for course, why in courses]
    await _copy(tx, reading, UNREAD, UNREAD_COLUMNS, rows, now=now)


async def clear_away(tx: Transaction) -> int:
    """Clear away what no reading that goes on has laid down."""
    cleared = 0
    for table in (USERS, ENROLMENTS, UNREAD):
        still = f"select from {READINGS.name} r where r.status = 'READING' and r.run_id = laid.run_id"
        done = await tx.execute(text(f"delete from {table} laid where not exists ({still})"))  # noqa: S608
        cleared += done.rowcount
    return cleared


async def _copy(
    tx: Transaction,
    reading: Row[Any],
    table: str,
    columns: Sequence[str],
    rows: Sequence[tuple[object, ...]],
    *,
    now: datetime,
) -> None:
    await go_on(tx, READINGS, reading, now=now)
    await (await tx.raw()).copy_records_to_table(table, records=rows, columns=list(columns))
