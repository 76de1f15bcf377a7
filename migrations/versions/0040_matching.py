"""Every line of an invoice is matched: by tiers, by days, by cost; and what no rule recomputes says so."""

from __future__ import annotations

from migrations.sql import run

revision = "0040"
down_revision = "0043"
branch_labels = None
depends_on = None

BEFORE = """'WRONG_RATE', 'WRONG_QUANTITY', 'BILLED_TWICE', 'OUTSIDE_PERIOD', 'NOT_ACCEPTED', 'OUT_OF_SCOPE',
                'WRONG_TAX', 'WRONG_EXCHANGE', 'WRONG_ROUNDING', 'WRONG_TOTAL', 'NOT_POSTED', 'POSTED_WRONG',
                'MISSING_PAYMENT', 'SHORT_PAYMENT', 'OVERPAYMENT', 'PAYMENT_NOT_BANKED', 'UNKNOWN_BANK_LINE',
                'AMBIGUOUS_BANK_LINE', 'PAYOUT_DOES_NOT_SUM', 'PAYOUT_NOT_BANKED', 'PROCESSING_COST_NOT_BOOKED',
                'UNKNOWN_BALANCE_TRANSACTION'"""


def upgrade() -> None:
    """Bring what a match says beside its variances, and what a tier period or a line by cost has billed so far."""
    run(
        f"""
        alter table match_variance
            add outcome text not null default 'DIFFERS' check (outcome in ('DIFFERS', 'NOT_MATCHED')),
            add not_matched_because text check (length(not_matched_because) between 1 and 500),
            add adjusted_minor bigint not null default 0,
            add constraint not_matched_says_why check ((outcome = 'NOT_MATCHED') = (not_matched_because is not null)),
            add constraint adjusted_within_difference check
                (abs(adjusted_minor) <= abs(difference_minor) and adjusted_minor::numeric * difference_minor >= 0) --;
        alter table match_run add unmatched_count int not null default 0 --;
        alter table billing_exception
            drop constraint billing_exception_kind_check,
            add constraint billing_exception_kind_check check (kind in ({BEFORE}, 'NOT_MATCHED')) --;
        create function app.tier_billed(of_contract_id uuid, of_line_id uuid, tier_starts_on date)
        returns table (quantity numeric, amount_minor bigint) language sql stable parallel safe as $$
            select coalesce(sum(l.quantity - n.quantity), 0), coalesce(sum(l.amount_minor - n.minor + d.minor), 0)::bigint
            from invoice_line l
            join invoice i on i.contract_id = l.contract_id and i.id = l.invoice_id
                and i.status not in ('VOID', 'DISCARDED')
            cross join lateral (select coalesce(sum(n.quantity), 0) as quantity, coalesce(sum(n.amount_minor), 0) as minor
                from credit_note_line n join credit_note m on m.contract_id = n.contract_id and m.id = n.credit_note_id
                where n.contract_id = l.contract_id and n.invoice_line_id = l.id and m.status = 'ISSUED'
                    and m.reason_code not in ('CONCESSION', 'SERVICE_CREDIT')) n
            cross join lateral (select coalesce(sum(x.amount_minor), 0) as minor
                from invoice_line x join invoice y on y.contract_id = x.contract_id and y.id = x.invoice_id
                where x.contract_id = l.contract_id and x.corrects_line_id = l.id and y.kind = 'DEBIT_NOTE'
                    and y.status <> 'VOID') d
            where l.contract_id = of_contract_id and l.contract_line_id = of_line_id
                and l.tier_period_starts_on = tier_starts_on $$ --;
        create function app.conceded_minor(of_contract_id uuid, of_line_id uuid)
        returns bigint language sql stable parallel safe as $$
            select coalesce(sum(n.amount_minor), 0)::bigint
            from credit_note_line n join credit_note m on m.contract_id = n.contract_id and m.id = n.credit_note_id
            where n.contract_id = of_contract_id and n.contract_line_id = of_line_id and m.status = 'ISSUED'
                and m.reason_code in ('CONCESSION', 'SERVICE_CREDIT') $$
        """
    )


def downgrade() -> None:
    """Take it away."""
    run(
        f"""
        drop function app.conceded_minor --;
        drop function app.tier_billed --;
        delete from billing_exception where kind = 'NOT_MATCHED' --;
        alter table billing_exception
            drop constraint billing_exception_kind_check,
            add constraint billing_exception_kind_check check (kind in ({BEFORE})) --;
        alter table match_run drop unmatched_count --;
        delete from match_variance where outcome = 'NOT_MATCHED' --;
        alter table match_variance drop outcome, drop not_matched_because, drop adjusted_minor
        """
    )
