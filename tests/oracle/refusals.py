"""What a request is refused for: found before any row is read, by answering it once with one made-up object each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLEnumType,
    GraphQLError,
    GraphQLID,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    execute_sync,
    get_named_type,
    is_leaf_type,
)

from api.reading.fields import ConnectionEdge
from api.reading.nodes import ById
from api.reading.roots import Root
from core.ids import InvalidId, decode
from tests.oracle.cursors import InvalidCursor, length_of, order_of, read_cursor
from tests.oracle.declarations import Declarations, Declared, Info

LARGEST = 100
MADE_UP: Mapping[str, object] = {"Boolean": True, "Int": 1, "Float": 1.0}


@dataclass(frozen=True)
class MadeUp:
    """An object that says yes to every field."""

    type_name: str


@dataclass
class Refusals:
    """The codes of all that is wrong with an operation, by the response key of the root field that it is below."""

    declarations: Declarations
    by_root: dict[str, set[str]] = field(default_factory=dict)

    @property
    def codes(self) -> set[str]:
        return set().union(*self.by_root.values())


def refusals(
    declarations: Declarations, document: DocumentNode, variables: Mapping[str, Any], operation_name: str | None
) -> Refusals:
    """Everything that an operation asks for, whether a row would have led to it or not, looked at for what is wrong."""
    found = Refusals(declarations)

    def resolve(source: MadeUp | None, info: Info, **arguments: Any) -> Any:  # noqa: ANN401
        codes = set(_wrong(declarations, info, arguments))
        if codes:
            found.by_root.setdefault(str(info.path.as_list()[0]), set()).update(codes)
        if source is None and isinstance(declarations.source("Query", info.field_name), ById):
            return _nodes(declarations, arguments)
        return _made_up(info.return_type)

    rehearsed = execute_sync(
        declarations.plain,
        document,
        variable_values=dict(variables),
        operation_name=operation_name,
        field_resolver=resolve,
        type_resolver=lambda made_up, *_: made_up.type_name,
    )
    for error in rehearsed.errors or ():
        # an argument that cannot be coerced, such as a variable that is null where nothing may be
        assert isinstance(error.original_error, GraphQLError | None), error.original_error
        found.by_root.setdefault(str(error.path[0]) if error.path else "", set()).add("BAD_USER_INPUT")
    return found


def _made_up(type_: Any) -> Any:  # noqa: ANN401 - whatever the schema asks for
    if isinstance(type_, GraphQLNonNull):
        type_ = type_.of_type
    if isinstance(type_, GraphQLList):
        return [_made_up(type_.of_type)]
    if isinstance(type_, GraphQLEnumType):
        return next(iter(type_.values))
    return MADE_UP.get(type_.name, "") if is_leaf_type(type_) else MadeUp(type_.name)


def _nodes(declarations: Declarations, arguments: Mapping[str, Any]) -> Any:  # noqa: ANN401 - one or several
    if "id" in arguments:
        type_name = declarations.of_prefix(str(arguments["id"]).partition("_")[0])
        return MadeUp(type_name) if type_name else None
    prefixes = {str(public_id).partition("_")[0] for public_id in arguments["ids"]}
    return [MadeUp(name) for prefix in sorted(prefixes) if (name := declarations.of_prefix(prefix))]


def _wrong(declarations: Declarations, info: Info, arguments: Mapping[str, Any]) -> Iterator[str]:
    type_name, field_name = info.parent_type.name, info.field_name
    if not arguments or type_name.startswith("__") or field_name.startswith("__"):
        return
    source = declarations.source(type_name, field_name)
    if isinstance(source, ById):
        yield from _wrong_ids(declarations, arguments)
        return
    for name, argument in info.parent_type.fields[field_name].args.items():
        if name not in {"after", "before"} and name in arguments:
            declared = declarations.argument(type_name, field_name, name)
            yield from _wrong_value(declarations, declared, argument.type, arguments[name])
    edge = source.page if isinstance(source, Root) else source
    target: Any = get_named_type(info.return_type)
    if isinstance(edge, ConnectionEdge) and "pageInfo" in getattr(target, "fields", ()):
        yield from _wrong_page(declarations, info, edge, arguments)


def _wrong_ids(declarations: Declarations, arguments: Mapping[str, Any]) -> Iterator[str]:
    ids = arguments["ids"] if "ids" in arguments else [arguments["id"]]
    if len(ids) > LARGEST:
        yield "PAGE_TOO_LARGE"
    for public_id in ids:
        prefix = str(public_id).partition("_")[0]
        type_name = declarations.of_prefix(prefix)
        if type_name is None or _is_none(public_id, prefix, len(declarations.declaration(type_name).key)):
            yield "INVALID_ID"


def _is_none(public_id: object, prefix: str, parts: int) -> bool:
    try:
        decode(prefix, str(public_id), parts=parts)
    except InvalidId:
        return True
    return False


def _wrong_value(declarations: Declarations, declared: Declared, type_: GraphQLInputType, value: Any) -> Iterator[str]:  # noqa: ANN401
    if isinstance(type_, GraphQLNonNull):
        type_ = type_.of_type
    if value is None:
        return
    if isinstance(type_, GraphQLList):
        for item in value:
            yield from _wrong_value(declarations, declared, type_.of_type, item)
    elif isinstance(type_, GraphQLInputObjectType):
        fields = declarations.input_fields(type_.name)
        for name, given in value.items():
            yield from _wrong_value(declarations, fields[name], type_.fields[name].type, given)
    elif type_ is GraphQLID and (target := declarations.id_of(declared)) is not None:
        if _is_none(value, target.prefix or "", len(target.key)):
            yield "INVALID_ID"
    elif isinstance(value, str) and ("\0" in value or any("\ud800" <= character <= "\udfff" for character in value)):
        yield "BAD_USER_INPUT"


def _wrong_page(
    declarations: Declarations, info: Info, edge: ConnectionEdge, arguments: Mapping[str, Any]
) -> Iterator[str]:
    sizes = [size for name in ("first", "last") if (size := arguments.get(name)) is not None]
    if len(sizes) > 1 or any(size < 1 for size in sizes):
        yield "INVALID_PAGE"
    if any(size > LARGEST for size in sizes):
        yield "PAGE_TOO_LARGE"
    target: Any = get_named_type(info.return_type)
    node_type = get_named_type(target.fields["nodes"].type).name
    name, _ = order_of(edge, arguments.get("orderBy"))
    length = length_of(declarations, node_type, edge, arguments.get("filter"), arguments.get("orderBy"))
    for argument in ("after", "before"):
        if (given := arguments.get(argument)) is not None:
            try:
                read_cursor(given, f"{node_type}.{name}", length)
            except InvalidCursor:
                yield "INVALID_CURSOR"
