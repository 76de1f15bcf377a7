"""What breaks a client is named in the changelog, or is not committed."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from graphql import build_schema
from graphql.utilities import find_breaking_changes

from api.graphql_schema import sdl

ROOT = Path(__file__).parents[2]


COORDINATE = re.compile(r"\w+\.\w+(?:\(\w+:\))?|@\w+|^\w+")


def unannounced(before: str, now: str, changelog: str) -> list[str]:
    """The breaking changes from one schema to another whose coordinate, such as `Type.field`, no changelog names."""
    broken = find_breaking_changes(build_schema(before), build_schema(now))
    return [change.description for change in broken if _coordinate(change.description) not in changelog]


def _coordinate(description: str) -> str:
    found = COORDINATE.findall(description)
    return str(next((name for name in found if not name.isalnum()), found[0]))


def released() -> str:
    """The schema as it was released last; until there is a release, as it was committed last."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("there is no history to compare with")
    latest = _git(git, "describe", "--tags", "--abbrev=0", "--match", "v*") or "HEAD"
    before = _git(git, "show", f"{latest}:schema.graphql")
    if not before:
        pytest.skip("the history holds no schema")
    return before


def _git(git: str, *words: str) -> str:
    done = subprocess.run([git, "-C", str(ROOT), *words], capture_output=True, text=True, check=False)
    return done.stdout if done.returncode else done.stdout.strip()


def test_no_client_is_broken_without_a_word() -> None:
    assert unannounced(released(), sdl(), (ROOT / "CHANGELOG.md").read_text()) == []


BEFORE = "type Query { contract(id: ID!): Contract  contracts: String } type Contract { id: ID!  title: String! }"
NOW = "type Query { contract(id: ID!): Contract } type Contract { id: ID!  title: String }"


def test_every_breaking_change_wants_its_word() -> None:
    assert unannounced(BEFORE, BEFORE, "") == []
    assert unannounced(NOW, NOW.replace("id: ID!  ", "id: ID!  status: String  "), "") == []
    assert unannounced(BEFORE, NOW, "") == [
        "Field Query.contracts was removed.",
        "Field Contract.title changed type from String! to String.",
    ]
    assert unannounced(BEFORE, NOW, "`Query.contracts` is gone.") == [
        "Field Contract.title changed type from String! to String."
    ]
