"""The graph as a network of things and decisions; each edge is a statement and keeps its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from graph.counting.grounds import Grounds
from graph.counting.ledger import Ledger
from graph.model import Entity, FlowStatus
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow
from graph.stated.partners import Partner
from graph.stated.relations import StatedRelation
from graph.stated.things import thing_key

DECISION = "decision"  #: kind of the nodes that are decisions; the others have their EntityKind


class TieKind(StrEnum):
    """The kind of a tie between two nodes. Relations keep the names of RelationKind."""

    PAYS = "pays"  #: funder, recipient
    FUNDS = "funds"  #: funder, programme
    PAID_UNDER = "paidUnder"  #: programme, recipient
    DRAWS_ON = "drawsOn"  #: fund, programme; or the recipient where no programme is named
    BENEFITS = "benefits"  #: programme (else recipient), place
    DECIDES = "decides"  #: decision, programme (else recipient)
    WORKS_WITH = "worksWith"  #: two organisations that are partners or deliver together


#: the ties that money moves along, those that say most of it first
MONEY_TIES = (TieKind.PAYS, TieKind.FUNDS, TieKind.PAID_UNDER, TieKind.DRAWS_ON, TieKind.BENEFITS)


@dataclass(frozen=True, slots=True)
class NetworkNode:
    """A thing or a decision in the network."""

    key: str  #: "programme/warm-homes"; "decision/<file name>"
    name: str
    kind: str
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Tie:
    """One statement, a flow or a relation, that joins two nodes."""

    source: str
    target: str
    kind: str  #: a TieKind or a RelationKind
    flow: StatedFlow | None = None
    relation: StatedRelation | None = None
    through: bool = False  #: payment that a programme stands between; shown only where money alone is
    inferred: str = ""  #: what a tie that no sentence states is inferred from

    @property
    def named(self) -> frozenset[str]:
        """The keys of all things that the statement names."""
        if self.flow is None:
            said = (self.relation.subject, self.relation.object) if self.relation else ()
            return frozenset((self.source, self.target, *(thing_key(end) for end in said if isinstance(end, Entity))))
        flow = self.flow.flow
        parties = (flow.funder, flow.recipient, *flow.programmes, flow.place, flow.fund)
        return frozenset((self.source, self.target, *(thing_key(party) for party in parties if party)))

    @property
    def document(self) -> str:
        """The file name of the document that makes the statement."""
        stated = self.flow or self.relation
        return stated.document if stated else ""


@dataclass(frozen=True, slots=True)
class Filter:
    """The nodes and flows to keep in a picture; an empty set keeps all."""

    kinds: frozenset[str] = frozenset()  #: of nodes
    programmes: frozenset[str] = frozenset()  #: keys; flows for other programmes go
    years: frozenset[str] = frozenset()
    statuses: frozenset[FlowStatus] = frozenset()
    least: Decimal = Decimal(0)  #: flows of smaller amounts go
    verified_only: bool = False
    limit: int = 200  #: nodes of a picture; the nearest and those with most money where there are more
    pinned: frozenset[str] = frozenset()  #: keys of nodes that stay whatever else is left out

    def keeps_tie(self, tie: Tie) -> bool:
        """Return True if a tie's flow passes the filter; a tie without a flow always passes."""
        if tie.flow is None:
            return True
        flow = tie.flow.flow
        if self.statuses and flow.status not in self.statuses:
            return False
        if self.years and not self.years & set(flow.years):
            return False
        if self.programmes and not self.programmes & {thing_key(programme) for programme in flow.programmes}:
            return False
        return flow.amount >= self.least

    def keeps_node(self, node: NetworkNode) -> bool:
        """Return True if a node's kind passes the filter, and the node is verified where that is wanted."""
        return (not self.kinds or node.kind in self.kinds) and (node.verified or not self.verified_only)


@dataclass(frozen=True, slots=True)
class Bond:
    """One line of a picture: all ties of one kind between two nodes."""

    source: str
    target: str
    kind: str
    ties: tuple[Tie, ...]
    amount: Decimal  #: money counted once; 0 where none moves
    joint: Decimal = Decimal(0)  #: beside it, in sums for several programmes together, which no document splits
    passed_on: Decimal = Decimal(0)  #: money that the funder had been given for this, counted at its source
    about: tuple[str, ...] = ()  #: keys: only what concerns these is in it; empty: all there is between the two
    counted: Mapping[str, Decimal] = field(default_factory=dict)  #: what each flow adds to the amount, by its IRI


@dataclass(frozen=True, slots=True)
class Money:
    """The money that the lines of a node bring in and take out, in pounds."""

    into: Decimal = Decimal(0)
    out: Decimal = Decimal(0)

    @property
    def most(self) -> Decimal:
        """The larger of the two amounts: money that is passed on counts once."""
        return max(self.into, self.out)


@dataclass(frozen=True, slots=True)
class Picture:
    """A part of the network, ready to be laid out and drawn."""

    nodes: tuple[NetworkNode, ...]
    bonds: tuple[Bond, ...]
    distance: Mapping[str, int] = field(default_factory=dict)  #: steps from the centre, by key
    left_out: int = 0  #: nodes in reach beyond the limit
    money_left_out: Money = Money()  #: the centre's money that is on no line, as nodes beyond the limit have it
    roots: tuple[str, ...] = ()  #: keys of the centre and of what is expanded, in order
    wave: Mapping[str, str] = field(default_factory=dict)  #: the expanded node that brought a node in, by its key
    before: Picture | None = None  #: the same with nothing expanded, whose nodes keep their places
    money: Mapping[str, Money] = field(default_factory=dict)  #: of nodes that money touches, by key
    is_money: bool = False  #: whether it is of money alone, so that it runs from left to right
    ways: tuple[tuple[str, ...], ...] = ()  #: of a path: the keys along each way
    named: Mapping[str, str] = field(default_factory=dict)  #: names of what lines are about, by key


