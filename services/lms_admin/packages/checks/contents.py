"""What the files of a package hold: read once, from end to end, so that what the directory said of them is true."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from services.lms_admin.packages.checks.archive import Unreadable
from services.lms_admin.packages.checks.rules import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Final

    from services.lms_admin.packages.checks.archive import Archive, Entry
    from services.lms_admin.packages.checks.manifests import Item

ARCHIVES: Final = (b"PK\x03\x04", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08")
DOCUMENTS: Final = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".epub")
"""Zips by their form, and documents to everybody."""
FLASH: Final = (".swf", ".flv", ".fla")
PROGRAMS: Final = (".php", ".asp", ".aspx", ".jsp", ".cgi", ".exe", ".dll", ".bat", ".sh", ".jar", ".py")
PAGES: Final = (".html", ".htm", ".xhtml", ".css", ".svg")
MOST_OF_A_PAGE: Final = 1024 * 1024
LOADS: Final = re.compile(
    rb"""(?:\b(?:src|data|poster|srcset)\s{0,9}=\s{0,9}["']?|<link\b[^<>]{0,300}?\bhref\s{0,9}=\s{0,9}["']?"""
    rb"""|url\(\s{0,9}["']?|@import\s{0,9}["'])(?:https?:)?//([A-Za-z0-9.-]{1,253})""",
    re.IGNORECASE,
)
"""What a page loads by itself; a link that a learner follows is none."""
MOST_HOSTS: Final = 50


def read_contents(archive: Archive) -> Iterator[Finding]:
    """Read every file, and say what it holds that it should not."""
    hosts: dict[str, str] = {}
    for entry in archive.entries:
        if entry.is_folder and not entry.expanded_bytes:
            continue
        try:
            beginning = _read(archive, entry)
        except Unreadable as unreadable:
            yield unreadable.finding
            continue
        yield from _by_its_name_and_beginning(entry.name, beginning)
        if entry.name.lower().endswith(PAGES):
            for host in LOADS.findall(beginning)[:MOST_HOSTS]:
                hosts.setdefault(host.decode("ascii").lower(), entry.name)
    for host, file in hosts.items():
        yield Finding(Rule.OUTSIDE_HOST, f"it loads from {host}, which a learner's network may not reach", file)


def _by_its_name_and_beginning(file: str, beginning: bytes) -> Iterator[Finding]:
    name = file.lower()
    if beginning.startswith(ARCHIVES) and not name.endswith(DOCUMENTS):
        yield Finding(Rule.ZIP_NESTED, "it is an archive itself; what is in it was not looked at", file)
    if name.endswith(FLASH):
        yield Finding(Rule.FLASH, "it is Flash, which no browser runs", file)
    if name.endswith(PROGRAMS):
        yield Finding(Rule.SERVER_PROGRAM, "it is a program, which an LMS does not run", file)


def flash_that_is_opened(items: list[Item]) -> Iterator[Finding]:
    """What learners open is not Flash."""
    for item in items:
        if item.path.lower().endswith(FLASH):
            yield Finding(Rule.FLASH_LAUNCHED, "learners open it, and no browser runs Flash", item.path)


def _read(archive: Archive, entry: Entry) -> bytes:
    """Read an entry to its end; return as much of its beginning as is looked into."""
    most = MOST_OF_A_PAGE if entry.name.lower().endswith(PAGES) else len(max(ARCHIVES, key=len))
    beginning = bytearray()
    for piece in archive.pieces(entry):
        if len(beginning) < most:
            beginning += piece[: most - len(beginning)]
    return bytes(beginning)
