"""The briefing of a programme, organisation, place or fund: the content of its page, made from the same view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.briefings.content import Briefing, Point, Section, SumLine
from app.briefings.known import Known
from app.briefings.money import money_section, totals_sheet
from app.briefings.sums import award_lines, decision_sources, numbers_of, sum_lines
from app.viewmodels import words
from app.viewmodels.bands import Bands
from app.viewmodels.checks import check_views, wrong_in
from app.viewmodels.corrections import corrected_flows
from app.viewmodels.flow_table import latest_first
from app.viewmodels.register import about
from app.viewmodels.subject import Beside, SubjectView, subject_view
from app.viewmodels.table import Cell, Table
from graph.corrections.notes import CorrectionNote
from graph.model import Entity
from graph.stated.awards import StatedAward, awards_of
from graph.stated.checks import StatedCheck
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow, flows_of
from graph.stated.relations import relations_of


def briefing_of_thing(thing: Entity, known: Known) -> Briefing:
    """Return the briefing of a thing, with the figures that its page shows."""
    facts = known.facts
    flows, awards, heads = flows_of(facts.store, thing), awards_of(facts.store, thing), facts.heads
    beside = Beside(facts.relations_between_decisions(), awards)
    view = subject_view(thing, flows, relations_of(facts.store, thing), heads, facts.ledger, beside)
    corrected = corrected_flows(facts.corrections)
    documents = _documents(flows, awards)
    numbers = numbers_of(documents, heads)
    first, *others = view.money or (None,)
    described = about(thing, facts.registry)
    is_silent = not flows and not awards and not view.story.chapters
    ordered = sorted(flows, key=latest_first)
    nothing = (f"No loaded decision says anything of {thing.name}.",) if is_silent else ()
    return Briefing(
        title=view.name,
        kind=view.kind,
        opening=tuple(Point(sentence) for sentence in (described, *(view.story.opening or nothing)) if sentence),
        headlines=view.headlines,
        first=(money_section(first, numbers),) if first else (),
        uncertain=(*view.caveats, *check_sentences(facts.columns.checks, flows, heads)),
        corrections=correction_sentences((*flows, *awards), facts.corrections),
        annex=(*(money_section(each, numbers) for each in others if each), *_payments(view.bands)),
        sums=_with_doubts(
            ordered,
            sum_lines(
                ordered,
                heads,
                notes=view.notes,
                corrected=corrected,
                numbers=numbers,
                base=known.base,
            ),
            view.in_doubt,
        ),
        awards=award_lines(awards, heads, corrected=corrected, numbers=numbers, base=known.base),
        sources=decision_sources(documents, heads),
        closing=known.closing(),
        totals=_totals(view),
    )


def check_sentences(
    checks: Sequence[StatedCheck], flows: Sequence[StatedFlow], heads: Mapping[str, DecisionHead]
) -> tuple[str, ...]:
    """Return a sentence for each conflict of figures in the decisions that state these flows."""
    views = check_views(wrong_in(checks, flows), heads)
    return tuple(f"{view.heading} ({view.decision}): {view.message}" for view in views)


def correction_sentences(
    stated: Sequence[StatedFlow | StatedAward], notes: Mapping[str, tuple[CorrectionNote, ...]]
) -> tuple[str, ...]:
    """Return a sentence for each correction that people made to these flows and awards."""
    return tuple(dict.fromkeys(note.sentence for each in stated for note in notes.get(each.iri, ())))


def _with_doubts(
    flows: Sequence[StatedFlow], lines: Sequence[SumLine], in_doubt: Mapping[str, str]
) -> tuple[SumLine, ...]:
    """Return the lines of flows, with why a sum may make a total wrong beside its parts in doubt."""
    said = (
        (line, [part for part in (line.doubts, in_doubt.get(stated.iri, "")) if part])
        for stated, line in zip(flows, lines, strict=True)
    )
    return tuple(replace(line, doubts="; ".join(parts)) for line, parts in said)


def _documents(flows: Sequence[StatedFlow], awards: Sequence[StatedAward]) -> set[str]:
    bare = (stated.document for stated in awards if not stated.stated_again)
    return {*(stated.document for stated in flows), *bare}


def _payments(view: Bands | None) -> tuple[Section, ...]:
    if view is None:
        return ()
    rows = tuple(
        (
            Cell(payment.payer.label),
            Cell(payment.fund.label if payment.fund else "—"),
            Cell(payment.payee.label),
            Cell(words.pounds(payment.amount), note=payment.unsure.clause, plain=f"{payment.amount:.2f}"),
        )
        for payment in view.payments
    )
    table = Table(("From", "Fund", "To", "Amount"), rows, frozenset({3}))
    note = "Each step from payer to payee once, whatever the years. The steps are not to be added up."
    return (Section("Who pays whom", note, table),)


def _totals(view: SubjectView) -> tuple[Section, ...]:
    return tuple(totals_sheet(each.heading, each.bars, each.total) for each in view.money)
