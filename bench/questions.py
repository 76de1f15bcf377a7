"""What is asked: for each work a list of questions that differ as real ones do, the same for every peer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bench.peer import BROWSE, CONTRACT, NODE, SEARCH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bench.peer import Question
    from bench.place import Server

PAGE: Final = 20
CATEGORIES: Final = """HOSTING LMS_ADMINISTRATION HELP_DESK CONTENT_MANAGEMENT PROJECT_MANAGEMENT
SUBJECT_MATTER_EXPERTISE LIVE_TRAINING""".split()
LANGUAGES: Final = ("en", "es", "fr", "de")

MISSPELT: Final = (
    "help desk for dental hygenists",
    "lms adminstration for actuaries",
    "webinar producton for midwifes",
    "exam day suport for welders",
    "job task anlysis for sonographers",
    "managed mooodle hosting",
    "acessibility remediation for librarians",
    "standard seting panel",
    "question bank upkep for paramedics",
    "curiculum review for notaries",
    "learner suport line for court interpretors",
    "certification preperation for crane operators",
    "virtual clasroom facilitation for toxicologists",
    "speeker coaching for urban planners",
    "transcript adminstration for pharmacists",
    "course conversion for veterinarans",
    "lms migraton office for geologists",
    "competency framwork design for roofers",
    "cohort adminstration for arborists",
    "workshop delivary for harbour pilots",
    "Heron Lake Learnng",
    "Granite Cove Credentialing",
    "Junper Hill Academy Services",
    "Willow Crosing Course Works",
    "Prarie Meadow Outsourcing",
)
"""One letter wrong in most of them, as people type: a service, a service for somebody, a vendor."""


async def questions(server: Server, database: str) -> Mapping[str, Sequence[Question]]:
    """What is asked of one database; the contracts that the reader is granted, the largest first."""
    contracts = await server.query(
        "select c.id from contract c join contract_line l on l.contract_id = c.id group by c.id "
        "order by sum(l.recorded_quantity) desc",
        database=database,
    )
    records = await server.query(
        f"select contract_id, id from work_record where contract_id = '{contracts[0]['id']}' "  # noqa: S608 - a row id
        "order by hashtextextended(id::text, 0) limit 100",
        database=database,
    )
    browse: list[dict[str, Any]] = [
        {"category": category, "language": language, "first": PAGE} for category in CATEGORIES for language in LANGUAGES
    ]
    return {
        BROWSE: browse,
        CONTRACT: [{"contract_id": str(row["id"])} for row in contracts],
        NODE: [{"contract_id": str(row["contract_id"]), "id": str(row["id"])} for row in records],
        SEARCH: [{"words": words, "first": PAGE} for words in MISSPELT],
    }
