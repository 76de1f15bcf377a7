"""What the billing desk adjusts, and where the books of a contract would disagree with its documents."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from core.actor import Actor
from core.db import Transaction
from core.ids import new_id
from services.billing.adjustments.applying import apply_credit
from services.billing.adjustments.correcting import correct_invoice
from services.billing.adjustments.crediting import issue_credit_note
from services.billing.adjustments.debiting import DebitedLine, issue_debit_note
from services.billing.adjustments.disputing import DisputedLine, dispute_invoice, withdraw_dispute
from services.billing.adjustments.reasons import Why
from services.billing.adjustments.resolving import UpheldLine, resolve_dispute
from services.billing.adjustments.splitting import CreditedLine
from services.billing.adjustments.uncrediting import void_credit_note
from services.billing.invoices.settling import settle
from services.billing.ledger import journal
from services.billing.ledger.journal import Account, Side
from services.contracts.granted import contract_for, key_of
from services.identity.roles import Act
from tests.billing.market import NOW, Agreement

Result = TypeVar("Result")

DISAGREEING = """
with standing as (select * from invoice where contract_id = $1 and status not in ('DRAFT', 'DISCARDED', 'VOID')),
billed as (
    select l.*, c.cost_minor, c.platform_fee_minor
    from invoice_line l join standing i on i.id = l.invoice_id join invoice_line_cost c on c.invoice_line_id = l.id),
note as (select * from credit_note where contract_id = $1 and status = 'ISSUED'),
credited as (
    select l.*, c.cost_minor, c.platform_fee_minor, n.invoice_id
    from credit_note_line l join note n on n.id = l.credit_note_id
    join credit_note_line_cost c on c.credit_note_line_id = l.id),
disputed as (select * from invoice_dispute_line where contract_id = $1 and resolved_at is null),
account as (select account, sum(amount_minor) as minor from posting where contract_id = $1 group by account),
expected (account, minor) as (values
    ('ASSOCIATION_RECEIVABLE', (select coalesce(sum(amount_due_minor), 0) from standing)),
    ('RETAINAGE_RECEIVABLE', (select coalesce(sum(retained_minor), 0) from standing)),
    ('TAX_PAYABLE', (select coalesce(sum(tax_minor), 0) from credited)
        - (select coalesce(sum(tax_total_minor), 0) from standing)),
    ('PLATFORM_FEE_INCOME', (select coalesce(sum(platform_fee_minor), 0) from credited)
        - (select coalesce(sum(platform_fee_minor), 0) from billed)))
select 'account ' || e.account as what from expected e left join account a using (account)
    where e.minor <> coalesce(a.minor, 0)
union all select 'journal' from account having sum(minor) <> 0
union all select 'contract line' from contract_line c
    where c.contract_id = $1 and (c.billed_quantity, c.billed_minor) <> (
    (select coalesce(sum(b.quantity), 0) from billed b where b.contract_line_id = c.id and exists (
        select from invoice_source s where s.invoice_line_id = b.id and s.released_at is null)),
    (select coalesce(sum(b.amount_minor), 0) from billed b where b.contract_line_id = c.id)
        - (select coalesce(sum(f.amount_minor), 0) from credited f where f.contract_line_id = c.id))
union all select 'decision' from decision d where d.contract_id = $1 and d.billed <> exists (
    select from invoice_source s where s.decision_id = d.id and s.released_at is null)
union all select 'invoice' from standing i where (i.subtotal_minor, i.credited_minor, i.disputed_minor) <> (
    (select sum(amount_minor) from billed b where b.invoice_id = i.id),
    (select coalesce(sum(applied_minor + retained_minor), 0) from note n where n.invoice_id = i.id),
    (select coalesce(sum(amount_minor + tax_minor), 0) from disputed d where d.invoice_id = i.id))
    or i.paid_minor + i.credited_minor + i.retained_minor + i.amount_due_minor <> i.total_minor
union all select 'invoice line' from billed b where (b.credited_minor, b.credited_quantity, b.disputed_minor) <> (
    (select coalesce(sum(amount_minor), 0) from credited c where c.invoice_line_id = b.id),
    (select coalesce(sum(quantity), 0) from credited c where c.invoice_line_id = b.id),
    (select coalesce(sum(amount_minor), 0) from disputed d where d.invoice_line_id = b.id))
union all select 'credit note' from note n where (n.subtotal_minor, n.tax_total_minor) <> (
    select sum(amount_minor), sum(tax_minor) from credited c where c.credit_note_id = n.id)
union all select 'number' from (select count(*), max(year_number) from credit_note where vendor_id =
    (select vendor_id from contract where id = $1) group by year) n where n.count <> n.max
"""
"""What the documents of a contract ($1) say otherwise than its journal and its totals."""


async def act(
    agreement: Agreement, work: Callable[[Transaction, Actor], Awaitable[Result]], *, by: Actor | None = None
) -> Result:
    """Do something as the operator's billing desk, or as somebody else."""
    actor = by or agreement.market.billing_admin
    return await agreement.market.database.write(actor, lambda tx: work(tx, actor), now=NOW, request_id="test")


async def credit(
    agreement: Agreement,
    invoice_id: UUID,
    *lines: CreditedLine,
    why: Why | None = None,
    by: Actor | None = None,
) -> UUID:
    """Issue a credit note for these lines, or for all that stands; returns its id."""
    asked = why or Why("BILLED_IN_ERROR", "Counted twice")
    key = await act(
        agreement,
        lambda tx, actor: issue_credit_note(
            tx,
            actor=actor,
            contract_id=agreement.id,
            invoice_id=invoice_id,
            lines=lines or None,
            why=asked,
            now=NOW,
        ),
        by=by,
    )
    return key.id


