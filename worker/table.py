"""What the worker does, at a glance: what follows which event, and what a sweep looks for.

Work is one service function in one transaction. An errand speaks to an outside system, between transactions of its own;
its file lies beside this one. Either does what it is for once, however often it is called: too early, late, or twice at
once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final, TypeAlias

from sqlalchemy import text

from core.db import Transaction
from core.idempotency import forget_old_keys
from services.billing.collecting.dunning import dun, invoices_to_dun
from services.billing.collecting.falling_due import invoices_fallen_due, mark_overdue
from services.billing.invoices.releasing_retainage import post_release, releases_to_post
from services.billing.open_book.alerting import contracts_to_review, review_margin
from services.contracts.ending import expire_proposal, proposals_to_expire
from services.delivery.deeming import deem_submission, submissions_to_deem
from services.lms_admin.drift.laying_down import clear_away
from services.lms_admin.plans.withdrawing import expire_plan, plans_to_expire
from services.lms_admin.sites.probing import forget_old_probes
from services.lms_admin.sites.rotating import forget_old_credentials
from worker.billing_runs import billing_runs_left, run_billing
from worker.checking_packages import check_package, packages_left
from worker.lms_completions import lost_completions, read_completions
from worker.lms_drift import drift_due, lost_drift, read_drift, request_daily
from worker.means import About, Due, Means
from worker.metering_jobs import jobs_unmetered, meter_job, meter_verified
from worker.previewing import preview, previews_left
from worker.probing import SITE_PROBE_DUE, probe_site, probes_due
from worker.publishing_packages import notice_publishing, publishing_left
from worker.reconciling import match, match_bank_statement, match_unseen, unmatched, unseen
from worker.running_jobs import jobs_left, run_job
from worker.stripe_asking import (
    ask_payee,
    ask_payment,
    ask_refund,
    asked_too_little,
    give_up_payment,
    send_answer,
    send_settlement,
)
from worker.stripe_looking import STRIPE_DUE, ask_stripe, stripe_due, work_off

Work: TypeAlias = Callable[[Transaction, About], Awaitable[bool]]
Search: TypeAlias = Callable[[Transaction], Awaitable[list[About]]]
Errand: TypeAlias = Callable[[Means, About], Awaitable[bool]]
LookOut: TypeAlias = Callable[[Transaction], Awaitable[list[Due]]]
Chore: TypeAlias = Callable[[Transaction], Awaitable[int]]


def expire(tx: Transaction, about: About) -> Awaitable[bool]:
    """End a proposal that nobody signed in time."""
    return expire_proposal(tx, contract_id=about.contract_id, now=tx.now)


def deem(tx: Transaction, about: About) -> Awaitable[bool]:
    """Accept work that nobody reviewed in time."""
    return deem_submission(tx, contract_id=about.contract_id, submission_id=about.object_id, now=tx.now)


def end_plan(tx: Transaction, about: About) -> Awaitable[bool]:
    """End a plan that nobody executed in time."""
    return expire_plan(tx, contract_id=about.contract_id, plan_id=about.object_id, now=tx.now)


def post_retainage(tx: Transaction, about: About) -> Awaitable[bool]:
    """Make due what the association released of what was retained."""
    return post_release(tx, contract_id=about.contract_id, release_id=about.object_id, now=tx.now)


async def unposted(tx: Transaction) -> list[About]:
    """Releases of retainage whose job was lost."""
    return [About(*key) for key in await releases_to_post(tx)]


def review(tx: Transaction, about: About) -> Awaitable[bool]:
    """Raise or clear the alert about a contract's margin."""
    return review_margin(tx, contract_id=about.contract_id, now=tx.now)


async def out_of_band(tx: Transaction) -> list[About]:
    """Contracts whose open alert is not what their margin says: after acceptances, invoices and costs."""
    return [About(contract_id, contract_id) for contract_id in await contracts_to_review(tx)]


def fall_due(tx: Transaction, about: About) -> Awaitable[bool]:
    """Mark an invoice as overdue."""
    return mark_overdue(tx, contract_id=about.contract_id, invoice_id=about.object_id, now=tx.now)


def give_notice(tx: Transaction, about: About) -> Awaitable[bool]:
    """Give an overdue invoice the notice that is due."""
    return dun(tx, contract_id=about.contract_id, invoice_id=about.object_id, now=tx.now)


