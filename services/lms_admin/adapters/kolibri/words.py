"""Why something was not taken, in words that are safe to show: Kolibri's own may name a learner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from services.lms_admin.adapters.port import ItemError

if TYPE_CHECKING:
    from services.lms_admin.adapters.kolibri.calling import Refused
    from services.lms_admin.adapters.port import LmsUnavailable
    from services.lms_admin.adapters.sending import NoAnswer

DUPLICATE_IDENTITY: Final = ItemError("DUPLICATE_IDENTITY", "several accounts carry this member number")
TWICE: Final = ItemError("TWICE_IN_BATCH", "the same row is in the batch twice")
PROTECTED: Final = ItemError("PROTECTED", "the account has rights of its own in the facility")
NO_ACCOUNT: Final = ItemError("NO_ACCOUNT", "no account carries this member number")
NO_COURSE: Final = ItemError("NO_COURSE", "there is no class of this name")
NO_ROLE: Final = ItemError("NO_ROLE", "learners alone are enrolled: the role is student")
NO_DATES: Final = ItemError("NO_DATES", "Kolibri keeps no dates of an enrolment")
NOT_SUSPENDED: Final = ItemError("NOT_SUSPENDED", "Kolibri suspends nothing: it takes a person")
USERNAME_TAKEN: Final = ItemError("USERNAME_TAKEN", "another account has this username")
USERNAME_NOT_TAKEN: Final = ItemError("INVALID_USERNAME", "a username has up to 30 letters, digits and underscores")
NAME_NOT_TAKEN: Final = ItemError("INVALID_NAME", "a person's name has from 1 to 120 characters")
NUMBER_NOT_TAKEN: Final = ItemError("INVALID_MEMBER_NUMBER", "a member number has up to 64 characters")
NOT_THERE: Final = ItemError("NOT_THERE", "Kolibri took it, and it is not there when read back")
DIFFERS: Final = ItemError("DIFFERS", "Kolibri took it, and has something else when read back")
MANUAL_TASK: Final = ItemError("MANUAL_TASK", "nothing of Kolibri's does this: it takes a person")

_REFUSALS: Final = {
    ("USERNAME_ALREADY_EXISTS", ""): USERNAME_TAKEN,
    ("INVALID", "username"): USERNAME_NOT_TAKEN,
    ("MAX_LENGTH", "username"): USERNAME_NOT_TAKEN,
    ("REQUIRED", "username"): USERNAME_NOT_TAKEN,
    ("BLANK", "username"): USERNAME_NOT_TAKEN,
    ("MAX_LENGTH", "full_name"): NAME_NOT_TAKEN,
    ("MAX_LENGTH", "id_number"): NUMBER_NOT_TAKEN,
}


def refused(refusal: Refused) -> ItemError:
    """Kolibri's word for why it refused something, in ours."""
    known = (_REFUSALS.get(reason) or _REFUSALS.get((reason[0], "")) for reason in refusal.reasons)
    code = refusal.reasons[0][0] if refusal.reasons else ""
    return next(
        filter(None, known), ItemError("REFUSED", f"Kolibri refuses it: {code}" if code else "Kolibri refuses it")
    )


def unavailable(reason: LmsUnavailable) -> ItemError:
    """The site went away before this was sent."""
    return ItemError(str(reason.condition), f"not sent: {reason.message}")


def lost(loss: NoAnswer) -> ItemError:
    """It was sent, and what became of it was not said."""
    return ItemError("NO_ANSWER", loss.message)
