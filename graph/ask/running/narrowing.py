"""A quick first selection of the sums that may meet a set's conditions: too many, but never too few.

It looks only at the columns of the build, so that a sum which cannot fit is never read. Most conditions are decided by
columns alone; `Matcher` then looks at each sum of which that is not so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, NamedTuple, TypeVar

from graph.ask.known.facts import Facts
from graph.ask.known.words import grammar_words, stem, stems_of, words_of
from graph.ask.language.terms import Choice, Kind, Named, OfKind, Period, Referred, Role, Sized, Standing
from graph.ask.running.bounds import years_stand
from graph.ask.running.matcher import PARTIES, Matcher
from graph.ask.running.whom import bodies_of_kind, ids
from graph.columns.funding import Funding
from graph.model import EntityKind

T = TypeVar("T")
_AROUND = 0.9  #: the most that words count which stand around a sum, not in it
_ENOUGH = 0.5  #: of what the words weigh, which a row must hold
_NEAR = 1e-9
_FEW = 4  #: of so many rows one may be left for the others to be let go of


class Hits(NamedTuple):
    """The rows that may meet a condition, as masks; each mask has the rows of the next one, and maybe more."""

    may: Any  #: it cannot be ruled out that they meet it
    full: Any  #: nor that they meet it in full
    own: Any  #: they meet it in full, without having to be looked at


class Narrowed(NamedTuple):
    """The rows that may meet all conditions of a set: their numbers, sorted, and the masks over them."""

    rows: Any
    full: Any
    own: Any


def narrowed(
    matcher: Matcher, funding: Funding[Any], facts: Facts, among: Narrowed | None = None, *, in_full: bool = False
) -> Narrowed:
    """Return the rows that may meet a set's conditions.

    Args:
        matcher: The conditions.
        funding: The table of sums, or of awards without one.
        facts: The graph.
        among: The rows that may meet other conditions, which are to be met as well; None for all rows.
        in_full: Leave out what cannot meet them in full.
    """
    import numpy

    if among is None:
        rows, look = numpy.arange(len(funding)), _Look(matcher, funding, facts, in_full=in_full)
        full = own = numpy.ones(len(rows), bool)
    else:
        rows, look = among.rows, _Look(matcher, funding.part(among.rows), facts, in_full=in_full)
        full, own = among.full, among.own
    may = numpy.ones(len(rows), bool)
    for hits in look.hits():
        may, full, own = may & (hits.full if in_full else hits.may), full & hits.full, own & hits.own
        left = int(numpy.count_nonzero(may))
        if left * _FEW <= len(rows):
            rows, full, own = rows[may], full[may], own[may]
            may = numpy.ones(left, bool)
            look.funding = funding.part(rows)
        if not left:
            break
        look.may = may
    may = may & full if in_full else may
    return Narrowed(rows[may], full[may], own[may])


def _may_lie_in(period: Period, years: str) -> bool:
    """Whether money for some years may lie in a period; where no year is stated, the decision tells."""
    return not years or years_stand(years.split(), period) != "outside"


def _exactly(mask: Any) -> Hits:
    """The hits of a condition that columns alone decide."""
    return Hits(mask, mask, mask)


class _Look:
    """The rows that may meet each condition of a set."""

    def __init__(self, matcher: Matcher, funding: Funding[Any], facts: Facts, *, in_full: bool) -> None:
        self._matcher = matcher
        self._in_full = in_full
        self.funding = funding  #: the rows that are still looked at
        self.may: Any = ~funding.none()  #: those of them that may meet the conditions so far
        self._facts = facts
        self._columns = facts.columns

    def hits(self) -> Iterator[Hits]:
        """Yield the hits of each condition, the narrowest sorts first, and those early that are quickly told."""
        matcher = self._matcher
        for condition in sorted(matcher.named, key=lambda c: (c.without, c.role is Role.PLACE)):
            yield self._without(condition) if condition.without else self._named(condition)
        for other in matcher.rest:
            yield _exactly(self._other(other))
        if matcher.statuses:  # those of several conditions go together
            wanted = {status.value for statuses in matcher.statuses for status in statuses}
            yield _exactly(self.funding.where("status", wanted.__contains__))
        for period in matcher.periods:
            may = self.funding.where("years", partial(_may_lie_in, period))
            yield Hits(may, may, may & self.funding.where("years", bool))
        if matcher.terms and matcher.weight:
            said, own = self._said()
            yield Hits(said, said, own)
        if matcher.unsaid:
            every = ~self.funding.none()
            yield Hits(every, every, self.funding.none())

    def _other(self, condition: object) -> Any:
        if isinstance(condition, Sized):
            return self.funding.between(condition.at_least, condition.at_most, strict=condition.strict)
        if isinstance(condition, Standing):
            wanted = {kind.value for kind in condition.kinds}
            return self.funding.where("kind", lambda kind: not wanted or kind in wanted)
        if isinstance(condition, OfKind):
            side = self._matcher.side if condition.role is Role.PARTY and self._matcher.side else condition.role
            column = "funder" if side is Role.FUNDER else "recipient"
            return self._of_kind(condition, self.funding.numbers(column))
        if isinstance(condition, Referred) and condition.role is Role.DECIDER:
            return self._in(self._facts.documents_signed_by(condition.names))
        if isinstance(condition, Referred):
            return self._in(self._facts.documents_of_keys(condition.names))
        return ~self.funding.none()

    def _of_kind(self, condition: OfKind, parties: Any) -> Any:
        """The rows whose party, given by number, is an organisation of a kind; or is one, but of another kind."""
        bodies = bodies_of_kind(condition.kind, self._facts)
        if condition.without:
            bodies = bodies_of_kind(Kind.ORGANISATION, self._facts) & ~bodies
        return (parties >= 0) & bodies[parties]

    def _in(self, documents: Iterable[str]) -> Any:
        known = self._columns.numbers_of_documents
        return self.funding.in_documents([known[document] for document in documents])

    def _without(self, condition: Named) -> Hits:
        """The rows that do not name what is left out; of the others some may name it on the side asked for alone."""
        funding, wanted = self.funding, self._columns.numbers_of_ids(ids(condition.choices))
        named = funding.under(wanted)
        for column in ("funder", "recipient", "place", "fund"):
            named |= funding.naming(column, wanted)
        named |= funding.naming("recipient", self._councils(ids(condition.choices)))
        every = ~funding.none()
        return Hits(every, every, ~named)

    def _named(self, condition: Named) -> Hits:
        if condition.role in PARTIES:
            return self._party(condition)
        if condition.role is Role.BODY:
            return _exactly(self._in(self._facts.documents_of_bodies(self._matcher.parties[id(condition)])))
        if condition.role is Role.PROGRAMME:
            return self._programme(condition)
        if condition.role is Role.FUND:
            return self._fund(condition)
        return self._place() if condition.role is Role.PLACE else _exactly(~self.funding.none())

    def _party(self, condition: Named) -> Hits:
        funding, wanted = self.funding, self._columns.numbers_of_ids(self._matcher.parties[id(condition)])
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
        return _exactly(found)

    def _titled(self, stems: frozenset[str]) -> Any:
        return self.funding.in_documents(self._facts.numbers_titled(stems))

    def _things_called(self, stems: frozenset[str]) -> Any:
        return self._columns.postings("thing_words").with_all(stems)

    def _programme(self, condition: Named) -> Hits:
        funding, wanted = self.funding, ids(condition.choices)
        own = funding.under(self._columns.numbers_of_ids(wanted))
        if self._in_full:
            return _exactly(own)
        may = own | self._in(self._facts.documents_about(wanted))
        for name in _names(condition.choices):
            if not name:
                return Hits(~funding.none(), own, own)
            if len(name) > 1:
                may |= funding.under(self._things_called(name)) | funding.saying(name)
            may |= self._titled(name)
        return Hits(may, own, own)

    def _fund(self, condition: Named) -> Hits:
        funding, wanted = self.funding, ids(condition.choices)
        own = funding.naming("fund", self._columns.numbers_of_ids(wanted))
        full = own | self._in(self._facts.documents_of_money("fund", wanted))
        may = self._in(self._facts.documents_about(wanted))
        for name in _names(condition.choices):
            if not name:
                return Hits(~funding.none(), ~funding.none(), own)
            called = self._things_called(name)
            full |= funding.naming("fund", called) | funding.under(called) | funding.saying(name)
            may |= self._titled(name)
        return Hits(may | full, full, own)

    def _place(self) -> Hits:
        funding, columns, matcher = self.funding, self._columns, self._matcher
        within = columns.numbers_of_ids(matcher.within)
        bodies = columns.numbers_of_ids(matcher.place_bodies)
        found = funding.naming("place", within) | funding.naming("funder", bodies)
        for things in (bodies, self._councils(matcher.within), self._places_of(within)):
            found |= funding.naming("recipient", things)
        found |= (funding.numbers("place") < 0) & self._in(self._facts.documents_of_areas(matcher.within))
        placed = funding.in_documents(columns.documents_placed_in(matcher.within))
        return _exactly(found | self._only_there(placed & ~found & self.may))

    def _only_there(self, rows: Any) -> Any:
        """Those of some rows, given as a mask, that are for a wider place whose decision names no other part of it."""
        import numpy

        columns, places = self._columns, self.funding.numbers("place")
        pairs = numpy.stack([self.funding.documents[rows], places[rows]])
        different, of_rows = numpy.unique(pairs, axis=1, return_inverse=True)
        fit = [
            self._matcher.is_only_here(columns.documents[document], columns.thing(place).id if place >= 0 else "")
            for document, place in different.T.tolist()
        ]
        found = self.funding.none()
        found[rows] = numpy.array(fit, bool)[of_rows.reshape(-1)]
        return found

    def _councils(self, places: frozenset[str]) -> list[int]:
        """The councils whose own area is one of some places, by number."""
        councils = self._columns.numbers_of_ids(self._facts.councils_of(places)).tolist()
        return [n for n in councils if self._columns.thing(n).kind is not EntityKind.PLACE]

    def _places_of(self, things: Any) -> list[int]:
        return [n for n in things.tolist() if self._columns.thing(n).kind is EntityKind.PLACE]

    def _said(self) -> tuple[Any, Any]:
        """The rows whose own words and those of their documents may weigh enough; those whose own words say it all."""
        import numpy

        weights, all_own = numpy.zeros(len(self.funding)), ~self.funding.none()
        for term in self._matcher.terms:
            own = self.funding.none()
            for option in term.stems:
                own |= self.funding.saying(option)
            around = self.funding.in_documents(self._facts.texts.numbers_with(term))
            weights += term.weight * numpy.where(own, 1.0, numpy.where(around, _AROUND, 0.0))
            all_own &= own
        return weights >= (_ENOUGH - _NEAR) * self._matcher.weight, all_own


def _names(choices: Iterable[Choice]) -> list[frozenset[str]]:
    """The stems of the names that choices are said or known by, words of grammar left out."""
    names = dict.fromkeys(name for choice in choices for name in (choice.words, choice.label))
    return [frozenset(stem(word) for word in words_of(name) if word not in grammar_words()) for name in names]
