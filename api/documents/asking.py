"""From what a request says to the text that is to be run."""

from collections.abc import Mapping
from typing import Any

from api.documents.errors import (
    DocumentError,
    DocumentMismatchError,
    DocumentNotFoundError,
    DocumentNotTrustedError,
    PersistedQueryNotFoundError,
)
from api.documents.sent_before import SentBefore
from api.documents.trusted import TrustedDocuments, sha256_of
from core.settings import ConfigurationError


class Documents:
    """The documents that this process knows, and whether it runs any other."""

    def __init__(
        self, trusted: TrustedDocuments, *, only_trusted: bool = False, sent_before: SentBefore | None = None
    ) -> None:
        """Refused with ConfigurationError: to let through only what is trusted, where nothing is."""
        if only_trusted and not trusted:
            raise ConfigurationError(
                "ONLY_TRUSTED_DOCUMENTS is on: say in TRUSTED_DOCUMENTS where the manifests are, or turn it off"
            )
        self.trusted = trusted
        self.only_trusted = only_trusted
        self.sent_before = SentBefore() if sent_before is None else sent_before

    def text_of(self, query: object, document_id: object = None, extensions: object = None) -> str:
        """The text to be run, of a request's `query`, `documentId` and `extensions`; null is as good as absent.

        Raises a DocumentError: plain (BAD_REQUEST) where there is none, or nothing that could be one;
        DOCUMENT_NOT_FOUND, DOCUMENT_MISMATCH, DOCUMENT_NOT_TRUSTED, PERSISTED_QUERY_NOT_FOUND.
        """
        if query is not None and not isinstance(query, str):
            raise DocumentError("query must be a string, the text of a GraphQL document.")
        # A plain text, as most requests bring it, passes by all that follows: nothing is hashed on its way.
        persisted = None if extensions is None else _persisted_query(extensions)
        text = query or None
        if document_id is not None:
            text = self._of_id(document_id, text)
        if persisted is not None:
            text = self._of_hash(persisted, text)
        if text is None:
            raise DocumentError('Say in query which document is to be run, such as "{ __typename }", or in documentId.')
        if self.only_trusted and text not in self.trusted.places:
            raise DocumentNotTrustedError(
                "Only registered documents are run here, and this one is not: have its client's manifest registered."
            )
        return text

    def _of_id(self, document_id: object, text: str | None) -> str:
        if not isinstance(document_id, str):
            raise DocumentError("documentId must be a string, such as sha256:… with the SHA-256 of a document.")
        known = self.trusted.by_id.get(document_id)
        if known is None:
            raise DocumentNotFoundError("documentId names no registered document.")
        if text is not None and text != known:
            raise DocumentMismatchError("query is not the document that documentId names: send only one of them.")
        return known

    def _of_hash(self, persisted: Mapping[str, Any], text: str | None) -> str:
        """Apollo's extension; its hash is whatever id the manifest has, or a SHA-256 whose text was sent once."""
        digest = _hash_of(persisted)
        known = self.trusted.by_id.get(digest)
        if known is None and text is None and not self.only_trusted:
            known = self.sent_before.get(digest)
        if known is not None:
            if text is not None and text != known:
                raise DocumentMismatchError("extensions.persistedQuery names another document than the request brings.")
            return known
        if text is None and self.only_trusted:
            # PERSISTED_QUERY_NOT_FOUND would ask for the text, only to refuse it
            raise DocumentNotFoundError("extensions.persistedQuery names no registered document.")
        if text is None:
            raise PersistedQueryNotFoundError
        if digest != sha256_of(text):
            raise DocumentMismatchError("extensions.persistedQuery.sha256Hash is not the SHA-256 of query.")
        if not self.only_trusted:
            self.sent_before.put(digest, text)
        return text


def _persisted_query(extensions: object) -> Mapping[str, Any] | None:
    if not isinstance(extensions, Mapping):
        raise DocumentError("extensions must be an object.")
    persisted = extensions.get("persistedQuery")
    if persisted is not None and not isinstance(persisted, Mapping):
        raise DocumentError('extensions.persistedQuery must be an object: {"version": 1, "sha256Hash": "…"}.')
    return persisted


def _hash_of(persisted: Mapping[str, Any]) -> str:
    version, digest = persisted.get("version"), persisted.get("sha256Hash")
    if version != 1 or isinstance(version, bool):
        raise DocumentError("extensions.persistedQuery.version must be 1, the one version that there is.")
    if not isinstance(digest, str) or not digest:
        raise DocumentError("extensions.persistedQuery.sha256Hash must be the SHA-256 of a document, in hex digits.")
    return digest
