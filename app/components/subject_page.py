"""The page of a programme, organisation, place or fund, drawn from its view."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from app import actions, resources
from app.briefings.of_thing import briefing_of_thing
from app.components import cards, charts, html
from app.components.awards import ANCHOR as AWARDS
from app.components.awards import draw_awards
from app.components.bands import money_bands
from app.components.briefing_download import briefing_buttons
from app.components.checks import draw_checks
from app.components.directory import draw_directory
from app.components.facts import draw_facts
from app.components.related import draw_related
from app.components.story import draw_chapters, draw_story
from app.components.url_state import given
from app.links import ask_link, compare_link, explore_link, page_link
from app.viewmodels import words
from app.viewmodels.awards import HEADING as NAMED_WITHOUT
from app.viewmodels.awards import award_table
from app.viewmodels.checks import check_views, wrong_in
from app.viewmodels.corrections import corrected_flows
from app.viewmodels.facts import stated_facts
from app.viewmodels.flow_table import flow_table
from app.viewmodels.register import about, facts
from app.viewmodels.subject import MoneyView, SubjectView
from app.viewmodels.sureness import LEGEND
from app.viewmodels.table import Table
from app.viewmodels.tied import TiedGroup
from graph.model import Entity, EntityKind
from graph.stated.checks import StatedCheck
from graph.stated.flows import StatedFlow
from graph.stated.things import thing_key

CHECKS_SHOWN = 3
NAMES_SHOWN = 12
NONE = frozenset[str]()
#: columns that a page makes obvious; of an award a programme and a purpose stand in one
OBVIOUS = {EntityKind.PROGRAMME: frozenset({"Programme"}), EntityKind.FUND: frozenset({"Fund"})}


def draw(kind: EntityKind) -> None:
    """Draw the page of the thing that the URL names, or the list of all of its kind."""
    known = {each.entity.id: each for each in resources.named().values() if each.entity.kind is kind}
    asked = given("id")
    entity = known[asked].entity if asked in known else resources.registry().get_entity(asked) if asked else None
    if entity is None or entity.kind is not kind:
        draw_directory(kind, known, asked)
        return
    _subject(entity)


def _subject(entity: Entity) -> None:
    flows, heads, registry = resources.flows(entity), resources.heads(), resources.registry()
    view, corrected = resources.subject(entity), corrected_flows(resources.corrections())
    awards = award_table(resources.awards(entity), heads, corrected=corrected, leave_out=OBVIOUS.get(entity.kind, NONE))
    cards.title(view.name, view.kind, trail=[(page_link(entity.kind.value), words.THINGS[entity.kind])])
    described = about(entity, registry)
    if described:
        cards.lead(described)
    if not flows and not awards and not view.story.chapters:
        _facts(entity)
        cards.card(
            "Nothing is recorded",
            f"No loaded decision says anything of {view.name}.",
            links=[(page_link("decisions", search=view.name), "Search the text of the decisions")],
        )
        return
    cards.headlines(view.headlines)
    briefing_buttons(entity.name, partial(briefing_of_thing, entity), key="thing")
    _links(entity, flows)
    _facts(entity)
    wrong = wrong_in(resources.checks(), flows)
    _contents(view, flows, awards, wrong)
    if view.story.opening:
        cards.heading("In short", anchor="short")
        draw_story(view.story)
    _money(view.money, view)
    if awards:
        draw_awards(awards)
    if view.story.chapters:
        cards.heading("Decisions over time", anchor="decisions")
        draw_chapters(view.story)
    _tied(view.tied)
    draw_facts(stated_facts(resources.relations(entity), heads))
    _checks(wrong)
    draw_related(entity, described)
    if flows:
        cards.heading("Every sum", anchor="sums")
        with st.expander(f"Show all {words.count(len(flows), 'sum')} as a table"):
            table = flow_table(
                flows, heads, leave_out=OBVIOUS.get(entity.kind, NONE), notes=view.notes, corrected=corrected
            )  # fmt: skip
            cards.table(table, label="Every sum", key="flows")
            cards.note(LEGEND)
        make = actions.noted_export(f"CSV of {entity.name}", partial(resources.flows_csv, flows, entity))
        cards.download_when_asked("Download as CSV", make, f"whofunds-{entity.id}.csv", key="csv")


def _facts(entity: Entity) -> None:
    known = facts(entity, resources.registry(), also=resources.merged_names(entity))
    st.html(html.facts_html(known))


def _links(entity: Entity, flows: Sequence[StatedFlow]) -> None:
    gives = any(stated.flow.funder == entity for stated in flows)
    question = {
        EntityKind.PROGRAMME: f"Who funds {entity.name}?",
        EntityKind.ORGANISATION: f"Which programmes does {entity.name} fund?" if gives else f"Who funds {entity.name}?",
        EntityKind.PLACE: f"Which programmes are funded in {entity.name}?",
        EntityKind.FUND: f"Who is paid from the {entity.name}?",
    }[entity.kind]
    links = [(ask_link(question), "Ask about it")]
    if flows:
        links += [(explore_link(entity), "Explore its network"), (compare_link(entity), "Compare with another")]
    if entity.kind in (EntityKind.PROGRAMME, EntityKind.FUND):
        links.append((page_link("across", of=thing_key(entity)), "Across commissioners"))
    st.html(cards.html_links(links, row=True))


def _contents(
    view: SubjectView, flows: Sequence[StatedFlow], awards: Table | None, wrong: Sequence[StatedCheck]
) -> None:
    sections = [
        ("#short", "In short", bool(view.story.opening)),
        ("#money", "Money", bool(view.money)),
        (f"#{AWARDS}", NAMED_WITHOUT, bool(awards)),
        ("#decisions", "Decisions over time", bool(view.story.chapters)),
        ("#who", "Who and where", bool(view.tied)),
        ("#checks", "Figures to be careful with", bool(wrong)),
        ("#passages", "Related passages", True),
        ("#sums", "Every sum", bool(flows)),
    ]
    links = cards.html_links([(href, name) for href, name, there in sections if there], row=True)
    st.html(f'<nav class="wf wf-noprint" aria-label="On this page">{links}</nav>')


def _money(money: Sequence[MoneyView], view: SubjectView) -> None:
    for number, each in enumerate(money):
        if each.bars:
            cards.heading(f"{each.heading}: {each.total}", anchor="" if number else "money")
            if each.unsure:
                cards.note(each.unsure)
            charts.year_bars(each.bars, key=f"bars-{number}")
    if view.bands:
        cards.heading("From funder to recipient")
        money_bands(view.bands)
    for sentence in view.caveats:
        cards.note(sentence)


def _tied(groups: Sequence[TiedGroup]) -> None:
    if not groups:
        return
    cards.heading("Who and where", anchor="who")
    rows = []
    for group in groups:
        names = [
            f"{html.link(thing.href, thing.name)}{html.esc(f' ({thing.how})') if thing.how else ''}"
            for thing in group.things
        ]
        shown, rest = ", ".join(names[:NAMES_SHOWN]), ", ".join(names[NAMES_SHOWN:])
        more = f"<details><summary>{len(names) - NAMES_SHOWN:,} more</summary>{rest}</details>" if rest else ""
        rows.append(f"<dt>{html.esc(group.heading)}</dt><dd>{shown}{more}</dd>")
    st.html(f'<dl class="wf wf-facts">{"".join(rows)}</dl>')


def _checks(wrong: Sequence[StatedCheck]) -> None:
    if not wrong:
        return
    cards.heading("Figures to be careful with", anchor="checks")
    cards.note("In the decisions that name it.")
    views = check_views(wrong, resources.heads())
    draw_checks(views[:CHECKS_SHOWN])
    if len(wrong) > CHECKS_SHOWN:
        with st.expander(f"Show {len(wrong) - CHECKS_SHOWN:,} more"):
            draw_checks(views[CHECKS_SHOWN:])
