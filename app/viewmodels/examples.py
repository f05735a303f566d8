"""Example questions made from what is loaded, so that each has an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from graph.counting.left_out import is_money
from graph.model import Entity
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow


def examples(flows: Sequence[StatedFlow], heads: Iterable[DecisionHead]) -> tuple[str, ...]:
    """Return up to six questions about what most decisions fund; none where nothing is loaded."""
    money = [stated for stated in flows if is_money(stated)]
    funded = Counter(programme for stated in money for programme in set(stated.flow.programmes) if programme.verified)
    questions = []
    leading = [programme for programme, _ in sorted(funded.items(), key=lambda pair: (-pair[1], pair[0].name))[:3]]
    if leading:
        first = leading[0]
        place = _where_else(money, first)
        questions.append(f"Who funds {first.name} in {place.name}?" if place else f"Who funds {first.name}?")
        questions.append(f"How much has {first.name} received by year?")
    payer = _payer(money)
    if payer and len(leading) > 1:
        questions.append(f"How much did the {payer.name} give to {leading[1].name}?")
    if leading:
        questions.append(f"Who works with whom on {leading[0].name}?")
    dated = next((head for head in heads if head.reference and head.signed), None)
    if dated:
        questions.append(f"What did {dated.reference} decide?")
    if flows:
        questions.append("Which figures do not add up?")
    return tuple(dict.fromkeys(questions))


def _where_else(money: Sequence[StatedFlow], programme: Entity) -> Entity | None:
    """Return the place, other than the commonest of all, where most is said of the programme."""
    everywhere = Counter(stated.flow.place for stated in money if stated.flow.place)
    here = Counter(stated.flow.place for stated in money if stated.flow.place and programme in stated.flow.programmes)
    commonest = everywhere.most_common(1)[0][0] if everywhere else None
    ranked = sorted(here.items(), key=lambda pair: (pair[0] == commonest, -pair[1], pair[0].name))
    return ranked[0][0] if ranked else None


def _payer(money: Sequence[StatedFlow]) -> Entity | None:
    payers = Counter(stated.flow.funder for stated in money if stated.flow.funder)
    return payers.most_common(1)[0][0] if payers else None
