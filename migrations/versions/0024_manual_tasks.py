"""What an LMS cannot do through its adapter, done by a person who attaches the proof."""

from __future__ import annotations

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring them."""


def downgrade() -> None:
    """Take them away."""
