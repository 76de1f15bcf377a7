"""What PostgreSQL tells of changed rows, handed to whoever follows them."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

import asyncpg
import structlog

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator

CHANNEL: Final = "changed"
SECONDS_BEFORE_RECONNECTING: Final = 1.0

log = structlog.get_logger(__name__)


class Changes:
    """One connection that listens for the whole process, opened when somebody follows something.

    What it is told may come twice or late, and is lost while the connection is: whoever follows is then woken, to look
    for themselves.
    """

    def __init__(self, url: str) -> None:
        """Begin without a connection."""
        self._url = url
        self._followers: defaultdict[UUID, set[asyncio.Event]] = defaultdict(set)
        self._listening: asyncio.Task[None] | None = None
        self.ended = asyncio.Event()
        """Set once this process is about to stop: whoever follows leaves."""

    @property
    def followed(self) -> int:
        """How many rows somebody follows."""
        return len(self._followers)

    @contextmanager
    def watch(self, ids: Iterable[UUID]) -> Iterator[asyncio.Event]:
        """Hand over an event that is set whenever one of these ids is told to have changed."""
        changed, watched = asyncio.Event(), list(ids)
        if self._listening is None:
            self._listening = asyncio.create_task(self._listen())
        for each in watched:
            self._followers[each].add(changed)
        try:
            yield changed
        finally:
            for each in watched:
                self._followers[each].discard(changed)
                if not self._followers[each]:
                    del self._followers[each]

    def end(self) -> None:
        """Let everybody who follows leave."""
        self.ended.set()
        self._wake_all()

    async def close(self) -> None:
        """Stop listening."""
        self.end()
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)
            self._listening = None

    async def _listen(self) -> None:
        while not self.ended.is_set():
            try:
                async for _ in self._connected():
                    self._wake_all()
            except (OSError, asyncpg.PostgresError) as error:
                log.warning("cannot listen for changes", why=str(error))
            await asyncio.sleep(SECONDS_BEFORE_RECONNECTING)

    async def _connected(self) -> AsyncIterator[None]:
        """Listen until the connection is lost; yields once it is there."""
        connection = await asyncpg.connect(self._url, server_settings={"application_name": "chapterhouse changes"})
        lost = asyncio.Event()
        try:
            connection.add_termination_listener(lambda _: lost.set())
            await connection.add_listener(CHANNEL, self._told)
            yield
            await lost.wait()
        finally:
            connection.terminate()

    def _told(self, _connection: object, _pid: int, _channel: str, payload: Any) -> None:
        for changed in self._followers.get(UUID(payload), ()):
            changed.set()

    def _wake_all(self) -> None:
        for followers in self._followers.values():
            for changed in followers:
                changed.set()
