"""The history of money: what each body put in, then the decisions in the order of time with their sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.ask.known.facts import Facts
from graph.ask.language.english import subject
from graph.ask.language.phrases import counted as number_of
from graph.ask.language.phrases import in_years, listed
from graph.ask.language.terms import Role, Rows, Scan
from graph.ask.result import Caveat, Status, Value
from graph.ask.running.caveats import undated_caveats
from graph.ask.running.citing import cite_flows, cite_heads, unique
from graph.ask.running.decisions_found import decisions_in, order_of
from graph.ask.running.draft import Draft, decision_item, opened
from graph.ask.running.matching import choices_of, fitting
from graph.ask.running.shares import figure, years_of
from graph.ask.running.whom import ids
from graph.counting.ledger import part_of
from graph.counting.left_out import is_money
from graph.counting.likeness import programme_ids, total
from graph.counting.placed_years import without_year
from graph.counting.sides import Side
from graph.counting.tally import Tally, is_joint
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow

_NOT_ADDED = "The sums of different decisions may be the same money and are not added here."
_NOT_ADDED_BESIDE = (
    "What each body put in counts each sum once. The lines below are what each decision states: they may be the same "
    "money, and do not add up to it."
)


def history(scan: Scan, facts: Facts) -> Draft | None:
    """Return an answer that tells the decisions on some money in the order of time, each with its sums.

    It opens with what each body put in.
    """
    fit, wanted = fitting(scan, facts), ids(choices_of(scan, Role.PROGRAMME))
    flows = [s for s in fit.everything if s.flow.kind.value != "envelope" and _is_for(s, wanted)]
    documents = list(dict.fromkeys(s.document for s in flows))
    named = [h.document for h in decisions_in(Scan(Rows.AWARDS, scan.where), facts)[0]]
    heads = [facts.heads[d] for d in dict.fromkeys([*documents, *named]) if d in facts.heads]
    heads.sort(key=lambda h: _order_of_flows(h, flows, facts))
    if not heads:
        return None
    items, said, used = [], [], list[StatedFlow]()
    for head in heads:
        own = [s for s in flows if s.document == head.document]
        here = {s.iri for s in own}
        moved = [s for s in facts.ledger.tally_of_decision(head.iri).flows if s.iri in here]
        alone = [s for s in moved if not is_joint(s, wanted)]
        note = "for several programmes together, not split" if moved and not alone else ""
        counted = alone or moved
        items.append(replace(decision_item(head, counted, note), years=years_of(own)))
        used += counted or own
        sums = f" {figure(counted)}" if counted else ""
        said.append(f"{head.caption}{in_years(years_of(own))}{sums}{f' ({note})' if note else ''}")
    things = [e for c in choices_of(scan, Role.PROGRAMME) for e in c.entities]
    whole = facts.ledger.tally(things[0], Side.SOURCES) if len(things) == 1 else None
    added = part_of(whole, flows) if whole else None
    bodies = _by_body(added, facts) if added else []
    text = f"{opened(subject(scan))}, in order: {listed(said, most=10)}."
    if bodies:
        decisions = number_of(len(heads), "decision")
        text = f"{opened(subject(scan))}: {decisions}{in_years(_span(flows))}. {' '.join(bodies)}"
    warned = Caveat("not added", _NOT_ADDED if not bodies else _NOT_ADDED_BESIDE)
    return Draft(
        Status.ANSWERED, text, tuple(items), Value(count=len(items)),
        unique([*cite_flows(used, facts), *cite_heads(heads)]), flows=tuple(dict.fromkeys(used)), level=fit.fit or 0.9,
        counted=whole,
        caveats=(warned, *undated_caveats(added.flows if added else filter(is_money, used), facts)),
    )  # fmt: skip


def _is_for(stated: StatedFlow, programmes: frozenset[str]) -> bool:
    """Whether a sum is for one of the programmes asked about; what only bears its name, such as a payee, is not."""
    return not programmes or bool(programme_ids(stated) & programmes)


def _by_body(counted: Tally, facts: Facts) -> list[str]:
    """A sentence for each body that decided, the earliest first: from whom its money comes, for which years."""
    found: dict[str, list[StatedFlow]] = {}
    for stated in sorted(counted.flows, key=lambda stated: stated.flow.years[:1] or ("9",)):
        head = facts.heads.get(stated.document)
        found.setdefault(head.body.name if head and head.body else "A body that is not stated", []).append(stated)
    return [
        f"{body}: {_from_whom(body, flows)}{in_years(_span(flows))}{_undated(flows, facts)}."
        for body, flows in found.items()
    ]


def _undated(flows: Sequence[StatedFlow], facts: Facts) -> str:
    """What of a body's money states no year, after the years of the rest."""
    said = without_year(flows, facts.heads)
    return f"; {said}" if said else ""


def _from_whom(body: str, flows: Sequence[StatedFlow]) -> str:
    funders: dict[str, list[StatedFlow]] = {}
    for stated in flows:
        name = stated.flow.funder.name if stated.flow.funder else "a funder who is not named"
        funders.setdefault(name, []).append(stated)
    ranked = sorted(funders.items(), key=lambda pair: -total(pair[1]))
    return listed(figure(own, " of its own" if name == body else f" from {name}") for name, own in ranked)


def _span(flows: Sequence[StatedFlow]) -> list[str]:
    """The financial years of some flows, each once."""
    return sorted({year for stated in flows for year in stated.flow.years})


def _order_of_flows(head: DecisionHead, flows: Sequence[StatedFlow], facts: Facts) -> tuple[str, str]:
    """A key for a history: the first year of the money, else the signature."""
    years = [y for s in flows if s.document == head.document for y in s.flow.years[:1]]
    return (f"{min(years)[:4]}-04" if years else order_of(head, facts)[0], order_of(head, facts)[0])
