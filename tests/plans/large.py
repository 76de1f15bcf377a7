"""A database that PostgreSQL takes for a large one: the planner asks how long the files are, and what was counted.

Files are made long without anything in them, and the counts are told, not taken: no row is written, and every machine
plans the same.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import asyncpg

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.databases import OneDatabase, Server

PAGE_BYTES = 8192
SMALL = {"country", "billing_setting", "accounting_period", "dunning_level", "payment_option"}
"""Tables that stay small, such as twelve months a year; the queue's are none that a query reads."""


@dataclass(frozen=True)
class Table:
    """How large a table is: its rows, how long each is, and in how many of them a value of a column occurs."""

    rows: int
    row_bytes: int = 200
    distinct: Mapping[str, float] = field(default_factory=dict)
    """How many values a column has; below zero, how many for each row."""


OF_A_CONTRACT = {"contract_id": 2_000, "association_id": 200, "vendor_id": 200}

TABLES = {
    "organization": Table(5_500),
    "member": Table(16_500, distinct={"organization_id": 5_500}),
    "subject": Table(16_500),
    "invitation": Table(20_000, distinct={"organization_id": 5_500}),
    "api_key": Table(5_000, distinct={"organization_id": 2_000}),
    "offering": Table(220_000, distinct={"vendor_id": 5_000, "status": 3}),
    "offering_version": Table(400_000, 900, {"offering_id": -0.5, "vendor_id": 5_000}),
    "rate_card_entry": Table(1_200_000, 120, {"version_id": -0.3, "vendor_id": 5_000}),
    "rate_card_cost": Table(1_200_000, 80, {"version_id": -0.3, "vendor_id": 5_000}),
    "service_level": Table(800_000, 120, {"version_id": -0.5, "vendor_id": 5_000}),
    "catalog_listing": Table(200_000, 1_800, {"vendor_id": 5_000, "category": 7, "currency_code": 7}),
    "catalog_word": Table(60_000, 60),
    "contract": Table(60_000, 400, {"association_id": 200, "vendor_id": 200, "status": 6}),
    "contract_revision": Table(90_000, 2_000, {**OF_A_CONTRACT, "contract_id": 60_000}),
    "contract_line": Table(600_000, 300, {**OF_A_CONTRACT, "contract_id": 60_000}),
    "contract_line_cost": Table(600_000, 150, {**OF_A_CONTRACT, "contract_id": 60_000}),
    "contract_signature": Table(120_000, 250, {**OF_A_CONTRACT, "contract_id": 60_000}),
    "contract_grant": Table(200_000, 350, {**OF_A_CONTRACT, "contract_id": 60_000, "member_id": 10_000}),
    "obligation_occurrence": Table(500_000, distinct={**OF_A_CONTRACT, "status": 4}),
    "submission": Table(300_000, 250, {**OF_A_CONTRACT, "status": 3, "deemed_acceptance_due_on": 1_000}),
    "submission_record": Table(2_000_000, 100, OF_A_CONTRACT),
    "work_record": Table(2_000_000, 330, {**OF_A_CONTRACT, "status": 7, "line_id": 10_000, "performed_to": 1_000}),
    "decision": Table(2_000_000, 350, {**OF_A_CONTRACT, "submission_id": 250_000, "work_record_id": -0.95}),
    "evidence": Table(1_000_000, 300, {**OF_A_CONTRACT, "work_record_id": -0.8}),
    "invoice": Table(200_000, 500, {**OF_A_CONTRACT, "status": 2, "due_on": 1_000}),
    "invoice_line": Table(1_000_000, 250, {**OF_A_CONTRACT, "invoice_id": 200_000}),
    "invoice_line_cost": Table(1_000_000, 120, {**OF_A_CONTRACT, "invoice_id": 200_000}),
    "credit_note": Table(40_000, 500, {**OF_A_CONTRACT, "invoice_id": 35_000, "dispute_id": 10_000, "status": 2}),
    "credit_note_line": Table(80_000, 250, {**OF_A_CONTRACT, "credit_note_id": 40_000, "invoice_line_id": 70_000}),
    "credit_note_line_cost": Table(80_000, 150, {**OF_A_CONTRACT, "credit_note_id": 40_000}),
    "credit_application": Table(10_000, 300, {**OF_A_CONTRACT, "invoice_id": 10_000}),
    "invoice_dispute": Table(60_000, 500, {**OF_A_CONTRACT, "invoice_id": 18_000, "status": 5}),
    "invoice_dispute_line": Table(40_000, 300, {**OF_A_CONTRACT, "dispute_id": 20_000, "invoice_line_id": 35_000}),
    "invoice_dispute_evidence": Table(20_000, 120, {**OF_A_CONTRACT, "dispute_id": 15_000}),
    "invoice_source": Table(2_000_000, 250, {**OF_A_CONTRACT, "invoice_line_id": 1_000_000, "decision_id": -0.9}),
    "actual_cost": Table(1_000_000, 400, {**OF_A_CONTRACT, "contract_line_id": 100_000, "status": 6}),
    "cost_question": Table(100_000, 400, {**OF_A_CONTRACT, "actual_cost_id": -0.9}),
    "margin_alert": Table(100_000, 150, {**OF_A_CONTRACT, "kind": 2}),
    "margin_alert_cost": Table(100_000, 120, OF_A_CONTRACT),
    "gainshare_agreement": Table(20_000, 400, OF_A_CONTRACT),
    "gainshare": Table(100_000, 300, OF_A_CONTRACT),
    "journal_entry": Table(250_000, 300, OF_A_CONTRACT),
    "posting": Table(750_000, 120, {**OF_A_CONTRACT, "entry_id": 250_000}),
    "tax_rule": Table(100_000, 300),
    "tax_registration": Table(5_500),
    "tax_exemption": Table(200_000, 400, {"association_id": 5_000, "status": 3}),
    "exchange_rate": Table(400_000, 150, {"rate_on": 9_000, "from_currency_code": 10, "to_currency_code": 40}),
    "invoice_exchange": Table(200_000, 200, {**OF_A_CONTRACT, "invoice_id": 200_000}),
    "dunning_level": Table(100),
    "dunning_notice": Table(100_000, 300, {**OF_A_CONTRACT, "invoice_id": 50_000}),
    "dunning_pause": Table(5_000, 400, OF_A_CONTRACT),
    "platform_fee_invoice": Table(60_000, 500, {"vendor_id": 5_000}),
    "platform_fee_line": Table(250_000, 200, {"vendor_id": 5_000, "platform_fee_invoice_id": 60_000}),
    "bank_statement": Table(200_000, 400),
    "bank_statement_line": Table(2_000_000, 350, {"statement_id": 20_000, "status": 3}),
    "match_run": Table(200_000, 300),
    "match_variance": Table(500_000, 350, {**OF_A_CONTRACT, "run_id": 20_000}),
    "match_tolerance": Table(200_000, 300),
    "write_off": Table(200_000, 400, {"contract_id": 20_000, "status": 4}),
    "billing_exception": Table(500_000, 500, {"contract_id": 20_000, "kind": 22}),
    "billing_run": Table(200_000, 500),
    "billing_run_item": Table(5_000_000, 150, {**OF_A_CONTRACT, "contract_id": 60_000, "run_id": 200_000, "status": 4}),
    "contract_line_pricing": Table(300_000, 200, {**OF_A_CONTRACT, "contract_id": 60_000}),
    "contract_line_tier": Table(600_000, 120, {**OF_A_CONTRACT, "contract_id": 60_000}),
    "contract_line_cost_terms": Table(50_000, 200, {**OF_A_CONTRACT, "contract_id": 20_000}),
    "retainage_release": Table(100_000, 400, {**OF_A_CONTRACT, "invoice_id": 80_000}),
    "payment": Table(200_000, 600, {**OF_A_CONTRACT, "invoice_id": 180_000, "status": 6}),
    "refund": Table(20_000, 400, {**OF_A_CONTRACT, "payment_id": 18_000}),
    "chargeback": Table(20_000, 400, {**OF_A_CONTRACT, "payment_id": -1}),
    "settlement": Table(200_000, 500, {**OF_A_CONTRACT, "invoice_id": 180_000, "status": 5}),
    "payout": Table(200_000, 250),
    "balance_transaction": Table(2_000_000, 300, {"contract_id": 20_000, "payment_id": -0.1, "payout_id": 200_000}),
    "payee_account": Table(20_000, 300, {"vendor_id": -1}),
    "credit_activity": Table(200_000, 500, OF_A_CONTRACT),
    "credit_rule": Table(250_000, 350, {**OF_A_CONTRACT, "activity_id": 200_000}),
    "certificate": Table(2_000_000, 350, {**OF_A_CONTRACT, "member_number": 400_000, "activity_id": 200_000}),
    "credit_entry": Table(2_200_000, 450, {**OF_A_CONTRACT, "certificate_id": 2_000_000, "activity_id": 200_000}),
    "audit_event": Table(1_500_000, 500, {**OF_A_CONTRACT, "type": 40, "actor_organization_id": 5_500}),
    "lms_plan": Table(100_000, 900, {**OF_A_CONTRACT, "site_id": 20_000, "status": 8}),
    "lms_plan_row": Table(1_400_000, 700, {**OF_A_CONTRACT, "plan_id": 30_000, "action": 6, "member_number": -0.1}),
    "lms_job": Table(90_000, 500, {**OF_A_CONTRACT, "site_id": 20_000, "plan_id": -1, "status": 7, "metering": 4}),
    "lms_job_item": Table(3_000_000, 250, {**OF_A_CONTRACT, "job_id": 90_000, "status": 8}),
    "lms_act": Table(1_600_000, 600, {**OF_A_CONTRACT, "site_id": 20_000, "job_id": 90_000, "item_id": -0.95}),
    "lms_act_subject": Table(1_600_000, 600, {**OF_A_CONTRACT, "member_number": 400_000}),
    "lms_metered_item": Table(2_000_000, 150, {**OF_A_CONTRACT, "job_id": 80_000, "work_record_id": 85_000}),
    "lms_site": Table(20_000, 400, {**OF_A_CONTRACT, "contract_id": 10_000}),
    "content_package": Table(200_000, 500, {**OF_A_CONTRACT, "site_id": 20_000, "status": 5}),
    "package_finding": Table(2_000_000, 250, {**OF_A_CONTRACT, "package_id": 200_000, "severity": 4}),
    "accessibility_finding": Table(2_000_000, 350, {**OF_A_CONTRACT, "package_id": 200_000}),
    "package_waiver": Table(50_000, 400, {**OF_A_CONTRACT, "package_id": 40_000}),
    "accessibility_review": Table(50_000, 400, {**OF_A_CONTRACT, "package_id": 40_000}),
    "accessibility_answer": Table(1_500_000, 120, {**OF_A_CONTRACT, "review_id": 50_000}),
    "lms_grant": Table(30_000, 300, {**OF_A_CONTRACT, "contract_id": 10_000, "grant_id": -0.5}),
    "lms_task": Table(200_000, 600, {**OF_A_CONTRACT, "contract_id": 10_000, "site_id": 20_000, "status": 4}),
    "lms_task_evidence": Table(300_000, 120, {**OF_A_CONTRACT, "contract_id": 10_000, "task_id": -0.6}),
    "lms_probe": Table(2_000_000, 150, {**OF_A_CONTRACT, "site_id": 2_000, "condition": 6}),
    "lms_maintenance": Table(50_000, 300, {**OF_A_CONTRACT, "contract_id": 10_000, "site_id": 20_000}),
    "lms_completion": Table(3_000_000, 250, {**OF_A_CONTRACT, "site_id": 3_000, "course_key": 20_000}),
    "lms_completion_reading": Table(200_000, 300, {**OF_A_CONTRACT, "site_id": 3_000}),
    "lms_drift_finding": Table(500_000, 400, {**OF_A_CONTRACT, "site_id": 3_000, "kind": 8}),
    "lms_drift_reading": Table(500_000, 300, {**OF_A_CONTRACT, "site_id": 3_000}),
    "idempotency_key": Table(100_000, distinct={"member_id": 10_000}),
}
"""Two hundred thousand offerings, two million work records, the largest contract's a million of them."""

