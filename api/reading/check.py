"""Whether the declarations fit their rows, the schema and its readers; asked when the application is created."""

from collections.abc import Iterator
from typing import Any

from graphql import (
    FieldNode,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    NameNode,
    SelectionSetNode,
    get_named_type,
    is_introspection_type,
    is_leaf_type,
    is_required_argument,
)
from strawberry import Schema

from api.reading.compile import Compiler
from api.reading.declare import declaration_of
from api.reading.errors import DeclarationError
from api.reading.fields import source_of
from api.reading.relations import Relation, aliased
from api.reading.schema_types import is_connection_type, named_object, python_type
from api.reading.selections import Operation

OUR_OWN = {"Facet", "FacetValue", "Money", "PageInfo"}


def check_declarations(schema: Schema) -> None:
    """Raise a DeclarationError that names every place where a declaration is wrong.

    Wrong is a column that its relation lacks, an object type reachable from Query that says of a field not where
    it is read from, and a type, field, argument or enum value without a description.
    """
    core: GraphQLSchema = schema._schema  # noqa: SLF001 -- Strawberry has no other way to graphql-core's
    wrong = [*_undescribed(core), *_undeclared(core)]
    if wrong:
        raise DeclarationError("\n".join(wrong))


def _undescribed(schema: GraphQLSchema) -> Iterator[str]:
    roots = {schema.query_type, schema.mutation_type, schema.subscription_type}
    for type_ in schema.type_map.values():
        if is_introspection_type(type_):
            continue
        if type_ not in roots and not type_.description:
            yield f"{type_.name} has no description"
        for place, described in _parts(type_):
            if not described.description:
                yield f"{place} has no description"


def _parts(type_: GraphQLNamedType) -> Iterator[tuple[str, Any]]:
    if isinstance(type_, GraphQLEnumType):
        for name, value in type_.values.items():
            yield f"{type_.name}.{name}", value
    if isinstance(type_, GraphQLInputObjectType):
        for name, input_field in type_.fields.items():
            yield f"{type_.name}.{name}", input_field
    if isinstance(type_, GraphQLObjectType):
        for name, field in type_.fields.items():
            yield f"{type_.name}.{name}", field
            for argument, declared in field.args.items():
                yield f"{type_.name}.{name}({argument}:)", declared


def _undeclared(schema: GraphQLSchema) -> Iterator[str]:
    seen: set[str] = set()
    roots = [root for root in (schema.query_type, schema.subscription_type) if root]
    for field in (field for root in roots for field in root.fields.values()):
        if source_of(field.extensions["strawberry-definition"]) is not None:
            target = get_named_type(field.type)
            if isinstance(target, GraphQLObjectType):
                yield from _wrong_in(schema, target, seen)


def _wrong_in(schema: GraphQLSchema, type_: GraphQLObjectType, seen: set[str]) -> Iterator[str]:
    if type_.name in seen or type_.name in OUR_OWN:
        return
    seen.add(type_.name)
    if is_connection_type(type_):
        yield from _wrong_in(schema, named_object(type_.fields["nodes"].type), seen)
        return
    declaration = declaration_of(python_type(type_))
    if declaration is None:
        yield f"{type_.name} is read from Query, but is not declared with @node or @value"
        return
    relation = declaration.relation
    for name, field in type_.fields.items():
        source = source_of(field.extensions["strawberry-definition"])
        if source is None:
            yield f"{type_.name}.{name} does not say where it is read from"
        elif relation is not None:
            yield from _misread(schema, type_, name, field, relation)
        target = get_named_type(field.type)
        if isinstance(target, GraphQLObjectType):
            yield from _wrong_in(schema, target, seen)


def _misread(
    schema: GraphQLSchema, type_: GraphQLObjectType, name: str, field: GraphQLField, relation: Relation
) -> Iterator[str]:
    """Compile the field for a row of the type's own relation; what is below it is not looked into."""
    compiler = Compiler(Operation(schema, {}, {}), "OPERATOR")
    row = aliased(relation, compiler.alias()).row
    declaration = declaration_of(python_type(type_))
    assert declaration is not None
    node = FieldNode(
        name=NameNode(value=name), arguments=(), directives=(), selection_set=_everything(get_named_type(field.type), 1)
    )
    try:
        compiler.field(type_, declaration, name, [node], row)
    except (DeclarationError, AttributeError, TypeError) as error:
        yield str(error) if isinstance(error, DeclarationError) else f"{type_.name}.{name}: {error}"


def _everything(type_: GraphQLNamedType, depth: int) -> SelectionSetNode | None:
    """All fields of a type that need no arguments, and those of the types below it."""
    if not isinstance(type_, GraphQLObjectType):
        return None
    selections = [FieldNode(name=NameNode(value="__typename"), arguments=(), directives=())]
    for name, field in type_.fields.items():
        below = get_named_type(field.type)
        # a page is no level of its own
        deeper = depth if is_connection_type(type_) else depth - 1
        if is_leaf_type(below) or (depth > 0 and not any(map(is_required_argument, field.args.values()))):
            chosen = _everything(below, deeper)
            selections.append(FieldNode(name=NameNode(value=name), arguments=(), directives=(), selection_set=chosen))
    return SelectionSetNode(selections=tuple(selections))
