"""A small schema with one of everything that has a price, random documents for it, and what they cost the slow way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    build_schema,
)
from hypothesis import strategies as st

SCHEMA = build_schema("""
    interface Node { id: ID! }
    type Query { shop: Shop, shops(first: Int, last: Int): ShopConnection!, node: Node, kinds: [Good!]! }
    type Shop implements Node { id: ID!, owner: Person!, best: [Good!]!, goods(first: Int, last: Int): GoodConnection! }
    type Person implements Node { id: ID!, shops(first: Int, last: Int): ShopConnection! }
    type Good implements Node { id: ID!, title: String!, shop: Shop!, similar: [Good!] }
    type ShopConnection { edges: [ShopEdge!]!, nodes: [Shop!]!, pageInfo: PageInfo!, totalCount: Int! }
    type GoodConnection { edges: [GoodEdge!]!, nodes: [Good!]!, pageInfo: PageInfo!, totalCount: Int! }
    type ShopEdge { cursor: String!, node: Shop! }
    type GoodEdge { cursor: String!, node: Good! }
    type PageInfo { hasNextPage: Boolean! }
""")

SIZES: Mapping[str, str] = {
    "": "",
    "a": "(first: 3)",
    "b": "(last: $last)",
    "c": "(first: $first)",
    "d": "(first: $first, last: $last)",
    "e": "(first: null)",
}
"""The arguments of a connection, by the name that it is given: the same name always asks for the same."""
FRAGMENTS = {"F0": "Shop", "F1": "Good", "F2": "Node"}
OBJECTS = {
    "Query": {"shop": "Shop", "shops": "ShopConnection", "node": "Node", "kinds": "Good"},
    "Node": {},
    "Shop": {"owner": "Person", "best": "Good", "goods": "GoodConnection"},
    "Person": {"shops": "ShopConnection"},
    "Good": {"shop": "Shop", "similar": "Good"},
    "ShopConnection": {"edges": "ShopEdge", "nodes": "Shop", "pageInfo": "PageInfo"},
    "GoodConnection": {"edges": "GoodEdge", "nodes": "Good", "pageInfo": "PageInfo"},
    "ShopEdge": {"node": "Shop"},
    "GoodEdge": {"node": "Good"},
    "PageInfo": {},
}
LEAVES = {
    "Node": ["id"],
    "Shop": ["id"],
    "Person": ["id"],
    "Good": ["id", "title"],
    "ShopConnection": ["totalCount"],
    "GoodConnection": ["totalCount"],
    "ShopEdge": ["cursor"],
    "GoodEdge": ["cursor"],
    "PageInfo": ["hasNextPage"],
}


@st.composite
def selections(draw: st.DrawFn, type_: str, depth: int, fragments: tuple[str, ...]) -> str:
    """A random selection set: fields twice, fragments that apply and fragments that never can."""
    parts = draw(st.lists(st.sampled_from(["__typename", *LEAVES.get(type_, [])]), min_size=1, max_size=2))
    if depth:
        for name in draw(st.lists(st.sampled_from(sorted(OBJECTS[type_])), max_size=2)) if OBJECTS[type_] else []:
            target = OBJECTS[type_][name]
            alias = draw(st.sampled_from(sorted(SIZES))) if target.endswith("Connection") else ""
            inner = draw(selections(target, depth - 1, fragments))
            parts.append(f"{alias and alias + name + ': '}{name}{SIZES[alias]} {inner}")
        for condition in draw(st.lists(st.sampled_from(["Shop", "Good", "Node", ""]), max_size=1)):
            inner = draw(selections(condition or type_, depth - 1, fragments))
            parts.append(f"... {condition and 'on ' + condition} {inner}")
    parts += [f"...{name}" for name in draw(st.lists(st.sampled_from(fragments), max_size=2))] if fragments else []
    return "{ " + " ".join(parts) + " }"


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A random document of one operation; each fragment spreads only those after it."""
    names = tuple(FRAGMENTS)
    text = "query ($first: Int, $last: Int) " + draw(selections("Query", 4, names))
    for at, name in enumerate(names):
        text += f" fragment {name} on {FRAGMENTS[name]} " + draw(selections(FRAGMENTS[name], 2, names[at + 1 :]))
    return text


Opened: TypeAlias = dict[tuple[str, str], list[FieldNode]]


def slow_cost(document: DocumentNode, variables: Mapping[str, Any]) -> int:
    """What the only operation costs, with every fragment opened wherever it is spread, in plain numbers."""
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
    (operation,) = (node for node in document.definitions if isinstance(node, OperationDefinitionNode))
    walk = Slow(fragments, variables)
    return max(1, walk.total(walk.opened("Query", [operation.selection_set]), 0))


@dataclass(frozen=True)
class Slow:
    """The walk that remembers nothing."""

    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Mapping[str, Any]

    def opened(self, type_: str, sets: Iterable[SelectionSetNode | None]) -> Opened:
        fields: Opened = {}
        for selection in (one for selected in sets if selected for one in selected.selections):
            if isinstance(selection, FieldNode):
                key = selection.alias.value if selection.alias else selection.name.value
                fields.setdefault((type_, key), []).append(selection)
                continue
            assert isinstance(selection, FragmentSpreadNode | InlineFragmentNode)
            body = self.fragments[selection.name.value] if isinstance(selection, FragmentSpreadNode) else selection
            wanted = body.type_condition.name.value if body.type_condition else type_
            if known := narrowed(type_, wanted):
                for place, nodes in self.opened(known, [body.selection_set]).items():
                    # a fragment that is spread twice asks for the same nodes again
                    same = fields.setdefault(place, [])
                    same += [node for node in nodes if not any(node is other for other in same)]
        return fields

    def objects(self, type_: str, nodes: Iterable[FieldNode], page: int) -> int:
        return self.total(self.opened(type_, [node.selection_set for node in nodes]), page)

    def total(self, fields: Opened, page: int) -> int:
        return sum(self.priced(type_, nodes, page) for (type_, _), nodes in fields.items())

    def priced(self, type_: str, nodes: list[FieldNode], page: int) -> int:
        name = nodes[0].name.value
        if name not in OBJECTS[type_]:
            return 50 if name == "totalCount" else 0
        target = OBJECTS[type_][name]
        if target.endswith("Connection"):
            return 1 + self.objects(target, nodes, page_size(nodes[0], self.variables))
        each = 0 if name == "pageInfo" or type_.endswith("Edge") else 1
        times = page if name in {"edges", "nodes"} else 10 if name in {"best", "kinds", "similar"} else 1
        return times * (each + self.objects(target, nodes, page))


def narrowed(type_: str, wanted: str) -> str | None:
    """What an object is known to be inside a fragment on `wanted`."""
    nodes = {"Shop", "Person", "Good", "Node"}
    if type_ == wanted or (wanted == "Node" and type_ in nodes):
        return type_
    return wanted if type_ == "Node" and wanted in nodes else None


def page_size(node: FieldNode, variables: Mapping[str, Any]) -> int:
    """The size that the arguments of a connection ask for, as `SIZES` writes them."""
    alias = node.alias.value.removesuffix(node.name.value) if node.alias else ""
    first, last = variables.get("first"), variables.get("last")
    asked = {"": None, "a": 3, "b": last, "c": first, "d": first if first is not None else last, "e": None}[alias]
    return 20 if asked is None else min(max(asked, 1), 100)
