"""The briefing of a comparison of two things or two financial years: the content of the Compare page."""

from __future__ import annotations

from decimal import Decimal

from app.briefings.content import Briefing, Chart, Part, Point, Section
from app.briefings.known import Known
from app.briefings.of_thing import check_sentences, correction_sentences
from app.briefings.sums import decision_sources, numbers_of, sum_lines
from app.viewmodels import words
from app.viewmodels.comparison import Compared, Comparison, comparison, year_comparison
from app.viewmodels.corrections import corrected_flows
from app.viewmodels.flow_table import latest_first
from app.viewmodels.subject import Headline
from graph.counting.left_out import Reason
from graph.model import Entity


def briefing_of_things(one: Entity, other: Entity, known: Known) -> Briefing:
    """Return the briefing of two things."""
    return _briefing(comparison(one, other, known.facts.ledger, known.facts.heads), known)


def briefing_of_years(one: str, other: str, known: Known) -> Briefing:
    """Return the briefing of two financial years such as "2022/23"."""
    return _briefing(year_comparison(one, other, known.facts.ledger, known.facts.heads), known)


def _briefing(view: Comparison, known: Known) -> Briefing:
    sides = (view.one, view.other)
    heads, corrections = known.facts.heads, known.facts.corrections
    flows = list({stated.iri: stated for side in sides for stated in (*side.flows, *side.joint)}.values())
    counted = {stated.iri for side in sides for stated in side.flows}
    joint = {s.iri: f"Not added: {Reason.JOINT.sentence}" for s in flows if s.iri not in counted}
    documents = {stated.document for stated in flows}
    numbers = numbers_of(documents, heads)
    lines = sum_lines(
        sorted(flows, key=latest_first), heads, notes=joint, corrected=corrected_flows(corrections), numbers=numbers,
        base=known.base,
    )  # fmt: skip
    return Briefing(
        title=f"{view.one.name} and {view.other.name}",
        kind="Comparison",
        opening=(Point(view.summary),),
        headlines=tuple(Headline(each.figure, each.words, each.note) for each in view.headlines),
        first=(Section("Side by side", table=view.by_part, chart=_chart(view) if view.parts else None),),
        uncertain=(*(said for side in sides for said in _uncertain(side)),
                   *check_sentences(known.facts.columns.checks, flows, heads)),
        corrections=correction_sentences(flows, corrections),
        annex=(
            *((Section("Funders and recipients that both have", table=view.shared),) if view.shared.rows else ()),
            *((Section("On one side only", table=view.apart),) if view.apart.rows else ()),
        ),
        sums=lines,
        sources=decision_sources(documents, heads),
        closing=known.closing(),
        totals=(Section("Side by side", table=view.by_part),),
    )  # fmt: skip


def _uncertain(side: Compared) -> tuple[str, ...]:
    unsure = f"{side.name}: {words.pounds(side.amount)}, {side.unsure}." if side.unsure else ""
    return tuple(said for said in (unsure, side.joint_note, side.note) if said)


def _chart(view: Comparison) -> Chart:
    none = Decimal(0)
    parts = tuple(
        Part(side.name, tuple(side.parts.get(part, none) for part in view.parts)) for side in (view.one, view.other)
    )
    return Chart(view.parts, parts, view.summary, is_stacked=False, is_level=not view.is_of_years)
