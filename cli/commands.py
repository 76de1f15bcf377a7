"""Every command, with what it takes; what it does is in the file of its name.

Each imports its work when it is called: `chapterhouse token` is typed often and should not wait for the rest.
"""

import asyncio
import sys
from typing import Annotated

import typer

from cli.billing import billing
from cli.lms import lms
from core.hindrance import Hindrance
from core.settings import Settings

app = typer.Typer(
    help="Chapterhouse: contract BPO vendors, follow the work, see cost, margin and price.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(billing, name="billing")
app.add_typer(lms, name="lms")
WithParent = Annotated[bool, typer.Option("--with-parent", hidden=True)]


def main() -> None:
    """Run the command; what stands in its way is told in one line."""
    try:
        app()
    except Hindrance as hindrance:
        sys.stderr.write(f"chapterhouse: {hindrance}\n")
        sys.exit(1)


@app.command()
def serve(*, with_parent: WithParent = False) -> None:
    """Serve the API on HOST and PORT, as the role of DATABASE_URL."""
    from cli.children import end_with_parent
    from cli.serve import serve as run

    if with_parent:
        end_with_parent()
    run(Settings.load())


@app.command()
def worker(*, with_parent: WithParent = False) -> None:
    """Do the background work, as the role of DATABASE_URL."""
    from cli.children import end_with_parent
    from core.log import configure_logging
    from worker.main import run

    if with_parent:
        end_with_parent()
    settings = Settings.load()
    configure_logging(settings.log_level)
    asyncio.run(run(settings))


@app.command()
def run() -> None:
    """Serve and work from this folder, with data that stay: an embedded PostgreSQL, unless DATABASE_URL is set."""
    from cli.run import run as go

    sys.exit(go(Settings.load(running=False)))


@app.command()
def demo(*, once: Annotated[bool, typer.Option(help="Stop after the report.")] = False) -> None:
    """Set up a marketplace, play the journey against it over HTTP, print the report, and keep serving."""
    from cli.demo import demo as play

    sys.exit(play(Settings.load(running=False), once=once))


@app.command()
def migrate(
    *,
    down_to: Annotated[str | None, typer.Option(help="Downgrade to this version instead; `base`: to nothing.")] = None,
) -> None:
    """Bring the database of MIGRATION_DATABASE_URL to this code's version, and make the logins that are missing."""
    from cli.migrating import migrate as bring

    made = bring(Settings.load(), down_to=down_to)
    typer.echo("The database is up to date." if down_to is None else f"The database is at {down_to}.")
    if made:
        typer.echo(f"Made the logins {', '.join(made)}.")


@app.command()
def found(
    *,
    name: Annotated[str, typer.Option(help="The operator's name, as invoices and contracts show it.")],
    country: Annotated[str, typer.Option(help="Its country, ISO 3166-1 alpha-2, such as US.")],
    time_zone: Annotated[str, typer.Option(help="Its time zone, such as America/New_York.")],
    platform_fee: Annotated[str, typer.Option(help="The platform fee in percent of the price, such as 3.00.")],
    owner_name: Annotated[str, typer.Option(help="Who becomes its first OWNER.")],
    owner_email: Annotated[str, typer.Option(help="Their e-mail address.")],
    again: Annotated[
        bool, typer.Option("--again", help="Correct the founding, with a new code, while nobody has joined.")
    ] = False,
) -> None:
    """Begin a marketplace of your own: its operator, and the code that makes its first OWNER a member."""
    from cli.founding import found as begin

    told = begin(
        Settings.load(),
        name=name,
        country_code=country,
        time_zone=time_zone,
        platform_fee_percent=platform_fee,
        owner_name=owner_name,
        owner_email=owner_email,
        again=again,
    )
    typer.echo(asyncio.run(told))


@app.command()
def verify(
    contract: Annotated[
        str | None, typer.Argument(help="One contract's id, con_…; without it, every contract.")
    ] = None,
) -> None:
    """Walk the hash chains of books, acts and credits, and add up the postings; a line for each fault, 1 if any."""
    from cli.verifying import verify_books

    sys.exit(asyncio.run(verify_books(Settings.load(), contract)))


@app.command()
def token(
    seat: Annotated[str, typer.Argument(help="Such as association.finance; tests/journeys/README.md has all.")],
) -> None:
    """Print the bearer token of a demo seat, and nothing else."""
    from demo.seats import token as of_seat

    typer.echo(of_seat(Settings.load(), seat))


@app.command()
def doctor() -> None:
    """Check configuration, database, roles, migrations, keys and folders; say what to mend."""
    from cli.doctor import examine

    sys.exit(examine())


@app.command()
def schema(
    *,
    sql: Annotated[bool, typer.Option("--sql", help="The database's schema instead of the API's.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Compare with the committed file; 1 if it differs.")] = False,
    write: Annotated[bool, typer.Option("--write", help="Write the committed file anew.")] = False,
) -> None:
    """Print the public API's schema."""
    from cli.snapshots import snapshot

    sys.exit(snapshot(sql=sql, check=check, write=write))


@app.command()
def rotate_key() -> None:
    """Sign tokens with a new key from now on; the earlier ones stay published until their tokens have expired."""
    from services.identity.signing_keys import rotate

    typer.echo(f"Tokens are signed with {rotate(Settings.load().signing_keys_dir)} from now on.")


@app.command()
def retire_key(
    kid: Annotated[str, typer.Argument(help="The key's id, as /.well-known/jwks.json and `rotate-key` show it.")],
) -> None:
    """Remove a signing key at once, as when it has leaked: what it signed ends within a minute."""
    from services.identity.signing_keys import retire

    if not retire(Settings.load().signing_keys_dir, kid):
        raise Hindrance(f"there is no signing key {kid}: /.well-known/jwks.json lists those there are")
    typer.echo(f"{kid} is retired.")


simulating = typer.Typer(help="Serve a double of an outside system on loopback.", no_args_is_help=True)
app.add_typer(simulating, name="simulate")


@simulating.command()
def moodle(
    *,
    port: Annotated[int, typer.Option(help="The TCP port to listen on.", min=1, max=65535)] = 8851,
    door: Annotated[
        str | None, typer.Option(help="Bind the control door to this path; otherwise there is none.")
    ] = None,
    with_parent: WithParent = False,
) -> None:
    """Serve a strict double of Moodle 4.5's web services; nothing that it is told is kept."""
    from cli.children import end_with_parent
    from cli.simulating import moodle as simulate

    if with_parent:
        end_with_parent()
    simulate(port=port, door=door)


@simulating.command()
def stripe(
    *,
    port: Annotated[int, typer.Option(help="The TCP port to listen on.", min=1, max=65535)] = 8852,
    door: Annotated[
        str | None, typer.Option(help="Bind the control door to this path; otherwise there is none.")
    ] = None,
    webhook: Annotated[str | None, typer.Option(help="Tell this URL of every event.")] = None,
    webhook_secret: Annotated[
        str | None, typer.Option(help="Sign events with this secret rather than a fresh one.")
    ] = None,
    with_parent: WithParent = False,
) -> None:
    """Serve a strict double of the parts of Stripe that billing needs; nothing that it is told is kept."""
    from cli.children import end_with_parent
    from cli.simulating import stripe as simulate

    if with_parent:
        end_with_parent()
    simulate(port=port, door=door, webhook=webhook, webhook_secret=webhook_secret)


@app.command(hidden=True)
def clean() -> None:
    """Remove what embedded servers left outside this folder: `make clean`."""
    from cli.local import forget

    forget()
