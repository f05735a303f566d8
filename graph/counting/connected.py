"""Which flows are judged together when all money is: those of which one may be a repetition, part or source of another.

A tie is a number that stands for what two flows share where a rule compares them. Each end of a tie has a side, since
some rules compare unlike flows only: an open role with an award, what a body is given with what it pays.
Flows that no chain of ties joins have no bearing on each other, but for one thing that judgements look up: what a body
spends first in a year (`spent_first`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import product
from typing import Any

from graph.counting.likeness import is_large, parties, party_of, programme_ids
from graph.model import FlowKind
from graph.stated.flows import StatedFlow

Onward = Mapping[tuple[str, str], str]  #: (id of a body, year) -> IRI of the first flow that it spends or passes on
_ONE, _OTHER, BOTH = 1, 2, 3  #: sides of a tie
NOT_PASSED_ON = frozenset({FlowKind.SUB_GRANT, FlowKind.MATCH})


def is_spent(stated: StatedFlow) -> bool:
    """Return True if a flow goes from a body to others, and is no money of its own that it adds to an award."""
    payer, payee = parties(stated)
    return bool(payer) and payer != payee and stated.flow.kind not in NOT_PASSED_ON


def spent_first(flows: Iterable[StatedFlow]) -> Onward:
    """Return the first flow that each body spends or passes on in each year."""
    found: dict[tuple[str, str], str] = {}
    for stated in flows:
        if is_spent(stated):
            for year in stated.flow.years:
                found.setdefault((party_of(stated.flow.funder), year), stated.iri)
    return found


def ties_of(stated: StatedFlow, decision: str) -> list[int]:
    """Return the ties of a flow: numbers of 64 bits, of which the last two say the side.

    Args:
        stated: The flow.
        decision: The IRI of the decision that states it.
    """
    found: dict[int, int] = {}
    for shared, side in _shared(stated, decision):
        tie = _number(*shared)
        found[tie] = found.get(tie, 0) | side
    return [tie | side for tie, side in found.items()]


def tie_of_decision(iri: str) -> int:
    """Return the tie that all flows of a decision share."""
    return _number("decision", iri) | BOTH


def parts_of(counts: Any, ties: Any, tied: Any) -> Any:
    """Return for each flow the number of the first flow of the part that it belongs to.

    Args:
        counts: How many ties each flow has: an array.
        ties: The ties of all flows, one flow after the other: an array of int64.
        tied: Ties of decisions of which one cites the other: (n, 2) int64.

    Returns:
        An array of int64: one number for each flow, then one for each pair of `tied`.
    """
    import numpy

    number = len(counts) + len(tied)
    rows = numpy.concatenate([numpy.repeat(numpy.arange(len(counts)), counts), numpy.arange(len(counts), number)])
    rows = numpy.concatenate([rows, numpy.arange(len(counts), number)])
    every = numpy.concatenate([ties, tied[:, 0], tied[:, 1]])
    part = numpy.arange(number)
    if not len(every):
        return part
    order = numpy.argsort(every, kind="stable")
    rows, every = rows[order], every[order]
    starts = numpy.flatnonzero(numpy.diff(every >> 2, prepend=(every[0] >> 2) - 1))
    lengths = numpy.diff(numpy.append(starts, len(every)))
    is_held = (numpy.bitwise_or.reduceat(every & BOTH, starts) == BOTH) & (lengths > 1)
    rows, lengths = rows[numpy.repeat(is_held, lengths)], lengths[is_held]
    starts = numpy.cumsum(lengths) - lengths
    while len(rows):
        least = numpy.repeat(numpy.minimum.reduceat(part[rows], starts), lengths)
        joined = part.copy()
        numpy.minimum.at(joined, rows, least)
        numpy.minimum.at(joined, part[rows], least)  # what stood for a part before goes with it
        joined = joined[joined]
        if (joined == part).all():
            break
        part = joined
    return part


def in_parts(
    flows: Sequence[StatedFlow], decisions: Mapping[str, str], refers_to: Mapping[str, Iterable[str]]
) -> list[list[StatedFlow]]:
    """Return flows in parts that have no bearing on each other, each in the order of the flows.

    Args:
        flows: The flows.
        decisions: The IRI of each document's decision.
        refers_to: The decisions that a decision cites.
    """
    import numpy

    ties = [ties_of(stated, decisions.get(stated.document, stated.document)) for stated in flows]
    here = {decisions.get(stated.document, stated.document) for stated in flows}
    pairs = [(one, other) for one, others in refers_to.items() if one in here for other in others if other in here]
    tied = numpy.array([[*map(tie_of_decision, pair)] for pair in pairs], numpy.int64).reshape(-1, 2)
    every = numpy.array([tie for own in ties for tie in own], numpy.int64)
    parts = parts_of(numpy.array([*map(len, ties)], numpy.int64), every, tied)
    found: dict[int, list[StatedFlow]] = {}
    for stated, part in zip(flows, parts[: len(flows)].tolist(), strict=True):
        found.setdefault(part, []).append(stated)
    return list(found.values())


def _number(*words: str) -> int:
    digest = blake2b("\0".join(words).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True) & ~BOTH


def _shared(stated: StatedFlow, decision: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield what a flow may share with others that it is compared with, and on which side it stands there."""
    flow = stated.flow
    yield ("decision", decision), BOTH
    yield from ((("flow", iri), BOTH) for iri in (stated.iri, *(other for _, other in stated.links)))
    if flow.kind is FlowKind.MATCH:
        yield from _of_match(stated)
    yield from _of_roles(stated)
    yield from _of_passing_on(stated)
    if is_large(stated):
        yield from _of_equal_sums(stated)


