"""Opening a package in a headless Chromium, where there is one: does each item talk to an LMS, and can all use it?

The browser has no network: every request is answered from the package or not at all, names resolve to nothing, and what
slips past both ends at a proxy that is not there. It knows nothing of the worker's environment. This is the one file
that imports Playwright, and it does so when it is needed.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import structlog

from services.lms_admin.packages.checks.archive import open_archive
from services.lms_admin.packages.checks.rules import Finding, Rule
from services.lms_admin.packages.concluding import Barrier, Launched
from services.lms_admin.packages.pages import DESK, ORIGIN, Pages

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Final

    from playwright.async_api import Browser, Frame, Page, Route, WebSocketRoute

    from services.lms_admin.packages.checks.checking import Checked

PROGRAMS: Final = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS: Final = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--js-flags=--max-old-space-size=256",
)
NOWHERE: Final = "http://127.0.0.1:9"
MOST_ITEMS: Final = 20
SETTLING_SECONDS: Final = 8.0
"""How long an item may take to begin a session and set a status, once its page is there."""
ITEM_SECONDS: Final = 45.0
PACKAGE_SECONDS: Final = 300.0
MOST_BARRIERS: Final = 100
AXE: Final = {
    "preload": False,
    "resultTypes": ["violations", "incomplete"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "section508"],
}
IMPACTS: Final = frozenset({"minor", "moderate", "serious", "critical"})

log = structlog.get_logger(__name__)


async def launch(path: Path, checked: Checked, *, chromium: str, settling: float = SETTLING_SECONDS) -> Launched:
    """Open each item of a package, and scan the page it begins with.

    What cannot be done is a finding, LAUNCH_NOT_CHECKED, with its reason.
    """
    if not checked.is_safe:
        return _not_checked("it is not safe to open")
    if not checked.items or checked.standard is None:
        return _not_checked("there is nothing in it that is known to open")
    program = chromium or next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        return _not_checked("the worker has no Chromium")
    try:
        from playwright.async_api import async_playwright  # noqa: PLC0415  (an optional dependency)
    except ImportError:
        return _not_checked("the worker has no Playwright: it comes with the extra `browser`")
    launched = _Launching(path, checked, settling)
    try:
        async with asyncio.timeout(PACKAGE_SECONDS), async_playwright() as playwright:
            with tempfile.TemporaryDirectory() as home:
                browser = await playwright.chromium.launch(
                    executable_path=program,
                    args=list(FLAGS),
                    chromium_sandbox=os.geteuid() != 0,
                    env={"HOME": home, "PATH": os.defpath},
                    proxy={"server": NOWHERE, "bypass": "<-loopback>"},
                )
                await launched.run(browser)
                await browser.close()
    except Exception:
        # content can break a browser, and the check with it, in more ways than can be named
        log.exception("a package could not be opened")
        return _not_checked("the browser broke off")
    return launched.result()


def _not_checked(reason: str) -> Launched:
    return Launched([Finding(Rule.LAUNCH_NOT_CHECKED, f"it was not opened: {reason}")], unscanned_reason=reason)


class _Launching:
    """Opens the items of one package, one after the other."""

    def __init__(self, path: Path, checked: Checked, settling: float) -> None:
        self._path = path
        self._checked = checked
        self._settling = settling
        self._findings: list[Finding] = []
        self._barriers: list[Barrier] = []
        self._scanned: set[str] = set()
        self._unscanned_reason: str | None = None

    def result(self) -> Launched:
        """What came of it."""
        violations = sum(each.certain for each in self._barriers)
        if violations:
            message = f"a scan found {violations} kinds of barriers; they are listed apart"
            self._findings.append(Finding(Rule.ACCESSIBILITY_VIOLATIONS, message))
        return Launched(self._findings, self._barriers[:MOST_BARRIERS], True, self._unscanned_reason)

    async def run(self, browser: Browser) -> None:
        """Open each item, with nothing left over from the one before it."""
        with self._path.open("rb") as file:
            archive = open_archive(file)
            assert self._checked.standard is not None
            for item in self._checked.items[:MOST_ITEMS]:
                await self._open(browser, Pages(archive, self._checked.standard, item))
        if (left := len(self._checked.items) - MOST_ITEMS) > 0:
            message = f"{left} items were not opened: at most {MOST_ITEMS} are"
            self._findings.append(Finding(Rule.LAUNCH_NOT_CHECKED, message))

    async def _open(self, browser: Browser, pages: Pages) -> None:
        context = await browser.new_context(service_workers="block", accept_downloads=False)
        errors: list[str] = []

        async def answer(route: Route) -> None:
            asked = route.request
            reply = pages.reply(asked.method, asked.url, asked.post_data_buffer)
            if reply is None:
                await route.abort()
            else:
                await route.fulfill(status=reply.status, content_type=reply.content_type, body=reply.body)

        async def refuse(socket: WebSocketRoute) -> None:
            pages.reply("GET", socket.url, None)
            await socket.close()

        await context.route("**/*", answer)
        await context.route_web_socket("**/*", refuse)
        context.on("weberror", lambda error: errors.append(str(error.error)))
        page = await context.new_page()
        try:
            async with asyncio.timeout(ITEM_SECONDS):
                await self._visit(page, pages)
        except TimeoutError:
            message = f"it was not ready within {ITEM_SECONDS:g} seconds"
            self._findings.append(Finding(Rule.LAUNCH_TIMEOUT, message, pages.item.path))
            self._unscanned_reason = f"{pages.item.path} was not ready within its time"
        self._conclude(pages, errors)
        with suppress(TimeoutError):
            async with asyncio.timeout(5):
                await context.close()

    async def _visit(self, page: Page, pages: Pages) -> None:
        """Open an item, wait for what it says, scan it, and leave it."""
        from playwright.async_api import Error  # noqa: PLC0415  (an optional dependency)

        # the desk is loaded once the item within it is
        await page.goto(f"{ORIGIN}{DESK}", timeout=0)
        until = asyncio.get_running_loop().time() + self._settling
        while not (pages.initialised and pages.status) and asyncio.get_running_loop().time() < until:
            await asyncio.sleep(0.1)
            await _hear(page, pages)
        if frame := next((each for each in page.frames if each.parent_frame), None):
            await self._scan(frame, pages)
        with suppress(Error):
            # what is said on leaving counts too
            await page.evaluate("document.getElementById('item').src = 'about:blank'")
            await asyncio.sleep(0.3)
        await _hear(page, pages)

    async def _scan(self, frame: Frame, pages: Pages) -> None:
        from axe_playwright_python.async_playwright import Axe  # noqa: PLC0415  (an optional dependency)
        from playwright.async_api import Error  # noqa: PLC0415  (the same)

        if pages.item.path in self._scanned:
            return
        self._scanned.add(pages.item.path)
        try:
            found = (await Axe().run(frame, options=AXE)).response
            self._barriers += _barriers(found["violations"], pages.item.path, certain=True)
            self._barriers += _barriers(found["incomplete"], pages.item.path, certain=False)
        except (Error, KeyError, TypeError, AttributeError, ValueError):
            # what the page's own scripts have made of the scan is no answer
            self._unscanned_reason = f"{pages.item.path} could not be scanned"

    def _conclude(self, pages: Pages, errors: Sequence[str]) -> None:
        file, note = pages.item.path, self._findings.append
        if pages.initialised:
            note(Finding(Rule.LAUNCH_INITIALISED, "it began a session with the LMS", file))
        elif pages.item.reports:
            note(Finding(Rule.LAUNCH_NOT_INITIALISED, "it began no session with the LMS", file))
        if pages.initialised and not pages.status:
            note(Finding(Rule.LAUNCH_NO_STATUS, "it set no status; a learner may have to do something first", file))
        for host in pages.outside_hosts:
            note(Finding(Rule.LAUNCH_OUTSIDE_HOST, f"it asked {host} for something, and got nothing", file))
        for name in pages.missing_files[:10]:
            note(Finding(Rule.LAUNCH_MISSING_FILE, f"it asked for {name}, which is not in the package", file))
        for error in dict.fromkeys(errors[:5]):
            note(Finding(Rule.LAUNCH_ERROR, f"a script failed: {error.splitlines()[0][:300] if error else ''}", file))


async def _hear(page: Page, pages: Pages) -> None:
    """Take over what the recorder was told."""
    from playwright.async_api import Error  # noqa: PLC0415  (an optional dependency)

    with suppress(Error):
        # the content can reach it too, and make anything of it
        told = await page.evaluate("[told.initialised === true, told.status === true]")
        if isinstance(told, list) and len(told) == 2:  # noqa: PLR2004  (as asked for)
            pages.initialised |= told[0] is True
            pages.status |= told[1] is True


def _barriers(found: Sequence[dict[str, Any]], file: str, *, certain: bool) -> list[Barrier]:
    """Read what a scan says; the page could have written it, so it is text and no more."""
    return [
        Barrier(
            certain,
            str(each["id"])[:100],
            each["impact"] if each["impact"] in IMPACTS else None,
            str(each["help"])[:500],
            str(each["helpUrl"])[:500],
            file,
            len(each["nodes"]) or 1,
            " ".join(map(str, each["nodes"][0]["target"]))[:500] if each["nodes"] else None,
            tuple(tag for tag in map(str, each["tags"][:20]) if tag.startswith(("wcag", "section508."))),
        )
        for each in found[:MOST_BARRIERS]
    ]
