"""A small market of makers, goods and orders, declared the way the API's types are."""

# ruff: noqa: A002, ARG002 -- a root function names its arguments as the schema does, and may ignore its reader

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, cast
from uuid import UUID

import strawberry
from sqlalchemy import ARRAY, Text, and_, any_, func, null, select
from sqlmodel import Column as SqlColumn
from sqlmodel import DateTime, Field, MetaData, Numeric, SQLModel, col

from api.reading import (
    Connection,
    Facet,
    Id,
    Money,
    Node,
    NodeQueries,
    Payload,
    Percent,
    Reader,
    Row,
    Rows,
    column,
    connection,
    expression,
    facets,
    filters,
    many,
    money,
    node,
    one,
    order,
    orders,
    part,
    payload,
    plain,
    query,
    read_payload,
    result,
    unit_money,
    value,
    where,
)


class Table(SQLModel):
    metadata = MetaData()


class MakerRow(Table, table=True):
    __tablename__ = "maker"
    id: UUID = Field(primary_key=True)
    name: str
    country_code: str


class GoodRow(Table, table=True):
    __tablename__ = "good"
    id: UUID = Field(primary_key=True)
    maker_id: UUID = Field(foreign_key="maker.id")
    title: str
    state: str
    languages: list[str] = Field(sa_column=SqlColumn(ARRAY(Text), nullable=False))
    price: Decimal | None = Field(sa_column=SqlColumn(Numeric(18, 6)))
    currency_code: str
    rating: int | None = None
    discount_percent: Decimal | None = Field(default=None, sa_column=SqlColumn(Numeric(9, 4)))
    floor_percent: Decimal | None = Field(default=None, sa_column=SqlColumn(Numeric(5, 2)))
    made_at: datetime = Field(sa_column=SqlColumn(DateTime(timezone=True), nullable=False))
    offered_on: date


class SaleRow(Table, table=True):
    __tablename__ = "sale"
    good_id: UUID = Field(primary_key=True, foreign_key="good.id")
    id: UUID = Field(primary_key=True)
    position: int
    quantity: Decimal = Field(sa_column=SqlColumn(Numeric(18, 6), nullable=False))
    total_minor: int | None = None
    currency_code: str


@strawberry.enum(description="Whether it can be bought.")
class GoodState(Enum):
    OFFERED = strawberry.enum_value("OFFERED", description="It can be bought.")
    RETIRED = strawberry.enum_value("RETIRED", description="It can no longer be bought.")


@value
class Discount:
    """What is taken off, and the least that is."""

    percent: Percent | None = column("Percent taken off.", name="discount_percent")
    floor: Percent | None = column("The least percent taken off.", name="floor_percent")


@value
class Turnover:
    """What was sold in all."""

    quantity: Decimal | None = column("How many were sold.")
    total: Money | None = money("What was paid.", minor="total_minor")


@node(SaleRow, prefix="sale")
class Sale(Node):
    """One sale of a good."""

    position: int = column("Which sale of the good this was, from 1.")
    quantity: Decimal = column("How many were sold.")
    total: Money | None = money("What was paid.", minor="total_minor")
    good: Good | None = one("What was sold.", lambda s, g: g.id == s.good_id)


@filters
class SaleFilter:
    """Which sales."""

    at_least: Decimal | None = where("At least this many were sold.", lambda s, v: s.quantity >= v)


@orders
class SaleOrder(Enum):
    """How to order sales."""

    FIRST = order("The first sale first.", lambda s: [s.position])
    DEAREST = order("The dearest first, those of unknown total last.", lambda s: [s.total_minor.desc().nulls_last()])


@filters
class GoodFilter:
    """Which goods."""

    state: list[GoodState] | None = where("In one of these states.", lambda g, v: g.state == any_(v))
    language: list[str] | None = where("In one of these languages.", lambda g, v: g.languages.op("&&")(v))
    maker: Id[Maker] | None = where("Of this maker.", lambda g, v: g.maker_id == v)
    makers: list[Id[Maker]] | None = where("Of one of these makers.", lambda g, v: g.maker_id == any_(v))
    only_state: GoodState | None = where("In this state.", lambda g, v: g.state == v)
    priced: bool | None = where(
        "Whether it has a price.", lambda g, v: g.price.is_not(None) if v else g.price.is_(None)
    )
    offered_from: date | None = where("Offered on or after this day.", lambda g, v: g.offered_on >= v)
    title: str | None = where("Of exactly this title.", lambda g, v: g.title == v)


@orders
class GoodOrder(Enum):
    """How to order goods."""

    TITLE = order("By title.", lambda g: [g.title])
    NEWEST = order("The newest first.", lambda g: [g.made_at.desc()])
    BEST = order("The best first, the unrated last.", lambda g: [g.rating.desc().nulls_last(), g.title])
    WORST = order("The worst first, the unrated first of all.", lambda g: [g.rating.nulls_first(), g.title.desc()])
    CLOSEST = order(
        "The closest to the title asked for.",
        lambda g, f: [] if f.title is None else [(g.title == f.title).desc()],
    )


