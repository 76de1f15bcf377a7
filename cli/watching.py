"""A bar that follows a job on an LMS while it runs, as any client may: by the API's own subscription."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from cli.asking import followed

JOB = """subscription($id: ID!) { lmsJob(id: $id) { operation status waitMessage totalCount appliedCount alreadySoCount
  rejectedCount unknownCount staleCount skippedCount site { name } } }"""
COUNTS = ("applied", "alreadySo", "rejected", "unknown", "stale", "skipped")
OPEN = ("applied", "alreadySo", "rejected", "stale", "skipped")
"""What has an outcome; of what is unknown it is still to be found out."""
ENDED = ("DONE", "CANCELLED")


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
        for last in followed(JOB, url=url, token=token, id_=job, what="job"):
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
