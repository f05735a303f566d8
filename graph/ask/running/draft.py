"""An answer in the making, and the lines for things, parties and decisions that all kinds of answer share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import chain

from graph.ask.known.derived_values import EachLater, MadeLater
from graph.ask.known.facts import Facts
from graph.ask.language.phrases import listed, pounds
from graph.ask.result import Caveat, CheckNote, Citation, Item, Status, Value
from graph.ask.running.caveats import JOINT, caveats_of
from graph.ask.running.citing import checks_on, cite_flows
from graph.ask.running.shares import Share as PartyShare
from graph.ask.running.shares import ceiling_of, figure, spread, years_of
from graph.counting.likeness import total
from graph.counting.placed_years import without_year
from graph.counting.tally import Tally
from graph.counting.unsure import unsure_part
from graph.identifiers import entity_iri
from graph.model import Entity, FlowStatus
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow

_SEVERAL = 8  #: names of a list that are said in a sentence


@dataclass(frozen=True)
class Draft:
    """The result of executing a form; the question and its reading are added when the answer is said."""

    status: Status
    text: str
    items: Sequence[Item] = ()
    value: Value = field(default_factory=Value)
    citations: tuple[Citation, ...] = ()
    checks: Sequence[CheckNote] = ()
    flows: tuple[StatedFlow, ...] = ()
    caveats: Sequence[Caveat] = ()
    counted: Tally | None = None
    level: float = 1.0  #: how well the conditions fit, 0 to 1
    unmet: tuple[str, ...] = ()  #: words of the question that nothing of it holds
    undated: tuple[StatedFlow, ...] = ()  #: sums that fit but for the time, as no year is stated for them
    besides: Sequence[str] = ()  #: sentences that end the answer, such as one on these; made when they are looked at
    signs: Mapping[str, float] = field(default_factory=dict)  #: of how well it answers, beside the level

    @property
    def ending(self) -> str:
        """The sentences that end the answer, each after a space."""
        return "".join(f" {sentence}" for sentence in self.besides)

    def but(self, **changes: object) -> Draft:
        """Return the draft with some parts changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


def value_of(flows: Iterable[StatedFlow], *, count: int | None = None, percent: Decimal | None = None) -> Value:
    """The sum of some flows as the figure of an answer; no amount where there are none."""
    sums = unsure_part(flows)
    return Value(sums.whole or None, count, percent=percent, ceiling=sums.ceiling or None)


def entity_item(
    entity: Entity | None,
    label: str = "",
    *,
    amount: Decimal | None = None,
    years: tuple[str, ...] = (),
    note: str = "",
    ceiling: Decimal | None = None,
) -> Item:
    """Return an answer's line for a thing of the graph; without a thing, for the words in `label`."""
    if entity is None:
        return Item(label, "", "words", amount, years, note, ceiling)
    return Item(label or entity.name, str(entity_iri(entity)), entity.kind.value, amount, years, note, ceiling)


def decision_item(head: DecisionHead, flows: Sequence[StatedFlow] = (), note: str = "") -> Item:
    """A line for a loaded decision, with some of its sums."""
    shown = note or (head.title if head.reference else "")
    amount = total(flows) if flows else None
    return Item(head.caption, head.iri, "decision", amount, years_of(flows), shown, ceiling_of(flows))


def drafted(text: str, groups: Sequence[PartyShare], counted: Tally, facts: Facts, *, level: float = 1.0) -> Draft:
    """Return an answer over counted money, with a line for each group.

    Args:
        text: The answer's sentence.
        groups: The parties with their flows.
        counted: The tally that the figure is taken from.
        facts: The graph.
        level: How well the set's conditions fit, 0 to 1.
    """
    named = [s for g in groups for s in (*g.flows, *g.joint)]
    used = tuple(dict.fromkeys(named or [*counted.flows, *counted.joint]))
    here = set(used)
    shown = replace(counted, flows=tuple(s for s in counted.flows if s in here))
    return Draft(
        Status.ANSWERED,
        text,
        EachLater(groups, lambda group: party_item(group, facts), _key_of),  # most drafts are not the answer
        citations=cite_flows(chain(used, counted.joint), facts),
        checks=MadeLater(lambda: _checks_on(used, facts)),
        flows=used,
        caveats=MadeLater(lambda: caveats_of(counted, used, facts)),
        counted=shown,
        level=level,
    )


def _checks_on(used: Sequence[StatedFlow], facts: Facts) -> tuple[CheckNote, ...]:
    documents, amounts = {s.document for s in used}, [s.flow.amount for s in used]
    return checks_on(documents, amounts, facts, with_totals=len(used) > 1)


def _key_of(group: PartyShare) -> str:
    """What `key_of` says of the group's item."""
    return group.label if group.entity is None else str(entity_iri(group.entity))


def key_of(item: Item) -> str:
    """Return what tells an item of a list from others: its id, or its words where it is no thing of the graph."""
    return item.id or item.label


def keys_of(items: Sequence[Item]) -> list[str]:
    """Return the key of each item."""
    return items.keys() if isinstance(items, EachLater) else [key_of(item) for item in items]


def party_item(share_of: PartyShare, facts: Facts) -> Item:
    """Return an answer's line for one party and its money."""
    notes = []
    if share_of.joint:
        sums = (f"{figure([s])} for {listed(p.name for p in s.flow.programmes)}" for s in share_of.joint)
        notes.append(f"{'also' if share_of.flows else 'only'} in sums {JOINT}: {listed(sums)}")
    if any(s.flow.status is FlowStatus.PROVISIONAL for s in share_of.flows):
        notes.append("provisional")
    undated = without_year(share_of.flows, facts.heads)
    notes += [undated] if undated else []
    ceiling = ceiling_of(share_of.flows)
    notes += [f"{pounds(ceiling)} of it “up to”"] if ceiling else []
    return entity_item(
        share_of.entity, share_of.label,
        amount=share_of.amount, years=share_of.years, note="; ".join(notes), ceiling=ceiling,
    )  # fmt: skip


def said_of(groups: Sequence[PartyShare], facts: Facts) -> str:
    """Return the parties with their sums in words: "Kent (£1,200 in 2020/21) and Surrey (£300 in 2021/22)"."""
    are_told_apart = len({group.label for group in groups}) == len(groups)
    told = groups[:_SEVERAL] if are_told_apart else groups  # two that say the same are said once
    return listed((_share_said(each, facts) for each in told), most=_SEVERAL, untold=len(groups) - len(told))


def _share_said(group: PartyShare, facts: Facts) -> str:
    if group.amount is not None:
        return f"{group.label} ({spread(group.flows, facts.heads)})"
    sums = listed((figure([s]) for s in group.joint), most=3)
    return f"{group.label} ({sums} {JOINT})"


def opened(words: str) -> str:
    """Return the words with a capital at the beginning."""
    return words[:1].upper() + words[1:]
