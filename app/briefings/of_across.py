"""The briefing of commissioners side by side: what a kind of programme's page or Across commissioners says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.briefings.content import Briefing, Point, Section
from app.briefings.known import Known
from app.briefings.of_thing import check_sentences, correction_sentences
from app.briefings.sums import award_lines, decision_sources, numbers_of, sum_lines
from app.viewmodels import words
from app.viewmodels.across import Across, Holding, Standing, across
from app.viewmodels.across_stated import AcrossOf, Areas, programmes_named, stated_of
from app.viewmodels.across_tables import NO_BODY, Address, areas_table, matrix
from app.viewmodels.across_words import COUNTED_ONCE, across_headlines, not_loaded
from app.viewmodels.corrections import corrected_flows
from app.viewmodels.counting_notes import row_notes
from app.viewmodels.flow_table import latest_first
from app.viewmodels.holdings import leaning_note
from app.viewmodels.kinds import programmes_table
from app.viewmodels.register import about
from app.viewmodels.table import Cell, Table
from app.viewmodels.tiles import tiles
from graph.counting.sides import Side
from graph.model import EntityKind
from graph.programme_kinds import ProgrammeKind
from graph.stated.things import thing_key

ALL = "All that is loaded"
BY_YEAR = "By commissioner and financial year"
NOT_LISTED = "The sums of all decisions are in an export: whofunds export, or Data and method in the app."
_NOWHERE = Address("across", {})
_ACROSS_PAGE = 6  #: columns of figures that a page of A4 takes
_MOST_CITED = 12  #: sources of a line; each sum has its own in the annex


def briefing_of_across(of: AcrossOf, areas: Areas, known: Known) -> Briefing:
    """Return the briefing: figures, each body's money, the matrix, the map as a table, and every sum.

    Of all that is loaded the sums are not listed: that is what exports are for.
    """
    facts = known.facts
    heads, corrected = facts.heads, corrected_flows(facts.corrections)
    stated = stated_of(of, facts)
    view = across(stated, heads, areas.names)
    numbers = numbers_of(view.whole.documents, heads)
    listed = of.thing is not None or of.kind is not None
    flows, awards = (stated.flows, stated.awards) if listed else ((), ())
    table = _for_a_file(matrix(view, _NOWHERE))
    described = of.kind.description if of.kind else about(of.thing, facts.registry) if of.thing else ""
    return Briefing(
        title=of.name or ALL,
        kind="Kind of programme" if of.kind else "Across commissioners",
        opening=tuple(Point(said) for said in (described, _counted(view)) if said),
        headlines=tuple(across_headlines(view, areas.names.keys())),
        lines=tuple(_line(view, body, numbers) for body in _most_first(view)),
        first=_parts(table, [areas.names.get(body) or _name(view, body) for body in view.bodies]),
        uncertain=(*_uncertain(of, view, areas, known), *check_sentences(facts.columns.checks, flows, heads)),
        corrections=correction_sentences((*flows, *awards), facts.corrections),
        annex=(_map(view, areas), *(_programmes(of.kind, known) if of.kind else ())),
        sums=sum_lines(
            sorted(flows, key=latest_first), heads, notes=row_notes(flows, [stated.money]), corrected=corrected,
            numbers=numbers, base=known.base,
        ),
        awards=award_lines(awards, heads, corrected=corrected, numbers=numbers, base=known.base),
        sources=decision_sources(view.whole.documents, heads),
        closing=(*known.closing(), *(() if listed else (NOT_LISTED,))),
        totals=(Section(BY_YEAR, COUNTED_ONCE, table),),
    )  # fmt: skip


def _counted(view: Across) -> str:
    if not view.bodies:
        return "No loaded decision says anything of it."
    years = view.whole.years
    span = f", {words.years((years[0], years[-1]) if len(years) > 1 else years)}" if years else ""
    return f"What the loaded decisions of {words.count(len(view.bodies), 'body', 'bodies')} say of it{span}."


def _most_first(view: Across) -> list[str]:
    """Return the bodies, those with most money first, then as the matrix has them."""
    return sorted(view.bodies, key=lambda body: -view.at(body, "").money.total)


def _line(view: Across, body: str, numbers: Mapping[str, int]) -> Point:
    """Return what a body has in a line, with the sources of its sum."""
    holding = view.at(body, "")
    counted = (*holding.money.flows, *holding.money.joint)
    documents = {stated.document for stated in counted} or {*holding.documents}
    covered = words.years_covered(holding.years) if holding.years else ""
    figure = f"{holding.figure}, {holding.note}" if holding.note else holding.figure
    said = "; ".join(part for part in (figure, words.count(len(holding.documents), "decision"), covered) if part)
    cited = sorted(numbers[document] for document in documents if document in numbers)
    return Point(f"{_name(view, body)}: {said}.", tuple(cited[:_MOST_CITED]))


def _name(view: Across, body: str) -> str:
    entity = view.bodies.get(body)
    return entity.name if entity else NO_BODY


def _for_a_file(table: Table) -> Table:
    """Return a table whose cells say in words what a page says in small letters: "nothing loaded"."""
    rows = tuple(
        tuple(Cell(cell.text or cell.note, note=cell.note if cell.text else "", plain=cell.plain) for cell in row)
        for row in table.rows
    )
    return Table(table.columns, rows, table.numeric)


def _parts(table: Table, short: Sequence[str]) -> tuple[Section, ...]:
    """Return the matrix in parts that a page is wide enough for, the body first in each.

    Args:
        table: The matrix; its last row is that of all bodies.
        short: A short name of each body: a commissioner's area.
    """
    named = [Cell(name) for name in (*short, table.rows[-1][0].text)]
    sections = []
    for start in range(1, len(table.columns), _ACROSS_PAGE) if short else ():
        end = start + _ACROSS_PAGE
        columns = (table.columns[0], *table.columns[start:end])
        rows = tuple((name, *row[start:end]) for name, row in zip(named, table.rows, strict=True))
        part = Table(columns, rows, frozenset(range(1, len(columns))))
        years = f"{columns[1]} to {columns[-1]}" if len(columns) > 2 else columns[1]
        heading = BY_YEAR if start == 1 else f"{BY_YEAR}, continued: {years}"
        sections.append(Section(heading, COUNTED_ONCE if start == 1 else "", part))
    return tuple(sections)


def _uncertain(of: AcrossOf, view: Across, areas: Areas, known: Known) -> tuple[str, ...]:
    shown = tiles(view, areas.layout, areas.commissioners, "", lambda _: "")
    bare = [body for body in view.bodies if view.at(body, "").standing in (Standing.NOT_ADDED, Standing.NOT_STATED)]
    said = (
        f"In all: {view.whole.figure}, {view.whole.note}." if view.whole.note else "",
        *(_no_sum(_name(view, body), view.at(body, "")) for body in bare),
        leaning_note(known.facts.heads.values(), areas.names),
        not_loaded(shown, view, of.name.lower() if of.kind else of.name),
    )
    return tuple(each for each in said if each)


def _no_sum(name: str, holding: Holding) -> str:
    return f"{name}: {holding.figure.lower()}{f' ({holding.note})' if holding.note else ''}."


def _map(view: Across, areas: Areas) -> Section:
    shown = tiles(view, areas.layout, areas.commissioners, "", lambda _: "")
    return Section("The map as a table", table=_for_a_file(areas_table(shown)))


def _programmes(kind: ProgrammeKind, known: Known) -> tuple[Section, ...]:
    facts = known.facts
    programmes = programmes_named(kind, facts)
    if not programmes:
        return ()
    totals = facts.ledger.totals(EntityKind.PROGRAMME, Side.SOURCES)
    named = {thing_key(each.entity): each for each in facts.columns.named()}
    note = "A sum for several of these programmes together counts in the matrix, and in none of their own."
    table = programmes_table(programmes, totals, named, facts.registry)
    return (Section("Programmes", note, _for_a_file(table)),)
