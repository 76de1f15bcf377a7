"""A front end on Relay: its compiler takes the schema and the screens, its runtime and store take the answers."""

from __future__ import annotations

from tests.clients.conftest import Market
from tests.clients.tools import Workshop, read


def test_the_compiler_the_types_and_the_store(workshop: Workshop, market: Market) -> None:
    workshop.tool("relay-compiler", "relay.config.json")
    workshop.tool("tsc", "--project", "relay")
    said = read(workshop.node("built/relay/day.js", market.seen_by("association.owner")))
    assert said == {
        "browse": {
            "pages": [2, 4, 5],
            "total": 5,
            "cards": [
                "Course catalog care: 165.00/COURSE, 36.50/HOUR, 72.00/HOUR",
                "Instructor-led certification preparation: 895.00/SESSION, 34.00/LEARNER, 88.00/HOUR",
                "LMS migration project office: 780.00/DAY, 84.00/HOUR, 7400.00/LUMP_SUM",
                "Managed LMS administration: 52.00/HOUR, 6.50/TICKET, 4000.00/LUMP_SUM",
                "Member help desk around the clock: 6.25/TICKET, 9.75/TICKET, 5200.00/MONTH, 44.00/HOUR",
            ],
        },
        "contract": {"title": "LMS administration", "records": [2, 3], "obligations": [3, 6], "inOrder": True},
        "refetched": True,
        "review": [None, [["FORBIDDEN", None]]],
        "invoice": ["5170.00", True, "28.63"],
    }
