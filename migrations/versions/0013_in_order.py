"""Rate cards and service levels are read in the vendor's order, and what is published is told first."""

from __future__ import annotations

from migrations.sql import run

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

LISTED = ("rate_card_entry", "service_level")
OWN = "vendor_id = app.organization_id()"


def upgrade() -> None:
    """Bring an index in their order, and policies that ask the cheaper question first."""
    for table in LISTED:
        run(
            f"""
            create index {table}_in_order on {table} (version_id, position) --;
            alter policy app on {table} using (published or {OWN})
            """
        )


def downgrade() -> None:
    """Sort them again."""
    for table in LISTED:
        run(
            f"""
            alter policy app on {table} using ({OWN} or published) --;
            drop index {table}_in_order
            """
        )
