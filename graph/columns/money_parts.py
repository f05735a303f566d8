"""All money of a build in the parts that are judged apart, out of its columns: which of them a publication changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graph.arrow import among, as_numbers
from graph.columns.columns import Columns
from graph.columns.funding import one_piece
from graph.columns.making import TIES, Tables
from graph.counting.connected import NOT_PASSED_ON, Onward, parts_of, tie_of_decision
from graph.counting.grounds import BETWEEN_DECISIONS


@dataclass(frozen=True)
class MoneyParts:
    """The parts of all money of a build."""

    tables: Tables

    @cached_property
    def columns(self) -> Columns:
        """The tables, to be read."""
        return Columns(self.tables)

    @cached_property
    def of_flows(self) -> Any:
        """The number of the part of each flow: an array."""
        return self._parts[: len(self.columns.flows)]

    @cached_property
    def refers_to(self) -> Mapping[str, frozenset[str]]:
        """The decisions that a decision modifies, extends, supersedes or refers to, by its IRI."""
        import numpy

        kinds = one_piece(self.tables["relations"], "kind")
        if not len(kinds):
            return {}
        wanted = numpy.array([kind in BETWEEN_DECISIONS for kind in kinds.dictionary.to_pylist()], bool)
        ends = [self._ends(name) for name in ("relation_subjects", "relation_objects")]
        rows = numpy.flatnonzero(wanted[as_numbers(kinds.indices)] & (ends[0][1] >= 0) & (ends[1][1] >= 0))
        found: dict[str, set[str]] = {}
        for one, other in set(zip(*(places[rows].tolist() for _, places in ends), strict=True)):
            found.setdefault(ends[0][0][one], set()).add(ends[1][0][other])
        return {iri: frozenset(others) for iri, others in found.items()}

    @cached_property
    def spent_first(self) -> Onward:
        """The first flow that each body spends in each year; see `connected.spent_first`."""
        iris = one_piece(self.tables["flows"], "iri")
        return {(self._ids[payer], year): iris[row].as_py() for (year, payer), row in self._first.items()}

    def marks(self) -> Any:
        """Return a number for each flow that is the same in two builds if its part is: the same flows, tied alike.

        It holds within this process. What the flows say is not looked at.
        """
        import numpy

        iris, ids = one_piece(self.tables["flows"], "iri").to_pylist(), self._ids
        own = numpy.array([hash(iri) for iri in iris], numpy.int64)
        recipients = self.columns.flows.numbers("recipient")
        firsts: dict[str, Any] = {}
        for (year, payer), row in self._first.items():
            if year not in firsts:
                firsts[year] = numpy.zeros(len(ids) + 1, numpy.int64)  # the last is for no recipient
            firsts[year][payer] = hash((year, iris[row]))
        for year, first in firsts.items():
            rows = self._in_year(year)
            own[rows] ^= first[recipients[rows]]
        sums = numpy.zeros(len(self._parts), numpy.int64)
        numpy.add.at(sums, self.of_flows, own)
        numpy.add.at(sums, self._parts[len(own) :], self._tied[:, 0] * 3 + self._tied[:, 1] * 5)
        return sums[self.of_flows]

    def in_documents(self, documents: Collection[str]) -> Any:
        """Return a mask of the flows whose part holds a flow of one of some documents."""
        known = self.columns.numbers_of_documents
        rows = self.columns.rows_in("flows", [known[name] for name in documents if name in known])
        return among(self.of_flows, set(self.of_flows[rows].tolist()))

    @cached_property
    def _ids(self) -> list[str]:
        return self.columns.words("things", "id")

    @cached_property
    def _parts(self) -> Any:
        import numpy

        ties = one_piece(self.tables[TIES], "ties")
        if not len(ties):
            return numpy.empty(0, numpy.int64)
        offsets = as_numbers(ties.offsets)
        return parts_of(numpy.diff(offsets), as_numbers(ties.values)[offsets[0] : offsets[-1]], self._tied)

    @cached_property
    def _tied(self) -> Any:
        """The ties of decisions with flows of which one cites the other: (n, 2) int64."""
        import numpy

        of_documents = self.columns.words("documents", "iri")
        held = {of_documents[number] for number in numpy.unique(self.columns.flows.documents).tolist()}
        pairs = [(one, other) for one, others in self.refers_to.items() if one in held for other in others & held]
        return numpy.array([[*map(tie_of_decision, pair)] for pair in pairs], numpy.int64).reshape(-1, 2)

    @cached_property
    def _first(self) -> Mapping[tuple[str, int], int]:
        """The row of the first flow that each body, given by its number, spends in each year."""
        import numpy

        flows = self.columns.flows
        payers = flows.numbers("funder")
        is_spent = (payers >= 0) & (payers != flows.numbers("recipient"))
        is_spent &= ~flows.where("kind", {kind.value for kind in NOT_PASSED_ON}.__contains__)
        found: dict[tuple[str, int], int] = {}
        for year in {year for years in flows.values("years") for year in years.split()}:
            rows = self._in_year(year)
            rows = rows[is_spent[rows]]
            bodies, first = numpy.unique(payers[rows], return_index=True)
            found |= {(year, body): row for body, row in zip(bodies.tolist(), rows[first].tolist(), strict=True)}
        return found

    def _in_year(self, year: str) -> Any:
        return self.columns.flows.where("years", lambda years: year in years.split()).nonzero()[0]

    def _ends(self, name: str) -> tuple[list[str], Any]:
        """Return the decisions that a table of postings lists, and which of them each relation has, or -1."""
        import numpy

        lists = one_piece(self.tables[name], "rows")
        places = numpy.full(self.tables["relations"].num_rows, -1, numpy.int64)
        if not len(lists):
            return [], places
        offsets = as_numbers(lists.offsets)
        numbers = numpy.repeat(numpy.arange(len(lists)), numpy.diff(offsets))
        places[as_numbers(lists.values)[offsets[0] : offsets[-1]]] = numbers
        words: list[str] = self.tables[name]["word"].to_pylist()
        return words, places


def judged_anew(before: MoneyParts, now: MoneyParts, documents: Collection[str]) -> Any:
    """Return a mask of the flows whose part is not one of the build before, or says something else than there.

    Args:
        before: The parts of the build before.
        now: Those of this one.
        documents: All documents that are new, state something else or have gone.
    """
    import numpy

    if any(len(numpy.unique(each.of_flows)) < 2 for each in (before, now)):
        return numpy.ones(len(now.of_flows), bool)
    same = before.marks()[~before.in_documents(documents)]
    return now.in_documents(documents) | ~numpy.isin(now.marks(), same)
