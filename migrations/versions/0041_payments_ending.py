"""How payments end: given up by the payer, exchanged on the way, and paid out by hand."""

from __future__ import annotations

from migrations.sql import SEES_CONTRACT, SIGNED, run

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

BILLS = "app.organization_kind() = 'OPERATOR' and app.has_role('BILLING_ADMIN')"
PAYS = """app.organization_kind() = 'ASSOCIATION' and app.has_role('OWNER', 'FINANCE')
    and association_id = app.organization_id()"""
ASKS_TO_CANCEL = """cancel_asked_at, cancel_reason, cancel_failure, cancelled_by_member_id, cancelled_by_name,
    cancelled_by_email, cancelled_by_organization_id, cancelled_by_organization_name"""


def upgrade() -> None:
    """Bring what is written down of it."""
    run(
        f"""
        alter table payment
            add cancel_asked_at timestamptz,
            add cancel_reason text,
            add cancel_failure text,
            {SIGNED.format("add cancelled_by")},
            add check (cancel_asked_at is null or (provider = 'STRIPE' and cancel_reason is not null)) --;
        create index payment_cancelling on payment (changed_at)
            where cancel_asked_at is not null and status not in ('SUCCEEDED', 'CANCELLED') --;
        grant update ({ASKS_TO_CANCEL}) on payment to chapterhouse_app --;
        drop policy app on payment --;
        create policy app on payment to chapterhouse_app using ({SEES_CONTRACT}) with check ({SEES_CONTRACT} and ({BILLS}
            or ({PAYS} and received_minor = 0 and (status = 'STARTED' or cancel_asked_at is not null)))) --;
        alter table chargeback add failure_message text --;
        alter table payout add by_hand boolean not null default false --;
        alter table balance_transaction
            add exchange_rate numeric check (exchange_rate > 0),
            add presented_minor bigint,
            add presented_currency_code text,
            add check ((presented_minor is null) = (presented_currency_code is null)),
            add check (presented_currency_code <> currency_code)
        """
    )


def downgrade() -> None:
    """Take it away."""
    run(
        f"""
        alter table balance_transaction drop exchange_rate, drop presented_minor, drop presented_currency_code --;
        alter table payout drop by_hand --;
        alter table chargeback drop failure_message --;
        drop policy app on payment --;
        create policy app on payment to chapterhouse_app using ({SEES_CONTRACT})
            with check ({SEES_CONTRACT} and ({BILLS} or ({PAYS} and status = 'STARTED'))) --;
        alter table payment {", ".join(f"drop {name.strip()}" for name in ASKS_TO_CANCEL.split(","))}
        """
    )
