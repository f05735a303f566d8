"""The conditions of one set, prepared once, to tell how well a single sum meets them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

from graph.ask.known.facts import Facts
from graph.ask.known.text import DOCUMENT, SUMMARY, Term
from graph.ask.known.words import grammar_words, stem, stems_of, words_of
from graph.ask.language.terms import Choice, During, Named, OfKind, Referred, Role, Sized, Standing
from graph.ask.reading.terms import terms_said
from graph.ask.running.bounds import within_bounds, years_fit, years_stand
from graph.ask.running.whom import council_place, ids, is_of_kind, party_ids, places_within
from graph.columns.making import own_words
from graph.counting.left_out import is_money
from graph.model import Entity, EntityKind, FlowKind
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow

OWN, NAMED, AROUND, DECISION, NO_FIT = 1.0, 0.95, 0.9, 0.85, 0.0
ENOUGH = 0.5  #: of what the words weigh, which a row must hold
PARTIES = frozenset({Role.FUNDER, Role.RECIPIENT, Role.PARTY})
_NONE: frozenset[str] = frozenset()


@lru_cache(maxsize=20_000)
def own_stems(stated: StatedFlow) -> frozenset[str]:
    """Return the stems of a sum's own words and of the names in it."""
    return own_words(stated.flow)


