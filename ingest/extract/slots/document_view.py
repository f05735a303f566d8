"""All figures of a document compared: which repeat, round or add up others."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from graph.model import Basis
from graph.parse.money import find_money, parse_amount
from ingest.document import Block, BlockKind
from ingest.extract.scope.document import Scope
from ingest.extract.slots.sum_cues import cues_of
from ingest.extract.statements.statement import Statement
from ingest.extract.words.lexicon import Lexicon

_MOST_PARTS = 40  #: figures in a row that are tried as the parts of a total
_NEAR = Decimal("0.08")  #: a rounding lies within this share of the exact sum
_GIVING = frozenset(("give", "get", "aside", "fund", "invest", "hire", "approve"))
_FAR = 5  #: a sum this many times another is of another order
_TELLING = ("given", "approve", "success", "total", "more-than", "up-to", "range", "per-applicant")
_LEAST_CELL = 100  #: smaller numbers of a table's cells are counts


class Place(StrEnum):
    """The kind of place where a figure stands."""

    HEAD = "head"  #: the title or a heading
    TABLE = "table"
    ENTRY = "entry"  #: in a list
    PROSE = "prose"


@dataclass(frozen=True, slots=True)
class Figure:
    """A sum with its place; `group` is the list or the table column that it belongs to."""

    amount: Decimal
    basis: Basis
    start: int
    place: Place
    group: str = ""
    lean: int = 0  #: 1 for "over £5,000", -1 for "nearly £5,000"


@dataclass(frozen=True, slots=True)
class DocumentView:
    """How the figures of a document relate to each other, by their offsets in Document.text."""

    figures: tuple[Figure, ...] = ()
    features: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    entries: int = 0  #: list entries and table rows that hold a sum
    given: frozenset[Decimal] = frozenset()  #: sums that are governed by a verb of giving somewhere in the document
    invites: bool = False  #: the document invites bids more often than it reports awards
    marks: Mapping[Decimal, Mapping[int, frozenset[str]]] = field(default_factory=dict)  #: amount -> offset -> marks

    def features_of(self, statement: Statement) -> tuple[str, ...]:
        """Return features of a statement's sum from the other figures, such as "repeats=head" or "adds-up=list"."""
        return self.features.get(statement.start + statement.token.start, ())

    def marks_elsewhere(self, statement: Statement) -> list[str]:
        """Return the marks that the same sum has at other places of the text, sorted."""
        own = statement.start + statement.token.start
        places = self.marks.get(statement.money.amount, {})
        return sorted({mark for place, marks in places.items() if place != own for mark in marks})

    def is_first(self, statement: Statement) -> bool:
        """Return True for the first sum of the document's prose."""
        place = statement.start + statement.token.start
        return all(one.start >= place for one in self.figures if one.place in (Place.PROSE, Place.ENTRY))


def view_of(statements: Sequence[Statement], scope: Scope, lexicon: Lexicon) -> DocumentView:
    """Return the view of a document from the statements that its prose was cut into."""
    figures = sorted(
        [*_in_blocks(scope.document.blocks), *(_figure(one, lexicon) for one in statements)], key=lambda one: one.start
    )
    groups: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.group:
            groups[figure.group].append(figure)
    features = {
        figure.start: tuple(_features(index, figures, groups))
        for index, figure in enumerate(figures)
        if figure.place in (Place.PROSE, Place.ENTRY)
    }
    marks: dict[Decimal, dict[int, frozenset[str]]] = defaultdict(dict)
    for one in statements:
        marks[one.money.amount][one.start + one.token.start] = frozenset(_marks(one, lexicon))
    return DocumentView(
        tuple(figures),
        features,
        sum(len(group) for group in groups.values() if len(group) > 1),
        frozenset(one.money.amount for one in statements if one.governor and one.governor.verb_class in _GIVING),
        _blocks_with("call-open", scope, lexicon) > _blocks_with("success", scope, lexicon),
        marks,
    )


def _marks(statement: Statement, lexicon: Lexicon) -> Iterator[str]:
    """Yield marks of a sum's words that help to read the same sum elsewhere."""
    yield f"basis={statement.money.basis}"
    yield f"origin={statement.origin.name}"
    yield f"verb-class={statement.governor.verb_class if statement.governor is not None else 'none'}"
    yield "in-list" if statement.list_key is not None else "in-text"
    yield from (cue for cue in cues_of(statement, lexicon) if cue.startswith(_TELLING) and not cue.endswith("-near"))


def _blocks_with(cue: str, scope: Scope, lexicon: Lexicon) -> int:
    patterns = [pattern for name, pattern in lexicon.cues["sentence"] if name == cue]
    return sum(any(pattern.search(block.text) for pattern in patterns) for block in scope.document.blocks)


def _figure(statement: Statement, lexicon: Lexicon) -> Figure:
    is_entry = statement.list_key is not None
    words = set(statement.money.qualifier.lower().split())
    lean = bool(words & lexicon.groups["rather-more"]) - bool(words & lexicon.groups["rather-less"])
    return Figure(
        statement.money.amount,
        statement.money.basis,
        statement.start + statement.token.start,
        Place.ENTRY if is_entry else Place.PROSE,
        f"list {statement.list_key}" if is_entry and _is_first(statement) else "",
        lean,
    )


