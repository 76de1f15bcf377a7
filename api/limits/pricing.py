"""What an operation costs: its selections are walked once, as the statement will be made of them."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import reduce
from operator import add

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLCompositeType,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    NamedTypeNode,
    NullValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
    is_abstract_type,
    is_composite_type,
)
from graphql.utilities.type_comparators import do_types_overlap

from api.limits.costs import Cost, Factor, ListLength, PageSize, list_length, page_size
from api.limits.errors import TooManyEdgesError, TooManyRootFieldsError
from api.limits.extents import Fragments
from api.limits.limits import Limits
from api.limits.prices import Price, Times, is_connection, price_of
from api.reading.pages import DEFAULT_PAGE, LARGEST_PAGE

Selected = dict[tuple[str, str], tuple[GraphQLCompositeType, list[FieldNode]]]
"""The fields of a type by the type that they are asked of, and their response key."""
Size = Factor | int | Fraction

LONGEST_SIZE = 4
"""In characters, as a literal."""


class Pricing:
    """The price of one operation, whose extent has been checked before.

    Nothing is refused here that validation refuses: an unknown field costs nothing. A field that is skipped by
    `@skip` or `@include` costs as if it were not, and what is asked of several types that an object may be of costs
    for each of them.
    """

    def __init__(self, schema: GraphQLSchema, fragments: Fragments, limits: Limits) -> None:
        self._schema = schema
        self._fragments = fragments
        self._limits = limits
        self._edges = 0

    def operation(self, node: OperationDefinitionNode) -> Cost:
        """What the operation costs, at least 1; refuses too many root fields, and too many edges."""
        root = self._schema.get_root_type(node.operation)
        if root is None:
            return Cost(1)
        selected = self._select(root, [node.selection_set])
        if len(selected) > self._limits.root_fields:
            raise TooManyRootFieldsError(
                f"An operation asks for {len(selected)} fields of {root.name}; "
                f"at most {self._limits.root_fields} are allowed."
            )
        cost = self._sum(selected, 1)
        return cost if cost.least else cost + 1

    def _objects(self, type_: GraphQLCompositeType, nodes: Iterable[FieldNode], page: Size) -> Cost:
        """What `nodes` together ask of one object of a type; of a connection, with this size of its page."""
        return self._sum(self._select(type_, (node.selection_set for node in nodes if node.selection_set)), page)

    def _sum(self, selected: Selected, page: Size) -> Cost:
        costs = (
            self._field(type_, declared, nodes, page)
            for type_, nodes in selected.values()
            if (declared := self._schema.get_field(type_, nodes[0].name.value)) is not None
        )
        return reduce(add, costs, Cost())

    def _field(self, parent: GraphQLCompositeType, declared: GraphQLField, nodes: list[FieldNode], page: Size) -> Cost:
        price = price_of(self._schema, parent, nodes[0].name.value, declared)
        if price.reads:
            self._count_edge()
        target = get_named_type(declared.type)
        if not is_composite_type(target):
            return Cost(price.own)
        given = {argument.name.value: argument.value for argument in nodes[0].arguments or ()}
        inner = self._objects(target, nodes, _page(given) if is_connection(target) else page)
        return (inner + price.each) * self._times(price, given, page) + price.own

    def _times(self, price: Price, given: Mapping[str, ValueNode], page: Size) -> Size:
        match price.times:
            case Times.LIST:
                return self._limits.list_size
            case Times.PAGE:
                return page
            case Times.IDS:
                return _ids(given)
            case known:
                return known

    def _count_edge(self) -> None:
        self._edges += 1
        if self._edges > self._limits.edges:
            raise TooManyEdgesError(
                f"An operation asks for at most {self._limits.edges} fields that are read from rows of their own."
            )

    def _select(self, type_: GraphQLCompositeType, together: Iterable[SelectionSetNode]) -> Selected:
        found: Selected = {}
        opened: set[tuple[str, str]] = set()
        for selections in together:
            self._collect(type_, selections, found, opened)
        return found

    def _collect(
        self,
        type_: GraphQLCompositeType,
        selections: SelectionSetNode,
        found: Selected,
        opened: set[tuple[str, str]],
    ) -> None:
        for selection in selections.selections:
            if isinstance(selection, FieldNode):
                key = (selection.alias or selection.name).value
                found.setdefault((type_.name, key), (type_, []))[1].append(selection)
            elif isinstance(selection, InlineFragmentNode):
                if narrowed := self._narrowed(type_, selection.type_condition):
                    self._collect(narrowed, selection.selection_set, found, opened)
            elif isinstance(selection, FragmentSpreadNode):
                fragment = self._fragments.get(selection.name.value)
                once = (type_.name, selection.name.value)
                if fragment and once not in opened:
                    opened.add(once)
                    if narrowed := self._narrowed(type_, fragment.type_condition):
                        self._collect(narrowed, fragment.selection_set, found, opened)

    def _narrowed(self, type_: GraphQLCompositeType, condition: NamedTypeNode | None) -> GraphQLCompositeType | None:
        """What an object of this type is known to be inside a fragment; None when it can never be that."""
        wanted = self._schema.type_map.get(condition.name.value) if condition else type_
        if not isinstance(wanted, GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType):
            return None
        if not do_types_overlap(self._schema, type_, wanted):
            return None
        return wanted if is_abstract_type(type_) else type_


def _page(given: Mapping[str, ValueNode]) -> Size:
    """The size of a page, by the arguments `first` and `last`: a number, or a variable's."""
    asked = [node for name in ("first", "last") if not isinstance(node := given.get(name), NullValueNode | None)]
    if names := tuple(node.name.value for node in asked if isinstance(node, VariableNode)):
        return PageSize(names)
    return max(map(_literal_size, asked), default=DEFAULT_PAGE)


def _literal_size(node: ValueNode) -> int:
    # Python reads no number of thousands of digits, and four say already that it is too large
    if isinstance(node, IntValueNode) and len(node.value) <= LONGEST_SIZE:
        return page_size(int(node.value))
    return LARGEST_PAGE


def _ids(given: Mapping[str, ValueNode]) -> Size:
    """How many ids are asked for."""
    match given.get("ids"):
        case VariableNode(name=name):
            return ListLength(name.value)
        case ListValueNode(values=values):
            return list_length(len(values))
    return 1
