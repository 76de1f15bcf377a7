"""Queries and mutations of organizations."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.reading import Id, Reader, Rows, query
from api.schema.organization import Organization, RegisterOrganizationInput, RegisterOrganizationPayload
from services.identity import reads, registering


@strawberry.type
class OrganizationQueries:
    """Organizations."""

    @query
    def organization(self, reader: Reader, id: Id[Organization]) -> Rows[Organization | None]:
        """One organization by its id; null when it does not exist or you may not see it."""
        return reads.organization(reader, id)


@strawberry.type
class OrganizationMutations:
    """What the operator does to organizations."""

    @mutation
    async def register_organization(self, info: Info, input: RegisterOrganizationInput) -> RegisterOrganizationPayload:
        """Let an association or a vendor into the marketplace; invite its first OWNER next. Takes an operator OWNER."""
        tx = info.context.tx
        organization_id = await registering.register_organization(
            tx,
            actor=tx.actor,
            kind=input.kind.name,
            name=input.name,
            country_code=input.country_code,
            time_zone=input.time_zone,
            now=tx.now,
        )
        return RegisterOrganizationPayload(organization=organization_id)
