"""The statements behind a line of the network: each with its sum, years and standing, and its quotation."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.viewmodels import sureness, words
from app.viewmodels.network_words import Names, scope, sentence, sums
from app.viewmodels.quotes import Quote, quotes_of
from graph.counting.left_out import is_money
from graph.model import Band
from graph.networks.network import Bond, Picture, Tie
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow

MOST = 5
LONGEST = 420  #: letters of a quotation


@dataclass(frozen=True, slots=True)
class Said:
    """One statement with its quotation."""

    heading: str  #: "£900, 2023/24, approved" for each sum that the words state, or what is inferred; "" for neither
    quote: Quote


@dataclass(frozen=True, slots=True)
class LineWords:
    """A line in words, with the statements that it rests on."""

    sentence: str
    sums: tuple[str, ...]
    scope: str  #: what the sums are of; "" where no money moves
    said: tuple[Said, ...]  #: the sums that are counted first, the largest of each sort
    more: int = 0  #: statements beyond those
    is_part: bool = False  #: whether the sums are only of what concerns some things


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path with its lines, those with money first."""

    between: str  #: "Treasury Office and Warm Homes"
    lines: tuple[LineWords, ...]


def line_words(bond: Bond, names: Names, heads: Mapping[str, DecisionHead], *, most: int = MOST) -> LineWords:
    """Return a line with its statements; equal quotations appear once, with all their sums."""
    found: dict[tuple[str, str], Said] = {}
    money = sums(bond)
    usual = sureness.usual_band(tie.flow.flow for tie in bond.ties if tie.flow) if money else None  # the sum says it
    for tie in sorted(bond.ties, key=lambda tie: _order(tie, bond)):
        said = _said(tie, bond, heads, usual)
        if said is None:
            continue
        where = said.quote.href, said.quote.words
        before = found.get(where)
        heading = "; ".join(filter(None, (before.heading, said.heading))) if before else said.heading
        found[where] = Said(heading, said.quote)
    shown = tuple(found.values())
    return LineWords(
        sentence=sentence(bond, names),
        sums=money,
        scope=scope(bond, names) if money else "",
        said=shown[:most],
        more=max(0, len(shown) - most),
        is_part=bool(money and bond.about),
    )


def way_steps(way: tuple[str, ...], picture: Picture, names: Names, heads: Mapping[str, DecisionHead]) -> list[Step]:
    """Return a path step by step."""
    steps = []
    for one, other in itertools.pairwise(way):
        bonds = [bond for bond in picture.bonds if {bond.source, bond.target} == {one, other}]
        bonds.sort(key=lambda bond: (-bond.amount, bond.kind))
        told = tuple(line_words(bond, names, heads, most=2) for bond in bonds)
        steps.append(Step(f"{names[one]} and {names[other]}", told))
    return steps


def _order(tie: Tie, bond: Bond) -> tuple[bool, bool, bool, Decimal, str]:
    """Return a sort key for statements: sums counted in the line first, then other money, the largest first."""
    if tie.flow is None:
        return True, True, True, Decimal(0), tie.document
    flow = tie.flow.flow
    counts = tie.flow.iri in bond.counted
    return not counts, not is_money(tie.flow), len(flow.programmes) > 1, -flow.amount, tie.document


def _said(tie: Tie, bond: Bond, heads: Mapping[str, DecisionHead], usual: Band | None) -> Said | None:
    stated = tie.flow.flow if tie.flow else tie.relation
    quotes = quotes_of(stated.evidence[:1] if stated else (), tie.document, heads.get(tie.document))
    if not quotes:
        return None
    quote = quotes[0]
    if len(quote.words) > LONGEST:
        quote = Quote(f"{quote.words[:LONGEST]}…", quote.source, quote.place, quote.href, quote.published)
    if tie.flow is None:
        return Said(f"{tie.inferred[:1].upper()}{tie.inferred[1:]}", quote)
    flow = tie.flow.flow
    stands = ", ".join(part for part in (words.STATUS[flow.status].lower(), sureness.mark(flow, usual=usual)) if part)
    apart = _apart(tie.flow, bond)
    years = words.years_of_money(tie.flow, heads)
    return Said(f"{words.sum_of(flow)}, {years}, {stands}{f' ({apart})' if apart else ''}", quote)


def _apart(stated: StatedFlow, bond: Bond) -> str:
    """Return why a sum is not counted in that of the line; "" if it is, or if the line has no sum."""
    if not bond.amount or stated.iri in bond.counted:
        return ""
    together = bond.joint and is_money(stated) and len(stated.flow.programmes) > 1
    return "for several programmes together" if together else f"not in the {words.pounds(bond.amount)}"
