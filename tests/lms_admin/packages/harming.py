"""Zips that harm whoever believes them, made byte by byte from sound ones."""

from __future__ import annotations

import random
import stat
import struct
import zipfile
import zlib

from tests.lms_admin.packages.making import Zip, scorm_12

DIRECTORY = b"PK\x01\x02"
LOCAL = b"PK\x03\x04"
END = b"PK\x05\x06"
MEGABYTE = 1024 * 1024


def with_entry(name: str, content: bytes = b"x", *, mode: int = 0, method: int = zipfile.ZIP_DEFLATED) -> Zip:
    """A sound course with one entry more, of a name and mode that no tool for courses writes."""
    course, info = scorm_12(), zipfile.ZipInfo("x")
    info.filename = name
    info.external_attr = mode << 16
    info.compress_type = method
    course.infos.append((info, content))
    return course


def link() -> bytes:
    """A symbolic link to a file of the machine."""
    return with_entry("passwords", b"/etc/passwd", mode=stat.S_IFLNK | 0o777).bytes()


def expanding(times: int, megabytes: int = 8) -> bytes:
    """An entry that expands about so many times."""
    size = megabytes * MEGABYTE
    return with_entry("media/film.bin", noise(size // times) + bytes(size - size // times)).bytes()


def noise(size: int) -> bytes:
    """Bytes that do not compress, the same each time."""
    return random.Random(size).randbytes(size)  # noqa: S311  (hides nothing)


def enormous() -> bytes:
    """An entry that says it has 300 MB, stored as they are."""
    data = with_entry("notes.txt", method=zipfile.ZIP_STORED).bytes()
    for signature, size_at in ((LOCAL, 18), (DIRECTORY, 20)):
        sizes = struct.pack("<2L", 300 * MEGABYTE, 300 * MEGABYTE)
        data = _put(data, _header(data, signature, b"notes.txt") + size_at, sizes)
    return data


def many_that_expand() -> bytes:
    """A hundred entries that expand a thousandfold each, none of which harms alone."""
    course = scorm_12()
    course.files |= {f"media/{at}.bin": bytes(MEGABYTE) for at in range(100)}
    return course.bytes()


def larger_than_it_says() -> bytes:
    """An entry that says it has ten bytes, checksum and all, and goes on."""
    content = b"0123456789" + bytes(1000)
    data = with_entry("notes.txt", content).bytes()
    for signature, crc_at in ((LOCAL, 14), (DIRECTORY, 16)):
        at = _header(data, signature, b"notes.txt")
        packed = struct.unpack_from("<L", data, at + crc_at + 4)[0]
        data = _put(data, at + crc_at, struct.pack("<3L", zlib.crc32(content[:10]), packed, 10))
    return data


def smaller_than_it_says() -> bytes:
    """An entry that has fewer bytes than it says."""
    data = with_entry("notes.txt", b"0123456789").bytes()
    for signature, size_at in ((LOCAL, 22), (DIRECTORY, 24)):
        data = _put(data, _header(data, signature, b"notes.txt") + size_at, struct.pack("<L", 4000))
    return data


def two_names() -> bytes:
    """An entry that the directory calls one thing and the file another."""
    data = with_entry("notes.txt").bytes()
    return _put(data, _header(data, LOCAL, b"notes.txt") + 30, b"../xx.php")


def damaged() -> bytes:
    """An entry with another checksum than its content's."""
    data = with_entry("notes.txt", b"hello").bytes()
    for signature, crc_at in ((LOCAL, 14), (DIRECTORY, 16)):
        data = _put(data, _header(data, signature, b"notes.txt") + crc_at, b"\0\0\0\0")
    return data


def overlapping() -> bytes:
    """Two entries of the directory that share one content, as the best bombs do."""
    data = with_entry("notes.txt").bytes()
    at = _header(data, LOCAL, b"index.html")
    return _put(data, _header(data, DIRECTORY, b"notes.txt") + 42, struct.pack("<L", at))


def encrypted() -> bytes:
    """An entry that is marked as encrypted."""
    data = with_entry("notes.txt").bytes()
    for signature, flags_at in ((LOCAL, 6), (DIRECTORY, 8)):
        data = _put(data, _header(data, signature, b"notes.txt") + flags_at, struct.pack("<H", 1))
    return data


def with_prefix() -> bytes:
    """A zip behind something else, with its places told right."""
    data = scorm_12().bytes()
    prefix = b"#!/bin/sh\nexit\n"
    end = data.rfind(END)
    moved = bytearray(data)
    (directory,) = struct.unpack_from("<L", data, end + 16)
    struct.pack_into("<L", moved, end + 16, directory + len(prefix))
    at = directory
    while (at := data.find(DIRECTORY, at)) >= 0:
        (offset,) = struct.unpack_from("<L", data, at + 42)
        struct.pack_into("<L", moved, at + 42, offset + len(prefix))
        at += 4
    return prefix + bytes(moved)


def zip64() -> bytes:
    """A zip whose end says that its numbers stand in fields of their own."""
    data = scorm_12().bytes()
    return _put(data, data.rfind(END) + 16, b"\xff\xff\xff\xff")


def endless_directory() -> bytes:
    """A directory of more entries than any course has."""
    entry = DIRECTORY + bytes(42)
    directory = entry * 60_000
    return directory + struct.pack("<4s4H2LH", END, 0, 0, 60_000, 60_000, len(directory), 0, 0)


def billion_laughs() -> str:
    """Entities that expand into each other."""
    lines = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 10))
    return f'<!DOCTYPE manifest [<!ENTITY a0 "ha">{lines}]>'


def _header(data: bytes, signature: bytes, name: bytes) -> int:
    """Where the header of an entry begins."""
    length = {LOCAL: 30, DIRECTORY: 46}[signature]
    at = data.find(signature)
    while data[at + length : at + length + len(name)] != name:
        at = data.index(signature, at + 1)
    return at


def _put(data: bytes, at: int, piece: bytes) -> bytes:
    return data[:at] + piece + data[at + len(piece) :]
