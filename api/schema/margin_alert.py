"""Alerts about the margin of a contract."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

import strawberry
from sqlalchemy import any_

from api.reading import Money, Node, Percent, column, filters, money, node, one, order, orders, value, where
from api.schema.open_book import CostBasis
from services.billing.open_book import alerting
from services.billing.open_book import models as rows

if TYPE_CHECKING:
    from api.schema.contract import Contract


@strawberry.enum(description="On which side of its band the margin of a contract lies.")
class MarginAlertKind(Enum):
    """Squeeze or excess."""

    SQUEEZE = strawberry.enum_value("SQUEEZE", description="Below the floor: the vendor earns too little to last.")
    EXCESS = strawberry.enum_value("EXCESS", description="Above the ceiling: the association pays too much.")


@value
class MarginAlertFigures:
    """What the margin was made of when the alert was raised, contract to date."""

    price: Money = money("What the association was charged, net of tax.", minor="price_minor")
    cost: Money = money("What the work cost the vendor.", minor="cost_minor")
    gross_margin_percent: Percent | None = column("(Price - cost) / price.")


@node(rows.MarginAlert, prefix="mal")
class MarginAlert(Node):
    """The gross margin of a contract to date, outside its agreed band, for both parties as the tier opens it."""

    contract: Contract = one("The contract.", lambda alert, contract: contract.id == alert.contract_id)
    kind: MarginAlertKind = column("On which side.")
    cost_basis: CostBasis = column("Which cost the margin is made of.")
    floor_percent: Percent = column("The agreed floor then, in percent of the price.", name="margin_floor_percent")
    ceiling_percent: Percent = column("The agreed ceiling then, in percent of price.", name="margin_ceiling_percent")
    raised_at: datetime = column("When the margin was found outside.")
    cleared_at: datetime | None = column("When it was found back within, or on the other side; null while it is open.")
    figures: MarginAlertFigures | None = one(
        "The figures then; null for whoever does not read cost.", rows=alerting.figures_of
    )


@filters
class MarginAlertFilter:
    """Which alerts."""

    kind: list[MarginAlertKind] | None = where("On this side.", lambda alert, v: alert.kind == any_(v))
    open: bool | None = where(
        "Open or cleared.", lambda alert, v: alert.cleared_at.is_(None) if v else alert.cleared_at.is_not(None)
    )


@orders
class MarginAlertOrder(Enum):
    """How alerts are ordered."""

    NEWEST = order("The latest raised first.", lambda alert: [alert.raised_at.desc()])
