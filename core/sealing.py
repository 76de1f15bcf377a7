"""Secrets at rest: each is sealed under a key of its own, and that by a master key that the database never sees.

AES-256-GCM throughout. What a secret is for is bound to it: moved to another row it does not open.
"""

from __future__ import annotations

import base64
import os
import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.errors import DomainError
from core.hindrance import Hindrance
from core.settings import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Final

    from core.settings import Settings

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
KEY_FILE: Final = "credential.keys"
"""In the folder of signing keys; read where CREDENTIAL_KEYS is not set."""

_FORM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}", re.ASCII)


class NoCredentialKeys(DomainError):
    """Nothing can be sealed here: whoever runs this server has not set CREDENTIAL_KEYS."""


class MasterKeyRetired(Hindrance):
    """A secret is sealed under a master key that is no longer among CREDENTIAL_KEYS."""


class SealBroken(Hindrance):
    """A secret does not open: it was changed, or is for something else."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A secret as it is stored."""

    key_id: str
    wrapped_key: bytes
    nonce: bytes
    ciphertext: bytes


class MasterKeys:
    """The keys that wrap; the first seals, all of them open."""

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        self._keys = dict(keys)

    def __repr__(self) -> str:
        return f"MasterKeys({', '.join(self._keys)})"

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all keys, the one that seals first."""
        return tuple(self._keys)

    @property
    def first(self) -> str:
        """The id of the key that seals. Refused with NoCredentialKeys."""
        if not self._keys:
            raise NoCredentialKeys("this server keeps no credentials until its operator sets CREDENTIAL_KEYS")
        return next(iter(self._keys))

    def seal(self, secret: bytes, *, row: bytes, purpose: bytes) -> Sealed:
        """Seal a secret of `row` for `purpose`, such as the address it is sent to. Refused with NoCredentialKeys."""
        data_key, nonce = AESGCM.generate_key(KEY_BYTES * 8), os.urandom(NONCE_BYTES)
        ciphertext = AESGCM(data_key).encrypt(nonce, secret, _bound(row, purpose))
        return Sealed(self.first, self._wrap(data_key, row), nonce, ciphertext)

    def open(self, sealed: Sealed, *, row: bytes, purpose: bytes) -> bytes:
        """Return the secret. Raises MasterKeyRetired or SealBroken."""
        try:
            return AESGCM(self._unwrap(sealed, row)).decrypt(sealed.nonce, sealed.ciphertext, _bound(row, purpose))
        except (InvalidTag, ValueError):
            raise SealBroken("a credential does not open: it was changed, or is for another address") from None

    def rewrap(self, sealed: Sealed, *, row: bytes) -> Sealed:
        """Wrap the same secret under the first key, without opening it. Raises MasterKeyRetired or SealBroken."""
        wrapped_key = self._wrap(self._unwrap(sealed, row), row)
        return Sealed(self.first, wrapped_key, sealed.nonce, sealed.ciphertext)

    def _wrap(self, data_key: bytes, row: bytes) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return nonce + AESGCM(self._keys[self.first]).encrypt(nonce, data_key, _bound(row, self.first.encode()))

    def _unwrap(self, sealed: Sealed, row: bytes) -> bytes:
        key = self._keys.get(sealed.key_id)
        if key is None:
            raise MasterKeyRetired(told_of_retired(sealed.key_id))
        nonce, wrapped = sealed.wrapped_key[:NONCE_BYTES], sealed.wrapped_key[NONCE_BYTES:]
        try:
            return AESGCM(key).decrypt(nonce, wrapped, _bound(row, sealed.key_id.encode()))
        except (InvalidTag, ValueError):
            raise SealBroken("a credential does not open: its row was changed") from None


def told_of_retired(key_ids: str) -> str:
    """Say that a key is gone, and what to do about it."""
    return (
        f"sealed under {key_ids}, which CREDENTIAL_KEYS no longer holds: put it back behind the first, run "
        "`chapterhouse lms rotate-keys`, then take it away; or replace the credential"
    )


def master_keys(settings: Settings) -> MasterKeys:
    """Return the keys of CREDENTIAL_KEYS, or those in the folder of signing keys; there may be none.

    Refused with ConfigurationError.
    """
    given = settings.credential_keys.get_secret_value()
    source = "CREDENTIAL_KEYS"
    if not given:
        file = settings.signing_keys_dir / KEY_FILE
        source = str(file)
        try:
            given = file.read_text(errors="replace")
        except FileNotFoundError:
            given = ""
        except OSError as error:
            raise ConfigurationError(f"{file}: {error.strerror}: see SIGNING_KEYS_DIR and its permissions") from None
    return MasterKeys(_parsed(given, source))


def make_key_file(folder: Path) -> None:
    """Make a key for a machine on which nothing is configured; one that is there already stays."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = folder / f".{secrets.token_hex(8)}"
    key = base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(f"local:{key}\n")
        # A link appears whole or not at all, and only one process can make it.
        os.link(unfinished, folder / KEY_FILE)
    except FileExistsError:
        pass
    finally:
        unfinished.unlink(missing_ok=True)


def _parsed(given: str, source: str) -> dict[str, bytes]:
    keys: dict[str, bytes] = {}
    for entry in given.replace("\n", ",").split(","):
        if not entry.strip():
            continue
        key_id, _, encoded = entry.strip().partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
        except ValueError:
            key = b""
        if not _FORM.fullmatch(key_id) or len(key) != KEY_BYTES or key_id in keys:
            # the entry itself is a secret
            raise ConfigurationError(
                f"{source} is not usable: it should be id:key,id:key with ids that differ, each key 32 bytes in base64"
            )
        keys[key_id] = key
    return keys


def _bound(row: bytes, other: bytes) -> bytes:
    """Two facts as one, told apart whatever they hold."""
    return len(row).to_bytes(4, "big") + row + other
