"""Values that are given to arguments: mostly what there is, sometimes what is not, seldom what cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from graphql import (
    BooleanValueNode,
    EnumValueNode,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    IntValueNode,
    ListValueNode,
    NameNode,
    NullValueNode,
    ObjectFieldNode,
    ObjectValueNode,
    StringValueNode,
    ValueNode,
    is_required_input_field,
)

from tests.oracle.declarations import Declarations, Declared
from tests.oracle.dice import Dice
from tests.oracle.known import Known, named

SIZES = (1, 2, 3, 5, 20, 100)
NO_SIZES = (0, -1, 101, 2**31 - 1, -(2**31))
ANY_TEXT = ("", " ", "\0", "é", "W10", "💡 %_\\", "'; drop table contract; --", "a & !b | c:*", '"', "x" * 300)
NO_IDS = ("", "con", "con_", "nonsense", "con_zzz", "x_AAAAAAAAAAAAAAAAAAAAAA", "\0", "off_" + "A" * 22 + "=")


class Literals:
    """Draws values for one example."""

    def __init__(self, dice: Dice, declarations: Declarations, known: Known) -> None:
        self._dice = dice
        self._declarations = declarations
        self._known = known

    def value(self, type_: GraphQLInputType, declared: Declared, name: str) -> ValueNode:
        """A value for an argument or a field of an input, of this name."""
        if isinstance(type_, GraphQLNonNull):
            type_ = type_.of_type
        if isinstance(type_, GraphQLList):
            # one value may stand for a list of it
            if self._dice.chance(6):
                return self.value(type_.of_type, declared, name)
            count = self._dice.up_to(3)
            return ListValueNode(values=tuple(self.value(type_.of_type, declared, name) for _ in range(count)))
        if isinstance(type_, GraphQLInputObjectType):
            return ObjectValueNode(fields=tuple(self._fields(type_)))
        if isinstance(type_, GraphQLEnumType):
            return self.enum(type_)
        assert isinstance(type_, GraphQLScalarType)
        return self._scalar(type_.name, declared, name)

    def enum(self, type_: GraphQLInputType) -> ValueNode:
        return EnumValueNode(value=self._dice.pick([*named(type_).values]))

    def size(self) -> ValueNode:
        """How long a page is to be."""
        return IntValueNode(value=str(self._dice.pick(NO_SIZES if self._dice.chance(1) else SIZES)))

    def cursor(self, kind: str) -> ValueNode:
        """A place of this kind; see `Known.cursors`."""
        if self._dice.chance(1):
            return StringValueNode(value=self._dice.pick(ANY_TEXT))
        if self._dice.chance(0.5):
            kind = self._dice.pick([*self._known.cursors])
        return StringValueNode(value=self._dice.pick(self._known.cursors.get(kind) or ANY_TEXT))

    def public_id(self, type_name: str) -> ValueNode:
        if self._dice.chance(0.5):
            return self._dice.pick([*(StringValueNode(value=text) for text in NO_IDS), IntValueNode(value=str(2**63))])
        anything = self._dice.chance(0.5)
        return StringValueNode(value=self._dice.pick(self._known.ids[self.any_type() if anything else type_name]))

    def ids(self, types: Sequence[str]) -> ValueNode:
        """A list for `nodes`, mostly of these types."""
        count = 101 if self._dice.chance(0.5) else self._dice.up_to(5)
        return ListValueNode(values=tuple(self.node_id(types) for _ in range(count)))

    def node_id(self, types: Sequence[str]) -> ValueNode:
        """An id for `node`, mostly of these types."""
        return self.public_id(self.any_type() if self._dice.chance(10) else self._dice.pick(types))

    def any_type(self) -> str:
        return self._dice.pick([*self._known.ids])

    def _fields(self, type_: GraphQLInputObjectType) -> Iterator[ObjectFieldNode]:
        declared = self._declarations.input_fields(type_.name)
        optional = [name for name, field in type_.fields.items() if not is_required_input_field(field)]
        chosen = self._dice.some(optional, 0, 3)
        for name, field in type_.fields.items():
            if name in chosen or name not in optional:
                null = name in optional and self._dice.chance(5)
                value = NullValueNode() if null else self.value(field.type, declared[name], name)
                yield ObjectFieldNode(name=NameNode(value=name), value=value)

    def _scalar(self, type_name: str, declared: Declared, name: str) -> ValueNode:
        match type_name:
            case "Boolean":
                return BooleanValueNode(value=bool(self._dice.up_to(1)))
            case "Int":
                return self.size()
            case "ID":
                target = self._declarations.id_of(declared)
                return self.public_id(target.name if target else self.any_type())
            case "Decimal" if self._dice.chance(10):
                return IntValueNode(value=str(self._dice.pick((0, -1, 2**62))))
            case "String" if self._dice.chance(6):
                return StringValueNode(value=self._dice.pick(ANY_TEXT))
        words: Any = self._known.words.get(name) or self._known.words.get(type_name) or ANY_TEXT
        return StringValueNode(value=self._dice.pick(words))
