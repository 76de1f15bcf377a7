from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest
from pydantic import SecretStr
from starlette.applications import Starlette

from api.stripe_webhook import webhook_routes
from core.actor import SYSTEM
from core.db import Database
from core.sealing import master_keys
from services.billing.payments.offering import offer
from services.delivery.blobs import LocalFolder
from simulators.serving import beside
from simulators.stripe.serving import serving as stripe_serving
from simulators.stripe.world import SECRET_KEY, Stripe
from tests.billing.desk import Desk
from tests.billing.market import NOW, Market
from tests.billing.payments.shop import WEBHOOK_SECRET, Shop
from tests.databases import OneDatabase
from tests.serving import serving
from worker.means import Means

WORKERS_KEY, SERVERS_KEY = "rk_test_worker", "rk_test_server"
KEYS = {WORKERS_KEY: 2, SERVERS_KEY: 3}
"""Which column of the operations page says what a key may do."""
PAGE = Path(__file__).parents[3] / "docs" / "operations.md"


def permissions(column: int) -> frozenset[str]:
    """What the operations page says that a key needs."""
    rows = [line.split("|") for line in PAGE.read_text().splitlines() if line.count("|") == 5 and "rak_" in line]
    return frozenset(name for row in rows for name in re.findall(r"rak_\w+", row[column]))


@pytest.fixture
async def shop(fresh_database: OneDatabase, tmp_path: Path) -> AsyncIterator[Shop]:
    """A market whose associations pay through the double of Stripe, which the unmodified SDK asks.

    The keys of worker and server may do what the operations page says that they need, and no more.
    """
    stripe = Stripe(keys={SECRET_KEY: None, **{key: permissions(column) for key, column in KEYS.items()}})
    async with stripe_serving(stripe) as url, _databases(fresh_database) as (rows, app, batch):
        settings = fresh_database.settings(
            tmp_path, stripe_secret_key=WORKERS_KEY, stripe_webhook_secrets=WEBHOOK_SECRET, stripe_api_base=url,
            allow_loopback_stripe=True,
        )  # fmt: skip
        market = await Market(rows, app).settle()
        means = Means(batch, LocalFolder(settings.evidence_dir), settings, master_keys(settings))
        await batch.write(SYSTEM, lambda tx: offer(tx, configured=True), now=NOW, request_id="test")
        # Stripe's clock is put ahead, and what it sends is signed by that clock
        door = Starlette(routes=webhook_routes(settings, app, clock=lambda: stripe.now))
        async with beside(door) as door_url:
            yield Shop(market, stripe, means, f"{door_url}/webhooks/stripe")
            await stripe.deliveries.settled()


@pytest.fixture
async def counter(shop: Shop) -> AsyncIterator[Desk]:
    """The app, with a key of its own."""
    settings = shop.means.settings.model_copy(update={"stripe_secret_key": SecretStr(SERVERS_KEY)})
    async with serving(settings) as client:
        yield Desk(client, shop.market, settings)


@asynccontextmanager
async def _databases(
    database: OneDatabase,
) -> AsyncIterator[tuple[asyncpg.Connection[asyncpg.Record], Database, Database]]:
    rows = await asyncpg.connect(database.superuser_url)
    app, batch = Database(database.app_url), Database(database.batch_url)
    try:
        yield rows, app, batch
    finally:
        await app.close()
        await batch.close()
        await rows.close()