async def fallen_due(tx: Transaction) -> list[About]:
    """Invoices whose due day is over."""
    return [About(*key) for key in await invoices_fallen_due(tx, now=tx.now)]


async def undunned(tx: Transaction) -> list[About]:
    """Overdue invoices that a notice is due of."""
    return [About(*key) for key in await invoices_to_dun(tx, now=tx.now)]


async def outdated(tx: Transaction) -> list[About]:
    """Plans that nobody executed in time."""
    return [About(*key) for key in await plans_to_expire(tx, now=tx.now)]


async def expired(tx: Transaction) -> list[About]:
    """Proposals that nobody signed in time."""
    return [About(contract_id, contract_id) for contract_id in await proposals_to_expire(tx, now=tx.now)]


async def overdue(tx: Transaction) -> list[About]:
    """Submissions that nobody reviewed in time."""
    return [About(key.contract_id, key.id) for key in await submissions_to_deem(tx, now=tx.now)]


def forget_keys(tx: Transaction) -> Awaitable[int]:
    """Idempotency keys that are no longer kept."""
    return forget_old_keys(tx, now=tx.now)


async def forget_budgets(tx: Transaction) -> int:
    """Request budgets that are full again."""
    return (await tx.execute(text("delete from request_budget where full_at <= now()"))).rowcount


FOLLOWS: Final[Mapping[str, Work]] = {
    "CONTRACT_PROPOSED": expire,
    "CONTRACT_REVISED": expire,
    "SUBMISSION_SUBMITTED": deem,
    "LMS_DRIFT_DUE": request_daily,
    "MATCH_REQUESTED": match,
    "RETAINAGE_RELEASED": post_retainage,
}
"""The work that follows an event, begun at the event's `due_at`."""

ERRANDS: Final[Mapping[str, Errand]] = {
    "LMS_PLAN_REQUESTED": preview,
    "LMS_SITE_CONNECTED": probe_site,
    "LMS_CONNECTION_CHANGED": probe_site,
    "LMS_CREDENTIAL_REPLACED": probe_site,
    SITE_PROBE_DUE: probe_site,
    "LMS_JOB_ORDERED": run_job,
    "LMS_JOB_RESUMED": run_job,
    "LMS_JOB_CANCELLING": run_job,
    "LMS_COMPLETIONS_REQUESTED": read_completions,
    "LMS_DRIFT_REQUESTED": read_drift,
    "PACKAGE_SUBMITTED": check_package,
    "LMS_JOB_ENDED": meter_job,
    "LMS_METERING_ASKED": meter_job,
    "LMS_ITEM_VERIFIED": meter_verified,
    "PACKAGE_PUBLISHING_NOTICED": notice_publishing,
    "PAYMENT_STARTED": ask_payment,
    "PAYMENT_CANCELLING": give_up_payment,
    "REFUND_ORDERED": ask_refund,
    "SETTLEMENT_RELEASED": send_settlement,
    "SETTLEMENT_REVERSING": send_settlement,
    "PAYEE_ASKED": ask_payee,
    "CHARGEBACK_ANSWERED": send_answer,
    "BANK_STATEMENT_IMPORTED": match_bank_statement,
    "STRIPE_TOLD": work_off,
    STRIPE_DUE: ask_stripe,
    "BILLING_RUN_STARTED": run_billing,
    "BILLING_RUN_RESUMED": run_billing,
}
"""The errand that follows an event, begun at the event's `due_at`."""

SWEPT: Final[tuple[tuple[Search, Work], ...]] = (
    (expired, expire),
    (overdue, deem),
    (outdated, end_plan),
    (unposted, post_retainage),
    (out_of_band, review),
    (unseen, match_unseen),
    (unmatched, match),
    (fallen_due, fall_due),
    (undunned, give_notice),
)
"""What is looked for every few minutes, because a job can be lost: its failure is final after some attempts."""

LOOKED_OUT_FOR: Final[tuple[LookOut, ...]] = (
    probes_due,
    previews_left,
    jobs_left,
    jobs_unmetered,
    lost_completions,
    lost_drift,
    drift_due,
    packages_left,
    publishing_left,
    asked_too_little,
    stripe_due,
    billing_runs_left,
)
"""Errands that are due by the clock, or were lost; each is queued, once however often it is found."""

CHORES: Final[tuple[Chore, ...]] = (forget_keys, forget_budgets, forget_old_credentials, forget_old_probes, clear_away)
"""What is cleared away every few minutes."""
