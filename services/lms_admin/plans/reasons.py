"""Why a row of a plan is as it is: a code for programs, words for people; the words name no learner."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


class Reason(StrEnum):
    """What is said of a row besides its action."""

    CHANGED_USERNAME = "CHANGED_USERNAME"
    CHANGED_EMAIL = "CHANGED_EMAIL"
    CHANGED_GIVEN_NAME = "CHANGED_GIVEN_NAME"
    CHANGED_FAMILY_NAME = "CHANGED_FAMILY_NAME"
    CHANGED_STATE = "CHANGED_STATE"
    CHANGED_STARTS_AT = "CHANGED_STARTS_AT"
    CHANGED_ENDS_AT = "CHANGED_ENDS_AT"
    DATES_NOT_READ = "DATES_NOT_READ"
    ABSENT_FROM_FILE = "ABSENT_FROM_FILE"
    NOT_THERE = "NOT_THERE"
    NOT_SUPPORTED = "NOT_SUPPORTED"
    MESSAGE_WAS_SENT = "MESSAGE_WAS_SENT"
    PROTECTED = "PROTECTED"
    DUPLICATE_IDENTITY = "DUPLICATE_IDENTITY"
    USERNAME_TAKEN = "USERNAME_TAKEN"
    USERNAME_NEEDED = "USERNAME_NEEDED"
    EMAIL_TAKEN = "EMAIL_TAKEN"
    NO_SUCH_USER = "NO_SUCH_USER"
    NO_SUCH_COURSE = "NO_SUCH_COURSE"
    NO_SUCH_TEMPLATE = "NO_SUCH_TEMPLATE"
    COURSE_KEY_TAKEN = "COURSE_KEY_TAKEN"
    OTHER_ROLE = "OTHER_ROLE"
    CANNOT_BE_UNDONE = "CANNOT_BE_UNDONE"


WORDS: Final[Mapping[Reason, str]] = {
    Reason.CHANGED_USERNAME: "The username changes.",
    Reason.CHANGED_EMAIL: "The e-mail address changes.",
    Reason.CHANGED_GIVEN_NAME: "The given name changes.",
    Reason.CHANGED_FAMILY_NAME: "The family name changes.",
    Reason.CHANGED_STATE: "It is suspended, or restored.",
    Reason.CHANGED_STARTS_AT: "The beginning changes.",
    Reason.CHANGED_ENDS_AT: "The end changes.",
    Reason.DATES_NOT_READ: "The LMS does not tell the dates it has; they are set anew.",
    Reason.ABSENT_FROM_FILE: "The member is on the roster and not in the file.",
    Reason.NOT_THERE: "It is not there, and need not be.",
    Reason.NOT_SUPPORTED: "The LMS cannot do this through its adapter; it becomes a manual task.",
    Reason.MESSAGE_WAS_SENT: "A message that the learner was sent cannot be taken back.",
    Reason.PROTECTED: "The account has rights of its own in the LMS, or is on the site's list of the protected.",
    Reason.DUPLICATE_IDENTITY: "Several accounts carry this member number: a person has to find out which is right.",
    Reason.USERNAME_TAKEN: "The username is that of an account with another member number.",
    Reason.USERNAME_NEEDED: "An account has to be made, and its member number makes no username: name one.",
    Reason.EMAIL_TAKEN: "The e-mail address is that of another member on the roster.",
    Reason.NO_SUCH_USER: "No account carries this member number.",
    Reason.NO_SUCH_COURSE: "There is no course of this key.",
    Reason.NO_SUCH_TEMPLATE: "There is no course of the template's key.",
    Reason.COURSE_KEY_TAKEN: "There is a course of this key, with another title.",
    Reason.OTHER_ROLE: "The member has another role in this course: end that enrolment first.",
    Reason.CANNOT_BE_UNDONE: "What was done cannot be undone.",
}
