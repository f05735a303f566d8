"""An answer as plain text for a briefing, its sources as footnotes."""

from __future__ import annotations

from app.viewmodels.answer import AnswerView


def briefing(view: AnswerView, *, base: str = "") -> str:
    """Return the answer's sentence, its figures and a footnote for each quotation; links only where a base is given."""
    lines = [view.text]
    if view.table:
        lines.append("")
        for row in view.table.rows:
            lines.append("- " + ", ".join(cell.text for cell in row if cell.text))
    for check in view.checks:
        lines += ["", f"Note: {check.message}"]
    if view.quotes:
        lines += ["", "Sources"]
        for number, quote in enumerate(view.quotes, 1):
            place = f", {quote.place}" if quote.place else ""
            address = quote.published or (f"{base.rstrip('/')}/{quote.href}" if base else "")
            lines.append(f'[{number}] {quote.source}{place}: "{one_line(quote.words)}" {address}'.rstrip())
    return "\n".join(lines)


def one_line(text: str) -> str:
    """Return the words on one line."""
    return " ".join(text.split())
