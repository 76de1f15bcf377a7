"""Behind the code stands the database: whose rows are whose, and what the serving role can never do."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from core.database_roles import APP
from tests.databases import APP_LOGIN, OneDatabase

SHARED = {
    "alembic_version": "Alembic's, one row that names the version",
    "catalog_listing": "public, and written by a function alone: behind a policy its search would use no index",
    "catalog_word": "words of the public catalog, written by the function that writes it",
    "country": "reference data",
    "journal_flow": "reference data: which accounts an entry of a kind may debit and credit",
    "lms_drift_actual_enrolment": "enrolments while they are compared, out of the app's reach; COPY takes no policy",
    "lms_drift_actual_user": "accounts while they are compared, out of the app's reach; COPY takes no policy",
    "lms_drift_unread": "what could not be compared, for as long, out of the app's reach",
    "payment_option": "reference data: how payments are taken here, which the worker says",
    "pgqueuer": "jobs carry ids only; the app puts them in and cannot read what they carry",
    "pgqueuer_log": "the queue's history, which the app cannot read",
    "pgqueuer_schedules": "the worker's clock, out of the app's reach",
    "pgqueuer_statistics": "the queue's counts, out of the app's reach",
    "request_budget": "what somebody may still ask for: the app reaches it through a function alone",
    "subject": "who a token is has to be found before there is an actor: the app reaches it through functions alone",
}
"""The tables that hold no tenant's rows, or none that the app could read, and why they need no policy."""

ALL_RIGHTS = {"SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN"}
KEPT = {"SELECT", "INSERT"}
CHANGED = {"SELECT", "INSERT", "UPDATE"}
DRAFTED = {"SELECT", "INSERT", "DELETE"}
RIGHTS: dict[str, set[str]] = {
    # what happened is never changed and never taken away
    "audit_event": KEPT,
    "journal_entry": KEPT,
    "posting": KEPT,
    "contract_revision": KEPT,
    "contract_signature": KEPT,
    "invoice_line": KEPT,
    "invoice_line_cost": KEPT,
    "credit_application": KEPT,
    "credit_note": KEPT,
    "credit_note_line": KEPT,
    "credit_note_line_cost": KEPT,
    "invoice_dispute": KEPT,
    "invoice_dispute_evidence": KEPT,
    "invoice_dispute_line": KEPT,
    "contract_line_pricing": KEPT,
    "contract_line_tier": KEPT,
    "contract_line_cost_terms": KEPT,
    "retainage_release": KEPT,
    "billing_run": KEPT,
    "billing_run_item": KEPT,
    "scope_answer": KEPT,
    "submission_record": KEPT,
    "package_waiver": KEPT,
    "accessibility_review": KEPT,
    "accessibility_answer": KEPT,
    "lms_act": KEPT,
    "lms_act_subject": KEPT,
    "lms_metered_item": KEPT,
    "lms_task_evidence": KEPT,
    "bank_statement": KEPT,
    "match_tolerance": KEPT,
    "match_run": KEPT,
    "credit_entry": KEPT,
    "credit_activity": KEPT,
    "credit_rule": KEPT,
    "certificate": KEPT,
    "invoice_exchange": KEPT,
    "tax_rule": KEPT,
    "tax_exemption": KEPT,
    "exchange_rate": KEPT,
    "dunning_level": KEPT,
    "platform_fee_invoice": KEPT,
    "platform_fee_line": KEPT,
    # what has a state changes, and stays
    "accounting_period": CHANGED,
    "api_key": CHANGED,
    "bank_statement_line": CHANGED,
    "contract": CHANGED,
    "contract_grant": CHANGED,
    "contract_line": CHANGED,
    "decision": CHANGED,
    "evidence": CHANGED,
    "invitation": CHANGED,
    "invoice": KEPT,
    "credit_note_counter": CHANGED,
    "invoice_counter": CHANGED,
    "invoice_source": KEPT,
    "actual_cost": KEPT,
    "cost_question": CHANGED,
    "gainshare": KEPT,
    "gainshare_agreement": CHANGED,
    "payment": KEPT,
    "refund": KEPT,
    "settlement": KEPT,
    "payee_account": KEPT,
    "chargeback": {"SELECT"},
    "payout": {"SELECT"},
    "balance_transaction": {"SELECT"},
    "payer_account": {"SELECT"},
    "member": CHANGED,
    "obligation_occurrence": CHANGED,
    "organization": CHANGED,
    "submission": CHANGED,
    "work_record": CHANGED,
    "billing_setting": CHANGED,
    "tax_registration": CHANGED,
    "dunning_pause": CHANGED,
    "platform_fee_counter": CHANGED,
    "content_package": CHANGED,
    "lms_chain": CHANGED,
    "lms_completion_reading": CHANGED,
    "lms_drift_reading": CHANGED,
    "lms_grant": CHANGED,
    "lms_job": CHANGED,
    "lms_job_item": CHANGED,
    "lms_maintenance": CHANGED,
    "lms_plan": CHANGED,
    "lms_plan_row": CHANGED,
    "lms_site": CHANGED,
    "lms_task": CHANGED,
    # drafts are thrown away, and keys forgotten
    "offering": CHANGED | DRAFTED,
    "offering_version": CHANGED | DRAFTED,
    "rate_card_entry": DRAFTED,
    "rate_card_cost": DRAFTED,
    "service_level": DRAFTED,
    "idempotency_key": DRAFTED,
    # handed in, and never handed out
    "lms_credential": {"INSERT"},
    "stripe_event": {"INSERT"},
    # written for the app by functions or by the worker, or by nobody yet
    "dunning_notice": {"SELECT"},
    "lms_probe": {"SELECT"},
    "margin_alert": {"SELECT"},
    "margin_alert_cost": {"SELECT"},
    "package_finding": {"SELECT"},
    "accessibility_finding": {"SELECT"},
    "lms_completion": {"SELECT"},
    "lms_drift_finding": {"SELECT", "UPDATE"},
    "billing_exception": {"SELECT", "UPDATE"},
    "match_variance": {"SELECT"},
    "write_off": {"SELECT", "INSERT", "UPDATE"},
    "lms_completion_withdrawal": {"SELECT"},
    "lms_roster_enrolment": {"SELECT"},
    "lms_roster_member": {"SELECT"},
    "alembic_version": {"SELECT"},
    "catalog_listing": {"SELECT"},
    "catalog_word": {"SELECT"},
    "contract_line_cost": {"SELECT"},
    "country": {"SELECT"},
    "journal_flow": {"SELECT"},
    "payment_option": {"SELECT"},
    "pgqueuer": {"INSERT"},
    "pgqueuer_log": {"INSERT"},
    "lms_drift_actual_enrolment": set(),
    "lms_drift_actual_user": set(),
    "lms_drift_unread": set(),
    "pgqueuer_schedules": set(),
    "pgqueuer_statistics": set(),
    "request_budget": set(),
    "subject": set(),
}
"""What the app may do with a whole table."""

