"""Queries of the catalog, and the mutations of those who write it."""

from __future__ import annotations

import strawberry

from api.context import Info
from api.mutations import mutation
from api.reading import Connection, Id, Reader, Rows, query
from api.resolvers.offering_content import content_of
from api.schema.catalog import CatalogConnection, OfferingFilter, OfferingOrder, OwnOfferingFilter, OwnOfferingOrder
from api.schema.drafting import (
    CreateOfferingInput,
    CreateOfferingPayload,
    DiscardDraftInput,
    DiscardDraftPayload,
    PublishOfferingInput,
    PublishOfferingPayload,
    RetireOfferingInput,
    RetireOfferingPayload,
    UpdateOfferingInput,
    UpdateOfferingPayload,
)
from api.schema.offering import Offering
from services.catalog import drafting, publishing, reads, retiring


@strawberry.type
class OfferingQueries:
    """What is offered."""

    @query(filter=OfferingFilter, order=OfferingOrder)
    def offerings(self, reader: Reader) -> Rows[CatalogConnection]:  # noqa: ARG002  (the same for every reader)
        """The public catalog: every published offering, for everybody."""
        return reads.listed()

    @query
    def offering(self, reader: Reader, id: Id[Offering]) -> Rows[Offering | None]:
        """One offering by id: published or retired, or your own; null when it does not exist or you may not see it."""
        return reads.offering(reader, id)

    @query(filter=OwnOfferingFilter, order=OwnOfferingOrder)
    def own_offerings(self, reader: Reader) -> Rows[Connection[Offering]]:
        """All offerings of the vendor you act for, drafts and retired ones included; none when you act for none."""
        return reads.own_offerings(reader)


@strawberry.type
class OfferingMutations:
    """What vendors do with their offerings."""

    @mutation
    async def create_offering(self, info: Info, input: CreateOfferingInput) -> CreateOfferingPayload:
        """Begin an offering as a draft."""
        tx = info.context.tx
        created = await drafting.create_offering(tx, actor=tx.actor, content=content_of(input), now=tx.now)
        return CreateOfferingPayload(offering=created)

    @mutation
    async def update_offering(self, info: Info, input: UpdateOfferingInput) -> UpdateOfferingPayload:
        """Change an offering's draft; a published one gets a draft, and stays as it is until that is published."""
        tx = info.context.tx
        updated = await drafting.update_offering(
            tx, actor=tx.actor, offering_id=input.offering_id, content=content_of(input), now=tx.now
        )
        return UpdateOfferingPayload(offering=updated)

    @mutation
    async def publish_offering(self, info: Info, input: PublishOfferingInput) -> PublishOfferingPayload:
        """Freeze an offering's draft as its current version, and show it in the public catalog."""
        tx = info.context.tx
        published = await publishing.publish_offering(tx, actor=tx.actor, offering_id=input.offering_id, now=tx.now)
        return PublishOfferingPayload(offering=published)

    @mutation
    async def retire_offering(self, info: Info, input: RetireOfferingInput) -> RetireOfferingPayload:
        """Take an offering off the market for good; contracts keep the version they were made from."""
        tx = info.context.tx
        retired = await retiring.retire_offering(
            tx, actor=tx.actor, offering_id=input.offering_id, reason=input.reason, now=tx.now
        )
        return RetireOfferingPayload(offering=retired)

    @mutation
    async def discard_draft(self, info: Info, input: DiscardDraftInput) -> DiscardDraftPayload:
        """Throw an offering's draft away; an offering that was never published goes with it."""
        tx = info.context.tx
        kept = await drafting.discard_draft(tx, actor=tx.actor, offering_id=input.offering_id)
        return DiscardDraftPayload(offering=kept)
