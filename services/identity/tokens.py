"""Bearer tokens: how ours are made, and how anybody's are verified. Nothing a token says is believed before its key."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Protocol

import jwt
import orjson

from services.identity.signing_keys import LONGEST_TOKEN_LIFE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from typing import Final

    from services.identity.public_keys import PublicKey
    from services.identity.signing_keys import SigningKeys

LEEWAY_SECONDS: Final = 30
"""How far another clock may be off."""

LONGEST_TOKEN: Final = 8192
_LONGEST_SUBJECT: Final = 255
_BRINGS_ITS_OWN_RULES: Final = frozenset({"crit", "jku", "jwk", "x5u", "x5c", "x5t", "x5t#S256", "b64", "zip", "enc"})
_TYPES: Final = frozenset({"jwt", "at+jwt", "application/at+jwt"})


class TokenRefused(Exception):
    """A bearer token is not taken; `code` says how it fails, and neither says more than the bearer needs."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class TrustedIssuer(Protocol):
    """Somebody whose tokens are taken."""

    @property
    def issuer(self) -> str:
        """The `iss` of the tokens."""

    @property
    def audience(self) -> str:
        """The `aud` that the tokens must name."""

    @property
    def subject_issuer(self) -> str:
        """The issuer under which subjects are bound to persons."""

    async def key(self, kid: str) -> PublicKey | None:
        """Return the key of this id, or None; raises TokenRefused when the issuer's keys cannot be had."""


@dataclass(frozen=True, slots=True)
class OwnIssuer:
    """Ourselves. Subjects are bound to 'self', so that they outlive a change of our URL."""

    keys: SigningKeys
    issuer: str
    subject_issuer: str = "self"

    @property
    def audience(self) -> str:
        """This API, and no other."""
        return self.issuer

    async def key(self, kid: str) -> PublicKey | None:
        """Return the key from the folder."""
        return self.keys.verifying(kid)


def issue_token(
    keys: SigningKeys, *, issuer: str, audience: str, subject: str, lifetime: timedelta, now: datetime
) -> str:
    """Sign a token for `subject` with the newest key. A `lifetime` beyond LONGEST_TOKEN_LIFE is a ValueError."""
    if not timedelta() < lifetime <= LONGEST_TOKEN_LIFE:
        raise ValueError(f"a token lives longer than no time and at most {LONGEST_TOKEN_LIFE}")
    issued = int(now.timestamp())
    claims = {
        "iss": issuer,
        "aud": audience,
        "sub": subject,
        "iat": issued,
        "nbf": issued,
        "exp": issued + int(lifetime.total_seconds()),
        "jti": str(uuid.uuid4()),
    }
    key = keys.newest
    return jwt.encode(claims, key.private, algorithm="EdDSA", headers={"kid": key.kid})


@dataclass(frozen=True, slots=True)
class Verified:
    """A token whose signature was found good: what it proves, and how long."""

    issuer: TrustedIssuer
    key: PublicKey
    claims: Mapping[str, Any]

    def subject(self, now: datetime) -> tuple[str, str]:
        """The (issuer, subject) that it proves.

        Refused with TokenRefused: TOKEN_EXPIRED, TOKEN_NOT_YET_VALID, and TOKEN_INVALID when it does not say how long.
        """
        _check_times(self.claims, now.timestamp())
        return self.issuer.subject_issuer, self.claims["sub"]

    async def holds(self) -> bool:
        """Whether its key is still one of its issuer's. Refused with TokenRefused TOKEN_ISSUER_UNAVAILABLE."""
        key = await self.issuer.key(self.key.kid)
        return key is self.key or key == self.key


async def verify(token: str, issuers: Mapping[str, TrustedIssuer]) -> Verified:
    """Find out what a token says, and that its issuer said so.

    Refused with TokenRefused: TOKEN_ISSUER_UNAVAILABLE, and TOKEN_INVALID for whatever is unsigned, tampered with,
    signed by another, meant for another, malformed or incomplete.
    """
    kid = _kid(token)
    issuer = issuers.get(_claimed_issuer(token))
    if issuer is None:
        raise _invalid()
    key = await issuer.key(kid)
    if key is None:
        raise _invalid()
    try:
        payload = jwt.PyJWS([key.algorithm]).decode(token, key.key, algorithms=[key.algorithm])
    except jwt.PyJWTError:
        raise _invalid() from None
    claims = _object(payload)
    subject = claims.get("sub")
    if claims.get("iss") != issuer.issuer or not _names(claims.get("aud"), issuer.audience):
        raise _invalid()
    if not isinstance(subject, str) or not 1 <= len(subject) <= _LONGEST_SUBJECT or "\0" in subject:
        raise _invalid()
    return Verified(issuer, key, claims)


def _kid(token: str) -> str:
    if len(token) > LONGEST_TOKEN or not token.isascii():
        raise _invalid()
    try:
        header = jwt.get_unverified_header(token)
    except jwt.PyJWTError:
        raise _invalid() from None
    kid, kind = header.get("kid"), header.get("typ", "JWT")
    if not isinstance(kid, str) or not isinstance(kind, str) or kind.lower() not in _TYPES:
        raise _invalid()
    if not _BRINGS_ITS_OWN_RULES.isdisjoint(header):
        raise _invalid()
    return kid


def _claimed_issuer(token: str) -> str:
    """Say who would have signed; only which keys to look at depends on it."""
    try:
        payload = jwt.PyJWS().decode(token, options={"verify_signature": False})
    except jwt.PyJWTError:
        raise _invalid() from None
    claimed = _object(payload).get("iss")
    if not isinstance(claimed, str):
        raise _invalid()
    return claimed


def _object(payload: bytes) -> dict[str, Any]:
    try:
        claims = orjson.loads(payload)
    except orjson.JSONDecodeError:
        raise _invalid() from None
    if not isinstance(claims, dict):
        raise _invalid()
    return claims


def _names(audience: object, wanted: str) -> bool:
    return audience == wanted or (isinstance(audience, list) and wanted in audience)


def _check_times(claims: Mapping[str, Any], now: float) -> None:
    if _instant(claims.get("exp")) <= now - LEEWAY_SECONDS:
        raise TokenRefused("TOKEN_EXPIRED", "the token has expired: get a new one")
    begins = _instant(claims.get("nbf"))
    if max(begins, _instant(claims.get("iat", begins))) > now + LEEWAY_SECONDS:
        raise TokenRefused("TOKEN_NOT_YET_VALID", "the token is not valid yet: see your clock")


def _instant(claim: object) -> float:
    if not isinstance(claim, int | float) or isinstance(claim, bool):
        raise _invalid()
    return claim


def _invalid() -> TokenRefused:
    return TokenRefused("TOKEN_INVALID", "the token is not valid here")
