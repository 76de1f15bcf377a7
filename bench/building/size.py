"""How much is in a measured database, and what such a database is called."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final


@dataclass(frozen=True)
class Size:
    """`records` are on one contract that has run for `months`, `few_records` on each of `few_contracts` beside it."""

    offerings: int
    vendors: int
    records: int
    few_records: int = 2_000
    few_contracts: int = 9
    months: int = 36
    few_months: int = 8

    @cached_property
    def database(self) -> str:
        """A name made of the size and of what is put in; the schema is brought up to date each time it is opened."""
        here = Path(__file__).parent
        digest = hashlib.sha256(repr(self).encode())
        for file in sorted((*here.glob("*.sql"), here / "contracts.py")):
            digest.update(hashlib.sha256(file.read_bytes()).digest())
        return f"{self.prefix}{digest.hexdigest()[:8]}"

    @property
    def prefix(self) -> str:
        """How the databases of this size are called, whatever is in them."""
        return f"bench_{self.offerings}_{self.records}_"


WHOLE: Final = Size(offerings=20_000, vendors=500, records=1_000_000)
TEN_TIMES: Final = Size(offerings=200_000, vendors=5_000, records=2_000, few_contracts=0)
QUICK: Final = Size(offerings=2_000, vendors=50, records=10_000, few_contracts=2)
QUICK_TEN_TIMES: Final = Size(offerings=20_000, vendors=500, records=2_000, few_contracts=0)
