"""The decisions on a thing in the order of time, each with what it adds to the thing's total."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.links import decision_link
from app.viewmodels import words
from graph.counting.grounds import Grounds
from graph.counting.tally import Tally, tally_of_decision, total
from graph.model import RelationKind
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow
from graph.stated.relations import StatedRelation

LINEAGE = (RelationKind.MODIFIES, RelationKind.EXTENDS, RelationKind.SUPERSEDES)


@dataclass(frozen=True, slots=True)
class Event:
    """One decision on the time line."""

    when: str  #: "6 July 2023"; "Date not stated"
    caption: str
    title: str
    href: str
    body: str
    money: str  #: what it adds to the totals of this subject, "" where nothing
    changed: str  #: "changes PCD 1436", "" where nothing


def events(
    documents: Iterable[str],
    flows: Sequence[StatedFlow],
    relations: Sequence[StatedRelation],
    heads: Mapping[str, DecisionHead],
    counted: Sequence[tuple[str, Tally]],
    grounds: Grounds,
) -> tuple[Event, ...]:
    """Return the decisions on a thing, earliest first.

    Args:
        counted: What each direction is called ("received", "" where there is one alone) and its tally.
    """
    stated_in: dict[str, list[StatedFlow]] = defaultdict(list)
    for stated in flows:
        stated_in[stated.document].append(stated)
    changed: dict[str, list[str]] = defaultdict(list)
    for relation in relations:
        if relation.kind in LINEAGE and relation.object_words:
            changed[relation.document].append(f"{words.RELATION[relation.kind][0]} {relation.object_words}")
    known = [heads[name] for name in documents if name in heads]
    return tuple(
        Event(
            when=words.date(head.signed) if head.signed else "Date not stated",
            caption=head.caption,
            title=head.title if head.reference else "",
            href=decision_link(head.document),
            body=head.body.name if head.body else "",
            money=_money(head.document, counted) or _counted_elsewhere(stated_in[head.document], grounds),
            changed=words.listed(list(dict.fromkeys(changed[head.document])), limit=4),
        )
        for head in sorted(known, key=lambda head: (head.signed or "9", head.caption))
    )


def _money(document: str, counted: Sequence[tuple[str, Tally]]) -> str:
    """What a decision adds to each direction's total, sums for several programmes apart."""
    parts = []
    for name, tally in counted:
        own = total(stated for stated in tally.flows if stated.document == document)
        joint = total(stated for stated in tally.joint if stated.document == document)
        parts += [f"{words.pounds(own)} {name}".strip()] if own else []
        parts += [f"{words.pounds(joint)} together with other programmes"] if joint else []
    return words.listed(parts)


def _counted_elsewhere(flows: Sequence[StatedFlow], grounds: Grounds) -> str:
    """The money of a decision that adds nothing to the total, because another one has it already."""
    moved = tally_of_decision(flows, grounds).total
    return f"{words.pounds(moved)}, counted with another decision" if moved else ""
