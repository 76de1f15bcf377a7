"""Trusted documents: operations that are known by an id, and a switch that lets nothing else through."""

from api.documents.asking import Documents
from api.documents.errors import (
    DocumentError,
    DocumentMismatchError,
    DocumentNotFoundError,
    DocumentNotTrustedError,
    PersistedQueryNotFoundError,
)
from api.documents.trusted import TrustedDocuments

__all__ = [
    "DocumentError",
    "DocumentMismatchError",
    "DocumentNotFoundError",
    "DocumentNotTrustedError",
    "Documents",
    "PersistedQueryNotFoundError",
    "TrustedDocuments",
]
