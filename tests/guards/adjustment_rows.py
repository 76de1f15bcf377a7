"""Adjustments of an invoice: credited, disputed with a file that shows it, debited and corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.ids import decode, encode

if TYPE_CHECKING:
    import asyncpg

    from tests.guards.world import World

WHY = {"reason": "For the guard."}
ISSUED = "invoice { id lines { id } }"


async def add_adjustments(world: World, batch: asyncpg.Connection[Any]) -> None:
    """The association disputes lines of the contract's invoice, the operator adjusts others of one that stands by."""
    await _dispute(world, batch)
    year = (await batch.fetchval("select max(period_starts_on) from invoice")).year
    first = await _bill(world, f"{year}-02-01", f"{year}-02-28")
    line = {"invoiceLineId": first["lines"][0]["id"], "amount": "1", "words": "More"}
    await world.do("operator.billing", "issueDebitNote", ISSUED, {"invoiceId": first["id"], "lines": [line], **WHY})
    second = await _bill(world, f"{year}-03-01", f"{year}-03-31")
    await world.do("operator.billing", "correctInvoice", ISSUED, {"invoiceId": second["id"], **WHY})
    await _apply_credit(batch, first["id"])


async def _dispute(world: World, batch: asyncpg.Connection[Any]) -> None:
    """A dispute that is upheld, so that there is a credit note, and one that is open."""
    (contract,) = decode("con", world.names["contract"])
    shown = await batch.fetchval(
        "select id from evidence where contract_id = $1 and work_record_id is not null limit 1", contract
    )
    billed = await world.ask(
        "operator.billing",
        "query($id: ID!) { invoice(id: $id) { lines { id } } }",
        {"id": world.names["invoice"]},
    )
    lines = [{"invoiceLineId": line["id"], "amount": "0.01"} for line in billed["data"]["invoice"]["lines"]]
    disputed = {
        "invoiceId": world.names["invoice"],
        "lines": [{**line, "reasonCode": "QUANTITY", "words": "Too much"} for line in lines],
        "words": "Too much",
        "evidenceIds": [encode("evd", contract, shown)],
    }
    dispute = (await world.do("association.finance", "disputeInvoice", "dispute { id }", disputed))["dispute"]
    upheld = {"disputeId": dispute["id"], "upheld": lines, "resolution": "A cent of each"}
    resolved = await world.do("operator.billing", "resolveInvoiceDispute", "dispute { creditNote { id } }", upheld)
    world.names |= {"dispute": dispute["id"], "creditNote": resolved["dispute"]["creditNote"]["id"]}
    await world.do("association.finance", "disputeInvoice", "dispute { id }", disputed)


async def _bill(world: World, starts_on: str, ends_on: str) -> dict[str, Any]:
    asked = {"contractId": world.names["standby"], "period": {"startsOn": starts_on, "endsOn": ends_on}}
    issued = await world.do("operator.billing", "issueInvoice", ISSUED, asked)
    invoice: dict[str, Any] = issued["invoice"]
    return invoice


async def _apply_credit(batch: asyncpg.Connection[Any], invoice_id: str) -> None:
    """As if credit had been set against it; who has credit has paid too much before."""
    contract, invoice = decode("inv", invoice_id, parts=2)
    await batch.execute(
        """insert into credit_application (contract_id, id, association_id, vendor_id, invoice_id, currency_code,
            amount_minor, reason, applied_at, applied_by_name, applied_by_email, applied_by_organization_name, entry_id)
        select contract_id, uuidv7(), association_id, vendor_id, invoice_id, 'USD', 1, 'For the guard', now(), 'Pat',
            'pat@marketplace.example', 'The Marketplace', id
        from journal_entry where contract_id = $1 and invoice_id = $2 limit 1""",
        contract,
        invoice,
    )
