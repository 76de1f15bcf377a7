"""Tokens as an attacker would write them, part by part."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.identity.signing_keys import SigningKeys

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
ISSUER = "https://chapterhouse.example"


def claims(**changed: object) -> dict[str, Any]:
    """Claims that are right in every way, but for what is changed; None takes a claim away."""
    at = int(NOW.timestamp())
    right = {"iss": ISSUER, "aud": ISSUER, "sub": "someone", "iat": at, "nbf": at, "exp": at + 600, "jti": "1"}
    return {name: value for name, value in (right | changed).items() if value is not None}


def seconds_from_now(seconds: float) -> int:
    return int((NOW + timedelta(seconds=seconds)).timestamp())


def part(value: object) -> str:
    raw = value if isinstance(value, bytes) else orjson.dumps(value)
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def signed(keys: SigningKeys, payload: object, **header: object) -> str:
    """A token with a genuine signature of the newest key, whatever is in it."""
    return signed_with(keys.newest.private, payload, kid=header.pop("kid", keys.newest.kid), **header)


def signed_with(key: Ed25519PrivateKey, payload: object, **header: object) -> str:
    full = {name: value for name, value in ({"alg": "EdDSA", "typ": "JWT"} | header).items() if value is not None}
    text = f"{part(full)}.{part(payload)}"
    return f"{text}.{part(key.sign(text.encode()))}"


def signed_with_hmac(secret: bytes, payload: object, **header: object) -> str:
    text = f"{part({'alg': 'HS256', 'typ': 'JWT'} | header)}.{part(payload)}"
    return f"{text}.{part(hmac.new(secret, text.encode(), hashlib.sha256).digest())}"


def unsigned(payload: object, **header: object) -> str:
    return f"{part({'alg': 'none', 'typ': 'JWT'} | header)}.{part(payload)}."
