"""A quick first selection of the sums that may meet a set's conditions: too many, but never too few.

It looks only at the columns of the build, so that a sum which cannot fit is never read. `Matcher` then looks at each
selected sum.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any, TypeVar

from graph.ask.known.facts import Facts
from graph.ask.known.words import grammar_words, stem, stems_of, words_of
from graph.ask.language.terms import Choice, Named, OfKind, Period, Referred, Role, Sized, Standing
from graph.ask.running.bounds import years_stand
from graph.ask.running.matcher import Matcher
from graph.ask.running.whom import ids, is_of_kind
from graph.columns.funding import Funding
from graph.model import EntityKind

T = TypeVar("T")
_AROUND = 0.9  #: the most that words count which stand around a sum, not in it
_ENOUGH = 0.5  #: of what the words weigh, which a row must hold
_NEAR = 1e-9


def may_fit(matcher: Matcher, funding: Funding[T], facts: Facts) -> list[T]:
    """Return the sums (or the awards without a sum) that may meet a set's conditions, in their order."""
    import numpy

    found = numpy.ones(len(funding), bool)
    look = _Look(matcher, funding, facts)
    for mask in look.masks():
        found &= mask
        if not found.any():
            return []
    return funding.rows.at(numpy.flatnonzero(found))


def _may_lie_in(period: Period, years: str) -> bool:
    """Whether money for some years may lie in a period; where no year is stated, the decision tells."""
    return not years or years_stand(years.split(), period) != "outside"


class _Look:
    """The rows that may meet each condition of a set."""

    def __init__(self, matcher: Matcher, funding: Funding[Any], facts: Facts) -> None:
        self._matcher = matcher
        self._funding = funding
        self._facts = facts
        self._columns = facts.columns

    def masks(self) -> Iterable[Any]:
        """One mask for each condition, the narrowest sorts first."""
        matcher = self._matcher
        for condition in matcher.named:
            if not condition.without:
                yield self._named(condition)
        for other in matcher.rest:
            yield self._other(other)
        if matcher.statuses:  # those of several conditions go together
            wanted = {status.value for statuses in matcher.statuses for status in statuses}
            yield self._funding.where("status", wanted.__contains__)
        for period in matcher.periods:
            yield self._funding.where("years", partial(_may_lie_in, period))
        if matcher.terms and matcher.weight:
            yield self._said()

    def _other(self, condition: object) -> Any:
        funding = self._funding
        if isinstance(condition, Sized):
            return funding.between(condition.at_least, condition.at_most)
        if isinstance(condition, Standing):
            wanted = {kind.value for kind in condition.kinds}
            return funding.where("kind", lambda kind: not wanted or kind in wanted)
        if isinstance(condition, OfKind):
            side = self._matcher.side if condition.role is Role.PARTY and self._matcher.side else condition.role
            column = "funder" if side is Role.FUNDER else "recipient"
            things = ((number, self._columns.thing(number)) for number in funding.things(column))
            return funding.naming(
                column, [n for n, e in things if is_of_kind(e, condition.kind, self._facts) != condition.without]
            )
        if isinstance(condition, Referred) and condition.role is Role.DECIDER:
            return self._in(self._facts.documents_signed_by(condition.names))
        if isinstance(condition, Referred):
            return self._in(self._facts.documents_of_keys(condition.names))
        return ~funding.none()

    def _in(self, documents: Iterable[str]) -> Any:
        known = self._columns.numbers_of_documents
        return self._funding.in_documents([known[document] for document in documents])

    def _named(self, condition: Named) -> Any:
        if condition.role in {Role.FUNDER, Role.RECIPIENT, Role.PARTY}:
            return self._party(condition)
        if condition.role is Role.BODY:
            return self._in(self._facts.documents_of_bodies(self._matcher.parties[id(condition)]))
        if condition.role is Role.PROGRAMME:
            return self._programme(condition)
        if condition.role is Role.FUND:
            return self._fund(condition)
        return self._place() if condition.role is Role.PLACE else ~self._funding.none()

    def _party(self, condition: Named) -> Any:
        funding, wanted = self._funding, self._columns.numbers_of_ids(self._matcher.parties[id(condition)])
        found = funding.none()
        if condition.role is not Role.RECIPIENT:
            found |= funding.naming("funder", wanted)
        if condition.role is not Role.FUNDER:
            said = [choice.words.lower() for choice in condition.choices]
            found |= funding.naming("recipient", wanted)
            found |= funding.where("open_to", lambda words: bool(words) and any(each in words for each in said))
        if condition.role is Role.PARTY:
            for name in (stems_of(choice.label) for choice in condition.choices):
                if len(name) > 1:
                    found |= self._titled(name)
        return found

    def _titled(self, stems: frozenset[str]) -> Any:
        return self._funding.in_documents(self._columns.postings("title_words").with_all(stems))

    def _things_called(self, stems: frozenset[str]) -> Any:
        return self._columns.postings("thing_words").with_all(stems)

    def _programme(self, condition: Named) -> Any:
        funding, wanted = self._funding, ids(condition.choices)
        found = funding.under(self._columns.numbers_of_ids(wanted))
        for name in _names(condition.choices):
            if not name:
                return ~funding.none()
            if len(name) > 1:
                found |= funding.under(self._things_called(name)) | funding.saying(name)
            found |= self._titled(name)
        return found | self._in(self._facts.documents_about(wanted))

    def _fund(self, condition: Named) -> Any:
        funding, wanted = self._funding, ids(condition.choices)
        found = funding.naming("fund", self._columns.numbers_of_ids(wanted))
        found |= self._in(self._facts.documents_of_money("fund", wanted))
        for name in _names(condition.choices):
            if not name:
                return ~funding.none()
            called = self._things_called(name)
            found |= funding.naming("fund", called) | funding.under(called) | funding.saying(name) | self._titled(name)
        return found | self._in(self._facts.documents_about(wanted))

    def _place(self) -> Any:
        funding, columns, matcher = self._funding, self._columns, self._matcher
        within = columns.numbers_of_ids(matcher.within)
        bodies = columns.numbers_of_ids(matcher.place_bodies)
        councils = columns.numbers_of_ids(self._facts.councils_of(matcher.within))
        found = funding.naming("place", within) | funding.naming("funder", bodies)
        for things in (bodies, councils, [n for n in within.tolist() if columns.thing(n).kind is EntityKind.PLACE]):
            found |= funding.naming("recipient", things)
        found |= (funding.numbers("place") < 0) & self._in(self._facts.documents_of_areas(matcher.within))
        return found | funding.in_documents(columns.documents_placed_in(matcher.within))

    def _said(self) -> Any:
        """The rows whose own words and those of their documents may weigh enough."""
        import numpy

        weights = numpy.zeros(len(self._funding))
        for term in self._matcher.terms:
            own = self._funding.none()
            for option in term.stems:
                own |= self._funding.saying(option)
            around = self._funding.in_documents(self._facts.texts.numbers_with(term))
            weights += term.weight * numpy.where(own, 1.0, numpy.where(around, _AROUND, 0.0))
        return weights >= (_ENOUGH - _NEAR) * self._matcher.weight


def _names(choices: Iterable[Choice]) -> list[frozenset[str]]:
    """The stems of the names that choices are said or known by, words of grammar left out."""
    names = dict.fromkeys(name for choice in choices for name in (choice.words, choice.label))
    return [frozenset(stem(word) for word in words_of(name) if word not in grammar_words()) for name in names]
