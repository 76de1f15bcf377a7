"""The checks in a process of their own, which a hostile package may exhaust: `python -m` this, with a package's path.

It is given no environment, writes one JSON document to its standard output, and ends with TOO_COSTLY when the package
takes more memory than it may. The system ends it when it takes more time.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from services.lms_admin.packages.checks.checking import check

if TYPE_CHECKING:
    from typing import Final

MOST_BYTES: Final = 200 * 1024 * 1024
MOST_CPU_SECONDS: Final = 20
TOO_COSTLY: Final = 3


def main(path: str, cpu_seconds: int) -> int:
    """Check the package at `path` and print what came of it."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  (Windows has none)

        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        with Path(path).open("rb") as file:
            checked = check(file)
    except MemoryError:
        return TOO_COSTLY
    json.dump(asdict(checked), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