SIGNATURE = ("member_id", "name", "email", "organization_id", "organization_name")
WITHDRAWN_BY, ANSWERED_BY, REVERSED_BY, DECIDED_BY = (
    {f"{act}_by_{part}" for part in SIGNATURE} for act in ("withdrawn", "answered", "reversed", "decided")
)
VOIDED_BY, RESOLVED_BY, CANCELLED_BY = (
    {f"{act}_by_{part}" for part in SIGNATURE} for act in ("voided", "resolved", "cancelled")
)
COLUMN_RIGHTS = {
    ("gainshare", "UPDATE"): {"status"},
    ("credit_activity", "UPDATE"): {"withdrawn_from", "withdrawn_at", "withdraw_reason"} | WITHDRAWN_BY,
    ("credit_rule", "UPDATE"): {"withdrawn_at", "withdraw_reason"} | WITHDRAWN_BY,
    ("certificate", "UPDATE"): {
        "status",
        "erased_at",
        "number",
        "member_number",
        "learner_name",
        "licence_number",
        "licence_jurisdiction",
        "score_percent",
        "attestation",
        "reissue_reason",
        "revoke_reason",
        "salt",
    },
    ("rate_card_entry", "UPDATE"): {"published"},
    ("service_level", "UPDATE"): {"published"},
    # a trigger keeps all but the first eight of an invoice that was issued
    ("invoice", "UPDATE"): set(
        """status amount_due_minor paid_minor credited_minor retained_minor written_off_minor disputed_minor
        voided_at void_reason
        number year year_number issued_at issued_on due_on purchase_order_number seller_name seller_country_code
        buyer_name buyer_country_code issuer_name issuer_country_code issued_by_member_id issued_by_name issued_by_email
        issued_by_organization_id issued_by_organization_name subtotal_minor tax_total_minor
        seller_region_code seller_tax_number buyer_region_code buyer_tax_number""".split()
    ),
    ("tax_rule", "UPDATE"): {"valid_until"},
    ("tax_exemption", "UPDATE"): {"status", "decided_at", "decide_reason"} | DECIDED_BY,
    ("exchange_rate", "UPDATE"): {"withdrawn_at", "withdraw_reason"},
    ("dunning_level", "UPDATE"): {"ended_at"},
    ("invoice_source", "UPDATE"): {"released_at"},
    ("billing_run", "UPDATE"): {"status", "most_invoices", "largest_total", "stop_code", "stop_message", "ended_at"},
    ("actual_cost", "UPDATE"): {"status", "questioned_minor", "disallowed_minor", "billed", "ended_at"},
    ("payment", "UPDATE"): set(
        """status refunded_minor changed_at reversed_at reverse_reason cancel_asked_at cancel_reason
        cancel_failure""".split()
    )
    | CANCELLED_BY,
    ("chargeback", "UPDATE"): {"answer", "answered_at", "changed_at"} | ANSWERED_BY,
    ("settlement", "UPDATE"): {"status", "reverse_reason", "reversed_at", "changed_at"} | REVERSED_BY,
    ("payee_account", "UPDATE"): {"changed_at", "onboarding_url", "onboarding_expires_at"},
    # a trigger keeps how a line is taxed once the invoice is issued
    ("invoice_line", "UPDATE"): set(
        """credited_minor credited_quantity tax_category_code tax_rate_percent tax_reason_code tax_reason tax_rule_id
        tax_exemption_id""".split()
    ),
    ("credit_note", "UPDATE"): {"status", "voided_at", "void_reason", "voided_entry_id"} | VOIDED_BY,
    ("invoice_dispute", "UPDATE"): {"status", "upheld_minor", "resolved_at", "resolution"} | RESOLVED_BY,
    ("invoice_dispute_line", "UPDATE"): {"upheld_minor", "resolved_at"},
    ("pgqueuer", "SELECT"): {"id", "entrypoint", "priority", "dedupe_key"},
}
"""What it may do with some columns only."""

