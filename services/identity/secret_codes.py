"""Codes that open something: made here, shown once, and kept only as a hash."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field

BITS = 256


@dataclass(frozen=True, slots=True)
class SecretCode:
    """A new secret; `text` is for its owner alone, `digest` is what is kept."""

    text: str = field(repr=False)

    @property
    def digest(self) -> bytes:
        """The hash that the database keeps."""
        return digest_of(self.text)


def new_code(prefix: str) -> SecretCode:
    """Make a secret of 256 random bits, recognisable by its prefix when it turns up where it should not."""
    return SecretCode(f"{prefix}_{secrets.token_urlsafe(BITS // 8)}")


def digest_of(text: str) -> bytes:
    """Hash a secret with SHA-256.

    A slow hash protects what people can guess. Nobody guesses 256 random bits, so slowness would cost us and no thief.
    """
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()


def opens(text: str, digest: bytes | None) -> bool:
    """Whether `text` is the secret of `digest`, in the same time whether or not there is one."""
    same = hmac.compare_digest(digest_of(text), digest or bytes(hashlib.sha256().digest_size))
    return same and digest is not None
