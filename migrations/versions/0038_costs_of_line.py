"""What a line really cost, period by period, beside how much of it was done in each."""

from __future__ import annotations

from migrations.sql import run

revision = "0038"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the function: it looks with its caller's eyes, so that a cost is found by whoever reads cost."""
    run(
        """
        create function app.costs_of_line(of_contract uuid, of_line uuid)
        returns table (starts_on date, ends_on date, actual_minor bigint, spent numeric, done numeric)
        language sql stable parallel safe as $$
            select k.period_starts_on, k.period_ends_on, sum(k.allowed_minor)::bigint,
                sum(k.quantity) filter (where k.category = 'DIRECT'),
                case l.kind when 'RECURRING' then (
                    select coalesce(sum(s.quantity), 0) from invoice_source s
                    where s.contract_id = l.contract_id and s.contract_line_id = l.id and s.kind = 'RECURRING_PERIOD'
                        and s.released_at is null and s.period_starts_on >= k.period_starts_on
                        and s.period_ends_on <= k.period_ends_on
                ) else (
                    select coalesce(sum(d.accepted_quantity), 0) from decision d
                    where d.contract_id = l.contract_id and d.line_id = l.id and d.reversed_at is null
                        and d.performed_to between k.period_starts_on and k.period_ends_on
                ) end
            from actual_cost k join contract_line l on l.contract_id = k.contract_id and l.id = k.contract_line_id
            where k.contract_id = of_contract and k.contract_line_id = of_line
                and k.status not in ('SUPERSEDED', 'WITHDRAWN')
            group by k.period_starts_on, k.period_ends_on, l.contract_id, l.id, l.kind
        $$ --;
        create index invoice_vendor_period on invoice (vendor_id, period_ends_on desc)
            where status not in ('DRAFT', 'DISCARDED', 'VOID')
        """
    )


def downgrade() -> None:
    """Take it away."""
    run(
        """
        drop index invoice_vendor_period --;
        drop function app.costs_of_line
        """
    )
