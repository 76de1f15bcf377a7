"""A file of enrolments: who, which course, from which day to which."""

from __future__ import annotations

from datetime import date

import pytest

from services.lms_admin.plans.enrolment_csv import Part, parts_of
from services.lms_admin.plans.faults import RowFaults

HEADER = "Member number,Course,Role,Starts on,Ends on\n"


def read(rows: str) -> tuple[list[Part], list[tuple[int, str | None, str]]]:
    faults = RowFaults()
    parts = list(parts_of((HEADER + rows).encode(), faults))
    return parts, [(fault.row, fault.field, fault.code.value) for fault in faults.kept]


def test_a_role_and_days_need_not_be_given() -> None:
    assert read("M-1, ETH-1 ,,,\nM-1,ETH-2,Teacher,2026-01-01,2026-06-30\n") == (
        [
            Part(2, "M-1", "ETH-1", "student"),
            Part(3, "M-1", "ETH-2", "teacher", date(2026, 1, 1), date(2026, 6, 30)),
        ],
        [],
    )


@pytest.mark.parametrize(
    ("row", "field", "code"),
    [
        ("M-1,,,,", "course", "BLANK"),
        ("M-1,ETH-1,,31.1.2026,", "starts_on", "MALFORMED"),
        ("M-1,ETH-1,,2026-02-30,", "starts_on", "MALFORMED"),
        ("M-1,ETH-1,,,2026-W05-6", "ends_on", "MALFORMED"),
        ("M-1,ETH-1,,2026-02-02,2026-02-01", "ends_on", "MALFORMED"),
        ("m-2,ETH-1,,,", "member_number", "DUPLICATE"),
    ],
)
def test_a_fault_names_its_row_and_field(row: str, field: str, code: str) -> None:
    assert read(f"M-2,ETH-1,,,\n{row}\n") == ([Part(2, "M-2", "ETH-1")], [(3, field, code)])
