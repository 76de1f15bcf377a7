"""What the operator sets for all of billing is one for the database: a test leaves none of it behind."""

from __future__ import annotations

from collections.abc import AsyncIterator

import asyncpg
import pytest

from tests.databases import OneDatabase

FORGET = """truncate tax_rule, tax_registration, tax_exemption, exchange_rate, billing_setting, dunning_level,
    platform_fee_line, platform_fee_invoice, platform_fee_counter"""


@pytest.fixture(autouse=True)
async def nothing_is_set(database: OneDatabase) -> AsyncIterator[None]:
    """Begin and end without rules, rates, schedule and platform fee invoices."""
    rows = await asyncpg.connect(database.superuser_url)
    try:
        await rows.execute(FORGET)
        yield
        await rows.execute(FORGET)
    finally:
        await rows.close()
