"""The command line: `chapterhouse --help`."""

from cli.commands import main

__all__ = ["main"]
