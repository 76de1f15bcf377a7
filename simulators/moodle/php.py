"""How PHP reads a form and Moodle writes XML: nested keys, a limit that nobody is told of, and an old format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias
from urllib.parse import parse_qsl
from xml.sax.saxutils import escape

Nested: TypeAlias = dict[str, Any]


def fields_of(body: bytes, most: int) -> list[tuple[str, str]]:
    """The form's first `most` fields; those behind them are gone, as with PHP's `max_input_vars`."""
    return parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)[:most]


def nested(pairs: Iterable[tuple[str, str]]) -> Nested:
    """`users[0][username]=x` as nested dictionaries."""
    whole: Nested = {}
    for key, value in pairs:
        path = key.replace("]", "").split("[")
        inner = whole
        for step in path[:-1]:
            inner = inner.setdefault(step or str(len(inner)), {})
            if not isinstance(inner, dict):
                break
        else:
            inner[path[-1] or str(len(inner))] = value
    return whole


def xml_of(answer: object) -> str:
    """An answer as Moodle writes it to whoever does not ask for JSON."""
    if isinstance(answer, Mapping) and "exception" in answer:
        return (
            f'<?xml version="1.0" encoding="UTF-8" ?>\n<EXCEPTION class="{escape(answer["exception"])}">\n'
            f"<ERRORCODE>{escape(answer['errorcode'])}</ERRORCODE>\n<MESSAGE>{escape(answer['message'])}</MESSAGE>\n"
            "</EXCEPTION>"
        )
    return f'<?xml version="1.0" encoding="UTF-8" ?>\n<RESPONSE>\n{_xml(answer)}</RESPONSE>\n'


def _xml(value: object) -> str:
    if isinstance(value, Mapping):
        inner = "".join(f'<KEY name="{escape(str(name))}">{_xml(one)}</KEY>\n' for name, one in value.items())
        return f"<SINGLE>\n{inner}</SINGLE>\n"
    if isinstance(value, list):
        return "<MULTIPLE>\n" + "".join(_xml(one) for one in value) + "</MULTIPLE>\n"
    if value is None:
        return '<VALUE null="null"/>\n'
    return f"<VALUE>{escape(str(int(value) if isinstance(value, bool) else value))}</VALUE>\n"
