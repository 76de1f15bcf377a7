"""Memberships of classes, which are enrolments: they are there or not, and have neither dates nor roles."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, TypeAdapter

from services.lms_admin.adapters.kolibri.calling import Id, Refused
from services.lms_admin.adapters.kolibri.courses import classrooms
from services.lms_admin.adapters.kolibri.people import by_number, members_of, people
from services.lms_admin.adapters.kolibri.sending_rows import sent
from services.lms_admin.adapters.kolibri.words import (
    DIFFERS,
    DUPLICATE_IDENTITY,
    NO_ACCOUNT,
    NO_COURSE,
    NO_DATES,
    NO_ROLE,
    NOT_SUSPENDED,
    PROTECTED,
    TWICE,
    lost,
)
from services.lms_admin.adapters.port import (
    EnrolmentState,
    FoundEnrolment,
    LmsUnavailable,
    Outcome,
    Result,
    Verification,
)
from services.lms_admin.adapters.sending import NoAnswer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection, Mapping, Sequence

    from services.lms_admin.adapters.kolibri.calling import Calling
    from services.lms_admin.adapters.kolibri.courses import Classroom
    from services.lms_admin.adapters.kolibri.people import Person
    from services.lms_admin.adapters.kolibri.sending_rows import Fates
    from services.lms_admin.adapters.port import Enrolment, ItemError

MEMBERSHIPS: Final = "/api/auth/membership/"
ROLE: Final = "student"


class Membership(BaseModel):
    """Somebody's membership of a class as Kolibri tells it."""

    id: Id
    user: Id
    collection: Id


_MEMBERSHIP: Final = TypeAdapter(Membership)
_MEMBERSHIPS: Final = TypeAdapter(list[Membership])
_NOTHING: Final = TypeAdapter(None)


@dataclass(frozen=True, slots=True)
class _Facility:
    """Who and what the rows of one call name."""

    numbered: Mapping[str, Sequence[Person]]
    named: Mapping[str, Classroom]

    def pair(self, enrolment: Enrolment) -> tuple[str, str]:
        """The ids of the account and the class that a row names."""
        return self.numbered[enrolment.member_number][0].id, self.named[enrolment.course_key].id


async def read_enrolments(calling: Calling, course_keys: Sequence[str]) -> AsyncIterator[Sequence[FoundEnrolment]]:
    """Read who is in classes, class by class; whoever has no member number cannot be named."""
    for name, classroom in (await classrooms(calling, course_keys)).items():
        yield [_found(number, name) for number in by_number(await members_of(calling, classroom.id))]


async def find_enrolments(
    calling: Calling, named: Sequence[tuple[str, str]]
) -> Mapping[tuple[str, str], FoundEnrolment]:
    """Find who of some is in which class."""
    facility = await _facility(calling, {number for number, _ in named}, {key for _, key in named})
    users = {person.id for number, _ in named for person in facility.numbered.get(number, ())}
    there = await _memberships(calling, users)
    return {
        (number, key): _found(number, key)
        for number, key in named
        if key in facility.named
        and any((person.id, facility.named[key].id) in there for person in facility.numbered.get(number, ()))
    }


async def apply_enrolments(calling: Calling, enrolments: Sequence[Enrolment]) -> Sequence[Result[FoundEnrolment]]:
    """Put people into classes and take them out, each as it is given."""
    numbers, keys = ({one.member_number for one in enrolments}, {one.course_key for one in enrolments})
    facility = await _facility(calling, numbers, keys)
    fates = _refused(facility, enrolments)
    pairs = {place: facility.pair(one) for place, one in enumerate(enrolments) if place not in fates}
    users = {user for user, _ in pairs.values()}
    before = await _memberships(calling, users)
    joining = {place for place, pair in pairs.items() if _wanted(enrolments[place]) and pair not in before}
    leaving = {place for place, pair in pairs.items() if not _wanted(enrolments[place]) and pair in before}
    losses = await _joined(calling, {place: pairs[place] for place in joining})
    losses |= await _left(calling, {place: before[pairs[place]].id for place in leaving}, untouched=not joining)
    after = await _memberships_after(calling, users) if joining or leaving else before
    for place, pair in pairs.items():
        fates[place] = _fate(
            enrolments[place], losses.get(place), was=pair in before, known=after is not None, now=pair in (after or ())
        )
    return [fates[place] for place in range(len(enrolments))]


