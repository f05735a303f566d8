"""How well each flow fits the conditions of a question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from graph.ask.bounds import amount_fits, years_fit
from graph.ask.facts import Facts
from graph.ask.question import Asks, Choice, Focus, Question
from graph.ask.whom import council_place, ids, is_of_focus, party_ids, places_within
from graph.ask.words import TELLING, is_general, stem, stems_of, words_of
from graph.model import Entity, EntityKind, FlowKind
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow

#: how well a flow fits, best first
OWN, NAMED, DECISION, TEXT = 0, 1, 2, 3
NO_FIT = 99


def _in_initials(word: str, stated: StatedFlow) -> bool:
    """Whether a short word is made of the first letters of a flow's programme or purpose: "rj"."""
    if not 2 <= len(word) <= 4:
        return False
    names = [programme.name for programme in stated.flow.programmes] + [stated.flow.purpose]
    return any(word in "".join(part[0] for part in words_of(name)) for name in names if name)


@lru_cache(maxsize=20_000)
def own_stems(stated: StatedFlow) -> frozenset[str]:
    fund = stated.flow.fund.name if stated.flow.fund is not None else ""
    return _name_stems(stated) | stems_of(" ".join([fund, *(evidence.quote for evidence in stated.flow.evidence)]))


@lru_cache(maxsize=20_000)
def _name_stems(stated: StatedFlow) -> frozenset[str]:
    flow = stated.flow
    names = [programme.name for programme in flow.programmes]
    names += [flow.recipient.name] if flow.recipient is not None else []
    return stems_of(" ".join([*names, flow.purpose, flow.recipient_words]))


_OF_ALL = {Asks.AMOUNT, Asks.BY_YEAR}


