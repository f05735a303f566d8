"""An index of flows by their years: it finds the flows that may be the same money without comparing every pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain

from graph.counting.likeness import is_large
from graph.stated.flows import StatedFlow


class NearYears:
    """Flows of one party, found by a year in common, by their document where no year is stated, or by their sum."""

    def __init__(self, flows: Iterable[StatedFlow]) -> None:
        self.flows = tuple(flows)
        self._by_year: dict[str, list[StatedFlow]] = defaultdict(list)
        self._undated: dict[str, list[StatedFlow]] = defaultdict(list)
        self._by_document: dict[str, list[StatedFlow]] = defaultdict(list)
        self._by_amount: dict[Decimal, list[StatedFlow]] = defaultdict(list)
        for stated in self.flows:
            for year in stated.flow.years:
                self._by_year[year].append(stated)
            if not stated.flow.years:
                self._undated[stated.document].append(stated)
            self._by_document[stated.document].append(stated)
            self._by_amount[stated.flow.amount].append(stated)

    def overlapping(self, stated: StatedFlow) -> Iterator[StatedFlow]:
        """Yield the flows that share a year with another, or its document where one of the two has no year; each once.

        The same as asking `likeness.overlap` of each.
        """
        years = stated.flow.years
        if not years:
            yield from self._by_document.get(stated.document, ())
            return
        if len(years) == 1:
            found: Iterable[StatedFlow] = self._by_year.get(years[0], ())
        else:
            found = {s.iri: s for s in chain.from_iterable(self._by_year.get(year, ()) for year in years)}.values()
        yield from found
        yield from self._undated.get(stated.document, ())

    def equal(self, stated: StatedFlow) -> Iterator[StatedFlow]:
        """Yield the flows of exactly the same large sum, where the years don't speak against it."""
        if is_large(stated):
            for other in self._by_amount.get(stated.flow.amount, ()):
                if not (stated.flow.years and other.flow.years):
                    yield other
