"""Queries and mutations of dunning."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.reading import Connection, Reader, Rows, query
from api.schema.dunning import (
    DunningLevel,
    DunningNotice,
    DunningNoticeFilter,
    DunningNoticeOrder,
    PauseDunningInput,
    PauseDunningPayload,
    ResumeDunningInput,
    ResumeDunningPayload,
    SetDunningScheduleInput,
    SetDunningSchedulePayload,
)
from services.billing.collecting import pausing, reads, scheduling


@strawberry.type
class DunningQueries:
    """What is overdue, and what was said of it."""

    @query(order=lambda level: [level.level])
    def dunning_schedule(self, reader: Reader) -> Rows[list[DunningLevel]]:
        """The levels of the dunning schedule that holds; for the operator."""
        return reads.dunning_levels(reader)

    @query(filter=DunningNoticeFilter, order=DunningNoticeOrder)
    def dunning_notices(self, reader: Reader) -> Rows[Connection[DunningNotice]]:
        """The notices that were given under your organization's contracts."""
        return reads.dunning_notices(reader)


@strawberry.type
class DunningMutations:
    """The operator's billing desk sets the schedule, and pauses it for single invoices."""

    @mutation
    async def set_dunning_schedule(self, info: Info, input: SetDunningScheduleInput) -> SetDunningSchedulePayload:
        """Replace the dunning schedule; a level that was given to an invoice is not given again."""
        tx = info.context.tx
        levels = [
            scheduling.Level(level.days_after_due, level.kind.name, level.late_charge_percent) for level in input.levels
        ]
        await scheduling.set_dunning_schedule(tx, actor=tx.actor, levels=levels, reason=input.reason, now=tx.now)
        return SetDunningSchedulePayload(level_count=len(levels))

    @mutation
    async def pause_dunning(self, info: Info, input: PauseDunningInput) -> PauseDunningPayload:
        """Give no notice of an invoice until it is resumed; it stays overdue."""
        tx = info.context.tx
        invoice = await pausing.pause_dunning(
            tx,
            actor=tx.actor,
            contract_id=input.invoice_id.contract_id,
            invoice_id=input.invoice_id.id,
            reason=input.reason,
            now=tx.now,
        )
        return PauseDunningPayload(invoice=invoice)

    @mutation
    async def resume_dunning(self, info: Info, input: ResumeDunningInput) -> ResumeDunningPayload:
        """Take the dunning of an invoice up again."""
        tx = info.context.tx
        invoice = await pausing.resume_dunning(
            tx,
            actor=tx.actor,
            contract_id=input.invoice_id.contract_id,
            invoice_id=input.invoice_id.id,
            reason=input.reason,
            now=tx.now,
        )
        return ResumeDunningPayload(invoice=invoice)
