"""Reads the judgements that a build keeps on disk (`ledger_file.py`): only the parts that hold what is asked for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from graph.arrow import as_numbers, as_pence, one_of_texts
from graph.counting.ledger import Adding
from graph.counting.ledger_file import COUNTED, JOINT, LEFT_OUT, OPEN
from graph.counting.left_out import LeftOut, Reason
from graph.counting.rests import to_nobody, with_amount
from graph.counting.sides import Side
from graph.counting.tally import Tally
from graph.stated.flows import StatedFlow

#: the flows of some IRIs, by IRI, all of which touch the thing of a key; others may be among them
FlowsOf = Callable[[str, Collection[str]], Mapping[str, StatedFlow]]


class KeptJudgements:
    """The judgements that a build holds on disk."""

    def __init__(self, path: Path, flows_of: FlowsOf) -> None:
        """Keep the path of the table, and how to find its flows."""
        self._path = path
        self._flows_of = flows_of

    def tally(self, key: str, side: Side, flows: Collection[str] | None = None) -> Tally:
        """Return the judgement on everything that touches a thing, or the part of it that some flows make.

        It is empty where nothing touches the thing.
        """
        found: dict[str, list[StatedFlow]] = {COUNTED: [], JOINT: []}
        left, still_open = [], set()
        for part in self._parts_of(key):
            rows = part.rows_of(key, side, flows)
            if not len(rows):
                continue
            iris, *words = (part.words(column, rows) for column in ("flow", "verdict", "reason", "other", "payee"))
            stated_by = self._flows_of(key, iris)
            for iri, verdict, reason, other, payee, pence in zip(iris, *words, part.pence[rows].tolist(), strict=True):
                stated = stated_by[iri]
                if verdict == LEFT_OUT:
                    left.append(LeftOut(stated, Reason(reason), other, payee))
                    continue
                stated = with_amount(stated, _pounds(pence))
                if reason == OPEN:
                    stated = to_nobody(stated)
                    still_open.add(stated.iri)
                found[verdict].append(stated)
        still = frozenset(still_open) if flows is None else frozenset()  # as `part_of` has it
        return Tally(tuple(found[COUNTED]), tuple(found[JOINT]), tuple(left), still)

    def adding(self, key: str, side: Side) -> list[Adding]:
        """Return what each flow adds to the tally of a thing, joint ones last; no flow is made for it."""
        found: dict[str, list[Adding]] = {COUNTED: [], JOINT: [], LEFT_OUT: []}
        for part in self._parts_of(key):
            rows = part.rows_of(key, side, None)
            words = (part.words(column, rows) for column in ("flow", "verdict", "reason"))
            for iri, verdict, reason, pence in zip(*words, part.pence[rows].tolist(), strict=True):
                found[verdict].append(Adding(iri, _pounds(pence), verdict == JOINT, reason == OPEN))
        return found[COUNTED] + found[JOINT]

    def totals(
        self, kind: str, side: Side, flows: Collection[str] | None = None, *, with_joint: bool = False
    ) -> Mapping[str, Decimal]:
        """Return the total of every thing of a kind, or the part of it that some flows make, by the thing's key."""
        verdicts = {COUNTED, JOINT} if with_joint else {COUNTED}
        found: dict[str, int] = {}
        for part in (part for part in self._parts if part.holds("kind", kind)):
            wanted = part.has("kind", {kind}) & part.has("side", {side.value}) & part.has("verdict", verdicts)
            if flows is not None and wanted.any():
                wanted &= part.has("flow", flows)
            for key, pence in part.sums(wanted):
                found[key] = found.get(key, 0) + pence
        return {key: _pounds(pence) for key, pence in found.items() if pence}

    def _parts_of(self, key: str) -> Sequence[_Part]:
        """The groups of rows that may hold a thing, by the first and the last thing that have rows in each."""
        firsts, lasts = self._subjects
        return self._parts[bisect_left(lasts, key) : bisect_right(firsts, key)]

    @cached_property
    def _subjects(self) -> tuple[list[str], list[str]]:
        bounds = [part.bounds("subject") for part in self._parts]
        return [first for first, _ in bounds], [last for _, last in bounds]

    @cached_property
    def _parts(self) -> list[_Part]:
        from pyarrow import parquet

        file = parquet.ParquetFile(self._path)  # `read_table` would load pandas, which takes longer than a tally
        filled = (n for n in range(file.num_row_groups) if file.metadata.row_group(n).num_rows)
        return [_Part(file, number) for number in filled]


