"""The door to which Stripe sends: what is signed in these minutes is kept once, all else is turned away."""

from __future__ import annotations

import hmac
import time
from hashlib import sha256
from pathlib import Path

import asyncpg
import orjson
import pytest

from api.stripe_webhook import LARGEST_BYTES, Unsigned, verify
from tests.databases import OneDatabase
from tests.serving import serving

BODY = orjson.dumps(
    {
        "id": "evt_1",
        "object": "event",
        "type": "payment_intent.succeeded",
        "created": 1780000000,
        "data": {"object": {"id": "pi_1", "object": "payment_intent", "receipt_email": "payer@guild.example"}},
    }
)


def signed(body: bytes, *, secret: str = "whsec_old", at: float = 0) -> str:  # noqa: S107  (of these tests alone)
    seconds = int(at or time.time())
    return f"t={seconds},v1={hmac.new(secret.encode(), f'{seconds}.'.encode() + body, sha256).hexdigest()}"


async def test_a_signed_message_is_kept_once_without_what_it_says_of_people(
    fresh_database: OneDatabase, tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    settings = fresh_database.settings(tmp_path, stripe_webhook_secrets="whsec_new, whsec_old")
    rows = await asyncpg.connect(fresh_database.superuser_url)
    async with serving(settings) as client:

        async def send(body: bytes, signature: str | None) -> int:
            headers = {"stripe-signature": signature} if signature else {}
            return (await client.post("/webhooks/stripe", content=body, headers=headers)).status_code

        assert [await send(BODY, signed(BODY)), await send(BODY, signed(BODY, secret="whsec_new"))] == [200, 200]
        assert await send(BODY, None) == 400
        assert await send(BODY + b" ", signed(BODY)) == 400
        assert await send(BODY, signed(BODY, secret="whsec_other")) == 400
        assert await send(BODY, signed(BODY, at=time.time() + 3600)) == 400
        assert await send(BODY, signed(BODY, at=time.time() - 3600)) == 400
        for body in (b"[]", b"null", b"{", b"\xff", b'{"id": "evt_2"}'):
            assert await send(body, signed(body)) == 400
        large = b" " * (LARGEST_BYTES + 1)
        assert await send(large, signed(large)) == 413
    logged = "".join(capsys.readouterr()) + caplog.text
    assert "a message to the webhook is refused" in logged
    assert not any(secret in logged for secret in ("whsec", "guild.example", signed(BODY).partition("v1=")[2]))
    kept = [dict(row) for row in await rows.fetch("select id, type, object_id, payload::text from stripe_event")]
    assert [(row["id"], row["type"], row["object_id"]) for row in kept] == [
        ("evt_1", "payment_intent.succeeded", "pi_1")
    ]
    assert "guild.example" not in kept[0]["payload"]
    assert await rows.fetchval("select count(*) from pgqueuer where entrypoint = 'STRIPE_TOLD'") == 1
    await rows.close()


@pytest.mark.parametrize(
    ("header", "now"),
    [("", 1000), ("t=1000", 1000), ("v1=00", 1000), ("t=1000,v1=00", 1000), ("t=-1,v1=00", 0), ("t=9" * 20, 0),
     ("t=1000,t=1000,v1=00", 1000), ("t=٣,v1=00", 3)],
)  # fmt: skip
def test_a_header_that_says_nothing_is_refused(header: str, now: float) -> None:
    with pytest.raises(Unsigned):
        verify(b"{}", header, [b"whsec"], now=now)


@pytest.mark.parametrize(("ahead", "taken"), [(300, True), (301, False), (-300, True), (-301, False)])
def test_five_minutes_either_way(ahead: int, *, taken: bool) -> None:
    header = signed(BODY, at=1000)
    if taken:
        verify(BODY, header, [b"whsec_old"], now=1000 + ahead)
        return
    with pytest.raises(Unsigned):
        verify(BODY, header, [b"whsec_old"], now=1000 + ahead)


def test_without_a_secret_nothing_is_taken() -> None:
    with pytest.raises(Unsigned):
        verify(BODY, signed(BODY, secret=""), [], now=time.time())
