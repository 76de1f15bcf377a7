"""What the demo's LMS administration came to: the import, its evidence, and the way from a learner to the invoice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rich import box
from rich.table import Table
from rich.text import Text

from demo.administration import LEARNER

if TYPE_CHECKING:
    from rich.console import Console

    from demo.administration import Administered, Lms
    from demo.office import Office

PIPED_WIDTH: Final = 100
READER: Final = "association.owner"
"""Who may see both: learners, and what they cost."""

TRACE: Final = """query($contract: ID!, $member: String!) {
  lmsTrace(contractId: $contract, memberNumber: $member, first: 1) { nodes {
    sequence action outcome verification hash actedBy { name organizationName } onBehalfOf lmsSystem lmsVersion
    subject { memberNumber before after }
    job { operation plan { reason planHash } }
    workRecord { quantity line { title unitPrice { amount } } decision { decidedBy { name } }
      invoiceLines { quantity amount { amount currencyCode } invoice { number } } }
  } }
}"""


def print_administration(console: Console, office: Office, lms: Lms, done: Administered) -> None:
    """Print it, read over HTTP as the association's owner."""
    if not console.is_terminal:
        console.width = PIPED_WIDTH
    found = office.ask(READER, TRACE, contract=done.contract_id, member=LEARNER)
    (act,) = found["lmsTrace"]["nodes"]
    which = "a strict double of Moodle 4.5 over HTTP" if lms.is_double else "the Moodle that LMS_URL names"
    console.print(f"\n[bold]A roster imported[/] into {which}, {lms.url}")
    console.print(_imports(done))
    console.print(_trace(act))


def _imports(done: Administered) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in ("", "planned", "applied", "already so", "units billed"):
        table.add_column(heading, justify="left" if not heading else "right")
    for name, plan, job in (("first time", done.plan, done.job), ("again", done.plan_again, done.again)):
        planned = f"{plan['createCount']} to create, {plan['updateCount']} to change"
        units = sum((float(record["quantity"]) for record in job["workRecords"]), 0.0)
        table.add_row(name, planned, str(job["appliedCount"]), str(job["alreadySoCount"]), f"{units:g}")
    return table


def _trace(act: dict[str, Any]) -> Table:
    """From the learner to the line of the invoice, one statement, a step a row."""
    record = act["workRecord"]
    (line,) = record["invoiceLines"]
    price, total = record["line"]["unitPrice"]["amount"], line["amount"]
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    who = f"{act['actedBy']['name']} of {act['actedBy']['organizationName']}, for {act['onBehalfOf']}"
    evidence = f"act {act['sequence']} of the contract's chain, {act['hash'][:16]}…, {act['verification'].lower()}"
    table.add_row("\nlearner", Text(f"\n{act['subject']['memberNumber']}", "bold"))
    table.add_row("act", f"{act['action'].lower()}, {act['outcome'].lower()} by {who}".replace("_", " "))
    table.add_row("evidence", evidence.replace("_", " "))
    table.add_row("plan", f"{act['job']['plan']['reason']}, {act['job']['plan']['planHash'][:16]}…")
    by = record["decision"]["decidedBy"]["name"]
    table.add_row("work", f"{record['quantity']} units on “{record['line']['title']}”, accepted by {by}")
    billed = f"{line['invoice']['number']}: {line['quantity']} x {price} = {total['amount']} {total['currencyCode']}"
    table.add_row("invoice", Text(billed, "bold"))
    return table
