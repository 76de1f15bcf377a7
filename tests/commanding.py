"""The command line, run as people run it: in a process of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

COMMAND = (sys.executable, "-c", "from cli import main; main()")
LONGEST_COMMAND_SECONDS = 600


def environment(**variables: str) -> dict[str, str]:
    """This process's environment without its settings, with these."""
    from core.settings import Settings  # noqa: PLC0415 - only its field names

    settings = {name.upper() for name in Settings.model_fields}
    return {name: value for name, value in os.environ.items() if name not in settings} | variables


def chapterhouse(*words: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command in `folder` and wait for it."""
    return subprocess.run(
        [*COMMAND, *words],
        cwd=folder,
        env=environment(**variables),
        capture_output=True,
        text=True,
        timeout=LONGEST_COMMAND_SECONDS,
        check=False,
    )


def start(*words: str, folder: Path, **variables: str) -> subprocess.Popen[str]:
    """Start a command in `folder`; whoever starts it stops it."""
    return subprocess.Popen(
        [*COMMAND, *words],
        cwd=folder,
        env=environment(**variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def free_port() -> int:
    """A port that nothing listens on just now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
