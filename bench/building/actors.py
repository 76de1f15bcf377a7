"""Who acts while the data are built: the demo's seats."""

from __future__ import annotations

from core.actor import Actor
from demo.organizations import member_id, organization_id
from demo.seats import SEATS


def actor(seat_name: str) -> Actor:
    """The actor that a seat's token would make."""
    seat = SEATS[seat_name]
    return Actor(
        kind=seat.organization.kind,
        organization_id=organization_id(seat.organization),
        member_id=member_id(seat),
        person_id=member_id(seat),
        name=seat.person,
        email=seat.email,
        organization_name=seat.organization.name,
        roles=frozenset(seat.roles),
    )
