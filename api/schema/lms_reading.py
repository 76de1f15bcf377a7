"""How readings of a site stand."""

from __future__ import annotations

from enum import Enum

import strawberry


@strawberry.enum(description="How a reading of a site stands.")
class LmsReadingStatus(Enum):
    """Begun, done, or in vain."""

    READING = strawberry.enum_value("READING", description="It was asked for, and goes on in the background.")
    DONE = strawberry.enum_value("DONE", description="It has ended; what could not be read is named.")
    FAILED = strawberry.enum_value("FAILED", description="Nothing could be read, and nothing changed.")
