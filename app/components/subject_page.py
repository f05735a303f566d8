"""The page of a programme, organisation, place or fund, drawn from its view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from app import resources
from app.components import cards, charts, html
from app.components.bands import money_bands
from app.components.checks import draw_checks
from app.components.url_state import choose, given
from app.links import compare_link, explore_link, page_link, thing_link
from app.viewmodels import words
from app.viewmodels.checks import check_views
from app.viewmodels.flow_table import flow_table, flows_csv
from app.viewmodels.register import about, facts
from app.viewmodels.subject import MoneyView, SubjectView, Tied, subject_view
from app.viewmodels.table import Cell, Table
from graph.model import Entity, EntityKind, Verdict
from graph.stated.flows import StatedFlow


def draw(kind: EntityKind) -> None:
    """Draw the page of the thing that the URL names, or the list of all of its kind."""
    known = {entity.id: (entity, number) for entity, number in resources.things().values() if entity.kind is kind}
    asked = given("id")
    entity = known[asked][0] if asked in known else resources.registry().get_entity(asked) if asked else None
    if entity is None or entity.kind is not kind:
        _directory(kind, known, asked)
        return
    _subject(entity)


def _directory(kind: EntityKind, known: Mapping[str, tuple[Entity, int]], asked: str) -> None:
    cards.title(words.THINGS[kind])
    if asked:
        cards.card(
            "Not found",
            f"No {words.THING[kind].lower()} “{asked}” is known here. Choose one below.",
            shade="wf-warning",
        )
    order = sorted(known, key=lambda name: (-known[name][1], known[name][0].name))
    chosen = choose(
        f"Find one of {len(order):,}", order, page=kind.value, parameter="find", shown=lambda name: known[name][0].name
    )
    if chosen:
        st.query_params.clear()
        st.query_params["id"] = chosen
        st.rerun()
    rows = tuple(
        (
            Cell(
                known[name][0].name,
                thing_link(known[name][0]),
                note="" if known[name][0].verified else "New name, not yet checked",
            ),
            Cell(f"{known[name][1]:,}", plain=str(known[name][1])),
        )
        for name in order
    )
    cards.table(
        Table((words.THING[kind], "Sums of money that name it"), rows, frozenset({1})),
        label=words.THINGS[kind],
        key=kind.value,
    )


def _subject(entity: Entity) -> None:
    flows, relations, heads = resources.flows(entity), resources.relations(entity), resources.heads()
    view = subject_view(entity, flows, relations, heads, resources.grounds())
    registry = resources.registry()
    cards.title(view.name, view.kind)
    described = about(entity, registry)
    if described:
        cards.lead(described)
    st.html(html.facts_html(facts(entity, registry)))
    if not flows and not view.events:
        cards.card(
            "Nothing is recorded",
            f"No loaded decision says anything of {view.name}.",
            links=[(page_link("decisions", search=view.name), "Search the text of the decisions")],
        )
        return
    cards.headlines(view.headlines)
    _links(entity)
    _money(view.money, view)
    if flows:
        cards.heading("Every sum")
        obvious = {EntityKind.PROGRAMME: "Programme", EntityKind.PLACE: "", EntityKind.FUND: "Fund"}.get(
            entity.kind, ""
        )
        table = flow_table(flows, heads, leave_out=frozenset({obvious}), notes=view.notes)
        cards.table(table, label="Every sum", key="flows")
        cards.download("Download as CSV", flows_csv(flows, heads), f"whofunds-{entity.id}.csv", key="csv")
    if view.events:
        cards.heading("Decisions over time")
        cards.events(view.events)
    _tied(view.tied)
    _checks(entity, flows)


def _links(entity: Entity) -> None:
    links = [
        (explore_link(entity), "Explore its network"),
        (compare_link(entity), "Compare with another"),
        (page_link("decisions", search=entity.name), "Find passages about it"),
    ]
    st.html(cards.html_links(links, row=True))


def _money(money: Sequence[MoneyView], view: SubjectView) -> None:
    for number, each in enumerate(money):
        if each.bars:
            cards.heading(f"{each.heading}: {each.total}")
            charts.year_bars(each.bars, key=f"bars-{number}")
    if view.bands:
        cards.heading("From funder to recipient")
        money_bands(view.bands)
    for sentence in view.caveats:
        cards.note(sentence)


def _tied(tied: Mapping[str, tuple[Tied, ...]]) -> None:
    for heading, things in tied.items():
        cards.heading(heading)
        shown = [(thing.name, thing.href, thing.how) for thing in things]
        st.html(html.list_html(shown[:20]))
        if len(shown) > 20:
            more = html.list_html(shown[20:])
            st.html(f'<details class="wf"><summary>Show {len(shown) - 20:,} more</summary>{more}</details>')


def _checks(entity: Entity, flows: Sequence[StatedFlow]) -> None:
    documents = {stated.document for stated in flows}
    wrong = [
        stated for stated in resources.checks()
        if stated.document in documents and stated.check.verdict is not Verdict.CONSISTENT
    ]  # fmt: skip
    if wrong:
        cards.heading("Figures to be careful with")
        cards.note("In the decisions that name it.")
        draw_checks(check_views(wrong[:8], resources.heads()))
        if len(wrong) > 8:
            st.html(html.list_html([(f"All {len(wrong):,} on the page of checks", page_link("checks"), "")]))
