"""`chapterhouse lms …`: what an operator does about the association's learning-management systems."""

import asyncio
import sys
from typing import Annotated

import typer

from core.settings import Settings

lms = typer.Typer(help="Administering associations' learning-management systems.", no_args_is_help=True)


@lms.command()
def rotate_keys() -> None:
    """Wrap every stored credential under the first key of CREDENTIAL_KEYS, so that the others can be taken away."""
    from cli.rotating import rotate_credential_keys

    typer.echo(asyncio.run(rotate_credential_keys(Settings.load())))


@lms.command()
def watch(
    job: Annotated[str, typer.Argument(help="The job's id, job_….")],
    *,
    token: Annotated[str, typer.Option(envvar="CHAPTERHOUSE_TOKEN", help="A bearer token; better as a variable.")],
    url: Annotated[str | None, typer.Option(help="The API; by default the one that these settings serve.")] = None,
) -> None:
    """Show how far a job is, until it has ended; the exit code is 0 when all of it was done."""
    from cli.watching import watch as follow

    sys.exit(follow(job, url=url or f"{Settings.load().issuer}/graphql", token=token))