Order = tuple[int, int, str]  #: flows, then relations, then pairs; the row; what distinguishes the ties of a row
_FLOW, _RELATION, _PAIR = range(3)


class Network:
    """Things and decisions as nodes, and statements as ties between them."""

    def __init__(self, ledger: Ledger, grounds: Grounds | None = None) -> None:
        """Make an empty network.

        Args:
            ledger: What the lines of pictures come to.
            grounds: How sums by themselves are counted.
        """
        self.ledger = ledger
        self.grounds = grounds or Grounds()
        self._nodes: dict[str, NetworkNode] = {}
        self._from: dict[str, dict[Order, Tie]] = defaultdict(dict)
        self._to: dict[str, dict[Order, Tie]] = defaultdict(dict)

    def __contains__(self, key: object) -> bool:
        return key in self._nodes

    def node(self, key: str) -> NetworkNode:
        """Return the node of a key that is in the network."""
        return self._nodes[key]

    def read(self, keys: Iterable[str], *, only_money: bool = False) -> None:
        """Make sure that the ties at some nodes are here, or only those of their flows; a whole network has them."""

    def read_between(self, keys: Collection[str]) -> None:
        """Make sure that organisations among some nodes that work together are tied; in a whole network they are."""

    def ties_from(self, key: str) -> list[Tie]:
        """Return the ties that start at a node, in the order of the statements."""
        return [tie for _, tie in sorted(self._from.get(key, {}).items(), key=_place)]

    def ties_at(self, key: str) -> list[Tie]:
        """Return the ties that start or end at a node, those that start there first."""
        return [*self.ties_from(key), *(tie for _, tie in sorted(self._to.get(key, {}).items(), key=_place))]

    def add_flow(self, row: int, stated: StatedFlow, heads: Mapping[str, DecisionHead]) -> None:
        """Add the ties of the flow in a row."""
        for number, (node, other, tie) in enumerate(_flow_ties(stated, heads)):
            self._add((_FLOW, row, f"{number:04}"), node, other, tie)

    def add_relation(self, row: int, relation: StatedRelation) -> None:
        """Add the tie of the relation in a row, if it joins two things."""
        if isinstance(relation.subject, Entity) and isinstance(relation.object, Entity):
            source, target = _node(relation.subject), _node(relation.object)
            tie = Tie(source.key, target.key, relation.kind.value, relation=relation)
            self._add((_RELATION, row, ""), source, target, tie)

    def add_pair(self, one: Entity, partner: Partner) -> None:
        """Add the ties of two organisations that work together: one for each statement that tells it."""
        node, other = _node(one), _node(partner.organisation)
        for number, said in enumerate(filter(None, (partner.relation, partner.other))):
            tie = Tie(node.key, other.key, TieKind.WORKS_WITH.value, relation=said, inferred=partner.inferred)
            self._add((_PAIR, number, f"{node.key} {other.key}"), node, other, tie)

    def _add(self, order: Order, node: NetworkNode, other: NetworkNode, tie: Tie) -> None:
        self._nodes[node.key], self._nodes[other.key] = node, other
        self._from[node.key][order] = self._to[other.key][order] = tie


def _place(item: tuple[Order, Tie]) -> Order:
    return item[0]


def build_network(
    flows: Iterable[StatedFlow],
    relations: Iterable[StatedRelation],
    heads: Mapping[str, DecisionHead],
    ledger: Ledger,
    *,
    grounds: Grounds | None = None,
    pairs: Iterable[tuple[Entity, Partner]] = (),
) -> Network:
    """Return the whole network of statements at hand; of a build, `NetworkOnDemand` reads what a picture needs.

    Pairs are organisations that work together.
    """
    network = Network(ledger, grounds)
    for row, stated in enumerate(flows):
        network.add_flow(row, stated, heads)
    for row, relation in enumerate(relations):
        network.add_relation(row, relation)
    for one, partner in pairs:
        network.add_pair(one, partner)
    return network


def _flow_ties(stated: StatedFlow, heads: Mapping[str, DecisionHead]) -> Iterator[tuple[NetworkNode, NetworkNode, Tie]]:
    flow = stated.flow
    recipient = flow.recipient if flow.recipient != flow.funder else None  # own costs stay with the funder
    middles = list(flow.programmes) or ([recipient] if recipient else [])
    pairs: list[tuple[Entity | None, Entity | None, TieKind]] = [(flow.funder, recipient, TieKind.PAYS)]
    for programme in flow.programmes:
        pairs += [(flow.funder, programme, TieKind.FUNDS), (programme, recipient, TieKind.PAID_UNDER)]
    for middle in middles:
        pairs += [(flow.fund, middle, TieKind.DRAWS_ON), (middle, flow.place, TieKind.BENEFITS)]
    for one, other, kind in pairs:
        if one and other:
            source, target = _node(one), _node(other)
            through = kind is TieKind.PAYS and bool(flow.programmes)
            yield source, target, Tie(source.key, target.key, kind.value, flow=stated, through=through)
    head = heads.get(stated.document)
    if head is None:
        return
    for middle in middles:
        decision, target = NetworkNode(f"{DECISION}/{stated.document}", head.caption, DECISION), _node(middle)
        yield decision, target, Tie(decision.key, target.key, TieKind.DECIDES.value, flow=stated)


def _node(entity: Entity) -> NetworkNode:
    return NetworkNode(thing_key(entity), entity.name, entity.kind.value, entity.verified)
