from __future__ import annotations

import os
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from services.identity.signing_keys import LONGEST_TOKEN_LIFE, SigningKeys, SigningKeysUnusable, retire, rotate
from services.identity.tokens import OwnIssuer, TokenRefused, issue_token, verify
from tests.identity.forging import ISSUER, NOW


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def a_token(keys: SigningKeys) -> str:
    return issue_token(keys, issuer=ISSUER, audience=ISSUER, subject="x", lifetime=timedelta(hours=1), now=NOW)


async def takes(keys: SigningKeys, token: str) -> bool:
    try:
        (await verify(token, {ISSUER: OwnIssuer(keys, ISSUER)})).subject(NOW)
    except TokenRefused:
        return False
    return True


def kids(keys: SigningKeys) -> list[str]:
    return [jwk["kid"] for jwk in keys.jwks["keys"]]


def test_the_first_key_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "keys"
    keys = SigningKeys(folder)
    (file,) = folder.iterdir()
    assert file.name == "000001.pem"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert kids(keys) == [keys.newest.kid] == kids(SigningKeys(folder))


def test_nothing_private_is_published_or_shown(tmp_path: Path) -> None:
    keys = SigningKeys(tmp_path)
    (jwk,) = keys.jwks["keys"]
    assert jwk.keys() == {"kty", "crv", "x", "kid", "use", "alg"}
    assert (jwk["kty"], jwk["crv"], jwk["use"], jwk["alg"]) == ("OKP", "Ed25519", "sig", "EdDSA")
    assert "Ed25519PrivateKey" not in repr(keys.newest) + repr(keys)


def test_many_who_start_at_once_have_the_same_keys(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        started = list(pool.map(lambda _: SigningKeys(tmp_path / "keys"), range(16)))
    assert {tuple(kids(keys)) for keys in started} == {tuple(kids(started[0]))}
    assert [file.name for file in (tmp_path / "keys").iterdir()] == ["000001.pem"]


def test_many_rotations_at_once_each_add_a_key(tmp_path: Path) -> None:
    SigningKeys(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        added = set(pool.map(lambda _: rotate(tmp_path), range(8)))
    assert len(added) == 8
    assert len(kids(SigningKeys(tmp_path))) == 9
    assert not [file for file in tmp_path.iterdir() if file.suffix != ".pem"]


async def test_after_a_rotation_the_new_key_signs_and_the_old_one_still_verifies(tmp_path: Path) -> None:
    keys = SigningKeys(tmp_path)
    before = a_token(keys)
    old, new = keys.newest.kid, rotate(tmp_path)
    assert keys.newest.kid == new
    assert kids(keys) == [old, new]
    assert await takes(keys, before)
    assert await takes(keys, a_token(keys))


async def test_a_server_that_runs_meets_a_new_key_by_its_kid_and_looks_once_a_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    server, other = SigningKeys(tmp_path, clock=clock), SigningKeys(tmp_path)
    reads = 0
    read = SigningKeys._read  # noqa: SLF001 - how often the folder is read is what is promised

    def counted(keys: SigningKeys) -> None:
        nonlocal reads
        reads += keys is server
        read(keys)

    monkeypatch.setattr(SigningKeys, "_read", counted)
    clock.now += 1
    assert all(server.verifying(f"made up {at}") is None for at in range(100))
    assert reads == 1
    rotate(tmp_path)
    token = a_token(other)
    assert not await takes(server, token)
    clock.now += 1
    assert await takes(server, token)
    assert reads == 2


async def test_a_retired_key_verifies_nothing_within_a_minute(tmp_path: Path) -> None:
    clock = Clock()
    keys = SigningKeys(tmp_path, clock=clock)
    leaked, token = keys.newest.kid, a_token(keys)
    rotate(tmp_path)
    assert retire(tmp_path, leaked)
    assert not retire(tmp_path, leaked)
    clock.now += 60
    assert not await takes(keys, token)
    assert leaked not in kids(keys)


async def test_the_key_that_signs_is_followed_by_another_before_it_is_retired(tmp_path: Path) -> None:
    keys = SigningKeys(tmp_path)
    older, leaked = keys.newest.kid, rotate(tmp_path)
    assert retire(tmp_path, leaked)
    assert keys.newest.kid not in {older, leaked}
    assert kids(keys) == [older, keys.newest.kid]
    assert await takes(keys, a_token(keys))


def test_a_key_goes_when_its_last_token_has_expired(tmp_path: Path) -> None:
    SigningKeys(tmp_path)
    second = rotate(tmp_path)
    assert len(kids(SigningKeys(tmp_path))) == 2
    long_ago = time.time() - LONGEST_TOKEN_LIFE.total_seconds() - 1
    os.utime(tmp_path / "000002.pem", (long_ago, long_ago))
    third = rotate(tmp_path)
    assert kids(SigningKeys(tmp_path)) == [second, third]


def test_a_folder_that_will_not_do_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "000001.pem").write_text("no key")
    (tmp_path / "ec").mkdir()
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (tmp_path / "ec" / "000001.pem").write_bytes(pem)
    (tmp_path / "name").mkdir()
    (tmp_path / "name" / "1-old.pem").write_bytes(pem)
    for folder in ("file", "text", "ec", "name"):
        with pytest.raises(SigningKeysUnusable) as refused:
            SigningKeys(tmp_path / folder)
        assert str(tmp_path / folder) in str(refused.value)
        assert "\n" not in str(refused.value)


def test_a_server_whose_keys_are_gone_says_so(tmp_path: Path) -> None:
    keys = SigningKeys(tmp_path)
    (tmp_path / "000001.pem").unlink()
    with pytest.raises(SigningKeysUnusable, match="has no signing key any more"):
        _ = keys.newest
