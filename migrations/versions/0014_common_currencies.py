"""The digits of the currencies that most amounts are in are told without a look into the lists of all others."""

from __future__ import annotations

from core.money import NO_MINOR_UNIT, THREE_DIGITS
from migrations.sql import run

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

RARE = f"""when code = any ('{{{",".join(sorted(NO_MINOR_UNIT))}}}') then 0
           when code = any ('{{{",".join(sorted(THREE_DIGITS))}}}') then 3 else 2"""


def upgrade() -> None:
    """Ask for the common ones first: PostgreSQL builds a table of a long list each time that a statement begins."""
    _digits(f"case when code = 'USD' or code = 'EUR' or code = 'GBP' then 2 {RARE} end")


def downgrade() -> None:
    """Ask for them last."""
    _digits(f"case {RARE} end")


def _digits(expression: str) -> None:
    run(
        f"""
        create or replace function app.currency_digits(code text) returns int language sql immutable parallel safe
        as $$ select {expression} $$
        """
    )