class Matcher:
    """The conditions of one question, made ready once."""

    def __init__(self, question: Question, facts: Facts, without: frozenset[str]) -> None:
        self.question, self.facts, self.without = question, facts, without
        self.programmes = ids(question.programmes)
        self.funds = ids(question.funds)
        self.funders = party_ids(question.funders, facts)
        self.recipients = party_ids(question.recipients, facts)
        self.parties = party_ids(question.parties, facts)
        #: where two are named and neither is asked about apart from the other, both take part in the money
        self.each_party = [party_ids([c], facts) for c in question.parties] if question.asks in _OF_ALL else []
        self.bodies = party_ids(question.bodies, facts)
        self.excluded = ids(question.excluded)
        self.to_kind = kind_paid(question)
        self.within = places_within(question.places, facts)
        self.place_orgs = {e.id for c in question.places for e in c.entities if self._is_of_place(e)}
        self.decisions = {iri for key in question.references for iri in facts.by_key.get(key, ())}
        self.topic = tuple(topic_stems(question, facts))
        #: a longer name made of the programme's and of the words beside it
        self.longer = frozenset(self.topic).union(*(stems_of(choice.words) for choice in question.programmes))

    def _is_of_place(self, entity: Entity) -> bool:
        """Whether a body that a place's name may stand for serves no wider area than the place."""
        area = self.facts.registry.place_of_body(entity.id) or council_place(entity, self.facts)
        return entity.kind is EntityKind.ORGANISATION and (not area or area in self.within)

    def grade(self, stated: StatedFlow) -> int:
        """How well a flow fits; 99 where it doesn't."""
        head = self.facts.heads.get(stated.document)
        if self.question.references and (head is None or head.iri not in self.decisions):
            return NO_FIT
        if self.question.deciders and self.facts.signed_by(stated.document) not in self.question.deciders:
            return NO_FIT
        if self.bodies and (head is None or head.body is None or head.body.id not in self.bodies):
            return NO_FIT
        if not self._roles_hold(stated):
            return NO_FIT
        if "years" not in self.without and self.years_fit(stated) == "outside":
            return NO_FIT
        grades = [OWN]
        if self.programmes and "programmes" not in self.without:
            grades.append(self._programme(stated, head))
        if self.funds and "funds" not in self.without:
            grades.append(self._fund(stated, head))
        if self.question.places and "places" not in self.without:
            grades.append(self._place(stated, head))
        if self.topic and "topic" not in self.without:
            grades.append(self._topic(stated))
        return max(grades)

    def _roles_hold(self, stated: StatedFlow) -> bool:
        flow, question = stated.flow, self.question
        without = self.without
        if self.funders and "funders" not in without and (flow.funder is None or flow.funder.id not in self.funders):
            return False
        if self.recipients and "recipients" not in without and not self._receives(stated):
            return False
        if self.parties and "parties" not in without and not self._is_party(stated) and not self._titled(stated):
            return False
        if len(self.each_party) > 1 and "parties" not in without and not self._has_each(stated):
            return False
        if self.excluded and "excluded" not in without and self.excluded & self._excludable(stated):
            return False
        if "focus" not in without and not self._has_focus(stated):
            return False
        if "amounts" not in without and not amount_fits(question, stated):
            return False
        if "kinds" not in without and question.kinds and flow.kind not in question.kinds:
            return False
        if question.statuses:
            return flow.status in question.statuses
        return True

    def _receives(self, stated: StatedFlow) -> bool:
        flow = stated.flow
        if flow.recipient is not None:
            return flow.recipient.id in self.recipients
        words = flow.recipient_words.lower()
        return bool(words) and any(choice.words.lower() in words for choice in self.question.recipients)

    def _has_each(self, stated: StatedFlow) -> bool:
        sides = {e.id for e in (stated.flow.funder, stated.flow.recipient) if e is not None}
        return all(one & sides for one in self.each_party)

    def _is_party(self, stated: StatedFlow) -> bool:
        flow = stated.flow
        return any(e is not None and e.id in self.parties for e in (flow.funder, flow.recipient))

    def _titled(self, stated: StatedFlow) -> bool:
        """Whether the decision's title is the party's name: its money is what the decision is about."""
        title = self.facts.title_stems.get(stated.document, frozenset())
        labels = [choice.label for choice in self.question.parties]
        return any(len(stems) > 1 and stems <= title for stems in map(stems_of, labels))

    def _excludable(self, stated: StatedFlow) -> frozenset[str]:
        """Ids that "other than" can mean: the side asked for, and what is not a party."""
        flow = stated.flow
        other_side = {Asks.FUNDERS: flow.recipient, Asks.RECIPIENTS: flow.funder}.get(self.question.asks)
        return _ids_in(stated) - ({other_side.id} if other_side is not None else set())

    def _has_focus(self, stated: StatedFlow) -> bool:
        side = _focus_side(self.question)
        if side is None:
            return self.to_kind is None or (
                stated.flow.recipient is not None and is_of_focus(stated.flow.recipient, self.to_kind, self.facts)
            )
        entity = stated.flow.funder if side == "funder" else stated.flow.recipient
        return entity is not None and is_of_focus(entity, self.question.focus, self.facts)

    def _programme(self, stated: StatedFlow, head: DecisionHead | None) -> int:
        if any(programme.id in self.programmes for programme in stated.flow.programmes):
            return OWN
        if self.topic and any(self.longer <= stems_of(programme.name) for programme in stated.flow.programmes):
            return OWN
        if stated.flow.programmes:
            return NO_FIT
        return DECISION if self._decision_names(self.question.programmes, head, stated) else NO_FIT

    def _fund(self, stated: StatedFlow, head: DecisionHead | None) -> int:
        flow = stated.flow
        if flow.fund is not None:
            return OWN if flow.fund.id in self.funds else NO_FIT
        quotes = " ".join(evidence.quote for evidence in flow.evidence).lower()
        if any(choice.words.lower() in quotes or choice.label.lower() in quotes for choice in self.question.funds):
            return OWN
        if flow.kind is FlowKind.MATCH:
            return NO_FIT  # stands beside the fund's money
        others = self.facts.funds_of.get(stated.document, frozenset())
        if others and others <= self.funds:
            return OWN
        if self.funds & others or self._decision_names(self.question.funds, head, stated):
            return DECISION
        return NO_FIT

    def _decision_names(self, choices: Sequence[Choice], head: DecisionHead | None, stated: StatedFlow) -> bool:
        if head is None:
            return False
        title = stems_of(head.title)
        named = any(stems_of(name) <= title for choice in choices for name in (choice.words, choice.label))
        return named or bool(ids(choices) & self.facts.about.get(head.iri, frozenset()))

    def _place(self, stated: StatedFlow, head: DecisionHead | None) -> int:
        flow = stated.flow
        if flow.place is not None and flow.place.id in self.within:
            return OWN
        if any(e is not None and e.id in self.place_orgs for e in (flow.recipient, flow.funder)):
            return OWN
        if council_place(flow.recipient, self.facts) in self.within:
            return OWN
        if self._only_here(stated):
            return OWN
        if flow.place is None and head is not None and head.body is not None:
            return OWN if self.facts.registry.place_of_body(head.body.id) in self.within else NO_FIT
        return NO_FIT

    def _only_here(self, stated: StatedFlow) -> bool:
        """Whether a flow for a wider area stands in a decision whose summary names no other part of that area."""
        registry, flow = self.facts.registry, stated.flow
        asked = {e.id for c in self.question.places for e in c.entities if e.kind is EntityKind.PLACE}
        if flow.place is not None and not any(registry.place_contains(flow.place.id, place) for place in asked):
            return False
        named = self.facts.places_named(stated.document)
        return bool(named & self.within) and all(
            any(registry.place_contains(place, a) or registry.place_contains(a, place) for a in asked)
            for place in named
        )

    def _topic(self, stated: StatedFlow) -> int:
        wanted = frozenset(word for word in self.topic if not _in_initials(word, stated))
        if wanted <= _name_stems(stated):
            return OWN
        own = own_stems(stated)
        if wanted <= own:
            return NAMED
        title = self.facts.title_stems.get(stated.document, frozenset())
        if wanted <= title | own:
            return DECISION
        if wanted <= self.facts.summary_stems.get(stated.document, frozenset()) | own:
            return TEXT
        return NO_FIT

    def years_fit(self, stated: StatedFlow) -> str:
        """inside, across, outside or unknown, by the period asked."""
        return years_fit(stated, self.question.period, self.facts.heads.get(stated.document))


