"""How far everybody is in a class: in its lessons and quizzes, as Kolibri tells the class's coach.

Kolibri tells that something was completed and when it was last worked at, not when it was completed.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, TypeAdapter

from services.lms_admin.adapters.kolibri.calling import Id
from services.lms_admin.adapters.kolibri.courses import classrooms
from services.lms_admin.adapters.kolibri.people import members_of
from services.lms_admin.adapters.port import Completion, CompletionState

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence

    from services.lms_admin.adapters.kolibri.calling import Calling

SUMMARY: Final = "/coach/api/classsummary/"
COMPLETED: Final = "Completed"
NOTHING_ASSIGNED: Final = "no lesson and no quiz of the class is assigned to them"
NO_CONTENT: Final = "something that is assigned to them is not on this Kolibri"


class _Assigned(BaseModel):
    id: str | int
    """A number is that of a draft, which nobody has been given."""
    active: bool = False
    assignments: list[Id]
    learner_ids: list[Id]


class _Lesson(_Assigned):
    node_ids: list[Id]


class _Group(BaseModel):
    id: Id
    member_ids: list[Id]


class _Content(BaseModel):
    node_id: Id
    content_id: Id


class _Status(BaseModel):
    learner_id: Id
    status: str
    last_activity: datetime | None


class _OfContent(_Status):
    content_id: Id


class _OfQuiz(_Status):
    exam_id: str


class _Summary(BaseModel):
    id: Id
    lessons: list[_Lesson]
    exams: list[_Assigned]
    groups: list[_Group]
    content: list[_Content]
    content_learner_status: list[_OfContent]
    exam_learner_status: list[_OfQuiz]

    def assigned_to(self, learner_id: str) -> Iterator[str | None]:
        """The contents and quizzes that are assigned to somebody; None stands for a content that is not there."""
        groups = {self.id, *(group.id for group in self.groups if learner_id in group.member_ids)}
        contents = {content.node_id: content.content_id for content in self.content}
        for one in [*self.lessons, *self.exams]:
            if one.active and (learner_id in one.learner_ids or groups & set(one.assignments)):
                yield from (contents.get(node) for node in one.node_ids) if isinstance(one, _Lesson) else [str(one.id)]

    def statuses_of(self, learner_id: str) -> dict[str, _Status]:
        """How far somebody is, by content and by quiz."""
        contents: dict[str, _Status] = {
            one.content_id: one for one in self.content_learner_status if one.learner_id == learner_id
        }
        return contents | {one.exam_id: one for one in self.exam_learner_status if one.learner_id == learner_id}


_SUMMARY: Final = TypeAdapter(_Summary)


async def read_completions(calling: Calling, course_keys: Sequence[str]) -> AsyncIterator[Sequence[Completion]]:
    """Read how far everybody is, class by class."""
    for name, classroom in (await classrooms(calling, course_keys)).items():
        summary = await calling.read(_SUMMARY, f"{SUMMARY}{classroom.id}/")
        members = await members_of(calling, classroom.id)
        yield [_completion(summary, person.id, person.found.member_number, name) for person in members]


def _completion(summary: _Summary, learner_id: str, member_number: str, course_key: str) -> Completion:
    assigned = set(summary.assigned_to(learner_id))
    statuses = summary.statuses_of(learner_id)
    state, reason = CompletionState.INCOMPLETE, None
    if not assigned or None in assigned:
        state, reason = CompletionState.NOT_MEASURABLE, NO_CONTENT if assigned else NOTHING_ASSIGNED
    elif all(key in statuses and statuses[key].status == COMPLETED for key in assigned if key):
        state = CompletionState.COMPLETE
    worked = [one.last_activity for key, one in statuses.items() if key in assigned and one.last_activity]
    return Completion(member_number, course_key, state, last_active_at=max(worked, default=None), reason=reason)
