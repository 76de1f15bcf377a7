"""The association's yes or no to work that is out of scope."""

from __future__ import annotations

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring them."""


def downgrade() -> None:
    """Take them away."""
