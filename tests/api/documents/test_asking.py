"""Which text a request asks for, and in which words it is told that there is none."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from api.documents import DocumentError, Documents, PersistedQueryNotFoundError, TrustedDocuments
from api.documents.sent_before import SentBefore
from core.settings import ConfigurationError

MANIFESTS = Path(__file__).parent / "manifests"
RELAY: dict[str, str] = json.loads((MANIFESTS / "relay-md5.json").read_text())
KNOWN_ID, KNOWN = next(iter(RELAY.items()))
OTHER = "{ viewer { roles } }"


def digest_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def persisted(digest: object, version: object = 1) -> dict[str, Any]:
    return {"persistedQuery": {"version": version, "sha256Hash": digest}}


@pytest.fixture
def open_to_all() -> Documents:
    return Documents(TrustedDocuments.load([MANIFESTS]))


@pytest.fixture
def closed() -> Documents:
    return Documents(TrustedDocuments.load([MANIFESTS]), only_trusted=True)


def refusal(documents: Documents, *asked: object) -> tuple[str, int, str]:
    with pytest.raises(DocumentError) as refused:
        documents.text_of(*asked)
    extensions = refused.value.extensions or {}
    return extensions["code"], refused.value.status, refused.value.message


def code(documents: Documents, *asked: object) -> str:
    return refusal(documents, *asked)[0]


def test_a_text_is_run_as_it_is(open_to_all: Documents) -> None:
    assert open_to_all.text_of(OTHER) is OTHER
    assert open_to_all.text_of(OTHER, None, {}) is OTHER
    assert open_to_all.text_of(OTHER, None, {"persistedQuery": None, "tracing": True}) is OTHER
    assert len(open_to_all.sent_before) == 0


IDS = (KNOWN_ID, digest_of(KNOWN), f"sha256:{digest_of(KNOWN)}")


@pytest.mark.parametrize("text", [None, "", KNOWN])
@pytest.mark.parametrize("identifier", IDS)
@pytest.mark.parametrize("only_trusted", [True, False])
def test_an_id_of_a_manifest_is_its_text(identifier: str, text: str | None, only_trusted: bool) -> None:
    documents = Documents(TrustedDocuments.load([MANIFESTS]), only_trusted=only_trusted)
    assert documents.text_of(text, identifier) == KNOWN
    # Apollo's clients send the manifest's id where a hash should be
    assert documents.text_of(text, None, persisted(identifier)) == KNOWN
    assert documents.text_of(text, identifier, persisted(digest_of(KNOWN))) == KNOWN
    assert len(documents.sent_before) == 0


@pytest.mark.parametrize("name", ["codegen-sha1", "codegen-sha256", "relay-sha256"])
def test_every_id_that_a_tool_wrote_can_be_sent(closed: Documents, name: str) -> None:
    for identifier, text in json.loads((MANIFESTS / f"{name}.json").read_text()).items():
        assert closed.text_of(None, identifier) == text
        assert closed.text_of(None, None, persisted(identifier)) == text
        assert closed.text_of(text) == text


def test_only_what_is_trusted_is_let_through(closed: Documents) -> None:
    assert closed.text_of(KNOWN) == KNOWN
    told = (
        "DOCUMENT_NOT_TRUSTED",
        400,
        "Only registered documents are run here, and this one is not: have its client's manifest registered.",
    )
    assert refusal(closed, OTHER) == told
    assert refusal(closed, KNOWN + " ") == told
    assert refusal(closed, OTHER, None, persisted(digest_of(OTHER))) == told
    assert refusal(closed, "{ __schema { queryType { name } } }") == told


def test_a_hash_that_nobody_knows_is_not_asked_for_its_text_where_it_would_be_refused(closed: Documents) -> None:
    message = "extensions.persistedQuery names no registered document."
    assert refusal(closed, None, None, persisted(digest_of(OTHER))) == ("DOCUMENT_NOT_FOUND", 400, message)
    assert len(closed.sent_before) == 0


def test_to_let_only_what_is_trusted_through_there_must_be_something() -> None:
    with pytest.raises(ConfigurationError, match=r"^ONLY_TRUSTED_DOCUMENTS is on: say in TRUSTED_DOCUMENTS where "):
        Documents(TrustedDocuments.load([]), only_trusted=True)


def test_a_text_that_was_sent_with_its_hash_is_known_by_it_afterwards(open_to_all: Documents) -> None:
    by_hash = persisted(digest_of(OTHER))
    assert refusal(open_to_all, None, None, by_hash) == ("PERSISTED_QUERY_NOT_FOUND", 200, "PersistedQueryNotFound")
    assert open_to_all.text_of(OTHER, None, by_hash) == OTHER
    assert open_to_all.text_of(None, None, by_hash) == OTHER
    assert open_to_all.text_of("", None, by_hash) == OTHER
    assert len(open_to_all.sent_before) == 1
    # it was sent by somebody, which makes it no document of ours
    assert code(open_to_all, None, digest_of(OTHER)) == "DOCUMENT_NOT_FOUND"
    # and another process, or the next one, knows nothing of it
    assert code(Documents(open_to_all.trusted), None, None, by_hash) == "PERSISTED_QUERY_NOT_FOUND"


@pytest.mark.parametrize("digest", [digest_of("{ a }"), digest_of(OTHER).upper(), digest_of(OTHER)[:-1], "x"])
def test_a_hash_of_another_text_registers_nothing(open_to_all: Documents, digest: str) -> None:
    assert refusal(open_to_all, OTHER, None, persisted(digest)) == (
        "DOCUMENT_MISMATCH",
        400,
        "extensions.persistedQuery.sha256Hash is not the SHA-256 of query.",
    )
    assert len(open_to_all.sent_before) == 0
    assert code(open_to_all, None, None, persisted(digest)) == "PERSISTED_QUERY_NOT_FOUND"


def test_a_text_cannot_take_the_place_of_another(open_to_all: Documents) -> None:
    by_hash = persisted(digest_of(OTHER))
    open_to_all.text_of(OTHER, None, by_hash)
    assert code(open_to_all, "{ __typename }", None, by_hash) == "DOCUMENT_MISMATCH"
    assert code(open_to_all, "{ __typename }", None, persisted(KNOWN_ID)) == "DOCUMENT_MISMATCH"
    assert code(open_to_all, "{ __typename }", KNOWN_ID) == "DOCUMENT_MISMATCH"
    another = next(text for text in RELAY.values() if text != KNOWN)
    assert code(open_to_all, None, KNOWN_ID, persisted(digest_of(another))) == "DOCUMENT_MISMATCH"
    assert open_to_all.text_of(None, None, by_hash) == OTHER


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ((None,), 'Say in query which document is to be run, such as "{ __typename }", or in documentId.'),
        (("",), "Say in query which document is to be run"),
        ((None, None, {"tracing": True}), "Say in query which document is to be run"),
        ((1,), "query must be a string"),
        (({"a": 1},), "query must be a string"),
        ((None, 1), "documentId must be a string"),
        ((OTHER, ["x"]), "documentId must be a string"),
        ((OTHER, None, "x"), "extensions must be an object."),
        ((OTHER, None, []), "extensions must be an object."),
        ((OTHER, None, {"persistedQuery": "x"}), "extensions.persistedQuery must be an object"),
        ((OTHER, None, persisted(digest_of(OTHER), 2)), "extensions.persistedQuery.version must be 1"),
        ((OTHER, None, persisted(digest_of(OTHER), "1")), "extensions.persistedQuery.version must be 1"),
        ((OTHER, None, persisted(digest_of(OTHER), True)), "extensions.persistedQuery.version must be 1"),
        ((OTHER, None, {"persistedQuery": {}}), "extensions.persistedQuery.version must be 1"),
        ((OTHER, None, persisted(None)), "extensions.persistedQuery.sha256Hash must be"),
        ((OTHER, None, persisted("")), "extensions.persistedQuery.sha256Hash must be"),
        ((OTHER, None, persisted(5)), "extensions.persistedQuery.sha256Hash must be"),
    ],
)
@pytest.mark.parametrize("only_trusted", [True, False])
def test_a_request_that_says_no_document(asked: tuple[object, ...], message: str, only_trusted: bool) -> None:
    documents = Documents(TrustedDocuments.load([MANIFESTS]), only_trusted=only_trusted)
    said = refusal(documents, *asked)
    assert said[:2] == ("BAD_REQUEST", 400)
    assert said[2].startswith(message)
    assert len(documents.sent_before) == 0


@pytest.mark.parametrize("identifier", ["", "x", "sha256:", f"sha1:{KNOWN_ID}", f"md5:{KNOWN_ID}", KNOWN_ID.upper()])
def test_an_id_that_nobody_knows(open_to_all: Documents, closed: Documents, identifier: str) -> None:
    for documents in (open_to_all, closed):
        for text in (None, KNOWN):
            told = ("DOCUMENT_NOT_FOUND", 400, "documentId names no registered document.")
            assert refusal(documents, text, identifier) == told


def test_half_a_surrogate_pair_has_a_hash_as_well(open_to_all: Documents) -> None:
    assert code(open_to_all, '{ a(b: "\ud800") }', None, persisted("x")) == "DOCUMENT_MISMATCH"


def numbered(number: int) -> str:
    return f"{{ n{number}: __typename }}"


def send(documents: Documents, text: str) -> None:
    assert documents.text_of(text, None, persisted(digest_of(text))) == text


def knows(documents: Documents, text: str) -> bool:
    try:
        return documents.text_of(None, None, persisted(digest_of(text))) == text
    except PersistedQueryNotFoundError:
        return False


def test_of_what_was_sent_the_least_used_goes_first() -> None:
    documents = Documents(TrustedDocuments.load([]), sent_before=SentBefore(most_texts=8))
    for number in range(6):
        send(documents, numbered(number))
        assert knows(documents, numbered(number))
    assert knows(documents, numbered(0))
    for number in (6, 7, 8):
        send(documents, numbered(number))
    # two places of eight are for what nobody has asked for yet, six for the others
    assert knows(documents, numbered(7))
    assert len(documents.sent_before) == 7
    assert [number for number in range(9) if knows(documents, numbered(number))] == [0, 2, 3, 4, 5, 7, 8]


def test_whoever_sends_endless_texts_fills_no_memory_and_drives_out_nobody_elses() -> None:
    documents = Documents(TrustedDocuments.load([]), sent_before=SentBefore(100, 64 * 1024, 8 * 1024))
    send(documents, OTHER)
    assert knows(documents, OTHER)
    for number in range(1000):
        # one character beyond the Basic Multilingual Plane makes four bytes of each letter
        text = numbered(number) + "#" * (number % 1500) + "😀" * (number % 2)
        send(documents, text)
        # and sending it again counts for nothing
        send(documents, text)
        assert documents.sent_before.bytes <= 64 * 1024
    assert 1 < len(documents.sent_before) <= 100
    assert knows(documents, OTHER)


def test_a_text_too_long_to_be_kept_is_run_all_the_same() -> None:
    documents = Documents(TrustedDocuments.load([]), sent_before=SentBefore(100, 64 * 1024, 200))
    long, short = numbered(0) + "#" * 200, numbered(0)
    assert documents.text_of(long, None, persisted(digest_of(long))) == long
    assert len(documents.sent_before) == documents.sent_before.bytes == 0
    documents.text_of(short, None, persisted(digest_of(short)))
    assert code(documents, None, None, persisted(digest_of(long))) == "PERSISTED_QUERY_NOT_FOUND"
