"""From the types of the schema to what was declared about them."""

from graphql import (
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    get_named_type,
)

from api.reading.declare import Declaration, declaration_of
from api.reading.errors import DeclarationError
from api.reading.relations import Relation


def declared(type_: GraphQLObjectType) -> Declaration:
    """What was declared about a type of the schema; of a plain one, that it has no rows."""
    return declaration_of(python_type(type_)) or Declaration(type_.name, None)


def own_rows(declaration: Declaration) -> Relation:
    """The relation a declared type is read from when an edge hands over none."""
    if declaration.relation is None:
        raise DeclarationError(f"{declaration.name} has no rows of its own; hand some over with rows=")
    return declaration.relation


def python_type(type_: GraphQLObjectType) -> type:
    """The declared class of a type of the schema."""
    return type_.extensions["strawberry-definition"].origin  # type: ignore[no-any-return]


def named_object(type_: GraphQLOutputType) -> GraphQLObjectType:
    """The object type of a field, or of its items."""
    named = get_named_type(type_)
    if not isinstance(named, GraphQLObjectType) or isinstance(named, GraphQLInterfaceType):
        raise DeclarationError(f"{named} is no object type")
    return named


def scalar_of(type_: GraphQLOutputType) -> str:
    """The name of a field's scalar; of a list, none, for its items are written as they are."""
    bare = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
    return "" if isinstance(bare, GraphQLList) else get_named_type(bare).name


def is_connection_type(type_: GraphQLObjectType) -> bool:
    """Whether a type of the schema is a connection, or one with fields of its own."""
    return "edges" in type_.fields and "pageInfo" in type_.fields
