"""An index of flows by year, to find flows that may be the same money without comparing every pair.

A payment may come out of a sum of the same years that is for the same thing. In one decision, or in two of which one
cites the other, all is for the same thing but what names other programmes or another fund. Elsewhere the two must share
a programme or a fund: that a body was given other money in a year says nothing of what it pays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import chain, product

from graph.counting.grounds import Grounds
from graph.counting.likeness import grouped, grouped_by_each, is_large, may_share_fund, programme_ids
from graph.model import Entity
from graph.stated.flows import StatedFlow

_NOT_SAID = ""  #: the programme of a sum that is for none by name, and so for any of its document
_ANY = "*"  #: whatever programme a sum is for, or none
Tie = tuple[str, str, str]


class NearYears:
    """Flows of one party, found by a shared year, by their document if no year is stated, or by their amount."""

    def __init__(self, flows: Iterable[StatedFlow], grounds: Grounds) -> None:
        self.flows = tuple(flows)
        self._grounds = grounds

    @cached_property
    def _by_year(self) -> Mapping[str, list[StatedFlow]]:
        return grouped_by_each(self.flows, lambda stated: stated.flow.years)

    @cached_property
    def _undated(self) -> Mapping[str, list[StatedFlow]]:
        return grouped([stated for stated in self.flows if not stated.flow.years], lambda stated: stated.document)

    @cached_property
    def _by_document(self) -> Mapping[str, list[StatedFlow]]:
        return grouped(self.flows, lambda stated: stated.document)

    @cached_property
    def _by_amount(self) -> Mapping[Decimal, list[StatedFlow]]:
        return grouped(self.flows, lambda stated: stated.flow.amount)

    @cached_property
    def _by_purpose(self) -> Mapping[tuple[str, Tie], list[StatedFlow]]:
        """By year and by what may tie a flow to another; see `_ties`."""
        return grouped_by_each(self.flows, lambda s: product(s.flow.years, self._ties(s)))

    @cached_property
    def by_iri(self) -> Mapping[str, StatedFlow]:
        """The flows by their IRI."""
        return {stated.iri: stated for stated in self.flows}

    def overlapping(self, stated: StatedFlow) -> Iterator[StatedFlow]:
        """Yield, each once, the flows that share a year with a flow, or a document if one of the two has no year.

        It yields the flows for which `likeness.overlap` is True.
        """
        years = stated.flow.years
        if not years:
            yield from self._by_document.get(stated.document, ())
            return
        yield from self._in([self._by_year.get(year, ()) for year in years])
        yield from self._undated.get(stated.document, ())

    def paying_for(self, stated: StatedFlow) -> Iterator[StatedFlow]:
        """Yield, each once, the flows that may come out of a flow, or that it may come out of."""
        if stated.flow.years:
            keys = product(stated.flow.years, self._wanted(stated))
            dated = self._in([self._by_purpose.get(key, ()) for key in keys])
            found: Iterable[StatedFlow] = chain(dated, self._undated.get(stated.document, ()))
        else:
            found = self.overlapping(stated)
        yield from (other for other in found if _may_be_for_the_same(stated, other))

    @staticmethod
    def _in(found: Iterable[Sequence[StatedFlow]]) -> Iterable[StatedFlow]:
        """Return the flows of some lists, each once."""
        lists = [each for each in found if each]
        return lists[0] if len(lists) == 1 else {each.iri: each for each in chain.from_iterable(lists)}.values()

    def equal(self, stated: StatedFlow) -> Iterator[StatedFlow]:
        """Yield the flows with the same large amount, unless both state a year."""
        if is_large(stated):
            for other in self._by_amount.get(stated.flow.amount, ()):
                if not (stated.flow.years and other.flow.years):
                    yield other

    def _ties(self, stated: StatedFlow) -> Iterator[Tie]:
        """Yield what a flow may share with others: decision and programme, programme, or fund."""
        programmes = programme_ids(stated)
        for programme in (*(programmes or (_NOT_SAID,)), _ANY):
            yield "decision", self._grounds.decision_of(stated), programme
        yield from _across(programmes, stated.flow.fund)

    def _wanted(self, stated: StatedFlow) -> Iterator[Tie]:
        """Yield the ties under which the flows stand that may be for the same thing as a flow."""
        programmes, here = programme_ids(stated), self._grounds.decision_of(stated)
        for decision in (here, *self._grounds.tied_to(here)):
            for programme in (*programmes, _NOT_SAID) if programmes else (_ANY,):
                yield "decision", decision, programme
        yield from _across(programmes, stated.flow.fund)


def _across(programmes: frozenset[str], fund: Entity | None) -> Iterator[Tie]:
    """Yield what ties flows of decisions that do not cite each other."""
    for programme in programmes:
        yield "programme", programme, ""
    if fund is not None:
        yield "fund", fund.id, ""


def _may_be_for_the_same(one: StatedFlow, other: StatedFlow) -> bool:
    """Return True unless two flows name different programmes, or different funds."""
    a, b = programme_ids(one), programme_ids(other)
    return not (a and b and not a & b) and may_share_fund(one, other)
