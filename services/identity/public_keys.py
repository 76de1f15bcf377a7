"""Public keys as issuers publish them (JWK, RFC 7517): each decides the one algorithm it verifies."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import jwt
import orjson
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Final

ALGORITHM_OF: Final = {("OKP", "Ed25519"): "EdDSA", ("RSA", None): "RS256", ("EC", "P-256"): "ES256"}
"""Key type and curve to the algorithm, whatever a token claims."""

_THUMBPRINT_MEMBERS: Final = {"OKP": ("crv", "kty", "x"), "RSA": ("e", "kty", "n"), "EC": ("crv", "kty", "x", "y")}
_VERIFY: Final = ["verify"]
_SHORTEST_RSA_BITS: Final = 2048
_LONGEST_RSA_BITS: Final = 8192
_MOST_KEYS: Final = 100


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that verifies signatures of one algorithm."""

    kid: str
    algorithm: str
    key: Any


def public_key(jwk: Mapping[str, Any]) -> PublicKey | None:
    """Read one published key; None for whatever cannot verify a token here: secrets, encryption keys, other curves."""
    algorithm = ALGORITHM_OF.get((_text(jwk, "kty") or "", _text(jwk, "crv")))
    kid = _text(jwk, "kid")
    if algorithm is None or not kid or "d" in jwk or "k" in jwk:
        return None
    if (jwk.get("alg", algorithm), jwk.get("use", "sig"), jwk.get("key_ops", _VERIFY)) != (algorithm, "sig", _VERIFY):
        return None
    try:
        key = jwt.get_algorithm_by_name(algorithm).from_jwk(dict(jwk))
    except (jwt.PyJWTError, ValueError, TypeError, AttributeError):
        return None
    if isinstance(key, RSAPublicKey) and not _SHORTEST_RSA_BITS <= key.key_size <= _LONGEST_RSA_BITS:
        return None
    return PublicKey(kid, algorithm, key)


def public_keys(jwks: object) -> dict[str, PublicKey]:
    """Read a published key set, by kid; what is no usable key is left out, as RFC 7517 asks."""
    listed = jwks.get("keys") if isinstance(jwks, dict) else None
    if not isinstance(listed, list):
        return {}
    found = [key for jwk in listed[:_MOST_KEYS] if isinstance(jwk, dict) and (key := public_key(jwk)) is not None]
    return {key.kid: key for key in found}


def thumbprint(jwk: Mapping[str, Any]) -> str:
    """Name a key by what it is (RFC 7638, SHA-256)."""
    members = {name: jwk[name] for name in _THUMBPRINT_MEMBERS[jwk["kty"]]}
    digest = hashlib.sha256(orjson.dumps(members, option=orjson.OPT_SORT_KEYS)).digest()
    return jwt.utils.base64url_encode(digest).decode()


def _text(jwk: Mapping[str, Any], name: str) -> str | None:
    value = jwk.get(name)
    return value if isinstance(value, str) else None
