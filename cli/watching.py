"""A bar that follows a job on an LMS while it runs, as any client may: by the API's own subscription."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import httpx2
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from core.hindrance import Hindrance

JOB = """subscription($id: ID!) { lmsJob(id: $id) { operation status waitMessage totalCount appliedCount alreadySoCount
  rejectedCount unknownCount staleCount skippedCount site { name } } }"""
COUNTS = ("applied", "alreadySo", "rejected", "unknown", "stale", "skipped")
OPEN = ("applied", "alreadySo", "rejected", "stale", "skipped")
"""What has an outcome; of what is unknown it is still to be found out."""
ENDED = ("DONE", "CANCELLED")
SECONDS_BEFORE_ASKING_AGAIN = 2
SILENCE_SECONDS = 60
"""The server shows at least every twelve seconds that it is there."""


def watch(job: str, *, url: str, token: str) -> int:
    """Show how far a job is until it has ended; 0 when it was done and nothing of it is unknown or was refused.

    Refused with Hindrance: a job that there is not, or that the token may not see. A server that goes away is waited
    for.
    """
    console = Console(stderr=True)
    shown = Progress(
        TextColumn("[bold]{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[told]}"),
        console=console,
    )
    with shown:
        bar = shown.add_task(job, total=None, told="")
        last: dict[str, Any] = {}
        for last in _followed(job, url, token):
            done = sum(last[f"{name}Count"] for name in OPEN)
            shown.update(
                bar,
                description=f"{_words(last['operation'])} on {last['site']['name']}",
                completed=done,
                total=last["totalCount"],
                told=_told(last),
            )
            if last["status"] in ENDED:
                break
    summary = ", ".join(f"{last[f'{name}Count']} {_words(name)}" for name in COUNTS if last[f"{name}Count"])
    console.print(f"{_words(last['status'])}: {summary or 'nothing to do'}")
    flawless = last["status"] == "DONE" and not last["rejectedCount"] and not last["unknownCount"]
    return 0 if flawless else 1


def _followed(job: str, url: str, token: str) -> Iterator[dict[str, Any]]:
    """Yield the job at once and whenever it has changed, however often the connection is lost."""
    while True:
        with suppress(httpx2.TransportError):
            yield from _streamed(job, url, token)
        time.sleep(SECONDS_BEFORE_ASKING_AGAIN)


def _streamed(job: str, url: str, token: str) -> Iterator[dict[str, Any]]:
    headers = {"authorization": f"Bearer {token}", "accept": "text/event-stream"}
    asked = {"query": JOB, "variables": {"id": job}}
    with httpx2.stream("POST", url, json=asked, headers=headers, timeout=SILENCE_SECONDS) as response:
        if response.headers.get("content-type") != "text/event-stream":
            response.read()
            raise Hindrance(f"{url} refuses: {_errors(response.text)}")
        for line in response.iter_lines():
            if line.startswith("data: "):
                yield _job(json.loads(line.removeprefix("data: ")), job)


def _job(answer: dict[str, Any], job: str) -> dict[str, Any]:
    if "errors" in answer:
        raise Hindrance(f"the job cannot be followed: {_errors(json.dumps(answer))}")
    found: dict[str, Any] | None = answer["data"]["lmsJob"]
    if found is None:
        raise Hindrance(f"there is no job {job}, or this token may not see it")
    return found


def _errors(text: str) -> str:
    try:
        return "; ".join(error["message"] for error in json.loads(text)["errors"])
    except (ValueError, KeyError, TypeError):
        return text[:200]


def _told(job: dict[str, Any]) -> str:
    if job["waitMessage"]:
        return f"[yellow]{_words(job['status'])}: {job['waitMessage']}"
    wrong = [
        f"{job[f'{name}Count']} {_words(name)}" for name in ("rejected", "unknown", "stale") if job[f"{name}Count"]
    ]
    return f"[red]{', '.join(wrong)}" if wrong else ""


def _words(name: str) -> str:
    if name.isupper() or "_" in name:
        return name.replace("_", " ").lower()
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name)
