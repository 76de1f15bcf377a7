from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest
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


@pytest.fixture
async def shop(fresh_database: OneDatabase, tmp_path: Path) -> AsyncIterator[Shop]:
    """A market whose associations pay through the double of Stripe, which the unmodified SDK asks."""
    stripe = Stripe()
    async with stripe_serving(stripe) as url, _databases(fresh_database) as (rows, app, batch):
        settings = fresh_database.settings(
            tmp_path, stripe_secret_key=SECRET_KEY, stripe_webhook_secrets=WEBHOOK_SECRET, stripe_api_base=url,
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
    """The app, with the key that the worker has, too."""
    async with serving(shop.means.settings) as client:
        yield Desk(client, shop.market, shop.means.settings)


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
