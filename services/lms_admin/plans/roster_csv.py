"""A roster as a CSV file: one row for each member, told apart by member number.

Columns, in any order and in upper or lower case: member_number, email, given_name (or first_name), family_name (or
last_name), and, if wanted, username and status (active or suspended). Without a username an account keeps the one it
has, and an account that has to be made is named like its member number in lower case. Without a status a member who is
listed keeps the one they have in a DELTA, and is active in a FULL roster.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from services.identity.naming import check_email
from services.lms_admin.plans.faults import FaultCode
from services.lms_admin.plans.table import Column, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from services.lms_admin.plans.faults import RowFaults

LONGEST_NUMBER: Final = 100
MEMBER_NUMBER: Final = Column(("member_no", "membernumber", "member_id"), LONGEST_NUMBER)
COLUMNS: Final = {
    "member_number": MEMBER_NUMBER,
    "email": Column(("e_mail", "email_address"), 100),
    "given_name": Column(("first_name", "firstname"), 100),
    "family_name": Column(("last_name", "lastname", "surname"), 100),
    "username": Column(("user_name",), 100, required=False),
    "status": Column((), 20, required=False),
}
"""Lengths are what every system takes."""

UNIQUE: Final = ("member_number", "username", "email")
SUSPENDED: Final = {"": None, "active": False, "suspended": True}


@dataclass(frozen=True, slots=True)
class Member:
    """A row of a roster; None is what the file does not say."""

    row: int
    member_number: str
    email: str
    given_name: str
    family_name: str
    username: str | None = None
    suspended: bool | None = None


def members_of(content: bytes, faults: RowFaults) -> Iterator[Member]:
    """Yield the members of a roster whose rows are sound, and note what is wrong with the others.

    Refuses what `rows_of` refuses.
    """
    seen: dict[str, dict[str, int]] = {column: {} for column in UNIQUE}
    for number, row in rows_of(content, COLUMNS, faults):
        before = faults.count
        row["email"], row["username"], status = row["email"].lower(), row["username"].lower(), row["status"].lower()
        _note_malformed(number, row, status, faults)
        _note_duplicates(number, row, seen, faults)
        if faults.count == before:
            yield Member(
                number,
                row["member_number"],
                row["email"],
                row["given_name"],
                row["family_name"],
                row["username"] or None,
                SUSPENDED[status],
            )


def note_member_number(number: int, member_number: str, faults: RowFaults) -> None:
    """Note a member number that no one can have."""
    if " " in member_number:
        faults.note(number, "member_number", FaultCode.MALFORMED, "a member number has no blanks in it")


def _note_malformed(number: int, row: dict[str, str], status: str, faults: RowFaults) -> None:
    note_member_number(number, row["member_number"], faults)
    if any(check_email(row["email"])):
        message = "an e-mail address looks like name@organization.example"
        faults.note(number, "email", FaultCode.MALFORMED, message)
    if " " in row["username"]:
        faults.note(number, "username", FaultCode.MALFORMED, "a username has no blanks in it")
    if status not in SUSPENDED:
        faults.note(number, "status", FaultCode.MALFORMED, "a status is active or suspended")


def _note_duplicates(number: int, row: dict[str, str], seen: dict[str, dict[str, int]], faults: RowFaults) -> None:
    for column in UNIQUE:
        if value := row[column].lower():
            first = seen[column].setdefault(value, number)
            if first != number:
                message = f"row {first} has the same {column.replace('_', ' ')}"
                faults.note(number, column, FaultCode.DUPLICATE, message)
