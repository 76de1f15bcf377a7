"""Passwords that nobody is told: they keep an account closed until its owner sets one of their own."""

from __future__ import annotations

import secrets
from typing import Final

_KINDS: Final = ("abcdefghijkmnopqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789", "*-#!")
_MUST_CHANGE: Final = {"type": "auth_forcepasswordchange", "value": "1"}


def unknown_password() -> dict[str, object]:
    """Return a random password, kept nowhere, and Moodle's word that it is to be changed; any usual policy takes it."""
    letters = [secrets.choice(kind) for kind in _KINDS for _ in range(7)]
    secrets.SystemRandom().shuffle(letters)
    return {"preferences": [_MUST_CHANGE], "password": "".join(letters)}
