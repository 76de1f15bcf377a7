"""What the types of the catalog and of contracts share."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Self, TypeAlias, TypeVar

import strawberry
from sqlalchemy import Select
from strawberry import relay

from bench.peers.strawberry_twin.loaders import Loaders
from bench.peers.strawberry_twin.sessions import Reading
from core.money import currency_digits
from services.identity import models as rows

Info: TypeAlias = strawberry.Info[dict[str, Any], None]
NodeT = TypeVar("NodeT", bound=relay.Node)


def reading(info: Info) -> Reading:
    """The request's session."""
    of_request: Reading = info.context["reading"]
    return of_request


def loaders(info: Info) -> Loaders:
    """The request's loaders."""
    of_request: Loaders = info.context["loaders"]
    return of_request


@strawberry.type
class Money:
    """An amount of a currency."""

    amount: Decimal
    currency_code: str

    @classmethod
    def of_minor(cls, minor: int, currency_code: str) -> Self:
        """Minor units as an amount with the currency's own digits."""
        return cls(amount=Decimal(minor).scaleb(-currency_digits(currency_code)), currency_code=currency_code)


@strawberry.type
class Organization(relay.Node):
    """An association, a vendor, or the operator."""

    row_id: relay.NodeID[str]
    name: str

    @classmethod
    def of(cls, row: rows.Organization) -> Self:
        """The organization of a row."""
        return cls(row_id=str(row.id), name=row.name)


async def page_of(info: Info, rows: Select[Any], *, first: int, after: str | None) -> Sequence[Any]:
    """The objects of a page, and one more if there is one."""
    return await reading(info).objects(rows.offset(_past(after)).limit(first + 1))


def connection(nodes: list[NodeT], *, first: int, after: str | None) -> dict[str, Any]:
    """The fields of a connection; `nodes` are those of `page_of`."""
    offset = _past(after)
    edges = [relay.Edge.resolve_edge(node, cursor=offset + at) for at, node in enumerate(nodes[:first])]
    page_info = relay.PageInfo(
        has_next_page=len(nodes) > first,
        has_previous_page=offset > 0,
        start_cursor=edges[0].cursor if edges else None,
        end_cursor=edges[-1].cursor if edges else None,
    )
    return {"page_info": page_info, "edges": edges}


def _past(cursor: str | None) -> int:
    return 0 if cursor is None else int(relay.from_base64(cursor)[1]) + 1
