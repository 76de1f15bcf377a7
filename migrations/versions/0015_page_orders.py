"""An index for each order that a list can be read in, and for each state that few of many rows are in."""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

INDEXES = {
    "work_record_performed": "work_record (contract_id, performed_to, id)",
    "work_record_status": "work_record (contract_id, status, recorded_at desc, id desc)",
    "work_record_out_of_scope": "work_record (contract_id, recorded_at desc, id desc) where in_scope is false",
    "submission_due": "submission (contract_id, deemed_acceptance_due_on, id)",
    "submission_status": "submission (contract_id, status, submitted_at desc, id desc)",
    "submission_all_due": "submission (deemed_acceptance_due_on, contract_id, id)",
    "submission_all_newest": "submission (submitted_at desc, contract_id desc, id desc)",
    "submission_association_due": "submission (association_id, deemed_acceptance_due_on, contract_id, id)",
    "submission_association_status": "submission (association_id, status, submitted_at desc, contract_id desc, id desc)",
    "submission_vendor_due": "submission (vendor_id, deemed_acceptance_due_on, contract_id, id)",
    "submission_vendor_status": "submission (vendor_id, status, submitted_at desc, contract_id desc, id desc)",
    "invoice_due": "invoice (contract_id, due_on, id)",
    "invoice_status": "invoice (contract_id, status, issued_at desc, id desc)",
    "invoice_association_due": "invoice (association_id, due_on, contract_id, id)",
    "invoice_association_status": "invoice (association_id, status, issued_at desc, contract_id desc, id desc)",
    "invoice_vendor_due": "invoice (vendor_id, due_on, contract_id, id)",
    "invoice_vendor_status": "invoice (vendor_id, status, issued_at desc, contract_id desc, id desc)",
    "invoice_all_due": "invoice (due_on, contract_id, id)",
    "obligation_due": "obligation_occurrence (contract_id, due_on, id)",
    "audit_event_type": "audit_event (contract_id, type, recorded_at desc, id desc)",
    "contract_association_ends": "contract (association_id, ends_on, id)",
    "contract_association_status": "contract (association_id, status, proposed_at desc, id desc)",
    "contract_association_title": "contract (association_id, title, id)",
    "contract_vendor_ends": "contract (vendor_id, ends_on, id)",
    "contract_vendor_status": "contract (vendor_id, status, proposed_at desc, id desc)",
    "contract_vendor_title": "contract (vendor_id, title, id)",
    "contract_ends": "contract (ends_on, id)",
    "contract_title": "contract (title, id)",
    "catalog_listing_currency": "catalog_listing (currency_code, published_at desc, id desc)",
    "catalog_listing_vendor_newest": "catalog_listing (vendor_id, published_at desc, id desc)",
}
"""Each ends with the key, which decides between rows that are level."""


def upgrade() -> None:
    """Bring the indexes, each by itself and beside whoever writes; one that was cut short is made anew."""
    with op.get_context().autocommit_block():
        for name, columns in INDEXES.items():
            op.execute(f"drop index concurrently if exists {name}")
            op.execute(f"create index concurrently {name} on {columns}")
        op.execute("drop index concurrently if exists catalog_listing_vendor")


def downgrade() -> None:
    """Take them away."""
    op.execute("create index catalog_listing_vendor on catalog_listing (vendor_id)")
    for name in INDEXES:
        op.execute(f"drop index {name}")
