"""A statement on many lines, so that a difference in it can be read."""

from __future__ import annotations

import re

WORDS = re.compile(
    r"""(?P<quoted>'(?:[^']|'')*'|"(?:[^"]|"")*")|(?P<open>\()|(?P<close>\))|(?P<comma>,\s*)|(?P<space>\s+)"""
    r"""|(?P<word>[^\s(),'"]+)"""
)
CLAUSES = {"SELECT", "FROM", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "UNION", "WITH"}
INDENT = "  "


def laid_out(sql: str) -> str:
    """Write each clause of each SELECT, and each of its columns, on a line of its own; nothing else is changed."""
    lines = [""]
    selects: list[bool] = []
    for match in WORDS.finditer(sql):
        kind, text = match.lastgroup, match.group()
        inside = not selects or selects[-1]
        if kind == "open":
            selects.append(sql[match.end() :].startswith(("SELECT", "WITH")))
        elif kind == "close":
            selects.pop()
        if kind == "word" and text in CLAUSES and inside:
            lines.append(INDENT * len(selects) + text)
        elif kind == "comma" and inside:
            lines[-1] += ","
            lines.append(INDENT * (len(selects) + 1))
        elif kind == "space":
            lines[-1] += " " if lines[-1].strip() else ""
        else:
            lines[-1] += text
    return "\n".join(line.rstrip() for line in lines if line.strip()) + "\n"
