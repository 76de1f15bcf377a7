"""Requests over HTTP, as the members of a guild send them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2

from core.actor import ANONYMOUS, Actor
from core.ids import encode
from core.settings import Settings
from services.identity.signing_keys import SigningKeys
from services.identity.tokens import issue_token
from tests.delivery.guild import LONG_AGO, Guild, insert


class Desk:
    """The app, and a guild whose members get tokens when they first ask."""

    def __init__(self, client: httpx2.AsyncClient, guild: Guild, settings: Settings) -> None:
        self.client = client
        self.guild = guild
        self._settings = settings
        self._headers: dict[Actor, dict[str, str]] = {ANONYMOUS: {}}

    async def ask(self, actor: Actor, request: str, **variables: object) -> Any:  # noqa: ANN401  (any JSON)
        """Send a request; returns its data, or fails the test with its errors."""
        body = {"query": request, "variables": variables}
        response = await self.client.post("/graphql", json=body, headers=await self.headers(actor))
        answer = response.json()
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    async def upload(
        self,
        actor: Actor,
        content: bytes,
        *,
        name: str = "report.pdf",
        media_type: str = "application/pdf",
        contract: str | None = None,
    ) -> httpx2.Response:
        """Send a file to POST /evidence."""
        headers = await self.headers(actor) | {"content-type": media_type}
        params = {"name": name, "contractId": contract or self.contract}
        return await self.client.post("/evidence", params=params, content=content, headers=headers)

    async def download(self, actor: Actor, path: str, **headers: str) -> httpx2.Response:
        """Fetch a file."""
        return await self.client.get(path, headers=await self.headers(actor) | headers)

    @property
    def contract(self) -> str:
        """The contract's public id."""
        return encode("con", self.guild.contract_id)

    async def headers(self, actor: Actor) -> dict[str, str]:
        """The bearer token of a member, enrolled when it is first asked for."""
        if actor not in self._headers:
            self._headers[actor] = {"authorization": f"Bearer {await self._enroll(actor)}"}
        return self._headers[actor]

    async def _enroll(self, actor: Actor) -> str:
        await self.guild.rows.execute(
            "insert into organization (id, kind, name, country_code, time_zone, created_at) "
            "values ($1, $2, $3, 'US', 'UTC', $4) on conflict do nothing",
            actor.organization_id,
            actor.kind,
            actor.organization_name,
            LONG_AGO,
        )
        await self.guild.rows.execute(
            "insert into member (id, organization_id, person_id, kind, name, email, roles, created_at) "
            "values ($1, $2, $3, 'PERSON', $4, $5, $6, $7) on conflict do nothing",
            actor.member_id,
            actor.organization_id,
            actor.person_id,
            actor.name,
            actor.email,
            sorted(actor.roles),
            LONG_AGO,
        )
        subject = encode("mem", actor.member_id)
        await insert(
            self.guild.rows, "subject", issuer="self", subject=subject, person_id=actor.person_id, bound_at=LONG_AGO
        )
        return issue_token(
            SigningKeys(self._settings.signing_keys_dir),
            issuer=self._settings.issuer,
            audience=self._settings.issuer,
            subject=subject,
            lifetime=timedelta(hours=1),
            now=datetime.now(UTC),
        )
