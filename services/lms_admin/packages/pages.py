"""What a browser is shown while a package is opened: its own files, an API that only records, and nothing else.

The recorder answers as an LMS would to a learner's first attempt, and keeps what it is told. It judges neither values
nor order: that content talks to an LMS is seen by it, that it does so by the book is not.
"""

from __future__ import annotations

import json
import mimetypes
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlencode, urlsplit

from services.lms_admin.packages.checks.manifests import Standard

if TYPE_CHECKING:
    from typing import Final

    from services.lms_admin.packages.checks.archive import Archive
    from services.lms_admin.packages.checks.manifests import Item

HOST: Final = "package.invalid"
ORIGIN: Final = f"https://{HOST}"
DESK: Final = "/.launch"
LRS: Final = "/.lrs/"
LARGEST_FILE_BYTES: Final = 32 * 1024 * 1024
ACTOR: Final = {"objectType": "Agent", "account": {"homePage": ORIGIN, "name": "learner"}}
REGISTRATION: Final = "6f1d9f3e-0b5c-4c43-9d0e-3c1f0a7c5e11"
ENDS: Final = ("completed", "passed", "failed", "terminated")
"""Verbs by which xAPI content says how it went."""

DESK_PAGE: Final = """<!doctype html><meta charset="utf-8"><title>Launch</title><script>
const told = {initialised: false, status: false};
const first = {"cmi.core.lesson_status": "not attempted", "cmi.core.entry": "ab-initio", "cmi.core.credit": "credit",
  "cmi.core.lesson_mode": "normal", "cmi.completion_status": "unknown", "cmi.success_status": "unknown",
  "cmi.entry": "ab-initio", "cmi.credit": "credit", "cmi.mode": "normal", "cmi._version": "1.0"};
const kept = {};
const begin = () => { told.initialised = true; return "true"; };
const get = key => key.endsWith("._count") ? "0" : String(kept[key] ?? first[key] ?? "");
const set = (key, value) => {
  kept[key] = value;
  if (/^cmi\\.(core\\.lesson_status|completion_status|success_status)$/.test(key)) told.status = true;
  return "true";
};
const yes = () => "true", zero = () => "0", nothing = () => "";
if (VERSION === 1) window.API = {LMSInitialize: begin, LMSFinish: yes, LMSGetValue: get, LMSSetValue: set,
  LMSCommit: yes, LMSGetLastError: zero, LMSGetErrorString: nothing, LMSGetDiagnostic: nothing};
if (VERSION === 2) window.API_1484_11 = {Initialize: begin, Terminate: yes, GetValue: get, SetValue: set,
  Commit: yes, GetLastError: zero, GetErrorString: nothing, GetDiagnostic: nothing};
</script><iframe id="item" title="Item" width="1024" height="700" src=ADDRESS></iframe>"""


@dataclass(slots=True)
class Reply:
    """What the browser gets."""

    status: int = 200
    content_type: str = "text/plain"
    body: bytes = b""


@dataclass(slots=True)
class Pages:
    """The pages of one item of a package; keeps what was asked for in vain, and what the LRS was told."""

    archive: Archive
    standard: Standard
    item: Item
    outside_hosts: list[str] = field(default_factory=list)
    missing_files: list[str] = field(default_factory=list)
    initialised: bool = False
    status: bool = False

    def reply(self, method: str, address: str, body: bytes | None) -> Reply | None:
        """Answer a request; None for what is kept from the content."""
        try:
            parts = urlsplit(address)
            host = parts.hostname or address
        except ValueError:
            return None
        if parts.netloc != HOST:
            if parts.scheme in ("http", "https", "ws", "wss"):
                _note(self.outside_hosts, host)
            return None
        if parts.path == DESK:
            return Reply(content_type="text/html", body=self._desk().encode())
        if parts.path.startswith(LRS):
            return self._lrs(method, parts.path.removeprefix(LRS), body or b"")
        return self._file(unquote(parts.path).removeprefix("/"))

    def _desk(self) -> str:
        version = {Standard.SCORM_12: "1", Standard.CMI5: "0", Standard.XAPI: "0"}.get(self.standard, "2")
        address = json.dumps(self._address()).replace("<", "%3C").replace(">", "%3E")
        return DESK_PAGE.replace("VERSION", version).replace("ADDRESS", address)

    def _address(self) -> str:
        query = self.item.query
        if self.standard in (Standard.CMI5, Standard.XAPI):
            lrs, cmi5 = f"{ORIGIN}{LRS}", self.standard == Standard.CMI5
            told = {"endpoint": lrs, "actor": json.dumps(ACTOR), "registration": REGISTRATION}
            told |= {"fetch": f"{lrs}fetch"} if cmi5 else {"auth": "Basic bm9ib2R5Om5vdGhpbmc="}
            told |= {"activityId" if cmi5 else "activity_id": self.item.identifier}
            query += ("&" if query else "?") + urlencode(told, quote_via=quote)
        return f"{ORIGIN}/{quote(self.item.path)}{query}"

    def _lrs(self, method: str, path: str, body: bytes) -> Reply:
        """Answer as a record store would that has only just heard of the learner."""
        if path == "fetch":
            return _json({"auth-token": "bm9ib2R5Om5vdGhpbmc="})
        if path.startswith("statements") and method in ("PUT", "POST"):
            self._hear(body)
            return Reply(204) if method == "PUT" else _json([REGISTRATION])
        if path.startswith("activities/state") and method == "GET" and self.standard == Standard.CMI5:
            activity = {"contextActivities": {"grouping": [{"id": f"{ORIGIN}/course"}]}}
            return _json({"contextTemplate": activity, "launchMode": "Normal", "moveOn": "CompletedOrPassed"})
        return Reply(404) if method == "GET" else Reply(204)

    def _hear(self, body: bytes) -> None:
        try:
            said = json.loads(body)
            verbs = [str(each["verb"]["id"]) for each in (said if isinstance(said, list) else [said])]
        except (ValueError, KeyError, TypeError):
            return
        self.initialised |= bool(verbs)
        self.status |= any(verb.endswith(ENDS) for verb in verbs)

    def _file(self, name: str) -> Reply | None:
        entry = self.archive.by_name.get(name)
        if entry is None or entry.is_folder:
            if name != "favicon.ico":
                _note(self.missing_files, name)
            return Reply(404)
        if entry.expanded_bytes > LARGEST_FILE_BYTES:
            return None
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return Reply(200, kind, b"".join(self.archive.pieces(entry)))


def _json(value: object) -> Reply:
    return Reply(200, "application/json", json.dumps(value).encode())


def _note(noted: list[str], what: str) -> None:
    if what not in noted and len(noted) < 50:  # noqa: PLR2004  (more than anybody reads)
        noted.append(what[:300])
