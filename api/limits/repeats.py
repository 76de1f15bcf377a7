"""How often the same is asked for in the same place, which GraphQL's own rule compares pair by pair.

The rule `OverlappingFieldsCanBeMerged` gives up after half a million steps, which takes it more than a second:
`viewer { roles }` 1,245 times is within 5,000 tokens. Counting the pairs first takes a few milliseconds.
"""

from collections.abc import Iterable

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from api.limits.errors import TooManyRepeatsError
from api.limits.extents import Fragments
from api.limits.limits import Limits


def check_repeats(document: DocumentNode, fragments: Fragments, limits: Limits) -> None:
    """Refuse a document whose fields would be compared too often; its extent has been checked before."""
    pairs = 0
    for node in document.definitions:
        if isinstance(node, OperationDefinitionNode | FragmentDefinitionNode):
            pairs += _pairs([node.selection_set], fragments)
            if pairs > limits.repeats:
                raise TooManyRepeatsError(
                    "The document asks for the same fields, or spreads fragments, in the same place too often: "
                    f"there are more than {limits.repeats} pairs to compare. Ask for each once."
                )


def _pairs(together: Iterable[SelectionSetNode], fragments: Fragments) -> int:
    """The pairs among selections that are answered together, and below them."""
    same: dict[str, list[FieldNode]] = {}
    opened: set[str] = set()
    for selections in together:
        _collect(selections, fragments, same, opened)
    below = sum(
        _pairs((node.selection_set for node in nodes if node.selection_set), fragments) for nodes in same.values()
    )
    return below + _choose_two(len(opened)) + sum(_choose_two(len(nodes)) for nodes in same.values())


def _collect(
    selections: SelectionSetNode, fragments: Fragments, same: dict[str, list[FieldNode]], opened: set[str]
) -> None:
    for selection in selections.selections:
        if isinstance(selection, FieldNode):
            same.setdefault((selection.alias or selection.name).value, []).append(selection)
        elif isinstance(selection, InlineFragmentNode):
            _collect(selection.selection_set, fragments, same, opened)
        elif isinstance(selection, FragmentSpreadNode) and selection.name.value not in opened:
            opened.add(selection.name.value)
            if selection.name.value in fragments:
                _collect(fragments[selection.name.value].selection_set, fragments, same, opened)


def _choose_two(count: int) -> int:
    return count * (count - 1) // 2
