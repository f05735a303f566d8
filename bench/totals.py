"""Totals of the sample decisions against those that people added up by hand.

Run it from the project: python -m bench.totals [--wrong]. `data/labels/totals.csv` has for each thing and side of its
money a figure for all years, for each year and for spans that no document splits, with its arithmetic; "a|b" accepts
either. They were added up from the documents alone, by people who had not seen the code, before the two were compared.
A page says of each total what it is without and with the money in doubt: so many figures by hand lie between the two.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from statistics import median

from bench.report import Value, table, write_json
from bench.samples import sample_graph
from graph.counting.bounds import Bounds, bounds, slots_of
from graph.counting.graph_ledger import open_ledger
from graph.counting.ledger import Ledger
from graph.counting.likeness import total
from graph.counting.placed_years import placed_years
from graph.counting.sides import Side
from graph.counting.tally import Tally
from graph.model import Entity
from graph.settings import Settings
from graph.stated.decisions import DecisionHead, decision_heads
from graph.stated.things import named_things
from graph.stores.store import Store

ALL, JOINT, UNDATED = "all", "joint", "undated"
SIDES = {"in": Side.SOURCES, "out": Side.DELIVERIES}


@dataclass(frozen=True, slots=True)
class HandTotal:
    """One figure that was added up by hand."""

    kind: str
    thing: str  #: name
    side: str  #: in | out
    year: str  #: "2023/24", "2018/19-2019/20", undated, joint, all
    amount: Decimal
    accepted: frozenset[Decimal]  #: the amount and other readings that are as good
    arithmetic: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure by hand beside the ledger's."""

    hand: HandTotal
    ours: Decimal
    bounds: Bounds | None = None  #: of a total of all years

    @property
    def lies_between(self) -> bool:
        """Whether a figure that was accepted lies between the least and the most that the page says."""
        if self.bounds is None:
            return self.is_right
        return any(self.bounds.least <= amount <= self.bounds.most for amount in self.hand.accepted)

    @property
    def width(self) -> Decimal:
        """How far the least and the most lie apart, as a part of the total; 0 where nothing adds up."""
        if self.bounds is None or not self.bounds.whole:
            return Decimal(0)
        return (self.bounds.most - self.bounds.least) / self.bounds.whole

    @property
    def is_right(self) -> bool:
        """Whether the ledger has a figure that was accepted."""
        return self.ours in self.hand.accepted


def hand_totals(path: Path) -> list[HandTotal]:
    """Return the figures of a table, in its order.

    Raises:
        ValueError: An amount is no number.
    """
    with path.open(encoding="utf-8", newline="") as file:
        return [_hand_total(row) for row in csv.DictReader(file)]


def _hand_total(row: Mapping[str, str]) -> HandTotal:
    amounts = [Decimal(each) for each in (row["amount"], *row["alternatives"].split("|")) if each.strip()]
    return HandTotal(
        row["kind"], row["thing"], row["side"], row["year"], amounts[0], frozenset(amounts), row["arithmetic"]
    )


def compared(
    hand: Sequence[HandTotal],
    ledger: Ledger,
    things: Mapping[tuple[str, str], Entity],
    heads: Mapping[str, DecisionHead],
) -> Iterator[Compared]:
    """Yield each figure beside the ledger's; sums for several programmes together are in no total and are left out."""
    for each in hand:
        thing = things.get((each.kind, each.thing))
        tally = ledger.tally(thing, SIDES[each.side]) if thing is not None else Tally(())
        if each.year == ALL:
            yield Compared(each, tally.total, bounds(tally, slots_of(thing, SIDES[each.side])))
        elif each.year != JOINT:
            yield Compared(each, _by_year(tally, heads).get(each.year, Decimal(0)))


def _by_year(tally: Tally, heads: Mapping[str, DecisionHead]) -> dict[str, Decimal]:
    found: dict[str, list[Decimal]] = defaultdict(list)
    for stated in tally.flows:
        years = placed_years(stated, heads).years
        name = UNDATED if not years else years[0] if len(years) == 1 else f"{years[0]}-{years[-1]}"
        found[name].append(total([stated]))
    return {name: sum(amounts, Decimal(0)) for name, amounts in found.items()}


def measured(data: Path, store: Store) -> list[Compared]:
    """Return every figure by hand beside what a graph of the samples comes to."""
    things = {(named.entity.kind.value, named.entity.name): named.entity for named in named_things(store)}
    return list(
        compared(hand_totals(data / "labels" / "totals.csv"), open_ledger(store, None), things, decision_heads(store))
    )


def rows_of(found: Sequence[Compared]) -> list[dict[str, Value]]:
    """Return how many figures are right, by kind of thing and in all: those of all years, and those of one year."""
    kinds = sorted({each.hand.kind for each in found})
    rows: list[dict[str, Value]] = []
    for kind in [*kinds, ALL]:
        here = [each for each in found if kind in (each.hand.kind, ALL)]
        whole = [each for each in here if each.hand.year == ALL]
        years = [each for each in here if each.hand.year != ALL]
        rows.append(
            {
                "kind": kind,
                "totals": len(whole),
                "right": sum(each.is_right for each in whole),
                "right, %": 100 * sum(each.is_right for each in whole) / len(whole),
                "between least and most": sum(each.lies_between for each in whole),
                "wrong, with a reason": sum(
                    bool(each.bounds and each.bounds.sums) for each in whole if not each.is_right
                ),
                "width of right ones, median": float(median(each.width for each in whole if each.is_right)),
                "by year": len(years),
                "right there": sum(each.is_right for each in years),
            }
        )
    return rows


def main(arguments: Sequence[str] | None = None) -> None:
    """Compare, print a table, and write bench/results/totals.json."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wrong", action="store_true", help="list the totals that differ, the largest first")
    options = parser.parse_args(arguments)
    found = measured(Settings().data, sample_graph(Settings().data)[0])
    print(table(rows_of(found)))
    if options.wrong:
        wrong = [each for each in found if each.hand.year == ALL and not each.is_right]
        for each in sorted(wrong, key=lambda each: -each.hand.amount):
            hand = each.hand
            said = f"; {each.bounds.clause}" if each.bounds and each.bounds.clause else ""
            print(f"{hand.kind} {hand.thing}, {hand.side}: {each.ours:,.2f}, by hand {hand.amount:,.2f}{said}")
    print(f"written: {write_json('totals', rows_of(found))}")


if __name__ == "__main__":
    main()
