"""How large a document is once its fragments are opened, found without opening any of them twice."""

from collections.abc import Mapping
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
)

from api.limits.errors import FragmentCycleError, TooDeepError, TooManyAliasesError, TooManyFieldsError
from api.limits.limits import Limits

MOST_NESTED = 100
"""Fields and fragments inside each other: what walks over them needs a frame for each."""

Fragments = Mapping[str, FragmentDefinitionNode]


@dataclass(frozen=True, slots=True)
class Extent:
    """How much there is below a selection, fragments opened; every number adds up to its parent's."""

    fields: int = 0
    aliases: int = 0
    depth: int = 0
    nested: int = 0


NOTHING = Extent()


def fragments_of(document: DocumentNode) -> Fragments:
    """The fragments of a document by their names."""
    return {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}


def check_extent(document: DocumentNode, fragments: Fragments, limits: Limits) -> None:
    """Refuse a document that is too deep, too long or too full of aliases, or that has a circle of fragments.

    Every definition counts, also a fragment that nobody spreads: validation looks at each.
    """
    extents = _Extents(fragments, limits)
    fields = 0
    for node in document.definitions:
        if isinstance(node, OperationDefinitionNode | FragmentDefinitionNode):
            extent = extents.definition(node)
            fields += extent.fields
            _check(extent, fields, limits)


def _check(extent: Extent, fields: int, limits: Limits) -> None:
    if fields > limits.fields:
        raise TooManyFieldsError(
            f"A document asks for at most {limits.fields} fields, those of a fragment counted wherever it is spread."
        )
    if extent.depth > limits.depth:
        raise TooDeepError(f"Fields are nested {extent.depth} deep; at most {limits.depth} are allowed.")
    if extent.nested > MOST_NESTED:
        raise TooDeepError(f"Fields and fragments are nested more than {MOST_NESTED} deep.")
    if extent.aliases > limits.aliases:
        raise TooManyAliasesError(f"An operation has {extent.aliases} aliases; at most {limits.aliases} are allowed.")


class _Extents:
    """A walk over a document that keeps what each fragment amounts to: linear in the document's length."""

    def __init__(self, fragments: Fragments, limits: Limits) -> None:
        self._fragments = fragments
        self._limits = limits
        self._known: dict[str, Extent | None] = {}
        """None while a fragment is being walked."""

    def definition(self, node: OperationDefinitionNode | FragmentDefinitionNode) -> Extent:
        """What a definition amounts to; of fragments with the same name only the last one is known by it."""
        if isinstance(node, FragmentDefinitionNode) and self._fragments[node.name.value] is node:
            return self._fragment(node.name.value, 0)
        return self._of(node.selection_set, 0)

    def _of(self, selections: SelectionSetNode, level: int) -> Extent:
        if level > MOST_NESTED:
            raise TooDeepError(f"Fields and fragments are nested more than {MOST_NESTED} deep.")
        fields = aliases = depth = nested = 0
        for selection in selections.selections:
            below = self._below(selection, level + 1)
            is_field = isinstance(selection, FieldNode)
            fields += below.fields + 1
            aliases += below.aliases + (getattr(selection, "alias", None) is not None)
            depth = max(depth, below.depth + is_field)
            nested = max(nested, below.nested + 1)
        extent = Extent(fields, aliases, depth, nested)
        if fields > self._limits.fields:
            # a fragment of fragments doubles what it holds with each: end it before the numbers are astronomical
            _check(extent, fields, self._limits)
        return extent

    def _below(self, selection: SelectionNode, level: int) -> Extent:
        if isinstance(selection, FragmentSpreadNode):
            return self._fragment(selection.name.value, level)
        inner: SelectionSetNode | None = getattr(selection, "selection_set", None)
        return self._of(inner, level) if inner else NOTHING

    def _fragment(self, name: str, level: int) -> Extent:
        if name not in self._fragments:
            return NOTHING
        if name not in self._known:
            self._known[name] = None
            self._known[name] = self._of(self._fragments[name].selection_set, level)
        extent = self._known[name]
        if extent is None:
            raise FragmentCycleError(f"The fragment {name!r} spreads itself, directly or through others.")
        return extent
