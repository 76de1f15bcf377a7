"""`node(id:)` and `nodes(ids:)`: the prefix of an id says which type's own rows it is looked up in."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import strawberry
from graphql import FieldNode, GraphQLField, GraphQLObjectType
from sqlalchemy import ARRAY, Integer, Text, Uuid, and_, case, func, literal_column, select
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument

from api.reading.arguments import given_arguments, node_prefix
from api.reading.binding import Request
from api.reading.declare import NODES, Declaration, Node, declaration_of
from api.reading.errors import InvalidIdError, PageTooLargeError
from api.reading.fields import METADATA, Source
from api.reading.ids import decode_id, prefix_of
from api.reading.pages import LARGEST_PAGE
from api.reading.relations import aliased, column_of
from api.reading.roots import RootField
from api.reading.sql import Sql, json_list, json_row

if TYPE_CHECKING:
    from api.reading.compile import Compiler


@dataclass(frozen=True)
class ById(Source):
    """Any node, by id; `many` for a list of ids."""

    many: bool


def _field(kind: object, name: str, argument: object, description: str, takes: str) -> Any:
    declared = RootField(
        python_name=name,
        type_annotation=StrawberryAnnotation(kind),
        description=description,
        metadata={METADATA: ById(many=name == "nodes")},
    )
    declared.arguments = [
        StrawberryArgument(
            python_name="ids" if name == "nodes" else "id",
            graphql_name=None,
            type_annotation=StrawberryAnnotation(argument),
            description=takes,
        )
    ]
    return declared


@strawberry.type
class NodeQueries:
    """What every Query has: objects by their ids."""

    node = _field(
        Node | None,
        "node",
        strawberry.ID,
        "Any object by its id; null when it does not exist or you may not see it.",
        "The id of any object.",
    )
    nodes = _field(
        list[Node | None],
        "nodes",
        list[strawberry.ID],
        "Objects by their ids, in the order of the ids; null for each that does not exist or you may not see.",
        f"The ids of any objects, at most {LARGEST_PAGE}.",
    )


def compile_by_id(compiler: "Compiler", declared: GraphQLField, node: FieldNode, nodes: list[FieldNode]) -> Sql:
    """A look-up for each type that occurs among the ids of this shape."""
    ((name, given),) = given_arguments(declared.args, node.arguments, compiler.operation.variables).items()
    if name == "id":
        declaration, type_ = _target(compiler, given.value, name)
        prefix, parts = declaration.prefix or "", len(declaration.key)
        key = [
            compiler.parameters.add(
                lambda request, at=at: decode_id(given.get(request.variables), prefix, parts=parts)[at],  # type: ignore[misc]
                Uuid(),
            )
            for at in range(parts)
        ]
        return _look_up(compiler, declaration, type_, nodes, key)

    def ids(request: Request) -> list[str]:
        value: list[str] = given.get(request.variables)
        if len(value) > LARGEST_PAGE:
            raise PageTooLargeError(f"At most {LARGEST_PAGE} ids are looked up at once.")
        return value

    def half(at: int) -> Any:
        def find(request: Request) -> list[Any]:
            found = []
            for text in ids(request):
                target = declaration_of(NODES[prefix_of(text)])
                assert target is not None
                key = decode_id(text, prefix_of(text), parts=len(target.key), argument="ids")
                found.append(key[at] if at < len(key) else None)
            return found

        return compiler.parameters.add(find, ARRAY(Uuid()))

    prefixes = compiler.parameters.add(lambda request: [prefix_of(text) for text in ids(request)], ARRAY(Text()))
    alias = compiler.alias()
    wanted = (
        func.unnest(prefixes, half(0), half(1))
        .table_valued("prefix", "one", "two", with_ordinality="position")
        .render_derived(name=alias)
    )
    samples = {node_prefix(text): text for text in given.value}
    targets = [_target(compiler, samples[prefix], "ids") for prefix in sorted(samples)]
    cases = {
        declaration.prefix: _look_up(
            compiler,
            declaration,
            type_,
            nodes,
            [literal_column(f"{alias}.{half_name}", Uuid()) for half_name in ("one", "two")][: len(declaration.key)],
        )
        for declaration, type_ in targets
    }
    item: Sql = literal_column("NULL::json")
    if cases:
        item = case(
            *((literal_column(f"{alias}.prefix = '{prefix}'"), found) for prefix, found in cases.items()), else_=None
        )
    return (
        select(json_list(item, [literal_column(f"{alias}.position", Integer())])).select_from(wanted).scalar_subquery()
    )


def _target(compiler: "Compiler", text: object, argument: str) -> tuple[Declaration, GraphQLObjectType]:
    prefix = node_prefix(text)
    declaration = declaration_of(NODES[prefix]) if prefix else None
    type_ = compiler.operation.schema.type_map.get(declaration.name) if declaration else None
    if declaration is None or not isinstance(type_, GraphQLObjectType):
        raise InvalidIdError(f"{argument} must be the id of an object.")
    return declaration, type_


def _look_up(
    compiler: "Compiler", declaration: Declaration, type_: GraphQLObjectType, nodes: list[FieldNode], key: list[Any]
) -> Sql:
    rows = aliased(declaration.relation, compiler.alias())
    found = and_(*(column_of(rows.row, part) == value for part, value in zip(declaration.key, key, strict=True)))
    return json_row(compiler.object(type_, nodes, rows.row), rows.source, [found], compiler.alias())
