"""The fields of Query and Subscription: functions that are called once per plan, and hand back a SELECT."""

import inspect
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeAlias, TypeVar, overload
from uuid import UUID

from sqlalchemy import ColumnElement, Select
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField
from typing_extensions import override

from api.reading.fields import METADATA, ConnectionEdge, Source, connection_edge
from api.reading.ids import ids_in
from api.reading.names import Names
from api.reading.pages import is_connection, page_arguments

T = TypeVar("T")

if TYPE_CHECKING:
    Rows: TypeAlias = Select[*tuple[Any, ...]] | Select[T]
else:

    class Rows(Generic[T]):
        """What a root function hands back: the rows of a `T`, or of a nullable `T | None`."""

        def __class_getitem__(cls, item: object) -> object:
            return item


class Viewer(Protocol):
    """Who reads, as far as a statement may refer to it."""

    @property
    def kind(self) -> str:
        """ANONYMOUS, ASSOCIATION, VENDOR or OPERATOR."""

    @property
    def organization_id(self) -> UUID:
        """The organization they act for."""

    @property
    def member_id(self) -> UUID:
        """The member they are there."""

    @property
    def person_id(self) -> UUID:
        """The person, whatever the organization."""

    @property
    def roles(self) -> frozenset[str]:
        """Their roles there."""


@dataclass(frozen=True)
class Reader:
    """Who reads, when a plan is made: `kind` is known, all else is bound when the plan runs."""

    kind: str
    organization_id: ColumnElement[UUID]
    member_id: ColumnElement[UUID]
    person_id: ColumnElement[UUID]
    roles: ColumnElement[list[str]]


@dataclass(frozen=True)
class Root(Source):
    """A field of Query; `page` is set when it answers with a connection."""

    rows: Callable[..., Any]
    page: ConnectionEdge


class RootField(StrawberryField):
    """A field of Query that the ordinary executor reads by a statement of its own."""

    @property
    @override
    def is_basic_field(self) -> bool:
        """Never: reading it needs the request."""
        return False

    @property
    def arguments(self) -> list[StrawberryArgument]:
        """The function's own, and those of paging when it answers with a connection."""
        own = self._arguments or []
        root = self.metadata[METADATA]
        return [*own, *page_arguments(root.page.filter, root.page.orders)] if is_connection(self.type) else own

    @arguments.setter
    def arguments(self, value: list[StrawberryArgument]) -> None:
        self._arguments = value

    @property
    @override
    def is_async(self) -> bool:
        """Always."""
        return True

    @override
    def get_result(self, source: Any, info: Any, args: list[Any], kwargs: Any) -> Awaitable[Any]:
        """Read the field for an operation that is not planned as a whole."""
        from api.reading.executing import read_root  # noqa: PLC0415 -- executing needs the plans, plans need this

        return read_root(info)


@overload
def query(function: Callable[..., Any], /) -> Any: ...
@overload
def query(
    *,
    filter: type | None = None,
    order: type[Enum] | Callable[..., list[ColumnElement[Any]]] | None = None,
    arguments: dict[str, str] | None = None,
) -> Callable[[Callable[..., Any]], Any]: ...
def query(
    function: Callable[..., Any] | None = None,
    /,
    *,
    filter: type | None = None,
    order: type[Enum] | Callable[..., list[ColumnElement[Any]]] | None = None,
    arguments: dict[str, str] | None = None,
) -> Any:
    """Make a field of Query out of a function that hands back a SELECT.

    The function's docstring describes the field; `arguments` describes its arguments. It is called when a plan
    is made, with a `Reader` and with symbolic arguments: an `Id[T]` or another scalar is a bound parameter, an
    input has them as attributes, a list is a bound array; null, booleans and enums are themselves. For a
    `Rows[Connection[T]]` the arguments of paging, `filter` and `orderBy` are added and applied to the SELECT.
    """
    if function is None:
        return lambda decorated: _root_field(decorated, connection_edge(filter, order), arguments or {})
    return _root_field(function, connection_edge(filter, order), arguments or {})


def subscription(function: Callable[..., Any], /) -> Any:
    """Make a field of Subscription out of a function that takes `id` and hands back the SELECT of that row.

    It is read at once, and again whenever the row is told to have changed: its table has the trigger `tell_of_change`.
    """
    field = _root_field(function, connection_edge(None, None), {})
    field.is_subscription = True
    return field


def _root_field(function: Callable[..., Any], page: ConnectionEdge, described: dict[str, str]) -> RootField:
    root = Root(function, page)
    names = Names(function.__module__)
    declared = RootField(
        python_name=function.__name__,
        type_annotation=StrawberryAnnotation(function.__annotations__["return"], namespace=names),
        description=inspect.getdoc(function),
        metadata={METADATA: root},
    )
    declared.arguments = [
        StrawberryArgument(
            python_name=parameter.name,
            graphql_name=None,
            type_annotation=StrawberryAnnotation(parameter.annotation, namespace=names),
            description=described.get(parameter.name) or _id_description(parameter.annotation),
            default=parameter.default,
        )
        for parameter in inspect.signature(function).parameters.values()
        if parameter.name not in {"self", "reader"}
    ]
    return declared


def _id_description(annotation: object) -> str | None:
    """An id says by itself what it is the id of."""
    if isinstance(annotation, str):
        match = re.search(r"\bId\[(\w+)\]", annotation)
        named = match[1] if match else None
    else:
        named = next((type_.__name__ for type_ in ids_in(annotation)), None)
    return f"The id of the {named}." if named else None
