"""Every way that the schema offers from Query to an object type, written as queries."""

from collections.abc import Iterator
from dataclasses import dataclass

from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_list_type,
    is_non_null_type,
    is_required_argument,
)


@dataclass(frozen=True)
class Step:
    """One field on the way."""

    name: str
    field: GraphQLField
    on: str

    @property
    def is_list(self) -> bool:
        """Whether it answers with a list."""
        inner = self.field.type.of_type if is_non_null_type(self.field.type) else self.field.type
        return bool(is_list_type(inner))

    @property
    def target(self) -> GraphQLObjectType:
        """The type it leads to."""
        target = get_named_type(self.field.type)
        assert isinstance(target, GraphQLObjectType)
        return target


Path = tuple[Step, ...]


def paths(schema: GraphQLSchema) -> Iterator[Path]:
    """Every field of every type that leads to an object type, each reached from Query in the fewest steps.

    A row is shown or hidden by its own policy and its edge's join, not by the way that led to the edge; so each edge
    is walked once, from every type that has it.
    """
    query = schema.query_type
    assert query is not None
    waiting: list[tuple[GraphQLObjectType, Path]] = [(query, ())]
    reached = {query.name}
    while waiting:
        type_, so_far = waiting.pop(0)
        for step in _steps(type_):
            path = (*so_far, step)
            for further in _through_page(path):
                yield further
                target = further[-1].target
                if target.name not in reached:
                    reached.add(target.name)
                    waiting.append((target, further))


def _steps(type_: GraphQLObjectType) -> Iterator[Step]:
    for name, field in type_.fields.items():
        if name != "nodes" and isinstance(get_named_type(field.type), GraphQLObjectType):
            yield Step(name, field, type_.name)


def _through_page(path: Path) -> Iterator[Path]:
    """A page stands between an edge and its rows: whoever walks to it walks on to them."""
    yield path
    if "pageInfo" in path[-1].target.fields:
        edges = (*path, next(step for step in _steps(path[-1].target) if step.name == "edges"))
        yield edges
        yield (*edges, next(step for step in _steps(edges[-1].target) if step.name == "node"))


def text_of(path: Path, leaf: str, arguments: dict[str, str]) -> str:
    """Write a path as a query that asks for `leaf` at its end; an `id` is its variable, so that one plan serves all."""
    text = leaf
    for step in reversed(path):
        text = f"{step.name}{_arguments(step, arguments)} {{ {text} }}"
    return f"query($id: ID!) {{ {text} }}" if "id" in path[0].field.args else f"query {{ {text} }}"


def _arguments(step: Step, given: dict[str, str]) -> str:
    words = [
        f"{name}: {_value(step, name, argument, given)}"
        for name, argument in step.field.args.items()
        if is_required_argument(argument) or name == "first"
    ]
    return f"({', '.join(words)})" if words else ""


def _value(step: Step, name: str, argument: GraphQLArgument, given: dict[str, str]) -> str:
    if name == "first":
        return "100"
    if name == "id":
        return "$id"
    for key in (f"{step.name}.{name}", name):
        if key in given:
            return given[key]
    raise AssertionError(f"the guard does not know what to give {step.on}.{step.name}({name}: {argument.type})")
