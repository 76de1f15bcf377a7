"""Which credits are given for good: what was billed by a whole less what stands billed does not ask for them again."""

from __future__ import annotations

from migrations.sql import run

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

GRANTED = "m.reason_code in ('CONCESSION', 'SERVICE_CREDIT')"
GIVEN = "app.is_given(m.reason_code, n.frees_sources)"


def functions(given: str) -> str:
    """What of a tier period and of a line stands billed, and what of a billed line was taken back."""
    return f"""
        create or replace function app.tier_billed(of_contract_id uuid, of_line_id uuid, tier_starts_on date)
        returns table (quantity numeric, amount_minor bigint) language sql stable parallel safe as $$
            select coalesce(sum(l.quantity - n.quantity), 0), coalesce(sum(l.amount_minor - n.minor + d.minor), 0)::bigint
            from invoice_line l
            join invoice i on i.contract_id = l.contract_id and i.id = l.invoice_id
                and i.status not in ('VOID', 'DISCARDED')
            cross join lateral (select coalesce(sum(n.quantity), 0) as quantity, coalesce(sum(n.amount_minor), 0) as minor
                from credit_note_line n join credit_note m on m.contract_id = n.contract_id and m.id = n.credit_note_id
                where n.contract_id = l.contract_id and n.invoice_line_id = l.id and m.status = 'ISSUED'
                    and not {given}) n
            cross join lateral (select coalesce(sum(x.amount_minor), 0) as minor
                from invoice_line x join invoice y on y.contract_id = x.contract_id and y.id = x.invoice_id
                where x.contract_id = l.contract_id and x.corrects_line_id = l.id and y.kind = 'DEBIT_NOTE'
                    and y.status <> 'VOID') d
            where l.contract_id = of_contract_id and l.contract_line_id = of_line_id
                and l.tier_period_starts_on = tier_starts_on $$ --;
        create or replace function app.conceded_minor(of_contract_id uuid, of_line_id uuid)
        returns bigint language sql stable parallel safe as $$
            select coalesce(sum(n.amount_minor), 0)::bigint
            from credit_note_line n join credit_note m on m.contract_id = n.contract_id and m.id = n.credit_note_id
            where n.contract_id = of_contract_id and n.contract_line_id = of_line_id and m.status = 'ISSUED'
                and {given} $$ --;
        create or replace function app.taken_back_minor(of_contract_id uuid, of_invoice_line_id uuid)
        returns bigint language sql stable parallel safe as $$
            select coalesce(sum(n.amount_minor), 0)::bigint
            from credit_note_line n join credit_note m on m.contract_id = n.contract_id and m.id = n.credit_note_id
            where n.contract_id = of_contract_id and n.invoice_line_id = of_invoice_line_id and m.status = 'ISSUED'
                and not {given} $$
        """


def upgrade() -> None:
    """What a dispute won, or what no code names, stays given too, unless its sources are to be billed again."""
    run(
        f"""
        create function app.is_given(reason_code text, frees_sources boolean) returns boolean
        language sql immutable parallel safe as $$
            select reason_code in ('CONCESSION', 'SERVICE_CREDIT', 'DISPUTE_UPHELD', 'OTHER') and not frees_sources
        $$ --;
        {functions(GIVEN)}
        """
    )


def downgrade() -> None:
    """Only concessions and service credits."""
    run(f"{functions(GRANTED)} --; drop function app.is_given")
