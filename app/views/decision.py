"""A decision's page: its money, its relations to other decisions, and its text with everything that was read marked."""

from __future__ import annotations

from functools import partial

import streamlit as st

from app import actions, resources
from app.components import cards, html, page
from app.components.awards import draw_awards
from app.components.checks import draw_checks
from app.components.decision_text import beside_html
from app.components.facts import draw_facts
from app.components.lineage import lineage_html
from app.components.not_read import draw_not_read
from app.components.published import draw_published
from app.components.url_state import given
from app.links import page_link
from app.people.here import may
from app.people.roles import Role
from app.viewmodels import words
from app.viewmodels.awards import award_table
from app.viewmodels.checks import check_views
from app.viewmodels.corrections import corrected_flows, corrections_of
from app.viewmodels.decision import decision_sums, head_facts, steps
from app.viewmodels.decision_facts import text_facts
from app.viewmodels.facts import stated_facts
from app.viewmodels.flow_table import flow_table
from app.viewmodels.marked_text import marked_text
from app.viewmodels.sureness import EXPLAINED
from graph.stated.awards import StatedAward
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow
from graph.stated.relations import StatedRelation


def main() -> None:
    """Draw the page."""
    heads = resources.heads()
    by_iri = {head.iri: head for head in heads.values()}
    head = heads.get(given("document")) or by_iri.get(given("id"))
    if head is None:
        cards.title("Decision")
        asked = given("document") or given("id")
        text = (
            f"“{asked}” is not among the loaded decisions. Others may refer to it."
            if asked
            else "The address names no document."
        )
        cards.card(
            "This decision is not loaded", text, shade="wf-warning", links=[(page_link("decisions"), "All decisions")]
        )
        return
    flows = tuple(stated for stated in resources.flows(head.iri) if stated.document == head.document)
    relations = resources.relations(head.iri)
    _head(head)
    if head.summary:
        st.html(f'<div class="wf wf-text">{html.paragraphs(head.summary)}</div>')
    awards = tuple(stated for stated in resources.awards(head.iri) if stated.document == head.document)
    _money(head, flows, awards)
    _awards(head, awards, with_legend=not flows)
    draw_published(head, flows)
    for done, said in corrections_of(head.document, resources.corrections()):
        cards.card("Set right by a person", f"{done}\n{said}", shade="wf-warning")
    if (flows or awards) and may(Role.EDITOR):
        st.html(cards.html_links([(page_link("corrections", document=head.document), "Set a sum right")]))
    _checks(head)
    _around(head, relations)
    _text(head, flows, awards, relations)


def _head(head: DecisionHead) -> None:
    cards.title(head.title or head.caption, head.reference or "Decision")
    record = resources.record(head.document)
    aliases, dates = (record.decision.aliases, record.decision.dates) if record else ((), ())
    st.html(html.facts_html((fact.label, fact.value, fact.href) for fact in head_facts(head, aliases, dates)))
    if record:
        draw_not_read(record)


def _money(head: DecisionHead, flows: tuple[StatedFlow, ...], awards: tuple[StatedAward, ...]) -> None:
    cards.heading("Money")
    if not flows:
        beside = " It names awards without their sums." if awards else ""
        cards.note(f"No sums were read from this document.{beside}")
        return
    if sums := decision_sums(head, resources.ledger()):
        cards.note(sums)
    cards.table(
        flow_table(
            flows, {head.document: head}, leave_out=frozenset({"Decision"}), as_given=True,
            corrected=corrected_flows(resources.corrections()),
        ),
        label="Money", key="flows",
    )  # fmt: skip
    st.html(cards.html_links([EXPLAINED]))
    make = actions.noted_export(f"CSV of decision {head.document}", partial(resources.flows_csv, flows, None))
    cards.download_when_asked("Download as CSV", make, f"{head.document}.csv", key="csv")


def _awards(head: DecisionHead, awards: tuple[StatedAward, ...], *, with_legend: bool) -> None:
    corrected = corrected_flows(resources.corrections())
    table = award_table(awards, {head.document: head}, leave_out=frozenset({"Decision"}), corrected=corrected)
    if table:
        draw_awards(table, with_legend=with_legend)


def _checks(head: DecisionHead) -> None:
    checks = [stated for stated in resources.checks() if stated.document == head.document]
    if checks:
        cards.heading("Do the figures add up?")
        draw_checks(check_views(checks, {head.document: head}), fold_agreeing=True)


def _around(head: DecisionHead, relations: tuple[StatedRelation, ...]) -> None:
    loaded = {other.iri: other for other in resources.heads().values()}
    lineage, named = steps(relations, head, loaded)
    if lineage:
        cards.heading("Before and after")
        st.html(lineage_html(lineage, head.caption, words.date(head.signed) if head.signed else "No date stated"))
    if named:
        cards.heading("Who and where")
        cards.steps(named)
    draw_facts(stated_facts(relation for relation in relations if relation.document == head.document))


def _text(
    head: DecisionHead,
    flows: tuple[StatedFlow, ...],
    awards: tuple[StatedAward, ...],
    relations: tuple[StatedRelation, ...],
) -> None:
    document = resources.document(head.document)
    if document is None:
        return
    cards.heading("The document")
    checks = [stated for stated in resources.checks() if stated.document == head.document]
    stated_here = [stated for stated in relations if stated.document == head.document]
    is_open = not resources.settings().read_only
    facts = text_facts(flows, awards, checks, stated_here, resources.corrections(), is_open=is_open)
    if facts:
        cards.note("Words that something was read from are marked. A number leads to what was read, and back.")
    st.html(beside_html(text := marked_text(document, facts, at=given("at"))))
    wanted = next((block.anchor for block in text.blocks if block.wanted), "")
    if wanted:
        page.scroll_to(wanted, f"{head.document}#{given('at')}")


main()
