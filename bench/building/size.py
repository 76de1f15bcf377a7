"""How much is in a measured database, and what such a database is called."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import migrations


@dataclass(frozen=True)
class Size:
    """`records` are on one contract, `few_records` on each of `few_contracts` beside it."""

    offerings: int
    vendors: int
    records: int
    few_records: int = 2_000
    few_contracts: int = 9

    @property
    def database(self) -> str:
        """A name made of the size and of everything that decides what is in it."""
        digest = hashlib.sha256(repr(self).encode())
        for file in sorted(
            (*Path(migrations.__file__).parent.glob("versions/*.py"), *Path(__file__).parent.glob("*.*"))
        ):
            digest.update(file.read_bytes())
        return f"bench_{self.offerings}_{self.records}_{digest.hexdigest()[:8]}"


WHOLE: Final = Size(offerings=20_000, vendors=500, records=1_000_000)
TEN_TIMES: Final = Size(offerings=200_000, vendors=5_000, records=2_000, few_contracts=0)
QUICK: Final = Size(offerings=2_000, vendors=50, records=10_000, few_contracts=2)
