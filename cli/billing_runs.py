"""Billing runs from the command line: previewed, started once somebody has said yes, followed as a bar, and steered."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from cli.asking import ask, followed
from core.hindrance import Hindrance

TOTALS = "totals { currencyCode invoiceCount subtotal { amount } }"
RUN = f"""id mode status stopMessage totalCount billedCount nothingCount refusedCount {TOTALS}
  servicePeriod {{ startsOn endsOn }}"""
PREVIEW = f"""query($period: PeriodInput!, $vendorId: ID, $associationId: ID) {{
  billingRunPreview(period: $period, vendorId: $vendorId, associationId: $associationId) {{ {TOTALS} }} }}"""
ONE = f"query($id: ID!) {{ billingRun(id: $id) {{ {RUN} }} }}"
FOLLOWED = f"subscription($id: ID!) {{ billingRun(id: $id) {{ {RUN} }} }}"
STEER = """mutation($input: {act}BillingRunInput!) {{ {field}BillingRun(input: $input) {{
  run {{ {run} }} userErrors {{ field message }} }} }}"""
SETTLED = ("billed", "nothing", "refused")
RESTING = ("DONE", "CANCELLED", "STOPPED", "PAUSED")
"""Where nothing more happens before somebody asks for it."""


class Desk:
    """The API, as the holder of a token asks it."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url
        self.token = token

    def preview(self, given: dict[str, Any]) -> list[dict[str, Any]]:
        """What a run would bill in each currency; refused with Hindrance unless the token may start one."""
        starts_on, ends_on = given["period"]["startsOn"], given["period"]["endsOn"]
        if ends_on < starts_on:
            raise Hindrance(f"the period ends on {ends_on}, before it starts on {starts_on}")
        asked = {name: value for name, value in given.items() if name in ("period", "vendorId", "associationId")}
        found = ask(PREVIEW, url=self.url, token=self.token, **asked)
        if found is None:
            raise Hindrance("only the operator's BILLING_ADMIN may preview a billing run: this token is not one's")
        totals: list[dict[str, Any]] = found["totals"]
        return totals

    def one(self, run: str) -> dict[str, Any]:
        """A run; refused with Hindrance when there is none, or the token may not see it."""
        found: dict[str, Any] | None = ask(ONE, url=self.url, token=self.token, id=run)
        if found is None:
            raise Hindrance(f"there is no billing run {run}, or this token may not see it")
        return found

    def steer(self, act: str, given: dict[str, Any]) -> dict[str, Any]:
        """Start, Pause, Resume or Cancel; refused with Hindrance as the API refuses it."""
        mutation = STEER.format(act=act, field=act.lower(), run=RUN)
        run: dict[str, Any] = ask(mutation, url=self.url, token=self.token, input=given)["run"]
        return run

    def watch(self, run: str) -> dict[str, Any]:
        """Show how far a run is until it rests; returns it."""
        shown = Progress(
            TextColumn("[bold]{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[told]}"),
            console=Console(stderr=True),
        )
        last: dict[str, Any] = {}
        with shown:
            bar = shown.add_task(run, total=None, told="")
            for last in followed(FOLLOWED, url=self.url, token=self.token, id_=run, what="billing run"):
                done = sum(last[f"{name}Count"] for name in SETTLED)
                period = last["servicePeriod"]
                shown.update(
                    bar,
                    description=f"{period['startsOn']} to {period['endsOn']}",
                    completed=done,
                    total=last["totalCount"],
                    told=f"[red]{last['refusedCount']} refused" if last["refusedCount"] else "",
                )
                if last["status"] in RESTING:
                    break
        return last


def told_of(run: dict[str, Any]) -> list[str]:
    """A run in lines: where it stands, what came of its contracts, and what it has billed."""
    counts = ", ".join(f"{run[f'{name}Count']} {word}" for name, word in zip(SETTLED, WORDS, strict=True))
    stands = f"{run['id']} is {run['status']}: {counts} of {run['totalCount']} contracts"
    stopped = [run["stopMessage"]] if run["stopMessage"] else []
    return [stands, *stopped, *told_totals(run["totals"])]


WORDS = ("billed", "with nothing to bill", "refused")


def told_totals(totals: list[dict[str, Any]]) -> list[str]:
    """Count and total in each currency."""
    return [
        f"{total['currencyCode']} {Decimal(total['subtotal']['amount']):,f} net of tax on {total['invoiceCount']} "
        f"invoice{'' if total['invoiceCount'] == 1 else 's'}"
        for total in totals
    ] or ["nothing to bill"]


def flawless(run: dict[str, Any]) -> bool:
    """Whether all of it was done and nothing of it was refused."""
    return run["status"] == "DONE" and not run["refusedCount"]
