"""A stored file on this machine's disk, for as long as something needs it to be there."""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from services.delivery.blobs import BlobStore


@asynccontextmanager
async def fetched(blobs: BlobStore, sha256: str) -> AsyncIterator[str]:
    """Hand out the path of a copy of stored content; the copy is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="chapterhouse-") as folder:
        path = Path(folder) / "file"
        with await asyncio.to_thread(path.open, "xb") as file:
            async for piece in blobs.read(sha256):
                await asyncio.to_thread(file.write, piece)
        yield str(path)
