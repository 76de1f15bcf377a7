"""Automatic persisted queries: texts that clients sent once, so that next time their hash will do."""

import sys
from collections import OrderedDict
from typing import Final

MOST_TEXTS: Final = 1000
MOST_BYTES: Final = 4 * 1024 * 1024
LONGEST_TEXT_BYTES: Final = 64 * 1024


class SentBefore:
    """Texts by their SHA-256: in this process alone, and for no longer than it runs.

    Anybody may send a text, so what is kept is bounded, in number and in bytes of memory, and a text that was never
    asked for by its hash makes room first: whoever sends endless texts drives out other texts that nobody used. One
    that is too long to be kept is run all the same; its client sends it again.
    """

    def __init__(
        self, most_texts: int = MOST_TEXTS, most_bytes: int = MOST_BYTES, longest_text_bytes: int = LONGEST_TEXT_BYTES
    ) -> None:
        self._longest = longest_text_bytes
        self._unused = Shelf(most_texts // 4, most_bytes // 4)
        self._used = Shelf(most_texts - most_texts // 4, most_bytes - most_bytes // 4)

    def __len__(self) -> int:
        """How many texts are kept."""
        return len(self._unused) + len(self._used)

    @property
    def bytes(self) -> int:
        """How much memory they take."""
        return self._unused.bytes + self._used.bytes

    def get(self, digest: str) -> str | None:
        """Find a text, and keep it a while longer."""
        text = self._used.take(digest)
        if text is None:
            text = self._unused.take(digest)
        if text is not None:
            self._used.put(digest, text)
        return text

    def put(self, digest: str, text: str) -> None:
        """Keep a text whose SHA-256 this is, at the cost of those that were not asked for for longest."""
        if sys.getsizeof(text) <= self._longest and digest not in self._used:
            self._unused.put(digest, text)


class Shelf:
    """The texts that were put here last, as many as there is room for."""

    def __init__(self, most_texts: int, most_bytes: int) -> None:
        self.bytes = 0
        self._most_texts = most_texts
        self._most_bytes = most_bytes
        self._texts: OrderedDict[str, tuple[str, int]] = OrderedDict()

    def __len__(self) -> int:
        """How many there are."""
        return len(self._texts)

    def __contains__(self, digest: str) -> bool:
        """Whether a text is here."""
        return digest in self._texts

    def take(self, digest: str) -> str | None:
        """Take a text off, if it is here."""
        text, size = self._texts.pop(digest, (None, 0))
        self.bytes -= size
        return text

    def put(self, digest: str, text: str) -> None:
        """Put a text last; the first ones fall off when there is no room."""
        self.take(digest)
        # as it is now: Python may later keep its UTF-8 beside it
        self._texts[digest] = text, sys.getsizeof(text)
        self.bytes += self._texts[digest][1]
        while len(self._texts) > self._most_texts or self.bytes > self._most_bytes:
            self.take(next(iter(self._texts)))
