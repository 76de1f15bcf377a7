"""Words that several nouns use."""

from enum import Enum

import strawberry


@strawberry.enum(description="What one unit of a quantity is.")
class Unit(Enum):
    """What a price is for one of."""

    HOUR = strawberry.enum_value("HOUR", description="An hour of one person's work.")
    DAY = strawberry.enum_value("DAY", description="A working day of one person.")
    MONTH = strawberry.enum_value("MONTH", description="A calendar month of a service.")
    TICKET = strawberry.enum_value("TICKET", description="A request to a help desk, from opening to closing.")
    LEARNER = strawberry.enum_value("LEARNER", description="A learner who is served.")
    COURSE = strawberry.enum_value("COURSE", description="A course that is made, run or maintained.")
    SITE = strawberry.enum_value("SITE", description="A site of a learning management system.")
    SESSION = strawberry.enum_value("SESSION", description="A live session.")
    LUMP_SUM = strawberry.enum_value("LUMP_SUM", description="The whole of a piece of work, at one price.")


@strawberry.enum(description="What a minimum commitment is for.")
class CommitmentPeriod(Enum):
    """The term, or each year of it."""

    TERM = strawberry.enum_value("TERM", description="The whole term.")
    YEAR = strawberry.enum_value("YEAR", description="Each year, counted from the first day of the term.")


@strawberry.enum(description="How far a vendor's cost is open to the association, from closed to open.")
class DisclosureTier(Enum):
    """How much of cost and margin a contract opens; later members open more."""

    CLOSED = strawberry.enum_value("CLOSED", description="The price only.")
    BAND = strawberry.enum_value("BAND", description="The price, and whether the margin lies inside the agreed band.")
    OPEN_BOOK = strawberry.enum_value(
        "OPEN_BOOK", description="Cost, gross margin, markup, platform fee and vendor margin, beside the price."
    )
