"""The files in which clients' tools write down their operations, read as they are.

Apollo's tools write a list of operations with their ids; Relay's compiler, graphql-codegen's client preset and Hive's
app deployments write one object, from an id to a text.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.settings import ConfigurationError

APOLLO, APOLLO_VERSION = "apollo-persisted-query-manifest", 1


@dataclass(frozen=True)
class Entry:
    """One operation of a manifest."""

    place: str
    """The file, and which of its entries."""
    id: str
    text: str


class Pairs(list[tuple[str, Any]]):
    """A JSON object as it was written: one that says a key twice still does."""


def manifests_in(path: Path) -> list[Path]:
    """The file itself, or the `*.json` of a folder by name. Refused with ConfigurationError: where there is none."""
    if path.is_file():
        return [path]
    found = sorted(file for file in path.glob("*.json") if file.is_file())
    if not found:
        what = "holds no manifest, *.json" if path.is_dir() else "is neither a file nor a folder"
        raise ConfigurationError(f"TRUSTED_DOCUMENTS: {path} {what}")
    return found


def entries_of(file: Path) -> Iterator[Entry]:
    """Read a manifest. Refused with ConfigurationError, which names the file and the entry, when it is none."""
    try:
        whole = json.loads(file.read_bytes(), object_pairs_hook=Pairs)
    except OSError as error:
        raise refused(file, f"cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise refused(file, f"is no JSON: {error}") from None
    if not isinstance(whole, Pairs):
        raise refused(file, f'is no manifest: it should be {{"id": "query …"}} or of the format {APOLLO}')
    yield from _listed(file, dict(whole)) if isinstance(dict(whole).get("operations"), list) else _mapped(file, whole)


def _mapped(file: Path, whole: Pairs) -> Iterator[Entry]:
    for identifier, text in whole:
        yield _entry(f"{file}: {identifier}", identifier, text)


def _listed(file: Path, whole: dict[str, Any]) -> Iterator[Entry]:
    if (whole.get("format"), whole.get("version")) != (APOLLO, APOLLO_VERSION):
        said = f"format {whole.get('format')} and version {whole.get('version')}"
        raise refused(file, f"is of {said}; what is read is {APOLLO} and {APOLLO_VERSION}")
    for at, operation in enumerate(whole["operations"]):
        place = f"{file}: operations[{at}]"
        if not isinstance(operation, Pairs):
            raise refused(place, 'is no object such as {"id": "…", "body": "query …"}')
        values = dict(operation)
        named = f"{place} ({values['name']})" if values.get("name") else place
        yield _entry(named, values.get("id"), values.get("body"))


def _entry(place: str, identifier: object, text: object) -> Entry:
    if not isinstance(identifier, str) or not identifier:
        raise refused(place, "has no id")
    if not isinstance(text, str) or not text:
        raise refused(place, "has no text of an operation")
    return Entry(place, identifier, text)


def refused(place: object, why: str) -> ConfigurationError:
    """What is wrong with a manifest, in one line."""
    return ConfigurationError(" ".join(f"TRUSTED_DOCUMENTS: {place} {why}".split()))
