"""Queries and mutations of write-offs."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.reading import Connection, Reader, Rows, query
from api.schema.write_off import (
    ConfirmWriteOffInput,
    ConfirmWriteOffPayload,
    ReverseWriteOffInput,
    ReverseWriteOffPayload,
    WriteOff,
    WriteOffDifferenceInput,
    WriteOffDifferencePayload,
    WriteOffFilter,
    WriteOffOrder,
)
from services.billing.reconciliation import reads
from services.billing.reconciliation.writing_off import (
    WriteOffKind,
    confirm_write_off,
    reverse_write_off,
    write_off_difference,
)


@strawberry.type
class WriteOffQueries:
    """What is neither collected nor given back."""

    @query(filter=WriteOffFilter, order=WriteOffOrder)
    def write_offs(self, reader: Reader) -> Rows[Connection[WriteOff]]:
        """What was written off, and what waits for a second person; shown to the operator's staff."""
        return reads.write_offs(reader)


@strawberry.type
class WriteOffMutations:
    """Writing off, and taking it back."""

    @mutation
    async def write_off_difference(self, info: Info, input: WriteOffDifferenceInput) -> WriteOffDifferencePayload:
        """Write off what remains of a part-paid invoice, or what was paid too much; above the tolerance, ask for it."""
        tx = info.context.tx
        write_off = await write_off_difference(
            tx,
            actor=tx.actor,
            contract_id=input.invoice_id.contract_id,
            invoice_id=input.invoice_id.id,
            kind=WriteOffKind(input.kind.name),
            exception_id=input.exception_id,
            reason=input.reason,
            now=tx.now,
        )
        return WriteOffDifferencePayload(write_off=write_off)

    @mutation
    async def confirm_write_off(self, info: Info, input: ConfirmWriteOffInput) -> ConfirmWriteOffPayload:
        """Write off what another person asked for, above the tolerance."""
        tx = info.context.tx
        write_off = await confirm_write_off(
            tx,
            actor=tx.actor,
            contract_id=input.write_off_id.contract_id,
            write_off_id=input.write_off_id.id,
            reason=input.reason,
            now=tx.now,
        )
        return ConfirmWriteOffPayload(write_off=write_off)

    @mutation
    async def reverse_write_off(self, info: Info, input: ReverseWriteOffInput) -> ReverseWriteOffPayload:
        """Withdraw a write-off that was asked for, or take one back: it is due, or credit, again."""
        tx = info.context.tx
        write_off = await reverse_write_off(
            tx,
            actor=tx.actor,
            contract_id=input.write_off_id.contract_id,
            write_off_id=input.write_off_id.id,
            reason=input.reason,
            now=tx.now,
        )
        return ReverseWriteOffPayload(write_off=write_off)
