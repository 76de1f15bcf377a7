"""Mutations of members."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.schema.member import (
    ChangeMemberRolesInput,
    ChangeMemberRolesPayload,
    EndMembershipInput,
    EndMembershipPayload,
)
from services.identity import membership


@strawberry.type
class MemberMutations:
    """What OWNERs do to members."""

    @mutation
    async def change_member_roles(self, info: Info, input: ChangeMemberRolesInput) -> ChangeMemberRolesPayload:
        """Give a member of your organization other roles; they hold from the member's next request on."""
        tx = info.context.tx
        roles = [role.name for role in input.roles]
        return ChangeMemberRolesPayload(
            member=await membership.change_member_roles(tx, actor=tx.actor, member_id=input.member_id, roles=roles)
        )

    @mutation
    async def end_membership(self, info: Info, input: EndMembershipInput) -> EndMembershipPayload:
        """Let a member go; their tokens and API keys open nothing from now on."""
        tx = info.context.tx
        return EndMembershipPayload(
            member=await membership.end_membership(tx, actor=tx.actor, member_id=input.member_id, now=tx.now)
        )
