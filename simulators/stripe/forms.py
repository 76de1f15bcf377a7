"""Stripe's form encoding: `a[b][0][c]=1`, flat on the wire, nested for whoever reads it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl

_KEYS = re.compile(r"\[([^\]]*)\]")


def nested(encoded: bytes) -> dict[str, Any]:
    """What a form or a query string says; numbered keys are a list, and every value is still a word."""
    top: dict[str, Any] = {}
    for key, value in parse_qsl(encoded.decode(), keep_blank_values=True):
        name, _, _ = key.partition("[")
        into, at = top, name
        for step in _KEYS.findall(key):
            into = into.setdefault(at, {})
            at = step or str(len(into))
        into[at] = value
    return {name: _listed(value) for name, value in top.items()}


def _listed(value: Any) -> Any:  # noqa: ANN401 - nested
    if not isinstance(value, dict):
        return value
    if value and all(key.isdigit() for key in value):
        return [_listed(value[key]) for key in sorted(value, key=int)]
    return {key: _listed(one) for key, one in value.items()}
