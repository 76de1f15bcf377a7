"""What a web service function is: a name, what it takes, and what it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from simulators.moodle.parameters import Spec
from simulators.moodle.records import Token, User
from simulators.moodle.refusals import no_permission
from simulators.moodle.site import Site


@dataclass(frozen=True, slots=True)
class Call:
    """Who calls, and where."""

    site: Site
    token: Token
    wwwroot: str

    @property
    def caller(self) -> User:
        """Whose token it is."""
        return self.site.users[self.token.user_id]

    def has(self, capability: str) -> bool:
        """Whether the caller has a capability."""
        return self.token.capabilities is None or capability in self.token.capabilities

    def require(self, capability: str) -> None:
        """Refuse whoever lacks a capability."""
        if not self.has(capability):
            raise no_permission(capability)


Does: TypeAlias = Callable[[Call, dict[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class Function:
    """What a function takes, and what it does."""

    takes: Spec
    does: Does


FUNCTIONS: dict[str, Function] = {}


def function(name: str, takes: Spec) -> Callable[[Does], Does]:
    """Make what follows the web service function of that name."""

    def declare(does: Does) -> Does:
        FUNCTIONS[name] = Function(takes, does)
        return does

    return declare
