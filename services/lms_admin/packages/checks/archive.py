"""Reading a zip that may be hostile: nothing is written, and nothing is believed that can be looked at.

The directory is measured before it is read, and content is inflated here, piece by piece, because what a package holds
has to be compared with what its directory says: Python's own reader stops silently where the directory tells it to.
"""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.lms_admin.packages.checks.rules import Finding, Rule, printable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO, Final

MOST_ENTRIES: Final = 20_000
LARGEST_DIRECTORY_BYTES: Final = 8 * 1024 * 1024
LONGEST_NAME: Final = 1_000
PIECE_BYTES: Final = 64 * 1024

END: Final = struct.Struct("<4s4H2LH")
END_SIGNATURE: Final = b"PK\x05\x06"
END_64_SIGNATURE: Final = b"PK\x06\x07"
LOCAL: Final = struct.Struct("<4s5H3L2H")
LOCAL_SIGNATURE: Final = b"PK\x03\x04"
LONGEST_COMMENT: Final = 65_535
ELSEWHERE: Final = 0xFFFFFFFF
"""A number that stands in a field of its own, which zip64 brought."""

ENCRYPTED: Final = 0x1 | 0x40 | 0x2000
DESCRIPTOR: Final = 0x8
UTF_8: Final = 0x800
UNICODE_PATH: Final = 0x7075


class Unreadable(Exception):
    """The archive, or one file of it, cannot be read as it says it is; `finding` says why."""

    def __init__(self, rule: Rule, message: str, file: str | None = None) -> None:
        super().__init__(message)
        self.finding = Finding(rule, message, printable(file) if file else None)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file or folder as the directory has it; `name` is shown, `raw_name` compared with what stands at `offset`."""

    name: str
    raw_name: bytes
    offset: int
    compressed_bytes: int
    expanded_bytes: int
    crc: int
    method: int
    flags: int
    mode: int
    alias: str | None
    """Another name, which some readers prefer."""

    @property
    def is_folder(self) -> bool:
        """Whether it holds no content of its own."""
        return self.name.endswith("/")


@dataclass(frozen=True, slots=True)
class Local:
    """What stands before an entry's content, and where that begins."""

    raw_name: bytes
    method: int
    flags: int
    crc: int
    compressed_bytes: int
    expanded_bytes: int
    content_at: int


class Archive:
    """An opened zip: its entries in the directory's order, and where its directory begins."""

    def __init__(self, file: BinaryIO, entries: list[Entry], directory_at: int) -> None:
        self._file = file
        self.entries = entries
        self.directory_at = directory_at
        self.by_name = {entry.name: entry for entry in entries}

    def local(self, entry: Entry) -> Local:
        """Read what stands before an entry's content. Raises Unreadable when nothing of the kind stands there."""
        self._file.seek(entry.offset)
        head = self._file.read(LOCAL.size)
        if len(head) < LOCAL.size or head[:4] != LOCAL_SIGNATURE:
            raise Unreadable(Rule.ZIP_MALFORMED, "no file begins where the directory says that it does", entry.name)
        _, _, flags, method, _, _, crc, compressed, expanded, name_length, extra_length = LOCAL.unpack(head)
        raw_name = self._file.read(name_length)
        content_at = entry.offset + LOCAL.size + name_length + extra_length
        return Local(raw_name, method, flags, crc, compressed, expanded, content_at)

    def pieces(self, entry: Entry) -> Iterator[bytes]:
        """Hand out an entry's content piece by piece, no more of it than the directory says.

        Raises Unreadable when it is more, less, or other than that.
        """
        size, crc = 0, 0
        for piece in self._stored(entry) if entry.method == zipfile.ZIP_STORED else self._inflated(entry):
            size += len(piece)
            crc = zlib.crc32(piece, crc)
            if size > entry.expanded_bytes:
                message = f"it holds more than the {entry.expanded_bytes} bytes that the directory says"
                raise Unreadable(Rule.ZIP_LIES, message, entry.name)
            yield piece
        if size < entry.expanded_bytes:
            message = f"it holds {size} bytes, and the directory says {entry.expanded_bytes}"
            raise Unreadable(Rule.ZIP_LIES, message, entry.name)
        if crc != entry.crc:
            raise Unreadable(Rule.ZIP_MALFORMED, "its content is damaged: the checksum is another", entry.name)

    def head(self, name: str, most: int) -> bytes:
        """Read the first `most` bytes of an entry."""
        content = bytearray()
        for piece in self.pieces(self.by_name[name]):
            content += piece
            if len(content) >= most:
                break
        return bytes(content[:most])

    def _stored(self, entry: Entry) -> Iterator[bytes]:
        self._file.seek(self.local(entry).content_at)
        left = entry.compressed_bytes
        while left and (piece := self._file.read(min(PIECE_BYTES, left))):
            left -= len(piece)
            yield piece

    def _inflated(self, entry: Entry) -> Iterator[bytes]:
        inflate, at, left = zlib.decompressobj(-15), self.local(entry).content_at, entry.compressed_bytes
        try:
            while left and not inflate.eof:
                self._file.seek(at)
                piece = self._file.read(min(PIECE_BYTES, left))
                if not piece:
                    break
                at, left = at + len(piece), left - len(piece)
                while piece:
                    yield inflate.decompress(piece, PIECE_BYTES)
                    piece = inflate.unconsumed_tail
            while not inflate.eof and (rest := inflate.decompress(b"", PIECE_BYTES)):
                yield rest
        except zlib.error:
            raise Unreadable(Rule.ZIP_MALFORMED, "its content cannot be inflated", entry.name) from None
        if not inflate.eof or inflate.unused_data or left:
            message = "its content does not end where the directory says that it does"
            raise Unreadable(Rule.ZIP_LIES, message, entry.name)


