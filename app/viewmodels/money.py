"""Money by year as stacked bars, counted once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.viewmodels import words
from graph.counting.breakdown import sums_by, unsure_by
from graph.counting.likeness import grouped
from graph.counting.placed_years import placed_years, without_year
from graph.counting.tally import Tally
from graph.counting.unsure import Unsure
from graph.model import FlowKind, FlowStatus, FundingFlow
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow

OTHERS = "Others"
JOINT = "Together with other programmes (not in totals)"
_MOST_YEARS = 15
MOST_PARTS = 7  #: colours that can be told apart

Label = Callable[[FundingFlow], str]
Heads = Mapping[str, DecisionHead]  #: by document


@dataclass(frozen=True, slots=True)
class Bars:
    """A stacked bar for each year; `amounts[part][year]` in pounds."""

    years: tuple[str, ...]  #: labels in order; a span is a bar of its own after them, never split by guess
    parts: tuple[str, ...]  #: what a bar is made of, largest first
    amounts: tuple[tuple[Decimal, ...], ...]  #: one row a part, one figure a year; 0 where no sum is known
    faint: frozenset[str] = frozenset()  #: parts that are not in totals (replaced, proposed)
    summary: str = ""  #: the chart in a sentence, for those who can't see it
    totals: tuple[Decimal | None, ...] = ()  #: what each year comes to, faint parts apart; None where no sum is known
    documents: tuple[frozenset[str], ...] = ()  #: those that state the sums of each year's total
    says: tuple[tuple[str, ...], ...] = ()  #: each figure in words, with "up to"; "" where no sum is known
    placed: tuple[tuple[str, str], ...] = ()  #: (year, what its bar holds without a stated year), where there is any


def by_funder(flow: FundingFlow) -> str:
    """Return the funder's name, as the part of a bar."""
    return flow.funder.name if flow.funder else words.OPEN_PARTY


def by_recipient(flow: FundingFlow) -> str:
    """Return the recipient's name, as the part of a bar; recipients without a name share one part."""
    return flow.recipient.name if flow.recipient else words.OPEN_PARTY


def bars(known: Sequence[StatedFlow], tally: Tally, label: Label, heads: Heads) -> Bars | None:
    """Return money by year; joint, superseded and proposed sums are faint parts. None if there is no money.

    Args:
        known: All flows of the subject, for sums that are not in totals.
        tally: The flows that count.
        label: Returns the part of a bar that a flow belongs to.
        heads: The decisions by document; money without a year is shown in the year of its decision.
    """

    def year(stated: StatedFlow) -> str:
        return words.years(placed_years(stated, heads).years)

    if not tally.flows and not tally.joint:
        return None
    shown = _largest(sums_by(tally.flows, lambda stated: label(stated.flow)))
    own = unsure_by(tally.flows, lambda stated: (shown[label(stated.flow)], year(stated)))
    apart = [stated for stated in known if _is_apart(stated.flow)]
    faint = {
        **unsure_by(tally.joint, lambda stated: (JOINT, year(stated))),
        **unsure_by(apart, lambda stated: (f"{words.STATUS[stated.flow.status]} (not in totals)", year(stated))),
    }
    cells = {**own, **faint}
    faint_parts = dict.fromkeys(part for part, _ in faint)
    parts = [*dict.fromkeys(shown.values()), *faint_parts]
    years = years_in_order({name for _, name in cells})
    totals = unsure_by(tally.flows, year)
    stating = grouped(tally.flows, year)
    drawn = grouped((*tally.flows, *tally.joint, *apart), year)
    placed = {name: without_year(drawn.get(name, ()), heads) for name in years if name != words.NO_YEAR}
    return Bars(
        years=tuple(years),
        parts=tuple(parts),
        amounts=tuple(tuple(_whole(cells.get((part, name))) for name in years) for part in parts),
        faint=frozenset(faint_parts),
        summary=_summary(years, totals, faint, placed),
        totals=tuple(totals[name].whole if name in totals else None for name in years),
        documents=tuple(frozenset(stated.document for stated in stating.get(name, ())) for name in years),
        says=tuple(
            tuple(words.counted(cells[part, name]) if (part, name) in cells else "" for name in years) for part in parts
        ),
        placed=tuple((name, note) for name, note in placed.items() if note),
    )


def starred(view: Bars) -> tuple[str, ...]:
    """Return the years as labels of a chart; a star leads to what of a year's bar states no year, below it."""
    return tuple(f"{year}*" if year in dict(view.placed) else year for year in view.years)


def star_notes(view: Bars) -> tuple[str, ...]:
    """Return a line for the years that have a star; none where every sum states its year."""
    held = [f"{year}: {note}" for year, note in view.placed]
    return (f"* Holds money for which no year is stated. {'; '.join(held)}",) if held else ()


def _whole(part: Unsure | None) -> Decimal:
    return part.whole if part is not None else Decimal(0)


def _is_apart(flow: FundingFlow) -> bool:
    """Whether a flow is drawn beside the totals: it was replaced, or is only proposed."""
    return flow.status in (FlowStatus.SUPERSEDED, FlowStatus.PROPOSED) and flow.kind is not FlowKind.BID


def _summary(
    years: Sequence[str],
    totals: Mapping[str, Unsure],
    faint: Mapping[tuple[str, str], Unsure],
    placed: Mapping[str, str],
) -> str:
    """Return the chart in a sentence: a year without a total has what stands beside it, or no known sum."""
    said, silent = [], []
    for name in years:
        here = {kind: part for (kind, at), part in faint.items() if at == name}
        beside = [f"{words.counted(part)} {kind[:1].lower()}{kind[1:]}" for kind, part in here.items()]
        note = f" ({placed[name]})" if placed.get(name) else ""
        if name in totals:
            said.append(f"{name} {words.counted(totals[name])}{note}")
        elif beside:
            said.append(f"{name} {' and '.join(beside)}{note}")
        else:
            silent.append(name)
    more = f" No sum is known for {words.listed(silent, limit=_MOST_YEARS)}." if silent else ""
    return f"Money by financial year: {'; '.join(said)}.{more}"


def _largest(sums: Mapping[str, Decimal]) -> dict[str, str]:
    """Return the part that each label stands in: its own, or for the smaller ones of many that of all others."""
    ranked = sorted(sums, key=lambda part: (-sums[part], part))
    return {part: part if place < MOST_PARTS else OTHERS for place, part in enumerate(ranked)}


def years_in_order(years: set[str]) -> list[str]:
    """Return all years from first to last, including years without money; spans come after them."""
    single = [int(year[:4]) for year in years if year != words.NO_YEAR and not words.is_span(year)]
    between = {f"{year}/{(year + 1) % 100:02d}" for year in range(min(single), max(single))} if single else set()
    return sorted(years | (between if len(between) <= _MOST_YEARS else set()), key=words.year_order)


def ticks_up_to(largest: Decimal, *, most: int = 6) -> list[Decimal]:
    """Return round figures for an axis from 0 to beyond the largest sum."""
    if largest <= 0:
        return [Decimal(0)]
    step = Decimal(10) ** (largest / most).adjusted()
    step = next(step * each for each in (1, 2, 5, 10, 20) if step * each * (most - 1) >= largest)
    return [step * number for number in range(int(largest / step) + 2)]
