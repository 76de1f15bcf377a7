"""Selections as they are written: aliases, duplicates, directives, fragments on objects and on interfaces."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from graphql import (
    ArgumentNode,
    DefinitionNode,
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLObjectType,
    InlineFragmentNode,
    NamedTypeNode,
    NameNode,
    OperationDefinitionNode,
    OperationType,
    SelectionNode,
    SelectionSetNode,
    is_leaf_type,
    parse,
)
from hypothesis import strategies as st

from tests.oracle.arguments import Arguments
from tests.oracle.declarations import Declarations
from tests.oracle.dice import Dice
from tests.oracle.known import Known, named
from tests.oracle.variables import Variables

LONG = "x" * 60
MOVING = {"LmsUptime"}
"""Types that are counted up to the very moment: two readings of one differ, so that no more than its name is asked."""
MOST_GRAFTS = 2
"""How often the nodes of a page are asked for as much as an object is; otherwise for a few of their values."""


class Writer:
    """Writes one operation."""

    def __init__(
        self,
        draw: st.DrawFn,
        declarations: Declarations,
        known: Known,
        selections: Callable[[str], st.SearchStrategy[SelectionSetNode]],
        *,
        requests: int,
    ) -> None:
        """Take what is asked of an object of a type from `selections`."""
        query = declarations.plain.query_type
        assert query is not None
        self.dice = Dice(draw)
        self.variables = Variables(self.dice, requests=requests)
        self._query = query
        self._types = declarations.plain.type_map
        self._known = known
        self._arguments = Arguments(self.dice, declarations, known, self.variables)
        self._selections = selections
        self._fragments: dict[str, FragmentDefinitionNode] = {}
        self._aliases = 0
        self._grafts = MOST_GRAFTS

    def root(self, name: str) -> FieldNode:
        """A field of Query with everything below it."""
        if name in {"node", "nodes"}:
            return self._by_id(name)
        target = named(self._query.fields[name].type)
        return self._field(self._query, _field(name, self._drawn(target.name)))

    def document(self, fields: Sequence[FieldNode]) -> tuple[DocumentNode, str | None]:
        """The operation of these fields, and its name where that has to be said."""
        written: list[SelectionNode] = []
        for at, field in enumerate(fields):
            root = self._aliased(field) if at else field
            written.append(root)
            if self.dice.chance(4):
                written.append(self._again(self._query, root))
        selections = self._wrapped(self._query, written)
        several = self.dice.chance(4)
        operation = OperationDefinitionNode(
            operation=OperationType.QUERY,
            name=NameNode(value="Asked") if several or self.dice.chance(10) else None,
            variable_definitions=tuple(self.variables.definitions),
            selection_set=SelectionSetNode(selections=tuple(selections)),
        )
        definitions: list[DefinitionNode] = [operation, *self._fragments.values()]
        if several:
            definitions += parse("query Other { __typename }").definitions
        return DocumentNode(definitions=tuple(definitions)), "Asked" if several else None

    # --- objects -------------------------------------------------------------------------------------------------

    def _by_id(self, name: str) -> FieldNode:
        types = self.dice.some([*self._known.ids], 1, 3)
        below: list[SelectionNode] = []
        shared: dict[str, NameNode] = {}
        for type_name in types:
            object_type = self._types[type_name]
            assert isinstance(object_type, GraphQLObjectType)
            selections = self._written(object_type, self._drawn(type_name))
            below.append(self._fragment(type_name, self._beside_other_types(object_type, selections, shared)))
        if self.dice.chance(60):
            below.insert(0, _field("id"))
        if self.dice.chance(20):
            below = [self._fragment("Node", below)]
        if self.dice.chance(20):
            below.append(_field("__typename"))
        return _field(name, below, [self._arguments.by_id(name, types)])

    def _beside_other_types(
        self, type_: GraphQLObjectType, selections: Sequence[SelectionNode], shared: dict[str, NameNode]
    ) -> list[SelectionNode]:
        """Name the fields of one type so that other types' fields may be asked beside them.

        Those that answer with the same scalar, even null, may be called the same, whatever they are.
        """
        found: list[SelectionNode] = []
        free = dict(shared)
        for node in selections:
            if not isinstance(node, FieldNode):
                found.append(node)
                continue
            field = self._aliased(node)
            kind = str(type_.fields[node.name.value].type) if node.name.value in type_.fields else ""
            if kind and not node.selection_set and self.dice.chance(60):
                alias = free.pop(kind, None) if kind in shared else shared.setdefault(kind, field.alias or node.name)
                field = _field(node.name.value, (), node.arguments, node.directives, alias or field.alias)
            found.append(field)
        return found

    def _written(self, type_: GraphQLObjectType, drawn: Sequence[SelectionNode]) -> list[SelectionNode]:
        """What was drawn for an object of a type, with more of everything."""
        fields = [node for node in drawn if isinstance(node, FieldNode)]
        if "pageInfo" in type_.fields:
            fields += self._of_page(type_, {node.name.value for node in fields})
        selections: list[SelectionNode] = []
        for node in fields:
            field = self._field(type_, node)
            field = self._aliased(field) if self.dice.chance(8) else field
            selections.append(field)
            if self.dice.chance(4):
                selections.append(self._again(type_, field))
        if self.dice.chance(8):
            selections.insert(self.dice.up_to(len(selections)), _field("__typename"))
        return self._wrapped(type_, selections)

    def _field(self, type_: GraphQLObjectType, node: FieldNode) -> FieldNode:
        name = node.name.value
        if name not in type_.fields:
            return node
        target = named(type_.fields[name].type)
        below: Sequence[SelectionNode] = ()
        if isinstance(target, GraphQLObjectType) and node.selection_set is not None:
            moving = target.name in MOVING
            below = [_field("__typename")] if moving else self._written(target, node.selection_set.selections)
        return _field(name, below, [*self._arguments.of(type_, name)], self._directives(4))

    def _of_page(self, type_: GraphQLObjectType, there: set[str]) -> list[FieldNode]:
        """More of a page than is drawn for it as for any object."""
        node_type = named(type_.fields["nodes"].type)
        found = []
        for name, percent in (("nodes", 35), ("edges", 35), ("pageInfo", 30), ("totalCount", 20), ("facets", 20)):
            if name in type_.fields and name not in there and self.dice.chance(percent):
                below: Sequence[SelectionNode] = ()
                match name:
                    case "nodes":
                        below = self._below(node_type)
                    case "edges":
                        below = self.dice.some([_field("node", self._below(node_type)), _field("cursor")], 1, 2)
                    case "pageInfo" | "facets":
                        target = named(type_.fields[name].type)
                        below = self._drawn(target.name)
                found.append(_field(name, below))
        return found

    def _below(self, type_: GraphQLObjectType) -> Sequence[SelectionNode]:
        if self._grafts and self.dice.chance(50):
            self._grafts -= 1
            return self._drawn(type_.name)
        leaves = [name for name, field in type_.fields.items() if is_leaf_type(named(field.type))]
        return [_field(name) for name in self.dice.some(leaves, 1, 4)]

    def _drawn(self, type_name: str) -> Sequence[SelectionNode]:
        return self.dice.draw(self._selections(type_name)).selections

    # --- the ways to say the same --------------------------------------------------------------------------------

    def _again(self, type_: GraphQLObjectType, field: FieldNode) -> FieldNode:
        """The same field once more, asked for something else; the two are answered as one."""
        target = named(type_.fields[field.name.value].type) if field.name.value in type_.fields else None
        if not isinstance(target, GraphQLObjectType):
            return field
        fields = {} if target.name in MOVING else target.fields
        leaves = [name for name, below in fields.items() if is_leaf_type(named(below.type))]
        more = [_field(name) for name in self.dice.some([*leaves, "__typename"], 1, 2)]
        return _field(field.name.value, more, field.arguments, alias=field.alias)

    def _aliased(self, field: FieldNode) -> FieldNode:
        self._aliases += 1
        # PostgreSQL cuts names at 63 bytes: the last two differ behind that
        name = self.dice.pick([*["a"] * 6, LONG, f"{LONG}yyy", f"{LONG}yyy"]) + str(self._aliases)
        below = field.selection_set.selections if field.selection_set else ()
        return _field(field.name.value, below, field.arguments, field.directives, NameNode(value=name))

    def _wrapped(self, type_: GraphQLObjectType, selections: list[SelectionNode]) -> list[SelectionNode]:
        """Some of the selections of an object in a fragment, and perhaps a fragment that was written before."""
        for name, fragment in list(self._fragments.items()):
            if fragment.type_condition.name.value == type_.name and self.dice.chance(15):
                selections = [*selections, FragmentSpreadNode(name=NameNode(value=name), directives=())]
        if not self.dice.chance(12):
            return selections
        low = self.dice.up_to(len(selections) - 1)
        high = low + 1 + self.dice.up_to(len(selections) - low - 1)
        part = selections[low:high]
        if "Node" in {interface.name for interface in type_.interfaces} and self.dice.chance(40):
            shared = all(isinstance(node, FieldNode) and node.name.value in {"id", "__typename"} for node in part)
            inside: list[SelectionNode] = part if shared else [self._fragment(type_.name, part)]
            if self.dice.chance(30):
                inside = [*inside, _inline(self.dice.pick([*self._known.ids]), [_field("__typename")])]
            wrapped = self._fragment("Node", inside)
        else:
            wrapped = self._fragment(type_.name, part)
        return [*selections[:low], wrapped, *selections[high:]]

    def _fragment(self, on: str, selections: Sequence[SelectionNode]) -> SelectionNode:
        if self.dice.chance(40):
            name = NameNode(value=f"F{len(self._fragments)}")
            self._fragments[name.value] = FragmentDefinitionNode(
                name=name,
                type_condition=NamedTypeNode(name=NameNode(value=on)),
                selection_set=SelectionSetNode(selections=tuple(selections)),
                directives=(),
            )
            return FragmentSpreadNode(name=name, directives=self._directives(15))
        anywhere = isinstance(self._types[on], GraphQLObjectType) and on not in self._known.ids
        return _inline(None if anywhere and self.dice.chance(30) else on, selections, self._directives(15))

    def _directives(self, percent: int) -> tuple[DirectiveNode, ...]:
        found = []
        for name, usual in (("include", True), ("skip", False)):
            if self.dice.chance(percent):
                condition = self._arguments.condition(usual=usual)
                found.append(DirectiveNode(name=NameNode(value=name), arguments=(condition,)))
        return tuple(found)


def _field(
    name: str,
    below: Sequence[SelectionNode] = (),
    arguments: Sequence[ArgumentNode] | None = (),
    directives: Sequence[DirectiveNode] | None = (),
    alias: NameNode | None = None,
) -> FieldNode:
    return FieldNode(
        name=NameNode(value=name),
        alias=alias,
        arguments=tuple(arguments or ()),
        directives=tuple(directives or ()),
        selection_set=SelectionSetNode(selections=tuple(below)) if below else None,
    )


def _inline(
    on: str | None, selections: Sequence[SelectionNode], directives: Sequence[DirectiveNode] = ()
) -> InlineFragmentNode:
    return InlineFragmentNode(
        type_condition=None if on is None else NamedTypeNode(name=NameNode(value=on)),
        selection_set=SelectionSetNode(selections=tuple(selections)),
        directives=tuple(directives or ()),
    )
