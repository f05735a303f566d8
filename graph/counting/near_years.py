"""An index of flows by year, to find flows that may be the same money without comparing every pair."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import chain, product

from graph.counting.likeness import (
    grouped,
    grouped_by_each,
    is_for_the_same,
    is_large,
    may_share_fund,
    programme_ids,
)
from graph.stated.flows import StatedFlow

_NOT_SAID = frozenset({""})  #: the programme of a sum that is for none by name, and so for any


class NearYears:
    """Flows of one party, found by a shared year, by their document if no year is stated, or by their amount."""

    def __init__(self, flows: Iterable[StatedFlow]) -> None:
        self.flows = tuple(flows)

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
    def _by_programme(self) -> Mapping[tuple[str, str], list[StatedFlow]]:
        """By year and programme."""
        return grouped_by_each(self.flows, lambda s: product(s.flow.years, programme_ids(s) or _NOT_SAID))

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
        """Yield, each once, the flows that may come out of a flow, or that it may come out of.

        It yields the flows for which `likeness.may_pay_for` is True.
        """
        programmes, years = programme_ids(stated), stated.flow.years
        if programmes and years:
            keys = [(year, each) for year in years for each in (*programmes, *_NOT_SAID)]
            dated = self._in([self._by_programme.get(key, ()) for key in keys])
            yield from (other for other in dated if may_share_fund(stated, other))
            found: Iterable[StatedFlow] = self._undated.get(stated.document, ())
        else:
            found = self.overlapping(stated)
        yield from (other for other in found if is_for_the_same(stated, other))

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
