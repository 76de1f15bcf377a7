"""Whoever follows a row is told that it changed; ids only, so that everybody may listen."""

from __future__ import annotations

from migrations.sql import run

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

FOLLOWED = {"invoice": "id", "lms_plan": "id", "lms_job": "id", "contract_grant": "contract_id"}
"""Tables, and by which id their changes are told: a grant that ends is told to all who follow rows of its contract."""


def upgrade() -> None:
    """Bring the trigger, and what is followed."""
    run(
        """
        create function app.tell_of_change() returns trigger language plpgsql as $$
        begin
            perform pg_notify('changed', to_jsonb(new) ->> tg_argv[0]);
            return null;
        end $$
        """
    )
    for table, column in FOLLOWED.items():
        run(
            f"create trigger tell_of_change after insert or update on {table} "
            f"for each row execute function app.tell_of_change({column})"
        )


def downgrade() -> None:
    """Take it away."""
    for table in FOLLOWED:
        run(f"drop trigger tell_of_change on {table}")
    run("drop function app.tell_of_change")
