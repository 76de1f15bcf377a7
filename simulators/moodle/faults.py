"""What goes wrong on demand: ordered beforehand, and met by the calls that follow."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self


class Kind(StrEnum):
    """A way in which a call goes wrong."""

    HANG = "HANG"
    """It is done, and no answer comes until the client leaves."""
    BREAK = "BREAK"
    """It is done, and the connection breaks off within the answer."""
    HTML = "HTML"
    EMPTY = "EMPTY"
    HALF = "HALF"
    """Half of a JSON."""
    ERROR = "ERROR"
    """HTTP 200 with an error of the database."""
    FEWER = "FEWER"
    """It is done, and one row is missing in the answer."""
    DELAY = "DELAY"
    """It takes `seconds`."""
    MAINTENANCE = "MAINTENANCE"
    """The site goes into maintenance, and stays there."""
    EXPIRE_TOKEN = "EXPIRE_TOKEN"  # noqa: S105 - a word
    """The token has expired."""
    RESET_DATES = "RESET_DATES"
    """Enrolments are made without the dates that were sent."""


@dataclass
class Fault:
    """Something to go wrong with `times` calls of `function` (None: of any), after `skip` that go well."""

    kind: Kind
    function: str | None = None
    skip: int = 0
    times: int = 1
    seconds: float = 0
    applied: bool = True
    """Whether a call is done before its answer is spoiled."""

    @classmethod
    def ordered(cls, order: dict[str, object]) -> Self:
        """From a request of the control door."""
        return cls(**order | {"kind": Kind(str(order["kind"]))})  # type: ignore[arg-type]

    @property
    def prevents(self) -> bool:
        """Whether the call is not done at all."""
        return not self.applied or self.kind in {Kind.ERROR, Kind.MAINTENANCE, Kind.EXPIRE_TOKEN}


@dataclass
class Faults:
    """The faults that are yet to come."""

    ordered: list[Fault] = field(default_factory=list)

    def order(self, kind: Kind, function: str | None = None, *, skip: int = 0, times: int = 1) -> Fault:
        """Order a fault."""
        fault = Fault(kind, function, skip, times)
        self.ordered.append(fault)
        return fault

    def met_by(self, function: str) -> Fault | None:
        """The fault that this call meets."""
        for fault in self.ordered:
            if fault.function in {None, function}:
                if fault.skip:
                    fault.skip -= 1
                    continue
                fault.times -= 1
                if not fault.times:
                    self.ordered.remove(fault)
                return fault
        return None
