"""A declaration that does not fit is found when the application is created, and says where."""

# ruff: noqa: A002, ARG002, ARG005, SLF001 -- these declarations are only looked at

from __future__ import annotations

from enum import Enum

import pytest
import strawberry
from sqlalchemy import Text, func, select
from sqlmodel import col
from strawberry.schema.config import StrawberryConfig

from api.reading import (
    SCALARS,
    Connection,
    DeclarationError,
    Id,
    Node,
    Reader,
    Rows,
    check_declarations,
    column,
    connection,
    expression,
    node,
    one,
    order,
    orders,
    query,
    value,
)
from api.reading.declare import NODES
from tests.reading.conftest import SCHEMA
from tests.reading.market import GoodRow, MakerRow


@orders
class ThingOrder(Enum):
    """How to order things."""

    LOUD = order("Loudest first.", lambda t: [t.loudness.desc()])


@value
class Summary:
    """What is said of a thing."""

    words: str = column("The words.")


@strawberry.type(description="A type that says nothing of where it is read from.")
class Stray:
    word: str = strawberry.field(description="A word.")


@node(MakerRow, prefix="thing")
class Thing(Node):
    """A thing whose declarations are wrong in every way."""

    name: str = column("Right.")
    colour: str = column("There is no such column.")
    louder: str = expression("Nor such.", lambda t: func.upper(t.loudness, type_=Text))
    undescribed: str = column("", name="name")
    summary: Summary = one(
        "The rows lack the words.", rows=lambda t: select(col(GoodRow.title)).where(col(GoodRow.maker_id) == t.id)
    )
    nobody: Summary | None = one("A type without rows of its own.", lambda t, s: s.id == t.id)
    stray: Stray | None = one("A type that is not declared.", rows=lambda t: select(col(GoodRow.title).label("word")))
    forgotten: str = strawberry.field(description="It says nothing.")
    things: Connection[Thing] = connection("In an order by no column.", lambda t, o: o.id == t.id, order=ThingOrder)
    others: Connection[Thing] = connection(
        "In an order that no cursor can name.", lambda t, o: o.id == t.id, order=lambda t: [func.lower(t.name)]
    )


@strawberry.input(description="Described, but not its field.")
class Which:
    name: str


@strawberry.type
class Query:
    @query
    def thing(self, reader: Reader, id: Id[Thing], which: Which) -> Rows[Thing | None]:
        """One thing."""
        return select(MakerRow)


def wrong() -> list[str]:
    schema = strawberry.Schema(Query, config=StrawberryConfig(scalar_map=SCALARS))
    with pytest.raises(DeclarationError) as found:
        check_declarations(schema)
    return sorted(str(found.value).split("\n"))


def test_a_right_schema_is_let_through() -> None:
    check_declarations(SCHEMA)


def test_every_wrong_declaration_is_named_with_its_place() -> None:
    columns = "country_code, id, name"
    assert wrong() == [
        "Query.thing(which:) has no description",
        "Stray is read from Query, but is not declared with @node or @value",
        f"Thing.colour: there is no column 'colour' among {columns}",
        "Thing.forgotten does not say where it is read from",
        f"Thing.louder: there is no column 'loudness' among {columns}",
        "Thing.nobody: Summary has no rows of its own; hand some over with rows=",
        "Thing.others: an order by NullType() cannot be paged; give its expression a type",
        "Thing.stray: Stray.word: the field does not say where it is read from",
        "Thing.summary: Summary.words: there is no column 'words' among title",
        f"Thing.things: there is no column 'loudness' among {columns}",
        "Thing.undescribed has no description",
        "Which.name has no description",
    ]


def test_a_prefix_belongs_to_one_type() -> None:
    with pytest.raises(DeclarationError, match="the prefix 'good' belongs to Good"):

        @node(MakerRow, prefix="good")
        class Other(Node):
            """Another type."""

    assert NODES["good"].__name__ == "Good"


def test_an_id_needs_one_or_two_columns() -> None:
    with pytest.raises(DeclarationError, match="an id is made of one or two columns"):
        node(MakerRow, prefix="three", key=("id", "name", "country_code"))(
            type("Three", (Node,), {"__doc__": "Three."})
        )
    assert "three" not in NODES


def test_an_id_of_one_type_names_it() -> None:
    field = SCHEMA._schema.query_type.fields["good"]  # type: ignore[union-attr]
    assert field.args["id"].description == "The id of the Good."
