from __future__ import annotations

import base64
from datetime import timedelta
from pathlib import Path

import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from services.identity.signing_keys import SigningKeys
from services.identity.tokens import LONGEST_TOKEN, OwnIssuer, TokenRefused, issue_token, verify
from tests.identity.forging import (
    ISSUER,
    NOW,
    claims,
    part,
    seconds_from_now,
    signed,
    signed_with,
    signed_with_hmac,
    unsigned,
)

SAID = {
    "the token is not valid here",
    "the token has expired: get a new one",
    "the token is not valid yet: see your clock",
}


@pytest.fixture
def keys(tmp_path: Path) -> SigningKeys:
    return SigningKeys(tmp_path / "keys")


async def verified(keys: SigningKeys, token: str) -> tuple[str, str]:
    return (await verify(token, {ISSUER: OwnIssuer(keys, ISSUER)})).subject(NOW)


async def refusal(keys: SigningKeys, token: str) -> str:
    with pytest.raises(TokenRefused) as refused:
        await verified(keys, token)
    assert refused.value.message in SAID
    return refused.value.code


async def test_a_token_of_ours_proves_its_subject(keys: SigningKeys) -> None:
    token = issue_token(keys, issuer=ISSUER, audience=ISSUER, subject="seat:x", lifetime=timedelta(minutes=10), now=NOW)
    assert await verified(keys, token) == ("self", "seat:x")
    header, payload, _ = (base64.urlsafe_b64decode(piece + "==") for piece in token.split("."))
    assert orjson.loads(header) == {"alg": "EdDSA", "kid": keys.newest.kid, "typ": "JWT"}
    said = orjson.loads(payload)
    assert len(said.pop("jti")) == 36
    at = int(NOW.timestamp())
    assert said == {"iss": ISSUER, "aud": ISSUER, "sub": "seat:x", "iat": at, "nbf": at, "exp": at + 600}


def test_no_token_lives_longer_than_a_replaced_key(keys: SigningKeys) -> None:
    for lifetime in (timedelta(hours=24, seconds=1), timedelta(), timedelta(seconds=-1)):
        with pytest.raises(ValueError, match="at most"):
            issue_token(keys, issuer=ISSUER, audience=ISSUER, subject="x", lifetime=lifetime, now=NOW)


async def test_a_genuine_token_written_by_hand_is_taken(keys: SigningKeys) -> None:
    assert await verified(keys, signed(keys, claims())) == ("self", "someone")
    assert await verified(keys, signed(keys, claims(aud=["other", ISSUER]), typ=None)) == ("self", "someone")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"exp": seconds_from_now(-31)}, "TOKEN_EXPIRED"),
        ({"exp": seconds_from_now(-29)}, None),
        ({"nbf": seconds_from_now(31)}, "TOKEN_NOT_YET_VALID"),
        ({"nbf": seconds_from_now(29)}, None),
        ({"iat": seconds_from_now(31)}, "TOKEN_NOT_YET_VALID"),
        ({"iat": None, "jti": None}, None),
        ({"exp": None}, "TOKEN_INVALID"),
        ({"nbf": None}, "TOKEN_INVALID"),
        ({"iss": None}, "TOKEN_INVALID"),
        ({"aud": None}, "TOKEN_INVALID"),
        ({"sub": None}, "TOKEN_INVALID"),
        ({"exp": "9999999999"}, "TOKEN_INVALID"),
        ({"exp": True}, "TOKEN_INVALID"),
        ({"nbf": {}}, "TOKEN_INVALID"),
        ({"iat": "now"}, "TOKEN_INVALID"),
        ({"iss": "https://elsewhere.example"}, "TOKEN_INVALID"),
        ({"iss": [ISSUER]}, "TOKEN_INVALID"),
        ({"aud": "https://elsewhere.example"}, "TOKEN_INVALID"),
        ({"aud": ["https://elsewhere.example"]}, "TOKEN_INVALID"),
        ({"aud": {ISSUER: True}}, "TOKEN_INVALID"),
        ({"sub": ""}, "TOKEN_INVALID"),
        ({"sub": 7}, "TOKEN_INVALID"),
        ({"sub": "a\0b"}, "TOKEN_INVALID"),
        ({"sub": "x" * 256}, "TOKEN_INVALID"),
        ({"sub": "x" * 255}, None),
    ],
)
async def test_claims(keys: SigningKeys, changed: dict[str, object], code: str | None) -> None:
    token = signed(keys, claims(**changed))
    if code is None:
        assert (await verified(keys, token))[0] == "self"
    else:
        assert await refusal(keys, token) == code


