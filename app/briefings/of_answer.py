"""The briefing of an answer: its sentence, its items, and a numbered source for each sum or quotation."""

from __future__ import annotations

from dataclasses import replace

from app.briefings.content import Briefing, Chart, Part, Point, Section, Source
from app.briefings.known import Known
from app.briefings.money import year_chart
from app.briefings.of_thing import correction_sentences
from app.briefings.sums import is_address, sum_lines
from app.links import Asking, absolute, decision_link
from app.viewmodels.answer import AnswerView, answer_view
from app.viewmodels.answer_sums import answer_sums, in_order
from app.viewmodels.corrections import corrected_flows
from app.viewmodels.counting_notes import row_notes
from app.viewmodels.proofs import proofs_of
from app.viewmodels.quotes import Quote
from app.viewmodels.subject import Headline
from graph.ask import Answer
from graph.stated.flows import StatedFlow

LONGEST_QUOTE = 400


def briefing_of_answer(answer: Answer, known: Known, asking: Asking | None = None) -> Briefing:
    """Return the briefing of an answer with all that its page shows: table, chart and each sum."""
    heads, corrections = known.facts.heads, known.facts.corrections
    view = answer_view(answer.to_json(), asking, form=answer.form, heads=heads, proofs=proofs_of(answer, heads))
    sums = answer_sums(answer, heads)
    flows = in_order(answer)
    chart = year_chart(sums.bars) if sums and sums.bars else _item_chart(view)
    notes = row_notes(flows, [answer.counted]) if answer.counted is not None else None
    text = briefing_of_view(view, base=known.base)
    numbers = {(quote.href, quote.words): number for number, quote in reversed([*enumerate(_quotes_of(view), 1)])}
    lines = sum_lines(
        flows, heads, notes=notes, corrected=corrected_flows(corrections), numbers={}, base=known.base
    )  # fmt: skip
    tables = (Section("The answer as a table", table=view.table),) if view.table and not text.lines else ()
    return replace(
        text,
        headlines=(Headline(view.figure, "in answer to the question"),) if view.figure else (),
        first=(*tables, *((Section("The picture", chart=chart),) if chart else ())),
        corrections=correction_sentences(flows, corrections),
        annex=(Section("Sums left out of this figure", table=view.left_out),) if view.left_out else (),
        sums=tuple(
            replace(line, source=numbers.get(_where(stated), 0)) for line, stated in zip(lines, flows, strict=True)
        ),
        closing=(*text.closing, f"Read as: {view.read_as}." if view.read_as else "", *known.closing()),
        totals=(Section("The answer as a table", table=view.table),) if view.table else (),
    )


def _quotes_of(view: AnswerView) -> list[Quote]:
    """Return the quotation for each source, in order: that of each sum, else those of the answer."""
    return [proof.quotes[0] for group in view.proofs for proof in group.proofs] or [*view.quotes]


def _where(stated: StatedFlow) -> tuple[str, str]:
    """Return the key of a sum's quotation: the address of its paragraph, and its words."""
    first = stated.flow.evidence[0] if stated.flow.evidence else None
    return (decision_link(stated.document, at=first.locator), first.quote) if first else ("", "")


def briefing_of_view(view: AnswerView, *, base: str = "", loaded: str = "") -> Briefing:
    """Return the short briefing that the copy button copies: the sentence, the items, and a source for each sum.

    Args:
        view: The answer's view.
        base: The app's address, for links to decisions that are not published on the web.
        loaded: A sentence on the data that the answer is drawn from.
    """
    sources: list[Source] = []
    numbers: dict[str, list[int]] = {}
    apart: list[Point] = []  #: sums that are in no line's figure
    for group in view.proofs:
        for proof in group.proofs:
            said = f"{proof.figure}, {proof.about}"
            sources.append(_source(len(sources) + 1, proof.quotes[0], base, said))
            if proof.added:
                numbers.setdefault(group.heading, []).append(len(sources))
            else:
                apart.append(Point(f"{said[:1].upper()}{said[1:]}", (len(sources),)))
    if not view.proofs:
        sources = [_source(number, quote, base) for number, quote in enumerate(_quotes_of(view), 1)]
    rows = view.table.rows if view.table else ()
    lines = [
        Point(", ".join(cell.text for cell in row if cell.text), tuple(numbers.pop(row[0].text, ()))) for row in rows
    ]
    if len(lines) == 1 and not lines[0].sources:
        lines = [Point(lines[0].words, tuple(numbers.pop("", ())))]
    return Briefing(
        title=view.question,
        kind="Answer",
        opening=(Point(view.text, tuple(number for each in numbers.values() for number in each)),),
        lines=(*lines, *apart),
        uncertain=(*(check.message for check in view.checks), *view.caveats),
        sources=tuple(sources),
        closing=(f"Question asked: “{view.question}”.", *([loaded] if loaded else [])),
    )


def _item_chart(view: AnswerView) -> Chart | None:
    if not view.bar_labels:
        return None
    part = Part(view.table.columns[-1] if view.table else "Amount", view.bar_amounts)
    return Chart(view.bar_labels, (part,), "The amounts of the answer's lines.", is_level=True)


def _source(number: int, quote: Quote, base: str, said: str = "") -> Source:
    where = ", ".join(part for part in (quote.source, quote.dated, quote.place) if part)
    words = " ".join(quote.words.split())
    short = words if len(words) <= LONGEST_QUOTE else f"{words[: LONGEST_QUOTE - 1]}…"
    parts = [part for part in (said, where, f"“{short}”" if short else "") if part]
    published = quote.published if is_address(quote.published) else ""
    address = published or (absolute(base, quote.href) if base else "")
    return Source(number, ": ".join(parts), address, quote.corrected)
