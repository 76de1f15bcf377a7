"""Texts that are made and committed, so that a changed one is seen in review; UPDATE_STATEMENTS=1 writes them anew."""

from __future__ import annotations

import os
from pathlib import Path


def committed(file: Path, now: str) -> str:
    """What is committed in `file`: to be compared with what is made now."""
    if os.environ.get("UPDATE_STATEMENTS"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(now)
    return file.read_text() if file.exists() else ""
