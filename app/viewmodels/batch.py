"""A batch of added documents as display text: its progress, the result for each file, and what was published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.links import decision_link, page_link
from app.viewmodels import words
from graph.unread import unread_said
from ingest.batch import Batch, Stage
from ingest.intake import Pending

HALF = 0.5  #: how far a publication looks, as its steps differ in length


@dataclass(frozen=True, slots=True)
class ProgressView:
    """The progress of a batch."""

    share: float  #: 0 to 1
    words: str
    now: str  #: the file that is being read; "" where none is
    note: str
    files: tuple[tuple[str, str], ...]  #: (name, what became of it)


@dataclass(frozen=True, slots=True)
class OutcomeView:
    """The result of reading a batch."""

    heading: str
    text: str
    faults: tuple[tuple[str, str], ...]  #: (file, why and what to do) for each that cannot be added
    is_partial: bool  #: files are left that can still be read


@dataclass(frozen=True, slots=True)
class PublishedView:
    """What a batch published."""

    heading: str
    text: str
    links: tuple[tuple[str, str], ...]  #: (address, words)


def progress_view(batch: Batch) -> ProgressView:
    """Return the progress of a batch that is being read or published."""
    if batch.stage is Stage.PUBLISHING:
        note = "You can leave this page: it goes on, and the old build is shown until the new one is complete."
        return ProgressView(HALF, f"Publishing. {batch.doing}", "", note, ())
    done, all_files = len(batch.found), len(batch.names)
    now = f"Now: {batch.doing}" if done < all_files and batch.doing else ""
    files = [(pending.name, said_of(pending)) for pending in batch.found]
    files += [(name, "being read" if name == batch.doing else "waits") for name in batch.waiting]
    note = "Nothing is published yet. You can leave this page and come back."
    share = done / all_files if all_files else 1.0
    return ProgressView(share, f"{done} of {words.count(all_files, 'file')} read.", now, note, tuple(files))


def outcome_view(batch: Batch) -> OutcomeView:
    """Return the result of reading a batch."""
    good = [pending for pending in batch.found if pending.record is not None]
    bad = [pending for pending in batch.found if pending.record is None]
    text = "Nothing is published yet."
    if batch.waiting:
        left = words.listed(batch.waiting, limit=5)
        why = batch.broken_off or "You stopped the reading."
        text = f"{why} {words.count(len(batch.waiting), 'file')} not read: {left}. {text}"
    text = "\n".join(part for part in (text, _unread(good)) if part)
    faults = tuple((pending.name, _fault(pending)) for pending in bad)
    return OutcomeView(f"{words.count(len(good), 'document')} read", text, faults, bool(batch.waiting))


def published_view(batch: Batch) -> PublishedView:
    """Return what a batch published, with links to where it is shown."""
    report = batch.report
    accepted = batch.review.accepted(batch.found)
    said = [f"{words.count(len(accepted), 'document')} can now be found, asked about and exported."]
    said += report.messages if report else ()
    links = [(decision_link(pending.name), _caption(pending)) for pending in accepted[:20]]
    return PublishedView("Published", "\n".join(said), (*links, (page_link("ask"), "Ask a question about it")))


def said_of(pending: Pending) -> str:
    """Return the result for one file in a few words."""
    if pending.record is None:
        return f"cannot be added: {_fault(pending)}"
    flows, doubts = len(pending.record.flows), len(pending.doubts)
    looks = f", {words.count(doubts, 'thing to look at', 'things to look at')}" if doubts else ""
    awards = len(pending.record.awards)
    bare = f", {words.count(awards, 'award')} without a sum" if awards else ""
    missing = f"; {said}" if (said := unread_said(pending.record.unread)) else ""
    return f"read: {words.count(flows, 'sum of money', 'sums of money')}{bare}{looks}{missing}"


def _unread(good: Sequence[Pending]) -> str:
    """Return a sentence on how many figures of the documents were not read; "" if all were."""
    records = [pending.record for pending in good if pending.record is not None]
    figures = sum(record.unread.figures for record in records)
    if not figures:
        return ""
    where = [record.document for record in records if record.unread.figures]
    return f"{words.count(figures, 'figure was', 'figures were')} not read: in {words.listed(where, limit=5)}."


def _fault(pending: Pending) -> str:
    """Return why a file cannot be added, without its name, which stands beside it."""
    return pending.fault.removeprefix(f"{pending.name}: ").rstrip(".")


def _caption(pending: Pending) -> str:
    record = pending.record
    return (record.decision.reference or record.decision.title or pending.name) if record else pending.name
