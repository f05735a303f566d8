"""The decisions on a thing in the order of time: what each did with its money, and which decisions it changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.counting.ledger import Ledger, part_of
from graph.counting.left_out import is_money
from graph.counting.placed_years import decision_year
from graph.counting.sides import ENDS
from graph.model import Entity, EntityKind, FlowKind, FlowStatus, RelationKind
from graph.stated.decisions import DecisionHead, document_of
from graph.stated.flows import StatedFlow
from graph.stated.relations import StatedRelation
from graph.story.deeds import Deed, deeds_of

LINEAGE = (RelationKind.SUPERSEDES, RelationKind.MODIFIES, RelationKind.EXTENDS, RelationKind.REFERS_TO)
_TOLD = (FlowStatus.SUPERSEDED, FlowStatus.PROPOSED, FlowStatus.UNSUCCESSFUL)


@dataclass(frozen=True, slots=True)
class Tie:
    """The relation of one decision to another."""

    kind: RelationKind
    forward: bool  #: whether this decision changes the other one; else it was changed by it
    words: str  #: the other's reference as printed
    document: str  #: of the other decision; "" where it is not loaded
    quote: str
    locator: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """One decision in the story of a thing."""

    head: DecisionHead
    year: str  #: the financial year that it belongs to; "" where nothing tells
    deeds: tuple[Deed, ...]
    counted_elsewhere: str  #: "all" or "part" of its money, where another decision has it already; "" for none
    ties: tuple[Tie, ...]


def chapters_of(
    subject: Entity,
    flows: Sequence[StatedFlow],
    documents: Iterable[str],
    relations: Iterable[StatedRelation],
    heads: Mapping[str, DecisionHead],
    ledger: Ledger,
) -> tuple[Chapter, ...]:
    """Return the story of a thing, earliest decision first; decisions without any date come last.

    Args:
        subject: The programme, organisation, place or fund.
        flows: The flows that touch it.
        documents: The documents that are about it.
        relations: All relations between decisions.
        heads: The decisions, by document.
        ledger: The ledger, which tells how much of a flow counts.
    """
    stated_in: dict[str, list[StatedFlow]] = defaultdict(list)
    for stated in flows:
        stated_in[stated.document].append(stated)
    ends = [ledger.tally(subject, side) for side in ENDS]
    counted = {stated.iri for tally in ends for stated in (*tally.flows, *tally.joint)}
    known = [heads[name] for name in dict.fromkeys(documents) if name in heads]
    ties = _ties(subject, {head.iri: head for head in known}, relations)
    found = [_chapter(subject, head, stated_in[head.document], counted, ties, ledger) for head in known]
    return tuple(sorted(found, key=lambda chapter: (chapter.year or "9", _order(chapter.head))))


def year_of(head: DecisionHead, flows: Iterable[StatedFlow] = ()) -> str:
    """Return the financial year of a decision; "" if nothing tells it.

    An unsigned decision gets the year of the date in its title, else the first year of its money.
    """
    placed = decision_year(head).years
    return min([*placed] or [min(s.flow.years) for s in flows if s.flow.years], default="")


def _chapter(
    subject: Entity,
    head: DecisionHead,
    flows: Sequence[StatedFlow],
    counted: set[str],
    ties: Mapping[str, tuple[Tie, ...]],
    ledger: Ledger,
) -> Chapter:
    own = [stated for stated in flows if stated.iri in counted]
    elsewhere = [stated for stated in _moved(subject, head, flows, ledger) if stated.iri not in counted]
    told = [*own, *elsewhere, *(s for s in flows if s.iri not in counted and (s.flow.status in _TOLD or _is_bid(s)))]
    return Chapter(
        head=head,
        year=year_of(head, flows),
        deeds=deeds_of({stated.iri: stated for stated in told}.values(), head.body),
        counted_elsewhere="all" if elsewhere and not own else "part" if elsewhere else "",
        ties=ties.get(head.iri, ()),
    )


def _moved(subject: Entity, head: DecisionHead, flows: Sequence[StatedFlow], ledger: Ledger) -> Sequence[StatedFlow]:
    """Return the flows that one decision by itself moves for the thing.

    For an organisation these include flows that are counted in another decision.
    """
    if subject.kind is EntityKind.ORGANISATION:
        left = (
            out for side in ENDS for out in ledger.tally(subject, side).left_out if out.flow.document == head.document
        )
        return [out.flow for out in left if is_money(out.flow) and document_of(out.other) not in ("", head.document)]
    alone = part_of(ledger.tally_of_decision(head.iri), flows)
    return [*alone.flows, *alone.joint]


def _is_bid(stated: StatedFlow) -> bool:
    return stated.flow.kind is FlowKind.BID


def _ties(
    subject: Entity, known: Mapping[str, DecisionHead], relations: Iterable[StatedRelation]
) -> dict[str, tuple[Tie, ...]]:
    """Return the relations between decisions of which both are about the thing, or whose words name it, by document."""
    found: dict[str, dict[tuple[str, bool], Tie]] = defaultdict(dict)
    for relation in sorted(relations, key=lambda each: LINEAGE.index(each.kind) if each.kind in LINEAGE else 9):
        if relation.kind not in LINEAGE or isinstance(relation.subject, Entity) or isinstance(relation.object, Entity):
            continue
        here, there = known.get(relation.subject), known.get(relation.object)
        words = relation.evidence[0] if relation.evidence else None
        quote, locator = (words.quote, words.locator) if words else ("", "")
        named = subject.name.casefold() in f"{quote} {relation.detail}".casefold()
        if here and (there or named):
            name = there.caption if there else relation.object_words
            document = there.document if there else ""
            tie = Tie(relation.kind, True, name, document, quote, locator)
            found[here.iri].setdefault((name, True), tie)
        if here and there and relation.kind is not RelationKind.REFERS_TO:
            tie = Tie(relation.kind, False, here.caption, here.document, "", "")
            found[there.iri].setdefault((here.caption, False), tie)
    return {iri: tuple(ties.values()) for iri, ties in found.items()}


def _order(head: DecisionHead) -> tuple[str, str]:
    return head.signed or "9", head.caption
