"""The three kinds of client get through their day: the demo, as people run it, and the requests played again."""

from __future__ import annotations

import shlex
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.commanding import COMMAND, chapterhouse, environment, free_port, start

FOLDER = Path(__file__).parent
REQUESTS = sorted(file.stem for file in FOLDER.glob("*.graphql"))
LONGEST_DEMO_SECONDS = 600
ALL_AS_EXPECTED = f"{len(REQUESTS)} of {len(REQUESTS)} as expected"


def ticked(output: str) -> list[str]:
    """The requests that an output says went as expected."""
    return [line.removeprefix("✓ ") for line in output.splitlines() if line.startswith("✓ ")]


def read_until(process: subprocess.Popen[str], word: str) -> str:
    """What a process prints, up to the line with `word`."""
    assert process.stdout is not None
    impatience = threading.Timer(LONGEST_DEMO_SECONDS, process.kill)
    impatience.start()
    output = ""
    for line in process.stdout:
        output += line
        if word in line:
            break
    impatience.cancel()
    return output


def test_the_demo_plays_reports_and_goes_on_serving(tmp_path: Path) -> None:
    port = free_port()
    demo = start("demo", folder=tmp_path, PORT=str(port))
    try:
        output = read_until(demo, "stop ")
        assert ticked(output) == REQUESTS
        assert ALL_AS_EXPECTED in output
        assert "Total USD" in output
        assert "5,170.00" in output
        assert "1,324.90" in output
        assert f"http://127.0.0.1:{port}/graphql" in output

        # A second play on the same server, with tokens as another shell gets them.
        command = f"{shlex.join(COMMAND)} token {{seat}}"
        url = f"http://127.0.0.1:{port}/graphql"
        again = subprocess.run(
            [sys.executable, str(FOLDER / "play.py"), "--url", url, "--token-command", command],
            cwd=tmp_path,
            env=environment(),
            capture_output=True,
            text=True,
            timeout=LONGEST_DEMO_SECONDS,
            check=False,
        )
        assert (again.stderr, ticked(again.stdout)) == ("", REQUESTS)
        assert again.stdout.endswith(f"{ALL_AS_EXPECTED}\n")
        assert again.returncode == 0

    finally:
        demo.kill()
        demo.communicate()

    # Killed without a chance to tidy up, it leaves nothing behind that is in the way of the next one.
    await_silence(port)
    once = chapterhouse("demo", "--once", folder=tmp_path, PORT=str(port))
    assert ticked(once.stdout) == REQUESTS
    assert once.returncode == 0
    assert not (tmp_path / ".data" / "running.env").exists()


def await_silence(port: int) -> None:
    """Wait until nothing listens on a port any more."""
    give_up_at = time.monotonic() + LONGEST_DEMO_SECONDS
    while time.monotonic() < give_up_at:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.1)
    pytest.fail("the server outlived its demo")


def test_a_demo_on_a_taken_port_says_so_before_it_sets_anything_up(tmp_path: Path) -> None:

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = chapterhouse("demo", "--once", folder=tmp_path, PORT=str(port))
    assert done.returncode == 1
    assert done.stderr == (
        f"chapterhouse: port {port} of 127.0.0.1 cannot be used (Address already in use): "
        "stop what listens there, or set PORT to another\n"
    )
    assert not (tmp_path / ".data").exists()
