"""The page Decisions: filter decisions by facets, or search their text by meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from app import resources
from app.components import cards
from app.components.hits import draw_found
from app.components.url_state import choose, choose_counted, entered, given, switch, value_now
from app.links import page_link
from app.viewmodels import words
from app.viewmodels.decision_list import SORTS, Choice, Facts, chosen, decision_table, facets, facts, in_order, widened
from app.viewmodels.hits import found_views, sureness_of
from graph.errors import WhofundsError
from graph.search.index import Filters

PAGE = "decisions"
HITS = 30
ONCE = (
    "The money of a decision counts each of its sums once; decisions may speak of the same money, so it is not to be "
    "added up."
)
EXAMPLE = "help for people followed by a former partner"


#: (field of Choice, parameter of the URL, label)
BOXES = (
    ("body", "body", "Decision body"),
    ("programme", "programme", "Programme"),
    ("year", "year", "Financial year"),
    ("record_type", "type", "Kind of record"),
    ("with_checks", "checks", "Figures do not add up"),
)


def main() -> None:
    """Draw the page."""
    cards.title("Decisions")
    heads = resources.heads()
    known = facts(
        heads.values(), resources.every_flow(), resources.checks(), resources.ledger(), resources.ground().facts.awards
    )
    text = entered(
        "Search the text by meaning", "Search", page=PAGE, parameter="search", longest=400, placeholder=EXAMPLE
    )
    choice = _choice(known)
    found = chosen(known, choice)
    if not found:
        _nothing(known, choice)
    elif text:
        _search(text, choice, {fact.head.document: fact for fact in found})
    else:
        _list(found)


def _list(found: Sequence[Facts]) -> None:
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with right:
        sort = choose(
            "Order", list(SORTS), page=PAGE, parameter="sort", default="latest", nothing=False, shown=SORTS.__getitem__
        )
    has_money = any(fact.amount for fact in found)
    with left:
        cards.note(
            f"{words.count(len(found), 'decision')}. {ONCE}"
            if has_money
            else words.count(len(found), "decision")
        )
    cards.table(
        decision_table(in_order(found, sort)), label="Decisions", key="decisions", file="whofunds-decisions.csv"
    )


def _choice(known: tuple[Facts, ...]) -> Choice:
    now = {name: value_now(PAGE, parameter) for name, parameter, _ in BOXES}
    with_checks = now.pop("with_checks") == "yes"
    there = facets(known, Choice(now["body"], now["year"], now["programme"], now["record_type"], with_checks))
    counts = (there.bodies, there.programmes, there.years, there.record_types)
    picked = []
    for column, (_, parameter, label), values in zip(st.columns(4), BOXES, counts, strict=False):
        with column:
            picked.append(choose_counted(label, values, page=PAGE, parameter=parameter))
    label = f"Only decisions whose figures do not add up ({there.with_checks:,})"
    with_checks = switch(label, page=PAGE, parameter="checks")
    body, programme, year, record_type = picked
    return Choice(body, year, programme, record_type, with_checks)


def _nothing(known: Sequence[Facts], choice: Choice) -> None:
    called = {name: (parameter, label) for name, parameter, label in BOXES}
    given_now = {parameter: given(parameter) for _, parameter, _ in BOXES} | {"search": given("search")}
    links = []
    for name, number in widened(known, choice):
        parameter, label = called[name]
        href = page_link(PAGE, **{each: value for each, value in given_now.items() if each != parameter})
        value = getattr(choice, name)
        said = f"{label.lower()} {value}" if isinstance(value, str) else f"the choice “{label}”"
        links.append((href, f"Without {said}: {words.count(number, 'decision')}"))
    links.append((page_link(PAGE), f"All {words.count(len(known), 'decision')}"))
    cards.card("No decision fits all of these choices", "Leave one of them out:", shade="wf-warning", links=links)


def _search(text: str, choice: Choice, known: Mapping[str, Facts]) -> None:
    filters = Filters(
        body=choice.body or None,
        programme=choice.programme or None,
        year=choice.year or None,
        record_type=choice.record_type or None,
    )
    try:
        with st.spinner("Searching."):
            hits = resources.search(text, HITS, filters)
    except WhofundsError as error:
        cards.failed("The search cannot run", error)
        return
    views = found_views(hits, known)
    if views:
        cards.note(f"{words.count(len(views), 'decision')}, closest first. {ONCE} {sureness_of(hits, known)}".rstrip())
        draw_found(views)
        return
    links = [(page_link(PAGE, search=text), "Search in all decisions")] if choice != Choice() else []
    cards.card("No passage found", "Say it in other words, or clear the filters.", links=links)


main()
