"""What a person confirms, step by step, when they do by hand what a system cannot do by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.lms_admin.adapters.port import Capability
from services.lms_admin.sites.operations import Operation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Final

FIRST: Final = ("The request was compared with the roster, and no protected member is touched.",)
LAST: Final = (
    "No message went to learners, unless it was asked for.",
    "The attachment shows the site as it is afterwards.",
)

STEPS: Final[Mapping[Operation, tuple[str, ...]]] = {
    Operation.ROSTER_IMPORT: (
        "Accounts were created and changed as the roster says; none was deleted.",
        "Whoever has an account already was found by member number, and got no second one.",
    ),
    Operation.ENROL: ("Each enrolment has its role, its first and its last day.",),
    Operation.UNENROL: ("Enrolments were ended or suspended; results of learners were kept.",),
    Operation.SUSPEND: ("Accounts were suspended; none was deleted.",),
    Operation.RESTORE: ("Accounts were let in again with what they had before.",),
    Operation.RESET_ACCESS: (
        "The learner was recognized before their access was reset.",
        "Nobody but the learner knows the next password.",
    ),
    Operation.CREATE_COURSE: (
        "The course was made out of the template that was asked for, and opens.",
        "It is hidden from learners until it is released.",
    ),
    Operation.PUBLISH_PACKAGE: (
        "The package passed its check, or a waiver for it is signed.",
        "The file that was published is the one that was checked: its SHA-256 was compared.",
        "It was launched once, and its result arrived.",
    ),
    Operation.SYNC_COMPLETIONS: (
        "The report covers the whole time that was asked for.",
        "Completions that an administrator has set are marked as such.",
    ),
    Operation.UNDO: (
        "What is to be undone was compared with the evidence of the job.",
        "What cannot be undone is named in the note.",
    ),
}

TAKES: Final[Mapping[Operation, Capability]] = {
    Operation.ROSTER_IMPORT: Capability.UPSERT_USERS,
    Operation.ENROL: Capability.APPLY_ENROLMENTS,
    Operation.UNENROL: Capability.APPLY_ENROLMENTS,
    Operation.SUSPEND: Capability.SUSPEND_USERS,
    Operation.RESTORE: Capability.SUSPEND_USERS,
    Operation.RESET_ACCESS: Capability.RESET_ACCESS,
    Operation.CREATE_COURSE: Capability.CREATE_COURSE,
    Operation.PUBLISH_PACKAGE: Capability.PUBLISH_PACKAGE,
    Operation.SYNC_COMPLETIONS: Capability.READ_COMPLETIONS,
}
"""What a system must be able to do; undoing is by hand where a plan cannot do it."""

ACTIONS: Final[Mapping[Operation, str]] = {
    Operation.ENROL: "CREATE",
    Operation.UNENROL: "REMOVE",
    Operation.SUSPEND: "SUSPEND",
    Operation.CREATE_COURSE: "CREATE",
    Operation.PUBLISH_PACKAGE: "CREATE",
}
"""What was done, as acts call it; anything else is UPDATE."""


def checklist_of(operation: Operation) -> list[str]:
    """The steps of an operation, in their order."""
    return [*FIRST, *STEPS[operation], *LAST]
