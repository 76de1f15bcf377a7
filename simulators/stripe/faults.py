"""What goes wrong on demand: ordered beforehand, and met by the requests that follow."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self


class Kind(StrEnum):
    """A way in which a request goes wrong."""

    ERROR = "ERROR"
    """HTTP 500. Its key remembers that, whether or not anything was done before."""
    HANG = "HANG"
    """No answer comes until the client leaves."""
    BREAK = "BREAK"
    """The connection breaks off within the answer."""
    DELAY = "DELAY"
    """It takes `seconds`, while which its key is in use."""
    RATE_LIMIT = "RATE_LIMIT"
    """HTTP 429; nothing is done, and its key remembers nothing."""


@dataclass
class Fault:
    """Something to go wrong with `times` requests of `method` (None: of any), after `skip` that go well."""

    kind: Kind
    method: str | None = None
    """Such as `POST /v1/payment_intents/{id}/confirm`."""
    skip: int = 0
    times: int = 1
    seconds: float = 0
    applied: bool = True
    """Whether the request is done before its answer is spoiled."""

    @classmethod
    def ordered(cls, order: dict[str, object]) -> Self:
        """From a request of the control door."""
        return cls(**order | {"kind": Kind(str(order["kind"]))})  # type: ignore[arg-type]


@dataclass
class Faults:
    """The faults that are yet to come."""

    ordered: list[Fault] = field(default_factory=list)

    def order(
        self,
        kind: Kind,
        method: str | None = None,
        *,
        skip: int = 0,
        times: int = 1,
        seconds: float = 0,
        applied: bool = True,
    ) -> Fault:
        """Order a fault."""
        fault = Fault(kind, method, skip, times, seconds, applied)
        self.ordered.append(fault)
        return fault

    def met_by(self, method: str) -> Fault | None:
        """The fault that this request meets."""
        for fault in self.ordered:
            if fault.method in {None, method}:
                if fault.skip:
                    fault.skip -= 1
                    continue
                fault.times -= 1
                if not fault.times:
                    self.ordered.remove(fault)
                return fault
        return None
