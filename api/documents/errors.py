"""What can be wrong with the way in which a request says its document."""

from typing import ClassVar

from api.reading.errors import RequestError


class DocumentError(RequestError):
    """No document, one that is no text, or an id in a form that nobody knows."""

    status: ClassVar[int] = 400
    """Of an answer in `application/json`; in `application/graphql-response+json` it is 400 for all of them."""


class DocumentNotFoundError(DocumentError):
    """An id that no manifest has."""

    code = "DOCUMENT_NOT_FOUND"


class DocumentMismatchError(DocumentError):
    """A text and an id, or two ids, that are not of the same document."""

    code = "DOCUMENT_MISMATCH"


class DocumentNotTrustedError(DocumentError):
    """A text that is in no manifest, where nothing else is let through."""

    code = "DOCUMENT_NOT_TRUSTED"


class PersistedQueryNotFoundError(DocumentError):
    """A hash whose text was not sent yet. Apollo's clients know this code and message, and send both."""

    code = "PERSISTED_QUERY_NOT_FOUND"
    status = 200

    def __init__(self) -> None:
        """Say it in the protocol's own word: older clients read the message, not the code."""
        super().__init__("PersistedQueryNotFound")
