"""The numbers that a request must stay within."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a document may hold, what an operation may cost, and how fast somebody may spend."""

    depth: int = 15
    """Fields inside fields; the introspection query that tools send needs 15."""
    aliases: int = 100
    """Of one operation, its fragments opened."""
    root_fields: int = 30
    """Of one operation."""
    edges: int = 60
    """Fields of one operation that are read from rows of their own, each by a sub-select of the statement."""
    fields: int = 2_000
    """Fields and fragments of all definitions of a document, what a fragment holds counted wherever it is spread."""
    repeats: int = 5_000
    """Pairs of fields that ask for the same in the same place: validation compares each with each."""
    list_size: int = 10
    """How long a list without pages is taken to be."""
    largest_cost: int = 20_000
    """Of one operation, in objects."""
    capacity: int = 200_000
    """What somebody can spend at once, in objects."""
    restore_per_second: int = 10_000
    """What comes back to them in a second."""

    def __post_init__(self) -> None:
        """Refuse with ValueError what no request could stay within, or no waiting could help."""
        for name, number in vars(self).items():
            if number < 1:
                raise ValueError(f"{name} must be at least 1, not {number}")
        if self.capacity < self.largest_cost:
            raise ValueError(
                f"capacity must be at least largest_cost, {self.largest_cost}, not {self.capacity}: "
                f"an operation that costs more than that could never be paid for"
            )
