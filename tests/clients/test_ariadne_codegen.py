"""A system in Python, with what ariadne-codegen makes of the schema and of its operations."""

from __future__ import annotations

import sys

from tests.clients.conftest import Market
from tests.clients.tools import ARIADNE, Workshop, read


def test_the_types_hold_and_so_do_the_answers(workshop: Workshop, market: Market) -> None:
    workshop.run(str(ARIADNE / "ariadne-codegen"), within="ariadne")
    python = str(ARIADNE / "python")
    workshop.run(sys.executable, "-m", "mypy", "--python-executable", python, "day.py", within="ariadne")
    said = read(workshop.run(python, "ariadne/day.py", market.seen_by("vendor.owner")))
    assert said == {
        "offerings": [
            "Course catalog care: 165.50 COURSE",
            "Instructor-led certification preparation: 895.50 SESSION",
            "LMS migration project office: 7400.50 LUMP_SUM",
            "Managed LMS administration: 4000.50 LUMP_SUM",
            "Member help desk around the clock: 5200.50 MONTH",
        ],
        "contract": {
            "term": "01 January to 31 December",
            "disclosure": "FULL",
            "remaining": "62582.00",
            "records": ["4", "4"],
        },
        "found": "Contract LMS administration",
        "draft": {"status": "DRAFT", "refusals": [["INVALID_AMOUNT", "rateCard.0.unitPrice.amount"]]},
        "refused": True,
    }
