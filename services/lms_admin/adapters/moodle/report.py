"""The saved report of enrolments, with dates, that a site's administrator makes for us: one page after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from services.lms_admin.adapters.moodle.calling import Refused
from services.lms_admin.adapters.moodle.dates import instant
from services.lms_admin.adapters.port import Condition, LmsUnavailable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence
    from datetime import datetime

    from services.lms_admin.adapters.moodle.site import Site

PAGE_ROWS: Final = 1000
_FIRST_ROWS: Final = 10
MANUAL: Final = "Manual enrolments"
_NEEDED: Final = ("ID number", "Method", "Status", "Time created", "Time started", "Time ended", "Course short name")
_STATES: Final = {"Active": True, "Not current": True, "Suspended": False}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the report; `completed` is None where the report does not tell.

    Moodle tells of an enrolment without a start that it started when it was made.
    """

    member_number: str
    course_key: str
    method: str
    active: bool
    enrolled_at: datetime | None
    starts_at: datetime | None
    ends_at: datetime | None
    completed: bool | None
    completed_at: datetime | None


async def report_rows(site: Site) -> int:
    """How many rows the report has, once its first ones could be read. Raises LmsUnavailable."""
    data = await _page(site, 0, _FIRST_ROWS)
    _rows(data)
    return int(data["totalrowcount"])


async def report_pages(site: Site) -> AsyncIterator[Sequence[Row]]:
    """Read the report's rows that name somebody by member number. Raises LmsUnavailable."""
    read, page = 0, 0
    while True:
        data = await _page(site, page, PAGE_ROWS)
        yield _rows(data)
        read, page = read + len(data["rows"]), page + 1
        if not data["rows"] or read >= data["totalrowcount"]:
            return


def _rows(data: Mapping[str, Any]) -> Sequence[Row]:
    places = {name: at for at, name in enumerate(data["headers"])}
    missing = [name for name in _NEEDED if name not in places]
    if missing:
        raise LmsUnavailable(Condition.MISCONFIGURED, f"the report has no column {missing[0]}")
    return [_row(line["columns"], places) for line in data["rows"] if line["columns"][places["ID number"]]]


async def _page(site: Site, page: int, size: int) -> Any:  # noqa: ANN401 - as Moodle has it
    try:
        answer = await site.calling.ask(
            "core_reportbuilder_retrieve_report", reportid=site.roster_report_id, page=page, perpage=size
        )
    except Refused:
        raise LmsUnavailable(
            Condition.MISCONFIGURED, f"there is no report {site.roster_report_id} that the token's owner may read"
        ) from None
    return answer["data"]


def _row(columns: Sequence[str | None], places: dict[str, int]) -> Row:
    def told(name: str) -> str | None:
        return columns[places[name]] if name in places else None

    state = _STATES.get(told("Status") or "")
    if state is None:
        raise LmsUnavailable(Condition.MISCONFIGURED, "the report's states are not English")
    created, started = told("Time created"), told("Time started")
    return Row(
        member_number=told("ID number") or "",
        course_key=told("Course short name") or "",
        method=told("Method") or "",
        active=state,
        enrolled_at=instant(started),
        starts_at=None if started == created else instant(started),
        ends_at=instant(told("Time ended")),
        completed={"Yes": True, "No": False}.get(told("Completed") or ""),
        completed_at=instant(told("Time completed")),
    )
