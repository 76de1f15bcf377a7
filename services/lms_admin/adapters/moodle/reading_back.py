"""Accounts before they are changed, and after: what is found there decides what became of them."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Final

from services.lms_admin.adapters.moodle.accounts import accounts_by_number
from services.lms_admin.adapters.moodle.batching import rejected, unknown
from services.lms_admin.adapters.moodle.words import (
    DIFFERS,
    DUPLICATE_IDENTITY,
    NOT_THERE,
    PROTECTED,
    TWICE,
    unavailable,
)
from services.lms_admin.adapters.port import FoundUser, LmsUnavailable, Outcome, Result, User, Verification

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from services.lms_admin.adapters.moodle.accounts import Account
    from services.lms_admin.adapters.moodle.batching import Fates
    from services.lms_admin.adapters.moodle.site import Site

_FIELDS: Final = tuple(field.name for field in fields(User))


def is_as_asked(found: FoundUser, asked: User) -> bool:
    """Whether an account is as it should be."""
    return all(getattr(found, name) == getattr(asked, name) for name in _FIELDS)


async def looked_at(site: Site, member_numbers: Sequence[str]) -> tuple[Mapping[int, Account], Fates]:
    """Find each account, by its place, and reject what cannot be touched. Raises LmsUnavailable."""
    numbered = await accounts_by_number(site, member_numbers)
    before: dict[int, Account] = {}
    known: Fates = {}
    seen: set[str] = set()
    for place, number in enumerate(member_numbers):
        accounts = numbered.get(number, ())
        if number in seen:
            known[place] = rejected(TWICE)
        elif len(accounts) > 1:
            known[place] = rejected(DUPLICATE_IDENTITY)
        elif accounts:
            before[place] = accounts[0]
            if accounts[0].found.protected:
                known[place] = rejected(PROTECTED)
        seen.add(number)
    return before, known


async def read_back(
    site: Site, asked: Sequence[User], before: Mapping[int, Account], known: Fates
) -> Sequence[Result[FoundUser]]:
    """Answer for each account: what is known already, and what is found there for the rest."""
    rest = [user.member_number for place, user in enumerate(asked) if place not in known]
    try:
        numbered = await accounts_by_number(site, rest)
    except LmsUnavailable as reason:
        known = {place: known.get(place) or unknown(unavailable(reason)) for place in range(len(asked))}
        numbered = {}
    results = []
    for place, user in enumerate(asked):
        result = known.get(place) or _found(numbered.get(user.member_number, ()), user)
        was = before[place].found if place in before else None
        stays = result.outcome in {Outcome.ALREADY_SO, Outcome.REJECTED}
        results.append(replace(result, before=was, after=was if stays else result.after))
    return results


def _found(accounts: Sequence[Account], asked: User) -> Result[FoundUser]:
    if len(accounts) != 1:
        return unknown(DUPLICATE_IDENTITY if accounts else NOT_THERE)
    after = accounts[0].found
    if is_as_asked(after, asked):
        return Result(Outcome.APPLIED, after=after, verification=Verification.READ_BACK)
    return Result(Outcome.UNKNOWN, after=after, error=DIFFERS, verification=Verification.READ_BACK)
