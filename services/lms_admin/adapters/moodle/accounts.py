"""Finding accounts; a deleted one, which Moodle still answers for under a mangled username, is not found."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from services.lms_admin.adapters.port import FoundUser

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from services.lms_admin.adapters.moodle.site import Site

_MANGLED: Final = re.compile(r".+\.\d{9,}")
_DIGEST: Final = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Account:
    """An account with what stays inside the adapter: its id, and which system its owner signs in with."""

    id: int
    auth: str
    found: FoundUser


async def accounts_by_number(site: Site, member_numbers: Iterable[str]) -> Mapping[str, Sequence[Account]]:
    """Find all accounts that carry a member number. Raises LmsUnavailable."""
    asked = set(member_numbers)
    numbered: dict[str, list[Account]] = defaultdict(list)
    for account in await _accounts(site, "idnumber", asked):
        if account.found.member_number in asked:  # some databases take no notice of capitals
            numbered[account.found.member_number].append(account)
    return numbered


async def accounts_by_username(site: Site, usernames: Iterable[str]) -> Mapping[str, Account]:
    """Find accounts by username. Raises LmsUnavailable."""
    return {one.found.username: one for one in await _accounts(site, "username", {*usernames})}


async def accounts_by_email(site: Site, addresses: Iterable[str]) -> Mapping[str, Account]:
    """Find accounts by e-mail address, in lower case. Raises LmsUnavailable."""
    return {one.found.email.lower(): one for one in await _accounts(site, "email", {*addresses})}


async def _accounts(site: Site, field: str, values: set[str]) -> list[Account]:
    asked = sorted(values - {""})
    if not asked:
        return []
    staff = await site.staff()
    answer = await site.calling.read("core_user_get_users_by_field", field=field, values=asked)
    return [_account(row, staff) for row in answer if not _deleted(row)]


def _account(row: Mapping[str, Any], staff: frozenset[int]) -> Account:
    found = FoundUser(
        member_number=row.get("idnumber", ""),
        username=row["username"],
        email=row.get("email", ""),
        given_name=row.get("firstname", ""),
        family_name=row.get("lastname", ""),
        suspended=bool(row.get("suspended", False)),
        protected=row["id"] in staff,
    )
    return Account(row["id"], row.get("auth", "manual"), found)


def _deleted(row: Mapping[str, Any]) -> bool:
    return bool(_MANGLED.fullmatch(row["username"]) and _DIGEST.fullmatch(row.get("email", "")))
