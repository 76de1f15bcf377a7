"""Continuing education: activities, rules, the ledger of credits, certificates."""

from __future__ import annotations

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring them."""


def downgrade() -> None:
    """Take them away."""
