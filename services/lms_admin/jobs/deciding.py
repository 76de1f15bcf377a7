"""What becomes of an item: from how its subject stands in the LMS, and from what the LMS answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.lms_admin.adapters.port import Outcome, Verification
from services.lms_admin.jobs.judging import Standing, standing
from services.lms_admin.jobs.taking import MOST_READINGS

if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Final

    from services.lms_admin.adapters.documents import Document
    from services.lms_admin.jobs.calling import Answer
    from services.lms_admin.jobs.judging import Found, Item

MOST_ATTEMPTS: Final = 3
"""How often an item is sent whose outcome was unknown each time, and which turned out not to have been taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What becomes of an item that is in state `was`. PENDING is to be sent, again perhaps."""

    item: Item
    was: str
    status: str
    verification: str | None = None
    code: str | None = None
    message: str | None = None
    before: Document | None = None
    after: Document | None = None
    attempts: int
    readings: int


def before_sending(item: Item, found: Found, protected: Collection[str]) -> Verdict | None:
    """Decide an item that is not to be sent, since it is so already or may not be touched; None: it is to be sent."""
    if found.protected or item.member_number in protected:
        return _verdict(item, "SKIPPED", "PROTECTED", "the account is protected, and is never touched")
    match standing(item, found):
        case Standing.AS_DESIRED:
            # what was sent before, and was not seen to be taken, was taken after all
            status = "APPLIED" if item.attempts else "ALREADY_SO"
            return _seen(item, status, found)
        case Standing.SEVERAL:
            return _verdict(item, "STALE", *SEVERAL)
        case Standing.MOVED:
            return _verdict(item, "STALE", "MOVED", "it was changed since it was previewed, and was left as it is")
    return None


def after_sending(item: Item, answer: Answer, found: Found) -> Verdict:
    """Decide an item by the LMS's answer; `item` is as it was before it was sent."""
    outcome, before = answer.outcome, item.sent_before if item.attempts else found.document
    if outcome is Outcome.ALREADY_SO and item.attempts:
        outcome = Outcome.APPLIED
    return Verdict(
        item=item,
        was="SENT",
        status=outcome.value,
        verification=answer.verification.value,
        code=answer.error.code if answer.error else None,
        message=answer.error.message if answer.error else None,
        before=before,
        after={
            Outcome.APPLIED: answer.after,
            Outcome.ALREADY_SO: answer.after,
            Outcome.REJECTED: before,
            Outcome.UNKNOWN: None,
        }[outcome],
        attempts=item.attempts + 1,
        # what nothing shows is for a person to say
        readings=1 if found.readable else MOST_READINGS,
    )


def not_taken(item: Item) -> Verdict:
    """Put an item back that was marked as sent but for certain was not applied; as though it had not been sent."""
    return Verdict(item=item, was="SENT", status="PENDING", attempts=item.attempts, readings=item.readings)


def read_back(item: Item, found: Found) -> Verdict:
    """Decide an item that was sent and of which nothing else is known."""
    match standing(item, found):
        case Standing.AS_DESIRED:
            return _seen(item, "APPLIED", found)
        case Standing.UNREADABLE:
            return _unknown(item, "NOT_READABLE", "nothing in the LMS shows whether it was applied: look, and say so")
        case Standing.SEVERAL:
            return _unknown(item, *SEVERAL)
        case Standing.MOVED:
            return _unknown(item, "MOVED", "it is neither as it was before nor as it should be: look, and say so")
    if item.status == "UNKNOWN" and item.attempts >= MOST_ATTEMPTS:
        return Verdict(
            item=item,
            was=item.status,
            status="REJECTED",
            verification=Verification.READ_BACK,
            code="NOT_TAKEN",
            message=f"it was sent {item.attempts} times and not taken",
            before=item.sent_before,
            after=found.document,
            attempts=item.attempts,
            readings=item.readings + 1,
        )
    # that a runner died says nothing against an item; that something was sent is never forgotten
    attempts = max(item.attempts - 1, 1) if item.status == "SENT" else item.attempts
    return Verdict(item=item, was=item.status, status="PENDING", attempts=attempts, readings=0)


SEVERAL: Final = ("DUPLICATE_IDENTITY", "several accounts carry this member number: a person has to say which is right")


def _seen(item: Item, status: str, found: Found) -> Verdict:
    return Verdict(
        item=item,
        was=item.status,
        status=status,
        verification=Verification.READ_BACK,
        before=item.sent_before if item.attempts else found.document,
        after=found.document,
        attempts=item.attempts,
        readings=item.readings,
    )


def _verdict(item: Item, status: str, code: str, message: str) -> Verdict:
    return Verdict(
        item=item,
        was=item.status,
        status=status,
        code=code,
        message=message,
        attempts=item.attempts,
        readings=item.readings,
    )


def _unknown(item: Item, code: str, message: str) -> Verdict:
    """Leave an item for a person, unless it may still become what it should be."""
    final = code != "MOVED"
    return Verdict(
        item=item,
        was=item.status,
        status="UNKNOWN",
        verification=Verification.READ_BACK,
        code=code,
        message=message,
        before=item.sent_before,
        attempts=item.attempts,
        readings=MOST_READINGS if final else max(item.readings, 1) + (item.status == "UNKNOWN"),
    )
