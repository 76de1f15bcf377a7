"""Suspending and restoring accounts, and closing them until their owners set a password of their own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from services.lms_admin.adapters.moodle.batching import rejected, warnings_of
from services.lms_admin.adapters.moodle.calling import Refused
from services.lms_admin.adapters.moodle.passwords import unknown_password
from services.lms_admin.adapters.moodle.reading_back import looked_at, read_back
from services.lms_admin.adapters.moodle.upserting import updated
from services.lms_admin.adapters.moodle.words import MESSAGE_NOT_SENT, NO_ACCOUNT, SIGNS_IN_ELSEWHERE
from services.lms_admin.adapters.port import FoundUser, LmsUnavailable, Outcome, Result, User, Verification
from services.lms_admin.adapters.sending import NoAnswer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from services.lms_admin.adapters.moodle.accounts import Account
    from services.lms_admin.adapters.moodle.batching import Fates
    from services.lms_admin.adapters.moodle.site import Site


async def suspend_users(site: Site, member_numbers: Sequence[str], *, suspended: bool) -> Sequence[Result[FoundUser]]:
    """Suspend or restore accounts. Raises LmsUnavailable when nothing was applied."""
    before, known = await _there(site, member_numbers)
    rows = {}
    for place, account in before.items():
        if place in known:
            continue
        if account.found.suspended == suspended:
            known[place] = Result(Outcome.ALREADY_SO, verification=Verification.READ_BACK)
        else:
            rows[place] = {"id": account.id, "suspended": suspended}
    known |= await updated(site, rows)
    asked = [_asked(place, number, before, suspended=suspended) for place, number in enumerate(member_numbers)]
    return await read_back(site, asked, before, known)


async def reset_access(site: Site, member_numbers: Sequence[str], *, notify: bool) -> Sequence[Result[FoundUser]]:
    """Give accounts a password that nobody knows; `notify` has Moodle send its own message about a forgotten one.

    A password cannot be read back: that Moodle took it is known. Raises LmsUnavailable when nothing was applied.
    """
    before, known = await _there(site, member_numbers)
    known = {p: rejected(SIGNS_IN_ELSEWHERE) for p, account in before.items() if account.auth != "manual"} | known
    rows = {place: {"id": one.id, **unknown_password()} for place, one in before.items() if place not in known}
    known |= await updated(site, rows)
    for place in rows.keys() - known.keys():
        found = before[place].found
        known[place] = Result(Outcome.APPLIED, after=found)
        if notify and not await _told(site, found.username):
            known[place] = replace(known[place], error=MESSAGE_NOT_SENT)
    return await read_back(site, [_asked(p, n, before) for p, n in enumerate(member_numbers)], before, known)


async def _there(site: Site, member_numbers: Sequence[str]) -> tuple[Mapping[int, Account], Fates]:
    before, known = await looked_at(site, member_numbers)
    absent = [place for place in range(len(member_numbers)) if place not in before]
    return before, dict.fromkeys(absent, rejected(NO_ACCOUNT)) | known


def _asked(place: int, number: str, before: Mapping[int, Account], *, suspended: bool = False) -> User:
    if place not in before:
        return User(number, "", "", "", "")
    return replace(before[place].found, suspended=suspended)


async def _told(site: Site, username: str) -> bool:
    try:
        answer = await site.calling.write("core_auth_request_password_reset", username=username)
    except (LmsUnavailable, NoAnswer, Refused):
        return False
    return not warnings_of(answer)
