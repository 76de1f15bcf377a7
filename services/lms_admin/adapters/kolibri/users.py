"""Making accounts as they are given: looked at, sent one at a time, read back."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, TypeAdapter

from services.lms_admin.adapters.kolibri.people import ROW, USERS, by_number, by_username, people, people_of
from services.lms_admin.adapters.kolibri.sending_rows import sent
from services.lms_admin.adapters.kolibri.words import (
    DIFFERS,
    DUPLICATE_IDENTITY,
    NAME_NOT_TAKEN,
    NOT_SUSPENDED,
    NOT_THERE,
    PROTECTED,
    TWICE,
    USERNAME_TAKEN,
)
from services.lms_admin.adapters.port import FoundUser, LmsUnavailable, Outcome, Result, User, Verification

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from services.lms_admin.adapters.kolibri.calling import Calling
    from services.lms_admin.adapters.kolibri.people import Person
    from services.lms_admin.adapters.port import ItemError

FACILITIES: Final = "/api/auth/facility/"
NO_PASSWORD: Final = "NOT_SPECIFIED"  # noqa: S105  (Kolibri's word for an account that has none)


class _Dataset(BaseModel):
    learner_can_login_with_no_password: bool


class _Facility(BaseModel):
    dataset: _Dataset


_FACILITY: Final = TypeAdapter(_Facility)


async def upsert_users(calling: Calling, users: Sequence[User]) -> Sequence[Result[FoundUser]]:
    """Create and update accounts, each as it is given."""
    before, fates = _looked_at(await people(calling), users)
    waiting = {place: user for place, user in enumerate(users) if place not in fates}
    without_password = any(place not in before for place in waiting) and await _without_password(calling)
    session = await calling.session()

    async def send(row: tuple[str | None, User]) -> Person:
        id_, user = row
        fields: dict[str, Any] = {"username": user.username, "full_name": _full_name(user)}
        if id_ is None:
            fields |= {"id_number": user.member_number, "facility": session.facility_id}
            fields["password"] = NO_PASSWORD if without_password else secrets.token_urlsafe(24)
            return (await calling.write(ROW, "POST", USERS, fields)).person
        return (await calling.write(ROW, "PATCH", f"{USERS}{id_}/", fields)).person

    rows = {place: (before[place].id if place in before else None, user) for place, user in waiting.items()}
    taken, not_taken = await sent(rows, send)
    results = fates | not_taken | await _read_back(calling, {place: users[place] for place in taken}, taken)
    return [
        replace(results[place], before=before[place].found if place in before else None) for place in range(len(users))
    ]


def as_kept(user: User) -> User:
    """An account as Kolibri would show it, had it been made as it is given: with one name, and no e-mail address."""
    return User(user.member_number, user.username, "", _full_name(user), "", suspended=user.suspended)


def _looked_at(
    everybody: Sequence[Person], users: Sequence[User]
) -> tuple[dict[int, Person], dict[int, Result[FoundUser]]]:
    """Who is there already, by their place, and what needs not be sent to be known."""
    numbered, named = by_number(everybody), by_username(everybody)
    before: dict[int, Person] = {}
    fates: dict[int, Result[FoundUser]] = {}
    numbers: set[str] = set()
    usernames: set[str] = set()
    for place, user in enumerate(users):
        there = numbered.get(user.member_number, ())
        if len(there) == 1:
            before[place] = there[0]
        error = _why_not(user, there, named.get(user.username.casefold()))
        if user.member_number in numbers or user.username.casefold() in usernames:
            error = TWICE
        numbers.add(user.member_number)
        usernames.add(user.username.casefold())
        if error is not None:
            found = before[place].found if place in before else None
            fates[place] = Result(Outcome.REJECTED, after=found, error=error, verification=Verification.READ_BACK)
        elif place in before and _same(before[place].found, user):
            fates[place] = Result(Outcome.ALREADY_SO, after=before[place].found, verification=Verification.READ_BACK)
    return before, fates


def _why_not(user: User, there: Sequence[Person], namesake: Person | None) -> ItemError | None:
    if len(there) > 1:
        return DUPLICATE_IDENTITY
    if there and there[0].found.protected:
        return PROTECTED
    if user.suspended:
        return NOT_SUSPENDED
    if not _full_name(user):
        return NAME_NOT_TAKEN
    if namesake is not None and namesake not in there:
        return USERNAME_TAKEN
    return None


async def _without_password(calling: Calling) -> bool:
    """Whether learners sign in by their username alone; elsewhere somebody sets their first password."""
    session = await calling.session()
    facility = await calling.read(_FACILITY, f"{FACILITIES}{session.facility_id}/")
    return facility.dataset.learner_can_login_with_no_password


async def _read_back(
    calling: Calling, users: Mapping[int, User], taken: Mapping[int, Person]
) -> dict[int, Result[FoundUser]]:
    if not taken:
        return {}
    try:
        there = await people_of(calling, (person.id for person in taken.values()))
    except LmsUnavailable:
        return {place: Result(Outcome.APPLIED, after=person.found) for place, person in taken.items()}
    return {place: _judged(users[place], there.get(person.id)) for place, person in taken.items()}


def _judged(user: User, person: Person | None) -> Result[FoundUser]:
    found = person.found if person else None
    if found is None:
        return Result(Outcome.UNKNOWN, error=NOT_THERE, verification=Verification.READ_BACK)
    if not _same(found, user):
        return Result(Outcome.UNKNOWN, after=found, error=DIFFERS, verification=Verification.READ_BACK)
    return Result(Outcome.APPLIED, after=found, verification=Verification.READ_BACK)


def _same(found: FoundUser, user: User) -> bool:
    return found == FoundUser(
        user.member_number, user.username, "", _full_name(user), "", suspended=user.suspended, protected=found.protected
    )


def _full_name(user: User) -> str:
    return f"{user.given_name} {user.family_name}".strip()
