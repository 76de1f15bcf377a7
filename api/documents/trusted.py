"""The registry: every operation of every manifest, by the ids that its clients may send."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Self

from graphql import GraphQLError, OperationDefinitionNode, parse

from api.documents.manifests import Entry, entries_of, manifests_in, refused

SHA256 = "sha256:"
_LOOKS_LIKE_SHA256 = re.compile(r"(sha256:)?[0-9a-f]{64}", re.IGNORECASE | re.ASCII)


def sha256_of(text: str) -> str:
    """The SHA-256 of a text's UTF-8, in lower-case hexadecimal digits."""
    # half a surrogate pair has no UTF-8; it is refused when the text is parsed, by a message of its own
    return sha256(text.encode(errors="surrogatepass")).hexdigest()


class TrustedDocuments:
    """What the manifests say; it does not change while the process runs."""

    def __init__(self, places: Mapping[str, str], by_id: Mapping[str, str]) -> None:
        self.places = places
        """Each text, with the file and entry that it is in."""
        self.by_id = by_id
        """Each id with its text: as its manifest says it, `sha256:…`, and the bare SHA-256."""

    @classmethod
    def load(cls, paths: Iterable[Path]) -> Self:
        """Read files, and folders of files, once.

        Refused with ConfigurationError, one line that names file and entry: what is no manifest, a text that does not
        parse or holds no operation, an id that looks like the SHA-256 of its text and is not, an id with two texts.
        """
        places: dict[str, str] = {}
        by_id: dict[str, str] = {}
        for entry in (entry for path in paths for file in manifests_in(path) for entry in entries_of(file)):
            digest = _checked(entry)
            text = by_id.setdefault(digest, entry.text)
            named = by_id.setdefault(entry.id, text)
            if named != text:
                raise refused(entry.place, f"has another text than {places[named]}, under the same id {entry.id}")
            by_id[SHA256 + digest] = text
            places.setdefault(text, entry.place)
        return cls(places, by_id)

    def __len__(self) -> int:
        """How many texts there are."""
        return len(self.places)

    def __iter__(self) -> Iterator[str]:
        """The texts, in the order of the manifests."""
        return iter(self.places)

    def refused_by(self, check: Callable[[str], Sequence[GraphQLError]]) -> Iterator[str]:
        """Say in a line each which documents `check` has something against, such as a schema that has moved on."""
        for text, place in self.places.items():
            for error in check(text)[:1]:
                yield " ".join(f"{place}: {error.message}".split())


def _checked(entry: Entry) -> str:
    """The SHA-256 of an entry's text, when nothing is wrong with either."""
    digest = sha256_of(entry.text)
    if _LOOKS_LIKE_SHA256.fullmatch(entry.id) and entry.id.lower().removeprefix(SHA256) != digest:
        raise refused(entry.place, f"has an id that looks like a SHA-256, but its text has {digest}")
    try:
        document = parse(entry.text)
    except GraphQLError as error:
        line = error.locations[0] if error.locations else None
        where = f" (line {line.line}, column {line.column})" if line else ""
        raise refused(entry.place, f"cannot be parsed: {error.message}{where}") from None
    except RecursionError:
        raise refused(entry.place, "cannot be parsed: it is nested too deep") from None
    if not any(isinstance(node, OperationDefinitionNode) for node in document.definitions):
        raise refused(entry.place, "holds no operation")
    return digest
