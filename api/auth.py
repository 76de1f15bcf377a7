"""A bearer token becomes an actor here; nothing else reads tokens."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

from starlette.datastructures import Headers

from core.actor import ANONYMOUS, Actor
from core.db import Database
from core.ids import InvalidId, decode
from core.settings import ConfigurationError, Settings
from services.identity.acting import MEMBERSHIPS, OrganizationRequired, acting
from services.identity.outside_issuers import OutsideIssuer
from services.identity.signing_keys import SigningKeys
from services.identity.tokens import OwnIssuer, TokenRefused, TrustedIssuer, verify

TOKEN_INVALID = "TOKEN_INVALID"  # noqa: S105 - a code
ORGANIZATION_REQUIRED = "ORGANIZATION_REQUIRED"
ORGANIZATION_INVALID = "ORGANIZATION_INVALID"


class AuthenticationError(Exception):
    """The request does not say, or does not prove, who asks; the whole of it is refused.

    `code` is stable, `status` the HTTP status, and `headers` go with the answer.
    """

    def __init__(self, code: str, message: str, *, status: int = 401) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status

    @property
    def headers(self) -> Mapping[str, str]:
        """The challenge of RFC 6750; it says no more than that the token will not do."""
        if self.status != 401:  # noqa: PLR2004 - the one status that is a challenge
            return {}
        return {"WWW-Authenticate": 'Bearer realm="chapterhouse", error="invalid_token"'}


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

    async def authenticate(self, headers: Headers) -> Actor:
        """Return who asks: ANONYMOUS without a token, and with its subject when that is a member of nothing.

        Raises AuthenticationError with TOKEN_INVALID, TOKEN_EXPIRED, TOKEN_NOT_YET_VALID, TOKEN_ISSUER_UNAVAILABLE
        (503), and with ORGANIZATION_REQUIRED or ORGANIZATION_INVALID (400).
        """
        token = _bearer_token(headers)
        if token is None:
            return ANONYMOUS
        organization_id = _organization_id(headers)
        try:
            subject = await verify(token, self._issuers, now=datetime.now(UTC))
        except TokenRefused as refused:
            unavailable = refused.code == "TOKEN_ISSUER_UNAVAILABLE"
            raise AuthenticationError(refused.code, refused.message, status=503 if unavailable else 401) from None
        async with self._database.reading(ANONYMOUS) as connection:
            memberships = await connection.fetch(MEMBERSHIPS, *subject)
        try:
            return acting(subject, memberships, organization_id=organization_id)
        except OrganizationRequired:
            message = "you are a member of several organizations: say in the header X-Organization for which you act"
            raise AuthenticationError(ORGANIZATION_REQUIRED, message, status=400) from None


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
