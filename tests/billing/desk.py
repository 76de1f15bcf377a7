"""Requests over HTTP, as the members of a market send them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2

from core.actor import ANONYMOUS, Actor
from core.ids import encode
from core.settings import Settings
from services.identity.signing_keys import SigningKeys
from services.identity.tokens import issue_token
from tests.billing.market import LONG_AGO, Market


class Desk:
    """The app, and a market whose members get tokens when they first ask."""

    def __init__(self, client: httpx2.AsyncClient, market: Market, settings: Settings) -> None:
        self._client = client
        self._market = market
        self._settings = settings
        self._headers: dict[Actor, dict[str, str]] = {ANONYMOUS: {}}

    async def ask(self, actor: Actor, request: str, **variables: object) -> Any:  # noqa: ANN401  (any JSON)
        """Send a request; returns its data, or fails the test with its errors."""
        answer = (await self._post(request, variables, await self._of(actor))).json()
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    async def ask_keyed(self, actor: Actor, key: str, request: str, **variables: object) -> Any:  # noqa: ANN401
        """The same with an Idempotency-Key; asks again for as long as the first one with it runs, as clients do."""
        headers = await self._of(actor) | {"idempotency-key": key}
        while (response := await self._post(request, variables, headers)).status_code == httpx2.codes.CONFLICT:
            (error,) = response.json()["errors"]
            assert error["extensions"]["code"] == "IDEMPOTENCY_REQUEST_RUNNING"
        answer = response.json()
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    async def _post(self, request: str, variables: dict[str, object], headers: dict[str, str]) -> httpx2.Response:
        return await self._client.post("/graphql", json={"query": request, "variables": variables}, headers=headers)

    async def get(self, actor: Actor, path: str, **headers: str) -> httpx2.Response:
        """Ask for a path, as a browser does."""
        return await self._client.get(path, headers=await self._of(actor) | headers)

    async def token(self, actor: Actor) -> str:
        """A member's bearer token, for what asks in a process of its own."""
        return (await self._of(actor))["authorization"].removeprefix("Bearer ")

    async def _of(self, actor: Actor) -> dict[str, str]:
        if actor not in self._headers:
            self._headers[actor] = {"authorization": f"Bearer {await self._enroll(actor)}"}
        return self._headers[actor]

    async def _enroll(self, actor: Actor) -> str:
        await self._market.insert(
            "member", id=actor.member_id, organization_id=actor.organization_id, person_id=actor.person_id,
            kind="PERSON", name=actor.name, email=actor.email, roles=sorted(actor.roles), created_at=LONG_AGO,
        )  # fmt: skip
        subject = encode("mem", actor.member_id)
        await self._market.insert(
            "subject", issuer="self", subject=subject, person_id=actor.person_id, bound_at=LONG_AGO
        )
        return issue_token(
            SigningKeys(self._settings.signing_keys_dir),
            issuer=self._settings.issuer,
            audience=self._settings.issuer,
            subject=subject,
            lifetime=timedelta(hours=1),
            now=datetime.now(UTC),
        )
