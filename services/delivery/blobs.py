"""Where the content of evidence lies: under its SHA-256, written once and never changed."""

from __future__ import annotations

import asyncio
import hashlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from core.errors import DomainError
from core.ids import new_id

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, AsyncIterator
    from pathlib import Path
    from typing import Final

CHUNK_BYTES: Final = 256 * 1024


class EvidenceTooLarge(DomainError):
    """The file is larger than evidence may be: 256 KiB inline; 10 MiB, a ZIP 64 MiB, through `POST /evidence`."""


@dataclass(frozen=True, slots=True)
class Blob:
    """Content that is safely stored."""

    sha256: str
    byte_size: int


class BlobStore(Protocol):
    """Keeps content by its SHA-256. Storing the same content twice keeps it once."""

    async def put(self, content: AsyncIterable[bytes], *, largest_bytes: int) -> Blob:
        """Store content as it arrives; it outlives a crash once this returns.

        Refuses more than `largest_bytes` with EvidenceTooLarge, and keeps nothing of it.
        """

    def read(self, sha256: str) -> AsyncIterator[bytes]:
        """Hand content out piece by piece."""


class LocalFolder:
    """A blob store in a folder of this machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def put(self, content: AsyncIterable[bytes], *, largest_bytes: int) -> Blob:
        """Write beside the blobs, then give the finished file its name in one step."""
        unfinished = self.folder / "incoming" / str(new_id())
        await asyncio.to_thread(unfinished.parent.mkdir, mode=0o700, parents=True, exist_ok=True)
        digest, size = hashlib.sha256(), 0
        file = await asyncio.to_thread(unfinished.open, "xb")
        try:
            with file:
                async for chunk in content:
                    size += len(chunk)
                    if size > largest_bytes:
                        raise EvidenceTooLarge(f"the file has more than {largest_bytes} bytes")
                    digest.update(chunk)
                    await asyncio.to_thread(file.write, chunk)
                await asyncio.to_thread(_write_through, file.fileno(), file.flush)
            await asyncio.to_thread(_settle, unfinished, self._path(digest.hexdigest()))
        finally:
            await asyncio.to_thread(unfinished.unlink, missing_ok=True)
        return Blob(digest.hexdigest(), size)

    async def read(self, sha256: str) -> AsyncIterator[bytes]:
        """Read a file without holding it in memory."""
        file = await asyncio.to_thread(self._path(sha256).open, "rb")
        with file:
            while chunk := await asyncio.to_thread(file.read, CHUNK_BYTES):
                yield chunk

    def _path(self, sha256: str) -> Path:
        # a folder with a million entries is slow to list and to back up
        return self.folder / sha256[:2] / sha256[2:4] / sha256


def _write_through(file: int, flush: object) -> None:
    assert callable(flush)
    flush()
    os.fsync(file)


def _settle(unfinished: Path, final: Path) -> None:
    final.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        os.link(unfinished, final)
    except FileExistsError:
        return
    folder = os.open(final.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
