"""A front end in TypeScript, with what graphql-codegen makes of the schema and of its operations."""

from __future__ import annotations

import pytest

from tests.clients.conftest import Market
from tests.clients.tools import Workshop, read


@pytest.fixture(scope="module")
def generated(workshop: Workshop) -> Workshop:
    workshop.tool("graphql-codegen", "--config", "codegen.yml")
    return workshop


def test_the_types_hold_and_so_do_the_answers(generated: Workshop, market: Market) -> None:
    generated.tool("tsc", "--project", "typescript")
    said = read(generated.node("built/typescript/day.js", market.seen_by("association.owner")))
    assert said == {
        "offerings": [
            "Course catalog care: 165.00 USD, 36.50 USD, 72.00 USD",
            "Instructor-led certification preparation: 895.00 USD, 34.00 USD, 88.00 USD",
            "LMS migration project office: 780.00 USD, 84.00 USD, 7400.00 USD",
            "Managed LMS administration: 52.00 USD, 6.50 USD, 4000.00 USD",
            "Member help desk around the clock: 6.25 USD, 9.75 USD, 5200.00 USD, 44.00 USD",
        ],
        "contract": {
            "title": "LMS administration",
            "status": "ACTIVE",
            "remaining": ["admin: 466", "tickets: 5900", "cutover: 0", "roster: nothing to burn"],
            "records": ["4", "4"],
            "more": True,
        },
        "invoice": ["ISSUED", "5170.00 USD", "3690.00 USD"],
        "review": {"waiting": 0, "submission": None, "refusals": [["FORBIDDEN", None]]},
    }


def test_the_schema_is_the_same_from_the_server_itself(generated: Workshop, market: Market) -> None:
    made = generated.folder / "generated" / "graphql.ts"
    from_file = made.read_text()
    made.unlink()
    generated.tool("graphql-codegen", "--config", "codegen.yml", SCHEMA=market.url)
    assert made.read_text() == from_file
