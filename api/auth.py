"""A bearer token becomes an actor here; nothing else reads tokens."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from starlette.datastructures import Headers

from api.failures import Refusal
from core.actor import ANONYMOUS, Actor
from core.db import Database
from core.ids import InvalidId, decode
from core.recent import Recent
from core.settings import ConfigurationError, Settings
from services.identity.acting import MEMBERSHIPS, OrganizationRequired, acting
from services.identity.outside_issuers import OutsideIssuer
from services.identity.signing_keys import SigningKeys
from services.identity.tokens import OwnIssuer, TokenRefused, TrustedIssuer, Verified, verify

UNAUTHORIZED = 401
TOKEN_INVALID = "TOKEN_INVALID"  # noqa: S105 - a code
ORGANIZATION_REQUIRED = "ORGANIZATION_REQUIRED"
ORGANIZATION_INVALID = "ORGANIZATION_INVALID"

TOKENS, MEMBERS = 5_000, 5_000
"""How many are remembered: a signature takes longer to verify than most statements take to run."""


class AuthenticationError(Refusal):
    """The request does not say, or does not prove, who asks; the whole of it is refused."""

    def __init__(self, code: str, message: str, *, status: int = 401) -> None:
        # the challenge of RFC 6750; it says no more than that the token will not do
        challenge = {"WWW-Authenticate": 'Bearer realm="chapterhouse", error="invalid_token"'}
        super().__init__(status, code, message, challenge if status == UNAUTHORIZED else {})


class Bearer(NamedTuple):
    """Whom a token proves, and the organization that its bearer wants to act for, if they say so."""

    subject: tuple[str, str]
    organization_id: UUID | None


class Authenticator:
    """Knows whose tokens are taken, and finds out for which organization their subject acts."""

    def __init__(self, settings: Settings, database: Database) -> None:
        """Read our own keys, making the first if there is none. Refused with Hindrance, one line that says why."""
        self.own = OwnIssuer(SigningKeys(settings.signing_keys_dir), settings.issuer)
        trusted: list[TrustedIssuer] = [self.own, *(OutsideIssuer(configured) for configured in settings.oidc_issuers)]
        self._issuers = {issuer.issuer: issuer for issuer in trusted}
        if len(self._issuers) != len(trusted):
            raise ConfigurationError("OIDC_ISSUERS names an issuer twice, or this API itself")
        self._database = database
        self.tokens: Recent[bytes, Verified] = Recent(TOKENS)
        self.members: Recent[Bearer, Actor] = Recent(MEMBERS)

    async def authenticate(self, headers: Headers) -> Actor:
        """Return who asks, looked up now; see `bearer` and `look_up` for what is refused."""
        bearer = await self.bearer(headers)
        return ANONYMOUS if bearer is None else await self.look_up(bearer)

    async def bearer(self, headers: Headers) -> Bearer | None:
        """Return whom the token proves, and for whom they want to act; None without a token.

        Raises AuthenticationError with TOKEN_INVALID, TOKEN_EXPIRED, TOKEN_NOT_YET_VALID, TOKEN_ISSUER_UNAVAILABLE
        (503), and with ORGANIZATION_INVALID (400).
        """
        token = _bearer_token(headers)
        if token is None:
            return None
        organization_id = _organization_id(headers)
        try:
            return Bearer(await self._subject(token), organization_id)
        except TokenRefused as refused:
            unavailable = refused.code == "TOKEN_ISSUER_UNAVAILABLE"
            raise AuthenticationError(refused.code, refused.message, status=503 if unavailable else 401) from None

    def remembered(self, bearer: Bearer) -> Actor | None:
        """Return the member that a bearer was when last looked up; a statement must make sure that they still are.

        Nobody is remembered as a member of nothing: what they are refused today they may be given in a moment.
        """
        return self.members.get(bearer)

    async def look_up(self, bearer: Bearer) -> Actor:
        """Return who a bearer acts as now; nobody, with their subject, when that is a member of nothing.

        Raises AuthenticationError with ORGANIZATION_REQUIRED (400).
        """
        memberships = await self._database.pool.look_up(MEMBERSHIPS, *bearer.subject)
        try:
            actor = acting(bearer.subject, memberships, organization_id=bearer.organization_id)
        except OrganizationRequired:
            message = "you are a member of several organizations: say in the header X-Organization for which you act"
            raise AuthenticationError(ORGANIZATION_REQUIRED, message, status=400) from None
        if actor.kind == ANONYMOUS.kind:
            self.members.forget(bearer)
        else:
            self.members.put(bearer, actor)
        return actor

    async def _subject(self, token: str) -> tuple[str, str]:
        digest = hashlib.sha256(token.encode()).digest()
        verified = self.tokens.get(digest)
        if verified is None or not await verified.holds():
            self.tokens.forget(digest)
            verified = self.tokens.put(digest, await verify(token, self._issuers))
        return verified.subject(datetime.now(UTC))


def _bearer_token(headers: Headers) -> str | None:
    given = headers.getlist("authorization")
    if not given:
        return None
    scheme, _, token = given[0].partition(" ")
    if len(given) != 1 or scheme.lower() != "bearer" or not token.strip():
        raise AuthenticationError(TOKEN_INVALID, "send one header, Authorization: Bearer TOKEN")
    return token.strip()


def _organization_id(headers: Headers) -> UUID | None:
    given = headers.getlist("x-organization")
    if not given:
        return None
    try:
        if len(given) == 1:
            return decode("org", given[0].strip())[0]
    except InvalidId:
        pass
    message = "X-Organization is the id of one organization, org_…"
    raise AuthenticationError(ORGANIZATION_INVALID, message, status=400)
