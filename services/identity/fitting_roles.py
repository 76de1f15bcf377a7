"""Which roles there are in an organization of each kind, and which of them a machine may hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import DomainError
from services.identity.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Final


class NoRole(DomainError):
    """A member without any role could do nothing."""


class RoleNotForOrganization(DomainError):
    """There is no such role in an organization of this kind, or a machine may not hold it."""


EVERYWHERE: Final = frozenset({Role.OWNER, Role.AUDITOR})
PARTIES: Final = EVERYWHERE | {Role.SIGNATORY, Role.FINANCE, Role.LMS_ADMINISTRATOR}

FITTING: Final = {
    "ASSOCIATION": PARTIES | {Role.PROCUREMENT, Role.ACCEPTOR},
    "VENDOR": PARTIES | {Role.CATALOG_MANAGER, Role.DELIVERY},
    "OPERATOR": EVERYWHERE | {Role.BILLING_ADMIN},
}

FOR_PEOPLE_ONLY: Final = frozenset({Role.OWNER, Role.SIGNATORY, Role.ACCEPTOR})
"""A machine neither owns an account, nor signs, nor says that work was good."""


def check_roles(roles: Sequence[str], *, kind: str, machine: bool = False) -> Iterator[DomainError]:
    """Yield what is wrong with the roles of a person, or a machine, in an organization of this kind."""
    allowed = FITTING[kind] - FOR_PEOPLE_ONLY if machine else FITTING[kind]
    if not roles:
        yield NoRole("name at least one role", field="roles")
    for at, role in enumerate(roles):
        if role not in allowed:
            whose = f"an API key of {_a(kind)}" if machine else f"a member of {_a(kind)}"
            message = f"{whose} cannot be {role}, only {', '.join(sorted(allowed))}"
            yield RoleNotForOrganization(message, field=f"roles.{at}")


def in_order(roles: Sequence[str]) -> list[str]:
    """Write roles down in a fixed order, each once."""
    return sorted({str(role) for role in roles})


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "AO" else f"a {kind}"
