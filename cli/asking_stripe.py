"""What the worker asks Stripe every minute, once and at once: after an outage, or when somebody waits for a payment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.actor import NOBODY
from core.connecting import connected
from core.db import Database
from core.errors import DomainError
from core.hindrance import Hindrance
from core.sealing import master_keys
from services.delivery.blobs import LocalFolder
from worker.means import About, Means
from worker.stripe_asking import stripe_configured
from worker.stripe_looking import ask_stripe as look

if TYPE_CHECKING:
    from core.settings import Settings


async def ask_stripe(settings: Settings) -> str:
    """Say whether anything was found that was not known.

    Refused with Hindrance: no key of Stripe's is set, Stripe does not answer, an unusable database.
    """
    if not stripe_configured(settings):
        raise Hindrance("STRIPE_SECRET_KEY is not set: payments are recorded by hand, and there is nothing to ask")
    async with connected(settings.batch_url, variable="BATCH_DATABASE_URL"):
        database = Database(settings.batch_url)
        try:
            means = Means(database, LocalFolder(settings.evidence_dir), settings, master_keys(settings))
            changed = await look(means, About(NOBODY, NOBODY))
        except DomainError as refused:
            raise Hindrance(f"Stripe could not be asked: {refused.message}") from None
        finally:
            await database.close()
    return "Stripe told of something that was not known." if changed else "Everything that Stripe tells was known."
