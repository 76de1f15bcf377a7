"""What the books of one contract must say, in plain integers: the model of the state machine."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID


@dataclass
class Billed:
    """A line of an invoice: what was billed, what of it was credited, and what is disputed, in cents."""

    id: UUID
    key: str
    minor: int
    credited: int = 0
    disputed: int = 0

    @property
    def stands(self) -> int:
        return self.minor - self.credited


@dataclass
class Bill:
    """An invoice."""

    id: UUID
    lines: list[Billed]
    debits: list[Bill] = field(default_factory=list)
    paid: int = 0
    credited: int = 0
    void: bool = False

    @property
    def due(self) -> int:
        return 0 if self.void else sum(line.minor for line in self.lines) - self.paid - self.credited

    @property
    def told(self) -> tuple[Any, ...]:
        """What the database must say of it."""
        moved = self.paid or self.credited
        status = "VOID" if self.void else "PAID" if not self.due else "PARTLY_PAID" if moved else "ISSUED"
        return (status, self.due, self.paid, self.credited, sum(line.disputed for line in self.lines))

    @property
    def in_use(self) -> bool:
        disputed = any(line.disputed for line in self.lines)
        return bool(self.paid or self.credited or disputed or any(not debit.void for debit in self.debits))


@dataclass
class Note:
    """A credit note, with what it freed."""

    id: UUID
    bill: Bill
    parts: list[tuple[Billed, int]]
    applied: int
    refundable: int
    freed: list[Work] = field(default_factory=list)
    void: bool = False


@dataclass
class Work:
    """Accepted work, and the line that bills it."""

    key: str
    quantity: Decimal
    line: Billed | None = None


@dataclass
class Received:
    """A payment of a bill, and what of it is left."""

    id: UUID
    bill: Bill
    left: int


@dataclass
class Disputed:
    """A dispute of one line."""

    id: UUID
    bill: Bill
    line: Billed
    minor: int
    open: bool = True


class Books:
    """What the books must say, in plain integers."""

    def __init__(self) -> None:
        self.work: list[Work] = []
        self.bills: list[Bill] = []
        self.notes: list[Note] = []
        self.payments: list[Received] = []
        self.disputes: list[Disputed] = []
        self.credit = 0
        self.closed = 0
        """For how many more acts the month is closed."""

    def credited(self, note_id: UUID, bill: Bill, parts: list[tuple[Billed, int]], freed: list[Work]) -> None:
        """Take parts off a bill: what is due first, the rest was paid already."""
        total = sum(minor for _, minor in parts)
        applied = min(total, bill.due)
        for line, minor in parts:
            line.credited += minor
        for work in freed:
            work.line = None
        bill.credited += applied
        self.credit += total - applied
        self.notes.append(Note(note_id, bill, parts, applied, total - applied, freed))

    def uncredit(self, note: Note) -> None:
        """Owe again what a note took off."""
        for line, minor in note.parts:
            line.credited -= minor
        for work in note.freed:
            work.line = note.parts[[line.key for line, _ in note.parts].index(work.key)][0]
        note.bill.credited -= note.applied
        self.credit -= note.refundable
        note.void = True

    def worked(self, bill: Bill) -> list[Work]:
        """What a bill bills."""
        return [work for work in self.work if any(work.line is line for line in bill.lines)]