def _refused(facility: _Facility, enrolments: Sequence[Enrolment]) -> dict[int, Result[FoundEnrolment]]:
    seen: set[tuple[str, str]] = set()
    errors = {}
    for place, one in enumerate(enrolments):
        named = (one.member_number, one.course_key)
        errors[place] = TWICE if named in seen else _why_not(facility, one)
        seen.add(named)
    return {place: Result(Outcome.REJECTED, error=error) for place, error in errors.items() if error is not None}


def _why_not(facility: _Facility, one: Enrolment) -> ItemError | None:  # noqa: PLR0911 - one for each reason
    there = facility.numbered.get(one.member_number, ())
    if not there:
        return NO_ACCOUNT
    if len(there) > 1:
        return DUPLICATE_IDENTITY
    if there[0].found.protected:
        return PROTECTED
    if one.course_key not in facility.named:
        return NO_COURSE
    if one.state is EnrolmentState.SUSPENDED:
        return NOT_SUSPENDED
    if one.state is EnrolmentState.ACTIVE and one.role != ROLE:
        return NO_ROLE
    if one.state is EnrolmentState.ACTIVE and (one.starts_at or one.ends_at):
        return NO_DATES
    return None


async def _joined(calling: Calling, pairs: Mapping[int, tuple[str, str]]) -> Fates:
    """Kolibri takes memberships together, all or none, and again without harm; refused, they are sent one at a time."""
    rows = {place: {"user": user, "collection": classroom} for place, (user, classroom) in pairs.items()}
    if not rows:
        return {}
    try:
        await calling.write(_MEMBERSHIPS, "POST", MEMBERSHIPS, list(rows.values()))
    except NoAnswer as loss:
        return dict.fromkeys(rows, Result[FoundEnrolment](Outcome.UNKNOWN, error=lost(loss)))
    except Refused:
        _, fates = await sent(rows, lambda row: calling.write(_MEMBERSHIP, "POST", MEMBERSHIPS, row))
        return fates
    return {}


async def _left(calling: Calling, memberships: Mapping[int, str], *, untouched: bool) -> Fates:
    """One at a time: a call that ends several ends all there are, should Kolibri not see which."""
    _, fates = await sent(
        memberships, lambda id_: calling.write(_NOTHING, "DELETE", f"{MEMBERSHIPS}{id_}/"), untouched=untouched
    )
    return fates


def _fate(
    one: Enrolment, lost: Result[FoundEnrolment] | None, *, was: bool, known: bool, now: bool
) -> Result[FoundEnrolment]:
    found = _found(one.member_number, one.course_key)
    before = found if was else None
    if not known:
        fate = lost or Result(Outcome.APPLIED if was != _wanted(one) else Outcome.ALREADY_SO)
        return replace(fate, before=before, after=found if _wanted(one) and lost is None else None)
    if lost is not None:
        fate = lost
    elif was == _wanted(one):
        fate = Result(Outcome.ALREADY_SO)
    elif now == _wanted(one):
        fate = Result(Outcome.APPLIED)
    else:
        fate = Result(Outcome.UNKNOWN, error=DIFFERS)
    return replace(fate, before=before, after=found if now else None, verification=Verification.READ_BACK)


def _wanted(one: Enrolment) -> bool:
    return one.state is EnrolmentState.ACTIVE


async def _facility(calling: Calling, numbers: Collection[str], keys: Collection[str]) -> _Facility:
    numbered = by_number(await people(calling))
    return _Facility(
        {number: numbered[number] for number in numbers if number in numbered}, await classrooms(calling, keys)
    )


async def _memberships(calling: Calling, users: Collection[str]) -> Mapping[tuple[str, str], Membership]:
    if not users:
        return {}
    rows = await calling.read(_MEMBERSHIPS, MEMBERSHIPS, user_ids=",".join(sorted(users)))
    return {(one.user, one.collection): one for one in rows}


async def _memberships_after(calling: Calling, users: Collection[str]) -> Mapping[tuple[str, str], Membership] | None:
    try:
        return await _memberships(calling, users)
    except LmsUnavailable:
        return None


def _found(member_number: str, course_key: str) -> FoundEnrolment:
    return FoundEnrolment(member_number, course_key, ROLE)