def _pounds(pence: int) -> Decimal:
    return Decimal(pence).scaleb(-2)


class _Part:
    """A row group of the table, of which each column is read when it is first asked for."""

    def __init__(self, file: Any, number: int) -> None:
        self._file = file
        self._number = number
        self._read: dict[str, Any] = {}
        group = file.metadata.row_group(number)
        self._length = int(group.num_rows)
        columns = (group.column(each) for each in range(group.num_columns))
        self._statistics = {column.path_in_schema: column.statistics for column in columns}

    def bounds(self, column: str) -> tuple[str, str]:
        """Return the first and the last word in a column of words."""
        known = self._statistics[column]
        if known is not None and known.has_min_max:
            return str(known.min), str(known.max)
        words = self.words(column, range(self._length))
        return min(words), max(words)

    def holds(self, column: str, word: str) -> bool:
        """Return False if a word lies outside the bounds of a column."""
        first, last = self.bounds(column)
        return first <= word <= last

    def rows_of(self, key: str, side: Side, flows: Collection[str] | None) -> Any:
        """Return the numbers of the rows of one side of a thing, or of some of its flows there, as an array."""
        import numpy

        first, last = self._places.get(key, (0, 0))
        rows_of_side = first + numpy.flatnonzero(self._among("side", {side.value})[self._codes("side")[first:last]])
        if flows is None or not len(rows_of_side):
            return rows_of_side
        held = [iri in flows for iri in self.words("flow", rows_of_side)]
        return rows_of_side[numpy.array(held, bool)]

    @cached_property
    def _places(self) -> Mapping[str, tuple[int, int]]:
        """The first row of each thing and the row after its last; a thing's rows follow each other."""
        import numpy

        codes = self._codes("subject")
        starts = [0, *(numpy.flatnonzero(numpy.diff(codes)) + 1).tolist()]
        words = self._column("subject").dictionary.to_pylist()
        subjects = [words[code] for code in codes[starts].tolist()]
        return dict(zip(subjects, zip(starts, [*starts[1:], self._length], strict=True), strict=True))

    def words(self, column: str, rows: Any) -> list[str]:
        """Return the words of a column in some rows."""
        codes = self._codes(column)[rows].tolist()
        words = self._column(column).dictionary
        known = {code: words[code].as_py() for code in set(codes)}
        return [known[code] for code in codes]

    def has(self, column: str, values: Collection[str]) -> Any:
        """Return a mask of the rows that have one of some words in a column."""
        return self._among(column, values)[self._codes(column)]

    def _among(self, column: str, values: Collection[str]) -> Any:
        """Return, for each number of a word of a column, whether it is one of some words."""
        return one_of_texts(self._column(column).dictionary, values)

    def sums(self, wanted: Any) -> Iterator[tuple[str, int]]:
        """Yield each thing that has some of the rows that a mask chooses, with what these add, in pence."""
        import numpy

        subjects = self._column("subject").dictionary
        pence = numpy.zeros(len(subjects), self.pence.dtype)
        codes = self._codes("subject")[wanted]
        numpy.add.at(pence, codes, self.pence[wanted])
        return ((subjects[code].as_py(), int(pence[code])) for code in dict.fromkeys(codes.tolist()))

    @cached_property
    def pence(self) -> Any:
        """What each row adds."""
        return as_pence(self._column("amount"))

    def _codes(self, column: str) -> Any:
        return as_numbers(self._column(column).indices)

    def _column(self, name: str) -> Any:
        if name not in self._read:
            read = self._file.read_row_group(self._number, columns=[name]).unify_dictionaries()
            self._read[name] = read.combine_chunks()[name].chunk(0)
        return self._read[name]
