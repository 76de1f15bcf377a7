"""Who has an account in the facility. Kolibri finds nobody by their number, so that all are read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, TypeAdapter

from services.lms_admin.adapters.kolibri.calling import Id
from services.lms_admin.adapters.port import FoundUser

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from services.lms_admin.adapters.kolibri.calling import Calling

USERS: Final = "/api/auth/facilityuser/"


@dataclass(frozen=True, slots=True)
class Person:
    """An account with what stays inside the adapter: its id."""

    id: str
    found: FoundUser


class Row(BaseModel):
    """An account as Kolibri tells it: with one name, and no e-mail address."""

    id: Id
    username: str
    full_name: str
    id_number: str
    is_superuser: bool
    roles: list[dict[str, Any]]

    @property
    def person(self) -> Person:
        """The same in the port's words."""
        found = FoundUser(
            member_number=self.id_number,
            username=self.username,
            email="",
            given_name=self.full_name,
            family_name="",
            protected=self.is_superuser or bool(self.roles),
        )
        return Person(self.id, found)


ROW: Final = TypeAdapter(Row)
ROWS: Final = TypeAdapter(list[Row])


async def people(calling: Calling) -> Sequence[Person]:
    """Everybody in the facility. Raises LmsUnavailable."""
    return await members_of(calling, (await calling.session()).facility_id)


async def members_of(calling: Calling, collection_id: str) -> Sequence[Person]:
    """Everybody in the facility, or in a class of it. Raises LmsUnavailable."""
    return [row.person for row in await calling.read(ROWS, USERS, member_of=collection_id)]


async def people_of(calling: Calling, ids: Iterable[str]) -> Mapping[str, Person]:
    """Those of some accounts that are there. Raises LmsUnavailable."""
    return {row.id: row.person for row in await calling.read(ROWS, USERS, by_ids=",".join(ids))}


def by_number(of: Iterable[Person]) -> Mapping[str, Sequence[Person]]:
    """Who carries which member number; who carries none is left out."""
    numbered: dict[str, list[Person]] = defaultdict(list)
    for person in of:
        if person.found.member_number:
            numbered[person.found.member_number].append(person)
    return numbered


def by_username(of: Iterable[Person]) -> Mapping[str, Person]:
    """Who has which username, without regard to capitals, as Kolibri compares them."""
    return {person.found.username.casefold(): person for person in of}
