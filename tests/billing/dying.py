"""The server, killed as by `kill -9` before the n-th statement of a mutation; the one after the last is the commit.

It reads lines from its standard input and for each one forks, and serves, a process that is to die there: so nothing
is imported twice. A line is JSON: how many statements may run, and the Unix socket to serve on. It answers with the
process's id, and when the process is gone with KILLED or, after how many statements there were, STOPPED.
"""

from __future__ import annotations

import os
import signal
import sys

import orjson
import uvicorn
from sqlalchemy import event
from sqlalchemy.engine import Engine

from api.app import create_app


def main() -> None:
    """Serve as each line says, in a child."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _serve(**orjson.loads(line))
            os._exit(0)
        _say(str(child))
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        _say("KILLED" if killed else "STOPPED")


def _serve(*, statements: int, uds: str) -> None:
    left = statements

    def count(*_: object) -> None:
        nonlocal left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1

    # the pool that reads is not SQLAlchemy's: what is counted is the one transaction of a mutation
    event.listen(Engine, "before_cursor_execute", count)
    event.listen(Engine, "commit", count)
    # uvicorn raises the signal once more when it has stopped
    signal.signal(signal.SIGTERM, lambda *_: None)
    uvicorn.run(create_app(), uds=uds, log_config=None)
    _say(str(statements - left))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
