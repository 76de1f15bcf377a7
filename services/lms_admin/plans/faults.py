"""What is wrong with the rows of a file: named by row and field, never with the learner's data in its words."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

MOST_KEPT: Final = 1000
"""Faults beyond these are counted and not kept."""


class FaultCode(StrEnum):
    """What can be wrong with a row, or with one of its cells."""

    COLUMN_COUNT = "COLUMN_COUNT"
    BLANK = "BLANK"
    TOO_LONG = "TOO_LONG"
    CONTROL_CHARACTER = "CONTROL_CHARACTER"
    FORMULA = "FORMULA"
    MALFORMED = "MALFORMED"
    DUPLICATE = "DUPLICATE"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: `row` as a spreadsheet counts, the header being row 1; `field` by the name of its column."""

    row: int
    field: str | None
    code: FaultCode
    message: str

    @property
    def document(self) -> dict[str, object]:
        """The fault as a plan keeps it."""
        return {"row": self.row, "field": self.field, "code": self.code.value, "message": self.message}


@dataclass(slots=True)
class RowFaults:
    """The faults of one file: the first of them, and how many there are."""

    kept: list[Fault] = field(default_factory=list)
    count: int = 0

    def note(self, row: int, column: str | None, code: FaultCode, message: str) -> None:
        """Count a fault, and keep it while there is room."""
        self.count += 1
        if len(self.kept) < MOST_KEPT:
            self.kept.append(Fault(row, column, code, message))
