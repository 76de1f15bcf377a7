"""Checking a package without being harmed by it: in a process that has no secrets, little memory and little time."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

import orjson
import structlog

from services.lms_admin.packages.checks.checking import Checked
from services.lms_admin.packages.checks.inspecting import MOST_BYTES, MOST_CPU_SECONDS, TOO_COSTLY
from services.lms_admin.packages.checks.manifests import Item, Standard
from services.lms_admin.packages.checks.rules import Finding, Rule

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Final

PROGRAM: Final = "services.lms_admin.packages.checks.inspecting"
LONGEST_SECONDS: Final = 120
"""How long it may take on a machine that has much else to do; what it may take of a processor is far less."""


log = structlog.get_logger(__name__)


async def check_isolated(path: Path, *, cpu_seconds: int = MOST_CPU_SECONDS) -> Checked:
    """Check the package at `path`. One that exhausts its means fails by ZIP_TOO_COSTLY.

    One that breaks the checks themselves fails by ZIP_UNCHECKED: it is taken for harmful until somebody has looked.
    """
    words = (sys.executable, "-m", PROGRAM, str(path), str(cpu_seconds))
    pipe = asyncio.subprocess.PIPE
    child = await asyncio.create_subprocess_exec(*words, stdout=pipe, stderr=pipe, env={})
    try:
        async with asyncio.timeout(LONGEST_SECONDS):
            told, complaint = await child.communicate()
    except TimeoutError:
        return _too_costly()
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode == TOO_COSTLY or (child.returncode or 0) < 0:
        return _too_costly()
    if child.returncode:
        log.error("the checks of a package broke off", complaint=complaint.decode(errors="replace")[-2000:])
        return Checked(findings=[Finding(Rule.ZIP_UNCHECKED, "the checks broke off: ask the operator to look into it")])
    return _read(told)


def _too_costly() -> Checked:
    limits = f"{MOST_CPU_SECONDS} seconds and {MOST_BYTES // 1024**2} MiB"
    return Checked(findings=[Finding(Rule.ZIP_TOO_COSTLY, f"looking into it takes more than {limits}")])


def _read(told: bytes) -> Checked:
    checked = orjson.loads(told)
    return Checked(
        Standard(checked["standard"]) if checked["standard"] else None,
        [Finding(Rule(each["rule"]), each["message"], each["file"]) for each in checked["findings"]],
        [Item(**each) for each in checked["items"]],
        checked["sha1"],
    )
