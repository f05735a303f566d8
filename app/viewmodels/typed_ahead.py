"""Suggestions while a question is typed: names of the graph with their kind, then questions that have an answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.viewmodels import words
from graph.ask.language.terms import Choice, Form, List, Named, Role, Rows, Scan, Total, What
from graph.counting.left_out import is_money
from graph.model import Entity, EntityKind
from graph.stated.flows import StatedFlow

LONGEST = 80  #: characters of a name that is offered
MOST = 3_000  #: names that are offered; those with fewer sums are understood all the same


@dataclass(frozen=True, slots=True)
class TypedAhead:
    """Names, most frequent first, and whole questions with their forms."""

    names: tuple[tuple[str, str], ...]  #: name and kind
    questions: Mapping[str, Form]  #: the words, and what they ask


def typed_ahead(things: Iterable[tuple[Entity, int]], flows: Iterable[StatedFlow]) -> TypedAhead:
    """Return the suggestions for a graph.

    Args:
        things: The things that sums name, each with its number of sums.
        flows: The sums. A question about a thing is only offered if sums can answer it.
    """
    ranked = sorted(things, key=lambda pair: (-pair[1], pair[0].name))
    known = [entity for entity, _ in ranked if len(entity.name) <= LONGEST][:MOST]
    held = _held(flows)
    questions: dict[str, Form] = {}
    for entity in known:
        for question, form in _questions(entity, held.get(entity, set())):
            questions.setdefault(question, form)
    return TypedAhead(tuple((entity.name, words.THING[entity.kind].lower()) for entity in known), questions)


def _held(flows: Iterable[StatedFlow]) -> Mapping[Entity, set[str]]:
    """Return what the sums of each thing contain: funders, recipients; for an organisation, its own side."""
    money = [stated.flow for stated in flows if is_money(stated) and stated.flow.evidence]
    givers = {flow.funder for flow in money}  # who passes money on is not who gets it
    found: dict[Entity, set[str]] = defaultdict(set)
    for flow in money:
        sides = {"sum"} | ({"funder"} if flow.funder else set())
        sides |= {"recipient"} if flow.recipient and flow.recipient not in givers else set()
        for thing in (*(flow.programmes if len(flow.programmes) == 1 else ()), flow.place, flow.fund):
            if thing is not None:
                found[thing] |= sides
        if flow.funder and flow.recipient and flow.funder != flow.recipient:
            found[flow.funder].add("gives")
            found[flow.recipient].add("gets")
    return found


def _questions(entity: Entity, held: set[str]) -> Iterable[tuple[str, Form]]:
    name = entity.name
    asked: tuple[tuple[str, str, Form], ...]
    if entity.kind is EntityKind.PROGRAMME:
        about = _awards(Role.PROGRAMME, entity)
        asked = (("funder", f"Who funds {name}?", List(about, What.FUNDER)),
                 ("recipient", f"Who is paid for {name}?", List(about, What.RECIPIENT)),
                 ("sum", f"How much is granted for {name} in all?", Total(about)))  # fmt: skip
    elif entity.kind is EntityKind.ORGANISATION:
        asked = (("gives", f"Who gets money from {name}?", List(_awards(Role.FUNDER, entity), What.RECIPIENT)),
                 ("gets", f"Who gives money to {name}?", List(_awards(Role.RECIPIENT, entity), What.FUNDER)),
                 ("gets", f"How much did {name} get?", Total(_awards(Role.RECIPIENT, entity))))  # fmt: skip
    elif entity.kind is EntityKind.PLACE:
        asked = (("recipient", f"Who is paid in {name}?", List(_awards(Role.PLACE, entity), What.RECIPIENT)),
                 ("funder", f"Who gives money in {name}?", List(_awards(Role.PLACE, entity), What.FUNDER)),
                 ("sum", f"How much is granted in {name}?", Total(_awards(Role.PLACE, entity))))  # fmt: skip
    else:
        asked = (("recipient", f"Who is paid from the {name}?", List(_awards(Role.FUND, entity), What.RECIPIENT)),
                 ("sum", f"How much comes from the {name}?", Total(_awards(Role.FUND, entity))))  # fmt: skip
    return [(question, form) for needed, question, form in asked if needed in held]


def _awards(role: Role, entity: Entity) -> Scan:
    return Scan(Rows.AWARDS, (Named(role, (Choice(entity.name, (entity,)),)),))
