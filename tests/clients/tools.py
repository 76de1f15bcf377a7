"""The tools of those who call this API, installed by the Makefile, and run as they run them: in a process."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
SCHEMA = HERE.parents[1] / "schema.graphql"
PROGRAMS = Path(sys.executable).parent
INSTALLED = PROGRAMS.parent / "clients"
ARIADNE = INSTALLED / "ariadne" / "bin"
"""Where `ariadne-codegen` is installed, which this project's own packages are not."""
LONGEST_RUN_SECONDS = 120


@dataclass(frozen=True)
class Workshop:
    """A folder of this test's own, with the operations, the programs, the schema, and the tools at hand."""

    folder: Path

    @classmethod
    def at(cls, folder: Path) -> Workshop:
        """Lay one out in a folder that is not there yet."""
        assert (INSTALLED / "node_modules").is_dir(), "the clients' tools are not installed: `make test` installs them"
        shutil.copytree(HERE, folder, ignore=shutil.ignore_patterns("__*__*", "conftest.py", "test_*.py", "tools.py"))
        shutil.copy(SCHEMA, folder)
        (folder / "node_modules").symlink_to(INSTALLED / "node_modules")
        return cls(folder)

    def node(self, *words: str, **variables: str) -> str:
        """Run a program on Node; return what it prints."""
        return self.run(str(PROGRAMS / "node"), *words, **variables)

    def tool(self, name: str, *words: str, **variables: str) -> str:
        """Run a tool that npm installed; return what it prints."""
        return self.run(f"node_modules/.bin/{name}", *words, **variables)

    def run(self, *words: str, within: str = ".", **variables: str) -> str:
        """Run a program in the folder, or in one within it; return what it prints."""
        environment = {"PATH": f"{PROGRAMS}{os.pathsep}{os.defpath}", "HOME": str(self.folder), "NO_COLOR": "1"}
        done = subprocess.run(
            words,
            cwd=self.folder / within,
            env=environment | variables,
            capture_output=True,
            text=True,
            timeout=LONGEST_RUN_SECONDS,
            check=False,
        )
        assert done.returncode == 0, f"{' '.join(words)}\n{done.stdout}\n{done.stderr}"
        return done.stdout


def read(printed: str) -> object:
    """Read what a program printed last, as JSON."""
    said: object = json.loads(printed.splitlines()[-1])
    return said
