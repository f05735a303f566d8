"""News since a day: decisions that builds added, decisions that changed, and decisions that were not fetched yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.links import decision_link
from app.viewmodels import words
from app.viewmodels.table import Cell, Table
from graph.stated.decisions import DecisionHead

COLUMNS = ("Decision", "Title", "Decision body", "Signed", "Came")
WAITING_COLUMNS = ("Decision", "Register", "First seen")


@dataclass(frozen=True, slots=True)
class Edition:
    """The documents of one build with their digests."""

    created: str  #: ISO date and time
    digests: Mapping[str, str]  #: by document


@dataclass(frozen=True, slots=True)
class News:
    """The documents added or changed since a day, each with the time of the build."""

    added: tuple[tuple[str, str], ...]  #: (document, moment), latest first
    changed: tuple[tuple[str, str], ...]
    oldest: str  #: moment of the oldest build that is kept; what it holds came then or before


def news_since(editions: Sequence[Edition], day: str) -> News:
    """Return the last build's documents that a build of the day, or of a later day, was the first to have or changed.

    Args:
        editions: The stored builds, oldest first; at least one.
        day: ISO date, or the moment of a build; a build of that very day or moment counts as new.
    """
    first: dict[str, str] = {}
    last_change: dict[str, str] = {}
    held: dict[str, str] = {}
    for edition in editions:
        for document, digest in edition.digests.items():
            first.setdefault(document, edition.created)
            if held.get(document, digest) != digest:
                last_change[document] = edition.created
            held[document] = digest
    current = editions[-1].digests
    added = {name: moment for name, moment in first.items() if name in current and moment[: len(day)] >= day}
    changed = {
        name: moment
        for name, moment in last_change.items()
        if name in current and moment[: len(day)] >= day and name not in added
    }
    return News(_latest_first(added), _latest_first(changed), editions[0].created)


def last_news(editions: Sequence[Edition]) -> tuple[str, News] | None:
    """Return the moment of the last build that brought or changed a document, with what has come since it.

    None where all that there is stands as it is in the oldest build that is kept.
    """
    for edition in reversed(editions[1:]):
        news = news_since(editions, edition.created)
        if news.added or news.changed:
            return edition.created, news
    return None


def _latest_first(moments: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(moments.items(), key=lambda pair: (pair[1], pair[0]), reverse=True))


def news_table(found: Iterable[tuple[str, str]], heads: Mapping[str, DecisionHead]) -> Table:
    """Return decisions with the day on which they were added."""
    rows = []
    for document, moment in found:
        head = heads.get(document)
        if head is None:
            continue
        signed = words.date(head.signed) if head.signed else "Not stated"
        body = head.body.name if head.body else "Not stated"
        rows.append((
            Cell(head.caption, decision_link(document)), Cell(head.title), Cell(body),
            Cell(signed, plain=head.signed), Cell(words.date(moment[:10]), plain=moment),
        ))  # fmt: skip
    return Table(COLUMNS, tuple(rows))


def waiting_table(waiting: Iterable[tuple[str, str, str, str]]) -> Table:
    """Return decisions on registers that were not fetched, from (address, words, register, time)."""
    rows = tuple(
        (Cell(said or address, address), Cell(register, register), Cell(words.date(seen[:10]), plain=seen))
        for address, said, register, seen in waiting
    )
    return Table(WAITING_COLUMNS, rows)
