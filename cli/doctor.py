"""A look at everything a server needs, each with what to mend."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path

from rich.console import Console

from cli.migrating import behind
from core.connecting import connected
from core.database_roles import BATCH, unfit_to_serve
from core.database_url import without_password
from core.hindrance import Hindrance
from core.sealing import master_keys
from core.settings import ConfigurationError, Settings

EXTENSIONS = {"pg_trgm", "btree_gist"}
PRIVATE = 0o077

Check = Callable[[Settings], Coroutine[None, None, str]]


def examine() -> int:
    """Print each check with its finding, or with what to mend; 1 if something is wrong."""
    console = Console(highlight=False, soft_wrap=True)
    try:
        settings = Settings.load()
    except ConfigurationError as error:
        console.print(f"[red]✗[/] configuration: {error}", markup=True)
        return 1
    console.print("[green]✓[/] configuration")
    wrong = 0
    for name, check in _checks(settings):
        try:
            finding = asyncio.run(check(settings))
            console.print(f"[green]✓[/] {name}", finding, markup=True)
        except Hindrance as hindrance:
            wrong += 1
            console.print(f"[red]✗[/] {name}: ", end="")
            console.print(str(hindrance), markup=False)
    console.print("Nothing to mend." if not wrong else f"{wrong} to mend.")
    return 1 if wrong else 0


def _checks(settings: Settings) -> Iterator[tuple[str, Check]]:
    yield "database", _database
    if settings.database_url is not None:
        yield "serving role", _serving_role
        yield "batch role", _batch_role
        yield "extensions", _extensions
        yield "migrations", _migrations
    if settings.migration_database_url is not None:
        yield "owner", _owner
    yield "signing keys", _signing_keys
    yield "credential keys", _credential_keys
    yield "evidence", _evidence
    yield "payments", _payments


async def _database(settings: Settings) -> str:
    async with connected(settings.app_url, variable="DATABASE_URL") as connection:
        version = await connection.fetchval("show server_version")
    return f"PostgreSQL {version}, {without_password(settings.app_url)}"


async def _serving_role(settings: Settings) -> str:
    async with connected(settings.app_url, variable="DATABASE_URL") as connection:
        if unfit := await unfit_to_serve(connection):
            raise Hindrance(unfit)
    return "sees what its actor sees"


async def _batch_role(settings: Settings) -> str:
    async with connected(settings.batch_url, variable="BATCH_DATABASE_URL") as connection:
        member = await connection.fetchval(
            "select to_regrole($1) is not null and pg_has_role(current_user, to_regrole($1), 'MEMBER')", BATCH
        )
    if not member:
        raise Hindrance(f"BATCH_DATABASE_URL connects as a login that is not in {BATCH}: run `chapterhouse migrate`")
    return "sees all rows"


async def _extensions(settings: Settings) -> str:
    async with connected(settings.app_url, variable="DATABASE_URL") as connection:
        found = {row["extname"] for row in await connection.fetch("select extname from pg_extension")}
    if missing := EXTENSIONS - found:
        raise Hindrance(
            f"{', '.join(sorted(missing))} missing: run `chapterhouse migrate`, or let an administrator add it"
        )
    return ", ".join(sorted(EXTENSIONS))


async def _migrations(settings: Settings) -> str:
    if missing := await behind(settings.app_url, variable="DATABASE_URL"):
        raise Hindrance(missing)
    return "current"


async def _owner(settings: Settings) -> str:
    async with connected(settings.owner_url, variable="MIGRATION_DATABASE_URL") as connection:
        if await connection.fetchval("select rolsuper from pg_roles where rolname = current_user"):
            return "a superuser; an owner with CREATEROLE would do"
    return "not a superuser"


async def _signing_keys(settings: Settings) -> str:
    folder = settings.signing_keys_dir
    if not any(folder.glob("*.pem")):
        raise Hindrance(f"SIGNING_KEYS_DIR ({folder}) holds no key: run `chapterhouse rotate-key`")
    for key in folder.iterdir():
        if key.suffix in {".pem", ".keys"} and key.stat().st_mode & PRIVATE:
            raise Hindrance(f"{key} can be read by others: chmod 600")
    return str(folder)


async def _credential_keys(settings: Settings) -> str:
    ids = master_keys(settings).ids
    return f"{ids[0]} seals, {len(ids)} in all" if ids else "none: no LMS can be connected until CREDENTIAL_KEYS is set"


async def _payments(settings: Settings) -> str:
    key = settings.stripe_secret_key.get_secret_value()
    if not key:
        return "by hand alone: no card or debit is taken until STRIPE_SECRET_KEY is set"
    if not settings.stripe_webhook_secrets.get_secret_value():
        return f"through Stripe at {settings.stripe_api_base}; asked every minute, STRIPE_WEBHOOK_SECRETS is not set"
    kind = "a restricted key" if key.startswith("rk_") else "an unrestricted key; a restricted one would do"
    return f"through Stripe at {settings.stripe_api_base}, by {kind}"


async def _evidence(settings: Settings) -> str:
    folder = _existing(settings.evidence_dir)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Hindrance(f"EVIDENCE_DIR ({settings.evidence_dir}) cannot be written to: let this user own it")
    return str(settings.evidence_dir)


def _existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that exists and in which it would be made."""
    folder = folder.absolute()
    return next(place for place in (folder, *folder.parents) if place.exists())
