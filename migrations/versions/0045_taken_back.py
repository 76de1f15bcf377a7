"""What of a billed line was taken back, and not conceded: it was billed wrongly, so nothing was bought by it."""

from __future__ import annotations

from migrations.sql import run

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the function; it looks with its caller's eyes."""
    run(
        """
        create function app.taken_back_minor(of_contract_id uuid, of_invoice_line_id uuid)
        returns bigint language sql stable parallel safe as $$
            select coalesce(sum(n.amount_minor), 0)::bigint
            from credit_note_line n join credit_note m on m.contract_id = n.contract_id and m.id = n.credit_note_id
            where n.contract_id = of_contract_id and n.invoice_line_id = of_invoice_line_id and m.status = 'ISSUED'
                and m.reason_code not in ('CONCESSION', 'SERVICE_CREDIT') $$
        """
    )


def downgrade() -> None:
    """Take it away."""
    run("drop function app.taken_back_minor")
