"""The page Checks: figures that do not add up or contradict each other, with the quotations on both sides."""

from __future__ import annotations

from dataclasses import astuple

import streamlit as st

from app import resources
from app.components import cards
from app.components.checks import draw_checks
from app.components.url_state import choose, choose_counted, value_now
from app.links import page_link
from app.viewmodels import words
from app.viewmodels.checks import CheckChoice, CheckView, check_views, chosen, counts
from graph.model import Verdict

PAGE = "checks"
SHOWN = 25
ALL = "all"  #: of verdicts, in the URL
BOXES = (
    ("body", "Decision body"),
    ("kind", "What was compared"),
    ("year", "Financial year"),
    ("programme", "Programme"),
)


def main() -> None:
    """Draw the page."""
    cards.title("Do the figures add up?")
    cards.lead(
        "Figures that decisions state are compared: parts with totals, a figure said twice, money in with money out."
    )
    views = check_views(resources.checks(), resources.heads(), resources.every_flow())
    choice = _choice(views)
    found = chosen(views, choice)
    if not found:
        _nothing(views, choice)
        return
    cards.note(words.count(len(found), "comparison"))
    every = f"checks:all:{astuple(choice)}"
    draw_checks(found if st.session_state.get(every) else found[:SHOWN])
    if len(found) > SHOWN and not st.session_state.get(every):
        st.button(f"Show all {len(found):,}", on_click=lambda: st.session_state.update({every: True}))


def _choice(views: tuple[CheckView, ...]) -> CheckChoice:
    verdict = choose(
        "Show", [*Verdict, ALL], page=PAGE, parameter="show", default=Verdict.CONFLICT.value, nothing=False,
        shown=lambda value: words.VERDICT[Verdict(value)] if value in list(Verdict) else "All comparisons",
    )  # fmt: skip
    now = {name: value_now(PAGE, name) for name, _ in BOXES}
    wanted = "" if verdict == ALL else verdict
    there = counts(views, CheckChoice(wanted, now["body"], now["kind"], now["year"], now["programme"]))
    picked = []
    for column, (name, label) in zip(st.columns(len(BOXES)), BOXES, strict=True):
        with column:
            picked.append(choose_counted(label, there[name], page=PAGE, parameter=name))
    body, kind, year, programme = picked
    return CheckChoice(wanted, body, kind, year, programme)


def _nothing(views: tuple[CheckView, ...], choice: CheckChoice) -> None:
    same = sum(view.verdict.value == choice.verdict for view in views)
    links = [(page_link(PAGE, show=choice.verdict), f"Without the other filters: {words.count(same, 'comparison')}")]
    links.append((page_link(PAGE, show=ALL), f"All {words.count(len(views), 'comparison')}"))
    cards.card(
        "Nothing to show", "No comparison of figures came out like this.", links=links if same else links[1:]
    )  # fmt: skip


main()
