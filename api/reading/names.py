"""Types refer to each other in circles; their annotations are resolved among all declared types."""

import sys
from typing import Any

from strawberry.annotation import StrawberryAnnotation

DECLARED: dict[str, type] = {}


class Names(dict[str, Any]):
    """The names an annotation may use: its module's, then every declared type's.

    A module may therefore import the types of its edges under `TYPE_CHECKING` only.
    """

    def __init__(self, module: str) -> None:
        """Look first in `module`, as it is when a name is asked for."""
        super().__init__(__name__=module)
        self._module = sys.modules[module]

    def __missing__(self, name: str) -> object:
        """Find a name that was not looked up before."""
        if name in vars(self._module):
            return vars(self._module)[name]
        return DECLARED[name]


def resolve_late(cls: type) -> None:
    """Make `cls` known, and let its own annotations see what is declared later."""
    DECLARED[cls.__name__] = cls
    for field in cls.__strawberry_definition__.fields:  # type: ignore[attr-defined]
        annotation = field.type_annotation
        if field.origin is cls and annotation is not None:
            field.type_annotation = StrawberryAnnotation(annotation.raw_annotation, namespace=Names(cls.__module__))
