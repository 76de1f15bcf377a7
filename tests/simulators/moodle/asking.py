"""The double over HTTP, spoken to as a careless client might."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2

from simulators.moodle.app import create_app
from simulators.moodle.faults import Faults
from simulators.moodle.site import ADMIN_TOKEN, Site

SERVER = "/webservice/rest/server.php"
WWWROOT = "http://127.0.0.1:8851"


class Asked:
    """A site, and calls to it."""

    def __init__(self, site: Site, client: httpx2.AsyncClient) -> None:
        self.site = site
        self.client = client

    async def send(
        self, function: str, params: dict[str, Any] | None = None, *, token: str = ADMIN_TOKEN, form: str = "json"
    ) -> httpx2.Response:
        """Call a function."""
        fields = {"wstoken": token, "wsfunction": function, "moodlewsrestformat": form}
        fields |= dict(flat("", params or {}))
        return await self.client.post(SERVER, data={name: value for name, value in fields.items() if value})

    async def body(self, function: str, params: dict[str, Any] | None = None, *, token: str = ADMIN_TOKEN) -> Any:  # noqa: ANN401 - whatever JSON it is
        """Call a function, and have the JSON of its answer, which is HTTP 200 whatever it says."""
        answer = await self.send(function, params, token=token)
        assert answer.status_code == 200
        return answer.json()


@asynccontextmanager
async def asking(site: Site) -> AsyncIterator[Asked]:
    """A site in this process, and calls to it."""
    transport = httpx2.ASGITransport(app=create_app(site, Faults()))
    async with httpx2.AsyncClient(transport=transport, base_url=WWWROOT) as client:
        yield Asked(site, client)


def flat(prefix: str, value: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - nested values
    """PHP's nested keys."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from flat(f"{prefix}[{name}]" if prefix else name, one)
    elif isinstance(value, list):
        for at, one in enumerate(value):
            yield from flat(f"{prefix}[{at}]", one)
    else:
        yield prefix, str(value)
