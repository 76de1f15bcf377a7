"""Random operations: selections from hypothesis-graphql, arguments from what there is, and all that GraphQL allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLObjectType,
    GraphQLSchema,
    ObjectTypeDefinitionNode,
    SelectionSetNode,
    build_schema,
    parse,
    print_ast,
    print_schema,
)
from hypothesis import strategies as st
from hypothesis_graphql import nodes as literals
from hypothesis_graphql import queries

from tests.oracle.declarations import Declarations
from tests.oracle.known import Known
from tests.oracle.selecting import Writer

EVERYTHING = (
    *("contract", "contracts", "offerings", "node", "nodes") * 2,
    *("viewer", "organization", "offering", "ownOfferings", "workRecord", "submission", "submissions"),
    *("invoice", "invoices", "invoicePreview", "audit"),
)
PAGED = ("contract", "contract", "offerings", "offerings", "contracts", "submissions", "invoices", "audit", "viewer")
ARBITRARY = {"offerings", "contracts", "submissions", "invoices", "ownOfferings", "organization", "nodes"}
"""What may be begun with arguments that are of the right type and nothing else."""
INTROSPECTION = (
    "{ __schema { queryType { name } } }",
    '{ __type(name: "Money") { name kind fields { name } } }',
)


@dataclass(frozen=True)
class Request:
    """One time that an operation is sent."""

    actor: str
    variables: Mapping[str, Any]


@dataclass(frozen=True)
class Operation:
    """A document, and by whom and with which variables it is sent."""

    text: str
    name: str | None
    requests: Sequence[Request]


class Grammar:
    """The strategies of one schema."""

    def __init__(
        self,
        declarations: Declarations,
        known: Known,
        begin: Sequence[str],
        beside: Sequence[str] = INTROSPECTION,
    ) -> None:
        """Begin with these fields of Query, and sometimes ask one of those `beside` them."""
        self.begin = begin
        self.beside = beside
        self.declarations = declarations
        self.known = known
        self._whole = declarations.plain
        self._bare = _without_arguments(declarations.plain)

    @cache  # noqa: B019 - it lives as long as the tests of a file
    def selections(self, type_name: str) -> st.SearchStrategy[SelectionSetNode]:
        """What may be asked of an object of a type, without arguments."""
        drawn = queries(self._bare, fields=(type_name,), print_ast=_root)
        return drawn.map(_below)

    @cache  # noqa: B019 - the same
    def roots(self, name: str) -> st.SearchStrategy[FieldNode]:
        """A field of Query with arguments that are of the right type, and nothing else."""
        scalars = {
            "CountryCode": ("US", "DE"),
            "CurrencyCode": ("USD", "JPY"),
            "Date": ("2026-01-31",),
            "DateTime": ("2026-01-31T08:30:00+02:00",),
            "Decimal": ("0", "12.5"),
            "JSON": ("1",),
            "LanguageCode": ("en", "pt-BR"),
            "Percent": ("10",),
        }
        custom = {
            scalar: st.sampled_from(texts).map(literals.String)
            for scalar, texts in scalars.items()
            if scalar in self._whole.type_map
        }
        return queries(self._whole, fields=(name,), custom_scalars=custom, print_ast=_root)

    def operations(self) -> st.SearchStrategy[Operation]:
        """Operations that begin with some of these fields of Query."""
        return _operations(self)


@st.composite
def _operations(draw: st.DrawFn, grammar: Grammar) -> Operation:
    requests = draw(st.sampled_from((1, 2, 3, 4)))
    writer = Writer(draw, grammar.declarations, grammar.known, grammar.selections, requests=requests)
    dice = writer.dice
    wanted = draw(st.lists(st.sampled_from(grammar.begin), min_size=1, max_size=3))
    fields = [
        draw(grammar.roots(name)) if name in ARBITRARY and dice.chance(6) else writer.root(name) for name in wanted
    ]
    if grammar.beside and dice.chance(4):
        fields.append(_root(parse(dice.pick(grammar.beside))))
    document, name = writer.document(fields)
    sent = [Request(dice.pick(grammar.known.actors), given) for given in writer.variables.given]
    return Operation(print_ast(document), name, sent)


def _below(field: FieldNode) -> SelectionSetNode:
    assert field.selection_set is not None
    return field.selection_set


def _root(document: DocumentNode) -> FieldNode:
    (field,) = document.definitions[0].selection_set.selections  # type: ignore[attr-defined]
    return field  # type: ignore[no-any-return]


def _without_arguments(schema: GraphQLSchema) -> GraphQLSchema:
    """The same types without arguments, and a field of Query for each, so that any can be begun with."""
    kept, names = [], []
    for definition in parse(print_schema(schema)).definitions:
        if not isinstance(definition, ObjectTypeDefinitionNode):
            kept.append(print_ast(definition))
        elif definition.name.value not in {"Query", "Mutation"}:
            names.append(definition.name.value)
            kept.append(print_ast(definition))
    begun = " ".join(f"{name}: {name}" for name in names)
    bare = build_schema("\n".join([*kept, f"type Query {{ {begun} }}"]))
    for type_ in bare.type_map.values():
        for field in type_.fields.values() if isinstance(type_, GraphQLObjectType) else ():
            field.args = {}
    return bare
