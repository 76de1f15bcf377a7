"""The two committed pictures of the product: the API's schema and the database's."""

from __future__ import annotations

import difflib
import subprocess
import sys
import tempfile
from pathlib import Path

from cli.migrating import migrate
from core.embedded import EmbeddedPostgres
from core.settings import Settings

ROOT = Path(__file__).parents[1]


def snapshot(*, sql: bool, check: bool, write: bool) -> int:
    """Print a schema, write its committed file, or compare with it; 1 if they differ."""
    file = ROOT / ("schema.sql" if sql else "schema.graphql")
    now = database_schema() if sql else api_schema()
    if write:
        file.write_text(now)
        return 0
    if not check:
        sys.stdout.write(now)
        return 0
    told = compare(file, now)
    sys.stderr.write(told or "")
    return 1 if told else 0


def compare(file: Path, now: str) -> str | None:
    """How a committed file differs from what the code makes, and what to do; None when it does not."""
    before = file.read_text() if file.exists() else ""
    lines = difflib.unified_diff(before.splitlines(), now.splitlines(), f"committed {file.name}", "now", lineterm="")
    difference = "\n".join(lines)
    if not difference:
        return None
    return f"{difference}\n\n{file.name} is not what the code makes: `make schema`, and look at the difference.\n"


def api_schema() -> str:
    """The API as its clients see it."""
    from api.graphql_schema import sdl  # noqa: PLC0415 - the database is told without loading the whole API

    return sdl().rstrip("\n") + "\n"


def database_schema() -> str:
    """The database after all migrations, as pg_dump tells it, from an empty server of its own."""
    with tempfile.TemporaryDirectory() as folder:
        # The account that PostgreSQL gets from root has to pass through.
        Path(folder).chmod(0o711)
        with EmbeddedPostgres(Path(folder) / "postgres", durable=False) as postgres:
            migrate(Settings(_env_file=None, migration_database_url=postgres.owner_url))
            dump = subprocess.run(
                [postgres.programs / "pg_dump", "--schema-only", "--no-comments", postgres.url("postgres")],
                check=True,
                capture_output=True,
                text=True,
            ).stdout
    # pg_dump writes a random word into these two lines, and versions and dates into its own comments.
    kept = [line for line in dump.splitlines() if not line.startswith(("\\restrict", "\\unrestrict", "-- Dumped"))]
    return "\n".join(kept).strip() + "\n"
