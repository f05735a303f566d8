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
from graph.stated.things import thing_key

IN_WORDS = "named in words alone"


def only_thing(question: Question) -> tuple[Entity, Side | None] | None:
    """Return the thing that a question is about; None where it names more, or narrows it down.

    An organisation comes with the side that the question asks for; of other things, the question's kind tells it.
    """
    narrowed = (
        question.period, question.kinds, question.statuses, question.excluded, question.topic, question.references,
        question.deciders, question.phrases, question.hints, question.own_money, question.negated,
        question.at_least is not None, question.at_most is not None,
    )  # fmt: skip
    if any(narrowed) or len(question.things) != 1:
        return None
    roles: tuple[tuple[tuple[Choice, ...], EntityKind, Side | None], ...] = (
        (question.programmes, EntityKind.PROGRAMME, None),
        (question.funds, EntityKind.FUND, None),
        (question.places, EntityKind.PLACE, None),
        (question.funders, EntityKind.ORGANISATION, Side.DELIVERIES),
        (question.recipients, EntityKind.ORGANISATION, Side.SOURCES),
    )
    named = {
        entity: side for choices, kind, side in roles for c in choices for entity in c.entities if entity.kind is kind
    }
    return next(iter(named.items())) if len(named) == 1 else None


def plain_tally(question: Question, side: Side, facts: Facts) -> Tally | None:
    """Return what counts of the one thing that a question is about; None for another question, or without money."""
    only = only_thing(question)
    if only is None:
        return None
    found = facts.ledger.tally(only[0], only[1] or side)
    return found if found.flows or found.joint else None


def has_no_sum_of_its_own(question: Question, side: Side, facts: Facts) -> bool:
    """Return True if the one thing asked about has a page and no money on it: a sum that only names it is another's."""
    only = only_thing(question)
    if only is None or thing_key(only[0]) not in facts.with_page:
        return False
    return plain_tally(question, side, facts) is None


def named_in_words(flows: Iterable[StatedFlow], counted: Tally) -> list[Caveat]:
    """Return a word on money whose decision names the thing in a sentence, and not as what that money is for."""
    known = {s.iri for s in (*counted.flows, *counted.joint)} | {out.flow.iri for out in counted.left_out}
    besides = [stated for stated in flows if is_money(stated) and stated.iri not in known]
    if not besides:
        return []
    sums = "1 sum" if len(besides) == 1 else f"{len(besides)} sums"
    text = f"Not in the figure: {sums} of {pounds(total(besides))} in decisions that only name it in their words."
    return [Caveat(IN_WORDS, text, total(besides))]
