"""Enrolments as a CSV file: one row for each member and course.

Columns: member_number, course (the course's key), and, if wanted, role (student unless given), starts_on and ends_on:
days in the association's time zone, both included.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from services.lms_admin.plans.faults import FaultCode
from services.lms_admin.plans.roster_csv import MEMBER_NUMBER, note_member_number
from services.lms_admin.plans.table import Column, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from services.lms_admin.plans.faults import RowFaults

COLUMNS: Final = {
    "member_number": MEMBER_NUMBER,
    "course": Column(("course_key", "course_id"), 100),
    "role": Column((), 50, required=False),
    "starts_on": Column(("starts", "start_date"), 10, required=False),
    "ends_on": Column(("ends", "end_date"), 10, required=False),
}
STUDENT: Final = "student"


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody's part in a course, as a file or a list names it."""

    row: int
    member_number: str
    course_key: str
    role: str = STUDENT
    starts_on: date | None = None
    ends_on: date | None = None


def parts_of(content: bytes, faults: RowFaults) -> Iterator[Part]:
    """Yield the enrolments whose rows are sound, and note what is wrong with the others.

    Refuses what `rows_of` refuses.
    """
    seen: dict[tuple[str, str], int] = {}
    for number, row in rows_of(content, COLUMNS, faults):
        before = faults.count
        note_member_number(number, row["member_number"], faults)
        starts_on, ends_on = (_day(number, name, row[name], faults) for name in ("starts_on", "ends_on"))
        if starts_on and ends_on and ends_on < starts_on:
            faults.note(number, "ends_on", FaultCode.MALFORMED, "it ends before it starts")
        first = seen.setdefault((row["member_number"].lower(), row["course"]), number)
        if first != number:
            message = f"row {first} names the same member and course"
            faults.note(number, "member_number", FaultCode.DUPLICATE, message)
        if faults.count == before:
            role = row["role"].lower() or STUDENT
            yield Part(number, row["member_number"], row["course"], role, starts_on, ends_on)


def _day(number: int, name: str, text: str, faults: RowFaults) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    # Python takes other forms too, such as days of weeks
    if day is None or day.isoformat() != text:
        faults.note(number, name, FaultCode.MALFORMED, "a day is written like 2026-01-31")
    return day