@node(MakerRow, prefix="maker")
class Maker(Node):
    """Who makes goods."""

    name: str = column("The maker's name.")
    country: str = column("Where the maker is at home.", name="country_code")
    goods: Connection[Good] = connection(
        "What the maker makes.", lambda m, g: g.maker_id == m.id, filter=GoodFilter, order=GoodOrder
    )
    best: Good | None = one(
        "The best of the maker's goods.",
        rows=lambda m: (
            select(GoodRow)
            .where(col(GoodRow.maker_id) == m.id)
            .order_by(col(GoodRow.rating).desc().nulls_last())
            .limit(1)
        ),
    )


@node(GoodRow, prefix="good")
class Good(Node):
    """What can be bought."""

    title: str = column("What it is called.")
    state: GoodState = column("Whether it can be bought.")
    languages: list[str] = column("The languages it speaks.")
    price: Money | None = unit_money("Price of one.", amount="price")
    rating: int | None = column("From 1 to 5.")
    made_at: datetime = column("When it was made.")
    offered_on: date = column("First day on which it was offered.")
    shouted: str = expression("The title in capitals.", lambda g: func.upper(g.title, type_=Text))
    mine: bool = expression("Whether I make it.", lambda g, reader: g.maker_id == reader.organization_id)
    discount: Discount | None = part("What is taken off.", present=lambda g: g.discount_percent.is_not(None))
    maker: Maker = one("Who makes it.", lambda g, m: m.id == g.maker_id)
    sales: list[Sale] = many("All its sales.", lambda g, s: s.good_id == g.id, order=lambda s: [s.position])
    sale_page: Connection[Sale] = connection(
        "Its sales by the page.", lambda g, s: s.good_id == g.id, filter=SaleFilter, order=SaleOrder
    )
    turnover: Turnover = one("What was sold in all.", rows=lambda g: turnover_of(g))  # noqa: PLW0108 -- defined below


@value
class GoodPage(Connection[Good]):
    """A page of goods, with counts."""

    facets: list[Facet] = facets(
        "How many goods there are of each kind.", state=lambda g: g.state, language=lambda g: func.unnest(g.languages)
    )


def turnover_of(good: Row) -> Rows[Turnover]:
    return select(
        func.sum(SaleRow.quantity, type_=Numeric).label("quantity"),
        func.sum(SaleRow.total_minor).label("total_minor"),
        func.max(SaleRow.currency_code).label("currency_code"),
    ).where(and_(col(SaleRow.good_id) == good.id))


@value
class UserError:
    """What was refused."""

    field: str | None = column("Where.")
    message: str = column("What.", name="words")


@payload
class BuyPayload(Payload):
    """What came of buying."""

    sale: Sale | None = result("The sale.")
    goods: list[Good] | None = result("The goods that were bought.")
    count: int | None = plain("How many.")


@strawberry.input(description="Days, both ends included.")
class Days:
    starts_on: date = strawberry.field(description="The first day.")
    ends_on: date | None = strawberry.field(description="The last day; none when open.", default=None)


@strawberry.type
class GoodQueries:
    @query
    def good(self, reader: Reader, id: Id[Good]) -> Rows[Good | None]:
        """One good by id."""
        return select(GoodRow).where(col(GoodRow.id) == id)

    @query
    def sale(self, reader: Reader, id: Id[Sale]) -> Rows[Sale | None]:
        """One sale by id."""
        return select(SaleRow).where(col(SaleRow.good_id) == id.good_id, col(SaleRow.id) == id.id)

    @query(filter=GoodFilter, order=GoodOrder)
    def goods(self, reader: Reader) -> Rows[GoodPage]:
        """All goods."""
        return select(GoodRow)

    @query(arguments={"days": "When.", "mine": "Whether to look at mine alone."})
    def goods_of(self, reader: Reader, days: Days, mine: bool = False) -> Rows[list[Good]]:
        """The goods first offered on these days, the oldest first."""
        rows = select(GoodRow).where(col(GoodRow.offered_on) >= days.starts_on).order_by(col(GoodRow.offered_on))
        if days.ends_on is not None:
            rows = rows.where(col(GoodRow.offered_on) <= days.ends_on)
        return rows.where(col(GoodRow.maker_id) == reader.organization_id) if mine else rows


@strawberry.type
class Query(GoodQueries, NodeQueries):
    @strawberry.field(description="A field that is not read from the database.")  # type: ignore[untyped-decorator]
    def ping(self) -> str:
        return "pong"

    @query(filter=None, order=lambda m: [m.name.desc()])
    def makers(self, reader: Reader) -> Rows[Connection[Maker]]:
        """All makers; none for somebody unknown."""
        return select(MakerRow).where(null().is_not(None)) if reader.kind == "ANONYMOUS" else select(MakerRow)


@strawberry.type
class Mutation:
    @strawberry.mutation(description="Buy something.")  # type: ignore[untyped-decorator]
    async def buy(
        self,
        info: strawberry.Info[Any, None],
        sale: Annotated[strawberry.ID, strawberry.argument(description="What to buy.")],
    ) -> BuyPayload:
        """The test says what is handed back."""
        connection, actor, made = info.context
        fragment: Any = await read_payload(connection, info, made, actor)
        return cast(BuyPayload, fragment)
