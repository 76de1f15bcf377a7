"""The keys that our own tokens are signed with: PEM files in one folder, numbered; the highest number signs."""

from __future__ import annotations

import os
import secrets
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import OKPAlgorithm

from core.hindrance import Hindrance
from services.identity.public_keys import PublicKey, public_keys, thumbprint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Final

LONGEST_TOKEN_LIFE: Final = timedelta(hours=24)
"""No token of ours lives longer; a replaced key is kept that long, and removed when the next one is added."""

_REREAD_SECONDS: Final = 1.0
_FRESH_SECONDS: Final = 60.0


class SigningKeysUnusable(Hindrance):
    """The folder of signing keys cannot be read or written, or holds something else."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One key of our own; the private part never shows."""

    kid: str
    jwk: dict[str, str]
    private: Ed25519PrivateKey = field(repr=False)


class SigningKeys:
    """The folder's keys as this process knows them.

    A key that somebody else adds is met at once, by its kid; one that is taken away is forgotten within a minute.
    """

    def __init__(self, folder: Path, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Read the keys, and make the first one where there is none. Refused with SigningKeysUnusable."""
        self._folder = folder
        self._clock = clock
        if not _key_files(folder):
            _add(folder, 1)
        self._read()

    def __repr__(self) -> str:
        return f"SigningKeys({str(self._folder)!r})"

    @property
    def newest(self) -> SigningKey:
        """The key that signs."""
        if [path.name for path in _key_files(self._folder)] != self._names:
            self._read()
        return self._keys[-1]

    @property
    def jwks(self) -> dict[str, Any]:
        """All public keys, as `/.well-known/jwks.json` shows them."""
        self._reread_if_older_than(_FRESH_SECONDS)
        return {"keys": [key.jwk for key in self._keys]}

    def verifying(self, kid: str) -> PublicKey | None:
        """Return the key that a token names; the folder is read for an unknown one at most once a second."""
        self._reread_if_older_than(_FRESH_SECONDS if kid in self._public else _REREAD_SECONDS)
        return self._public.get(kid)

    def _reread_if_older_than(self, seconds: float) -> None:
        if self._clock() - self._read_at >= seconds:
            self._read()

    def _read(self) -> None:
        self._read_at = self._clock()
        files = _key_files(self._folder)
        self._names = [path.name for path in files]
        # One that was just removed is no longer a key.
        self._keys = [key for path in files if (key := _load(path)) is not None]
        if not self._keys:
            raise SigningKeysUnusable(f"{self._folder} has no signing key any more: restart, or restore the folder")
        self._public = public_keys({"keys": [key.jwk for key in self._keys]})


def rotate(folder: Path) -> str:
    """Add a key, which signs from now on, and remove those whose last token has expired; returns the new kid.

    Servers that already run follow by themselves. Refused with SigningKeysUnusable.
    """
    while True:
        files = _key_files(folder)
        added = _add(folder, _number(files[-1]) + 1 if files else 1)
        if added is not None:
            _remove_expired(folder)
            return added.kid


def retire(folder: Path, kid: str) -> bool:
    """Remove a key at once, as when it has leaked; its tokens end within a minute. False if there is none.

    One that still signs is followed by a new one first.
    """
    files = _key_files(folder)
    for path in files:
        key = _load(path)
        if key is not None and key.kid == kid:
            if path == files[-1]:
                _add(folder, _number(path) + 1)
            with _in_plain_words(folder):
                path.unlink(missing_ok=True)
            return True
    return False


def _add(folder: Path, number: int) -> SigningKey | None:
    """Make the key of this number; None when somebody else has just made it."""
    path = folder / f"{number:06}.pem"
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with _in_plain_words(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = folder / f".{secrets.token_hex(8)}"
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(pem)
                file.flush()
                os.fsync(file.fileno())
            # A link appears whole or not at all, and only one process can make it.
            os.link(unfinished, path)
        except FileExistsError:
            return None
        finally:
            unfinished.unlink(missing_ok=True)
    return _load(path)


def _remove_expired(folder: Path) -> None:
    files = _key_files(folder)
    long_ago = time.time() - LONGEST_TOKEN_LIFE.total_seconds()
    for path, successor in pairwise(files):
        if successor.stat().st_mtime < long_ago:
            path.unlink(missing_ok=True)


def _key_files(folder: Path) -> list[Path]:
    with _in_plain_words(folder):
        return sorted(folder.glob("[0-9]*.pem"), key=_number)


def _number(path: Path) -> int:
    try:
        return int(path.stem)
    except ValueError:
        raise SigningKeysUnusable(f"{path} is not named like a signing key: 000001.pem, 000002.pem, …") from None


def _load(path: Path) -> SigningKey | None:
    with _in_plain_words(path):
        try:
            pem = path.read_bytes()
        except FileNotFoundError:
            return None
    try:
        private = serialization.load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise SigningKeysUnusable(f"{path} is no private key in PEM: remove it or restore it") from None
    if not isinstance(private, Ed25519PrivateKey):
        raise SigningKeysUnusable(f"{path} is no Ed25519 key: tokens are signed with EdDSA only")
    jwk = OKPAlgorithm.to_jwk(private.public_key(), as_dict=True)
    kid = thumbprint(jwk)
    return SigningKey(
        kid, {"kty": "OKP", "crv": "Ed25519", "x": jwk["x"], "kid": kid, "use": "sig", "alg": "EdDSA"}, private
    )


@contextmanager
def _in_plain_words(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SigningKeysUnusable(f"{path}: {error.strerror}: see SIGNING_KEYS_DIR and its permissions") from None
