"""Automatic persisted queries: texts that clients sent once, so that next time their hash will do."""

import sys
from collections import OrderedDict

MOST_TEXTS, MOST_BYTES, LONGEST_TEXT_BYTES = 1000, 4 * 1024 * 1024, 64 * 1024


class SentBefore:
    """The texts that were used last, by SHA-256: in this process alone, and for no longer than it runs.

    Anybody may send a text, so what is kept is bounded in number and in bytes of memory. A text that is too long to be
    kept is run all the same; its client sends it again.
    """

    def __init__(
        self, most_texts: int = MOST_TEXTS, most_bytes: int = MOST_BYTES, longest_text_bytes: int = LONGEST_TEXT_BYTES
    ) -> None:
        self.bytes = 0
        self._most_texts = most_texts
        self._most_bytes = most_bytes
        self._longest = longest_text_bytes
        self._texts: OrderedDict[str, str] = OrderedDict()

    def __len__(self) -> int:
        """How many texts are kept."""
        return len(self._texts)

    def get(self, digest: str) -> str | None:
        """Find a text, and keep it a while longer."""
        text = self._texts.get(digest)
        if text is not None:
            self._texts.move_to_end(digest)
        return text

    def put(self, digest: str, text: str) -> None:
        """Keep a text whose SHA-256 this is, at the cost of those that were not used for longest."""
        size = sys.getsizeof(text)
        if size > self._longest or digest in self._texts:
            return
        self._texts[digest] = text
        self.bytes += size
        while len(self._texts) > self._most_texts or self.bytes > self._most_bytes:
            _, dropped = self._texts.popitem(last=False)
            self.bytes -= sys.getsizeof(dropped)
