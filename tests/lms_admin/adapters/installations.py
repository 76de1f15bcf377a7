"""The LMSs that the contract of the port is tried against, each with what a test needs to begin."""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial

import pytest

from services.lms_admin.adapters.moodle.adapter import Moodle
from services.lms_admin.adapters.opening import opened
from services.lms_admin.adapters.port import Capability, LmsAdapter, User
from services.lms_admin.adapters.sending import connected
from simulators.moodle.serving import serving
from simulators.moodle.site import ADMIN_TOKEN, SAVED_REPORT, Site
from tests.lms_admin.kolibri.running import Kolibri

SECONDS = 20.0


@dataclasses.dataclass(frozen=True)
class Installation:
    """An LMS with an adapter open to it: an empty course, a template, and nobody whose number begins with `prefix`."""

    adapter: LmsAdapter
    course_key: str
    template_key: str
    prefix: str

    def user(self, at: int, **changes: str | bool) -> User:
        """Somebody who is not there yet."""
        name = f"{self.prefix}{at}".lower()
        made = User(f"{self.prefix}-{at}", name, f"{name}@example.org", f"Given {at}", f"Family {at}")
        return dataclasses.replace(made, **changes)  # type: ignore[arg-type]

    def needs(self, *capabilities: Capability) -> None:
        """Pass a test over that is about something this LMS does not say it can."""
        for capability in capabilities:
            if capability not in self.adapter.capabilities:
                pytest.skip(f"{type(self.adapter).__name__} does not declare {capability}")


@asynccontextmanager
async def moodle(roster_report_id: int | None = None) -> AsyncIterator[Installation]:
    site = Site()
    site.add_course("ETH-1", "Ethics")
    site.add_course("TPL-1", "A template", packages=["a" * 40])
    async with serving(site) as url, connected(url, allow_loopback=True) as sender:
        adapter = Moodle(sender, token=ADMIN_TOKEN, roster_report_id=roster_report_id, seconds=SECONDS)
        yield Installation(adapter, "ETH-1", "TPL-1", "AMS")


@asynccontextmanager
async def kolibri(site: Kolibri) -> AsyncIterator[Installation]:
    prefix = f"K{secrets.token_hex(4).upper()}"
    site.add_class(f"{prefix}-1")
    async with opened(site.connection) as adapter:
        yield Installation(adapter, f"{prefix}-1", "", prefix)


INSTALLATIONS: dict[str, Callable[[], AbstractAsyncContextManager[Installation]]] = {
    "moodle": moodle,
    "moodle with a report": partial(moodle, roster_report_id=SAVED_REPORT),
}
