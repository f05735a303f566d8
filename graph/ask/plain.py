"""Questions about one thing and nothing else: their figure is the one on the thing's page, read from the ledger."""

from __future__ import annotations

from collections.abc import Iterable

from graph.ask.facts import Facts
from graph.ask.question import Choice, Question
from graph.ask.result import Caveat
from graph.ask.sentences import pounds
from graph.counting.left_out import is_money
from graph.counting.likeness import total
from graph.counting.sides import Side
from graph.counting.tally import Tally
from graph.model import Entity, EntityKind
from graph.stated.flows import StatedFlow

IN_WORDS = "named in words alone"


def only_thing(question: Question) -> Entity | None:
    """Return the programme, fund or place that a question is about; None where it names more, or narrows it down."""
    narrowed = (
        question.period, question.kinds, question.statuses, question.excluded, question.topic, question.references,
        question.deciders, question.phrases, question.hints, question.own_money, question.negated,
        question.at_least is not None, question.at_most is not None,
    )  # fmt: skip
    if any(narrowed) or len(question.things) != 1:
        return None
    roles: tuple[tuple[tuple[Choice, ...], EntityKind], ...] = (
        (question.programmes, EntityKind.PROGRAMME),
        (question.funds, EntityKind.FUND),
        (question.places, EntityKind.PLACE),
    )
    named = [entity for choices, kind in roles for c in choices for entity in c.entities if entity.kind is kind]
    return named[0] if len({entity.id for entity in named}) == 1 else None


def plain_tally(question: Question, side: Side, facts: Facts) -> Tally | None:
    """Return what counts of the one thing that a question is about; None for another question, or without money."""
    thing = only_thing(question)
    found = facts.ledger.tally(thing, side) if thing is not None else Tally(())
    return found if found.flows or found.joint else None


def named_in_words(flows: Iterable[StatedFlow], counted: Tally) -> list[Caveat]:
    """Return a word on money whose decision names the thing in a sentence, and not as what that money is for."""
    known = {s.iri for s in (*counted.flows, *counted.joint)} | {out.flow.iri for out in counted.left_out}
    besides = [stated for stated in flows if is_money(stated) and stated.iri not in known]
    if not besides:
        return []
    sums = "1 sum" if len(besides) == 1 else f"{len(besides)} sums"
    text = f"Not in the figure: {sums} of {pounds(total(besides))} in decisions that only name it in their words."
    return [Caveat(IN_WORDS, text, total(besides))]
