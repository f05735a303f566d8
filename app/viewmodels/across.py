"""The money of each commissioner for a programme, a kind of programme or a fund, by financial year.

Every figure is part of one count of `graph/counting`; nothing is added up here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from app.viewmodels import words
from app.viewmodels.money import years_in_order
from app.viewmodels.sureness import shared_sureness
from graph.counting.bounds import bounds
from graph.counting.left_out import Reason
from graph.counting.likeness import total
from graph.counting.placed_years import decision_year, placed_years, without_year
from graph.counting.tally import Tally
from graph.counting.together import parts_by
from graph.counting.unsure import Unsure, unsure_part
from graph.model import Entity
from graph.stated.awards import StatedAward
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow

SEVERAL = "Several years"  #: column of sums for several years together, which are never split
NOTHING = "Nothing loaded"
NOT_STATED = "Amount not stated"
NOT_ADDED = "No sum added"
_REASONS_SHOWN = 2

Key = TypeVar("Key", bound=Hashable)
Heads = Mapping[str, DecisionHead]
Cell = tuple[str, str]  #: (id of the decision body, column); "" for documents that name no body
NO_MONEY = Tally(())


class Standing(StrEnum):
    """What is known about a cell. A cell about which nothing is known never shows a sum of nought."""

    SUM = "sum"
    NOT_ADDED = "not added"  #: figures, none of which adds to a total: asked for, passed on, for several programmes
    NOT_STATED = "not stated"  #: decisions that print no amount
    NOTHING = "nothing"  #: no loaded decision says anything


@dataclass(frozen=True, slots=True)
class Holding:
    """What the loaded decisions state for one cell, one row, one column, or the whole matrix."""

    money: Tally = NO_MONEY  #: its part of the judgement
    documents: tuple[str, ...] = ()  #: file names of the decisions, latest first
    awards: int = 0  #: awards without a printed sum
    years: tuple[str, ...] = ()  #: financial years that the decisions are for, in order
    undated: str = ""  #: how much of the sum states no year, and from decisions of which years; "" where none does

    @property
    def standing(self) -> Standing:
        """Which of the four standings the cell has."""
        if self.money.flows:
            return Standing.SUM
        if self.money.joint or self.money.left_out:
            return Standing.NOT_ADDED
        return Standing.NOT_STATED if self.documents else Standing.NOTHING

    @property
    def unsure(self) -> Unsure:
        """The sum, with the part that is not sure or granted as "up to"."""
        return unsure_part(self.money.flows)

    @property
    def figure(self) -> str:
        """The sum in words, or why there is none."""
        said = {Standing.NOT_ADDED: NOT_ADDED, Standing.NOT_STATED: NOT_STATED, Standing.NOTHING: NOTHING}
        return said.get(self.standing) or words.pounds(self.money.total)

    @property
    def note(self) -> str:
        """The remark beside the figure; "" for none."""
        joint = f"{words.pounds(total(self.money.joint))} together with other programmes, not added"
        awards = f"{words.count(self.awards, 'award')} without a sum"
        parts = (
            self.unsure.clause,
            self.undated,
            joint if self.money.joint else "",
            self._why if self.standing is Standing.NOT_ADDED else "",
            awards if self.awards and self.standing is not Standing.NOT_STATED else "",
        )
        return "; ".join(part for part in parts if part)

    def brief(self, *, sureness_told: bool = False) -> str:
        """Return the remark in a few words, for a cell of a matrix; how sure the sum is may be told of all at once."""
        joint = total(self.money.joint)
        sureness, ceiling = _in_few_words(self.unsure)
        parts = (
            "" if sureness_told else sureness,
            ceiling,
            self.undated.partition(", ")[0] if self.standing is Standing.SUM else "",
            f"{words.short_pounds(joint)} more with other programmes" if joint else "",
            self._why if self.standing is Standing.NOT_ADDED else "",
            f"{self.awards:,} without a sum" if self.awards and self.standing is not Standing.NOT_STATED else "",
        )
        return ", ".join(part for part in parts if part)

    @property
    def _why(self) -> str:
        said = Counter(out.said for out in self.money.left_out if out.reason is not Reason.JOINT)
        return "; ".join(sentence for sentence, _ in said.most_common(_REASONS_SHOWN))


def _in_few_words(unsure: Unsure) -> tuple[str, str]:
    """Return how sure a sum is (its least sure part counts), and whether it is granted as "up to"."""
    sureness = ""
    if unsure.check:
        rest = "not sure, " if unsure.amount == unsure.whole else ""
        sureness = "to be checked" if unsure.check == unsure.whole else f"{rest}in part to be checked"
    elif unsure.likely:
        sureness = "not sure" if unsure.likely == unsure.whole else "in part not sure"
    ceiling = ("“up to”" if unsure.ceiling == unsure.whole else "in part “up to”") if unsure.ceiling else ""
    return sureness, ceiling


NOTHING_HELD = Holding()


@dataclass(frozen=True, slots=True)
class Stated:
    """What the documents state about a thing, or about everything."""

    money: Tally  #: the judgement on its money
    flows: Sequence[StatedFlow]  #: all that name it
    awards: Sequence[StatedAward]  #: without a printed sum
    documents: Collection[str]  #: the decisions that say something else of it
    on: Collection[str] = ()  #: the decisions on it, as its page counts them; none where those are all that name it
    slots: tuple[str, ...] = ()  #: the parts of a reading that make a sum one of its own


@dataclass(frozen=True, slots=True)
class Across:
    """A matrix of commissioners by financial years."""

    whole: Holding
    bodies: Mapping[str, Entity | None]  #: those with a decision about it, by id, commissioners first
    years: tuple[str, ...]  #: columns: single years in order, then `SEVERAL`, then those that nothing tells
    cells: Mapping[Cell, Holding]
    rows: Mapping[str, Holding]
    columns: Mapping[str, Holding]
    loaded: Mapping[str, int]  #: decisions of each body that are loaded, whatever they are about
    beside: frozenset[str] = frozenset()  #: the decisions that only state something else of it
    slots: tuple[str, ...] = ()  #: the parts of a reading that make a sum one of its own

    @property
    def sureness(self) -> str:
        """What is said once of all sums, where all are unsure in the same way; "" where cells say it."""
        return shared_sureness(cell.unsure for cell in self.cells.values())

    def at(self, body: str, year: str) -> Holding:
        """Return the cell of a body and a year; the body's total for ""."""
        return (self.cells.get((body, year)) if year else self.rows.get(body)) or NOTHING_HELD

    def range_of(self, body: str | None, year: str) -> str:
        """Return between which figures a sum lies; "" for no doubt, or no sum.

        Args:
            body: Id of a body; None for all bodies together.
            year: A column; "" for all.
        """
        of_all = (self.columns.get(year) if year else self.whole) or NOTHING_HELD
        money = (of_all if body is None else self.at(body, year)).money
        return bounds(money, (*self.slots, *(["year"] if year else []))).clause if money.flows else ""


