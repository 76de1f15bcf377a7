"""What is committed is what the code makes: the API's schema, the database's, and a Compose file that Compose takes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.commanding import chapterhouse

ROOT = Path(__file__).parents[2]


def test_the_api_is_as_committed(tmp_path: Path) -> None:
    done = chapterhouse("schema", "--check", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_database_is_as_committed(tmp_path: Path) -> None:
    done = chapterhouse("schema", "--sql", "--check", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_difference_is_shown(tmp_path: Path) -> None:
    from cli.snapshots import compare  # noqa: PLC0415 - it needs the whole schema

    told = compare(tmp_path / "schema.graphql", "type Query {\n  viewer: Viewer\n}\n")
    assert told is not None
    assert "+type Query {" in told
    assert "`make schema`" in told


def test_the_compose_file_is_one() -> None:
    checked = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, checked.stdout) == (0, "ok -- validation done\n")
