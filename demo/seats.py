"""The demo's members: one seat for each kind of client, the same on every machine, and their tokens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from core.hindrance import Hindrance
from services.identity.signing_keys import SigningKeys
from services.identity.tokens import issue_token

if TYPE_CHECKING:
    from typing import Final

    from core.settings import Settings

TOKEN_LIFE: Final = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class DemoOrganization:
    """One organization of the demo."""

    key: str
    kind: str
    name: str
    country_code: str
    time_zone: str


@dataclass(frozen=True, slots=True)
class Seat:
    """One member of a demo organization."""

    name: str
    organization: DemoOrganization
    person: str
    email: str
    roles: tuple[str, ...]

    @property
    def subject(self) -> str:
        """The `sub` of the seat's tokens, which the seed binds to the member."""
        return f"seat:{self.name}"


LAKESIDE = DemoOrganization("lakeside", "VENDOR", "Lakeside Learning Services", "US", "America/Chicago")
GUILD = DemoOrganization("guild", "ASSOCIATION", "National Guild of Water Inspectors", "US", "America/New_York")
OPERATOR = DemoOrganization("chapterhouse", "OPERATOR", "Chapterhouse Marketplace", "US", "UTC")
HARBOR = DemoOrganization("harbor", "VENDOR", "Harbor Course Works", "CA", "America/Toronto")
SURVEYORS = DemoOrganization("surveyors", "ASSOCIATION", "Society of River Surveyors", "GB", "Europe/London")

ORGANIZATIONS: Final = (OPERATOR, LAKESIDE, GUILD, HARBOR, SURVEYORS)

SEATS: Final = {
    seat.name: seat
    for seat in (
        Seat("vendor.owner", LAKESIDE, "Olivia Marsh", "owner@lakeside.example", ("OWNER", "SIGNATORY")),
        Seat("vendor.catalog", LAKESIDE, "Mateo Reyes", "catalog@lakeside.example", ("CATALOG_MANAGER",)),
        Seat("vendor.delivery", LAKESIDE, "Dana Whitfield", "delivery@lakeside.example", ("DELIVERY",)),
        Seat("association.owner", GUILD, "Ingrid Solberg", "owner@guild.example", ("OWNER", "SIGNATORY")),
        Seat("association.buyer", GUILD, "Samuel Okafor", "buyer@guild.example", ("PROCUREMENT",)),
        Seat("association.acceptor", GUILD, "Priya Raman", "acceptor@guild.example", ("ACCEPTOR",)),
        Seat("association.finance", GUILD, "Helen Brandt", "finance@guild.example", ("FINANCE",)),
        Seat("operator.owner", OPERATOR, "Ada Novak", "owner@chapterhouse.example", ("OWNER",)),
        Seat("operator.billing", OPERATOR, "Jonas Weber", "billing@chapterhouse.example", ("BILLING_ADMIN",)),
        Seat("stranger.vendor", HARBOR, "Claire Fontaine", "owner@harbor.example", ("OWNER", "SIGNATORY")),
        Seat("stranger.association", SURVEYORS, "Tom Ashby", "owner@surveyors.example", ("OWNER", "SIGNATORY")),
    )
}


def token(settings: Settings, seat: str) -> str:
    """Sign a bearer token of a seat with this folder's key. Refused with Hindrance: a seat that there is not."""
    if seat not in SEATS:
        raise Hindrance(f"there is no seat {seat}; there are {', '.join(SEATS)}")
    return issue_token(
        SigningKeys(settings.signing_keys_dir),
        issuer=settings.issuer,
        audience=settings.issuer,
        subject=SEATS[seat].subject,
        lifetime=TOKEN_LIFE,
        now=datetime.now(UTC),
    )
