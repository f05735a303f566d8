"""The shapes of ontologies/*shapes.ttl as Python checks: the part of SHACL Core that the shapes use, and no more."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from rdflib import Literal, URIRef
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from graph.errors import InvalidReference
from graph.stores.terms import from_oxigraph

Values = Mapping[Node, list[Node]]


@dataclass(frozen=True, slots=True)
class PropertyShape:
    """The constraints on the values of one property of a focus node."""

    path: URIRef
    message: str
    min_count: int | None = None
    max_count: int | None = None
    datatype: URIRef | None = None
    class_: URIRef | None = None
    iri_only: bool = False
    allowed: frozenset[Node] | None = None
    pattern: re.Pattern[str] | None = None
    min_length: int | None = None
    min_inclusive: Literal | None = None
    max_inclusive: Literal | None = None
    qualified: frozenset[Node] | None = None  #: of these values, so many are wanted:
    qualified_min_count: int | None = None
    qualified_max_count: int | None = None

    def faults(self, values: list[Node], types: Mapping[Node, set[Node]]) -> set[URIRef]:
        """Return the constraints that some values break, as the IRIs of SHACL's constraint components."""
        broken = {SH.MinCountConstraintComponent} if len(values) < (self.min_count or 0) else set[URIRef]()
        if self.max_count is not None and len(values) > self.max_count:
            broken.add(SH.MaxCountConstraintComponent)
        if self.qualified is not None:
            of_these = sum(value in self.qualified for value in values)
            if of_these < (self.qualified_min_count or 0):
                broken.add(SH.QualifiedMinCountConstraintComponent)
            if self.qualified_max_count is not None and of_these > self.qualified_max_count:
                broken.add(SH.QualifiedMaxCountConstraintComponent)
        for value in values:
            broken |= self._faults_of(value, types)
        return broken

    def _faults_of(self, value: Node, types: Mapping[Node, set[Node]]) -> set[URIRef]:
        tests = {
            SH.DatatypeConstraintComponent: self.datatype is None or _has_datatype(value, self.datatype),
            SH.ClassConstraintComponent: self.class_ is None or self.class_ in types.get(value, ()),
            SH.NodeKindConstraintComponent: not self.iri_only or isinstance(value, URIRef),
            SH.InConstraintComponent: self.allowed is None or value in self.allowed,
            SH.PatternConstraintComponent: self.pattern is None or self.pattern.search(str(value)) is not None,
            SH.MinLengthConstraintComponent: self.min_length is None or len(str(value)) >= self.min_length,
            SH.MinInclusiveConstraintComponent: _not_below(value, self.min_inclusive),
            SH.MaxInclusiveConstraintComponent: _not_above(value, self.max_inclusive),
        }
        return {name for name, holds in tests.items() if not holds}


def load_shapes(file: Path) -> dict[URIRef, tuple[PropertyShape, ...]]:
    """Return the property shapes, by the IRI of the class that they are for.

    Raises:
        InvalidReference: The file is missing, is no Turtle, or uses an unsupported constraint.
    """
    try:
        quads = list(ox.parse(path=str(file), format=ox.RdfFormat.TURTLE))
    except (OSError, SyntaxError) as error:
        raise InvalidReference(f"{file}: the shapes cannot be read ({error}); restore the file.") from error
    values: dict[tuple[Node, Node], list[Node]] = defaultdict(list)
    for quad in quads:
        subject, predicate = from_oxigraph(quad.subject), from_oxigraph(quad.predicate)
        values[subject, predicate].append(from_oxigraph(quad.object))
    shapes: dict[URIRef, tuple[PropertyShape, ...]] = defaultdict(tuple)
    for (subject, predicate), targets in values.items():
        if predicate == SH.targetClass:
            nodes = values.get((subject, SH.property), [])
            found = (_property_shape(node, values, file) for node in nodes)
            for target in targets:
                shapes[URIRef(str(target))] += tuple(sorted(found, key=lambda shape: shape.path))
    return dict(shapes)


def _property_shape(node: Node, values: Mapping[tuple[Node, Node], list[Node]], file: Path) -> PropertyShape:
    given: dict[str, object] = {}
    for (subject, predicate), found in values.items():
        if subject != node:
            continue
        value = found[0]
        name = str(predicate).removeprefix(str(SH))
        if name in {"minCount", "maxCount", "minLength", "qualifiedMinCount", "qualifiedMaxCount"}:
            given[_snake(name)] = int(str(value))
        elif name in {"minInclusive", "maxInclusive", "datatype", "path"}:
            given[_snake(name)] = value
        elif name in {"message", "pattern"}:
            given[name] = re.compile(str(value)) if name == "pattern" else str(value)
        elif name == "class":
            given["class_"] = value
        elif name == "in":
            given["allowed"] = frozenset(_members(value, values))
        elif name == "qualifiedValueShape" and (inner := values.get((value, SH["in"]))):
            given["qualified"] = frozenset(_members(inner[0], values))
        elif name == "nodeKind" and value == SH.IRI:
            given["iri_only"] = True
        else:
            raise InvalidReference(f"{file}: {name} {value} is not known to graph/rdf/shapes.py; teach it there first.")
    return PropertyShape(**given)  # type: ignore[arg-type]


def _snake(name: str) -> str:
    return re.sub(r"([A-Z])", lambda found: f"_{found[1].lower()}", name)


def _members(head: Node, values: Mapping[tuple[Node, Node], list[Node]]) -> list[Node]:
    members = []
    while head != RDF.nil:
        members.append(values[head, RDF.first][0])
        head = values[head, RDF.rest][0]
    return members


def _has_datatype(value: Node, datatype: URIRef) -> bool:
    return isinstance(value, Literal) and value.datatype == datatype and not value.ill_typed


def _not_below(value: Node, bound: Literal | None) -> bool:
    return bound is None or _compared(value, bound, lambda one, other: one >= other)


def _not_above(value: Node, bound: Literal | None) -> bool:
    return bound is None or _compared(value, bound, lambda one, other: one <= other)


def _compared(value: Node, bound: Literal, holds: object) -> bool:
    if not isinstance(value, Literal) or value.ill_typed or isinstance(value.value, str | bool):
        return False
    try:
        return bool(holds(float(value.value), float(bound.value)))  # type: ignore[operator]
    except (TypeError, ValueError):
        return False
