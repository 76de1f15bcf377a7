"""What a vendor charges for one unit of each kind of work, and, for the vendor alone, what it costs them."""

from __future__ import annotations

from enum import Enum

import strawberry

from api.reading import Money, column, inputs, unit_money, value
from api.schema.enums import Unit
from api.schema.inputs import MoneyInput


@strawberry.enum(description="Whether the work is done before the learners or behind the scenes.")
class OfficeType(Enum):
    """Front or back office."""

    FRONT_OFFICE = strawberry.enum_value("FRONT_OFFICE", description="Work that speaks with members and learners.")
    BACK_OFFICE = strawberry.enum_value("BACK_OFFICE", description="Work behind the scenes.")


@value
class RateCardEntry:
    """The price of one unit of one kind of work."""

    key: str = column("Names the entry within its offering version; a contract line refers to it.")
    title: str = column("What the work is.")
    office_type: OfficeType = column("Front or back office.")
    unit: Unit = column("What the price is for one of.")
    unit_price: Money = unit_money("What one unit costs the association, net of tax.", amount="unit_price")
    unit_cost: Money | None = unit_money(
        "What one unit costs the vendor, as standard cost; null for everybody but the vendor's own OWNER, FINANCE and "
        "CATALOG_MANAGER.",
        amount="unit_cost",
    )


@inputs
class RateCardEntryInput:
    """The price, and the standard cost, of one unit of one kind of work."""

    key: str = strawberry.field(
        description="Names the entry within the offering: lower-case letters, digits and hyphens, at most 63."
    )
    title: str = strawberry.field(description="What the work is, at most 200 characters.")
    office_type: OfficeType = strawberry.field(description="Front or back office.")
    unit: Unit = strawberry.field(description="What the price is for one of.")
    unit_cost: MoneyInput = strawberry.field(
        description="What one unit costs you: standard cost, with up to six decimals. Never shown in the catalog."
    )
    unit_price: MoneyInput = strawberry.field(
        description="The price of one unit, net of tax, with up to six decimals. A rate card has one currency."
    )
