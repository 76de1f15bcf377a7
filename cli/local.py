"""Running from a folder: its database, its keys, and the note that tells other shells where they are."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.database_url import asyncpg_url
from core.embedded import EmbeddedPostgres
from core.embedded.place import forget as forget_place
from core.sealing import make_key_file
from core.settings import RUNNING_FILE, Settings

LOCAL = Path(".data")


@contextmanager
def local_settings(settings: Settings, name: str, *, keep: bool) -> Iterator[Settings]:
    """The settings of a process run from this folder, below `.data/NAME`, while its database runs.

    Without DATABASE_URL an embedded PostgreSQL is started, and its data are kept or thrown away afterwards.
    """
    folder = (LOCAL / name).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    # What the environment says wins over what this folder would choose.
    chosen = settings.model_dump(exclude_unset=True)
    files = {"signing_keys_dir": folder / "keys", "evidence_dir": folder / "evidence"}
    if settings.database_url is not None:
        with _noted(_able_to_seal(files | chosen)) as noted:
            yield noted
        return
    with EmbeddedPostgres(folder / "postgres", durable=keep) as postgres, _kept(list(files.values()), keep=keep):
        urls = {"database_url": postgres.app_url, "migration_database_url": postgres.owner_url}
        with _noted(_able_to_seal(files | chosen | urls)) as noted:
            yield noted


def environment(settings: Settings) -> dict[str, str]:
    """The variables with which another process of ours comes to the same settings."""
    variables = {
        "DATABASE_URL": settings.app_url,
        "BATCH_DATABASE_URL": settings.batch_url,
        "HOST": settings.host,
        "PORT": str(settings.port),
        "PUBLIC_URL": settings.issuer,
        "SIGNING_KEYS_DIR": str(settings.signing_keys_dir),
        "EVIDENCE_DIR": str(settings.evidence_dir),
        "ALLOW_LOOPBACK_LMS": str(settings.allow_loopback_lms).lower(),
        "LOG_LEVEL": settings.log_level,
    }
    if settings.allow_loopback_stripe:
        # of a double: a key of Stripe's stays in the environment that it came from
        variables |= {
            "STRIPE_SECRET_KEY": settings.stripe_secret_key.get_secret_value(),
            "STRIPE_WEBHOOK_SECRETS": settings.stripe_webhook_secrets.get_secret_value(),
            "STRIPE_API_BASE": settings.stripe_api_base,
            "ALLOW_LOOPBACK_STRIPE": "true",
            "PAYMENT_RETURN_URL": settings.payment_return_url,
        }
    if settings.migration_database_url is not None:
        variables["MIGRATION_DATABASE_URL"] = asyncpg_url(settings.owner_url)
    return variables


def forget() -> None:
    """Remove what embedded servers of this folder left outside of it."""
    for name in ("demo", "run"):
        forget_place(LOCAL / name / "postgres")


def say(words: str) -> None:
    """Tell whoever watches what is being done."""
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


def _able_to_seal(values: dict[str, object]) -> Settings:
    """The settings, with a key for credentials made where the environment names none."""
    settings = Settings.model_validate(values)
    if not settings.credential_keys.get_secret_value():
        make_key_file(settings.signing_keys_dir)
    return settings


@contextmanager
def _kept(folders: list[Path], *, keep: bool) -> Iterator[None]:
    """Folders that stay only if their database does; one that was killed could not take them along."""
    try:
        _remove([] if keep else folders)
        yield
    finally:
        _remove([] if keep else folders)


def _remove(folders: list[Path]) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _noted(settings: Settings) -> Iterator[Settings]:
    RUNNING_FILE.parent.mkdir(exist_ok=True)
    RUNNING_FILE.touch(mode=0o600)
    before = RUNNING_FILE.read_text()
    variables = environment(settings) | {"RUNNING_PROCESS": str(os.getpid())}
    RUNNING_FILE.write_text("".join(f"{name}={_quoted(value)}\n" for name, value in variables.items()))
    try:
        yield settings
    finally:
        if _still_runs(before):
            RUNNING_FILE.write_text(before)
        else:
            RUNNING_FILE.unlink(missing_ok=True)


def _still_runs(note: str) -> bool:
    """Whether the process that left a note is there: a demo beside `make run` must not make others forget it."""
    process = re.search(r"^RUNNING_PROCESS='(\d+)'$", note, re.MULTILINE)
    if process is None:
        return False
    try:
        os.kill(int(process[1]), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
