"""What the directory of a zip gives away: each rule looks at it alone, before any content is read."""

from __future__ import annotations

import re
import stat
import unicodedata
import zipfile
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from services.lms_admin.packages.checks.archive import (
    DESCRIPTOR,
    ELSEWHERE,
    ENCRYPTED,
    LONGEST_NAME,
    UTF_8,
    Unreadable,
)
from services.lms_admin.packages.checks.rules import Finding, Rule, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Final

    from services.lms_admin.packages.checks.archive import Archive, Entry, Local

MOST_EXPANDED_BYTES: Final = 256 * 1024 * 1024
MOST_TIMES: Final = 100
HARMLESS_BYTES: Final = 1024 * 1024
"""What expands to less than this does no harm, however well it was compressed."""
LONGEST_DESCRIPTOR: Final = 24
DEEPEST: Final = 32
DRIVE: Final = re.compile(r"[A-Za-z]:")


def names(archive: Archive) -> Iterator[Finding]:
    """Names are text that every system takes: without control characters and backslashes, and not too long."""
    for entry in archive.entries:
        if not entry.name or len(entry.name) > LONGEST_NAME:
            yield Finding(Rule.ZIP_NAME, f"a name has 1 to {LONGEST_NAME} characters", entry.name[:80])
        elif any(unicodedata.category(letter) == "Cc" for letter in entry.name):
            yield Finding(Rule.ZIP_NAME, "a name holds control characters", printable(entry.name))
        elif "\\" in entry.name:
            yield Finding(
                Rule.ZIP_NAME, "backslashes divide its folders; some systems take them for letters", entry.name
            )
        elif entry.name.count("/") > DEEPEST:
            yield Finding(Rule.ZIP_NAME, f"it lies more than {DEEPEST} folders deep", printable(entry.name))


def traversal(archive: Archive) -> Iterator[Finding]:
    """No name leaves the folder that the package is unpacked into."""
    for entry in archive.entries:
        if ".." in entry.name.replace("\\", "/").split("/"):
            yield Finding(Rule.ZIP_TRAVERSAL, "its name leads out of the package", printable(entry.name))


def absolute_paths(archive: Archive) -> Iterator[Finding]:
    """No name begins at the root of a disk."""
    for entry in archive.entries:
        if entry.name.startswith(("/", "\\")) or DRIVE.match(entry.name):
            yield Finding(Rule.ZIP_ABSOLUTE_PATH, "its name begins at the root of a disk", printable(entry.name))


def links(archive: Archive) -> Iterator[Finding]:
    """Entries are files and folders, and nothing else that a file system knows."""
    for entry in archive.entries:
        kind = stat.S_IFMT(entry.mode)
        if kind and kind not in (stat.S_IFREG, stat.S_IFDIR):
            yield Finding(Rule.ZIP_LINK, "it is a link or a device, and no file", printable(entry.name))


def encrypted(archive: Archive) -> Iterator[Finding]:
    """Nothing is encrypted: an LMS asks nobody for a password."""
    for entry in archive.entries:
        if entry.flags & ENCRYPTED:
            yield Finding(Rule.ZIP_ENCRYPTED, "it is encrypted", printable(entry.name))


def methods(archive: Archive) -> Iterator[Finding]:
    """Content is stored or deflated, which every LMS can read."""
    for entry in archive.entries:
        if entry.method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            yield Finding(Rule.ZIP_METHOD, f"it is compressed by method {entry.method}", printable(entry.name))


def duplicates(archive: Archive) -> Iterator[Finding]:
    """A name stands for one entry, and not for a file and a folder at once."""
    for name, times in Counter(entry.name.rstrip("/") for entry in archive.entries).items():
        if times > 1:
            yield Finding(Rule.ZIP_DUPLICATE, f"{times} entries have this name", printable(name))
    files = {entry.name for entry in archive.entries if not entry.is_folder}
    for name in sorted(folders_of(archive) & files):
        yield Finding(Rule.ZIP_DUPLICATE, "the name is a file's and a folder's", printable(name))