TABLES = """
select c.oid, c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
    array(select p.polname::text from pg_policy p
          where p.polrelid = c.oid and p.polpermissive and p.polcmd = '*' order by 1) as policies
from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
"""
ON_TABLES = "select c.name, r.name as right from ({tables}) c, unnest($1::text[]) r(name)"
COLUMNS = """
select c.relname as name, a.attname as column, r.name as right
from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped,
    unnest(array['SELECT', 'INSERT', 'UPDATE', 'REFERENCES']) r(name)
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    and has_column_privilege($1, c.oid, a.attname, r.name) and not has_table_privilege($1, c.oid, r.name)
"""
OWNED = """
select 'relation ' || oid::regclass from pg_class where pg_has_role($1, relowner, 'MEMBER')
union all select 'function ' || oid::regprocedure from pg_proc where pg_has_role($1, proowner, 'MEMBER')
union all select 'schema ' || nspname from pg_namespace where pg_has_role($1, nspowner, 'MEMBER')
union all select 'type ' || oid::regtype from pg_type where pg_has_role($1, typowner, 'MEMBER')
union all select 'creating in ' || nspname from pg_namespace where has_schema_privilege($1, oid, 'CREATE')
union all select 'creating in the database' where has_database_privilege($1, current_database(), 'CREATE')
"""
DEFINERS = """
select p.oid::regprocedure::text as function, p.proowner::regrole::text as owner, p.proconfig as settings,
    has_function_privilege('public', p.oid, 'EXECUTE') as open
from pg_proc p where p.prosecdef and p.pronamespace in ('app'::regnamespace, 'public'::regnamespace)
"""


@pytest.fixture
async def owner(database: OneDatabase) -> AsyncIterator[asyncpg.Connection[Any]]:
    connection = await asyncpg.connect(database.owner_url)
    yield connection
    await connection.close()


async def test_every_table_of_a_tenants_rows_has_a_forced_policy(owner: asyncpg.Connection[Any]) -> None:
    tables = {row["name"]: (row["forced"], row["policies"]) for row in await owner.fetch(TABLES)}
    without = {name for name, (forced, policies) in tables.items() if not (forced and "app" in policies)}
    assert without == set(SHARED)
    assert {
        name for name, (_, policies) in tables.items() if name not in SHARED and policies != ["app", "everything"]
    } == set()


@pytest.mark.parametrize("role", [APP, APP_LOGIN])
async def test_the_app_may_do_what_it_needs_and_no_more(owner: asyncpg.Connection[Any], role: str) -> None:
    found: dict[str, set[str]] = {row["name"]: set() for row in await owner.fetch(TABLES)}
    for name, rights in found.items():
        for right in ALL_RIGHTS:
            if await owner.fetchval("select has_table_privilege($1, $2, $3)", role, name, right):
                rights.add(right)
    assert found == RIGHTS
    columns: dict[tuple[str, str], set[str]] = {}
    for row in await owner.fetch(COLUMNS, role):
        columns.setdefault((row["name"], row["right"]), set()).add(row["column"])
    assert columns == COLUMN_RIGHTS


@pytest.mark.parametrize("role", [APP, APP_LOGIN])
async def test_the_app_owns_nothing_and_can_create_nothing(owner: asyncpg.Connection[Any], role: str) -> None:
    assert await owner.fetch(OWNED, role) == []


async def test_a_function_that_looks_further_belongs_to_nobody_who_logs_in(owner: asyncpg.Connection[Any]) -> None:
    rows = await owner.fetch(DEFINERS)
    assert len(rows) > 5
    for row in rows:
        assert row["owner"] == "chapterhouse_lookup", row["function"]
        assert not row["open"], row["function"]
        assert any(setting.startswith("search_path=") for setting in row["settings"]), row["function"]
    powers = "select rolcanlogin or rolsuper or rolbypassrls from pg_roles where rolname = 'chapterhouse_lookup'"
    assert await owner.fetchval(powers) is False
