"""Billing many contracts at once: the journal's digest made where the rows are."""

from __future__ import annotations

from migrations.sql import run

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the digest."""
    run(
        """
        create function app.journal_instant(at timestamptz) returns text language sql immutable parallel safe
            return to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || '+00:00' --;
        create function app.journal_side(account text, currency_code text, amount_minor bigint) returns text
            language sql immutable parallel safe
            return format('{"account":%s,"amountMinor":"%s","currencyCode":%s}', to_json(account), amount_minor,
                to_json(currency_code)) --;
        create function app.journal_digest(salt bytea, contract_id uuid, id uuid, sequence int, kind text, invoice_id uuid,
            subject_id uuid, effective_at timestamptz, recorded_at timestamptz, sides text) returns bytea
            language sql immutable parallel safe
            return sha256(salt || convert_to(format(
                '{"contractId":"%s","effectiveAt":"%s","id":"%s","invoiceId":%s,"kind":%s,"postings":[%s],"recordedAt":"%s",'
                '"reversesEntryId":null,"sequence":%s%s}', contract_id, app.journal_instant(effective_at), id,
                coalesce('"' || invoice_id || '"', 'null'), to_json(kind), sides, app.journal_instant(recorded_at), sequence,
                coalesce(',"subjectId":"' || subject_id || '"', '')), 'UTF8'))
        """
    )


def downgrade() -> None:
    """Take it away."""
    run(
        """
        drop function app.journal_digest --;
        drop function app.journal_side --;
        drop function app.journal_instant
        """
    )
