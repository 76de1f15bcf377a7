"""`chapterhouse lms …`: what an operator does about the association's learning-management systems."""

import asyncio

import typer

from core.settings import Settings

lms = typer.Typer(help="Administering associations' learning-management systems.", no_args_is_help=True)


@lms.command()
def rotate_keys() -> None:
    """Wrap every stored credential under the first key of CREDENTIAL_KEYS, so that the others can be taken away."""
    from cli.rotating import rotate_credential_keys

    typer.echo(asyncio.run(rotate_credential_keys(Settings.load())))
