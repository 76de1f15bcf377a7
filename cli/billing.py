"""`chapterhouse billing …`: what the operator's billing desk does from a terminal, over the API."""

import asyncio
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from core.settings import Settings

if TYPE_CHECKING:
    from cli.billing_runs import Desk

billing = typer.Typer(help="The operator's billing desk.", no_args_is_help=True)

Token = Annotated[
    str, typer.Option("--token", envvar="CHAPTERHOUSE_TOKEN", help="A bearer token; better as a variable.")
]
Url = Annotated[str | None, typer.Option("--url", help="The API; by default the one that these settings serve.")]
First = Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="The first day to bill.")]
Last = Annotated[datetime, typer.Option("--until", formats=["%Y-%m-%d"], help="The last day to bill.")]
Vendor = Annotated[str | None, typer.Option("--vendor", help="Only contracts of this vendor, org_….")]
Association = Annotated[str | None, typer.Option("--association", help="Only contracts of this association, org_….")]
Reason = Annotated[str, typer.Option("--reason", help="Why; it is kept.")]
Run = Annotated[str, typer.Argument(help="The run's id, run_….")]
Most = Annotated[int | None, typer.Option("--most-invoices", help="Stop before more invoices than this.")]
Largest = Annotated[str | None, typer.Option("--largest-total", help="Stop before more than this in a currency.")]


@billing.command()
def preview(
    *, first: First, last: Last, vendor: Vendor = None, association: Association = None, token: Token, url: Url = None
) -> None:
    """Say what a run would bill, in each currency; nothing is written."""
    from cli.billing_runs import told_totals

    _tell(told_totals(_desk(url, token).preview(_scope(first, last, vendor, association))))


@billing.command()
def run(
    *,
    first: First,
    last: Last,
    reason: Reason,
    vendor: Vendor = None,
    association: Association = None,
    draft: Annotated[bool, typer.Option("--draft", help="Write drafts rather than issued invoices.")] = False,
    most_invoices: Annotated[int, typer.Option(help="Stop before more invoices than this.")] = 10_000,
    largest_total: Annotated[str, typer.Option(help="Stop before more than this in a currency.")],
    yes: Annotated[bool, typer.Option("--yes", help="Start without being asked.")] = False,
    detach: Annotated[bool, typer.Option("--detach", help="Do not follow it; print its id alone.")] = False,
    token: Token,
    url: Url = None,
) -> None:
    """Preview a run, ask, start it and follow it; the exit code is 0 when all of it was done."""
    from cli.billing_runs import flawless, told_of, told_totals

    desk, scope = _desk(url, token), _scope(first, last, vendor, association)
    totals = desk.preview(scope)
    if not yes or not detach:
        _tell(told_totals(totals), err=True)
    if not yes:
        typer.confirm(f"{'Draft' if draft else 'Issue'} these invoices?", abort=True, err=True)
    limits = {"mostInvoices": most_invoices, "largestTotal": largest_total}
    started = desk.steer("Start", {**scope, **limits, "mode": "DRAFT" if draft else "ISSUE", "reason": reason})
    if detach:
        typer.echo(started["id"])
        return
    ended = desk.watch(started["id"])
    _tell(told_of(ended))
    sys.exit(0 if flawless(ended) else 1)


@billing.command()
def status(run: Run, *, token: Token, url: Url = None) -> None:
    """Say where a run stands."""
    from cli.billing_runs import told_of

    _tell(told_of(_desk(url, token).one(run)))


@billing.command()
def watch(run: Run, *, token: Token, url: Url = None) -> None:
    """Show how far a run is, until it rests; the exit code is 0 when all of it was done."""
    from cli.billing_runs import flawless, told_of

    ended = _desk(url, token).watch(run)
    _tell(told_of(ended))
    sys.exit(0 if flawless(ended) else 1)


@billing.command()
def pause(run: Run, *, reason: Reason, token: Token, url: Url = None) -> None:
    """Let a run wait after the chunk that is being billed."""
    from cli.billing_runs import told_of

    _tell(told_of(_desk(url, token).steer("Pause", {"runId": run, "reason": reason})))


@billing.command()
def resume(
    run: Run,
    *,
    reason: Reason,
    most_invoices: Most = None,
    largest_total: Largest = None,
    token: Token,
    url: Url = None,
) -> None:
    """Let a run that waits or was stopped go on, if need be with wider limits."""
    from cli.billing_runs import told_of

    limits = {"mostInvoices": most_invoices, "largestTotal": largest_total}
    _tell(told_of(_desk(url, token).steer("Resume", {"runId": run, "reason": reason, **limits})))


@billing.command()
def cancel(run: Run, *, reason: Reason, token: Token, url: Url = None) -> None:
    """End a run before its end; what it billed stays billed."""
    from cli.billing_runs import told_of

    _tell(told_of(_desk(url, token).steer("Cancel", {"runId": run, "reason": reason})))


@billing.command()
def ask_stripe() -> None:
    """Ask Stripe once for messages that did not come, for what is open, and for changes of the balance."""
    from cli.asking_stripe import ask_stripe as ask

    typer.echo(asyncio.run(ask(Settings.load())))


def _desk(url: str | None, token: str) -> "Desk":
    from cli.billing_runs import Desk

    return Desk(url or f"{Settings.load().issuer}/graphql", token)


def _scope(first: datetime, last: datetime, vendor: str | None, association: str | None) -> dict[str, object]:
    period = {"startsOn": f"{first:%Y-%m-%d}", "endsOn": f"{last:%Y-%m-%d}"}
    return {"period": period, "vendorId": vendor, "associationId": association}


def _tell(lines: list[str], *, err: bool = False) -> None:
    for line in lines:
        typer.echo(line, err=err)