def across(stated: Stated, heads: Heads, areas: Mapping[str, str]) -> Across:
    """Return the matrix of bodies by year; its totals are those of the thing's page.

    Args:
        stated: What the documents state about the thing.
        heads: The decisions by document.
        areas: The short name of each commissioner's police area, by the commissioner's id.
    """
    places = _Places(stated, heads)
    by_cell = parts_by(stated.money, lambda flow: (places.body(flow.document), places.column(flow)))
    by_body = parts_by(stated.money, lambda flow: places.body(flow.document))
    by_year = parts_by(stated.money, places.column)
    order = {document: number for number, document in enumerate(heads)}

    def holding(part: Tally | None, here: Iterable[_Mark]) -> Holding:
        marks = list(here)
        documents = sorted({mark.document for mark in marks}, key=lambda each: (order.get(each, len(order)), each))
        years = sorted({year for mark in marks for year in mark.years})
        money = part or NO_MONEY
        awards, undated = sum(mark.is_award for mark in marks), without_year(money.flows, heads)
        return Holding(money, tuple(documents), awards, tuple(years), undated)

    cells = {cell: holding(by_cell.get(cell), marks) for cell, marks in places.grouped(lambda m: m.cell).items()}
    rows = {body: holding(by_body.get(body), marks) for body, marks in places.grouped(lambda m: m.cell[0]).items()}
    columns = {year: holding(by_year.get(year), marks) for year, marks in places.grouped(lambda m: m.cell[1]).items()}
    return Across(
        whole=holding(stated.money, places.marks),
        bodies={body: places.bodies.get(body) for body in sorted(rows, key=lambda body: places.order(body, areas))},
        years=_in_order(columns),
        cells=cells,
        rows=rows,
        columns=columns,
        loaded=Counter(head.body.id if head.body else "" for head in heads.values()),
        beside=frozenset(mark.document for mark in places.marks).difference(stated.on) if stated.on else frozenset(),
        slots=stated.slots,
    )


@dataclass(frozen=True, slots=True)
class _Mark:
    """A statement of a decision with its cell."""

    cell: Cell
    document: str
    years: tuple[str, ...]
    is_award: bool = False


class _Places:
    """The cell of each statement."""

    def __init__(self, stated: Stated, heads: Heads) -> None:
        self._heads = heads
        self.bodies = {head.body.id: head.body for head in heads.values() if head.body}
        awards = [each for each in stated.awards if not each.stated_again]
        said = {each.document for each in (*stated.flows, *stated.awards)}
        self.marks = [
            *(self._mark(flow.document, placed_years(flow, heads).years) for flow in stated.flows),
            *(self._mark(each.document, each.award.years or self._year(each.document), True) for each in awards),
            *(self._mark(each.document, self._year(each.document)) for each in stated.awards if each.stated_again),
            *(self._mark(document, self._year(document)) for document in sorted({*stated.documents} - said)),
        ]

    def body(self, document: str) -> str:
        """Return the id of the deciding body; "" if the decision names none."""
        head = self._heads.get(document)
        return head.body.id if head and head.body else ""

    def order(self, body: str, areas: Mapping[str, str]) -> tuple[int, str]:
        """Return the sort key of a body: commissioners by area, then other bodies, then unknown ones."""
        known = self.bodies.get(body)
        return (2, "") if known is None else (int(body not in areas), areas.get(body, known.name).casefold())

    def column(self, flow: StatedFlow) -> str:
        """Return the column of a flow."""
        return _column(placed_years(flow, self._heads).years)

    def grouped(self, key: Callable[[_Mark], Key]) -> dict[Key, list[_Mark]]:
        """Return the statements grouped by a key."""
        found: dict[Key, list[_Mark]] = defaultdict(list)
        for mark in self.marks:
            found[key(mark)].append(mark)
        return found

    def _year(self, document: str) -> tuple[str, ...]:
        head = self._heads.get(document)
        return decision_year(head).years if head else ()

    def _mark(self, document: str, years: tuple[str, ...], is_award: bool = False) -> _Mark:
        return _Mark((self.body(document), _column(years)), document, years, is_award)


def _column(years: Sequence[str]) -> str:
    return words.NO_YEAR if not years else years[0] if len(years) == 1 else SEVERAL


def _in_order(columns: Collection[str]) -> tuple[str, ...]:
    last = [column for column in (SEVERAL, words.NO_YEAR) if column in columns]
    return (*years_in_order({*columns} - {*last}), *last)
