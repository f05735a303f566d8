"""The rules by which two figures are the same money, in the order in which they are tried."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from graph.counting.grounds import Grounds
from graph.counting.left_out import LeftOut, Reason
from graph.counting.likeness import CLOSE, adds_up_to, parties, party_of, programme_ids
from graph.counting.parts import inside_open_sum, pots_of_awards, within_summary
from graph.counting.repetitions import contradicted, payer_unknown, repeated, said_by_successor
from graph.counting.roles import filled_roles
from graph.counting.sums import spans, subtotals, sums_of_rows
from graph.model import FlowKind, FlowLink
from graph.stated.flows import StatedFlow

_SAME_MONEY = {
    FlowLink.RESTATES: Reason.AGAIN,
    FlowLink.PART_OF: Reason.PART,
    FlowLink.CARRIED_FROM: Reason.CARRIED,
    FlowLink.CONTRADICTS: Reason.CONTRADICTS,
}


def _linked(flows: Sequence[StatedFlow], grounds: Grounds) -> list[LeftOut]:
    """What a document says, or the comparison of decisions found, to be the same money."""
    here = {stated.iri: stated for stated in flows}
    split = _split_by_year(flows, here)
    replaced = {other: s.iri for s in flows for link, other in s.links if link is FlowLink.REPLACES}
    out = []
    for stated in flows:
        said = [(link, other) for link, other in stated.links if link in _SAME_MONEY and other in here]
        said = [
            (link, other)
            for link, other in said
            if link is not FlowLink.PART_OF or not (other in split or _is_step_before(stated, here[other]))
        ]
        if stated.iri in split:
            out.append(LeftOut(stated, Reason.YEARS, split[stated.iri]))
        elif said:
            out.append(LeftOut(stated, _SAME_MONEY[said[0][0]], said[0][1]))
        elif stated.iri in replaced:
            out.append(LeftOut(stated, Reason.SUPERSEDED, replaced[stated.iri]))
    return out[1:] if len(out) == len(flows) and not grounds.is_part else out


def _is_step_before(part: StatedFlow, whole: StatedFlow) -> bool:
    """Whether the payee of a sum is the payer of the one that it goes into: money given, not a share of a payment."""
    payer, payee = parties(part)
    return bool(payee) and payee == party_of(whole.flow.funder) and payee != payer


def _split_by_year(flows: Sequence[StatedFlow], here: Mapping[str, StatedFlow]) -> dict[str, str]:
    """Sums for several years whose parts, one for each year, are stated too, in whatever decision: by IRI, a part's."""
    parts: dict[str, list[StatedFlow]] = defaultdict(list)
    for stated in flows:
        for link, other in stated.links:
            if link is FlowLink.PART_OF and other in here and len(stated.flow.years) == 1:
                parts[other].append(stated)
    return {
        iri: found[0].iri
        for iri, found in parts.items()
        if len(here[iri].flow.years) > 1 and adds_up_to(found, here[iri])
    }


def carried_forward(flows: Sequence[StatedFlow], *, beside: bool = False) -> list[LeftOut]:
    """Return what is carried forward as no new money; nothing if nothing else is known.

    Args:
        flows: All flows, the other kinds too.
        beside: Whether other money is known that is not among the flows.
    """
    carried = [stated for stated in flows if stated.flow.kind is FlowKind.CARRY_FORWARD]
    if len(carried) == len(flows) and not beside:
        return []
    earlier = ([iri for link, iri in stated.links if link is FlowLink.CARRIED_FROM] for stated in carried)
    return [LeftOut(stated, Reason.CARRIED, *of[:1]) for stated, of in zip(carried, earlier, strict=True)]


def _carried(flows: Sequence[StatedFlow], grounds: Grounds) -> list[LeftOut]:
    return carried_forward(flows, beside=grounds.is_part)


def _match_within_match(flows: Sequence[StatedFlow], grounds: Grounds) -> list[LeftOut]:
    """A share of match money that another decision had approved already."""
    matches = [stated for stated in flows if stated.flow.kind is FlowKind.MATCH]
    if len(matches) < 2:
        return []
    by_programme: dict[tuple[str, str, str], list[StatedFlow]] = defaultdict(list)
    by_amount: dict[tuple[str, int], list[StatedFlow]] = defaultdict(list)
    for stated in matches:
        payer = party_of(stated.flow.funder)
        by_amount[payer, int(stated.flow.amount)].append(stated)
        for programme in programme_ids(stated):
            for year in stated.flow.years:
                by_programme[payer, programme, year].append(stated)
    out = []
    for stated in matches:
        payer, pounds = party_of(stated.flow.funder), int(stated.flow.amount)
        first = stated.flow.years[:1]
        wider = [s for each in programme_ids(stated) for year in first for s in by_programme[payer, each, year]]
        whole = next((s for s in wider if _is_part_of_match(stated, s) and _is_elsewhere(stated, s, grounds)), None)
        if whole is not None:
            out.append(LeftOut(stated, Reason.MATCH_PART, whole.iri))
            continue
        near = [s for each in range(pounds - 2, pounds + 3) for s in by_amount.get((payer, each), ())]
        earlier = (s for s in near if stated.iri > s.iri and _is_same_match(stated, s))
        same = next((s for s in earlier if _is_elsewhere(stated, s, grounds)), None)
        if same is not None:
            out.append(LeftOut(stated, Reason.MATCH_AGAIN, same.iri))
    return out


def _is_elsewhere(one: StatedFlow, other: StatedFlow, grounds: Grounds) -> bool:
    return grounds.decision_of(one) != grounds.decision_of(other)


def _is_part_of_match(part: StatedFlow, whole: StatedFlow) -> bool:
    a, b = part.flow, whole.flow
    shared = programme_ids(part) & programme_ids(whole)
    return bool(shared and a.years) and a.amount < b.amount and set(a.years) <= set(b.years)


def _is_same_match(one: StatedFlow, other: StatedFlow) -> bool:
    a, b = one.flow, other.flow
    shared = not a.programmes or not b.programmes or bool(programme_ids(one) & programme_ids(other))
    return shared and abs(a.amount - b.amount) < CLOSE and set(a.years) == set(b.years)


RULES: tuple[Callable[[Sequence[StatedFlow], Grounds], list[LeftOut]], ...] = (
    filled_roles,
    _linked,
    payer_unknown,
    said_by_successor,
    repeated,
    spans,
    subtotals,
    sums_of_rows,
    within_summary,
    pots_of_awards,
    inside_open_sum,
    contradicted,
    _carried,
    _match_within_match,
)
#: the rules that look at rows of lists too; the others go by likeness, which rows of one list have by their nature
FOR_LISTS = frozenset({filled_roles, _linked, _carried})
