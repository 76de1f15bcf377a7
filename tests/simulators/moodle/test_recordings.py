"""What a running Moodle answered, the double answers too: ids, instants and what is peculiar to that site aside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson

import simulators.moodle
from simulators.moodle.records import Course, Enrolment, Scorm, Token, Tracked, User
from simulators.moodle.site import ADMIN_TOKEN, RECORDED_HEADERS, Site
from tests.simulators.moodle.asking import asking

PAIRS: list[dict[str, Any]] = orjson.loads((Path(simulators.moodle.__file__).parent / "recordings.json").read_bytes())[
    "pairs"
]
TOKENS = {"bad_token": "no-such-token", "learner_no_capability": "a-learners-token"}
RECORDED_AT = 1795288444
"""When the recorded deletion took place: it stands in a username."""
PECULIAR = {"functions", "totalrowcount", "rows", "Time taking course"}
"""What the recorded site had more of, or what was cut down in the recording: compared by shape."""


def _as_recorded() -> Site:
    """The site as it was when the recordings begin: a course that one learner completed, and its template."""
    site = Site(clock=lambda: RECORDED_AT, report_headers=RECORDED_HEADERS)
    site.categories[2] = "Courses"
    site.add_course("TPL287623")
    site.add_user(User(3, "m2876230", "Mem", "Ber0", "m2876230@example.org", "AMS-287623-0"))
    done = Tracked(1, 1795287727, attempts=[(True, 92)])
    ethics = Scorm(1, 3, 2, "Ethics module", "a" * 40, "scorm-1", tracked={3: done})
    synced = Scorm(2, 4, 4, "Synced module", "b" * 40, "scorm-sync", counts=False)
    course = Course(3, "ETH287623", "Ethics", 2, has_criteria=True, completed={3: 1795287727}, scorms=[ethics, synced])
    course.enrolments[3] = Enrolment(3, (5,), timestart=1795287600)
    site.courses[3] = course
    site.ids, site.course_ids = iter(range(1140, 2000)), iter(range(4, 100))
    site.tokens["a-learners-token"] = Token(user_id=3, capabilities=frozenset())
    return site


async def test_every_recorded_pair_is_answered_as_recorded() -> None:
    async with asking(_as_recorded()) as asked:
        for pair in PAIRS:
            token = TOKENS.get(pair["name"], ADMIN_TOKEN)
            answer = await asked.send(pair["wsfunction"], pair["params"], token=token)
            assert answer.status_code == pair["http_status"], pair["name"]
            assert _differences(pair["body"], answer.json(), pair["name"]) == []
    assert len(PAIRS) == 27


def _differences(recorded: object, answered: object, path: str) -> list[str]:
    name = path.rpartition(".")[2]
    if isinstance(recorded, dict) and isinstance(answered, dict):
        missing = [f"{path}: {sorted(recorded.keys() ^ answered.keys())}"] if recorded.keys() != answered.keys() else []
        both = recorded.keys() & answered.keys()
        return missing + [
            line for key in sorted(both) for line in _differences(recorded[key], answered[key], f"{path}.{key}")
        ]
    if isinstance(recorded, list) and isinstance(answered, list):
        if name in PECULIAR:
            shapes = {orjson.dumps(_shape(one)) for one in answered}
            return [f"{path}: {one}" for one in recorded if orjson.dumps(_shape(one)) not in shapes]
        if len(recorded) != len(answered):
            return [f"{path}: {len(recorded)} recorded, {len(answered)} answered"]
        return [
            line
            for at, pair in enumerate(zip(recorded, answered, strict=True))
            for line in _differences(*pair, f"{path}.{at}")
        ]
    if name in PECULIAR:
        return [] if type(recorded) is type(answered) else [f"{path}: {recorded!r} recorded, {answered!r} answered"]
    return [] if recorded == answered else [f"{path}: {recorded!r} recorded, {answered!r} answered"]


def _shape(value: object) -> object:
    if isinstance(value, dict):
        return {key: _shape(one) for key, one in sorted(value.items())}
    if isinstance(value, list):
        return [_shape(one) for one in value]
    return type(value).__name__
