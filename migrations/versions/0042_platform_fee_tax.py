"""Tax on platform fees, by line and as a flow that a vendor's proceeds pay; the day by which a correction is taxed."""

from __future__ import annotations

from migrations.sql import SEES_CONTRACT, run

revision = "0042"
down_revision = "0045"
branch_labels = None
depends_on = None

FLOWS = {
    "PLATFORM_FEE_TAXED": ("VENDOR_PAYABLE", "PLATFORM_FEE_TAX"),
    "PLATFORM_FEE_TAX_RETURNED": ("PLATFORM_FEE_TAX", "VENDOR_PAYABLE"),
}
"""What each kind of entry debits, and what it credits."""

OF_ASSOCIATION = "'ASSOCIATION_RECEIVABLE', 'RETAINAGE_RECEIVABLE', 'ASSOCIATION_CREDIT'"
OF_VENDOR = "'ASSOCIATION_RECEIVABLE', 'RETAINAGE_RECEIVABLE', 'VENDOR_PAYABLE', 'TAX_PAYABLE', 'PLATFORM_FEE_INCOME'"


def upgrade() -> None:
    """Bring them; the vendor reads the account, as it is on its own bill."""
    flows = ", ".join(
        f"('{kind}', '{debit}', 'DEBIT'), ('{kind}', '{credit}', 'CREDIT')" for kind, (debit, credit) in FLOWS.items()
    )
    run(
        f"""
        insert into journal_flow (kind, account, side) values {flows} --;
        alter table platform_fee_line add tax_minor bigint not null default 0 --;
        {_postings_seen_by_vendors(f"{OF_VENDOR}, 'PLATFORM_FEE_TAX'")} --;
        create function app.first_issued_on(of_contract_id uuid, of_invoice_id uuid) returns date
        language sql stable parallel safe as $$
            with recursive corrected as (
                select i.corrects_invoice_id, i.issued_on from invoice i
                where i.contract_id = of_contract_id and i.id = of_invoice_id
                union all
                select i.corrects_invoice_id, i.issued_on from corrected c
                join invoice i on i.contract_id = of_contract_id and i.id = c.corrects_invoice_id
            )
            select issued_on from corrected where corrects_invoice_id is null $$
        """
    )


def downgrade() -> None:
    """Take them away; what was posted so stays, because a journal is append-only."""
    run(
        f"""
        drop function app.first_issued_on --;
        {_postings_seen_by_vendors(OF_VENDOR)} --;
        alter table platform_fee_line drop tax_minor --;
        delete from journal_flow where kind in ({", ".join(f"'{kind}'" for kind in FLOWS)})
        """
    )


def _postings_seen_by_vendors(accounts: str) -> str:
    return f"""alter policy app on posting using ({SEES_CONTRACT} and case app.organization_kind()
        when 'ASSOCIATION' then account in ({OF_ASSOCIATION})
        when 'VENDOR' then account in ({accounts})
        else true end)"""
