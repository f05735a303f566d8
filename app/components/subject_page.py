"""Draw the page of a programme, organisation, place or fund."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from app import actions, resources
from app.briefings.of_thing import briefing_of_thing
from app.components import cards, charts, html
from app.components.awards import draw_awards_table
from app.components.bands import money_bands
from app.components.briefing_download import briefing_buttons
from app.components.checks import draw_checks
from app.components.directory import draw_directory
from app.components.facts import HEADING as ALSO_STATED
from app.components.related import draw_related
from app.components.story import draw_opening, draw_story
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
from app.viewmodels.sureness import EXPLAINED
from app.viewmodels.tied import TiedGroup
from graph.model import Entity, EntityKind
from graph.stated.checks import StatedCheck
from graph.stated.flows import StatedFlow
from graph.stated.things import thing_key

NAMES_SHOWN = 12
CAREFUL = "Figures to be careful with"
NONE = frozenset[str]()
#: columns that a page makes obvious; of an award a programme and a purpose stand in one
OBVIOUS = {EntityKind.PROGRAMME: frozenset({"Programme"}), EntityKind.FUND: frozenset({"Fund"})}


def draw(kind: EntityKind) -> None:
    """Draw the page of the thing named in the URL, or the list of all things of its kind."""
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
    if view.story.opening:
        draw_opening(view.story)
    briefing_buttons(entity.name, partial(briefing_of_thing, entity), key="thing")
    _links(entity, flows)
    _money([each for each in view.money if each.is_whole])
    wrong = wrong_in(resources.checks(), flows)
    _not_certain(view, len(wrong))
    cards.heading("More about it", anchor="more")
    _paid(view)
    if awards:
        with st.expander(f"{NAMED_WITHOUT} ({len(awards.rows):,})"):
            draw_awards_table(awards)
    if view.story.chapters:
        with st.expander(f"Decisions over time ({sum(len(each) for _, each in view.story.chapters):,})"):
            draw_story(view.story)
    _tied(view.tied)
    with st.expander("Names and identifiers"):
        _facts(entity)
    stated = stated_facts(resources.relations(entity), heads)
    if stated:
        with st.expander(f"{ALSO_STATED} ({len(stated.rows):,})"):
            cards.table(stated, label=ALSO_STATED, key="facts")
    _checks(wrong)
    with st.expander("Related passages"):
        draw_related(entity, described)
    if flows:
        table = flow_table(
            flows, heads, leave_out=OBVIOUS.get(entity.kind, NONE), notes=view.row_notes, corrected=corrected
        )  # fmt: skip
        with st.expander(f"Every sum ({len(flows):,})"):
            cards.table(table, label="Every sum", key="flows")
            st.html(cards.html_links([EXPLAINED]))
        make = actions.noted_export(f"CSV of {entity.name}", partial(resources.flows_csv, flows, entity))
        cards.download_when_asked("Download every sum as CSV", make, f"whofunds-{entity.id}.csv", key="csv")


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
    commissioner = resources.areas().commissioners.get(entity.id) if entity.kind is EntityKind.PLACE else None
    if commissioner is not None:
        links.append((page_link("across", body=commissioner.id), "On the map"))
    st.html(cards.html_links(links, row=True))


def _money(money: Sequence[MoneyView]) -> None:
    for each in money:
        cards.heading(f"{each.heading}: {each.total}")
        charts.year_bars(each.bars, key=f"bars-{each.heading}")


def _not_certain(view: SubjectView, wrong: int) -> None:
    """Draw how sure the figures are, what they leave out, and how many contradict each other."""
    said = [f"{each.heading}: {each.unsure}" for each in view.money if each.unsure]
    said += view.caveats
    if wrong:
        said.append(f"{words.count(wrong, 'comparison')} of figures in its decisions did not agree: see “{CAREFUL}”.")
    if said:
        cards.heading("What is not certain", anchor="uncertain")
        st.html(html.list_html((sentence, "", "") for sentence in said))
        if any(each.unsure for each in view.money):
            st.html(cards.html_links([EXPLAINED]))


def _paid(view: SubjectView) -> None:
    """Draw, folded away, to whom the money goes on, and the bands from funder to recipient."""
    onward = [each for each in view.money if not each.is_whole]
    for each in onward:
        with st.expander(f"{each.heading}: {each.total}"):
            charts.year_bars(each.bars, key=f"bars-{each.heading}")
    if view.bands:
        with st.expander("From funder to recipient"):
            money_bands(view.bands)


def _tied(groups: Sequence[TiedGroup]) -> None:
    if not groups:
        return
    rows = []
    for group in groups:
        names = [
            f"{html.link(thing.href, thing.name)}{html.esc(f' ({thing.how})') if thing.how else ''}"
            for thing in group.things
        ]
        shown, rest = ", ".join(names[:NAMES_SHOWN]), ", ".join(names[NAMES_SHOWN:])
        more = f"<details><summary>{len(names) - NAMES_SHOWN:,} more</summary>{rest}</details>" if rest else ""
        rows.append(f"<dt>{html.esc(group.heading)}</dt><dd>{shown}{more}</dd>")
    with st.expander("Who and where"):
        st.html(f'<dl class="wf wf-facts">{"".join(rows)}</dl>')


def _checks(wrong: Sequence[StatedCheck]) -> None:
    if not wrong:
        return
    with st.expander(f"{CAREFUL} ({len(wrong):,})"):
        cards.note("In the decisions that name it.")
        draw_checks(check_views(wrong, resources.heads()))