def _of_roles(stated: StatedFlow) -> Iterator[tuple[tuple[str, ...], int]]:
    """Roles to be filled, and awards: `roles.filled_roles`."""
    payer, payee = parties(stated)
    side = _ONE if stated.flow.awaits_payee and not payee else _OTHER if payee else 0
    if side:
        for programme, year in product(sorted(programme_ids(stated)), stated.flow.years):
            yield ("role", payer, programme, year), side


def _of_match(stated: StatedFlow) -> Iterator[tuple[tuple[str, ...], int]]:
    """Match funding: `same_money._match_within_match`. Sums that are one differ by less than two pounds."""
    flow, payer = stated.flow, party_of(stated.flow.funder)
    for programme, year in product(sorted(programme_ids(stated)), flow.years):
        yield ("match", payer, programme, year), BOTH
    for pounds in (int(flow.amount), int(flow.amount) + 1):
        yield ("match of", payer, str(pounds), *sorted(set(flow.years))), BOTH


def _of_passing_on(stated: StatedFlow) -> Iterator[tuple[tuple[str, ...], int]]:
    """What a body is given or sets aside, and what it pays, for one year and purpose: `NearYears.paying_for`."""
    flow = stated.flow
    purposes = [("programme", programme) for programme in sorted(programme_ids(stated))]
    purposes += [("fund", flow.fund.id)] if flow.fund is not None else []
    for purpose, year in product(purposes, flow.years):
        yield ("held", party_of(flow.recipient or flow.funder), *purpose, year), _ONE
        yield ("held", party_of(flow.funder), *purpose, year), _OTHER


def _of_equal_sums(stated: StatedFlow) -> Iterator[tuple[tuple[str, ...], int]]:
    """Large sums that are equal: `NearYears.equal`, for which one has no year, and `repetitions.payer_unknown`."""
    flow, (payer, payee) = stated.flow, parties(stated)
    amount = f"{flow.amount:.2f}"
    if payee:
        yield ("received", payee, amount), _OTHER if payer else _ONE
    for undated in ("held", "paid"):
        if undated != "held" or not flow.years:
            yield ("equal", party_of(flow.recipient or flow.funder), amount, undated), _ONE
        if undated != "paid" or not flow.years:
            yield ("equal", payer, amount, undated), _OTHER
