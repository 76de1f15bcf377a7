"""Completions as an LMS reports them, and where its learners ask for help."""

from __future__ import annotations

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring them."""


def downgrade() -> None:
    """Take them away."""
