"""How Moodle refuses: three words in the body, and HTTP 200."""

from __future__ import annotations

from typing import Final

MOODLE: Final = "core\\exception\\moodle_exception"

CAPABILITIES: Final = {
    "enrol/manual:enrol": "Enrol users",
    "enrol/manual:unenrol": "Unenrol users from the course",
    "moodle/backup:backupcourse": "Back up courses",
    "moodle/category:manage": "Manage categories",
    "moodle/course:create": "Create courses",
    "moodle/course:update": "Update course settings",
    "moodle/course:viewparticipants": "View participants",
    "moodle/course:visibility": "Hide/show courses",
    "moodle/reportbuilder:view": "View custom reports",
    "moodle/role:review": "Review permissions for others",
    "moodle/user:create": "Create users",
    "moodle/user:delete": "Delete users",
    "moodle/user:update": "Update user profiles",
    "report/completion:view": "View course completion report",
    "mod/scorm:viewreport": "View reports",
}
"""What a token may be without, and what Moodle calls it."""


class Refused(Exception):
    """The call is refused, whole."""

    def __init__(self, code: str, message: str, exception: str = MOODLE) -> None:
        super().__init__(code)
        self.body = {"exception": exception, "errorcode": code, "message": message}


def invalid_parameter() -> Refused:
    """Everything that is wrong with a parameter; which one is said under site debugging alone."""
    return Refused(
        "invalidparameter", "Invalid parameter value detected", "core\\exception\\invalid_parameter_exception"
    )


def missing_record(code: str, message: str) -> Refused:
    """Something named by its id is not there."""
    return Refused(code, message, "dml_missing_record_exception")


def access_exception() -> Refused:
    """The token does not reach the function, or has expired."""
    return Refused("accessexception", "Access control exception", "webservice_access_exception")


def no_permission(capability: str) -> Refused:
    """The token's owner lacks a capability."""
    return Refused(
        "nopermissions",
        f"Sorry, but you do not currently have permissions to do that ({CAPABILITIES[capability]}).",
        "core\\exception\\required_capability_exception",
    )
