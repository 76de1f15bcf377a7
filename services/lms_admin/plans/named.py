"""What is named in a list instead of a file: member numbers, courses, roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import InvalidInput
from services.delivery.evidence import NamedTwice
from services.lms_admin.plans.table import clean

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from services.contracts.faults import Faults


def checked_key(faults: Faults, text: str, *, longest: int, field: str) -> None:
    """Note a key or number that is blank, too long, or not as it would be read from a file."""
    faults.text(text, longest=longest, field=field)
    if text != clean(text) or not text.isprintable():
        faults.note(InvalidInput("leave out blanks around it and what does not show", field=field))


def require_different(faults: Faults, named: Sequence[Hashable], *, field: str) -> None:
    """Note with NamedTwice what a list names again."""
    seen = set()
    for at, name in enumerate(named):
        if name in seen:
            faults.note(NamedTwice("this is named already", field=f"{field}.{at}"))
        seen.add(name)
