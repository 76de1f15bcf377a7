"""What a member can be granted to do on a site."""

from __future__ import annotations

from enum import StrEnum


class Operation(StrEnum):
    """An operation of LMS administration; a plan and a job have one, and a grant may be narrowed to some."""

    ROSTER_IMPORT = "ROSTER_IMPORT"
    ENROL = "ENROL"
    UNENROL = "UNENROL"
    SUSPEND = "SUSPEND"
    RESTORE = "RESTORE"
    RESET_ACCESS = "RESET_ACCESS"
    CREATE_COURSE = "CREATE_COURSE"
    PUBLISH_PACKAGE = "PUBLISH_PACKAGE"
    SYNC_COMPLETIONS = "SYNC_COMPLETIONS"
    UNDO = "UNDO"
