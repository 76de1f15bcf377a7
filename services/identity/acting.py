"""Who a verified subject acts as: the memberships in force decide, looked up for every request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.actor import ANONYMOUS, Actor

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, Final
    from uuid import UUID

    import asyncpg

MEMBERSHIPS: Final = """
    select m.*, app.granted(m.member_id) as granted, app.standing($1, $2) as standing from app.memberships($1, $2) m"""
"""Every membership in force of an (issuer, subject), its grants, and all of that in one text; there is no actor yet."""


class OrganizationRequired(Exception):
    """The subject is a member of several organizations, and did not say for which one they act."""


def acting(subject: tuple[str, str], memberships: Sequence[asyncpg.Record], *, organization_id: UUID | None) -> Actor:
    """Return the member who acts: for `organization_id`, or for the only organization there is.

    Whoever is a member of none, or not of the one they name, is nobody but keeps the subject, so that an invitation
    can be accepted; the two look the same. Raises OrganizationRequired when there is a choice and none was made.
    """
    mine = [row for row in memberships if organization_id in (None, row["organization_id"])]
    if not mine:
        return Actor(kind=ANONYMOUS.kind, subject=subject)
    if len(mine) > 1:
        raise OrganizationRequired
    return actor_of(mine[0], subject)


def actor_of(row: Any, subject: tuple[str, str] | None) -> Actor:  # noqa: ANN401 - a record of either driver
    """Read one membership, as `app.memberships` and `app.accept_invitation` return it."""
    values = dict(getattr(row, "_mapping", row))
    values.pop("invitation_id", None)
    return Actor(**(values | {"roles": frozenset(values["roles"])}), subject=subject)