def _focus_side(question: Question) -> str | None:
    if question.focus not in {Focus.BOROUGH, Focus.COUNCIL, Focus.BODY, Focus.CHARITY}:
        return None
    if question.asks is Asks.FUNDERS or question.by == "funder":
        return "funder"
    if question.asks in {Asks.RECIPIENTS, Asks.RANKING, Asks.COUNT, Asks.COMPARISON}:
        return "recipient"
    return None


_TO_KIND = re.compile(r"\bto (?:the |its |all |london )?(boroughs|councils|charities)\b")
_PAID = {"boroughs": Focus.BOROUGH, "councils": Focus.COUNCIL, "charities": Focus.CHARITY}


def kind_paid(question: Question) -> Focus | None:
    """The kind of body that a funder's money goes to in "how much did X give to boroughs"; None where none is said."""
    match = _TO_KIND.search(question.text.lower())
    plain = question.asks in _OF_ALL and question.funders and not (question.references or question.recipients)
    return _PAID[match.group(1)] if match is not None and plain else None


def topic_stems(question: Question, facts: Facts) -> list[str]:
    """The stems of the question's topic, slips of the keyboard mended where the graph's words show how."""
    out = []
    for word in question.topic:
        mended = facts.mended(word)
        if not is_general(mended) or mended in TELLING:
            out.append(stem(mended))
    return out


def _ids_in(stated: StatedFlow) -> frozenset[str]:
    flow = stated.flow
    return frozenset(
        e.id for e in (flow.funder, flow.recipient, flow.place, flow.fund, *flow.programmes) if e is not None
    )
