"""Answers over what was counted: a line for each party, with its sums, years and what must be known of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from graph.ask.citing import checks_on, cite_flows
from graph.ask.facts import Facts
from graph.ask.result import Item, Status
from graph.ask.running.draft import Draft, entity_item
from graph.ask.running.shares import Share as PartyShare
from graph.ask.running.shares import spread
from graph.ask.saying.caveats import JOINT, caveats_of
from graph.ask.saying.sentences import listed, pounds
from graph.counting.likeness import total
from graph.counting.tally import Tally
from graph.model import Basis, FlowStatus
from graph.stated.flows import StatedFlow

_SEVERAL = 8  #: names of a list that are said in a sentence


def ceiling_said(flows: Iterable[StatedFlow]) -> str:
    """ " of it “up to”" where a sum holds ceilings."""
    held = total(s for s in flows if s.flow.basis is Basis.CEILING)
    return f", {pounds(held)} of it “up to”" if held else ""


def drafted(text: str, groups: Sequence[PartyShare], counted: Tally, facts: Facts, *, level: float = 1.0) -> Draft:
    """An answer over what was counted, with a line for each group."""
    named = [s for g in groups for s in (*g.flows, *g.joint)]
    used = tuple(dict.fromkeys(named or [*counted.flows, *counted.joint]))
    here = set(used)
    shown = replace(counted, flows=tuple(s for s in counted.flows if s in here))
    amounts = [s.flow.amount for s in used]
    documents = {s.document for s in used}
    stated = [each.amount for each in facts.totals_in(documents)] if len(used) > 1 else []
    return Draft(
        Status.ANSWERED,
        text,
        tuple(party_item(g) for g in groups),
        citations=cite_flows([*used, *counted.joint], facts),
        checks=checks_on(documents, amounts, facts, totals=stated),
        flows=used,
        caveats=caveats_of(counted, used, facts),
        counted=shown,
        level=level,
    )


def party_item(share_of: PartyShare) -> Item:
    """A line of the answer for one party."""
    notes = []
    if share_of.joint:
        sums = (f"{pounds(s.flow.amount)} for {listed(p.name for p in s.flow.programmes)}" for s in share_of.joint)
        notes.append(f"{'also' if share_of.flows else 'only'} in sums {JOINT}: {listed(sums)}")
    if any(s.flow.status is FlowStatus.PROVISIONAL for s in share_of.flows):
        notes.append("provisional")
    ceiling = ceiling_said(share_of.flows).removeprefix(", ")
    notes += [ceiling] if ceiling else []
    return entity_item(
        share_of.entity, share_of.label, amount=share_of.amount, years=share_of.years, note="; ".join(notes)
    )


def said_of(groups: Sequence[PartyShare]) -> str:
    parts = []
    for group in groups:
        if group.amount is not None:
            parts.append(f"{group.label} ({spread(group.flows)})")
        else:
            sums = listed((pounds(s.flow.amount) for s in group.joint), most=3)
            parts.append(f"{group.label} ({sums} {JOINT})")
    return listed(parts, most=_SEVERAL)


def opened(words: str) -> str:
    return words[:1].upper() + words[1:]