def case_collisions(archive: Archive) -> Iterator[Finding]:
    """No two names are the same where case, or the way an accent is written, makes no difference."""
    alike = defaultdict(set)
    for name in {entry.name.rstrip("/") for entry in archive.entries} | folders_of(archive):
        alike[unicodedata.normalize("NFC", name).casefold()].add(name)
    for _, same in sorted(alike.items()):
        if len(same) > 1:
            first, *others = sorted(same)
            message = f"differs from {', '.join(map(printable, others))} in case alone"
            yield Finding(Rule.ZIP_CASE_COLLISION, message, printable(first))


def size(archive: Archive) -> Iterator[Finding]:
    """All of it unpacked is not more than a course may be."""
    total = sum(entry.expanded_bytes for entry in archive.entries)
    if total > MOST_EXPANDED_BYTES:
        yield Finding(Rule.ZIP_TOO_LARGE, f"unpacked it has {total} bytes; at most {MOST_EXPANDED_BYTES} are taken")


def ratios(archive: Archive) -> Iterator[Finding]:
    """Neither an entry nor the whole expands more than a hundredfold."""
    for entry in archive.entries:
        if _bombs(entry.compressed_bytes, entry.expanded_bytes):
            message = f"{entry.compressed_bytes} bytes expand to {entry.expanded_bytes}, more than {MOST_TIMES} times"
            yield Finding(Rule.ZIP_BOMB_RATIO, message, printable(entry.name))
    packed = sum(entry.compressed_bytes for entry in archive.entries)
    unpacked = sum(entry.expanded_bytes for entry in archive.entries)
    if _bombs(packed, unpacked):
        message = f"{packed} bytes in all expand to {unpacked}, more than {MOST_TIMES} times"
        yield Finding(Rule.ZIP_BOMB_RATIO, message)


def places(archive: Archive) -> Iterator[Finding]:
    """What stands before each content says the same as the directory; contents neither overlap nor leave room."""
    end, first = 0, True
    for entry in sorted(archive.entries, key=lambda entry: entry.offset):
        try:
            local = archive.local(entry)
        except Unreadable as unreadable:
            yield unreadable.finding
            return
        if _differs(entry, local):
            yield Finding(Rule.ZIP_LIES, "directory and file say different things of it", printable(entry.name))
        if entry.offset < end:
            yield Finding(Rule.ZIP_OVERLAP, "its content is another file's too", printable(entry.name))
        elif entry.offset > end + (0 if first else LONGEST_DESCRIPTOR):
            message = f"{entry.offset - end} bytes before it belong to nothing"
            yield Finding(Rule.ZIP_HIDDEN_DATA, message, printable(entry.name))
        end, first = max(end, local.content_at + entry.compressed_bytes), False
    if end > archive.directory_at:
        yield Finding(Rule.ZIP_OVERLAP, "the last content reaches into the directory")


CONTAINER: Final[tuple[Callable[[Archive], Iterator[Finding]], ...]] = (
    names,
    traversal,
    absolute_paths,
    links,
    encrypted,
    methods,
    duplicates,
    case_collisions,
    size,
    ratios,
    places,
)
"""Every rule of the directory."""


def folders_of(archive: Archive) -> set[str]:
    """Every folder that a name goes through."""
    folders: set[str] = set()
    for entry in archive.entries:
        steps = entry.name.split("/", DEEPEST)[:-1]
        folders.update("/".join(steps[:end]) for end in range(1, len(steps) + 1))
    return folders - {entry.name.rstrip("/") for entry in archive.entries if entry.is_folder}


def _differs(entry: Entry, local: Local) -> bool:
    """Whether two readers, one of which asks the directory and one the file, could take different things from it."""
    if entry.alias not in (None, entry.name) or local.raw_name != entry.raw_name or local.method != entry.method:
        return True
    if (local.flags ^ entry.flags) & (ENCRYPTED | DESCRIPTOR | UTF_8):
        return True
    if entry.flags & DESCRIPTOR:
        return False
    sizes = ((local.compressed_bytes, entry.compressed_bytes), (local.expanded_bytes, entry.expanded_bytes))
    return local.crc != entry.crc or any(there not in (ELSEWHERE, told) for there, told in sizes)


def _bombs(packed: int, unpacked: int) -> bool:
    return unpacked > HARMLESS_BYTES and unpacked > MOST_TIMES * packed