@pytest.mark.parametrize(
    "header",
    [
        {"crit": ["exp"]},
        {"crit": []},
        {"jwk": {"kty": "OKP"}},
        {"jku": "https://evil.example/jwks"},
        {"x5u": "https://evil.example/cert"},
        {"x5c": ["MIIB"]},
        {"b64": True},
        {"zip": "DEF"},
        {"typ": "logout+jwt"},
        {"typ": 1},
        {"kid": None},
        {"kid": 1},
        {"kid": ["a"]},
        {"kid": "../../etc/passwd"},
        {"kid": ""},
        {"alg": "HS256"},
        {"alg": "none"},
        {"alg": "RS256"},
        {"alg": "eddsa"},
        {"alg": None},
        {"alg": ["EdDSA"]},
    ],
)
async def test_a_genuine_signature_under_another_header_is_refused(
    keys: SigningKeys, header: dict[str, object]
) -> None:
    assert await refusal(keys, signed(keys, claims(), **header)) == "TOKEN_INVALID"


async def test_forged_tokens_are_refused(keys: SigningKeys) -> None:
    kid, genuine = keys.newest.kid, signed(keys, claims())
    raw = keys.newest.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    pem = keys.newest.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    other = Ed25519PrivateKey.generate()
    head, _, signature = genuine.split(".")
    forged = {
        "unsigned": unsigned(claims(), kid=kid),
        "unsigned with the old signature": unsigned(claims(), kid=kid) + signature,
        "the public key as a shared secret": signed_with_hmac(raw, claims(), kid=kid),
        "its PEM as a shared secret": signed_with_hmac(pem, claims(), kid=kid),
        "the published x as a shared secret": signed_with_hmac(keys.newest.jwk["x"].encode(), claims(), kid=kid),
        "another key under the same kid": signed_with(other, claims(), kid=kid),
        "a changed payload": f"{head}.{part(claims(sub='somebody else'))}.{signature}",
        "a cut signature": genuine[:-4],
        "no signature": f"{head}.{part(claims())}",
        "two tokens": f"{genuine}.{signature}",
    }
    assert {name: await refusal(keys, token) for name, token in forged.items()} == dict.fromkeys(
        forged, "TOKEN_INVALID"
    )


async def test_what_is_no_token_is_refused(keys: SigningKeys) -> None:
    deep = b"[" * 3000 + b"]" * 3000
    for text in (
        "",
        ".",
        "..",
        "a.b.c",
        "é.é.é",
        "null",
        f"{part(None)}.{part(None)}.{part(b'x')}",
        f"{part(deep)}.{part({})}.{part(b'x')}",
        signed(keys, deep),
        signed(keys, b"{"),
        signed(keys, [1]),
        signed(keys, b'{"iss": "\\ud800"}'),
        signed(keys, b'{"exp": 1e999}'),
    ):
        assert await refusal(keys, text) == "TOKEN_INVALID", text[:60]


async def test_a_token_that_is_too_large_is_not_looked_at(keys: SigningKeys) -> None:
    large = signed(keys, claims(note="x" * LONGEST_TOKEN))
    assert await refusal(keys, large) == "TOKEN_INVALID"
    room = signed(keys, claims(note="x" * (LONGEST_TOKEN // 2)))
    assert await verified(keys, room) == ("self", "someone")
