"""Rows that the journey leaves out, noun by noun: each is added to the guard's world by a function of its own file."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import asyncpg

from tests.guards.adjustment_rows import add_adjustments
from tests.guards.billing_run_rows import add_billing_run
from tests.guards.cost_rows import add_costs
from tests.guards.credit_rows import add_credits
from tests.guards.drift_rows import add_drift
from tests.guards.dunning_rows import add_dunning
from tests.guards.gainshare_rows import add_gainshare
from tests.guards.job_rows import add_job
from tests.guards.learning_rows import add_completions
from tests.guards.narrowing_rows import add_narrowing
from tests.guards.package_rows import add_packages
from tests.guards.payment_rows import add_payments
from tests.guards.plan_rows import add_plan
from tests.guards.platform_fee_rows import add_platform_fees
from tests.guards.pricing_rows import add_pricing
from tests.guards.reconciliation_rows import add_books, add_reconciliation
from tests.guards.scope_answer_rows import add_scope_answer
from tests.guards.site_rows import add_sites
from tests.guards.task_rows import add_tasks
from tests.guards.tax_rows import add_taxes

if TYPE_CHECKING:
    from tests.guards.world import World

ADDED: tuple[Callable[[World, asyncpg.Connection[Any]], Awaitable[None]], ...] = (
    add_scope_answer,
    add_pricing,
    add_costs,
    add_adjustments,
    add_gainshare,
    add_sites,
    add_narrowing,
    add_packages,
    add_credits,
    add_completions,
    add_drift,
    add_plan,
    add_tasks,
    add_job,
    add_billing_run,
    add_taxes,
    add_dunning,
    add_books,
    add_payments,
    add_reconciliation,
    add_platform_fees,
)
"""Each gets the world, where the journey has been played, and a connection of the batch role."""
