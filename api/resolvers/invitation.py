"""Mutations of invitations."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.schema.invitation import (
    AcceptInvitationInput,
    AcceptInvitationPayload,
    InviteMemberInput,
    InviteMemberPayload,
    WithdrawInvitationInput,
    WithdrawInvitationPayload,
)
from services.identity import inviting


@strawberry.type
class InvitationMutations:
    """From an invitation to a member."""

    @mutation
    async def invite_member(self, info: Info, input: InviteMemberInput) -> InviteMemberPayload:
        """Invite somebody to your organization, for 14 days; an operator OWNER, the first OWNER of a new one."""
        tx = info.context.tx
        invitation_id, code = await inviting.invite_member(
            tx,
            actor=tx.actor,
            organization_id=input.organization_id,
            name=input.name,
            email=input.email,
            roles=[role.name for role in input.roles],
            now=tx.now,
        )
        return InviteMemberPayload(invitation=invitation_id, code=code.text)

    @mutation
    async def withdraw_invitation(self, info: Info, input: WithdrawInvitationInput) -> WithdrawInvitationPayload:
        """Take back an invitation of your organization that nobody has accepted."""
        tx = info.context.tx
        return WithdrawInvitationPayload(
            invitation=await inviting.withdraw_invitation(
                tx, actor=tx.actor, invitation_id=input.invitation_id, now=tx.now
            )
        )

    @mutation
    async def accept_invitation(self, info: Info, input: AcceptInvitationInput) -> AcceptInvitationPayload:
        """Become a member, with the bearer token of the person who is invited; the code works once."""
        tx = info.context.tx
        return AcceptInvitationPayload(
            member=await inviting.accept_invitation(tx, actor=tx.actor, code=input.code, now=tx.now)
        )
