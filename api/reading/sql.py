"""The SQL that writes JSON: objects, lists, and the formats of the scalars."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from sqlalchemy import JSON, ColumnElement, FromClause, Numeric, Text, case, func, literal_column, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

Sql: TypeAlias = ColumnElement[Any]

LONGEST_NAME = 63
"""PostgreSQL cuts an identifier after so many bytes."""

EMPTY_LIST: Sql = literal_column("'[]'::json", JSON())


class JsonObject(FunctionElement[Any]):
    """A JSON object of expressions, in the order given."""

    type = JSON()
    name = "json_object_of"
    inherit_cache = False

    def __init__(self, fields: Mapping[str, Sql]) -> None:
        """Take the expressions by their response keys, which are GraphQL names and need no escaping."""
        super().__init__(*fields.values())
        self.keys_in_order = tuple(fields)

    @property
    def is_named(self) -> bool:
        """Whether there are keys, and every one can be the name of a column."""
        return bool(self.keys_in_order) and all(len(key) <= LONGEST_NAME for key in self.keys_in_order)

    @property
    def named(self) -> list[Sql]:
        """The expressions as columns that have the keys for names."""
        return [value.label(key) for key, value in zip(self.keys_in_order, self.clauses, strict=True)]


@compiles(JsonObject)
def _write_object(element: JsonObject, compiler: SQLCompiler, **options: Any) -> str:
    options = {name: options[name] for name in options if name not in {"add_to_result_map", "within_columns_clause"}}
    values = [compiler.process(value, **options) for value in element.clauses]
    pairs = list(zip(element.keys_in_order, values, strict=True))
    if not element.is_named:
        listed = ", ".join(f"'{key}' VALUE {value}" for key, value in pairs)
        return f"JSON_OBJECT({listed} RETURNING json)"
    # an alias keeps its case and order, and row_to_json writes no blanks
    listed = ", ".join(f'{value} AS "{key}"' for key, value in pairs)
    # no key has a $, so that the row is never taken for one of its columns
    return f"(SELECT row_to_json(o$) FROM (SELECT {listed}) AS o$)"  # noqa: S608 -- keys are GraphQL names


def name_literal(name: str) -> Sql:
    """A GraphQL name as a text constant."""
    return literal_column(f"'{name}'::text", Text())


def json_row(item: JsonObject, source: FromClause, where: list[Sql], alias: str) -> Sql:
    """The item of the one row of `source` that meets `where`; null when there is none."""
    if not item.is_named:
        return select(item).select_from(source).where(*where).scalar_subquery()
    # the row is the object: that spares PostgreSQL a sub-select for each
    row = select(*item.named).select_from(source).where(*where).subquery(f"{alias}$")
    return select(func.row_to_json(literal_column(row.name), type_=JSON())).select_from(row).scalar_subquery()


def json_rows(item: JsonObject, source: FromClause, where: list[Sql], order: list[Sql], alias: str) -> Sql:
    """The items of all rows of `source` that meet `where`, in this order, as a JSON list."""
    if not item.is_named:
        return select(json_list(item, order)).select_from(source).where(*where).scalar_subquery()
    rows = select(*item.named).select_from(source).where(*where).order_by(*order).subquery(f"{alias}$")
    return select(json_list(literal_column(rows.name, JSON()), [])).select_from(rows).scalar_subquery()


def json_list(item: Sql, order: list[Sql]) -> Sql:
    """All rows' items as a JSON list, empty rather than null."""
    ordered = postgresql.aggregate_order_by(item, *order) if order else item
    return func.coalesce(func.json_agg(ordered, type_=JSON()), EMPTY_LIST, type_=JSON())


def when(condition: Sql, value: Sql) -> Sql:
    """The value where the condition holds, null elsewhere."""
    return case((condition, value), else_=literal_column("NULL"))


def id_text(prefix: str, key: list[Sql]) -> Sql:
    """The public id of a row, as `core.ids` writes it."""
    raw: Sql = func.uuid_send(key[0])
    for more in key[1:]:
        raw = raw.op("||")(func.uuid_send(more))
    return literal_column(f"'{prefix}_'").op("||")(base64url(raw))


def base64url(raw: Sql) -> Sql:
    """Bytes as base64 for URLs, without padding."""
    # an argument missing from the third list is removed, here the padding and the line breaks
    return func.translate(
        func.encode(raw, literal_column("'base64'")), literal_column("E'+/=\\n'"), literal_column("'-_'")
    )


def formatted(value: Sql, scalar: str) -> Sql:
    """A scalar as the API writes it; what row_to_json writes the same way stays as it is."""
    match scalar:
        case "Decimal":
            return func.trim_scale(value).cast(Text)
        case "Percent":
            rounded = func.app.round_half_even(value, literal_column("2"), type_=Numeric())
            return func.round(rounded, literal_column("2")).cast(Text)
        case "DateTime":
            utc = func.to_char(
                value.op("AT TIME ZONE")(literal_column("'UTC'")), literal_column("'YYYY-MM-DD\"T\"HH24:MI:SS.US'")
            )
            trimmed = func.rtrim(func.rtrim(utc, literal_column("'0'")), literal_column("'.'"))
            return trimmed.op("||")(literal_column("'Z'"))
    return value


def minor_units(minor: Sql, currency: Sql) -> Sql:
    """An amount of minor units as decimal text with the currency's own digits: 0, 2 or 3."""
    whole = minor.cast(Numeric)
    units = {0: whole, 3: whole * literal_column("0.001")}
    return case(units, value=func.app.currency_digits(currency), else_=whole * literal_column("0.01")).cast(Text)


def unit_amount(amount: Sql, currency: Sql) -> Sql:
    """A unit price of up to six decimals as text: at least the currency's own digits, and no needless zeros."""
    digits = func.greatest(func.app.currency_digits(currency), func.scale(func.trim_scale(amount)))
    return func.round(amount, func.least(literal_column("6"), digits)).cast(Text)
