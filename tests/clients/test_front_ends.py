"""Front ends in TypeScript, on what graphql-codegen and Relay's compiler make of the schema and their operations."""

from __future__ import annotations

import pytest

from tests.clients.conftest import Market
from tests.clients.tools import Workshop, read
from tests.served import served

GENERATED = "generated/graphql.ts"
MANIFESTS = "generated/persisted-documents.json,relay/persisted.json"

ON_CODEGEN = {
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
ON_RELAY = {
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


@pytest.fixture(scope="module")
def built(workshop: Workshop) -> Workshop:
    """The programs, compiled: the tools take the schema and the operations, and the types hold."""
    workshop.tool("graphql-codegen", "--config", "codegen.yml")
    workshop.tool("relay-compiler", "relay.config.json")
    workshop.tool("tsc")
    return workshop


def test_a_day_of_a_front_end_on_what_codegen_made(built: Workshop, market: Market) -> None:
    said = read(built.node("built/typescript/day.js", market.seen_by("association.owner")))
    assert said == ON_CODEGEN


def test_a_day_of_a_front_end_on_relay(built: Workshop, market: Market) -> None:
    said = read(built.node("built/relay/day.js", market.seen_by("association.owner")))
    assert said == ON_RELAY


def test_the_server_itself_tells_the_same_schema(built: Workshop, market: Market) -> None:
    made = built.folder / GENERATED
    from_file = made.read_text()
    made.unlink()
    built.tool("graphql-codegen", "--config", "codegen.yml", SCHEMA=market.url)
    assert made.read_text() == from_file


def test_both_are_served_by_the_ids_of_their_documents_where_nothing_else_is(built: Workshop, market: Market) -> None:
    manifests = ",".join(str(built.folder / manifest) for manifest in MANIFESTS.split(","))
    trusting = {"TRUSTED_DOCUMENTS": manifests, "ONLY_TRUSTED_DOCUMENTS": "true"}
    with served(market.database, market.folder, PUBLIC_URL=market.world.settings.public_url, **trusting) as url:
        by_id = market.seen_by("association.owner", url=f"{url}/graphql", sends="documentId")
        assert read(built.node("built/typescript/day.js", by_id)) == ON_CODEGEN
        assert read(built.node("built/relay/day.js", by_id)) == ON_RELAY
        with pytest.raises(AssertionError, match="DOCUMENT_NOT_TRUSTED"):
            built.node("built/typescript/day.js", market.seen_by("association.owner", url=f"{url}/graphql"))
