"""Certificate numbers: unguessable, and written so that they can be read out and typed."""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Final

LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O and U, so that nothing is taken for something else."""
LENGTH: Final = 28
"""140 bits."""
GROUP: Final = 4
LONGEST_TYPED: Final = 2 * LENGTH
FORM = re.compile(f"[{LETTERS}]{{{LENGTH}}}", re.ASCII)
MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", "-": None, " ": None})


def new_number() -> str:
    """Make a number that nobody can guess."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def grouped(number: str) -> str:
    """Write a number in groups of four."""
    return "-".join(number[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def read_number(typed: str) -> str | None:
    """Read a number as somebody typed it: in any case, with or without groups, 1 and I alike; None if it is none."""
    number = typed[:LONGEST_TYPED].upper().translate(MISREAD)
    return number if FORM.fullmatch(number) else None
