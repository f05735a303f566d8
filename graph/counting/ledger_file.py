"""The judgements of a build as a table on disk: one row for each flow, each thing that it touches, and each side.

Rows are sorted by thing, so that the tally of a page is one slice of the table, however large the build is;
`kept_judgements.py` reads it.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.arrow import as_numbers
from graph.counting.ledger import EVERYTHING, Counting
from graph.counting.sides import Side
from graph.counting.tally import Tally
from graph.memory import paused_garbage_collection

if TYPE_CHECKING:
    import pyarrow

FILE = "ledger.parquet"
FORMAT = "4"  #: raised when the table holds what an older one lacks: 4 has the grants of each thing
COUNTED, JOINT, LEFT_OUT = "counted", "joint", "left out"  #: what a row says of a flow
OPEN = "payee not said"  #: of what is left of a sum, beside the payments out of it that are counted
_FORMAT_KEY = "whofunds ledger"
_RULES_KEY = "whofunds rules"  #: a digest of the code that judged: judgements by two sets of rules are never mixed
_WHOLE = 2**20  #: so many rows are read at once, by the first answer, in a tenth of a second
_GROUP = 2**16  #: rows of a larger ledger that are read together; those of a thing are in one such group or a few
_MOST_WORDS = 2**24  #: bytes of a group's words: beyond it they would be sorted out again by whoever reads them
_DIGITS = 38  #: the most that the format keeps


@dataclass(frozen=True)
class Anew:
    """What is judged anew; the judgements on all else stand."""

    keys: Collection[str]  #: of things and decisions
    flows: Any  #: whether a flow is judged anew in all money together: a mask over all flows, in their order
    iris: Any  #: the IRIs of all flows, in their order: an Arrow array


def write_ledger(folder: Path, counting: Counting) -> int:
    """Judge every flow for everything that it touches, write the judgements, and return their number.

    Args:
        folder: That of the build; it may hold the judgements of the build that it was cloned from.
        counting: The flows of the build, and what counting needs to know.
    """
    return _written(folder, _judged(counting, sorted(counting.keys())))


def write_changed(folder: Path, counting: Counting, before: pyarrow.Table, anew: Anew) -> int:
    """Judge what changed, write it beside the judgements that stand, and return the number of all.

    Args:
        folder: That of the build.
        counting: Judges what is judged anew; of all money together the flows of `anew` alone.
        before: The judgements of the build before, from `judgements_in`.
        anew: What is judged anew.
    """
    wanted = {*anew.keys, EVERYTHING}
    made = _judged(counting, [(key, side) for key, side in sorted(counting.keys()) if key in wanted])
    return _written(folder, _merged(before, made, anew))


def judgements_in(folder: Path) -> pyarrow.Table | None:
    """Return the judgements of a build; None where they were made by other rules, or cannot be read."""
    import pyarrow
    from pyarrow import parquet

    path = folder / FILE
    try:
        return _read(path) if (parquet.read_schema(path).metadata or {}) == _schema().metadata else None
    except (OSError, pyarrow.ArrowException):
        return None


def _written(folder: Path, table: pyarrow.Table) -> int:
    from pyarrow import parquet

    path = folder / FILE
    path.unlink(missing_ok=True)  # a clone shares the file with the build that it was cloned from
    told = {"compression": "zstd", "dictionary_pagesize_limit": _MOST_WORDS, "write_statistics": ["subject", "kind"]}
    rows = table.num_rows
    size = _GROUP if rows > _WHOLE else max(rows, 1)
    with parquet.ParquetWriter(path, table.schema, **told) as file:
        for first in range(0, rows, size):
            file.write_table(_with_own_words(table.slice(first, size)), row_group_size=size)
    return int(rows)


def _with_own_words(table: pyarrow.Table) -> pyarrow.Table:
    """Return some rows with the words that stand in them alone: a group of rows keeps all words of its columns."""
    import numpy
    import pyarrow

    columns = []
    for name in table.column_names:
        column = table[name].chunk(0)
        if pyarrow.types.is_dictionary(column.type):
            codes, stands = as_numbers(column.indices), numpy.zeros(len(column.dictionary), bool)
            stands[codes] = True
            numbers = numpy.cumsum(stands, dtype=numpy.int32) - 1
            words = column.dictionary.take(pyarrow.array(numpy.flatnonzero(stands)))
            column = pyarrow.DictionaryArray.from_arrays(pyarrow.array(numbers[codes]), words)
        columns.append(column)
    return pyarrow.table(columns, table.schema)


def _judged(counting: Counting, keys: Iterable[tuple[str, Side]]) -> pyarrow.Table:
    """Return the rows of some things and sides."""
    import pyarrow

    columns = {name: _Column() for name in _schema().names}
    with paused_garbage_collection():
        for key, side in keys:
            _add(columns, key, side, counting.tally(key, side))
    return pyarrow.table([column.written(_schema().field(name).type) for name, column in columns.items()], _schema())


def _places(table: pyarrow.Table, iris: Any) -> Any:
    """Return the place of the flow of each row among all flows; -1 for one that is not there."""
    import numpy
    from pyarrow import compute

    flows = table["flow"].chunk(0)
    places = compute.index_in(flows.dictionary, value_set=iris).fill_null(-1)
    return as_numbers(places).astype(numpy.int64)[as_numbers(flows.indices)]


def _read(path: Path) -> pyarrow.Table:
    from pyarrow import parquet

    with parquet.ParquetFile(path) as file:  # `read_table` would load pandas, which takes longer than a tally
        return file.read(columns=_schema().names).unify_dictionaries().combine_chunks()


def _merged(before: pyarrow.Table, made: pyarrow.Table, anew: Anew) -> pyarrow.Table:
    """Return the rows that still stand and new ones in the order of their subjects; those of all money as flows are."""
    import numpy
    import pyarrow

    table = pyarrow.concat_tables((before, made)).unify_dictionaries().combine_chunks()
    if not table.num_rows:
        return table
    names = table["subject"].chunk(0).dictionary.to_pylist()
    ranks, places = _ranks(table, "subject", sorted(names)), _places(table, anew.iris)
    is_of_all = ranks == sorted(names).index(EVERYTHING) if EVERYTHING in names else numpy.zeros(len(ranks), bool)
    stands = ~_among(table, "subject", anew.keys)
    stands[is_of_all] = numpy.append(~anew.flows, False)[places[is_of_all]]  # the last is for a flow that has gone
    stands[before.num_rows :] = True
    rows = numpy.flatnonzero(stands)
    rows = rows[numpy.argsort(ranks[rows], kind="stable")]
    of_all = numpy.flatnonzero(is_of_all[rows])  # the first rows
    some = table.select(["verdict", "side"]).take(pyarrow.array(rows[of_all]))
    verdicts, sides = _ranks(some, "verdict", [COUNTED, JOINT, LEFT_OUT]), _ranks(some, "side", sorted(Side))
    rows[of_all] = rows[of_all][numpy.lexsort((places[rows[of_all]], verdicts, sides))]
    return table.take(pyarrow.array(rows))


def _among(table: pyarrow.Table, column: str, words: Collection[str]) -> Any:
    """Return a mask of the rows that have one of some words in a column."""
    import numpy

    coded = table[column].chunk(0)
    among = numpy.array([word in words for word in coded.dictionary.to_pylist()], bool)
    return among[as_numbers(coded.indices)]


def _ranks(table: pyarrow.Table, column: str, order: Sequence[str]) -> Any:
    """Return the place of each row's word of a column in an order of words."""
    import numpy

    if not table.num_rows:
        return numpy.empty(0, numpy.int64)
    coded = table[column].chunk(0)
    rank = {word: number for number, word in enumerate(order)}
    ranks = numpy.array([rank.get(word, -1) for word in coded.dictionary.to_pylist()], numpy.int64)
    return ranks[as_numbers(coded.indices)]