FILES = """
select c.relname as name, c.relkind = 'i' as is_index, coalesce(t.relname, c.relname) as of_table,
    pg_relation_filepath(c.oid) as path, coalesce(am.amname, '') as method
from pg_class c left join pg_index i on i.indexrelid = c.oid left join pg_class t on t.oid = i.indrelid
left join pg_am am on am.oid = c.relam
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'i') and coalesce(t.relname, c.relname) = any ($1)
"""
COUNTED = """
select pg_restore_relation_stats('schemaname', 'public', 'relname', $1::text, 'relpages', $2::integer,
    'reltuples', $3::real, 'relallvisible', $2::integer)
"""
COUNTED_BY_VALUE = """
select pg_restore_attribute_stats('schemaname', 'public', 'relname', $1::text, 'attname', $2::text, 'inherited', false,
    'null_frac', 0::real, 'avg_width', 16::integer, 'n_distinct', $3::real)
"""
BYTES_OF_AN_INDEX_ROW = 48


async def make_large(server: Server, database: OneDatabase) -> None:
    """Make each of TABLES as large as it says."""
    rows = await asyncpg.connect(database.superuser_url)
    try:
        for file in await rows.fetch(FILES, list(TABLES)):
            await _lengthen(server, rows, file)
        for name, table in TABLES.items():
            for column, distinct in table.distinct.items():
                await rows.fetchval(COUNTED_BY_VALUE, name, column, distinct)
    finally:
        await rows.close()


async def _lengthen(server: Server, rows: asyncpg.Connection[Any], file: asyncpg.Record) -> None:
    table = TABLES[file["of_table"]]
    row_bytes = BYTES_OF_AN_INDEX_ROW if file["is_index"] else table.row_bytes
    pages = max(1, table.rows * row_bytes // PAGE_BYTES)
    path = server.data / file["path"]
    if path.stat().st_size < pages * PAGE_BYTES:
        os.truncate(path, pages * PAGE_BYTES)
    await rows.fetchval(COUNTED, file["name"], pages, float(table.rows))
