"""Identity providers that others run (OpenID Connect): their published keys, fetched seldom and kept for a while."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import structlog

from core.settings import ConfigurationError
from services.identity.fetching import FetchFailed, fetch_json, is_secure
from services.identity.public_keys import PublicKey, public_keys
from services.identity.tokens import TokenRefused

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Final

    from core.settings import OidcIssuer

REFETCH_SECONDS: Final = 60.0
"""The least time between two fetches while there are keys, however many unknown kids come."""

RETRY_SECONDS: Final = 5.0
"""The least time between two fetches while there is no key to use."""

FRESH_SECONDS: Final = 3600.0
LONGEST_FRESH_SECONDS: Final = 24 * 3600.0
STALE_SECONDS: Final = 24 * 3600.0
"""How long keys that are no longer fresh are used while their issuer cannot be reached."""

log = structlog.get_logger(__name__)


class OutsideIssuer:
    """One identity provider of the configuration, and the keys it published when last asked."""

    def __init__(self, configured: OidcIssuer, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Refuses, with ConfigurationError, an issuer whose keys would come unprotected."""
        self.issuer = self.subject_issuer = configured.issuer
        self.audience = configured.audience
        self._jwks_uri = configured.jwks_uri
        self._clock = clock
        self._keys: dict[str, PublicKey] = {}
        self._fresh_until = self._usable_until = self._next_fetch = float("-inf")
        self._fetching: asyncio.Task[None] | None = None
        if not is_secure(configured.jwks_uri or configured.issuer):
            raise ConfigurationError(f"OIDC_ISSUERS: the keys of {configured.issuer} must come over https")

    async def key(self, kid: str) -> PublicKey | None:
        """Return the key of this id, or None when the issuer has no such key.

        Refused with TokenRefused TOKEN_ISSUER_UNAVAILABLE when there are no keys to look at.
        """
        if kid not in self._keys or self._clock() >= self._fresh_until:
            await self._refetched()
        if self._clock() >= self._usable_until:
            raise TokenRefused("TOKEN_ISSUER_UNAVAILABLE", "the token's issuer cannot be reached: try again later")
        return self._keys.get(kid)

    async def _refetched(self) -> None:
        """Fetch the keys, unless that was done a moment ago; whoever waits at the same time shares one fetch."""
        if self._fetching is None:
            if self._clock() < self._next_fetch:
                return
            self._fetching = asyncio.create_task(self._fetch())
        # One request that is given up must not take the others' keys with it.
        await asyncio.shield(self._fetching)

    async def _fetch(self) -> None:
        try:
            keys, fresh = await self._published()
        except FetchFailed as failed:
            now = self._clock()
            # Whoever comes waits for a fetch; while old keys serve, that must not be most of the time.
            self._next_fetch = now + (REFETCH_SECONDS if now < self._usable_until else RETRY_SECONDS)
            log.warning("an issuer's keys could not be fetched", issuer=self.issuer, why=str(failed))
        else:
            now = self._clock()
            self._keys = keys
            self._fresh_until = now + fresh
            self._usable_until = self._fresh_until + STALE_SECONDS
            self._next_fetch = now + REFETCH_SECONDS
        finally:
            self._fetching = None

    async def _published(self) -> tuple[dict[str, PublicKey], float]:
        document, max_age = await fetch_json(self._jwks_uri or await self._discovered())
        keys = public_keys(document)
        if not keys:
            raise FetchFailed("it holds no usable key")
        fresh = FRESH_SECONDS if max_age is None else max_age
        return keys, min(max(fresh, REFETCH_SECONDS), LONGEST_FRESH_SECONDS)

    async def _discovered(self) -> str:
        document, _ = await fetch_json(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
        uri = document.get("jwks_uri") if isinstance(document, dict) else None
        if not isinstance(uri, str) or document.get("issuer") != self.issuer:
            raise FetchFailed("its discovery document is not its own, or names no jwks_uri")
        return uri
