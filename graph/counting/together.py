"""The money of several things together, judged as that of one; and a judgement in parts, by body or by year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Sequence
from decimal import Decimal
from typing import TypeVar

from graph.counting.grounds import Grounds
from graph.counting.judgement import Judging, judged_alone
from graph.counting.left_out import LeftOut
from graph.counting.likeness import total
from graph.counting.sides import Side
from graph.counting.tally import Tally
from graph.model import Entity, EntityKind
from graph.stated.flows import StatedFlow

Label = TypeVar("Label", bound=Hashable)


def judged_together(programmes: Collection[Entity], flows: Sequence[StatedFlow], grounds: Grounds) -> Tally:
    """Return the tally of several programmes together, where their money first comes in, each sum once.

    A sum for two of them together counts, as no part of it is for another programme. Therefore the total is not the sum
    of their own totals. For one programme it is the total of its page.

    Args:
        programmes: The programmes; none gives an empty tally.
        flows: Every flow that is for one of them.
        grounds: What counting needs besides the flows.
    """
    ids = frozenset(each.id for each in programmes)
    if not ids:
        return Tally(())
    stands_for_all = Entity(min(ids), "", EntityKind.PROGRAMME)
    return Judging(stands_for_all, flows, grounds, programmes=ids).seen_from(Side.SOURCES)


def union(tallies: Collection[Tally], grounds: Grounds, programmes: frozenset[str]) -> Tally:
    """Return the judgement on what several tallies count: each sum once, and where it comes in.

    Args:
        tallies: Judgements on things that may pass money on to each other.
        grounds: What counting needs to know.
        programmes: Ids of all programmes asked for: a sum for these and others together is joint.
    """
    flows = dict.fromkeys(stated for each in tallies for stated in (*each.flows, *each.joint))
    found = judged_alone(list(flows), grounds, programmes=programmes)
    left = dict.fromkeys(out for each in tallies for out in each.left_out if out.flow not in flows)
    return Tally(found.flows, found.joint, (*found.left_out, *left))


def average(parts: Collection[Collection[StatedFlow]]) -> Decimal:
    """Return what each of some things has on average, in pence; money that two of them have is had by each."""
    return (total(stated for part in parts for stated in part) / len(parts)).quantize(Decimal("0.01"))


def parts_by(tally: Tally, label: Callable[[StatedFlow], Label]) -> dict[Label, Tally]:
    """Return a tally in parts, by a label of its flows.

    Each flow is in exactly one part, so that the parts' totals add up to the total of the whole.
    """
    flows: dict[Label, list[StatedFlow]] = defaultdict(list)
    joint: dict[Label, list[StatedFlow]] = defaultdict(list)
    left: dict[Label, list[LeftOut]] = defaultdict(list)
    for stated in tally.flows:
        flows[label(stated)].append(stated)
    for stated in tally.joint:
        joint[label(stated)].append(stated)
    for out in tally.left_out:
        left[label(out.flow)].append(out)
    labels = dict.fromkeys((*flows, *joint, *left))
    return {
        each: Tally(tuple(flows.get(each, ())), tuple(joint.get(each, ())), tuple(left.get(each, ())))
        for each in labels
    }
