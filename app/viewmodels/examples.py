"""Example questions made from the loaded decisions, by topic; only questions that have an answer are shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.counting.left_out import is_money
from graph.model import Entity, RelationKind
from graph.stated.checks import StatedCheck
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow
from graph.stated.relations import StatedRelation

PARTNERS = (RelationKind.PARTNER_IN, RelationKind.DELIVERS, RelationKind.DEVELOPED)  #: how organisations work together
MOST_LETTERS = 40  #: of a name in an example; longer ones read badly


@dataclass(frozen=True, slots=True)
class ExampleGroup:
    """Example questions on one topic."""

    heading: str  #: "Follow the money"
    questions: tuple[str, ...]


def example_groups(
    flows: Sequence[StatedFlow],
    heads: Mapping[str, DecisionHead],
    relations: Iterable[StatedRelation] = (),
    checks: Iterable[StatedCheck] = (),
) -> tuple[ExampleGroup, ...]:
    """Return questions about the programmes that most decisions fund, by topic; () if nothing is loaded."""
    money = [stated for stated in flows if is_money(stated)]
    leading = _leading(money)
    groups = (
        ExampleGroup("Follow the money", _about_money(money, leading)),
        ExampleGroup("Who works with whom", _about_partners(leading, relations)),
        ExampleGroup("What a decision did", _about_decisions(flows, leading, heads)),
        ExampleGroup("Figures to be careful with", _about_checks(heads, checks) if flows else ()),
    )
    return tuple(group for group in groups if group.questions)


def answered_alone(groups: Iterable[ExampleGroup], is_answered: Callable[[str], bool]) -> tuple[ExampleGroup, ...]:
    """Return the groups with only those questions that have an answer, as the start page must not offer others."""
    kept = (ExampleGroup(each.heading, tuple(filter(is_answered, each.questions))) for each in groups)
    return tuple(group for group in kept if group.questions)


def examples(groups: Iterable[ExampleGroup]) -> tuple[str, ...]:
    """Return the first question of each group, then all others."""
    known = [group.questions for group in groups]
    return tuple(dict.fromkeys([each[0] for each in known] + [one for each in known for one in each]))


def _leading(money: Sequence[StatedFlow]) -> list[Entity]:
    """Return the programmes that most sums are for alone, most frequent first."""
    funded = Counter(
        programme
        for stated in money
        for programme in stated.flow.programmes
        if programme.verified and len(stated.flow.programmes) == 1 and len(programme.name) <= MOST_LETTERS
    )
    return [programme for programme, _ in sorted(funded.items(), key=lambda pair: (-pair[1], pair[0].name))]


def _about_money(money: Sequence[StatedFlow], leading: Sequence[Entity]) -> tuple[str, ...]:
    if not leading:
        return ()
    first = leading[0]
    place = _where_else(money, first)
    questions = [f"Who funds {first.name} in {place.name}?" if place else f"Who funds {first.name}?"]
    questions.append(f"How much has {first.name} received by year?")
    for other in leading[1:]:
        payer = _payer(money, other)
        if payer:
            questions.append(f"How much did the {payer.name} give to {other.name}?")
            break
    return tuple(questions)


def _about_partners(leading: Sequence[Entity], relations: Iterable[StatedRelation]) -> tuple[str, ...]:
    questions = [f"Who works with whom on {leading[0].name}?"] if leading else []
    partners = Counter(
        relation.subject
        for relation in relations
        if relation.kind in PARTNERS
        and isinstance(relation.subject, Entity)
        and relation.subject.verified
        and len(relation.subject.name) <= MOST_LETTERS
    )
    if partners:
        busiest = sorted(partners, key=lambda entity: (-partners[entity], entity.name))[0]
        questions.append(f"Who works with {busiest.name}?")
    if leading:
        questions.append(f"Where is {leading[0].name} delivered?")
    return tuple(questions)


def _about_decisions(
    flows: Sequence[StatedFlow], leading: Sequence[Entity], heads: Mapping[str, DecisionHead]
) -> tuple[str, ...]:
    first = leading[0] if leading else None
    said = Counter(
        stated.document for stated in flows if first is None or first in stated.flow.programmes
    )  # fmt: skip
    named = [name for name, _ in sorted(said.items(), key=lambda pair: (-pair[1], pair[0]))]
    known = [heads[name].reference for name in named if name in heads and heads[name].reference]
    questions = [f"What did {known[0]} decide?"] if known else []
    if leading:
        questions += [f"Which decisions are about {leading[0].name}?"]
        questions += [f"What is the funding history of {leading[0].name}?"]
    return tuple(questions)


def _about_checks(heads: Mapping[str, DecisionHead], checks: Iterable[StatedCheck]) -> tuple[str, ...]:
    questions = ["Which figures do not add up?"]
    wrong = next(
        (
            heads[stated.document].reference
            for stated in checks
            if stated.check.verdict.value == "conflict"
            and stated.document in heads
            and heads[stated.document].reference
        ),
        None,
    )
    return (*questions, f"Do the figures in {wrong} add up?") if wrong else tuple(questions)


def _where_else(money: Sequence[StatedFlow], programme: Entity) -> Entity | None:
    """Return the place with most sums of the programme, if possible not the most frequent place of all; else None."""
    everywhere = Counter(stated.flow.place for stated in money if stated.flow.place)
    here = Counter(stated.flow.place for stated in money if stated.flow.place and programme in stated.flow.programmes)
    commonest = everywhere.most_common(1)[0][0] if everywhere else None
    ranked = sorted(here.items(), key=lambda pair: (pair[0] == commonest, -pair[1], pair[0].name))
    return ranked[0][0] if ranked else None


def _payer(money: Sequence[StatedFlow], programme: Entity) -> Entity | None:
    """Return the funder of most sums of the programme; None if unknown."""
    payers = Counter(
        stated.flow.funder
        for stated in money
        if stated.flow.funder and stated.flow.funder.verified and stated.flow.programmes == (programme,)
    )
    return payers.most_common(1)[0][0] if payers else None
