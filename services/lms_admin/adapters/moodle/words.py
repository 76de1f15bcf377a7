"""Why a row was not taken, in words that are safe to show: Moodle's own may be markup, or name a learner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from services.lms_admin.adapters.moodle.calling import NotJson
from services.lms_admin.adapters.port import ItemError

if TYPE_CHECKING:
    from services.lms_admin.adapters.port import LmsUnavailable
    from services.lms_admin.adapters.sending import NoAnswer

DUPLICATE_IDENTITY: Final = ItemError("DUPLICATE_IDENTITY", "several accounts carry this member number")
TWICE: Final = ItemError("TWICE_IN_BATCH", "the same row is in the batch twice")
PROTECTED: Final = ItemError("PROTECTED", "the account has rights of its own on the site")
NO_ACCOUNT: Final = ItemError("NO_ACCOUNT", "no account carries this member number")
NO_COURSE: Final = ItemError("NO_COURSE", "there is no course of this short name")
NO_TEMPLATE: Final = ItemError("NO_TEMPLATE", "there is no template of this short name")
ROLE_DIFFERS: Final = ItemError(
    "ROLE_DIFFERS", "somebody with another role in the course: it takes a person to change it"
)
NO_ROLE: Final = ItemError("NO_ROLE", "the role is not one of a fresh Moodle's")
USERNAME_TAKEN: Final = ItemError("USERNAME_TAKEN", "another account has this username")
EMAIL_TAKEN: Final = ItemError("EMAIL_TAKEN", "another account has this e-mail address")
MADE_MEANWHILE: Final = ItemError("MADE_MEANWHILE", "somebody else made this account at the same time")
MESSAGE_NOT_SENT: Final = ItemError("MESSAGE_NOT_SENT", "it was done, and Moodle did not send its message")
SIGNS_IN_ELSEWHERE: Final = ItemError("SIGNS_IN_ELSEWHERE", "the account signs in with another system")
NOT_THERE: Final = ItemError("NOT_THERE", "Moodle took it, and it is not there when read back")
DIFFERS: Final = ItemError("DIFFERS", "Moodle took it, and has something else when read back")
MANUAL_TASK: Final = ItemError("MANUAL_TASK", "no web service of Moodle's does this: it takes a person")

_REFUSALS: Final = {
    "invalidparameter": ItemError("INVALID", "Moodle refuses a value and does not say which"),
    "invaliduserid": ItemError("NO_ACCOUNT", "the account is no longer there"),
    "invaliduser": ItemError("NO_ACCOUNT", "the account is no longer there"),
    "usernotupdateddeleted": ItemError("NO_ACCOUNT", "the account was deleted"),
    "usernotupdatedadmin": PROTECTED,
    "usernotupdatedguest": PROTECTED,
    "useremailduplicate": EMAIL_TAKEN,
    "invalidrecord": ItemError("NO_COURSE", "the course is no longer there"),
    "wsnoinstance": ItemError("NO_MANUAL_ENROLMENT", "the course does not take manual enrolments"),
    "wscannotenrol": ItemError("NO_MANUAL_ENROLMENT", "the course does not take manual enrolments"),
    "wsusercannotassign": ItemError("ROLE_NOT_ASSIGNABLE", "the token's owner may not assign this role"),
    "nopermissions": ItemError("NO_RIGHT", "the token's owner lacks the right to do this in the course"),
    "shortnametaken": ItemError("COURSE_KEY_TAKEN", "another course has this short name"),
}


def refused(code: str) -> ItemError:
    """Moodle's code for why it refused something, in our words."""
    return _REFUSALS.get(code) or ItemError("REFUSED", f"Moodle refuses it: {code}" if code else "Moodle refuses it")


def unavailable(reason: LmsUnavailable) -> ItemError:
    """The site went away before this was sent."""
    return ItemError(str(reason.condition), f"not sent: {reason.message}")


def lost(loss: NoAnswer) -> ItemError:
    """It was sent, and what became of it was not said."""
    return ItemError("NOT_UNDERSTOOD" if isinstance(loss, NotJson) else "NO_ANSWER", loss.message)