def _is_first(statement: Statement) -> bool:
    """Return True for the first sum of a list entry; further sums of it say how the first divides."""
    before = itertools.islice(statement.parse.tokens, statement.at)
    return statement.start == statement.block.start and all(token.money is None for token in before)


def _in_blocks(blocks: Sequence[Block]) -> Iterator[Figure]:
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            for money in find_money(block.text):
                yield Figure(money.amount, money.basis, block.start + money.start, Place.HEAD)
        for row in block.rows:
            for column, cell in enumerate(row.cells):
                amount = parse_amount(cell.text)
                if amount is not None and amount >= _LEAST_CELL:
                    yield Figure(amount, Basis.EXACT, cell.start, Place.TABLE, f"table {block.start} {column}")


def _features(index: int, figures: Sequence[Figure], groups: Mapping[str, Sequence[Figure]]) -> Iterator[str]:
    own = figures[index]
    others = [*figures[:index], *figures[index + 1 :]]
    yield from _repeats(own, others)
    yield from _sums(index, figures, groups)
    yield from _rank(own, others)


def _repeats(own: Figure, others: Sequence[Figure]) -> Iterator[str]:
    same = [one for one in others if one.amount == own.amount]
    for place in dict.fromkeys(one.place for one in same):
        yield f"repeats={place}"
    if same and own.place is not Place.ENTRY:
        yield "repeats=later" if min(one.start for one in same) > own.start else "repeats=earlier"
    exacter = {one.place for one in others if _is_rounding_of(own, one)}
    yield from (f"rounds={place}" for place in sorted(exacter))
    if exacter:
        yield "rounds"
    if any(_is_rounding_of(one, own) for one in others):
        yield "rounded"


def _is_rounding_of(rough: Figure, exact: Figure) -> bool:
    """Return True if one figure rounds another; "over" and "nearly" say on which side the exact one lies.

    A figure that is itself rounded (£7.2m) is a different sum from £7m, not the exact one.
    """
    apart = exact.amount - rough.amount
    if exact.basis is Basis.ROUNDED or not _rounds(rough.amount, exact.amount):
        return False
    return apart * rough.lean >= 0 if rough.lean else abs(apart) <= _unit(rough.amount) / 2


def _rounds(rough: Decimal, exact: Decimal) -> bool:
    """Return True if the first sum is the second with fewer digits: 760,000 for 760,108, 1.4m for 1,438,000."""
    apart = abs(rough - exact)
    return apart <= exact * _NEAR and apart < (unit := _unit(rough)) and _unit(exact) < unit


@lru_cache(maxsize=4096)
def _unit(amount: Decimal) -> Decimal:
    """Return the power of ten that a sum is printed to: 10,000 for 760,000."""
    unit = Decimal("0.01")
    while amount % (unit * 10) == 0 and unit * 10 <= amount:
        unit *= 10
    return unit


def _sums(index: int, figures: Sequence[Figure], groups: Mapping[str, Sequence[Figure]]) -> Iterator[str]:
    own = figures[index]
    for name, group in groups.items():
        parts = [one for one in group if one is not own]
        total = sum((one.amount for one in parts), Decimal(0))
        if len(parts) < 2 or (own.group == name and own is not group[-1]):
            continue
        if total == own.amount or (len(parts) > 2 and total == 2 * own.amount and own.amount == parts[-1].amount):
            yield "adds-up=list"
        elif _rounds(own.amount, total):
            yield "adds-up=list-roughly"
    if _run(own.amount, figures[index + 1 : index + 1 + _MOST_PARTS]):
        yield "adds-up=after"
    if _run(own.amount, figures[max(0, index - _MOST_PARTS) : index][::-1]):
        yield "adds-up=before"
    if _is_part(index, figures):
        yield "part-of-total"


def _run(amount: Decimal, following: Sequence[Figure]) -> int:
    """Return how many consecutive figures, at least two, add up to an amount; 0 if none do."""
    total = Decimal(0)
    for count, one in enumerate(following, start=1):
        total += one.amount
        if total >= amount:
            return count if total == amount and count > 1 else 0
    return 0


def _is_part(index: int, figures: Sequence[Figure]) -> bool:
    for first in range(max(0, index - _MOST_PARTS), index):
        count = _run(figures[first].amount, figures[first + 1 : first + 1 + _MOST_PARTS])
        if count and first + count >= index:
            return True
    for last in range(index + 1, min(len(figures), index + 1 + _MOST_PARTS)):
        count = _run(figures[last].amount, figures[max(0, last - _MOST_PARTS) : last][::-1])
        if count and last - count <= index:
            return True
    return False


def _rank(own: Figure, others: Sequence[Figure]) -> Iterator[str]:
    below = [one for one in others if one.start > own.start and one.group]
    if len(below) > 1 and own.place is Place.PROSE:
        yield "above-list"
        if own.amount > max(one.amount for one in below):
            yield "above-list-largest"
    rest = {one.amount for one in others if one.amount != own.amount and not _rounds(own.amount, one.amount)}
    if not rest:
        yield "only"
    elif own.amount > max(rest):
        yield "largest"
        yield f"largest={'by-far' if own.amount > max(rest) * _FAR else 'just'}"
        if len(rest) > 1:
            yield f"largest={'exceeds-rest' if own.amount >= sum(rest) else 'below-rest'}"
    elif own.amount * _FAR < max(rest):
        yield "small-beside-largest"
