"""The server audits of `graphql-http`: what GraphQL over HTTP says a server MUST, SHOULD and MAY do."""

from __future__ import annotations

from typing import cast

from tests.clients.conftest import Market
from tests.clients.tools import Workshop, read

ALL = 61


def test_every_audit_passes(market: Market, workshop: Workshop) -> None:
    audits = cast("list[dict[str, str]]", read(workshop.node("audits.mjs", market.url)))
    failing = [f"{audit['id']} {audit['name']}: {audit['reason']}" for audit in audits if audit["status"] != "ok"]
    assert failing == []
    assert len({audit["id"] for audit in audits}) == ALL
