"""Who acts: ids and names only, as the token and the membership said when the request began."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias
from uuid import UUID

if TYPE_CHECKING:
    from typing import Final

NOBODY: Final = UUID(int=0)
LOOK_UP: Final = "*"
"""Instead of the list of grants: every row asks the table of grants itself."""

ActorSettings: TypeAlias = tuple[str, str, str, str, str]


@dataclass(frozen=True)
class Actor:
    """One member acting for one organization; every service function and every statement has one.

    `subject` is the token's (issuer, sub): it stays when the bearer is no member yet, so that an
    invitation can be accepted. `standing` is all that was found of the subject when they were looked up, in one text,
    and `granted` what the member is granted by contract, as `app.granted` lists it; LOOK_UP when that is not known.
    """

    kind: str
    organization_id: UUID = NOBODY
    member_id: UUID = NOBODY
    person_id: UUID = NOBODY
    name: str = ""
    email: str = ""
    organization_name: str = ""
    roles: frozenset[str] = field(default_factory=frozenset)
    subject: tuple[str, str] | None = None
    standing: str = field(default="", compare=False, repr=False)
    granted: str = field(default=LOOK_UP, compare=False, repr=False)

    def has_role(self, *roles: str) -> bool:
        """Whether the actor holds at least one of `roles` in the organization they act for."""
        return not self.roles.isdisjoint(roles)

    @cached_property
    def settings(self) -> ActorSettings:
        """What row-level security reads: member, organization, kind and roles; grants are looked up row by row."""
        return (str(self.member_id), str(self.organization_id), self.kind, ",".join(sorted(self.roles)), LOOK_UP)

    @cached_property
    def remembered_settings(self) -> ActorSettings:
        """The same with the grants as they were; for a statement that makes sure that they still are, and no other."""
        return (*self.settings[:4], self.granted)

    @property
    def signature(self) -> dict[str, object]:
        """The columns that a row keeps of the person who acted, as they were at the act."""
        return {
            "member_id": self.member_id,
            "name": self.name,
            "email": self.email,
            "organization_id": self.organization_id,
            "organization_name": self.organization_name,
        }

    def signed(self, prefix: str) -> dict[str, object]:
        """The same columns where a row names them for the act: `recorded_by_member_id` and so on."""
        return {f"{prefix}_{column}": value for column, value in self.signature.items()}


ANONYMOUS: Final = Actor(kind="ANONYMOUS")
SYSTEM: Final = Actor(kind="SYSTEM", name="Chapterhouse")
"""The worker, acting on an agreed rule and for no person."""