async def uncredit(agreement: Agreement, note_id: UUID, *, by: Actor | None = None) -> None:
    """Void a credit note."""
    await act(
        agreement,
        lambda tx, actor: void_credit_note(
            tx, actor=actor, contract_id=agreement.id, credit_note_id=note_id, reason="Credited the wrong one", now=NOW
        ),
        by=by,
    )


async def debit(agreement: Agreement, invoice_id: UUID, *lines: DebitedLine, by: Actor | None = None) -> UUID:
    """Issue a debit note; returns its id."""
    key = await act(
        agreement,
        lambda tx, actor: issue_debit_note(
            tx,
            actor=actor,
            contract_id=agreement.id,
            invoice_id=invoice_id,
            lines=lines,
            reason="Night rate forgotten",
            now=NOW,
        ),
        by=by,
    )
    return key.id


async def correct(agreement: Agreement, invoice_id: UUID, *leave_out: UUID, by: Actor | None = None) -> UUID:
    """Correct an invoice; returns the id of the one that takes its place."""
    key = await act(
        agreement,
        lambda tx, actor: correct_invoice(
            tx,
            actor=actor,
            contract_id=agreement.id,
            invoice_id=invoice_id,
            leave_out=leave_out,
            reason="Wrong order number",
            now=NOW,
        ),
        by=by,
    )
    return key.id


async def dispute(
    agreement: Agreement,
    invoice_id: UUID,
    *lines: DisputedLine,
    by: Actor | None = None,
    evidence_ids: Sequence[UUID] = (),
) -> UUID:
    """Dispute lines of an invoice as the association's finance; returns the dispute's id."""
    key = await act(
        agreement,
        lambda tx, actor: dispute_invoice(
            tx,
            actor=actor,
            contract_id=agreement.id,
            invoice_id=invoice_id,
            lines=lines,
            words="This is not what we agreed",
            evidence_ids=evidence_ids,
            now=NOW,
        ),
        by=by or agreement.market.finance,
    )
    return key.id


async def withdraw(agreement: Agreement, dispute_id: UUID, *, by: Actor | None = None) -> None:
    """Withdraw a dispute as the association's finance."""
    await act(
        agreement,
        lambda tx, actor: withdraw_dispute(
            tx, actor=actor, contract_id=agreement.id, dispute_id=dispute_id, reason="We found the record", now=NOW
        ),
        by=by or agreement.market.finance,
    )


async def resolve(agreement: Agreement, dispute_id: UUID, *upheld: UpheldLine, by: Actor | None = None) -> None:
    """Decide a dispute; without lines it is rejected."""
    await act(
        agreement,
        lambda tx, actor: resolve_dispute(
            tx,
            actor=actor,
            contract_id=agreement.id,
            dispute_id=dispute_id,
            upheld=upheld,
            resolution="The time sheets say so",
            now=NOW,
        ),
        by=by,
    )


async def apply(
    agreement: Agreement, invoice_id: UUID, amount_minor: int | None = None, *, by: Actor | None = None
) -> None:
    """Set credit against an invoice."""
    await act(
        agreement,
        lambda tx, actor: apply_credit(
            tx,
            actor=actor,
            contract_id=agreement.id,
            invoice_id=invoice_id,
            amount=None if amount_minor is None else Decimal(amount_minor) / 100,
            reason="Agreed by e-mail",
            now=NOW,
        ),
        by=by,
    )


async def pay(agreement: Agreement, invoice_id: UUID, minor: int) -> None:
    """Let money arrive for an invoice, as its entry has it."""

    async def arrive(tx: Transaction, actor: Actor) -> None:
        contract = await contract_for(tx, actor=actor, act=Act.RECORD_PAYMENT, contract_id=agreement.id, lock=True)
        await settle(tx, agreement.id, invoice_id, now=NOW, paid_minor=minor)
        sides = [Side(Account.BANK, contract.currency_code, minor)]
        sides += [Side(Account.ASSOCIATION_RECEIVABLE, contract.currency_code, -minor)]
        entry = journal.Entry("PAYMENT_RECEIVED", invoice_id, effective_at=NOW, sides=sides, subject_id=new_id())
        await journal.post(tx, key_of(contract), entry, now=NOW)

    await act(agreement, arrive)


async def documents_disagreeing(agreement: Agreement) -> list[Any]:
    """Where the books do not agree with the documents."""
    return [row["what"] for row in await agreement.market.all(DISAGREEING, agreement.id)]


async def disagreeing(agreement: Agreement) -> list[Any]:
    """Where the books do not agree with the documents; and the first broken link of the journal, if there is one."""
    found = await documents_disagreeing(agreement)
    broken = await agreement.market.broken_link(agreement)
    return [*found, broken] if broken else found


async def amounts(agreement: Agreement, invoice_id: UUID) -> tuple[Any, ...]:
    """An invoice's status, and what is due, paid, credited and disputed of it."""
    invoice = await agreement.market.one("select * from invoice where id = $1", invoice_id)
    names = ("status", "amount_due_minor", "paid_minor", "credited_minor", "disputed_minor")
    return tuple(invoice[name] for name in names)
