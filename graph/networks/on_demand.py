"""The network of a build, read from its columns only around the nodes that a picture reaches."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from graph.arrow import among
from graph.columns.columns import Columns
from graph.counting.grounds import Grounds
from graph.counting.ledger import Ledger
from graph.model import EntityKind
from graph.networks.network import DECISION, Network
from graph.stated.decisions import DecisionHead
from graph.stated.partners import TOGETHER, NamesOf, every_pair
from graph.stated.things import thing_key

_PARTIES = ("funder", "recipient", "fund", "place")


class NetworkOnDemand(Network):
    """The network of a build, whose ties are read when a picture reaches their nodes; for one picture at a time."""

    def __init__(
        self,
        columns: Columns,
        heads: Mapping[str, DecisionHead],
        ledger: Ledger,
        grounds: Grounds,
        names_of: NamesOf,
    ) -> None:
        """Make a network in which nothing is read yet.

        Args:
            columns: The columns of the build.
            heads: The decision of each document.
            ledger: What the lines of pictures come to.
            grounds: How sums by themselves are counted.
            names_of: Returns the names of a thing.
        """
        super().__init__(ledger, grounds)
        self._columns = columns
        self._heads = heads
        self._names_of = names_of
        self._has_money: set[str] = set()
        self._has_rest: set[str] = set()
        self._rows: set[int] = set()  #: of flows that were read

    def read(self, keys: Iterable[str], *, only_money: bool = False) -> None:
        """Read the ties at some nodes, or only those of their flows; what was read before is not read again."""
        wanted = list(keys)
        self._read_money([key for key in wanted if key not in self._has_money])
        if not only_money:
            self._read_rest([key for key in wanted if key not in self._has_rest])

    def read_between(self, keys: Collection[str]) -> None:
        """Read which organisations among some nodes work together."""
        numbers = self._numbers(keys)
        ids = self._ids(numbers)
        self._add_pairs(numbers, ids, ids)

    def _read_money(self, keys: Collection[str]) -> None:
        import numpy

        if not keys:
            return
        self._has_money.update(keys)
        flows, numbers = self._columns.flows, self._numbers(keys)
        rows = flows.under(numbers)
        for column in _PARTIES:
            rows |= flows.naming(column, numbers)
        rows |= flows.in_documents(self._documents(keys))
        fresh = [row for row in numpy.flatnonzero(rows).tolist() if row not in self._rows]
        self._rows.update(fresh)
        for row in fresh:
            self.add_flow(row, flows.rows[row], self._heads)

    def _read_rest(self, keys: Collection[str]) -> None:
        import numpy

        if not keys:
            return
        self._has_rest.update(keys)
        numbers = self._numbers(keys)
        subjects, objects = (self._columns.numbers("relations", end) for end in ("subject", "object"))
        joined = (subjects >= 0) & (objects >= 0)
        for row in numpy.flatnonzero(joined & (among(subjects, numbers) | among(objects, numbers))).tolist():
            self.add_relation(row, self._columns.relations[row])
        organisations = self._organisations(numbers)
        if organisations:
            self._add_pairs(self._beside(organisations), self._ids(organisations), None)

    def _beside(self, organisations: list[int]) -> list[int]:
        """Return some organisations and all that may work with them: those that take part in the same things."""
        import numpy

        subjects, objects, together = self._together()
        own = together & (among(subjects, organisations) | among(objects, organisations))
        things = self._columns.numbers_of_ids(
            self._ids(numpy.unique(objects[together & among(subjects, organisations)]))
        )
        told = own | (together & among(objects, things.tolist()))
        return self._organisations(numpy.unique(numpy.concatenate([subjects[told], objects[told]])).tolist())

    def _add_pairs(self, parties: Iterable[int], ones: Collection[str], others: Collection[str] | None) -> None:
        """Add the pairs of `ones` with `others`, from all that is said of some parties, which all of them are among."""
        import numpy

        subjects, objects, together = self._together()
        numbers = list(parties)
        told = numpy.flatnonzero(together & (among(subjects, numbers) | among(objects, numbers)))
        for one, partner in every_pair(self._columns.relations.at(told), self._names_of, ones=ones, others=others):
            self.add_pair(one, partner)

    def _together(self) -> tuple[Any, Any, Any]:
        """Return the subjects and objects of relations, and a mask of those by which organisations work together."""
        columns = self._columns
        subjects, objects = (columns.numbers("relations", end) for end in ("subject", "object"))
        together = (subjects >= 0) & (objects >= 0)
        return (
            subjects,
            objects,
            together & (columns.are("relations", "kind", TOGETHER[0]) | columns.are("relations", "kind", TOGETHER[1])),
        )

    def _numbers(self, keys: Iterable[str]) -> list[int]:
        wanted = set(keys)
        ids = {key.partition("/")[2] for key in wanted if not key.startswith(f"{DECISION}/")}
        found: list[int] = self._columns.numbers_of_ids(ids).tolist()
        return [number for number in found if thing_key(self._columns.thing(number)) in wanted]

    def _documents(self, keys: Iterable[str]) -> list[int]:
        known = self._columns.numbers_of_documents
        names = [key.partition("/")[2] for key in keys if key.startswith(f"{DECISION}/")]
        return [known[name] for name in names if name in known]

    def _ids(self, numbers: Iterable[int]) -> frozenset[str]:
        return frozenset(self._columns.thing(int(number)).id for number in numbers)

    def _organisations(self, numbers: Iterable[int]) -> list[int]:
        return [n for n in numbers if n >= 0 and self._columns.thing(n).kind is EntityKind.ORGANISATION]
