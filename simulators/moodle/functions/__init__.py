"""The web service functions that the double has; importing them is declaring them."""

from __future__ import annotations

from simulators.moodle.functions import about, completions, courses, enrolments, reports, scorms, users
from simulators.moodle.functions.calling import FUNCTIONS, Call

__all__ = ["FUNCTIONS", "Call", "about", "completions", "courses", "enrolments", "reports", "scorms", "users"]
