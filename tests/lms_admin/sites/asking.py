"""What is asked about sites, and what a Moodle and a Kolibri are connected with."""

from __future__ import annotations

from typing import Any

from core.actor import Actor
from tests.delivery.desk import Desk

SITE = """id name system baseUrl status condition conditionSince probedAt version capabilities removalThresholdPercent
  removalThresholdRows protectedCount protectedMemberNumbers connectedBy { name } credentialStoredAt disconnectedAt"""


def _mutation(name: str) -> str:
    type_ = f"{name[0].upper()}{name[1:]}Input"
    return f"""mutation($input: {type_}!) {{ {name}(input: $input) {{
      site {{ {SITE} }} userErrors {{ field code message }} }} }}"""


CONNECT = _mutation("connectLmsSite")
CHANGE = _mutation("changeLmsConnection")
REPLACE = _mutation("replaceLmsCredential")
CONFIGURE = _mutation("configureLmsSite")
DISCONNECT = _mutation("disconnectLmsSite")

TOKEN = "0f9b2c-moodle-token-7d31"
PASSWORD = "correct horse battery staple"
MOODLE = {
    "name": "Academy",
    "system": "MOODLE",
    "baseUrl": "https://Academy.Guild.example/moodle/",
    "secret": [{"name": "token", "value": TOKEN}],
}
KOLIBRI = {
    "name": "Field stations",
    "system": "KOLIBRI",
    "baseUrl": "https://kolibri.guild.example",
    "secret": [{"name": "username", "value": "chapterhouse"}, {"name": "password", "value": PASSWORD}],
}
BY_HAND = {"name": "Legacy", "system": "MANUAL"}


async def done(desk: Desk, actor: Actor, mutation: str, **given: object) -> dict[str, Any]:
    """The site that a mutation answers with; it must not be refused."""
    (payload,) = (await desk.ask(actor, mutation, input=given)).values()
    assert payload["userErrors"] == []
    site: dict[str, Any] = payload["site"]
    return site


async def refused(desk: Desk, actor: Actor, mutation: str, **given: object) -> list[tuple[str, str | None]]:
    """The codes and fields with which a mutation is refused; nothing may have changed."""
    before = await everything(desk)
    (payload,) = (await desk.ask(actor, mutation, input=given)).values()
    assert await everything(desk) == before or not payload["userErrors"]
    assert (payload["site"] is None) is bool(payload["userErrors"])
    return [(error["code"], error["field"]) for error in payload["userErrors"]]


async def everything(desk: Desk) -> list[object]:
    """All that connecting writes."""
    return [
        await desk.guild.rows.fetchval(f"select jsonb_agg(t order by t::text) from {table} t")  # noqa: S608
        for table in ("lms_site", "lms_credential", "lms_maintenance", "lms_grant", "audit_event")
    ]
