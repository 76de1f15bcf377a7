"""Secrets at rest: what opens them, and what does not."""

from __future__ import annotations

import base64
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from cli.local import environment, local_settings
from core.sealing import (
    KEY_FILE,
    MasterKeyRetired,
    MasterKeys,
    NoCredentialKeys,
    SealBroken,
    Sealed,
    make_key_file,
    master_keys,
)
from core.settings import ConfigurationError, Settings

OLD, NEW = bytes(range(32)), bytes(range(32, 64))
ROW, ADDRESS = b"row", b"https://lms.example"


def keys_from(text: str, folder: Path) -> MasterKeys:
    settings = Settings(_env_file=None, credential_keys=text, signing_keys_dir=folder)
    return master_keys(settings)


@given(st.binary(max_size=500), st.binary(max_size=50), st.binary(max_size=50))
def test_what_is_sealed_opens_and_nothing_of_it_shows(secret: bytes, row: bytes, purpose: bytes) -> None:
    keys = MasterKeys({"new": NEW, "old": OLD})
    sealed = keys.seal(secret, row=row, purpose=purpose)
    assert sealed.key_id == "new"
    assert keys.open(sealed, row=row, purpose=purpose) == secret
    assert MasterKeys({"old": OLD, "new": NEW}).open(sealed, row=row, purpose=purpose) == secret
    assert len(secret) < 8 or secret not in sealed.wrapped_key + sealed.nonce + sealed.ciphertext
    # a key of its own each time: the same secret never looks the same
    again = keys.seal(secret, row=row, purpose=purpose)
    assert (again.wrapped_key, again.ciphertext) != (sealed.wrapped_key, sealed.ciphertext)


def flipped(value: bytes) -> bytes:
    return value[:-1] + bytes([value[-1] ^ 1])


def test_it_opens_nowhere_else_and_never_changed() -> None:
    keys = MasterKeys({"new": NEW, "old": OLD})
    sealed = keys.seal(b"secret", row=ROW, purpose=ADDRESS)
    elsewhere = keys.seal(b"other", row=b"other row", purpose=ADDRESS)
    changed = [
        replace(sealed, wrapped_key=flipped(sealed.wrapped_key)),
        replace(sealed, wrapped_key=elsewhere.wrapped_key),
        replace(sealed, wrapped_key=b""),
        replace(sealed, nonce=flipped(sealed.nonce)),
        replace(sealed, ciphertext=flipped(sealed.ciphertext)),
        replace(sealed, key_id="old"),
    ]
    for each in changed:
        with pytest.raises(SealBroken):
            keys.open(each, row=ROW, purpose=ADDRESS)
    for row, purpose in ((b"other row", ADDRESS), (ROW, b"https://evil.example"), (ROW + ADDRESS, b"")):
        with pytest.raises(SealBroken):
            keys.open(sealed, row=row, purpose=purpose)


def test_rotation_wraps_anew_and_leaves_the_secret_sealed() -> None:
    sealed = MasterKeys({"old": OLD}).seal(b"secret", row=ROW, purpose=ADDRESS)
    both = MasterKeys({"new": NEW, "old": OLD})
    wrapped = both.rewrap(sealed, row=ROW)
    assert (wrapped.key_id, wrapped.nonce, wrapped.ciphertext) == ("new", sealed.nonce, sealed.ciphertext)
    assert MasterKeys({"new": NEW}).open(wrapped, row=ROW, purpose=ADDRESS) == b"secret"
    with pytest.raises(SealBroken):
        both.rewrap(sealed, row=b"other row")


def test_a_retired_key_says_what_to_do() -> None:
    sealed = MasterKeys({"old": OLD}).seal(b"secret", row=ROW, purpose=ADDRESS)
    with pytest.raises(MasterKeyRetired) as refused:
        MasterKeys({"new": NEW}).open(sealed, row=ROW, purpose=ADDRESS)
    assert str(refused.value) == (
        "sealed under old, which CREDENTIAL_KEYS no longer holds: put it back behind the first, run "
        "`chapterhouse lms rotate-keys`, then take it away; or replace the credential"
    )
    with pytest.raises(NoCredentialKeys, match="CREDENTIAL_KEYS"):
        MasterKeys({}).seal(b"secret", row=ROW, purpose=ADDRESS)


def test_the_first_of_the_keys_seals(tmp_path: Path) -> None:
    new, old = base64.b64encode(NEW).decode(), base64.b64encode(OLD).decode()
    keys = keys_from(f"2026-11:{new}, 2025.1:{old} ", tmp_path)
    assert (keys.ids, keys.first) == (("2026-11", "2025.1"), "2026-11")
    assert new not in repr(keys)
    assert keys_from("", tmp_path).ids == ()


@pytest.mark.parametrize(
    "given",
    ["nothing", ":", "a:", f"a:{base64.b64encode(b'short').decode()}", "a:!!!!", f":{base64.b64encode(OLD).decode()}",
     f"a:{base64.b64encode(OLD).decode()},a:{base64.b64encode(NEW).decode()}"],
)  # fmt: skip
def test_keys_that_are_none_are_refused_without_being_shown(given: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as refused:
        keys_from(given, tmp_path)
    assert str(refused.value) == (
        "CREDENTIAL_KEYS is not usable: it should be id:key,id:key with ids that differ, each key 32 bytes in base64"
    )


def test_a_machine_without_configuration_makes_one_and_keeps_it(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    make_key_file(folder)
    made = (folder / KEY_FILE).read_text()
    make_key_file(folder)
    assert (folder / KEY_FILE).read_text() == made
    assert (folder / KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in folder.iterdir()] == [KEY_FILE]
    keys = keys_from("", folder)
    assert keys.ids == ("local",)
    sealed = keys.seal(b"secret", row=ROW, purpose=ADDRESS)
    assert keys_from("", folder).open(sealed, row=ROW, purpose=ADDRESS) == b"secret"
    # what is configured wins
    assert keys_from(f"mine:{base64.b64encode(OLD).decode()}", folder).ids == ("mine",)


def test_what_runs_from_a_folder_makes_a_key_there_and_hands_on_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    elsewhere = Settings(_env_file=None, database_url="postgresql://app@localhost/none")
    with local_settings(elsewhere, "run", keep=True) as local:
        (made,) = Path(".data/run/keys").iterdir()
        assert master_keys(local).ids == ("local",)
        assert environment(local)["SIGNING_KEYS_DIR"] == str(tmp_path / ".data/run/keys")
        assert made.read_text().strip().removeprefix("local:") not in Path(".data/running.env").read_text()
    with local_settings(elsewhere, "run", keep=True) as again:
        assert master_keys(again).ids == ("local",)
    configured = elsewhere.model_copy(update={"credential_keys": SecretStr(f"mine:{base64.b64encode(OLD).decode()}")})
    with local_settings(configured, "other", keep=True) as local:
        assert master_keys(local).ids == ("mine",)
    assert not Path(".data/other/keys").exists()


def test_what_is_stored_is_not_the_key() -> None:
    sealed = MasterKeys({"old": OLD}).seal(b"secret", row=ROW, purpose=ADDRESS)
    assert isinstance(sealed, Sealed)
    assert len(sealed.wrapped_key) == 12 + 32 + 16
