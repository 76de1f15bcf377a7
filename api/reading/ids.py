"""Public ids as arguments: `Id[Contract]` is `ID` in the schema and the row's key to the function that takes it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar, get_args, get_origin
from uuid import UUID

import strawberry

from api.reading.errors import InvalidIdError
from core import ids

T = TypeVar("T")


@dataclass(frozen=True)
class IdOf:
    """Marks an `ID` as that of one declared type."""

    type: Any


if TYPE_CHECKING:

    class Id(UUID, Generic[T]):
        """The id of a `T`: `ID` in the schema; to the function that takes it, the UUID of the row.

        An id made of two columns has both as attributes: `id.contract_id`, `id.id`.
        """

        def __getattr__(self, column: str) -> UUID: ...

else:

    class Id:
        """The id of one declared type: `Id[Contract]`."""

        def __class_getitem__(cls, item: Any) -> Any:
            return Annotated[strawberry.ID, IdOf(item)]


def prefix_of(text: object) -> str:
    """The part of a public id that names its type; empty when there is none."""
    return text.partition("_")[0] if isinstance(text, str) and "_" in text else ""


def decode_id(text: object, prefix: str, *, parts: int = 1, argument: str = "id") -> tuple[UUID, ...]:
    """Read a public id back into its `parts` UUIDs.

    Raises InvalidIdError, naming `argument` and the prefix wanted, when it is malformed or of another type.
    """
    try:
        return ids.decode(prefix, str(text), parts=parts)
    except ids.InvalidId:
        raise InvalidIdError(f"{argument} must be an id that begins with {prefix}_.") from None


def ids_in(annotation: Any) -> Iterator[type]:
    """The types whose ids an annotation speaks of."""
    if get_origin(annotation) is Annotated:
        yield from (mark.type for mark in annotation.__metadata__ if isinstance(mark, IdOf))
    for inner in get_args(annotation):
        yield from ids_in(inner)