class Matcher:
    """The conditions of one set, prepared once; it scores single sums."""

    def __init__(self, conditions: Sequence[object], facts: Facts, side: Role | None) -> None:
        self._facts = facts
        self._funded: dict[frozenset[str], bool] = {}
        self._only: dict[tuple[str, frozenset[str]], bool] = {}
        self.side = side
        self.named = [c for c in conditions if isinstance(c, Named)]
        self.rest = [c for c in conditions if isinstance(c, OfKind | Sized | Standing | Referred)]
        self.periods = [c.period for c in conditions if isinstance(c, During)]
        self.terms = terms_said(conditions, facts)
        self.unsaid = terms_said(conditions, facts, without=True)
        self.weight = sum(term.weight for term in self.terms)
        self.parties = {id(c): party_ids(c.choices, facts) for c in self.named}
        places = [choice for c in self.named if c.role is Role.PLACE and not c.without for choice in c.choices]
        self.within = places_within(places, facts)
        self._asked_places = {e.id for c in places for e in c.entities if e.kind is EntityKind.PLACE}
        self.place_bodies = {e.id for c in places for e in c.entities if self._is_of_place(e)}
        self.statuses = [c.statuses for c in conditions if isinstance(c, Standing) and c.statuses]

    def _is_of_place(self, entity: Entity) -> bool:
        """Whether a body that a place's name may stand for serves no wider area than the place."""
        area = self._facts.registry.place_of_body(entity.id) or council_place(entity, self._facts)
        return entity.kind is EntityKind.ORGANISATION and (not area or area in self.within)

    def fit(self, stated: StatedFlow) -> float:
        """Return how well a sum meets the conditions, 0 to 1; NO_FIT if it does not."""
        return min(self.fits(stated))

    def fits(self, stated: StatedFlow) -> tuple[float, float]:
        """Return how well a sum meets the conditions on names, and on words, each 0 to 1; NO_FIT if it does not."""
        head = self._facts.heads.get(stated.document)
        if not all(self._holds(condition, stated, head) for condition in self.rest):
            return NO_FIT, NO_FIT
        if self.statuses and stated.flow.status not in {s for each in self.statuses for s in each}:
            return NO_FIT, NO_FIT
        if any(years_fit(stated, period, head) == "outside" for period in self.periods):
            return NO_FIT, NO_FIT
        worst = OWN
        for condition in self.named:
            worst = min(worst, self._named_fit(condition, stated, head))
            if worst == NO_FIT:
                return NO_FIT, NO_FIT
        if any(term.holds(own_stems(stated)) for term in self.unsaid):
            return NO_FIT, NO_FIT
        return worst, self._words_fit(stated)

    def fits_amount(self, amount: Decimal) -> bool:
        """Return True if an amount lies between the bounds of the conditions."""
        return all(within_bounds(c, amount) for c in self.rest if isinstance(c, Sized))

    def _holds(self, condition: object, stated: StatedFlow, head: DecisionHead | None) -> bool:
        flow = stated.flow
        if isinstance(condition, Sized):
            return within_bounds(condition, flow.amount)
        if isinstance(condition, Standing):
            return not condition.kinds or flow.kind in condition.kinds
        if isinstance(condition, OfKind):
            role = self.side if condition.role is Role.PARTY and self.side else condition.role
            entity = flow.funder if role is Role.FUNDER else flow.recipient
            known = entity is not None and entity.kind is EntityKind.ORGANISATION
            return known and is_of_kind(entity, condition.kind, self._facts) != condition.without  # type: ignore[arg-type]
        if isinstance(condition, Referred):
            if condition.role is Role.DECIDER:
                return self._facts.signed_by(stated.document) in condition.names
            return head is not None and head.iri in {i for k in condition.names for i in self._facts.by_key.get(k, ())}
        return True

    def _named_fit(self, condition: Named, stated: StatedFlow, head: DecisionHead | None) -> float:
        if condition.without:
            return NO_FIT if ids(condition.choices) & self._excludable(stated) else OWN
        if condition.role in PARTIES:
            return self._party_fit(condition, stated)
        if condition.role is Role.BODY:
            held = head is not None and head.body is not None and head.body.id in self.parties[id(condition)]
            return OWN if held else NO_FIT
        if condition.role is Role.PROGRAMME:
            return self._programme_fit(condition, stated, head)
        if condition.role is Role.FUND:
            return self._fund_fit(condition, stated, head)
        return self._place_fit(stated, head) if condition.role is Role.PLACE else OWN

    def _party_fit(self, condition: Named, stated: StatedFlow) -> float:
        flow, wanted = stated.flow, self.parties[id(condition)]
        funds = flow.funder is not None and flow.funder.id in wanted
        gets = flow.recipient is not None and flow.recipient.id in wanted
        if flow.recipient is None and flow.recipient_words:
            words = flow.recipient_words.lower()
            gets = any(choice.words.lower() in words for choice in condition.choices)
        if condition.role is Role.FUNDER:
            return OWN if funds else NO_FIT
        if condition.role is Role.RECIPIENT:
            return OWN if gets else NO_FIT
        if funds or gets:
            return OWN
        title = self._facts.title_stems.get(stated.document, _NONE)
        named = any(len(stems) > 1 and stems <= title for stems in (stems_of(c.label) for c in condition.choices))
        return OWN if named else NO_FIT

    def _excludable(self, stated: StatedFlow) -> frozenset[str]:
        """Ids that "other than" can mean: the side asked for, and what is not a party."""
        flow = stated.flow
        other = {Role.FUNDER: flow.recipient, Role.RECIPIENT: flow.funder}.get(self.side) if self.side else None
        things = (flow.funder, flow.recipient, flow.place, flow.fund, *flow.programmes)
        area = council_place(flow.recipient, self._facts)
        found = {e.id for e in things if e is not None} | ({area} if area else set())
        return frozenset(found - ({other.id} if other is not None else set()))

    def _programme_fit(self, condition: Named, stated: StatedFlow, head: DecisionHead | None) -> float:
        wanted = ids(condition.choices)
        if any(programme.id in wanted for programme in stated.flow.programmes):
            return OWN
        names = [_stems_of_name(name) for choice in condition.choices for name in (choice.words, choice.label)]
        longer = [_stems_of_name(programme.name) for programme in stated.flow.programmes]
        if any(len(name) > 1 and name <= other for name in names for other in longer):
            return NAMED
        if stated.flow.programmes and self._is_funded(wanted):
            return NO_FIT
        if any(len(name) > 1 and name <= own_stems(stated) for name in names):
            return NAMED
        if stated.flow.programmes and len(self._facts.flows_of_document(stated.document)) > 1:
            return NO_FIT
        return DECISION if self._decision_names(condition.choices, head) else NO_FIT

    def _is_funded(self, programmes: frozenset[str]) -> bool:
        """Whether flows are for one of some programmes; asked once for a set."""
        if programmes not in self._funded:
            self._funded[programmes] = self._facts.are_funded(programmes)
        return self._funded[programmes]

    def _fund_fit(self, condition: Named, stated: StatedFlow, head: DecisionHead | None) -> float:
        flow, wanted = stated.flow, ids(condition.choices)
        if flow.fund is not None:
            return OWN if flow.fund.id in wanted or self._is_round(flow.fund, condition.choices) else NO_FIT
        names = [_stems_of_name(name) for choice in condition.choices for name in (choice.words, choice.label)]
        if any(name <= own_stems(stated) for name in names):
            return OWN
        if any(name <= _stems_of_name(programme.name) for name in names for programme in flow.programmes):
            return OWN
        if flow.kind is FlowKind.MATCH:
            return NO_FIT  # stands beside the fund's money
        others = self._facts.funds_of.get(stated.document, _NONE)
        if others and others <= wanted:
            return OWN
        return DECISION if wanted & others or self._decision_names(condition.choices, head) else NO_FIT

    @staticmethod
    def _is_round(fund: Entity, choices: Iterable[Choice]) -> bool:
        """Whether a fund is a round of the one asked about: "Safer Streets Fund Round 5" of "Safer Streets"."""
        name = _stems_of_name(fund.name)
        return any(len(said) > 1 and said <= name for said in (_stems_of_name(c.words) for c in choices))

    def _decision_names(self, choices: Sequence[Choice], head: DecisionHead | None) -> bool:
        if head is None:
            return False
        title = self._facts.title_stems.get(head.document, _NONE)
        named = any(_stems_of_name(name) <= title for choice in choices for name in (choice.words, choice.label))
        return named or bool(ids(choices) & self._facts.about.get(head.iri, _NONE))

    def _place_fit(self, stated: StatedFlow, head: DecisionHead | None) -> float:
        flow = stated.flow
        if flow.place is not None and flow.place.id in self.within:
            return OWN
        if any(e is not None and e.id in self.place_bodies for e in (flow.recipient, flow.funder)):
            return OWN
        if council_place(flow.recipient, self._facts) in self.within:
            return OWN
        if self.is_only_here(stated.document, flow.place.id if flow.place is not None else ""):
            return OWN
        if flow.place is None and head is not None and head.body is not None:
            return OWN if self._facts.registry.place_of_body(head.body.id) in self.within else NO_FIT
        return NO_FIT

    def is_only_here(self, document: str, area: str) -> bool:
        """Return True if the summary of a document's decision names no other part of a wider area than the place.

        Args:
            document: The document's name.
            area: The id of the wider area, which a flow of the document is for; "" where it states none.
        """
        key = area, self._facts.places_named(document)  # which many decisions share
        if key not in self._only:
            self._only[key] = self._is_only_here(*key)
        return self._only[key]

    def _is_only_here(self, area: str, named: frozenset[str]) -> bool:
        registry, asked = self._facts.registry, self._asked_places
        if area and not any(registry.place_contains(area, place) for place in asked):
            return False
        return bool(named & self.within) and all(
            any(registry.place_contains(place, a) or registry.place_contains(a, place) for a in asked)
            for place in named
        )

    def _words_fit(self, stated: StatedFlow) -> float:
        """The share of what the words weigh that a sum's own words hold, and those around it."""
        if not self.terms or not self.weight:
            return OWN
        held = sum(term.weight * self._word_level(term, stated) for term in self.terms) / self.weight
        return held if held >= ENOUGH else NO_FIT

    def _word_level(self, term: Term, stated: StatedFlow) -> float:
        """How near a word stands to a sum, looked for step by step: what is further away is seldom needed."""
        if term.holds(own_stems(stated)):
            return OWN
        if term.holds(self._facts.stems_around(stated)):
            return AROUND
        frame = self._facts.texts.frames.get(stated.document)
        if frame is None:
            return NO_FIT
        if term.holds(frame.title):
            return DECISION
        if term.holds(frame.summary):
            return SUMMARY
        return DOCUMENT if term.holds(frame.every) else NO_FIT

    def unmet(self, flows: Sequence[StatedFlow]) -> tuple[str, ...]:
        """Return the set's words that neither any of the sums nor the title or summary of a sum's decision contains."""
        return tuple(term.said for term in self.terms if not any(self._word_level(term, s) >= SUMMARY for s in flows))

    def said_nowhere(self) -> tuple[str, ...]:
        """Return the set's words that no document contains."""
        return tuple(term.said for term in self.terms if not self._facts.texts.documents_with(term))

    def preferred(self, flows: list[StatedFlow]) -> list[StatedFlow]:
        """Return, for each decision, the sums whose own words contain most of the set's words.

        For a set without words, all sums are returned.
        """
        if not self.terms:
            return flows
        best: dict[str, float] = {}
        scores = {}
        for stated in flows:
            own = own_stems(stated)
            scores[stated.iri] = sum(term.weight for term in self.terms if term.holds(own))
            best[stated.document] = max(best.get(stated.document, 0.0), scores[stated.iri])
        rows = {_row_of(s) for s in flows if scores[s.iri] == best[s.document]}
        chosen = [s for s in flows if _row_of(s) in rows]
        return chosen if any(is_money(s) for s in chosen) or not any(is_money(s) for s in flows) else flows

    def years_fit(self, stated: StatedFlow) -> str:
        """Return whether a sum's years lie in the period of the set: "inside", "across", "outside" or "unknown"."""
        if not self.periods:
            return "inside"
        head = self._facts.heads.get(stated.document)
        return _worst_of(years_fit(stated, period, head) for period in self.periods)

    def stated_years_fit(self, years: Sequence[str]) -> str:
        """Return the same for financial years that a sum states: "inside", "across" or "outside"."""
        return _worst_of(years_stand(years, period) for period in self.periods if period)


def _worst_of(found: Iterable[str]) -> str:
    words = set(found)
    return next((word for word in ("outside", "unknown", "across") if word in words), "inside")


def _row_of(stated: StatedFlow) -> tuple[str, str]:
    """The row of a table or the sentence that states a flow; its years stand in one row."""
    return stated.document, stated.flow.evidence[0].locator if stated.flow.evidence else stated.iri


@lru_cache(maxsize=20_000)
def _stems_of_name(name: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words_of(name) if word not in grammar_words())