class _Column:
    """A column of few different values, kept as their numbers."""

    def __init__(self) -> None:
        self._numbers: dict[Any, int] = {}
        self._rows = array("i")

    def extend(self, values: Iterable[Any]) -> None:
        numbers = self._numbers
        self._rows.extend([numbers.setdefault(value, len(numbers)) for value in values])

    def repeat(self, value: Any, times: int) -> None:
        self._rows.extend([self._numbers.setdefault(value, len(self._numbers))] * times)

    def written(self, kind: Any) -> Any:
        import pyarrow

        numbers = pyarrow.array(self._rows, pyarrow.int32())
        if not pyarrow.types.is_dictionary(kind):
            return pyarrow.array(list(self._numbers), kind).take(numbers)
        return pyarrow.DictionaryArray.from_arrays(numbers, pyarrow.array(list(self._numbers), pyarrow.string()))


def _add(columns: Mapping[str, _Column], key: str, side: Side, tally: Tally) -> None:
    """Add the rows of one thing and side."""
    added, left = (*tally.flows, *tally.joint), tally.left_out
    number = len(added) + len(left)
    if not number:
        return
    columns["subject"].repeat(key, number)
    columns["kind"].repeat(key.partition("/")[0] or "everything", number)
    columns["side"].repeat(side.value, number)
    columns["flow"].extend([stated.iri for stated in added])
    columns["flow"].extend([out.flow.iri for out in left])
    for verdict, times in ((COUNTED, len(tally.flows)), (JOINT, len(tally.joint)), (LEFT_OUT, len(left))):
        columns["verdict"].repeat(verdict, times)
    columns["reason"].extend([OPEN if stated.iri in tally.open else "" for stated in added])
    columns["reason"].extend([out.reason.value for out in left])
    for name, of_left in (("other", [out.other for out in left]), ("payee", [out.payee for out in left])):
        columns[name].repeat("", len(added))
        columns[name].extend(of_left)
    columns["amount"].extend([stated.flow.amount for stated in added])
    columns["amount"].extend([out.flow.flow.amount for out in left])


def _schema() -> pyarrow.Schema:
    import pyarrow

    word = pyarrow.dictionary(pyarrow.int32(), pyarrow.string())
    return pyarrow.schema(
        {
            "subject": word,  # as thing_key gives it; "" for all money together
            "kind": word,  # of the subject: organisation, programme, place, fund, decision or everything
            "side": word,
            "flow": word,  # IRI
            "verdict": word,  # counted | joint | left out
            "reason": word,  # why it is left out; of what is left of a sum "payee not said"
            "other": word,  # IRI of the flow that counts in its place, holds it, gave its money or takes it on
            "payee": word,
            "amount": pyarrow.decimal128(_DIGITS, 2),  # what is added: of a sum that is paid in part, the rest
        },
        metadata={_FORMAT_KEY: FORMAT, _RULES_KEY: _rules()},
    )


@cache
def _rules() -> str:
    digest = sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def holds_ledger(folder: Path) -> bool:
    """Return True if a build holds all the judgements of the current rules; the build is judged anew otherwise."""
    from pyarrow import parquet

    path = folder / FILE
    return path.is_file() and (parquet.read_schema(path).metadata or {}).get(_FORMAT_KEY.encode()) == FORMAT.encode()
