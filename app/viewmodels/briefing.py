"""An answer as text for a briefing, its sources as numbered notes: plain, and with links for a word processor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from app.links import absolute
from app.viewmodels.answer import AnswerView
from app.viewmodels.quotes import Quote

LONGEST_QUOTE = 400


@dataclass(frozen=True, slots=True)
class Note:
    """One numbered source."""

    number: int
    text: str  #: "£1,200, 2023/24, from ...: PCD 1, 6 July 2023, paragraph 3.2: "...""
    address: str  #: the published record, else the paragraph in the app; "" for neither


@dataclass(frozen=True, slots=True)
class Briefing:
    """What is copied."""

    opening: str  #: the sentence
    sources: tuple[int, ...]  #: of the sentence, where no single line has them
    lines: tuple[tuple[str, tuple[int, ...]], ...]  #: the answer's lines with the numbers of their sources
    remarks: tuple[str, ...]
    notes: tuple[Note, ...]
    closing: str


def briefing(view: AnswerView, *, base: str = "", loaded: str = "") -> Briefing:
    """Return the answer's sentence, its lines, and a note for each sum or quotation.

    Args:
        view: The answer.
        base: The address of the app, for links to paragraphs of decisions that were not published on the web.
        loaded: What the answer was drawn from, in words.
    """
    notes: list[Note] = []
    numbers: dict[str, list[int]] = {}
    apart: list[tuple[str, tuple[int, ...]]] = []  #: sums that are in no line's figure
    for group in view.proofs:
        for proof in group.proofs:
            said = f"{proof.figure}, {proof.about}"
            notes.append(_note(len(notes) + 1, proof.quotes[0], base, said))
            if proof.added:
                numbers.setdefault(group.heading, []).append(len(notes))
            else:
                apart.append((f"{said[:1].upper()}{said[1:]}", (len(notes),)))
    if not view.proofs:
        notes = [_note(number, quote, base) for number, quote in enumerate(view.quotes, 1)]
    rows = view.table.rows if view.table else ()
    lines = [(", ".join(cell.text for cell in row if cell.text), tuple(numbers.pop(row[0].text, ()))) for row in rows]
    if len(lines) == 1 and not lines[0][1]:
        lines = [(lines[0][0], tuple(numbers.pop("", ())))]
    return Briefing(
        opening=view.text,
        sources=tuple(number for each in numbers.values() for number in each),
        lines=(*lines, *apart),
        remarks=tuple(check.message for check in view.checks),
        notes=tuple(notes),
        closing=f"Question asked: “{view.question}”. {loaded}".strip(),
    )


def plain_text(text: Briefing) -> str:
    """Return it for an e-mail or a note."""
    out = [_numbered(text.opening, text.sources), ""]
    out += [_numbered(f"- {line}", numbers) for line, numbers in text.lines]
    out += ["", *(f"Note: {remark}" for remark in text.remarks)] if text.remarks else []
    if text.notes:
        out += ["", "Sources"]
        out += [f"[{note.number}] {note.text} {note.address}".rstrip() for note in text.notes]
    return "\n".join([*out, "", text.closing])


def rich_text(text: Briefing) -> str:
    """Return it as HTML for a word processor: a list, raised numbers, sources as a numbered list with links."""
    items = "".join(f"<li>{escape(line)}{_raised(numbers)}</li>" for line, numbers in text.lines)
    remarks = "".join(f"<p><em>Note: {escape(remark)}</em></p>" for remark in text.remarks)
    notes = "".join(f"<li>{escape(note.text)}{_link(note.address)}</li>" for note in text.notes)
    sources = f"<p><strong>Sources</strong></p><ol>{notes}</ol>" if notes else ""
    lines = f"<ul>{items}</ul>" if items else ""
    return f"<p>{escape(text.opening)}{_raised(text.sources)}</p>{lines}{remarks}{sources}<p>{escape(text.closing)}</p>"


def one_line(text: str) -> str:
    """Return the words on one line."""
    return " ".join(text.split())


def _note(number: int, quote: Quote, base: str, said: str = "") -> Note:
    where = ", ".join(part for part in (quote.source, quote.dated, quote.place) if part)
    words = one_line(quote.words)
    short = words if len(words) <= LONGEST_QUOTE else f"{words[: LONGEST_QUOTE - 1]}…"
    parts: Sequence[str] = [part for part in (said, where, f"“{short}”" if short else "") if part]
    return Note(number, ": ".join(parts), quote.published or (absolute(base, quote.href) if base else ""))


def _numbered(words: str, numbers: Sequence[int]) -> str:
    return " ".join([words, *(f"[{number}]" for number in numbers)])


def _raised(numbers: Sequence[int]) -> str:
    return f"<sup>{', '.join(str(number) for number in numbers)}</sup>" if numbers else ""


def _link(address: str) -> str:
    safe = address.startswith(("https://", "http://"))
    return f' <a href="{escape(address)}">{escape(address)}</a>' if safe else ""