def open_archive(file: BinaryIO) -> Archive:
    """Read the directory of a zip. Raises Unreadable for what is no zip, is cut off, or is larger than any package."""
    directory_at = _measured(file)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = [_entry(info) for info in archive.infolist()]
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, struct.error):
        raise Unreadable(Rule.ZIP_MALFORMED, "its directory cannot be read") from None
    return Archive(file, entries, directory_at)


def _measured(file: BinaryIO) -> int:
    """Return where the directory begins, after making sure that it is as long as a package's may be."""
    size = file.seek(0, os.SEEK_END)
    start = max(0, size - LONGEST_COMMENT - END.size)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(END_SIGNATURE)
    if at < 0 or len(tail) - at < END.size:
        raise Unreadable(Rule.ZIP_MALFORMED, "it is no zip, or was cut off: it has no directory at its end")
    _, disk, first_disk, here, entries, length, offset, comment = END.unpack_from(tail, at)
    if at + END.size + comment != len(tail) or disk or first_disk or here != entries:
        raise Unreadable(Rule.ZIP_MALFORMED, "the end of its directory does not fit the file")
    if END_64_SIGNATURE in tail[max(0, at - 20) : at] or ELSEWHERE in (length, offset):
        raise Unreadable(Rule.ZIP_64, "it is written as zip64, which no package needs and readers take differently")
    if entries > MOST_ENTRIES or length > LARGEST_DIRECTORY_BYTES:
        raise Unreadable(Rule.ZIP_TOO_MANY_ENTRIES, f"it holds {entries} entries; a package has at most {MOST_ENTRIES}")
    if offset + length != start + at:
        raise Unreadable(Rule.ZIP_MALFORMED, "its directory does not lie where its end says")
    return int(offset)


def _entry(info: zipfile.ZipInfo) -> Entry:
    name = info.orig_filename
    raw_name = name.encode("utf-8" if info.flag_bits & UTF_8 else "cp437")
    return Entry(
        name,
        raw_name,
        info.header_offset,
        info.compress_size,
        info.file_size,
        info.CRC,
        info.compress_type,
        info.flag_bits,
        info.external_attr >> 16,
        _alias(info.extra),
    )


def _alias(extra: bytes) -> str | None:
    """Return the name that the field of Info-ZIP's gives an entry; the directory's own stands beside it."""
    at = 0
    while at + 4 <= len(extra):
        field, length = struct.unpack_from("<2H", extra, at)
        if field == UNICODE_PATH:
            return extra[at + 9 : at + 4 + length].decode("utf-8", "replace")
        at += 4 + length
    return None
