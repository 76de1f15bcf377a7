"""Making accounts as they are given: looked at, sent, read back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from services.lms_admin.adapters.moodle.accounts import accounts_by_email, accounts_by_number, accounts_by_username
from services.lms_admin.adapters.moodle.batching import rejected, sent, unknown, warnings_of
from services.lms_admin.adapters.moodle.passwords import unknown_password
from services.lms_admin.adapters.moodle.reading_back import is_as_asked, looked_at, read_back
from services.lms_admin.adapters.moodle.words import EMAIL_TAKEN, MADE_MEANWHILE, USERNAME_TAKEN, unavailable
from services.lms_admin.adapters.moodle.words import refused as refused_in_words
from services.lms_admin.adapters.port import FoundUser, ItemError, LmsUnavailable, Outcome, Result, User, Verification

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from services.lms_admin.adapters.moodle.accounts import Account
    from services.lms_admin.adapters.moodle.batching import Fates
    from services.lms_admin.adapters.moodle.site import Site

_RULES: Final = (
    ("member_number", re.compile(r"\S(.{0,253}\S)?"), "the member number is empty, too long or has blanks around it"),
    ("username", re.compile(r"[-.@_a-z0-9]{1,100}"), "the username has more than small letters, digits and - . @ _"),
    (
        "email",
        re.compile(r"[^\s@<>\"(),:;\[\]\\]{1,64}@[A-Za-z0-9]([A-Za-z0-9.-]{0,33}[A-Za-z0-9])?"),
        "no e-mail address",
    ),
    ("given_name", re.compile(r"(?!\s*$)[^<>]{1,100}"), "the given name is empty, longer than 100 or has < or >"),
    ("family_name", re.compile(r"(?!\s*$)[^<>]{1,100}"), "the family name is empty, longer than 100 or has < or >"),
)


async def upsert_users(site: Site, users: Sequence[User], *, notify: bool) -> Sequence[Result[FoundUser]]:
    """Create and update accounts, each as it is given. Raises LmsUnavailable when nothing was applied."""
    before, known = await looked_at(site, [user.member_number for user in users])
    known = {place: rejected(flaw) for place, user in enumerate(users) if (flaw := _flaw(user))} | known
    rest = {place: user for place, user in enumerate(users) if place not in known}
    created = {place: user for place, user in rest.items() if place not in before}
    changed = {}
    for place, user in rest.items():
        if place in created:
            continue
        if is_as_asked(before[place].found, user):
            known[place] = Result(Outcome.ALREADY_SO, verification=Verification.READ_BACK)
        else:
            changed[place] = {"id": before[place].id, **_row(user), "suspended": user.suspended}
    known |= await _created(site, created, notify=notify)
    known |= await updated(site, changed, touched=bool(created))
    known |= await _suspended_at_birth(site, {place: user for place, user in created.items() if place not in known})
    return await read_back(site, users, before, known)


async def updated(site: Site, rows: Mapping[int, Mapping[str, Any]], *, touched: bool = False) -> Fates:
    """Update accounts, each for itself. Raises LmsUnavailable when nothing was applied, here or as `touched` tells."""

    async def send(part: Sequence[Mapping[str, Any]]) -> Mapping[int, ItemError]:
        answer = await site.calling.write("core_user_update_users", users=part)
        warned = {one.get("itemid"): str(one.get("warningcode")) for one in warnings_of(answer)}
        return {at: refused_in_words(warned[row["id"]]) for at, row in enumerate(part) if row["id"] in warned}

    return await sent(rows, send, touched=touched)


async def _created(site: Site, users: Mapping[int, User], *, notify: bool) -> Fates:
    async def send(part: Sequence[User]) -> Mapping[int, ItemError]:
        opening = [{"createpassword": True} if notify else unknown_password() for _ in part]
        rows = [{**password, **_row(user)} for password, user in zip(opening, part, strict=True)]
        await site.calling.write("core_user_create_users", users=rows)
        return {}

    async def culprits(part: Mapping[int, User]) -> Fates:
        by_username = await accounts_by_username(site, [user.username for user in part.values()])
        # Some sites let people share an address: that it is taken is the reason only when no other row can be.
        by_email = await accounts_by_email(site, [user.email for user in part.values()]) if len(part) == 1 else {}
        return {
            place: _owed_to(user, by_username.get(user.username) or by_email[user.email.lower()])
            for place, user in part.items()
            if user.username in by_username or user.email.lower() in by_email
        }

    return await sent(users, send, culprits=culprits)


def _owed_to(user: User, other: Account) -> Result[FoundUser]:
    if other.found.member_number == user.member_number:
        return unknown(MADE_MEANWHILE)
    return rejected(USERNAME_TAKEN if other.found.username == user.username else EMAIL_TAKEN)


async def _suspended_at_birth(site: Site, created: Mapping[int, User]) -> Fates:
    """Suspend what was created to be suspended: creating cannot."""
    suspended = {place: user for place, user in created.items() if user.suspended}
    try:
        numbered = await accounts_by_number(site, [user.member_number for user in suspended.values()])
    except LmsUnavailable as reason:
        return dict.fromkeys(suspended, unknown(unavailable(reason)))
    rows = {
        place: {"id": account.id, "suspended": True}
        for place, user in suspended.items()
        for account in numbered.get(user.member_number, ())
    }
    return await updated(site, rows, touched=True)


def _row(user: User) -> dict[str, Any]:
    """An account as Moodle takes it; what it cannot do without comes last, so that no row is taken that PHP cut off."""
    return {
        "idnumber": user.member_number,
        "username": user.username,
        "firstname": user.given_name,
        "lastname": user.family_name,
        "email": user.email,
    }


def _flaw(user: User) -> ItemError | None:
    for name, rule, words in _RULES:
        if rule.fullmatch(getattr(user, name)) is None:
            return ItemError(f"INVALID_{name.upper()}", words)
    return None
