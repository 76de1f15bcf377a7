"""What is bound to a statement: each parameter knows how to find its value in a request."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sqlalchemy import (
    ARRAY,
    BindParameter,
    Boolean,
    Date,
    DateTime,
    Double,
    Integer,
    Numeric,
    Text,
    Uuid,
    bindparam,
)
from sqlalchemy.types import TypeEngine

from api.reading.errors import BadUserInputError
from api.reading.roots import Reader, Viewer

SQL_TYPES: Mapping[str, TypeEngine[Any]] = {
    "Boolean": Boolean(),
    "Date": Date(),
    "DateTime": DateTime(timezone=True),
    "Decimal": Numeric(),
    "Float": Double(),
    "Int": Integer(),
    "Percent": Numeric(),
}
"""How a scalar of the API is bound; every other one is text."""


@dataclass
class Request:
    """What the values of one run of a plan are taken from."""

    variables: Mapping[str, Any]
    viewer: Viewer
    payload: object = None
    memo: dict[object, Any] = field(default_factory=dict)
    """What several parameters share, such as a cursor that was read once."""


Find: TypeAlias = Callable[[Request], Any]


class Parameters:
    """The parameters of one statement, by the names they have in it."""

    def __init__(self, kind: str) -> None:
        """Begin with what a reader of this `kind` binds."""
        self.find: dict[str, Find] = {}
        self.reader = Reader(
            kind=kind,
            organization_id=self.add(lambda request: request.viewer.organization_id, Uuid()),
            member_id=self.add(lambda request: request.viewer.member_id, Uuid()),
            person_id=self.add(lambda request: request.viewer.person_id, Uuid()),
            roles=self.add(lambda request: sorted(request.viewer.roles), ARRAY(Text())),
        )

    def add(self, find: Find, type_: TypeEngine[Any]) -> BindParameter[Any]:
        """Make a parameter of this SQL type whose value `find` finds."""
        # the name must not be one that SQLAlchemy gives to a constant
        name = f"p{len(self.find)}"
        self.find[name] = find
        return bindparam(name, type_=type_)

    def finders(self, names: list[str], constants: Mapping[str, Any]) -> list[Find]:
        """Say, for the parameters in the order of a compiled statement, where each value comes from."""
        return [self.find.get(name) or _constant(constants[name]) for name in names]

    def unused(self, names: list[str]) -> list[Find]:
        """Say the same for the values that the statement does not need: what is wrong with them is told still."""
        return [find for name, find in self.find.items() if name not in names]


def _constant(value: object) -> Find:
    bound = getattr(value, "name", value)
    return lambda _: bound


def text(value: object, argument: str) -> object:
    """Let a text through; PostgreSQL takes neither NUL nor half of a surrogate pair."""
    if isinstance(value, str) and ("\x00" in value or any("\ud800" <= character <= "\udfff" for character in value)):
        raise BadUserInputError(f"{argument} contains a character that cannot be stored.")
    return value
