"""The slow executor: graphql-core resolves one field after the other, and each row is fetched as a row."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLList,
    GraphQLNonNull,
    GraphQLOutputType,
    execute_sync,
    get_named_type,
)
from sqlalchemy import Uuid, bindparam

from api.reading.fields import Amount, Column, Edge, Expression, Facets, Key, Part
from api.reading.nodes import ById
from api.reading.roots import Root
from core.ids import decode, encode
from tests.oracle import formats
from tests.oracle.declarations import Info, called
from tests.oracle.edges import Edges, Place, only
from tests.oracle.pages import Item, Page
from tests.oracle.rows import Asked, Row, Rows, Statement
from tests.oracle.symbols import Symbols

PAGING = {"first", "after", "last", "before", "filter", "orderBy"}


class Oracle:
    """Answers operations as one actor."""

    def __init__(self, rows: Rows, statements: dict[Hashable, Statement]) -> None:
        """Read as the actor of `rows`; `statements` are shared by all actors."""
        self.rows = rows
        self.declarations = rows.declarations
        self.edges = Edges(rows, statements)

    def answer(
        self, document: DocumentNode, variables: Mapping[str, Any], operation_name: str | None = None
    ) -> ExecutionResult:
        return execute_sync(
            self.declarations.plain,
            document,
            variable_values=dict(variables),
            operation_name=operation_name,
            field_resolver=self.resolve,
            type_resolver=lambda row, *_: row.type_name,
        )

    def resolve(self, source: Any, info: Info, **arguments: Any) -> Any:  # noqa: ANN401
        """One field of one object."""
        match source:
            case None:
                return self._of_query(info, arguments)
            case Row():
                return self._of_row(source, info, arguments)
            case Page() if info.field_name not in {"totalCount", "nodes", "edges", "pageInfo"}:
                facets = self.declarations.source(info.parent_type.name, info.field_name)
                assert isinstance(facets, Facets)
                return source.counted(facets)
            case Page() | Item():
                return getattr(source, info.field_name)
        return source[info.field_name]

    def _of_query(self, info: Info, arguments: dict[str, Any]) -> Any:  # noqa: ANN401
        source = self.declarations.source("Query", info.field_name)
        if isinstance(source, ById):
            ids = arguments["ids"] if source.many else [arguments["id"]]
            found = [self._by_id(str(public_id)) for public_id in ids]
            return found if source.many else found[0]
        assert isinstance(source, Root)
        symbols = Symbols(self.declarations)
        given = {}
        for name, argument in info.parent_type.fields[info.field_name].args.items():
            if name not in PAGING:
                declared = self.declarations.argument("Query", info.field_name, name)
                given[declared.python_name] = symbols.of(declared, argument.type, arguments.get(name), name)
        rows = source.rows
        return self.edges.lead(
            Place(info, source.page, arguments, symbols, None, lambda: rows(None, self.rows.reader, **given))
        )

    def _by_id(self, public_id: str) -> Row | None:
        prefix = public_id.partition("_")[0]
        type_name = self.declarations.of_prefix(prefix)
        assert type_name is not None
        declared = self.declarations.declaration(type_name)
        key = decode(prefix, public_id, parts=len(declared.key))
        statement = self.edges.statement(
            ("node", type_name, self.rows.viewer.kind),
            lambda: Asked(
                type_name,
                declared.relation,
                lambda row: [getattr(row, name) == bindparam(f"id__{name}", type_=Uuid()) for name in declared.key],
            ),
        )
        values = {f"id__{name}": part for name, part in zip(declared.key, key, strict=True)}
        return only(self.rows.read(statement, values))

    def _of_row(self, row: Row, info: Info, arguments: dict[str, Any]) -> Any:  # noqa: ANN401
        name, type_name = info.field_name, info.parent_type.name
        source = self.declarations.source(type_name, name)
        match source:
            case Key():
                declared = self.declarations.declaration(type_name)
                return encode(declared.prefix or "", *(row.columns[part] for part in declared.key))
            case Column(column):
                value = row.columns[column or self.declarations.python_name(type_name, name)]
                return _written(value, info.return_type)
            case Expression():
                return _written(row.computed[f"{row.path}{name}"], info.return_type)
            case Amount():
                return _money(row, name, source)
            case Part(present):
                there = present is None or row.computed[f"{row.path}{name}"]
                return row.part(get_named_type(info.return_type).name, name) if there else None
            case Edge(_, rows):
                relation = None if rows is None else lambda: called(rows, row.symbols(), self.rows.reader)
                return self.edges.lead(Place(info, source, arguments, Symbols(self.declarations), row, relation))
        raise AssertionError(f"{type_name}.{name} does not say where it is read from")


def _money(row: Row, name: str, source: Amount) -> dict[str, str] | None:
    def read(part: str, where: Any) -> Any:  # noqa: ANN401 - a column or an expression
        return row.columns[where] if isinstance(where, str) else row.computed[f"{row.path}{name}.{part}"]

    amount, currency = read("amount", source.amount), read("currency", source.currency)
    if amount is None:
        return None
    written = formats.unit_amount(amount, currency) if source.unit else formats.minor_units(amount, currency)
    return {"amount": written, "currencyCode": currency}


def _written(value: Any, type_: GraphQLOutputType) -> Any:  # noqa: ANN401 - any column has any type
    if value is None:
        return None
    bare = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
    if isinstance(bare, GraphQLList):
        return [_written(item, bare.of_type) for item in value]
    return formats.scalar(get_named_type(type_).name, value)
