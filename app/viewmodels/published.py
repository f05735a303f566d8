"""Published records on a decision's sums, as sentences and a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.viewmodels import words
from app.viewmodels.table import Cell, Table
from graph.published.matching import Match, Matches
from graph.published.record import PublishedRecord
from graph.published.saying import beside
from graph.stated.flows import StatedFlow

COLUMNS = ("Kind", "Date", "From", "To", "Amount", "Set beside because", "Words", "File")


@dataclass(frozen=True, slots=True)
class PublishedView:
    """What others publish about a decision's sums."""

    lines: tuple[str, ...]  #: one for each approved sum that something is published of
    table: Table


def published_view(flows: Iterable[StatedFlow], matches: Matches) -> PublishedView | None:
    """Return the published records on a decision's sums; None if there are none."""
    lines, rows = [], []
    for stated in flows:
        found = matches.by_flow.get(stated.iri, ())
        if found:
            flow = stated.flow
            payee = flow.recipient.name if flow.recipient else flow.recipient_words
            years = f" for {words.years(flow.years)}" if flow.years else ""
            lines.append(f"{payee}{years}: {beside(flow.amount, found, flow.currency)}.")
            rows += [row for match in found for row in _rows(match)]
    return PublishedView(tuple(lines), Table(COLUMNS, tuple(rows), frozenset({4}))) if lines else None


def _rows(match: Match) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for a record; a contract of several registers has one for each, and its sum in the first."""
    first, *others = match.record.statements or (match.record,)
    amount = words.pounds(first.amount) if first.currency == "GBP" else f"{first.currency} {first.amount:,.2f}"
    yield _row(first, Cell(amount, plain=f"{first.amount:.2f}"), match.ground.value.capitalize())
    for other in others:
        yield _row(other, Cell("The same", plain=""), "The same contract in another register")


def _row(record: PublishedRecord, amount: Cell, because: str) -> tuple[Cell, ...]:
    return (
        Cell(record.kind.value.capitalize()),
        Cell(words.date(record.date) if record.date else "Not stated", plain=record.date),
        Cell(record.payer or "Not stated", plain=record.payer),
        Cell(record.payee or "Not stated", plain=record.payee),
        amount,
        Cell(because),
        Cell(" ".join(record.words.split())),
        Cell(record.document, record.address, note=record.locator),
    )
